package ascode

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// A maker makes a plan so, by the use cases of a service that is one
// transaction.
type maker struct {
	*plan
	in *service.Service
	by desk.Actor

	roleIDs     map[roleName]desk.RoleID
	permissions map[permissionName]desk.PermissionID

	wokenRoles  map[roleName]bool // that are to be disabled in the end
	wokenGroups map[ref]bool
}

// make first takes away and then gives, so that what is moved is never in two
// places, and makes things before it names them.
func (m *maker) make(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		m.look, m.revoke, m.removeWatchers, m.removeMembers,
		m.makePermissions, m.setSettings, m.wake, m.makeRoles, m.makeGroups, m.look,
		m.addMembers, m.changeQueues, m.addWatchers, m.grant, m.disable,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// at says in which line of the file what was refused stands. What the file
// names and is not there is a fault of the file.
func (m *maker) at(key any, err error) error {
	line, known := m.want.lines[key]
	kind := desk.KindOf(err)
	if !known || !slices.Contains([]desk.Kind{desk.NotFound, desk.Invalid, desk.Conflict, desk.Forbidden}, kind) {
		return err
	}
	if kind == desk.NotFound {
		kind = desk.Invalid
	}
	return desk.Errorf(kind, "%s:%d: %s", m.want.file, line, told(err))
}

// told is the sentence of an error, with those of its fields.
func told(err error) string {
	text := desk.Sentence(err)
	fields := desk.FieldTexts(err)
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !strings.Contains(text, fields[name]) {
			text += " " + fields[name]
		}
	}
	return text
}

// look reads the numbers of roles and permissions.
func (m *maker) look(ctx context.Context) error {
	roles, err := m.in.Roles(ctx, m.by)
	if err != nil {
		return err
	}
	m.roleIDs, m.permissions = map[roleName]desk.RoleID{}, map[permissionName]desk.PermissionID{}
	for _, r := range roles {
		m.roleIDs[roleName(desk.Fold(r.Name))] = r.ID
	}
	permissions, err := m.in.Permissions(ctx, m.by)
	for _, p := range permissions {
		m.permissions[permissionName(desk.Fold(p.Name))] = p.ID
	}
	return err
}

// id returns the number of a user, group or customer.
func (m *maker) id(ctx context.Context, r ref) (desk.PrincipalID, error) {
	if id, known := m.have.ids[r]; known {
		return id, nil
	}
	id, err := m.in.Find(ctx, m.by, m.refText(r))
	if err == nil {
		m.have.ids[r] = id
	}
	return id, err
}

func (m *maker) queue(r ref) (desk.QueueID, error) {
	q, ok := m.have.rows[r]
	if !ok {
		return 0, desk.Errorf(desk.NotFound, "There is no %s.", m.refText(r))
	}
	return q.ID, nil
}

func (m *maker) roleID(name roleName) (desk.RoleID, error) {
	id, ok := m.roleIDs[name]
	if !ok {
		return 0, desk.Errorf(desk.NotFound, "There is no role %s.", m.either("role:"+string(name)))
	}
	return id, nil
}

func (m *maker) place(ctx context.Context, r ref) (desk.Place, error) {
	kind, _, _ := strings.Cut(string(r), ":")
	switch kind {
	case "system":
		return desk.OnSystem(), nil
	case "queue":
		q, err := m.queue(r)
		return desk.OnQueue(q), err
	}
	id, err := m.id(ctx, r)
	if kind == "customer" {
		return desk.OnCustomer(desk.CustomerID(id)), err
	}
	return desk.OnGroup(desk.GroupID(id)), err
}

func (m *maker) grantOf(ctx context.Context, g grant, until desk.Day) (desk.Grant, error) {
	made := desk.Grant{Until: until}
	var err error
	if made.Who, err = m.id(ctx, g.who); err != nil {
		return made, err
	}
	if made.Place, err = m.place(ctx, g.where); err != nil {
		return made, err
	}
	for _, name := range split(g.as) {
		id, err := m.roleID(roleName(name))
		if err != nil {
			return made, err
		}
		made.As |= desk.RolesOf(id)
	}
	if r, ok := desk.ParseRight(g.what); ok {
		made.Right = r
	} else if made.Permission, ok = m.permissions[permissionName(g.what)]; !ok {
		return made, desk.Errorf(desk.NotFound, "There is no right or permission %s.", m.either("permission:"+g.what))
	}
	return made, nil
}

// revoke ends what is not wanted, and what is wanted until another day.
func (m *maker) revoke(ctx context.Context) error {
	var list []desk.Grant
	for _, d := range m.grants {
		if !d.had {
			continue
		}
		g, err := m.grantOf(ctx, d.key, 0)
		if err != nil {
			return err
		}
		list = append(list, g)
	}
	if len(list) == 0 {
		return nil
	}
	return m.in.RevokeAll(ctx, m.by, list)
}

func (m *maker) grant(ctx context.Context) error {
	var list []desk.Grant
	var keys []grant
	for _, d := range m.grants {
		if !d.has {
			continue
		}
		g, err := m.grantOf(ctx, d.key, d.is)
		if err != nil {
			return m.at(d.key, err)
		}
		list, keys = append(list, g), append(keys, d.key)
	}
	if len(list) == 0 {
		return nil
	}
	err := m.in.GrantAll(ctx, m.by, list)
	var of *service.InListError
	if errors.As(err, &of) {
		return m.at(keys[of.Index], err)
	}
	return err
}

func (m *maker) removeWatchers(ctx context.Context) error {
	return m.eachWatcher(ctx, false, m.in.RemoveQueueWatcher)
}

func (m *maker) addWatchers(ctx context.Context) error {
	return m.eachWatcher(ctx, true, m.in.AddQueueWatcher)
}

func (m *maker) eachWatcher(ctx context.Context, wanted bool, do func(context.Context, desk.Actor, desk.Watcher) error) error {
	for _, d := range m.watchers {
		if d.has != wanted {
			continue
		}
		w, err := m.watcherOf(ctx, d.key)
		if err == nil {
			err = do(ctx, m.by, w)
		}
		if err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}

func (m *maker) watcherOf(ctx context.Context, key watcher) (desk.Watcher, error) {
	var w desk.Watcher
	var err error
	if key.on != "system" {
		if w.Queue, err = m.queue(key.on); err != nil {
			return w, err
		}
	}
	if w.Role, err = m.roleID(key.role); err != nil {
		return w, err
	}
	w.Who, err = m.id(ctx, key.who)
	return w, err
}

func (m *maker) memberOf(ctx context.Context, d difference[place, membership]) (desk.Membership, error) {
	made := desk.Membership{Part: d.is.part, Primary: d.is.primary, From: d.is.from, Until: d.is.until}
	var err error
	if made.Group, err = m.id(ctx, d.key.group); err != nil {
		return made, err
	}
	made.Member, err = m.id(ctx, d.key.who)
	return made, err
}

func (m *maker) removeMembers(ctx context.Context) error {
	for _, d := range m.members {
		if d.has {
			continue
		}
		made, err := m.memberOf(ctx, d)
		if err != nil {
			return err
		}
		if err := m.in.RemoveMember(ctx, m.by, made.Group, made.Member); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) addMembers(ctx context.Context) error {
	for _, d := range m.members {
		if !d.has {
			continue
		}
		made, err := m.memberOf(ctx, d)
		switch {
		case err != nil:
		case d.had:
			err = m.in.UpdateMember(ctx, m.by, made)
		default:
			err = m.in.AddMember(ctx, m.by, made)
		}
		if err != nil {
			return m.at(d.key, err)
		}
	}
	return nil
}
