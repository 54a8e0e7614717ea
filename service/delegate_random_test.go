package service_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
)

// A register is what a test knows of a desk, kept beside it: nothing in it comes
// from the desk but the numbers of grants.
type register struct {
	agents   []string // users; the kind and switch of each below
	teams    []string
	contacts map[string]bool
	disabled map[string]bool
	in       map[[2]string]bool // member, group
	grants   map[desk.GrantID]registered
}

// A registered grant is to somebody, of a right, on system, on a group or on
// the queue.
type registered struct {
	who, right, where string
	source            desk.GrantID
	maker             string
}

// belongs: a path of memberships leads there; by disabled ones only if asleep.
func (r *register) belongs(who, to string, asleep bool) bool {
	seen := map[string]bool{}
	var walk func(at string) bool
	walk = func(at string) bool {
		if seen[at] || r.disabled[at] && !asleep {
			return false
		}
		seen[at] = true
		if at == to {
			return true
		}
		for pair := range r.in {
			if pair[0] == at && walk(pair[1]) {
				return true
			}
		}
		return false
	}
	return walk(who)
}

// stands is the definition: what a delegated grant rests on. Read awake, it
// says whether it counts; read asleep, whether it is left.
func (r *register) stands(g registered, asleep bool) bool {
	source, there := r.grants[g.source]
	if !there || r.contacts[g.maker] || !r.belongs(g.maker, source.who, asleep) {
		return false
	}
	if !asleep && r.disabled[source.where] {
		return false
	}
	if source.right == "DelegateRights" {
		return true
	}
	for _, may := range r.grants {
		if may.right == "DelegateRights" && (may.where == "system" || may.where == source.where) &&
			r.belongs(g.maker, may.who, asleep) && (may.source == 0 || r.stands(may, asleep)) {
			return true
		}
	}
	return false
}

// end drops what does not stand any more, until all that is left does.
func (r *register) end() {
	for again := true; again; {
		again = false
		for id, g := range r.grants {
			if g.source != 0 && !r.stands(g, true) {
				delete(r.grants, id)
				again = true
			}
		}
	}
}

// holds: a grant of the right on the very place reaches the user and counts.
func (r *register) holds(user, right, where string) bool {
	for _, g := range r.grants {
		if g.right == right && (g.where == where || g.where == "system") && r.belongs(user, g.who, false) &&
			(g.source == 0 || r.stands(g, false)) {
			return true
		}
	}
	return false
}

// delegated lists the numbers of delegated grants.
func (r *register) delegated() []desk.GrantID {
	var ids []desk.GrantID
	for id, g := range r.grants {
		if g.source != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// A drill plays random changes on a desk and in the register.
type drill struct {
	*house
	*register
	rt *rapid.T
}

func newDrill(h *house, rt *rapid.T, name string) *drill {
	d := &drill{h, &register{contacts: map[string]bool{}, disabled: map[string]bool{}, in: map[[2]string]bool{},
		grants: map[desk.GrantID]registered{}}, rt}
	for i := range 3 {
		u, g := fmt.Sprintf("u%d%s", i, name), fmt.Sprintf("g%d%s", i, name)
		h.agent(u)
		h.group(g)
		mine := u + "/mine"
		h.personalGroup(u, "mine")
		d.agents, d.teams = append(d.agents, u), append(d.teams, g, mine)
	}
	return d
}

func pick[T any](d *drill, label string, list []T) T {
	return rapid.SampledFrom(list).Draw(d.rt, label)
}

func (d *drill) place(where string) desk.Place {
	if where == "system" {
		return desk.OnSystem()
	}
	return desk.OnGroup(desk.GroupID(d.names[where]))
}

func (d *drill) grantSome() {
	who := pick(d, "who", append(slices.Clone(d.agents), d.teams...))
	g := registered{who: who, right: pick(d, "right", []string{"DelegateRights", "SeeGroup", "DelegateRights", "ShowConfigTab"}), where: "system"}
	if g.right != "ShowConfigTab" {
		g.where = pick(d, "where", []string{"system", d.teams[0], d.teams[2]})
	}
	right, _ := desk.ParseRight(g.right)
	id, err := d.Grant(d.ctx, d.sys, desk.Grant{Who: d.names[who], Right: right, Place: d.place(g.where)})
	if err == nil {
		d.register.grants[id] = g
	}
}

// withNumbers returns the numbers of grants in order, delegated or not.
func (d *drill) withNumbers(delegated bool) []desk.GrantID {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(d.register.grants)), func(id desk.GrantID) bool {
		return (d.register.grants[id].source != 0) != delegated
	})
}

func (d *drill) revoke() {
	if ids := d.withNumbers(false); len(ids) > 0 {
		id := pick(d, "grant", ids)
		d.ok(d.Revoke(d.ctx, d.sys, id))
		delete(d.register.grants, id)
	}
}

