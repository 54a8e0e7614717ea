package store_test

import (
	"context"
	"fmt"
	"testing"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// lookedUp is how many tickets there are in TestListsAreLookedUp.
const lookedUp = 20000

// TestListsAreLookedUp: for a page of a list PostgreSQL never reads all tickets
// or all who stand on them, whatever the list is of. It reckons with limits that
// it does not know.
func TestListsAreLookedUp(t *testing.T) {
	s := postgresOpener(t)(t)
	everyone, agent := &desk.Scope{All: true}, &desk.Scope{User: 100, RolesElsewhere: desk.RolesOf(desk.Requestor),
		Queues: []desk.QueueReach{{Queue: 2, Reach: desk.Reach{All: true}}}, Principals: []desk.PrincipalReach{{Who: 101, Reach: desk.Reach{All: true}}}}
	if err := s.BulkLoad(t.Context(), manyTickets()); err != nil {
		t.Fatal(err)
	}
	stands := query.Test{What: query.Stands, Who: []desk.PrincipalID{102}, Roles: []query.RoleOn{{Role: desk.Requestor}}}
	reported := query.Test{What: query.In, Column: query.Reporter, Numbers: []int64{102}}
	inQueue := query.Test{What: query.In, Column: query.Queue, Numbers: []int64{1}}
	s.DB().SetMaxOpenConns(1) // so that its figures are those of this connection
	before := readInAll(t, s)
	for _, tt := range []struct {
		why    string
		scope  *desk.Scope
		filter store.TicketFilter
		by     store.Sort
	}{
		{"all tickets", everyone, store.TicketFilter{}, store.Sort{}},
		{"the active ones", everyone, store.TicketFilter{Activity: store.OnlyActive}, store.Sort{}},
		{"those of an agent", agent, store.TicketFilter{}, store.Sort{}},
		{"on which somebody stands, or which he reported", everyone, store.TicketFilter{Test: &query.Test{What: query.One, Tests: []query.Test{stands, reported}}}, store.Sort{}},
		{"a queue's by subject, by a query", everyone, store.TicketFilter{Test: &inQueue}, store.Sort{By: "subject"}},
		{"a queue's by priority", everyone, store.TicketFilter{Queues: []desk.QueueID{2}}, store.Sort{By: "priority", Down: true}},
		{"by owner", everyone, store.TicketFilter{}, store.Sort{By: "owner", Down: true}},
		{"an agent's by queue", agent, store.TicketFilter{}, store.Sort{By: "queue"}},
	} {
		if err := s.View(t.Context(), func(tx *store.Tx) error { return readPage(t.Context(), tx, tt.scope, tt.filter, tt.by) }); err != nil {
			t.Fatal(tt.why, err)
		}
		after := readInAll(t, s)
		if after-before >= lookedUp {
			t.Errorf("%s: %d rows were read one after the other", tt.why, after-before)
		}
		before = after
	}
}

// readPage reads a page of a list, and fails where it is not full.
func readPage(ctx context.Context, tx *store.Tx, s *desk.Scope, f store.TicketFilter, by store.Sort) (err error) {
	var list []desk.Ticket
	if by.By == "" {
		list, _, err = tx.Tickets(ctx, s, f)
	} else {
		list, _, _, err = tx.SortedTickets(ctx, s, f, by)
	}
	if err == nil && len(list) == 0 {
		err = desk.Errorf(desk.Internal, "The page is empty.")
	}
	return err
}

// readInAll is how many rows of tickets and of who stands on them were read one
// after the other since the database was made.
func readInAll(t *testing.T, s *store.Store) (rows int) {
	t.Helper()
	if _, err := s.DB().ExecContext(t.Context(), `SELECT pg_stat_force_next_flush()`); err != nil {
		t.Fatal(err)
	}
	err := s.DB().QueryRowContext(t.Context(), `SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname IN ('ticket', 'holder')`).Scan(&rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// manyTickets are those of one large queue and of many small ones, one of ten
// still to be done.
func manyTickets() store.Bulk {
	var b store.Bulk
	for id := range desk.QueueID(100) {
		b.Queues = append(b.Queues, desk.Queue{ID: id + 1, Name: fmt.Sprintf("queue %d", id)})
	}
	for id := range 3 {
		b.Users = append(b.Users, desk.User{ID: desk.UserID(100 + id), Login: string(rune('a' + id)), Kind: desk.Agent})
	}
	b.Tickets = func(yield func(desk.Ticket) bool) {
		for i := range lookedUp {
			k := desk.Ticket{ID: desk.TicketID(i + 1), Queue: 1, Status: desk.StatusResolved, Subject: string(rune('a'+i%26)) + " printer", Priority: i % 100, Reporter: 102}
			switch {
			case i%100 == 1:
				k.Queue, k.Owner = 2, 101
			case i%2 == 0:
				k.Queue = desk.QueueID(3 + i/2%98)
			}
			if i%10 == 0 {
				k.Status = desk.StatusOpen
			}
			k.Holders = []desk.Holder{{Role: desk.Requestor, Who: desk.PrincipalID(101 + min(i%100, 1))}}
			if !yield(k) {
				return
			}
		}
	}
	return b
}
