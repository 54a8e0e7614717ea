package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// firstUse are the use cases of a new desk and of its settings.
var firstUse = map[string]func(h *sample) []any{
	"FirstSteps":     func(*sample) []any { return nil },
	"FirstStepsLeft": func(*sample) []any { return nil },
	"PutOff":         func(*sample) []any { return args("relay", true) },
	"SendTestLetter": func(*sample) []any { return nil },
	"Settings":       func(*sample) []any { return nil },
	"SetSettings":    func(*sample) []any { return args(map[string]string{service.SettingName: "Help"}) },
	"Started":        func(*sample) []any { return nil },
	"EndSessionsOf":  func(h *sample) []any { return args(h.id("spare")) },
	"Welcome":        func(h *sample) []any { return args(h.id("spare")) },
}

func ada(key string) service.FirstUser {
	return service.FirstUser{Key: key, Login: "ada", Name: "Ada", Address: "ada@desk.example", Password: "correct horse", From: "127.0.0.1"}
}

// TestFirstKey: the key of a fresh desk makes one superuser, once, for a day,
// and the latest one only.
func TestFirstKey(t *testing.T) {
	h := newHouse(t)
	old := must(h.FirstKey(h.ctx, h.sys))(t)
	key := must(h.FirstKey(h.ctx, h.sys))(t)
	short, longer := ada(key), ada(key)
	short.Password, longer.Login = "short", ""
	for _, tt := range []struct {
		why  string
		in   service.FirstUser
		want desk.Kind
	}{
		{"no key", ada(""), desk.NotFound},
		{"a guess", ada(strings.Repeat("A", 43)), desk.NotFound},
		{"the key before the last one", ada(old), desk.NotFound},
		{"a short password", short, desk.Invalid},
		{"no login", longer, desk.Invalid},
	} {
		if _, err := h.MakeFirst(h.ctx, tt.in); desk.KindOf(err) != tt.want {
			t.Errorf("%s: %v", tt.why, err)
		}
	}
	if fresh := must(h.Fresh(h.ctx))(t); !fresh {
		t.Error("what was refused made a superuser")
	}
	h.clock.at = h.clock.at.Add(service.FirstKeyLasts + time.Hour)
	if _, err := h.MakeFirst(h.ctx, ada(key)); desk.KindOf(err) != desk.NotFound {
		t.Errorf("after a day: %v", err)
	}
	key = must(h.FirstKey(h.ctx, h.sys))(t)
	if err := h.CheckFirst(h.ctx, key); err != nil {
		t.Fatal(err)
	}
	in := must(h.Resume(h.ctx, must(h.MakeFirst(h.ctx, ada(key)))(t)))(t)
	if !in.Admin || in.User.Login != "ada" || in.User.Kind != desk.Agent {
		t.Errorf("the first one is %+v", in)
	}
	if _, err := h.SignIn(h.ctx, "ada", "correct horse", "", ""); err != nil {
		t.Errorf("he does not get in again: %v", err)
	}
	if _, err := h.MakeFirst(h.ctx, ada(key)); desk.KindOf(err) != desk.NotFound {
		t.Errorf("a second time: %v", err)
	}
	if _, err := h.FirstKey(h.ctx, h.sys); desk.KindOf(err) != desk.Conflict {
		t.Errorf("a key for a desk that is not fresh: %v", err)
	}
}

