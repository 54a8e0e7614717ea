package store_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
	"gatehouse/store/s3test"
	"gatehouse/store/storetest"
)

func bucketOf(s *s3test.Server) *store.Bucket {
	return &store.Bucket{Host: s.Host, Name: s3test.Bucket, Prefix: "a desk/+", Region: s3test.Region, Key: s3test.Key, Secret: s3test.Secret}
}

// spooled stores a letter so large that it is not kept in the database.
func spooled(ctx context.Context, s *store.Store, what string) (id desk.SpoolID, err error) {
	err = s.Do(ctx, func(tx *store.Tx) error {
		sp := &desk.Spooled{Envelope: desk.Envelope{Recipient: "a@desk.invalid"}, Raw: bytes.Repeat([]byte(what), 20_000)}
		err := tx.InsertSpooled(ctx, sp)
		id = sp.ID
		return err
	})
	return id, err
}

func rawOf(ctx context.Context, s *store.Store, id desk.SpoolID) (raw []byte, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		sp, err := tx.Spooled(ctx, id)
		if err == nil {
			raw = sp.Raw
		}
		return err
	})
	return raw, err
}

// TestConformanceInABucket holds a desk whose contents are in a bucket to what
// is asked of every desk.
func TestConformanceInABucket(t *testing.T) {
	storetest.RunFiles(t, func(t testing.TB) *store.Store { return open(t, store.Options{Bucket: bucketOf(s3test.Start(t))}) })
	empty := pgtest.NewDatabase(t)
	if err := open(t, store.Options{URL: empty}).Close(); err != nil {
		t.Fatal(err)
	}
	storetest.RunFiles(t, func(t testing.TB) *store.Store {
		return open(t, store.Options{URL: pgtest.Shared(t).Copy(t, empty), Bucket: bucketOf(s3test.Start(t))})
	})
}

// TestABucketInTrouble: while the bucket fails, new work is refused for the
// moment and what it has cannot be read; nothing is lost and it recovers by
// itself. A wrong secret is refused by it.
func TestABucketInTrouble(t *testing.T) {
	server := s3test.Start(t)
	s := open(t, store.Options{Bucket: bucketOf(server)})
	ctx := t.Context()
	id, err := spooled(ctx, s, "first ")
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range []int{403, 500, 503, -1} {
		server.Break(status)
		if _, err := spooled(ctx, s, fmt.Sprint("while ", status)); desk.KindOf(err) != desk.Unavailable || !strings.Contains(err.Error(), "try again") {
			t.Errorf("%d: storing: got %v, want a temporary error", status, err)
		}
		if _, err := rawOf(ctx, s, id); desk.KindOf(err) != desk.Unavailable {
			t.Errorf("%d: reading: got %v, want a temporary error", status, err)
		}
		if err := s.CheckFiles(ctx); desk.KindOf(err) != desk.Unavailable {
			t.Errorf("%d: checking: got %v", status, err)
		}
		if _, err := s.Backup(ctx, &bytes.Buffer{}, nil); desk.KindOf(err) != desk.Unavailable {
			t.Errorf("%d: a backup: got %v, want none rather than one without files", status, err)
		}
		if _, err := s.SweepFiles(ctx, 0); desk.KindOf(err) != desk.Unavailable {
			t.Errorf("%d: sweeping: got %v", status, err)
		}
		server.Break(0)
		if raw, err := rawOf(ctx, s, id); err != nil || !bytes.HasPrefix(raw, []byte("first first ")) {
			t.Errorf("after %d: got %.20q (%v)", status, raw, err)
		}
	}
	if err := store.TryBucket(ctx, bucketOf(server)); err != nil || len(server.Names()) != 1 {
		t.Errorf("trying it: %v, left %q", err, server.Names())
	}
	if got := server.Refused(); got != 0 {
		t.Errorf("%d signatures were wrong", got)
	}
	wrong := bucketOf(server)
	wrong.Secret = "guessed"
	if err := store.TryBucket(ctx, wrong); desk.KindOf(err) != desk.Unavailable || server.Refused() == 0 {
		t.Errorf("with a wrong secret: got %v, %d refused", err, server.Refused())
	}
}

// TestABucketIsKeptInOrder: verify finds what is lost or damaged in it, what
// belongs to nothing is swept, and a desk goes from a disk to a bucket and back
// by its backups.
func TestABucketIsKeptInOrder(t *testing.T) {
	ctx, server := t.Context(), s3test.Start(t)
	s := open(t, store.Options{Bucket: bucketOf(server)})
	var ids []desk.SpoolID
	for n := range 5 { // more than fit on a page of the bucket's list
		id, err := spooled(ctx, s, fmt.Sprint("letter ", n))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	names := server.Names()
	server.Put("a desk/+/ff/"+strings.Repeat("f", 64), []byte("left behind"), 48*time.Hour)
	server.Put("another desk/ff/"+strings.Repeat("e", 64), []byte("not ours"), 48*time.Hour)
	server.Put("a desk/+/readme", []byte("not ours"), 48*time.Hour)
	if n, err := s.SweepFiles(ctx, 24*time.Hour); n != 1 || err != nil || len(server.Names()) != 7 {
		t.Errorf("sweeping: got %d (%v), left %q", n, err, server.Names())
	}
	backup := &bytes.Buffer{}
	if saved, err := s.Backup(ctx, backup, nil); err != nil || saved.Files != 5 || len(saved.Missing) != 0 {
		t.Fatalf("a backup: got %+v (%v)", saved, err)
	}
	other := s3test.Start(t)
	onDisk, inBucket := store.Options{Dir: t.TempDir()}, store.Options{Dir: t.TempDir(), Bucket: bucketOf(other)}
	for where, o := range map[string]store.Options{"to a disk": onDisk, "to another bucket": inBucket} {
		if _, err := store.Restore(ctx, o, bytes.NewReader(backup.Bytes()), nil); err != nil {
			t.Fatalf("restoring %s: %v", where, err)
		}
		restored := open(t, o)
		if raw, err := rawOf(ctx, restored, ids[3]); err != nil || !bytes.HasPrefix(raw, []byte("letter 3letter 3")) {
			t.Errorf("%s: got %.20q (%v)", where, raw, err)
		}
		if found, err := restored.Verify(ctx); err != nil || !found.Clean() {
			t.Errorf("%s: verify found %+v (%v)", where, found, err)
		}
	}
	if len(other.Names()) != 5 {
		t.Errorf("the other bucket has %q", other.Names())
	}
	server.Put(names[0], nil, 0)
	server.Put(names[1], []byte("something else"), 0)
	found, err := s.Verify(ctx)
	if err != nil || found.Clean() || !strings.Contains(fmt.Sprintf("%+v", found), names[0][len(names[0])-64:]) {
		t.Errorf("verify found %+v (%v), want what is lost and what is damaged", found, err)
	}
}
