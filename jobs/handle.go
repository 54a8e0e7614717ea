package jobs

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Handler does one job. Where it succeeds it has taken the job away in the
// same transaction as it did the work, so that no job is done twice.
type Handler func(ctx context.Context, job desk.Job) error

// jobTime bounds one job; it is less than the lease of a job.
const jobTime = 90 * time.Second

// Handle returns the step of that name, which does jobs by the handlers of their
// kinds. A job that fails is put off; one that panics is parked at once, with
// its reason, for it would panic again.
func Handle(svc *service.Service, log *slog.Logger, name string, handlers map[string]Handler) Step {
	kinds := slices.Sorted(maps.Keys(handlers))
	by := desk.System(desk.ViaJob)
	return Step{Name: name, Do: func(ctx context.Context) (bool, error) {
		job, err := svc.ClaimJob(ctx, by, kinds...)
		if err != nil || job == nil {
			return false, err
		}
		_, err = caught(ctx, func(ctx context.Context) (bool, error) {
			ctx, cancel := context.WithTimeout(ctx, jobTime)
			defer cancel()
			return true, handlers[job.Kind](ctx, *job)
		})
		if err == nil {
			return true, nil
		}
		if broken := (*panicError)(nil); errors.As(err, &broken) {
			job.Parked = true
			log.Error("a job broke the program", "job", int64(job.ID), "kind", job.Kind, "error", err, "stack", string(broken.stack))
		}
		log.Warn("a job failed", "job", int64(job.ID), "kind", job.Kind, "tries", job.Tries, "error", err)
		if failed := svc.JobFailed(ctx, by, *job, err.Error()); failed != nil {
			return true, failed
		}
		return true, &PutOff{err}
	}}
}
