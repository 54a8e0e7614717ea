package service

import (
	"context"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// historyShown is how many changes a record shows; the rest is in the audit log.
const historyShown = 25

// A CustomerFacts is what is around a customer besides its people.
type CustomerFacts struct {
	Above   []Name   // the customers of which it is a part, of those that the actor may see
	Below   []Member // its subsidiaries, and groups that belong to it
	History []Change // newest first; only for who may see the audit log
}

// AboutCustomer returns what is around a customer (SeeCustomer on it).
func (s *Service) AboutCustomer(ctx context.Context, by desk.Actor, id desk.CustomerID) (*CustomerFacts, error) {
	rec := &CustomerFacts{}
	err := s.view(ctx, by, func(o *op) error {
		c, err := o.customerFor(ctx, desk.SeeCustomer, id)
		if err != nil {
			return err
		}
		if err := o.kin(ctx, desk.PrincipalID(id), rec); err != nil {
			return err
		}
		rec.History, err = o.history(ctx, desk.PrincipalID(id), name{"customer", "key", c.Key})
		return err
	})
	return rec, err
}

// kin finds the customers above and below one.
func (o *op) kin(ctx context.Context, id desk.PrincipalID, rec *CustomerFacts) error {
	above, err := o.MembershipsOf(ctx, id)
	if err != nil {
		return err
	}
	below, err := o.MembersOf(ctx, id)
	if err != nil {
		return err
	}
	var ids []desk.PrincipalID
	for _, m := range above {
		ids = append(ids, m.Group)
	}
	for _, m := range below {
		ids = append(ids, m.Member)
	}
	names, err := o.names(ctx, ids)
	for _, m := range above {
		if o.seesMembersOf(ctx, m.Group) == nil {
			rec.Above = append(rec.Above, names[m.Group])
		}
	}
	for _, m := range below {
		if names[m.Member].Kind != "user" && o.seesMembersOf(ctx, m.Member) == nil {
			rec.Below = append(rec.Below, Member{m, names[m.Member], false})
		}
	}
	return err
}

// A UserFacts is what the desk knows of a user besides his data.
type UserFacts struct {
	Directory string         // where his login, name and addresses come from; empty: from here
	Gone      bool           // that directory no longer has him
	Sessions  []desk.Session // where he is signed in, without the digests
	Tokens    []desk.Token   // without the digests
	History   []Change       // newest first; only for who may see the audit log
}

// AboutUser returns what the desk knows of a user. It asks what User asks;
// where he is signed in asks for AdminUsers.
func (s *Service) AboutUser(ctx context.Context, by desk.Actor, id desk.UserID) (*UserFacts, error) {
	rec := &UserFacts{}
	err := s.view(ctx, by, func(o *op) error {
		if id != by.User || id == 0 {
			if err := o.seesUsers(); err != nil {
				return err
			}
		}
		u, err := o.Tx.User(ctx, id)
		if err != nil {
			return err
		}
		from, err := o.Tx.DirectoryUser(ctx, id)
		if err != nil {
			return err
		}
		if from != nil {
			d, err := o.Tx.Directory(ctx, from.Directory)
			if err != nil {
				return err
			}
			rec.Directory, rec.Gone = d.Name, from.Gone
		}
		if id == by.User || o.can(desk.AdminUsers, access.System()) {
			if err := o.signIns(ctx, id, rec); err != nil {
				return err
			}
		}
		rec.History, err = o.history(ctx, desk.PrincipalID(id), name{"user", "login", u.Login})
		return err
	})
	return rec, err
}

func (o *op) signIns(ctx context.Context, id desk.UserID, rec *UserFacts) error {
	var err error
	if rec.Sessions, err = o.SessionsOf(ctx, id); err != nil {
		return err
	}
	for i := range rec.Sessions {
		rec.Sessions[i].Digest = ""
	}
	all, err := o.Tokens(ctx, id)
	for _, t := range all {
		if t.Kind != "api" {
			continue
		}
		t.Digest = ""
		rec.Tokens = append(rec.Tokens, t)
	}
	return err
}

// A name is how the audit log calls a thing: by its kind and the field that
// holds its name, which can change.
type name struct{ kind, field, text string }

// history returns what was done to a thing under all names that it had, and
// what was granted to it or joined with it.
func (o *op) history(ctx context.Context, id desk.PrincipalID, n name) ([]Change, error) {
	if !o.can(desk.ShowAudit, access.System()) {
		return nil, nil
	}
	about, err := o.namesInLog(ctx, n)
	if err != nil {
		return nil, err
	}
	lines, _, err := o.AuditList(ctx, AuditFilter{About: append(about, store.AuditAbout{Who: id}), Changes: true, Limit: historyShown})
	if err != nil {
		return nil, err
	}
	return o.changes(ctx, lines)
}

// before is the name that a thing had before a line that gave it another one.
func (n name) before(e desk.AuditEntry) string {
	if e.Action != n.kind+".update" || e.Before == "" {
		return ""
	}
	was := said(desk.AuditEntry{Before: e.Before}, n.field)
	if was == said(e, n.field) {
		return ""
	}
	return was
}
