package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/desk"
)

const (
	// replicaEvery is how often a replica is looked at.
	replicaEvery = 500 * time.Millisecond
	// replicaPatience is how long a replica may take to say how far it is, and
	// replicaTime to answer, before the desk's own database is asked instead.
	replicaPatience, replicaTime = 2 * time.Second, 30 * time.Second
	// replicaMarks is of how many moments it is kept how far the database was.
	replicaMarks = 4096
)

// ReplicaState is how it is with the replica from which lists may be read.
type ReplicaState struct {
	Set  bool // there is one
	Used bool
	// Cause is why it is not used, in a word: unasked, unanswered, other, itself,
	// schema, behind, late or main (the database is gone); Why is a sentence.
	Cause, Why string
	// Late is by how much its state is behind the database's at the most, when it
	// was last looked at; negative: not known.
	Late time.Duration
	// Answered are the questions that it answered on this node; Behind those that
	// the database answered, as the replica did not yet have what it had to have;
	// Failed those at which it failed.
	Answered, Behind, Failed int64
}

// A replica is a server that follows the desk's PostgreSQL.
type replica struct {
	db   *sql.DB
	d    *dialect
	most time.Duration // by how much it may be late

	mu    sync.Mutex
	marks []mark // oldest first

	state                    atomic.Pointer[ReplicaState]
	answered, behind, failed atomic.Int64
}

// A mark is how far the database's log was at a moment.
type mark struct {
	at   time.Time
	upTo int64
}

func openReplica(o Options) (*replica, error) {
	if o.URL == "" {
		return nil, desk.Errorf(desk.Invalid, "A replica follows a PostgreSQL database, and the desk has none; set database too.")
	}
	db, _, err := postgresPool(o.Replica, o.Volatile)
	if err != nil {
		return nil, desk.Errorf(desk.Invalid, "The address of the replica cannot be read; write it as postgres://user@host/name.")
	}
	r := &replica{db: db, d: postgresDialect(), most: o.ReplicaLate}
	r.state.Store(&ReplicaState{Set: true, Cause: "unasked", Why: "Nobody has looked at it yet.", Late: -1})
	return r, nil
}

// Replica returns how it is with the replica.
func (s *Store) Replica() ReplicaState {
	if s.replica == nil {
		return ReplicaState{}
	}
	state := *s.replica.state.Load()
	state.Answered, state.Behind, state.Failed = s.replica.answered.Load(), s.replica.behind.Load(), s.replica.failed.Load()
	return state
}

// ReplicaLate is by how much what a replica says may be late; zero: there is
// none that may be asked now.
func (s *Store) ReplicaLate() time.Duration {
	if s.replica == nil || !s.replica.state.Load().Used {
		return 0
	}
	return s.replica.most
}

