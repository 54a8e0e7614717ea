package service_test

import (
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// nodes opens two nodes of one desk on PostgreSQL.
func nodes(t *testing.T) (a, b *house) {
	url := pgtest.NewDatabase(t)
	open := func() *house {
		c := &clock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
		st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), URL: url, Now: c.now, Migrate: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { st.Close() })
		return &house{Service: service.New(st, service.Options{Name: "Desk", Domain: "desk.example", Now: c.now}), store: st,
			t: t, ctx: t.Context(), sys: desk.System(desk.ViaCLI), clock: c,
			names: map[string]desk.PrincipalID{}, queue: map[string]desk.QueueID{}}
	}
	return open(), open()
}

func TestWhatOneNodeRevokesTheOtherRefuses(t *testing.T) {
	a, b := nodes(t)
	a.agent("agnes")
	q := a.makeQueue(desk.Queue{Name: "support"})
	id := a.open(service.NewTicket{Queue: q})
	b.names = a.names
	_, err := b.Ticket(b.ctx, b.by("agnes"), id)
	wantKind(t, err, desk.NotFound)
	g := desk.Grant{Who: a.names["agnes"], Right: desk.ShowTicket, Place: desk.OnQueue(q)}
	g.ID = must(a.Grant(a.ctx, a.sys, g))(t)
	must(b.Ticket(b.ctx, b.by("agnes"), id))(t)
	a.ok(a.Revoke(a.ctx, a.sys, g.ID))
	_, err = b.Ticket(b.ctx, b.by("agnes"), id)
	wantKind(t, err, desk.NotFound)
}

// TestNothingIsDecidedByAnOldVersion: a change that began before a revocation
// and would be committed after it is decided anew.
func TestNothingIsDecidedByAnOldVersion(t *testing.T) {
	a, b := nodes(t)
	runs := 0
	var decidedBy int64
	a.ok(a.store.Do(a.ctx, func(tx *store.Tx) error {
		runs++
		var err error
		if decidedBy, err = tx.AccessVersion(a.ctx); err != nil {
			return err
		}
		if runs == 1 {
			return b.store.Do(b.ctx, func(other *store.Tx) error {
				_, err := other.BumpAccess(b.ctx)
				return err
			})
		}
		return nil
	}))
	var newest int64
	a.ok(a.store.View(a.ctx, func(tx *store.Tx) (err error) {
		newest, err = tx.AccessVersion(a.ctx)
		return err
	}))
	if runs != 2 || decidedBy != newest {
		t.Errorf("decided in run %d by version %d, want run 2 by version %d", runs, decidedBy, newest)
	}
}
