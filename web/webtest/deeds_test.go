package webtest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// A deed is something that one may do to a ticket, by the rights of which each
// set is enough beside ShowTicket, and the doors by which one comes to it: a
// request, a page or its form, an address to write to, a command, a change of
// many tickets. Of what only shows, shows is what it shows.
type deed struct {
	name  string
	needs []string
	owner string // of the ticket
	shows string
	doors map[string]string
}

// deeds is the table of rights on tickets, of access.md, by what each opens.
func deeds() []deed {
	by := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	either := func(right string) []string { return []string{right, "ModifyTicket"} }
	const page, form = "/agent/tickets/{id}", "/portal/tickets/{id}"
	return []deed{
		{"see", []string{"ShowTicket"}, "", "Ship", by("api", "GET /tickets/{id}", "agent", page, "portal", form, "cli", "ticket show {id}")},
		{"see comments", []string{"ShowTicketComments"}, "", "Between us.", by("api", "GET /tickets/{id}/messages", "agent", page, "cli", "ticket show {id}")},
		{"see letters", []string{"ShowOutgoingEmail"}, "", "sent", by("api", "GET /tickets/{id}/events")},
		{"see fields", []string{"SeeCustomField"}, "", "Hamburg", by("api", "GET /tickets/{id}/fields", "agent", page, "portal", form, "cli", "ticket show {id} --json")},
		{"reply", []string{"ReplyToTicket"}, "", "", by("api", `POST /tickets/{id}/messages {"kind": "reply", "text": "x"}`, "agent", page+"/reply?text=x{n}", "portal", form+"/messages?text=x{n}&seen=99999",
			"letter", "main@desk.example", "cli", "ticket reply {id} --text x", "batch", `{"Kind": 1, "Text": "x"}`)},
		{"comment", []string{"CommentOnTicket"}, "", "", by("api", `POST /tickets/{id}/messages {"kind": "comment", "text": "x"}`, "agent", page+"/comment?text=x{n}",
			"letter", "main-note@desk.example", "cli", "ticket comment {id} --text x", "batch", `{"Kind": 2, "Text": "x"}`)},
		{"forward", []string{"ForwardMessage"}, "", "", by("agent", "/agent/forward/{message}?to=far@else.example")},
		{"close", []string{"ModifyTicket"}, "", "", by("portal", form+"/messages?close=1&seen=99999")},
		{"take", []string{"OwnTicket TakeTicket", "OwnTicket ReassignTicket", "OwnTicket ModifyTicket"}, "", "", by("api", `PATCH /tickets/{id} {"owner": {"how": "take"}}`, "agent", page+"/owner?do=take",
			"cli", "ticket set {id} --take", "batch", `{"Owner": {me}}`)},
		{"steal", []string{"OwnTicket StealTicket", "OwnTicket ReassignTicket", "OwnTicket ModifyTicket"}, "spare", "", by("api", `PATCH /tickets/{id} {"owner": {"how": "steal"}}`, "agent", page+"/owner?do=steal",
			"cli", "ticket set {id} --steal", "batch", `{"Owner": {me}}`)},
		{"give", []string{"ReassignTicket", "ModifyTicket"}, "", "", by("api", `PATCH /tickets/{id} {"owner": {"how": "give", "user": {spare}}}`, "agent", page+"/owner?do=give&owner={spare}",
			"cli", "ticket set {id} --owner spare", "batch", `{"Owner": {spare}}`)},
		{"prioritise", either("SetPriority"), "", "", by("api", `PATCH /tickets/{id} {"priority": 9}`, "agent", page+"/facts?priority=9", "cli", "ticket set {id} --priority 9", "batch", `{"Priority": 9}`)},
		{"move", []string{"ModifyTicket MoveIntoQueue", "ModifyTicket CreateTicket"}, "", "", by("api", `PATCH /tickets/{id} {"queue": {inner}}`, "agent", page+"/queue?queue={inner}",
			"cli", "ticket set {id} --queue Inner", "batch", `{"Queue": {inner}}`)},
		{"rename", []string{"ModifyTicket"}, "", "", by("api", `PATCH /tickets/{id} {"subject": "Boat"}`, "agent", page+"/facts?subject=Boat", "cli", "ticket set {id} --subject Boat")},
		{"plan", []string{"ModifyTicket"}, "", "", by("agent", page+"/plan?worked=5", "cli", "ticket set {id} --worked 5")},
		{"stall", []string{"ModifyTicket"}, "", "", by("api", `PATCH /tickets/{id} {"status": "stalled"}`, "agent", page+"/status?status=stalled", "cli", "ticket set {id} --status stalled", "batch", `{"Status": "stalled"}`)},
		{"delete", []string{"DeleteTicket"}, "", "", by("api", `PATCH /tickets/{id} {"status": "deleted"}`, "agent", page+"/status?status=deleted", "cli", "ticket set {id} --status deleted", "batch", `{"Status": "deleted"}`)},
		{"hide", []string{"ModifyTicket"}, "", "", by("api", `PATCH /tickets/{id} {"sharing": "{unlike}"}`, "agent", page+"/sharing?sharing={unlike}", "cli", "ticket set {id} --sharing {unlike}")},
		{"fill in", []string{"SeeCustomField ModifyCustomField"}, "", "", by("api", `PATCH /tickets/{id}/fields {"values": {"Harbour": ["Kiel"]}}`, "agent", page+"/fields?field-{field}=Kiel&was-{field}=%5B%22Hamburg%22%5D",
			"portal", form+"/fields?field-{field}=Kiel&was-{field}=%5B%22Hamburg%22%5D", "cli", "ticket set {id} --field Harbour=Kiel", "batch", `{"Fields": [{"Field": {field}, "Values": ["Kiel"]}]}`)},
		{"call somebody", []string{"ModifyTicket"}, "", "", by("api", `POST /tickets/{id}/watchers {"role": "Cc", "who": {spare}}`, "agent", page+"/watchers?role=2&who=spare", "cli", "ticket watch add {id} Cc spare")},
		{"send somebody off", either("SetCustomer"), "", "", by("api", `DELETE /tickets/{id}/watchers/Customer/{firm}`, "agent", page+"/watchers/remove?watcher=5:{firm}", "cli", "ticket watch remove {id} Customer customer:firm")},
		{"watch", []string{"Watch", "ModifyTicket"}, "", "", by("api", `POST /tickets/{id}/watchers {"role": "{free}", "who": {me}}`, "agent", page+"/watchers?role={freeid}&myself=1", "cli", "ticket watch add {id} {free} {login}")},
		{"watch as AdminCc", either("WatchAsAdminCc"), "", "", by("api", `POST /tickets/{id}/watchers {"role": "AdminCc", "who": {me}}`, "agent", page+"/watchers?role=3&myself=1", "cli", "ticket watch add {id} AdminCc {login}")},
		{"set the customer", either("SetCustomer"), "", "", by("api", `POST /tickets/{id}/watchers {"role": "Customer", "who": {bolt}}`, "agent", page+"/customer?customer=bolt", "cli", "ticket watch add {id} Customer customer:bolt", "batch", `{"Customer": {bolt}}`)},
		{"link", []string{"ModifyTicket"}, "", "", by("api", `POST /tickets/{id}/links {"type": "refers_to", "target": {other}}`, "agent", page+"/links?type=refers_to&target={other}", "cli", "ticket link {id} refers_to {other}", "batch", `{"Link": "refers_to", "To": {other}}`)},
		{"merge", []string{"ModifyTicket"}, "", "", by("api", `POST /tickets/{id}/merge {"into": {other}}`, "agent", page+"/merge?into={other}", "cli", "ticket merge {id} {other}", "batch", `{"Merge": {other}}`)},
		{"want no letters", []string{"ShowTicket"}, "", "", by("api", "PUT /tickets/{id}/squelched/{me}", "portal", form+"/unfollow?x=1")},
	}
}

