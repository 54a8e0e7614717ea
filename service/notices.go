package service

import (
	"context"
	"maps"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	noticesKept   = 90 * 24 * time.Hour // for how long notices, and what was read, are remembered
	noticesOfEach = 500
	noticesShown  = 200 // at most, of one person
	noticesNew    = 100 // up to so many that are unread are counted
)

// A NoticeLine is a notice with the ticket that it is about and who did it, as far
// as the actor may see them now.
type NoticeLine struct {
	desk.Notice
	Subject string
	Status  desk.Status
	Who     Name   // zero: the desk itself
	Rule    string // the name of the rule that tells of it; "" where there is none
	Note    string // of a reminder
}

// Notices lists what the actor, who works at the desk, was told in its pages, the
// latest first: all that is remembered, or what he has not read. What he may not
// see any more is not in the list.
func (s *Service) Notices(ctx context.Context, by desk.Actor, unread bool) ([]NoticeLine, error) {
	var lines []NoticeLine
	err := s.view(ctx, by, func(o *op) error {
		list, tickets, err := o.noticesOf(ctx, unread, noticesShown)
		if err != nil {
			return err
		}
		ids := make([]desk.PrincipalID, len(list))
		for i, n := range list {
			ids[i] = desk.PrincipalID(n.By)
		}
		names, err := o.names(ctx, ids)
		if err != nil {
			return err
		}
		for _, n := range list {
			t := tickets[n.Ticket]
			l := NoticeLine{Notice: n, Subject: t.Subject, Status: t.Status}
			l.Notice.Ticket = t.ID
			if n.By != 0 {
				l.Who = names[desk.PrincipalID(n.By)]
			}
			if err := o.sayNotice(ctx, &l); err != nil {
				return err
			}
			lines = append(lines, l)
		}
		return nil
	})
	return lines, err
}

// UnreadNotices counts what Notices lists as unread, up to 100.
func (s *Service) UnreadNotices(ctx context.Context, by desk.Actor) (int, error) {
	var list []desk.Notice
	err := s.view(ctx, by, func(o *op) error {
		var err error
		list, _, err = o.noticesOf(ctx, true, noticesNew)
		return err
	})
	return len(list), err
}

// noticesOf returns as many notices of the actor that he may see now, with their
// tickets: rights are asked when something is shown, not when it happened, and
// what he may not see takes nobody's place.
func (o *op) noticesOf(ctx context.Context, unread bool, limit int) ([]desk.Notice, map[desk.TicketID]*desk.Ticket, error) {
	if o.by.IsSystem() || !o.isAgent() {
		return nil, nil, nil
	}
	var seen []desk.Notice
	tickets := map[desk.TicketID]*desk.Ticket{}
	for after := (*desk.Notice)(nil); len(seen) < limit; {
		list, err := o.Tx.Notices(ctx, o.by.User, unread, after, limit)
		if err != nil || len(list) == 0 {
			return seen, tickets, err
		}
		found, err := o.ticketsSeen(ctx, list)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(tickets, found)
		for _, n := range list {
			t := found[n.Ticket]
			if t != nil && (!n.Internal || o.can(desk.ShowTicketComments, access.Ticket(t.Facts()))) && len(seen) < limit {
				seen = append(seen, n)
			}
		}
		if after = &list[len(list)-1]; len(list) < limit {
			break
		}
	}
	return seen, tickets, nil
}

