package service

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
)

// A Change is a line of the audit log with the names of what it speaks of.
type Change struct {
	desk.AuditEntry
	Object string // as people write it: of a line about watchers their queue, or "system"
	ByName Name
	On     Name   // what it was done to, Kind "queue" for a queue; zero: it has no record
	Who    Name   // the grantee, member or watcher; zero: it is about none
	What   string // the right, permission or role; empty: it is about none
	Differ []Difference
	Undo   int64 // what TakeBack may undo, on the newest line of it; zero: nothing
}

// changes puts the names to lines of the audit log.
func (o *op) changes(ctx context.Context, entries []desk.AuditEntry) ([]Change, error) {
	o.hideValues(entries, AuditFilter{})
	names, err := o.auditNames(ctx, entries)
	if err != nil {
		return nil, err
	}
	list, on := make([]Change, len(entries)), map[string]Name{}
	for i, e := range entries {
		c := Change{AuditEntry: e, Object: e.Object, ByName: names.principals[desk.PrincipalID(e.By)], What: said(e, "what"), Differ: names.differences(e)}
		if strings.HasPrefix(e.Action, "watcher.") {
			c.Object, c.What = names.watched(e.Object)
		}
		if who := grantee(e); who != 0 {
			c.Who = names.principals[who]
		}
		if _, known := on[c.Object]; !known {
			if on[c.Object], err = o.recordOf(ctx, c.Object); err != nil {
				return nil, err
			}
		}
		c.On = on[c.Object]
		list[i] = c
	}
	return list, nil
}

// recordOf names what a line was done to, by the name that it has now; zero
// where nothing has this name, or nothing that has a record.
func (o *op) recordOf(ctx context.Context, object string) (Name, error) {
	kind, text, _ := strings.Cut(object, ":")
	if kind == "queue" {
		q, err := o.QueueByName(ctx, text)
		if desk.KindOf(err) == desk.NotFound {
			return Name{}, nil
		}
		if err != nil {
			return Name{}, err
		}
		return Name{ID: desk.PrincipalID(q.ID), Kind: "queue", Text: q.Name, Ref: object, Disabled: q.Disabled}, nil
	}
	id, err := o.named(ctx, object)
	if desk.KindOf(err) == desk.NotFound {
		return Name{}, nil
	}
	if err != nil {
		return Name{}, err
	}
	names, err := o.names(ctx, []desk.PrincipalID{id})
	return names[id], err
}

// grantee is the principal that a line of the audit log speaks of, or zero.
func grantee(e desk.AuditEntry) desk.PrincipalID {
	if strings.HasPrefix(e.Action, "watcher.") {
		return parseID[desk.PrincipalID](e.After + e.Before) // one of them is empty
	}
	if who := said(e, "who"); who != "" {
		return parseID[desk.PrincipalID](who)
	}
	return parseID[desk.PrincipalID](said(e, "member"))
}

// said returns what a line of the audit log says of one thing, after the
// change or, where there is nothing after it, before.
func said(e desk.AuditEntry, name string) string {
	text := e.After
	if text == "" {
		text = e.Before
	}
	for part := range strings.SplitSeq(text, "; ") {
		if value, ok := strings.CutPrefix(part, name+": "); ok {
			return value
		}
	}
	return ""
}

// A Difference is one thing that a line of the audit log says, as it was before
// and as it became, with the names of what it speaks of. One side is empty
// where the thing was not there.
type Difference struct{ Field, Before, After string }

// differences tells what is not the same before and after; of what was made or
// ended it tells everything.
func (b *auditNames) differences(e desk.AuditEntry) []Difference {
	before, after := parts(e, e.Before), parts(e, e.After)
	var list []Difference
	for _, p := range slices.Concat(after, before) {
		known := slices.ContainsFunc(list, func(d Difference) bool { return d.Field == p[0] })
		was, is := valueOf(before, p[0]), valueOf(after, p[0])
		both := e.Before != "" && e.After != ""
		if known || was == is && both && p[0] != "member" || was+is == "" {
			continue
		}
		list = append(list, Difference{p[0], b.text(p[0], was), b.text(p[0], is)})
	}
	return list
}

// parts reads what a line says as fields with their values.
func parts(e desk.AuditEntry, text string) [][2]string {
	if text == "" {
		return nil
	}
	if strings.HasPrefix(e.Action, "watcher.") {
		return [][2]string{{"member", text}}
	}
	if e.Action == valueChanged {
		return auditedParts(text)
	}
	var list [][2]string
	for part := range strings.SplitSeq(text, "; ") {
		field, value, ok := strings.Cut(part, ": ")
		if !ok {
			field, value = "value", part
		}
		list = append(list, [2]string{strings.TrimSuffix(field, ":"), value})
	}
	return list
}

func valueOf(list [][2]string, field string) string {
	for _, p := range list {
		if p[0] == field {
			return p[1]
		}
	}
	return ""
}

// auditNames are the names of what lines of the audit log speak of by number.
type auditNames struct {
	principals map[desk.PrincipalID]Name
	roles      map[desk.RoleID]string
	queues     map[desk.QueueID]string
}

// text puts a value of a line into words.
func (b *auditNames) text(field, value string) string {
	switch {
	case isPrincipal(field):
		id := parseID[desk.PrincipalID](value)
		if n, ok := b.principals[id]; ok && n.Kind != "" {
			return n.Text
		}
		if value == "0" {
			return ""
		}
	case field == "as":
		return namedList(value, ",", b.roles)
	case field == "queues":
		return namedList(value, " ", b.queues)
	}
	return value
}

// listed puts names to a list of numbers.
func namedList[T ~int64 | ~uint8](value, between string, names map[T]string) string {
	var words []string
	for text := range strings.SplitSeq(value, between) {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && names[T(id)] != "" {
			text = names[T(id)]
		}
		words = append(words, text)
	}
	return strings.Join(words, ", ")
}

// auditNames reads the names of what lines speak of.
func (o *op) auditNames(ctx context.Context, entries []desk.AuditEntry) (*auditNames, error) {
	b := &auditNames{queues: map[desk.QueueID]string{}}
	var ids []desk.PrincipalID
	for _, e := range entries {
		ids = append(ids, desk.PrincipalID(e.By), grantee(e))
		for _, p := range slices.Concat(parts(e, e.Before), parts(e, e.After)) {
			if isPrincipal(p[0]) {
				ids = append(ids, parseID[desk.PrincipalID](p[1]))
			}
		}
	}
	var err error
	if b.principals, err = o.names(ctx, ids); err != nil {
		return nil, err
	}
	if b.roles, err = o.allRoleNames(ctx); err != nil {
		return nil, err
	}
	for _, id := range desk.BuiltinRoles.List() {
		b.roles[id] = id.BuiltinName()
	}
	queues, err := o.Tx.Queues(ctx)
	for _, q := range queues {
		b.queues[q.ID] = q.Name
	}
	return b, err
}

// isPrincipal reports whether a field of a line holds the number of a principal.
func isPrincipal(field string) bool {
	return slices.Contains([]string{"who", "member", "passed on by", "personal", "access_group"}, field)
}

// watched reads of what a line about watchers speaks: as a place and a role.
func (b *auditNames) watched(object string) (place, role string) {
	where, number, ok := strings.Cut(object, " role:")
	if !ok {
		return object, ""
	}
	if id, ok := strings.CutPrefix(where, "queue:"); ok && b.queues[parseID[desk.QueueID](id)] != "" {
		where = "queue:" + b.queues[parseID[desk.QueueID](id)]
	}
	return where, b.roles[parseID[desk.RoleID](number)]
}
