package agent

import (
	"net/http"
	"time"

	"gatehouse/web"
)

// A Rating is what somebody says of how the ticket was solved.
type Rating struct {
	Person web.Person
	Mark   string
	Note   string
	At     time.Time
}

// fillRatings shows how content the people are whom the ticket is for.
func (h handler) fillRatings(r *http.Request, o *opened, page *TicketPage) error {
	found, err := h.desk.Ratings(r.Context(), web.Actor(r), o.ID)
	if err != nil {
		return err
	}
	for _, line := range found.Lines {
		page.Ratings = append(page.Ratings, Rating{person(o.reader, line.Name), line.Mark.String(), line.Note, o.reader.In(line.At)})
	}
	return nil
}
