package storetest

import (
	"context"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gatehouse/desk"
	"gatehouse/store"
)

// A pastChange is one change of what access depends on.
type pastChange struct {
	what string
	make func(context.Context, *store.Tx) error
}

// pastChanges are changes of every kind, each after the ones before it.
func pastChanges(c cast) []pastChange {
	staff, acme, carl := desk.PrincipalID(c.staff), desk.PrincipalID(c.acme), desk.PrincipalID(c.carl)
	member := desk.Membership{Group: acme, Member: carl, Part: desk.PartReader, Source: "hand", From: 20000}
	manager := desk.Membership{Group: acme, Member: carl, Part: desk.PartManager, Primary: true, Source: "import"}
	grant := desk.Grant{Who: acme, As: desk.RolesOf(desk.LastRole, desk.CustomerRole), Permission: desk.RW, Place: desk.OnQueue(c.support), Until: 21000}
	role, watcher := desk.Role{Name: "Sponsor", Queues: []desk.QueueID{c.support, c.sales}}, desk.Watcher{Role: desk.Cc, Who: staff}
	permission := desk.Permission{Name: "look", Agents: desk.RightsOf(desk.SeeQueue)}
	return []pastChange{
		{"a user", func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertUser(ctx, &desk.User{Login: "new", Kind: desk.Contact})
		}},
		{"his kind", func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateUser(ctx, &desk.User{ID: c.carl, Login: "carl", Kind: desk.Agent, Disabled: true})
		}},
		{"a member", func(ctx context.Context, tx *store.Tx) error { return tx.AddMembership(ctx, member) }},
		{"his part", func(ctx context.Context, tx *store.Tx) error { return tx.UpdateMembership(ctx, manager) }},
		{"a grant", func(ctx context.Context, tx *store.Tx) error { return tx.InsertGrant(ctx, &grant) }},
		{"a delegated grant", func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertGrant(ctx, &desk.Grant{Who: staff, Right: desk.ShowTicket, Place: desk.OnSystem(), Source: grant.ID, Delegator: c.anna})
		}},
		{"a group", func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateGroup(ctx, &desk.Group{ID: c.staff, Name: "Staff", Disabled: true})
		}},
		{"a personal group", func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertGroup(ctx, &desk.Group{Name: "Mine", Personal: c.anna})
		}},
		{"a customer", func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateCustomer(ctx, &desk.Customer{ID: c.acme, Key: "acme", Name: "Acme", Disabled: true})
		}},
		{"a queue", func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateQueue(ctx, &desk.Queue{ID: c.support, Name: "Support", AccessGroup: c.staff, Disabled: true})
		}},
		{"a role", func(ctx context.Context, tx *store.Tx) error { return tx.InsertRole(ctx, &role) }},
		{"where it is used", func(ctx context.Context, tx *store.Tx) error {
			role.Queues = role.Queues[1:]
			return tx.UpdateRole(ctx, &role)
		}},
		{"that it is disabled", func(ctx context.Context, tx *store.Tx) error {
			role.Disabled = true
			return tx.UpdateRole(ctx, &role)
		}},
		{"a watcher", func(ctx context.Context, tx *store.Tx) error { return tx.AddQueueWatcher(ctx, watcher) }},
		{"no watcher", func(ctx context.Context, tx *store.Tx) error { return tx.RemoveQueueWatcher(ctx, watcher) }},
		{"a permission", func(ctx context.Context, tx *store.Tx) error { return tx.InsertPermission(ctx, &permission) }},
		{"its rights", func(ctx context.Context, tx *store.Tx) error {
			permission.Contacts = desk.RightsOf(desk.CreateTicket, desk.SeeQueue)
			return tx.UpdatePermission(ctx, &permission)
		}},
		{"a switch", func(ctx context.Context, tx *store.Tx) error {
			return tx.SetSetting(ctx, store.SettingGroupSupport, "off")
		}},
		{"a switch back", func(ctx context.Context, tx *store.Tx) error {
			return tx.SetSetting(ctx, store.SettingGroupSupport, "on")
		}},
		{"no grants", func(ctx context.Context, tx *store.Tx) error { return tx.RemoveGrant(ctx, grant.ID) }},
		{"no member", func(ctx context.Context, tx *store.Tx) error { return tx.RemoveMembership(ctx, acme, carl) }},
	}
}

