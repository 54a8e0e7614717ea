package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

func testTickets(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	anna, carl, acme := desk.PrincipalID(c.anna), desk.PrincipalID(c.carl), desk.PrincipalID(c.acme)
	k := desk.Ticket{Queue: c.support, Subject: "Fire", Status: desk.StatusOpen, Priority: -3, Sharing: desk.ManagersOnly, Reporter: c.carl, Owner: c.anna,
		Created: Start, Updated: Start.Add(time.Microsecond), Told: Start.Add(time.Hour), FirstReply: Start.Add(2 * time.Hour), LastAsked: Start.Add(3 * time.Hour), UpdatedBy: c.anna, HeardBy: c.carl,
		Holders: []desk.Holder{{Role: desk.CustomerRole, Who: acme}, {Role: desk.Requestor, Who: carl}, {Role: desk.Requestor, Who: carl}}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &k) })
	want := []desk.Holder{{Role: desk.Requestor, Who: carl}, {Role: desk.Owner, Who: anna}, {Role: desk.CustomerRole, Who: acme}}
	if !slices.Equal(k.Holders, want) || k.Version != 1 {
		t.Errorf("got holders %v, version %d; want the owner among them, each once: %v", k.Holders, k.Version, want)
	}
	check := func(why string) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			read, err := tx.Ticket(ctx, k.ID)
			same(t, why+", read", read, err, &k)
			locked, err := tx.LockTicket(ctx, k.ID)
			same(t, why+", locked", locked, err, &k)
			return nil
		})
	}
	check("after opening")
	k.Queue, k.Status, k.Owner, k.Sharing, k.Resolved, k.Reporter = c.sales, desk.StatusResolved, 0, desk.Private, Start.Add(2*time.Hour), 0
	k.UpdatedBy, k.HeardBy = 0, c.anna
	k.Holders = []desk.Holder{{Role: desk.Owner, Who: anna}, {Role: desk.Cc, Who: acme}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
	if want := []desk.Holder{{Role: desk.Cc, Who: acme}}; !slices.Equal(k.Holders, want) || k.Version != 2 {
		t.Errorf("got holders %v, version %d; want no owner: %v", k.Holders, k.Version, want)
	}
	check("after a change")
	other := newTicket(t, s, c, "other")
	k.MergedInto, k.Holders = other.ID, nil
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
	check("after a merge")
	for _, ask := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.Ticket(ctx, 999); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.LockTicket(ctx, 999); return err },
		func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateTicket(ctx, &desk.Ticket{ID: 999, Queue: c.sales})
		},
	} {
		refused(t, s, desk.NotFound, ask)
	}
}

func testStaleTicket(t *testing.T, s *store.Store) {
	k := newTicket(t, s, newCast(t, s), "Fire")
	stale := k
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &k) })
	stale.Subject = "Water"
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateTicket(ctx, &stale) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Ticket(ctx, k.ID)
		if got.Subject != "Fire" || got.Version != 2 {
			t.Errorf("got %v, want what was stored first", got)
		}
		return err
	})
}

// testCounters: what counters tell is what looking finds, after any changes and
// in the middle of them.
func testCounters(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	r := rand.New(rand.NewPCG(7, 11))
	var tickets []desk.Ticket
	check := func(ctx context.Context, tx *store.Tx) {
		for _, activity := range []store.Activity{store.Any, store.OnlyActive, store.OnlyInactive} {
			checkCounter(ctx, t, tx, activity, tickets)
		}
	}
	for range 40 {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			k := desk.Ticket{Queue: pick(r, []desk.QueueID{c.support, c.sales}), Status: pick(r, desk.Statuses())}
			if err := tx.InsertTicket(ctx, &k); err != nil {
				return err
			}
			tickets = append(tickets, k)
			changed := &tickets[r.IntN(len(tickets))]
			changed.Queue, changed.Status, changed.MergedInto = pick(r, []desk.QueueID{c.support, c.sales}), pick(r, desk.Statuses()), 0
			changed.MergedInto = pick(r, []desk.TicketID{0, 0, 0, tickets[0].ID})
			if err := tx.UpdateTicket(ctx, changed); err != nil {
				return err
			}
			check(ctx, tx)
			return nil
		})
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error { check(ctx, tx); return nil })
}

