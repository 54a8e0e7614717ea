package tally

import (
	"slices"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// An asker marks those tickets of a page, among them some that are not there,
// of which something is true.
type asker func(p *page, out *marks)

// Foreign returns the parts of a test that a Ledger cannot answer. Whoever
// counts puts query.In with query.ID in their places.
func Foreign(t *query.Test) []*query.Test {
	switch t.What {
	case query.All, query.One, query.No:
		var list []*query.Test
		for i := range t.Tests {
			list = append(list, Foreign(&t.Tests[i])...)
		}
		return list
	case query.Stands, query.Covered:
		return nil
	case query.In, query.Between:
		if knows(t.Column) {
			return nil
		}
	case query.After:
		if knows(t.Column) && knows(t.Other) {
			return nil
		}
	case query.Texts:
		if t.Column == query.Status {
			return nil
		}
	}
	return []*query.Test{t}
}

func knows(c query.Column) bool {
	_, ok := place(c)
	return ok || c == query.ID
}

// ask makes an asker of a test of which no part is foreign.
func (l *Ledger) ask(t *query.Test) asker {
	switch t.What {
	case query.All, query.One:
		return l.askAll(t)
	case query.No:
		inner := l.ask(&t.Tests[0])
		return func(p *page, out *marks) { inner(p, out); out.invert() }
	case query.In:
		if t.Column == query.ID {
			return askIDs(t.Numbers)
		}
		set := newSet(t.Numbers)
		return askNumber(t.Column, set.has)
	case query.Between:
		from, to := t.From, t.To
		return askNumber(t.Column, func(n int64) bool { return n >= from && (n < to || to == query.Highest) })
	case query.After:
		return askAfter(t)
	case query.Texts:
		return l.askStatus(t.Patterns)
	case query.Stands:
		return askStands(t)
	case query.Covered:
		return covers(t.Scope)
	}
	return func(_ *page, out *marks) { *out = marks{} }
}

func (l *Ledger) askAll(t *query.Test) asker {
	var parts []asker
	for i := range t.Tests {
		parts = append(parts, l.ask(&t.Tests[i]))
	}
	all := t.What == query.All
	return func(p *page, out *marks) {
		*out = marks{}
		if all {
			out.invert()
		}
		for _, part := range parts {
			var m marks
			part(p, &m)
			if all {
				out.and(&m)
			} else {
				out.or(&m)
			}
		}
	}
}

// askIDs marks tickets by number.
func askIDs(ids []int64) asker {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	return func(p *page, out *marks) {
		*out = marks{}
		at, _ := slices.BinarySearch(sorted, int64(p.first))
		for _, id := range sorted[at:] {
			if id >= int64(p.first)+pageSize {
				return
			}
			out.set(int(id - int64(p.first)))
		}
	}
}

func askNumber(column query.Column, in func(int64) bool) asker {
	if column == query.ID {
		return func(p *page, out *marks) {
			p.mark(out, func(i int) bool { return in(int64(p.first) + int64(i)) })
		}
	}
	c, _ := place(column)
	return func(p *page, out *marks) {
		*out = marks{}
		numbers := p.numbers[c]
		if numbers == nil {
			if in(0) {
				out.invert()
			}
			return
		}
		for i, n := range numbers {
			if in(n) {
				out.set(i)
			}
		}
	}
}

func askAfter(t *query.Test) asker {
	a, _ := place(t.Column)
	b, _ := place(t.Other)
	id := t.Column == query.ID
	return func(p *page, out *marks) {
		*out = marks{}
		if p.numbers[b] == nil {
			return
		}
		for i, other := range p.numbers[b] {
			n := p.number(a, i)
			if id {
				n = int64(p.first) + int64(i)
			}
			if other > 0 && n > other {
				out.set(i)
			}
		}
	}
}

func (l *Ledger) askStatus(patterns []string) asker {
	fits := make([]bool, 256)
	for code, status := range l.statuses {
		fits[code] = slices.ContainsFunc(patterns, func(pattern string) bool { return query.Match(pattern, string(status)) })
	}
	return func(p *page, out *marks) {
		*out = marks{}
		for i, code := range p.status {
			if fits[code] {
				out.set(i)
			}
		}
	}
}

func askStands(t *query.Test) asker {
	var who *numberSet
	if t.Who != nil {
		who = newSet(t.Who)
	}
	stands := func(p *page, i int, h desk.Holder) bool {
		if who != nil && !who.has(int64(h.Who)) {
			return false
		}
		for _, on := range t.Roles {
			if on.Role == h.Role && (on.Queues == nil || slices.Contains(on.Queues, desk.QueueID(p.number(queueColumn, i)))) {
				return true
			}
		}
		return false
	}
	return func(p *page, out *marks) {
		p.mark(out, func(i int) bool {
			return slices.ContainsFunc(p.held(i), func(h desk.Holder) bool { return stands(p, i, h) })
		})
	}
}

// mark marks the tickets of which something is true, and no others.
func (p *page) mark(out *marks, holds func(i int) bool) {
	*out = marks{}
	for i := range pageSize {
		if holds(i) {
			out.set(i)
		}
	}
}

// covers asks which tickets a scope covers. What can be told by the queue alone
// is; of tickets on which nobody stands through whom they are reached nothing
// more is asked.
func covers(s *desk.Scope) asker {
	if s.All {
		return func(p *page, out *marks) { *out = p.there }
	}
	var whole, some []desk.QueueID
	for _, q := range s.Queues {
		some = append(some, q.Queue)
		if q.Reach.All && !s.Contact {
			whole = append(whole, q.Queue)
		}
	}
	var who []desk.PrincipalID
	for _, p := range s.Principals {
		who = append(who, p.Who)
	}
	open, reached, through := newSet(whole), newSet(some), newSet(who)
	return func(p *page, out *marks) {
		*out = marks{}
		p.there.each(func(i int) {
			queue := p.number(queueColumn, i)
			if open.has(queue) {
				out.set(i)
				return
			}
			if !reached.has(queue) && !slices.ContainsFunc(p.held(i), func(h desk.Holder) bool { return through.has(int64(h.Who)) }) {
				return
			}
			if facts := p.facts(i); s.Covers(&facts) {
				out.set(i)
			}
		})
	}
}
