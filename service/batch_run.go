package service

import (
	"context"
	"slices"

	"gatehouse/desk"
)

// changeOne does a batch's change to one ticket, as the actor may, and returns
// what it was before. Where there is nothing to change it is refused.
func (o *op) changeOne(ctx context.Context, by desk.Actor, id desk.TicketID, c BatchChange) (*desk.TicketBefore, error) {
	one := &oneChange{op: o, in: o.within(), by: by, id: id, before: &desk.TicketBefore{}}
	if c.Undo != 0 {
		if err := one.undo(ctx, c.Undo); err != nil {
			return nil, err
		}
		return one.before, nil
	}
	var err error
	for i, step := range one.steps(c) {
		if !step.asked && i > 0 { // who gave the ticket away may not see it any more
			continue
		}
		if one.t, err = o.ticketFor(ctx, desk.ShowTicket, id); err != nil {
			return nil, err
		}
		if err := step.do(ctx, c); err != nil {
			return nil, err
		}
		if one.before.Merged {
			return one.before, nil
		}
	}
	if !one.before.Changed() {
		return nil, desk.Errorf(desk.Conflict, "It is so already.")
	}
	return one.before, nil
}

// A oneChange is a batch's change of one ticket on its way.
type oneChange struct {
	*op
	in     *Service // in the transaction
	by     desk.Actor
	id     desk.TicketID
	t      *desk.Ticket // as it is before the next step
	before *desk.TicketBefore
}

// A batchStepOf is a step of a change, and whether the change asks for it.
type batchStepOf struct {
	asked bool
	do    func(context.Context, BatchChange) error
}

// steps are what a change may ask for, in turn. Those after which the actor may
// not see the ticket any more come last.
func (one *oneChange) steps(c BatchChange) []batchStepOf {
	return []batchStepOf{
		{c.Merge != 0, one.merge}, {c.Priority != nil, one.priority}, {len(c.Fields) > 0, one.fields}, {c.Link != "", one.link}, {c.Kind != 0, one.write},
		{c.Status != "", one.status}, {c.Customer != 0, one.customer}, {c.Owner != nil, one.owner}, {c.Queue != 0, one.queue},
	}
}

func (one *oneChange) merge(ctx context.Context, c BatchChange) error {
	if c.Merge == 0 {
		return nil
	}
	if c.Merge == one.t.ID {
		return desk.Errorf(desk.Conflict, "It is the ticket that takes the others in.")
	}
	one.before.Merged = true
	return one.in.MergeTicket(ctx, one.by, one.id, c.Merge)
}

func (one *oneChange) customer(ctx context.Context, c BatchChange) error {
	before := one.t.In(desk.CustomerRole)
	if c.Customer == 0 || slices.Equal(before, []desk.PrincipalID{desk.PrincipalID(c.Customer)}) {
		return nil
	}
	one.before.Customers = append([]desk.PrincipalID{}, before...)
	return one.in.SetCustomer(ctx, one.by, one.id, c.Customer)
}

func (one *oneChange) owner(ctx context.Context, c BatchChange) error {
	if c.Owner == nil || *c.Owner == one.t.Owner {
		return nil
	}
	before := one.t.Owner
	one.before.Owner = &before
	return one.own(ctx, *c.Owner)
}

// own gives the ticket an owner in the way that asks for least.
func (one *oneChange) own(ctx context.Context, owner desk.UserID) error {
	how := Give
	switch {
	case owner == one.by.User && one.t.Owner == 0:
		how = Take
	case owner == one.by.User:
		how = Steal
	case owner == 0 && one.t.Owner == one.by.User:
		how = Untake
	}
	return one.in.SetOwner(ctx, one.by, one.id, how, owner)
}

func (one *oneChange) priority(ctx context.Context, c BatchChange) error {
	if c.Priority == nil || *c.Priority == one.t.Priority {
		return nil
	}
	before := one.t.Priority
	one.before.Priority = &before
	return one.in.ChangeTicket(ctx, one.by, TicketChange{Ticket: one.id, Priority: c.Priority})
}

func (one *oneChange) fields(ctx context.Context, c BatchChange) error {
	if len(c.Fields) == 0 {
		return nil
	}
	was, err := one.fieldTexts(ctx, c.Fields)
	if err != nil {
		return err
	}
	if err := one.in.SetFields(ctx, one.by, FieldsChange{Ticket: one.id, Set: c.Fields}); err != nil {
		return err
	}
	is, err := one.fieldTexts(ctx, c.Fields)
	for id, texts := range was {
		if slices.Equal(texts, is[id]) {
			delete(was, id)
			delete(is, id)
		}
	}
	one.before.Fields, one.before.Set = was, is
	return err
}

