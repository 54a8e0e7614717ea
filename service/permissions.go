package service

import (
	"context"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// CreatePermission makes a permission, a named set of rights (ModifyACL for the
// whole desk).
func (s *Service) CreatePermission(ctx context.Context, by desk.Actor, p desk.Permission) (desk.PermissionID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needForPermission(ctx, p.Agents|p.Contacts); err != nil {
			return err
		}
		if err := checkPermission(&p); err != nil {
			return err
		}
		if err := o.InsertPermission(ctx, &p); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"permission.create", "permission:" + p.Name, "", describePermission(p)})
	})
	return p.ID, err
}

// UpdatePermission changes the sets of a permission, its name, or disables or
// enables it (ModifyACL for the whole desk). Every grant of it changes with it.
func (s *Service) UpdatePermission(ctx context.Context, by desk.Actor, p desk.Permission) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.ModifyACL, access.System()); err != nil {
			return err
		}
		old, err := o.permission(ctx, p.ID)
		if err != nil {
			return err
		}
		changed := (old.Agents ^ p.Agents) | (old.Contacts ^ p.Contacts)
		if old.Disabled != p.Disabled {
			changed |= p.Agents | p.Contacts
		}
		if err := o.needForPermission(ctx, changed); err != nil {
			return err
		}
		if err := checkPermission(&p); err != nil {
			return err
		}
		if err := o.Tx.UpdatePermission(ctx, &p); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"permission.update", "permission:" + p.Name, describePermission(*old), describePermission(p)})
	})
}

// needForPermission asks for the right to give or take rights by permissions.
func (o *op) needForPermission(ctx context.Context, rights desk.RightSet) error {
	if err := o.need(desk.ModifyACL, access.System()); err != nil {
		return err
	}
	for _, r := range rights.List() {
		if err := o.heldWhereGiven(ctx, desk.Grant{Right: r, Place: desk.OnSystem()}); err != nil {
			return err
		}
	}
	return nil
}

func checkPermission(p *desk.Permission) error {
	var err error
	if p.Name, err = desk.CheckName("permission", p.Name); err != nil {
		return err
	}
	if strings.ContainsAny(p.Name, " \t,") {
		return desk.InvalidFields(map[string]string{"name": "The name of a permission is one word."})
	}
	if _, isRight := desk.ParseRight(p.Name); isRight {
		return desk.InvalidFields(map[string]string{"name": "There is a right of that name."})
	}
	for _, r := range (p.Agents | p.Contacts).List() {
		if r.Class() == desk.SystemRight {
			return desk.InvalidFields(map[string]string{"rights": fmt.Sprintf("%s is a right of the whole desk; a permission cannot contain it.", r)})
		}
	}
	return nil
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

func describePermission(p desk.Permission) string {
	return fmt.Sprintf("name: %s; disabled: %t; agents: %s; contacts: %s",
		p.Name, p.Disabled, strings.Join(p.Agents.Names(), " "), strings.Join(p.Contacts.Names(), " "))
}
