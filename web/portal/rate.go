package portal

import (
	"net/http"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// fillRate asks who asked for the ticket how content he is, when it is done.
func (h handler) fillRate(r *http.Request, page *TicketPage, v *service.TicketView) error {
	by := web.Actor(r)
	found, err := h.svc.Ratings(r.Context(), by, v.ID)
	if err != nil || !found.May {
		return err
	}
	page.Rate = web.RatingForm(page.URL+"/rating", 0, "")
	for _, line := range found.Lines {
		if line.User == by.User {
			page.Rate = web.RatingForm(page.URL+"/rating", line.Mark, line.Note)
			page.Rate.Given = web.T("rate.given." + line.Mark.String())
		}
	}
	return nil
}

// rate takes what the reader says of how the ticket was solved.
func (h handler) rate(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, v, err := h.ticketPage(r)
	if err != nil {
		return err
	}
	in := web.ReadRating(r)
	in.Ticket = v.ID
	err = h.svc.Rate(r.Context(), web.Actor(r), in)
	switch desk.KindOf(err) {
	case 0:
		return h.site.Done(w, r, page.URL, web.Notice{Level: "good", Text: web.T("rate.thanked")})
	case desk.Invalid:
		if page.Rate == nil {
			return err
		}
		if rest := page.Rate.Refused(r, err); rest != "" {
			page.Error = web.Plain(rest)
		}
		view := page.View()
		view.Status = web.StatusOf(desk.Invalid)
		return h.site.Show(w, r, view)
	}
	return err
}
