package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

func testQueues(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	managers := desk.ManagersOnly
	full := desk.Queue{Name: "Büro", Description: "paper", Disabled: true, AccessGroup: c.staff, Address: "b@example.org", CommentAddress: "bc@example.org",
		Presences: desk.Presences{Requestor: desk.PresenceAdd}, Sharing: &managers, Customer: c.acme}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertQueue(ctx, &full); err != nil {
			return err
		}
		full.Name, full.Address = "Office", "o@example.org"
		return tx.UpdateQueue(ctx, &full)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got, err := tx.QueueByName(ctx, "OFFICE"); err != nil || !cmp.Equal(*got, full) {
			t.Errorf("by name: %v (-got +want):\n%s", err, cmp.Diff(got, &full))
		}
		for address, want := range map[string]desk.MailAction{"O@example.org": desk.Correspond, "bc@example.org": desk.CommentByMail} {
			if got, action, err := tx.QueueByAddress(ctx, address); err != nil || got.ID != full.ID || action != want {
				t.Errorf("by address %s: got %v, %s (%v), want %s", address, got, action, err, want)
			}
		}
		list, err := tx.Queues(ctx)
		if len(list) != 3 || list[0].Name != "Office" || list[1].ID != c.sales || list[2].ID != c.support {
			t.Errorf("got %v, want all queues by name", list)
		}
		return err
	})
	for field, q := range map[string]desk.Queue{
		"name":            {Name: "SALES"},
		"address":         {Name: "x", Address: "Support@example.org"},
		"comment_address": {Name: "x", Address: "same@example.org", CommentAddress: "same@example.org"},
	} {
		inserted := refusal(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.InsertQueue(ctx, &q) })
		q.ID = full.ID
		updated := refusal(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateQueue(ctx, &q) })
		if desk.FieldTexts(inserted)[field] == "" || desk.FieldTexts(updated)[field] == "" {
			t.Errorf("no sentence for %s in %v or %v", field, inserted, updated)
		}
	}
	for _, ask := range []func(context.Context, *store.Tx) error{
		func(ctx context.Context, tx *store.Tx) error { _, err := tx.Queue(ctx, 999); return err },
		func(ctx context.Context, tx *store.Tx) error {
			_, _, err := tx.QueueByAddress(ctx, "b@example.org")
			return err
		},
		func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateQueue(ctx, &desk.Queue{ID: 999, Name: "x"})
		},
	} {
		refused(t, s, desk.NotFound, ask)
	}
}

func testQueueWatchers(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	here := desk.Watcher{Queue: c.support, Role: desk.AdminCc, Who: desk.PrincipalID(c.staff)}
	everywhere := desk.Watcher{Role: desk.Cc, Who: desk.PrincipalID(c.acme)}
	for _, w := range []desk.Watcher{here, everywhere} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddQueueWatcher(ctx, w) })
		refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.AddQueueWatcher(ctx, w) })
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.QueueWatchers(ctx, w.Queue)
			if !cmp.Equal(got, []desk.Watcher{w}) {
				t.Errorf("got %v, want %v", got, w)
			}
			return err
		})
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveQueueWatcher(ctx, everywhere) })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveQueueWatcher(ctx, everywhere) })
}

func testRoles(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	watcher := desk.Role{Name: "Watcher", Single: true, Queues: []desk.QueueID{c.support, c.sales}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertRole(ctx, &watcher); err != nil {
			return err
		}
		watcher.Disabled, watcher.Queues = true, watcher.Queues[:1]
		return tx.UpdateRole(ctx, &watcher)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Roles(ctx)
		if len(got) != 6 || got[3].ID != desk.Owner || !got[3].Single || got[4].Name != "Customer" || !cmp.Equal(got[5], watcher) || watcher.ID != desk.FirstOwnRole {
			t.Errorf("got %v, want the built-in roles and %v", got, watcher)
		}
		return err
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.InsertRole(ctx, &desk.Role{Name: "CC"}) })
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdateRole(ctx, &desk.Role{ID: watcher.ID, Name: "owner"})
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdateRole(ctx, &desk.Role{ID: 50, Name: "x"})
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := desk.FirstOwnRole + 1; i <= desk.LastRole; i++ {
			if err := tx.InsertRole(ctx, &desk.Role{Name: numbered("role", int(i))}); err != nil {
				return err
			}
		}
		return nil
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertRole(ctx, &desk.Role{Name: "one too many"})
	})
}

