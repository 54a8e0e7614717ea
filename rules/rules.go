// Package rules carries out what rules ask for: it has each rule look at what
// happened, in their order, looks at the clock for those by time, and calls
// webhooks.
//
// It promises that a rule that breaks, even by a panic, keeps neither the other
// rules from running nor anything else from being done. It acts through service
// alone, which asks conditions, does what a rule says and parks what fails.
package rules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"gatehouse/desk"
	"gatehouse/service"
)

// Handler returns the handler of jobs of the kind service.JobRules.
func Handler(svc *service.Service, log *slog.Logger) func(context.Context, desk.Job) error {
	by := desk.System(desk.ViaJob)
	return func(ctx context.Context, job desk.Job) error {
		tasks, err := svc.RuleTasks(ctx, by, job)
		if err != nil {
			return err
		}
		if err := run(ctx, svc, log, tasks); err != nil {
			return err
		}
		return svc.EndJob(ctx, by, job.ID)
	}
}

// Clock does what is due for rules by time, and reports whether there was
// anything. It is a step of package jobs, and may be asked as often as one likes.
func Clock(svc *service.Service, log *slog.Logger) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		by := desk.System(desk.ViaJob)
		rounds, err := svc.RipeRules(ctx, by)
		if err != nil {
			return false, err
		}
		worked := false
		var errs []error
		for _, round := range rounds {
			worked = worked || round.More || len(round.Tasks) > 0
			err := run(ctx, svc, log, narrowed(ctx, svc, log, round))
			if err == nil {
				err = svc.RoundDone(ctx, by, round)
			}
			errs = append(errs, err)
		}
		return worked, errors.Join(errs...)
	}
}

// narrowed are the tasks of a round that have something to do; all of them where
// that cannot be told of them together.
func narrowed(ctx context.Context, svc *service.Service, log *slog.Logger, round service.RuleRound) (tasks []service.RuleTask) {
	defer func() {
		if r := recover(); r != nil {
			log.Error("a rule broke the program", "error", fmt.Sprint(r), "stack", string(debug.Stack()))
			tasks = round.Tasks
		}
	}()
	tasks, err := svc.RoundTasks(ctx, desk.System(desk.ViaJob), round)
	if err != nil {
		return round.Tasks
	}
	return tasks
}

// run runs each rule, whatever happens to the others.
func run(ctx context.Context, svc *service.Service, log *slog.Logger, tasks []service.RuleTask) error {
	var errs []error
	for _, task := range tasks {
		errs = append(errs, runOne(ctx, svc, log, task))
	}
	return errors.Join(errs...)
}

// runOne parks a rule that breaks the program.
func runOne(ctx context.Context, svc *service.Service, log *slog.Logger, task service.RuleTask) (err error) {
	by := desk.System(desk.ViaJob)
	defer func() {
		if r := recover(); r != nil {
			log.Error("a rule broke the program", "rule", int64(task.Rule), "event", int64(task.Event), "error", fmt.Sprint(r), "stack", string(debug.Stack()))
			err = svc.ParkRule(ctx, by, task, "The rule broke the program; the log of the desk says where.", true)
		}
	}()
	return svc.RunRule(ctx, by, task)
}