// TestFirstKeyLosesToGrant: whoever comes with a key after somebody else became
// superuser gets nothing.
func TestFirstKeyLosesToGrant(t *testing.T) {
	h := newHouse(t)
	key := must(h.FirstKey(h.ctx, h.sys))(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	if _, err := h.MakeFirst(h.ctx, ada(key)); desk.KindOf(err) != desk.NotFound {
		t.Errorf("got %v", err)
	}
	if _, err := h.FirstKey(h.ctx, h.by("root")); err == nil {
		t.Error("a person got a key")
	}
}

// TestFirstSteps: each step is done by what the desk then is, and by nothing
// else.
func TestFirstSteps(t *testing.T) {
	h := newHouse(t)
	key := must(h.FirstKey(h.ctx, h.sys))(t)
	must(h.MakeFirst(h.ctx, ada(key)))(t)
	h.names["ada"] = h.whoIs("ada")
	me := h.by("ada")
	done := func() string {
		var names []string
		for _, step := range must(h.FirstSteps(h.ctx, me))(t).Steps {
			if step.Done {
				names = append(names, step.Name)
			}
		}
		return strings.Join(names, " ")
	}
	sent := func() {
		id := must(h.SendTestLetter(h.ctx, me))(t)
		must(h.ClaimLetters(h.ctx, h.sys, 10))(t)
		h.ok(h.LetterSent(h.ctx, h.sys, id))
	}
	var support desk.QueueID
	var ticket desk.TicketID
	for _, tt := range []struct {
		why  string
		do   func()
		want string
	}{
		{"nothing yet", func() {}, ""},
		{"a test letter waits", func() { must(h.SendTestLetter(h.ctx, me))(t) }, ""},
		{"a letter was taken", sent, "relay"},
		{"a letter came", func() {
			must(h.SpoolMail(h.ctx, h.sys, desk.Envelope{Recipient: "x@desk.example"}, []byte("Subject: x\r\n\r\nx")))(t)
		}, "relay post"},
		{"a name", func() { h.sets(service.SettingName, "Help") }, "desk relay post"},
		{"a queue that nobody answers", func() { support = must(h.CreateQueue(h.ctx, me, desk.Queue{Name: "Support"}))(t) }, "desk relay post"},
		{"a second agent", func() { h.agent("tina") }, "desk relay post people"},
		{"who may answer", func() { h.grant(h.names["tina"], "ReplyToTicket", desk.OnQueue(support)) }, "desk relay post queue people"},
		{"a customer without people", func() { h.customer(desk.Customer{Key: "acme", Name: "Acme"}) }, "desk relay post queue people"},
		{"a contact", func() { h.contact("carla", "acme") }, "desk relay post queue people customer"},
		{"a ticket", func() {
			ticket = must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: support, Requestors: []desk.PrincipalID{h.names["carla"]}, Subject: "x", Text: "x"}))(t)
		}, "desk relay post queue people customer"},
		{"its answer", func() {
			must(h.Write(h.ctx, me, service.NewMessage{Ticket: ticket, Kind: desk.Reply, Text: "Done."}))(t)
		}, "desk relay post queue people customer answer"},
	} {
		tt.do()
		if got := done(); got != tt.want {
			t.Errorf("%s: done are %q, want %q", tt.why, got, tt.want)
		}
	}
}

// whoIs finds somebody by login.
func (h *house) whoIs(login string) desk.PrincipalID {
	h.t.Helper()
	page, _, err := h.Users(h.ctx, h.sys, service.UserFilter{Text: login, Limit: 1})
	h.ok(err)
	return desk.PrincipalID(page[0].ID)
}

// sets changes a setting.
func (h *house) sets(name, value string) {
	h.t.Helper()
	if err := h.SetSetting(h.ctx, h.sys, name, value); err != nil {
		h.t.Fatal(err)
	}
}

// TestFirstStepsPutOff: what is put off counts no more, what is put away is not
// counted at all, and only a superuser is led.
func TestFirstStepsPutOff(t *testing.T) {
	h := newHouse(t)
	must(h.MakeFirst(h.ctx, ada(must(h.FirstKey(h.ctx, h.sys))(t))))(t)
	h.names["ada"] = h.whoIs("ada")
	h.agent("tina")
	me := h.by("ada")
	left := func(who string, want int) {
		t.Helper()
		if got := must(h.FirstStepsLeft(h.ctx, h.by(who)))(t); got != want {
			t.Errorf("%s has %d steps left, want %d", who, got, want)
		}
	}
	left("ada", 7) // there are two agents
	left("tina", 0)
	for _, tt := range []struct {
		step  string
		later bool
		want  int
	}{{"relay", true, 6}, {"relay", true, 6}, {"post", true, 5}, {"relay", false, 6}, {"off", true, 0}, {"off", false, 6}} {
		if err := h.PutOff(h.ctx, me, tt.step, tt.later); err != nil {
			t.Fatal(err)
		}
		left("ada", tt.want)
	}
	if err := h.PutOff(h.ctx, me, "dance", true); desk.KindOf(err) != desk.NotFound {
		t.Errorf("a step that there is not: %v", err)
	}
}

