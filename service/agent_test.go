package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestReaders: everybody who may see a ticket is named once with a proof, as
// WhoCan says, and no more are shown than were asked for.
func TestReaders(t *testing.T) {
	h := supportDesk(t)
	id := h.acmeTicket()
	got := must(h.Readers(h.ctx, h.by("agnes"), id, 10))(t)
	who := must(h.WhoCan(h.ctx, h.by("agnes"), "ShowTicket", "ticket:"+strings.TrimPrefix(id.String(), "#"), true))(t)
	if got.Agents != 2 || got.Contacts != 3 || len(got.List) != len(who) {
		t.Errorf("got %d agents, %d contacts, %d shown; want 2, 3 and the %d of WhoCan", got.Agents, got.Contacts, len(got.List), len(who))
	}
	for i, r := range got.List {
		if r.User != who[i].User || !r.Yes || r.Grant.WhoName.Text == "" {
			t.Errorf("%s is shown with %+v", r.User.Text, r.Grant)
		}
		if agent := r.User.Agent; r.Comments != agent || !r.Reply {
			t.Errorf("%s reads comments: %v, may reply: %v", r.User.Text, r.Comments, r.Reply)
		}
	}
	if few := must(h.Readers(h.ctx, h.by("agnes"), id, 1))(t); len(few.List) != 2 || few.Contacts != 3 {
		t.Errorf("asked for one of each, %d are shown of %d", len(few.List), few.Agents+few.Contacts)
	}
	_, err := h.Readers(h.ctx, h.by("bob"), id, 10)
	wantKind(t, err, desk.NotFound)
}

// TestBeside: co-contacts, owners-to-be and the company's other open tickets.
func TestBeside(t *testing.T) {
	h := supportDesk(t)
	done, open, id := h.acmeTicket(), h.acmeTicket(), h.acmeTicket()
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), done, desk.StatusResolved, 0))
	b := must(h.Beside(h.ctx, h.by("agnes"), id))(t)
	var contacts, owners []string
	for _, c := range b.Contacts {
		contacts = append(contacts, c.Text+" "+c.Part.String())
	}
	for _, n := range b.Owners {
		owners = append(owners, n.Text)
	}
	if got := strings.Join(contacts, ", "); got != "Bob member, Alice member, Ann member" {
		t.Errorf("the contacts are %s", got)
	}
	if got := strings.Join(owners, ", "); got != "Agnes, Igor" {
		t.Errorf("those who could own it are %s, want the team", got)
	}
	if b.Readers != 5 || len(b.Others) != 1 || b.Others[0].ID != open {
		t.Errorf("got %d readers and other tickets %v; want 5 and ticket %d", b.Readers, b.Others, open)
	}
}

// TestSetCustomer: the ticket is for the other customer then, whose people see
// it, and who stood as Requestor still does.
func TestSetCustomer(t *testing.T) {
	h := supportDesk(t)
	h.grant(desk.Everyone, "Customer: ShowTicket", desk.OnQueue(h.queue["support"]))
	id := h.acmeTicket()
	_, err := h.Ticket(h.ctx, h.by("jon"), id)
	wantKind(t, err, desk.NotFound)
	wantKind(t, h.SetCustomer(h.ctx, h.by("bob"), id, desk.CustomerID(h.names["bolt"])), desk.Forbidden)
	h.ok(h.SetCustomer(h.ctx, h.by("agnes"), id, desk.CustomerID(h.names["bolt"])))
	if got := h.standing(id, desk.CustomerRole) + " / " + h.standing(id, desk.Requestor); got != "bolt / acme" {
		t.Errorf("customer and requestor are %s, want bolt / acme", got)
	}
	_, err = h.Ticket(h.ctx, h.by("jon"), id)
	wantKind(t, err, 0)
	wantKind(t, h.SetCustomer(h.ctx, h.by("agnes"), id, desk.CustomerID(h.names["bolt"])), desk.Conflict)
	wantKind(t, h.SetCustomer(h.ctx, h.by("agnes"), id, desk.CustomerID(h.names["bob"])), desk.Invalid)
}

// TestContactFor: an address that nobody has becomes a contact, once; only
// those who choose people for tickets can do it, and not with the desk's own.
func TestContactFor(t *testing.T) {
	h := supportDesk(t)
	first := must(h.ContactFor(h.ctx, h.by("agnes"), "New@Else.example"))(t)
	if again := must(h.ContactFor(h.ctx, h.by("igor"), "new@else.example"))(t); again != first || first == 0 {
		t.Errorf("the same address gives %d and %d", first, again)
	}
	u := must(h.User(h.ctx, h.sys, desk.UserID(first)))(t)
	if u.Kind != desk.Contact || u.Address() != "new@else.example" {
		t.Errorf("the address became %+v", u)
	}
	for _, tt := range []struct {
		who, address string
		want         desk.Kind
	}{
		{"bob", "x@else.example", desk.Forbidden},
		{"agnes", "no address", desk.Invalid}, {"agnes", "support@desk.example", desk.Invalid},
	} {
		_, err := h.ContactFor(h.ctx, h.by(tt.who), tt.address)
		wantKind(t, err, tt.want)
	}
}

