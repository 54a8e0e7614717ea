package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// logged is a small desk whose log has something of most kinds.
func logged(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.agent("ann")
	h.agent("root")
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.group("team", "ann")
	q := h.makeQueue(desk.Queue{Name: "support"})
	root := h.by("root")
	h.grant(h.names["team"], "OwnTicket", desk.OnQueue(q))
	h.ok(h.AddQueueWatcher(h.ctx, root, desk.Watcher{Queue: q, Role: desk.AdminCc, Who: h.names["team"]}))
	u := must(h.User(h.ctx, h.sys, h.id("ann")))(t)
	u.Login, u.Disabled = "anna", true
	h.ok(h.UpdateUser(h.ctx, root, *u))
	g := must(h.Group(h.ctx, h.sys, desk.GroupID(h.names["team"])))(t)
	g.Name = "crew"
	h.ok(h.UpdateGroup(h.ctx, root, *g))
	return h
}

// said is a change as a line of words.
func saidOf(c service.Change) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", c.Action, c.Object, c.Who.Text, c.What))
}

func TestFindChanges(t *testing.T) {
	h := logged(t)
	for _, tt := range []struct {
		why  string
		q    service.AuditQuestion
		want []string // newest first
	}{
		{"what root did", service.AuditQuestion{Actor: "root"}, []string{"group.update group:crew", "user.update user:anna", "watcher.add queue:support crew AdminCc"}},
		{"of it about ann, found by her new login, and under the old", service.AuditQuestion{Subject: "user:anna"},
			[]string{"user.update user:anna", "member.add group:team Ann", "user.create user:ann"}},
		{"a group by its bare name: made, joined, granted to, watching, renamed", service.AuditQuestion{Subject: "crew"},
			[]string{"group.update group:crew", "watcher.add queue:support crew AdminCc", "grant.add queue:support crew OwnTicket", "member.add group:team Ann", "group.create group:team"}},
		{"a queue: its grants and its watchers", service.AuditQuestion{Subject: "queue:support"},
			[]string{"watcher.add queue:support crew AdminCc", "grant.add queue:support crew OwnTicket", "queue.create queue:support"}},
		{"the whole desk", service.AuditQuestion{Subject: "system"}, []string{"grant.add system Root SuperUser"}},
		{"a kind of the desk itself", service.AuditQuestion{Actor: "system", AuditFilter: service.AuditFilter{Kind: "member"}}, []string{"member.add group:team Ann"}},
		{"a kind that later had a name like it", service.AuditQuestion{AuditFilter: service.AuditFilter{Kind: "queue"}}, []string{"queue.create queue:support"}},
	} {
		list, more, err := h.FindChanges(h.ctx, h.sys, tt.q)
		var got []string
		for _, c := range list {
			got = append(got, saidOf(c))
		}
		if err != nil || more || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, %v, %q, want %q", tt.why, err, more, got, tt.want)
		}
	}
	for _, q := range []service.AuditQuestion{{Actor: "nobody"}, {Subject: "group:team"}, {Subject: "zeppelin:9"}, {AuditFilter: service.AuditFilter{Kind: "nothing"}}} {
		if _, _, err := h.FindChanges(h.ctx, h.sys, q); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%+v: got %v, want to be told what to write", q, err)
		}
	}
}

// TestDifferences: a line tells what is not the same before and after, with
// names.
func TestDifferences(t *testing.T) {
	h := logged(t)
	list, _, err := h.FindChanges(h.ctx, h.sys, service.AuditQuestion{})
	h.ok(err)
	want := map[string]string{
		"user.update":  "[{login ann anna} {disabled false true}]",
		"group.update": "[{name team crew}]",
		"watcher.add":  "[{member  crew}]",
		"member.add":   "[{member  Ann}]",
	}
	for _, c := range list {
		if w, ok := want[c.Action]; ok && fmt.Sprint(c.Differ) != w {
			t.Errorf("%s: got %v, want %s", c.Action, c.Differ, w)
		}
	}
}

// TestStateOfTheLog: somebody may look at the chain, and is told when it was
// last whole.
func TestStateOfTheLog(t *testing.T) {
	h := logged(t)
	ann := h.agent("iris")
	h.grant(desk.PrincipalID(ann), "ShowAudit", desk.OnSystem())
	st := must(h.AuditState(h.ctx, h.by("iris")))(t)
	if !st.Checked.IsZero() || st.Last == 0 {
		t.Errorf("nobody has looked yet, but it says %+v", st)
	}
	st = must(h.CheckAudit(h.ctx, h.by("iris")))(t)
	if st.Right.IsZero() || st.RightLine != st.Last || st.Bad != 0 {
		t.Errorf("the log was looked at: %+v", st)
	}
	looked := st.Checked
	must(h.Verify(h.ctx, h.sys))(t)
	if st = must(h.AuditState(h.ctx, h.by("iris")))(t); !st.Checked.After(looked) || !st.Right.Equal(st.Checked) {
		t.Errorf("verify has looked at the log: %+v", st)
	}
}
