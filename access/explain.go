package access

import (
	"slices"

	"gatehouse/desk"
)

// Explain says why the user may r on x, or what comes nearest to it. Yes is
// what Can says. Of several proofs it gives the plainest: SuperUser last.
func (e *Engine) Explain(u desk.UserID, r desk.Right, x Object) Proof {
	if !r.Known() {
		return Proof{Missing: MissRight}
	}
	a := e.ask(r, x)
	if !a.about(u) {
		return Proof{Missing: MissUser}
	}
	best := a.best(true)
	if best.grant != nil && best.missing < MissDisabled {
		return a.proof(best)
	}
	if proof, ok := a.butForDisabled(); ok {
		return proof
	}
	if best.grant != nil {
		return a.proof(best)
	}
	for _, place := range a.places {
		for _, g := range e.onPlace[place] {
			if g.gives(a.p.kind).Has(r) {
				return Proof{Grant: g.Grant, Missing: MissPath}
			}
		}
	}
	return Proof{Missing: MissGrant}
}

// proof adds the paths to a finding.
func (a *asking) proof(f finding) Proof {
	u := desk.PrincipalID(a.u)
	proof := Proof{Yes: f.missing == MissNothing, Grant: f.grant.Grant, Path: a.e.path(u, f.grant.Who),
		Role: f.role, Holder: f.holder, At: f.at, Future: f.future, Missing: f.missing}
	switch {
	case f.via != 0:
		proof.Through = append(a.e.path(u, f.via), a.e.path(f.via, f.holder)...)
	case f.holder != 0:
		proof.Through = a.e.path(u, f.holder)
	}
	return proof
}

// path is the shortest of the best paths from a principal to another one, of
// which it is a deep member; nothing where they are the same.
func (e *Engine) path(from, to desk.PrincipalID) []Step {
	if from == to {
		return nil
	}
	least := e.linksOf(from).find(to)
	t := trail{g: &e.graph, from: from}
	return t.to(to, func(next edge) bool {
		at := e.group(next.to)
		return at != nil && next.level >= least && at.up.find(to) >= least
	})
}

// A trail is a search for a path upwards, the nearest principals first.
type trail struct {
	g     *graph
	from  desk.PrincipalID
	steps []Step
	back  []int // the index of the step before, or -1
}

// to returns the path to a principal by edges that pass, or nil.
func (t *trail) to(to desk.PrincipalID, pass func(edge) bool) []Step {
	t.spread(t.from, -1, pass)
	for i := 0; i < len(t.steps); i++ {
		if t.steps[i].To == to {
			return t.path(i)
		}
		t.spread(t.steps[i].To, i, pass)
	}
	return nil
}

// spread adds the steps that go on from a principal to where none led yet.
func (t *trail) spread(at desk.PrincipalID, back int, pass func(edge) bool) {
	for next := range t.g.above(at) {
		if next.to == t.from || !pass(next) ||
			slices.ContainsFunc(t.steps, func(s Step) bool { return s.To == next.to }) {
			continue
		}
		step := Step{From: at, To: next.to}
		if t.g.isCustomer(next.to) {
			step.Part = next.level.part()
		}
		t.steps, t.back = append(t.steps, step), append(t.back, back)
	}
}

// path returns the steps up to that of an index.
func (t *trail) path(i int) []Step {
	var path []Step
	for ; i >= 0; i = t.back[i] {
		path = append(path, t.steps[i])
	}
	slices.Reverse(path)
	return path
}
