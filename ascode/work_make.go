package ascode

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
)

// PlanWork says what would be changed for the desk to work as wanted. It refuses
// what ApplyWork would refuse, and changes nothing.
func PlanWork(ctx context.Context, svc *service.Service, by desk.Actor, want *Work) ([]Step, error) {
	var steps []Step
	_, err := svc.WhatIf(ctx, by, func(in *service.Service, by desk.Actor) error {
		var err error
		steps, err = work(ctx, in, by, want)
		return err
	})
	return steps, err
}

// ApplyWork makes the desk work as wanted, all of it or nothing, and returns the
// steps. A section that is in the file is complete: what it does not have is
// taken away, and rules are switched off.
func ApplyWork(ctx context.Context, svc *service.Service, by desk.Actor, want *Work) ([]Step, error) {
	var steps []Step
	_, err := svc.Together(ctx, by, func(in *service.Service, by desk.Actor) error {
		var err error
		steps, err = work(ctx, in, by, want)
		return err
	})
	if err != nil {
		return nil, err
	}
	return steps, nil
}

// work makes the steps in the order in which things rest on each other, and
// takes away in the other one.
func work(ctx context.Context, in *service.Service, by desk.Actor, want *Work) ([]Step, error) {
	have, err := (&workReader{svc: in, by: by}).read(ctx)
	if err != nil {
		return nil, err
	}
	m := &workMaker{in: in, by: by, have: have, want: want}
	for _, part := range []func(context.Context) error{m.lifeCycles, m.calendars, m.agreements, m.unclocked, m.holds, m.rules, m.templates, m.forms} {
		if err := part(ctx); err != nil {
			return nil, err
		}
	}
	slices.Reverse(m.later)
	for _, remove := range m.later {
		if err := remove(); err != nil {
			return nil, err
		}
	}
	return m.steps, nil
}

type workMaker struct {
	in    *service.Service
	by    desk.Actor
	have  *workDesk
	want  *Work
	steps []Step
	held  []holding
	later []func() error
}

// A holding is for which tickets an agreement shall hold.
type holding struct {
	kind, name string // of what in the file says so
	agreement  sla.AgreementID
	holds      []workHold
}

// thing is one that shall be as is; was is what there is, nil where there is
// none.
func (m *workMaker) thing(kind, name string, was, is any, save func() error) error {
	switch {
	case was == nil:
		m.steps = append(m.steps, Step{'+', kind + " " + name + ": " + made(is)})
	case alike(was, is):
		return nil
	default:
		m.steps = append(m.steps, Step{'~', kind + " " + name + ": " + changed(was, is)})
	}
	return m.told(kind, name, save())
}

// gone takes away what is not wanted, once all else is done.
func (m *workMaker) gone(kind, name, how string, remove func() error) {
	m.steps = append(m.steps, Step{'-', kind + " " + name + how})
	m.later = append(m.later, func() error { return m.told(kind, name, remove()) })
}

// told says of what in the file an error is.
func (m *workMaker) told(kind, name string, err error) error {
	switch desk.KindOf(err) {
	case 0, desk.Internal, desk.Unavailable:
		return err
	}
	return desk.Errorf(desk.KindOf(err), "%s%s", m.want.where(kind, name, err), desk.Sentence(err))
}

// find returns what has the name, nil where nothing has.
func find[T any](list []T, name string, of func(*T) string) *T {
	for i := range list {
		if desk.Fold(of(&list[i])) == desk.Fold(name) {
			return &list[i]
		}
	}
	return nil
}

func (m *workMaker) queue(name string) (desk.QueueID, error) {
	if name == "" {
		return 0, nil
	}
	id, ok := m.have.queues[desk.Fold(name)]
	if !ok {
		return 0, desk.Errorf(desk.NotFound, "There is no queue %s.", name)
	}
	return id, nil
}

