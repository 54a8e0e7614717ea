package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

func testUsers(t *testing.T, s *store.Store) {
	u := &desk.User{Login: "Ève", Name: "Ève Noël", Kind: desk.Agent, Disabled: true, Addresses: []string{"eve@example.org", "Noel@example.org"},
		Language: "de", Zone: "Europe/Berlin", OnlyPrimary: true, Created: Start.Add(-time.Hour).Truncate(time.Microsecond)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertUser(ctx, u) })
	for name, find := range map[string]func(context.Context, *store.Tx) (*desk.User, error){
		"id":    func(ctx context.Context, tx *store.Tx) (*desk.User, error) { return tx.User(ctx, u.ID) },
		"login": func(ctx context.Context, tx *store.Tx) (*desk.User, error) { return tx.UserByLogin(ctx, "ÈVE") },
		"second address": func(ctx context.Context, tx *store.Tx) (*desk.User, error) {
			return tx.UserByAddress(ctx, "noel@EXAMPLE.org")
		},
		"login as name": func(ctx context.Context, tx *store.Tx) (*desk.User, error) { return tx.UserByName(ctx, " ève ") },
		"address as name": func(ctx context.Context, tx *store.Tx) (*desk.User, error) {
			return tx.UserByName(ctx, "eve@example.org")
		},
	} {
		same(t, name, read(t, s, find), nil, u)
	}
	for _, ask := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.User(ctx, 999); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.UserByName(ctx, ""); return err },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.PasswordHash(ctx, 999); return err },
		func(ctx context.Context, tx *store.Tx) error { return tx.SetPasswordHash(ctx, 999, "x") },
		func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateUser(ctx, &desk.User{ID: 999, Login: "x"})
		},
	} {
		refused(t, s, desk.NotFound, ask)
	}
}

// testUserChanges: all of a user is replaced, but for his password.
func testUserChanges(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	u := &desk.User{ID: c.anna, Login: "annette", Kind: desk.Contact, Addresses: []string{"a@example.org", "anna@example.org"}, Created: Start.Truncate(time.Microsecond)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetPasswordHash(ctx, c.anna, "argon"); err != nil {
			return err
		}
		return tx.UpdateUser(ctx, u)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.UserByLogin(ctx, "annette")
		same(t, "user", got, err, u)
		hash, err := tx.PasswordHash(ctx, c.anna)
		same(t, "password", hash, err, "argon")
		hash, err = tx.PasswordHash(ctx, c.bob)
		same(t, "password that was not set", hash, err, "")
		return nil
	})
}

// testLogins: nobody can sign in as somebody else.
func testLogins(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	for _, tt := range []struct {
		why   string
		user  desk.User
		field string
	}{
		{"a login in other case", desk.User{Login: "BOB"}, "login"},
		{"an address in other case", desk.User{Login: "x", Addresses: []string{"Bob@Example.org"}}, "address"},
		{"somebody's address as login", desk.User{Login: "bob@example.org"}, "login"},
		{"somebody's login as address", desk.User{Login: "x", Addresses: []string{"bob"}}, "address"},
		{"one address twice", desk.User{Login: "x", Addresses: []string{"x@example.org", "X@example.org"}}, "address"},
	} {
		t.Run("refused: "+tt.why, func(t *testing.T) {
			err := refusal(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
				tt.user.ID = 0
				return tx.InsertUser(ctx, &tt.user)
			})
			if desk.FieldTexts(err)[tt.field] == "" {
				t.Errorf("no sentence for %s in %v", tt.field, err)
			}
			refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
				tt.user.ID = c.carl
				return tx.UpdateUser(ctx, &tt.user)
			})
		})
	}
}

