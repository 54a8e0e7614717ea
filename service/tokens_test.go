package service_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// TestTokensGolden lists in testdata/tokens.golden what a superuser still does by
// a token that is limited to tickets, and by one that is limited to a queue in
// which nothing is, so that a use case which forgets the limits shows in a diff.
func TestTokensGolden(t *testing.T) {
	m := newMould(t)
	limits := []struct {
		name string
		of   func(h *sample) desk.Limits
	}{
		{"tickets", func(*sample) desk.Limits { return desk.Limits{Tickets: true} }},
		{"elsewhere", func(h *sample) desk.Limits {
			return desk.Limits{Queues: []desk.QueueID{must(h.CreateQueue(h.ctx, h.sys, desk.Queue{Name: "Elsewhere"}))(h.t)}}
		}},
	}
	var lines []string
	for name := range eachUseCase(t) {
		var works []string
		h := m.sample(t)
		for _, l := range limits {
			if h.worksByToken(name, l.of(h)) {
				works = append(works, l.name)
				h.ok(h.store.Close())
				h = m.sample(t)
			}
		}
		h.ok(h.store.Close())
		if works != nil {
			lines = append(lines, fmt.Sprintf("%-24s %s", name, strings.Join(works, " ")))
		}
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	const file = "testdata/tokens.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("what limited tokens do has changed (go test ./service -run TokensGolden -update):\n%s", diffLines(string(want), got))
	}
}

// worksByToken reports whether a use case does or tells anything for a superuser
// who comes by a limited token.
func (h *sample) worksByToken(name string, limits desk.Limits) bool {
	by := h.by("root")
	by.Via, by.Limits = desk.ViaAPI, &limits
	out, err := h.call(name, by)
	return err == nil && (len(out) == 0 || slices.ContainsFunc(out, func(v reflect.Value) bool { return !nothing(v) }))
}

// tokenOf makes a token of somebody and returns who comes by it.
func (h *house) tokenOf(login string, l desk.Limits) desk.Actor {
	h.t.Helper()
	text := must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: h.id(login), Name: "x", Limits: l}))(h.t)
	return must(h.ByToken(h.ctx, text))(h.t).Actor
}

