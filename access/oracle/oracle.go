// Package oracle is the definition of who may do what, in code, as slow and as
// plain as it can be: no index, no cache, no cleverness. It is read like a
// specification, and access.Engine is compared with it. Only tests import it.
//
// May user u do r on x? Iff u is enabled and some grant gives r, covers x, and
// reaches u by an unbroken path of enabled groups, filling a role where one is
// asked; narrowed by sharing where u is a contact.
package oracle

import (
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// Oracle answers from a world as it stands.
type Oracle struct {
	w *desk.World
	// impliesNothing takes from SuperUser that it implies every right.
	impliesNothing bool
}

// New returns the oracle of a world.
func New(w *desk.World) *Oracle { return &Oracle{w: w} }

// Level says how far a path reaches: the least part of the customers on it,
// or whole where it passes through none. Zero: there is no path.
type Level int

// The levels, by what they open.
const (
	NoPath Level = iota
	AsContact
	AsReader
	AsMember
	AsManager
	Whole
)

// Can reports whether user u may do r on x.
func (o *Oracle) Can(u desk.UserID, r desk.Right, x access.Object) bool {
	user, ok := o.user(u)
	if !ok || user.Disabled || !r.Known() {
		return false
	}
	if x.Ticket != nil && user.Kind == desk.Contact && !o.SharedWith(u, x.Ticket) {
		return false
	}
	for _, g := range o.grants(user) {
		if o.gives(g, user, r) && o.covers(g, r, x) && o.reaches(g, u, r, x) {
			return true
		}
	}
	return false
}

// grants returns every grant that counts for the user, the switches applied.
func (o *Oracle) grants(user desk.WorldUser) []desk.Grant {
	var list []desk.Grant
	if !o.w.Settings.GroupSupport && user.Kind == desk.Contact {
		list = append(list, desk.Grant{Who: desk.Contacts, As: desk.RolesOf(desk.Requestor, desk.CustomerRole),
			Permission: desk.RW, Place: desk.OnSystem()})
	}
	for _, g := range o.w.Grants {
		if desk.InForce(0, g.Until, o.w.Today) && !o.switchedOff(g) && o.awake(g) {
			list = append(list, g)
		}
	}
	return list
}

// switchedOff: permissions of contacts and customers without group support,
// and those for other customers' tickets without that context.
func (o *Oracle) switchedOff(g desk.Grant) bool {
	if g.Permission == 0 {
		return false
	}
	customer := o.isCustomer(g.Who) || g.Who == desk.Customers
	contact := g.Who == desk.Contacts
	if u, ok := o.user(desk.UserID(g.Who)); ok {
		contact = u.Kind == desk.Contact
	}
	return (customer || contact) && !o.w.Settings.GroupSupport ||
		customer && g.As == 0 && !o.w.Settings.OtherCustomers
}

// awake: a delegated grant counts while its source counts and is not about a
// disabled group or customer, and its maker is an enabled agent whom the source
// reaches undiminished (as a member at the least, where through a customer) and
// who holds DelegateRights as undiminished, system-wide or where the source is.
func (o *Oracle) awake(g desk.Grant) bool {
	if g.Source == 0 {
		return true
	}
	maker, ok := o.user(g.Delegator)
	source, found := o.grant(g.Source)
	return ok && found && maker.Kind == desk.Agent &&
		desk.InForce(0, source.Until, o.w.Today) && !o.switchedOff(source) && !o.aboutDisabled(source) &&
		o.Level(desk.PrincipalID(maker.ID), source.Who) >= AsMember && o.mayDelegate(maker, source)
}

// mayDelegate: a source that gives DelegateRights is enough for itself, so that
// what was delegated never depends on more than one other delegation.
func (o *Oracle) mayDelegate(maker desk.WorldUser, source desk.Grant) bool {
	all := &Oracle{w: o.w} // in which SuperUser implies every right
	if all.gives(source, maker, desk.DelegateRights) {
		return true
	}
	for _, g := range o.w.Grants {
		if all.gives(g, maker, desk.DelegateRights) && g.As == 0 && (g.Place == desk.OnSystem() || g.Place == source.Place) &&
			o.Level(desk.PrincipalID(maker.ID), g.Who) >= AsMember &&
			desk.InForce(0, g.Until, o.w.Today) && !o.switchedOff(g) && o.awake(g) {
			return true
		}
	}
	return false
}

func (o *Oracle) grant(id desk.GrantID) (desk.Grant, bool) {
	for _, g := range o.w.Grants {
		if g.ID == id {
			return g, true
		}
	}
	return desk.Grant{}, false
}

func (o *Oracle) aboutDisabled(g desk.Grant) bool {
	return (g.Place.Kind == desk.GroupPlace || g.Place.Kind == desk.CustomerPlace) && !o.enabled(desk.PrincipalID(g.Place.ID))
}

// gives: the grant is of the right, of SuperUser, or of a permission that
// holds the right for users of that kind.
func (o *Oracle) gives(g desk.Grant, user desk.WorldUser, r desk.Right) bool {
	if g.Permission == 0 {
		return g.Right == r || g.Right == desk.SuperUser && !o.impliesNothing
	}
	for _, p := range o.w.Permissions {
		if p.ID != g.Permission || p.Disabled {
			continue
		}
		if user.Kind == desk.Contact {
			return p.Contacts.Has(r)
		}
		return p.Agents.Has(r)
	}
	return false
}

// covers: the system covers everything, a queue its tickets, an enabled access
// group the queues that it guards (with rights of queues), an object itself.
func (o *Oracle) covers(g desk.Grant, r desk.Right, x access.Object) bool {
	queue := o.queueOf(x)
	switch g.Place.Kind {
	case desk.SystemPlace:
		return true
	case desk.QueuePlace:
		return queue != nil && int64(queue.ID) == g.Place.ID
	case desk.GroupPlace:
		if queue != nil {
			return r.OfQueues() && int64(queue.AccessGroup) == g.Place.ID && o.enabled(desk.PrincipalID(g.Place.ID))
		}
		return x.Place == g.Place && !r.OfQueues()
	}
	return x.Place == g.Place
}

// reaches: u is a deep member of the grantee and fills one of the roles, if
// any are asked for. Without a role, what comes through a customer alone goes
// as far as the part there: a reader reads, a contact has what he is named on.
func (o *Oracle) reaches(g desk.Grant, u desk.UserID, r desk.Right, x access.Object) bool {
	level := o.Level(desk.PrincipalID(u), g.Who)
	if level == NoPath {
		return false
	}
	if g.As != 0 {
		return o.fillsOne(u, g.As, r, x)
	}
	switch level {
	case AsContact:
		return x.Ticket != nil && o.named(u, x.Ticket)
	case AsReader:
		return desk.ReadingRights.Has(r)
	}
	return true
}

func (o *Oracle) fillsOne(u desk.UserID, roles desk.RoleSet, r desk.Right, x access.Object) bool {
	if r == desk.CreateTicket && x.Ticket == nil && roles.Has(desk.Requestor) {
		return true // as the future Requestor
	}
	for _, role := range roles.List() {
		if o.fills(u, role, r, x) {
			return true
		}
	}
	return false
}

// fills: u is a deep member of what stands in the role on the ticket, on its
// queue or system-wide, as far as his part goes.
func (o *Oracle) fills(u desk.UserID, role desk.RoleID, r desk.Right, x access.Object) bool {
	if !o.applies(role, x) {
		return false
	}
	for _, holder := range o.holders(role, x) {
		if partAllows(o.Level(desk.PrincipalID(u), holder), r, x.Ticket) {
			return true
		}
		if o.fillsAsReporter(u, holder, r, x.Ticket) {
			return true
		}
	}
	return false
}

// fillsAsReporter: on a ticket that he himself reported for a customer, being
// its member is enough, whatever the part.
func (o *Oracle) fillsAsReporter(u desk.UserID, holder desk.PrincipalID, r desk.Right, t *desk.TicketFacts) bool {
	if t == nil || t.Reporter != u {
		return false
	}
	for _, c := range t.Holders {
		if c.Role == desk.CustomerRole && o.isCustomer(c.Who) && o.Level(desk.PrincipalID(u), c.Who) != NoPath &&
			partAllows(o.Level(c.Who, holder), r, t) {
			return true
		}
	}
	return false
}

// partAllows: what a level opens of a ticket (nil: of a queue, which is not
// shared with anybody in particular).
func partAllows(level Level, r desk.Right, t *desk.TicketFacts) bool {
	shared := t == nil || t.Sharing == desk.Shared
	switch level {
	case Whole, AsManager:
		return true
	case AsMember:
		return shared
	case AsReader:
		return shared && desk.ReadingRights.Has(r)
	}
	return false
}

// SharedWith: sharing lets the contact u in. A ticket for managers only is for
// the managers of its customers and the people named on it, a private one for
// the people named on it.
func (o *Oracle) SharedWith(u desk.UserID, t *desk.TicketFacts) bool {
	if t.Sharing == desk.Shared || o.named(u, t) {
		return true
	}
	if t.Sharing == desk.Private {
		return false
	}
	for _, h := range t.Holders {
		if h.Role == desk.CustomerRole && o.isCustomer(h.Who) && o.Level(desk.PrincipalID(u), h.Who) >= AsManager {
			return true
		}
	}
	return false
}

// named: u stands himself in a role on the ticket, or reported it and still
// belongs to a customer for whom it is, if it is for any.
func (o *Oracle) named(u desk.UserID, t *desk.TicketFacts) bool {
	if u == 0 {
		return false
	}
	for _, h := range t.Holders {
		if h.Who == desk.PrincipalID(u) && o.roleEnabled(h.Role) {
			return true
		}
	}
	if t.Reporter != u {
		return false
	}
	for _, h := range t.Holders {
		if h.Role == desk.CustomerRole && o.isCustomer(h.Who) && o.Level(desk.PrincipalID(u), h.Who) != NoPath {
			return true
		}
	}
	return !t.ForCustomers()
}

// Level returns how far the best path of memberships from a principal to
// another reaches. Every principal is a deep member of itself; disabled
// groups pass nothing on, and a disabled user is nobody's member here.
func (o *Oracle) Level(from, to desk.PrincipalID) Level {
	if !o.enabled(from) {
		return NoPath
	}
	return o.best(from, to, Whole, map[desk.PrincipalID]Level{})
}

// best tries every path, going on from a principal again only where it has
// been reached by a better one.
func (o *Oracle) best(at, to desk.PrincipalID, level Level, seen map[desk.PrincipalID]Level) Level {
	if level <= seen[at] || !o.enabled(at) {
		return NoPath
	}
	seen[at] = level
	if at == to {
		return level
	}
	found := NoPath
	for _, next := range o.above(at) {
		found = max(found, o.best(next.to, to, min(level, next.level), seen))
	}
	return found
}

type hop struct {
	to    desk.PrincipalID
	level Level
}

// above returns what a principal is a direct member of, and with which part.
func (o *Oracle) above(p desk.PrincipalID) []hop {
	var hops []hop
	if u, ok := o.user(desk.UserID(p)); ok {
		hops = append(hops, hop{desk.Everyone, Whole})
		if u.Kind == desk.Agent {
			hops = append(hops, hop{desk.Agents, Whole})
		} else {
			hops = append(hops, hop{desk.Contacts, Whole})
		}
	}
	if o.isCustomer(p) {
		hops = append(hops, hop{desk.Customers, Whole})
	}
	for _, m := range o.w.Memberships {
		if m.Member == p && desk.InForce(m.From, m.Until, o.w.Today) {
			hops = append(hops, hop{m.Group, o.levelOf(m)})
		}
	}
	return hops
}

func (o *Oracle) levelOf(m desk.Membership) Level {
	if !o.isCustomer(m.Group) {
		return Whole
	}
	if u, ok := o.user(desk.UserID(m.Member)); ok && u.Kind == desk.Contact && (!o.w.Settings.CompanyTickets || o.ownOnly(m.Group)) {
		return AsContact
	}
	switch m.Part {
	case desk.PartContact:
		return AsContact
	case desk.PartReader:
		return AsReader
	case desk.PartManager:
		return AsManager
	}
	return AsMember
}

// ownOnly reports whether contacts have the part contact at a customer,
// whatever is set.
func (o *Oracle) ownOnly(customer desk.PrincipalID) bool {
	return slices.ContainsFunc(o.w.Groups, func(g desk.WorldGroup) bool { return g.ID == customer && g.OwnOnly })
}

// holders returns what stands in the role on x, on its queue and system-wide.
func (o *Oracle) holders(role desk.RoleID, x access.Object) []desk.PrincipalID {
	var list []desk.PrincipalID
	if x.Ticket != nil {
		for _, h := range x.Ticket.Holders {
			if h.Role == role {
				list = append(list, h.Who)
			}
		}
	}
	queue := o.queueOf(x)
	for _, w := range o.w.Watchers {
		if w.Role == role && (w.Queue == 0 || queue != nil && queue.ID == w.Queue) {
			list = append(list, w.Who)
		}
	}
	return list
}

// applies: the role is enabled, and one of the desk's own is used in the queue.
func (o *Oracle) applies(role desk.RoleID, x access.Object) bool {
	if !o.roleEnabled(role) {
		return false
	}
	if role.Builtin() {
		return true
	}
	queue := o.queueOf(x)
	for _, own := range o.w.Roles {
		if own.ID != role {
			continue
		}
		if own.Everywhere {
			return true
		}
		for _, q := range own.Queues {
			if queue != nil && queue.ID == q {
				return true
			}
		}
	}
	return false
}

func (o *Oracle) roleEnabled(role desk.RoleID) bool {
	for _, own := range o.w.Roles {
		if own.ID == role {
			return !own.Disabled
		}
	}
	return role.Builtin()
}

// queueOf returns the queue of a ticket or the queue itself, else nil.
func (o *Oracle) queueOf(x access.Object) *desk.WorldQueue {
	id := desk.QueueID(0)
	if x.Ticket != nil {
		id = x.Ticket.Queue
	} else if x.Place.Kind == desk.QueuePlace {
		id = desk.QueueID(x.Place.ID)
	}
	for i := range o.w.Queues {
		if o.w.Queues[i].ID == id {
			return &o.w.Queues[i]
		}
	}
	return nil
}

func (o *Oracle) user(id desk.UserID) (desk.WorldUser, bool) {
	for _, u := range o.w.Users {
		if u.ID == id {
			return u, true
		}
	}
	return desk.WorldUser{}, false
}

func (o *Oracle) isCustomer(p desk.PrincipalID) bool {
	for _, g := range o.w.Groups {
		if g.ID == p {
			return g.Customer
		}
	}
	return false
}

func (o *Oracle) enabled(p desk.PrincipalID) bool {
	if u, ok := o.user(desk.UserID(p)); ok {
		return !u.Disabled
	}
	for _, g := range o.w.Groups {
		if g.ID == p {
			return !g.Disabled
		}
	}
	return desk.SystemGroups()[p] != ""
}
