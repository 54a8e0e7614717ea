package access

import (
	"slices"

	"gatehouse/desk"
)

// Fillers returns who fills the roles on the ticket or on its queue, for mail:
// enabled users, as far as their part and sharing go, to whom standing in the
// role entitles. Who stands in a role for the whole desk is left out, since
// that would send him every letter. Each user, role and holder comes once, by
// role, then as they stand (on the ticket first), then by user.
func (e *Engine) Fillers(t *desk.TicketFacts, roles desk.RoleSet) []Filling {
	var list []Filling
	a := e.ask(desk.ShowTicket, Ticket(t)) // it entitles as one who reads
	for _, role := range (roles & e.applies[a.queue]).List() {
		var seen []desk.PrincipalID
		for holder, onQueue := range e.holding(t, role) {
			if slices.Contains(seen, holder) {
				continue
			}
			seen = append(seen, holder)
			for _, u := range a.filling(holder) {
				list = append(list, Filling{u, role, holder, onQueue})
			}
		}
	}
	return list
}

// filling returns the users who fill a role on the ticket through the holder.
func (a *asking) filling(holder desk.PrincipalID) []desk.UserID {
	return slices.DeleteFunc(a.e.Members(holder), func(u desk.UserID) bool {
		return !a.about(u) || !a.fillsThrough(holder)
	})
}

// Fills reports whether the user is among the Fillers of the roles.
func (e *Engine) Fills(u desk.UserID, roles desk.RoleSet, t *desk.TicketFacts) bool {
	a := e.ask(desk.ShowTicket, Ticket(t))
	if !a.about(u) {
		return false
	}
	for _, role := range (roles & e.applies[a.queue]).List() {
		for holder := range e.holding(t, role) {
			if a.fillsThrough(holder) {
				return true
			}
		}
	}
	return false
}

// holding yields what stands in the role on the ticket, then on its queue
// (true).
func (e *Engine) holding(t *desk.TicketFacts, role desk.RoleID) func(func(desk.PrincipalID, bool) bool) {
	return func(yield func(desk.PrincipalID, bool) bool) {
		for _, h := range t.Holders {
			if h.Role == role && !yield(h.Who, false) {
				return
			}
		}
		n := e.number(t.Queue)
		if n == 0 {
			return
		}
		for _, w := range e.standing[n] {
			if w.Role == role && !yield(w.Who, true) {
				return
			}
		}
	}
}

// fillsThrough reports whether the user fills a role on the ticket through
// what stands in it.
func (a *asking) fillsThrough(holder desk.PrincipalID) bool {
	return (a.p.level(a.u, holder).opens(a.r, a.shared) || a.reportedVia(holder) != 0) && a.letIn()
}