// ticketsSeen returns those tickets of notices that the actor may see, at once;
// one that was merged is the one that took it in.
func (o *op) ticketsSeen(ctx context.Context, list []desk.Notice) (map[desk.TicketID]*desk.Ticket, error) {
	var ids []desk.TicketID
	for _, n := range list {
		ids = append(ids, n.Ticket)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	into, err := o.MergedTo(ctx, ids)
	if err != nil {
		return nil, err
	}
	found, _, err := o.Tx.Tickets(ctx, o.scope(desk.ShowTicket), TicketFilter{IDs: slices.Concat(ids, slices.Collect(maps.Values(into))), Limit: 2 * len(ids)})
	tickets := map[desk.TicketID]*desk.Ticket{}
	for i := range found {
		tickets[found[i].ID] = &found[i]
	}
	for id, to := range into {
		tickets[id] = tickets[to]
	}
	return tickets, err
}

// sayNotice adds to a notice what it is about beside its ticket.
func (o *op) sayNotice(ctx context.Context, l *NoticeLine) error {
	switch l.Kind {
	case desk.NoticeRule:
		r, err := o.Tx.Rule(ctx, desk.RuleID(l.About))
		if err == nil {
			l.Rule = r.Name
		}
		return ignoreMissing(err)
	case desk.NoticeReminder:
		r, err := o.Reminder(ctx, desk.ReminderID(l.About))
		if err == nil {
			l.Note = r.Note
		}
		return ignoreMissing(err)
	}
	return nil
}

// SetNotice notes that the actor has read one of his notices, or has not.
func (s *Service) SetNotice(ctx context.Context, by desk.Actor, id desk.NoticeID, read bool) error {
	return s.do(ctx, by, func(o *op) error {
		at := s.Now()
		if !read {
			at = time.Time{}
		}
		ok, err := o.Tx.SetNotice(ctx, by.User, id, at)
		if err == nil && !ok {
			return desk.Errorf(desk.NotFound, "There is no such notification.")
		}
		return err
	})
}

// ReadNotices notes that the actor has read all his notices, and returns how many
// there were.
func (s *Service) ReadNotices(ctx context.Context, by desk.Actor) (int, error) {
	var n int
	err := s.do(ctx, by, func(o *op) error {
		var err error
		n, err = o.Tx.ReadNotices(ctx, by.User, 0, s.Now())
		return err
	})
	return n, err
}

// notify tells somebody of something in the pages, unless he did it himself, does
// not work at the desk or may not see it.
func (o *op) notify(ctx context.Context, t *desk.Ticket, n desk.Notice) error {
	x := access.Ticket(t.Facts())
	if n.User == 0 || n.User == o.by.User || o.e.KindOf(n.User) != desk.Agent || !o.e.Enabled(n.User) ||
		!o.e.Can(n.User, desk.ShowTicket, x) || n.Internal && !o.e.Can(n.User, desk.ShowTicketComments, x) {
		return nil
	}
	n.Ticket, n.By, n.At = t.ID, o.by.User, o.s.Now()
	return o.AddNotice(ctx, &n)
}

// notifyAll tells several of the same, each once.
func (o *op) notifyAll(ctx context.Context, t *desk.Ticket, users []desk.UserID, n desk.Notice) error {
	users = slices.Clone(users)
	slices.Sort(users)
	for _, u := range slices.Compact(users) {
		n.User = u
		if err := o.notify(ctx, t, n); err != nil {
			return err
		}
	}
	return nil
}

// standing are the people at the desk who stand on a ticket themselves: whoever
// does by a group or on its queue is told by letters alone.
func (o *op) standing(t *desk.Ticket) []desk.UserID {
	var list []desk.UserID
	for _, h := range t.Holders {
		if u := desk.UserID(h.Who); o.e.KindOf(u) == desk.Agent && !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list
}

// notifyMessage tells those who stand on a ticket of a message, unless they want
// nothing of it, and those whom it names.
func (o *op) notifyMessage(ctx context.Context, t *desk.Ticket, m *desk.Message, quiet []desk.UserID) error {
	internal := m.Kind == desk.Comment
	named, err := o.mentioned(ctx, m)
	if err != nil {
		return err
	}
	if err := o.notifyAll(ctx, t, named, desk.Notice{Kind: desk.NoticeMention, Internal: internal}); err != nil {
		return err
	}
	told := slices.DeleteFunc(o.standing(t), func(u desk.UserID) bool {
		return u == m.Author || slices.Contains(named, u) || slices.Contains(quiet, u)
	})
	if len(told) == 0 {
		return nil
	}
	squelched, err := o.Squelched(ctx, t.ID)
	if err != nil {
		return err
	}
	told = slices.DeleteFunc(told, func(u desk.UserID) bool { return slices.Contains(squelched, u) })
	return o.notifyAll(ctx, t, told, desk.Notice{Kind: desk.NoticeReply, Internal: internal})
}

// notifyOpening tells of a new ticket: who owns it, who stands on it, whom its
// text names, and who is asked to approve of it.
func (o *op) notifyOpening(ctx context.Context, t *desk.Ticket, m *desk.Message, approval bool) error {
	if approval {
		var asked []desk.UserID
		for _, who := range t.In(desk.AdminCc) {
			asked = append(asked, o.toldOf(who)...)
		}
		return o.notifyAll(ctx, t, asked, desk.Notice{Kind: desk.NoticeApproval})
	}
	named, err := o.mentioned(ctx, m)
	if err != nil {
		return err
	}
	if err := o.notifyAll(ctx, t, named, desk.Notice{Kind: desk.NoticeMention}); err != nil {
		return err
	}
	for _, u := range o.standing(t) {
		kind := desk.NoticeWatcher
		if u == t.Owner {
			kind = desk.NoticeOwner
		}
		if u == t.Reporter || slices.Contains(named, u) && kind == desk.NoticeWatcher {
			continue
		}
		if err := o.notify(ctx, t, desk.Notice{User: u, Kind: kind}); err != nil {
			return err
		}
	}
	return nil
}

// ruleNotices tells those whom a rule tells of an event, in the pages.
func (o *op) ruleNotices(ctx context.Context, r *desk.Rule, e desk.Event) error {
	told, err := o.ruleNews(ctx, e)
	if err != nil {
		return err
	}
	n := told.notice()
	squelched, err := o.Squelched(ctx, n.ticket.ID)
	if err != nil {
		return err
	}
	var users []desk.UserID
	for _, to := range o.namedBy(r, n, append(squelched, n.delivery.Squelch...)) {
		users = append(users, to.User)
	}
	return o.notifyAll(ctx, n.ticket, users, desk.Notice{Kind: desk.NoticeRule, About: int64(r.ID), Internal: n.comment})
}

// ForgetNotices forgets notices, and how far tickets were read, that are older
// than 90 days. Only the system does it.
func (s *Service) ForgetNotices(ctx context.Context, by desk.Actor) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		before := s.Now().Add(-noticesKept)
		if err := o.PruneNotices(ctx, before, noticesOfEach); err != nil {
			return err
		}
		return o.PruneReadings(ctx, before)
	})
}

// notifyClock tells whose ticket it is that a clock is about to be overdue, or is.
func (o *op) notifyClock(ctx context.Context, id desk.TicketID) error {
	t, err := o.Ticket(ctx, id)
	if err != nil {
		return err
	}
	return o.notifyAll(ctx, t, o.standing(t), desk.Notice{Kind: desk.NoticeClock})
}
