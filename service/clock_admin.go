package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// ClockBook returns all calendars, agreements and for which tickets they hold
// (ShowConfigTab).
func (s *Service) ClockBook(ctx context.Context, by desk.Actor) (*sla.Book, error) {
	b := &sla.Book{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		kept, err := o.book(ctx)
		if err == nil {
			*b = *kept
		}
		return err
	})
	return b, err
}

// SaveCalendar stores a calendar, a new one where it has no ID (AdminSettings).
// The tickets still to be done are reckoned anew soon after.
func (s *Service) SaveCalendar(ctx context.Context, by desk.Actor, c sla.Calendar) (sla.CalendarID, error) {
	err := s.changeClocks(ctx, by, func(o *op, b *sla.Book) (change, error) {
		if b.Calendar(c.ID).ID != c.ID {
			return change{}, desk.Errorf(desk.NotFound, "There is no such calendar.")
		}
		if err := c.Check(); err != nil {
			return change{}, err
		}
		before := ""
		if c.ID != 0 {
			before = describeCalendar(b.Calendar(c.ID))
		}
		return change{"calendar.save", "calendar:" + c.Name, before, describeCalendar(&c)}, o.Tx.SaveCalendar(ctx, &c)
	})
	return c.ID, err
}

func describeCalendar(c *sla.Calendar) string {
	return fmt.Sprintf("name: %s; zone: %s; hours: %s; holidays: %s", c.Name, c.Zone,
		strings.ReplaceAll(sla.FormatWeek(c.Week), ";", ","), strings.ReplaceAll(strings.TrimSpace(sla.FormatHolidays(c.Holidays)), "\n", ", "))
}

// RemoveCalendar takes a calendar away (AdminSettings). One that an agreement
// counts by is refused.
func (s *Service) RemoveCalendar(ctx context.Context, by desk.Actor, id sla.CalendarID) error {
	return s.changeClocks(ctx, by, func(o *op, b *sla.Book) (change, error) {
		for _, a := range b.Agreements {
			if a.Calendar == id {
				return change{}, desk.Errorf(desk.Conflict, "The agreement %s counts by this calendar; give it another one first.", a.Name)
			}
		}
		if err := o.freeOfRules(ctx, id); err != nil {
			return change{}, err
		}
		c := b.Calendar(id)
		return change{"calendar.remove", "calendar:" + c.Name, describeCalendar(c), ""}, o.DeleteCalendar(ctx, id)
	})
}

// SaveAgreement stores an agreement, a new one where it has no ID
// (AdminSettings). The tickets still to be done are reckoned anew soon after.
func (s *Service) SaveAgreement(ctx context.Context, by desk.Actor, a sla.Agreement) (sla.AgreementID, error) {
	err := s.changeClocks(ctx, by, func(o *op, b *sla.Book) (change, error) {
		before, old := "", b.Agreement(a.ID)
		if old != nil {
			before = describeAgreement(old)
		} else if a.ID != 0 {
			return change{}, desk.Errorf(desk.NotFound, "There is no such agreement.")
		}
		if err := checkAgreement(b, &a); err != nil {
			return change{}, err
		}
		return change{"agreement.save", "agreement:" + a.Name, before, describeAgreement(&a)}, o.Tx.SaveAgreement(ctx, &a)
	})
	return a.ID, err
}

func checkAgreement(b *sla.Book, a *sla.Agreement) error {
	if err := a.Check(); err != nil {
		return err
	}
	if a.Calendar != 0 && b.Calendar(a.Calendar).ID == 0 {
		return desk.InvalidFields(map[string]string{"calendar": "There is no such calendar."})
	}
	return nil
}

func describeAgreement(a *sla.Agreement) string {
	text := fmt.Sprintf("name: %s; calendar: %d; warn: %d", a.Name, a.Calendar, a.Warn)
	for _, k := range sla.Kinds() {
		if d := a.Targets[k]; d > 0 {
			text += fmt.Sprintf("; %s: %s", k, d)
		}
	}
	for _, p := range a.Pauses {
		text += "; pause: " + string(p)
	}
	return text
}

