package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// An AuditQuestion is what one looks for in the audit log; its empty parts
// choose everything.
type AuditQuestion struct {
	AuditFilter
	Actor   string // who did it: a login, or "system" for the desk itself
	Subject string // what was done to: user:bob, group:a, customer:acme, queue:support; or a login
}

// AuditKinds are the kinds of what stands in the audit log; of "session" are
// the sign-ins.
func AuditKinds() []string {
	return []string{"grant", "member", "user", "customer", "group", "queue", "watcher", "role", "permission", "setting",
		"directory", "mail", "token", "session", "factor", "access", "field", "rule", "calendar", "agreement", "lifecycle", "ticket"}
}

// FindChanges returns lines of the audit log, newest first, with the names of
// what they speak of, and whether there are more (ShowAudit). What a thing is
// about is found under every name that it had.
func (s *Service) FindChanges(ctx context.Context, by desk.Actor, q AuditQuestion) ([]Change, bool, error) {
	var list []Change
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowAudit, access.System()); err != nil {
			return err
		}
		f, err := o.auditFilter(ctx, q)
		if err != nil {
			return err
		}
		lines, further, err := o.AuditList(ctx, f)
		if err != nil {
			return err
		}
		more = further
		if list, err = o.changes(ctx, o.hideValues(lines, f)); err != nil {
			return err
		}
		return o.undoable(ctx, list)
	})
	return list, more, err
}

// auditFilter reads a question; what it names must be there.
func (o *op) auditFilter(ctx context.Context, q AuditQuestion) (AuditFilter, error) {
	f := q.AuditFilter
	f.Words = strings.TrimSpace(f.Words)
	if q.Kind != "" && !slices.Contains(AuditKinds(), q.Kind) {
		return f, desk.InvalidFields(map[string]string{"kind": "There is no such kind; it is one of " + strings.Join(AuditKinds(), ", ") + "."})
	}
	switch by := strings.TrimSpace(q.Actor); by {
	case "":
	case "system":
		f.BySystem = true
	default:
		u, err := o.UserByName(ctx, strings.TrimPrefix(by, "user:"))
		if desk.KindOf(err) == desk.NotFound {
			err = desk.InvalidFields(map[string]string{"by": "There is no user " + by + "."})
		}
		if err != nil {
			return f, err
		}
		f.By = u.ID
	}
	about := strings.TrimSpace(q.Subject)
	if about == "" {
		return f, nil
	}
	var err error
	f.About, err = o.auditAbout(ctx, about)
	if desk.KindOf(err) == desk.NotFound {
		err = desk.InvalidFields(map[string]string{"about": "There is no " + about + "; write a login, or user:LOGIN, group:NAME, customer:KEY or queue:NAME."})
	}
	return f, err
}

// auditAbout finds under which names and numbers the log speaks of a thing.
func (o *op) auditAbout(ctx context.Context, ref string) ([]store.AuditAbout, error) {
	kind, text, ok := strings.Cut(ref, ":")
	switch {
	case ref == "system":
		return []store.AuditAbout{{Object: "system"}}, nil
	case kind == "queue":
		q, err := o.QueueByName(ctx, text)
		if err != nil {
			return nil, err
		}
		names, err := o.namesInLog(ctx, name{"queue", "name", q.Name})
		return append(names, store.AuditAbout{Queue: q.ID}), err
	case kind == "permission" || kind == "role" || kind == "directory":
		return o.namesInLog(ctx, name{kind, "name", text})
	}
	refs := []string{ref}
	if !ok {
		refs = []string{"user:" + ref, "group:" + ref, "customer:" + ref, "system:" + ref}
	}
	for _, ref := range refs {
		id, err := o.named(ctx, ref)
		if err == nil {
			return o.principalInLog(ctx, id)
		}
		if desk.KindOf(err) != desk.NotFound {
			return nil, err
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There is no %s.", ref)
}

// principalInLog is what the log says of a principal: what was done to it, what
// was granted to it, and where it was let in.
func (o *op) principalInLog(ctx context.Context, id desk.PrincipalID) ([]store.AuditAbout, error) {
	found, err := o.names(ctx, []desk.PrincipalID{id})
	if err != nil {
		return nil, err
	}
	kind, text, _ := strings.Cut(found[id].Ref, ":")
	field := map[string]string{"user": "login", "customer": "key", "group": "name", "personal": "name"}[kind]
	if field == "" {
		return []store.AuditAbout{{Who: id}}, nil
	}
	if kind == "personal" {
		kind, text = "group", found[id].Text
	}
	names, err := o.namesInLog(ctx, name{kind, field, text})
	return append(names, store.AuditAbout{Who: id}), err
}

// namesInLog returns the names that a thing had, each with the lines of its
// time. Where a line gave it its name, those before are under the name that it
// had; where a line made it, the name was another thing's before.
func (o *op) namesInLog(ctx context.Context, n name) ([]store.AuditAbout, error) {
	var list []store.AuditAbout
	for to := int64(0); ; {
		object := n.kind + ":" + n.text
		made, _, err := o.AuditList(ctx, AuditFilter{Object: object, Action: n.kind + ".create", Before: to, Limit: 1})
		if err != nil {
			return nil, err
		}
		from := int64(0)
		if len(made) > 0 {
			from = made[0].ID
		}
		line, was, err := o.renamed(ctx, n, from, to)
		if err != nil {
			return nil, err
		}
		if was == "" {
			return append(list, store.AuditAbout{Object: object, From: from, To: to}), nil
		}
		list = append(list, store.AuditAbout{Object: object, From: line, To: to})
		n.text, to = was, line
	}
}

// renamed finds the newest line between two that gave a thing its name, and the
// name that it had before.
func (o *op) renamed(ctx context.Context, n name, from, to int64) (line int64, was string, err error) {
	f := AuditFilter{Object: n.kind + ":" + n.text, Action: n.kind + ".update", Before: to, Limit: 100}
	for more := true; more; {
		var page []desk.AuditEntry
		if page, more, err = o.AuditList(ctx, f); err != nil {
			return 0, "", err
		}
		for _, e := range page {
			if e.ID < from {
				return 0, "", nil
			}
			if was := n.before(e); was != "" {
				return e.ID, was, nil
			}
			f.Before = e.ID
		}
	}
	return 0, "", nil
}

// AuditState says how the chain of the audit log was when it was last looked at
// (ShowAudit).
func (s *Service) AuditState(ctx context.Context, by desk.Actor) (desk.AuditState, error) {
	var st desk.AuditState
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowAudit, access.System()); err != nil {
			return err
		}
		var err error
		st, err = o.Tx.AuditState(ctx)
		return err
	})
	return st, err
}

// CheckAudit looks at the chain of the whole audit log, notes what it found and
// returns it (ShowAudit).
func (s *Service) CheckAudit(ctx context.Context, by desk.Actor) (desk.AuditState, error) {
	var bad int64
	var st desk.AuditState
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowAudit, access.System()); err != nil {
			return err
		}
		var err error
		if st, err = o.Tx.AuditState(ctx); err != nil {
			return err
		}
		bad, err = o.VerifyAudit(ctx)
		return err
	})
	if err != nil {
		return st, err
	}
	err = s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowAudit, access.System()); err != nil {
			return err
		}
		if err := o.NoteAuditCheck(ctx, o.s.Now(), st.Last, bad); err != nil {
			return err
		}
		var err error
		st, err = o.Tx.AuditState(ctx)
		return err
	})
	return st, err
}
