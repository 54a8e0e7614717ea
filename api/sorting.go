package api

import (
	"context"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// sortedTickets is a page of a list of tickets in an order of the caller's.
func (h *handler) sortedTickets(ctx context.Context, by caller, f service.TicketFilter, in *listTicketsInput) (Page[Ticket], error) {
	if in.Before != "" {
		return Page[Ticket]{}, desk.Errorf(desk.Invalid, "A sorted list is read forwards only; send after instead of before.")
	}
	column, down := strings.CutPrefix(in.Sort, "-")
	how := service.Sort{By: service.SortBy(column), Down: down}
	list := ticketList + " " + in.Sort
	key, err := keyAfter(list, in.After)
	if err != nil {
		return Page[Ticket]{}, err
	}
	if how.After, err = sortEndOf(key); err != nil {
		return Page[Ticket]{}, err
	}
	found, end, err := h.desk.SortedTickets(ctx, by.Actor, f, how)
	if err != nil {
		return Page[Ticket]{}, err
	}
	page := pageOf(found.Lines, by.line)
	if found.More {
		page.Next = link(by.url, "after", cursorOf(list, sortKeyOf(end)))
	}
	return page, nil
}

// sortKeyOf writes the end of a page as a cursor holds it: the ticket, the number
// and the text by which it is sorted.
func sortKeyOf(end service.SortEnd) string {
	if end.Unset {
		return number(end.ID) + " - "
	}
	return number(end.ID) + " " + strconv.FormatInt(end.Number, 10) + " " + end.Text
}

// sortEndOf reads it; "" is the beginning.
func sortEndOf(key string) (service.SortEnd, error) {
	if key == "" {
		return service.SortEnd{}, nil
	}
	parts := strings.SplitN(key, " ", 3)
	if len(parts) < 3 {
		parts = append(parts, "", "")
	}
	id, wrongID := strconv.ParseInt(parts[0], 10, 64)
	unset := parts[1] == "-"
	if unset {
		parts[1] = "0"
	}
	n, wrongNumber := strconv.ParseInt(parts[1], 10, 64)
	if wrongID != nil || wrongNumber != nil || id < 1 {
		_, err := keyless[desk.TicketID]()
		return service.SortEnd{}, err
	}
	return service.SortEnd{ID: desk.TicketID(id), Number: n, Text: parts[2], Unset: unset}, nil
}
