package bench

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// The names that the desk goes by.
const (
	deskName = "Bench"
	domain   = "desk.example"
)

// opened is when the first ticket was opened; one follows each minute.
var opened = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// Fill puts the desk of a size into an empty store, as Run and Serve do: users
// are called agent0, agent1, … and contact0, contact1, …. The error is of kind
// Invalid for an unknown size.
func Fill(ctx context.Context, st *store.Store, size string, seed uint64) error {
	world, tickets, err := World(size, seed)
	if err != nil {
		return err
	}
	r := &run{Options: Options{Progress: func(string, int, int) {}}, world: world, tickets: tickets}
	return st.BulkLoad(ctx, r.bulk())
}

// bulk is the world with the names that people would have given.
func (r *run) bulk() store.Bulk {
	b := store.Bulk{Watchers: r.world.Watchers, Grants: r.world.Grants, Tickets: r.everyTicket(),
		Progress: func(done int) { r.Progress("filling the desk", done, r.tickets.Len()) }}
	counts := r.tickets.counts
	for i, u := range r.world.Users {
		b.Users = append(b.Users, counts.user(i, u))
	}
	for _, g := range r.world.Groups {
		if g.Customer {
			n := int(g.ID - counts.customer(0))
			b.Customers = append(b.Customers, desk.Customer{ID: desk.CustomerID(g.ID), Key: fmt.Sprintf("C%04d", n), Name: fmt.Sprintf("Customer %d", n), Disabled: g.Disabled})
			continue
		}
		b.Groups = append(b.Groups, desk.Group{ID: desk.GroupID(g.ID), Name: fmt.Sprintf("group %d", g.ID-counts.group(0)), Disabled: g.Disabled})
	}
	for _, q := range r.world.Queues {
		b.Queues = append(b.Queues, desk.Queue{ID: q.ID, Name: fmt.Sprintf("Queue %d", q.ID), AccessGroup: q.AccessGroup, Address: queueAddress(q.ID)})
	}
	for _, m := range r.world.Memberships {
		m.Primary = r.tickets.primaryOf(m.Member) == m.Group
		b.Memberships = append(b.Memberships, m)
	}
	return b
}

func queueAddress(id desk.QueueID) string { return fmt.Sprintf("queue%d@%s", id, domain) }

func (c Counts) user(i int, u desk.WorldUser) desk.User {
	name, at := "agent", domain
	if u.Kind == desk.Contact {
		name, i, at = "contact", i-c.Agents, "customers.example"
	}
	return desk.User{ID: u.ID, Login: fmt.Sprintf("%s%d", name, i), Name: fmt.Sprintf("%s %d", strings.ToUpper(name[:1])+name[1:], i), Kind: u.Kind,
		Disabled: u.Disabled, Addresses: []string{fmt.Sprintf("%s%d@%s", name, i, at)}, Created: opened}
}

// primaryOf returns the primary customer of a contact, or zero.
func (ts *Tickets) primaryOf(who desk.PrincipalID) desk.PrincipalID {
	i := int(who - ts.counts.contact(0))
	if i < 0 || i >= len(ts.primary) {
		return 0
	}
	return ts.primary[i]
}

func (r *run) everyTicket() iter.Seq[desk.Ticket] {
	return func(yield func(desk.Ticket) bool) {
		for i := range r.tickets.Len() {
			if !yield(r.tickets.full(i)) {
				return
			}
		}
	}
}

// full is ticket number i+1 with all that a ticket has.
func (ts *Tickets) full(i int) desk.Ticket {
	k := ts.At(i)
	random := rand.New(rand.NewPCG(ts.seed, 2<<32|uint64(i)))
	at := opened.Add(time.Duration(i) * time.Minute)
	t := desk.Ticket{ID: k.ID, Queue: k.Queue, Sharing: k.Sharing, Reporter: k.Reporter, Holders: k.Holders,
		Subject: sentence(random, 3+random.IntN(5)), Status: desk.StatusResolved, Priority: random.IntN(100), Created: at, Updated: at}
	if who := t.In(desk.Owner); len(who) > 0 {
		t.Owner = desk.UserID(who[0])
	}
	switch {
	case k.Active:
		t.Status = []desk.Status{desk.StatusNew, desk.StatusOpen, desk.StatusStalled}[random.IntN(3)]
	case random.IntN(10) == 0:
		t.Status = desk.StatusRejected
	default:
		t.Resolved = at.Add(time.Hour)
	}
	return t
}

const vocabulary = `printer invoice password login mail server backup slow broken screen keyboard order delivery missing wrong
update version crash report export import user account access denied network cable meeting room phone contract renewal question
about error page form field customer ticket queue letter attachment picture scan copy toner paper desk chair lamp window door`

// sentence makes a text of so many words.
func sentence(random *rand.Rand, words int) string {
	all := strings.Fields(vocabulary)
	text := make([]string, words)
	for i := range text {
		text[i] = all[random.IntN(len(all))]
	}
	return strings.Join(text, " ")
}
