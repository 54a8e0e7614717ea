package pgtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// childVar makes the test binary start a server, print its directory and wait,
// so that a test can see what is left when such a process is killed.
const childVar = "PGTEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVar) == "" {
		os.Exit(m.Run())
	}
	s, err := start()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.dir)
	_, err = io.Copy(io.Discard, os.Stdin)
	runtime.KeepAlive(s)
	panic(fmt.Sprint("the child was not killed, so it ends with a panic: ", err))
}

// query returns one text from the database at the URL.
func query(url, sql string) (string, error) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	var got string
	err = conn.QueryRow(ctx, sql).Scan(&got)
	return got, err
}

func mustQuery(t *testing.T, url, sql, want string) {
	t.Helper()
	got, err := query(url, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if got != want {
		t.Errorf("%s: got %q, want %q", sql, got, want)
	}
}

const makeNote = `CREATE TABLE note AS SELECT 'kept'::text AS word`

func fill(t *testing.T, url string) {
	t.Helper()
	ctx := t.Context()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, makeNote); err != nil {
		t.Fatal(err)
	}
}

func TestDatabasesAreApart(t *testing.T) {
	first, second := NewDatabase(t), NewDatabase(t)
	fill(t, first)
	mustQuery(t, first, "SELECT word FROM note", "kept")
	if got, err := query(second, "SELECT word FROM note"); err == nil {
		t.Errorf("the second database has the first one's table, with %q", got)
	}
}

func TestCopyHoldsTheOriginal(t *testing.T) {
	original := NewDatabase(t)
	fill(t, original)
	for range 2 {
		mustQuery(t, Shared(t).Copy(t, original), "SELECT word FROM note", "kept")
	}
}

func TestDatabaseIsDroppedWithItsTest(t *testing.T) {
	var url string
	t.Run("a test that leaves a connection open", func(t *testing.T) {
		url = NewDatabase(t)
		if _, err := pgx.Connect(context.Background(), url); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := query(url, "SELECT 'here'"); err == nil {
		t.Error("the database is still there after its test")
	}
}

func TestDataOutlivesStopAndCrash(t *testing.T) {
	for _, tt := range []struct {
		why    string
		end    func(*Server, testing.TB)
		option []Option
	}{
		{"stopped", (*Server).Stop, nil},
		{"crashed", (*Server).Crash, nil},
		{"crashed while durable", (*Server).Crash, []Option{Durable}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := Start(t, tt.option...)
			url := s.NewDatabase(t)
			fill(t, url)
			tt.end(s, t)
			if _, err := query(url, "SELECT 'here'"); err == nil {
				t.Error("the server answers after it was ended")
			}
			s.Restart(t)
			mustQuery(t, url, "SELECT word FROM note", "kept")
		})
	}
}

func TestOnlyDurableWaitsForTheDisk(t *testing.T) {
	mustQuery(t, NewDatabase(t), "SHOW fsync", "off")
	mustQuery(t, Start(t, Durable).NewDatabase(t), "SHOW fsync", "on")
}

func TestStoppedServerMayBeLeftStopped(t *testing.T) {
	var dir string
	t.Run("a test that stops its server and ends", func(t *testing.T) {
		s := Start(t)
		dir = s.dir
		s.NewDatabase(t)
		s.Stop(t)
	})
	wantGone(t, dir)
}

func TestNothingIsLeftOfADeadProcess(t *testing.T) {
	requireInstalled(t)
	for _, tt := range []struct {
		why string
		end func(*exec.Cmd, io.Closer) error
	}{
		{"killed", func(c *exec.Cmd, _ io.Closer) error { return c.Process.Kill() }},
		{"panicked", func(_ *exec.Cmd, stdin io.Closer) error { return stdin.Close() }},
	} {
		t.Run(tt.why, func(t *testing.T) {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childVar+"=1")
			stdin, err := child.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stdout, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var complaints strings.Builder
			child.Stderr = &complaints
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			dir, err := bufio.NewReader(stdout).ReadString('\n')
			if err != nil {
				t.Fatalf("the child printed no directory: %v", err)
			}
			if err := tt.end(child, stdin); err != nil {
				t.Fatal(err)
			}
			// Wait returns when the last holder of standard error, the
			// watchdog, has ended.
			if err := child.Wait(); err == nil {
				t.Error("the child ended well, it should have died")
			}
			wantGone(t, strings.TrimSpace(dir))
		})
	}
}

func wantGone(t *testing.T, dir string) {
	t.Helper()
	if dir == "" {
		t.Fatal("no directory to look for")
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s: got %v, want that it is gone", dir, err)
	}
}

func TestTheNewestVersionIsTaken(t *testing.T) {
	paths := []string{"/usr/lib/postgresql/9/bin/initdb", "/usr/lib/postgresql/17/bin/initdb", "/usr/lib/postgresql/15/bin/initdb"}
	if got := slices.MaxFunc(paths, byVersion); got != paths[1] {
		t.Errorf("got %s, want %s", got, paths[1])
	}
}

func TestMissingProgramIsNamed(t *testing.T) {
	// There is no log to show either, which must not hide the reason.
	s := &Server{bin: t.TempDir(), dir: t.TempDir()}
	if err := s.run(); err == nil || !strings.Contains(err.Error(), "pg_ctl") {
		t.Errorf("running a server that is not installed: got %v, want an error that names pg_ctl", err)
	}
}

// TestSnapshot: what was changed since is as it was, sequences as well, and
// references do not stand in the way.
func TestSnapshot(t *testing.T) {
	at := NewDatabase(t)
	conn, err := pgx.Connect(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	do := func(sql string) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	do(`CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text); CREATE TABLE b (a bigint REFERENCES a);
		INSERT INTO a (name) VALUES ('one'), ('two'); INSERT INTO b VALUES (1)`)
	s, err := Remember(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close(t.Context())
	for range 2 {
		do(`DELETE FROM b; DELETE FROM a WHERE id = 1; UPDATE a SET name = 'zwei'; INSERT INTO a (name) VALUES ('three'); INSERT INTO b VALUES (3)`)
		if err := s.Restore(t.Context()); err != nil {
			t.Fatal(err)
		}
		mustQuery(t, at, `SELECT string_agg(id || name, ' ' ORDER BY id) || (SELECT string_agg(b.a::text, ' ') FROM b) FROM a`, "1one 2two1")
	}
	mustQuery(t, at, `INSERT INTO a (name) VALUES ('next') RETURNING id::text`, "3")
}
