package oracle

import (
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// WhoCan returns the enabled users who may r on x, by number; without
// superusers, those who may it if SuperUser implies nothing.
func (o *Oracle) WhoCan(r desk.Right, x access.Object, superusers bool) []desk.UserID {
	asked := &Oracle{w: o.w, impliesNothing: !superusers}
	var list []desk.UserID
	for _, u := range o.users() {
		if asked.Can(u, r, x) {
			list = append(list, u)
		}
	}
	return list
}

// Fillers returns who fills the roles on the ticket or on its queue, for mail:
// as for reading, and narrowed by sharing. Nobody comes twice for the same
// role and holder.
func (o *Oracle) Fillers(t *desk.TicketFacts, roles desk.RoleSet) []access.Filling {
	var list []access.Filling
	for _, role := range roles.List() {
		if !o.applies(role, access.Ticket(t)) {
			continue
		}
		var done []desk.PrincipalID
		for _, h := range t.Holders {
			if h.Role == role && !slices.Contains(done, h.Who) {
				done = append(done, h.Who)
				list = append(list, o.fillersThrough(t, role, h.Who, false)...)
			}
		}
		for _, w := range o.w.Watchers {
			if w.Queue != 0 && w.Queue == t.Queue && w.Role == role && !slices.Contains(done, w.Who) {
				done = append(done, w.Who)
				list = append(list, o.fillersThrough(t, role, w.Who, true)...)
			}
		}
	}
	return list
}

func (o *Oracle) fillersThrough(t *desk.TicketFacts, role desk.RoleID, holder desk.PrincipalID, onQueue bool) []access.Filling {
	var list []access.Filling
	for _, id := range o.users() {
		u, _ := o.user(id)
		fills := partAllows(o.Level(desk.PrincipalID(id), holder), desk.ShowTicket, t) ||
			o.fillsAsReporter(id, holder, desk.ShowTicket, t)
		if !u.Disabled && fills && (u.Kind != desk.Contact || o.SharedWith(id, t)) {
			list = append(list, access.Filling{User: id, Role: role, Holder: holder, OnQueue: onQueue})
		}
	}
	return list
}

// Members returns the enabled users who are deep members of p, by number.
func (o *Oracle) Members(p desk.PrincipalID) []desk.UserID {
	var list []desk.UserID
	for _, u := range o.users() {
		if o.Level(desk.PrincipalID(u), p) != NoPath {
			list = append(list, u)
		}
	}
	return list
}

// users lists the users by number.
func (o *Oracle) users() []desk.UserID {
	var list []desk.UserID
	for _, u := range o.w.Users {
		list = append(list, u.ID)
	}
	slices.Sort(list)
	return list
}
