package scenario

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// An asker answers one question. An error that is a refusal stands for no, or
// nothing.
type asker func(s *stage, ctx context.Context, e *Entry) (Value, error)

// askers are the questions by name; questions() has their arguments.
func askers() map[string]asker {
	return map[string]asker{
		"has_right": (*stage).hasRight, "rights_of": (*stage).rightsOf, "known_right": (*stage).knownRight, "who_has": (*stage).whoHas,
		"is_member": (*stage).isMember, "groups_of": (*stage).groupsOf, "member_emails": (*stage).memberEmails,
		"customers_of": (*stage).customersOf, "reachable_customers": (*stage).reachableCustomers,
		"visible_groups": (*stage).visibleGroups, "can_see_queue": (*stage).canSeeQueue, "can_create_in": (*stage).canCreateIn,
		"sees_tickets": (*stage).seesTickets, "visible_history": (*stage).visibleHistory, "ticket_field": (*stage).ticketField,
		"user_exists": (*stage).userExists, "find_users": (*stage).findUsers, "login": (*stage).login,
		"has_permission": (*stage).hasPermission, "permitted_groups": (*stage).permittedGroups,
		"permitted_users": (*stage).permittedUsers, "permitted_customers": (*stage).permittedCustomers,
	}
}

// rights returns all rights that somebody holds on an object: a user, a group,
// a customer, the system, or whoever fills a role.
func (s *stage) rights(ctx context.Context, e *Entry) (desk.RightSet, error) {
	object, err := s.object(e.text("object"))
	if err != nil {
		return 0, err
	}
	kind, name, _ := splitRef(e.text("who"))
	if kind == "system" && name == "" {
		return desk.EveryRight(), nil
	}
	var of service.Holder
	if kind == "role" {
		if of.Role, err = s.role(name); err == nil {
			of.On, err = s.object(e.text("of"))
		}
	} else {
		of.Who, err = s.principal(kind, name)
	}
	if err != nil {
		return 0, err
	}
	return s.svc.RightsOf(ctx, s.sys, of, object)
}

func (s *stage) hasRight(ctx context.Context, e *Entry) (Value, error) {
	right, _ := desk.ParseRight(e.text("right"))
	held, err := s.rights(ctx, e)
	return yesNo(held.Has(right)), err
}

func (s *stage) rightsOf(ctx context.Context, e *Entry) (Value, error) {
	held, err := s.rights(ctx, e)
	return listed(held.Names()), err
}

func (s *stage) knownRight(_ context.Context, e *Entry) (Value, error) {
	_, known := desk.ParseRight(e.text("right"))
	return yesNo(known), nil
}

func (s *stage) whoHas(ctx context.Context, e *Entry) (Value, error) {
	object, err := s.object(e.text("object"))
	if err != nil {
		return Value{}, err
	}
	answers, err := s.svc.WhoCan(ctx, s.sys, e.text("right"), object, e.flag("include_superusers"))
	if err != nil {
		return Value{}, err
	}
	ids := make([]desk.PrincipalID, len(answers))
	for i, a := range answers {
		ids[i] = a.User.ID
	}
	return s.answer(ctx, ids)
}

// answer is a list of names.
func (s *stage) answer(ctx context.Context, ids []desk.PrincipalID) (Value, error) {
	names, err := s.names(ctx, ids)
	return listed(names), err
}

func (s *stage) answerNames(ctx context.Context, list []service.Name) (Value, error) {
	ids := make([]desk.PrincipalID, len(list))
	for i, n := range list {
		ids[i] = n.ID
	}
	return s.answer(ctx, ids)
}

// holders returns what stands in a role on a ticket, a queue or the desk, and
// whether the role counts there.
func (s *stage) holders(ctx context.Context, e *Entry) (ids []desk.PrincipalID, counts bool, err error) {
	role, err := s.role(e.text("role"))
	if err != nil {
		return nil, false, err
	}
	kind, name, _ := splitRef(e.text("of"))
	var queue desk.QueueID
	switch kind {
	case "ticket":
		id, err := s.ticket(name)
		if err != nil {
			return nil, false, err
		}
		v, err := s.svc.Ticket(ctx, s.sys, id)
		if err != nil {
			return nil, false, err
		}
		ids, queue = v.In(role), v.Queue
	case "queue", "system":
		if kind == "queue" {
			if queue, err = s.queue(name); err != nil {
				return nil, false, err
			}
		}
		watchers, err := s.svc.QueueWatchers(ctx, s.sys, queue)
		if err != nil {
			return nil, false, err
		}
		for _, w := range watchers {
			if w.Role == role && w.Queue == queue {
				ids = append(ids, w.Who)
			}
		}
	default:
		return nil, false, unknown("object", e.text("of"))
	}
	counts, err = s.applies(ctx, role, queue)
	return ids, counts, err
}

