package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// mistakes are what checkup says to somebody, as CHECK NAME.
func (h *house) mistakes(by desk.Actor) []string {
	h.t.Helper()
	var out []string
	for _, m := range must(h.Checkup(h.ctx, by))(h.t) {
		out = append(out, m.Check+" "+m.Name)
	}
	return out
}

// superusers makes agents who may everything, with a second factor each.
func (h *house) superusers(logins ...string) {
	h.t.Helper()
	for _, login := range logins {
		h.agent(login)
		h.grant(h.names[login], "SuperUser", desk.OnSystem())
		h.appOf(login)
	}
}

// TestCheckup makes each mistake, sees it named, mends it, and sees it gone.
func TestCheckup(t *testing.T) {
	h := newHouse(t)
	h.superusers("root", "rita")
	h.group("staff", "rita")
	q := h.makeQueue(desk.Queue{Name: "support"})
	h.grant(h.names["staff"], "ReplyToTicket CreateTicket", desk.OnQueue(q))
	if got := h.mistakes(h.by("root")); len(got) != 0 {
		t.Fatalf("a desk that is in order has %v", got)
	}
	for _, tt := range []struct {
		want string
		make func() (mend func())
	}{
		{"queue.unanswered lonely", func() func() {
			id := h.makeQueue(desk.Queue{Name: "lonely"})
			h.grant(desk.Everyone, "CreateTicket", desk.OnQueue(id))
			return func() { h.grant(h.names["staff"], "ReplyToTicket", desk.OnQueue(id)) }
		}},
		{"queue.closed shut", func() func() {
			id := h.makeQueue(desk.Queue{Name: "shut"})
			h.grant(h.names["staff"], "ReplyToTicket", desk.OnQueue(id))
			return func() { h.grant(desk.Everyone, "CreateTicket", desk.OnQueue(id)) }
		}},
		{"queue.guard guarded", func() func() {
			guard := h.group("guard", "rita")
			id := h.makeQueue(desk.Queue{Name: "guarded", AccessGroup: guard})
			h.grant(h.names["staff"], "ReplyToTicket CreateTicket", desk.OnQueue(id))
			h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: guard, Name: "guard", Disabled: true}))
			return func() { h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: guard, Name: "guard"})) }
		}},
		{"grant.nobody empty", func() func() {
			h.group("empty")
			h.grant(h.names["empty"], "ShowTicket", desk.OnQueue(q))
			return func() { h.join("empty", "rita", desk.PartNone, false) }
		}},
		{"grant.anybody Everyone", func() func() { return h.givesUntil(desk.Everyone, desk.ShowTicket, 0) }},
		{"grant.expired staff", func() func() { return h.givesUntil(h.names["staff"], desk.ModifyTicket, -3) }},
		{"grant.ends staff", func() func() { return h.givesUntil(h.names["staff"], desk.ModifyTicket, 3) }},
		{"customer.empty Acme", func() func() {
			h.customer(desk.Customer{Key: "acme", Name: "Acme"})
			return func() { h.contact("bob", "acme") }
		}},
		{"agent.idle Idle", func() func() {
			h.agent("idle")
			return func() { h.grant(h.names["idle"], "SeeQueue", desk.OnQueue(q)) }
		}},
		{"superuser.weak Weak", func() func() {
			h.agent("weak")
			h.grant(h.names["weak"], "SuperUser", desk.OnSystem())
			return func() { h.appOf("weak") }
		}},
		{"rule.silent Quiet", func() func() {
			must(h.SaveRule(h.ctx, h.by("root"), service.WrittenRule{Name: "Quiet", On: []string{"created"}, Comment: "x", Enabled: true}))(h.t)
			h.clock.at = h.clock.at.Add(20 * 24 * time.Hour)
			return func() { h.ok(h.SwitchRule(h.ctx, h.by("root"), "Quiet", false)) }
		}},
	} {
		t.Run(tt.want, func(t *testing.T) {
			mend := tt.make()
			if got := h.mistakes(h.by("root")); !slices.Contains(got, tt.want) {
				t.Errorf("got %v", got)
			}
			mend()
			if got := h.mistakes(h.by("root")); slices.Contains(got, tt.want) {
				t.Errorf("it is mended, and %v", got)
			}
		})
	}
}

