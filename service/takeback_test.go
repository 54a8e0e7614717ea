package service_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// world reads what access depends on, without the numbers that a change that
// was taken back does not give back: those of grants and of the version.
func (h *house) world() *desk.World {
	h.t.Helper()
	var w *desk.World
	h.ok(h.store.View(h.ctx, func(tx *store.Tx) (err error) {
		w, err = tx.World(h.ctx)
		return err
	}))
	w.Version = 0
	for i := range w.Grants {
		w.Grants[i].ID = 0
	}
	return w
}

// TestTakeBack: a change of several steps is taken back as one, and that again.
func TestTakeBack(t *testing.T) {
	h := effectHouse(t)
	h.grant(h.names["boss"], "ShowTicket", desk.OnQueue(h.queue["support"]))
	role := must(h.CreateRole(h.ctx, h.sys, desk.Role{Name: "Auditor", Queues: []desk.QueueID{h.queue["support"]}}))(t)
	for why, edits := range map[string]service.Edits{
		"a grant": func(in *service.Service, by desk.Actor) error {
			_, err := in.Grant(h.ctx, by, desk.Grant{Who: h.names["team"], Right: desk.OwnTicket, Place: desk.OnSystem()})
			return err
		},
		"members and a group that is disabled": func(in *service.Service, by desk.Actor) error {
			if err := in.AddMember(h.ctx, by, desk.Membership{Group: h.names["team"], Member: h.names["boss"]}); err != nil {
				return err
			}
			if err := in.RemoveMember(h.ctx, by, h.names["acme"], h.names["carl"]); err != nil {
				return err
			}
			return in.UpdateGroup(h.ctx, by, desk.Group{ID: desk.GroupID(h.names["team"]), Name: "team", Disabled: true})
		},
		"a guard, a watcher and a part": func(in *service.Service, by desk.Actor) error {
			if err := in.UpdateQueue(h.ctx, by, desk.Queue{ID: h.queue["support"], Name: "support", AccessGroup: desk.GroupID(h.names["team"])}); err != nil {
				return err
			}
			if err := in.AddQueueWatcher(h.ctx, by, desk.Watcher{Queue: h.queue["support"], Role: desk.Cc, Who: h.names["acme"]}); err != nil {
				return err
			}
			return in.UpdateMember(h.ctx, by, desk.Membership{Group: h.names["acme"], Member: h.names["carl"], Part: desk.PartManager})
		},
		"a role, a permission and a switch": func(in *service.Service, by desk.Actor) error {
			if err := in.UpdateRole(h.ctx, by, desk.Role{ID: role, Name: "Auditor", Queues: []desk.QueueID{h.queue["sales"]}, Disabled: true}); err != nil {
				return err
			}
			if err := in.UpdatePermission(h.ctx, by, desk.Permission{ID: desk.RW, Name: "rw", Agents: desk.RightsOf(desk.SeeQueue)}); err != nil {
				return err
			}
			return in.SetSetting(h.ctx, by, service.SettingCompanyTickets, "off")
		},
		"a user who is disabled": func(in *service.Service, by desk.Actor) error {
			u, err := in.User(h.ctx, by, desk.UserID(h.names["carl"]))
			if err != nil {
				return err
			}
			u.Disabled = true
			return in.UpdateUser(h.ctx, by, *u)
		},
	} {
		before := h.world()
		change := must(h.Together(h.ctx, h.sys, edits))(t)
		after := h.world()
		if reflect.DeepEqual(before, after) {
			t.Errorf("%s: nothing was changed", why)
		}
		back := must(h.TakeBack(h.ctx, h.sys, change))(t)
		if got := h.world(); !reflect.DeepEqual(got, before) {
			t.Errorf("%s: taken back it is\n%+v\nbefore it was\n%+v", why, got, before)
		}
		again := must(h.TakeBack(h.ctx, h.sys, back))(t)
		if got := h.world(); !reflect.DeepEqual(got, after) {
			t.Errorf("%s: taken back twice it is\n%+v\nwant\n%+v", why, got, after)
		}
		must(h.TakeBack(h.ctx, h.sys, again))(t)
	}
}

