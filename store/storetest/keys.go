package storetest

import (
	"context"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// testKeys: of each person, the last that were stored.
func testKeys(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	first := desk.OwnKeys{Off: true}
	second := desk.OwnKeys{Keys: map[string]string{"reply": "ä", "take": "", "mine": "g ,"}}
	for _, want := range []desk.OwnKeys{{}, first, second} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if !want.Off && want.Keys == nil {
				return nil
			}
			return tx.SetOwnKeys(ctx, c.anna, want)
		})
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.OwnKeys(ctx, c.anna)
			same(t, "anna's", got, err, want)
			got, err = tx.OwnKeys(ctx, c.bob)
			same(t, "bob's", got, err, desk.OwnKeys{})
			return nil
		})
	}
}
