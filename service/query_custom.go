package service

import (
	"context"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/query"
)

// customTest compares values of a custom field, where the actor may see them: a
// value that he may not see is like none, and a field that he may not know of
// is like one that is not there.
func (b *binder) customTest(ctx context.Context, c *query.Cond) (query.Test, error) {
	none := query.Never()
	null := c.How == query.Null || c.How == query.Equal && len(c.Values) == 1 && c.Values[0].Text == ""
	if null {
		none = query.Always()
	}
	f, err := b.fieldNamed(ctx, c.Name)
	if desk.KindOf(err) == desk.NotFound {
		return none, nil
	}
	if err != nil {
		return none, err
	}
	known, err := b.knowsField(ctx, f)
	if err != nil || !known || f.Of != desk.OfTickets || f.Disabled {
		return none, err
	}
	seen, err := b.whereSeen(ctx, f, c.Place)
	if err != nil {
		return none, err
	}
	if null {
		return query.NotThis(query.Test{What: query.All, Tests: append([]query.Test{query.HasValue(f.ID)}, seen...)}), nil
	}
	value, err := b.valueTest(ctx, c, f)
	return query.Test{What: query.All, Tests: append([]query.Test{value}, seen...)}, err
}

// whereSeen are the tests that leave the tickets on which the actor may see
// the field, of one queue where that is named.
func (b *binder) whereSeen(ctx context.Context, f *desk.Field, queue string) ([]query.Test, error) {
	var tests []query.Test
	if !f.Everywhere {
		t := query.Test{What: query.In, Column: query.Queue, Numbers: []int64{}}
		for _, q := range f.Queues {
			t.Numbers = append(t.Numbers, int64(q))
		}
		tests = append(tests, t)
	}
	if queue != "" {
		queues, err := b.allQueues(ctx)
		if err != nil {
			return nil, err
		}
		t := query.Test{What: query.In, Column: query.Queue, Numbers: []int64{}}
		for _, q := range queues {
			if desk.Fold(q.Name) == desk.Fold(queue) {
				t.Numbers = append(t.Numbers, int64(q.ID))
			}
		}
		tests = append(tests, t)
	}
	if scope := b.scope(desk.SeeCustomField); !scope.All && !b.can(desk.SeeCustomField, access.Field(f.ID)) {
		tests = append(tests, query.Test{What: query.Covered, Scope: scope})
	}
	return tests, nil
}

// valueTest compares values by what they are: choices and yes or no by name,
// numbers and times as such, all others as texts.
func (b *binder) valueTest(ctx context.Context, c *query.Cond, f *desk.Field) (query.Test, error) {
	t := query.Test{What: query.Valued, Custom: f.ID}
	compares := c.How != query.Like && c.How != query.Starts && c.How != query.Ends
	switch {
	case f.Kind.Chosen():
		t.Numbers = chosenNumbers(c, f)
		return t, b.onlyEqual(c, f, compares && c.How != query.Equal)
	case f.Kind == desk.MomentField && compares:
		return b.momentTest(ctx, c, f)
	case f.Kind.Ordered() && compares:
		return b.orderedTest(ctx, c, f)
	}
	if err := b.onlyEqual(c, f, compares && c.How != query.Equal); err != nil {
		return t, err
	}
	t.Patterns = patterns(c)
	return t, nil
}

// onlyEqual refuses to ask which of two values that have no order is greater.
func (b *binder) onlyEqual(c *query.Cond, f *desk.Field, wrong bool) error {
	if !wrong {
		return nil
	}
	return b.mistake(c, c.At, len([]rune(c.Field.Name)), f.Name+" has no order; compare it with =, LIKE, STARTSWITH or ENDSWITH")
}

func (b *binder) mistake(c *query.Cond, at, length int, what string) error {
	mistake := &query.Error{At: at, Length: length, What: what}
	return &desk.Error{Kind: desk.Invalid, Text: mistake.Error(), Fields: map[string]string{"query": mistake.Error()}, Cause: mistake}
}

// chosenNumbers are the choices that fit, disabled ones too.
func chosenNumbers(c *query.Cond, f *desk.Field) []int64 {
	list := []int64{}
	for _, choice := range f.Choices {
		if slices.ContainsFunc(patterns(c), func(p string) bool { return query.Match(p, desk.Fold(choice.Name)) }) {
			list = append(list, int64(choice.ID))
		}
	}
	return list
}

// orderedTest compares whole and decimal numbers and days.
func (b *binder) orderedTest(ctx context.Context, c *query.Cond, f *desk.Field) (query.Test, error) {
	zone, err := b.zone(ctx)
	if err != nil {
		return query.Never(), err
	}
	any := query.Test{What: query.One}
	for _, v := range c.Values {
		n, ok := int64(0), false
		if f.Kind == desk.DayField {
			if at, fits := query.ParseTime(v.Text, b.queryTime().In(zone)); fits {
				n, ok = int64(desk.DayOf(at)), true
			}
		} else {
			n, ok = numberOf(f, v.Text)
		}
		if !ok {
			return any, b.mistake(c, v.At, len([]rune(v.Text)), f.Name+" is compared with "+comparedWith(f.Kind))
		}
		t := query.Test{What: query.Valued, Custom: f.ID, Numbers: []int64{n}}
		if c.How != query.Equal {
			t = rangeOf("", c.How, n, query.Lowest)
			t.What, t.Custom = query.Valued, f.ID
		}
		any.Tests = append(any.Tests, t)
	}
	return oneOrAny(any), nil
}

// numberOf reads a number as values of the field are compared. A whole number
// can be compared with a fraction only in vain.
func numberOf(f *desk.Field, text string) (int64, bool) {
	values, err := (&desk.Field{Name: f.Name, Kind: f.Kind}).Check([]string{text}, nil, nil)
	if err != nil || len(values) == 0 {
		return 0, false
	}
	return values[0].Number, true
}

func comparedWith(k desk.FieldKind) string {
	switch k {
	case desk.WholeField:
		return "a whole number, as 42"
	case desk.DecimalField:
		return "a number, as 12.5"
	}
	return "a time, as '2026-03-14', 'today', '2 days ago' or 'in 3 hours'"
}

// momentTest compares moments; = means any time of that day.
func (b *binder) momentTest(ctx context.Context, c *query.Cond, f *desk.Field) (query.Test, error) {
	zone, err := b.zone(ctx)
	if err != nil {
		return query.Never(), err
	}
	any := query.Test{What: query.One}
	for _, v := range c.Values {
		at, ok := query.ParseTime(v.Text, b.queryTime().In(zone))
		if !ok {
			return any, b.mistake(c, v.At, len([]rune(v.Text)), f.Name+" is compared with "+comparedWith(f.Kind))
		}
		t := rangeOf("", c.How, at.UnixMicro(), query.Lowest)
		if c.How == query.Equal {
			day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
			t.From, t.To = day.UnixMicro(), day.AddDate(0, 0, 1).UnixMicro()
		}
		t.What, t.Custom = query.Valued, f.ID
		any.Tests = append(any.Tests, t)
	}
	return oneOrAny(any), nil
}

// oneOrAny is the only part of a test that has one.
func oneOrAny(t query.Test) query.Test {
	if len(t.Tests) == 1 {
		return t.Tests[0]
	}
	return t
}
