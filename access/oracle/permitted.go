package oracle

import "gatehouse/desk"

// Permitted reports whether a principal holds a permission on a group by some
// grant of it. Contacts and customers hold it for their own tickets by grants
// as Requestor or Customer, for those of other customers (other) by grants
// without a role; agents and groups by those only. Through a customer a grant
// without a role reaches no contact with the part contact, and a reader only if
// reading is enough for the permission (toRead).
func (o *Oracle) Permitted(who desk.PrincipalID, group desk.GroupID, permission desk.PermissionID, other, toRead bool) bool {
	if !o.isGroup(group) || !o.enabled(desk.PrincipalID(group)) {
		return false
	}
	user, _ := o.user(desk.UserID(who))
	asOwn := !other && (o.isCustomer(who) || user.Kind == desk.Contact)
	for _, g := range o.grants(user) {
		covers := g.Place == desk.OnSystem() || g.Place == desk.OnGroup(group)
		if g.Permission != permission || !covers || asOwn != (g.As != 0) {
			continue
		}
		level := o.Level(who, g.Who)
		if asOwn && level != NoPath && (g.As.Has(desk.Requestor) || g.As.Has(desk.CustomerRole)) {
			return true
		}
		if !asOwn && (level > AsReader || level == AsReader && toRead) {
			return true
		}
	}
	return false
}

func (o *Oracle) isGroup(id desk.GroupID) bool {
	for _, g := range o.w.Groups {
		if g.ID == desk.PrincipalID(id) {
			return !g.Customer
		}
	}
	return false
}
