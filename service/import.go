package service

import (
	"context"
	"errors"
	"fmt"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Load is what is brought into the desk at once, from a file or a directory.
// Names are taken as they are written; nothing in them is a pattern.
type Load struct {
	Users       []UserRecord
	Customers   []CustomerRecord
	Memberships []MembershipRecord
	Grants      []GrantRecord
	Bad         []BadRecord    // what was found wrong before it came here
	Source      string         // of new memberships; empty: import
	DryRun      bool           // do it all, and then keep nothing of it
	SkipBad     bool           // leave bad records out; otherwise one keeps all from being written
	Show        int            // how many changes of each outcome to show
	Progress    func(done int) // nil: nobody waits
}

// A UserRecord is a user to be made, or to be changed where there is one with
// his login. What is nil, or zero, is left as it is.
type UserRecord struct {
	Line      int
	Login     string
	Name      *string
	Kind      desk.UserKind // zero: a new one is a contact
	Addresses *[]string
	Language  *string
	Zone      *string
	Disabled  *bool
}

// A CustomerRecord is a customer to be made, or to be changed where there is
// one with its key. What is nil is left as it is.
type CustomerRecord struct {
	Line                                 int
	Key                                  string
	Name, Street, City, Country, Comment *string
	Domains                              *[]string
	Disabled                             *bool
}

// A MembershipRecord is a direct membership to be made or changed. What is
// nil, or zero, is left as it is.
type MembershipRecord struct {
	Line    int
	Group   string // customer:KEY or group:NAME
	Member  string // a login or address, group:NAME or customer:KEY
	Part    desk.Part
	Primary *bool
	From    *desk.Day
	Until   *desk.Day
}

// A GrantRecord is a grant to be made.
type GrantRecord struct {
	Line int
	Written
}

// A BadRecord says what is wrong with a record, and in which line it stands.
type BadRecord struct {
	Line int
	Err  error
}

// A LoadedLine is a record that changes something.
type LoadedLine struct {
	Line   int
	Added  bool
	Object string // as the audit log names it
	Before string // empty: it was not there
	After  string
}

// Loaded is what became of a Load.
type Loaded struct {
	Added, Changed, Unchanged, Bad int
	Errors                         []BadRecord // the first MaxBad of them, by line
	Shown                          []LoadedLine
	Written                        bool // it holds; otherwise nothing was changed
}

// MaxBad is how many bad records are told of one by one.
const MaxBad = 1000

// loadChunk is how many records are looked up at once.
const loadChunk = 1000

var errNotWritten = errors.New("nothing is to be written")

// Import brings records in, all in one transaction with one access version (two
// if there are customers and others); if
// one is bad, none, unless bad ones are to be skipped. What is there already
// is left as it is, so that a file can be brought in again. It asks for every
// record what the use case for that one thing asks: AdminUsers, AdminCustomers,
// what AddMember asks, what Grant asks.
func (s *Service) Import(ctx context.Context, by desk.Actor, in Load) (*Loaded, error) {
	var out *Loaded
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayImport(in); err != nil {
			return err
		}
		l := newLoader(o, &in)
		out = l.out
		if err := l.all(ctx); err != nil {
			return err
		}
		if in.DryRun || out.Bad > 0 && !in.SkipBad {
			return errNotWritten
		}
		out.Written = true
		return nil
	})
	if err != nil && !errors.Is(err, errNotWritten) {
		return nil, err
	}
	return out, nil
}

func (o *op) mayImport(in Load) error {
	if !o.isAgent() {
		return desk.Errorf(desk.Forbidden, "Only agents bring files in.")
	}
	if len(in.Users) > 0 {
		if err := o.need(desk.AdminUsers, access.System()); err != nil {
			return err
		}
	}
	if len(in.Customers) > 0 {
		return o.need(desk.AdminCustomers, access.System())
	}
	return nil
}

// A loader brings the records of one Load in, in one transaction.
type loader struct {
	*op
	in      *Load
	out     *Loaded
	audits  []desk.AuditEntry
	changes []desk.AccessChange
	moved   bool // access was changed
	done    int
	shown   map[bool]int                    // by whether it was added
	of      func(line int, err error) error // says of whom an error is; nil: it needs no saying
	became  map[int]outcome                 // by line; nil: nobody asks
	groups  map[string]loadedGroup
}

func newLoader(o *op, in *Load) *loader {
	if in.Source == "" {
		in.Source = "import"
	}
	l := &loader{op: o, in: in, out: &Loaded{}, shown: map[bool]int{}, groups: map[string]loadedGroup{}}
	for _, b := range in.Bad {
		l.bad(b.Line, b.Err)
	}
	return l
}

