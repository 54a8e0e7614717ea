package service_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A reading is a directory of a test: it is read by hand, page by page.
type reading struct {
	*house
	id desk.DirectoryID
}

func (h *house) reads(d desk.Directory) *reading {
	h.t.Helper()
	d.Kind = "sql"
	return &reading{h, must(h.SaveDirectory(h.ctx, h.sys, d))(h.t)}
}

// sees reads the directory as one that has the entries.
func (r *reading) sees(entries ...desk.DirectoryEntry) desk.SyncReport {
	r.t.Helper()
	return r.ends(nil, entries...)
}

// ends is sees, with a reading that then fails.
func (r *reading) ends(failed error, entries ...desk.DirectoryEntry) desk.SyncReport {
	r.t.Helper()
	r.ok(r.RequestSync(r.ctx, r.sys, r.id, false))
	d, report, err := r.BeginSync(r.ctx, r.sys)
	r.ok(err)
	if d == nil || d.ID != r.id {
		r.t.Fatalf("directory %+v is to be read, want number %d", d, r.id)
	}
	for page := range slices.Chunk(entries, 2) {
		r.ok(r.SyncPage(r.ctx, r.sys, report, page))
	}
	r.ok(r.EndSync(r.ctx, r.sys, report, failed))
	return must(r.SyncReports(r.ctx, r.sys, r.id, 1))(r.t)[0]
}

func entry(login string, customers ...string) desk.DirectoryEntry {
	return desk.DirectoryEntry{ID: "id of " + login, Login: login, Name: strings.ToUpper(login), Addresses: []string{login + "@out.example"}, Customers: customers}
}

// in says to what a user belongs and whether he is disabled.
func (h *house) in(login string) string {
	h.t.Helper()
	id := must(h.Find(h.ctx, h.sys, "user:"+login))(h.t)
	u := must(h.User(h.ctx, h.sys, desk.UserID(id)))(h.t)
	var list []string
	for _, m := range must(h.GroupsOf(h.ctx, h.sys, u.ID))(h.t) {
		list = append(list, m.Name.Text+"/"+m.Source)
	}
	if u.Disabled {
		list = append(list, "disabled")
	}
	return strings.Join(list, " ")
}

// TestOrderOfDirectories: the desk first, then the lower place; the higher one
// has whom the lower one has lost.
func TestOrderOfDirectories(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "bolt"})
	h.contact("own", "acme")
	one, two := h.reads(desk.Directory{Name: "One", Place: 1, MaxLoss: 100}), h.reads(desk.Directory{Name: "Two", Place: 2, MaxLoss: 100})
	if r := two.sees(entry("bob", "bolt"), entry("own", "bolt")); r.Bad != 1 || !strings.Contains(r.Text, "own: The desk has a contact") {
		t.Errorf("got %+v, want the desk's own contact left alone", r)
	}
	one.sees(entry("bob", "acme"))
	if got := h.in("bob"); got != "bolt/Two acme/One" && got != "acme/One bolt/Two" {
		t.Errorf("bob is in %q", got)
	}
	two.sees(entry("bob", "bolt"))
	if name := must(h.FromDirectory(h.ctx, h.sys, must(h.userID("bob"))(t)))(t); name != "One" {
		t.Errorf("bob comes from %q, want the lower place", name)
	}
	one.sees()
	if got := h.in("bob"); !strings.HasSuffix(got, "disabled") || strings.Contains(got, "One") {
		t.Errorf("bob, lost, is in %q", got)
	}
	two.sees(entry("bob", "bolt"))
	if got := h.in("bob"); got != "bolt/Two" {
		t.Errorf("bob, of the other one now, is in %q", got)
	}
	if got := h.in("own"); got != "acme/hand" {
		t.Errorf("the desk's own contact is in %q", got)
	}
}

func (h *house) userID(login string) (desk.UserID, error) {
	id, err := h.Find(h.ctx, h.sys, "user:"+login)
	return desk.UserID(id), err
}

// TestAdopt: with leave, contacts whom the desk has are taken over, and keep
// what the desk gave them.
func TestAdopt(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	h.contact("own", "acme")
	r := h.reads(desk.Directory{Name: "One", Adopt: true, MaxLoss: 100})
	r.sees(entry("OWN"))
	if got := h.in("own"); got != "acme/hand" {
		t.Errorf("own is in %q", got)
	}
	r.sees()
	if got := h.in("own"); got != "acme/hand disabled" {
		t.Errorf("own, lost, is in %q", got)
	}
}

// TestEntriesThatCannotBe: each is named in the report, and the others come in.
func TestEntriesThatCannotBe(t *testing.T) {
	for _, tt := range []struct {
		why  string
		bad  desk.DirectoryEntry
		says string
	}{
		{"no login", desk.DirectoryEntry{ID: "1"}, "has no login"},
		{"no id", desk.DirectoryEntry{Login: "x"}, "has no login"},
		{"a login of 300 characters", entry(strings.Repeat("x", 300)), "200 characters"},
		{"an address that is none", desk.DirectoryEntry{ID: "1", Login: "x", Addresses: []string{"x"}}, "not a mail address"},
		{"another's address", desk.DirectoryEntry{ID: "1", Login: "x", Addresses: []string{"OWN@case.example"}}, "own already"},
		{"a customer that there is not", entry("x", "no*"), "no customer no*"},
		{"the same entry twice", entry("good"), "twice"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			h.contact("own")
			r := h.reads(desk.Directory{Name: "One"}).sees(entry("good"), tt.bad)
			if r.Bad != 1 || r.State != desk.SyncDone || !strings.Contains(r.Text, tt.says) {
				t.Errorf("got %+v, want it to say %q", r, tt.says)
			}
			h.in("good")
		})
	}
}

