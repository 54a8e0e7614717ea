package service

import (
	"context"
	"strings"

	"gatehouse/desk"
)

// Written is a grant as people write it.
type Written struct {
	Who   string // as FindMember takes it
	As    []string
	What  string // a right or a permission
	Where string // system, group:NAME, customer:KEY, queue:NAME
	Until string // 2026-03-31; empty: for good
}

// ReadGrant turns a written grant into one, without making it. It asks what
// Grant asks; what cannot be understood is told by field.
func (s *Service) ReadGrant(ctx context.Context, by desk.Actor, in Written) (desk.Grant, error) {
	var g desk.Grant
	err := s.view(ctx, by, func(o *op) error {
		var err error
		g, err = o.readGrant(ctx, in)
		return err
	})
	if err != nil {
		return desk.Grant{}, err
	}
	return g, nil
}

func (o *op) readGrant(ctx context.Context, in Written) (desk.Grant, error) {
	var g desk.Grant
	var err error
	if g.Place, err = o.readPlace(ctx, in.Where); err != nil {
		return g, err
	}
	if err := o.readWhat(ctx, in.What, &g); err != nil {
		return g, err
	}
	if err := o.mayGrant(ctx, g); err != nil {
		return g, err
	}
	if g.Who, err = o.lookUp(ctx, in.Who); err != nil {
		return g, err
	}
	if g.As, err = o.readRoles(ctx, in.As); err != nil {
		return g, err
	}
	if g.Until, err = desk.ParseDay(in.Until); err != nil {
		return g, desk.InvalidFields(map[string]string{"until": desk.Sentence(err)})
	}
	if err := o.checkGrant(ctx, g); err != nil {
		return g, err
	}
	return g, o.checkAwake(ctx, g)
}

// readPlace finds a place that the actor may know; agents may know of all.
func (o *op) readPlace(ctx context.Context, ref string) (desk.Place, error) {
	kind, name, _ := strings.Cut(strings.TrimSpace(ref), ":")
	none := desk.InvalidFields(map[string]string{"where": "There is no place " + strings.TrimSpace(ref) + ". Write system, queue:NAME, group:NAME or customer:KEY."})
	if strings.TrimSpace(ref) == "" {
		none = desk.InvalidFields(map[string]string{"where": "Say where it is to hold: system, queue:NAME, group:NAME or customer:KEY."})
	}
	if !o.isAgent() {
		return desk.Place{}, none
	}
	var p desk.Place
	var err error
	switch {
	case kind == "system" && name == "":
		return desk.OnSystem(), nil
	case kind == "queue":
		var q *desk.Queue
		if q, err = o.QueueByName(ctx, name); err == nil {
			p = desk.OnQueue(q.ID)
		}
	case kind == "group", kind == "customer", kind == "personal":
		var id desk.PrincipalID
		id, err = o.named(ctx, kind+":"+name)
		p = desk.OnGroup(desk.GroupID(id))
		if kind == "customer" {
			p = desk.OnCustomer(desk.CustomerID(id))
		}
	default:
		return p, none
	}
	if desk.KindOf(err) == desk.NotFound || err == nil && !o.seesGrantsOn(p) {
		return p, none
	}
	return p, err
}

func (o *op) readWhat(ctx context.Context, what string, g *desk.Grant) error {
	what = strings.TrimSpace(what)
	if r, ok := desk.ParseRight(what); ok {
		g.Right = r
		return nil
	}
	permissions, err := o.Tx.Permissions(ctx)
	if err != nil {
		return err
	}
	for _, p := range permissions {
		if desk.Fold(p.Name) == desk.Fold(what) {
			g.Permission = p.ID
			return nil
		}
	}
	return desk.InvalidFields(map[string]string{"what": "There is no right and no permission " + what + "."})
}

