package service

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
)

const (
	// MaxBatch is how many tickets can be changed at once.
	MaxBatch = 1000
	// batchesKept is how many batches of one person are remembered.
	batchesKept = 50
	// batchStep is how many tickets one run of the job does before others have
	// their turn.
	batchStep = 50
)

// JobBatch is the kind of job that changes the tickets of a batch; its data is
// the batch's number.
const JobBatch = "batch"

// A BatchChange is what is done to each of many tickets.
type BatchChange = desk.BatchChange

// checkChange refuses what makes no sense, whatever the tickets are.
func checkChange(c *BatchChange, lives *desk.LifeBook) error {
	alone := *c
	alone.Merge = 0
	switch {
	case c.Empty():
		return desk.Errorf(desk.Invalid, "Choose at least one thing to change.")
	case c.Merge != 0 && !alone.Empty():
		return desk.Errorf(desk.Invalid, "Merging goes with no other change: what was merged is no longer there to be changed.")
	case c.Kind != 0 && strings.TrimSpace(c.Text) == "":
		return desk.InvalidFields(map[string]string{"text": "Write something first."})
	case c.Status != "" && lives.Kind(c.Status) == "":
		return desk.InvalidFields(map[string]string{"status": "There is no status " + strconv.Quote(string(c.Status)) + "."})
	case c.Link != "" && !slices.Contains([]string{LinkDependsOn, LinkRefersTo, LinkMemberOf}, c.Link):
		return desk.InvalidFields(map[string]string{"link": "A ticket depends on, refers to or is a member of another one."})
	case c.Link != "" && c.To == 0:
		return desk.InvalidFields(map[string]string{"to": "Write the number of the ticket to link to."})
	}
	return checkText(c.Text)
}

// A BatchPreview is what a batch would do now.
type BatchPreview struct {
	Changes int
	Skips   []BatchSkip
	Letters int // people who would be written to, over all tickets, for a reply or comment
}

// Skipped is how many tickets would be left as they are.
func (p *BatchPreview) Skipped() int {
	n := 0
	for _, s := range p.Skips {
		n += len(s.Tickets)
	}
	return n
}

// A BatchSkip is a reason for leaving tickets as they are, and which.
type BatchSkip struct {
	Reason  string
	Tickets []desk.TicketID
}

// PreviewBatch tells what a change of many tickets would do: it is tried on
// each of them, and nothing of it is stored. A ticket that the actor may not
// see is told of as one that is not there.
func (s *Service) PreviewBatch(ctx context.Context, by desk.Actor, tickets []desk.TicketID, c BatchChange) (*BatchPreview, error) {
	tickets, err := s.checkBatch(ctx, by, tickets, &c)
	if err != nil {
		return nil, err
	}
	p := &BatchPreview{}
	for _, id := range tickets {
		told := 0
		err := s.rehearse(ctx, by, func(o *op) error {
			var err error
			if told, err = o.wouldTell(ctx, by, id, c); err != nil {
				return err
			}
			_, err = o.changeOne(ctx, by, id, c)
			return err
		})
		switch {
		case err == nil:
			p.Changes++
			p.Letters += told
		case isRefusal(err):
			p.skip(reasonOf(id, err), id)
		default:
			return nil, err
		}
	}
	if len(p.Skips) == 1 && p.Skips[0].Reason == unseen && p.Changes == 0 {
		return nil, desk.Errorf(desk.NotFound, "There are no such tickets.")
	}
	return p, nil
}

// TicketsToChange returns the tickets that a query finds for the actor, to be
// changed at once. More than can be are a desk.TooLarge.
func (s *Service) TicketsToChange(ctx context.Context, by desk.Actor, query string) ([]desk.TicketID, error) {
	if strings.TrimSpace(query) == "" {
		return nil, desk.Errorf(desk.Invalid, "Say which tickets are meant, by their numbers or by a query.")
	}
	page, err := s.Tickets(ctx, by, TicketFilter{Query: query, Limit: MaxBatch})
	if err != nil {
		return nil, err
	}
	if page.More {
		return nil, desk.Errorf(desk.TooLarge, "The query finds more than %d tickets; narrow it first.", MaxBatch)
	}
	ids := make([]desk.TicketID, len(page.Lines))
	for i, t := range page.Lines {
		ids[i] = t.ID
	}
	return ids, nil
}

// unseen is the reason for leaving a ticket that the actor may not see, or that
// is not there.
const unseen = "There is no such ticket."

func (p *BatchPreview) skip(reason string, id desk.TicketID) {
	for i := range p.Skips {
		if p.Skips[i].Reason == reason {
			p.Skips[i].Tickets = append(p.Skips[i].Tickets, id)
			return
		}
	}
	p.Skips = append(p.Skips, BatchSkip{reason, []desk.TicketID{id}})
}

// isRefusal reports whether an error is about the one ticket, so that the
// others go on.
func isRefusal(err error) bool {
	switch desk.KindOf(err) {
	case desk.Invalid, desk.NotFound, desk.Forbidden, desk.Conflict, desk.TooLarge:
		return true
	}
	return false
}

