package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// syncLease is for how long nobody else reads a directory that one reads.
const syncLease = time.Hour

// BeginSync returns the directory that is to be read now, with its secret and
// the report of the reading that begins, or nil. Only the system asks.
func (s *Service) BeginSync(ctx context.Context, by desk.Actor) (*desk.Directory, *desk.SyncReport, error) {
	var d *desk.Directory
	var r *desk.SyncReport
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		if d, err = o.ClaimDirectory(ctx, syncLease); err != nil || d == nil {
			return err
		}
		r = &desk.SyncReport{Directory: d.ID, Run: d.Run, Started: s.Now(), State: desk.SyncRunning}
		return o.SaveSyncReport(ctx, r)
	})
	return d, r, err
}

// SyncPage takes over a page of a directory's entries, in one transaction with
// one access version, and counts it in the report. Only the system does it.
func (s *Service) SyncPage(ctx context.Context, by desk.Actor, r *desk.SyncReport, entries []desk.DirectoryEntry) error {
	var next desk.SyncReport
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		d, err := o.Tx.Directory(ctx, r.Directory)
		if err != nil {
			return err
		}
		l, err := o.takeEntries(ctx, d, r.Run, entries)
		if err != nil {
			return err
		}
		next = *r
		next.Read += len(entries)
		countPeople(&next, l.became, len(entries))
		for _, b := range l.out.Errors {
			if strings.Count(next.Text, "\n") < 20 {
				next.Text += desk.Sentence(b.Err) + "\n"
			}
		}
		return o.SaveSyncReport(ctx, &next)
	})
	if err == nil {
		*r = next
	}
	return err
}

// countPeople adds what became of a page's people to a report.
func countPeople(r *desk.SyncReport, became map[int]outcome, all int) {
	for line, o := range became {
		if line == 0 {
			continue
		}
		all--
		switch o {
		case wasAdded:
			r.Added++
		case wasChanged:
			r.Changed++
		default:
			r.Bad++
		}
	}
	r.Unchanged += all
}

// takeEntries makes or changes the users of some entries, and their
// memberships.
func (o *op) takeEntries(ctx context.Context, d *desk.Directory, run int64, entries []desk.DirectoryEntry) (*syncing, error) {
	y, err := o.newSyncing(ctx, d, run, entries)
	if err != nil {
		return nil, err
	}
	y.became = map[int]outcome{}
	y.of = func(line int, err error) error {
		if line == 0 {
			return err
		}
		return named(entries[line-1].Login, err)
	}
	taken := make([]desk.DirectoryEntry, 0, len(entries))
	for i := range entries {
		y.line = i + 1
		mine, err := y.entry(ctx, &entries[i])
		if err == nil && mine {
			taken = append(taken, entries[i])
		}
		if err := y.settle(y.line, err); err != nil {
			return nil, err
		}
	}
	if err := y.belong(ctx, taken); err != nil {
		return nil, err
	}
	if err := o.SeenInDirectory(ctx, y.seen, run); err != nil {
		return nil, err
	}
	if err := o.AuditAll(ctx, y.audits); err != nil {
		return nil, err
	}
	old := o.e
	if err := y.end(ctx); err != nil {
		return nil, err
	}
	return y, o.noNewSuperUsers(old)
}

// named puts the login of an entry before what is wrong with it.
func named(login string, err error) error {
	if err == nil || desk.KindOf(err) == desk.Internal {
		return err
	}
	return desk.Wrap(desk.KindOf(err), err, "%s: %s", login, desk.Sentence(err))
}

// A syncing takes over the entries of one page.
type syncing struct {
	*loader
	d      *desk.Directory
	run    int64
	known  map[string]*desk.User              // by folded login and address
	byID   map[desk.UserID]*desk.User         // those who have an entry
	mine   map[string]desk.DirectoryUser      // by entry
	owned  map[desk.UserID]desk.DirectoryUser // by user, whatever the directory
	places map[desk.DirectoryID]int
	users  map[string]desk.UserID // by entry, of those that were taken
	seen   []desk.UserID
	line   int                      // of the entry that is taken over
	lines  map[desk.PrincipalID]int // of the users that were taken
}

