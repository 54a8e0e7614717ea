package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// companies is a desk with three companies of one contact each, groups a, b, c
// that guard the queues qa, qb, qc, and the agents al and bo.
func companies(t *testing.T) *house {
	h := newHouse(t)
	for _, c := range []string{"acme", "bolt", "core"} {
		h.customer(desk.Customer{Key: c})
	}
	h.contact("ann", "acme")
	h.contact("bob", "bolt")
	h.contact("cid", "core")
	h.agent("al")
	h.agent("bo")
	for _, g := range []string{"a", "b", "c"} {
		h.makeQueue(desk.Queue{Name: "q" + g, AccessGroup: h.group(g)})
	}
	h.group("crew", "al")
	return h
}

func (h *house) groupID(name string) desk.GroupID { return desk.GroupID(h.names[name]) }

// set sets permissions, written "ro -rw"; "!" first: and nothing else.
func (h *house) set(who, group, what string, other bool) error {
	words := strings.TrimPrefix(what, "!")
	in := service.PermissionChange{Who: h.names[who], Group: h.groupID(group), Other: other, Replace: words != what, Set: map[string]bool{}}
	for word := range strings.FieldsSeq(words) {
		in.Set[strings.TrimPrefix(word, "-")] = !strings.HasPrefix(word, "-")
	}
	return h.SetPermissions(h.ctx, h.sys, in)
}

// groups returns the names of the groups on which somebody holds a permission.
func (h *house) groups(who, permission string, how service.Permitted) string {
	return nameList(must(h.PermittedGroups(h.ctx, h.sys, h.names[who], permission, how))(h.t))
}

func nameList(names []service.Name) string {
	var list []string
	for _, n := range names {
		list = append(list, n.Text)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestSetPermissions(t *testing.T) {
	type setting struct {
		who, group, what string
		other            bool
	}
	for _, tt := range []struct {
		why        string
		set        []setting
		who        string
		permission string
		how        service.Permitted
		want       string
	}{
		{why: "rw answers every permission", set: []setting{{"ann", "a", "rw", false}}, who: "ann", permission: "create", want: "a"},
		{why: "ro is not rw", set: []setting{{"ann", "a", "ro -rw", false}}, who: "ann", permission: "rw"},
		{why: "what the settings do not offer for contacts is passed over", set: []setting{{"ann", "a", "create ro", false}}, who: "ann", permission: "create"},
		{why: "agents have all of them", set: []setting{{"al", "a", "create", false}}, who: "al", permission: "create", want: "a"},
		{why: "what is not named stays", set: []setting{{"al", "a", "create", false}, {"al", "a", "note", false}}, who: "al", permission: "create", want: "a"},
		{why: "replaced: what is not named goes", set: []setting{{"al", "a", "create", false}, {"al", "a", "!note", false}}, who: "al", permission: "create"},
		{why: "the customer's is its contact's", set: []setting{{"acme", "a", "!ro", false}}, who: "ann", permission: "ro", want: "a"},
		{why: "but not directly", set: []setting{{"acme", "a", "!ro", false}}, who: "ann", permission: "ro", how: service.Permitted{Direct: true}},
		{why: "the context of others is another", set: []setting{{"acme", "a", "!ro", true}}, who: "acme", permission: "ro"},
		{why: "and holds there", set: []setting{{"acme", "a", "!ro", true}}, who: "ann", permission: "ro", how: service.Permitted{Other: true}, want: "a"},
		{why: "what a group of agents holds its members hold", set: []setting{{"crew", "b", "owner", false}}, who: "al", permission: "owner", want: "b"},
		{why: "and it itself", set: []setting{{"crew", "b", "owner", false}}, who: "crew", permission: "owner", want: "b"},
		{why: "several groups", set: []setting{{"acme", "a", "ro", false}, {"acme", "c", "ro", false}, {"ann", "b", "rw", false}}, who: "ann", permission: "ro", want: "a b c"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := companies(t)
			for _, s := range tt.set {
				for range 2 { // setting what is set is no error
					h.ok(h.set(s.who, s.group, s.what, s.other))
				}
			}
			if got := h.groups(tt.who, tt.permission, tt.how); got != tt.want {
				t.Errorf("%s has %s on %q, want %q", tt.who, tt.permission, got, tt.want)
			}
		})
	}
}

// TestEffectivePermissionsHaveAnOrigin: what a contact holds by himself, his
// customer and everybody's default stands there with whence it comes, as far as
// the reader may see the grants.
func TestEffectivePermissionsHaveAnOrigin(t *testing.T) {
	h := companies(t)
	h.ok(h.set("ann", "a", "rw", false))
	h.ok(h.set("acme", "b", "ro", false))
	h.ok(h.set("acme", "c", "ro", true))
	h.ok(h.set("crew", "c", "owner", false))
	must(h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.Customers, As: desk.RolesOf(desk.Requestor, desk.CustomerRole), Permission: h.namedSet("ro").ID, Place: desk.OnGroup(h.groupID("c"))}))(t)
	h.grant(h.names["bo"], "AdminGroup", desk.OnGroup(h.groupID("b")))
	told := func(by desk.Actor, who string, limit int) string {
		list, more, err := h.EffectivePermissions(h.ctx, by, h.names[who], limit)
		h.ok(err)
		var words []string
		for _, p := range list {
			words = append(words, fmt.Sprintf("%s:%s by %s", p.Group.Text, p.From.Permission, p.From.Who.Text))
			if p.Other {
				words[len(words)-1] += " on others"
			}
		}
		if more {
			words = append(words, "and more")
		}
		return strings.Join(words, ", ")
	}
	for _, tt := range []struct {
		why  string
		by   desk.Actor
		who  string
		most int
		want string
	}{
		{"a contact by himself, his customer and the default", h.sys, "ann", 9, "a:rw by Ann, b:ro by acme, c:ro by Customers, c:ro by acme on others"},
		{"a customer", h.sys, "acme", 9, "b:ro by acme, c:ro by Customers, c:ro by acme on others"},
		{"an agent by his group", h.sys, "al", 9, "c:owner by crew"},
		{"who holds none", h.sys, "bo", 9, ""},
		{"no more than asked for", h.sys, "ann", 1, "a:rw by Ann, c:ro by acme on others, and more"},
		{"where the reader administers, and nowhere else", h.by("bo"), "ann", 9, "b:ro by acme"},
	} {
		if got := told(tt.by, tt.who, tt.most); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
	if _, _, err := h.EffectivePermissions(h.ctx, h.by("ann"), h.names["bob"], 9); desk.KindOf(err) != desk.NotFound {
		t.Errorf("a contact asks about another and gets %v, want that there is none", err)
	}
}