// TestFailedReading takes nobody away, and hand-made switches hold.
func TestFailedReading(t *testing.T) {
	h := newHouse(t)
	r := h.reads(desk.Directory{Name: "One", MaxLoss: 100})
	r.sees(entry("bob"), entry("mei"))
	if got := r.ends(errors.New("it rained"), entry("bob")); got.State != desk.SyncFailed || strings.Contains(got.Text, "rained") {
		t.Errorf("got %+v", got)
	}
	if got := h.in("mei"); got != "" {
		t.Errorf("mei is %q", got)
	}
	bob := must(h.User(h.ctx, h.sys, must(h.userID("bob"))(t)))(t)
	bob.Disabled = true
	h.ok(h.UpdateUser(h.ctx, h.sys, *bob))
	r.sees(entry("bob"), entry("mei"))
	if got := h.in("bob"); got != "disabled" {
		t.Errorf("bob, disabled by hand, is %q after a reading", got)
	}
}

// TestSignInAsksInOrder: the first directory that knows a login decides, and
// one that is down stops whoever might be in it, in the same words.
func TestSignInAsksInOrder(t *testing.T) {
	h := newHouse(t)
	var asked []string
	answers := map[string]error{"One": nil, "Two": nil}
	ask := func(_ context.Context, d desk.Directory, login, password string) (*desk.DirectoryEntry, error) {
		asked = append(asked, d.Name)
		e := entry(login)
		switch {
		case answers[d.Name] != nil:
			return nil, answers[d.Name]
		case !strings.HasSuffix(login, d.Name):
			return nil, nil
		}
		return &e, nil
	}
	h.Service = service.New(h.store, service.Options{Now: h.clock.now, Ask: ask})
	for i, name := range []string{"One", "Two"} {
		must(h.SaveDirectory(h.ctx, h.sys, desk.Directory{Name: name, Kind: "ldap", Place: i, Every: 0}))(t)
	}
	must(h.SaveDirectory(h.ctx, h.sys, desk.Directory{Name: "Off", Kind: "ldap", Place: -1, Disabled: true}))(t)
	for _, tt := range []struct {
		login string
		want  desk.Kind
		asked string
	}{
		{"bobTwo", 0, "[One Two]"}, {"bobTwo", 0, "[Two]"}, {"annOne", 0, "[One]"}, {"nobody", desk.Unauthenticated, "[One Two]"},
	} {
		asked = nil
		_, err := h.SignIn(h.ctx, tt.login, "password", "", tt.login)
		if wantKind(t, err, tt.want); fmt.Sprint(asked) != tt.asked {
			t.Errorf("%s: asked %v, want %s", tt.login, asked, tt.asked)
		}
	}
	asked = nil
	_, err := h.SignIn(h.ctx, "bobTwo", " ", "", "x")
	if wantKind(t, err, desk.Unauthenticated); asked != nil {
		t.Errorf("an empty password was asked about: %v", asked)
	}
	answers["Two"] = errors.New("it rained")
	_, known := h.SignIn(h.ctx, "bobTwo", "password", "", "y")
	_, unknown := h.SignIn(h.ctx, "nobody", "password", "", "y")
	if wantKind(t, known, desk.Unavailable); desk.Sentence(known) != desk.Sentence(unknown) {
		t.Errorf("somebody is told %v, nobody %v", known, unknown)
	}
	_, err = h.SignIn(h.ctx, "annOne", "password", "", "y")
	wantKind(t, err, 0)
}

// TestLostPeopleStay for as long as the directory says, and come back unharmed.
func TestLostPeopleStay(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	r := h.reads(desk.Directory{Name: "One", MaxLoss: 100, Keep: 48 * time.Hour})
	r.sees(entry("bob", "acme"), entry("mei", "acme"), entry("zed", "acme"))
	h.clock.at = h.clock.at.Add(time.Hour)
	if got := r.sees(entry("zed", "acme")); got.Gone != 0 || !strings.Contains(got.Text, "2 people are not there any more") {
		t.Errorf("the first reading without them: %+v", got)
	}
	h.clock.at = h.clock.at.Add(24 * time.Hour)
	r.sees(entry("mei", "acme"), entry("zed", "acme"))
	h.clock.at = h.clock.at.Add(24 * time.Hour)
	if got := r.sees(entry("zed", "acme")); got.Gone != 1 {
		t.Errorf("two days after bob was lost: %+v", got)
	}
	for login, want := range map[string]string{"bob": "disabled", "mei": "acme/One", "zed": "acme/One"} {
		if got := h.in(login); got != want {
			t.Errorf("%s is in %q, want %q", login, got, want)
		}
	}
}
