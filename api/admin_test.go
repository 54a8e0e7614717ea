package api_test

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestAdministrationAsksForRights sends what root may do as an agent and a
// contact without rights.
func TestAdministrationAsksForRights(t *testing.T) {
	h := newHouse(t)
	bob := fmt.Sprint(h.users["bob"])
	for _, tt := range []struct {
		request     string
		body        any
		root        int
		agent, gusT int // what anna gets, who has no right here, and gus
	}{
		{"GET /users", nil, 200, 403, 403},
		{"GET /users/" + bob, nil, 200, 403, 403},
		{"GET /users/" + bob + "/groups", nil, 200, 403, 403},
		{"POST /users", object{"login": "new", "kind": "agent"}, 201, 403, 403},
		{"PATCH /users/" + bob, object{"name": "Robert"}, 204, 403, 403},
		{"GET /groups/" + fmt.Sprint(h.team), nil, 200, 404, 404},
		{"POST /groups", object{"name": "More"}, 201, 403, 403},
		{at("PATCH /groups/{id}", h.team), object{"description": "d"}, 204, 404, 404},
		{at("GET /groups/{id}/members", h.team), nil, 200, 404, 404},
		{at("GET /groups/{id}/deep-members", h.team), nil, 200, 404, 404},
		{at("POST /groups/{id}/members", h.team), object{"member": h.users["otto"]}, 204, 404, 404},
		{at("POST /groups/{id}/members", h.team), object{"member": h.team}, 409, 404, 404},
		{fmt.Sprintf("PATCH /groups/%d/members/%d", h.team, h.users["otto"]), object{"until": "2030-01-01"}, 204, 404, 404},
		{fmt.Sprintf("DELETE /groups/%d/members/%d", h.team, h.users["otto"]), nil, 204, 404, 404},
		{at("GET /customers/{id}", h.acme), nil, 200, 404, 404},
		{"POST /customers", object{"key": "initech", "domains": []string{"initech.example"}}, 201, 403, 403},
		{at("PATCH /customers/{id}", h.acme), object{"city": "Berlin", "sharing": "managers"}, 204, 404, 404},
		{at("POST /customers/{id}/members", h.acme), object{"member": h.users["gus"], "part": "reader"}, 204, 404, 404},
		{fmt.Sprintf("DELETE /customers/%d/members/%d", h.acme, h.users["gus"]), nil, 204, 404, 404},
		{at("GET /queues/{id}", h.inner), nil, 200, 404, 404},
		{"POST /queues", object{"name": "third"}, 201, 403, 403},
		{at("PATCH /queues/{id}", h.inner), object{"description": "x"}, 204, 404, 404},
		{at("PATCH /queues/{id}", h.support), object{"description": "x"}, 204, 403, 403},
		{at("GET /queues/{id}/watchers", h.support), nil, 200, 200, 404},
		{at("POST /queues/{id}/watchers", h.support), object{"role": "AdminCc", "who": h.team}, 204, 403, 403},
		{fmt.Sprintf("DELETE /queues/%d/watchers/AdminCc/%d", h.support, h.team), nil, 204, 403, 403},
		{"POST /roles", object{"name": "Expert", "everywhere": true}, 201, 403, 403},
		{"PATCH /roles/8", object{"disabled": true}, 204, 403, 403},
		{"GET /permissions", nil, 200, 200, 404},
		{"POST /permissions", object{"name": "triage", "agents": []string{"SetPriority"}, "for_agents": true}, 201, 403, 403},
		{"PATCH /permissions/3", object{"contacts": []string{"SeeQueue"}}, 204, 404, 404},
		{"PATCH /permissions/3", object{"agents": []string{"SuperUser"}}, 422, 404, 404},
		{"DELETE /permissions/3", nil, 409, 403, 403},
		{"GET /access/switches", nil, 200, 403, 403},
		{"POST /access/switches", object{"switch": "other_customers", "on": true}, 204, 403, 403},
		{"POST /grants", object{"who": h.team, "permission": "rw", "as": []string{"Cc"}, "place": object{"kind": "queue", "id": h.inner}}, 201, 403, 404},
		{"POST /grants", object{"who": h.team, "right": "AdminUsers", "place": object{"kind": "system"}}, 201, 403, 403},
		{"DELETE /grants/1", nil, 204, 404, 404},
		{"GET /audit", nil, 200, 403, 403},
	} {
		for _, as := range []struct {
			login string
			want  int
		}{{"gus", tt.gusT}, {"anna", tt.agent}, {"root", tt.root}} {
			if tt.request == "DELETE /grants/1" && as.login == "root" {
				continue // his own SuperUser, without which the rest would fail
			}
			if got := h.ask(as.login, tt.request, tt.body); got.StatusCode != as.want {
				t.Errorf("%s as %s: got %d, want %d: %s", tt.request, as.login, got.StatusCode, as.want, got.body)
			}
		}
	}
}

