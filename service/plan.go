package service

import (
	"strconv"
	"time"

	"gatehouse/desk"
)

// Plan is when a ticket is to be worked on, and how long; nil fields stay. A
// zero time takes the date away. Lengths are in minutes.
type Plan struct {
	Starts, Due                         *time.Time
	TimeWorked, TimeLeft, TimeEstimated *int
	FinalPriority                       *int
}

// maxMinutes is the longest work, some hundred years.
const maxMinutes = 50_000_000

// apply changes the ticket and returns what its history is told.
func (p *Plan) apply(t *desk.Ticket) ([]desk.Event, error) {
	var events []desk.Event
	changed := func(what, from, to string) {
		if from != to {
			events = append(events, desk.Event{Ticket: t.ID, Kind: desk.EventPlan, Data: map[string]string{"what": what, "from": from, "to": to}})
		}
	}
	for _, d := range []struct {
		what string
		to   *time.Time
		at   *time.Time
	}{{"starts", p.Starts, &t.Starts}, {"due", p.Due, &t.Due}} {
		if d.to == nil {
			continue
		}
		moment := d.to.UTC().Truncate(time.Microsecond)
		if !moment.IsZero() && (moment.Year() < 1970 || moment.Year() > 2999) {
			return nil, desk.InvalidFields(map[string]string{d.what: "Choose a day between 1970 and 2999."})
		}
		changed(d.what, written(*d.at), written(moment))
		*d.at = moment
	}
	for _, n := range []struct {
		what     string
		to       *int
		at       *int
		negative bool
	}{
		{"time_worked", p.TimeWorked, &t.TimeWorked, false}, {"time_left", p.TimeLeft, &t.TimeLeft, false},
		{"time_estimated", p.TimeEstimated, &t.TimeEstimated, false}, {"final_priority", p.FinalPriority, &t.FinalPriority, true},
	} {
		if n.to == nil {
			continue
		}
		if *n.to < 0 && !n.negative || *n.to > maxMinutes || *n.to < -maxMinutes {
			return nil, desk.InvalidFields(map[string]string{n.what: "This number is too small or too large."})
		}
		changed(n.what, strconv.Itoa(*n.at), strconv.Itoa(*n.to))
		*n.at = *n.to
	}
	return events, nil
}

// written is a moment in the history; none is empty.
func written(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
