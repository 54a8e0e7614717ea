package service

import (
	"context"
	"iter"

	"gatehouse/desk"
	"gatehouse/store"
)

// A WholeDesk is a whole desk, everything with its number already: none that the
// desk has used.
type WholeDesk = store.Bulk

// LoadDesk stores a whole desk as a state: no rule runs, nobody
// is told, and the history of each ticket holds that it was created. Only the
// system does it.
func (s *Service) LoadDesk(ctx context.Context, by desk.Actor, in WholeDesk) error {
	if err := s.view(ctx, by, func(o *op) error { return o.needSystem() }); err != nil {
		return err
	}
	var made []desk.TicketID
	if in.Tickets != nil {
		in.Tickets = noted(in.Tickets, &made)
	}
	if err := s.store.BulkLoad(ctx, in); err != nil {
		return err
	}
	return s.do(ctx, by, func(o *op) error {
		for _, id := range made {
			if err := o.record(ctx, desk.Event{Ticket: id, Kind: desk.EventCreated}); err != nil {
				return err
			}
		}
		return nil
	})
}

// noted passes tickets on and keeps their numbers.
func noted(tickets iter.Seq[desk.Ticket], made *[]desk.TicketID) iter.Seq[desk.Ticket] {
	return func(yield func(desk.Ticket) bool) {
		for t := range tickets {
			*made = append(*made, t.ID)
			if !yield(t) {
				return
			}
		}
	}
}
