package store_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// What the test binary does as another program, where its environment says so.
const (
	writerDir    = "GATEHOUSE_TEST_WRITER_DIR"
	writerHasty  = "GATEHOUSE_TEST_WRITER_HASTY" // it does not wait for the disk
	writerPieces = 45
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		if err := writePieces(dir, os.Getenv(writerHasty) != ""); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// piece is the i-th letter: small, large, or so large that it lies in a file.
func piece(i int) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("letter %d ", i), []int{200, 5000, 9000}[i%3]))
}

// writePieces stores letters one by one and says so on standard output as soon
// as each is confirmed.
func writePieces(dir string, hasty bool) error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Dir: dir, Migrate: true, Volatile: hasty})
	if err != nil {
		return err
	}
	for i := range writerPieces {
		insert := func(tx *store.Tx) error { return tx.InsertSpooled(ctx, &desk.Spooled{Raw: piece(i)}) }
		if err := s.Do(ctx, insert); err != nil {
			if again := s.Do(ctx, insert); again == nil {
				fmt.Println("went on")
			}
			return err
		}
		fmt.Println("confirmed")
	}
	return nil // without closing it, as a power cut does
}

// TestPowerCut records what a program that stores letters asks of the disk, and
// then makes the disks that a power cut may leave at any moment of it: what was
// not yet waited for is there, or is not, or is torn. On each the desk must
// open, be as it must be, and hold every letter that was confirmed. With
// GATEHOUSE_POWER_CUTS it looks at that many disks.
func TestPowerCut(t *testing.T) {
	cuts := 16
	if n, err := strconv.Atoi(os.Getenv("GATEHOUSE_POWER_CUTS")); err == nil {
		cuts = n
	}
	calls := recordCalls(t, t.TempDir(), false)
	random := rand.New(rand.NewPCG(1, 2))
	for range cuts {
		at := random.IntN(len(calls) + 1)
		d := diskAt(calls[:at])
		lost, fault := d.lostLetters(t, random)
		if lost > 0 || fault != "" {
			t.Fatalf("cut after call %d of %d: of %d confirmed letters %d are lost; %s", at, len(calls), d.confirmed, lost, fault)
		}
	}
}

// TestPowerCutIsSeen: a program that does not wait for the disk does lose
// letters on such disks, so the test above sees what it looks for.
func TestPowerCutIsSeen(t *testing.T) {
	calls := recordCalls(t, t.TempDir(), true)
	random := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		d := diskAt(calls[:len(calls)-random.IntN(len(calls)/4)])
		if lost, fault := d.lostLetters(t, random); lost > 0 || fault != "" {
			return
		}
	}
	t.Error("nothing was ever lost")
}

// lostLetters makes the disk that is left, opens the desk on it and counts the
// confirmed letters that are not there. It also says what else is wrong.
func (d *disk) lostLetters(t *testing.T, random *rand.Rand) (lost int, fault string) {
	t.Helper()
	dir := t.TempDir()
	d.leave(t, dir, random)
	defer os.RemoveAll(dir)
	s, err := store.Open(t.Context(), store.Options{Dir: dir, Migrate: true})
	if err != nil {
		return 0, fmt.Sprintf("it does not open: %v", err)
	}
	defer s.Close()
	v, err := s.Verify(t.Context())
	if err != nil || !v.Clean() {
		return 0, fmt.Sprintf("%+v (%v)", v, err)
	}
	err = s.View(t.Context(), func(tx *store.Tx) error {
		for i := range d.confirmed {
			if sp, err := tx.Spooled(t.Context(), desk.SpoolID(i+1)); err != nil || !bytes.Equal(sp.Raw, piece(i)) {
				lost++
			}
		}
		return nil
	})
	if err != nil {
		return lost, err.Error()
	}
	return lost, ""
}

// TestAFailedSyncIsFinal: where the disk says once that it did not keep what
// was written, nothing is written after it, and what was confirmed before is
// there.
func TestAFailedSyncIsFinal(t *testing.T) {
	for _, at := range []int{8, 11, 19, 28} {
		dir := t.TempDir()
		if err := open(t, store.Options{Dir: dir}).Close(); err != nil { // with the schema there, letters are what is synced
			t.Fatal(err)
		}
		cmd := exec.Command("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync",
			"-e", fmt.Sprintf("inject=fsync:error=EIO:when=%d", at), os.Args[0])
		cmd.Env = append(os.Environ(), writerDir+"="+dir)
		out, err := cmd.Output()
		confirmed := strings.Count(string(out), "confirmed\n")
		if err == nil || strings.Contains(string(out), "went on") || confirmed == 0 {
			t.Fatalf("with sync %d failing it said %d times that a letter is stored, and ended with %v: %q", at, confirmed, err, out)
		}
		s := open(t, store.Options{Dir: dir})
		wantNoFault(t, s)
		err = s.View(t.Context(), func(tx *store.Tx) error {
			for i := range confirmed {
				if sp, err := tx.Spooled(t.Context(), desk.SpoolID(i+1)); err != nil || !bytes.Equal(sp.Raw, piece(i)) {
					t.Errorf("with sync %d failing, confirmed letter %d is lost: %v", at, i, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// wantNoFault wants no fault; files that belong to nothing may be left.
func wantNoFault(t *testing.T, s *store.Store) {
	t.Helper()
	if v, err := s.Verify(t.Context()); err != nil || !v.Clean() {
		t.Errorf("verify found %+v (%v)", v, err)
	}
}
