package service

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Retention says how long closed tickets of a queue are kept.
type Retention struct {
	Queue desk.QueueID
	// Days after which nothing happened to a closed or deleted ticket, and it is
	// purged; zero: it is kept for ever.
	Days int
	// Due is how many tickets of the queue are as old as that by now, counted
	// up to 10,000.
	Due int
}

// leastDays keep a typing error from purging what was closed last week.
const (
	leastDays = 30
	mostDays  = 100 * 366
)

// Retention returns how long closed tickets of a queue are kept (AdminQueue on
// it). With asked not nil it says what that many days would purge.
func (s *Service) Retention(ctx context.Context, by desk.Actor, queue desk.QueueID, asked *int) (Retention, error) {
	r := Retention{Queue: queue}
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.queueFor(ctx, desk.AdminQueue, queue); err != nil {
			return err
		}
		days, err := o.Retentions(ctx)
		if err != nil {
			return err
		}
		if r.Days = days[queue]; asked != nil {
			r.Days = *asked
		}
		if r.Days <= 0 {
			return nil
		}
		_, r.Due, err = o.ClosedTickets(ctx, queue, o.s.Now().AddDate(0, 0, -r.Days), 1)
		return err
	})
	return r, err
}

// SetRetention says how long closed tickets of a queue are kept (AdminQueue and
// DeleteTicket on it): at least 30 days, or for ever with zero.
func (s *Service) SetRetention(ctx context.Context, by desk.Actor, queue desk.QueueID, days int) error {
	return s.do(ctx, by, func(o *op) error {
		q, err := o.queueFor(ctx, desk.AdminQueue, queue)
		if err != nil {
			return err
		}
		if err := o.need(desk.DeleteTicket, access.Queue(queue)); err != nil {
			return err
		}
		if days != 0 && (days < leastDays || days > mostDays) {
			return desk.InvalidFields(map[string]string{"keep_days": fmt.Sprintf("Give a number of days from %d, or 0 to keep tickets for ever.", leastDays)})
		}
		old, err := o.Retentions(ctx)
		if err != nil || old[queue] == days {
			return err
		}
		if err := o.Tx.SetRetention(ctx, queue, days); err != nil {
			return err
		}
		return o.audit(ctx, change{"queue.keep", "queue:" + q.Name, fmt.Sprintf("days: %d", old[queue]), fmt.Sprintf("days: %d", days)})
	})
}

// purgedAtOnce is how many tickets are purged in one transaction.
const purgedAtOnce = 100

// PurgeClosed purges a portion of the tickets that are closed for longer than
// their queues keep them, and reports whether there may be more. Only the
// system does it.
func (s *Service) PurgeClosed(ctx context.Context, by desk.Actor) (more bool, err error) {
	purged := 0
	err = s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		days, err := o.Retentions(ctx)
		if err != nil {
			return err
		}
		for _, queue := range slices.Sorted(maps.Keys(days)) {
			ids, _, err := o.ClosedTickets(ctx, queue, o.s.Now().Add(-time.Duration(days[queue])*24*time.Hour), purgedAtOnce)
			if err != nil {
				return err
			}
			if len(ids) > 0 {
				purged, more = len(ids), true
				return o.purge(ctx, queue, ids)
			}
		}
		return nil
	})
	if err != nil || purged == 0 {
		return false, err
	}
	return more, s.store.KeepErasures(ctx)
}
