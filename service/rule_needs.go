package service

import (
	"context"
	"math"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/condition"
	"gatehouse/desk/query"
)

// needed is what must be so of a ticket for the condition of a rule by time to
// hold now, as far as a query can ask it; nil: nothing.
func (o *op) needed(ctx context.Context, when *condition.Condition) (*query.Test, error) {
	need := when.Needs(o.s.Now())
	return o.needTest(ctx, &need)
}

// needTest asks for a need; nil: it cannot be asked.
func (o *op) needTest(ctx context.Context, n *condition.Need) (*query.Test, error) {
	if n.Name != "" {
		return o.comparedTest(ctx, n)
	}
	joined, parts := query.Test{What: query.All}, n.All
	if n.One != nil {
		joined.What, parts = query.One, n.One
	}
	for i := range parts {
		part, err := o.needTest(ctx, &parts[i])
		if err != nil || part == nil && n.One != nil {
			return nil, err
		}
		if part != nil {
			joined.Tests = append(joined.Tests, *part)
		}
	}
	if len(joined.Tests) == 0 {
		return nil, nil
	}
	return &joined, nil
}

// comparedTest asks for a comparison, perhaps of some tickets more than those of
// which it holds, and never of fewer.
func (o *op) comparedTest(ctx context.Context, n *condition.Need) (*query.Test, error) {
	now := o.s.Now()
	switch n.Name {
	case "ticket.status":
		return statusNeed(n), nil
	case "ticket.queue":
		return namedNeed(n, query.Queue, func(name string) (int64, bool, error) {
			q, err := o.QueueByName(ctx, name)
			if err != nil {
				return 0, false, ignoreMissing(err)
			}
			return int64(q.ID), q.Name == name, nil
		})
	case "ticket.owner":
		return namedNeed(n, query.Owner, func(login string) (int64, bool, error) {
			if login == "" {
				return 0, true, nil
			}
			u, err := o.UserByLogin(ctx, login)
			if err != nil {
				return 0, false, ignoreMissing(err)
			}
			return int64(u.ID), u.Login == login, nil
		})
	case "ticket.priority":
		return numberNeed(n, query.Priority), nil
	case "ticket.id":
		return numberNeed(n, query.ID), nil
	case "ticket.created", "ticket.updated", "ticket.told", "ticket.due":
		column := map[string]query.Column{"ticket.created": query.Created, "ticket.updated": query.Updated, "ticket.told": query.Told, "ticket.due": query.Due}[n.Name]
		at, ok := n.Values[0].(time.Time)
		if !ok {
			return nil, nil
		}
		return momentNeed(column, n.How, at), nil
	case "ticket.age":
		if long, ok := n.Values[0].(time.Duration); ok {
			return momentNeed(query.Created, fromNow(n.How), now.Add(-long)), nil
		}
	case "ticket.waited":
		if long, ok := n.Values[0].(time.Duration); ok && long > 0 {
			return waitedNeed(n.How, now.Add(-long)), nil
		}
	}
	return nil, nil
}

// fromNow is what a comparison of how long something is ago says of its moment.
func fromNow(how string) string {
	return map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[how]
}

// statusNeed asks for statuses.
func statusNeed(n *condition.Need) *query.Test {
	t := query.Test{What: query.Texts, Column: query.Status}
	for _, value := range n.Values {
		text, ok := value.(string)
		if !ok || n.How != "==" && n.How != "!=" {
			return nil
		}
		if n.How == "==" || text == desk.Fold(text) { // others are the status of no ticket
			t.Patterns = append(t.Patterns, query.Pattern(query.Equal, text))
		}
	}
	return oneOrNone(n, t)
}

// namedNeed asks for things by their names. find says what has a name, zero where
// nothing has, and whether it is written just so.
func namedNeed(n *condition.Need, column query.Column, find func(string) (int64, bool, error)) (*query.Test, error) {
	t := query.Test{What: query.In, Column: column, Numbers: []int64{}}
	for _, value := range n.Values {
		text, ok := value.(string)
		if !ok || n.How != "==" && n.How != "!=" {
			return nil, nil
		}
		id, exact, err := find(text)
		if err != nil {
			return nil, err
		}
		if exact || n.How == "==" && id != 0 {
			t.Numbers = append(t.Numbers, id)
		}
	}
	return oneOrNone(n, t), nil
}

// oneOrNone asks for what is one of some values, or for what is none of them.
func oneOrNone(n *condition.Need, t query.Test) *query.Test {
	if len(t.Numbers)+len(t.Patterns) == 0 {
		t = query.Never()
	}
	if n.How == "!=" {
		t = query.NotThis(t)
	}
	return &t
}

// numberNeed asks how a number compares.
func numberNeed(n *condition.Need, column query.Column) *query.Test {
	t := query.Test{What: query.In, Column: column}
	for _, value := range n.Values {
		number, ok := value.(int64)
		if !ok || number == math.MaxInt64 {
			return nil
		}
		t.Numbers = append(t.Numbers, number)
	}
	from, to := int64(query.Lowest), int64(query.Highest)
	switch n.How {
	case "==", "!=":
		return oneOrNone(n, t)
	case "<":
		to = t.Numbers[0]
	case "<=":
		to = t.Numbers[0] + 1
	case ">":
		from = t.Numbers[0] + 1
	case ">=":
		from = t.Numbers[0]
	}
	return &query.Test{What: query.Between, Column: column, From: from, To: to}
}

// momentNeed asks how a moment compares, to the microsecond at which it is kept. A
// moment that is not set is kept as zero and comes before all others.
func momentNeed(column query.Column, how string, at time.Time) *query.Test {
	t := &query.Test{What: query.Between, Column: column, From: query.Lowest, To: query.Highest}
	switch how {
	case "<", "<=":
		t.To = at.UnixMicro() + 1
		if t.To <= 0 {
			return nil
		}
	case ">", ">=":
		t.From = at.UnixMicro()
	default:
		return nil
	}
	return t
}

// waitedNeed asks for customers who have waited since before a moment, or not.
func waitedNeed(how string, since time.Time) *query.Test {
	switch long := (&query.Test{What: query.Between, Column: query.Asked, From: 1, To: since.UnixMicro() + 1}); how {
	case ">", ">=":
		return long
	case "<", "<=":
		short := momentNeed(query.Asked, ">=", since)
		return &query.Test{What: query.One, Tests: []query.Test{*short, {What: query.In, Column: query.Asked, Numbers: []int64{0}}}}
	}
	return nil
}
