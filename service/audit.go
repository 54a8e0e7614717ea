package service

import (
	"context"

	"gatehouse/access"
	"gatehouse/desk"
)

// changedAccess writes the audit line of a change of access and raises the
// access version; nobody but a superuser may have made a superuser by it.
// Without changes named, the whole world is read again.
func (o *op) changedAccess(ctx context.Context, c change, changes ...desk.AccessChange) error {
	if err := o.audit(ctx, c); err != nil {
		return err
	}
	return o.accessChanged(ctx, changes...)
}

// accessChanged is changedAccess without the audit line, for changes of several
// things.
func (o *op) accessChanged(ctx context.Context, changes ...desk.AccessChange) error {
	old := o.e
	if err := o.raise(ctx, changes...); err != nil {
		return err
	}
	if err := o.endDelegations(ctx); err != nil {
		return err
	}
	return o.guardSuperUsers(old)
}

// guardSuperUsers refuses a change by which somebody becomes a superuser,
// unless a superuser makes it. SuperUser comes from a superuser only, by no
// detour through groups, customers, watchers or the enabling of something.
func (o *op) guardSuperUsers(old *access.Engine) error {
	if o.by.IsSystem() || old.Can(o.by.User, desk.SuperUser, access.System()) {
		return nil
	}
	for _, u := range o.e.WhoCanUsers(desk.SuperUser, access.System(), true) {
		if !old.Can(u, desk.SuperUser, access.System()) {
			return desk.Errorf(desk.Forbidden, "This would make somebody a superuser; only a superuser can do it.")
		}
	}
	return nil
}

// A change is what the audit log keeps of one: what was done to what, and how
// that was described before and after.
type change struct {
	action, object, before, after string
}

// audit writes a line of the audit log.
func (o *op) audit(ctx context.Context, c change) error {
	return o.Tx.Audit(ctx, &desk.AuditEntry{
		At: o.s.Now(), By: o.by.User, Via: o.by.Via, Action: c.action, Object: c.object, Before: c.before, After: c.after,
	})
}

// AuditLog returns lines of the audit log, newest first (ShowAudit).
func (s *Service) AuditLog(ctx context.Context, by desk.Actor, f AuditFilter) ([]desk.AuditEntry, bool, error) {
	var list []desk.AuditEntry
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowAudit, access.System()); err != nil {
			return err
		}
		var err error
		list, more, err = o.AuditList(ctx, f)
		list = o.hideValues(list, f)
		return err
	})
	return list, more, err
}

// userRef names a user for the audit log by his login, or by number where he
// cannot be read.
func (o *op) userRef(ctx context.Context, id desk.UserID) string {
	u, err := o.Tx.User(ctx, id)
	if err != nil {
		return "user:" + formatID(id)
	}
	return "user:" + u.Login
}
