package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// A NamedSet is a permission with where it can be chosen.
type NamedSet struct {
	desk.Permission
	ForAgents   bool // it has a column where agents and groups are given permissions
	ForContacts bool // and where contacts and customers are
}

// A NamedSetLine is a permission with how much it is used.
type NamedSetLine struct {
	NamedSet
	Shipped bool
	Grants  int  // of it, up to 1,000
	More    bool // there are more
}

// NamedSets returns the permissions, by number, each with how many grants there
// are of it (ShowACL or ModifyACL on the whole desk).
func (s *Service) NamedSets(ctx context.Context, by desk.Actor) ([]NamedSetLine, error) {
	var list []NamedSetLine
	err := s.view(ctx, by, func(o *op) error {
		if !o.isAgent() || !o.canAny(access.System(), desk.ShowACL, desk.ModifyACL) {
			return desk.Errorf(desk.NotFound, "There is no such page.")
		}
		all, err := o.Tx.Permissions(ctx)
		if err != nil {
			return err
		}
		for _, p := range all {
			line := NamedSetLine{NamedSet: NamedSet{Permission: p}, Shipped: p.Shipped()}
			grants, more, err := o.Tx.Grants(ctx, GrantFilter{Permission: p.ID, Limit: 1000})
			if err != nil {
				return err
			}
			line.Grants, line.More = len(grants), more
			if line.ForAgents, line.ForContacts, err = o.chosenWhere(ctx, p.Name); err != nil {
				return err
			}
			list = append(list, line)
		}
		return nil
	})
	return list, err
}

func (o *op) chosenWhere(ctx context.Context, name string) (agents, contacts bool, err error) {
	forAgents, err := o.permissionNames(ctx, SettingAgentPermissions)
	if err != nil {
		return false, false, err
	}
	forContacts, err := o.permissionNames(ctx, SettingContactPermissions)
	return slices.Contains(forAgents, desk.Fold(name)), slices.Contains(forContacts, desk.Fold(name)), err
}

// CreatePermission makes a permission, a named set of rights of the desk's own
// (ModifyACL and AdminGroup on the whole desk, and where only what one holds may
// be given, its rights). Its name is one word.
func (s *Service) CreatePermission(ctx context.Context, by desk.Actor, p desk.Permission) (desk.PermissionID, error) {
	err := s.do(ctx, by, func(o *op) error { return o.createPermission(ctx, &p) })
	return p.ID, err
}

// UpdatePermission changes the rights of a permission, and with them every grant
// of it, or its name, or disables or enables it; it asks what CreatePermission
// asks. One that ships keeps its name, and rw stays enabled.
func (s *Service) UpdatePermission(ctx context.Context, by desk.Actor, p desk.Permission) error {
	return s.do(ctx, by, func(o *op) error { return o.updatePermission(ctx, &p) })
}

// SaveNamedSet is CreatePermission for one without a number and else
// UpdatePermission, and says in the same change where it can be chosen.
func (s *Service) SaveNamedSet(ctx context.Context, by desk.Actor, in NamedSet) (desk.PermissionID, error) {
	save := (*op).updatePermission
	if in.ID == 0 {
		save = (*op).createPermission
	}
	err := s.do(ctx, by, func(o *op) error {
		if err := save(o, ctx, &in.Permission); err != nil {
			return err
		}
		return o.choosePermission(ctx, in.Name, in)
	})
	return in.ID, err
}

func (o *op) createPermission(ctx context.Context, p *desk.Permission) error {
	if err := o.needForPermissions(); err != nil {
		return err
	}
	if err := o.checkPermission(ctx, p, &desk.Permission{}); err != nil {
		return err
	}
	if err := o.InsertPermission(ctx, p); err != nil {
		return err
	}
	return o.changedAccess(ctx, change{"permission.create", "permission:" + p.Name, "", describePermission(*p)})
}

// updatePermission keeps where the permission can be chosen, by its new name.
func (o *op) updatePermission(ctx context.Context, p *desk.Permission) error {
	if err := o.needForPermissions(); err != nil {
		return err
	}
	old, err := o.permission(ctx, p.ID)
	if err != nil {
		return err
	}
	if err := o.checkPermission(ctx, p, old); err != nil {
		return err
	}
	if *p == *old {
		return nil
	}
	if err := o.Tx.UpdatePermission(ctx, p); err != nil {
		return err
	}
	if p.Name != old.Name {
		agents, contacts, err := o.chosenWhere(ctx, old.Name)
		if err != nil {
			return err
		}
		if err := o.choosePermission(ctx, old.Name, NamedSet{*p, agents, contacts}); err != nil {
			return err
		}
	}
	c := change{"permission.update", "permission:" + p.Name, describePermission(*old), describePermission(*p)}
	if old.Name = p.Name; *p == *old {
		return o.audit(ctx, c)
	}
	return o.changedAccess(ctx, c)
}