func testPermissions(t *testing.T, s *store.Store) {
	own := desk.Permission{Name: "Own", Agents: desk.EveryRight() &^ desk.RightsOf(desk.SuperUser), Contacts: desk.RightsOf(desk.SeeQueue)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertPermission(ctx, &own); err != nil {
			return err
		}
		own.Contacts, own.Disabled = 0, true
		return tx.UpdatePermission(ctx, &own)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Permissions(ctx)
		if want := append(desk.ShippedPermissions(), own); !cmp.Equal(got, want) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(got, want))
		}
		return err
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertPermission(ctx, &desk.Permission{Name: "RW"})
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdatePermission(ctx, &desk.Permission{ID: own.ID, Name: "ro"})
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		return tx.UpdatePermission(ctx, &desk.Permission{ID: 999, Name: "x"})
	})
	testDeletedPermission(t, s, own)
}

// testDeletedPermission: only one that nobody was granted goes, and its number
// does not come back.
func testDeletedPermission(t *testing.T, s *store.Store, own desk.Permission) {
	g := desk.Grant{Who: desk.Everyone, Permission: own.ID, Place: desk.OnSystem()}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertGrant(ctx, &g) })
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.DeletePermission(ctx, own.ID) })
	again := desk.Permission{Name: own.Name}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.RemoveGrant(ctx, g.ID); err != nil {
			return err
		}
		if err := tx.DeletePermission(ctx, own.ID); err != nil {
			return err
		}
		return tx.InsertPermission(ctx, &again)
	})
	if again.ID <= own.ID {
		t.Errorf("the number %d was given again, after %d", again.ID, own.ID)
	}
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.DeletePermission(ctx, 999) })
}

func testGrants(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	anna, staff := desk.PrincipalID(c.anna), desk.PrincipalID(c.staff)
	source := desk.Grant{Who: anna, Right: desk.ShowTicket, Place: desk.OnQueue(c.support)}
	roled := desk.Grant{Who: desk.Everyone, As: desk.RolesOf(desk.Requestor, desk.LastRole), Permission: desk.RW, Place: desk.OnSystem(), Until: 20000}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertGrant(ctx, &source); err != nil {
			return err
		}
		return tx.InsertGrant(ctx, &roled)
	})
	delegated := desk.Grant{Who: staff, Right: desk.ShowTicket, Place: desk.OnQueue(c.support), Source: source.ID, Delegator: c.anna}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertGrant(ctx, &delegated) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.GrantsMade(ctx, []desk.GrantID{source.ID, delegated.ID, 999})
		if want := map[desk.GrantID]time.Time{source.ID: Start, delegated.ID: Start}; !cmp.Equal(got, want) {
			t.Errorf("made: got %v, want %v", got, want)
		}
		return err
	})
	for _, g := range []desk.Grant{source, roled, delegated} {
		again := g
		refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error { return tx.InsertGrant(ctx, &again) })
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			if got, err := tx.Grant(ctx, g.ID); err != nil || *got != g {
				t.Errorf("by id: got %v (%v), want %v", got, err, g)
			}
			if got, err := tx.FindGrant(ctx, g); err != nil || *got != g {
				t.Errorf("found: got %v (%v), want %v", got, err, g)
			}
			return nil
		})
	}
	for _, tt := range []struct {
		why    string
		filter store.GrantFilter
		want   []desk.Grant
		more   bool
	}{
		{"all", store.GrantFilter{}, []desk.Grant{source, roled, delegated}, false},
		{"a page", store.GrantFilter{After: source.ID, Limit: 1}, []desk.Grant{roled}, true},
		{"to somebody", store.GrantFilter{Who: anna}, []desk.Grant{source}, false},
		{"on a place", store.GrantFilter{Place: desk.OnQueue(c.support)}, []desk.Grant{source, delegated}, false},
		{"of a right", store.GrantFilter{Right: desk.ShowTicket, Who: staff}, []desk.Grant{delegated}, false},
		{"of a permission", store.GrantFilter{Permission: desk.RW}, []desk.Grant{roled}, false},
		{"passed on from one", store.GrantFilter{Source: source.ID}, []desk.Grant{delegated}, false},
		{"that end by a day", store.GrantFilter{EndsBy: 20000}, []desk.Grant{roled}, false},
		{"that end before it", store.GrantFilter{EndsBy: 19999}, nil, false},
		{"that end from a day on", store.GrantFilter{EndsFrom: 20000}, []desk.Grant{roled}, false},
		{"that end after it", store.GrantFilter{EndsFrom: 20001}, nil, false},
		{"passed on by somebody", store.GrantFilter{Delegator: c.bob}, nil, false},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, more, err := tx.Grants(ctx, tt.filter)
			if !cmp.Equal(got, tt.want) || more != tt.more {
				t.Errorf("%s: got %v, more %v; want %v, more %v", tt.why, got, more, tt.want, tt.more)
			}
			return err
		})
	}
	// A delegated grant ends with its source.
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveGrant(ctx, source.ID) })
	for _, id := range []desk.GrantID{source.ID, delegated.ID} {
		refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Grant(ctx, id); return err })
		refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveGrant(ctx, id) })
	}
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.FindGrant(ctx, source); return err })
}

