package service

import (
	"context"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// CreateQueue makes a queue (AdminQueue for the whole desk).
func (s *Service) CreateQueue(ctx context.Context, by desk.Actor, q desk.Queue) (desk.QueueID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminQueue, access.System()); err != nil {
			return err
		}
		if err := o.checkQueue(ctx, &q); err != nil {
			return err
		}
		if err := o.InsertQueue(ctx, &q); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"queue.create", "queue:" + q.Name, "", describeQueue(q)})
	})
	return q.ID, err
}

// UpdateQueue changes a queue (AdminQueue on it). To change the group that
// guards it asks ModifyACL on the queue too, since that grants.
func (s *Service) UpdateQueue(ctx context.Context, by desk.Actor, q desk.Queue) error {
	return s.do(ctx, by, func(o *op) error {
		old, err := o.queueFor(ctx, desk.AdminQueue, q.ID)
		if err != nil {
			return err
		}
		if q.AccessGroup != old.AccessGroup {
			if err := o.need(desk.ModifyACL, access.Queue(q.ID)); err != nil {
				return err
			}
		}
		if err := o.checkQueue(ctx, &q); err != nil {
			return err
		}
		if err := o.Tx.UpdateQueue(ctx, &q); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"queue.update", "queue:" + q.Name, describeQueue(*old), describeQueue(q)})
	})
}

func describeQueue(q desk.Queue) string {
	return fmt.Sprintf("name: %s; disabled: %t; access_group: %d; address: %s; comment_address: %s",
		q.Name, q.Disabled, q.AccessGroup, q.Address, q.CommentAddress)
}

func (o *op) checkQueue(ctx context.Context, q *desk.Queue) error {
	var err error
	if q.Name, err = desk.CheckName("queue", q.Name); err != nil {
		return err
	}
	for field, address := range map[string]*string{"address": &q.Address, "comment_address": &q.CommentAddress} {
		if *address == "" {
			continue
		}
		if *address, err = canonicalAddress(*address); err != nil {
			return desk.InvalidFields(map[string]string{field: desk.Sentence(err)})
		}
		if u, err := o.UserByAddress(ctx, *address); err == nil {
			return desk.InvalidFields(map[string]string{field: "This is the address of the user " + u.Login + "; letters to him would open tickets."})
		}
	}
	if q.Address != "" && q.Address == q.CommentAddress {
		return desk.InvalidFields(map[string]string{"comment_address": "Replies and comments need different addresses."})
	}
	if q.AccessGroup != 0 {
		if _, err := o.Tx.Group(ctx, q.AccessGroup); err != nil {
			return desk.InvalidFields(map[string]string{"access_group": "There is no such group."})
		}
	}
	return nil
}

// Queue returns a queue (SeeQueue on it).
func (s *Service) Queue(ctx context.Context, by desk.Actor, id desk.QueueID) (*desk.Queue, error) {
	var q *desk.Queue
	err := s.view(ctx, by, func(o *op) error {
		var err error
		q, err = o.queueFor(ctx, desk.SeeQueue, id)
		return err
	})
	return q, err
}

// Queues returns the queues in which the actor holds a right, by name:
// SeeQueue for those he may see, CreateTicket (enabled ones only) for those in
// which he can open tickets.
func (s *Service) Queues(ctx context.Context, by desk.Actor, right desk.Right) ([]desk.Queue, error) {
	var list []desk.Queue
	err := s.view(ctx, by, func(o *op) error {
		queues, err := o.Tx.Queues(ctx)
		if err != nil {
			return err
		}
		for _, q := range queues {
			if right == desk.CreateTicket && q.Disabled {
				continue
			}
			if o.can(right, access.Queue(q.ID)) {
				list = append(list, q)
			}
		}
		return nil
	})
	return list, err
}

// CreateRole makes a role of the desk's own (AdminRoles).
func (s *Service) CreateRole(ctx context.Context, by desk.Actor, r desk.Role) (desk.RoleID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminRoles, access.System()); err != nil {
			return err
		}
		if err := checkRole(&r); err != nil {
			return err
		}
		if err := o.InsertRole(ctx, &r); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"role.create", "role:" + r.Name, "", describeRole(r)})
	})
	return r.ID, err
}

// UpdateRole renames, disables or enables a role of the desk's own and says
// where it applies (AdminRoles). Who stands in it is kept.
func (s *Service) UpdateRole(ctx context.Context, by desk.Actor, r desk.Role) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminRoles, access.System()); err != nil {
			return err
		}
		if r.ID.Builtin() {
			return desk.Errorf(desk.Invalid, "The built-in roles cannot be changed.")
		}
		old, err := o.role(ctx, r.ID)
		if err != nil {
			return err
		}
		if err := checkRole(&r); err != nil {
			return err
		}
		if err := o.Tx.UpdateRole(ctx, &r); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"role.update", "role:" + r.Name, describeRole(*old), describeRole(r)})
	})
}

func checkRole(r *desk.Role) error {
	var err error
	if r.Name, err = desk.CheckName("role", r.Name); err != nil {
		return err
	}
	for id := desk.RoleID(1); id < desk.FirstOwnRole; id++ {
		if desk.Fold(id.BuiltinName()) == desk.Fold(r.Name) {
			return desk.Errorf(desk.Conflict, "Every desk has a role %s.", id.BuiltinName())
		}
	}
	return nil
}

func describeRole(r desk.Role) string {
	return fmt.Sprintf("name: %s; single: %t; disabled: %t; everywhere: %t; queues: %s",
		r.Name, r.Single, r.Disabled, r.Everywhere, strings.ReplaceAll(formatIDs(r.Queues), ",", " "))
}