// names reports whether people or customers are named in the doing.
func (d deed) names() bool {
	return strings.Contains(d.doors["cli"], " spare") || strings.Contains(d.doors["cli"], "customer:")
}

// states are what may be with the ticket, its queue, or who comes.
var states = []string{"open", "resolved", "deleted", "merged", "private", "managers", "hidden", "queue disabled", "group disabled", "person disabled"}

// sees is what of the rights reaches somebody on a ticket in the state.
func (th *theatre) sees(p somebody) desk.RightSet {
	named := p.kind == desk.Agent || p.role != "" && p.role != "Customer"
	switch {
	case p.role != th.role, th.state == "hidden", th.state == "group disabled", th.state == "person disabled", p.part == desk.PartContact:
		return 0
	case th.state == "private" && !named, th.state == "managers" && !named && p.part != desk.PartManager:
		return 0
	case p.part == desk.PartReader:
		return th.held & desk.ReadingRights
	}
	return th.held
}

// expected is what the rights table says.
func (th *theatre) expected(p somebody, d deed) verdict {
	held := th.sees(p)
	if !held.Has(desk.ShowTicket) || th.state == "deleted" && !held.Has(desk.DeleteTicket) {
		return gone
	}
	for _, need := range d.needs {
		if held.Contains(rightsOf(need)) {
			return done
		}
	}
	return no
}

