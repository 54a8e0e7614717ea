package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

func testViews(t *testing.T, s *store.Store) {
	ann, bob := desk.User{Login: "ann", Name: "Ann", Kind: desk.Agent}, desk.User{Login: "bob", Name: "Bob", Kind: desk.Agent}
	team := desk.Group{Name: "team"}
	views := []desk.View{{Name: "Zoe's 😀", Address: "view=open"}, {Name: "b", Address: "query=a%20b"}, {Name: "A"}, {Name: "gone", Gone: true}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertUser(ctx, &ann); err != nil {
			return err
		}
		if err := tx.InsertUser(ctx, &bob); err != nil {
			return err
		}
		if err := tx.InsertGroup(ctx, &team); err != nil {
			return err
		}
		views[0].Owner, views[1].Group, views[3].Owner = ann.ID, team.ID, ann.ID
		for i := range views {
			if err := tx.InsertView(ctx, &views[i]); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(of desk.UserID) []desk.View {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.View, error) { return tx.Views(ctx, of) })
	}
	if diff := cmp.Diff([]desk.View{views[2], views[1], views[0]}, list(ann.ID)); diff != "" {
		t.Errorf("ann's views (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]desk.View{views[2], views[1]}, list(bob.ID)); diff != "" {
		t.Errorf("bob's views (-want +got):\n%s", diff)
	}
	views[3].Gone, views[3].Name = false, "back"
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateView(ctx, &views[3]) })
	got := read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.View, error) { return tx.View(ctx, views[3].ID) })
	if diff := cmp.Diff(&views[3], got); diff != "" {
		t.Errorf("the view as it was changed (-want +got):\n%s", diff)
	}
	err := s.View(t.Context(), func(tx *store.Tx) error { _, err := tx.View(t.Context(), 99); return err })
	if desk.KindOf(err) != desk.NotFound {
		t.Errorf("a view that is not there gives %v", err)
	}
}

// testViewPlaces: everybody has an order of his own, which is replaced whole; what
// the desk opens with is kept for each of those for whom it is, and can be taken
// back.
func testViewPlaces(t *testing.T, s *store.Store) {
	ann, bob := desk.User{Login: "ann", Name: "Ann", Kind: desk.Agent}, desk.User{Login: "bob", Name: "Bob", Kind: desk.Agent}
	team := desk.Group{Name: "team"}
	anns := []desk.ViewPlace{{View: "recent"}, {View: "17", Hidden: true}, {View: "mine"}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		err := errors.Join(tx.InsertUser(ctx, &ann), tx.InsertUser(ctx, &bob), tx.InsertGroup(ctx, &team))
		return errors.Join(err, tx.SetViewPlaces(ctx, ann.ID, []desk.ViewPlace{{View: "mine"}, {View: "open"}}), tx.SetViewPlaces(ctx, ann.ID, anns),
			tx.SetViewPlaces(ctx, bob.ID, []desk.ViewPlace{{View: "open"}}), tx.SetViewPlaces(ctx, bob.ID, nil),
			tx.SetViewStart(ctx, desk.PrincipalID(ann.ID), "mine"), tx.SetViewStart(ctx, desk.PrincipalID(ann.ID), "17"),
			tx.SetViewStart(ctx, desk.PrincipalID(team.ID), "open"), tx.SetViewStart(ctx, desk.Agents, "recent"),
			tx.SetViewStart(ctx, desk.PrincipalID(bob.ID), "open"), tx.SetViewStart(ctx, desk.PrincipalID(bob.ID), ""))
	})
	for _, tt := range []struct {
		of   desk.UserID
		want []desk.ViewPlace
	}{{ann.ID, anns}, {bob.ID, nil}} {
		got := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.ViewPlace, error) { return tx.ViewPlaces(ctx, tt.of) })
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("the order of user %d (-want +got):\n%s", tt.of, diff)
		}
	}
	starts := func(who ...desk.PrincipalID) map[desk.PrincipalID]desk.ViewKey {
		return read(t, s, func(ctx context.Context, tx *store.Tx) (map[desk.PrincipalID]desk.ViewKey, error) {
			return tx.ViewStarts(ctx, who)
		})
	}
	want := map[desk.PrincipalID]desk.ViewKey{desk.PrincipalID(ann.ID): "17", desk.PrincipalID(team.ID): "open", desk.Agents: "recent"}
	if diff := cmp.Diff(want, starts(desk.PrincipalID(ann.ID), desk.PrincipalID(bob.ID), desk.PrincipalID(team.ID), desk.Agents, 99)); diff != "" {
		t.Errorf("what the desk opens with (-want +got):\n%s", diff)
	}
	if got := starts(desk.PrincipalID(bob.ID)); len(got) != 0 {
		t.Errorf("bob took his choice back, and has %v", got)
	}
}
