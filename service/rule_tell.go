package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

func accessTicket(t *desk.Ticket) access.Object { return access.Ticket(t.Facts()) }

// notice is what people are told of it.
func (n *ruleNews) notice() notice {
	told := notice{ticket: n.ticket, event: n.event.Kind, resolved: solves(&n.event),
		approval: n.event.Data["approval"] != "", machine: n.event.Data["machine"] != "", actor: n.event.By, delivery: deliveryOf(n.event.Data)}
	told.comment = n.message != nil && n.message.Kind == desk.Comment ||
		n.event.Kind == desk.EventApproval || strings.HasPrefix(string(n.event.Kind), "clock.")
	return told
}

// ruleRecipients returns whom a rule tells of an event, each person once: who
// fills its roles as for every letter, and of those whom it names, with the
// members of groups and customers, everybody who may read what he is told. Who
// did it himself is left out, and who does not want the letters of the ticket;
// where the rule has no letter of its own, also who gets the desk's.
func (o *op) ruleRecipients(ctx context.Context, r *desk.Rule, n notice) ([]Recipient, error) {
	squelched, err := o.Squelched(ctx, n.ticket.ID)
	if err != nil {
		return nil, err
	}
	quiet := append(squelched, n.delivery.Squelch...)
	if r.Then.Letter == "" {
		standard, err := o.recipients(ctx, n)
		if err != nil {
			return nil, err
		}
		for _, to := range standard {
			quiet = append(quiet, to.User)
		}
	}
	list, err := o.withoutQuiet(ctx, n.ticket, o.namedBy(r, n, quiet))
	if err != nil {
		return nil, err
	}
	return o.withAddresses(ctx, list)
}

// namedBy returns those who are told of it because they fill a role of the rule
// or are named by it, but for the quiet ones.
func (o *op) namedBy(r *desk.Rule, n notice, quiet []desk.UserID) []Recipient {
	kind := n.kindForRule()
	var list []Recipient
	add := func(u desk.UserID, why desk.Why) {
		if u != 0 && u != n.actor && !slices.Contains(quiet, u) && o.mayHear(u, n) {
			list = addRecipient(list, Recipient{User: u, Kind: kind, Why: []desk.Why{why}})
		}
	}
	for _, f := range o.e.Fillers(n.ticket.Facts(), r.Then.Roles) {
		add(f.User, desk.Why{Role: f.Role, Through: f.Holder, OnQueue: f.OnQueue})
	}
	for _, who := range r.Then.Notify {
		for _, u := range o.toldOf(who) {
			if o.e.Can(u, desk.ShowTicket, accessTicket(n.ticket)) {
				add(u, desk.Why{Through: who, Rule: r.Name})
			}
		}
	}
	return list
}

// pushes has the devices of whomever a rule tells show a message, and returns
// how many people that are. Who gets the desk's letter of it gets it as well.
func (o *op) pushes(ctx context.Context, r *desk.Rule, e desk.Event) (int, error) {
	told, err := o.ruleNews(ctx, e)
	if err != nil {
		return 0, err
	}
	n := told.notice()
	squelched, err := o.Squelched(ctx, n.ticket.ID)
	if err != nil {
		return 0, err
	}
	people := 0
	for _, to := range o.namedBy(r, n, append(squelched, n.delivery.Squelch...)) {
		devices, err := o.Tx.Devices(ctx, to.User)
		if err != nil {
			return 0, err
		}
		for _, d := range devices {
			data := formatID(d.ID) + "/" + formatID(n.ticket.ID) + "/" + formatID(r.ID)
			if err := o.InsertJob(ctx, &desk.Job{Kind: JobPush, Data: data, Next: o.s.Now()}); err != nil {
				return 0, err
			}
		}
		people += min(len(devices), 1)
	}
	return people, nil
}

// toldOf returns the enabled users whom a name of a rule stands for.
func (o *op) toldOf(who desk.PrincipalID) []desk.UserID {
	if o.e.KindOf(desk.UserID(who)) != 0 {
		if o.e.Enabled(desk.UserID(who)) {
			return []desk.UserID{desk.UserID(who)}
		}
		return nil
	}
	return o.e.Members(who)
}

// kindForRule returns the kind of letter that tells of it.
func (n notice) kindForRule() desk.LetterKind {
	switch {
	case n.event == desk.EventCreated:
		return desk.LetterOpened
	case n.event == desk.EventMessage && n.comment:
		return desk.LetterComment
	case n.event == desk.EventMessage:
		return desk.LetterReply
	}
	return desk.LetterRule
}

// stillTold reports whether a reason by a rule still holds for a letter: he is
// named or a member, and may read the ticket.
func (o *op) stillTold(t *desk.Ticket, out *desk.Outgoing) bool {
	if !o.e.Can(out.To, desk.ShowTicket, accessTicket(t)) {
		return false
	}
	return slices.ContainsFunc(out.Why, func(w desk.Why) bool {
		return w.Rule != "" && (w.Through == desk.PrincipalID(out.To) || o.e.IsMember(desk.PrincipalID(out.To), w.Through))
	})
}
