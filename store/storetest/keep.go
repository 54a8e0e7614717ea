package storetest

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

func testSessions(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	old := desk.Session{Digest: "old", User: c.anna, Created: Start.Add(-time.Hour).Truncate(time.Microsecond), Seen: Start.Add(-time.Minute).Truncate(time.Microsecond), Agent: "curl", Address: "::1"}
	fresh := desk.Session{Digest: "fresh", User: c.anna, Created: old.Created, Seen: old.Seen}
	others := desk.Session{Digest: "other", User: c.bob, Created: old.Created, Seen: old.Seen}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, in := range []*desk.Session{&old, &fresh, &others} {
			if err := tx.InsertSession(ctx, in); err != nil {
				return err
			}
		}
		return tx.TouchSession(ctx, "fresh", Start)
	})
	fresh.Seen = Start.Truncate(time.Microsecond)
	check := func(user desk.UserID, want ...desk.Session) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.SessionsOf(ctx, user)
			if !cmp.Equal(got, want) {
				t.Errorf("(-got +want):\n%s", cmp.Diff(got, want))
			}
			return err
		})
	}
	check(c.anna, fresh, old) // the last used first
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Session(ctx, "old")
		if !cmp.Equal(*got, old) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(*got, old))
		}
		return err
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteSessionsBefore(ctx, Start, time.Time{}) })
	check(c.anna, fresh)
	check(c.bob)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertSession(ctx, &others); err != nil {
			return err
		}
		return tx.DeleteSessionsOf(ctx, c.anna)
	})
	check(c.anna)
	check(c.bob, others)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteSession(ctx, "other") })
	check(c.bob)
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Session(ctx, "other"); return err })
}

func testTokens(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	api := desk.Token{Digest: "a", Kind: "api", User: c.anna, Name: "script", Created: Start.Truncate(time.Microsecond)}
	link := desk.Token{Digest: "l", Kind: "link", User: c.anna, Created: api.Created.Add(-time.Second), Until: api.Created.Add(time.Hour)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertToken(ctx, &api); err != nil {
			return err
		}
		if err := tx.InsertToken(ctx, &link); err != nil {
			return err
		}
		return tx.TouchToken(ctx, "a", Start)
	})
	api.LastUsed = api.Created
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got, err := tx.Tokens(ctx, c.anna); err != nil || !cmp.Equal(got, []desk.Token{api, link}) {
			t.Errorf("%v (-got +want):\n%s", err, cmp.Diff(got, []desk.Token{api, link}))
		}
		got, err := tx.Token(ctx, "l")
		if !cmp.Equal(*got, link) {
			t.Errorf("(-got +want):\n%s", cmp.Diff(*got, link))
		}
		return err
	})
	testTokensByEnd(t, s, c)
	testTokensAnew(t, s, c)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteToken(ctx, "l") })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteToken(ctx, "l") })
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { _, err := tx.Token(ctx, "l"); return err })
}

// testTokensAnew: a token gets another end and another digest, and what it made
// goes when its digest does, or it itself.
func testTokensAnew(t *testing.T, s *store.Store, c cast) {
	until := func(days int) time.Time { return Start.AddDate(0, 0, days).Truncate(time.Microsecond) }
	there := func(digest string) (yes bool) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Token(ctx, digest)
			yes = err == nil
			return nil
		})
		return yes
	}
	maker := desk.Token{Digest: "maker", Kind: "api", User: c.anna, Created: until(0), Until: until(9), LastUsed: until(1), Warned: until(1)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertToken(ctx, &maker); err != nil {
			return err
		}
		return tx.InsertToken(ctx, &desk.Token{Digest: "made", Kind: "api", User: c.anna, Created: until(1), Maker: "maker"})
	})
	maker.Until = until(30)
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RenewToken(ctx, "maker", &maker) })
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		maker.Warned = time.Time{}
		got, err := tx.Token(ctx, "maker")
		if err == nil && !cmp.Equal(*got, maker) {
			t.Errorf("after another end (-got +want):\n%s", cmp.Diff(*got, maker))
		}
		return err
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		made, err := tx.Token(ctx, "made")
		if err == nil && !made.Until.Equal(maker.Until) {
			t.Errorf("what a token made goes on until %v, longer than itself", made.Until)
		}
		return err
	})
	anew := maker
	anew.Digest, anew.LastUsed = "anew", time.Time{}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RenewToken(ctx, "maker", &anew) })
	if there("maker") || there("made") || !there("anew") || !there("a") {
		t.Error("another digest leaves the old token or what it made, or takes others away")
	}
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.RenewToken(ctx, "maker", &anew) })
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertToken(ctx, &desk.Token{Digest: "made", Kind: "api", User: c.anna, Created: until(1), Maker: "anew"}); err != nil {
			return err
		}
		return tx.DeleteToken(ctx, "anew")
	})
	if there("made") || there("anew") {
		t.Error("what a token made outlives it")
	}
}

