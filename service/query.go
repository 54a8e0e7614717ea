package service

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

// QueryError is a mistake in a query, with its position. It is the cause of the
// error of kind Invalid that a list with such a query gives.
type QueryError = query.Error

// QueryMistake returns the mistake in a query that an error tells of, or nil.
func QueryMistake(err error) *QueryError {
	var mistake *QueryError
	if errors.As(err, &mistake) {
		return mistake
	}
	return nil
}

// CheckQuery tells whether a text is a query: nil, or an error with the mistake.
// That a name in it means nothing is no mistake.
func (s *Service) CheckQuery(ctx context.Context, by desk.Actor, text string) error {
	return s.view(ctx, by, func(o *op) error { return o.bindFilter(ctx, &TicketFilter{Query: text}) })
}

// parse reads a query in the actor's time zone.
func (b *binder) parse(ctx context.Context, text string) (*query.Expr, error) {
	if b.now.IsZero() {
		zone, err := b.zone(ctx)
		if err != nil {
			return nil, err
		}
		b.now = b.queryTime().In(zone)
	}
	e, err := query.Parse(text, b.now)
	if err != nil {
		return nil, &desk.Error{Kind: desk.Invalid, Text: err.Error(), Fields: map[string]string{"query": err.Error()}, Cause: err}
	}
	return e, nil
}

// queryTime is what queries call now.
func (o *op) queryTime() time.Time {
	if o.byMinute {
		return o.s.Now().Truncate(time.Minute)
	}
	return o.s.Now()
}

// zone is where the actor's days begin.
func (o *op) zone(ctx context.Context) (*time.Location, error) {
	if o.by.User == 0 {
		return o.s.Zone(), nil
	}
	u, err := o.User(ctx, o.by.User)
	if err != nil || u.Zone == "" {
		return o.s.Zone(), err
	}
	if zone, err := time.LoadLocation(u.Zone); err == nil {
		return zone, nil
	}
	return o.s.Zone(), nil // a zone that this machine does not know
}

// bindFilter makes a test of the query of a filter, and says which comments are
// searched.
func (o *op) bindFilter(ctx context.Context, f *TicketFilter) error {
	return (&binder{op: o}).filter(ctx, f)
}

// filter is bindFilter.
func (b *binder) filter(ctx context.Context, f *TicketFilter) error {
	f.TextComments = b.scope(desk.ShowTicketComments)
	f.Test = nil
	if f.Statuses != nil || f.Query != "" {
		book, err := b.lives(ctx)
		if err != nil {
			return err
		}
		f.Kinds = book.Kinds()
	}
	if strings.TrimSpace(f.Query) != "" {
		e, err := b.parse(ctx, f.Query)
		if err != nil {
			return err
		}
		b.comments, b.kinds = f.TextComments, f.Kinds
		t, err := b.expr(ctx, e)
		if err != nil {
			return err
		}
		f.Test = &t
	}
	if err := b.leaveApprovals(ctx, f); err != nil {
		return err
	}
	return b.keepToKnown(ctx, f)
}

// leaveApprovals makes a filter that wants no approvals one of queues that have
// none.
func (o *op) leaveApprovals(ctx context.Context, f *TicketFilter) error {
	if !f.NoApprovals {
		return nil
	}
	b, err := o.lives(ctx)
	if err != nil {
		return err
	}
	queues := b.Approving()
	if len(queues) == 0 {
		return nil
	}
	elsewhere := query.NotThis(query.Test{What: query.In, Column: query.Queue, Numbers: numbersOf(queues)})
	if f.Test != nil {
		elsewhere = query.Test{What: query.All, Tests: []query.Test{*f.Test, elsewhere}}
	}
	f.Test = &elsewhere
	return nil
}

// A binder makes numbers of the names in a query. A name of something that the
// actor may not know means nothing, as one of something that is not there. It
// reads what it needs once, for as many queries as it is asked.
type binder struct {
	*op
	now      time.Time // where the actor is; zero: not asked yet
	comments *desk.Scope
	roles    []desk.Role
	queues   []desk.Queue
	kinds    map[desk.Status]desk.StatusKind
	known    []desk.PrincipalID // all that a contact may know; nil: not asked yet
}

func (b *binder) expr(ctx context.Context, e *query.Expr) (query.Test, error) {
	if e.Op == query.Is {
		t, err := b.cond(ctx, e.Cond)
		if e.Cond.Negated {
			t = query.NotThis(t)
		}
		return t, err
	}
	t := query.Test{What: map[query.Op]query.What{query.And: query.All, query.Or: query.One, query.Not: query.No}[e.Op]}
	for i := range e.Parts {
		part, err := b.expr(ctx, &e.Parts[i])
		if err != nil {
			return t, err
		}
		t.Tests = append(t.Tests, part)
	}
	return t, nil
}

