package api_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

func TestNobodyGetsIn(t *testing.T) {
	h := newHouse(t)
	spent := must(h.CreateToken(t.Context(), h.system, service.NewToken{User: h.users["root"], Name: "spent", Until: h.Now()}))(t)
	session := must(h.session("root"))(t)
	h.want(http.StatusNoContent, "root", fmt.Sprintf("PATCH /users/%d", h.users["otto"]), object{"disabled": true})
	for why, header := range map[string]string{
		"no token":            "",
		"another scheme":      "Basic cm9vdDpyb290",
		"a made-up token":     "Bearer AAAA",
		"a huge token":        "Bearer " + strings.Repeat("A", 5000),
		"a spent token":       "Bearer " + spent,
		"a browser's session": "Bearer " + session,
		"a disabled user":     "Bearer " + h.tokens["otto"],
	} {
		for _, op := range operations(h) {
			got := h.ask("", op.method+" "+filled(op.path, 1), nil, "Authorization", header, "Cookie", "session="+session)
			if got.StatusCode != http.StatusUnauthorized || !strings.HasPrefix(got.Header.Get("WWW-Authenticate"), "Bearer") {
				t.Errorf("%s: %s got %d: %s", why, op.OperationID, got.StatusCode, got.body)
			}
		}
	}
}

// session signs somebody in as a browser does.
func (h *house) session(login string) (string, error) {
	if err := h.SetPassword(h.t.Context(), h.system, h.users[login], "", "correct horse"); err != nil {
		return "", err
	}
	in, err := h.SignIn(h.t.Context(), login, "correct horse", "browser", "127.0.0.1")
	if err != nil {
		return "", err
	}
	return in.Token, nil
}

// filled writes a number, or a role's name, for each parameter of a path.
func filled(path string, id int64) string {
	path = strings.ReplaceAll(strings.ReplaceAll(path, "{role}", "Cc"), "{type}", "refers_to")
	for _, name := range []string{"{id}", "{who}", "{member}", "{user}", "{target}", "{field}", "{template}"} {
		path = strings.ReplaceAll(path, name, strconv.FormatInt(id, 10))
	}
	return path
}