func TestSettingPermissionsIsRefused(t *testing.T) {
	h := companies(t)
	h.grant(h.names["al"], "AdminGroup", desk.OnGroup(h.groupID("a")))
	one := map[string]bool{"ro": true}
	for _, tt := range []struct {
		why  string
		by   string // empty: the system
		in   service.PermissionChange
		want desk.Kind
	}{
		{"without a group", "", service.PermissionChange{Who: h.names["ann"], Set: one}, desk.NotFound},
		{"without somebody", "", service.PermissionChange{Group: h.groupID("a"), Set: one}, desk.Invalid},
		{"without a permission", "", service.PermissionChange{Who: h.names["ann"], Group: h.groupID("a"), Replace: true}, desk.Invalid},
		{"a permission that is not there", "", service.PermissionChange{Who: h.names["ann"], Group: h.groupID("a"), Set: map[string]bool{"x": true}}, desk.Invalid},
		{"other customers' tickets for a contact", "", service.PermissionChange{Who: h.names["ann"], Group: h.groupID("a"), Other: true, Set: one}, desk.Invalid},
		{"a system group, whose are the default groups", "", service.PermissionChange{Who: desk.Contacts, Group: h.groupID("a"), Set: one}, desk.Invalid},
		{"on a group that he does not administer", "al", service.PermissionChange{Who: h.names["ann"], Group: h.groupID("b"), Set: one}, desk.Forbidden},
		{"by somebody who administers nothing", "bo", service.PermissionChange{Who: h.names["bo"], Group: h.groupID("a"), Set: one}, desk.Forbidden},
	} {
		t.Run(tt.why, func(t *testing.T) {
			by := h.sys
			if tt.by != "" {
				by = h.by(tt.by)
			}
			if err := h.SetPermissions(h.ctx, by, tt.in); desk.KindOf(err) != tt.want || err == nil {
				t.Errorf("got %v, want kind %d", err, tt.want)
			}
		})
	}
	h.ok(h.SetPermissions(h.ctx, h.by("al"), service.PermissionChange{Who: h.names["ann"], Group: h.groupID("a"), Set: one}))
}

func TestPermissionChangeIsOneVersion(t *testing.T) {
	h := companies(t)
	h.ok(h.set("al", "a", "ro create note", false))
	log, _, err := h.AuditLog(h.ctx, h.sys, service.AuditFilter{Limit: 3})
	h.ok(err)
	for _, line := range log {
		if line.Action != "grant.add" || line.Object != "group:a" {
			t.Errorf("an audit line is %+v, want one grant.add for each of the three", line)
		}
	}
}