// TestTokensOfTokens: a token makes none that is wider in time or for others, those
// make none themselves, and they end with it.
func TestTokensOfTokens(t *testing.T) {
	h := factorDesk(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	month := h.clock.at.AddDate(0, 1, 0)
	text := must(h.CreateToken(h.ctx, h.by("root"), service.NewToken{User: h.id("root"), Name: "maker", Until: month}))(t)
	maker := must(h.ByToken(h.ctx, text))(t).Actor
	made := func(by desk.Actor, user string, until time.Time) (string, error) {
		return h.CreateToken(h.ctx, by, service.NewToken{User: h.id(user), Name: "made", Until: until})
	}
	for why, err := range map[string]error{
		"for ever by one that ends": second(made(maker, "root", time.Time{})),
		"for longer than itself":    second(made(maker, "root", month.Add(time.Second))),
	} {
		if desk.FieldTexts(err)["until"] == "" {
			t.Errorf("%s: got %v", why, err)
		}
	}
	wantKind(t, second(made(maker, "agnes", month)), desk.Forbidden)
	child := must(made(maker, "root", month))(t)
	wantKind(t, second(made(must(h.ByToken(h.ctx, child))(t).Actor, "root", h.clock.at.Add(time.Hour))), desk.Forbidden)
	h.ok(h.EndToken(h.ctx, maker, maker.Token))
	wantKind(t, second(h.ByToken(h.ctx, child)), desk.Unauthenticated)
}

// TestRenewingTokens: its owner moves the end of a token and changes its secret;
// one that is over gets a new one; a token itself moves nothing beyond its end.
func TestRenewingTokens(t *testing.T) {
	h := factorDesk(t)
	h.agent("eve")
	h.grant(h.names["eve"], "ManageAuthTokens", desk.OnSystem())
	day := 24 * time.Hour
	begun := h.clock.at
	old := must(h.CreateToken(h.ctx, h.by("agnes"), service.NewToken{User: h.id("agnes"), Name: "script", Until: begun.Add(day)}))(t)
	in := must(h.ByToken(h.ctx, old))(t).Actor
	renew := func(by desk.Actor, days int, secret bool) (string, error) {
		list := must(h.Tokens(h.ctx, h.sys, h.id("agnes")))(t)
		return h.RenewToken(h.ctx, by, service.Renewal{Digest: list[0].Digest, Until: begun.Add(time.Duration(days) * day), Secret: secret})
	}
	wantKind(t, second(renew(h.by("eve"), 9, false)), desk.NotFound)
	wantKind(t, second(renew(h.by("agnes"), -1, false)), desk.Invalid)
	wantKind(t, second(renew(in, 2, false)), desk.Invalid)
	if same := must(renew(h.by("agnes"), 9, false))(t); same != "" {
		t.Error("another end gave another secret")
	}
	rolled := must(renew(in, 9, true))(t)
	wantKind(t, second(h.ByToken(h.ctx, old)), desk.Unauthenticated)
	h.clock.at = begun.Add(10 * day)
	wantKind(t, second(h.ByToken(h.ctx, rolled)), desk.Unauthenticated)
	late := must(renew(h.by("agnes"), 30, false))(t)
	if wantKind(t, second(h.ByToken(h.ctx, rolled)), desk.Unauthenticated); late == "" {
		t.Fatal("what was over goes on with its old secret")
	}
	if got := must(h.ByToken(h.ctx, late))(t); got.User.Login != "agnes" {
		t.Errorf("it acts for %s", got.User.Login)
	}
	other := must(h.CreateToken(h.ctx, h.by("agnes"), service.NewToken{User: h.id("agnes"), Name: "other"}))(t)
	wantKind(t, second(renew(must(h.ByToken(h.ctx, late))(t).Actor, 12, false)), desk.Forbidden)
	must(h.ByToken(h.ctx, other))(t)
}

// TestTokenOfSomeQueues: by a token of one queue its owner sees, counts, finds
// and changes what is in it, as far as he may himself, and nothing else.
func TestTokenOfSomeQueues(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.agent("ben")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	queue, ticket := map[string]desk.QueueID{}, map[string]desk.TicketID{}
	for _, name := range []string{"Support", "Salaries", "Hidden"} {
		queue[name] = must(h.CreateQueue(h.ctx, h.sys, desk.Queue{Name: name}))(t)
		ticket[name] = must(h.OpenTicket(h.ctx, h.by("root"), service.NewTicket{Queue: queue[name], Subject: name, Text: "x"}))(t)
	}
	for _, name := range []string{"Support", "Salaries"} {
		h.grant(h.names["ben"], "rw", desk.OnQueue(queue[name]))
	}
	some := desk.Limits{Queues: []desk.QueueID{queue["Hidden"], queue["Support"]}}
	whole, narrow := h.by("ben"), h.tokenOf("ben", some)
	for _, tt := range []struct {
		by   desk.Actor
		want string
	}{{whole, "Salaries Support"}, {narrow, "Support"}, {h.by("root"), "Hidden Salaries Support"}, {h.tokenOf("root", some), "Hidden Support"}} {
		var names []string
		for _, l := range must(h.Tickets(h.ctx, tt.by, service.TicketFilter{Limit: 9}))(t).Lines {
			names = append(names, l.Subject)
		}
		slices.Sort(names)
		n := must(h.CountTickets(h.ctx, tt.by, service.TicketFilter{}, 9))(t)
		if got := strings.Join(names, " "); got != tt.want || n != len(names) {
			t.Errorf("%v sees %q of %d, want %q", tt.by.Limits, got, n, tt.want)
		}
	}
	one := func(by desk.Actor) int {
		return must(h.Report(h.ctx, by, desk.TicketReport{By: []desk.Grouping{"queue"}}))(t).Total.Tickets
	}
	if a, b, c := one(whole), one(narrow), one(whole); a != 2 || b != 1 || c != 2 {
		t.Errorf("a report counts %d, by the token %d, then %d", a, b, c)
	}
	for name, want := range map[string]desk.Kind{"Support": 0, "Salaries": desk.NotFound, "Hidden": desk.NotFound} {
		_, err := h.Ticket(h.ctx, narrow, ticket[name])
		if got := desk.KindOf(err); got != want {
			t.Errorf("the ticket in %s: %v", name, err)
		}
		_, err = h.Write(h.ctx, narrow, service.NewMessage{Ticket: ticket[name], Kind: desk.Comment, Text: "Done."})
		if got := desk.KindOf(err); got != want {
			t.Errorf("a comment in %s: %v", name, err)
		}
	}
	_, err := h.StartBatch(h.ctx, narrow, []desk.TicketID{ticket["Support"]}, service.BatchChange{Priority: ptr(3)}, "")
	wantKind(t, err, desk.Forbidden)
	if err := h.MoveTicket(h.ctx, narrow, ticket["Support"], queue["Salaries"]); err == nil {
		t.Error("a ticket was moved to where the token does not work")
	}
}

// TestTokenOfTickets: a superuser's token for tickets works on all of them and
// administers nothing, a manager's nobody of his company; what is changed
// meanwhile does not widen it.
func TestTokenOfTickets(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	acme := h.customer(desk.Customer{Key: "acme", Name: "Acme"})
	h.user("mona", desk.Contact)
	h.join("acme", "mona", desk.PartManager, true)
	support := must(h.CreateQueue(h.ctx, h.sys, desk.Queue{Name: "Support"}))(t)
	by := h.tokenOf("root", desk.Limits{Tickets: true})
	id := must(h.OpenTicket(h.ctx, by, service.NewTicket{Queue: support, Subject: "x", Text: "x"}))(t)
	h.ok(h.AddWatcherAddress(h.ctx, by, id, desk.Cc, "new@else.example")) // a user is made for it, so that access is changed
	if got := must(h.Ticket(h.ctx, by, id))(t).Subject; got != "x" {
		t.Errorf("the ticket is %q", got)
	}
	_, err := h.CreateQueue(h.ctx, by, desk.Queue{Name: "More"})
	wantKind(t, err, desk.Forbidden)
	_, err = h.CreateToken(h.ctx, by, service.NewToken{User: h.id("root"), Name: "more"})
	wantKind(t, err, desk.Forbidden)
	_, err = h.Grant(h.ctx, by, desk.Grant{Who: h.names["root"], Right: desk.ShowTicket, Place: desk.OnSystem()})
	wantKind(t, err, desk.Forbidden)
	invite := service.Invitation{Customer: desk.CustomerID(acme), Address: "new@acme.example", Part: desk.PartMember}
	if h.Invite(h.ctx, h.tokenOf("mona", desk.Limits{Tickets: true}), invite) == nil {
		t.Error("a manager's token for tickets invites people")
	}
	h.ok(h.Invite(h.ctx, h.tokenOf("mona", desk.Limits{}), invite))
}

// TestLimitsOfTokens: they name queues that one sees, are told in the audit log
// by name, and a token whose limits are not known lets nobody in.
func TestLimitsOfTokens(t *testing.T) {
	h := newHouse(t)
	h.agent("ben")
	h.grant(h.names["ben"], "ManageAuthTokens", desk.OnSystem())
	hidden := must(h.CreateQueue(h.ctx, h.sys, desk.Queue{Name: "Hidden"}))(t)
	for _, id := range []desk.QueueID{hidden, 9999, -1} {
		_, err := h.CreateToken(h.ctx, h.by("ben"), service.NewToken{User: h.id("ben"), Name: "x", Limits: desk.Limits{Queues: []desk.QueueID{id}}})
		if desk.FieldTexts(err)["queues"] != "There is no such queue." {
			t.Errorf("queue %d: %v", id, err)
		}
	}
	h.grant(h.names["ben"], "SeeQueue", desk.OnQueue(hidden))
	text := must(h.CreateToken(h.ctx, h.by("ben"), service.NewToken{User: h.id("ben"), Name: "script", Limits: desk.Limits{Looks: true, Queues: []desk.QueueID{hidden, hidden}}}))(t)
	if got := must(h.Tokens(h.ctx, h.by("ben"), h.id("ben")))(t)[0].Scope; got != fmt.Sprintf("read queue:%d", hidden) {
		t.Errorf("the scope is %q", got)
	}
	log, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Limit: 1})
	if err != nil || !strings.Contains(log[0].After, "scope: read, queue Hidden") {
		t.Errorf("the log says %+v, %v", log, err)
	}
	must(h.ByToken(h.ctx, text))(t)
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
		list, err := tx.Tokens(h.ctx, h.id("ben"))
		if err != nil {
			return err
		}
		list[0].Scope = "read fly"
		if err := tx.DeleteToken(h.ctx, list[0].Digest); err != nil {
			return err
		}
		return tx.InsertToken(h.ctx, &list[0])
	}))
	_, err = h.ByToken(h.ctx, text)
	wantKind(t, err, desk.Unauthenticated)
}