// applies reports whether a role is enabled and used in a queue.
func (s *stage) applies(ctx context.Context, role desk.RoleID, queue desk.QueueID) (bool, error) {
	roles, err := s.svc.Roles(ctx, s.sys)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(roles, func(r desk.Role) bool {
		return r.ID == role && !r.Disabled && (role.Builtin() || r.Everywhere || slices.Contains(r.Queues, queue))
	}), nil
}

func (s *stage) isMember(ctx context.Context, e *Entry) (Value, error) {
	who, err := s.find(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	if !e.has("role") {
		group, err := s.container(e)
		if err != nil {
			return Value{}, err
		}
		yes, err := s.svc.IsMember(ctx, s.sys, group, who, e.flag("direct"))
		return yesNo(yes), err
	}
	holders, counts, err := s.holders(ctx, e)
	if err != nil || e.flag("direct") {
		return yesNo(slices.Contains(holders, who)), err
	}
	for _, h := range holders {
		yes := h == who
		if !yes && s.called[h] != "" && !s.isUser(h) {
			if yes, err = s.svc.IsMember(ctx, s.sys, h, who, false); err != nil {
				return Value{}, err
			}
		}
		if yes && counts {
			return yesNo(true), nil
		}
	}
	return yesNo(false), nil
}

// isUser reports whether a thing that the scenario names is a user.
func (s *stage) isUser(id desk.PrincipalID) bool {
	return s.principals[key("user", s.called[id])] == id
}

// direct returns the groups and customers of which somebody is a direct member.
func (s *stage) direct(ctx context.Context, who desk.PrincipalID) ([]service.Member, error) {
	return s.svc.GroupsOf(ctx, s.sys, desk.UserID(who))
}

func (s *stage) groupsOf(ctx context.Context, e *Entry) (Value, error) {
	list, err := s.above(ctx, e, "group", e.flag("direct"))
	if err != nil {
		return Value{}, err
	}
	return s.answer(ctx, list)
}

// above returns the enabled groups or customers of which somebody is a deep or
// direct member.
func (s *stage) above(ctx context.Context, e *Entry, kind string, direct bool) ([]desk.PrincipalID, error) {
	who, err := s.find(e.text("who"))
	if err != nil {
		return nil, err
	}
	var names []service.Name
	if direct {
		members, err := s.direct(ctx, who)
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			names = append(names, m.Name)
		}
	} else if names, err = s.svc.DeepGroupsOf(ctx, s.sys, who); err != nil {
		return nil, err
	}
	var ids []desk.PrincipalID
	for _, n := range names {
		if n.Kind == kind && !n.Disabled {
			ids = append(ids, n.ID)
		}
	}
	return ids, nil
}

func (s *stage) customersOf(ctx context.Context, e *Entry) (Value, error) {
	list, err := s.above(ctx, e, "customer", false)
	if err != nil || !e.flag("extra") {
		v, answerErr := s.answer(ctx, list)
		return v, cmpErr(err, answerErr)
	}
	who, err := s.find(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	members, err := s.direct(ctx, who)
	for _, m := range members {
		if m.Primary {
			list = slices.DeleteFunc(list, func(id desk.PrincipalID) bool { return id == m.Group })
		}
	}
	if err != nil {
		return Value{}, err
	}
	return s.answer(ctx, list)
}

// cmpErr returns the first of two errors.
func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

func (s *stage) memberEmails(ctx context.Context, e *Entry) (Value, error) {
	var holders []desk.PrincipalID
	if e.has("role") {
		ids, counts, err := s.holders(ctx, e)
		if err != nil || !counts {
			return listed(nil), err
		}
		holders = ids
	} else {
		group, err := s.container(e)
		if err != nil {
			return Value{}, err
		}
		holders = []desk.PrincipalID{group}
	}
	var ids []desk.PrincipalID
	for _, h := range holders {
		if s.called[h] == "" || s.isUser(h) {
			ids = append(ids, h)
			continue
		}
		members, err := s.svc.DeepMembers(ctx, s.sys, h)
		if err != nil {
			return Value{}, err
		}
		for _, m := range members {
			ids = append(ids, m.ID)
		}
	}
	return s.reachable(ctx, ids)
}

// reachable leaves those users who are enabled and have an address.
func (s *stage) reachable(ctx context.Context, ids []desk.PrincipalID) (Value, error) {
	var kept []desk.PrincipalID
	for _, id := range ids {
		u, err := s.svc.User(ctx, s.sys, desk.UserID(id))
		if err != nil {
			return Value{}, err
		}
		if !u.Disabled && u.Address() != "" {
			kept = append(kept, id)
		}
	}
	return s.answer(ctx, kept)
}

func (s *stage) userExists(ctx context.Context, e *Entry) (Value, error) {
	_, err := s.svc.Find(ctx, s.sys, ref("user", e.text("email")))
	return yesNo(err == nil && strings.Contains(e.text("email"), "@")), err
}

func (s *stage) login(ctx context.Context, e *Entry) (Value, error) {
	_, err := s.svc.SignIn(ctx, e.text("user"), e.text("password"), "scenario", "")
	return yesNo(err == nil), err
}
