// Package service holds the use cases of the desk: one exported method of
// Service is one thing that one can ask of it, with the context first and who
// asks second.
//
// It is the only caller of access and store, and the only place where rights
// are asked about; every front-end enters here. A change and the event that
// tells of it are one transaction. It knows nothing of HTML, MIME or JSON and
// starts no goroutines: what happens later is a job that package jobs runs.
package service

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/trace"
)

// Options are what a service needs to know besides its store.
type Options struct {
	Name    string           // of the desk, in subject tags: [Name #42]; "" means Desk
	BaseURL string           // where its pages are, without a slash at the end
	Domain  string           // for Message-IDs, and addresses of queues without one
	Now     func() time.Time // the clock; nil means time.Now
	Log     *slog.Logger     // nil means silence
	Zone    *time.Location   // where the days of people begin who have chosen no zone; nil means UTC
	// MinPassword is the least number of characters of a password; 0 means 8, of
	// which those that are tried first are refused besides.
	MinPassword int
	// Ask asks the directories when somebody signs in; nil: none is asked.
	Ask AskDirectory
	// CheckDirectory reports what is wrong with the settings of a directory;
	// nil: they are taken as they are.
	CheckDirectory func(desk.Directory) error
	// Program is the version of the program, for those who ask how it is doing.
	Program string
	// LookAround looks at all on which the desk depends; nil: nobody does.
	LookAround func(context.Context) []Look
	// TryDirectory reaches for a directory; nil: none is reached.
	TryDirectory func(context.Context, desk.Directory) desk.DirectoryTrial
	// LookFile says how a file of a kind that is brought in looks, and ReadFile
	// reads it, the columns of ours standing where places says; nil: none is
	// read.
	LookFile func(kind string, content []byte) (*ImportHead, error)
	ReadFile func(kind string, content []byte, places map[string]int) (Load, error)
	// Outside speaks with providers of sign-ins; the zero one: there are none.
	Outside Outside
	// Key seals secrets in the database: at least 32 bytes that are kept
	// elsewhere. Without one, what is sealed is lost with the service.
	Key []byte
	// HoldReplies is how long a reply that was sent can be taken back; zero: it
	// is written at once.
	HoldReplies time.Duration
	// TryMailbox asks whether a mailbox can be read; nil: nobody can.
	TryMailbox TryMailbox
	// TryRelay asks whether a relay takes letters; nil: nobody can.
	TryRelay TryRelay
	// Relays are the addresses of the relays that the settings name.
	Relays []string
	// WriteLetters writes letters; nil: none can be looked at before they go.
	WriteLetters WriteLetters
	// WriteDashboard writes letters with dashboards; nil: in English.
	WriteDashboard WriteDashboard
	// Language is that of letters to people who have chosen none, in queues
	// that say nothing of it; "" means en.
	Language string
	// Given are the names of those of SettingName, SettingLanguage and
	// SettingZone that the program was started with: nobody changes them while
	// it runs.
	Given []string
	// Started is what the program was started with.
	Started []StartSetting
}

// A Service answers what can be asked of the desk. It is safe for concurrent
// use.
type Service struct {
	store     *store.Store
	opt       Options
	log       *slog.Logger
	current   atomic.Pointer[snapshot]
	advance   sync.Mutex
	hashing   chan struct{} // bounds how many passwords are hashed at once
	tries     *throttle
	book      *ruleBook
	books     *shelf
	importing *sync.Map // how many lines of files are done, by desk.ImportID
	counting  *counting
	feeds     *lobby
	begunAll  *atomic.Bool // all first steps were done once
	joined    *op          // set: every use case is a part of this one; see within
}

// A snapshot is an engine with the day for which it was built, and what the
// settings said then.
type snapshot struct {
	engine *access.Engine
	day    desk.Day
	about  about
}