// checkCounter compares the counters of the first ticket's queue with its
// tickets. What an agent sees as a whole is counted by its counters alone.
func checkCounter(ctx context.Context, t *testing.T, tx *store.Tx, a store.Activity, tickets []desk.Ticket) {
	want, queue := 0, tickets[0].Queue
	for _, k := range tickets {
		if k.Queue == queue && k.Findable() && (a == store.Any || k.Status.Active() == (a == store.OnlyActive)) {
			want++
		}
	}
	scope := &desk.Scope{Queues: []desk.QueueReach{{Queue: queue, Reach: desk.Reach{All: true}}}}
	got, err := tx.CountTickets(ctx, scope, store.TicketFilter{Activity: a}, 0)
	same(t, fmt.Sprintf("queue %d, activity %d", queue, a), got, err, want)
}

func testMessages(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	other := newTicket(t, s, c, "Water")
	big := make([]byte, 200_000)
	reply := desk.Message{Ticket: k.ID, Kind: desk.Reply, Author: c.carl, At: Start, Subject: "Re: Fire", Text: "Water!", HTML: "<b>Water</b>",
		LetterID: "1@example.org", Spool: 7, Via: desk.ViaMail, Attachments: []desk.Attachment{
			{Name: "empty", Type: "text/plain"},
			{Name: "big.bin", Type: "application/x-big", ContentID: "cid", Inline: true, Data: big},
		}}
	comment := desk.Message{Ticket: k.ID, Kind: desk.Comment, At: Start, Text: "He pays late", Via: desk.ViaWeb}
	elsewhere := desk.Message{Ticket: other.ID, Kind: desk.Reply, At: Start, Attachments: []desk.Attachment{{Name: "again", Data: big}}}
	for _, m := range []*desk.Message{&reply, &comment, &elsewhere} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertMessage(ctx, m) })
	}
	stored := func(m desk.Message) desk.Message {
		m.Attachments = slices.Clone(m.Attachments)
		for i := range m.Attachments {
			m.Attachments[i].Data = nil
		}
		return m
	}
	for _, tt := range []struct {
		why      string
		comments bool
		after    desk.MessageID
		limit    int
		want     []desk.Message
	}{
		{"for those who read comments", true, 0, 0, []desk.Message{stored(reply), stored(comment)}},
		{"for those who do not", false, 0, 0, []desk.Message{stored(reply)}},
		{"after the first one", true, reply.ID, 0, []desk.Message{stored(comment)}},
		{"the first one", true, 0, 1, []desk.Message{stored(reply)}},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Messages(ctx, k.ID, tt.comments, tt.after, tt.limit)
			if !cmp.Equal(got, tt.want) {
				t.Errorf("%s (-got +want):\n%s", tt.why, cmp.Diff(got, tt.want))
			}
			return err
		})
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got, err := tx.Message(ctx, comment.ID); err != nil || !cmp.Equal(*got, comment) {
			t.Errorf("got %v (%v), want %v", got, err, comment)
		}
		for _, want := range reply.Attachments {
			got, err := tx.Attachment(ctx, want.ID)
			if err != nil || got.Ticket != k.ID || got.Message != reply.ID || got.Size != int64(len(want.Data)) || !slices.Equal(got.Data, want.Data) {
				t.Errorf("attachment %s: got %d bytes of %d (%v), want %d", want.Name, len(got.Data), got.Size, err, len(want.Data))
			}
		}
		return nil
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Message(ctx, 999); return err })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Attachment(ctx, 999); return err })
}

