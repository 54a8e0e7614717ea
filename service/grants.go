package service

import (
	"context"
	"fmt"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// Grant gives a right or a permission. It needs ModifyACL on the place,
// AdminGroup on a group, AdminCustomers for a customer; SuperUser comes only
// from a superuser.
func (s *Service) Grant(ctx context.Context, by desk.Actor, g desk.Grant) (desk.GrantID, error) {
	err := s.do(ctx, by, func(o *op) error { return o.grant(ctx, &g) })
	return g.ID, err
}

// GrantAll is Grant for several grants: all of them or none, with the rights
// that the actor holds before the first. Such a list says what there shall be,
// so it may name who is disabled; that counts once he is enabled. An error is
// an InListError.
func (s *Service) GrantAll(ctx context.Context, by desk.Actor, list []desk.Grant) error {
	return s.do(ctx, by, func(o *op) error {
		return o.eachGrant(ctx, list, func(g desk.Grant) ([]desk.AccessChange, error) { return o.makeGrant(ctx, &g) })
	})
}

// An InListError says of which of several things it is, counted from zero.
type InListError struct {
	Index int
	Err   error
}

// Error is the error of the thing.
func (e *InListError) Error() string { return e.Err.Error() }

// Unwrap is the error of the thing.
func (e *InListError) Unwrap() error { return e.Err }

// eachGrant makes or takes away all grants as one change of access.
func (o *op) eachGrant(ctx context.Context, list []desk.Grant, do func(g desk.Grant) ([]desk.AccessChange, error)) error {
	var all []desk.AccessChange
	for i, g := range list {
		changes, err := do(g)
		if err != nil {
			return &InListError{i, err}
		}
		all = append(all, changes...)
	}
	if len(list) == 0 {
		return nil
	}
	return o.accessChanged(ctx, all...)
}

func (o *op) grant(ctx context.Context, g *desk.Grant) error {
	if err := o.mayGrant(ctx, *g); err != nil {
		return err
	}
	if err := o.checkAwake(ctx, *g); err != nil {
		return err
	}
	changes, err := o.makeGrant(ctx, g)
	if err != nil {
		return err
	}
	return o.accessChanged(ctx, changes...)
}

// makeGrant is grant without raising the access version: it returns what
// changed.
func (o *op) makeGrant(ctx context.Context, g *desk.Grant) ([]desk.AccessChange, error) {
	g.ID, g.Source, g.Delegator = 0, 0, 0 // those are Delegate's
	if err := o.mayGrant(ctx, *g); err != nil {
		return nil, err
	}
	if err := o.checkGrant(ctx, *g); err != nil {
		return nil, err
	}
	changes, err := o.makeWayFor(ctx, *g)
	if err != nil {
		return nil, err
	}
	if err := o.InsertGrant(ctx, g); err != nil {
		return nil, err
	}
	changes = append(changes, desk.AccessChange{Kind: desk.ChangeGrant, Grant: g.ID})
	return changes, o.audit(ctx, change{"grant.add", o.placeName(ctx, g.Place), "", o.describeGrant(ctx, *g)})
}

// Revoke takes a grant away, and with it what was passed on from it. It asks
// what Grant asks. A delegated grant is withdrawn with Undelegate.
func (s *Service) Revoke(ctx context.Context, by desk.Actor, id desk.GrantID) error {
	return s.do(ctx, by, func(o *op) error {
		g, err := o.Tx.Grant(ctx, id)
		if err != nil {
			return err
		}
		return o.revoke(ctx, g)
	})
}

// RevokeAll is Revoke for the grants with the same contents as those in the
// list: all of them or none, with the rights that the actor holds before the
// first. An error is an InListError.
func (s *Service) RevokeAll(ctx context.Context, by desk.Actor, list []desk.Grant) error {
	return s.do(ctx, by, func(o *op) error {
		return o.eachGrant(ctx, list, func(like desk.Grant) ([]desk.AccessChange, error) {
			if !o.seesGrantsOn(like.Place) {
				return nil, desk.Errorf(desk.NotFound, "There is no such grant.")
			}
			g, err := o.Tx.FindGrant(ctx, like)
			if err != nil {
				return nil, err
			}
			ended, err := o.endGrant(ctx, g)
			return []desk.AccessChange{ended}, err
		})
	})
}

func (o *op) revoke(ctx context.Context, g *desk.Grant) error {
	dropped, err := o.endGrant(ctx, g)
	if err != nil {
		return err
	}
	return o.accessChanged(ctx, dropped)
}

// endGrant is revoke without raising the access version: it returns what
// changed.
func (o *op) endGrant(ctx context.Context, g *desk.Grant) (desk.AccessChange, error) {
	none := desk.AccessChange{}
	if !o.seesGrantsOn(g.Place) {
		return none, desk.Errorf(desk.NotFound, "There is no grant %d.", g.ID)
	}
	if err := o.mayGrant(ctx, *g); err != nil {
		return none, err
	}
	if g.Source != 0 {
		return none, desk.Errorf(desk.Forbidden, "Grant %d was passed on and is not revoked alone: its maker withdraws it, or revoke grant %d that it comes from.", g.ID, g.Source)
	}
	return o.dropGrant(ctx, g)
}

// FindGrant returns the grant with the same content, for who may see it.
func (s *Service) FindGrant(ctx context.Context, by desk.Actor, g desk.Grant) (*desk.Grant, error) {
	var found *desk.Grant
	err := s.view(ctx, by, func(o *op) error {
		if !o.seesGrantsOn(g.Place) {
			return desk.Errorf(desk.NotFound, "There is no such grant.")
		}
		var err error
		found, err = o.Tx.FindGrant(ctx, g)
		return err
	})
	return found, err
}

// makeWayFor removes a grant of the same whose last day is past.
func (o *op) makeWayFor(ctx context.Context, g desk.Grant) ([]desk.AccessChange, error) {
	same, err := o.Tx.FindGrant(ctx, g)
	switch {
	case desk.KindOf(err) == desk.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	case desk.InForce(0, same.Until, o.today()):
		return nil, nil // and the new one will be refused
	}
	gone, err := o.removeGrant(ctx, same.ID)
	return []desk.AccessChange{gone}, err
}

// mayGrant asks for the right to grant on the place. The right comes before the
// place, so that nobody learns which places there are by trying.
func (o *op) mayGrant(ctx context.Context, g desk.Grant) error {
	if err := o.mayGrantThere(ctx, g); err != nil {
		return err
	}
	return o.checkPlace(ctx, g.Place)
}

// mayGrantThere is mayGrant on a place that is known to be there.
func (o *op) mayGrantThere(ctx context.Context, g desk.Grant) error {
	if g.Right == desk.SuperUser {
		if err := o.need(desk.SuperUser, access.System()); err != nil {
			return err
		}
	}
	right, x := desk.ModifyACL, access.Object{Place: g.Place}
	switch g.Place.Kind {
	case desk.GroupPlace:
		right = desk.AdminGroup
	case desk.CustomerPlace:
		right, x = desk.AdminCustomers, access.System()
	}
	if err := o.need(right, x); err != nil {
		return err
	}
	return o.heldWhereGiven(ctx, g)
}

// SettingModifyACL is the setting that says what those may grant who may change
// grants: "any" right, or only those "held" by themselves there.
const SettingModifyACL = "access.modify-acl"

// heldWhereGiven refuses who does not hold himself what he grants or revokes,
// where the desk is set so.
func (o *op) heldWhereGiven(ctx context.Context, g desk.Grant) error {
	value, _, err := o.Tx.Setting(ctx, SettingModifyACL)
	if err != nil || value != "held" || o.can(desk.SuperUser, access.System()) {
		return err
	}
	rights := desk.RightsOf(g.Right)
	if g.Permission != 0 {
		permissions, err := o.Tx.Permissions(ctx)
		if err != nil {
			return err
		}
		for _, p := range permissions {
			if p.ID == g.Permission {
				rights = p.Agents | p.Contacts
			}
		}
	}
	for _, r := range rights.List() {
		if !o.e.HoldsOn(o.by.User, r, g.Place) {
			return desk.Errorf(desk.Forbidden, "You may grant and revoke only what you hold yourself there, and you do not hold %s.", r)
		}
	}
	return nil
}

// checkPlace refuses a place that is not there.
func (o *op) checkPlace(ctx context.Context, p desk.Place) error {
	var err error
	switch p.Kind {
	case desk.SystemPlace:
	case desk.QueuePlace:
		_, err = o.Tx.Queue(ctx, desk.QueueID(p.ID))
	case desk.GroupPlace:
		_, err = o.Tx.Group(ctx, desk.GroupID(p.ID))
	case desk.CustomerPlace:
		_, err = o.Tx.Customer(ctx, desk.CustomerID(p.ID))
	case desk.FieldPlace:
		_, err = o.field(ctx, desk.FieldID(p.ID))
	default:
		err = desk.Errorf(desk.Invalid, "Rights cannot be granted there.")
	}
	return err
}

func (o *op) checkGrant(ctx context.Context, g desk.Grant) error {
	names, err := o.PrincipalNames(ctx, []desk.PrincipalID{g.Who})
	if err != nil {
		return err
	}
	if _, ok := names[g.Who]; !ok {
		return desk.InvalidFields(map[string]string{"who": "There is no such user, group or customer."})
	}
	if g.Until != 0 && g.Until < o.today() {
		return desk.InvalidFields(map[string]string{"until": "This day is past."})
	}
	if g.Permission == 0 {
		return checkRight(g)
	}
	if g.Right != 0 {
		return desk.Errorf(desk.Invalid, "Grant either a right or a permission.")
	}
	if g.Place.Kind == desk.CustomerPlace || g.Place.Kind == desk.FieldPlace {
		return desk.Errorf(desk.Invalid, "A permission covers queues; grant it on the desk, an access group or a queue.")
	}
	permissions, err := o.Tx.Permissions(ctx)
	if err != nil {
		return err
	}
	for _, p := range permissions {
		if p.ID == g.Permission {
			return nil
		}
	}
	return desk.InvalidFields(map[string]string{"what": "There is no such permission."})
}

// checkAwake refuses a new grant to somebody who is disabled.
func (o *op) checkAwake(ctx context.Context, g desk.Grant) error {
	names, err := o.PrincipalNames(ctx, []desk.PrincipalID{g.Who})
	if err != nil || !names[g.Who].Disabled || !o.isNew(ctx, g) {
		return err
	}
	return desk.InvalidFields(map[string]string{"who": fmt.Sprintf("%s is disabled, so that this would give nothing; enable this first.", names[g.Who].Name)})
}

// isNew reports whether there is no such grant yet; one that is there stays when
// its receiver is disabled, and a file that has it can be brought in again.
func (o *op) isNew(ctx context.Context, g desk.Grant) bool {
	_, err := o.Tx.FindGrant(ctx, g)
	return desk.KindOf(err) == desk.NotFound
}

func checkRight(g desk.Grant) error {
	switch {
	case !g.Right.Known():
		return desk.InvalidFields(map[string]string{"what": "There is no such right."})
	case !g.Right.GrantableOn(g.Place.Kind):
		return desk.InvalidFields(map[string]string{"what": fmt.Sprintf("%s cannot be granted on such a thing.", g.Right)})
	case g.As != 0 && g.Place.Kind == desk.FieldPlace:
		return desk.InvalidFields(map[string]string{"as": "A field has no roles; grant it through a role on the desk, an access group or a queue."})
	case g.As != 0 && !g.Right.OfQueues():
		return desk.InvalidFields(map[string]string{"as": fmt.Sprintf("%s cannot be granted through a role: only rights of tickets and queues can.", g.Right)})
	}
	return nil
}

// seesGrantsOn reports whether the actor may see what is granted on a place.
func (o *op) seesGrantsOn(p desk.Place) bool {
	x := access.Object{Place: p}
	if p.Kind == desk.GroupPlace && o.can(desk.AdminGroup, x) || p.Kind == desk.CustomerPlace && o.can(desk.AdminCustomers, access.System()) {
		return true
	}
	return o.canAny(x, desk.ShowACL, desk.ModifyACL)
}

// A GrantLine is a grant with the names of what it names.
type GrantLine struct {
	desk.Grant
	WhoName   Name
	RoleNames []string
	MadeBy    Name      // of a delegated grant, who passes it on
	What      string    // the right's or permission's name
	PlaceName string    // as a reference: "system", "queue:support"
	Since     time.Time // when it was made; zero: before this was kept
	Revocable bool      // the actor may revoke it, or withdraw it where it is delegated
}

// Grants returns the grants on places where the actor may see them (ShowACL),
// by number.
func (s *Service) Grants(ctx context.Context, by desk.Actor, f GrantFilter) ([]GrantLine, bool, error) {
	var lines []GrantLine
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		list, rest, err := pageOf(f.Limit, func(limit int, last *desk.Grant) ([]desk.Grant, bool, error) {
			f.Limit = limit
			if last != nil {
				f.After = last.ID
			}
			return o.Tx.Grants(ctx, f)
		}, func(g *desk.Grant) bool { return o.seesGrantsOn(g.Place) })
		if err != nil {
			return err
		}
		more = rest
		lines, err = o.grantLines(ctx, list)
		return err
	})
	return lines, more, err
}

