package service

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/store"
)

// ClockRun is a run of one of a ticket's clocks.
type ClockRun = store.ClockRun

// A shelf keeps what is agreed about clocks, and the life cycles, as they were
// read last.
type shelf struct{ current atomic.Pointer[shelved] }

type shelved struct {
	version int64
	book    *sla.Book
	lives   *desk.LifeBook
}

// book returns what is agreed about clocks, as the transaction sees it.
func (o *op) book(ctx context.Context) (*sla.Book, error) {
	kept, err := o.definitions(ctx)
	if err != nil {
		return nil, err
	}
	return kept.book, nil
}

// definitions returns what is defined as a whole, as the transaction sees it.
func (o *op) definitions(ctx context.Context) (*shelved, error) {
	version, err := o.DefinitionVersion(ctx)
	if err != nil {
		return nil, err
	}
	if kept := o.s.books.current.Load(); kept != nil && kept.version == version && !o.DefinitionsChanged() {
		return kept, nil
	}
	next := &shelved{version: version}
	if next.book, err = o.Tx.Book(ctx); err != nil {
		return nil, err
	}
	if next.lives, err = o.LifeBook(ctx); err != nil {
		return nil, err
	}
	for i := range next.book.Calendars {
		next.book.Calendars[i].Prepare()
	}
	if !o.DefinitionsChanged() {
		o.s.books.current.Store(next)
	}
	return next, nil
}

// customerSide is what an event of a message says in "side" where the customer
// wrote it.
const customerSide = "customer"

// asksByOpening reports whether a new ticket asks the desk for something: not
// where somebody at the desk opened it for another.
func (o *op) asksByOpening(t *desk.Ticket) bool {
	author := o.author(t.Reporter)
	if author == 0 {
		return false
	}
	return o.e.KindOf(author) != desk.Agent || o.e.Fills(author, desk.RolesOf(desk.Requestor), t.Facts())
}

// sideOf notes who wrote a message: the customer, or the desk and how long ago
// the customer last wrote, in seconds.
func (o *op) sideOf(t *desk.Ticket, kind desk.MessageKind, data map[string]string) {
	switch {
	case kind != desk.Reply:
	case o.writesAsCustomer(t):
		data["side"] = customerSide
	case !t.LastAsked.IsZero():
		data["waited"] = strconv.FormatInt(int64(t.Waited(o.s.Now())/time.Second), 10)
	}
}