// testTokensByEnd: tokens that end are found by when, once; those in use are of
// enabled users and not over. Links are neither.
func testTokensByEnd(t *testing.T, s *store.Store, c cast) {
	until := func(hours int) time.Time { return Start.Add(time.Duration(hours) * time.Hour) }
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.UpdateUser(ctx, &desk.User{ID: c.bob, Login: "bob", Kind: desk.Agent, Disabled: true}); err != nil {
			return err
		}
		for _, token := range []desk.Token{
			{Digest: "over", User: c.anna, Until: until(0)},
			{Digest: "soon", User: c.anna, Until: until(2), Scope: "read queue:3"},
			{Digest: "sooner", User: c.bob, Until: until(1)},
			{Digest: "told", User: c.anna, Until: until(2), Warned: until(-5)},
			{Digest: "late", User: c.anna, Until: until(9)},
		} {
			token.Kind, token.Created = "api", until(-9)
			if err := tx.InsertToken(ctx, &token); err != nil {
				return err
			}
		}
		return nil
	})
	names := func(list []desk.Token, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		var digests []string
		for _, token := range list {
			digests = append(digests, token.Digest)
		}
		return strings.Join(digests, " ")
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if got := names(tx.TokensEnding(ctx, until(0), until(2), 9)); got != "sooner soon" {
			t.Errorf("%q end, want sooner and soon", got)
		}
		if got := names(tx.TokensEnding(ctx, until(0), until(2), 1)); got != "sooner" {
			t.Errorf("%q is the first", got)
		}
		if err := tx.WarnedOfToken(ctx, "soon", until(0)); err != nil {
			return err
		}
		if got := names(tx.TokensEnding(ctx, until(1), until(9), 9)); got != "late" {
			t.Errorf("%q end after a warning, want late", got)
		}
		if got := names(tx.TokensInUse(ctx, until(0), 9)); got != "late soon told a" {
			t.Errorf("%q are in use", got)
		}
		got, err := tx.Token(ctx, "soon")
		if err == nil && (!got.Warned.Equal(until(0)) || got.Scope != "read queue:3") {
			t.Errorf("the token is %+v", got)
		}
		return err
	})
}

func testSettings(t *testing.T, s *store.Store) {
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		value, ok, err := tx.Setting(ctx, "x")
		if value != "" || ok {
			t.Errorf("got %q, %v before it was set", value, ok)
		}
		return err
	})
	var secret, other []byte
	do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		for _, value := range []string{"one", ""} {
			if err := tx.SetSetting(ctx, "x", value); err != nil {
				return err
			}
			if got, ok, err := tx.Setting(ctx, "x"); got != value || !ok || err != nil {
				t.Errorf("got %q, %v (%v), want %q", got, ok, err, value)
			}
		}
		if secret, err = tx.Secret(ctx, "key"); err != nil {
			return err
		}
		other, err = tx.Secret(ctx, "other")
		return err
	})
	if len(secret) != 32 || bytes.Equal(secret, other) {
		t.Errorf("got secrets %x and %x, want two of 32 bytes", secret, other)
	}
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		again, err := tx.Secret(ctx, "key")
		if !bytes.Equal(again, secret) {
			t.Errorf("got another secret the second time")
		}
		return err
	})
}

