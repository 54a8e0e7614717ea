package ascode

import (
	"context"
	"strings"

	"gatehouse/desk"
)

// What is made of things: permissions, settings, roles, groups and queues.

func (m *maker) makePermissions(ctx context.Context) error {
	for _, d := range m.plan.permissions {
		p := desk.Permission{ID: m.permissions[d.key], Name: m.either("permission:" + string(d.key)),
			Agents: d.is.agents, Contacts: d.is.contacts, Disabled: d.is.disabled}
		var err error
		if d.had {
			err = m.in.UpdatePermission(ctx, m.by, p)
		} else {
			_, err = m.in.CreatePermission(ctx, m.by, p)
		}
		if err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}

func (m *maker) setSettings(ctx context.Context) error {
	for _, d := range m.settings {
		if err := m.in.SetSetting(ctx, m.by, string(d.key), d.is); err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}

// makeRoles leaves what is to be disabled enabled: disable comes last, since
// nobody is put into a disabled role, and nothing disabled into any.
func (m *maker) makeRoles(ctx context.Context) error {
	for _, d := range m.roles {
		is := d.is
		is.disabled = d.is.disabled && d.had && d.was.disabled && !m.wokenRoles[d.key]
		if d.had && is == d.was {
			continue
		}
		if err := m.makeRole(ctx, d.key, is); err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}

// makeRole changes a role, or makes it where there is none.
func (m *maker) makeRole(ctx context.Context, key roleName, is role) error {
	r := desk.Role{ID: m.roleIDs[key], Name: m.either("role:" + string(key)), Single: is.single, Everywhere: is.everywhere, Disabled: is.disabled}
	for _, q := range split(is.queues) {
		id, err := m.queue(ref(q))
		if err != nil {
			return err
		}
		r.Queues = append(r.Queues, id)
	}
	if r.ID != 0 {
		return m.in.UpdateRole(ctx, m.by, r)
	}
	made, err := m.in.CreateRole(ctx, m.by, r)
	m.roleIDs[key] = made
	return err
}

// makeGroups leaves what is to be disabled enabled, as makeRoles.
func (m *maker) makeGroups(ctx context.Context) error {
	for _, d := range m.groups {
		g := d.is
		g.disabled = d.is.disabled && d.had && d.was.disabled && !m.wokenGroups[d.key]
		if d.had && g == d.was {
			continue
		}
		if err := m.makeGroup(ctx, d.key, g); err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}

// wake enables for the time being what is disabled and stays so, where somebody
// is put into the role or the group is put into one.
func (m *maker) wake(ctx context.Context) error {
	m.wokenRoles, m.wokenGroups = map[roleName]bool{}, map[ref]bool{}
	for _, d := range m.watchers {
		if !d.has {
			continue
		}
		if r := m.have.roles[d.key.role]; r.disabled && m.want.roles[d.key.role].disabled {
			r.disabled = false
			m.wokenRoles[d.key.role] = true
			if err := m.makeRole(ctx, d.key.role, r); err != nil {
				return m.at(d.key, err)
			}
		}
		if g := m.have.groups[d.key.who]; g.disabled && m.want.groups[d.key.who].disabled {
			g.disabled = false
			m.wokenGroups[d.key.who] = true
			if err := m.makeGroup(ctx, d.key.who, g); err != nil {
				return m.at(d.key, err)
			}
		}
	}
	return nil
}

// disable disables what is to be disabled and is not by now.
func (m *maker) disable(ctx context.Context) error {
	for _, d := range m.roles {
		if d.is.disabled && !(d.had && d.was.disabled) {
			m.wokenRoles[d.key] = true
		}
	}
	for _, d := range m.groups {
		if d.is.disabled && !(d.had && d.was.disabled) {
			m.wokenGroups[d.key] = true
		}
	}
	for _, key := range sorted(m.wokenRoles) {
		r, wanted := m.want.roles[key]
		if !wanted {
			r = m.have.roles[key]
			r.disabled = true
		}
		if err := m.makeRole(ctx, key, r); err != nil {
			return m.at(key, err)
		}
	}
	for _, key := range sorted(m.wokenGroups) {
		g, wanted := m.want.groups[key]
		if !wanted {
			g = m.have.groups[key]
			g.disabled = true
		}
		if err := m.makeGroup(ctx, key, g); err != nil {
			return m.at(key, err)
		}
	}
	return nil
}

// makeGroup changes a group, or makes it where there is none.
func (m *maker) makeGroup(ctx context.Context, key ref, is group) error {
	kind, name, _ := strings.Cut(m.refText(key), ":")
	g := desk.Group{ID: desk.GroupID(m.have.ids[key]), Name: name, Description: is.description, Disabled: is.disabled}
	owner := ""
	if kind == "personal" {
		owner, g.Name, _ = strings.Cut(name, "/")
	}
	if g.ID != 0 {
		return m.in.UpdateGroup(ctx, m.by, g)
	}
	if owner != "" {
		id, err := m.id(ctx, m.want.ref("user:"+owner))
		if err != nil {
			return err
		}
		g.Personal = desk.UserID(id)
	}
	made, err := m.in.CreateGroup(ctx, m.by, g)
	m.have.ids[key] = desk.PrincipalID(made)
	return err
}

func (m *maker) changeQueues(ctx context.Context) error {
	for _, d := range m.queues {
		id, err := m.queue(d.key)
		if err != nil {
			return m.at(d.key, err)
		}
		q, err := m.in.Queue(ctx, m.by, id)
		if err != nil {
			return m.at(d.key, err)
		}
		q.Disabled, q.AccessGroup = d.is.disabled, 0
		if d.is.guard != "" {
			guard, err := m.id(ctx, d.is.guard)
			if err != nil {
				return m.at(d.key, err)
			}
			q.AccessGroup = desk.GroupID(guard)
		}
		if err := m.in.UpdateQueue(ctx, m.by, *q); err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}
