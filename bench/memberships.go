package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"gatehouse/desk"
)

// leave is how many memberships are taken away at a time, at the most.
const leave = 4

// changeMembership takes a membership of a visitor away, or gives one back, and
// has him ask every node for a ticket of which the answer changed.
func (d *drive) changeMembership(ctx context.Context) bool {
	before := d.history.now()
	if len(d.taken) > 0 && (len(d.taken) >= leave || rand.IntN(2) == 0) {
		m := d.taken[0]
		d.taken = d.taken[1:]
		if d.history.doubted(desk.UserID(m.Member)) {
			return true
		}
		return d.change(ctx, m, true) && d.askAfter(ctx, before, m)
	}
	m, ok := d.someMembership(before.world)
	if !ok {
		return true
	}
	if !d.change(ctx, m, false) {
		return false
	}
	d.taken = append(d.taken, m)
	return d.askAfter(ctx, before, m)
}

// someMembership is one of a visitor's own.
func (d *drive) someMembership(w *desk.World) (desk.Membership, bool) {
	v := d.visitors[rand.IntN(len(d.visitors))]
	if d.history.doubted(v.user) {
		return desk.Membership{}, false
	}
	var own []desk.Membership
	for _, m := range w.Memberships {
		if m.Member == desk.PrincipalID(v.user) {
			own = append(own, m)
		}
	}
	if len(own) == 0 {
		return desk.Membership{}, false
	}
	return own[rand.IntN(len(own))], true
}

// change gives or takes one membership.
func (d *drive) change(ctx context.Context, m desk.Membership, give bool) bool {
	place := "groups"
	if m.Part != desk.PartNone {
		place = "customers"
	}
	c := call{kind: kindChange, who: d.root, method: "DELETE", path: fmt.Sprintf("/api/v1/%s/%d/members/%d", place, m.Group, m.Member)}
	after := without(d.history.now().world, m)
	if give {
		after = with(d.history.now().world, m)
		sent := map[string]any{"member": m.Member}
		if m.Part != desk.PartNone {
			sent["part"], sent["primary"] = m.Part.String(), m.Primary
		}
		body, err := json.Marshal(sent)
		if err != nil {
			return false
		}
		c.method, c.path = "POST", fmt.Sprintf("/api/v1/%s/%d/members", place, m.Group)
		c.body, c.typ = string(body), "application/json"
	}
	d.history.begin(after)
	a := d.ask(ctx, c)
	if a.doubtful {
		d.history.doubt(desk.UserID(m.Member))
	}
	// Where the answer to an earlier try was lost, it is done already.
	was := map[bool]int{true: http.StatusConflict, false: http.StatusNotFound}[give]
	switch {
	case a.status == 0:
		d.history.doubt(desk.UserID(m.Member))
		return false
	case a.status != http.StatusNoContent && !slices.Contains([]int{was}, a.status):
		d.counts.wrong("membership: got status %d: %.200s", a.status, a.body)
	}
	d.history.confirm()
	d.counts.confirmed("memberships")
	return true
}

// askAfter looks for a ticket that he sees since the change, or no more, and
// asks every node for it.
func (d *drive) askAfter(ctx context.Context, before *version, m desk.Membership) bool {
	at := slices.IndexFunc(d.visitors, func(v *caller) bool { return v.user == desk.UserID(m.Member) })
	if at < 0 {
		return true
	}
	v, now := d.visitors[at], d.history.now()
	for _, id := range v.tickets {
		facts, err := d.tickets.facts(ctx, id)
		if err != nil || before.may(seen(v, id), facts) == now.may(seen(v, id), facts) {
			continue
		}
		for i := range d.Nodes {
			begin := time.Now()
			if d.ticket(ctx, v, id, kindAfter, i+1) {
				d.counts.done(kindAfter, time.Since(begin))
			}
		}
		break
	}
	return true
}