func (m *workMaker) lifeCycles(ctx context.Context) error {
	if m.want.LifeCycles == nil {
		return nil
	}
	have, nameOf := all(m.have.LifeCycles), func(c *workCycle) string { return c.Name }
	given := map[string]bool{}
	for _, is := range all(m.want.LifeCycles) {
		if err := m.lifeCycle(ctx, &is, find(have, is.Name, nameOf)); err != nil {
			return m.told("life cycle", is.Name, err)
		}
		for _, q := range is.Queues {
			given[desk.Fold(q)] = true
		}
	}
	for name, id := range m.have.holders { // these have the one that ships from now on
		if !given[name] {
			if _, err := m.in.SaveLifeCycle(ctx, m.by, service.LifeCycleChange{Queue: id}); err != nil {
				return m.told("queue", name, err) // it stands nowhere in the file
			}
		}
	}
	for _, was := range have {
		if find(all(m.want.LifeCycles), was.Name, nameOf) == nil {
			m.gone("life cycle", was.Name, "", func() error {
				_, err := m.in.RemoveLifeCycle(ctx, m.by, m.have.cycles[desk.Fold(was.Name)])
				return err
			})
		}
	}
	return nil
}

// lifeCycle makes one as it shall be, and gives it to its queues.
func (m *workMaker) lifeCycle(ctx context.Context, is, had *workCycle) error {
	c, err := is.cycle()
	if err == nil {
		err = c.Check()
	}
	if err != nil {
		return err
	}
	is.writtenCycle = cycleText(c)
	slices.Sort(is.Queues)
	var was any
	c.ID = m.have.cycles[desk.Fold(is.Name)]
	kept := c.ID != 0
	if had != nil {
		was = *had
		kept = alike(had.writtenCycle, is.writtenCycle)
	}
	return m.thing("life cycle", is.Name, was, *is, func() error {
		if !kept {
			effect, err := m.in.SaveLifeCycle(ctx, m.by, service.LifeCycleChange{Cycle: *c})
			if err != nil {
				return err
			}
			c.ID = effect.ID
		}
		return m.give(ctx, is, had, c.ID)
	})
}

func (m *workMaker) give(ctx context.Context, is, had *workCycle, id desk.LifeCycleID) error {
	for _, name := range is.Queues {
		q, err := m.queue(name)
		if err != nil {
			return err
		}
		if had != nil && slices.ContainsFunc(had.Queues, func(have string) bool { return desk.Fold(have) == desk.Fold(name) }) {
			continue
		}
		if _, err := m.in.SaveLifeCycle(ctx, m.by, service.LifeCycleChange{Queue: q, Cycle: desk.LifeCycle{ID: id}}); err != nil {
			return err
		}
	}
	return nil
}

func (m *workMaker) calendars(ctx context.Context) error {
	if m.want.Calendars == nil {
		return nil
	}
	nameOf := func(c *workCalendar) string { return c.Name }
	for _, text := range all(m.want.Calendars) {
		c := sla.Calendar{Name: text.Name, Zone: text.Zone}
		var err error
		if c.Week, err = sla.ParseWeek(text.Hours); err == nil {
			c.Holidays, err = sla.ParseHolidays(strings.Join(text.Holidays, "\n"))
		}
		if err != nil {
			return m.told("calendar", text.Name, err)
		}
		var was any
		if had := find(all(m.have.Calendars), text.Name, nameOf); had != nil {
			was = *had
			c.ID = find(m.have.book.Calendars, text.Name, func(c *sla.Calendar) string { return c.Name }).ID
		}
		if err := m.thing("calendar", text.Name, was, calendarText(&c), func() error {
			_, err := m.in.SaveCalendar(ctx, m.by, c)
			return err
		}); err != nil {
			return err
		}
	}
	for i := range m.have.book.Calendars {
		c := &m.have.book.Calendars[i]
		if find(all(m.want.Calendars), c.Name, nameOf) == nil {
			m.gone("calendar", c.Name, "", func() error { return m.in.RemoveCalendar(ctx, m.by, c.ID) })
		}
	}
	return nil
}

