package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

func members(customer string, logins ...string) []service.MembershipRecord {
	var list []service.MembershipRecord
	for i, login := range logins {
		list = append(list, service.MembershipRecord{Line: i + 2, Group: "customer:" + customer, Member: login})
	}
	return list
}

// counts writes what became of a load as "added changed unchanged bad".
func counts(l *service.Loaded) string {
	return fmt.Sprint(l.Added, l.Changed, l.Unchanged, l.Bad)
}

// TestImportIsSafeToRepeat: the second time everything is there already, and
// what was changed in the file is changed at the desk.
func TestImportIsSafeToRepeat(t *testing.T) {
	h := newHouse(t)
	load := service.Load{
		Customers: []service.CustomerRecord{{Line: 2, Key: "ä*%+[🙂]", Name: ptr("100 %"), Domains: &[]string{"B.example", "a.example"}}},
		Users:     []service.UserRecord{{Line: 2, Login: "bob", Name: ptr("=cmd|'/C calc'!A0"), Addresses: &[]string{"Bob@acme.example"}}},
		Memberships: []service.MembershipRecord{
			{Line: 2, Group: "customer:Ä*%+[🙂]", Member: "BOB@acme.example", Part: desk.PartManager, Primary: ptr(true)},
		},
	}
	got := must(h.Import(h.ctx, h.sys, load))(t)
	if counts(got) != "3 0 0 0" || !got.Written {
		t.Errorf("first: %+v", got)
	}
	version := h.version()
	if got := must(h.Import(h.ctx, h.sys, load))(t); counts(got) != "0 0 3 0" {
		t.Errorf("again: %+v", got)
	}
	if h.version() != version {
		t.Error("what changed nothing raised the access version")
	}
	load.Users[0].Name = ptr("Bob")
	load.Memberships[0].Part = desk.PartReader
	got = must(h.Import(h.ctx, h.sys, load))(t)
	if counts(got) != "0 2 1 0" || h.version() != version+1 {
		t.Errorf("changed: %+v, access version %d after %d", got, h.version(), version)
	}
	u, _, err := h.Users(h.ctx, h.sys, service.UserFilter{Text: "bob"})
	if err != nil || u[0].Name != "Bob" || u[0].Kind != desk.Contact {
		t.Errorf("got %+v, %v", u, err)
	}
}

func (h *house) version() int64 {
	h.t.Helper()
	var v int64
	h.ok(h.store.View(h.ctx, func(tx *store.Tx) (err error) { v, err = tx.AccessVersion(h.ctx); return err }))
	return v
}