func testHistory(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Fire")
	other := newTicket(t, s, c, "Water")
	first := desk.Event{Ticket: k.ID, Kind: desk.EventStatus, By: c.anna, Via: desk.ViaWeb, At: Start, Data: map[string]string{"from": "new", "to": "\x00ö"}}
	second := desk.Event{Ticket: k.ID, Kind: desk.EventCreated, Via: desk.ViaJob, At: Start}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, e := range []*desk.Event{&first, {Ticket: other.ID, Kind: desk.EventCreated}, &second} {
			if err := tx.InsertEvent(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		for after, want := range map[desk.EventID][]desk.Event{0: {first, second}, first.ID: {second}} {
			if got, err := tx.Events(ctx, k.ID, after, 0); err != nil || !cmp.Equal(got, want) {
				t.Errorf("after %d: %v (-got +want):\n%s", after, err, cmp.Diff(got, want))
			}
		}
		if got, err := tx.Event(ctx, second.ID); err != nil || !cmp.Equal(*got, second) {
			t.Errorf("got %v (%v), want %v", got, err, second)
		}
		return nil
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Event(ctx, 999); return err })

	link := store.Link{From: k.ID, Type: "depends-on", To: other.ID}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range 2 { // the second time changes nothing
			if err := tx.AddLink(ctx, link); err != nil {
				return err
			}
			if err := tx.Squelch(ctx, k.ID, c.carl, true); err != nil {
				return err
			}
		}
		for _, id := range []desk.TicketID{k.ID, other.ID} {
			if got, err := tx.Links(ctx, id); err != nil || !cmp.Equal(got, []store.Link{link}) {
				t.Errorf("links of %d: got %v (%v), want %v", id, got, err, link)
			}
		}
		if got, err := tx.Squelched(ctx, k.ID); err != nil || !slices.Equal(got, []desk.UserID{c.carl}) {
			t.Errorf("squelched: got %v (%v), want %v", got, err, c.carl)
		}
		if err := tx.Squelch(ctx, k.ID, c.carl, false); err != nil {
			return err
		}
		if got, err := tx.Squelched(ctx, k.ID); err != nil || len(got) != 0 {
			t.Errorf("squelched: got %v (%v), want nobody", got, err)
		}
		wantWanted(t, ctx, tx, k.ID, c.carl)
		return tx.RemoveLink(ctx, link)
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveLink(ctx, link) })
}

// testMoveContent: messages and history change their ticket, the rest stays.
func testMoveContent(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	a, b := newTicket(t, s, c, "Fire"), newTicket(t, s, c, "Water")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		m := &desk.Message{Ticket: a.ID, Kind: desk.Reply, Text: "kumbala", Attachments: []desk.Attachment{{Name: "a.txt", Data: []byte("a")}}}
		return errors.Join(tx.InsertMessage(ctx, m), tx.InsertEvent(ctx, &desk.Event{Ticket: a.ID, Kind: desk.EventMessage, Message: m.ID}),
			tx.MoveContent(ctx, a.ID, b.ID))
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for id, want := range map[desk.TicketID]int{a.ID: 0, b.ID: 1} {
			messages, err := tx.Messages(ctx, id, true, 0, 10)
			if err != nil || len(messages) != want {
				t.Errorf("ticket %d has %d messages (%v), want %d", id, len(messages), err, want)
			}
			events, err := tx.Events(ctx, id, 0, 10)
			if err != nil || len(events) != want {
				t.Errorf("ticket %d has %d events (%v), want %d", id, len(events), err, want)
			}
		}
		for text, want := range map[string]desk.TicketID{"kumbala": b.ID, "fire": a.ID} {
			list, _, err := tx.Tickets(ctx, &desk.Scope{All: true}, store.TicketFilter{Text: text})
			if err != nil || len(list) != 1 || list[0].ID != want {
				t.Errorf("%s is found on %v (%v), want %d", text, list, err, want)
			}
		}
		return nil
	})
}