func (o *op) newSyncing(ctx context.Context, d *desk.Directory, run int64, entries []desk.DirectoryEntry) (*syncing, error) {
	y := &syncing{loader: newLoader(o, &Load{Source: d.Name}), d: d, run: run, mine: map[string]desk.DirectoryUser{},
		owned: map[desk.UserID]desk.DirectoryUser{}, places: map[desk.DirectoryID]int{}, users: map[string]desk.UserID{}, lines: map[desk.PrincipalID]int{}}
	var names, ids []string
	for _, e := range entries {
		r := UserRecord{Addresses: &e.Addresses}
		names, ids = append(append(names, e.Login), r.canonical()...), append(ids, e.ID)
	}
	var err error
	if y.known, err = o.UsersNamed(ctx, names); err != nil {
		return nil, err
	}
	mine, err := o.DirectoryEntries(ctx, d.ID, ids)
	if err != nil {
		return nil, err
	}
	var users []desk.UserID
	for _, m := range mine {
		y.mine[m.Entry] = m
		users = append(users, m.User)
	}
	if y.byID, err = o.UsersByID(ctx, users); err != nil {
		return nil, err
	}
	for _, u := range y.known {
		users = append(users, u.ID)
	}
	owned, err := o.DirectoryUsers(ctx, users)
	for _, u := range owned {
		y.owned[u.User] = u
	}
	if err != nil {
		return nil, err
	}
	list, err := o.Tx.Directories(ctx)
	for _, other := range list {
		y.places[other.ID] = other.Place
	}
	return y, err
}

// entry takes one entry over, and reports whether it is this directory's.
func (y *syncing) entry(ctx context.Context, e *desk.DirectoryEntry) (bool, error) {
	if e.ID == "" || strings.TrimSpace(e.Login) == "" {
		return false, desk.Errorf(desk.Invalid, "An entry %q has no login.", e.ID)
	}
	if _, twice := y.users[e.ID]; twice {
		return false, desk.Errorf(desk.Conflict, "The entry %q comes twice.", e.ID)
	}
	m, ours := y.mine[e.ID]
	old := y.byID[m.User]
	if !ours {
		old = y.known[desk.Fold(e.Login)]
		if other, err := y.whose(old); err != nil || other {
			return false, err
		}
	}
	r := UserRecord{Line: y.line, Login: e.Login, Name: &e.Name, Addresses: &e.Addresses}
	if e.Language != "" {
		r.Language = &e.Language
	}
	switch {
	case e.Disabled:
		r.Disabled = ptr(true)
	case ours && m.Gone:
		r.Disabled = ptr(false) // the directory took him away and gives him back
	case !ours && y.owned[idOf(old)].Gone:
		r.Disabled = ptr(false)
	}
	id, err := y.write(ctx, &r, old)
	if err != nil {
		return false, err
	}
	y.users[e.ID], y.lines[desk.PrincipalID(id)] = id, y.line
	if m.Gone = e.Disabled; !ours || m.Gone {
		return true, y.SetDirectoryUser(ctx, desk.DirectoryUser{User: id, Directory: y.d.ID, Entry: e.ID, Run: y.run, Gone: m.Gone})
	}
	y.seen = append(y.seen, id)
	return true, nil
}

func ptr[T any](v T) *T { return &v }

func idOf(u *desk.User) desk.UserID {
	if u == nil {
		return 0
	}
	return u.ID
}

// whose reports whether a user whom the desk knows is another source's: of a
// directory with a lower place, or of the desk itself, which comes first.
func (y *syncing) whose(u *desk.User) (bool, error) {
	if u == nil {
		return false, nil
	}
	owner, ok := y.owned[u.ID]
	switch {
	case ok && (owner.Gone || y.places[owner.Directory] > y.places[y.d.ID]):
		return false, nil
	case ok:
		y.out.Unchanged++
		return true, nil
	case u.Kind == desk.Agent:
		return true, desk.Errorf(desk.Conflict, "The desk has an agent of this login; a directory gives contacts only.")
	case !y.d.Adopt:
		return true, desk.Errorf(desk.Conflict, "The desk has a contact of this login itself; let the directory take him over, or rename him.")
	}
	return false, nil
}