// probes are what somebody may send to find out something, by operation: the
// queries of those that read, and a body that names the principal of each
// number for those that write.
var probes = map[string][]string{
	"listTickets": {"?customer=%d", "?requestor=%d", "?reporter=%d", "?owner=%d", "?standing=%d", "?queue=%d", "?text=secret", "?text=hooli", "?limit=200", "?status=new", "?status=deleted",
		"?query=CF.{Secret}=7", "?query=CF.{Secret}%20IS%20NULL", "?query=NOT%20CF.{Secret}>2", "?sort=-updated", "?sort=updater", "?sort=cf.Secret", "?sort=-cf.Secret", "?sort=cf.Rank", "?sort=customer", "?sort=-requestor", "?query=LastUpdatedBy='hooly'", "?query=Created%20<%20LastUpdated", "?query=CF.{Secret}=many", "?query=CF.{Rank}=7"},
	"countTickets":    {"", "?customer=%d", "?requestor=%d", "?reporter=%d", "?owner=%d", "?standing=%d", "?queue=%d", "?text=secret"},
	"runReport":       {"?by=queue,status", "?by=customer", "?by=requestor", "?by=owner", "?by=field-%d", "?query=Queue='vault'", "?query=NOT%20Queue='vault'", "?by=flow-day&last=2"},
	"reportCSV":       {"?by=queue,status", "?by=customer", "?by=field-%d"},
	"createDashboard": {`{"name": "x", "group": %d}`, `{"name": "x", "copy": %d}`},
	"createView":      {`{"name": "x", "group": %d}`, `{"name": "x", "query": "Queue = 'vault'"}`}, "shareView": {`{"group": %d}`, `{}`}, "changeView": {`{"name": "x"}`},
	"offeredTicketForms": {"?customer=%d"}, "saveTicketForm": {`{"customer": %d, "closed": true}`, `{"required": ["Secret"]}`}, "removeTicketForm": {"?customer=%d"},
	"orderViews": {`{"views": [{"view": "%d"}]}`}, "startWithView": {`{"view": "%d"}`, `{"view": "mine", "group": %d}`},
	"createRule":    {`{"name": "x", "queue": "vault", "on": ["created"], "comment": "x"}`, `{"name": "x", "queue": "support", "on": ["created"], "notify": ["group:Cabal"]}`},
	"tryNewRule":    {`{"rule": {"name": "x", "queue": "vault", "on": ["created"], "comment": "x"}, "ticket": %d}`},
	"listRuleRuns":  {"?ticket=%d", "?rule=%d"},
	"listUsers":     {"?text=hooli", "?customer=%d"},
	"listGroups":    {"?text=cabal"},
	"listCustomers": {"?text=hoo", "?disabled=false"},
	"listGrants":    {"?who=%d", "?place=customer&place_id=%d", "?place=queue&place_id=%d", "?place=group&place_id=%d"},
	"listOutbox":    {"?ticket=%d"},
	"listAudit":     {"?by=%d", "?object=group:Cabal", "?about=group:Cabal", "?about=user:hooly", "?actor=hooly", "?kind=grant"},
	"suggest":       {"?text=h", "?text=hooli", "?text=bo", "?text=cabal", "?text=g"},
	"find":          {"?ref=user:hooly", "?ref=customer:hooli", "?ref=group:Cabal", "?ref=hooly@example.org", "?ref=customer:none"},
	"roster":        {"?ref=group:Cabal", "?ref=customer:hooli", "?ref=system:Everyone", "?ref=role:Cc@ticket:%d", "?ref=role:Cc@queue:vault", "?ref=role:Guard@system"},
	"hasMember":     {"?ref=group:Cabal&member=hooly", "?ref=customer:hooli&member=hooly&deep=true", "?ref=role:Requestor@ticket:%d&member=hooly"},
	"memberOf":      {"?member=hooly", "?member=customer:hooli&deep=true", "?member=group:Cabal"},
	"rightsOf":      {"?object=queue:vault", "?who=hooly&object=system", "?object=ticket:%d", "?object=group:Cabal", "?who=customer:hooli&object=queue:support"},
	"delegate":      {`{"source": %d, "to": 1}`, `{"source": 1, "to": %d}`},
	"check":         {"?right=ShowTicket&object=ticket:%d", "?right=SeeQueue&object=queue:vault", "?right=SeeCustomer&object=customer:hooli", "?right=SeeGroup&object=group:Cabal", "?right=SuperUser&object=system&user=hooly", "?right=SeeQueue&object=queue:support&user=hooly"},
	"explain":       {"?right=ShowTicket&object=ticket:%d", "?right=SeeQueue&object=queue:vault", "?right=SeeCustomer&object=customer:hooli", "?right=SeeGroup&object=group:Cabal", "?right=ModifyTicket&object=queue:support", "?right=ShowTicket&object=queue:support", "?right=AdminUsers&object=system", "?right=SeeQueue&object=queue:vault&at=2026-03-01T00:00:00Z"},
	"planAccess":    {`{"yaml": "format: gatehouse-access/1\ngroups: {Cabal: {}}"}`}, "applyAccess": {`{"yaml": "format: gatehouse-access/1\ngroups: {Cabal: {}}"}`},
	"whoCan":         {"?right=ShowTicket&object=ticket:%d", "?right=SeeQueue&object=queue:support", "?right=SeeQueue&object=queue:vault", "?right=SuperUser&object=system&superusers=true", "?right=SeeCustomer&object=customer:hooli"},
	"openTicket":     {`{"queue": %d, "subject": ""}`, `{"queue": 1, "subject": "x", "cc": [%d]}`, `{"queue": 1, "subject": "x", "requestors": [%d]}`, `{"queue": 1, "subject": "x", "customers": [%d]}`},
	"changeTicket":   {`{"queue": %d}`, `{"owner": {"how": "give", "user": %d}}`, `{"owner": {"how": "take"}}`, `{"subject": "x"}`, `{"status": "deleted"}`},
	"writeMessage":   {`{"kind": "comment", "text": "x"}`, `{"kind": "comment", "text": "x", "squelch": [%d]}`},
	"goesTo":         {`{"kind": "reply"}`, `{"kind": "comment"}`, `{"kind": "reply", "one_time_cc": ["hooly@example.org"]}`, `{"kind": "reply", "one_time_bcc": ["bob@example.org"]}`},
	"addWatcher":     {`{"role": "Cc", "who": %d}`, `{"role": "Customer", "who": %d}`, `{"role": "Guard", "who": %d}`},
	"linkTickets":    {`{"type": "depends_on", "target": %d}`, `{"type": "refers_to", "target": 1}`},
	"mergeTicket":    {`{"into": %d}`, `{"into": 1}`},
	"addGroupMember": {`{"member": %d}`}, "addCustomerMember": {`{"member": %d}`, `{"member": %d, "part": "manager"}`},
	"changeGroupMember": {`{"from": "2026-01-01"}`}, "changeCustomerMember": {`{"part": "manager"}`},
	"changeMe":    {`{"name": 1}`},
	"createUser":  {`{"login": "hooly", "kind": "contact"}`},
	"createGroup": {`{"name": "Cabal"}`, `{"name": "x", "personal": %d}`}, "createCustomer": {`{"key": "hooli"}`},
	"createQueue": {`{"name": "vault"}`, `{"name": "x", "access_group": %d}`}, "createRole": {`{"name": "Guard"}`},
	"changeUser": {`{"name": "x"}`}, "changeGroup": {`{"name": "x"}`}, "changeCustomer": {`{"name": "x"}`}, "changeQueue": {`{"name": "x"}`},
	"changeRole": {`{"name": "x"}`},
	"grant": {`{"who": %d, "right": "SeeQueue", "place": {"kind": "system"}}`, `{"who": 1, "right": "SeeQueue", "place": {"kind": "queue", "id": %d}}`,
		`{"who": 1, "right": "SeeGroup", "place": {"kind": "group", "id": %d}}`, `{"who": 1, "right": "SeeCustomer", "place": {"kind": "customer", "id": %d}}`,
		`{"who": 1, "permission": "rw", "place": {"kind": "system"}}`, `{"who": 1, "as": ["Guard"], "right": "ShowTicket", "place": {"kind": "system"}}`},
	"addQueueWatcher": {`{"role": "Cc", "who": %d}`},
	"createField":     {`{"of": "ticket", "name": "Secret"}`}, "changeField": {`{"name": "x"}`},
	"changeTicketFields": {`{"values": {"Secret": ["x"]}}`, `{"values": {"none": ["x"]}}`},
	"changeUserFields":   {`{"values": {"Secret": ["x"]}}`}, "changeCustomerFields": {`{"values": {"Secret": ["x"]}}`},
}

