package access

import "gatehouse/desk"

// butForDisabled looks for what would make it a yes if nothing were disabled:
// a grant to a group beyond a disabled one, a disabled access group, or a role
// that is filled beyond a disabled group.
func (a *asking) butForDisabled() (Proof, bool) {
	all := trail{g: &a.e.graph, from: desk.PrincipalID(a.u)}
	all.to(0, func(next edge) bool { return next.level != noPath }) // to everywhere
	places := a.e.covering(a.r, a.x, a.queue, true)
	whos := []desk.PrincipalID{all.from}
	for _, s := range all.steps {
		whos = append(whos, s.To)
	}
	for _, who := range whos {
		for g := range a.e.held(who, places) {
			if !g.gives(a.p.kind).Has(a.r) {
				continue
			}
			if proof, ok := a.wouldReach(g, &all); ok {
				return proof, true
			}
		}
	}
	return Proof{}, false
}

// wouldReach returns the proof that the grant would give, cut off where
// something is disabled; none if it would not do even then.
func (a *asking) wouldReach(g *grant, all *trail) (Proof, bool) {
	proof := Proof{Grant: g.Grant, Missing: MissDisabled, Path: all.upToDisabled(g.Who)}
	if g.As == 0 {
		return proof, true
	}
	f := finding{grant: g}
	a.fill(&f)
	if f.missing == MissNothing {
		with := a.proof(f)
		proof.Role, proof.Holder, proof.At, proof.Future = with.Role, with.Holder, with.At, with.Future
		proof.Through = with.Through
		return proof, true
	}
	found := false
	a.eachHolder(g.As, func(h desk.Holder, at RolePlace) bool {
		through := all.upToDisabled(h.Who)
		if found = len(through) > 0; found {
			proof.Role, proof.Holder, proof.At, proof.Through = h.Role, h.Who, at, through
		}
		return !found
	})
	return proof, found
}

// upToDisabled returns the path to a principal, up to the first step that
// leads into something disabled; nil where there is no path.
func (t *trail) upToDisabled(to desk.PrincipalID) []Step {
	for i := range t.steps {
		if t.steps[i].To != to {
			continue
		}
		path := t.path(i)
		for j, s := range path {
			if !t.g.enabled(s.To) {
				return path[:j+1]
			}
		}
		return path
	}
	return nil
}