func TestDefaultGroups(t *testing.T) {
	h := companies(t)
	rw := func(group string) []service.DefaultGroup {
		return []service.DefaultGroup{{Group: h.groupID(group), Permission: "rw"}, {Group: 999999, Permission: "ro"}}
	}
	h.ok(h.SetDefaultGroups(h.ctx, h.sys, desk.Contacts, rw("a")))
	h.ok(h.SetDefaultGroups(h.ctx, h.sys, desk.Customers, rw("b")))
	for _, tt := range []struct {
		why, got, want string
	}{
		{"a contact has both, his customer's through it", h.groups("ann", "ro", service.Permitted{}), "a b"},
		{"directly only that of the contacts", h.groups("ann", "ro", service.Permitted{Direct: true}), "a"},
		{"a customer has its own", h.groups("acme", "rw", service.Permitted{}), "b"},
		{"agents have none", h.groups("al", "ro", service.Permitted{}), ""},
		{"from the group's side", nameList(must(h.PermittedUsers(h.ctx, h.sys, h.groupID("a"), "ro", false))(t)), "Ann Bob Cid"},
		{"of the customers", nameList(must(h.PermittedCustomers(h.ctx, h.sys, h.groupID("b"), "ro", false))(t)), "acme bolt core"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, tt.got, tt.want)
		}
	}
	h.ok(h.SetDefaultGroups(h.ctx, h.sys, desk.Contacts, []service.DefaultGroup{{Group: h.groupID("a"), Permission: "ro"}}))
	if has := must(h.HasPermission(h.ctx, h.sys, h.names["ann"], "rw", "group:a"))(t); has {
		t.Error("the level ro gives rw")
	}
	h.ok(h.UpdateGroup(h.ctx, h.sys, desk.Group{ID: h.groupID("a"), Name: "a", Disabled: true}))
	if got := h.groups("ann", "ro", service.Permitted{}); got != "b" {
		t.Errorf("with a disabled default group ann has ro on %q, want b", got)
	}
}

func TestReachableCustomers(t *testing.T) {
	h := companies(t)
	reachable := func() string { return nameList(must(h.ReachableCustomers(h.ctx, h.sys, h.id("ann")))(t)) }
	h.ok(h.set("acme", "a", "!ro", true))
	h.ok(h.set("bolt", "a", "!rw", false))
	h.ok(h.set("core", "b", "!rw", false))
	if got := reachable(); got != "acme bolt" {
		t.Errorf("ann reaches %q, want acme bolt", got)
	}
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingOtherCustomers, "off"))
	if got := reachable(); got != "acme" {
		t.Errorf("without other customers ann reaches %q, want acme", got)
	}
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingOtherCustomers, "on"))
	h.ok(h.SetSetting(h.ctx, h.sys, service.SettingGroupSupport, "off"))
	if got := reachable(); got != "acme" {
		t.Errorf("without group support ann reaches %q, want acme", got)
	}
	if got := h.groups("ann", "rw", service.Permitted{}); got != "a b c crew" {
		t.Errorf("without group support ann has rw on %q, want all", got)
	}
}

func TestPermissionOnATicket(t *testing.T) {
	h := companies(t)
	ticket := h.open(service.NewTicket{Queue: h.queue["qa"], Requestors: []desk.PrincipalID{h.names["ann"]}})
	has := func(who, permission string) bool {
		return must(h.HasPermission(h.ctx, h.sys, h.names[who], permission, fmt.Sprint("ticket:", ticket)))(t)
	}
	h.ok(h.set("acme", "a", "!ro", false))
	h.ok(h.set("bolt", "a", "!ro", true))
	for _, tt := range []struct {
		who, permission string
		want            bool
	}{{"ann", "ro", true}, {"ann", "rw", false}, {"bob", "ro", true}, {"bob", "rw", false}, {"cid", "ro", false}, {"al", "ro", false}} {
		if got := has(tt.who, tt.permission); got != tt.want {
			t.Errorf("%s has %s on the ticket: %t, want %t", tt.who, tt.permission, got, tt.want)
		}
	}
	h.grant(desk.Everyone, "Owner: rw", desk.OnSystem())
	h.grant(h.names["al"], "OwnTicket", desk.OnSystem())
	h.ok(h.SetOwner(h.ctx, h.sys, ticket, service.Give, h.id("al")))
	if !has("al", "rw") {
		t.Error("the owner does not have rw by his role")
	}
}
