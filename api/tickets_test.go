package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
)

func TestTicketAsItsPeopleSeeIt(t *testing.T) {
	h := newHouse(t)
	ticket := at("GET /tickets/{id}", h.acmes)

	anna := read[api.TicketView](h, "anna", ticket)
	if anna.Subject != "Printer on fire" || anna.Queue.Name != "support" || anna.Version == 0 || anna.Updated == nil {
		t.Errorf("anna got %+v", anna)
	}
	if len(anna.Requestors) != 1 || anna.Requestors[0].Ref != "customer:acme" || anna.Reporter == nil || anna.Reporter.Name != "Bob" {
		t.Errorf("anna got requestors %+v and reporter %+v, want Acme and Bob", anna.Requestors, anna.Reporter)
	}
	bea := read[api.TicketView](h, "bea", ticket)
	if got := strings.Join(bea.Rights, " "); got != "CreateTicket ReplyToTicket SeeQueue ShowTicket" {
		t.Errorf("bea may %s", got)
	}
	if bea.Version != 0 || bea.Updated != nil {
		t.Errorf("bea is told version %d and updated %v, which comments move", bea.Version, bea.Updated)
	}
	if len(bea.Events) >= len(anna.Events) {
		t.Errorf("bea got %d events, anna %d: that of the comment is not hers", len(bea.Events), len(anna.Events))
	}
}

func TestCommentsAreForThoseWhoMayReadThem(t *testing.T) {
	h := newHouse(t)
	messages := at("GET /tickets/{id}/messages", h.acmes)
	anna := read[api.Page[api.Message]](h, "anna", messages)
	bob := read[api.Page[api.Message]](h, "bob", messages)
	if len(anna.Items) != 2 || len(bob.Items) != 1 || bob.Items[0].Kind != "reply" {
		t.Fatalf("anna got %+v, bob %+v", anna.Items, bob.Items)
	}
	for _, tt := range []struct {
		why, login string
		message    int
		want       int
	}{
		{"the contact reads the reply's file", "bob", 0, http.StatusOK},
		{"his colleague too", "bea", 0, http.StatusOK},
		{"the stranger does not", "gus", 0, http.StatusNotFound},
		{"the comment's file is internal", "bob", 1, http.StatusNotFound},
		{"the agent reads it", "anna", 1, http.StatusOK},
		{"an agent without rights does not", "otto", 1, http.StatusNotFound},
	} {
		file := strings.TrimPrefix(anna.Items[tt.message].Attachments[0].URL, api.Base)
		if got := h.ask(tt.login, "GET "+file, nil); got.StatusCode != tt.want {
			t.Errorf("%s: got %d, want %d", tt.why, got.StatusCode, tt.want)
		}
	}
}

