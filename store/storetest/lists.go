package storetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/store"
)

// RunLists tests lists of tickets only. Package store runs it once more for each
// way in which lists can be made.
func RunLists(t *testing.T, open func(testing.TB) *store.Store) {
	t.Run("lists", func(t *testing.T) {
		h := newHall(t, open(t))
		t.Run("refused without scope", h.testNoScope)
		t.Run("match scope and filter", h.testLists)
		t.Run("are sorted", h.testOrders)
		t.Run("are sorted by a field", h.testOrdersByField)
		t.Run("are sorted across queues", h.testSortedElsewhere)
		t.Run("mean what queries mean", h.testQueries)
		t.Run("by owner, with a query for owners", h.testOwnerTwice)
		t.Run("that ask twice for the same", h.testAskedTwice)
		t.Run("hold each ticket once", h.testOnce)
		t.Run("are read ahead", h.testAhead)
		t.Run("stop at a limit", h.testLimits)
		t.Run("gained by a change", h.testGained)
		t.Run("open tickets of customers", h.testOpenOf)
		t.Run("are counted from memory", h.testLedger)
	})
}

// A hall is a store with many tickets of every sort, and the same tickets in
// memory, newest first.
type hall struct {
	s          *store.Store
	queues     []desk.QueueID
	users      []desk.UserID
	principals []desk.PrincipalID // users, groups and customers
	customers  []desk.PrincipalID
	tickets    []desk.Ticket
	texts      map[desk.TicketID][]text
	links      []store.Link
	fields     [2]desk.Field
	values     map[desk.TicketID]map[desk.FieldID][]desk.FieldValue
}

// A text is what can be found of a ticket: its subject or a message.
type text struct {
	words   string
	comment bool
	message bool
}

// roles in which principals stand in the hall; 9 and 63 are the desk's own.
var hallRoles = []desk.RoleID{desk.Requestor, desk.Cc, desk.AdminCc, desk.Owner, desk.CustomerRole, 8, desk.LastRole}

var vocabulary = []string{"printer", "print", "prinz", "fire", "Über", "naïve", "42", "o'neil"}

const hallTickets = 240

func newHall(t *testing.T, s *store.Store) *hall {
	h := &hall{s: s, texts: map[desk.TicketID][]text{}}
	r := rand.New(rand.NewPCG(1, 2))
	bulk := h.people()
	if err := s.BulkLoad(t.Context(), bulk); err != nil {
		t.Fatal(err)
	}
	for range hallTickets {
		h.tickets = append(h.tickets, h.randomTicket(r))
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range h.tickets {
			if err := h.insert(ctx, tx, r, &h.tickets[i]); err != nil {
				return err
			}
		}
		if err := h.value(ctx, tx, r); err != nil {
			return err
		}
		return h.link(ctx, tx, r)
	})
	for range hallTickets / 2 {
		h.change(t, r)
	}
	slices.Reverse(h.tickets)
	return h
}