// cond is what a condition asks, whether negated or not.
func (b *binder) cond(ctx context.Context, c *query.Cond) (query.Test, error) {
	switch c.Field.Kind {
	case query.StatusKind:
		return b.statusTest(c), nil
	case query.QueueKind:
		return b.queueTest(ctx, c)
	case query.NumberKind, query.MinutesKind:
		return numberTest(c), nil
	case query.TimeKind:
		return b.asShown(c, func(c *query.Cond) (query.Test, error) { return b.timeTest(c), nil })
	case query.TextKind:
		return textTest(c), nil
	case query.ContentKind:
		return b.contentTest(c), nil
	case query.UserKind:
		return b.asShown(c, func(c *query.Cond) (query.Test, error) { return b.userTest(ctx, c) })
	case query.WatcherKind:
		return b.watcherTest(ctx, c)
	case query.GroupKind:
		return b.groupTest(ctx, c)
	case query.CustomerKind:
		return b.customerTest(ctx, c)
	case query.LinkKind:
		return b.linkTest(ctx, c)
	case query.TypeKind:
		return typeTest(c), nil
	}
	return b.customTest(ctx, c)
}

// patterns are those of the values of a condition.
func patterns(c *query.Cond) []string {
	list := make([]string, len(c.Values))
	for i, v := range c.Values {
		list[i] = query.Pattern(c.How, v.Text)
	}
	return list
}

func (b *binder) statusTest(c *query.Cond) query.Test {
	t := query.Test{What: query.Texts, Column: query.Status}
	for _, s := range slices.Sorted(maps.Keys(b.kinds)) {
		fits := slices.ContainsFunc(c.Values, func(v query.Value) bool {
			switch strings.ToLower(v.Text) {
			case "__active__":
				return b.kinds[s].Active()
			case "__inactive__":
				return !b.kinds[s].Active()
			}
			return query.Match(query.Pattern(c.How, v.Text), string(s))
		})
		if fits {
			t.Patterns = append(t.Patterns, string(s))
		}
	}
	if t.Patterns == nil {
		return query.Never()
	}
	return t
}

// queueTest: whoever sees a ticket sees the name of its queue, so that queues
// need not be hidden here.
func (b *binder) queueTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	queues, err := b.allQueues(ctx)
	t := query.Test{What: query.In, Column: query.Queue, Numbers: []int64{}}
	for _, q := range queues {
		fits := slices.ContainsFunc(c.Values, func(v query.Value) bool {
			return query.Match(query.Pattern(c.How, v.Text), desk.Fold(q.Name)) ||
				c.How == query.Equal && v.IsNumber && v.Number == int64(q.ID)
		})
		if fits {
			t.Numbers = append(t.Numbers, int64(q.ID))
		}
	}
	return t, err
}

func (b *binder) allQueues(ctx context.Context) ([]desk.Queue, error) {
	if b.queues != nil {
		return b.queues, nil
	}
	var err error
	b.queues, err = b.Queues(ctx)
	return b.queues, err
}

// numberTest compares whole numbers.
func numberTest(c *query.Cond) query.Test {
	if c.How == query.Equal {
		t := query.Test{What: query.In, Column: c.Field.Column, Numbers: []int64{}}
		for _, v := range c.Values {
			t.Numbers = append(t.Numbers, v.Number)
		}
		return t
	}
	return rangeOf(c.Field.Column, c.How, c.Values[0].Number, query.Lowest)
}

// rangeOf is a comparison with one number; lowest is the lowest that counts.
func rangeOf(column query.Column, how query.How, n, lowest int64) query.Test {
	t := query.Test{What: query.Between, Column: column, From: lowest, To: query.Highest}
	switch how {
	case query.Less:
		t.To = n
	case query.AtMost:
		t.To = after(n)
	case query.More:
		t.From = after(n)
	case query.AtLeast:
		t.From = n
	}
	return t
}

// after is the next number; the highest one has none.
func after(n int64) int64 {
	if n == query.Highest {
		return n
	}
	return n + 1
}

