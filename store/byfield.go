package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// A SortField is a custom field by which a list is sorted: choices in their order,
// numbers and times as such, texts by their beginning; where there are several
// values, by the first. Tickets without a value come last, whichever way it goes.
type SortField struct {
	ID   desk.FieldID
	Kind desk.FieldKind
	// Choices are those of the field, in their order.
	Choices []int64
	// Seen is where the reader may see values; elsewhere there are none for him.
	Seen query.Test
}

// A valued is what is read of a list that is sorted by a custom field.
type valued struct {
	key   string // the value
	text  bool
	where []string // what it asks of value v and choice c
	order string   // by what its rows are sorted
	walk  bool     // from one value to the next, without the tickets that have none
}

// readByField reads a page of such a list: few tickets are sorted, of many the
// values are read in their order from an index, and then the tickets without one.
func (l *listing) readByField(ctx context.Context, by Sort) (list []desk.Ticket, ends []SortEnd, err error) {
	walks := l.f.IDs == nil && l.f.few == nil
	if walks && (l.f.Activity != Any || l.f.Queues != nil) {
		if walks, err = l.walks(ctx); err != nil {
			return nil, nil, err
		}
	}
	if !walks {
		return l.readValues(ctx, by, l.valuesOf(by, false))
	}
	most := l.limit
	if !by.After.Unset {
		if list, ends, err = l.readSet(ctx, by); err != nil || len(list) == most {
			return list, ends, err
		}
		by.After = SortEnd{Unset: true}
	}
	l.limit = most - len(list)
	none := l.valuesOf(by, false)
	none.where, none.order = append(none.where, "v.object IS NULL"), "t.id"+way(by.Down)
	more, also, err := l.readValues(ctx, by, none)
	return append(list, more...), append(ends, also...), err
}

// readSet reads a page of tickets that have a value.
func (l *listing) readSet(ctx context.Context, by Sort) (list []desk.Ticket, ends []SortEnd, err error) {
	v := l.valuesOf(by, true)
	if !by.Field.Kind.Chosen() {
		return l.readValues(ctx, by, v)
	}
	most, choices := l.limit, by.Field.Choices
	for i := range choices {
		at := i
		if by.Down {
			at = len(choices) - 1 - i
		}
		if by.After.ID != 0 && (int64(at) < by.After.Number) != by.Down && int64(at) != by.After.Number {
			continue
		}
		one := v
		one.order = "v.object" + way(by.Down)
		one.where = append(v.where[:len(v.where):len(v.where)], "v.number = "+l.w.arg(choices[at]))
		l.limit = most - len(list)
		some, also, err := l.readValues(ctx, by, one)
		if err != nil {
			return nil, nil, err
		}
		if list, ends = append(list, some...), append(ends, also...); len(list) == most {
			break
		}
		if int64(at) == by.After.Number {
			by.After = SortEnd{}
		}
	}
	return list, ends, nil
}

// valuesOf reads the tickets of the list with their values.
func (l *listing) valuesOf(by Sort, walk bool) valued {
	v := valued{key: "v.number", walk: walk}
	switch {
	case by.Field.Kind.Chosen():
		places := make([]string, len(by.Field.Choices))
		for i, c := range by.Field.Choices {
			places[i] = fmt.Sprintf("WHEN v.number = %d THEN %d", c, i)
		}
		v.key = fmt.Sprintf("CASE %s ELSE %d END", strings.Join(append(places, "WHEN v.number IS NULL THEN 0"), " "), len(places))
	case !by.Field.Kind.Ordered() && by.Field.Kind != desk.YesField:
		v.key, v.text = "v.short"+l.tx.d.collate, true
	}
	if v.order = v.key + way(by.Down) + ", t.id" + way(by.Down); !walk {
		v.order = "CASE WHEN v.object IS NULL THEN 1 ELSE 0 END, " + v.order
	} else {
		v.order = v.key + way(by.Down) + ", v.object" + way(by.Down)
	}
	if by.After.ID != 0 {
		v.where = append(v.where, l.behind(&v, by))
	}
	return v
}

// behind is the condition of what comes behind the end of the page before.
func (l *listing) behind(v *valued, by Sort) string {
	id := l.w.arg(int64(by.After.ID))
	if by.After.Unset {
		return "v.object IS NULL AND t.id" + than(by.Down) + " " + id
	}
	var value string
	if v.text {
		value = l.w.arg(by.After.Text)
	} else {
		value = l.w.arg(by.After.Number)
	}
	cond := v.key + than(by.Down) + "= " + value + " AND (" + v.key + than(by.Down) + " " + value + " OR t.id" + than(by.Down) + " " + id + ")"
	if v.walk {
		return cond
	}
	return "(v.object IS NULL OR " + cond + ")"
}

// readValues reads tickets t with their values v.
func (l *listing) readValues(ctx context.Context, by Sort, v valued) (list []desk.Ticket, ends []SortEnd, err error) {
	of := "v.field = " + l.w.arg(int64(by.Field.ID)) + " AND v.object = t.id AND v.place = 0 AND (" + l.test(&by.Field.Seen) + ")"
	conds := append(l.inState(), v.where...)
	from := "ticket t LEFT JOIN custom_value v ON " + of
	if v.walk {
		from = "custom_value v CROSS JOIN ticket t"
		conds = append(conds, of)
	}
	unset := "CASE WHEN v.object IS NULL THEN 1 ELSE 0 END"
	value := "coalesce(" + v.key + ", 0)"
	if v.text {
		value = "coalesce(" + v.key + ", '')"
	}
	statement, args := l.w.bind(l.unkept() + `SELECT ` + ticketColumns + `, ` + unset + `, ` + value + ` FROM ` + from + ` WHERE ` +
		strings.Join(append(conds, l.conds...), " AND ") + ` ORDER BY ` + v.order + limited(l.w.arg(l.limit)))
	err = l.tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.Ticket
		var at SortEnd
		var value any = &at.Number
		if v.text {
			value = &at.Text
		}
		err := rows.Scan(append(ticketFields(&t), flag(&at.Unset), value)...)
		if at.ID = t.ID; at.Unset {
			at.Number, at.Text = 0, ""
		}
		list, ends = append(list, t), append(ends, at)
		return err
	}, statement, args...)
	return list, ends, err
}