// write makes the user of an entry, or changes him. His login follows that of
// the entry.
func (y *syncing) write(ctx context.Context, r *UserRecord, old *desk.User) (desk.UserID, error) {
	switch {
	case old == nil:
	case old.Kind == desk.Agent:
		return 0, desk.Errorf(desk.Conflict, "%s has become an agent; a directory changes contacts only.", old.Login)
	case y.e.LeadsToSuperUser(desk.PrincipalID(old.ID)): // else who sets a directory up could become him
		return 0, desk.Errorf(desk.Conflict, "%s is a superuser, or can become it; a directory does not change superusers.", old.Login)
	}
	if old == nil || desk.Fold(old.Login) == desk.Fold(r.Login) {
		if old != nil {
			y.known[desk.Fold(r.Login)] = old
		}
		if err := y.user(ctx, r, y.known); err != nil {
			return 0, err
		}
		return y.known[desk.Fold(r.Login)].ID, nil
	}
	if other := y.known[desk.Fold(r.Login)]; other != nil && other.ID != old.ID {
		return 0, desk.Errorf(desk.Conflict, "The login belongs to the user %s already.", other.Login)
	}
	u := *old
	u.Login = r.Login
	r.apply(&u)
	if err := y.checkUser(ctx, &u); err != nil {
		return 0, err
	}
	for _, a := range u.Addresses {
		if other := y.known[desk.Fold(a)]; other != nil && other.ID != u.ID {
			return 0, desk.Errorf(desk.Conflict, "The address %s belongs to the user %s already.", a, other.Login)
		}
	}
	return u.ID, y.changeUser(ctx, r.Line, old, u, y.known)
}

// belong makes the memberships of the entries' users those of the entries, as
// far as they come from this directory.
func (y *syncing) belong(ctx context.Context, entries []desk.DirectoryEntry) error {
	var wanted []MembershipRecord
	keep := map[pair]bool{}
	var members []desk.PrincipalID
	for i := range entries {
		e := &entries[i]
		id := desk.PrincipalID(y.users[e.ID])
		members = append(members, id)
		if e.Disabled {
			continue
		}
		for _, ref := range y.groupsOf(e) {
			g, err := y.groupNamed(ctx, ref)
			if err != nil {
				return err
			}
			if y.e.LeadsToSuperUser(g.id) {
				return madeByDirectory()
			}
			keep[pair{g.id, id}] = true
			wanted = append(wanted, MembershipRecord{Line: y.lines[id], Group: ref, Member: "user:" + e.Login})
		}
	}
	have, err := y.MembershipsFrom(ctx, y.d.Name, members)
	if err != nil {
		return err
	}
	for _, m := range have {
		if keep[pair{m.Group, m.Member}] {
			continue
		}
		if err := y.leave(ctx, m); err != nil {
			return err
		}
	}
	for len(wanted) > 0 {
		n := min(len(wanted), loadChunk)
		if err := y.memberships(ctx, wanted[:n]); err != nil {
			return err
		}
		wanted = wanted[n:]
	}
	return nil
}

func (y *syncing) groupsOf(e *desk.DirectoryEntry) []string {
	var refs []string
	for _, key := range e.Customers {
		refs = append(refs, "customer:"+key)
	}
	for _, theirs := range e.Groups {
		for _, g := range y.d.Groups {
			if desk.Fold(g.Theirs) == desk.Fold(theirs) {
				refs = append(refs, groupRef(g.Ours))
				y.groups[groupRef(g.Ours)] = loadedGroup{id: desk.PrincipalID(g.Ours), object: groupRef(g.Ours)}
			}
		}
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}

func groupRef(id desk.GroupID) string { return fmt.Sprintf("group:#%d", id) }

func (y *syncing) leave(ctx context.Context, m desk.Membership) error {
	if err := y.RemoveMembership(ctx, m.Group, m.Member); err != nil {
		return err
	}
	names, err := y.names(ctx, []desk.PrincipalID{m.Group})
	if err != nil {
		return err
	}
	y.note(y.lines[m.Member], change{"member.remove", names[m.Group].Ref, describeMembership(m), ""}, memberChanged(m))
	return nil
}

// noNewSuperUsers refuses a reading by which somebody becomes a superuser: a
// directory never makes one, whoever set it up.
func (o *op) noNewSuperUsers(old *access.Engine) error {
	for _, u := range o.e.WhoCanUsers(desk.SuperUser, access.System(), true) {
		if !old.Can(u, desk.SuperUser, access.System()) {
			return madeByDirectory()
		}
	}
	return nil
}

func madeByDirectory() error {
	return desk.Errorf(desk.Forbidden, "The directory would make a superuser; take the group out of its settings.")
}

// EndSync ends the reading of a directory that failed or has come to its end.
// Whom it has not seen it takes away: they are disabled, their sessions and the
// memberships from there end. Where that is more than the directory's share,
// nobody is taken away and the report says so. Only the system does it.
func (s *Service) EndSync(ctx context.Context, by desk.Actor, r *desk.SyncReport, failed error) error {
	d, err := s.Directory(ctx, by, r.Directory)
	if err != nil {
		return err
	}
	state, text := desk.SyncFailed, ""
	if failed != nil {
		text = desk.Sentence(failed)
	} else if state, text, err = s.takeAway(ctx, by, d, r); err != nil {
		return err
	}
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		now, err := o.Tx.Directory(ctx, d.ID)
		if err != nil {
			return err
		}
		now.Confirm, now.Next = false, time.Time{}
		if now.Every > 0 {
			now.Next = s.Now().Add(now.Every)
		}
		r.State, r.Text, r.Ended = state, strings.TrimSpace(text), s.Now()
		if err := o.SaveSyncReport(ctx, r); err != nil {
			return err
		}
		return o.Tx.SaveDirectory(ctx, now)
	})
}