// changes reports whether somebody may send this with that number and change
// something by it: on his own ticket, or by naming himself, his company or the
// people at the desk. Agents send only what is about a thing that is hidden.
func (h *house) changes(login string, op operation, id int64) bool {
	if op.method == http.MethodGet || op.OperationID == "goesTo" || op.OperationID == "previewBatch" {
		return false
	}
	if login != "gus" {
		return !strings.Contains(op.path, "{") || id < h.hidden
	}
	own := []int64{int64(h.acmes) + 1, int64(h.users["gus"]), int64(h.globex), int64(h.users["root"]), int64(h.users["anna"]), int64(h.users["otto"]),
		int64(h.users["hal"]), int64(h.users["greta"])}
	return slices.Contains(own, id)
}

// walk sends everything of which somebody can think to every route and returns
// the answers by what was sent.
func (h *house) walk(login string, numbers []int64) map[string]string {
	answers := map[string]string{}
	for _, op := range operations(h) {
		for _, probe := range append([]string{""}, probes[tried(op)]...) {
			h.try(login, op, probe, numbers, answers)
		}
	}
	return answers
}

// tried is the route of which a route is the preview, else itself.
func tried(op operation) string {
	if name, ok := strings.CutPrefix(op.OperationID, "preview"); ok {
		return strings.ToLower(name[:1]) + name[1:]
	}
	return op.OperationID
}

// asOf is from when numbers are, which is as long ago as requests took.
var asOf = regexp.MustCompile(`"as_of":"[^"]*"`)

// try sends one probe with each of the numbers.
func (h *house) try(login string, op operation, probe string, numbers []int64, answers map[string]string) {
	for _, id := range numbers {
		if h.changes(login, op, id) {
			continue
		}
		path, body := filled(op.path, id), any(nil)
		sent := strings.ReplaceAll(probe, "%d", strconv.FormatInt(id, 10))
		if strings.HasPrefix(sent, "{") {
			body = sent
		} else {
			path += sent
		}
		got := h.ask(login, op.method+" "+path, body)
		answers[fmt.Sprintf("%s %s %v", op.method, path, body)] = fmt.Sprint(got.StatusCode, got.Header, asOf.ReplaceAllString(got.body, ""))
	}
}