// reasonOf is the sentence of a refusal without the ticket's number, so that
// the same reason is told once for all its tickets.
func reasonOf(id desk.TicketID, err error) string {
	reason := desk.Sentence(err)
	if desk.KindOf(err) == desk.NotFound && reason == desk.Sentence(noTicket(id)) {
		return unseen
	}
	number := strconv.FormatInt(int64(id), 10)
	return strings.NewReplacer("Ticket "+number+" ", "The ticket ", "ticket "+number+" ", "the ticket ", "ticket "+number+".", "the ticket.", "ticket "+number+":", "the ticket:").Replace(reason)
}

// wouldTell counts who would get what is written.
func (o *op) wouldTell(ctx context.Context, by desk.Actor, id desk.TicketID, c BatchChange) (int, error) {
	if c.Kind == 0 {
		return 0, nil
	}
	list, err := o.within().GoesTo(ctx, by, id, c.Kind, Delivery{})
	return len(list), err
}

// checkBatch refuses what no batch can be, and returns the tickets each once.
func (s *Service) checkBatch(ctx context.Context, by desk.Actor, tickets []desk.TicketID, c *BatchChange) ([]desk.TicketID, error) {
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "A batch belongs to somebody, and the system is nobody.")
		}
		if !o.isAgent() {
			return desk.Errorf(desk.Forbidden, "Only the people at the desk change many tickets at once.")
		}
		lives, err := o.lives(ctx)
		if err != nil {
			return err
		}
		if err := checkChange(c, lives); err != nil {
			return err
		}
		if c.Undo == 0 {
			return nil
		}
		of, err := o.batchFor(ctx, c.Undo)
		if err != nil {
			return err
		}
		tickets, err = o.undoableOf(ctx, of)
		return err
	})
	if err != nil {
		return nil, err
	}
	tickets = slices.Clone(tickets)
	slices.Sort(tickets)
	tickets = slices.Compact(tickets)
	switch {
	case len(tickets) == 0:
		return nil, desk.Errorf(desk.Invalid, "Choose at least one ticket.")
	case len(tickets) > MaxBatch:
		return nil, desk.Errorf(desk.TooLarge, "At most %d tickets can be changed at once; narrow the list first.", MaxBatch)
	}
	return tickets, nil
}

// batchFor returns a batch of the actor's own.
func (o *op) batchFor(ctx context.Context, id desk.BatchID) (*desk.Batch, error) {
	b, err := o.Tx.Batch(ctx, id)
	if desk.KindOf(err) == desk.NotFound || err == nil && b.By != o.by.User {
		return nil, desk.Errorf(desk.NotFound, "There is no such batch.")
	}
	return b, err
}

// undoableOf returns the tickets that a batch changed, where that can be taken
// back and was not yet.
func (o *op) undoableOf(ctx context.Context, of *desk.Batch) ([]desk.TicketID, error) {
	undone, err := o.BatchUndone(ctx, of.ID)
	switch {
	case err != nil:
		return nil, err
	case !of.Change.CanUndo():
		return nil, desk.Errorf(desk.Conflict, "What this did cannot be taken back.")
	case of.Ended.IsZero():
		return nil, desk.Errorf(desk.Conflict, "This still goes on; stop it first, or wait until it is done.")
	case len(undone) > 0:
		return nil, desk.Errorf(desk.Conflict, "This was taken back already.")
	}
	changed, err := o.Tx.BatchTickets(ctx, of.ID, desk.BatchChanged, 0, MaxBatch)
	ids := make([]desk.TicketID, len(changed))
	for i, t := range changed {
		ids[i] = t.Ticket
	}
	return ids, err
}

// StartBatch has many tickets changed, each by itself and as the actor may when
// its turn comes (the rights that each change asks); a job does it. The same
// form sent twice starts one batch.
func (s *Service) StartBatch(ctx context.Context, by desk.Actor, tickets []desk.TicketID, c BatchChange, form string) (desk.BatchID, error) {
	var id desk.BatchID
	if by.Limits.Narrow() { // a job would do it, without the limits
		return 0, desk.Errorf(desk.Forbidden, "This token changes tickets one by one only: it is limited.")
	}
	tickets, err := s.checkBatch(ctx, by, tickets, &c)
	if err != nil {
		return 0, err
	}
	err = s.do(ctx, by, func(o *op) error {
		if earlier, err := o.formSentBefore(ctx, form); err != nil || earlier != 0 {
			id = desk.BatchID(earlier)
			return err
		}
		known, err := o.knownTickets(ctx, tickets)
		if err != nil {
			return err
		}
		b := &desk.Batch{By: by.User, Via: by.Via, Change: c, Undoes: c.Undo, At: s.Now()}
		if err := o.InsertBatch(ctx, b, known); err != nil {
			return err
		}
		id = b.ID
		if err := o.DropBatches(ctx, by.User, batchesKept); err != nil {
			return err
		}
		if err := o.InsertJob(ctx, &desk.Job{Kind: JobBatch, Data: formatID(id), Next: s.Now()}); err != nil {
			return err
		}
		return o.rememberForm(ctx, form, desk.TicketID(id))
	})
	return id, err
}