func (m *workMaker) agreements(ctx context.Context) error {
	if m.want.Agreements == nil {
		return nil
	}
	book, err := m.in.ClockBook(ctx, m.by) // with the calendars that were just made
	if err != nil {
		return err
	}
	nameOf := func(a *workAgreement) string { return a.Name }
	for _, is := range all(m.want.Agreements) {
		if err := m.agreement(ctx, book, &is); err != nil {
			return m.told("agreement", is.Name, err)
		}
	}
	for i := range m.have.book.Agreements {
		a := &m.have.book.Agreements[i]
		if find(all(m.want.Agreements), a.Name, nameOf) == nil {
			m.held = append(m.held, holding{"agreement", a.Name, a.ID, nil})
			m.gone("agreement", a.Name, "", func() error { return m.in.RemoveAgreement(ctx, m.by, a.ID) })
		}
	}
	return nil
}

func (m *workMaker) agreement(ctx context.Context, book *sla.Book, is *workAgreement) error {
	a := sla.Agreement{Name: is.Name, Warn: is.Warn, Targets: map[sla.Kind]time.Duration{}}
	for kind, text := range map[sla.Kind]string{sla.FirstResponse: is.FirstResponse, sla.Update: is.Update, sla.Resolution: is.Resolution} {
		if text == "" {
			continue
		}
		var err error
		if a.Targets[kind], err = sla.ParseLength(text); err != nil {
			return err
		}
	}
	for _, s := range is.Pauses {
		a.Pauses = append(a.Pauses, desk.Status(s))
	}
	calendar := ""
	if is.Calendar != "" {
		c := find(book.Calendars, is.Calendar, func(c *sla.Calendar) string { return c.Name })
		if c == nil {
			return desk.Errorf(desk.NotFound, "There is no calendar %s.", is.Calendar)
		}
		a.Calendar, calendar = c.ID, c.Name
	}
	text := agreementText(&a, calendar)
	text.Holds = slices.Concat([]workHold{}, is.Holds)
	sortHolds(text.Holds)
	var was any
	if had := find(all(m.have.Agreements), is.Name, func(a *workAgreement) string { return a.Name }); had != nil {
		was = *had
		a.ID = find(m.have.book.Agreements, is.Name, func(a *sla.Agreement) string { return a.Name }).ID
	}
	return m.thing("agreement", is.Name, was, text, func() error {
		id, err := m.in.SaveAgreement(ctx, m.by, a)
		m.held = append(m.held, holding{"agreement", is.Name, id, text.Holds})
		return err
	})
}

// holds has agreements hold for the tickets that they shall hold for and no
// others. All of them let go first: what one held, another may hold now.
func (m *workMaker) holds(ctx context.Context) error {
	for _, a := range m.have.book.Assignments {
		if slices.ContainsFunc(m.held, func(h holding) bool { return h.agreement == a.Agreement }) {
			if err := m.in.Unassign(ctx, m.by, a.ID); err != nil {
				return err
			}
		}
	}
	for _, h := range m.held {
		for _, hold := range h.holds {
			if err := m.hold(ctx, h.agreement, hold); err != nil {
				return m.told(h.kind, h.name, err)
			}
		}
	}
	return nil
}

func (m *workMaker) hold(ctx context.Context, id sla.AgreementID, h workHold) error {
	q, err := m.queue(h.Queue)
	if err != nil {
		return err
	}
	a := sla.Assignment{Agreement: id, Queue: q, Priority: h.Priority}
	if h.Customer != "" {
		c, err := m.in.Find(ctx, m.by, "customer:"+h.Customer)
		if err != nil {
			return err
		}
		a.Customer = desk.CustomerID(c)
	}
	_, err = m.in.Assign(ctx, m.by, a)
	return err
}

// unclocked are tickets for which no clock runs.
func (m *workMaker) unclocked(ctx context.Context) error {
	if m.want.Unclocked == nil {
		return nil
	}
	is := slices.Concat([]workHold{}, *m.want.Unclocked)
	sortHolds(is)
	type none struct {
		Holds []workHold `yaml:"holds"`
	}
	return m.thing("tickets", "without clocks", none{*m.have.Unclocked}, none{is}, func() error {
		m.held = append(m.held, holding{"tickets", "without clocks", 0, is})
		return nil
	})
}
