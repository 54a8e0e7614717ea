package scenario

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// A doer carries out one operation as somebody. A refusal is an error of a
// kind that refused knows.
type doer func(s *stage, ctx context.Context, by desk.Actor, e *Entry) error

// doers are the operations by name; operations() has their arguments.
func doers() map[string]doer {
	return map[string]doer{
		"add_member": (*stage).addMember, "remove_member": (*stage).removeMember,
		"create_group": (*stage).createGroup, "create_user": (*stage).createUser,
		"rename": (*stage).rename, "disable": (*stage).disable, "enable": (*stage).enable,
		"set_kind": (*stage).setKind, "set_primary_customer": (*stage).setPrimaryCustomer,
		"grant": (*stage).doGrant, "revoke": (*stage).doRevoke, "delegate": (*stage).delegate, "undelegate": (*stage).undelegate,
		"set_permissions": (*stage).setPermissions, "set_access_group": (*stage).setAccessGroup,
		"set_setting": (*stage).doSetting, "set_password": (*stage).setPassword,
		"create_ticket": (*stage).createTicket, "set_owner": (*stage).setOwner,
		"add_watcher": (*stage).addWatcher, "remove_watcher": (*stage).removeWatcher,
		"set_status": (*stage).setStatus, "move_ticket": (*stage).moveTicket,
		"reply": (*stage).reply, "comment": (*stage).comment, "squelch": (*stage).squelch, "unsquelch": (*stage).unsquelch,
		"merge": (*stage).merge, "link": (*stage).link, "unlink": (*stage).unlink,
		"ask_approval": (*stage).askApproval, "approval": (*stage).approval,
		"add_role_to_queue": (*stage).addRoleToQueue, "remove_role_from_queue": (*stage).removeRoleFromQueue,
		"email": (*stage).email, "apply_blueprint": (*stage).applyBlueprint,
	}
}

// refused reports whether an error is a refusal, and not a fault of the desk.
func refused(err error) bool {
	switch desk.KindOf(err) {
	case desk.Invalid, desk.NotFound, desk.Forbidden, desk.Unauthenticated, desk.Conflict, desk.TooLarge, desk.TooMany:
		return true
	}
	return false
}

// container returns the group or customer whose members are meant.
func (s *stage) container(e *Entry) (desk.PrincipalID, error) {
	if e.has("customer") {
		return s.principal("customer", e.text("customer"))
	}
	return s.principal("group", e.text("group"))
}

func (s *stage) addMember(ctx context.Context, by desk.Actor, e *Entry) error {
	group, err := s.container(e)
	if err != nil {
		return err
	}
	member, err := s.find(e.text("member"))
	if err != nil {
		return err
	}
	return s.svc.AddMember(ctx, by, desk.Membership{Group: group, Member: member})
}

func (s *stage) removeMember(ctx context.Context, by desk.Actor, e *Entry) error {
	group, err := s.container(e)
	if err != nil {
		return err
	}
	member, err := s.find(e.text("member"))
	if err != nil {
		return err
	}
	return s.svc.RemoveMember(ctx, by, group, member)
}

// applyBlueprint sets a working schema up with the queue and the groups of the
// world.
func (s *stage) applyBlueprint(ctx context.Context, by desk.Actor, e *Entry) error {
	names := map[string]string{service.AskQueue: e.text("queue"), service.AskGroup: e.text("group"), service.AskManagers: e.text("managers")}
	_, err := s.svc.ApplyBlueprint(ctx, by, e.text("name"), names)
	return err
}

func (s *stage) createGroup(ctx context.Context, by desk.Actor, e *Entry) error {
	g := desk.Group{Name: e.text("name")}
	if e.has("personal_of") {
		var err error
		if g.Personal, err = s.user(e.text("personal_of")); err != nil {
			return err
		}
	}
	id, err := s.svc.CreateGroup(ctx, by, g)
	if err == nil {
		s.name("group", g.Name, desk.PrincipalID(id))
	}
	return err
}