func testLetters(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	a, b := newTicket(t, s, c, "Fire"), newTicket(t, s, c, "Water")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.RememberLetter(ctx, "one@x", a.ID, 0), tx.RememberLetter(ctx, "two@x", b.ID, 0),
			tx.RememberLetter(ctx, "both@x", b.ID, 0), tx.RememberLetter(ctx, "both@x", a.ID, 0), tx.RememberLetter(ctx, "both@x", a.ID, 0))
	})
	for _, tt := range []struct {
		why  string
		ids  []string
		want []desk.TicketID
	}{
		{"the nearest letter comes first", []string{"two@x", "unknown@x", "one@x"}, []desk.TicketID{b.ID, a.ID}},
		{"each ticket once", []string{"one@x", "both@x"}, []desk.TicketID{a.ID, b.ID}},
		{"ids are compared as they are", []string{"ONE@x"}, nil},
		{"no ids", nil, nil},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.TicketsByLetter(ctx, tt.ids)
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: got %v, want %v", tt.why, got, tt.want)
			}
			return err
		})
	}
}

// testSearch: words and beginnings of words are found in subjects, replies and,
// where they may be read, comments.
func testSearch(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	k := newTicket(t, s, c, "Drucker brennt, 2. Stock")
	other := newTicket(t, s, c, "Garden")
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertMessage(ctx, &desk.Message{Ticket: k.ID, Kind: desk.Reply, Text: "Er heißt HP-4000 (naïve@example.org), ’s brennt"}); err != nil {
			return err
		}
		if err := tx.InsertMessage(ctx, &desk.Message{Ticket: k.ID, Kind: desk.Comment, Text: "zahlt nie; \"quoted\" ' \\ & | ! :* <->"}); err != nil {
			return err
		}
		other.Subject = "Vorgarten"
		return tx.UpdateTicket(ctx, &other)
	})
	comments := &desk.Scope{Queues: []desk.QueueReach{{Queue: c.support, Reach: desk.Reach{All: true}}}}
	for _, tt := range []struct {
		why, text string
		comments  *desk.Scope
		want      []desk.TicketID
	}{
		{"a word of the subject", "DRUCKER", nil, []desk.TicketID{k.ID}},
		{"the beginning of a word", "druck", nil, []desk.TicketID{k.ID}},
		{"not its end", "ucker", nil, nil},
		{"only the last word may be unfinished", "druck brennt", nil, nil},
		{"all words in one text", "stock brennt drucker", nil, []desk.TicketID{k.ID}},
		{"not in two texts", "drucker naïve", nil, nil},
		{"parts of an address", "naïve example org", nil, []desk.TicketID{k.ID}},
		{"a number with letters", "hp 4000", nil, []desk.TicketID{k.ID}},
		{"marks are not dropped", "naive", nil, nil},
		{"comments not for everybody", "zahlt", nil, nil},
		{"comments for those who read them", "zahlt", comments, []desk.TicketID{k.ID}},
		{"comments of other queues", "zahlt", &desk.Scope{Queues: []desk.QueueReach{{Queue: c.sales, Reach: desk.Reach{All: true}}}}, nil},
		{"signs of the database's own language", "\"quoted\" & ' \\ :*", comments, []desk.TicketID{k.ID}},
		{"a word that is an operator", "NOT", nil, nil},
		{"an old subject", "garden", nil, nil},
		{"a new subject", "vorgarten", nil, []desk.TicketID{other.ID}},
		{"no words", "!?", nil, nil},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, _, err := tx.Tickets(ctx, everyone(), store.TicketFilter{Text: tt.text, TextComments: tt.comments})
			if !slices.Equal(ids(got), tt.want) {
				t.Errorf("%s: got %v, want %v", tt.why, ids(got), tt.want)
			}
			return err
		})
	}
}

