package service

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/desk/tally"
)

// An axis is a grouping as it is counted: its groups are either ranges of a
// time, which are all shown, or what was found.
type axis struct {
	by     tally.By
	ranges []axisGroup
	// name gives names to what was found.
	name func(ctx context.Context, c tally.Counted, keys []int64) (map[int64]axisGroup, error)
	// before is the order in which groups stand; nil: the largest first.
	before func(a, b axisGroup) int
	whole  string // the condition that a ticket is in any of the groups
	// partial: not every ticket is in one of the groups.
	partial bool
}

// An axisGroup is a group with its key in what was counted, and the condition
// that a ticket is in it.
type axisGroup struct {
	ReportGroup
	key   int64
	cond  string
	ended string // the same for the second column, where that counts by another time
}

// in is the condition that a ticket is in the group, in a column.
func (g *axisGroup) in(column int) string {
	if column == 1 && g.ended != "" {
		return g.ended
	}
	return g.cond
}

// chosen are the groups that are shown, in their order.
type chosen struct {
	list []axisGroup
	at   map[int64]int
	rest int // where all others are; -1: nowhere
}

func (c *chosen) place(key int64) (int, bool) {
	if at, ok := c.at[key]; ok {
		return at, true
	}
	return c.rest, c.rest >= 0
}

// onlyOne is no grouping.
func onlyOne() *axis { return &axis{ranges: []axisGroup{{}}} }

// bothEnds tells what was opened from what was resolved.
func bothEnds() *axis {
	return &axis{ranges: []axisGroup{{ReportGroup: ReportGroup{Key: "created"}, key: 0}, {ReportGroup: ReportGroup{Key: "resolved"}, key: 1}}}
}

// groups chooses what is shown: all ranges, or the largest of what was found.
func (a *axis) groups(ctx context.Context, found tally.Counted, sums map[int64]int, top int) (*chosen, error) {
	c := &chosen{list: a.ranges, at: map[int64]int{}, rest: -1}
	if a.ranges == nil {
		keys := make([]int64, 0, len(sums))
		for key := range sums {
			keys = append(keys, key)
		}
		slices.SortFunc(keys, func(x, y int64) int { return cmp.Or(cmp.Compare(sums[y], sums[x]), cmp.Compare(x, y)) })
		others := max(len(keys)-top, 0)
		if others == 1 { // instead of "one more" it is shown
			others = 0
		}
		keys = keys[:len(keys)-others]
		named, err := a.name(ctx, found, keys)
		if err != nil {
			return nil, err
		}
		for _, key := range keys {
			g := named[key]
			g.key = key
			c.list = append(c.list, g)
		}
		if a.before != nil {
			slices.SortStableFunc(c.list, a.before)
		}
		if others > 0 {
			c.rest = len(c.list)
			c.list = append(c.list, axisGroup{ReportGroup: ReportGroup{Key: OtherGroups, Others: others}, key: -1})
		}
	}
	for i, g := range c.list {
		c.at[g.key] = i
	}
	return c, nil
}

// axis makes an axis of a grouping.
func (c *reporter) axis(ctx context.Context, g desk.Grouping, r *desk.TicketReport) (*axis, error) {
	switch g {
	case desk.ByStatus:
		return statusAxis(), nil
	case desk.ByQueue:
		return c.queueAxis(ctx)
	case desk.ByOwner:
		return c.peopleAxis(tally.By{Number: query.Owner}, "Owner.id SHALLOW = ", "Owner = 'Nobody'"), nil
	case desk.ByCustomer:
		return c.peopleAxis(tally.By{Holder: desk.CustomerRole}, "Customer.id = ", "Customer IS NULL"), nil
	case desk.ByRequestor:
		return c.peopleAxis(tally.By{Holder: desk.Requestor}, "Requestor.id SHALLOW = ", "Requestor IS NULL"), nil
	case desk.ByPriority:
		return priorityAxis(), nil
	case desk.ByAge:
		return c.ageAxis(), nil
	case desk.ByWaiting:
		return c.waitingAxis(), nil
	}
	if g.Field() != 0 {
		return c.fieldAxis(ctx, g.Field())
	}
	return c.periodAxis(g, r.Last), nil
}

