package service_test

import (
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// TestGrantListsAreFollowed plays random lists of grants and revocations, some of
// which were passed on, and compares what everybody holds with an engine that is
// built anew.
func TestGrantListsAreFollowed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHouse(t)
		users := []string{"ann", "ben", "cleo"}
		for _, login := range users {
			h.agent(login)
		}
		h.group("team", "ann", "ben")
		h.group("crew", "cleo", "team")
		queues := []desk.QueueID{h.makeQueue(desk.Queue{Name: "support"}), h.makeQueue(desk.Queue{Name: "sales", AccessGroup: desk.GroupID(h.names["crew"])})}
		places := []desk.Place{desk.OnSystem(), desk.OnQueue(queues[0]), desk.OnQueue(queues[1]), desk.OnGroup(desk.GroupID(h.names["crew"]))}
		rights := []desk.Right{desk.ShowTicket, desk.OwnTicket, desk.DelegateRights}
		given := map[desk.Grant]bool{}
		for range rapid.IntRange(1, 5).Draw(rt, "steps") {
			var list []desk.Grant
			drop := len(given) > 0 && rapid.Bool().Draw(rt, "revoke")
			for range rapid.IntRange(0, 4).Draw(rt, "grants") {
				g := desk.Grant{Who: h.names[rapid.SampledFrom([]string{"ann", "ben", "team", "crew"}).Draw(rt, "who")],
					Right: rapid.SampledFrom(rights).Draw(rt, "right"), Place: rapid.SampledFrom(places).Draw(rt, "where")}
				if g.Right == desk.DelegateRights && g.Place.Kind == desk.QueuePlace || given[g] != drop {
					continue
				}
				given[g] = !drop
				list = append(list, g)
			}
			if drop {
				h.ok(h.RevokeAll(h.ctx, h.sys, list))
			} else {
				h.ok(h.GrantAll(h.ctx, h.sys, list))
			}
			if may := must(h.CanPassOn(h.ctx, h.by("ann")))(t); len(may) > 0 && rapid.Bool().Draw(rt, "pass on") {
				_, err := h.Delegate(h.ctx, h.by("ann"), service.Delegation{Source: may[0].ID, To: h.names["cleo"]})
				if err != nil && desk.KindOf(err) != desk.Conflict {
					t.Fatal(err)
				}
			}
			h.sameAsAnew(rt, users, queues)
		}
	})
}

// sameAsAnew compares what people hold on the queues support and sales with an
// engine that is built anew.
func (h *house) sameAsAnew(rt *rapid.T, users []string, queues []desk.QueueID) {
	h.t.Helper()
	var w *desk.World
	h.ok(h.store.View(h.ctx, func(tx *store.Tx) (err error) { w, err = tx.World(h.ctx); return err }))
	w.Today = desk.DayOf(h.Now())
	anew := access.New(w)
	for _, login := range users {
		for i, name := range []string{"support", "sales"} {
			got := must(h.RightsOf(h.ctx, h.sys, service.Holder{Who: h.names[login]}, "queue:"+name))(h.t)
			if want := anew.Rights(h.id(login), access.Queue(queues[i])); got != want {
				rt.Fatalf("%s on %s holds %v, built anew %v", login, name, got.Names(), want.Names())
			}
		}
	}
}
