package agent

import (
	"net/http"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// nextOf is the page of the ticket that comes after one in the list from which
// it was opened, in the order of that list, or the list where it is the last one;
// empty: the form does not ask for it.
func (h handler) nextOf(r *http.Request, id desk.TicketID) (string, error) {
	if r.PostFormValue("next") == "" {
		return "", nil
	}
	f, err := h.frame(r)
	if err != nil {
		return "", err
	}
	l := f.list
	if len(l.query) == 0 {
		l = openList()
	}
	l.filter.Limit = 1
	page, err := h.pageBehind(r, l, id)
	if desk.KindOf(err) == desk.Invalid { // the list says what is wrong with it
		return l.url(), nil
	}
	if err != nil || len(page.Lines) == 0 {
		return l.url(), err
	}
	return ticketURL(page.Lines[0].ID) + l.suffix(), nil
}

// pageBehind reads the page of a list that begins behind a ticket. In one that is
// sorted by something that the ticket does not have, it is the first page.
func (h handler) pageBehind(r *http.Request, l *listing, id desk.TicketID) (*service.TicketPage, error) {
	alone := service.TicketFilter{IDs: []desk.TicketID{id}}
	by := web.Actor(r)
	if l.byDue() {
		at, err := h.desk.UrgentTickets(r.Context(), by, alone, service.DueEnd{})
		if err != nil {
			return nil, err
		}
		var end service.DueEnd
		for _, t := range at.Lines {
			end = service.DueEnd{Due: t.ClockDue, ID: t.ID}
		}
		return h.desk.UrgentTickets(r.Context(), by, l.filter, end)
	}
	if column, down := l.sortedBy(); column != "" {
		how := service.Sort{By: column, Down: down}
		_, end, err := h.desk.SortedTickets(r.Context(), by, alone, how)
		if err == nil {
			how.After = end
			page, _, err := h.desk.SortedTickets(r.Context(), by, l.filter, how)
			return page, err
		}
		if desk.KindOf(err) != desk.Invalid {
			return nil, err
		}
	}
	l.filter.Before, l.filter.After = id, 0
	return h.desk.Tickets(r.Context(), by, l.filter)
}