// RemoveAgreement takes an agreement away (AdminSettings). One that holds for
// tickets is refused.
func (s *Service) RemoveAgreement(ctx context.Context, by desk.Actor, id sla.AgreementID) error {
	return s.changeClocks(ctx, by, func(o *op, b *sla.Book) (change, error) {
		if slices.ContainsFunc(b.Assignments, func(a sla.Assignment) bool { return a.Agreement == id }) {
			return change{}, desk.Errorf(desk.Conflict, "This agreement holds for some tickets; take that away first.")
		}
		c := change{action: "agreement.remove"}
		if a := b.Agreement(id); a != nil {
			c.object, c.before = "agreement:"+a.Name, describeAgreement(a)
		}
		return c, o.DeleteAgreement(ctx, id)
	})
}

// Assign says for which tickets an agreement holds, or changes that where it
// has an ID (AdminSettings). Of what fits a ticket the most specific counts:
// the customer more than the queue, the queue more than the priority.
func (s *Service) Assign(ctx context.Context, by desk.Actor, a sla.Assignment) (sla.AssignmentID, error) {
	err := s.changeClocks(ctx, by, func(o *op, b *sla.Book) (change, error) {
		if a.Agreement != 0 && b.Agreement(a.Agreement) == nil {
			return change{}, desk.InvalidFields(map[string]string{"agreement": "There is no such agreement."})
		}
		if a.Queue != 0 {
			if _, err := o.Tx.Queue(ctx, a.Queue); err != nil {
				return change{}, desk.InvalidFields(map[string]string{"queue": "There is no such queue."})
			}
		}
		if a.Customer != 0 {
			if _, err := o.Tx.Customer(ctx, a.Customer); err != nil {
				return change{}, desk.InvalidFields(map[string]string{"customer": "There is no such customer."})
			}
		}
		err := o.SaveAssignment(ctx, &a)
		if desk.KindOf(err) == desk.Conflict {
			err = desk.InvalidFields(map[string]string{"agreement": "Something is agreed for just these tickets already; take that away first."})
		}
		return change{"agreement.assign", "assignment:" + formatID(a.ID), "", describeAssignment(&a)}, err
	})
	return a.ID, err
}

func describeAssignment(a *sla.Assignment) string {
	text := fmt.Sprintf("agreement: %d; queue: %d; customer: %d", a.Agreement, a.Queue, a.Customer)
	if a.Priority != nil {
		text += fmt.Sprintf("; priority: %d", *a.Priority)
	}
	return text
}

// Unassign takes away what Assign said (AdminSettings).
func (s *Service) Unassign(ctx context.Context, by desk.Actor, id sla.AssignmentID) error {
	return s.changeClocks(ctx, by, func(o *op, b *sla.Book) (change, error) {
		c := change{action: "agreement.unassign", object: "assignment:" + formatID(id)}
		for _, a := range b.Assignments {
			if a.ID == id {
				c.before = describeAssignment(&a)
			}
		}
		return c, o.DeleteAssignment(ctx, id)
	})
}

// changeClocks runs a change of what is agreed, writes it into the audit log
// and has the tickets that are still to be done reckoned anew.
func (s *Service) changeClocks(ctx context.Context, by desk.Actor, do func(o *op, b *sla.Book) (change, error)) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminSettings, access.System()); err != nil {
			return err
		}
		b, err := o.book(ctx)
		if err != nil {
			return err
		}
		c, err := do(o, b)
		if err != nil {
			return err
		}
		if err := o.audit(ctx, c); err != nil {
			return err
		}
		return o.InsertJob(ctx, &desk.Job{Kind: JobReckon, Data: "0", Next: s.Now()})
	})
}

// A Promise is what an agreement would promise for one thing that is asked.
type Promise struct {
	Kind      sla.Kind
	Due, Warn time.Time // Warn is zero where nobody is warned
}

// PreviewAgreement returns when what is asked at a moment would be due under an
// agreement, stored or not (ShowConfigTab); and where its days begin.
func (s *Service) PreviewAgreement(ctx context.Context, by desk.Actor, a sla.Agreement, at time.Time) ([]Promise, *time.Location, error) {
	var list []Promise
	zone := time.UTC
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		b, err := o.book(ctx)
		if err != nil {
			return err
		}
		if err := checkAgreement(b, &a); err != nil {
			return err
		}
		c := b.Calendar(a.Calendar)
		zone = c.Location()
		list = promises(&a, c, at)
		return nil
	})
	return list, zone, err
}

