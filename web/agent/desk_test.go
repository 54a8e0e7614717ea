package agent_test

import (
	"context"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

// newDesk is a desk with the queues Support, where ann and tom work, ray may
// only read and contacts ask, and Billing, which is tom's alone. Zoe is an
// agent without any right. Bob and mei (its manager) are of Acme, vera of
// Brückner.
func newDesk(t testing.TB) *webtest.Desk {
	t.Helper()
	return newDeskWith(t, func(*service.Options) {})
}

// newDeskWith is newDesk whose service has other options.
func newDeskWith(t testing.TB, other func(*service.Options)) *webtest.Desk {
	t.Helper()
	d := webtest.NewDeskWith(t, other, webtest.Area{Templates: agent.Templates, Routes: agent.Routes})
	d.Customer("acme", "Acme Robotics")
	d.Customer("brueckner", "Brückner & Söhne")
	for _, name := range []string{"Bob Baker", "Mei Chen", "Vera Voss"} {
		d.User(name, "acme.example", desk.Contact)
	}
	for _, name := range []string{"Ann Archer", "Tom Tailor", "Ray Reader", "Zoe Zander", "Root Rudolf"} {
		d.User(name, "desk.example", desk.Agent)
	}
	d.Group("Support staff")
	d.Join("Support staff", "ann", desk.PartNone)
	d.Join("Support staff", "tom", desk.PartNone)
	d.Join("acme", "bob", desk.PartMember)
	d.Join("acme", "mei", desk.PartManager)
	d.Join("brueckner", "vera", desk.PartMember)
	d.MakeQueue("Support")
	d.MakeQueue("Billing")
	support := desk.OnQueue(d.Queue["Support"])
	d.Give(desk.Contacts, desk.RolesOf(desk.Requestor, desk.Cc, desk.CustomerRole), support, "ShowTicket", "ReplyToTicket")
	d.Give(desk.Contacts, 0, support, "CreateTicket", "SeeQueue")
	d.Give(d.Who["Support staff"], 0, support, "rw")
	d.Give(d.Who["ray"], 0, support, "SeeQueue", "ShowTicket", "Watch")
	d.Give(d.Who["tom"], 0, desk.OnQueue(d.Queue["Billing"]), "rw")
	d.Give(d.Who["root"], 0, desk.OnSystem(), "SuperUser")
	d.OK(d.SetSetting(t.Context(), d.Sys, service.SettingPresences, "replace off off"))
	d.OK(d.AddQueueWatcher(t.Context(), d.Sys, desk.Watcher{Queue: d.Queue["Support"], Role: desk.AdminCc, Who: d.Who["Support staff"]}))
	return d
}

// ask opens a ticket as somebody, a minute after what was before.
func ask(t testing.TB, d *webtest.Desk, login, subject string) desk.TicketID {
	t.Helper()
	d.Pass(time.Minute)
	return webtest.Must(d.OpenTicket(t.Context(), d.By(login), service.NewTicket{
		Queue: d.Queue["Support"], Subject: subject, Text: "About: " + subject, Requestors: []desk.PrincipalID{d.Who[login]},
	}))(t)
}

// say writes on a ticket as somebody.
func say(d *webtest.Desk, login string, kind desk.MessageKind, id desk.TicketID, text string) desk.MessageID {
	d.Pass(time.Minute)
	m, err := d.Write(context.Background(), d.By(login), service.NewMessage{Ticket: id, Kind: kind, Text: text})
	d.OK(err)
	return m
}

func path(id desk.TicketID) string { return "/agent/tickets/" + strings.TrimPrefix(id.String(), "#") }

// wants compares an answer's status, and what it must and (after a !) must not
// say.
func wants(t testing.TB, w *httptest.ResponseRecorder, status int, words ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("got status %d, want %d: %.600s", w.Code, status, text(w))
	}
	for _, word := range words {
		word, not := strings.CutPrefix(word, "!")
		if strings.Contains(w.Body.String(), word) == not {
			t.Errorf("says %q: %v, want %v", word, not, !not)
		}
	}
}

func wantHeaders(t testing.TB, w *httptest.ResponseRecorder, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got := w.Header().Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>\s*`)

// text is what a page says, without its marks.
func text(w *httptest.ResponseRecorder) string { return tags.ReplaceAllString(w.Body.String(), " ") }

// token is the token of the first form of a page that has one.
func token(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	return hidden(t, w, "form")
}

func hidden(t testing.TB, w *httptest.ResponseRecorder, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(w.Body.String())
	if found == nil {
		t.Fatalf("the page has no hidden field %s: %.600s", name, text(w))
	}
	return found[1]
}

// look asks for a list, where it stands.
func look(t testing.TB, d *webtest.Desk, login, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := d.Get(login, path)
	if w.Code == 303 && strings.HasPrefix(w.Header().Get("Location"), "/agent/in/") {
		return follow(t, d, login, w)
	}
	return w
}

// follow asks for the page to which a form led.
func follow(t testing.TB, d *webtest.Desk, login string, w *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	t.Helper()
	if w.Code != 303 {
		t.Fatalf("got status %d, want 303: %.600s", w.Code, text(w))
	}
	to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
	return d.Get(login, to)
}