// fieldTexts are the values of fields of the ticket as people write them.
func (one *oneChange) fieldTexts(ctx context.Context, of []FieldSet) (map[desk.FieldID][]string, error) {
	shown, err := one.ticketFields(ctx, one.t)
	texts := map[desk.FieldID][]string{}
	for _, f := range shown {
		if slices.ContainsFunc(of, func(set FieldSet) bool { return set.Field == f.ID }) {
			texts[f.ID] = desk.ValueTexts(f.Values)
		}
	}
	return texts, err
}

func (one *oneChange) link(ctx context.Context, c BatchChange) error {
	if c.Link == "" {
		return nil
	}
	l := Link{From: one.t.ID, Type: c.Link, To: c.To}
	links, err := one.Tx.Links(ctx, one.t.ID)
	if err != nil {
		return err
	}
	one.before.Linked = !slices.Contains(links, l)
	return one.in.LinkTickets(ctx, one.by, l)
}

func (one *oneChange) write(ctx context.Context, c BatchChange) error {
	if c.Kind == 0 {
		return nil
	}
	before := one.t.Status
	var err error
	one.before.Wrote, err = one.in.Write(ctx, one.by, NewMessage{Ticket: one.id, Kind: c.Kind, Text: c.Text})
	if err == nil && c.Status != "" {
		one.before.Status = &before // the message may have changed it already
	}
	return err
}

func (one *oneChange) status(ctx context.Context, c BatchChange) error {
	if c.Status == "" || c.Status == one.t.Status {
		return nil
	}
	if one.before.Status == nil {
		before := one.t.Status
		one.before.Status = &before
	}
	return one.in.SetStatus(ctx, one.by, one.id, c.Status, 0)
}

// queue comes last: where the ticket goes the actor may not see it.
func (one *oneChange) queue(ctx context.Context, c BatchChange) error {
	if c.Queue == 0 || c.Queue == one.t.Queue {
		return nil
	}
	before := one.t.Queue
	one.before.Queue = &before
	return one.in.MoveTicket(ctx, one.by, one.id, c.Queue)
}

// undo puts back what an earlier batch changed, where it still is as that batch
// left it.
func (one *oneChange) undo(ctx context.Context, of desk.BatchID) error {
	b, err := one.batchFor(ctx, of)
	if err != nil {
		return err
	}
	rows, err := one.Tx.BatchTickets(ctx, of, desk.BatchChanged, one.id-1, 1)
	if err != nil {
		return err
	}
	if len(rows) == 0 || rows[0].Ticket != one.id {
		return desk.Errorf(desk.NotFound, "There is no such ticket.")
	}
	was := rows[0].Before
	if was.Merged {
		one.before.Merged = true
		return one.in.Unmerge(ctx, one.by, one.id)
	}
	for _, step := range []func(context.Context, *desk.TicketBefore, *BatchChange) error{
		one.undoQueue, one.undoFacts, one.undoPeople, one.undoFields, one.undoLink,
	} {
		if one.t, err = one.ticketFor(ctx, desk.ShowTicket, one.id); err != nil {
			return err
		}
		if err := step(ctx, &was, &b.Change); err != nil {
			return err
		}
	}
	if !one.before.Changed() {
		return desk.Errorf(desk.Conflict, "It was changed again meanwhile, so it stays as it is.")
	}
	return nil
}

func (one *oneChange) undoQueue(ctx context.Context, was *desk.TicketBefore, c *BatchChange) error {
	if was.Queue == nil || one.t.Queue != c.Queue {
		return nil
	}
	one.before.Queue = &c.Queue
	return one.in.MoveTicket(ctx, one.by, one.id, *was.Queue)
}

func (one *oneChange) undoFacts(ctx context.Context, was *desk.TicketBefore, c *BatchChange) error {
	if was.Priority != nil && one.t.Priority == *c.Priority {
		one.before.Priority = c.Priority
		if err := one.in.ChangeTicket(ctx, one.by, TicketChange{Ticket: one.id, Priority: was.Priority}); err != nil {
			return err
		}
	}
	if was.Status == nil || one.t.Status != c.Status || *was.Status == one.t.Status {
		return nil
	}
	one.before.Status = &c.Status
	return one.in.SetStatus(ctx, one.by, one.id, *was.Status, 0)
}

