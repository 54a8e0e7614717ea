package storetest

import (
	"context"
	"testing"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// testMatching: people and customers are found by their names, whole or by
// patterns, in any case, disabled or not, each once and by number.
func testMatching(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	var erik desk.UserID
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		u := &desk.User{Login: "Erik_1", Name: "Érik Ünal", Kind: desk.Contact, Disabled: true,
			Addresses: []string{"erik@example.org", "erik@home.example"}}
		err := tx.InsertUser(ctx, u)
		erik = u.ID
		return err
	})
	like := func(value string) []string { return []string{query.Pattern(query.Like, value)} }
	for _, tt := range []struct {
		why       string
		customers bool
		m         store.Match
		want      []desk.PrincipalID
	}{
		{"a login in any case", false, store.Match{By: "login", Equal: []string{"ANNA"}}, of(c.anna)},
		{"several, and one that is not there", false, store.Match{By: "login", Equal: []string{"bob", "nobody", "anna"}}, of(c.anna, c.bob)},
		{"a login is no name", false, store.Match{By: "name", Equal: []string{"anna"}}, of[desk.UserID]()},
		{"a name in any case", false, store.Match{By: "name", Equal: []string{"érik ünal"}}, of(erik)},
		{"part of a name", false, store.Match{By: "name", Patterns: like("ÜNA")}, of(erik)},
		{"a second address", false, store.Match{By: "address", Equal: []string{"Erik@Home.example"}}, of(erik)},
		{"two addresses are one user", false, store.Match{By: "address", Patterns: like("erik@")}, of(erik)},
		{"part of an address", false, store.Match{By: "address", Patterns: like("@example.org")}, of(c.anna, c.bob, c.carl, c.dora, erik)},
		{"of one kind only", false, store.Match{By: "address", Patterns: like("@example.org"), Kind: desk.Agent}, of(c.anna, c.bob)},
		{"a sign of patterns is itself", false, store.Match{By: "login", Patterns: like("k_1")}, of(erik)},
		{"and stands for nothing else", false, store.Match{By: "login", Patterns: like("a_n")}, of[desk.UserID]()},
		{"neither names nor patterns", false, store.Match{By: "login"}, of[desk.UserID]()},
		{"everybody", false, store.Match{}, of(c.anna, c.bob, c.carl, c.dora, erik)},
		{"a customer's key", true, store.Match{By: "key", Equal: []string{"ACME"}}, of(c.acme)},
		{"part of a customer's name", true, store.Match{By: "name", Patterns: like("ltd")}, of(c.acme)},
		{"all customers", true, store.Match{By: "key", Patterns: []string{"%"}}, of(c.acme, c.globex)},
		{"a customer that is not there", true, store.Match{By: "key", Equal: []string{"anna"}}, of[desk.UserID]()},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			find := tx.MatchingUsers
			if tt.customers {
				find = tx.MatchingCustomers
			}
			got, err := find(ctx, tt.m)
			same(t, tt.why, got, err, tt.want)
			return nil
		})
	}
}

// of lists principals whatever they are; never nil.
func of[T ~int64](ids ...T) []desk.PrincipalID {
	list := []desk.PrincipalID{}
	for _, id := range ids {
		list = append(list, desk.PrincipalID(id))
	}
	return list
}