func (h *hall) people() store.Bulk {
	var b store.Bulk
	next := int64(desk.FirstPrincipal)
	for i := range 4 {
		h.users = append(h.users, desk.UserID(next))
		h.principals = append(h.principals, desk.PrincipalID(next))
		b.Users = append(b.Users, desk.User{ID: desk.UserID(next), Login: numbered("user", i), Kind: desk.Contact, Name: []string{"", kim}[i%2]})
		next++
	}
	for i := range 2 {
		h.principals = append(h.principals, desk.PrincipalID(next))
		b.Groups = append(b.Groups, desk.Group{ID: desk.GroupID(next), Name: numbered("group", i)})
		next++
	}
	for i := range 3 {
		h.principals = append(h.principals, desk.PrincipalID(next))
		h.customers = append(h.customers, desk.PrincipalID(next))
		b.Customers = append(b.Customers, desk.Customer{ID: desk.CustomerID(next), Key: numbered("customer", i)})
		next++
	}
	for i := range 5 {
		h.queues = append(h.queues, desk.QueueID(i+1))
		b.Queues = append(b.Queues, desk.Queue{ID: desk.QueueID(i + 1), Name: numbered("queue", i)})
	}
	b.Roles = []desk.Role{{ID: 8, Name: "Watcher"}, {ID: desk.LastRole, Name: "Last"}}
	return b
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// randomTicket is one of every sort; the first queue has most of them.
func (h *hall) randomTicket(r *rand.Rand) desk.Ticket {
	k := desk.Ticket{Queue: h.queues[min(r.IntN(len(h.queues)), r.IntN(len(h.queues)))], Status: pick(r, desk.Statuses()),
		Sharing: desk.Sharing(r.IntN(3)), Subject: pick(r, vocabulary) + " " + pick(r, vocabulary)}
	if r.IntN(4) > 0 {
		k.Reporter = pick(r, h.users)
	}
	if r.IntN(3) == 0 {
		k.Owner = pick(r, h.users)
	}
	k.UpdatedBy, k.HeardBy = pick(r, append([]desk.UserID{0}, h.users...)), pick(r, append([]desk.UserID{0}, h.users...))
	k.Priority, k.TimeWorked = r.IntN(4), r.IntN(4)
	for _, at := range []*time.Time{&k.Created, &k.Due, &k.Updated, &k.Heard, &k.Starts, &k.Told, &k.Resolved} {
		if n := r.Int64N(4); n > 0 {
			*at = time.UnixMicro(n).UTC()
		}
	}
	for range r.IntN(4) {
		k.Holders = append(k.Holders, desk.Holder{Role: pick(r, hallRoles), Who: pick(r, h.principals)})
	}
	if r.IntN(2) == 0 {
		k.Holders = append(k.Holders, desk.Holder{Role: desk.CustomerRole, Who: pick(r, h.customers)})
	}
	return k
}

func (h *hall) insert(ctx context.Context, tx *store.Tx, r *rand.Rand, k *desk.Ticket) error {
	if err := tx.InsertTicket(ctx, k); err != nil {
		return err
	}
	h.texts[k.ID] = []text{{words: k.Subject}}
	for range r.IntN(3) {
		m := &desk.Message{Ticket: k.ID, Kind: pick(r, []desk.MessageKind{desk.Reply, desk.Comment}), Text: pick(r, vocabulary) + "\n" + pick(r, vocabulary)}
		if err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		h.texts[k.ID] = append(h.texts[k.ID], text{words: m.Text, comment: m.Kind == desk.Comment, message: true})
	}
	return nil
}

// change makes another ticket of one, or merges it into another one.
func (h *hall) change(t *testing.T, r *rand.Rand) {
	k := &h.tickets[r.IntN(len(h.tickets))]
	changed := h.randomTicket(r)
	changed.ID, changed.Version = k.ID, k.Version
	switch r.IntN(3) {
	case 0: // what stands on it stays
		changed.Holders, changed.Owner = k.Holders, k.Owner
	case 1: // only its sharing changes
		sharing := changed.Sharing
		changed = *k
		changed.Sharing = sharing
	}
	if r.IntN(5) == 0 && k.ID != h.tickets[0].ID {
		changed.MergedInto = h.tickets[0].ID
	}
	do(t, h.s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &changed) })
	*k = changed
	h.texts[k.ID][0].words = k.Subject
}

func (h *hall) testNoScope(t *testing.T) {
	for _, f := range []store.TicketFilter{{}, {IDs: []desk.TicketID{1}}} {
		refused(t, h.s, desk.Internal, func(ctx context.Context, tx *store.Tx) error {
			_, _, err := tx.Tickets(ctx, nil, f)
			return err
		})
		refused(t, h.s, desk.Internal, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.CountTickets(ctx, nil, f, 10)
			return err
		})
	}
}

// testLists: what is listed is what the scope covers and the filter asks for,
// on pages read in either direction, and as many as are counted.
func (h *hall) testLists(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scope := h.drawScope(rt)
		filter := h.drawFilter(rt)
		want := h.listed(scope, filter)
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			if diff := difference(h.pages(ctx, rt, tx, scope, filter), want); diff != "" {
				rt.Errorf("pages joined differ from the list (-got +want):\n%s", diff)
			}
			if diff := difference(h.pagesBack(ctx, rt, tx, scope, filter), want); diff != "" {
				rt.Errorf("pages joined from the end differ from the list (-got +want):\n%s", diff)
			}
			all, errAll := tx.CountTickets(ctx, scope, filter, 0)
			three, errThree := tx.CountTickets(ctx, scope, filter, 3)
			exact, errExact := tx.CountTickets(ctx, scope, filter, max(len(want), 1))
			if n := len(want); all != n || three != min(n, 4) || exact != n {
				rt.Errorf("counted %d, up to three %d, up to as many as there are %d; want %d", all, three, exact, n)
			}
			return errors.Join(errAll, errThree, errExact)
		})
	})
}

// difference says which tickets differ; if none, in what they do.
func difference(got, want []desk.Ticket) string {
	if diff := cmp.Diff(ids(got), ids(want)); diff != "" {
		return diff
	}
	return cmp.Diff(got, want)
}

func ids(list []desk.Ticket) []desk.TicketID {
	var numbers []desk.TicketID
	for _, k := range list {
		numbers = append(numbers, k.ID)
	}
	return numbers
}

// pages joins the pages of a list, from the newest ticket on.
func (h *hall) pages(ctx context.Context, rt *rapid.T, tx *store.Tx, s *desk.Scope, f store.TicketFilter) []desk.Ticket {
	var all []desk.Ticket
	f.Limit = rapid.IntRange(1, 30).Draw(rt, "page")
	for {
		list, more, err := tx.Tickets(ctx, s, f)
		if err != nil {
			rt.Fatal(err)
		}
		all = append(all, list...)
		if !more {
			return all
		}
		f.Before = list[len(list)-1].ID
	}
}