func TestFilesAreSavedAndNeverShown(t *testing.T) {
	h := newHouse(t)
	m := read[api.Page[api.Message]](h, "bob", at("GET /tickets/{id}/messages", h.acmes)).Items[0]
	got := h.ask("bob", "GET "+m.Attachments[0].URL, nil)
	for name, want := range map[string]string{
		"Content-Type":            "application/octet-stream",
		"Content-Disposition":     `attachment; filename=photo.png`,
		"X-Content-Type-Options":  "nosniff",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: got %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if got.body != "<script>1</script>" {
		t.Errorf("got %q", got.body)
	}
}

func TestOpenAndAnswerATicket(t *testing.T) {
	h := newHouse(t)
	body := object{"queue": h.support, "subject": "Help", "text": "Please.", "files": []object{{"name": `C:\tmp\a "b".txt`, "type": "text/plain", "data": []byte("hi")}}}
	id := h.made("bob", "POST /tickets", body)
	view := read[api.TicketView](h, "bea", at("GET /tickets/{id}", id))
	if len(view.Customers) != 1 || view.Customers[0].Name != "Acme" || view.Status != "new" {
		t.Errorf("got %+v, want a new ticket for Acme", view)
	}
	first := read[api.Page[api.Message]](h, "bea", at("GET /tickets/{id}/messages", id)).Items[0]
	if first.Text != "Please." || first.Via != "api" || first.Attachments[0].Name != `a "b".txt` {
		t.Errorf("got %+v", first)
	}
	reply := h.made("anna", at("POST /tickets/{id}/messages", id), object{"kind": "reply", "text": "Gladly.", "status": "stalled"})
	view = read[api.TicketView](h, "bob", at("GET /tickets/{id}", id))
	if view.Status != "stalled" || view.Told == nil {
		t.Errorf("after the agent's reply got status %s, told %v", view.Status, view.Told)
	}
	h.want(http.StatusConflict, "bob", at("POST /tickets/{id}/messages", id), object{"kind": "reply", "text": "x", "last_seen": reply - 1})
	h.want(http.StatusForbidden, "bob", at("POST /tickets/{id}/messages", id), object{"kind": "comment", "text": "x"})
	h.want(http.StatusUnprocessableEntity, "bob", at("POST /tickets/{id}/messages", id), object{"kind": "reply", "text": "  "})
}

func TestTheSameKeyAgainDoesNothingMore(t *testing.T) {
	h := newHouse(t)
	body := object{"queue": h.support, "subject": "Help"}
	once := h.made("bob", "POST /tickets", body, "Idempotency-Key", "k")
	if again := h.made("bob", "POST /tickets", body, "Idempotency-Key", "k"); again != once {
		t.Errorf("got ticket %d, want %d again", again, once)
	}
	if other := h.made("gus", "POST /tickets", body, "Idempotency-Key", "k"); other == once {
		t.Error("gus got bob's ticket by sending bob's key")
	}
	messages := at("POST /tickets/{id}/messages", once)
	first := h.made("bob", messages, object{"kind": "reply", "text": "Hello?"}, "Idempotency-Key", "k")
	if again := h.made("bob", messages, object{"kind": "reply", "text": "Hello?"}, "Idempotency-Key", "k"); again != first {
		t.Errorf("got message %d, want %d again", again, first)
	}
	if got := read[api.Page[api.Message]](h, "bob", at("GET /tickets/{id}/messages", once)); len(got.Items) != 2 {
		t.Errorf("got %d messages, want the first and one reply", len(got.Items))
	}
}

func TestChangeATicket(t *testing.T) {
	for _, tt := range []struct {
		why, login string
		body       object
		want       int
	}{
		{"an agent sets subject and priority", "anna", object{"subject": "Fire", "priority": 5}, http.StatusNoContent},
		{"an agent resolves", "anna", object{"status": "resolved"}, http.StatusNoContent},
		{"an agent takes it", "anna", object{"owner": object{"how": "take"}}, http.StatusNoContent},
		{"somebody without OwnTicket gets it", "anna", object{"owner": object{"how": "give", "user": 1 << 40}}, http.StatusNotFound},
		{"it is moved where one may not", "anna", object{"queue": 2}, http.StatusNotFound},
		{"a version that is old", "anna", object{"status": "open", "version": 1}, http.StatusConflict},
		{"a version with an owner", "anna", object{"owner": object{"how": "take"}, "version": 1}, http.StatusUnprocessableEntity},
		{"two changes at once", "anna", object{"status": "open", "queue": 1}, http.StatusUnprocessableEntity},
		{"no change", "anna", object{}, http.StatusUnprocessableEntity},
		{"to delete asks for more", "anna", object{"status": "deleted"}, http.StatusForbidden},
		{"a contact may not", "bob", object{"status": "resolved"}, http.StatusForbidden},
		{"a contact may not take it", "bob", object{"owner": object{"how": "take"}}, http.StatusForbidden},
		{"a stranger is told nothing", "gus", object{"status": "resolved"}, http.StatusNotFound},
		{"an agent without rights is told nothing", "otto", object{"subject": "x"}, http.StatusNotFound},
		{"a status that is none", "anna", object{"status": "done"}, http.StatusUnprocessableEntity},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			h.want(tt.want, tt.login, at("PATCH /tickets/{id}", h.acmes), tt.body)
		})
	}
}