// TestBadRecords: each is told by its line and the reason, and keeps all from
// being written, unless bad ones are skipped.
func TestBadRecords(t *testing.T) {
	long := strings.Repeat("k", 300)
	for _, tt := range []struct {
		why  string
		load service.Load
		line int
		says string
	}{
		{"unknown user", service.Load{Memberships: members("acme", "spare", "nobody")}, 3, "no user nobody"},
		{"unknown customer", service.Load{Memberships: append(members("acme", "spare"), service.MembershipRecord{Line: 7, Group: "customer:no%", Member: "spare"})}, 7, "no customer no%"},
		{"unknown group", service.Load{Memberships: append(members("acme", "spare"), service.MembershipRecord{Line: 7, Group: "group:*", Member: "spare"})}, 7, "no group *"},
		{"a part in a group", service.Load{Memberships: append(members("acme", "spare"), service.MembershipRecord{Line: 7, Group: "group:team", Member: "spare", Part: desk.PartReader})}, 7, "part"},
		{"the last day before the first", service.Load{Memberships: append(members("acme", "spare"), service.MembershipRecord{Line: 4, Group: "customer:bolt", Member: "spare", From: ptr(desk.Day(9)), Until: ptr(desk.Day(8))})}, 4, "last day"},
		{"a customer in itself", service.Load{Memberships: append(members("acme", "spare"), members("acme", "customer:acme")...)}, 2, "circle"},
		{"a circle that the file itself makes", service.Load{Memberships: append(members("acme", "customer:bolt"), service.MembershipRecord{Line: 3, Group: "customer:bolt", Member: "customer:acme"})}, 3, "circle"},
		{"an address that somebody has", service.Load{Users: []service.UserRecord{{Line: 2, Login: "new"}, {Line: 3, Login: "other", Addresses: &[]string{"BOB@case.example"}}}}, 3, "bob already"},
		{"an address that the file gave away", service.Load{Users: []service.UserRecord{
			{Line: 2, Login: "new", Addresses: &[]string{"x@y.example"}}, {Line: 3, Login: "other", Addresses: &[]string{"x@y.example"}}}}, 3, "new already"},
		{"a login that is an address", service.Load{Users: []service.UserRecord{{Line: 2, Login: "new"}, {Line: 3, Login: "bob@case.example"}}}, 3, "address of the user bob"},
		{"no mail address", service.Load{Users: []service.UserRecord{{Line: 2, Login: "new"}, {Line: 3, Login: "other", Addresses: &[]string{"x@"}}}}, 3, "not a mail address"},
		{"a key of 300 characters", service.Load{Customers: []service.CustomerRecord{{Line: 2, Key: "new"}, {Line: 3, Key: long}}}, 3, "200 characters"},
		{"a domain that is none", service.Load{Customers: []service.CustomerRecord{{Line: 2, Key: "new"}, {Line: 3, Key: "x", Domains: &[]string{"*"}}}}, 3, "not a mail domain"},
		{"a right that there is not", service.Load{Grants: []service.GrantRecord{{Line: 2, Written: service.Written{Who: "spare", What: "SeeQueue", Where: "queue:support"}},
			{Line: 3, Written: service.Written{Who: "spare", What: "Fly", Where: "queue:support"}}}}, 3, "no right"},
		{"a queue that there is not", service.Load{Grants: []service.GrantRecord{{Line: 2, Written: service.Written{Who: "spare", What: "SeeQueue", Where: "queue:support"}},
			{Line: 3, Written: service.Written{Who: "spare", What: "rw", Where: "queue:%"}}}}, 3, "no place queue:%"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newSample(t)
			before := must(h.Totals(h.ctx, h.sys))(t)
			got := must(h.Import(h.ctx, h.sys, tt.load))(t)
			if got.Bad != 1 || got.Written || got.Errors[0].Line != tt.line || !strings.Contains(desk.Sentence(got.Errors[0].Err), tt.says) {
				t.Fatalf("got %+v, want line %d to say %q", got, tt.line, tt.says)
			}
			if after := must(h.Totals(h.ctx, h.sys))(t); after != before {
				t.Errorf("got %+v, want nothing written: %+v", after, before)
			}
			tt.load.SkipBad, tt.load.DryRun = true, true
			if got := must(h.Import(h.ctx, h.sys, tt.load))(t); got.Added != 1 || got.Written {
				t.Errorf("dry run: got %+v, want one new", got)
			}
			tt.load.DryRun = false
			if got := must(h.Import(h.ctx, h.sys, tt.load))(t); got.Added != 1 || !got.Written {
				t.Errorf("skipping: got %+v, want one new", got)
			}
		})
	}
}

// TestImportAsksForEveryRecord: who administers one customer brings in people
// of that one, and learns of no other.
func TestImportAsksForEveryRecord(t *testing.T) {
	h := newSample(t)
	h.agent("carl")
	h.grant(h.names["carl"], "AdminCustomer SeeCustomer", desk.OnCustomer(desk.CustomerID(h.names["acme"])))
	load := service.Load{Memberships: append(members("acme", "spare"), members("bolt", "spare")...), SkipBad: true}
	got := must(h.Import(h.ctx, h.by("carl"), load))(t)
	if counts(got) != "1 0 0 1" || desk.Sentence(got.Errors[0].Err) != "There is no customer bolt." {
		t.Errorf("got %+v, want Acme only", got)
	}
	for why, load := range map[string]service.Load{
		"users":     {Users: []service.UserRecord{{Login: "x"}}},
		"customers": {Customers: []service.CustomerRecord{{Key: "x"}}},
	} {
		if _, err := h.Import(h.ctx, h.by("carl"), load); desk.KindOf(err) != desk.Forbidden {
			t.Errorf("%s: got %v, want to be refused", why, err)
		}
	}
	if _, err := h.Import(h.ctx, h.by("ann"), service.Load{Memberships: members("acme", "spare")}); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("a contact got %v, want to be refused", err)
	}
}