func statusAxis() *axis {
	order := func(s string) int {
		if i := slices.Index(desk.Statuses(), desk.Status(s)); i >= 0 {
			return i
		}
		return len(desk.Statuses())
	}
	return &axis{
		name: func(_ context.Context, c tally.Counted, keys []int64) (map[int64]axisGroup, error) {
			named := map[int64]axisGroup{}
			for _, key := range keys {
				status := string(c.Statuses[key])
				named[key] = axisGroup{ReportGroup: ReportGroup{Key: status}, cond: "Status = " + quotedValue(status)}
			}
			return named, nil
		},
		before: func(a, b axisGroup) int {
			return cmp.Or(cmp.Compare(order(a.Key), order(b.Key)), cmp.Compare(a.Key, b.Key))
		},
	}
}

func (c *reporter) queueAxis(ctx context.Context) (*axis, error) {
	queues, err := c.queueNames(ctx)
	return &axis{
		by: tally.By{Number: query.Queue},
		name: func(_ context.Context, _ tally.Counted, keys []int64) (map[int64]axisGroup, error) {
			named := map[int64]axisGroup{}
			for _, key := range keys {
				name := queues[desk.QueueID(key)]
				named[key] = axisGroup{ReportGroup: ReportGroup{Key: keyText(key), Text: name}, cond: "Queue = " + quotedValue(name)}
			}
			return named, nil
		},
	}, err
}

// keyText writes a number as a key.
func keyText(n int64) string { return strconv.FormatInt(n, 10) }

// peopleAxis groups by principals; cond and none are the conditions that it is
// one of them, and that it is nobody.
func (c *reporter) peopleAxis(by tally.By, cond, none string) *axis {
	return &axis{by: by, name: func(ctx context.Context, _ tally.Counted, keys []int64) (map[int64]axisGroup, error) {
		ids := make([]desk.PrincipalID, len(keys))
		for i, key := range keys {
			ids[i] = desk.PrincipalID(key)
		}
		names, err := c.names(ctx, ids)
		named := map[int64]axisGroup{0: {ReportGroup: ReportGroup{Key: NoGroup}, cond: none}}
		for _, key := range keys {
			if key != 0 {
				named[key] = axisGroup{ReportGroup: ReportGroup{Key: keyText(key), Text: names[desk.PrincipalID(key)].Text}, cond: cond + keyText(key)}
			}
		}
		return named, err
	}}
}

func priorityAxis() *axis {
	return &axis{
		by: tally.By{Number: query.Priority},
		name: func(_ context.Context, _ tally.Counted, keys []int64) (map[int64]axisGroup, error) {
			named := map[int64]axisGroup{}
			for _, key := range keys {
				named[key] = axisGroup{ReportGroup: ReportGroup{Key: keyText(key), Text: keyText(key)}, cond: "Priority = " + keyText(key)}
			}
			return named, nil
		},
		before: func(a, b axisGroup) int { return cmp.Compare(b.key, a.key) },
	}
}

// fieldAxis groups by the values of a custom field, where the actor may see
// them: one that he may not see is like none.
func (c *reporter) fieldAxis(ctx context.Context, id desk.FieldID) (*axis, error) {
	f, err := c.fieldWhere(ctx, func(f *desk.Field) bool { return f.ID == id })
	if err != nil {
		return nil, err
	}
	known, err := c.knowsField(ctx, f)
	if err != nil {
		return nil, err
	}
	if !known || f.Disabled || f.Of != desk.OfTickets {
		return nil, noField()
	}
	parts, err := (&binder{op: c.op}).whereSeen(ctx, f, "")
	if err != nil {
		return nil, err
	}
	seen := c.ledger.Holds(&query.Test{What: query.All, Tests: parts})
	texts := []string{""} // by key
	keys := map[string]int64{}
	values := map[desk.TicketID][]int64{}
	err = c.EachFieldValue(ctx, id, func(ticket desk.TicketID, v desk.FieldValue) {
		if choice := f.Choice(desk.ChoiceID(v.Number)); f.Kind.Chosen() && choice != nil {
			v.Text = choice.Name
		}
		if v.Text == "" || !seen(ticket) {
			return
		}
		if keys[v.Text] == 0 {
			keys[v.Text] = int64(len(texts))
			texts = append(texts, v.Text)
		}
		if !slices.Contains(values[ticket], keys[v.Text]) {
			values[ticket] = append(values[ticket], keys[v.Text])
		}
	})
	name := "CF.{" + f.Name + "}"
	return &axis{by: tally.By{Values: values}, name: func(_ context.Context, _ tally.Counted, found []int64) (map[int64]axisGroup, error) {
		named := map[int64]axisGroup{0: {ReportGroup: ReportGroup{Key: NoGroup}, cond: name + " IS NULL"}}
		for _, key := range found {
			if key != 0 {
				named[key] = axisGroup{ReportGroup: ReportGroup{Key: texts[key], Text: texts[key]}, cond: name + " = " + quotedValue(texts[key])}
			}
		}
		return named, nil
	}}, err
}