// TestViewCountsFollow: before and after the tickets are in memory, and after
// each change, the numbers beside views are those of the lists themselves, for
// each reader.
func TestViewCountsFollow(t *testing.T) {
	h := supportDesk(t)
	first, second := h.acmeTicket(), h.acmeTicket()
	agnes, nobody := h.id("agnes"), desk.UserID(0)
	filters := []service.TicketFilter{
		{}, {Activity: service.OnlyActive}, {Activity: service.OnlyInactive}, {Owner: &agnes, Activity: service.OnlyActive}, {Owner: &nobody},
		{Queues: []desk.QueueID{h.queue["support"]}, Activity: service.OnlyActive}, {Queues: []desk.QueueID{}}, {Standing: []desk.PrincipalID{h.names["bob"], h.names["agnes"]}},
		{Statuses: []desk.Status{desk.StatusResolved}}, {Reporter: h.id("bob")}, {Query: "Created < 'tomorrow' AND Status = '__Active__'"}, {Query: "Subject LIKE 'a'"}, {Text: "nowhere"}, {Requestor: h.names["bob"]},
	}
	wrong := service.TicketFilter{Query: "Stauts = 'open'"}
	same := func(after string) {
		t.Helper()
		for _, who := range []string{"agnes", "bob", "jon"} {
			got := must(h.ViewCounts(h.ctx, h.by(who), append(filters, wrong), 10))(t)
			if len(got) > 0 && got[len(filters)].N != 0 {
				t.Errorf("after %s a query with a mistake counts %v for %s", after, got[len(filters)], who)
			}
			for i, f := range filters {
				want := must(h.CountTickets(h.ctx, h.by(who), f, 10))(t)
				if i < len(got) && got[i].N != want || i >= len(got) && want != 0 {
					t.Errorf("after %s %s counts %v, of filter %d want %d", after, who, got, i, want)
				}
			}
		}
	}
	same("opening two")
	h.ok(h.KeepCounting(h.ctx, h.sys))
	same("reading them")
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), first, desk.StatusResolved, 0))
	same("resolving one")
	h.ok(h.SetOwner(h.ctx, h.sys, second, service.Give, agnes))
	same("taking the other")
	h.acmeTicket()
	same("opening a third")
	grant := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["jon"], Right: desk.ShowTicket, Place: desk.OnQueue(h.queue["support"])}))(t)
	same("granting")
	h.ok(h.Revoke(h.ctx, h.sys, grant))
	same("revoking")
}

// TestViewCountsOfTimes: what a query asks of now is counted anew with each
// minute, and is the same within one, in memory and before.
func TestViewCountsOfTimes(t *testing.T) {
	h := supportDesk(t)
	h.clock.at = h.clock.at.Truncate(time.Hour)
	due := h.clock.at.Add(90 * time.Second)
	h.ok(h.ChangeTicket(h.ctx, h.sys, service.TicketChange{Ticket: h.acmeTicket(), Plan: service.Plan{Due: &due}}))
	late := []service.TicketFilter{{Query: "Due < 'now'"}, {Query: "Due < 'in 24 hours'"}, {Query: "Due >= 'now'"}}
	begun := h.clock.at
	for _, kept := range []string{"before they are kept", "in memory"} {
		for _, tt := range []struct {
			after time.Duration
			want  []int
		}{
			{0, []int{0, 1, 1}},
			{80 * time.Second, []int{0, 1, 1}},
			{100 * time.Second, []int{0, 1, 1}}, // the minute in which it was due is not over
			{120 * time.Second, []int{1, 1, 0}},
		} {
			h.clock.at = begun.Add(tt.after)
			if got := must(h.ViewCounts(h.ctx, h.by("agnes"), late, 10))(t); !slices.EqualFunc(got, tt.want, func(c service.TicketCount, n int) bool { return c.N == n }) {
				t.Errorf("%v later, %s: counts %v, want %v", tt.after, kept, got, tt.want)
			}
		}
		h.clock.at = begun
		h.ok(h.KeepCounting(h.ctx, h.sys))
	}
}

// TestCountEach counts as CountTickets does.
func TestCountEach(t *testing.T) {
	h := supportDesk(t)
	h.acmeTicket()
	h.ok(h.SetStatus(h.ctx, h.by("agnes"), h.acmeTicket(), desk.StatusResolved, 0))
	filters := []service.TicketFilter{{}, {Activity: service.OnlyActive}, {Text: "nowhere"}}
	for _, who := range []string{"agnes", "bob", "jon"} {
		got := must(h.CountEach(h.ctx, h.by(who), filters, 10))(t)
		for i, f := range filters {
			want := must(h.CountTickets(h.ctx, h.by(who), f, 10))(t)
			if i < len(got) && got[i] != want || i >= len(got) && want != 0 {
				t.Errorf("%s counts %v, of filter %d want %d", who, got, i, want)
			}
		}
	}
}
