package service

import (
	"context"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// Administers says which parts of the administration somebody may enter, and
// where he may make something new.
type Administers struct {
	Users, Customers, Groups, Queues, Grants, Mail, Audit  bool
	NewUsers, NewCustomers, NewGroups, NewQueues, MayGrant bool
	Directories                                            bool
	Fields, NewFields                                      bool // custom ones
	Sets, ChangeSets                                       bool // permissions
	Switches                                               bool // of access
	Erase                                                  bool // what the desk holds of somebody
	Clocks, ChangeClocks                                   bool
	Rules                                                  bool // what the desk does by itself
	Blueprints                                             bool
	Templates                                              bool // of letters
	Roles                                                  bool // in which people stand on tickets
}

// Any reports whether there is a part that he may enter.
func (a *Administers) Any() bool { return *a != Administers{} }

// Administers returns what of the administration is open to the actor. Contacts
// administer nothing here.
func (s *Service) Administers(ctx context.Context, by desk.Actor) (*Administers, error) {
	a := &Administers{}
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() {
			return nil
		}
		rights, err := o.rightsSomewhere(ctx)
		if err != nil {
			return err
		}
		somewhere := func(list ...desk.Right) bool { return rights&desk.RightsOf(list...) != 0 }
		all := o.rightsOn(access.System())
		a.NewUsers, a.NewCustomers = all.Has(desk.AdminUsers), all.Has(desk.AdminCustomers)
		a.Directories = a.NewUsers && a.NewCustomers && all.Has(desk.AdminSettings)
		a.NewGroups, a.NewQueues = all.Has(desk.AdminGroup), all.Has(desk.AdminQueue)
		a.Users = a.NewUsers || a.NewCustomers
		a.Customers = a.NewCustomers || somewhere(desk.SeeCustomer, desk.ModifyCustomer, desk.AdminCustomer)
		a.Groups = somewhere(desk.SeeGroup, desk.AdminGroup, desk.AdminGroupMembership)
		a.Queues = somewhere(desk.AdminQueue, desk.ModifyQueueWatchers)
		a.NewFields = all.Has(desk.AdminCustomField)
		a.Fields = somewhere(desk.AdminCustomField, desk.AssignCustomFields)
		a.MayGrant = a.NewCustomers || somewhere(desk.ModifyACL, desk.AdminGroup)
		a.Grants = a.MayGrant || somewhere(desk.ShowACL)
		a.Sets, a.ChangeSets = all.Has(desk.ShowACL) || all.Has(desk.ModifyACL), all.Has(desk.ModifyACL) && all.Has(desk.AdminGroup)
		a.Switches = all.Has(desk.AdminSettings) && all.Has(desk.ShowConfigTab)
		a.Erase = all.Has(desk.SuperUser)
		a.Clocks, a.ChangeClocks = all.Has(desk.ShowConfigTab), all.Has(desk.ShowConfigTab) && all.Has(desk.AdminSettings)
		a.Rules = somewhere(desk.ShowScrips, desk.ModifyScrips)
		a.Roles = all.Has(desk.AdminRoles)
		a.Templates = somewhere(desk.ShowTemplate)
		a.Blueprints = all.Has(desk.AdminQueue) && all.Has(desk.ModifyACL)
		a.Mail, a.Audit = all.Has(desk.AdminMail), all.Has(desk.ShowAudit)
		return nil
	})
	return a, err
}

// rightsSomewhere returns the rights that the actor holds on the desk or on
// some group, customer or queue that a grant to him or to one of his names.
func (o *op) rightsSomewhere(ctx context.Context) (desk.RightSet, error) {
	rights := o.rightsOn(access.System())
	if o.by.IsSystem() {
		return rights, nil
	}
	self := desk.PrincipalID(o.by.User)
	grants, err := o.Tx.GrantsTo(ctx, append(o.e.GroupsOf(self), self, desk.Everyone, desk.Agents))
	for _, g := range grants {
		if g.Place.Kind != desk.SystemPlace {
			rights |= o.rightsOn(access.Object{Place: g.Place})
		}
	}
	return rights, err
}

// Totals counts what there is at the desk.
type Totals = store.Totals

// Totals counts users, customers, groups, queues and grants (ShowConfigTab).
func (s *Service) Totals(ctx context.Context, by desk.Actor) (Totals, error) {
	var t Totals
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		var err error
		t, err = o.Tx.Totals(ctx)
		return err
	})
	return t, err
}

// Changes returns the latest changes of the desk's configuration (ShowAudit);
// signing in is none.
func (s *Service) Changes(ctx context.Context, by desk.Actor, limit int) ([]Change, error) {
	var list []Change
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowAudit, access.System()); err != nil {
			return err
		}
		entries, _, err := o.AuditList(ctx, AuditFilter{Changes: true, Limit: limit})
		if err != nil {
			return err
		}
		if list, err = o.changes(ctx, entries); err != nil {
			return err
		}
		return o.undoable(ctx, list)
	})
	return list, err
}

// undoable marks the changes, newest first, that have something to take back.
// Whether that is still as the change left it, and may be changed by who asks,
// TakeBack says.
func (o *op) undoable(ctx context.Context, list []Change) error {
	ids := make([]int64, len(list))
	for i, c := range list {
		ids[i] = c.Change
	}
	touched, err := o.TouchedAccess(ctx, ids)
	if err != nil {
		return err
	}
	for i, c := range list {
		if touched[c.Change] {
			list[i].Undo = c.Change
			delete(touched, c.Change) // one transaction is taken back as a whole
		}
	}
	return nil
}
