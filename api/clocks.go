package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// A Clock is one of a ticket's clocks. Lengths are seconds of working time.
type Clock struct {
	Clock     string     `json:"clock" enum:"first_response,update,resolution"`
	Agreement string     `json:"agreement,omitempty"`
	State     string     `json:"state" enum:"running,overdue,paused,kept,broken"`
	Started   *time.Time `json:"started"`
	Ended     *time.Time `json:"ended,omitempty"`
	Due       *time.Time `json:"due,omitempty" doc:"Not known while it is paused."`
	Target    int64      `json:"target"`
	Left      int64      `json:"left" doc:"Below zero: so much over."`
}

// Clocks are the clocks of a ticket.
type Clocks struct {
	Clocks []Clock `json:"clocks" nullable:"false"`
}

func (h *handler) ticketClocks(ctx context.Context, by caller, in *Numbered) (Clocks, error) {
	list, err := h.desk.TicketClocks(ctx, by.Actor, desk.TicketID(in.ID))
	wire := Clocks{Clocks: []Clock{}}
	for _, c := range list {
		wire.Clocks = append(wire.Clocks, Clock{Clock: c.Kind.String(), Agreement: c.Agreement, State: c.State(h.desk.Now()), Started: moment(c.Started),
			Ended: moment(c.Ended), Due: moment(c.Due), Target: int64(c.Target / time.Second), Left: int64(c.Left / time.Second)})
	}
	return wire, err
}

// An Agreement is how long customers may wait, in seconds of working time, and
// the tickets for which that holds.
type Agreement struct {
	ID            int64        `json:"id"`
	Name          string       `json:"name"`
	Calendar      string       `json:"calendar,omitempty" doc:"Empty: round the clock."`
	Hours         string       `json:"hours,omitempty"`
	Zone          string       `json:"zone,omitempty"`
	FirstResponse int64        `json:"first_response,omitempty"`
	Update        int64        `json:"update,omitempty"`
	Resolution    int64        `json:"resolution,omitempty"`
	Warn          int          `json:"warn,omitempty" doc:"Percent of the time."`
	Pauses        []string     `json:"pauses" nullable:"false"`
	Holds         []Assignment `json:"holds" nullable:"false"`
}

// An Assignment says for which tickets an agreement holds; what is not named
// does not matter.
type Assignment struct {
	ID       int64 `json:"id"`
	Queue    int64 `json:"queue,omitempty"`
	Customer int64 `json:"customer,omitempty"`
	Priority *int  `json:"priority,omitempty" doc:"From this one on."`
}

// Agreements are all agreements.
type Agreements struct {
	Agreements []Agreement `json:"agreements" nullable:"false"`
}

func (h *handler) listAgreements(ctx context.Context, by caller, _ *struct{}) (Agreements, error) {
	b, err := h.desk.ClockBook(ctx, by.Actor)
	wire := Agreements{Agreements: []Agreement{}}
	if err != nil {
		return wire, err
	}
	for _, a := range b.Agreements {
		wire.Agreements = append(wire.Agreements, agreement(b, &a))
	}
	return wire, nil
}

func agreement(b *sla.Book, a *sla.Agreement) Agreement {
	seconds := func(k sla.Kind) int64 { return int64(a.Targets[k] / time.Second) }
	c := b.Calendar(a.Calendar)
	wire := Agreement{ID: int64(a.ID), Name: a.Name, Calendar: c.Name, FirstResponse: seconds(sla.FirstResponse), Update: seconds(sla.Update),
		Resolution: seconds(sla.Resolution), Warn: a.Warn, Pauses: []string{}, Holds: []Assignment{}}
	if c.ID != 0 {
		wire.Hours, wire.Zone = sla.FormatWeek(c.Week), c.Location().String()
	}
	for _, s := range a.Pauses {
		wire.Pauses = append(wire.Pauses, string(s))
	}
	for _, x := range b.Assignments {
		if x.Agreement == a.ID {
			wire.Holds = append(wire.Holds, Assignment{int64(x.ID), int64(x.Queue), int64(x.Customer), x.Priority})
		}
	}
	return wire
}
