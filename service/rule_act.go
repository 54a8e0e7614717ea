package service

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/template"
)

// act does what a rule says to a locked ticket, in the order of its actions, and
// returns what was done in words. What is so already is passed over.
func (o *op) act(ctx context.Context, m *match, t *desk.Ticket, run desk.RunID) ([]string, error) {
	var did []string
	for _, do := range []func(context.Context, *match, *desk.Ticket) (string, error){
		o.actStatus, o.actOwner, o.actFacts, o.actMove, o.actWatchers, o.actComment, o.actOpen, o.actApproval,
	} {
		what, err := do(ctx, m, t)
		if err != nil {
			return nil, err
		}
		if what != "" {
			did = append(did, what)
		}
		if t, err = o.LockTicket(ctx, t.ID); err != nil {
			return nil, err
		}
	}
	a := &m.rule.Then
	if a.Tells() {
		if err := o.InsertJob(ctx, &desk.Job{Kind: JobNotify, Data: formatID(m.event.ID) + "/" + formatID(m.rule.ID), Next: o.s.Now()}); err != nil {
			return nil, err
		}
		did = append(did, "notify")
	}
	if a.Tells() || a.Push {
		if err := o.ruleNotices(ctx, m.rule, m.event); err != nil {
			return nil, err
		}
	}
	if a.Push {
		people, err := o.pushes(ctx, m.rule, m.event)
		if err != nil {
			return nil, err
		}
		if people > 0 {
			did = append(did, "push")
		}
	}
	if a.Webhook != "" {
		if err := o.InsertJob(ctx, &desk.Job{Kind: JobWebhook, Data: formatID(run) + "/" + formatID(m.event.ID), Next: o.s.Now()}); err != nil {
			return nil, err
		}
		did = append(did, "webhook")
	}
	return did, nil
}

func (o *op) actStatus(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	to := m.rule.Then.Status
	if to == "" || to == t.Status {
		return "", nil
	}
	return "status " + string(to), o.setStatus(ctx, t, to)
}

func (o *op) actOwner(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	to := m.rule.Then.Owner
	if to == nil || *to == t.Owner {
		return "", nil
	}
	if err := o.mayOwn(ctx, t, *to); err != nil {
		return "", err
	}
	names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(*to)})
	if err != nil {
		return "", err
	}
	return "owner " + names[desk.PrincipalID(*to)].Text, o.setOwner(ctx, t, *to)
}

// actFacts sets priority and due.
func (o *op) actFacts(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	a := &m.rule.Then
	var in TicketChange
	var did []string
	if a.Priority != "" {
		n, err := strconv.Atoi(a.Priority)
		if err != nil {
			return "", desk.Errorf(desk.Invalid, "The rule sets a priority that is no number: %s.", a.Priority)
		}
		if a.Priority[0] == '+' || a.Priority[0] == '-' {
			n += t.Priority
		}
		if n != t.Priority {
			in.Priority = &n
			did = append(did, "priority "+strconv.Itoa(n))
		}
	}
	if a.Due != nil {
		due := m.event.At.Add(time.Duration(*a.Due) * time.Hour)
		if !due.Equal(t.Due) {
			in.Due = &due
			did = append(did, "due "+due.Format(clearTime))
		}
	}
	if len(did) == 0 {
		return "", nil
	}
	return strings.Join(did, "; "), o.changeTicket(ctx, t, in)
}

func (o *op) actMove(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	to := m.rule.Then.Queue
	if to == 0 || to == t.Queue {
		return "", nil
	}
	q, err := o.Queue(ctx, to)
	if err != nil {
		return "", err
	}
	if q.Disabled {
		return "", desk.Errorf(desk.Invalid, "The queue %s is disabled and takes no tickets.", q.Name)
	}
	return "queue " + q.Name, o.move(ctx, t, q)
}

func (o *op) actWatchers(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	var did []string
	for _, h := range m.rule.Then.Watch {
		if t.Facts().Stands(h.Who, desk.RolesOf(h.Role)) {
			continue
		}
		r, err := o.role(ctx, h.Role)
		if err == nil {
			err = o.checkWatcher(ctx, t, r, h.Who)
		}
		if err == nil {
			err = o.enter(ctx, t, r, h.Who)
		}
		if err != nil {
			return "", err
		}
		did = append(did, "watcher added")
	}
	for _, h := range m.rule.Then.Unwatch {
		if !t.Facts().Stands(h.Who, desk.RolesOf(h.Role)) {
			continue
		}
		unstand(t, h.Role, h.Who)
		t.Touched(o.by.User, o.s.Now())
		if err := o.record(ctx, watcherEvent(t.ID, h.Role, h.Who, "removed")); err != nil {
			return "", err
		}
		if err := o.UpdateTicket(ctx, t); err != nil {
			return "", err
		}
		did = append(did, "watcher removed")
	}
	return strings.Join(did, "; "), nil
}

func (o *op) actComment(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	if m.rule.Then.Comment == "" {
		return "", nil
	}
	text, err := o.ruleText(ctx, m, m.rule.Then.Comment)
	if err != nil || text == "" {
		return "", err
	}
	_, err = o.write(ctx, NewMessage{Ticket: t.ID, Kind: desk.Comment, Text: text})
	return "comment", err
}

func (o *op) actOpen(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	open := m.rule.Then.Open
	if open == nil {
		return "", nil
	}
	subject, err := o.ruleText(ctx, m, open.Subject)
	if err != nil {
		return "", err
	}
	text, err := o.ruleText(ctx, m, open.Text)
	if err != nil {
		return "", err
	}
	made, err := o.openTicket(ctx, NewTicket{Queue: open.Queue, Subject: subject, Text: text, machine: true})
	if err != nil {
		return "", err
	}
	l := Link{From: made.ID, Type: open.Link, To: t.ID}
	if open.Link == "blocks" {
		l = Link{From: t.ID, Type: LinkDependsOn, To: made.ID}
	}
	if err := o.AddLink(ctx, l); err != nil {
		return "", err
	}
	return fmt.Sprintf("opened %s", made.ID), o.recordLink(ctx, l, "added")
}

// ruleText fills in a text that a rule writes on tickets.
func (o *op) ruleText(ctx context.Context, m *match, text string) (string, error) {
	t, err := template.Parse(text)
	if err != nil {
		return "", desk.Errorf(desk.Invalid, "The text of the rule does not work: %s.", err)
	}
	n, err := o.ruleNews(ctx, m.event)
	if err != nil {
		return "", err
	}
	values := n.values(o.s)
	values["rule.name"] = m.rule.Name
	return t.Render(values), nil
}