func (d *drill) withdraw() {
	if ids := d.withNumbers(true); len(ids) > 0 {
		id := pick(d, "delegated", ids)
		maker := d.register.grants[id].maker
		if err := d.Undelegate(d.ctx, d.by(maker), id); (err == nil) == d.disabled[maker] {
			d.rt.Fatalf("%s withdraws %d: %v", maker, id, err)
		}
		if !d.disabled[maker] {
			delete(d.register.grants, id)
		}
	}
}

func (d *drill) delegate() {
	ids := slices.Sorted(maps.Keys(d.register.grants))
	if len(ids) == 0 {
		return
	}
	source := pick(d, "source", ids)
	maker := pick(d, "maker", d.agents)
	to := pick(d, "to", append(slices.Clone(d.agents), maker+"/mine"))
	g := d.register.grants[source]
	made := registered{who: to, right: g.right, where: g.where, source: source, maker: maker}
	want := g.source == 0 && to != maker && !d.disabled[to] && !d.disabled[maker] && d.stands(made, false)
	for _, other := range d.register.grants {
		want = want && other != made
	}
	id, err := d.Delegate(d.ctx, d.by(maker), service.Delegation{Source: source, To: d.names[to]})
	if (err == nil) != want && !d.disabled[g.where] { // about what is disabled one may, though it will sleep
		d.rt.Fatalf("%s passes %+v on to %s: %v, want it to work: %v", maker, g, to, err, want)
	}
	if err == nil {
		d.register.grants[id] = made
	}
}

func (d *drill) member() {
	pair := [2]string{pick(d, "member", append(slices.Clone(d.agents), d.teams...)), pick(d, "group", d.teams)}
	m := desk.Membership{Member: d.names[pair[0]], Group: d.names[pair[1]]}
	if d.register.in[pair] {
		d.ok(d.RemoveMember(d.ctx, d.sys, m.Group, m.Member))
		delete(d.register.in, pair)
	} else if d.AddMember(d.ctx, d.sys, m) == nil {
		d.register.in[pair] = true
	}
}

func (d *drill) flip() {
	name := pick(d, "switched", append(slices.Clone(d.agents), d.teams...))
	d.disabled[name] = !d.disabled[name]
	if slices.Contains(d.agents, name) {
		d.switchUser(name, d.disabled[name])
	} else {
		d.switchGroup(name, d.disabled[name])
	}
}

func (d *drill) turn() {
	name := pick(d, "turned", d.agents)
	d.contacts[name] = !d.contacts[name]
	u := must(d.User(d.ctx, d.sys, desk.UserID(d.names[name])))(d.t)
	u.Kind = desk.Agent
	if d.contacts[name] {
		u.Kind = desk.Contact
	}
	d.ok(d.UpdateUser(d.ctx, d.sys, *u))
}

// holdsAsRegistered compares the desk with the register.
func (d *drill) holdsAsRegistered(other []desk.GrantID) {
	d.end()
	want := append(slices.Clone(other), d.register.delegated()...)
	if got := d.house.delegated(); !slices.Equal(got, want) {
		d.rt.Fatalf("delegated grants are %v, want %v of %+v", got, want, d.register)
	}
	for _, user := range d.agents {
		if d.disabled[user] {
			continue
		}
		if got, want := d.may(user, desk.ShowConfigTab, "system"), d.holds(user, "ShowConfigTab", "system"); got != want {
			d.rt.Fatalf("%s holds ShowConfigTab: %v, want %v of %+v", user, got, want, d.register)
		}
	}
}

// TestDelegatedGrantsStandOrEnd: after any change there is no delegated grant
// that does not rest on anything, and none was ended that does.
func TestDelegatedGrantsStandOrEnd(t *testing.T) {
	a, _ := nodes(t)
	for name, h := range map[string]*house{"sqlite": newHouse(t), "postgres": a} {
		t.Run(name, func(t *testing.T) {
			round, failed := 0, false
			rapid.Check(t, func(rt *rapid.T) {
				if round++; round > 12 && !failed {
					return // one takes a third of a second
				}
				defer func() { failed = failed || rt.Failed() }()
				d := newDrill(h, rt, fmt.Sprintf("-%d", round))
				before := h.delegated()
				for _, step := range rapid.SliceOfN(rapid.SampledFrom(d.steps()), 30, 60).Draw(rt, "steps") {
					step()
					d.holdsAsRegistered(before)
				}
			})
		})
	}
}

// steps are what can happen, the likelier the oftener it is named.
func (d *drill) steps() []func() {
	return []func(){d.grantSome, d.grantSome, d.delegate, d.delegate, d.delegate, d.delegate, d.revoke, d.withdraw,
		d.member, d.member, d.member, d.flip, d.turn}
}