// createUser gives the user the address that he would have in a world, unless
// somebody who was renamed has it.
func (s *stage) createUser(ctx context.Context, by desk.Actor, e *Entry) error {
	u := desk.User{Login: e.text("name"), Kind: desk.Agent, Addresses: []string{addressOf(e.text("name"))}}
	if e.text("kind") == "contact" {
		u.Kind = desk.Contact
	}
	if e.has("email") {
		u.Addresses = []string{e.text("email")}
	} else if _, err := s.svc.Find(ctx, s.sys, ref("user", u.Addresses[0])); err == nil {
		u.Addresses = nil
	}
	create := s.svc.CreateUser
	if e.has("customer") {
		customer, err := s.principal("customer", e.text("customer"))
		if err != nil {
			return err
		}
		create = func(ctx context.Context, by desk.Actor, u desk.User) (desk.UserID, error) {
			return s.svc.CreateContactOf(ctx, by, u, desk.CustomerID(customer))
		}
	}
	id, err := create(ctx, by, u)
	if err == nil {
		s.name("user", e.text("name"), desk.PrincipalID(id))
	}
	return err
}

// A changed is what an operation changes of a thing that the scenario names.
type changed struct {
	to       string // its new name; empty: it keeps its own
	disabled *bool
}

func (s *stage) rename(ctx context.Context, by desk.Actor, e *Entry) error {
	if e.text("to") == "" {
		return unknown("name", "")
	}
	return s.change(ctx, by, e.text("object"), changed{to: e.text("to")})
}

func (s *stage) disable(ctx context.Context, by desk.Actor, e *Entry) error {
	off := true
	return s.change(ctx, by, e.text("object"), changed{disabled: &off})
}

func (s *stage) enable(ctx context.Context, by desk.Actor, e *Entry) error {
	off := false
	return s.change(ctx, by, e.text("object"), changed{disabled: &off})
}

func (c changed) apply(name *string, disabled *bool) {
	if c.to != "" {
		*name = c.to
	}
	if c.disabled != nil {
		*disabled = *c.disabled
	}
}

// change renames, disables or enables a thing.
func (s *stage) change(ctx context.Context, by desk.Actor, written string, c changed) error {
	kind, name, _ := splitRef(written)
	switch kind {
	case "user", "group", "customer":
		id, err := s.principal(kind, name)
		if err != nil {
			return err
		}
		if err := s.changePrincipal(ctx, by, kind, id, c); err != nil {
			return err
		}
		if c.to != "" {
			s.name(kind, c.to, id)
		}
		return nil
	case "queue":
		return s.changeQueue(ctx, by, name, func(q *desk.Queue) { c.apply(&q.Name, &q.Disabled) })
	case "role":
		return s.changeRole(ctx, by, name, func(r *desk.Role) error {
			c.apply(&r.Name, &r.Disabled)
			return nil
		})
	}
	return unknown("object", written)
}

func (s *stage) changePrincipal(ctx context.Context, by desk.Actor, kind string, id desk.PrincipalID, c changed) error {
	switch kind {
	case "user":
		u, err := s.svc.User(ctx, s.sys, desk.UserID(id))
		if err != nil {
			return err
		}
		c.apply(&u.Login, &u.Disabled)
		return s.svc.UpdateUser(ctx, by, *u)
	case "group":
		g, err := s.svc.Group(ctx, s.sys, desk.GroupID(id))
		if err != nil {
			return err
		}
		c.apply(&g.Name, &g.Disabled)
		return s.svc.UpdateGroup(ctx, by, *g)
	}
	customer, err := s.svc.Customer(ctx, s.sys, desk.CustomerID(id))
	if err != nil {
		return err
	}
	c.apply(&customer.Key, &customer.Disabled)
	return s.svc.UpdateCustomer(ctx, by, *customer)
}

