package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestNews: lists mark tickets with an answer that their reader has not read, be
// it that the answer closed one; the ticket says where the new begins, and what is
// fetched ahead or internal changes nothing.
func TestNews(t *testing.T) {
	d := newDesk(t)
	d.Pass(60e9) // what was there before somebody came is not new to him
	id := ask(t, d, "bob", "The arm stops", "acme")
	ask(t, d, "bob", "A question", "acme")
	const one, two = "There is something new on one ticket.", "There is something new on 2 tickets."
	answers := func(to desk.TicketID, kind desk.MessageKind) {
		t.Helper()
		d.Pass(60e9)
		webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: to, Kind: kind, Text: "Look at the cable."}))(t)
	}
	wants(t, d.Get("bob", "/portal/"), http.StatusOK, "The arm stops", "!something new", "!Unread")
	wants(t, d.Get("bob", url1(id)), http.StatusOK, "!New since")
	answers(id, desk.Comment)
	wants(t, d.Get("bob", "/portal/"), http.StatusOK, "!something new")
	answers(id, desk.Reply)
	wants(t, d.Get("bob", "/portal/"), http.StatusOK, one, ">Unread<")
	wants(t, d.Get("mei", "/portal/company"), http.StatusOK, two) // both are new to her
	d.OK(d.SetStatus(t.Context(), d.By("ann"), id, desk.StatusResolved, 0))
	w := d.Get("bob", "/portal/")
	wants(t, w, http.StatusOK, one, "The arm stops")
	if page := w.Body.String(); strings.Index(page, "The arm stops") > strings.Index(page, "A question") {
		t.Error("the answer that he looks for is not above")
	}
	d.GetWith("bob", url1(id), "Sec-Purpose", "prefetch")
	wants(t, d.Get("bob", "/portal/"), http.StatusOK, one)
	wants(t, d.Get("bob", url1(id)), http.StatusOK, "New since you last read this")
	wants(t, d.Get("bob", url1(id)), http.StatusOK, "!New since")
	wants(t, d.Get("bob", "/portal/"), http.StatusOK, "!something new", "!The arm stops")
	wants(t, d.Get("mei", "/portal/company?status=all"), http.StatusOK, two)
}
