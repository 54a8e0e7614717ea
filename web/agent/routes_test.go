package agent_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestWhoMayLook asks for every page as one who works there, as one who may
// only read, as agents without rights, as a contact and as nobody.
func TestWhoMayLook(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	comment := say(d, "ann", desk.Comment, id, "He called twice.")
	file := webtest.Must(d.Write(t.Context(), d.By("ann"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "See.", HTML: "<p>See.</p>",
		Files: []desk.Attachment{{Name: "inside.txt", Data: []byte("secret")}}}))(t)
	v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t)
	attachment := v.Messages[len(v.Messages)-1].Attachments[0].ID
	for _, tt := range []struct {
		path          string
		ann, ray, zoe int    // statuses
		says          string // what ann reads
	}{
		{"/agent/tickets", 200, 200, 200, "Arm 7 stops"},
		{path(id), 200, 200, 404, "He called twice."},
		{path(id) + "/who", 200, 200, 404, "Who sees this?"},
		{"/agent/tickets/new", 200, 403, 403, "For whom"},
		{"/agent/tickets.csv", 200, 200, 200, "Arm 7 stops"},
		{"/agent/tickets?query=Subject+LIKE+stops", 200, 200, 200, "Arm 7 stops"},
		{"/agent/tickets?query=id+%3E+0+AND+Foo+%3D+1", 200, 200, 200, "AND <mark>Foo</mark> = 1"},
		{"/agent/tickets/build?field=Status&how=%3D&value=new", 303, 303, 303, ""},
		{fmt.Sprintf("/agent/attachment/%d", attachment), 200, 404, 404, "secret"},
		{fmt.Sprintf("/agent/message/%d/html", file), 200, 404, 404, "<p>See.</p>"},
		{fmt.Sprintf("/agent/message/%d/html", comment), 404, 404, 404, ""},
		{"/agent/suggest?q=bo", 200, 200, 200, "user:bob"},
		{"/agent/tickets/99999", 404, 404, 404, "There is no ticket 99999"},
		{"/agent/tickets/abc", 404, 404, 404, ""},
		{"/agent/tickets/-1", 404, 404, 404, ""},
		{"/agent/attachment/99999", 404, 404, 404, ""},
		{"/agent/nowhere", 404, 404, 404, ""},
	} {
		t.Run(tt.path, func(t *testing.T) {
			wants(t, d.Get("ann", tt.path), tt.ann, tt.says)
			wants(t, d.Get("ray", tt.path), tt.ray)
			wants(t, d.Get("zoe", tt.path), tt.zoe, "!Arm 7", "!bob")
			wants(t, d.Get("bob", tt.path), 404, "!Arm 7")
			wants(t, d.Get("", tt.path), 303)
		})
	}
}

// TestHiddenIsLikeMissing: to who may not see it a ticket is like one that
// there is not.
func TestHiddenIsLikeMissing(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	strip := func(w *httptest.ResponseRecorder, number string) string {
		body, _, _ := strings.Cut(w.Body.String(), "name request")
		return strings.ReplaceAll(body, "ticket "+number, "ticket N")
	}
	for _, page := range []string{"", "/who"} {
		hidden, missing := d.Get("zoe", path(id)+page), d.Get("zoe", path(id+1000)+page)
		if got, want := strip(hidden, strings.TrimPrefix(id.String(), "#")), strip(missing, strings.TrimPrefix((id+1000).String(), "#")); got != want {
			t.Errorf("a hidden ticket says %q, one that is not there %q", got, want)
		}
	}
}