func TestListsGoOnWhereThePageEnded(t *testing.T) {
	h := newHouse(t)
	for i := range 4 {
		h.made("bob", "POST /tickets", object{"queue": h.support, "subject": fmt.Sprintf("Number %d", i)})
	}
	var seen []int64
	pages := 0
	for next := "/tickets?limit=2"; next != ""; pages++ {
		page := read[api.Page[api.Ticket]](h, "bob", "GET "+next)
		for _, ticket := range page.Items {
			seen = append(seen, ticket.ID)
		}
		if next = page.Next; pages == 1 {
			before := read[api.Page[api.Ticket]](h, "bob", "GET "+page.Prev)
			if len(before.Items) != 2 || before.Items[0].ID != seen[0] {
				t.Errorf("prev of the second page got %+v, want the first", before.Items)
			}
		}
	}
	if got := fmt.Sprint(seen); got != "[5 4 3 2 1]" || pages != 3 {
		t.Errorf("got %s in %d pages, want 5 to 1 in 3", got, pages)
	}
	if got := read[api.Count](h, "bob", "GET /tickets/count"); got.Count != 5 || got.More {
		t.Errorf("got count %+v, want 5", got)
	}
	for query, want := range map[string]int{
		"status=new": 5, "status=new,open": 5, "status=resolved": 0, "state=active": 5, "state=inactive": 0,
		"text=fire": 1, "owner=nobody": 5, "owner=me": 0, "queue=" + fmt.Sprint(h.support): 5, "queue=99": 0,
		"customer=" + fmt.Sprint(h.acme): 5, "customer=" + fmt.Sprint(h.globex): 0, "reporter=" + fmt.Sprint(h.users["bob"]): 5,
	} {
		if got := read[api.Count](h, "bob", "GET /tickets/count?"+query); got.Count != want {
			t.Errorf("%s: got %d, want %d", query, got.Count, want)
		}
	}
}

// TestListsInAnOrder: a sorted list goes on where its page ended, in its own
// order only, and says who changed a ticket last to those at the desk.
func TestListsInAnOrder(t *testing.T) {
	h := newHouse(t)
	for _, subject := range []string{"Cable", "Arm", "Belt"} {
		h.made("bob", "POST /tickets", object{"queue": h.support, "subject": subject})
	}
	for sort, want := range map[string]string{
		"subject": "Arm Belt Cable Printer on fire", "-subject": "Printer on fire Cable Belt Arm", "-id": "Belt Arm Cable Printer on fire",
		"updater": "Printer on fire Cable Arm Belt", "due": "", "-due": "Belt Arm Cable Printer on fire",
	} {
		var got []string
		for next := "/tickets?limit=3&sort=" + sort; next != ""; {
			page := read[api.Page[api.Ticket]](h, "anna", "GET "+next)
			for _, ticket := range page.Items {
				got = append(got, ticket.Subject)
			}
			next = page.Next
		}
		if strings.Join(got, " ") != want {
			t.Errorf("by %s: got %q, want %q", sort, got, want)
		}
	}
	list := read[api.Page[api.Ticket]](h, "anna", "GET /tickets?sort=id&limit=1")
	if by := list.Items[0].UpdatedBy; by == nil || by.Name != "Anna" {
		t.Errorf("anna commented last, got %+v", by)
	}
	if one := read[api.TicketView](h, "anna", at("GET /tickets/{id}", h.acmes)); one.UpdatedBy == nil || one.UpdatedBy.Name != "Anna" {
		t.Errorf("anna commented last, got %+v", one.UpdatedBy)
	}
	if by := read[api.Page[api.Ticket]](h, "bob", "GET /tickets?sort=id").Items[0].UpdatedBy; by != nil {
		t.Errorf("a customer is told who worked on it: %+v", by)
	}
	other := strings.TrimPrefix(list.Next, "/tickets?")
	for _, wrong := range []string{"sort=nonsense", "sort=CF.{x}", "sort=updater&limit=0", "sort=id&before=x", "sort=id&after=x", strings.Replace(other, "sort=id", "sort=subject", 1)} {
		if got := h.ask("anna", "GET /tickets?"+wrong, nil); got.StatusCode != 400 && got.StatusCode != 422 {
			t.Errorf("%s: got %d", wrong, got.StatusCode)
		}
	}
	for _, by := range []string{"updater", "customer", "-requestor", "cf.Nothing"} {
		h.want(422, "bob", "GET /tickets?sort="+by, nil)
	}
}

