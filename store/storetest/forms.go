package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// testTicketForms: a form takes the place of the one before, each customer's its own,
// and one that says nothing is none.
func testTicketForms(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	all := desk.TicketForm{Queue: c.support, Intro: "Say which machine.\n\nThank you.", Required: []desk.FieldID{3, 12}}
	own := desk.TicketForm{Queue: c.support, Customer: 77, Closed: true, Hidden: []desk.FieldID{5}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		var err error
		for _, f := range []desk.TicketForm{{Queue: c.support, Intro: "old"}, own, all, {Queue: c.support, Customer: 78, Closed: true}, {Queue: c.support, Customer: 78}} {
			err = errors.Join(err, tx.SetTicketForm(ctx, &f))
		}
		got, err2 := tx.TicketForms(ctx)
		if want := []desk.TicketForm{all, own}; !cmp.Equal(got, want) {
			t.Error(cmp.Diff(want, got))
		}
		return errors.Join(err, err2)
	})
}
