package agent

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A Plan is when a ticket is to be worked on and how long, as its page shows
// it. Change is the form; nil: it may not be changed.
type Plan struct {
	Starts, Due, Told       time.Time // zero: not set
	Late                    bool      // it was due
	Worked, Left, Estimated string    // hours and minutes; empty: none
	Change                  *PlanForm
}

// A PlanForm changes a plan. Worked is added to what was worked before.
type PlanForm struct{ Starts, Due, Worked, Left, Estimated web.Field }

// minute is how a moment stands in a form.
const minute = "2006-01-02T15:04"

// fillPlan shows the ticket's plan.
func (o *opened) fillPlan(page *TicketPage, now time.Time) {
	in := func(at time.Time) time.Time {
		if at.IsZero() {
			return at
		}
		return o.reader.In(at)
	}
	page.Plan = Plan{Starts: in(o.Starts), Due: in(o.Due), Told: in(o.Told), Late: !o.Due.IsZero() && o.Due.Before(now) && o.Ticket.Active(),
		Worked: minutes(o.TimeWorked), Left: minutes(o.TimeLeft), Estimated: minutes(o.TimeEstimated)}
	if !o.may(desk.ModifyTicket) {
		return
	}
	at := func(name string, value time.Time) web.Field {
		f := web.Field{Form: "plan-", Name: name, Kind: "datetime-local"}
		if !value.IsZero() {
			f.Value = value.Format(minute)
		}
		return f
	}
	page.Plan.Change = &PlanForm{Starts: at("starts", page.Plan.Starts), Due: at("due", page.Plan.Due), Worked: web.Field{Form: "plan-", Name: "worked"},
		Left: web.Field{Form: "plan-", Name: "left", Value: page.Plan.Left}, Estimated: web.Field{Form: "plan-", Name: "estimated", Value: page.Plan.Estimated}}
}

// plan takes the form of a ticket's plan, of which what was sent counts.
func (h handler) plan(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(v *service.TicketView, by desk.Actor) error {
		in := service.TicketChange{Ticket: v.ID, Version: version(r)}
		reader := web.ReaderOf(r)
		for name, to := range map[string]**time.Time{"starts": &in.Starts, "due": &in.Due} {
			if !r.PostForm.Has(name) {
				continue
			}
			at, err := momentTyped(reader, r.PostFormValue(name))
			if err != nil {
				return refusal(name, err)
			}
			*to = &at
		}
		for name, to := range map[string]**int{"left": &in.TimeLeft, "estimated": &in.TimeEstimated} {
			if !r.PostForm.Has(name) {
				continue
			}
			n, err := minutesTyped(r.PostFormValue(name))
			if err != nil {
				return refusal(name, err)
			}
			*to = &n
		}
		more, err := minutesTyped(r.PostFormValue("worked"))
		if err != nil {
			return refusal("worked", err)
		}
		if worked := v.TimeWorked + more; more != 0 {
			in.TimeWorked = &worked
		}
		return h.desk.ChangeTicket(r.Context(), by, in)
	})
}

// momentTyped reads a moment in the reader's zone; an empty one is none.
func momentTyped(reader web.Reader, text string) (time.Time, error) {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}, nil
	}
	zone := reader.Zone
	if zone == nil {
		zone = time.UTC
	}
	for _, layout := range []string{minute, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, nil
		}
	}
	return time.Time{}, desk.Errorf(desk.Invalid, "Write the moment as 2026-11-30 14:00.")
}

// minutesTyped reads a length of time: minutes, or hours and minutes as 1:30.
func minutesTyped(text string) (int, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, nil
	}
	hours, rest, colon := strings.Cut(text, ":")
	if !colon {
		hours, rest = "0", text
	}
	h, errH := strconv.Atoi(hours)
	m, errM := strconv.Atoi(rest)
	if errH != nil || errM != nil || h < 0 || m < 0 || h > 100_000 || m > 6_000_000 || colon && m > 59 {
		return 0, desk.Errorf(desk.Invalid, "Write a length of time in minutes, or as 1:30 for an hour and a half.")
	}
	return h*60 + m, nil
}