// TestTakeBackIsRefused: for who may not make the reverse, where something was
// changed since, and where nothing was changed; nothing of it is done then.
func TestTakeBackIsRefused(t *testing.T) {
	h := effectHouse(t)
	change := must(h.Together(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		if err := in.AddMember(h.ctx, by, desk.Membership{Group: h.names["acme"], Member: h.names["newt"], Part: desk.PartReader}); err != nil {
			return err
		}
		return in.AddMember(h.ctx, by, desk.Membership{Group: h.names["team"], Member: h.names["boss"]})
	}))(t)
	for _, tt := range []struct {
		why  string
		by   desk.Actor
		id   int64
		want desk.Kind
	}{
		{"by an agent who may not", h.by("agnes"), change, desk.NotFound},
		{"by a contact", h.by("carl"), change, desk.NotFound},
		{"no change of access", h.sys, 9999, desk.NotFound},
	} {
		if _, err := h.TakeBack(h.ctx, tt.by, tt.id); desk.KindOf(err) != tt.want {
			t.Errorf("%s: %v", tt.why, err)
		}
	}
	h.ok(h.UpdateMember(h.ctx, h.sys, desk.Membership{Group: h.names["acme"], Member: h.names["newt"], Part: desk.PartMember}))
	before := h.world()
	_, err := h.TakeBack(h.ctx, h.sys, change)
	wantKind(t, err, desk.Conflict)
	if !reflect.DeepEqual(before, h.world()) {
		t.Error("a part of it was taken back")
	}
}

// TestExplainAtIsWhatItWas plays random changes, keeps what everybody could do
// after each, and asks for it afterwards.
func TestExplainAtIsWhatItWas(t *testing.T) {
	h := effectHouse(t)
	people, groups := []string{"agnes", "boss", "carl", "newt"}, []string{"team", "acme", "bolt"}
	type moment struct {
		at  time.Time
		can [4]bool
	}
	var moments []moment
	ask := func(can func(login string) bool) (list [4]bool) {
		for i, login := range people {
			list[i] = can(login)
		}
		return list
	}
	rapid.Check(t, func(rt *rapid.T) {
		for range 3 {
			h.randomEdit(rt, people, groups)
			moments = append(moments, moment{h.Now(), ask(func(login string) bool {
				yes, err := h.Check(h.ctx, h.sys, login, "SeeQueue", "queue:support")
				return err == nil && yes
			})})
		}
	})
	for _, i := range []int{0, len(moments) / 4, len(moments) / 2, len(moments) - 2, len(moments) - 1} {
		m := moments[i]
		then := ask(func(login string) bool {
			a, err := h.ExplainAt(h.ctx, h.sys, service.Question{User: login, Right: "SeeQueue", Object: "queue:support"}, m.at)
			return err == nil && a.Yes
		})
		if then != m.can {
			t.Errorf("after change %d they could %v, it is said %v", i, m.can, then)
		}
	}
}

// randomEdit grants or revokes, lets somebody in or out, or disables a group.
func (h *house) randomEdit(rt *rapid.T, people, groups []string) {
	who, group := rapid.SampledFrom(people).Draw(rt, "who"), rapid.SampledFrom(groups).Draw(rt, "group")
	g := desk.Grant{Who: h.names[group], Right: desk.SeeQueue, Place: desk.OnQueue(h.queue["support"])}
	switch rapid.IntRange(1, 3).Draw(rt, "edit") {
	case 1:
		if found, err := h.FindGrant(h.ctx, h.sys, g); err == nil {
			h.ok(h.Revoke(h.ctx, h.sys, found.ID))
		} else {
			if _, err := h.Grant(h.ctx, h.sys, g); desk.KindOf(err) != desk.Invalid { // it is disabled
				h.ok(err)
			}
		}
	case 2:
		if h.RemoveMember(h.ctx, h.sys, h.names[group], h.names[who]) != nil {
			h.join(group, who, desk.PartNone, false)
		}
	case 3:
		team := must(h.Group(h.ctx, h.sys, desk.GroupID(h.names["team"])))(h.t)
		team.Disabled = !team.Disabled
		h.ok(h.UpdateGroup(h.ctx, h.sys, *team))
	}
}

// TestExplainAtAsks: it is for who may read the audit log and may ask.
func TestExplainAtAsks(t *testing.T) {
	h := effectHouse(t)
	q := service.Question{User: "boss", Right: "SeeQueue", Object: "queue:support"}
	_, err := h.ExplainAt(h.ctx, h.by("agnes"), q, h.Now())
	wantKind(t, err, desk.Forbidden)
	h.grant(h.names["agnes"], "ShowAudit", desk.OnSystem())
	_, err = h.ExplainAt(h.ctx, h.by("agnes"), q, h.Now())
	wantKind(t, err, desk.NotFound)
	_, err = h.ExplainAt(h.ctx, h.sys, q, h.Now().AddDate(1, 0, 0))
	wantKind(t, err, desk.Invalid)
	answer := must(h.ExplainAt(h.ctx, h.sys, q, h.Now()))(t)
	if answer.Yes || answer.Proof.Missing != access.MissGrant {
		t.Errorf("got %+v", answer.Proof)
	}
}
