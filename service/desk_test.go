package service_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// A house is a whole small desk to ask things of. People, groups, customers
// and queues are known by name.
type house struct {
	*service.Service
	store *store.Store
	t     testing.TB
	ctx   context.Context
	sys   desk.Actor
	names map[string]desk.PrincipalID
	queue map[string]desk.QueueID
	clock *clock
}

// A clock goes on by a second each time it is read, so that nothing happens at
// the same moment as something else.
type clock struct{ at time.Time }

func (c *clock) now() time.Time {
	c.at = c.at.Add(time.Second)
	return c.at
}

// newHouse opens an empty desk in a directory of its own.
func newHouse(t testing.TB) *house {
	t.Helper()
	return openHouse(t, storetest.Dir(t))
}

func openHouse(t testing.TB, dir string) *house {
	t.Helper()
	c := &clock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	st, err := store.Open(t.Context(), store.Options{Dir: dir, Now: c.now, Migrate: true, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	svc := service.New(st, service.Options{Name: "Desk", Domain: "desk.example", BaseURL: "http://desk.example", Now: c.now,
		LookFile: lookAtLogins, ReadFile: readLogins, HoldReplies: 10 * time.Second,
		WriteLetters: func(n *service.News) []desk.Outgoing {
			return []desk.Outgoing{{Body: n.Templates[0].Text}}
		},
		TryRelay: func(context.Context, desk.MailRelay) error { return nil }, Relays: []string{"127.0.0.1:25"},
		TryMailbox: func(context.Context, desk.MailAccount) (int, error) { return 3, nil }})
	return &house{Service: svc, store: st, t: t, ctx: t.Context(), sys: desk.System(desk.ViaCLI), clock: c,
		names: map[string]desk.PrincipalID{}, queue: map[string]desk.QueueID{}}
}

// must fails the test on an error and returns the value.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// agent makes an agent named and addressed after the login.
func (h *house) agent(login string) desk.UserID { return h.user(login, desk.Agent) }

// contact makes a contact of the customers named, the first one primary.
func (h *house) contact(login string, customers ...string) desk.UserID {
	h.t.Helper()
	id := h.user(login, desk.Contact)
	for i, c := range customers {
		h.join(c, login, desk.PartMember, i == 0)
	}
	return id
}

func (h *house) user(login string, kind desk.UserKind) desk.UserID {
	h.t.Helper()
	id := must(h.CreateUser(h.ctx, h.sys, desk.User{Login: login, Name: strings.ToUpper(login[:1]) + login[1:], Kind: kind,
		Addresses: []string{login + "@case.example"}}))(h.t)
	h.names[login] = desk.PrincipalID(id)
	return id
}

func (h *house) join(group, member string, part desk.Part, primary bool) {
	h.t.Helper()
	h.ok(h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names[group], Member: h.names[member], Part: part, Primary: primary}))
}

func (h *house) group(name string, members ...string) desk.GroupID {
	h.t.Helper()
	id := must(h.CreateGroup(h.ctx, h.sys, desk.Group{Name: name}))(h.t)
	h.names[name] = desk.PrincipalID(id)
	for _, m := range members {
		h.join(name, m, desk.PartNone, false)
	}
	return id
}

func (h *house) customer(c desk.Customer) desk.CustomerID {
	h.t.Helper()
	id := must(h.CreateCustomer(h.ctx, h.sys, c))(h.t)
	h.names[c.Key] = desk.PrincipalID(id)
	return id
}

func (h *house) makeQueue(q desk.Queue) desk.QueueID {
	h.t.Helper()
	id := must(h.CreateQueue(h.ctx, h.sys, q))(h.t)
	h.queue[q.Name] = id
	return id
}

// grant gives rights, written "Requestor,Cc: ShowTicket ReplyToTicket" or just
// the rights, to a principal on a place.
func (h *house) grant(who desk.PrincipalID, what string, where desk.Place) {
	h.t.Helper()
	roles, rights, ok := strings.Cut(what, ":")
	if !ok {
		roles, rights = "", what
	}
	for name := range strings.FieldsSeq(rights) {
		g := desk.Grant{Who: who, As: rolesNamed(roles), Place: where}
		g.Right, _ = desk.ParseRight(name)
		for _, p := range desk.ShippedPermissions() {
			if p.Name == name {
				g.Permission = p.ID
			}
		}
		must(h.Grant(h.ctx, h.sys, g))(h.t)
	}
}

func rolesNamed(list string) desk.RoleSet {
	var roles desk.RoleSet
	for id := desk.RoleID(1); id < desk.FirstOwnRole; id++ {
		if slices.Contains(strings.Split(list, ","), id.BuiltinName()) && id.Builtin() {
			roles |= desk.RolesOf(id)
		}
	}
	return roles
}

// open opens a ticket as the system.
func (h *house) open(in service.NewTicket) desk.TicketID {
	h.t.Helper()
	if in.Subject == "" {
		in.Subject = "The printer burns"
	}
	return must(h.OpenTicket(h.ctx, h.sys, in))(h.t)
}

func (h *house) by(login string) desk.Actor {
	return desk.Actor{User: desk.UserID(h.names[login]), Via: desk.ViaWeb}
}

// standing returns who stands in a role of a ticket, by reference.
func (h *house) standing(id desk.TicketID, role desk.RoleID) string {
	h.t.Helper()
	v := must(h.Ticket(h.ctx, h.sys, id))(h.t)
	var refs []string
	for _, w := range v.Watchers {
		if w.Role == role && !w.OnQueue {
			_, name, _ := strings.Cut(w.Name.Ref, ":")
			refs = append(refs, name)
		}
	}
	return strings.Join(refs, " ")
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// wantKind compares an error with the kind that is expected; zero: it works.
func wantKind(t testing.TB, err error, want desk.Kind) {
	t.Helper()
	if got := desk.KindOf(err); got != want {
		t.Errorf("got kind %d (%v), want %d", got, err, want)
	}
}