// FollowReplica looks at the replica again and again until ctx is done. Until it
// is called none is used.
func (s *Store) FollowReplica(ctx context.Context) {
	if s.replica == nil {
		return
	}
	ticker := time.NewTicker(replicaEvery)
	defer ticker.Stop()
	for told := false; ctx.Err() == nil; {
		if !told {
			told = s.Do(ctx, func(tx *Tx) error { return tx.Replicate(ctx) }) == nil // the database may be gone for a moment
		}
		s.LookAtReplica(ctx)
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// LookAtReplica finds out whether the replica can be used. What has changed is
// logged, once.
func (s *Store) LookAtReplica(ctx context.Context) ReplicaState {
	r := s.replica
	if r == nil {
		return ReplicaState{}
	}
	ctx, cancel := context.WithTimeout(ctx, replicaPatience)
	defer cancel()
	state, err := s.lookAtReplica(ctx)
	if errors.Is(ctx.Err(), context.Canceled) {
		return s.Replica() // the program ends
	}
	before := r.state.Swap(&state)
	switch {
	case state.Used && !before.Used:
		s.log.Info("lists are read from the replica", "late", state.Late)
	case !state.Used && before.Cause != state.Cause:
		s.log.Warn("lists are not read from the replica", "why", state.Why, "error", err)
	}
	return s.Replica()
}

// An identity tells servers and what is in them apart.
type identity struct {
	system, database, schema string
	follows                  bool  // it is a replica
	upTo                     int64 // how far it is, of the log of whom it follows or of its own
}

// identify asks a server who it is. The schema is the list of migrations.
const identify = `SELECT (SELECT system_identifier::text FROM pg_control_system()), current_database(), pg_is_in_recovery(),
	coalesce(CAST(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, '0/0') AS BIGINT), 0),
	(SELECT coalesce(string_agg(version_id::text, ' ' ORDER BY version_id, id), '') FROM goose_db_version)`

func whoIs(ctx context.Context, db *sql.DB) (who identity, err error) {
	err = db.QueryRowContext(ctx, identify).Scan(&who.system, &who.database, &who.follows, &who.upTo, &who.schema)
	return who, err
}

// lookAtReplica compares the replica with the database.
func (s *Store) lookAtReplica(ctx context.Context) (ReplicaState, error) {
	r, state := s.replica, ReplicaState{Set: true, Late: -1}
	asked := s.now()
	main, err := whoIs(ctx, s.write)
	if err != nil {
		state.Cause, state.Why = "main", "The database does not say how far it is, so that it is not known how late the replica is."
		return state, err
	}
	r.note(mark{asked, main.upTo})
	other, err := whoIs(ctx, r.db)
	if err != nil {
		state.Cause, state.Why = "unanswered", noAnswer
		return state, err
	}
	if state.Cause, state.Why = unlike(main, other); state.Cause != "" {
		return state, errNoReplica
	}
	late, known := r.late(other.upTo, s.now())
	switch {
	case other.schema != main.schema:
		state.Cause, state.Why = "schema", "The replica has another schema than the database; it has to catch up first."
	case !known:
		state.Cause, state.Why = "behind", "The replica is behind what the database was when this node first looked."
	case late > r.most:
		state.Late, state.Cause, state.Why = late, "late", fmt.Sprintf("The replica is late by %s, and may be by %s at the most.", late.Round(time.Millisecond), r.most)
	default:
		state.Late, state.Used = late, true
	}
	return state, nil
}

// noAnswer is why a replica is not used that cannot be asked.
const noAnswer = "The replica does not answer, or not as one of this desk."

// errNoReplica says that a server will not become a replica by waiting.
var errNoReplica = errors.New("the server is no replica of the database")

// unlike says why a server is no replica of another; empty: it is one.
func unlike(main, other identity) (cause, why string) {
	switch {
	case other.system != main.system || other.database != main.database:
		return "other", "The server that is to be the replica is one of another database."
	case !other.follows:
		return "itself", "The server that is to be the replica follows none: it takes changes itself."
	}
	return "", ""
}

// note keeps how far the database was.
func (r *replica) note(m mark) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.marks)
	switch {
	case n > 0 && m.upTo == r.marks[n-1].upTo:
		r.marks[n-1].at = m.at // nothing was written since
		return
	case n > 0 && m.upTo < r.marks[n-1].upTo:
		r.marks = nil // another server took over
	case n >= replicaMarks:
		for i := range n / 2 {
			r.marks[i] = r.marks[2*i+1]
		}
		r.marks = r.marks[:n/2]
	}
	r.marks = append(r.marks, m)
}

// late returns by how much a replica that is so far is late at the most, and
// forgets what it is past.
func (r *replica) late(upTo int64, now time.Time) (late time.Duration, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := -1
	for i, m := range r.marks {
		if m.upTo <= upTo {
			last = i
		}
	}
	if last < 0 {
		return 0, false
	}
	r.marks = r.marks[last:]
	late = now.Sub(r.marks[0].at)
	return late, late >= 0
}