func promises(a *sla.Agreement, c *sla.Calendar, at time.Time) []Promise {
	var list []Promise
	for _, k := range sla.Kinds() {
		target := a.Targets[k]
		if target <= 0 {
			continue
		}
		p := Promise{Kind: k, Due: c.Add(at, target)}
		if a.Warn > 0 {
			p.Warn = c.Add(at, target/100*time.Duration(a.Warn))
		}
		list = append(list, p)
	}
	return list
}

// A Clock is one of a ticket's clocks as it stands now.
type Clock struct {
	ClockRun
	Agreement string // its name
	// Why says for what it is agreed: customer, queue and priority, each empty or
	// nil where it does not matter.
	Customer, Queue string
	Priority        *int
	// Left is the working time until it is due, below zero how much it is over.
	Left time.Duration
}

// TicketClocks returns a ticket's clocks that run or are paused, and the last
// run of each kind that has ended (ShowTicket; the people at the desk only).
func (s *Service) TicketClocks(ctx context.Context, by desk.Actor, id desk.TicketID) ([]Clock, error) {
	var list []Clock
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		if !o.isAgent() {
			return noTicket(id)
		}
		list, err = o.clocks(ctx, t)
		return err
	})
	return list, err
}

func (o *op) clocks(ctx context.Context, t *desk.Ticket) ([]Clock, error) {
	runs, err := o.Runs(ctx, t.ID)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	b, err := o.book(ctx)
	if err != nil {
		return nil, err
	}
	facts := sla.Facts{Queue: t.Queue, Priority: t.Priority}
	for _, who := range t.In(desk.CustomerRole) {
		facts.Customers = append(facts.Customers, desk.CustomerID(who))
	}
	var list []Clock
	for i, r := range runs {
		if i+1 < len(runs) && runs[i+1].Kind == r.Kind {
			continue // there is a later one
		}
		c, err := o.clock(ctx, b, &facts, r)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

func (o *op) clock(ctx context.Context, b *sla.Book, facts *sla.Facts, r ClockRun) (Clock, error) {
	c := Clock{ClockRun: r, Left: r.Target - r.Worked}
	a := b.Agreement(r.Agreement)
	if a == nil {
		return c, nil
	}
	c.Agreement = a.Name
	if r.Ended.IsZero() && !r.Paused && !r.Due.IsZero() {
		calendar, now := b.Calendar(a.Calendar), o.s.Now()
		c.Left = calendar.Between(now, r.Due) - calendar.Between(r.Due, now)
	}
	chosen, why := b.Choose(facts)
	if why == nil || chosen == nil || chosen.ID != a.ID {
		return c, nil // it was agreed when the run ended
	}
	c.Priority = why.Priority
	if why.Queue != 0 {
		q, err := o.Tx.Queue(ctx, why.Queue)
		if err != nil {
			return c, err
		}
		c.Queue = q.Name
	}
	if why.Customer != 0 {
		customer, err := o.Tx.Customer(ctx, why.Customer)
		if err != nil {
			return c, err
		}
		c.Customer = customer.Name
	}
	return c, nil
}

// A DueEnd is the end of a page of the most urgent tickets.
type DueEnd struct {
	Due time.Time
	ID  desk.TicketID
}

// UrgentTickets returns the tickets that the actor may see of which a clock
// runs, the most urgent first (ShowTicket; the people at the desk only). The
// page begins after its end.
func (s *Service) UrgentTickets(ctx context.Context, by desk.Actor, f TicketFilter, after DueEnd) (*TicketPage, error) {
	page := &TicketPage{}
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			return nil
		}
		if err := o.bindFilter(ctx, &f); err != nil {
			return err
		}
		list, more, err := o.Tx.UrgentTickets(ctx, o.scope(desk.ShowTicket), f, dueEnd(after))
		if err != nil {
			return err
		}
		page.More = more
		page.Lines, err = o.lines(ctx, list)
		return err
	})
	return page, err
}