func TestWhatWasMadeIsThere(t *testing.T) {
	h := newHouse(t)
	user := h.made("root", "POST /users", object{"login": "carl", "kind": "contact", "addresses": []string{"Carl@Acme.Example"}})
	h.want(http.StatusNoContent, "root", at("PATCH /users/{id}", user), object{"name": "Carl", "only_primary": true})
	if u := read[api.User](h, "root", at("GET /users/{id}", user)); u.Login != "carl" || u.Name != "Carl" || u.Addresses[0] != "carl@acme.example" || !u.OnlyPrimary {
		t.Errorf("got %+v", u)
	}
	h.want(http.StatusNoContent, "root", at("POST /customers/{id}/members", h.acme), object{"member": user, "part": "reader", "from": "2026-01-01"})
	h.want(http.StatusNoContent, "root", fmt.Sprintf("PATCH /customers/%d/members/%d", h.acme, user), object{"part": "manager"})
	members := read[api.Page[api.Member]](h, "root", at("GET /customers/{id}/members", h.acme)).Items
	if last := members[len(members)-1]; last.Part != "manager" || last.From != "2026-01-01" || last.Who.Ref != "user:carl" || last.Source != "hand" {
		t.Errorf("got %+v", last)
	}
	h.want(http.StatusNoContent, "root", at("PATCH /customers/{id}", h.acme), object{"city": "Berlin", "presences": object{"cc": "add"}, "always_cc": []int64{user}})
	c := read[api.Customer](h, "root", at("GET /customers/{id}", h.acme))
	if c.Key != "acme" || c.City != "Berlin" || c.Presences.Cc != "add" || len(c.AlwaysCc) != 1 {
		t.Errorf("got %+v", c)
	}
	queue := h.made("root", "POST /queues", object{"name": "sales", "access_group": h.team, "sharing": "private"})
	if q := read[api.Queue](h, "root", at("GET /queues/{id}", queue)); q.Name != "sales" || q.AccessGroup != int64(h.team) || q.Sharing != "private" {
		t.Errorf("got %+v", q)
	}
	role := h.made("root", "POST /roles", object{"name": "Expert", "everywhere": true})
	grant := h.made("root", "POST /grants", object{"who": h.team, "as": []string{"expert", "Cc"}, "permission": "ro", "place": object{"kind": "group", "id": h.team}, "until": "2030-12-31"})
	grants := read[api.Page[api.Grant]](h, "root", fmt.Sprintf("GET /grants?place=group&place_id=%d", h.team)).Items
	if len(grants) != 1 || grants[0].ID != grant || grants[0].Permission != "ro" || strings.Join(grants[0].As, " ") != "Cc Expert" ||
		grants[0].Place.Name != "group:Team" || grants[0].Until != "2030-12-31" {
		t.Errorf("got %+v after making role %d", grants, role)
	}
	h.want(http.StatusNoContent, "root", at("DELETE /grants/{id}", grant), nil)
	h.want(http.StatusNotFound, "root", at("DELETE /grants/{id}", grant), nil)
	h.want(http.StatusConflict, "root", "POST /users", object{"login": "CARL", "kind": "agent"})
}

func TestNamedListsComeInPages(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct{ list, want string }{
		{"/users", "anna bea bob gus otto root"}, {"/customers", "acme globex"}, {"/groups", "Team"},
	} {
		var names []string
		for next := tt.list + "?limit=1"; next != ""; {
			page := read[api.Page[struct{ Login, Key, Name string }]](h, "root", "GET "+next)
			for _, item := range page.Items {
				names = append(names, cmp.Or(item.Login, item.Key, item.Name))
			}
			next = page.Next
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.list, got, tt.want)
		}
	}
	seen := 0
	for next := "/grants?limit=3"; next != ""; {
		page := read[api.Page[api.Grant]](h, "root", "GET "+next)
		seen += len(page.Items)
		next = page.Next
	}
	if all := len(read[api.Page[api.Grant]](h, "root", "GET /grants?limit=200").Items); seen != all || all < 10 {
		t.Errorf("got %d grants in pages, %d at once", seen, all)
	}
}

func TestMe(t *testing.T) {
	h := newHouse(t)
	bob := read[api.Self](h, "bob", "GET /me")
	if bob.Login != "bob" || bob.Admin || len(bob.Customers) != 1 || bob.Customers[0].Key != "acme" || len(bob.Queues) != 1 || bob.Groups[0].Part != "member" {
		t.Errorf("bob got %+v", bob)
	}
	if !read[api.Self](h, "root", "GET /me").Admin {
		t.Error("root may not see the administration pages")
	}
	h.want(http.StatusForbidden, "bob", "PATCH /me", object{"name": "Bobby"})
	h.grant(desk.Everyone, 0, desk.OnSystem(), desk.ModifySelf)
	h.want(http.StatusNoContent, "bob", "PATCH /me", object{"name": "Bobby"})
	h.want(http.StatusNoContent, "bob", "PATCH /me", object{"language": "de"})
	if bob = read[api.Self](h, "bob", "GET /me"); bob.Name != "Bobby" || bob.Language != "de" {
		t.Errorf("got %+v, want both changes", bob.User)
	}
}

