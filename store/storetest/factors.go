package storetest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// testFactors: what somebody has to show who he is.
func testFactors(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	key := desk.Passkey{ID: "k", User: c.anna, Name: "Telephone", Credential: "{}", Created: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, a := range []desk.CodeApp{{User: c.anna, Sealed: "old", Step: 9, Created: at}, {User: c.anna, Sealed: "new", Step: 5, Created: at}} {
			if err := tx.SetCodeApp(ctx, &a); err != nil {
				return err
			}
		}
		if err := tx.InsertPasskey(ctx, &key); err != nil {
			return err
		}
		return tx.SetRecoveryCodes(ctx, c.anna, []string{"a", "b"})
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		apps, err := tx.CodeApps(ctx)
		if len(apps) != 1 || apps[0] != (desk.CodeApp{User: c.anna, Sealed: "new", Step: 5, Created: at}) {
			t.Errorf("programs that show codes: got %+v", apps)
		}
		return err
	})
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertPasskey(ctx, &desk.Passkey{ID: "k", User: c.bob, Name: "x", Credential: "{}"})
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, want := range []bool{true, false, false} {
			step := []int64{6, 6, 5}[i]
			if fresh, err := tx.UseCodeStep(ctx, c.anna, step); fresh != want || err != nil {
				t.Errorf("step %d is fresh: %v, %v", step, fresh, err)
			}
		}
		for i, want := range []bool{true, false} {
			if used, err := tx.UseRecoveryCode(ctx, c.anna, "a"); used != want || err != nil {
				t.Errorf("use %d of a code: %v, %v", i, used, err)
			}
		}
		if used, err := tx.UseRecoveryCode(ctx, c.bob, "b"); used || err != nil {
			t.Errorf("another's code is used: %v, %v", used, err)
		}
		return tx.UsePasskey(ctx, "k", `{"n":1}`, at)
	})
	key.Credential, key.LastUsed = `{"n":1}`, at
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		f, err := tx.Factors(ctx, c.anna)
		same(t, "factors", f, err, &desk.Factors{App: at, Codes: 1, Passkeys: []desk.Passkey{key}})
		f, err = tx.Factors(ctx, c.bob)
		same(t, "nobody's factors", f, err, &desk.Factors{})
		return nil
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeletePasskey(ctx, c.bob, "k") })
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.DeleteCodeApp(ctx, c.anna); err != nil {
			return err
		}
		return tx.DeletePasskey(ctx, c.anna, "")
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.CodeApp(ctx, c.anna); return err })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Passkey(ctx, "k"); return err })
}

// testHalfDone: what is half done is finished once, and forgotten when it is
// too late.
func testHalfDone(t *testing.T, s *store.Store) {
	at := Start.Truncate(time.Microsecond)
	first := &desk.HalfDone{Digest: "a", Kind: "second", User: 7, Data: "password", Until: at.Add(time.Minute)}
	late := &desk.HalfDone{Digest: "b", Kind: "second", Until: at.Add(-time.Minute)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertHalfDone(ctx, late); err != nil {
			return err
		}
		return tx.InsertHalfDone(ctx, first)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.HalfDone(ctx, "a")
		same(t, "half done", got, err, first)
		return nil
	})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.HalfDone(ctx, "b"); return err })
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteHalfDone(ctx, "a") })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteHalfDone(ctx, "a") })
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for digest, kind := range map[string]string{"c": "first", "d": "first", "e": "second"} {
			if err := tx.InsertHalfDone(ctx, &desk.HalfDone{Digest: digest, Kind: kind, Until: at.Add(time.Minute)}); err != nil {
				return err
			}
		}
		return tx.DeleteHalfDoneOf(ctx, "first")
	})
	for digest, want := range map[string]desk.Kind{"c": desk.NotFound, "d": desk.NotFound, "e": 0} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.HalfDone(ctx, digest); (err != nil) != (want != 0) || err != nil && desk.KindOf(err) != want {
				t.Errorf("what is half done under %s, after those of its kind were forgotten: %v", digest, err)
			}
			return nil
		})
	}
}

// testAnsweredOnce: an agent's reply to somebody else's ticket counts, nothing
// else does.
func testAnsweredOnce(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	its, own := desk.Ticket{Queue: c.support, Subject: "his", Reporter: c.bob}, desk.Ticket{Queue: c.support, Subject: "the agent's own", Reporter: c.anna}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.InsertTicket(ctx, &its), tx.InsertTicket(ctx, &own))
	})
	for _, tt := range []struct {
		why  string
		m    desk.Message
		want bool
	}{
		{"what the contact wrote", desk.Message{Ticket: its.ID, Kind: desk.Reply, Author: c.bob}, false},
		{"a comment", desk.Message{Ticket: its.ID, Kind: desk.Comment, Author: c.anna}, false},
		{"what an agent asked himself", desk.Message{Ticket: own.ID, Kind: desk.Reply, Author: c.anna}, false},
		{"what the desk wrote by itself", desk.Message{Ticket: its.ID, Kind: desk.Reply}, false},
		{"an agent's reply", desk.Message{Ticket: its.ID, Kind: desk.Reply, Author: c.anna}, true},
	} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			tt.m.Text, tt.m.At = "x", Start
			return tx.InsertMessage(ctx, &tt.m)
		})
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Begun(ctx, c.anna, "desk_name")
			if err != nil || got.Answered != tt.want {
				t.Errorf("%s: answered %+v, %v; want %t", tt.why, got, err, tt.want)
			}
			return nil
		})
	}
}