// testPast: the world at each moment is what it was then, whatever was changed
// since; what a change touched is known by its audit lines, and is chained with
// them.
func testPast(t *testing.T, s *store.Store) {
	type moment struct {
		what  string
		world *desk.World
	}
	moments := []moment{{"the beginning", nil}}
	at := func(i int) time.Time { return Start.Add(time.Duration(i) * time.Hour) }
	c := newCast(t, s)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.Audit(ctx, &desk.AuditEntry{At: at(0), Action: "begin"})
	})
	moments[0].world = worldNow(t, s)
	for i, change := range pastChanges(c) {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := change.make(ctx, tx); err != nil {
				return err
			}
			line := desk.AuditEntry{At: at(i + 1), Action: change.what}
			if err := tx.Audit(ctx, &line); err != nil {
				return err
			}
			facts, err := tx.AccessFacts(ctx, line.Change)
			if len(facts) == 0 || facts[0].Line != line.ID {
				t.Errorf("%s: touched %+v", change.what, facts)
			}
			if err != nil {
				return err
			}
			touched, err := tx.TouchedAccess(ctx, []int64{line.Change, line.Change + 1})
			if want := map[int64]bool{line.Change: true}; !maps.Equal(touched, want) {
				t.Errorf("%s: touched by %v, want %v", change.what, touched, want)
			}
			return err
		})
		moments = append(moments, moment{change.what, worldNow(t, s)})
	}
	for i, m := range moments {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			w, err := tx.WorldAt(ctx, at(i).Add(time.Minute))
			if err != nil {
				return err
			}
			if diff := cmp.Diff(m.world, nameless(w), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("after %s (-then +worked out):\n%s", m.what, diff)
			}
			lines, err := tx.AccessLines(ctx, at(i).Add(time.Minute))
			if len(lines) != len(moments)-1-i || err != nil {
				t.Fatalf("after %s %d lines changed access, want %d: %v", m.what, len(lines), len(moments)-1-i, err)
			}
			if len(lines) > 0 {
				if w, err = tx.WorldAfter(ctx, lines[0].ID-1); err != nil {
					return err
				}
				if diff := cmp.Diff(m.world, nameless(w), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("after the line of %s (-then +worked out):\n%s", m.what, diff)
				}
			}
			bad, err := tx.VerifyAudit(ctx)
			if bad != 0 {
				t.Errorf("line %d is said to be changed", bad)
			}
			return err
		})
	}
}

func worldNow(t *testing.T, s *store.Store) *desk.World {
	return nameless(read(t, s, func(ctx context.Context, tx *store.Tx) (*desk.World, error) { return tx.World(ctx) }))
}

// nameless leaves out what access does not depend on.
func nameless(w *desk.World) *desk.World {
	w.Today = 0
	for i := range w.Roles {
		w.Roles[i].Name, w.Roles[i].Single = "", false
	}
	for i := range w.Permissions {
		w.Permissions[i].Name = ""
	}
	return w
}

// testUnsaid: what a transaction changed of access without a line of the audit
// log gets one.
func testUnsaid(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddMembership(ctx, desk.Membership{Group: desk.PrincipalID(c.staff), Member: desk.PrincipalID(c.anna)}); err != nil {
			return err
		}
		_, err := tx.BumpAccess(ctx)
		return err
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		list, _, err := tx.AuditList(ctx, store.AuditFilter{})
		if len(list) != 1 || list[0].Action != "access.follows" {
			t.Errorf("the log says %+v", list)
			return err
		}
		facts, err := tx.AccessFacts(ctx, list[0].Change)
		if last := facts[len(facts)-1]; len(last.After.Memberships) != 1 {
			t.Errorf("the last thing touched is %+v", last)
		}
		return err
	})
}