func (one *oneChange) undoPeople(ctx context.Context, was *desk.TicketBefore, c *BatchChange) error {
	if was.Owner != nil && one.t.Owner == *c.Owner {
		one.before.Owner = c.Owner
		if err := one.own(ctx, *was.Owner); err != nil {
			return err
		}
	}
	if was.Customers == nil || !slices.Equal(one.t.In(desk.CustomerRole), []desk.PrincipalID{desk.PrincipalID(c.Customer)}) {
		return nil
	}
	one.before.Customers = []desk.PrincipalID{desk.PrincipalID(c.Customer)}
	for _, who := range was.Customers {
		if err := one.in.AddWatcher(ctx, one.by, one.id, desk.CustomerRole, who); err != nil && desk.KindOf(err) != desk.Conflict {
			return err
		}
	}
	if slices.Contains(was.Customers, desk.PrincipalID(c.Customer)) {
		return nil
	}
	return one.in.RemoveWatcher(ctx, one.by, one.id, desk.CustomerRole, desk.PrincipalID(c.Customer))
}

func (one *oneChange) undoFields(ctx context.Context, was *desk.TicketBefore, _ *BatchChange) error {
	var back []FieldSet
	for id, texts := range was.Fields {
		set := was.Set[id]
		back = append(back, FieldSet{Field: id, Values: texts, Was: &set})
	}
	if len(back) == 0 {
		return nil
	}
	one.before.Fields = was.Set
	return one.in.SetFields(ctx, one.by, FieldsChange{Ticket: one.id, Set: back})
}

func (one *oneChange) undoLink(ctx context.Context, was *desk.TicketBefore, c *BatchChange) error {
	if !was.Linked {
		return nil
	}
	one.before.Linked = true
	return one.in.UnlinkTickets(ctx, one.by, Link{From: one.t.ID, Type: c.Link, To: c.To})
}

// RunBatch changes the next tickets of the batch that a job names, each in a
// transaction of its own with what became of it, so that a crash neither
// forgets one nor changes one twice. It acts as who asked for the batch, with
// the rights that he has then. Only the system does it.
func (s *Service) RunBatch(ctx context.Context, by desk.Actor, job desk.Job) error {
	b, waiting, err := s.nextOfBatch(ctx, by, job)
	if err != nil || b == nil {
		return err
	}
	for _, t := range waiting {
		if err := s.batchTicket(ctx, b, t.Ticket, b.Change); err != nil {
			return err
		}
	}
	return s.do(ctx, by, func(o *op) error {
		if len(waiting) < batchStep {
			if err := o.EndBatch(ctx, b.ID, s.Now(), false); err != nil {
				return err
			}
			return o.DeleteJob(ctx, job.ID)
		}
		job.Next, job.Tries = s.Now(), 0
		return o.UpdateJob(ctx, &job)
	})
}

// nextOfBatch returns the batch of a job with its next tickets; nil where there
// is nothing left to do, and then the job is gone.
func (s *Service) nextOfBatch(ctx context.Context, by desk.Actor, job desk.Job) (b *desk.Batch, waiting []desk.BatchTicket, err error) {
	err = s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		id := parseID[desk.BatchID](job.Data)
		b, err = o.Tx.Batch(ctx, id)
		if desk.KindOf(err) == desk.NotFound || err == nil && !b.Ended.IsZero() {
			b = nil
			return o.DeleteJob(ctx, job.ID)
		}
		if err != nil {
			return err
		}
		waiting, err = o.Tx.BatchTickets(ctx, id, desk.BatchWaits, 0, batchStep)
		return err
	})
	return b, waiting, err
}

// batchTicket changes one ticket of a batch and records it; where that is
// refused, nothing of it is stored but why.
func (s *Service) batchTicket(ctx context.Context, b *desk.Batch, id desk.TicketID, c BatchChange) error {
	by := desk.Actor{User: b.By, Via: b.Via}
	done := desk.BatchTicket{Ticket: id, State: desk.BatchChanged}
	err := s.do(ctx, by, func(o *op) error {
		now, err := o.Tx.Batch(ctx, b.ID)
		if err != nil || !now.Ended.IsZero() {
			return err // stopped meanwhile
		}
		before, err := o.changeOne(ctx, by, id, c)
		if err != nil {
			return err
		}
		done.Before = *before
		_, err = o.SetBatchTicket(ctx, b.ID, done)
		return err
	})
	if err == nil || !isRefusal(err) && desk.KindOf(err) != desk.Unauthenticated {
		return err
	}
	reason := reasonOf(id, err)
	if desk.KindOf(err) == desk.Unauthenticated {
		reason = "Whoever asked for it was disabled meanwhile."
	}
	return s.do(ctx, desk.System(desk.ViaJob), func(o *op) error {
		_, err := o.SetBatchTicket(ctx, b.ID, desk.BatchTicket{Ticket: id, State: desk.BatchSkipped, Reason: reason})
		return err
	})
}