func testForms(t *testing.T, s *store.Store) {
	seen := func(want string, wantSeen bool) {
		t.Helper()
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			earlier, seen, err := tx.SeenForm(ctx, "token")
			if earlier != want || seen != wantSeen {
				t.Errorf("got %q, seen %v; want %q, seen %v", earlier, seen, want, wantSeen)
			}
			if err != nil || seen {
				return err
			}
			return tx.RememberForm(ctx, "token", "/ticket/1")
		})
	}
	seen("", false)
	seen("/ticket/1", true)
	seen("/ticket/1", true)
	t.Run("what was rolled back was not sent", func(t *testing.T) {
		for range 2 {
			refused(t, s, desk.Invalid, func(ctx context.Context, tx *store.Tx) error {
				_, seen, err := tx.SeenForm(ctx, "failed")
				same(t, "seen", seen, err, false)
				return desk.Errorf(desk.Invalid, "no")
			})
		}
	})
}

func testAudit(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	var lines []desk.AuditEntry
	for _, e := range []desk.AuditEntry{
		{By: c.anna, Via: desk.ViaWeb, Action: "grant.add", Object: "queue:Support", After: `{"a":"ö"}`},
		{Via: desk.ViaCLI, Action: "member.remove", Object: "group:Staff", Before: "\"x\""},
		{By: c.anna, Via: desk.ViaAPI, Action: "grant.add", Object: "group:Staff", At: Start.Add(time.Hour)},
	} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Audit(ctx, &e) })
		lines = append(lines, e)
	}
	for _, tt := range []struct {
		why    string
		filter store.AuditFilter
		want   []desk.AuditEntry
		more   bool
	}{
		{"all, newest first", store.AuditFilter{}, []desk.AuditEntry{lines[2], lines[1], lines[0]}, false},
		{"a page", store.AuditFilter{Limit: 1, Before: lines[2].ID}, []desk.AuditEntry{lines[1]}, true},
		{"of an object", store.AuditFilter{Object: "group:Staff"}, []desk.AuditEntry{lines[2], lines[1]}, false},
		{"of an action", store.AuditFilter{Action: "grant.add"}, []desk.AuditEntry{lines[2], lines[0]}, false},
		{"of somebody on an object", store.AuditFilter{By: c.anna, Object: "queue:Support"}, []desk.AuditEntry{lines[0]}, false},
		{"newer than one", store.AuditFilter{After: lines[0].ID}, []desk.AuditEntry{lines[2], lines[1]}, false},
		{"the next newer than one", store.AuditFilter{After: lines[0].ID, Limit: 1}, []desk.AuditEntry{lines[1]}, true},
		{"of a kind", store.AuditFilter{Kind: "grant"}, []desk.AuditEntry{lines[2], lines[0]}, false},
		{"of a kind that is a pattern", store.AuditFilter{Kind: "%"}, nil, false},
		{"of the desk itself", store.AuditFilter{BySystem: true}, []desk.AuditEntry{lines[1]}, false},
	} {
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, more, err := tx.AuditList(ctx, tt.filter)
			if !cmp.Equal(got, tt.want) || more != tt.more {
				t.Errorf("%s: more %v (-got +want):\n%s", tt.why, more, cmp.Diff(got, tt.want))
			}
			return err
		})
	}
	testAuditState(t, s)
	refused(t, s, desk.Invalid, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Audit(ctx, &desk.AuditEntry{Action: "rolled back"}); err != nil {
			return err
		}
		return desk.Errorf(desk.Invalid, "no")
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		bad, err := tx.VerifyAudit(ctx)
		if bad != 0 {
			t.Errorf("line %d is said to be wrong", bad)
		}
		return err
	})
	hashes := []string{lines[0].Hash, lines[1].Hash, lines[2].Hash}
	slices.Sort(hashes)
	if len(slices.Compact(hashes)) != 3 || lines[0].ID != 1 || lines[2].ID != 3 {
		t.Errorf("got lines %v, want three with hashes of their own", lines)
	}
}