// testBegun: each step of a new desk is seen when it was taken, and no other.
func testBegun(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	begun := func(user desk.UserID) store.Begun {
		t.Helper()
		b := read(t, s, func(ctx context.Context, tx *store.Tx) (*store.Begun, error) { return tx.Begun(ctx, user, "desk_name") })
		slices.Sort(b.Queues)
		return *b
	}
	was := begun(c.anna)
	if !slices.Contains(was.Queues, c.support) || was.Agents == 0 || was.Second || was.Named || was.Sent || was.Took || was.Answered {
		t.Errorf("at first %+v", was)
	}
	waits, went := desk.Outgoing{LetterID: "waits@x", Address: "bob@x.example"}, desk.Outgoing{LetterID: "went@x", Address: "bob@x.example", State: desk.OutSent}
	spooled := desk.Spooled{Raw: []byte("x")}
	for _, tt := range []struct {
		why  string
		take func(ctx context.Context, tx *store.Tx) error
		want func(b *store.Begun)
	}{
		{"a second factor", func(ctx context.Context, tx *store.Tx) error {
			return tx.SetCodeApp(ctx, &desk.CodeApp{User: c.anna, Sealed: "x", Created: Start})
		}, func(b *store.Begun) { b.Second = true }},
		{"another setting", func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "other", "x") }, func(*store.Begun) {}},
		{"an empty name", func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "desk_name", "") }, func(*store.Begun) {}},
		{"a name", func(ctx context.Context, tx *store.Tx) error { return tx.SetSetting(ctx, "desk_name", "Help") }, func(b *store.Begun) { b.Named = true }},
		{"a letter that came", func(ctx context.Context, tx *store.Tx) error { return tx.InsertSpooled(ctx, &spooled) }, func(b *store.Begun) { b.Took = true }},
		{"a letter that waits", func(ctx context.Context, tx *store.Tx) error { return tx.InsertOutgoing(ctx, &waits) }, func(*store.Begun) {}},
		{"one that went", func(ctx context.Context, tx *store.Tx) error { return tx.InsertOutgoing(ctx, &went) }, func(b *store.Begun) { b.Sent = true }},
	} {
		do(t, s, tt.take)
		tt.want(&was)
		if got := begun(c.anna); !reflect.DeepEqual(got, was) {
			t.Errorf("after %s %+v, want %+v", tt.why, got, was)
		}
	}
	if begun(c.bob).Second {
		t.Error("another one's factor counts")
	}
}

// testWeakSessions: those without a second factor end, of one kind of users.
func testWeakSessions(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for digest, user := range map[string]desk.UserID{"anna": c.anna, "bob": c.bob, "carl": c.carl} {
			if err := tx.InsertSession(ctx, &desk.Session{Digest: digest, User: user, Created: Start, Seen: Start}); err != nil {
				return err
			}
		}
		if err := tx.SetCodeApp(ctx, &desk.CodeApp{User: c.anna, Sealed: "x", Created: Start}); err != nil {
			return err
		}
		return tx.DeleteWeakSessions(ctx, desk.Agent)
	})
	left := map[string]bool{}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, digest := range []string{"anna", "bob", "carl"} {
			_, err := tx.Session(ctx, digest)
			left[digest] = err == nil
		}
		return nil
	})
	want := map[string]bool{"anna": true, "bob": false, "carl": true} // carl is a contact
	if !cmp.Equal(left, want) {
		t.Errorf("(-got +want):\n%s", cmp.Diff(left, want))
	}
}

// testOutsideLogins: a login elsewhere is one user's.
func testOutsideLogins(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	d := &desk.Directory{Name: "Login", Kind: desk.KindOIDC, Config: "{}"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveDirectory(ctx, d) })
	login := desk.OutsideLogin{Directory: d.ID, Entry: "s-1", User: c.anna, Created: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertOutsideLogin(ctx, &login) })
	refused(t, s, desk.Conflict, func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertOutsideLogin(ctx, &desk.OutsideLogin{Directory: d.ID, Entry: "s-1", User: c.bob})
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.OutsideLogin(ctx, d.ID, "s-1")
		same(t, "login", got, err, &login)
		list, err := tx.OutsideLogins(ctx, c.anna)
		same(t, "logins", list, err, []desk.OutsideLogin{login})
		return nil
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteOutsideLogins(ctx, c.anna, 0) })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.OutsideLogin(ctx, d.ID, "s-1")
		return err
	})
}
