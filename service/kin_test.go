package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
)

// TestGroupKin: around a group stand those in which it is and those in it, each
// beyond all those between.
func TestGroupKin(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.group("managers", "ann")
	h.group("team", "managers")
	h.group("staff", "team", "managers") // managers are two steps below by the longest path
	h.group("company", "staff")
	h.group("secret", "team")
	for _, tt := range []struct{ of, want string }{
		{"team", "company -2 (1), managers 1 (1), secret -1 (1), staff -1 (1), team 0 (1)"},
		{"company", "company 0 (1), managers 3 (1), staff 1 (1), team 2 (1)"},
		{"managers", "company -3 (1), managers 0 (1), secret -2 (1), staff -2 (1), team -1 (1)"},
	} {
		kin := must(h.GroupKin(h.ctx, h.sys, desk.GroupID(h.names[tt.of])))(t)
		var got []string
		for _, n := range kin.Nodes {
			got = append(got, fmt.Sprintf("%s %d (%d)", n.Name.Text, n.Level, n.People))
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != tt.want || kin.More {
			t.Errorf("%s: got %v, want %s", tt.of, got, tt.want)
		}
	}
	h.agent("sally")
	for _, name := range []string{"team", "staff"} {
		h.grant(h.names["sally"], "SeeGroup", desk.OnGroup(desk.GroupID(h.names[name])))
	}
	kin := must(h.GroupKin(h.ctx, h.by("sally"), desk.GroupID(h.names["team"])))(t)
	if len(kin.Nodes) != 2 || len(kin.Lines) != 1 {
		t.Errorf("who sees two of the groups is shown %+v", kin)
	}
	if _, err := h.GroupKin(h.ctx, h.by("sally"), desk.GroupID(h.names["secret"])); desk.KindOf(err) != desk.NotFound {
		t.Errorf("got %v, want to be told that there is none", err)
	}
}