// TestAboutTheDesk: the name, the language and the zone change while the desk
// runs, on each node, and tags with the old name lead to their tickets still.
func TestAboutTheDesk(t *testing.T) {
	dir := t.TempDir()
	h := openHouse(t, dir)
	other := service.New(h.store, service.Options{Name: "Desk", Now: h.clock.now})
	given := service.New(h.store, service.Options{Name: "Fixed", Now: h.clock.now, Given: []string{service.SettingName}})
	h.sets(service.SettingName, "Help")
	h.sets(service.SettingName, "Helpdesk")
	h.sets(service.SettingLanguage, "de")
	h.sets(service.SettingZone, "Europe/Berlin")
	for node, want := range map[*service.Service]string{h.Service: "Helpdesk", other: "Helpdesk", given: "Fixed"} {
		values, fixed, err := node.Settings(h.ctx, h.sys)
		if err != nil || values[service.SettingName] != want || node.Name() != want || node.Language() != "de" || node.Zone().String() != "Europe/Berlin" {
			t.Errorf("a node is called %s, speaks %s, in %s, %v; want %s", node.Name(), node.Language(), node.Zone(), err, want)
		}
		if slices.Contains(fixed, service.SettingName) != (node == given) {
			t.Errorf("fixed are %v", fixed)
		}
	}
	if err := given.SetSetting(h.ctx, h.sys, service.SettingName, "Other"); desk.FieldTexts(err)[service.SettingName] == "" {
		t.Errorf("what the program was started with was changed: %v", err)
	}
	for _, tt := range []struct{ offered, usual, want string }{{"", "de", "de en"}, {"de", "de", "de"}, {"en", "de", "de en"}, {"en", "en", "en"}, {"en de", "en", "en de"}} {
		h.sets(service.SettingLanguages, tt.offered)
		h.sets(service.SettingLanguage, tt.usual)
		if got := strings.Join(h.Languages(), " "); got != tt.want {
			must(h.Nodes(h.ctx, h.sys))(t) // it learns of it with the next thing that it is asked
			if got = strings.Join(h.Languages(), " "); got != tt.want {
				t.Errorf("with %q offered and %s usual, it speaks %q, want %q", tt.offered, tt.usual, got, tt.want)
			}
		}
	}
	for name, bad := range map[string]string{service.SettingLanguages: "en tlh", service.SettingName: "a]b", service.SettingLanguage: "tlh", service.SettingZone: "Mars/North", service.SettingFirstSteps: "dance"} {
		if err := h.SetSetting(h.ctx, h.sys, name, bad); desk.FieldTexts(err)[name] == "" {
			t.Errorf("%s took %q: %v", name, bad, err)
		}
	}
	err := h.SetSettings(h.ctx, h.sys, map[string]string{service.SettingName: "New", service.SettingZone: "Mars/North", service.SettingSecondFactor: "dogs"})
	if texts := desk.FieldTexts(err); len(texts) != 2 || h.Name() != "Helpdesk" {
		t.Errorf("half of it was taken, or not all of it told: %v, %s", err, h.Name())
	}
}

// TestOldNamesInSubjects: a letter whose subject holds a name of before reaches
// its ticket.
func TestOldNamesInSubjects(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	q := must(h.CreateQueue(h.ctx, h.sys, desk.Queue{Name: "Support", Address: "support@desk.example"}))(t)
	id := must(h.OpenTicket(h.ctx, h.sys, service.NewTicket{Queue: q, Subject: "x", Text: "x"}))(t)
	for _, name := range []string{"One", "Two", "Three"} {
		h.sets(service.SettingName, name)
	}
	for name, want := range map[string]bool{"Desk": true, "one": true, "Three": true, "Four": false} {
		env := desk.Envelope{From: "root@desk.example", Recipient: "support@desk.example"}
		spool := must(h.SpoolMail(h.ctx, h.sys, env, []byte(name)))(t)
		l := desk.Letter{Spool: spool, Envelope: env, From: desk.MailAddress{Address: env.From}, Subject: desk.TagSubject("x", name, id), Text: name}
		got := must(h.ReceiveMail(h.ctx, h.sys, l))(t)
		if (got.Ticket == id) != want {
			t.Errorf("a letter with [%s #%d] went to ticket %d", name, id, got.Ticket)
		}
	}
}