func (o *op) readRoles(ctx context.Context, names []string) (desk.RoleSet, error) {
	roles, err := o.Tx.Roles(ctx)
	if err != nil {
		return 0, err
	}
	var set desk.RoleSet
	for _, name := range names {
		found := false
		for _, r := range roles {
			if desk.Fold(r.Name) == desk.Fold(name) {
				set, found = set|desk.RolesOf(r.ID), true
			}
		}
		if !found {
			return 0, desk.InvalidFields(map[string]string{"as": "There is no role " + name + "."})
		}
	}
	return set, nil
}

// Reached is whom a grant reaches.
type Reached struct {
	Line  GrantLine
	Total int    // enabled users whom it reaches
	Some  []Name // the first of them
}

// Reach returns whom a grant reaches, made or not. It asks what Grant asks.
// Whether somebody holds the right by another way too is not looked at.
func (s *Service) Reach(ctx context.Context, by desk.Actor, g desk.Grant, limit int) (*Reached, error) {
	var reached *Reached
	err := s.view(ctx, by, func(o *op) error {
		if g.ID != 0 {
			known, err := o.Tx.Grant(ctx, g.ID)
			if err != nil {
				return err
			}
			g = *known
		}
		if err := o.mayGrant(ctx, g); err != nil {
			return err
		}
		lines, err := o.grantLines(ctx, []desk.Grant{g})
		if err != nil {
			return err
		}
		users := o.e.Members(g.Who)
		reached = &Reached{Line: lines[0], Total: len(users)}
		var ids []desk.PrincipalID
		for _, u := range users[:min(limit, len(users))] {
			ids = append(ids, desk.PrincipalID(u))
		}
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			reached.Some = append(reached.Some, names[id])
		}
		return err
	})
	return reached, err
}

// GrantsFor returns the first grants to a user, group or customer and the
// first on a place, up to limit each, as Grants does; for pages about that
// thing.
func (s *Service) GrantsFor(ctx context.Context, by desk.Actor, who desk.PrincipalID, on desk.Place, limit int) ([]GrantLine, error) {
	var all []GrantLine
	for _, f := range []GrantFilter{{Who: who, Limit: limit}, {Place: on, Limit: limit}} {
		if f.Who == 0 && f.Place == (desk.Place{}) {
			continue
		}
		lines, _, err := s.Grants(ctx, by, f)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			if f.Who != 0 || l.Who != who {
				all = append(all, l)
			}
		}
	}
	return all, nil
}

// FindGrants returns grants narrowed as people write it, each part empty for
// any, as Grants does. What is not understood finds nothing.
func (s *Service) FindGrants(ctx context.Context, by desk.Actor, in Written, after desk.GrantID, limit int) ([]GrantLine, bool, error) {
	f := GrantFilter{After: after, Limit: limit}
	found := true
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			found = false
			return nil
		}
		var err error
		found, err = o.grantFilter(ctx, in, &f)
		return err
	})
	if err != nil || !found {
		return nil, false, err
	}
	return s.Grants(ctx, by, f)
}

func (o *op) grantFilter(ctx context.Context, in Written, f *GrantFilter) (bool, error) {
	var g desk.Grant
	var err error
	if in.Where != "" {
		if f.Place, err = o.readPlace(ctx, in.Where); err != nil {
			return false, understood(err)
		}
	}
	if in.Until != "" {
		day, err := desk.ParseDay(in.Until)
		if err != nil {
			return false, understood(desk.InvalidFields(map[string]string{"until": desk.Sentence(err)}))
		}
		f.EndsFrom, f.EndsBy = o.today(), day
	}
	if in.What != "" {
		if err := o.readWhat(ctx, in.What, &g); err != nil {
			return false, understood(err)
		}
		f.Right, f.Permission = g.Right, g.Permission
	}
	if in.Who != "" {
		if f.Who, err = o.lookUp(ctx, in.Who); err != nil {
			return false, understood(err)
		}
	}
	return true, nil
}

// understood keeps only errors that are not about what was written.
func understood(err error) error {
	if desk.KindOf(err) == desk.Invalid {
		return nil
	}
	return err
}
