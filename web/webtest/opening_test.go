package webtest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// openings are the ways to open a ticket in the queue Main, without and with a
// custom field.
func openings(th *theatre, field bool) map[string]string {
	doors := map[string]string{
		"api": `POST /tickets {"queue": {main}, "subject": "New"FIELD}`, "agent": "/agent/tickets?queue={main}&requestor={login}&subject=New&text=x{n}FIELD", "portal": "/portal/tickets?queue=Main&subject=New&text=x{n}FIELD",
		"letter": "main@desk.example", "cli": "ticket create --queue Main --subject New --text x FIELD",
	}
	if field {
		delete(doors, "letter")
	}
	for door, how := range doors {
		with := map[string]string{"api": `, "fields": {"Harbour": ["Kiel"]}`, "cli": "--field Harbour=Kiel", "agent": "&field-{field}=Kiel", "portal": "&field-{field}=Kiel"}[door]
		if !field {
			with = ""
		}
		doors[door] = strings.ReplaceAll(how, "FIELD", with)
	}
	return doors
}

// opened is how many tickets there are in Main, and how many with the field.
func (th *theatre) opened() (tickets, filled int) {
	count := func(query string) int {
		return webtest.Must(th.CountTickets(th.t.Context(), th.Sys, service.TicketFilter{Query: query}, 10000))(th.t)
	}
	return count("Queue = 'Main'"), count("Queue = 'Main' AND CF.{Harbour} = 'Kiel'")
}

// opens tries to open a ticket by a door and says whether there is one more,
// and with the field.
func (th *theatre) opens(p somebody, door, how string) (opened, filled bool) {
	th.n++
	th.ticket = 99999 // letters name none that there is
	tickets, with := th.opened()
	code, said := map[string]func(somebody, string) (int, string){
		"api": th.byAPI, "agent": th.byPage, "portal": th.byPage, "letter": th.byLetter, "cli": th.byCLI,
	}[door](p, th.filled(how, p.login))
	if code >= 500 {
		th.t.Errorf("opening by %s as %s broke: %s", door, p.login, said)
	}
	now, nowWith := th.opened()
	return now > tickets, nowWith > with
}

// TestOpeningByEveryDoor: a ticket is opened by whoever holds CreateTicket
// himself or as Requestor, in a queue that is open, by each door; its custom
// fields are filled in by who may besides.
func TestOpeningByEveryDoor(t *testing.T) {
	for _, role := range []string{"", "Requestor", "Cc"} {
		t.Run("as "+role, func(t *testing.T) {
			t.Parallel()
			th := newTheatre(t, role)
			th.names["main"] = int64(th.Queue["Main"])
			for _, th.state = range []string{"open", "queue disabled", "group disabled", "person disabled"} {
				th.switches()
				th.disableQueue(th.state == "queue disabled")
				for _, held := range []desk.RightSet{onTickets(), desk.RightsOf(desk.SeeQueue, desk.CreateTicket), onTickets() &^ desk.RightsOf(desk.CreateTicket),
					onTickets() &^ desk.RightsOf(desk.SetInitialCustomField, desk.ModifyCustomField)} {
					th.holds(held)
					th.opensAll()
				}
			}
		})
	}
}

// opensAll tries each door, as each person, with a custom field and without.
func (th *theatre) opensAll() {
	for _, p := range th.people {
		// Whoever is given it as Requestor will be one; a contact's ticket has him as such when its fields are filled in.
		may := (p.role == th.role && th.role == "" || th.role == "Requestor") && th.held.Has(desk.CreateTicket) && th.state == "open"
		fills := may && (th.role == "" || p.kind == desk.Contact) && th.held.Has(desk.SetInitialCustomField) && th.held.Has(desk.SeeCustomField)
		for _, field := range []bool{false, true} {
			th.opensBy(p, field, may, fills)
		}
	}
}

// opensBy tries each door as one person.
func (th *theatre) opensBy(p somebody, field, may, fills bool) {
	doors := openings(th, field)
	for _, door := range slices.Sorted(maps.Keys(doors)) {
		if door == "agent" && p.kind != desk.Agent || door == "portal" && p.kind != desk.Contact {
			continue
		}
		opened, filled := th.opens(p, door, doors[door])
		what := fmt.Sprintf("%s, where the queue is %s, by %s, given to %q all but %v", p.login, th.state, door, th.role, (onTickets() &^ th.held).Names())
		if opened != may && !(field && may && !fills) { // a field that one may not set is refused or left
			th.t.Errorf("%s: opened %v, want %v", what, opened, may)
		}
		if field && filled != fills {
			th.t.Errorf("%s: filled in %v, want %v", what, filled, fills)
		}
	}
}