func rightsOf(names string) desk.RightSet {
	var set desk.RightSet
	for name := range strings.FieldsSeq(names) {
		r, ok := desk.ParseRight(name)
		if !ok {
			panic("there is no right " + name)
		}
		set |= desk.RightsOf(r)
	}
	return set
}

// onTickets are all rights that a queue's tickets know.
func onTickets() desk.RightSet {
	var all desk.RightSet
	for _, info := range desk.AllRights() {
		if info.Class == desk.TicketRight || info.Class == desk.FieldRight {
			all |= desk.RightsOf(info.Right)
		}
	}
	return all
}

// tested are the sets of rights with which a deed is tried: all, each that is
// enough, and all without one of each that is enough. Where the state shuts
// everybody out, all.
func (th *theatre) tested(d deed) []desk.RightSet {
	all, show := onTickets(), desk.RightsOf(desk.ShowTicket)
	sets := []desk.RightSet{all}
	if slices.Contains([]string{"hidden", "group disabled", "person disabled"}, th.state) {
		return sets
	}
	lacks := []desk.RightSet{all}
	for _, need := range d.needs {
		if th.state == "open" {
			sets = append(sets, show|rightsOf(need))
		}
		var next []desk.RightSet
		for _, set := range lacks {
			for _, r := range (rightsOf(need) &^ show).List() {
				next = append(next, set&^desk.RightsOf(r))
			}
		}
		lacks = next
	}
	if th.state != "open" {
		lacks = lacks[:min(1, len(lacks))]
	}
	slices.Sort(lacks)
	return append(sets, slices.Compact(lacks)...)
}

// makesSense leaves out what cannot come to pass: an owner who takes his own
// ticket, a customer who is an agent, a status that a ticket has already.
func (th *theatre) makesSense(p somebody, d deed, door string) bool {
	switch {
	case (door == "agent" || door == "batch") && p.kind != desk.Agent, door == "portal" && p.kind != desk.Contact:
		return false
	case th.role == "Owner" && (d.name == "take" || d.name == "steal"):
		return false
	case d.name == "watch as AdminCc" && p.role == "AdminCc":
		return false
	case th.state == "deleted" && (d.name == "delete" || d.name == "close"), th.state == "resolved" && d.name == "close":
		return false
	case d.names() && (door == "cli" || door == "agent"): // by names, which contacts may not look up, nor agents with few rights
		return p.kind == desk.Agent && th.held == onTickets()
	}
	return true
}