// asShown is a test of a condition about the last change: to whom comments are
// not shown, a ticket was last changed when he could see something of it.
func (b *binder) asShown(c *query.Cond, test func(*query.Cond) (query.Test, error)) (query.Test, error) {
	heard := *c
	heard.Field.Column = heardInstead(c.Field.Column)
	heard.Values = slices.Clone(c.Values)
	about := heard.Field.Column != c.Field.Column
	for i := range heard.Values {
		of := &heard.Values[i].Field
		about = about || heardInstead(of.Column) != of.Column
		of.Column = heardInstead(of.Column)
	}
	switch {
	case !about || b.comments.All || b.comments.Equal(b.scope(desk.ShowTicket)):
		return test(c)
	case b.comments.Empty():
		return test(&heard)
	}
	shown, err := test(c)
	if err != nil {
		return shown, err
	}
	hidden, err := test(&heard)
	seen := query.Test{What: query.Covered, Scope: b.comments}
	return query.Test{What: query.One, Tests: []query.Test{
		{What: query.All, Tests: []query.Test{seen, shown}},
		{What: query.All, Tests: []query.Test{query.NotThis(seen), hidden}},
	}}, err
}

// heardInstead is what of a column everybody on the ticket can see.
func heardInstead(c query.Column) query.Column {
	switch c {
	case query.Updated:
		return query.Heard
	case query.UpdatedBy:
		return query.HeardBy
	}
	return c
}

// timeTest compares times. What was agreed is between the desk and itself.
func (b *binder) timeTest(c *query.Cond) query.Test {
	hidden := func(f query.Field) bool { return f.Column == query.ClockDue && !b.isAgent() }
	switch {
	case hidden(c.Field) && c.How == query.Null:
		return query.Test{What: query.All}
	case hidden(c.Field), slices.ContainsFunc(c.Values, func(v query.Value) bool { return hidden(v.Field) }):
		return query.Never()
	}
	return timeTest(c, c.Field.Column)
}

// isSet is the first moment that is not "not set".
const isSet = 1

func timeTest(c *query.Cond, column query.Column) query.Test {
	set := query.Test{What: query.Between, Column: column, From: isSet, To: query.Highest}
	if c.How == query.Null {
		return query.NotThis(set)
	}
	t := query.Test{What: query.One}
	for _, v := range c.Values {
		switch {
		case v.Field.Name != "" && c.How == query.More:
			return query.Test{What: query.After, Column: column, Other: v.Field.Column}
		case v.Field.Name != "":
			return query.Test{What: query.All, Tests: []query.Test{set, {What: query.After, Column: v.Field.Column, Other: column}}}
		case c.How == query.Equal:
			t.Tests = append(t.Tests, query.Test{What: query.Between, Column: column, From: max(v.Day, isSet), To: v.NextDay})
		default:
			t.Tests = append(t.Tests, rangeOf(column, c.How, v.Moment, isSet))
		}
	}
	return t
}

func textTest(c *query.Cond) query.Test {
	if c.How == query.Null {
		return query.Test{What: query.Texts, Column: c.Field.Column, Patterns: []string{""}}
	}
	return query.Test{What: query.Texts, Column: c.Field.Column, Patterns: patterns(c)}
}

func (b *binder) contentTest(c *query.Cond) query.Test {
	t := query.Test{What: query.One}
	for _, v := range c.Values {
		t.Tests = append(t.Tests, query.Test{What: query.Words, Words: v.Text, Scope: b.comments})
	}
	if len(t.Tests) == 1 {
		return t.Tests[0]
	}
	return t
}

func typeTest(c *query.Cond) query.Test {
	if slices.ContainsFunc(c.Values, func(v query.Value) bool { return strings.EqualFold(v.Text, "ticket") }) {
		return query.Always()
	}
	return query.Never()
}

// linkTest: only links to tickets that the actor may see count.
func (b *binder) linkTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	t := query.Test{What: query.Linked, Dir: c.Field.Dir, Scope: b.scope(desk.ShowTicket)}
	if c.Field.Link != "" {
		t.Links = []string{c.Field.Link}
	}
	if c.How == query.Null {
		return query.NotThis(t), nil
	}
	t.Numbers = []int64{}
	for _, v := range c.Values {
		id := v.Number
		other, err := b.ticketFor(ctx, desk.ShowTicket, desk.TicketID(id))
		switch {
		case err == nil && other.MergedInto != 0:
			id = int64(other.MergedInto)
		case err != nil && desk.KindOf(err) != desk.NotFound && desk.KindOf(err) != desk.Forbidden:
			return t, err
		}
		t.Numbers = append(t.Numbers, id)
	}
	return t, nil
}

// matched is what of a person or customer a condition compares.
func matched(c *query.Cond, by string) store.Match {
	m := store.Match{By: by}
	if c.How != query.Equal {
		m.Patterns = patterns(c)
		return m
	}
	for _, v := range c.Values {
		m.Equal = append(m.Equal, v.Text)
	}
	return m
}