func (o *op) grantLines(ctx context.Context, list []desk.Grant) ([]GrantLine, error) {
	ids := make([]desk.PrincipalID, 0, len(list))
	for _, g := range list {
		ids = append(ids, g.Who)
		if g.Delegator != 0 {
			ids = append(ids, desk.PrincipalID(g.Delegator))
		}
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	numbers := make([]desk.GrantID, len(list))
	for i, g := range list {
		numbers[i] = g.ID
	}
	since, err := o.GrantsMade(ctx, numbers)
	if err != nil {
		return nil, err
	}
	places := map[desk.Place]string{}             // each is asked for once,
	permissions := map[desk.PermissionID]string{} // however many grants name it
	roles := map[desk.RoleSet][]string{}
	lines := make([]GrantLine, len(list))
	for i, g := range list {
		if _, ok := places[g.Place]; !ok {
			places[g.Place] = o.placeName(ctx, g.Place)
		}
		if _, ok := permissions[g.Permission]; !ok || g.Permission == 0 {
			permissions[g.Permission] = o.whatName(ctx, g)
		}
		if _, ok := roles[g.As]; !ok {
			if roles[g.As], err = o.roleNames(ctx, g.As); err != nil {
				return nil, err
			}
		}
		lines[i] = GrantLine{Grant: g, WhoName: names[g.Who], MadeBy: names[desk.PrincipalID(g.Delegator)], What: permissions[g.Permission], PlaceName: places[g.Place],
			RoleNames: roles[g.As], Since: since[g.ID], Revocable: o.mayRevoke(ctx, g)}
	}
	return lines, nil
}

func (o *op) mayRevoke(ctx context.Context, g desk.Grant) bool {
	if g.Source != 0 {
		return o.mayWithdraw(g)
	}
	return o.mayGrantThere(ctx, g) == nil
}

func (o *op) roleNames(ctx context.Context, roles desk.RoleSet) ([]string, error) {
	if roles == 0 {
		return nil, nil
	}
	all, err := o.Tx.Roles(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, r := range all {
		if roles.Has(r.ID) {
			names = append(names, r.Name)
		}
	}
	return names, nil
}

// whatName returns the name of what a grant gives.
func (o *op) whatName(ctx context.Context, g desk.Grant) string {
	if g.Permission == 0 {
		return g.Right.String()
	}
	permissions, err := o.Tx.Permissions(ctx)
	if err != nil {
		return "permission " + formatID(g.Permission)
	}
	for _, p := range permissions {
		if p.ID == g.Permission {
			return p.Name
		}
	}
	return "permission " + formatID(g.Permission)
}

// placeName returns a place as people write it: system, queue:support.
func (o *op) placeName(ctx context.Context, p desk.Place) string {
	switch p.Kind {
	case desk.SystemPlace:
		return "system"
	case desk.QueuePlace:
		if q, err := o.Tx.Queue(ctx, desk.QueueID(p.ID)); err == nil {
			return "queue:" + q.Name
		}
		if name := o.rehearsed[desk.QueueID(p.ID)]; name != "" {
			return "queue:" + name
		}
	case desk.GroupPlace:
		names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(p.ID)})
		if n := names[desk.PrincipalID(p.ID)]; err == nil && n.Ref != "" {
			return n.Ref
		}
	case desk.CustomerPlace:
		if c, err := o.Tx.Customer(ctx, desk.CustomerID(p.ID)); err == nil {
			return "customer:" + c.Key
		}
	case desk.FieldPlace:
		if f, err := o.field(ctx, desk.FieldID(p.ID)); err == nil {
			return "field:" + f.Name
		}
	case desk.TicketPlace:
		return "ticket:" + formatID(p.ID)
	}
	return fmt.Sprintf("place %d:%d", p.Kind, p.ID)
}

func (o *op) describeGrant(ctx context.Context, g desk.Grant) string {
	text := fmt.Sprintf("who: %d; what: %s; where: %s", g.Who, o.whatName(ctx, g), o.placeName(ctx, g.Place))
	if g.As != 0 {
		text += "; as: " + formatIDs(g.As.List())
	}
	if g.Until != 0 {
		text += "; until: " + g.Until.String()
	}
	if g.Source != 0 {
		text += fmt.Sprintf("; passed on by: %d; from grant: %d", g.Delegator, g.Source)
	}
	return text
}

// Permissions returns the permissions of the desk.
func (s *Service) Permissions(ctx context.Context, by desk.Actor) ([]desk.Permission, error) {
	var list []desk.Permission
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needAgent(); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.Permissions(ctx)
		return err
	})
	return list, err
}