// plays goes through the people, the deeds and the doors in one state.
func (th *theatre) plays(state string) (tried int) {
	th.state = state
	th.switches()
	for _, d := range deeds() {
		th.fresh(d)
		for i, held := range th.tested(d) {
			th.holds(held)
			tried += th.everybody(d, i == 0)
		}
	}
	return tried
}

// everybody has all of the cast try a deed by the doors whose turn it is.
func (th *theatre) everybody(d deed, all bool) (tried int) {
	for _, p := range th.people {
		doors := slices.DeleteFunc(th.doorsNow(d, all), func(door string) bool { return !th.makesSense(p, d, door) })
		for _, door := range doors {
			th.judges(p, d, door)
		}
		tried += len(doors)
	}
	return tried
}

// doorsNow are the doors by which a deed is tried now: with all rights on an
// open ticket each, and else in turn, so that each has its turns with each deed.
// With GATEHOUSE_MATRIX=whole it is always each, which takes minutes.
func (th *theatre) doorsNow(d deed, all bool) []string {
	doors := slices.Sorted(maps.Keys(d.doors))
	if all && th.state == "open" || os.Getenv("GATEHOUSE_MATRIX") == "whole" {
		return doors
	}
	th.turn++
	if door := doors[th.turn%len(doors)]; door != "cli" || th.turn%3 == 0 { // which is slow
		return []string{door}
	}
	return doors[:1]
}

// switches disables what the state says is disabled, and enables the rest.
func (th *theatre) switches() {
	ctx, t := th.t.Context(), th.t
	group := webtest.Must(th.Service.Group(ctx, th.Sys, desk.GroupID(th.Who["Cast"])))(t)
	group.Disabled = th.state == "group disabled"
	th.OK(th.UpdateGroup(ctx, th.Sys, *group))
	for _, p := range th.people {
		u := webtest.Must(th.Service.User(ctx, th.Sys, desk.UserID(th.Who[p.login])))(t)
		u.Disabled = th.state == "person disabled"
		th.OK(th.UpdateUser(ctx, th.Sys, *u))
	}
}

// judges tries one thing and holds what came of it against the table. A letter
// and a batch say no where others say that there is none; who is turned away at
// the entrance learns nothing either.
func (th *theatre) judges(p somebody, d deed, door string) {
	want, got := th.expected(p, d), th.tries(p, d, door)
	if got == done && d.shows == "" {
		defer th.fresh(d)
	}
	if want == no && got == gone && d.name == "fill in" && !th.held.Has(desk.SeeCustomField) {
		return // there is no such field
	}
	if want == gone && got == no && strings.Contains(d.doors["api"], "{other}") {
		return // the other ticket is there, and refuses
	}
	if want == gone && got == no && (door == "letter" || th.state == "person disabled") {
		return
	}
	if got != want {
		th.t.Errorf("%s, on a ticket that is %s, %s by %s: got %s, want %s; what is given to %q is all but %v", p.login, th.state, d.name, door, got, want, th.role, (onTickets() &^ th.held).Names())
	}
}

// TestRightsByEveryDoor goes through each deed of each person in each role, by
// each door, on tickets in each state, with all rights, with just those that it
// asks for, and with all but one of them.
func TestRightsByEveryDoor(t *testing.T) {
	for _, role := range []string{"", "Requestor", "Cc", "AdminCc", "Owner", "Customer", "Guard"} {
		t.Run(fmt.Sprintf("as %s", role), func(t *testing.T) {
			t.Parallel()
			th, tried := newTheatre(t, role), 0
			for _, state := range states {
				tried += th.plays(state)
			}
			t.Logf("%d things were tried", tried)
		})
	}
}

// elsewhere are the rights that queues and their tickets know and that open
// nothing on a ticket that is there, by the test that goes through what they open.
var elsewhere = map[string]string{
	"SeeQueue": "TestOpeningByEveryDoor", "CreateTicket": "TestOpeningByEveryDoor", "SetInitialCustomField": "TestOpeningByEveryDoor",
	"ModifyQueueWatchers": "TestAdministeringByEveryDoor", "AdminCustomField": "TestAdministeringByEveryDoor",
}

