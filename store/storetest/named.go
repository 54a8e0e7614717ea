package storetest

import (
	"context"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// testNamed: many things by their names at once, however the names look.
func testNamed(t *testing.T, s *store.Store) {
	odd := &desk.User{Login: `O'Neill "{%_}" \`, Kind: desk.Contact, Addresses: []string{"odd@example.org"}}
	plain := &desk.User{Login: "plain", Kind: desk.Agent}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertUser(ctx, odd); err != nil {
			return err
		}
		return tx.InsertUser(ctx, plain)
	})
	names := []string{`o'neill "{%_}" \`, " ODD@example.org", "PLAIN", "pl%", "", "\x00", "\xff"}
	found := read(t, s, func(ctx context.Context, tx *store.Tx) (map[string]*desk.User, error) {
		return tx.UsersNamed(ctx, names)
	})
	got := map[string]desk.UserID{}
	for name, u := range found {
		got[name] = u.ID
	}
	same(t, "users", got, nil, map[string]desk.UserID{`o'neill "{%_}" \`: odd.ID, "odd@example.org": odd.ID, "plain": plain.ID})
}

// testJoinMany: memberships are added many at once, primary ones replace
// primary ones, and pairs find them again.
func testJoinMany(t *testing.T, s *store.Store) {
	a, b := &desk.Customer{Key: "a"}, &desk.Customer{Key: "b"}
	var users []*desk.User
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []*desk.Customer{a, b} {
			if err := tx.InsertCustomer(ctx, c); err != nil {
				return err
			}
		}
		for _, login := range []string{"x", "y"} {
			u := &desk.User{Login: login, Kind: desk.Contact}
			if err := tx.InsertUser(ctx, u); err != nil {
				return err
			}
			users = append(users, u)
		}
		return nil
	})
	m := func(c *desk.Customer, u *desk.User, primary bool) desk.Membership {
		return desk.Membership{Group: desk.PrincipalID(c.ID), Member: desk.PrincipalID(u.ID), Part: desk.PartMember, Primary: primary, Source: "import"}
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddMemberships(ctx, []desk.Membership{m(a, users[0], true), m(a, users[1], true)})
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddMemberships(ctx, []desk.Membership{m(b, users[0], true), m(b, users[1], false)})
	})
	type pair = [2]desk.PrincipalID
	asked := []pair{{desk.PrincipalID(a.ID), desk.PrincipalID(users[0].ID)}, {desk.PrincipalID(b.ID), desk.PrincipalID(users[0].ID)},
		{desk.PrincipalID(a.ID), desk.PrincipalID(users[1].ID)}, {desk.PrincipalID(users[1].ID), desk.PrincipalID(a.ID)}}
	got := read(t, s, func(ctx context.Context, tx *store.Tx) (map[pair]desk.Membership, error) {
		return tx.MembershipsAmong(ctx, asked)
	})
	same(t, "memberships", got, nil, map[pair]desk.Membership{
		asked[0]: m(a, users[0], false), asked[1]: m(b, users[0], true), asked[2]: m(a, users[1], true),
	})
}

// testAuditMany: lines written at once are chained as if written one by one.
func testAuditMany(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AuditAll(ctx, nil); err != nil {
			return err
		}
		if err := tx.AuditAll(ctx, []desk.AuditEntry{{Action: "one"}, {Action: "two", At: Start}}); err != nil {
			return err
		}
		return tx.Audit(ctx, &desk.AuditEntry{Action: "three"})
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		bad, err := tx.VerifyAudit(ctx)
		same(t, "first bad line", bad, err, int64(0))
		list, _, err := tx.AuditList(ctx, store.AuditFilter{Limit: 9})
		var actions []string
		for _, e := range list {
			actions = append(actions, e.Action)
		}
		same(t, "lines", actions, err, []string{"three", "two", "one"})
		return nil
	})
}
