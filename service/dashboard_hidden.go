package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/query"
)

// keepBack takes out of a dashboard what names things that its reader may not
// know of, unless he may change it: somebody else wrote its queries.
func (o *op) keepBack(ctx context.Context, line *DashboardLine) error {
	line.Hidden = make([]bool, len(line.Parts))
	if line.May {
		return nil
	}
	line.Parts = slices.Clone(line.Parts)
	b := &binder{op: o}
	for i := range line.Parts {
		r := &line.Parts[i].Report
		hidden, err := b.namesHidden(ctx, r)
		if err != nil {
			return err
		}
		if hidden {
			line.Hidden[i] = true
			*r = desk.TicketReport{Title: r.Title, Measure: desk.HowMany, Chart: desk.NoChart}
		}
	}
	return nil
}

// namesHidden reports whether a report names a queue, a group or a custom field
// that the actor may not know of. Those who work at the desk may know its people
// and customers.
func (b *binder) namesHidden(ctx context.Context, r *desk.TicketReport) (bool, error) {
	for _, g := range r.By {
		if g.Field() == 0 {
			continue
		}
		f, err := b.fieldWhere(ctx, func(f *desk.Field) bool { return f.ID == g.Field() })
		if known, err := b.knownField(ctx, f, err); err != nil || !known {
			return true, err
		}
	}
	if strings.TrimSpace(r.Query) == "" {
		return false, nil
	}
	e, err := b.parse(ctx, r.Query)
	if desk.KindOf(err) == desk.Invalid {
		return false, nil // it names nothing, and its report says what is wrong
	}
	if err != nil {
		return false, err
	}
	return b.hidesAny(ctx, e)
}

// hidesAny reports whether hides does of one of the conditions of a query.
func (b *binder) hidesAny(ctx context.Context, e *query.Expr) (hidden bool, err error) {
	e.Conditions(func(c *query.Cond) {
		if err == nil && !hidden {
			hidden, err = b.hides(ctx, c)
		}
	})
	return hidden, err
}

// knownField reports whether the actor may know of a field that was looked for.
func (o *op) knownField(ctx context.Context, f *desk.Field, err error) (bool, error) {
	switch {
	case desk.KindOf(err) == desk.NotFound:
		return false, nil
	case err != nil:
		return false, err
	}
	return o.knowsField(ctx, f)
}

// hides reports whether a condition names what the actor may not know of, or
// what there is not: the two are not told apart.
func (b *binder) hides(ctx context.Context, c *query.Cond) (bool, error) {
	switch c.Field.Kind {
	case query.QueueKind:
		return b.hidesQueue(ctx, c.How, c.Values)
	case query.GroupKind:
		for _, v := range c.Values {
			if g, err := b.groupNamed(ctx, v); err != nil || g == 0 {
				return true, err
			}
		}
	case query.CustomKind:
		f, err := b.fieldNamed(ctx, c.Name)
		if known, err := b.knownField(ctx, f, err); err != nil || !known {
			return true, err
		}
		if c.Place != "" {
			return b.hidesQueue(ctx, query.Equal, []query.Value{{Text: c.Place}})
		}
	}
	return false, nil
}

// hidesQueue reports whether one of the values fits no queue that the actor may
// see.
func (b *binder) hidesQueue(ctx context.Context, how query.How, values []query.Value) (bool, error) {
	queues, err := b.allQueues(ctx)
	for _, v := range values {
		seen := slices.ContainsFunc(queues, func(q desk.Queue) bool {
			fits := query.Match(query.Pattern(how, v.Text), desk.Fold(q.Name)) || how == query.Equal && v.IsNumber && v.Number == int64(q.ID)
			return fits && b.can(desk.SeeQueue, access.Queue(q.ID))
		})
		if !seen {
			return true, err
		}
	}
	return false, err
}

// DashboardReports counts the reports of a dashboard that the actor may see
// (SeeDashboard), as Reports does. Zero is the dashboard that every desk has. Of
// a report that names what he may not know of he learns that it does.
func (s *Service) DashboardReports(ctx context.Context, by desk.Actor, id desk.DashboardID) (*DashboardLine, []ReportResult, error) {
	line := &DashboardLine{Dashboard: desk.StartingDashboard()}
	line.Hidden = make([]bool, len(line.Parts))
	if id != 0 {
		var err error
		if line, err = s.Dashboard(ctx, by, id); err != nil {
			return nil, nil, err
		}
	}
	reports := make([]desk.TicketReport, len(line.Parts))
	for i, part := range line.Parts {
		reports[i] = part.Report
		if line.Hidden[i] {
			reports[i].Measure = "hidden" // which is not counted
		}
	}
	results, err := s.Reports(ctx, by, reports)
	for i := range results {
		if line.Hidden[i] {
			results[i] = ReportResult{Err: desk.Errorf(desk.NotFound, "This report asks for something that is not there for you.")}
		}
	}
	return line, results, err
}