// TestWarnOfTokens: who has a token is told once, in his language, before it
// ends; of one with a short life shortly before; and nobody who is disabled.
func TestWarnOfTokens(t *testing.T) {
	h := newHouse(t)
	const day = 24 * time.Hour
	for _, login := range []string{"ben", "gone"} {
		h.agent(login)
		for _, days := range []time.Duration{4, 60, 90, 0} {
			in := service.NewToken{User: h.id(login), Name: fmt.Sprintf("for%d", days), Until: h.clock.at.Add(days * day)}
			if days == 0 {
				in.Name, in.Until = "ever", time.Time{}
			}
			text := must(h.CreateToken(h.ctx, h.sys, in))(t)
			if days == 90 {
				must(h.ByToken(h.ctx, text))(t) // it is in use
			}
		}
	}
	h.grant(h.names["ben"], "ModifySelf", desk.OnSystem())
	h.ok(h.SetPreferences(h.ctx, h.by("ben"), service.Preferences{Name: "Ben", Language: "de"}))
	h.switchUser("gone", true)
	told := func() string {
		must(h.WarnOfTokens(h.ctx, h.sys))(t)
		letters, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{Limit: 50})
		h.ok(err)
		var said []string
		for _, l := range letters {
			if _, rest, ok := strings.Cut(l.Subject, "Ihr Token "); ok {
				name, _, _ := strings.Cut(rest, " ")
				if strings.Contains(l.Body, "nie benutzt") {
					name += "(unused)"
				}
				said = append(said, name)
			}
		}
		slices.Sort(said)
		return strings.Join(said, " ")
	}
	begin := h.clock.at
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{
		{0, ""},
		{2*day + 23*time.Hour, ""},
		{3*day + time.Hour, "for4(unused)"},
		{4*day + time.Hour, "for4(unused)"},
		{52 * day, "for4(unused)"},
		{53*day + time.Hour, "for4(unused) for60(unused)"},
		{54 * day, "for4(unused) for60(unused)"},
		{84 * day, "for4(unused) for60(unused) for90"},
	} {
		h.clock.at = begin.Add(tt.after)
		if got := told(); got != tt.want {
			t.Errorf("after %v he was told of %q, want %q", tt.after, got, tt.want)
		}
	}
}

// TestNarrowedActorKeepsEngine: what one does by a limited token leaves the
// rights of others, and his own by other ways, as they are.
func TestNarrowedActorKeepsEngine(t *testing.T) {
	h := newHouse(t)
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	by := h.tokenOf("root", desk.Limits{Tickets: true})
	for range 2 {
		if _, err := h.CreateGroup(h.ctx, by, desk.Group{Name: "No"}); desk.KindOf(err) != desk.Forbidden {
			t.Errorf("by the token: %v", err)
		}
		must(h.CreateGroup(h.ctx, h.by("root"), desk.Group{Name: h.clock.at.String()}))(t)
		h.clock.at = h.clock.at.Add(time.Second)
	}
}