// Waited returns how long before the news the customer had last written, where
// the news is an answer of the desk's; zero: it is none, or he never wrote.
func (n *News) Waited() time.Duration {
	seconds, err := strconv.ParseInt(n.Event.Data["waited"], 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

// movesClocks notes that something happened on which a ticket's clocks depend.
func (o *op) movesClocks(e *desk.Event) {
	switch e.Kind {
	case desk.EventCreated, desk.EventMessage, desk.EventStatus, desk.EventQueue, desk.EventPriority, desk.EventWatcher, desk.EventCustomer, desk.EventMerged:
		o.dirty[e.Ticket] = true
	}
}

// settleClocks reckons the tickets on which something happened, at the end of
// the transaction in which it did.
func (o *op) settleClocks(ctx context.Context) error {
	if len(o.dirty) == 0 {
		return nil
	}
	b, err := o.book(ctx)
	if err != nil || b.Empty() {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(o.dirty)) {
		delete(o.dirty, id)
		if err := o.reckon(ctx, b, id, false); err != nil {
			return err
		}
	}
	return nil
}

// reckon reckons a ticket's clocks from its events and stores them. What people
// were told of a run counts as long as that moment is over. quietly: of what is
// over by now nobody is told; that is for tickets older than what is agreed.
func (o *op) reckon(ctx context.Context, b *sla.Book, id desk.TicketID, quietly bool) error {
	t, err := o.Ticket(ctx, id)
	if err != nil {
		return err
	}
	events, err := o.Tx.Events(ctx, id, 0, maxHistory)
	if err != nil {
		return err
	}
	before, err := o.Runs(ctx, id)
	if err != nil {
		return err
	}
	now := o.s.Now()
	over := func(at time.Time) bool { return !at.IsZero() && !at.After(now) }
	var runs []ClockRun
	var news []desk.Event
	for _, r := range sla.Reckon(b, o.steps(t, events)) {
		run := ClockRun{Run: r}
		at := slices.IndexFunc(before, func(old ClockRun) bool { return old.Kind == r.Kind && old.Number == r.Number })
		if at >= 0 || quietly {
			run.Warned = over(r.Warn) && (quietly || before[at].Warned)
			run.Told = over(r.Due) && (quietly || before[at].Told)
		}
		runs = append(runs, run)
		if at >= 0 && !quietly {
			if kind := turned(&before[at].Run, &r); kind != "" {
				news = append(news, clockEvent(b, id, kind, &r))
			}
		}
	}
	if err := o.SaveRuns(ctx, id, runs); err != nil {
		return err
	}
	return o.sayClocks(ctx, news)
}

// turned is what became of a run that had not ended: it was met, paused or
// resumed; empty: none of these.
func turned(was, is *sla.Run) desk.EventKind {
	switch {
	case !was.Ended.IsZero():
	case is.Kept():
		return desk.EventClockMet
	case is.Paused && !was.Paused:
		return desk.EventClockPaused
	case was.Paused && !is.Paused && is.Ended.IsZero():
		return desk.EventClockResumed
	}
	return ""
}

// sayClocks writes of clocks what a rule waits for. Without one nobody reads it,
// and the history would be full of it.
func (o *op) sayClocks(ctx context.Context, news []desk.Event) error {
	for i := range news {
		waits, err := o.AnyRuleOn(ctx, news[i].Ticket, TriggersOf(&news[i]))
		if err != nil {
			return err
		}
		if waits {
			if err := o.recordEvent(ctx, &news[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxHistory is how many events of a ticket are read.
const maxHistory = 5000

// steps makes the steps of a ticket's life of its events. How it stood after
// each is found by going back from how it stands now.
func (o *op) steps(t *desk.Ticket, events []desk.Event) []sla.Step {
	f := sla.Facts{Queue: t.Queue, Priority: t.Priority, Status: t.Status, Active: t.Active() && t.Findable()}
	for _, who := range t.In(desk.CustomerRole) {
		f.Customers = append(f.Customers, desk.CustomerID(who))
	}
	var steps []sla.Step
	for _, e := range slices.Backward(events) {
		s := sla.Step{At: e.At, Facts: f}
		if matters := o.undo(t, &e, &f, &s); matters {
			steps = append(steps, s)
		}
	}
	slices.Reverse(steps)
	return steps
}

// undo makes of the facts after an event those before it, fills in what was
// said at it, and reports whether clocks depend on it.
func (o *op) undo(t *desk.Ticket, e *desk.Event, f *sla.Facts, s *sla.Step) bool {
	switch e.Kind {
	case desk.EventCreated:
		s.Asked = o.customerWrote(t, e)
	case desk.EventMessage:
		if e.Data["kind"] == desk.Comment.String() || e.Data["silent"] != "" {
			return false
		}
		s.Asked = o.customerWrote(t, e)
		s.Told = !s.Asked
	case desk.EventStatus:
		f.Status = desk.Status(e.Data["from"])
		f.Active = wasActive(e)
	case desk.EventQueue:
		f.Queue = parseID[desk.QueueID](e.Data["from"])
	case desk.EventPriority:
		f.Priority, _ = strconv.Atoi(e.Data["from"])
	case desk.EventWatcher, desk.EventCustomer:
		return undoCustomer(e, f)
	case desk.EventMerged:
		if e.Data["into"] == "" {
			return false
		}
		f.Active = t.Active()
	default:
		return false
	}
	return true
}

// customerWrote reports whether a message came from the customer's side. Events
// of before that was noted tell by who wrote it.
func (o *op) customerWrote(t *desk.Ticket, e *desk.Event) bool {
	if e.Data["side"] != "" || e.Data["waited"] != "" {
		return e.Data["side"] == customerSide
	}
	by := e.By
	if e.Kind == desk.EventCreated && by == 0 {
		by = t.Reporter
	}
	kind := o.e.KindOf(by)
	return kind != 0 && kind != desk.Agent || by != 0 && by == t.Reporter && e.Kind == desk.EventMessage
}

// undoCustomer takes back who came to or left the role Customer.
func undoCustomer(e *desk.Event, f *sla.Facts) bool {
	role := desk.CustomerRole
	if e.Kind == desk.EventCustomer {
		role = desk.Requestor // whose customers the ticket is for
	}
	if parseID[desk.RoleID](e.Data["role"]) != role {
		return false
	}
	who := desk.CustomerID(parseID[desk.PrincipalID](e.Data["who"]))
	before := slices.DeleteFunc(slices.Clone(f.Customers), func(c desk.CustomerID) bool { return c == who })
	if e.Data["change"] == "removed" {
		before = append(before, who)
	}
	f.Customers = before
	return true
}

// ringAtOnce is how many tickets one transaction tells of.
const ringAtOnce = 20

// RingClocks writes the events of clocks that are overdue or soon will be, each
// once, and has people told of them. It reports whether there were any. Only the
// system does it.
func (s *Service) RingClocks(ctx context.Context, by desk.Actor) (bool, error) {
	rang := false
	err := s.do(ctx, by, func(o *op) error {
		rang = false
		if err := o.needSystem(); err != nil {
			return err
		}
		ids, err := o.RingingTickets(ctx, s.Now(), ringAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		rang = true
		b, err := o.book(ctx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := o.ring(ctx, b, id); err != nil {
				return err
			}
		}
		return nil
	})
	return rang, err
}

// ring tells of one ticket's clocks. What is overdue already needs no warning
// by letter.
func (o *op) ring(ctx context.Context, b *sla.Book, id desk.TicketID) error {
	runs, err := o.Runs(ctx, id)
	if err != nil {
		return err
	}
	now := o.s.Now()
	for i := range runs {
		r := &runs[i]
		if !r.Ended.IsZero() {
			continue
		}
		overdue := !r.Due.IsZero() && !r.Due.After(now)
		if !r.Warned && !r.Warn.IsZero() && !r.Warn.After(now) {
			r.Warned = true
			say := o.tell
			if overdue {
				say = o.record
			}
			if err := say(ctx, clockEvent(b, id, desk.EventClockWarned, &r.Run)); err != nil {
				return err
			}
			if err := o.notifyClock(ctx, id); err != nil {
				return err
			}
		}
		if overdue && !r.Told {
			r.Told = true
			if err := o.tell(ctx, clockEvent(b, id, desk.EventClockOverdue, &r.Run)); err != nil {
				return err
			}
			if err := o.notifyClock(ctx, id); err != nil {
				return err
			}
		}
	}
	return o.SaveRuns(ctx, id, runs)
}

func clockEvent(b *sla.Book, id desk.TicketID, kind desk.EventKind, r *sla.Run) desk.Event {
	name := ""
	if a := b.Agreement(r.Agreement); a != nil {
		name = a.Name
	}
	return desk.Event{Ticket: id, Kind: kind, Data: map[string]string{
		"clock": r.Kind.String(), "agreement": name, "due": r.Due.Format(time.RFC3339), "target": strconv.Itoa(int(r.Target / time.Second)),
	}}
}

// JobReckon is the kind of job that reckons the tickets that are still to be
// done anew; its data is the number of the last ticket that was.
const JobReckon = "reckon"

// reckonAtOnce is how many tickets one transaction reckons.
const reckonAtOnce = 100

// ReckonTickets reckons the next tickets that are still to be done and leaves a
// job for those after them. Of what is overdue by now nobody is told: what is
// agreed today would make a flood of letters about old tickets. Only the system
// does it.
func (s *Service) ReckonTickets(ctx context.Context, by desk.Actor, job desk.Job) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if err := o.DeleteJob(ctx, job.ID); desk.KindOf(err) == desk.NotFound {
			return nil // done already
		} else if err != nil {
			return err
		}
		b, err := o.book(ctx)
		if err != nil {
			return err
		}
		ids, err := o.ActiveTickets(ctx, parseID[desk.TicketID](job.Data), reckonAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if _, err := o.LockTicket(ctx, id); err != nil {
				return err
			}
			if err := o.reckon(ctx, b, id, true); err != nil {
				return err
			}
		}
		return o.InsertJob(ctx, &desk.Job{Kind: JobReckon, Data: formatID(ids[len(ids)-1]), Next: s.Now()})
	})
}