// testBulk: a desk loaded at once is as if it had been made step by step.
func testBulk(t *testing.T, s *store.Store) {
	shared := desk.Shared
	b := store.Bulk{
		Users:       []desk.User{{ID: 201, Login: "anna", Kind: desk.Agent, Addresses: []string{"a@x", "b@x"}, Created: Start}},
		Groups:      []desk.Group{{ID: 202, Name: "Staff"}, {ID: 203, Name: "Own", Personal: 201}},
		Customers:   []desk.Customer{{ID: 204, Key: "acme", Domains: []string{"x"}, AlwaysCc: []desk.PrincipalID{202}}},
		Memberships: []desk.Membership{{Group: 202, Member: 201}},
		Queues:      []desk.Queue{{ID: 9, Name: "Support", Address: "s@x", AccessGroup: 202, Customer: 204, Sharing: &shared}},
		Roles:       []desk.Role{{ID: 20, Name: "Watcher", Queues: []desk.QueueID{9}}},
		Permissions: []desk.Permission{{ID: 300, Name: "own", Agents: desk.RightsOf(desk.SeeQueue)}},
		Grants:      []desk.Grant{{ID: 400, Who: 202, Right: desk.ShowTicket, Place: desk.OnQueue(9)}, {ID: 401, Who: 203, Right: desk.ShowTicket, Place: desk.OnQueue(9), Source: 400, Delegator: 201}},
		Watchers:    []desk.Watcher{{Queue: 9, Role: 20, Who: 202}},
	}
	const many = 250
	var tickets []desk.Ticket
	for i := range many {
		tickets = append(tickets, desk.Ticket{ID: desk.TicketID(1000 + i), Queue: 9, Subject: fmt.Sprintf("matter no%d", i), Status: desk.StatusOpen,
			Reporter: 201, Owner: 201, Holders: []desk.Holder{{Role: 20, Who: 204}}})
	}
	b.Tickets = slices.Values(tickets)
	loaded := 0
	b.Progress = func(n int) { loaded = n }
	if err := s.BulkLoad(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if loaded != many {
		t.Errorf("got progress %d, want %d", loaded, many)
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got, err := tx.UserByAddress(ctx, "b@x"); err != nil || !cmp.Equal(*got, b.Users[0]) {
			t.Errorf("user: got %v (%v)", got, err)
		}
		if got, err := tx.Customer(ctx, 204); err != nil || !cmp.Equal(*got, b.Customers[0]) {
			t.Errorf("customer: got %v (%v)", got, err)
		}
		if got, _, err := tx.QueueByAddress(ctx, "s@x"); err != nil || !cmp.Equal(*got, b.Queues[0]) {
			t.Errorf("queue: got %v (%v)", got, err)
		}
		w, err := tx.World(ctx)
		if err != nil || !cmp.Equal(w.Grants, b.Grants) || !cmp.Equal(w.Watchers, b.Watchers) || !cmp.Equal(w.Memberships, b.Memberships) ||
			!cmp.Equal(w.Roles, b.Roles) || len(w.Groups) != 3 || w.Version != 2 {
			t.Errorf("world: got %+v (%v)", w, err)
		}
		if n, err := tx.CountTickets(ctx, everyone(), store.TicketFilter{}, 0); n != many || err != nil {
			t.Errorf("counted %d (%v), want %d", n, err, many)
		}
		list, _, err := tx.Tickets(ctx, everyone(), store.TicketFilter{Text: "no249"})
		if len(list) != 1 || list[0].Version != 1 || list[0].Owner != 201 || len(list[0].Holders) != 2 {
			t.Errorf("search: got %v (%v)", list, err)
		}
		return err
	})
	t.Run("numbers go on", func(t *testing.T) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			u, k := &desk.User{Login: "next"}, &desk.Ticket{Queue: 9, Status: desk.StatusNew}
			q, g := &desk.Queue{Name: "next"}, &desk.Grant{Who: 201, Right: desk.SeeQueue, Place: desk.OnSystem()}
			err := errors.Join(tx.InsertUser(ctx, u), tx.InsertTicket(ctx, k), tx.InsertQueue(ctx, q), tx.InsertGrant(ctx, g))
			if u.ID <= 204 || k.ID != 1000+many || q.ID <= 9 || g.ID <= 401 {
				t.Errorf("got user %d, ticket %d, queue %d, grant %d; want numbers after the highest", u.ID, k.ID, q.ID, g.ID)
			}
			return err
		})
	})
}