// RemovePermission deletes a permission of the desk's own of which there is no
// grant; it asks what CreatePermission asks.
func (s *Service) RemovePermission(ctx context.Context, by desk.Actor, id desk.PermissionID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needForPermissions(); err != nil {
			return err
		}
		p, err := o.permission(ctx, id)
		if err != nil {
			return err
		}
		used, _, err := o.Tx.Grants(ctx, GrantFilter{Permission: id, Limit: 1})
		switch {
		case err != nil:
			return err
		case p.Shipped():
			return desk.Errorf(desk.Conflict, "%s ships with the desk and stays; disable it instead.", p.Name)
		case len(used) > 0:
			return desk.Errorf(desk.Conflict, "There are grants of %s; revoke them first, or disable it.", p.Name)
		}
		if err := o.DeletePermission(ctx, id); err != nil {
			return err
		}
		if err := o.choosePermission(ctx, p.Name, NamedSet{}); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"permission.delete", "permission:" + p.Name, describePermission(*p), ""})
	})
}

// needForPermissions asks for what one would need to grant the same rights by
// hand wherever a permission can be granted.
func (o *op) needForPermissions() error {
	if err := o.need(desk.ModifyACL, access.System()); err != nil {
		return err
	}
	return o.need(desk.AdminGroup, access.System())
}

func (o *op) permission(ctx context.Context, id desk.PermissionID) (*desk.Permission, error) {
	all, err := o.Tx.Permissions(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There is no such permission.")
}

// checkPermission refuses what a permission cannot be. Where only what one holds
// oneself may be given, that holds for each right that comes or goes.
func (o *op) checkPermission(ctx context.Context, p, old *desk.Permission) error {
	var err error
	if p.Name, err = desk.CheckName("permission", p.Name); err != nil {
		return err
	}
	_, isRight := desk.ParseRight(p.Name)
	strange := func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_-", r) }
	switch {
	case strings.ContainsFunc(desk.Fold(p.Name), strange):
		return desk.InvalidFields(map[string]string{"name": "The name is one word of letters, digits, - and _, as it stands in settings and files."})
	case isRight:
		return desk.InvalidFields(map[string]string{"name": "There is a right of that name."})
	case old.Shipped() && p.Name != old.Name:
		return desk.InvalidFields(map[string]string{"name": "A permission that ships with the desk keeps its name."})
	case p.ID == desk.RW && p.Disabled:
		return desk.Errorf(desk.Invalid, "rw cannot be disabled: it stands for all the others.")
	}
	for field, rights := range map[string]desk.RightSet{"agents": p.Agents, "contacts": p.Contacts} {
		if more := rights &^ desk.QueueRights(); more != 0 {
			return desk.InvalidFields(map[string]string{field: "A permission holds rights of tickets, queues and custom fields only, and not " + strings.Join(more.Names(), ", ") + "."})
		}
	}
	moved := p.Agents ^ old.Agents | p.Contacts ^ old.Contacts
	if p.Disabled != old.Disabled {
		moved |= p.Agents | p.Contacts
	}
	for _, r := range moved.List() {
		if err := o.heldWhereGiven(ctx, desk.Grant{Right: r, Place: desk.OnSystem()}); err != nil {
			return err
		}
	}
	return nil
}

// choosePermission says where a permission can be chosen, by the name that it
// has now; old is the name that it had.
func (o *op) choosePermission(ctx context.Context, old string, in NamedSet) error {
	for setting, wanted := range map[string]bool{SettingAgentPermissions: in.ForAgents, SettingContactPermissions: in.ForContacts} {
		words, err := o.permissionNames(ctx, setting)
		if err != nil {
			return err
		}
		before := strings.Join(words, " ")
		now, at := desk.Fold(in.Name), slices.Index(words, desk.Fold(old))
		switch {
		case wanted && at >= 0:
			words[at] = now
		case wanted:
			words = append(words, now)
		case at >= 0:
			words = slices.Delete(words, at, at+1)
		}
		after := strings.Join(words, " ")
		if after == before {
			continue
		}
		if err := o.Tx.SetSetting(ctx, setting, after); err != nil {
			return err
		}
		if err := o.audit(ctx, change{"setting.set", setting, before, after}); err != nil {
			return err
		}
	}
	return nil
}

func describePermission(p desk.Permission) string {
	return fmt.Sprintf("name: %s; disabled: %t; agents: %s; contacts: %s",
		p.Name, p.Disabled, strings.Join(p.Agents.Names(), " "), strings.Join(p.Contacts.Names(), " "))
}