// TestWhoMayChange sends every form as one who works there and as those who
// may not. Who may not see the ticket learns nothing, and nothing is changed.
func TestWhoMayChange(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		form   string
		fields []string
		ray    int
	}{
		{"/reply", []string{"text", "Hello"}, 403},
		{"/comment", []string{"text", "Hm"}, 403},
		{"/status", []string{"status", "stalled"}, 403},
		{"/owner", []string{"do", "take"}, 403},
		{"/owner", []string{"do", "give", "owner", fmt.Sprint(d.Who["tom"])}, 403},
		{"/queue", []string{"queue", fmt.Sprint(d.Queue["Support"])}, 403},
		{"/facts", []string{"subject", "Other", "priority", "5"}, 403},
		{"/sharing", []string{"sharing", "private"}, 403},
		{"/customer", []string{"customer", "brueckner"}, 422},
		{"/watchers", []string{"who", "vera", "role", "2"}, 422},
		{"/watchers/remove", []string{"watcher", fmt.Sprintf("1:%d", d.Who["acme"])}, 403},
	} {
		t.Run(tt.form, func(t *testing.T) {
			id := ask(t, d, "bob", "Arm 7 stops")
			before := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Version
			wants(t, d.Post("ray", path(id)+tt.form, tt.fields...), tt.ray)
			wants(t, d.Post("zoe", path(id)+tt.form, tt.fields...), 404, "!Arm 7")
			wants(t, d.Post("bob", path(id)+tt.form, tt.fields...), 404, "!Arm 7")
			wants(t, d.Post("", path(id)+tt.form, tt.fields...), 401)
			v := webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t)
			if v.Version != before || len(v.Messages) != 1 {
				t.Errorf("the ticket was changed by those who may not")
			}
			want := http.StatusSeeOther
			if tt.form == "/queue" {
				want = http.StatusConflict // it is there already
			}
			if w := d.Post("ann", path(id)+tt.form, tt.fields...); w.Code != want {
				t.Errorf("ann got %d, want %d: %.400s", w.Code, want, text(w))
			}
		})
	}
}

// TestOffersWhatMayBeDone: the page offers those forms that its reader may
// send.
func TestOffersWhatMayBeDone(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	forms := []string{"/reply", "/comment", "/status", "/facts", "/sharing", "/customer", "/watchers/remove", "/owner"}
	for login, offered := range map[string]bool{"ann": true, "root": true, "ray": false} {
		body := d.Get(login, path(id)).Body.String()
		for _, form := range forms {
			if got := strings.Contains(body, `action="`+path(id)+form+`?view=open"`); got != offered {
				t.Errorf("%s is offered %s: %v, want %v", login, form, got, offered)
			}
		}
	}
	wants(t, d.Get("ray", path(id)), 200, `name="myself"`, "Watch this ticket", `!name="who"`)
	wants(t, follow(t, d, "ray", d.Post("ray", path(id)+"/watchers", "myself", "1", "role", "2")), 200, "Ray Reader", "!Watch this ticket")
}

// TestForeignFormsAndHosts: a form of another site changes nothing, and only
// the hosts of the desk are answered.
func TestForeignFormsAndHosts(t *testing.T) {
	d := newDesk(t)
	id := ask(t, d, "bob", "Arm 7 stops")
	r := httptest.NewRequest(http.MethodPost, path(id)+"/reply", strings.NewReader("text=Hi"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.AddCookie(&http.Cookie{Name: "gatehouse", Value: d.Session("ann")})
	w := httptest.NewRecorder()
	d.Handler.ServeHTTP(w, r)
	wants(t, w, 403, "sent from another site")
	if n := len(webtest.Must(d.Ticket(t.Context(), d.Sys, id))(t).Messages); n != 1 {
		t.Errorf("there are %d messages, want 1", n)
	}
}

// TestSuggest: the list below a field knows people, groups and customers.
func TestSuggest(t *testing.T) {
	d := newDesk(t)
	var found []map[string]string
	if err := json.Unmarshal(d.Get("ann", "/agent/suggest?q=acme").Body.Bytes(), &found); err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 || found[0]["ref"] != "customer:acme" || found[0]["name"] != "Acme Robotics" {
		t.Errorf("acme is suggested as %v, want the customer first", found)
	}
	if got := strings.TrimSpace(d.Get("ann", "/agent/suggest?q=").Body.String()); got != "[]" {
		t.Errorf("nothing suggests %s, want []", got)
	}
	wants(t, d.Get("ann", "/agent/suggest?q="+strings.Repeat("a", 300)), 413)
}