// ranged makes an axis of moments, which ascend; group i is from edge i to
// before the next one. write writes an edge for a query of the field.
func ranged(column query.Column, field string, edges []time.Time, keys []ReportGroup, write func(time.Time) string) *axis {
	a := &axis{by: tally.By{Time: column}, ranges: []axisGroup{}}
	for i, edge := range edges {
		at := int64(1) // what is not set is nowhere
		if !edge.IsZero() {
			at = max(edge.UnixMicro(), 1)
		}
		a.by.Bounds = append(a.by.Bounds, at)
		if i == len(edges)-1 {
			break
		}
		var conds []string
		if !edge.IsZero() {
			conds = append(conds, field+" >= '"+write(edge)+"'")
		}
		if next := edges[i+1]; next.Before(farAway()) {
			conds = append(conds, field+" < '"+write(next)+"'")
		}
		cond := allOf(conds)
		a.ranges = append(a.ranges, axisGroup{ReportGroup: keys[i], key: int64(i), cond: cond})
	}
	return a
}

// farAway is a moment after all others.
func farAway() time.Time { return time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC) }

// ageAxis groups by how many midnights ago tickets were opened.
func (c *reporter) ageAxis() *axis {
	today := midnight(c.now.In(c.zone))
	edges := []time.Time{{}}
	for _, days := range []int{90, 30, 14, 7, 3, 1, 0} {
		edges = append(edges, today.AddDate(0, 0, -days))
	}
	var keys []ReportGroup
	for _, key := range []string{"91-", "31-90", "15-30", "8-14", "4-7", "2-3", "1", "0"} {
		keys = append(keys, ReportGroup{Key: key})
	}
	a := ranged(query.Created, "Created", append(edges, farAway()), keys, writtenDay)
	slices.Reverse(a.ranges)
	return a
}

// waitingAxis groups by for how many hours a customer has waited.
func (c *reporter) waitingAxis() *axis {
	now := c.now.Truncate(time.Minute)
	edges := []time.Time{{}}
	for _, hours := range []time.Duration{168, 48, 24, 4} {
		edges = append(edges, now.Add(-hours*time.Hour))
	}
	var keys []ReportGroup
	for _, key := range []string{"168-", "48-168", "24-48", "4-24", "0-4"} {
		keys = append(keys, ReportGroup{Key: key})
	}
	a := ranged(query.Asked, "Waiting", append(edges, farAway()), keys, func(t time.Time) string { return t.UTC().Format(time.RFC3339) })
	a.whole = "Waiting IS NOT NULL"
	slices.Reverse(a.ranges)
	return a
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

func writtenDay(t time.Time) string { return t.Format(time.DateOnly) }

// periodAxis groups by the last days, weeks from Monday on, or months.
func (c *reporter) periodAxis(g desk.Grouping, last int) *axis {
	of, unit := g.Period()
	today := midnight(c.now.In(c.zone))
	start, step, usual := today, [2]int{0, 1}, 30
	switch unit {
	case "week":
		start, step, usual = today.AddDate(0, 0, -(int(today.Weekday())+6)%7), [2]int{0, 7}, 12
	case "month":
		start, step, usual = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, c.zone), [2]int{1, 0}, 12
	}
	var edges []time.Time
	var keys []ReportGroup
	for i := cmpTop(last, usual) - 1; i >= -1; i-- {
		at := start.AddDate(0, -i*step[0], -i*step[1])
		edges = append(edges, at)
		keys = append(keys, ReportGroup{Key: writtenDay(at), At: at})
	}
	column, field := query.Created, "Created"
	if of == "resolved" {
		column, field = query.Resolved, "Resolved"
	}
	a := ranged(column, field, edges, keys, writtenDay)
	a.partial = true
	if of == "flow" {
		for i := range a.ranges {
			a.ranges[i].ended = strings.ReplaceAll(a.ranges[i].cond, "Created", "Resolved")
		}
	}
	return a
}
