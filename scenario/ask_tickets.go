package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

func (s *stage) visibleGroups(ctx context.Context, e *Entry) (Value, error) {
	by, err := s.actor(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	var f service.GroupFilter
	if !e.flag("with_disabled") {
		enabled := false
		f.Disabled = &enabled
	}
	f.Limit = 1000
	groups, _, err := s.svc.Groups(ctx, by, f)
	if err != nil {
		return Value{}, err
	}
	var names []string
	for i := range groups {
		name, named := s.called[desk.PrincipalID(groups[i].ID)]
		seen, err := s.sees(ctx, by, &groups[i])
		if err != nil {
			return Value{}, err
		}
		if named && seen {
			names = append(names, name)
		}
	}
	return listed(names), nil
}

// sees reports whether somebody sees a listed group by SeeGroup or because it
// is his own. The desk lists to administrators also what they may change.
func (s *stage) sees(ctx context.Context, by desk.Actor, g *desk.Group) (bool, error) {
	if by == s.sys || g.Personal != 0 && g.Personal == by.User {
		return true, nil
	}
	held, err := s.svc.RightsOf(ctx, s.sys, service.Holder{Who: desk.PrincipalID(by.User)}, ref("group", g.Name))
	return held.Has(desk.SeeGroup), err
}

func (s *stage) canSeeQueue(ctx context.Context, e *Entry) (Value, error) {
	return s.inQueues(ctx, e, desk.SeeQueue, func(names []string) Value {
		return yesNo(slices.Contains(foldedSet(names), desk.Fold(e.text("queue"))))
	})
}

func (s *stage) canCreateIn(ctx context.Context, e *Entry) (Value, error) {
	return s.inQueues(ctx, e, desk.CreateTicket, listed)
}

// inQueues answers from the queues in which somebody holds a right.
func (s *stage) inQueues(ctx context.Context, e *Entry, right desk.Right, answer func([]string) Value) (Value, error) {
	by, err := s.actor(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	queues, err := s.svc.Queues(ctx, by, right)
	var names []string
	for _, q := range queues {
		names = append(names, s.queueNames[q.ID])
	}
	return answer(names), err
}

// seesTickets lists tickets, and makes sure that what is listed can be opened;
// without a filter also that what is not listed cannot.
func (s *stage) seesTickets(ctx context.Context, e *Entry) (Value, error) {
	by, err := s.actor(e.text("who"))
	if err != nil {
		return Value{}, err
	}
	f, err := s.filter(ctx, e)
	if err != nil {
		return Value{}, err
	}
	seen := map[desk.TicketID]bool{}
	for more := true; more; {
		page, err := s.svc.Tickets(ctx, by, f)
		if err != nil {
			return Value{}, err
		}
		for _, line := range page.Lines {
			seen[line.ID], f.Before = true, line.ID
		}
		more = page.More
	}
	filtered := e.has("query") || e.has("requestor") || e.has("customers") || e.has("text")
	names := []string{}
	for id, name := range s.ticketName {
		v, err := s.svc.Ticket(ctx, by, id)
		if err != nil && !refused(err) {
			return Value{}, err
		}
		opens := err == nil && v.ID == id && v.Findable()
		if seen[id] && !opens || !seen[id] && opens && !filtered {
			return Value{}, fmt.Errorf("ticket %s is listed: %t, but can be opened: %t", name, seen[id], opens)
		}
		if seen[id] {
			names = append(names, name)
		}
	}
	return listed(names), nil
}

func (s *stage) filter(ctx context.Context, e *Entry) (service.TicketFilter, error) {
	f := service.TicketFilter{Limit: 200, Text: e.text("text")}
	if e.has("query") {
		var err error
		f.Query, err = s.query(ctx, e.text("query"))
		return f, err
	}
	var err error
	if e.has("requestor") {
		if f.Requestor, err = s.whoever(ctx, e.text("requestor")); err != nil {
			return f, err
		}
	}
	if e.has("customers") {
		ids, err := s.everybody(ctx, e.list("customers"))
		if err != nil {
			return f, err
		}
		f.Customers = []desk.CustomerID{}
		for _, id := range ids {
			f.Customers = append(f.Customers, desk.CustomerID(id))
		}
	}
	return f, nil
}

// query puts the desk's own names and numbers into a query. Braces of other
// kinds are the query's own: CustomRole.{Sales}.
func (s *stage) query(ctx context.Context, text string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		inside, after, closed := strings.Cut(rest, "}")
		if !found {
			return b.String(), nil
		}
		if !closed {
			return b.String() + "{" + rest, nil
		}
		value, err := s.placeholder(ctx, inside)
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		text = after
	}
}

func (s *stage) placeholder(ctx context.Context, inside string) (string, error) {
	kind, name, _ := strings.Cut(inside, ":")
	switch kind {
	case "queue":
		id, err := s.queue(name)
		return s.queueNames[id], err
	case "group", "gid":
		id, err := s.principal("group", name)
		if kind == "gid" {
			return fmt.Sprint(int64(id)), err
		}
		return s.called[id], err
	case "mail", "uid":
		id, err := s.user(name)
		if kind == "uid" || err != nil {
			return fmt.Sprint(int64(id)), err
		}
		u, err := s.svc.User(ctx, s.sys, id)
		if err != nil {
			return "", err
		}
		return u.Address(), nil
	}
	return "{" + inside + "}", nil
}

// visibleHistory lists the kinds of entries that somebody is shown.
func (s *stage) visibleHistory(ctx context.Context, e *Entry) (Value, error) {
	v, err := s.view(ctx, e)
	if err != nil {
		return Value{}, err
	}
	var kinds []string
	for _, event := range v.Events {
		switch event.Kind {
		case desk.EventCreated:
			kinds = append(kinds, "create")
		case desk.EventSent:
			kinds = append(kinds, "outgoing_mail")
		case desk.EventMessage:
			kinds = append(kinds, event.Data["kind"])
		}
	}
	for _, m := range v.Messages {
		if m.Kind == desk.Comment && !slices.Contains(kinds, "comment") {
			return Value{}, fmt.Errorf("a comment is shown whose entry is not in the history")
		}
	}
	return listed(kinds), nil
}

// view returns a ticket as it is shown to who, or as it is where nobody is
// named.
func (s *stage) view(ctx context.Context, e *Entry) (*service.TicketView, error) {
	by := s.sys
	if e.has("who") {
		var err error
		if by, err = s.actor(e.text("who")); err != nil {
			return nil, err
		}
	}
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return nil, err
	}
	return s.svc.Ticket(ctx, by, id)
}