// OnReplica runs fn on the replica and reports whether it answered. It does not
// where the replica is not to be used, is late, has another version of access
// than the transaction has read, or has not yet what the user wrote last; then
// the same is to be asked of the transaction itself.
func (tx *Tx) OnReplica(ctx context.Context, user desk.UserID, fn func(late *Tx) error) (bool, error) {
	r := tx.s.replica
	if tx.write || r == nil || tx.access == 0 || !tx.replicated || !r.state.Load().Used {
		return false, nil
	}
	var wrote int64
	if err := tx.row(ctx, `SELECT `+ownWrites, int64(user)).Scan(&wrote); err != nil {
		return false, tx.wrap(err, "read what was last changed by user", user)
	}
	asking, cancel := context.WithTimeout(ctx, replicaTime)
	defer cancel()
	impatient := time.AfterFunc(replicaPatience, cancel)
	answered, err := r.ask(asking, tx, user, wrote, func(late *Tx) error {
		impatient.Stop()
		return fn(late)
	})
	switch {
	case err == nil && answered:
		r.answered.Add(1)
	case err == nil:
		r.behind.Add(1)
	case ctx.Err() != nil:
		return false, ctx.Err()
	default:
		r.failed.Add(1)
		tx.s.log.Debug("the replica did not answer", "error", err)
		if tx.d.lost(err) || asking.Err() != nil {
			r.giveUp(tx.s, err)
		}
	}
	return answered && err == nil, nil
}

// giveUp leaves the replica alone until it was looked at again.
func (r *replica) giveUp(s *Store, err error) {
	before := r.state.Load()
	state := &ReplicaState{Set: true, Late: -1, Cause: "unanswered", Why: noAnswer}
	if before.Used && r.state.CompareAndSwap(before, state) {
		s.log.Warn("lists are not read from the replica", "why", state.Why, "error", err)
	}
}

// ask runs fn on one state of the replica, if that may be shown to the user.
func (r *replica) ask(ctx context.Context, tx *Tx, user desk.UserID, wrote int64, fn func(*Tx) error) (bool, error) {
	sqlTx, err := r.db.BeginTx(ctx, r.d.viewOptions)
	if err != nil {
		return false, err
	}
	late := &Tx{s: tx.s, tx: sqlTx, d: r.d, span: tx.span, summed: map[string][2]int64{}}
	defer late.rollback()
	var version, has, upTo int64
	err = late.row(ctx, `SELECT (SELECT version FROM access_version WHERE id = 1), `+ownWrites+`,
		coalesce(CAST(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') AS BIGINT), 0)`, int64(user)).Scan(&version, &has, &upTo)
	if err != nil {
		return false, err
	}
	by, known := r.late(upTo, tx.s.now())
	if version != tx.access || has < wrote || !known || by > r.most {
		return false, nil
	}
	late.access = version
	return true, fn(late)
}

// ownWrites is what a user has changed, as a number that grows with each change.
const ownWrites = `CAST(coalesce((SELECT sum(n) FROM own_write WHERE user_id = $1), 0) AS BIGINT)`

// By says who makes the change, so that lists show it to him at once wherever
// they are read from.
func (tx *Tx) By(user desk.UserID) { tx.by = user }

// ownSlots is how many changes of one person may be stored at once without one
// waiting for the other.
const ownSlots = 8

// countOwn notes that the user has changed something, where some node may ask a
// replica whether it has that. It comes last of all, so that nothing else waits
// for it.
func (tx *Tx) countOwn(ctx context.Context) error {
	if tx.by == 0 || !tx.wrote || !tx.replicated {
		return nil
	}
	_, err := tx.exec(ctx, `INSERT INTO own_write (user_id, slot, n) VALUES ($1, $2, 1)
		ON CONFLICT (user_id, slot) DO UPDATE SET n = own_write.n + 1`, int64(tx.by), rand.IntN(ownSlots))
	return tx.wrap(err, "note the change of user", tx.by)
}

// Replicate has all nodes note, from now on, who changes something: one of them
// is to read from a replica.
func (tx *Tx) Replicate(ctx context.Context) error {
	_, err := tx.exec(ctx, `UPDATE access_version SET replicated = 1 WHERE id = 1 AND replicated = 0`)
	return tx.wrap(err, "note that a replica is read", "")
}

// TryReplica asks whether the replica of the options follows the database, and
// returns by how much it was behind. It waits until ctx is done at the most.
func TryReplica(ctx context.Context, o Options) (late time.Duration, err error) {
	s, err := connect(ctx, o)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		state, err := s.lookAtReplica(ctx)
		if state.Used {
			return state.Late, nil
		}
		if err != nil {
			return 0, desk.Wrap(desk.Unavailable, err, "%s", state.Why)
		}
		select {
		case <-ctx.Done():
			return 0, desk.Errorf(desk.Unavailable, "%s", state.Why)
		case <-ticker.C:
		}
	}
}