// pagesBack joins the pages of a list, from the oldest ticket on.
func (h *hall) pagesBack(ctx context.Context, rt *rapid.T, tx *store.Tx, s *desk.Scope, f store.TicketFilter) []desk.Ticket {
	var all []desk.Ticket
	f.Limit = rapid.IntRange(1, 30).Draw(rt, "page back")
	for f.After = -1; ; {
		list, more, err := tx.Tickets(ctx, s, f)
		if err != nil {
			rt.Fatal(err)
		}
		all = slices.Concat(list, all)
		if !more {
			return all
		}
		f.After = list[0].ID
	}
}

// listed is the list by its definition.
func (h *hall) listed(s *desk.Scope, f store.TicketFilter) []desk.Ticket {
	var list []desk.Ticket
	for _, k := range h.tickets {
		if k.Findable() && s.Covers(k.Facts()) && h.matches(&k, f) {
			list = append(list, k)
		}
	}
	return list
}

func (h *hall) matches(k *desk.Ticket, f store.TicketFilter) bool {
	stands := func(who desk.PrincipalID, roles desk.RoleSet) bool { return k.Facts().Stands(who, roles) }
	any := ^desk.RoleSet(0)
	return (f.Activity == store.Any || k.Status.Active() == (f.Activity == store.OnlyActive)) &&
		(f.Queues == nil || slices.Contains(f.Queues, k.Queue)) &&
		(f.Statuses == nil || slices.Contains(f.Statuses, k.Status)) &&
		(f.Owner == nil || *f.Owner == k.Owner) &&
		(f.Reporter == 0 || f.Reporter == k.Reporter) &&
		(f.Requestor == 0 || stands(f.Requestor, desk.RolesOf(desk.Requestor))) &&
		(f.Customers == nil || slices.ContainsFunc(f.Customers, func(c desk.CustomerID) bool {
			return stands(desk.PrincipalID(c), desk.RolesOf(desk.CustomerRole))
		})) &&
		(f.Standing == nil || slices.ContainsFunc(f.Standing, func(p desk.PrincipalID) bool { return stands(p, any) })) &&
		(f.IDs == nil || slices.Contains(f.IDs, k.ID)) &&
		(f.Text == "" || h.found(k, f))
}

// found: all words are in one text of the ticket that may be searched.
func (h *hall) found(k *desk.Ticket, f store.TicketFilter) bool {
	asked := strings.FieldsFunc(desk.Fold(f.Text), func(r rune) bool { return r == ' ' || r == '\'' })
	return len(asked) > 0 && slices.ContainsFunc(h.texts[k.ID], func(x text) bool {
		if x.comment && (f.TextComments == nil || !f.TextComments.Covers(k.Facts())) {
			return false
		}
		words := strings.FieldsFunc(desk.Fold(x.words), func(r rune) bool { return r == ' ' || r == '\n' || r == '\'' })
		for i, word := range asked {
			last := i == len(asked)-1
			if !slices.ContainsFunc(words, func(w string) bool { return w == word || last && strings.HasPrefix(w, word) }) {
				return false
			}
		}
		return true
	})
}

// testOnce: a ticket on which all sorts of principals stand is one ticket.
func (h *hall) testOnce(t *testing.T) {
	k := desk.Ticket{Queue: h.queues[4], Status: desk.StatusOpen, Subject: "crowd"}
	scope := &desk.Scope{RolesElsewhere: ^desk.RoleSet(0)}
	filters := []store.TicketFilter{{}, {Standing: h.principals}, {}}
	for _, p := range h.principals {
		k.Holders = append(k.Holders, desk.Holder{Role: desk.Cc, Who: p}, desk.Holder{Role: desk.CustomerRole, Who: p})
		scope.Principals = append(scope.Principals, desk.PrincipalReach{Who: p, Reach: desk.Reach{All: true}})
	}
	for _, c := range h.customers {
		filters[2].Customers = append(filters[2].Customers, desk.CustomerID(c))
	}
	do(t, h.s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &k) })
	h.tickets = slices.Insert(h.tickets, 0, k)
	h.texts[k.ID] = []text{{words: k.Subject}}
	for _, f := range filters {
		f.Activity, f.Limit = store.OnlyActive, 1000
		want := h.listed(scope, f)
		view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
			got, _, err := tx.Tickets(ctx, scope, f)
			same(t, "list", ids(got), err, ids(want))
			n, err := tx.CountTickets(ctx, scope, f, 0)
			same(t, "count", n, err, len(want))
			return nil
		})
	}
}

// testLimits: a page without a limit is a page of 50, and ends there.
func (h *hall) testLimits(t *testing.T) {
	all := h.listed(everyone(), store.TicketFilter{})
	view(t, h.s, func(ctx context.Context, tx *store.Tx) error {
		got, more, err := tx.Tickets(ctx, everyone(), store.TicketFilter{})
		if !cmp.Equal(got, all[:50]) || !more {
			t.Errorf("got %d tickets, more %v; want the newest 50 of %d", len(got), more, len(all))
		}
		return err
	})
}
