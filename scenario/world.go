package scenario

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A builder turns a world as it is written into one that the desk can load, and
// gives everything its number.
type builder struct {
	*stage
	load    service.WholeDesk
	tickets []desk.Ticket
	now     time.Time
}

// set puts the world of a scenario on the stage, as a state, and its settings.
func (s *stage) set(ctx context.Context, sc *Scenario) error {
	b := &builder{stage: s, now: s.svc.Now()}
	b.number(&sc.World)
	for _, part := range []struct {
		entries []Entry
		build   func(*Entry) error
	}{
		{sc.World.Users, b.user}, {sc.World.Customers, b.customer}, {sc.World.Groups, b.group}, {sc.World.Roles, b.ownRole},
		{sc.World.Queues, b.queueOf}, {sc.World.Grants, b.grant}, {sc.World.Tickets, b.ticketOf},
	} {
		for i := range part.entries {
			if err := part.build(&part.entries[i]); err != nil {
				return fmt.Errorf("line %d: %w", part.entries[i].Line, err)
			}
		}
	}
	b.load.Tickets = slices.Values(b.tickets)
	if err := s.svc.LoadDesk(ctx, s.sys, b.load); err != nil {
		return fmt.Errorf("loading the world: %w", err)
	}
	for i := range sc.Settings {
		if err := s.setSetting(ctx, s.sys, sc.Settings[i].Name, sc.Settings[i].args["value"]); err != nil {
			return fmt.Errorf("line %d: setting %s: %w", sc.Settings[i].Line, sc.Settings[i].Name, err)
		}
	}
	return nil
}

func permissions() map[string]desk.PermissionID {
	ids := map[string]desk.PermissionID{}
	for _, p := range desk.ShippedPermissions() {
		ids[desk.Fold(p.Name)] = p.ID
	}
	return ids
}

// number gives everything its number, so that what comes first can name what
// comes later.
func (b *builder) number(w *World) {
	next := desk.FirstPrincipal
	for _, sort := range []struct {
		kind    string
		entries []Entry
	}{{"user", w.Users}, {"customer", w.Customers}, {"group", w.Groups}} {
		for _, e := range sort.entries {
			b.name(sort.kind, e.Name, next)
			next++
		}
	}
	for i, e := range w.Roles {
		b.roles[desk.Fold(e.Name)] = desk.FirstOwnRole + desk.RoleID(i)
	}
	for i, e := range w.Queues {
		b.nameQueue(e.Name, desk.QueueID(i+1))
	}
	for i, e := range w.Tickets {
		b.nameTicket(e.Name, desk.TicketID(i+1))
	}
}

func (b *builder) user(e *Entry) error {
	id, err := b.principal("user", e.Name)
	if err != nil {
		return err
	}
	u := desk.User{ID: desk.UserID(id), Login: e.Name, Kind: desk.Agent, Disabled: e.flag("disabled"), Created: b.now}
	if e.text("kind") == "contact" {
		u.Kind = desk.Contact
	}
	switch {
	case e.flag("no_email"):
	case e.has("email"):
		u.Addresses = []string{desk.Fold(e.text("email"))}
	default:
		u.Addresses = []string{addressOf(e.Name)}
	}
	b.load.Users = append(b.load.Users, u)
	if e.has("customer") {
		if err := b.join("customer", e.text("customer"), id, true); err != nil {
			return err
		}
	}
	for _, name := range e.list("also") {
		if err := b.join("customer", name, id, false); err != nil {
			return err
		}
	}
	return nil
}

// join makes somebody a direct member of a group or customer, once.
func (b *builder) join(kind, group string, member desk.PrincipalID, primary bool) error {
	id, err := b.principal(kind, group)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(b.load.Memberships, func(m desk.Membership) bool { return m.Group == id && m.Member == member }) {
		return nil
	}
	m := desk.Membership{Group: id, Member: member, Primary: primary, Source: "hand"}
	if kind == "customer" {
		m.Part = desk.PartMember
	}
	b.load.Memberships = append(b.load.Memberships, m)
	return nil
}