func TestWatchersAndLetters(t *testing.T) {
	h := newHouse(t)
	watchers := at("/tickets/{id}/watchers", h.acmes)
	h.want(http.StatusNoContent, "anna", "POST "+watchers, object{"role": "cc", "who": h.users["otto"]})
	h.want(http.StatusConflict, "anna", "POST "+watchers, object{"role": "Cc", "who": h.users["otto"]})
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+watchers, object{"role": "Boss", "who": h.users["otto"]})
	h.want(http.StatusForbidden, "bob", "POST "+watchers, object{"role": "Cc", "who": h.users["gus"]})
	h.want(http.StatusNotFound, "gus", "POST "+watchers, object{"role": "Cc", "who": h.users["gus"]})
	body := h.want(http.StatusOK, "anna", at("POST /tickets/{id}/goes-to", h.acmes), object{"kind": "reply", "one_time_bcc": []string{"boss@acme.example"}})
	var goes api.Recipients
	h.ok(json.Unmarshal([]byte(body), &goes))
	var to []string
	for _, r := range goes.Recipients {
		to = append(to, r.Address+" "+strings.Join(r.Why, "+"))
	}
	if got := strings.Join(to, ", "); got != "otto@example.org Cc, bob@example.org Requestor, bea@example.org Requestor, boss@acme.example one-time" &&
		got != "bob@example.org Requestor, bea@example.org Requestor, otto@example.org Cc, boss@acme.example one-time" {
		t.Errorf("a reply goes to %s", got)
	}
	me := at("/tickets/{id}/squelched/", h.acmes) + fmt.Sprint(h.users["bob"])
	h.want(http.StatusNoContent, "bob", "PUT "+me, nil)
	if !read[api.TicketView](h, "bob", at("GET /tickets/{id}", h.acmes)).Squelched {
		t.Error("bob is not squelched after squelching himself")
	}
	h.want(http.StatusForbidden, "bea", "PUT "+me, nil)
	h.want(http.StatusNoContent, "bob", "DELETE "+me, nil)
	h.want(http.StatusNoContent, "anna", fmt.Sprintf("DELETE %s/Cc/%d", watchers, h.users["otto"]), nil)
	h.want(http.StatusNotFound, "anna", fmt.Sprintf("DELETE %s/Cc/%d", watchers, h.users["otto"]), nil)
	var seers []string
	for _, w := range read[api.Seers](h, "anna", at("GET /tickets/{id}/who-sees", h.acmes)).Who {
		seers = append(seers, w.Name)
	}
	if got := strings.Join(seers, " "); got != "Bob Bea" {
		t.Errorf("seen by %q, want Bob Bea", got)
	}
}

func TestLinksAndMerging(t *testing.T) {
	h := newHouse(t)
	other := must(h.OpenTicket(t.Context(), h.system, service.NewTicket{Queue: h.support, Subject: "The same again", Text: "Printer."}))(t)
	links, merge := at("/tickets/{id}/links", h.acmes), at("POST /tickets/{id}/merge", h.acmes)
	h.want(http.StatusNoContent, "anna", "POST "+links, object{"type": "depends_on", "target": other})
	h.want(http.StatusUnprocessableEntity, "anna", "POST "+links, object{"type": "hates", "target": other})
	h.want(http.StatusNotFound, "anna", "POST "+links, object{"type": "refers_to", "target": 999})
	h.want(http.StatusForbidden, "bob", merge, object{"into": h.acmes})
	if got := read[api.TicketView](h, "anna", at("GET /tickets/{id}", h.acmes)).Links; len(got) != 1 || got[0].Type != "depends_on" {
		t.Errorf("links are %v", got)
	}
	h.want(http.StatusNoContent, "anna", fmt.Sprintf("DELETE %s/depends_on/%d", links, other), nil)
	h.want(http.StatusNotFound, "anna", fmt.Sprintf("DELETE %s/depends_on/%d", links, other), nil)
	h.want(http.StatusConflict, "anna", merge, object{"into": h.acmes})
	h.want(http.StatusNoContent, "anna", merge, object{"into": other})
	if got := read[api.TicketView](h, "anna", at("GET /tickets/{id}", h.acmes)).ID; got != int64(other) {
		t.Errorf("the merged ticket leads to %d, want %d", got, other)
	}
}

func TestHistory(t *testing.T) {
	h := newHouse(t)
	h.want(http.StatusCreated, "anna", at("POST /tickets/{id}/messages", h.acmes), object{"kind": "reply", "text": "x", "one_time_bcc": []string{"hidden@else.example"}})
	events := at("GET /tickets/{id}/events", h.acmes)
	bob := read[api.Page[api.Event]](h, "bob", events)
	if len(bob.Items) == 0 || bob.Items[0].Kind != string(desk.EventCreated) {
		t.Fatalf("got %+v, want it to begin with created", bob.Items)
	}
	if body := h.want(http.StatusOK, "bob", events, nil); strings.Contains(body, "hidden@") {
		t.Errorf("bob is told of a hidden copy: %s", body)
	}
	var walked int
	for next := strings.TrimPrefix(events, "GET ") + "?limit=1"; next != ""; walked++ {
		next = read[api.Page[api.Event]](h, "bob", "GET "+next).Next
	}
	if walked != len(bob.Items) {
		t.Errorf("got %d events one by one, want %d", walked, len(bob.Items))
	}
}