// New returns the service of a store.
func New(st *store.Store, opt Options) *Service {
	if opt.Name == "" {
		opt.Name = "Desk"
	}
	if opt.Domain == "" {
		opt.Domain = "desk.invalid"
	}
	if opt.Language == "" {
		opt.Language = "en"
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	if len(opt.Key) == 0 {
		opt.Key = make([]byte, 32)
		rand.Read(opt.Key)
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{store: st, opt: opt, log: opt.Log, hashing: make(chan struct{}, 2), tries: newThrottle(opt.Now), book: newRuleBook(), books: &shelf{}, importing: &sync.Map{}, counting: newCounting(), feeds: &lobby{of: map[desk.UserID]int{}}, begunAll: &atomic.Bool{}}
}

// BaseURL returns where the pages of the desk are, without a slash at the end.
func (s *Service) BaseURL() string { return s.opt.BaseURL }

// Domain returns the domain of the desk's Message-IDs.
func (s *Service) Domain() string { return s.opt.Domain }

// Now returns the service's time.
func (s *Service) Now() time.Time { return s.opt.Now().UTC().Truncate(time.Microsecond) }

// Ready reports whether the desk can work: the database answers, spool and
// outbox can be read, and files can be stored.
func (s *Service) Ready(ctx context.Context) error {
	if err := s.store.View(ctx, func(tx *store.Tx) error {
		if _, err := tx.AccessVersion(ctx); err != nil { // it may be for newer programs only
			return err
		}
		_, err := tx.PostCounts(ctx)
		return err
	}); err != nil {
		return err
	}
	if err := s.store.CheckFiles(ctx); err != nil {
		return desk.Wrap(desk.Unavailable, err, "The desk cannot store files at the moment.")
	}
	return nil
}

// An op is one transaction with who asks and the engine of its version.
type op struct {
	*store.Tx
	s  *Service
	by desk.Actor
	e  *access.Engine
	// then is an earlier world of which is asked; nil: it is now.
	then *desk.World

	fields []desk.Field // custom ones, once they were read
	// dirty are the tickets on which something happened on which a clock depends.
	dirty map[desk.TicketID]bool
	// rehearsed are the names of queues that there are only in a rehearsal.
	rehearsed map[desk.QueueID]string
	// byMinute has queries call the minute that has begun now, so that the same
	// query asks for the same until the next one.
	byMinute bool
	// deciding is the approval that is being granted or refused; nil: none is.
	deciding *decision
}

// do runs a use case that changes something.
func (s *Service) do(ctx context.Context, by desk.Actor, fn func(o *op) error) error {
	if by.IsNobody() {
		return errNobody()
	}
	if by.Limits.OnlyLooks() {
		return desk.Errorf(desk.Forbidden, "This token may only look. Make one that may change things, on the page of your account.")
	}
	if s.joined != nil {
		return s.join(by, fn)
	}
	ctx, span := trace.StartCall(ctx, useCases)
	err := s.store.Do(ctx, func(tx *store.Tx) error {
		if !by.IsSystem() {
			tx.By(by.User)
		}
		return s.begin(ctx, tx, by, fn)
	})
	span.End(err)
	return err
}

// useCases is what the use cases are methods of, in traces.
const useCases = "gatehouse/service.(*Service)"

// view runs a use case that only reads.
func (s *Service) view(ctx context.Context, by desk.Actor, fn func(o *op) error) error {
	if by.IsNobody() {
		return errNobody()
	}
	if s.joined != nil {
		return s.join(by, fn)
	}
	ctx, span := trace.StartCall(ctx, useCases)
	err := s.store.View(ctx, func(tx *store.Tx) error { return s.begin(ctx, tx, by, fn) })
	span.End(err)
	return err
}

func (s *Service) begin(ctx context.Context, tx *store.Tx, by desk.Actor, fn func(o *op) error) error {
	e, err := s.engineFor(ctx, tx)
	if err != nil {
		return err
	}
	if !by.IsSystem() && !e.Enabled(by.User) {
		return errNobody()
	}
	o := &op{Tx: tx, s: s, by: by, e: narrowedFor(e, by), dirty: map[desk.TicketID]bool{}}
	if err := fn(o); err != nil {
		return err
	}
	return o.settleClocks(ctx)
}

// within returns a service whose use cases all run in the op's transaction,
// each after the other and as the same actor. They see what those before them
// did, and are stored with the op or not at all.
func (o *op) within() *Service {
	s := o.s
	if s.joined != nil {
		return s
	}
	inner := &Service{store: s.store, opt: s.opt, log: s.log, hashing: s.hashing, tries: s.tries, book: s.book, books: s.books, importing: s.importing, counting: s.counting, feeds: s.feeds, begunAll: s.begunAll}
	inner.joined = &op{Tx: o.Tx, s: inner, by: o.by, e: o.e, dirty: o.dirty}
	inner.current.Store(&snapshot{o.e, desk.DayOf(s.Now()), s.aboutNow()})
	return inner
}

// join runs a use case in the transaction of another one.
func (s *Service) join(by desk.Actor, fn func(o *op) error) error {
	o := s.joined
	if by != o.by {
		return desk.Errorf(desk.Internal, "One transaction was asked for by two.")
	}
	if !by.IsSystem() && !o.e.Enabled(by.User) {
		return errNobody()
	}
	return fn(o)
}

func errNobody() error {
	return desk.Errorf(desk.Unauthenticated, "Sign in first.")
}

// engineFor returns the engine of the version that the transaction sees. What
// it builds is kept for others only when the transaction has not itself
// changed access, since it may yet be rolled back.
func (s *Service) engineFor(ctx context.Context, tx *store.Tx) (*access.Engine, error) {
	version, err := tx.AccessVersion(ctx)
	if err != nil {
		return nil, err
	}
	today := desk.DayOf(s.Now())
	if last := s.current.Load(); last != nil && last.engine.Version() == version && last.day == today {
		return last.engine, nil
	}
	if tx.AccessBumped() {
		next, err := s.next(ctx, tx, s.current.Load(), today)
		return next.engine, err
	}
	s.advance.Lock()
	defer s.advance.Unlock()
	last := s.current.Load()
	if last != nil && last.engine.Version() == version && last.day == today {
		return last.engine, nil
	}
	next, err := s.next(ctx, tx, last, today)
	if err != nil {
		return nil, err
	}
	if last == nil || next.engine.Version() > last.engine.Version() || last.day != today {
		s.current.Store(&next)
	}
	return next.engine, nil
}

// next brings the last engine up to the transaction's version, by what was
// changed since where that is known, else by reading everything.
func (s *Service) next(ctx context.Context, tx *store.Tx, last *snapshot, today desk.Day) (snapshot, error) {
	if last != nil && last.day == today {
		changes, ok, err := tx.AccessChanges(ctx, last.engine.Version())
		if err != nil {
			return snapshot{}, err
		}
		if ok {
			e, err := s.withChanges(ctx, tx, last.engine, changes)
			return snapshot{e, today, last.about}, err
		}
	}
	w, err := tx.World(ctx)
	if err != nil {
		return snapshot{}, err
	}
	w.Today = today
	a, err := s.readAbout(ctx, tx)
	return snapshot{access.New(w), today, a}, err
}

// narrowedFor returns the engine as it answers an actor who came by a token with
// limits.
func narrowedFor(e *access.Engine, by desk.Actor) *access.Engine {
	if !by.Limits.Narrow() {
		return e
	}
	return e.Narrowed(by.User, by.Limits.Rights(), by.Limits.Queues)
}

// raise records that access was changed and brings the op's engine up to date.
// Without changes named, everything is read again.
func (o *op) raise(ctx context.Context, changes ...desk.AccessChange) error {
	if _, err := o.BumpAccess(ctx, changes...); err != nil {
		return err
	}
	e, err := o.s.engineFor(ctx, o.Tx)
	if err != nil {
		return err
	}
	o.e = narrowedFor(e, o.by)
	if o.s.joined != nil {
		o.s.current.Store(&snapshot{e, desk.DayOf(o.s.Now()), o.s.aboutNow()})
	}
	return nil
}

// withChanges makes the next engine from the last one and what was changed.
func (s *Service) withChanges(ctx context.Context, tx *store.Tx, last *access.Engine, changes []desk.AccessChange) (*access.Engine, error) {
	next := access.Change{Version: last.Version()}
	for _, c := range changes {
		next.Version = c.Version
		if err := addChange(ctx, tx, &next, c); err != nil {
			return nil, err
		}
	}
	return last.With(next), nil
}

// addChange reads how the thing that was changed stands now.
func addChange(ctx context.Context, tx *store.Tx, next *access.Change, c desk.AccessChange) error {
	switch c.Kind {
	case desk.ChangeMembership:
		m, err := tx.Membership(ctx, c.Group, c.Member)
		if desk.KindOf(err) == desk.NotFound {
			next.Left = append(next.Left, desk.Membership{Group: c.Group, Member: c.Member})
			return nil
		}
		if err != nil {
			return err
		}
		next.Memberships = append(next.Memberships, *m)
	case desk.ChangeUser:
		u, err := tx.WorldUser(ctx, c.User)
		if err != nil {
			return err
		}
		next.Users = append(next.Users, u)
	case desk.ChangeGrant:
		g, err := tx.Grant(ctx, c.Grant)
		if desk.KindOf(err) == desk.NotFound {
			next.Revoked = append(next.Revoked, c.Grant)
			return nil
		}
		if err != nil {
			return err
		}
		next.Granted = append(next.Granted, *g)
	case desk.ChangeGroup:
		names, err := tx.PrincipalNames(ctx, []desk.PrincipalID{c.Group})
		if err != nil {
			return err
		}
		next.Switched = append(next.Switched, access.Switch{Group: c.Group, Disabled: names[c.Group].Disabled})
	}
	return nil
}