func (s *stage) changeQueue(ctx context.Context, by desk.Actor, name string, apply func(*desk.Queue)) error {
	id, err := s.queue(name)
	if err != nil {
		return err
	}
	q, err := s.svc.Queue(ctx, s.sys, id)
	if err != nil {
		return err
	}
	apply(q)
	if err := s.svc.UpdateQueue(ctx, by, *q); err != nil {
		return err
	}
	delete(s.queues, desk.Fold(name))
	s.nameQueue(q.Name, id)
	return nil
}

func (s *stage) changeRole(ctx context.Context, by desk.Actor, name string, apply func(*desk.Role) error) error {
	id, err := s.role(name)
	if err != nil {
		return err
	}
	roles, err := s.svc.Roles(ctx, s.sys)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(roles, func(r desk.Role) bool { return r.ID == id })
	if i < 0 {
		return unknown("role", name)
	}
	if err := apply(&roles[i]); err != nil {
		return err
	}
	if err := s.svc.UpdateRole(ctx, by, roles[i]); err != nil {
		return err
	}
	delete(s.roles, desk.Fold(name))
	s.roles[desk.Fold(roles[i].Name)] = id
	return nil
}

func (s *stage) setKind(ctx context.Context, by desk.Actor, e *Entry) error {
	id, err := s.user(e.text("user"))
	if err != nil {
		return err
	}
	u, err := s.svc.User(ctx, s.sys, id)
	if err != nil {
		return err
	}
	u.Kind, _ = desk.ParseUserKind(e.text("kind"))
	return s.svc.UpdateUser(ctx, by, *u)
}

func (s *stage) setPrimaryCustomer(ctx context.Context, by desk.Actor, e *Entry) error {
	user, err := s.user(e.text("user"))
	if err != nil {
		return err
	}
	customer, err := s.principal("customer", e.text("customer"))
	if err != nil {
		return err
	}
	return s.svc.SetPrimaryCustomer(ctx, by, user, desk.CustomerID(customer))
}

func (s *stage) setPassword(ctx context.Context, by desk.Actor, e *Entry) error {
	user, err := s.user(e.text("user"))
	if err != nil {
		return err
	}
	return s.svc.SetPassword(ctx, by, user, "", e.text("password"))
}

func (s *stage) setAccessGroup(ctx context.Context, by desk.Actor, e *Entry) error {
	group, err := s.principal("group", e.text("group"))
	if err != nil {
		return err
	}
	return s.changeQueue(ctx, by, e.text("queue"), func(q *desk.Queue) { q.AccessGroup = desk.GroupID(group) })
}

func (s *stage) addRoleToQueue(ctx context.Context, by desk.Actor, e *Entry) error {
	queue, err := s.queue(e.text("queue"))
	if err != nil {
		return err
	}
	return s.changeRole(ctx, by, e.text("role"), func(r *desk.Role) error {
		if slices.Contains(r.Queues, queue) {
			return desk.Errorf(desk.Conflict, "The role is used in this queue already.")
		}
		r.Queues = append(r.Queues, queue)
		return nil
	})
}

func (s *stage) removeRoleFromQueue(ctx context.Context, by desk.Actor, e *Entry) error {
	queue, err := s.queue(e.text("queue"))
	if err != nil {
		return err
	}
	return s.changeRole(ctx, by, e.text("role"), func(r *desk.Role) error {
		at := slices.Index(r.Queues, queue)
		if at < 0 {
			return desk.Errorf(desk.Conflict, "The role is not used in this queue.")
		}
		r.Queues = slices.Delete(r.Queues, at, at+1)
		return nil
	})
}

func (s *stage) doSetting(ctx context.Context, by desk.Actor, e *Entry) error {
	if _, ok := settings()[e.text("name")]; !ok {
		return unknown("setting", e.text("name"))
	}
	return s.setSetting(ctx, by, e.text("name"), e.args["value"])
}