func (l *loader) all(ctx context.Context) error {
	for _, step := range []func() error{
		func() error { return inChunks(ctx, l, l.in.Customers, l.customers) },
		func() error { return l.end(ctx) }, // members want to know what is a customer
		func() error { return inChunks(ctx, l, l.in.Users, l.users) },
		func() error { return inChunks(ctx, l, l.in.Memberships, l.memberships) },
		func() error { return inChunks(ctx, l, l.in.Grants, l.grants) },
		func() error { return l.end(ctx) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// inChunks brings records in by chunks, and writes the audit log of each.
func inChunks[T any](ctx context.Context, l *loader, list []T, load func(context.Context, []T) error) error {
	for len(list) > 0 {
		n := min(len(list), loadChunk)
		if err := load(ctx, list[:n]); err != nil {
			return err
		}
		if err := l.AuditAll(ctx, l.audits); err != nil {
			return err
		}
		l.audits = l.audits[:0]
		list = list[n:]
		l.done += n
		if l.in.Progress != nil {
			l.in.Progress(l.done)
		}
	}
	return nil
}

// end raises the access version once for all that was changed.
func (l *loader) end(ctx context.Context) error {
	if !l.moved {
		return nil
	}
	if len(l.changes) > loadChunk {
		l.changes = nil // cheaper to read everything again
	}
	changes := l.changes
	l.moved, l.changes = false, nil
	return l.accessChanged(ctx, changes...)
}

// settle counts a record that is bad by itself; other errors end the load.
func (l *loader) settle(line int, err error) error {
	switch desk.KindOf(err) {
	case desk.Invalid, desk.NotFound, desk.Conflict, desk.Forbidden, desk.TooLarge:
		if l.of != nil {
			err = l.of(line, err)
		}
		l.bad(line, err)
		return nil
	}
	return err
}

func (l *loader) bad(line int, err error) {
	l.out.Bad++
	l.turn(line, wasBad)
	if len(l.out.Errors) < MaxBad {
		l.out.Errors = append(l.out.Errors, BadRecord{line, err})
	}
}

// An outcome is what became of a line, the more telling the larger.
type outcome uint8

const (
	wasChanged outcome = iota + 1
	wasAdded
	wasBad
)

func (l *loader) turn(line int, o outcome) {
	if l.became != nil {
		l.became[line] = max(l.became[line], o)
	}
}

// note counts a change, and keeps it for the audit log and for who asked to see
// some. Changes of access are named, if any.
func (l *loader) note(line int, c change, changes ...desk.AccessChange) {
	added := c.before == ""
	if added {
		l.out.Added++
	} else {
		l.out.Changed++
	}
	if c.action == "user.create" {
		l.turn(line, wasAdded)
	} else {
		l.turn(line, wasChanged)
	}
	if l.shown[added] < l.in.Show {
		l.shown[added]++
		l.out.Shown = append(l.out.Shown, LoadedLine{line, added, c.object, c.before, c.after})
	}
	l.audits = append(l.audits, desk.AuditEntry{
		At: l.s.Now(), By: l.by.User, Via: l.by.Via, Action: c.action, Object: c.object, Before: c.before, After: c.after,
	})
	if len(changes) > 0 {
		l.moved = true
		if len(l.changes) <= loadChunk {
			l.changes = append(l.changes, changes...)
		}
	}
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func (l *loader) grants(ctx context.Context, list []GrantRecord) error {
	for i := range list {
		if err := l.settle(list[i].Line, l.grant(ctx, &list[i])); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) grant(ctx context.Context, r *GrantRecord) error {
	g, err := l.readGrant(ctx, r.Written)
	if err != nil {
		return err
	}
	if _, err := l.makeWayFor(ctx, g); err != nil {
		return err
	}
	old, err := l.FindGrant(ctx, g)
	switch {
	case err == nil && old.Until != g.Until:
		return desk.Errorf(desk.Conflict, "That is granted there already, until %s; revoke grant %d first.", untilText(old.Until), old.ID)
	case err == nil:
		l.out.Unchanged++
		return nil
	case desk.KindOf(err) != desk.NotFound:
		return err
	}
	if err := l.InsertGrant(ctx, &g); err != nil {
		return err
	}
	l.note(r.Line, change{"grant.add", l.placeName(ctx, g.Place), "", l.describeGrant(ctx, g)})
	l.moved, l.changes = true, append(l.changes, desk.AccessChange{Kind: desk.ChangeAll})
	return nil
}

func untilText(d desk.Day) string {
	if d == 0 {
		return "revoked"
	}
	return fmt.Sprint(d)
}
