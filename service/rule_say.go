package service

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/template"
)

// writtenRule writes a rule as people write it.
func (o *op) writtenRule(ctx context.Context, r *desk.Rule) (WrittenRule, error) {
	w := WrittenRule{
		ID: r.ID, Version: r.Version, Name: r.Name, Stage: string(r.Stage), Place: r.Place, Hours: r.Hours, If: r.If, Enabled: r.Enabled,
		Status: string(r.Then.Status), Priority: r.Then.Priority, Comment: r.Then.Comment, Letter: r.Then.Letter, Push: r.Then.Push, Webhook: r.Then.Webhook,
	}
	for _, t := range r.On {
		w.On = append(w.On, string(t))
	}
	if r.Field.ID != 0 {
		name, err := o.fieldName(ctx, r.Field.ID)
		if err != nil {
			return w, err
		}
		w.Field, w.From, w.To = name, r.Field.From, r.Field.To
	}
	if r.Then.Approval != nil {
		w.ApprovalReason = r.Then.Approval.Reason
	}
	if err := o.writeTime(ctx, r, &w); err != nil {
		return w, err
	}
	queues, err := o.queueNames(ctx)
	if err != nil {
		return w, err
	}
	w.Queue, w.Move = queues[r.Queue], queues[r.Then.Queue]
	if r.Then.Due != nil {
		w.Due = strconv.Itoa(*r.Then.Due)
	}
	if to := r.Then.Open; to != nil {
		w.OpenIn, w.OpenLink, w.OpenSubject, w.OpenText = queues[to.Queue], to.Link, to.Subject, to.Text
	}
	return w, o.writePeople(ctx, &r.Then, &w)
}

// writePeople writes out whom a rule names.
func (o *op) writePeople(ctx context.Context, a *desk.RuleActions, w *WrittenRule) error {
	var ids []desk.PrincipalID
	for _, h := range append(append([]desk.Holder{}, a.Watch...), a.Unwatch...) {
		ids = append(ids, h.Who)
	}
	if a.Owner != nil {
		ids = append(ids, desk.PrincipalID(*a.Owner))
	}
	if a.Approval != nil {
		ids = append(ids, a.Approval.Of...)
	}
	names, err := o.names(ctx, append(ids, a.Notify...))
	if err != nil {
		return err
	}
	roles, err := o.allRoleNames(ctx)
	if err != nil {
		return err
	}
	for _, id := range a.Roles.List() {
		w.Notify = append(w.Notify, roles[id])
	}
	for _, id := range a.Notify {
		w.Notify = append(w.Notify, names[id].Ref)
	}
	if a.Approval != nil {
		for _, id := range a.Approval.Of {
			w.Approvers = append(w.Approvers, names[id].Ref)
		}
	}
	for _, h := range a.Watch {
		w.Watch = append(w.Watch, roles[h.Role]+" "+names[h.Who].Ref)
	}
	for _, h := range a.Unwatch {
		w.Unwatch = append(w.Unwatch, roles[h.Role]+" "+names[h.Who].Ref)
	}
	switch {
	case a.Owner == nil:
	case *a.Owner == 0:
		w.Owner = "nobody"
	default:
		w.Owner = names[desk.PrincipalID(*a.Owner)].Ref
	}
	return nil
}

// describeActions says in few words what a rule does, by numbers.
func describeActions(a *desk.RuleActions) []string {
	var list []string
	add := func(is bool, format string, args ...any) {
		if is {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	add(a.Status != "", "status %s", a.Status)
	if a.Owner != nil {
		add(true, "owner %d", *a.Owner)
	}
	add(a.Priority != "", "priority %s", a.Priority)
	add(a.Queue != 0, "queue %d", a.Queue)
	if a.Due != nil {
		add(true, "due in %d hours", *a.Due)
	}
	for _, h := range a.Watch {
		add(true, "watch role %d by %d", h.Role, h.Who)
	}
	for _, h := range a.Unwatch {
		add(true, "unwatch role %d by %d", h.Role, h.Who)
	}
	add(a.Comment != "", "comment")
	add(a.Open != nil, "open a ticket")
	if a.Approval != nil {
		add(true, "ask %v for approval", a.Approval.Of)
	}
	add(a.Tells(), "notify roles %v and %v", a.Roles.List(), a.Notify)
	add(a.Push, "on their devices too")
	add(a.Webhook != "", "webhook %s", a.Webhook)
	return list
}

// checkTrust refuses a rule that does what the actor may not do himself where
// the rule is: a rule acts as the desk, so it must not lend its powers to whoever
// writes it. What it tells people is theirs to read: see ruleRecipients.
func (o *op) checkTrust(ctx context.Context, r *desk.Rule) error {
	x, a := rulePlace(r), &r.Then
	when, err := o.s.book.compile(r.If)
	if err != nil {
		return err
	}
	system := access.System()
	for _, ask := range []struct {
		is     bool
		at     access.Object
		rights []desk.Right // one of them
		what   string
	}{
		{true, x, []desk.Right{desk.ShowTicket}, "looks at tickets"},
		{when.AsksComments() || looksAtComments(r), x, []desk.Right{desk.ShowTicketComments}, "looks at what was written, comments too"},
		{slices.Contains(r.On, desk.OnFieldSet), x, []desk.Right{desk.SeeCustomField}, "looks at custom fields"},
		{a.Status != "" || a.Due != nil, x, []desk.Right{desk.ModifyTicket}, "changes tickets"},
		{len(a.Watch)+len(a.Unwatch) > 0, x, []desk.Right{desk.ModifyTicket}, "changes who watches"},
		{a.Owner != nil, x, []desk.Right{desk.ReassignTicket, desk.ModifyTicket}, "sets the owner"},
		{a.Priority != "", x, []desk.Right{desk.SetPriority, desk.ModifyTicket}, "sets the priority"},
		{a.Approval != nil, x, []desk.Right{desk.ModifyTicket}, "asks for approvals"},
		{a.Comment != "", x, []desk.Right{desk.CommentOnTicket}, "comments"},
		{a.Queue != 0, x, []desk.Right{desk.ModifyTicket}, "moves tickets"},
		{a.Queue != 0, access.Queue(a.Queue), []desk.Right{desk.CreateTicket, desk.MoveIntoQueue}, "moves tickets there"},
		{a.Webhook != "", system, []desk.Right{desk.ModifyScrips}, "sends tickets out of the desk"},
	} {
		if ask.is && !o.canAny(ask.at, ask.rights...) {
			return desk.Errorf(desk.Forbidden, "The rule %s, which you may not do there yourself: it asks for the right %s.", ask.what, ask.rights[0])
		}
	}
	if a.Open != nil && !o.can(desk.CreateTicket, access.Queue(a.Open.Queue)) {
		return desk.Errorf(desk.Forbidden, "The rule opens tickets in a queue where you may not: it asks for the right CreateTicket there.")
	}
	return nil
}

// looksAtComments reports whether what a rule does depends on what people
// write, which may be comments, or hands it on.
func looksAtComments(r *desk.Rule) bool {
	if slices.Contains(r.On, desk.OnComment) || r.Then.Webhook != "" {
		return true
	}
	texts := []string{r.Then.Comment}
	if r.Then.Approval != nil {
		texts = append(texts, r.Then.Approval.Reason)
	}
	if r.Then.Open != nil {
		texts = append(texts, r.Then.Open.Subject, r.Then.Open.Text)
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		t, err := template.Parse(text)
		return err == nil && slices.ContainsFunc(t.Names(), func(name string) bool { return name == "message.text" || name == "message.subject" })
	})
}
