package store_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// A following is a desk on a server that another one follows.
type following struct {
	*store.Store
	t             *testing.T
	main, replica *pgtest.Server
	options       store.Options
	now           time.Time
	log           bytes.Buffer
}

// newFollowing opens a desk of which ten users are, with its replica.
func newFollowing(t *testing.T) *following {
	f := &following{t: t, main: pgtest.Start(t), now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	f.options = store.Options{Dir: t.TempDir(), URL: f.main.NewDatabase(t), Now: func() time.Time { return f.now }, Log: slog.New(slog.NewTextHandler(&f.log, nil))}
	open(t, f.options)
	f.replica = f.main.Standby(t)
	f.options.Replica, f.options.ReplicaLate = f.replica.At(t, f.options.URL), 5*time.Second
	f.Store = open(t, f.options)
	f.do(func(ctx context.Context, tx *store.Tx) error { return tx.Replicate(ctx) })
	f.catchUp()
	return f
}

func (f *following) do(fn func(context.Context, *store.Tx) error) {
	f.t.Helper()
	if err := f.Do(f.t.Context(), func(tx *store.Tx) error {
		if _, err := tx.AccessVersion(f.t.Context()); err != nil {
			return err
		}
		return fn(f.t.Context(), tx)
	}); err != nil {
		f.t.Fatal(err)
	}
}

// write changes something as a user.
func (f *following) write(user desk.UserID, value string) {
	f.t.Helper()
	f.do(func(ctx context.Context, tx *store.Tx) error {
		tx.By(user)
		return tx.SetSetting(ctx, "word", value)
	})
	f.main.Flush(f.t)
}

func (f *following) catchUp() {
	f.t.Helper()
	f.LookAtReplica(f.t.Context())
	f.replica.CatchUp(f.t, f.main)
	f.LookAtReplica(f.t.Context())
}

// word asks the replica for what write wrote; it says "" where the database is
// to be asked.
func (f *following) word(user desk.UserID) (value string) {
	f.t.Helper()
	err := f.View(f.t.Context(), func(tx *store.Tx) error {
		if _, err := tx.AccessVersion(f.t.Context()); err != nil {
			return err
		}
		_, err := tx.OnReplica(f.t.Context(), user, func(late *store.Tx) (err error) {
			value, _, err = late.Setting(f.t.Context(), "word")
			return err
		})
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return value
}

func (f *following) wantWord(why string, user desk.UserID, want string) {
	f.t.Helper()
	if got := f.word(user); got != want {
		f.t.Errorf("%s: got %q of the replica, want %q", why, got, want)
	}
}

func (f *following) wantUnused(why, says string) {
	f.t.Helper()
	state := f.LookAtReplica(f.t.Context())
	if state.Used || !strings.Contains(state.Why, says) {
		f.t.Errorf("%s: got %+v, want that it is not used and %q", why, state, says)
	}
	f.wantWord(why, 7, "")
}

// TestReplica: a replica answers where it is late by no more than it may be, has
// what the user wrote and the same version of access, and is left alone and
// taken up again as it comes and goes; both are logged once.
func TestReplica(t *testing.T) {
	f := newFollowing(t)
	f.write(7, "one")
	f.catchUp()
	if state := f.Store.Replica(); !state.Used || state.Late != 0 {
		t.Fatalf("got %+v, want that it is used", state)
	}
	f.wantWord("at first", 7, "one")

	f.replica.Pause(t)
	f.write(7, "two")
	f.wantWord("to who wrote meanwhile", 7, "")
	f.wantWord("to another", 8, "one")
	f.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.BumpAccess(ctx); return err })
	f.wantWord("to anybody once access was changed", 8, "")
	f.replica.Resume(t)
	f.catchUp()
	f.wantWord("when it has that", 8, "two")
	f.wantWord("and to who wrote", 7, "two")

	f.replica.Pause(t)
	f.write(7, "three")
	f.now = f.now.Add(4 * time.Second)
	f.LookAtReplica(t.Context())
	f.wantWord("a little late", 8, "two")
	f.now = f.now.Add(2 * time.Second)
	f.wantWord("too late, before anybody has looked", 8, "")
	f.wantUnused("too late", "late by 6s, and may be by 5s")
	f.replica.Resume(t)
	f.catchUp()
	f.wantWord("in time again", 7, "three")

	f.replica.Stop(t)
	f.wantWord("gone, before anybody has looked", 8, "")
	f.wantUnused("gone", "does not answer")
	f.replica.Restart(t)
	f.catchUp()
	f.wantWord("come back", 7, "three")
	log := f.log.String()
	if bad, good := strings.Count(log, "are not read from the replica"), strings.Count(log, "are read from the replica"); bad != 2 || good != 3 {
		t.Errorf("got %d lines that it is not used and %d that it is, want 2 and 3:\n%s", bad, good, log)
	}
	state := f.Store.Replica()
	if state.Answered != 7 || state.Behind != 3 || state.Failed != 1 {
		t.Errorf("got %+v, want 7 answers, 3 times behind, one failure", state)
	}
}

// TestWhatIsNoReplica: a server of another desk, one that has become a database
// of its own, one with another schema and a desk without a server.
func TestWhatIsNoReplica(t *testing.T) {
	f := newFollowing(t)
	f.write(7, "one")
	f.catchUp()
	wrong := func(why, address, says string) {
		t.Helper()
		options := f.options
		options.Replica = address
		other := open(t, options)
		if state := other.LookAtReplica(t.Context()); state.Used || !strings.Contains(state.Why, says) {
			t.Errorf("%s: got %+v, want %q", why, state, says)
		}
		if _, err := store.TryReplica(t.Context(), options); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s, tried: got %v, want %q", why, err, says)
		}
	}
	elsewhere := pgtest.NewDatabase(t)
	open(t, store.Options{URL: elsewhere})
	wrong("another server", elsewhere, "another database")
	wrong("the database itself", f.options.URL, "takes changes itself")
	f.main.NewDatabase(t)
	wrong("a database that is none of the desk's", f.main.At(t, "postgres:///postgres"), "does not answer")

	if late, err := store.TryReplica(t.Context(), f.options); err != nil || late != 0 {
		t.Errorf("trying the right one: late %s, %v", late, err)
	}
	f.replica.Pause(t)
	behindItsBack(t, f.Store, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (90001, true)`)
	f.wantUnused("another schema", "another schema")
	f.replica.Resume(t)
	f.catchUp()
	f.wantWord("the same schema", 7, "one")
	f.replica.Promote(t)
	f.wantUnused("promoted", "takes changes itself")
	f.main.Stop(t)
	f.LookAtReplica(t.Context())
	if state := f.Store.Replica(); state.Used || !strings.Contains(state.Why, "database does not say") {
		t.Errorf("without the database: got %+v", state)
	}

	_, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Replica: elsewhere, Migrate: true})
	if desk.KindOf(err) != desk.Invalid {
		t.Errorf("a replica of SQLite: got %v, want a refusal", err)
	}
}

// TestOwnWritesAreNotedForReplicas: nothing is written down while no node reads
// from a replica, and nothing by who changed nothing; changes of one person at
// once are all counted.
func TestOwnWritesAreNotedForReplicas(t *testing.T) {
	s := open(t, store.Options{URL: pgtest.NewDatabase(t)})
	write := func(user desk.UserID, change bool) {
		t.Helper()
		err := s.Do(t.Context(), func(tx *store.Tx) error {
			tx.By(user)
			if _, err := tx.AccessVersion(t.Context()); err != nil || !change {
				return err
			}
			return tx.SetSetting(t.Context(), fmt.Sprint("word", user), "x")
		})
		if err != nil {
			t.Error(err)
		}
	}
	noted := func() (n int) {
		t.Helper()
		if err := s.DB().QueryRow(`SELECT coalesce(sum(n), 0) FROM own_write`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	write(7, true)
	if got := noted(); got != 0 {
		t.Errorf("without a replica %d changes were noted", got)
	}
	if err := s.Do(t.Context(), func(tx *store.Tx) error { return tx.Replicate(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	done := make(chan bool)
	for range 20 {
		go func() { write(7, true); done <- true }()
	}
	for range 20 {
		<-done
	}
	write(7, false)
	write(0, true)
	if got := noted(); got != 20 {
		t.Errorf("%d changes were noted, want 20", got)
	}
}

// TestFollowReplica: it is looked at without being asked, until the end.
func TestFollowReplica(t *testing.T) {
	f := newFollowing(t)
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan bool)
	second := open(t, f.options)
	go func() { second.FollowReplica(ctx); close(ended) }()
	for begun := time.Now(); !second.Replica().Used; <-time.After(5 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("it is not used: %+v", second.Replica())
		}
	}
	if second.ReplicaLate() != 5*time.Second {
		t.Errorf("it may be late by %s", second.ReplicaLate())
	}
	end()
	<-ended
	none := open(t, store.Options{})
	none.FollowReplica(t.Context())
	if state := none.LookAtReplica(t.Context()); state != (store.ReplicaState{}) || none.ReplicaLate() != 0 {
		t.Errorf("without a replica: got %+v", state)
	}
}