// TestImportMakesNoSuperUser: neither by a grant, nor by a group, nor by the
// address of one.
func TestImportMakesNoSuperUser(t *testing.T) {
	h := newSample(t)
	h.agent("adam")
	h.grant(h.names["adam"], "AdminUsers ModifyACL AdminGroupMembership SeeGroup", desk.OnSystem())
	h.group("roots")
	h.grant(h.names["roots"], "SuperUser", desk.OnSystem())
	for why, load := range map[string]service.Load{
		"a grant":        {Grants: []service.GrantRecord{{Written: service.Written{Who: "spare", What: "SuperUser", Where: "system"}}}},
		"the group":      {Memberships: []service.MembershipRecord{{Group: "group:roots", Member: "spare"}}},
		"root's address": {Users: []service.UserRecord{{Login: "root", Addresses: &[]string{"adam@evil.example"}}}},
	} {
		if got := must(h.Import(h.ctx, h.by("adam"), load))(t); got.Bad != 1 || got.Written {
			t.Errorf("%s: got %+v, want it to be refused", why, got)
		}
	}
}

// TestPrimaryIsOneOfThem: whatever a file says, one customer at the most is a
// contact's primary one, the one that was said last among new ones.
func TestPrimaryIsOneOfThem(t *testing.T) {
	h := newHouse(t)
	keys := []string{"a", "b", "c"}
	for _, key := range keys {
		h.customer(desk.Customer{Key: key})
	}
	h.user("bob", desk.Contact)
	rapid.Check(t, func(rt *rapid.T) {
		var load service.Load
		for range rapid.IntRange(1, 6).Draw(rt, "lines") {
			load.Memberships = append(load.Memberships, service.MembershipRecord{
				Group: "customer:" + rapid.SampledFrom(keys).Draw(rt, "customer"), Member: "bob", Primary: ptr(rapid.Bool().Draw(rt, "primary")),
			})
		}
		if got, err := h.Import(h.ctx, h.sys, load); err != nil || !got.Written {
			rt.Fatalf("got %+v, %v", got, err)
		}
		primary := 0
		for _, m := range must(h.GroupsOf(h.ctx, h.sys, desk.UserID(h.names["bob"])))(t) {
			if m.Primary {
				primary++
			}
		}
		if primary > 1 {
			rt.Errorf("bob has %d primary customers", primary)
		}
	})
}

// TestImportIsAudited: a line for each record, chained, by whom it was.
func TestImportIsAudited(t *testing.T) {
	h := newSample(t)
	must(h.Import(h.ctx, h.by("root"), service.Load{Memberships: members("acme", "spare", "bob")}))(t)
	list, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Object: "customer:acme", Action: "member.add", Limit: 2})
	h.ok(err)
	if len(list) != 2 || list[0].By != h.id("root") || !slices.ContainsFunc(list, func(e desk.AuditEntry) bool {
		return strings.HasPrefix(e.After, fmt.Sprintf("member: %d;", h.names["spare"]))
	}) {
		t.Errorf("got %+v", list)
	}
	h.ok(h.store.View(h.ctx, func(tx *store.Tx) error {
		bad, err := tx.VerifyAudit(h.ctx)
		if bad != 0 {
			t.Errorf("line %d breaks the chain", bad)
		}
		return err
	}))
}