func TestQuestionsOfAccess(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		login, query string
		want         bool
	}{
		{"root", "user=anna&right=ShowTicket&object=queue:support", true},
		{"root", "user=otto&right=ShowTicket&object=queue:support", false},
		{"bob", "right=ShowTicket&object=ticket:1", true},
		{"bob", "right=showticket&object=ticket:1", true},
		{"bob", "right=ModifyTicket&object=ticket:1", false},
		{"anna", "user=bea&right=ShowTicket&object=ticket:1", true},
		{"anna", "user=gus&right=ShowTicket&object=ticket:1", false},
	} {
		if got := read[api.Verdict](h, tt.login, "GET /access/check?"+tt.query); got.Yes != tt.want {
			t.Errorf("%s asks %s: got %v, want %v", tt.login, tt.query, got.Yes, tt.want)
		}
		if got := read[api.Explanation](h, tt.login, "GET /access/explain?"+tt.query); got.Yes != tt.want || len(got.Words) == 0 {
			t.Errorf("%s is explained %s: got %+v", tt.login, tt.query, got)
		}
	}
	h.want(http.StatusNotFound, "bob", "GET /access/check?user=bea&right=ShowTicket&object=ticket:1", nil)
	h.want(http.StatusNotFound, "bob", "GET /access/who?right=ShowTicket&object=ticket:1", nil)
	var who []string
	for _, e := range read[api.Page[api.Explanation]](h, "anna", "GET /access/who?right=ShowTicket&object=ticket:1").Items {
		who = append(who, e.User.Name)
	}
	if got := strings.Join(who, " "); got != "Anna Bob Bea" {
		t.Errorf("ticket 1 can be seen by %s", got)
	}
	rights := read[api.Page[api.Right]](h, "gus", "GET /access/rights").Items
	if len(rights) != len(desk.AllRights()) || rights[0].Meaning == "" || len(rights[0].On) == 0 {
		t.Errorf("got %d rights, want %d", len(rights), len(desk.AllRights()))
	}
	if got := read[api.Found](h, "anna", "GET /find?ref=customer:ACME").ID; got != int64(h.acme) {
		t.Errorf("customer:ACME is %d, want %d", got, h.acme)
	}
	for login, want := range map[string]string{"anna": "Bob", "bea": "Bob", "gus": ""} {
		var names []string
		for _, w := range read[api.Page[api.Who]](h, login, "GET /suggest?text=bob").Items {
			names = append(names, w.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s is suggested %q for bob, want %q", login, got, want)
		}
	}
}

func TestLettersInAndOut(t *testing.T) {
	h := newHouse(t)
	raw := "From: new@else.example\r\nSubject: Hello\r\n\r\nHello."
	id := must(h.SpoolMail(t.Context(), h.system, desk.Envelope{Recipient: "support@desk.example", Via: "pipe"}, []byte(raw)))(t)
	spooled := read[api.Page[api.Spooled]](h, "root", "GET /spool?state=waiting").Items
	if len(spooled) != 1 || spooled[0].ID != int64(id) || spooled[0].Recipient != "support@desk.example" || spooled[0].Size != int64(len(raw)) {
		t.Errorf("got %+v", spooled)
	}
	letter := h.ask("root", at("GET /spool/{id}/letter", id), nil)
	if letter.body != raw || !strings.HasPrefix(letter.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("got %q as %s", letter.body, letter.Header.Get("Content-Disposition"))
	}
	h.want(http.StatusNoContent, "root", at("POST /spool/{id}/retry", id), nil)
	if err := h.SendSignInLink(t.Context(), "bob@example.org", "", "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	out := read[api.Page[api.Outgoing]](h, "root", "GET /outbox").Items
	if len(out) != 1 || out[0].Address != "bob@example.org" || out[0].State != "waiting" || out[0].Next == nil {
		t.Fatalf("got %+v", out)
	}
	one := h.want(http.StatusOK, "root", at("GET /outbox/{id}", out[0].ID), nil)
	if strings.Contains(one, "token=") {
		t.Errorf("the link that signs bob in is told: %s", one)
	}
	h.want(http.StatusNoContent, "root", at("POST /outbox/{id}/retry", out[0].ID), nil)
	if got := read[api.MailCounts](h, "root", "GET /mail"); got.SpoolWaiting != 1 || got.OutboxWaiting != 1 {
		t.Errorf("got %+v", got)
	}
	audit := read[api.Page[api.AuditEntry]](h, "root", "GET /audit?limit=2")
	if len(audit.Items) != 2 || audit.Next == "" || audit.Items[0].ID <= audit.Items[1].ID || audit.Items[0].Hash == "" {
		t.Errorf("got %+v", audit)
	}
	if older := read[api.Page[api.AuditEntry]](h, "root", "GET "+audit.Next); older.Items[0].ID >= audit.Items[1].ID {
		t.Errorf("the next page begins with %d, after %d", older.Items[0].ID, audit.Items[1].ID)
	}
}