// TestCheckupWithoutRelay: letters that wait where nothing takes them are named,
// here and on the page of the desk's own work, until there is a relay.
func TestCheckupWithoutRelay(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.Service = service.New(h.store, service.Options{Now: h.clock.now})
	says := func(want bool) {
		t.Helper()
		if got := h.mistakes(h.by("root")); slices.Contains(got, "relay.none 1") != want {
			t.Errorf("got %v", got)
		}
		h.ok(h.Beat(h.ctx, h.sys, desk.Node{Name: "a"}, desk.StepTimes{Step: service.StepLettersOut, Looked: h.Now()}))
		state := map[bool]service.WorkState{true: service.WorkOff, false: service.WorkWell}[want]
		if w := h.workOf(h.by("root"), service.StepLettersOut); w.State != state || w.State.Trouble() {
			t.Errorf("the work: got %+v, want %s", w, state)
		}
	}
	says(false) // nothing waits
	must(h.SendTestLetter(h.ctx, h.by("root")))(t)
	says(true)
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "out", Server: "mail.example.org:25", Security: "starttls", Disabled: true}))
	says(true)
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "out", Server: "mail.example.org:25", Security: "starttls"}))
	says(false)
}

// TestEndingSessionsOfAnother: they end at once, he is told, and only a
// superuser does it to a superuser.
func TestEndingSessionsOfAnother(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"root", "uma", "bob"} {
		h.agent(login)
		h.ok(h.SetPassword(h.ctx, h.sys, h.id(login), "", "correct horse"))
	}
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["uma"], "AdminUsers", desk.OnSystem())
	session := func(login string) string {
		return must(h.SignIn(h.ctx, login, "correct horse", "", ""))(t).Token
	}
	his, hers := session("bob"), session("root")
	h.ok(h.EndSessionsOf(h.ctx, h.by("uma"), h.id("bob")))
	if _, err := h.Resume(h.ctx, his); desk.KindOf(err) != desk.Unauthenticated {
		t.Errorf("his session goes on: %v", err)
	}
	if err := h.EndSessionsOf(h.ctx, h.by("uma"), h.id("root")); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("a superuser's were ended by %v", err)
	}
	if _, err := h.Resume(h.ctx, hers); err != nil {
		t.Errorf("her session ended: %v", err)
	}
	letters, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{Limit: 20})
	if err != nil || !slices.ContainsFunc(letters, func(l desk.Outgoing) bool {
		return l.Address == "bob@case.example" && strings.Contains(l.Body, "All sessions of your account were ended")
	}) {
		t.Errorf("he was not told: %v", err)
	}
}

// givesUntil grants something that ends in some days, or never with zero.
func (h *house) givesUntil(who desk.PrincipalID, r desk.Right, days int) func() {
	g := desk.Grant{Who: who, Right: r, Place: desk.OnQueue(h.queue["support"])}
	if days != 0 {
		g.Until = desk.DayOf(h.Now()) + desk.Day(days)
	}
	if days < 0 { // it was made while it had time left
		at := h.clock.at
		h.clock.at = at.AddDate(0, 0, 2*days)
		defer func() { h.clock.at = at }()
	}
	id := must(h.Grant(h.ctx, h.sys, g))(h.t)
	return func() { h.ok(h.Revoke(h.ctx, h.sys, id)) }
}

// TestCheckupWithinRights: who runs one queue reads of that one, and who runs
// nothing reads nothing.
func TestCheckupWithinRights(t *testing.T) {
	h := newHouse(t)
	h.agent("quinn")
	h.agent("zoe")
	mine := h.makeQueue(desk.Queue{Name: "mine"})
	h.makeQueue(desk.Queue{Name: "other"})
	h.customer(desk.Customer{Key: "acme", Name: "Acme"})
	h.grant(h.names["quinn"], "AdminQueue", desk.OnQueue(mine))
	if got := strings.Join(h.mistakes(h.by("quinn")), ", "); got != "queue.unanswered mine, queue.closed mine" {
		t.Errorf("quinn reads %s", got)
	}
	if got := h.mistakes(h.by("zoe")); len(got) != 0 {
		t.Errorf("zoe reads %v", got)
	}
}

// TestCheckupNamesTwenty of each mistake.
func TestCheckupNamesTwenty(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.appOf("root")
	for i := range 30 {
		h.customer(desk.Customer{Key: "c" + string(rune('a'+i)), Name: "Empty"})
	}
	if got := h.mistakes(h.by("root")); len(got) != 21 || got[20] != "superuser.one Root" {
		t.Errorf("got %d: %v", len(got), got)
	}
}