func (s *stage) ticketField(ctx context.Context, e *Entry) (Value, error) {
	v, err := s.view(ctx, e)
	if err != nil {
		return Value{}, err
	}
	switch e.text("field") {
	case "status":
		return written(string(v.Status)), nil
	case "queue":
		if v.QueueName == "" {
			return nothingThere(), nil
		}
		return written(s.queueNames[v.Queue]), nil
	case "requestors":
		return s.answer(ctx, v.In(desk.Requestor))
	case "customers":
		return s.answer(ctx, v.In(desk.CustomerRole))
	}
	if v.Owner == 0 {
		return written(nobody), nil
	}
	if _, shown := v.Names[desk.PrincipalID(v.Owner)]; !shown {
		return nothingThere(), nil
	}
	name, err := s.nameOf(ctx, desk.PrincipalID(v.Owner))
	return written(name), err
}

func (s *stage) findUsers(ctx context.Context, e *Entry) (Value, error) {
	if e.has("customer") || e.has("customer_exact") {
		return s.usersOfCustomers(ctx, e)
	}
	enabled := false
	text := e.text("login") + e.text("email") // one of them is there
	users, _, err := s.svc.Users(ctx, s.sys, service.UserFilter{Text: text, Disabled: &enabled, Limit: 1000})
	if err != nil {
		return Value{}, err
	}
	var ids []desk.PrincipalID
	for _, u := range users {
		names := u.Addresses
		if e.has("login") {
			names = []string{u.Login}
		}
		if slices.Contains(foldedSet(names), desk.Fold(text)) {
			ids = append(ids, desk.PrincipalID(u.ID))
		}
	}
	return s.answer(ctx, ids)
}

// usersOfCustomers lists the contacts of the customers that a pattern or a name
// finds.
func (s *stage) usersOfCustomers(ctx context.Context, e *Entry) (Value, error) {
	customers, _, err := s.svc.Customers(ctx, s.sys, service.CustomerFilter{Limit: 1000})
	if err != nil {
		return Value{}, err
	}
	var ids []desk.PrincipalID
	for _, c := range customers {
		found := desk.Fold(c.Key) == desk.Fold(e.text("customer_exact"))
		if e.has("customer") {
			found = matches(strings.Split(desk.Fold(e.text("customer")), "*"), desk.Fold(c.Key))
		}
		if !found {
			continue
		}
		members, err := s.svc.Members(ctx, s.sys, desk.PrincipalID(c.ID))
		if err != nil {
			return Value{}, err
		}
		for _, m := range members {
			if m.Name.Kind == "user" && !m.Name.Disabled {
				ids = append(ids, m.Member)
			}
		}
	}
	return s.answer(ctx, ids)
}

// matches reports whether a name is made of the parts in their order, with
// anything between them.
func matches(parts []string, name string) bool {
	if len(parts) == 1 {
		return name == parts[0]
	}
	name, ok := strings.CutPrefix(name, parts[0])
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(name, part)
		if at < 0 {
			return false
		}
		name = name[at+len(part):]
	}
	return ok && strings.HasSuffix(name, parts[len(parts)-1])
}
