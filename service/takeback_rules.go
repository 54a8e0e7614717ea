package service

import (
	"context"
	"slices"

	"gatehouse/desk"
)

// What of the rules of the desk is taken back: permissions, settings, roles.

func (o *op) takeBackPermission(ctx context.Context, before, after []desk.Permission) error {
	now, err := o.permission(ctx, slices.Concat(after, before)[0].ID)
	if err != nil {
		return err
	}
	if len(after) == 0 || now.Agents != after[0].Agents || now.Contacts != after[0].Contacts || now.Disabled != after[0].Disabled {
		return changedSince("The permission " + now.Name)
	}
	now.Disabled = true
	if len(before) > 0 {
		now.Agents, now.Contacts, now.Disabled = before[0].Agents, before[0].Contacts, before[0].Disabled
	}
	return o.s.UpdatePermission(ctx, o.by, *now)
}

func (o *op) takeBackSetting(ctx context.Context, f *desk.AccessFact) error {
	now, _, err := o.Tx.Setting(ctx, f.Setting)
	if err != nil {
		return err
	}
	if now != f.IsSetting {
		return changedSince("The setting " + f.Setting)
	}
	was := f.WasSetting
	if was == "" { // it was never set
		was = settingDefaults()[f.Setting]
	}
	return o.s.SetSetting(ctx, o.by, f.Setting, was)
}

// takeBackRole reverses a change of a role, or of the queues where it is used.
func (o *op) takeBackRole(ctx context.Context, f *desk.AccessFact) error {
	before, after := f.Before.Roles, f.After.Roles
	touched := slices.Concat(after, before)
	if len(touched) == 0 {
		return desk.Errorf(desk.Internal, "Line %d of the audit log is of a kind that cannot be taken back.", f.Line)
	}
	now, err := o.role(ctx, touched[0].ID)
	if err != nil {
		return err
	}
	if use, ok := f.RoleQueue(); ok {
		at := slices.Index(now.Queues, use.Queue)
		if (at >= 0) != (len(after) > 0) {
			return changedSince("The role " + now.Name)
		}
		if at >= 0 {
			now.Queues = slices.Delete(now.Queues, at, at+1)
		} else {
			now.Queues = append(now.Queues, use.Queue)
			slices.Sort(now.Queues)
		}
		return o.s.UpdateRole(ctx, o.by, *now)
	}
	if len(after) == 0 || now.Disabled != after[0].Disabled || now.Everywhere != after[0].Everywhere {
		return changedSince("The role " + now.Name)
	}
	now.Disabled = true
	if len(before) > 0 {
		now.Disabled, now.Everywhere = before[0].Disabled, before[0].Everywhere
	}
	return o.s.UpdateRole(ctx, o.by, *now)
}
