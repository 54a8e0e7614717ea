package portal_test

import (
	"fmt"
	"net/http"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// TestFieldsInThePortal: contacts see and fill in what they are granted, and of
// other fields there is no trace.
func TestFieldsInThePortal(t *testing.T) {
	d := newDesk(t)
	make := func(f desk.Field) desk.FieldID {
		f.Of, f.Everywhere = desk.OfTickets, true
		return webtest.Must(d.CreateField(t.Context(), d.Sys, f))(t)
	}
	machine := make(desk.Field{Name: "Machine", Kind: desk.TextField, Pattern: `^A-\d+$`, Hint: "Write it as A-12.", Required: true})
	margin := make(desk.Field{Name: "Margin", Kind: desk.WholeField, Default: []string{"918273"}})
	d.Give(desk.Contacts, 0, desk.OnField(machine), "SeeCustomField", "SetInitialCustomField")
	wants(t, d.Get("vera", "/portal/tickets/new"), http.StatusOK, "Machine", "!Margin")
	form := []string{"subject", "It stopped", "text", "Just so", "form", "f1", fmt.Sprint("field-", machine)}
	wants(t, d.Post("vera", "/portal/tickets", append(form, "B <12>")...), http.StatusUnprocessableEntity, "Write it as A-12.", "B &lt;12&gt;", "It stopped")
	wants(t, d.Post("vera", "/portal/tickets", append(form, "")...), http.StatusUnprocessableEntity, "Machine is needed")
	made := d.Post("vera", "/portal/tickets", append(form, "A-12", fmt.Sprint("field-", margin), "1")...)
	wants(t, made, http.StatusSeeOther)
	address := made.Header().Get("Location")
	wants(t, d.Get("vera", address), http.StatusOK, "Machine", "A-12", "!Margin", "!918273", "!/fields\"")
	change := []string{fmt.Sprint("was-", machine), `["A-12"]`, fmt.Sprint("field-", machine), "A-13"}
	wants(t, d.Post("vera", address+"/fields", change...), http.StatusForbidden)
	d.Give(desk.Contacts, 0, desk.OnField(machine), "ModifyCustomField")
	wants(t, d.Post("vera", address+"/fields", fmt.Sprint("was-", machine), `["A-12"]`, fmt.Sprint("field-", machine), "nine"), http.StatusUnprocessableEntity, "Write it as A-12.", `value="nine"`)
	wants(t, d.Post("vera", address+"/fields", change...), http.StatusSeeOther)
	wants(t, d.Post("vera", address+"/fields", change...), http.StatusConflict, "Somebody else changed Machine")
	wants(t, d.Get("vera", address), http.StatusOK, "A-13")
	wants(t, d.Post("bob", address+"/fields", change...), http.StatusNotFound)
}

// TestQueueFirst: where queues differ in their fields, the form shows those of
// the queue that is chosen, without script.
func TestQueueFirst(t *testing.T) {
	d := newDesk(t)
	billing := d.MakeQueue("Billing")
	d.Give(desk.Contacts, 0, desk.OnQueue(billing), "CreateTicket", "SeeQueue", "SetInitialCustomField")
	id := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfTickets, Name: "Invoice", Kind: desk.TextField, Queues: []desk.QueueID{billing}}))(t)
	wants(t, d.Get("vera", "/portal/tickets/new"), http.StatusOK, "Show the form for this choice", "!Invoice")
	asked := d.Post("vera", "/portal/tickets", "queue", "Billing", "subject", "Too <high>", "text", "", "form", "f", "do", "queue")
	wants(t, asked, http.StatusOK, "Invoice", "Too &lt;high&gt;")
	wants(t, d.Post("vera", "/portal/tickets", "queue", "Billing", "subject", "Too high", "text", "By far", "form", "f", fmt.Sprint("field-", id), "7"), http.StatusSeeOther)
	wants(t, d.Post("vera", "/portal/tickets", "queue", "Support", "subject", "Too high", "text", "By far", "form", "g", fmt.Sprint("field-", id), "7"), http.StatusSeeOther)
}