// shared is what both desks have besides the furniture: a ticket of gus, with
// Acme in Cc without his knowing. Greta manages his company, hal helps with
// the ticket and sees nothing else.
func (h *house) shared() {
	ctx, t := h.t.Context(), h.t
	h.contact("greta", h.globex)
	h.ok(h.UpdateMember(ctx, h.system, desk.Membership{Group: desk.PrincipalID(h.globex), Member: h.who("greta"), Part: desk.PartManager, Primary: true}))
	h.person("hal", desk.Agent)
	h.grant(desk.Everyone, desk.RolesOf(desk.AdminCc), desk.OnQueue(h.support), desk.ShowTicket, desk.ReplyToTicket)
	own := must(h.OpenTicket(ctx, h.as("gus"), service.NewTicket{Queue: h.support, Subject: "Mine", Text: "Of Globex."}))(t)
	h.ok(h.AddWatcher(ctx, h.system, own, desk.Cc, h.who("bob")))
	h.ok(h.AddWatcher(ctx, h.system, own, desk.AdminCc, h.who("hal")))
	h.hidden = int64(h.who("hal")) + 1
}

// hide adds what gus may not see: a customer with a contact, a queue, a group,
// a role, grants, a ticket, and on his own ticket a comment and watchers.
func (h *house) hide() {
	ctx, t := h.t.Context(), h.t
	own := h.acmes + 1
	hooli := must(h.CreateCustomer(ctx, h.system, desk.Customer{Key: "hooli", Name: "Hooli"}))(t)
	h.contact("hooly", hooli)
	cabal := must(h.CreateGroup(ctx, h.system, desk.Group{Name: "Cabal"}))(t)
	vault := must(h.CreateQueue(ctx, h.system, desk.Queue{Name: "vault", AccessGroup: cabal}))(t)
	must(h.CreateRole(ctx, h.system, desk.Role{Name: "Guard", Everywhere: true}))(t)
	h.grant(desk.PrincipalID(cabal), 0, desk.OnSystem(), desk.AdminUsers, desk.ShowTicket)
	h.grant(desk.PrincipalID(hooli), 0, desk.OnQueue(vault), desk.SeeQueue, desk.CreateTicket)
	h.grant(desk.PrincipalID(cabal), 0, desk.OnQueue(h.support), desk.ModifyTicket)
	must(h.OpenTicket(ctx, h.system, service.NewTicket{Queue: vault, Subject: "Secret", Requestors: []desk.PrincipalID{h.who("hooly")}}))(t)
	must(h.OpenTicket(ctx, h.as("bob"), service.NewTicket{Queue: h.support, Subject: "Secret of Acme"}))(t)
	must(h.Write(ctx, h.as("anna"), service.NewMessage{Ticket: own, Kind: desk.Comment, Text: "secret of the team",
		Files: []desk.Attachment{{Name: "a", Data: []byte("a")}}}))(t)
	h.ok(h.AddWatcher(ctx, h.system, own, desk.Cc, desk.PrincipalID(hooli)))
	h.ok(h.AddWatcher(ctx, h.system, own, desk.AdminCc, desk.PrincipalID(cabal)))
	h.ok(h.AddQueueWatcher(ctx, h.system, desk.Watcher{Queue: h.support, Role: desk.AdminCc, Who: desk.PrincipalID(cabal)}))
	h.fillIn(own)
	must(h.SpoolMail(ctx, h.system, desk.Envelope{Queue: "vault", Via: "pipe"}, []byte("Subject: x\n\nx")))(t)
}

// hideFromAgents adds what one who works in support may not see: another
// queue with tickets of people whom he knows, linked to what he sees, and what
// others keep for themselves.
func (h *house) hideFromAgents() {
	ctx, t := h.t.Context(), h.t
	own := h.acmes + 1
	vault := must(h.CreateQueue(ctx, h.system, desk.Queue{Name: "vault"}))(t)
	secret := must(h.OpenTicket(ctx, h.system, service.NewTicket{Queue: vault, Subject: "Secret", Text: "secret", Requestors: []desk.PrincipalID{h.who("gus")}}))(t)
	merged := must(h.OpenTicket(ctx, h.system, service.NewTicket{Queue: vault, Subject: "Secret half", Text: "secret"}))(t)
	h.ok(h.MergeTicket(ctx, h.system, merged, secret))
	h.ok(h.LinkTickets(ctx, h.system, service.Link{From: own, Type: service.LinkRefersTo, To: secret}))
	h.ok(h.LinkTickets(ctx, h.system, service.Link{From: secret, Type: service.LinkDependsOn, To: h.acmes}))
	must(h.CreateGroup(ctx, h.as("root"), desk.Group{Name: "Secret friends", Personal: h.users["root"]}))(t)
	h.grant(h.who("otto"), 0, desk.OnQueue(vault), desk.SeeQueue, desk.ShowTicket)
	must(h.SaveView(ctx, h.as("root"), desk.View{Owner: h.users["root"], Name: "Secret", Address: "status=new"}))(t)
	must(h.SpoolMail(ctx, h.system, desk.Envelope{Queue: "vault", Via: "pipe"}, []byte("Subject: x\n\nx")))(t)
	must(h.SaveRule(ctx, h.system, service.WrittenRule{Name: "Secret", Queue: "vault", On: []string{"created"}, Comment: "secret", Enabled: true}))(t)
}