// knownTickets leaves out what the actor cannot see: the batch must not tell
// that it is there.
func (o *op) knownTickets(ctx context.Context, tickets []desk.TicketID) ([]desk.TicketID, error) {
	known := make([]desk.TicketID, 0, len(tickets))
	for _, id := range tickets {
		_, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err == nil || desk.KindOf(err) == desk.Forbidden {
			known = append(known, id)
			continue
		}
		if desk.KindOf(err) != desk.NotFound {
			return nil, err
		}
	}
	if len(known) == 0 {
		return nil, desk.Errorf(desk.NotFound, "There are no such tickets.")
	}
	return known, nil
}

// A BatchView is a batch with how far it is.
type BatchView struct {
	desk.Batch
	Counts  desk.BatchCounts
	Skips   []BatchSkip
	Changed []BatchLine
	More    bool                      // of Changed there are more
	Undone  desk.BatchID              // the batch that took it back; zero: none
	Undoes  bool                      // it can be taken back now
	Names   map[desk.PrincipalID]Name // of owner and customer in Change
}

// State says in a word how far the batch is: works, done or stopped.
func (v *BatchView) State() string {
	switch {
	case v.Stopped:
		return "stopped"
	case !v.Ended.IsZero():
		return "done"
	}
	return "works"
}

// A BatchLine is a ticket of a batch; without a subject the actor may not see
// it any more.
type BatchLine struct {
	ID      desk.TicketID
	Subject string
}

// Batch returns a batch of the actor's own, with the first so many of the
// tickets that it changed.
func (s *Service) Batch(ctx context.Context, by desk.Actor, id desk.BatchID, limit int) (*BatchView, error) {
	var v *BatchView
	err := s.view(ctx, by, func(o *op) error {
		b, err := o.batchFor(ctx, id)
		if err != nil {
			return err
		}
		v, err = o.batchView(ctx, b)
		if err != nil {
			return err
		}
		return o.fillBatch(ctx, v, limit)
	})
	return v, err
}

func (o *op) batchView(ctx context.Context, b *desk.Batch) (*BatchView, error) {
	v, c := &BatchView{Batch: *b}, b.Change
	var err error
	if v.Counts, err = o.BatchCounts(ctx, b.ID); err != nil {
		return nil, err
	}
	named := []desk.PrincipalID{desk.PrincipalID(c.Customer)}
	if c.Owner != nil {
		named = append(named, desk.PrincipalID(*c.Owner))
	}
	if v.Names, err = o.names(ctx, named); err != nil {
		return nil, err
	}
	undone, err := o.BatchUndone(ctx, b.ID)
	if len(undone) > 0 {
		v.Undone = undone[0].ID
	}
	v.Undoes = !b.Ended.IsZero() && v.Undone == 0 && v.Counts.Changed > 0 && c.CanUndo()
	return v, err
}

// fillBatch adds the tickets that were changed, and why others were not.
func (o *op) fillBatch(ctx context.Context, v *BatchView, limit int) error {
	changed, err := o.Tx.BatchTickets(ctx, v.ID, desk.BatchChanged, 0, limit+1)
	if err != nil {
		return err
	}
	v.More = len(changed) > limit
	for _, t := range changed[:min(len(changed), limit)] {
		line := BatchLine{ID: t.Ticket}
		seen, err := o.ticketFor(ctx, desk.ShowTicket, t.Ticket)
		if err == nil {
			line.Subject = seen.Subject
		} else if !isRefusal(err) {
			return err
		}
		v.Changed = append(v.Changed, line)
	}
	skipped, err := o.Tx.BatchTickets(ctx, v.ID, desk.BatchSkipped, 0, MaxBatch)
	p := &BatchPreview{}
	for _, t := range skipped {
		p.skip(t.Reason, t.Ticket)
	}
	v.Skips = p.Skips
	return err
}

// Batches lists the latest batches of the actor, the newest first.
func (s *Service) Batches(ctx context.Context, by desk.Actor, limit int) ([]BatchView, error) {
	var list []BatchView
	err := s.view(ctx, by, func(o *op) error {
		all, err := o.Tx.Batches(ctx, by.User, min(limit, batchesKept))
		if err != nil {
			return err
		}
		for i := range all {
			v, err := o.batchView(ctx, &all[i])
			if err != nil {
				return err
			}
			list = append(list, *v)
		}
		return nil
	})
	return list, err
}

// StopBatch ends a batch of the actor's own: what was not yet changed stays as
// it is.
func (s *Service) StopBatch(ctx context.Context, by desk.Actor, id desk.BatchID) error {
	return s.do(ctx, by, func(o *op) error {
		b, err := o.batchFor(ctx, id)
		if err != nil {
			return err
		}
		return o.EndBatch(ctx, b.ID, s.Now(), true)
	})
}