func testAccessVersion(t *testing.T, s *store.Store) {
	var first int64
	view(t, s, func(ctx context.Context, tx *store.Tx) (err error) { first, err = tx.AccessVersion(ctx); return err })
	bump := func(changes ...desk.AccessChange) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			before, err := tx.AccessVersion(ctx)
			if err != nil || tx.AccessBumped() {
				t.Errorf("bumped %v before, %v", tx.AccessBumped(), err)
			}
			after, err := tx.BumpAccess(ctx, changes...)
			if after != before+1 || !tx.AccessBumped() {
				t.Errorf("got version %d after %d", after, before)
			}
			return err
		})
	}
	member := desk.AccessChange{Kind: desk.ChangeMembership, Group: 101, Member: 102}
	user := desk.AccessChange{Kind: desk.ChangeUser, User: 103}
	group := desk.AccessChange{Kind: desk.ChangeGroup, Group: 104}
	grant := desk.AccessChange{Kind: desk.ChangeGrant, Grant: 105}
	bump(member)
	bump(user, group, grant)
	at := func(c desk.AccessChange, version int64) desk.AccessChange { c.Version = version; return c }
	check := func(since int64, wantOK bool, want ...desk.AccessChange) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, ok, err := tx.AccessChanges(ctx, since)
			if ok != wantOK || !cmp.Equal(got, want) {
				t.Errorf("since %d: got %v, ok %v; want %v, ok %v", since, got, ok, want, wantOK)
			}
			return err
		})
	}
	check(first, true, at(member, first+1), at(user, first+2), at(group, first+2), at(grant, first+2))
	check(first+1, true, at(user, first+2), at(group, first+2), at(grant, first+2))
	check(first+2, true)
	check(first-1, false) // not noted
	check(first+3, false) // from the future: another database
	bump()
	check(first+2, false) // everything changed
	bump(user)
	check(first+3, true, at(user, first+4))
	check(first, false)
}

func testWorld(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	membership := desk.Membership{Group: desk.PrincipalID(c.acme), Member: desk.PrincipalID(c.carl), Part: desk.PartMember}
	grant := desk.Grant{Who: desk.Agents, Right: desk.SuperUser, Place: desk.OnSystem()}
	watcher := desk.Watcher{Role: desk.Cc, Who: desk.PrincipalID(c.bob)}
	role := desk.Role{Name: "Own", Everywhere: true}
	personal := desk.Group{Name: "p", Personal: c.anna, Disabled: true}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, step := range []func() error{
			func() error { return tx.AddMembership(ctx, membership) },
			func() error { return tx.InsertGrant(ctx, &grant) },
			func() error { return tx.AddQueueWatcher(ctx, watcher) },
			func() error { return tx.InsertRole(ctx, &role) },
			func() error { return tx.InsertGroup(ctx, &personal) },
			func() error { return tx.SetSetting(ctx, store.SettingOtherCustomers, "off") },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	want := &desk.World{
		Version: 1,
		Today:   desk.DayOf(Start),
		Users:   []desk.WorldUser{{ID: c.anna, Kind: desk.Agent}, {ID: c.bob, Kind: desk.Agent}, {ID: c.carl, Kind: desk.Contact}, {ID: c.dora, Kind: desk.Contact}},
		Groups: []desk.WorldGroup{{ID: desk.PrincipalID(c.staff)}, {ID: desk.PrincipalID(c.acme), Customer: true},
			{ID: desk.PrincipalID(c.globex), Customer: true}, {ID: desk.PrincipalID(personal.ID), Disabled: true, Personal: c.anna}},
		Memberships: []desk.Membership{membership},
		Queues:      []desk.WorldQueue{{ID: c.support}, {ID: c.sales}},
		Roles:       []desk.Role{role},
		Permissions: desk.ShippedPermissions(),
		Grants:      []desk.Grant{grant},
		Watchers:    []desk.Watcher{watcher},
		Settings:    desk.AccessSettings{GroupSupport: true, CompanyTickets: true},
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.World(ctx)
		if !cmp.Equal(got, want) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(got, want))
		}
		if one, err := tx.WorldUser(ctx, c.carl); err != nil || one != want.Users[2] {
			t.Errorf("got %v (%v), want %v", one, err, want.Users[2])
		}
		return err
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.WorldUser(ctx, 999); return err })
}