// fillIn makes fields that gus may not see, with values on what he sees: his
// ticket, his company and himself.
func (h *house) fillIn(own desk.TicketID) {
	ctx, values := h.t.Context(), []string{"7"}
	for name, of := range map[string]desk.FieldOf{"Secret": desk.OfTickets, "Rank": desk.OfUsers, "Margin": desk.OfCustomers} {
		id := must(h.CreateField(ctx, h.system, desk.Field{Of: of, Name: name, Kind: desk.WholeField, Everywhere: true}))(h.t)
		set := []service.FieldSet{{Field: id, Values: values}}
		switch of {
		case desk.OfTickets:
			h.ok(h.SetFields(ctx, h.system, service.FieldsChange{Ticket: own, Set: set}))
		case desk.OfUsers:
			h.ok(h.SetRecordFields(ctx, h.system, h.who("gus"), set))
		case desk.OfCustomers:
			h.ok(h.SetRecordFields(ctx, h.system, desk.PrincipalID(h.globex), set))
		}
	}
}

// TestWhatOneMayNotSeeChangesNoByte holds two desks together that differ only
// in what somebody may not see: every answer that he can get is the same on
// both.
func TestWhatOneMayNotSeeChangesNoByte(t *testing.T) {
	numbers := []int64{1, 2, 3, 4, 5, 8, 9, 50}
	for id := int64(100); id < 130; id++ {
		numbers = append(numbers, id)
	}
	for login, hide := range map[string]func(*house){"gus": (*house).hide, "greta": (*house).hide, "hal": (*house).hideFromAgents, "anna": (*house).hideFromAgents} {
		t.Run(login, func(t *testing.T) {
			bare, full := newHouse(t), newHouse(t)
			bare.shared()
			full.shared()
			hide(full)
			want, got := bare.walk(login, numbers), full.walk(login, numbers)
			if len(want) < 1000 {
				t.Fatalf("only %d requests were sent", len(want))
			}
			compare(t, want, got)
		})
	}
}

// compare reports the answers that differ.
func compare(t *testing.T, want, got map[string]string) {
	t.Helper()
	differing := 0
	for sent, answer := range want {
		if got[sent] == answer {
			continue
		}
		if differing++; differing < 15 {
			t.Errorf("%s\n\twithout: %s\n\twith:    %s", sent, answer, got[sent])
		}
	}
	if differing > 0 {
		t.Errorf("%d of %d answers differ", differing, len(want))
	}
}

// TestStrangerFindsNothingOfAcme walks all routes as gus and looks for Acme.
func TestStrangerFindsNothingOfAcme(t *testing.T) {
	h := newHouse(t)
	h.shared()
	numbers := []int64{1, int64(h.acme), int64(h.users["bob"]), int64(h.acmes), int64(h.acmes) + 1}
	for sent, answer := range h.walk("gus", numbers) {
		for _, word := range []string{"Acme", "acme", "Bob", "Bea", "bob@", "Printer", "burns", "Secret thought"} {
			if strings.Contains(answer, word) {
				t.Errorf("%s tells gus of %s: %s", sent, word, answer)
			}
		}
		if strings.HasPrefix(answer, "500") || strings.HasPrefix(answer, "201") {
			t.Errorf("%s got %s", sent, answer)
		}
	}
	for _, path := range []string{"/tickets/{id}", "/tickets/{id}/messages", "/tickets/{id}/events", "/tickets/{id}/who-sees"} {
		h.want(http.StatusNotFound, "gus", at("GET "+path, h.acmes), nil)
	}
	h.want(http.StatusNotFound, "gus", at("GET /customers/{id}", h.acme), nil)
	h.want(http.StatusNotFound, "gus", at("GET /customers/{id}/members", h.acme), nil)
}