func testUserList(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertUser(ctx, &desk.User{Login: "zoe_1", Name: "100% Zoë", Kind: desk.Contact, Disabled: true}); err != nil {
			return err
		}
		return tx.AddMembership(ctx, desk.Membership{Group: desk.PrincipalID(c.acme), Member: desk.PrincipalID(c.dora)})
	})
	for _, tt := range []struct {
		why    string
		filter store.UserFilter
		want   []string
		more   bool
	}{
		{"everybody by login", store.UserFilter{}, []string{"anna", "bob", "carl", "dora", "zoe_1"}, false},
		{"a page", store.UserFilter{Limit: 2}, []string{"anna", "bob"}, true},
		{"the last page", store.UserFilter{After: "Carl", Limit: 2}, []string{"dora", "zoe_1"}, false},
		{"agents", store.UserFilter{Kind: desk.Agent}, []string{"anna", "bob"}, false},
		{"disabled ones", store.UserFilter{Disabled: yes()}, []string{"zoe_1"}, false},
		{"enabled contacts", store.UserFilter{Disabled: no(), Kind: desk.Contact}, []string{"carl", "dora"}, false},
		{"contacts of a customer", store.UserFilter{Customer: c.acme}, []string{"dora"}, false},
		{"a text in the login", store.UserFilter{Text: "AR"}, []string{"carl"}, false},
		{"a text in an address", store.UserFilter{Text: "b@example"}, []string{"bob"}, false},
		{"a text in the name", store.UserFilter{Text: "zoË"}, []string{"zoe_1"}, false},
		{"signs are only signs", store.UserFilter{Text: "0%"}, []string{"zoe_1"}, false},
		{"one sign is not any sign", store.UserFilter{Text: "b_b"}, nil, false},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, more, err := tx.Users(ctx, tt.filter)
			var got []string
			for _, u := range list {
				got = append(got, u.Login)
			}
			if !slices.Equal(got, tt.want) || more != tt.more {
				t.Errorf("%s: got %q, more %v; want %q, more %v", tt.why, got, more, tt.want, tt.more)
			}
			return err
		})
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.UsersByID(ctx, []desk.UserID{c.bob, 999, c.dora})
		if len(got) != 2 || got[c.bob].Address() != "bob@example.org" || got[c.dora].Login != "dora" {
			t.Errorf("by id: got %v", got)
		}
		return err
	})
}

func testGroups(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	mine := desk.Group{Name: "Mine", Personal: c.anna}
	late := desk.Group{Name: "late", Description: "comes late", Disabled: true}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertGroup(ctx, &mine); err != nil {
			return err
		}
		if err := tx.InsertGroup(ctx, &desk.Group{Name: "MINE"}); err != nil { // another kind of group
			return err
		}
		if err := tx.InsertGroup(ctx, &late); err != nil {
			return err
		}
		late.Name, late.Disabled = "Later", false
		return tx.UpdateGroup(ctx, &late)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, want := range []desk.Group{mine, late} {
			byID, err := tx.Group(ctx, want.ID)
			if err != nil || !cmp.Equal(*byID, want) {
				t.Errorf("by id: got %v (%v), want %v", byID, err, want)
			}
			byName, err := tx.GroupByName(ctx, want.Name, want.Personal)
			if err != nil || !cmp.Equal(byName, byID) {
				t.Errorf("by name: got %v (%v), want %v", byName, err, want)
			}
		}
		return nil
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.InsertGroup(ctx, &desk.Group{Name: "staff"}) })
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdateGroup(ctx, &desk.Group{ID: late.ID, Name: "STAFF"})
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Group(ctx, desk.GroupID(c.acme))
		return err
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.GroupByName(ctx, "Mine", c.bob)
		return err
	})
	nobody := desk.UserID(0)
	for _, tt := range []struct {
		why    string
		filter store.GroupFilter
		want   []string
		more   bool
	}{
		{"all by name", store.GroupFilter{}, []string{"Later", "Mine", "MINE", "Staff"}, false},
		{"a page after a name", store.GroupFilter{After: "later", Limit: 1}, []string{"Mine"}, true},
		{"personal ones", store.GroupFilter{Personal: &c.anna}, []string{"Mine"}, false},
		{"those of nobody with a text", store.GroupFilter{Personal: &nobody, Text: "in"}, []string{"MINE"}, false},
		{"disabled ones", store.GroupFilter{Disabled: yes()}, nil, false},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, more, err := tx.Groups(ctx, tt.filter)
			var got []string
			for _, g := range list {
				got = append(got, g.Name)
			}
			if !slices.Equal(got, tt.want) || more != tt.more {
				t.Errorf("%s: got %q, more %v; want %q, more %v", tt.why, got, more, tt.want, tt.more)
			}
			return err
		})
	}
}

