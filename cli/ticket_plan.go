package cli

import (
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// ticketPlan are the flags for when a ticket is to be worked on, and how long.
type ticketPlan struct {
	Starts        *string `placeholder:"TIME" help:"When work is to begin, as 2026-03-14 or 2026-03-14T15:09:00Z; '' takes it away."`
	Due           *string `placeholder:"TIME" help:"When it is to be done; '' takes it away."`
	Worked        *int    `placeholder:"MINUTES" help:"Minutes worked so far."`
	Left          *int    `placeholder:"MINUTES" help:"Minutes of work left."`
	Estimated     *int    `placeholder:"MINUTES" help:"Minutes thought of at first."`
	FinalPriority *int    `placeholder:"NUMBER" help:"Priority that it is to have when it is due."`
}

func (p *ticketPlan) plan() (service.Plan, error) {
	plan := service.Plan{TimeWorked: p.Worked, TimeLeft: p.Left, TimeEstimated: p.Estimated, FinalPriority: p.FinalPriority}
	var err error
	if plan.Starts, err = parseTime(p.Starts); err != nil {
		return plan, err
	}
	plan.Due, err = parseTime(p.Due)
	return plan, err
}

// parseTime reads a day or a moment; an empty text is no time.
func parseTime(text *string) (*time.Time, error) {
	if text == nil {
		return nil, nil
	}
	if *text == "" {
		return &time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, *text); err == nil {
			return &at, nil
		}
	}
	return nil, desk.Errorf(desk.Invalid, "%q is no time; write it as 2026-03-14 or 2026-03-14T15:09:00Z.", *text)
}
