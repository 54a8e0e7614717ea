package portal_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// TestFormOfTheQueue: what a form says is told, what it requires is asked for,
// and a company of which it is closed is not offered it.
func TestFormOfTheQueue(t *testing.T) {
	d := newDesk(t)
	support := d.Queue["Support"]
	machine := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfTickets, Name: "Machine", Kind: desk.TextField, Everywhere: true}))(t)
	d.Give(desk.Contacts, 0, desk.OnQueue(support), "SeeCustomField", "SetInitialCustomField")
	d.OK(d.SaveTicketForm(t.Context(), d.Sys, desk.TicketForm{Queue: support, Intro: "Which <machine>?\n\nIn a fire, call us.", Required: []desk.FieldID{machine}}))
	wants(t, d.Get("vera", "/portal/tickets/new"), http.StatusOK, "<p>Which &lt;machine&gt;?</p>", "<p>In a fire, call us.</p>", "Machine")
	form := []string{"subject", "It stopped", "text", "Just so", "form", "f1", fmt.Sprint("field-", machine)}
	wants(t, d.Post("vera", "/portal/tickets", append(form, " ")...), http.StatusUnprocessableEntity, "Machine is needed.", "It stopped")
	wants(t, d.Post("vera", "/portal/tickets", append(form, "A-12")...), http.StatusSeeOther)
	d.OK(d.SaveTicketForm(t.Context(), d.Sys, desk.TicketForm{Queue: support, Customer: desk.CustomerID(d.Who["brueckner"]), Closed: true}))
	wants(t, d.Get("vera", "/portal/tickets/new"), http.StatusForbidden, "You cannot open tickets here")
	wants(t, d.Post("vera", "/portal/tickets", append(form, "A-12")...), http.StatusForbidden)
	wants(t, d.Get("mei", "/portal/tickets/new"), http.StatusOK, "In a fire, call us.")
}

// TestFormOfTheCompanyChosen: who is of two companies is shown the form of the
// one that he chooses, with all that he typed.
func TestFormOfTheCompanyChosen(t *testing.T) {
	d := newDesk(t)
	d.OK(d.SaveTicketForm(t.Context(), d.Sys, desk.TicketForm{Queue: d.Queue["Support"], Customer: desk.CustomerID(d.Who["acme-log"]), Closed: true}))
	d.OK(d.SaveTicketForm(t.Context(), d.Sys, desk.TicketForm{Queue: d.Queue["Support"], Customer: desk.CustomerID(d.Who["acme"]), Intro: "For the robots."}))
	wants(t, d.Get("bob", "/portal/tickets/new"), http.StatusOK, "For the robots.")
	none := d.Post("bob", "/portal/tickets", "do", "queue", "customer", "acme-log", "subject", "Too <high>", "text", "x")
	wants(t, none, http.StatusOK, "Nothing can be asked here for this company", "Too &lt;high&gt;", "!For the robots.")
	wants(t, d.Post("bob", "/portal/tickets", "customer", "acme-log", "subject", "a", "text", "b"), http.StatusUnprocessableEntity)
}

// TestWhomToAdd: colleagues are named to be ticked, and then see the ticket;
// nobody else can be put on it, whoever is written.
func TestWhomToAdd(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("mei", "/portal/tickets/new"), http.StatusOK, "Who else", "Bob Baker", `value="bob"`, "!Vera", `!value="mei"`)
	for _, who := range []string{"vera", "anna", "Nobody", "Team", strconv.Itoa(int(d.Who["vera"]))} {
		wants(t, d.Post("mei", "/portal/tickets", "sharing", "private", "subject", "Salaries", "text", "x", "with", who), http.StatusUnprocessableEntity, "not just one colleague", "Salaries")
	}
	made := d.Post("mei", "/portal/tickets", "sharing", "private", "subject", "Salaries", "text", "x", "with", "bob")
	wants(t, d.Get("bob", made.Header().Get("Location")), http.StatusOK, "Salaries")
	wants(t, d.Get("vera", made.Header().Get("Location")), http.StatusNotFound)
	wants(t, d.Get("lone", "/portal/tickets/new"), http.StatusOK, "!Who else")
}

// TestManyColleagues are written by name, as boxes for all would bury the form.
func TestManyColleagues(t *testing.T) {
	d := newDesk(t)
	for i := range 15 {
		name := "Person" + strconv.Itoa(i)
		d.User(name+" Of Many", "acme.example", desk.Contact)
		d.Join("acme", strings.ToLower(name), desk.PartMember)
	}
	wants(t, d.Get("mei", "/portal/tickets/new"), http.StatusOK, "Names of colleagues", `!value="person3"`)
	made := d.Post("mei", "/portal/tickets", "sharing", "private", "subject", "Salaries", "text", "x", "with", "Person3 Of Many, bob")
	for _, login := range []string{"person3", "bob"} {
		wants(t, d.Get(login, made.Header().Get("Location")), http.StatusOK, "Salaries")
	}
	wants(t, d.Post("mei", "/portal/tickets", "subject", "Salaries", "text", "x", "with", "bob, Vera <V>"), http.StatusUnprocessableEntity, "bob, Vera &lt;V&gt;")
}
