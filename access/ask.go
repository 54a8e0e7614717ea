package access

import "gatehouse/desk"

// An asking is one question, as Explain, WhoCan and Fillers go through it for
// one user after the other, grant by grant. Can answers the same from the
// user's row.
type asking struct {
	e      *Engine
	r      desk.Right
	x      Object
	queue  int          // the number of x's queue
	shared bool         // x is no ticket, or a shared one
	places []desk.Place // on which grants cover x
	p      *user        // who is asked about, enabled
	u      desk.UserID
}

func (e *Engine) ask(r desk.Right, x Object) *asking {
	n := e.queueOf(x)
	return &asking{e: e, r: r, x: x, queue: n, places: e.covering(r, x, n, false),
		shared: x.Ticket == nil || x.Ticket.Sharing == desk.Shared}
}

// about makes the question one about the user; false: he is disabled or
// unknown.
func (a *asking) about(u desk.UserID) bool {
	a.p, a.u = a.e.person(u), u
	return a.p != nil
}

// A finding is what a grant comes to for the user, without the paths.
type finding struct {
	grant   *grant
	role    desk.RoleID
	holder  desk.PrincipalID
	at      RolePlace
	via     desk.PrincipalID // the customer for which he reported the ticket, where that is why
	future  bool
	missing Miss
}

// rank orders findings: yes before no, the nearest miss first, and a plain
// grant before one with a role and before SuperUser.
func (f *finding) rank() int {
	rank := int(f.missing) * 4
	if f.grant.super {
		rank += 2
	}
	if f.grant.As != 0 {
		rank++
	}
	return rank
}

// best returns the best finding of all grants that reach the user, without
// those of SuperUser if they are not to count; its grant is nil if there is
// none.
func (a *asking) best(superusers bool) finding {
	best := a.among(desk.PrincipalID(a.u), whole, superusers, finding{})
	for _, l := range a.p.set.all {
		best = a.among(l.to, l.level, superusers, best)
	}
	return best
}

// among returns the best of a finding and those of the grants to a principal
// that is reached at a level.
func (a *asking) among(who desk.PrincipalID, l level, superusers bool, best finding) finding {
	for g := range a.e.held(who, a.places) {
		if !g.gives(a.p.kind).Has(a.r) || g.implied(a.r) && !superusers {
			continue
		}
		if f := a.judge(g, l); best.grant == nil || f.rank() < best.rank() {
			best = f
		}
	}
	return best
}

// implied reports whether the grant gives the right only because SuperUser
// implies every right.
func (g *grant) implied(r desk.Right) bool { return g.super && r != desk.SuperUser }

// judge says what a grant that covers x and reaches the user comes to.
func (a *asking) judge(g *grant, l level) finding {
	f := finding{grant: g}
	switch {
	case g.As != 0:
		a.fill(&f)
	case l == asContact && (a.x.Ticket == nil || !a.e.named(a.p, a.u, a.x.Ticket)):
		f.missing = MissPart
	case l == asReader && !desk.ReadingRights.Has(a.r):
		f.missing = MissPart
	}
	if f.missing == MissNothing && !a.letIn() {
		f.missing = MissSharing
	}
	return f
}

// letIn: what is no ticket is shared with everybody, and a ticket with agents.
func (a *asking) letIn() bool {
	return a.x.Ticket == nil || a.p.kind != desk.Contact || a.e.letIn(a.p, a.u, a.x.Ticket)
}

// fill finds how the user fills one of the grant's roles, or what is missing.
func (a *asking) fill(f *finding) {
	if a.r == desk.CreateTicket && a.x.Ticket == nil && f.grant.As.Has(desk.Requestor) {
		f.role, f.future = desk.Requestor, true
		return
	}
	f.missing = MissRole
	a.eachHolder(f.grant.As, func(h desk.Holder, at RolePlace) bool {
		l := a.p.level(a.u, h.Who)
		if l == noPath {
			return true
		}
		via, missing := desk.PrincipalID(0), MissNothing
		if !l.opens(a.r, a.shared) {
			if via = a.reportedVia(h.Who); via == 0 {
				missing = MissPart
			}
		}
		if missing < f.missing {
			f.role, f.holder, f.at, f.via, f.missing = h.Role, h.Who, at, via, missing
		}
		return f.missing != MissNothing
	})
}

// eachHolder calls do with all that stands in the roles on x, on its queue and
// on the whole desk, as long as it returns true.
func (a *asking) eachHolder(roles desk.RoleSet, do func(desk.Holder, RolePlace) bool) {
	roles &= a.e.applies[a.queue]
	if a.x.Ticket != nil {
		for _, h := range a.x.Ticket.Holders {
			if roles.Has(h.Role) && !do(h, OnTicket) {
				return
			}
		}
	}
	if a.queue != 0 {
		for _, w := range a.e.standing[a.queue] {
			if roles.Has(w.Role) && !do(desk.Holder{Role: w.Role, Who: w.Who}, OnQueue) {
				return
			}
		}
	}
	for _, w := range a.e.standing[0] {
		if roles.Has(w.Role) && !do(desk.Holder{Role: w.Role, Who: w.Who}, OnSystem) {
			return
		}
	}
}

// reportedVia returns the customer for which the user reported the ticket and
// which reaches the holder far enough, or zero.
func (a *asking) reportedVia(holder desk.PrincipalID) desk.PrincipalID {
	t := a.x.Ticket
	if t == nil || t.Reporter != a.u {
		return 0
	}
	for _, h := range t.Holders {
		if h.Role == desk.CustomerRole && a.p.set.all.find(h.Who) != noPath && a.e.isCustomer(h.Who) &&
			a.e.group(h.Who).up.find(holder).opens(a.r, a.shared) {
			return h.Who
		}
	}
	return 0
}