// besides are the doors to a ticket behind which nothing is done that the table
// of rights knows of by itself, by why.
var besides = map[string]string{
	"POST /agent/tickets/{id}/here": "says that one is there; asks what seeing asks", "POST /agent/tickets/{id}/draft": "one's own draft; asks what writing asks",
	"POST /agent/tickets/{id}/approvals": "rules of its own; service's tests of approvals", "POST /tickets/{id}/approvals": "the same",
	"POST /agent/tickets/{id}/reminders": "a note to oneself or a colleague; asks what seeing asks, in service's tests of reminders", "POST /tickets/{id}/reminders": "the same",
	"POST /agent/tickets/{id}/templates":    "fills a text into one's own draft; asks what writing asks",
	"POST /agent/tickets/{id}/links/remove": "as link", "POST /agent/tickets/{id}/unmerge": "as merge", "POST /agent/tickets/{id}/suggestions": "what a letter asked for; asks for the right of that",
	"POST /portal/tickets/{id}/rating": "for who asked; service's TestRatings", "POST /portal/tickets/{id}/follow": "as unfollow",
	"DELETE /tickets/{id}/links/{type}/{target}": "as link", "POST /tickets/{id}/purge": "for superusers alone; service's golden file", "POST /tickets/{id}/goes-to": "changes nothing; asks what writing asks",
	"DELETE /tickets/{id}/squelched/{user}": "as wanting none",
}

// TestEveryRightHasItsDoors: each right on tickets opens something in the
// matrix, and each form, route and command about a ticket is one of its doors.
func TestEveryRightHasItsDoors(t *testing.T) {
	opens, known := map[string]string{}, maps.Clone(besides)
	maps.Copy(opens, elsewhere)
	th := newTheatre(t, "")
	for _, d := range deeds() {
		for _, need := range d.needs {
			for right := range strings.FieldsSeq(need) {
				opens[right] = d.name
			}
		}
		for door, how := range d.doors {
			known[patternOf(door, how)] = d.name
		}
	}
	for _, name := range onTickets().Names() {
		if opens[name] == "" {
			t.Errorf("the right %s opens nothing in the matrix", name)
		}
	}
	for _, pattern := range append(th.Mux.Patterns(), apiRoutes(t, th.apiDoor)...) {
		method, path, _ := strings.Cut(pattern, " ")
		if method != "GET" && strings.Contains(path, "/tickets/{id}") && known[pattern] == "" {
			t.Errorf("%s is a door that the matrix does not know; it knows %v", pattern, slices.Sorted(maps.Keys(known)))
		}
	}
}

// patternOf is the pattern of what a door is asked for.
func patternOf(door, how string) string {
	switch door {
	case "api":
		method, rest, _ := strings.Cut(how, " ")
		path, _, _ := strings.Cut(rest, " ")
		path = strings.ReplaceAll(path, "watchers/Customer/{firm}", "watchers/{role}/{who}")
		return method + " " + strings.ReplaceAll(path, "squelched/{me}", "squelched/{user}")
	case "agent", "portal":
		path, _, sent := strings.Cut(how, "?")
		return map[bool]string{true: "POST ", false: "GET "}[sent] + path
	}
	return door
}

// apiRoutes are those of the description of the API.
func apiRoutes(t *testing.T, door http.Handler) []string {
	w := httptest.NewRecorder()
	door.ServeHTTP(w, httptest.NewRequest(http.MethodGet, api.Base+"/openapi.json", nil))
	var description struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(w.Body.Bytes(), &description); err != nil || len(description.Paths) < 50 {
		t.Fatalf("the description of the API has %d routes: %v", len(description.Paths), err)
	}
	var list []string
	for path, methods := range description.Paths {
		for method := range methods {
			list = append(list, strings.ToUpper(method)+" "+strings.TrimPrefix(path, api.Base))
		}
	}
	return list
}
