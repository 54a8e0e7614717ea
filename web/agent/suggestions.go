package agent

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// fillSuggestions adds the letters on which somebody has to decide, for those
// who may read what is internal.
func (h handler) fillSuggestions(r *http.Request, o *opened, page *TicketPage) error {
	if !o.may(desk.ShowTicketComments) {
		return nil
	}
	list, err := h.desk.Suggestions(r.Context(), web.Actor(r), o.ID)
	if err != nil {
		return err
	}
	for _, s := range list {
		page.Suggestions = append(page.Suggestions, Suggestion{
			ID: int64(s.ID), From: strings.TrimSpace(s.From.Name + " " + s.From.Address), At: o.reader.In(s.At),
			Subject: s.Subject, Excerpt: s.Excerpt, Reason: s.Reason,
		})
	}
	page.MayDecide = o.may(desk.ModifyTicket)
	return nil
}

// decide takes what an agent makes of a suggested letter.
func (h handler) decide(w http.ResponseWriter, r *http.Request) error {
	return h.change(w, r, func(_ *service.TicketView, by desk.Actor) error {
		id := desk.SuggestionID(ticketID(r.PostFormValue("suggestion")))
		return h.desk.Decide(r.Context(), by, id, desk.Decision(r.PostFormValue("decision")))
	})
}
