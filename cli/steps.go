package cli

import (
	"context"
	"log/slog"
	"time"

	"gatehouse/desk"
	"gatehouse/dial"
	"gatehouse/jobs"
	"gatehouse/mail/in"
	"gatehouse/notify"
	"gatehouse/push"
	"gatehouse/rules"
	"gatehouse/service"
)

// runner returns what does the work that is put off; each step as counted
// makes it. Each sort has a step of its own, so that none keeps another waiting.
func (a *app) runner(log *slog.Logger, counted func(jobs.Step) jobs.Step) *jobs.Runner {
	processor := &in.Processor{Service: a.svc, Prover: a.prover(), Log: log}
	steps := []jobs.Step{
		{Name: service.StepLettersIn, Do: processor.Step},
		jobs.Handle(a.svc, log, service.StepEvents, map[string]jobs.Handler{service.JobNotify: notify.Handler(a.svc), service.JobReckon: bySystem(a.svc.ReckonTickets)}),
		jobs.Handle(a.svc, log, service.StepTimed, map[string]jobs.Handler{service.JobHeld: bySystem(a.svc.SendDueReply), service.JobRemind: bySystem(a.svc.RemindDue)}),
		jobs.Handle(a.svc, log, service.StepBatches, map[string]jobs.Handler{service.JobBatch: bySystem(a.svc.RunBatch)}),
		{Name: service.StepClocks, Do: asSystem(a.svc.RingClocks)},
		{Name: service.StepDashboards, Do: asSystem(a.svc.SendDashboards)},
		jobs.Handle(a.svc, log, service.StepRules, map[string]jobs.Handler{service.JobRules: rules.Handler(a.svc, log)}),
		many(jobs.Handle(a.svc, log, service.StepWebhooks, map[string]jobs.Handler{service.JobWebhook: rules.Webhooks(a.svc, dial.Client(a.conf.WebhookAllow))})),
		many(jobs.Handle(a.svc, log, service.StepDevices, map[string]jobs.Handler{service.JobPush: push.Handler(a.svc, dial.Client(a.conf.WebhookAllow))})),
		{Name: service.StepRulesByTime, Do: rules.Clock(a.svc, log)},
		a.spaced(service.StepDigests, time.Minute, a.svc.SendDigests), a.spaced(service.StepTokens, time.Hour, a.svc.WarnOfTokens),
		{Name: service.StepCounting, Do: func(ctx context.Context) (bool, error) {
			return false, a.svc.KeepCounting(ctx, desk.System(desk.ViaJob))
		}},
		{Name: service.StepLettersOut, Do: a.sender(log).Step},
		a.sweep(),
		{Name: service.StepDirectories, Do: func(ctx context.Context) (bool, error) { return a.reach().Step(ctx, a.svc) }},
		{Name: service.StepFiles, Do: asSystem(a.svc.NextImport)},
	}
	for i, step := range steps {
		steps[i] = counted(step)
	}
	return jobs.New(log, steps...)
}

// asSystem has the desk itself ask for something.
func asSystem(ask func(context.Context, desk.Actor) (bool, error)) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) { return ask(ctx, desk.System(desk.ViaJob)) }
}

// bySystem has the desk itself do a job.
func bySystem(do func(context.Context, desk.Actor, desk.Job) error) jobs.Handler {
	return func(ctx context.Context, job desk.Job) error { return do(ctx, desk.System(desk.ViaJob), job) }
}

// manyWorkers is how many calls of other machines are made at once: each may be
// slow.
const manyWorkers = 4

// many has several pieces be done at once.
func many(step jobs.Step) jobs.Step {
	step.Workers = manyWorkers
	return step
}

// spaced has something be done that is looked for now and then, and reports
// whether there is more of it: then, and where it failed, at once again.
func (a *app) spaced(name string, every time.Duration, do func(context.Context, desk.Actor) (more bool, err error)) jobs.Step {
	var next time.Time
	return jobs.Step{Name: name, Do: func(ctx context.Context) (bool, error) {
		if a.p.Now().Before(next) {
			return false, nil
		}
		more, err := do(ctx, desk.System(desk.ViaJob))
		if err == nil && !more {
			next = a.p.Now().Add(every)
		}
		return true, err
	}}
}

// How often is looked for what nobody needs any more, by one node of several,
// and after how long that is done again where it failed. On a new desk it is
// first done after that time too.
const (
	sweepEvery = 24 * time.Hour
	sweepAgain = time.Hour
)

// sweep returns the step that removes closed tickets which are not kept longer,
// portion by portion, then notices of long ago and files that belong to nothing.
func (a *app) sweep() jobs.Step {
	var next time.Time
	mine := false
	by := desk.System(desk.ViaJob)
	return jobs.Step{Name: service.StepSweeping, Do: func(ctx context.Context) (worked bool, err error) {
		if !mine && a.p.Now().Before(next) {
			return false, nil
		}
		if !mine {
			if next, mine, err = a.svc.TakeTurn(ctx, by, service.StepSweeping, sweepEvery, sweepAgain); err != nil || !mine {
				return false, err
			}
		}
		more, err := a.svc.PurgeClosed(ctx, by)
		if err == nil && more {
			return true, nil
		}
		mine = false
		if err == nil {
			err = a.svc.ForgetNotices(ctx, by)
		}
		if err == nil {
			_, err = a.svc.SweepFiles(ctx, by)
		}
		if err != nil {
			return true, err
		}
		next = a.p.Now().Add(sweepEvery)
		return true, a.svc.EndTurn(ctx, by, service.StepSweeping, next)
	}}
}

// uncounted leaves a step as it is.
func uncounted(step jobs.Step) jobs.Step {
	return step
}
