package store

import (
	"context"

	"gatehouse/desk"
)

// partly reports whether a list is sorted by what was last done, or by who did
// it, for somebody who
// may read the comments of some of its tickets and not of all. Then no index has
// its order.
func (l *listing) partly(by Sort) bool {
	return (by.By == "updated" || by.By == "updater") && by.Comments != nil && !by.Comments.All && !by.Comments.Empty() && !by.Comments.Equal(l.s) &&
		l.f.IDs == nil && l.f.few == nil
}

// readPartly reads a page of such a list as two, each from an index: of the
// tickets whose comments he may read, by what was last done at all, and of the
// others by what everybody could see. f is the filter as it was asked.
func (l *listing) readPartly(ctx context.Context, f TicketFilter, by Sort) ([]desk.Ticket, []SortEnd, error) {
	read, conds := newScoped(l.tx.d, &l.w, by.Comments).inScope(), l.conds
	few, err := l.tx.fewInScope(ctx, by.Comments, f)
	if err != nil {
		return nil, nil, err
	}
	l.conds, l.f.IDs = append(conds[:len(conds):len(conds)], "("+read+") IS TRUE"), few
	if few != nil {
		l.conds = append(l.conds, in(l.tx.d, &l.w, "t.id", numbers(few)))
	}
	list, ends, err := l.readBy(ctx, sortKeys(l.tx.d.collate, whatever)[by.By], by)
	if err != nil {
		return nil, nil, err
	}
	l.conds, l.f.IDs = append(conds[:len(conds):len(conds)], "("+read+") IS NOT TRUE"), nil
	if len(list) == l.limit && by.By == "updated" { // no ticket behind the last one of these gets onto the page
		l.conds = append(l.conds, "t.heard"+than(!by.Down)+"= "+l.w.arg(ends[len(ends)-1].Number))
	}
	more, also, err := l.readBy(ctx, sortKeys(l.tx.d.collate, heardOnly)[by.By], by)
	list, ends = sortedBoth(append(list, more...), append(ends, also...), by.Down)
	return list, ends, err
}

// readBy reads a page name by name where that is quicker, else in the order of
// its column.
func (l *listing) readBy(ctx context.Context, key sortKey, by Sort) ([]desk.Ticket, []SortEnd, error) {
	most := l.limit
	defer func() { l.limit = most }()
	named, err := l.manyNamed(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	if named {
		return l.readNamed(ctx, key, by)
	}
	return l.readOrdered(ctx, key, by)
}
