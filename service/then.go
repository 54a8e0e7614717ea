package service

import (
	"context"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Question is what one asks: may this user do this right on this object?
type Question struct{ User, Right, Object string }

// question finds what a question is about, for who may ask it.
func (o *op) question(ctx context.Context, q Question) (desk.Right, access.Object, desk.UserID, error) {
	none := desk.Errorf(desk.NotFound, "There is no user %s or no %s, or you may not ask about them.", q.User, q.Object)
	fail := func(err error) (desk.Right, access.Object, desk.UserID, error) { return 0, access.Object{}, 0, err }
	x, err := o.object(ctx, q.Object)
	if desk.KindOf(err) == desk.NotFound {
		return fail(none)
	}
	if err != nil {
		return fail(err)
	}
	u, err := o.UserByName(ctx, strings.TrimPrefix(q.User, "user:"))
	if desk.KindOf(err) == desk.NotFound || err == nil && !o.mayAsk(u.ID, x) {
		return fail(none)
	}
	if err != nil {
		return fail(err)
	}
	r, ok := desk.ParseRight(q.Right)
	if !ok {
		return fail(desk.Errorf(desk.Invalid, "There is no right %q; `gatehouse access rights` lists all.", q.Right))
	}
	return r, x, u.ID, nil
}

// past is the same use case asked of an earlier world: names are those of now.
func (o *op) past(w *desk.World) *op {
	return &op{Tx: o.Tx, s: o.s, by: o.by, e: access.New(w), then: w, dirty: map[desk.TicketID]bool{}}
}

// before returns the desk as it was at a moment, for who may read the audit log.
func (o *op) before(ctx context.Context, at time.Time) (*op, error) {
	if err := o.need(desk.ShowAudit, access.System()); err != nil {
		return nil, err
	}
	if at.After(o.s.Now()) {
		return nil, desk.InvalidFields(map[string]string{"at": "This moment is still to come."})
	}
	w, err := o.WorldAt(ctx, at)
	if err != nil {
		return nil, err
	}
	return o.past(w), nil
}

// grantAt returns a grant of the world of which is asked.
func (o *op) grantAt(ctx context.Context, id desk.GrantID) (*desk.Grant, error) {
	if o.then == nil {
		return o.Tx.Grant(ctx, id)
	}
	for _, g := range o.then.Grants {
		if g.ID == id {
			return &g, nil
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There was no grant %d.", id)
}

// ExplainAt is Explain for an earlier moment (ShowAudit, and what Explain
// asks): it rebuilds from the audit log what had been granted then. A ticket is
// taken with the people who stand on it now.
func (s *Service) ExplainAt(ctx context.Context, by desk.Actor, q Question, at time.Time) (*Answer, error) {
	var answer *Answer
	err := s.view(ctx, by, func(o *op) error {
		then, err := o.before(ctx, at)
		if err != nil {
			return err
		}
		r, x, u, err := o.question(ctx, q)
		if err != nil {
			return err
		}
		answer, err = then.answer(ctx, u, r, q.Object, then.e.Explain(u, r, x))
		return err
	})
	return answer, err
}

// WhoCanAt is WhoCan for an earlier moment (ShowAudit, and what WhoCan asks).
func (s *Service) WhoCanAt(ctx context.Context, by desk.Actor, q Question, superusers bool, at time.Time) ([]Answer, error) {
	var list []Answer
	err := s.view(ctx, by, func(o *op) error {
		then, err := o.before(ctx, at)
		if err != nil {
			return err
		}
		r, x, err := o.questionOfAll(ctx, q.Right, q.Object)
		if err != nil {
			return err
		}
		list, err = then.answers(ctx, r, q.Object, then.e.WhoCan(r, x, superusers))
		return err
	})
	return list, err
}

// questionOfAll finds what a question about everybody is about, for who may ask
// it.
func (o *op) questionOfAll(ctx context.Context, right, object string) (desk.Right, access.Object, error) {
	x, err := o.object(ctx, object)
	if desk.KindOf(err) == desk.NotFound || err == nil && !o.mayAsk(0, x) {
		return 0, x, desk.Errorf(desk.NotFound, "There is no %s, or you may not ask about it.", object)
	}
	if err != nil {
		return 0, x, err
	}
	r, ok := desk.ParseRight(right)
	if !ok {
		return 0, x, desk.Errorf(desk.Invalid, "There is no right %q; `gatehouse access rights` lists all.", right)
	}
	return r, x, nil
}

// RightsAt returns all rights that a user held on an object at an earlier
// moment, and those that he holds now (ShowAudit, and what Explain asks). The
// right of the question is not looked at.
func (s *Service) RightsAt(ctx context.Context, by desk.Actor, q Question, at time.Time) (then, now desk.RightSet, err error) {
	q.Right = desk.SuperUser.String()
	err = s.view(ctx, by, func(o *op) error {
		before, err := o.before(ctx, at)
		if err != nil {
			return err
		}
		_, x, u, err := o.question(ctx, q)
		if err != nil {
			return err
		}
		then, now = before.e.Rights(u, x), o.e.Rights(u, x)
		return nil
	})
	return then, now, err
}

// A Turn is what made an answer another one.
type Turn struct {
	Made *Change // nil: it was no change
	Day  bool    // a first or last day passed
}

// Turned returns what made the answer of an earlier moment that of now
// (ShowAudit, and what Explain asks); nil where both are the same. Where it
// turned more than once, one of the turns is returned. A ticket is taken with
// the people who stand on it now.
func (s *Service) Turned(ctx context.Context, by desk.Actor, q Question, at time.Time) (*Turn, error) {
	var turn *Turn
	err := s.view(ctx, by, func(o *op) error {
		then, err := o.before(ctx, at)
		if err != nil {
			return err
		}
		r, x, u, err := o.question(ctx, q)
		if err != nil {
			return err
		}
		now := o.e.Can(u, r, x)
		if then.e.Can(u, r, x) == now {
			return nil
		}
		lines, err := o.AccessLines(ctx, at)
		if err != nil {
			return err
		}
		turn, err = o.findTurn(ctx, lines, at, func(e *access.Engine) bool { return e.Can(u, r, x) == now })
		return err
	})
	return turn, err
}

// findTurn halves the lines until one is left after which it is as now and
// before which it was not. After the line at -1 it is not, after the last one it
// is, or a day has made it so.
func (o *op) findTurn(ctx context.Context, lines []desk.AuditEntry, at time.Time, asNow func(*access.Engine) bool) (*Turn, error) {
	after := func(i int, today time.Time) (bool, error) {
		w, err := o.WorldAfter(ctx, lines[i].ID)
		if err != nil {
			return false, err
		}
		w.Today = desk.DayOf(today.UTC())
		return asNow(access.New(w)), nil
	}
	low, high := -1, len(lines)
	for high-low > 1 {
		middle := (low + high) / 2
		is, err := after(middle, lines[middle].At)
		if err != nil {
			return nil, err
		}
		if is {
			high = middle
		} else {
			low = middle
		}
	}
	if high == len(lines) {
		return &Turn{Day: true}, nil
	}
	before, err := o.WorldAfter(ctx, lines[high].ID-1)
	if err != nil {
		return nil, err
	}
	before.Today = desk.DayOf(lines[high].At.UTC())
	if asNow(access.New(before)) {
		return &Turn{Day: true}, nil
	}
	list, _, err := o.AuditList(ctx, AuditFilter{Before: lines[high].ID + 1, Limit: 1})
	if err != nil {
		return nil, err
	}
	made, err := o.changes(ctx, list)
	if err != nil || len(made) == 0 {
		return nil, err
	}
	return &Turn{Made: &made[0]}, nil
}