func testCustomers(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	private := desk.Private
	full := desk.Customer{Key: "Ümläut", Name: "Ümläut AG", Disabled: true, Comment: "late\npayer", Street: "Hof 1", City: "Köln", Country: "DE",
		Domains: []string{"z.example", "a.example"}, AutoJoin: true, AskFirst: true, OwnOnly: true, Presences: desk.Presences{Requestor: desk.PresenceReplace, Cc: desk.PresenceAdd, AdminCc: desk.PresenceOff},
		Sharing: &private, AlwaysCc: []desk.PrincipalID{desk.PrincipalID(c.staff)}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertCustomer(ctx, &full); err != nil {
			return err
		}
		acme, err := tx.Customer(ctx, c.acme)
		if err != nil {
			return err
		}
		acme.Domains, acme.Name = []string{"a.example", "acme.example"}, "Acme & Sons"
		return tx.UpdateCustomer(ctx, acme)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		byKey, err := tx.CustomerByKey(ctx, "üMLÄUT")
		if err != nil || !cmp.Equal(*byKey, full) {
			t.Errorf("by key: %v (-got +want):\n%s", err, cmp.Diff(byKey, &full))
		}
		for domain, want := range map[string][]string{"A.example": {"acme", "Ümläut"}, "z.example": {"Ümläut"}, "example": nil} {
			list, err := tx.CustomerByDomain(ctx, domain)
			if got := keys(list); !slices.Equal(got, want) || err != nil {
				t.Errorf("by domain %s: got %q (%v), want %q", domain, got, err, want)
			}
		}
		return nil
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertCustomer(ctx, &desk.Customer{Key: "ACME"})
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdateCustomer(ctx, &desk.Customer{ID: c.globex, Key: "Acme"})
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Customer(ctx, 999); return err })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCustomer(ctx, &desk.Customer{ID: 999}) })
	for _, tt := range []struct {
		why    string
		filter store.CustomerFilter
		want   []string
		more   bool
	}{
		{"all by key", store.CustomerFilter{}, []string{"acme", "globex", "Ümläut"}, false},
		{"a page", store.CustomerFilter{After: "acme", Limit: 1}, []string{"globex"}, true},
		{"a text in the name", store.CustomerFilter{Text: "sons"}, []string{"acme"}, false},
		{"enabled ones", store.CustomerFilter{Disabled: no()}, []string{"acme", "globex"}, false},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			list, more, err := tx.Customers(ctx, tt.filter)
			if got := keys(list); !slices.Equal(got, tt.want) || more != tt.more {
				t.Errorf("%s: got %q, more %v; want %q, more %v", tt.why, got, more, tt.want, tt.more)
			}
			return err
		})
	}
}

func keys(list []desk.Customer) []string {
	var keys []string
	for _, c := range list {
		keys = append(keys, c.Key)
	}
	return keys
}

func testNames(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.PrincipalNames(ctx, []desk.PrincipalID{desk.Agents, desk.PrincipalID(c.carl), desk.PrincipalID(c.staff), desk.PrincipalID(c.acme), 999})
		want := map[desk.PrincipalID]store.PrincipalName{
			desk.Agents:               {Kind: "system", Name: "Agents", Ref: "Agents"},
			desk.PrincipalID(c.carl):  {Kind: "user", Name: "carl", Ref: "carl", UserKind: desk.Contact},
			desk.PrincipalID(c.staff): {Kind: "group", Name: "Staff", Ref: "Staff"},
			desk.PrincipalID(c.acme):  {Kind: "customer", Name: "Acme Ltd", Ref: "acme"},
		}
		if !cmp.Equal(got, want) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(got, want))
		}
		return err
	})
}

func testMemberships(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	carl, acme, globex := desk.PrincipalID(c.carl), desk.PrincipalID(c.acme), desk.PrincipalID(c.globex)
	first := desk.Membership{Group: acme, Member: carl, Part: desk.PartManager, Primary: true, Source: "hand", From: 20000, Until: 20001}
	second := desk.Membership{Group: globex, Member: carl, Part: desk.PartReader, Primary: true, Source: "domain"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMembership(ctx, first); err != nil {
			return err
		}
		return tx.AddMembership(ctx, second)
	})
	first.Primary = false // the second one took it
	check := func(want ...desk.Membership) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.MembershipsOf(ctx, carl)
			if !cmp.Equal(got, want) {
				t.Errorf("(-got +want):\n%s", cmp.Diff(got, want))
			}
			return err
		})
	}
	check(first, second)
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.AddMembership(ctx, second) })
	first.Primary, first.Part = true, desk.PartContact
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateMembership(ctx, first) })
	second.Primary = false
	check(first, second)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got, err := tx.Membership(ctx, acme, carl); err != nil || *got != first {
			t.Errorf("got %v (%v), want %v", got, err, first)
		}
		if got, err := tx.MembersOf(ctx, globex); err != nil || !cmp.Equal(got, []desk.Membership{second}) {
			t.Errorf("got %v (%v), want %v", got, err, second)
		}
		return tx.RemoveMembership(ctx, acme, carl)
	})
	check(second)
	for _, ask := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { return tx.RemoveMembership(ctx, acme, carl) },
		func(ctx context.Context, tx *store.Tx) error { return tx.UpdateMembership(ctx, first) },
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.Membership(ctx, acme, carl); return err },
	} {
		refused(t, s, desk.NotFound, ask)
	}
}