// takeAway takes away whom neither this reading nor any for as long as lost
// people stay has seen, a thousand in a transaction, unless they are too many.
func (s *Service) takeAway(ctx context.Context, by desk.Actor, d *desk.Directory, r *desk.SyncReport) (desk.SyncState, string, error) {
	run := r.Run
	all, missed, lost := 0, 0, 0
	err := s.view(ctx, by, func(o *op) error {
		var err error
		if all, lost, err = o.CountDirectory(ctx, d.ID, run); err != nil || d.Keep <= 0 {
			missed = lost
			return err
		}
		if run, err = o.ReadingBefore(ctx, d.ID, s.Now().Add(-d.Keep)); err == nil {
			_, missed, err = o.CountDirectory(ctx, d.ID, run)
		}
		return err
	})
	if err != nil {
		return "", "", err
	}
	if missed > 1 && missed*100 > all*d.MaxLoss && !d.Confirm {
		r.Gone = missed
		return desk.SyncStopped, fmt.Sprintf("This would take away %d of %d people, more than %d %%. Nobody was taken away; look whether the directory is right, then confirm.\n%s", missed, all, d.MaxLoss, r.Text), nil
	}
	text := r.Text
	if lost > missed {
		text = fmt.Sprintf("%d people are not there any more, and stay for %s.\n%s", lost-missed, d.Keep, text)
	}
	r.Gone, err = s.takeAwayBefore(ctx, by, d, run)
	return desk.SyncDone, text, err
}

// takeAwayBefore takes away whom that reading and no later one has seen.
func (s *Service) takeAwayBefore(ctx context.Context, by desk.Actor, d *desk.Directory, run int64) (int, error) {
	total := 0
	for {
		n := 0
		err := s.do(ctx, by, func(o *op) error {
			if err := o.needSystem(); err != nil {
				return err
			}
			missed, err := o.DirectoryMissed(ctx, d.ID, run, loadChunk)
			if err != nil {
				return err
			}
			n = len(missed)
			return o.takeAwayUsers(ctx, d, missed)
		})
		if err != nil || n == 0 {
			return total, err
		}
		total += n
	}
}

func (o *op) takeAwayUsers(ctx context.Context, d *desk.Directory, missed []desk.DirectoryUser) error {
	l := newLoader(o, &Load{Source: d.Name})
	y := &syncing{loader: l, d: d}
	var ids []desk.UserID
	var members []desk.PrincipalID
	for _, m := range missed {
		ids, members = append(ids, m.User), append(members, desk.PrincipalID(m.User))
	}
	users, err := o.UsersByID(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range missed {
		u := *users[m.User]
		u.Disabled = true
		if err := l.changeUser(ctx, 0, users[m.User], u, map[string]*desk.User{}); err != nil {
			return err
		}
		m.Gone = true
		if err := o.SetDirectoryUser(ctx, m); err != nil {
			return err
		}
	}
	have, err := o.MembershipsFrom(ctx, d.Name, members)
	if err != nil {
		return err
	}
	for _, m := range have {
		if err := y.leave(ctx, m); err != nil {
			return err
		}
	}
	if err := o.AuditAll(ctx, l.audits); err != nil {
		return err
	}
	return l.end(ctx)
}
