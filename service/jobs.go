package service

import (
	"context"
	"time"

	"gatehouse/desk"
)

const (
	jobLease = 2 * time.Minute
	jobTries = 12
)

// ClaimJob returns a job of one of the kinds that is to be done now, or nil,
// and keeps others from it for two minutes. Only the system asks.
func (s *Service) ClaimJob(ctx context.Context, by desk.Actor, kinds ...string) (*desk.Job, error) {
	var job *desk.Job
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		job, err = o.Tx.ClaimJob(ctx, jobLease, kinds...)
		return err
	})
	return job, err
}

// JobFailed records that a job failed. It is tried again later, and parked
// after too many tries or if it says so itself; the rest goes on. Only the
// system does it.
func (s *Service) JobFailed(ctx context.Context, by desk.Actor, job desk.Job, reason string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		job.Reason = oneLine(reason)
		job.Parked = job.Parked || job.Tries >= jobTries
		job.Next = s.Now().Add(backoff(job.Tries))
		return o.UpdateJob(ctx, &job)
	})
}

// backoff doubles from two seconds up to an hour.
func backoff(tries int) time.Duration {
	return min(time.Second<<min(max(tries, 1), 12), time.Hour)
}