// setSetting sets a setting of the format by what the desk calls it.
func (s *stage) setSetting(ctx context.Context, by desk.Actor, name string, v Value) error {
	onOff := map[string]string{"customer_groups": service.SettingGroupSupport,
		"other_customers_context": service.SettingOtherCustomers, "company_tickets": service.SettingCompanyTickets}
	words := map[string]string{"contact_permissions": service.SettingContactPermissions, "agent_permissions": service.SettingAgentPermissions}
	switch name {
	case "customers_on_tickets":
		return s.svc.SetSetting(ctx, by, service.SettingPresences, strings.Join([]string{v.Text, v.Text, v.Text}, " "))
	case "contact_default_groups":
		return s.setDefaultGroups(ctx, by, desk.Contacts, v)
	case "customer_default_groups":
		return s.setDefaultGroups(ctx, by, desk.Customers, v)
	}
	if setting, ok := onOff[name]; ok {
		return s.svc.SetSetting(ctx, by, setting, map[bool]string{true: "on", false: "off"}[v.Flag])
	}
	return s.svc.SetSetting(ctx, by, words[name], strings.Join(v.List, " "))
}

// setDefaultGroups passes over groups that the scenario does not name.
func (s *stage) setDefaultGroups(ctx context.Context, by desk.Actor, who desk.PrincipalID, v Value) error {
	var list []service.DefaultGroup
	for i := range v.Items {
		id, err := s.principal("group", v.Items[i].text("group"))
		if err == nil {
			list = append(list, service.DefaultGroup{Group: desk.GroupID(id), Permission: v.Items[i].text("permission")})
		}
	}
	return s.svc.SetDefaultGroups(ctx, by, who, list)
}

func (s *stage) setPermissions(ctx context.Context, by desk.Actor, e *Entry) error {
	who, err := s.find(e.text("who"))
	if err != nil {
		return err
	}
	group, err := s.principal("group", e.text("group"))
	if err != nil {
		return err
	}
	return s.svc.SetPermissions(ctx, by, service.PermissionChange{Who: who, Group: desk.GroupID(group),
		Other: e.text("context") == "other", Set: e.args["permissions"].Flags, Replace: e.flag("replace")})
}

func (s *stage) doGrant(ctx context.Context, by desk.Actor, e *Entry) error {
	list, err := s.grants(e)
	if err != nil {
		return err
	}
	return s.svc.GrantAll(ctx, by, list)
}

func (s *stage) doRevoke(ctx context.Context, by desk.Actor, e *Entry) error {
	list, err := s.grants(e)
	if err != nil {
		return err
	}
	return s.svc.RevokeAll(ctx, by, list)
}

// passedOn returns the grants that from holds and of which the entry speaks.
func (s *stage) passedOn(ctx context.Context, e *Entry) ([]desk.Grant, error) {
	like := Entry{args: map[string]Value{"who": e.args["from"], "what": e.args["what"], "where": e.args["where"]}}
	list, err := s.grants(&like)
	if err != nil {
		return nil, err
	}
	for i := range list {
		found, err := s.svc.FindGrant(ctx, s.sys, list[i])
		if err != nil {
			return nil, err
		}
		list[i] = *found
	}
	return list, nil
}

func (s *stage) delegate(ctx context.Context, by desk.Actor, e *Entry) error {
	sources, err := s.passedOn(ctx, e)
	if err != nil {
		return err
	}
	to, err := s.find(e.text("to"))
	if err != nil {
		return err
	}
	for _, source := range sources {
		if _, err := s.svc.Delegate(ctx, by, service.Delegation{Source: source.ID, To: to}); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) undelegate(ctx context.Context, by desk.Actor, e *Entry) error {
	sources, err := s.passedOn(ctx, e)
	if err != nil {
		return err
	}
	to, err := s.find(e.text("to"))
	if err != nil {
		return err
	}
	maker, err := s.user(e.text("delegator"))
	if err != nil {
		return err
	}
	for _, source := range sources {
		lines, _, err := s.svc.Grants(ctx, s.sys, service.GrantFilter{Source: source.ID, Delegator: maker, Who: to, Limit: 1})
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return unknown("delegation to", e.text("to"))
		}
		if err := s.svc.Undelegate(ctx, by, lines[0].ID); err != nil {
			return err
		}
	}
	return nil
}