func (b *builder) members(kind string, e *Entry) error {
	for _, written := range e.list("members") {
		member, err := b.find(written)
		if err != nil {
			return err
		}
		if err := b.join(kind, e.Name, member, false); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) customer(e *Entry) error {
	id, err := b.principal("customer", e.Name)
	if err != nil {
		return err
	}
	b.load.Customers = append(b.load.Customers, desk.Customer{ID: desk.CustomerID(id), Key: e.Name, Name: e.Name, Disabled: e.flag("disabled")})
	return b.members("customer", e)
}

func (b *builder) group(e *Entry) error {
	id, err := b.principal("group", e.Name)
	if err != nil {
		return err
	}
	g := desk.Group{ID: desk.GroupID(id), Name: e.Name, Disabled: e.flag("disabled")}
	if e.has("personal_of") {
		if g.Personal, err = b.stage.user(e.text("personal_of")); err != nil {
			return err
		}
	}
	b.load.Groups = append(b.load.Groups, g)
	return b.members("group", e)
}

func (b *builder) ownRole(e *Entry) error {
	id, err := b.role(e.Name)
	if err != nil {
		return err
	}
	r := desk.Role{ID: id, Name: e.Name, Single: e.flag("single")}
	for _, name := range e.list("queues") {
		q, err := b.queue(name)
		if err != nil {
			return err
		}
		r.Queues = append(r.Queues, q)
	}
	b.load.Roles = append(b.load.Roles, r)
	return nil
}

func (b *builder) queueOf(e *Entry) error {
	id, err := b.queue(e.Name)
	if err != nil {
		return err
	}
	q := desk.Queue{ID: id, Name: e.Name, Disabled: e.flag("disabled")}
	if e.has("access_group") {
		guard, err := b.principal("group", e.text("access_group"))
		if err != nil {
			return err
		}
		q.AccessGroup = desk.GroupID(guard)
	}
	b.load.Queues = append(b.load.Queues, q)
	holders, err := b.holders(e.args["watchers"].Roles)
	for _, h := range holders {
		b.load.Watchers = append(b.load.Watchers, desk.Watcher{Queue: id, Role: h.Role, Who: h.Who})
	}
	return err
}

// holders says who stands in roles.
func (b *builder) holders(roles []Filled) ([]desk.Holder, error) {
	var list []desk.Holder
	for _, filled := range roles {
		role, err := b.role(filled.Role)
		if err != nil {
			return nil, err
		}
		for _, written := range filled.Who {
			who, err := b.find(written)
			if err != nil {
				return nil, err
			}
			if h := (desk.Holder{Role: role, Who: who}); !slices.Contains(list, h) {
				list = append(list, h)
			}
		}
	}
	return list, nil
}

func (b *builder) grant(e *Entry) error {
	list, err := b.grants(e)
	for _, g := range list {
		g.ID = desk.GrantID(len(b.load.Grants) + 1)
		b.load.Grants = append(b.load.Grants, g)
	}
	return err
}

// grants returns what a grant as it is written stands for: one grant for each
// right or permission.
func (s *stage) grants(e *Entry) ([]desk.Grant, error) {
	who, err := s.find(e.text("who"))
	if err != nil {
		return nil, err
	}
	as, err := s.roleSet(e.list("as"))
	if err != nil {
		return nil, err
	}
	where, err := s.place(e.text("where"))
	if err != nil {
		return nil, err
	}
	var list []desk.Grant
	for _, what := range e.list("what") {
		g := desk.Grant{Who: who, As: as, Place: where, Permission: permissions()[desk.Fold(what)]}
		if g.Permission == 0 {
			var known bool
			if g.Right, known = desk.ParseRight(what); !known {
				return nil, unknown("right or permission", what)
			}
		}
		list = append(list, g)
	}
	return list, nil
}

func (b *builder) ticketOf(e *Entry) error {
	id, err := b.ticket(e.Name)
	if err != nil {
		return err
	}
	queue, err := b.queue(e.text("queue"))
	if err != nil {
		return err
	}
	t := desk.Ticket{ID: id, Queue: queue, Subject: e.Name, Status: desk.StatusNew, Created: b.now, Updated: b.now, Heard: b.now}
	if e.has("status") {
		t.Status = desk.Status(e.text("status"))
	}
	if !t.Status.Known() {
		return unknown("status", string(t.Status))
	}
	roles := append([]Filled{{"Requestor", e.list("requestor")}, {"Cc", e.list("cc")}, {"AdminCc", e.list("admincc")},
		{"Customer", e.list("customer")}}, e.args["roles"].Roles...)
	if owner := e.text("owner"); owner != "" && desk.Fold(owner) != nobody {
		roles = append(roles, Filled{"Owner", []string{ref("user", owner)}})
	}
	if t.Holders, err = b.holders(roles); err != nil {
		return err
	}
	for _, h := range t.Holders {
		if h.Role == desk.Owner {
			t.Owner = desk.UserID(h.Who)
		}
	}
	b.tickets = append(b.tickets, t)
	return nil
}

// nobody stands for no owner.
const nobody = "nobody"
