package cli

import (
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
)

// What people write for a thing, turned into its number, with the rights of
// whoever asks.

// principal returns what a reference names; without a kind it is a user.
func (c *caller) principal(ref string) (desk.PrincipalID, error) {
	return c.svc.Find(c.ctx, c.by, ref)
}

func (c *caller) principals(refs []string) ([]desk.PrincipalID, error) {
	var ids []desk.PrincipalID
	for _, ref := range refs {
		id, err := c.principal(ref)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// userID returns the number of a user by login or address.
func (c *caller) userID(name string) (desk.UserID, error) {
	id, err := c.principal("user:" + strings.TrimPrefix(name, "user:"))
	return desk.UserID(id), err
}

func (c *caller) user(name string) (*desk.User, error) {
	id, err := c.userID(name)
	if err != nil {
		return nil, err
	}
	return c.svc.User(c.ctx, c.by, id)
}

func (c *caller) group(name string) (*desk.Group, error) {
	id, err := c.principal(groupRef(name))
	if err != nil {
		return nil, err
	}
	return c.svc.Group(c.ctx, c.by, desk.GroupID(id))
}

func (c *caller) customer(key string) (*desk.Customer, error) {
	id, err := c.principal("customer:" + strings.TrimPrefix(key, "customer:"))
	if err != nil {
		return nil, err
	}
	return c.svc.Customer(c.ctx, c.by, desk.CustomerID(id))
}

func (c *caller) queue(name string) (*desk.Queue, error) {
	return c.svc.FindQueue(c.ctx, c.by, strings.TrimPrefix(name, "queue:"))
}

// nameOf returns the reference and the name of a principal, as far as whoever
// asks may know it.
func (c *caller) nameOf(id desk.PrincipalID) (ref, name string, err error) {
	if system := desk.SystemGroups()[id]; system != "" {
		return "system:" + system, system, nil
	}
	u, err := c.svc.User(c.ctx, c.by, desk.UserID(id))
	if err == nil {
		return "user:" + u.Login, u.Called(), nil
	}
	g, err := c.svc.Group(c.ctx, c.by, desk.GroupID(id))
	if err == nil {
		return "group:" + g.Name, g.Name, nil
	}
	customer, err := c.svc.Customer(c.ctx, c.by, desk.CustomerID(id))
	switch desk.KindOf(err) {
	case 0:
		return "customer:" + customer.Key, customer.Name, nil
	case desk.NotFound, desk.Forbidden:
		return "", "somebody unknown to you", nil
	}
	return "", "", err
}

// role returns the role of that name, without regard to case.
func (c *caller) role(name string) (*desk.Role, error) {
	roles, err := c.svc.Roles(c.ctx, c.by)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(roles, func(r desk.Role) bool { return desk.Fold(r.Name) == desk.Fold(name) })
	if at < 0 {
		return nil, desk.Errorf(desk.NotFound, "There is no role %s; `gatehouse role list` lists all.", name)
	}
	return &roles[at], nil
}

func (c *caller) roleSet(names []string) (desk.RoleSet, error) {
	var set desk.RoleSet
	for _, name := range names {
		r, err := c.role(name)
		if err != nil {
			return 0, err
		}
		set |= desk.RolesOf(r.ID)
	}
	return set, nil
}

// place returns the place that a reference names: system, group:NAME,
// customer:KEY, queue:NAME or field:NAME.
func (c *caller) place(ref string) (desk.Place, error) {
	kind, name, _ := strings.Cut(ref, ":")
	switch kind {
	case "system":
		if name == "" {
			return desk.OnSystem(), nil
		}
	case "queue":
		q, err := c.queue(name)
		if err != nil {
			return desk.Place{}, err
		}
		return desk.OnQueue(q.ID), nil
	case "field":
		f, err := c.field(name)
		if err != nil {
			return desk.Place{}, err
		}
		return desk.OnField(f.ID), nil
	case "group", "personal", "customer":
		id, err := c.principal(ref)
		if kind != "customer" {
			return desk.OnGroup(desk.GroupID(id)), err
		}
		return desk.OnCustomer(desk.CustomerID(id)), err
	}
	return desk.Place{}, desk.Errorf(desk.Invalid, "%q is no place; write system, group:NAME, customer:KEY, queue:NAME or field:NAME.", ref)
}

// given returns a right or a permission by its name.
func (c *caller) given(what string) (desk.Right, desk.PermissionID, error) {
	if r, ok := desk.ParseRight(what); ok {
		return r, 0, nil
	}
	permissions, err := c.svc.Permissions(c.ctx, c.by)
	if err != nil {
		return 0, 0, err
	}
	for _, p := range permissions {
		if desk.Fold(p.Name) == desk.Fold(what) {
			return 0, p.ID, nil
		}
	}
	return 0, 0, desk.Errorf(desk.Invalid, "There is no right and no permission %q; `gatehouse access rights` lists the rights.", what)
}

// ticketID reads 42, #42 or ticket:42.
func ticketID(text string) (desk.TicketID, error) {
	id, ok := number(strings.TrimPrefix(strings.TrimPrefix(text, "ticket:"), "#"))
	if !ok {
		return 0, desk.Errorf(desk.Invalid, "%q is no ticket; write its number, as 42.", text)
	}
	return desk.TicketID(id), nil
}

func parseSharing(text string) (desk.Sharing, error) {
	s, ok := desk.ParseSharing(text)
	if !ok {
		return 0, desk.Errorf(desk.Invalid, "%q is no kind of sharing; there are shared, managers and private.", text)
	}
	return s, nil
}

func parsePart(text string) (desk.Part, error) {
	if text == "" {
		return desk.PartNone, nil
	}
	p, ok := desk.ParsePart(text)
	if !ok {
		return 0, desk.Errorf(desk.Invalid, "%q is no part; there are manager, member, reader and contact.", text)
	}
	return p, nil
}

// presences changes those that were named.
func setPresences(p *desk.Presences, requestor, cc, adminCc *string) error {
	for _, row := range []struct {
		to   *desk.Presence
		text *string
	}{{&p.Requestor, requestor}, {&p.Cc, cc}, {&p.AdminCc, adminCc}} {
		if row.text == nil {
			continue
		}
		presence, ok := desk.ParsePresence(strings.TrimSuffix(*row.text, "default"))
		if !ok {
			return desk.Errorf(desk.Invalid, "%q is no way to take part; there are replace, add, off and default.", *row.text)
		}
		*row.to = presence
	}
	return nil
}

// setSharing changes the default sharing of a queue or customer.
func setSharing(to **desk.Sharing, text *string) error {
	if text == nil {
		return nil
	}
	if *text == "default" {
		*to = nil
		return nil
	}
	s, err := parseSharing(*text)
	*to = &s
	return err
}

// setIf changes a field where its flag was given.
func setIf[T any](field, given *T) {
	if given != nil {
		*field = *given
	}
}

// done prints what was done, for people; with --json nothing but the number of
// what was made, if something was.
func (a *app) done(id int64, format string, args ...any) error {
	if !a.json {
		_, err := fmt.Fprintln(a.p.Out, clean(fmt.Sprintf(format, args...)))
		return err
	}
	if id == 0 {
		return printJSON(a.p.Out, struct{}{})
	}
	return printJSON(a.p.Out, struct {
		ID int64 `json:"id"`
	}{id})
}
