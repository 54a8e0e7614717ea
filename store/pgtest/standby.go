package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience is how long a standby may take for what it is asked to do.
const patience = 20 * time.Second

// Standby returns a server that follows s and that only this test uses. It has
// all databases of s, as they were some milliseconds ago. It is removed when
// the test ends.
func (s *Server) Standby(tb testing.TB) *Server {
	tb.Helper()
	other, err := s.follow()
	if err != nil {
		tb.Fatalf("starting a standby of PostgreSQL: %v", err)
	}
	tb.Cleanup(other.release)
	return other
}

// follow makes a copy of the server's data and runs it as a standby.
func (s *Server) follow() (*Server, error) {
	dir, err := os.MkdirTemp("", "gatehouse-pg-")
	if err != nil {
		return nil, err
	}
	other := &Server{bin: s.bin, dir: dir, options: serverOptions(dir, nil) + " -c wal_retrieve_retry_interval=50ms"}
	if err := other.becomeOwner(); err != nil {
		return nil, errors.Join(err, os.Remove(dir))
	}
	if other.release, err = other.watch(); err != nil {
		return nil, errors.Join(err, os.Remove(dir))
	}
	err = other.command("pg_basebackup", "--pgdata", other.data(), "--host", s.dir, "--username", "postgres",
		"--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream", "--no-sync")
	if err == nil {
		err = other.run()
	}
	if err != nil {
		other.release()
		return nil, err
	}
	return other, nil
}

// At returns the URL at this server of a database of another one, by that one's
// URL.
func (s *Server) At(tb testing.TB, address string) string {
	tb.Helper()
	u, err := url.Parse(address)
	if err != nil {
		tb.Fatal(err)
	}
	return s.url(filepath.Base(u.Path))
}

// Pause has a standby change nothing until Resume: it gets later and later.
func (s *Server) Pause(tb testing.TB) {
	tb.Helper()
	s.must(tb, `SELECT pg_wal_replay_pause()`)
	s.await(tb, `SELECT pg_get_wal_replay_pause_state() = 'paused'`)
}

// Resume has a paused standby follow again.
func (s *Server) Resume(tb testing.TB) {
	tb.Helper()
	s.must(tb, `SELECT pg_wal_replay_resume()`)
}

// CatchUp waits until the standby has all that the server which it follows had
// when it was called.
func (s *Server) CatchUp(tb testing.TB, with *Server) {
	tb.Helper()
	with.Flush(tb)
	var at string
	conn, err := pgx.Connect(tb.Context(), with.url("postgres"))
	if err == nil {
		err = errors.Join(conn.QueryRow(tb.Context(), `SELECT pg_current_wal_flush_lsn()::text`).Scan(&at), conn.Close(context.Background()))
	}
	if err != nil {
		tb.Fatalf("asking how far PostgreSQL is: %v", err)
	}
	s.await(tb, fmt.Sprintf(`SELECT pg_last_wal_replay_lsn() >= '%s'`, at))
}

// Flush has the server write down what nobody waited for, so that it is handed
// on to standbys.
func (s *Server) Flush(tb testing.TB) {
	tb.Helper()
	s.must(tb, `SELECT pg_logical_emit_message(true, 'pgtest', '')`)
}

// Promote makes a standby a server of its own.
func (s *Server) Promote(tb testing.TB) {
	tb.Helper()
	s.must(tb, `SELECT pg_promote(true)`)
}

func (s *Server) must(tb testing.TB, sql string) {
	tb.Helper()
	if err := s.exec(sql); err != nil {
		tb.Fatalf("%s: %v", sql, err)
	}
}

// await asks a question until the answer is yes.
func (s *Server) await(tb testing.TB, sql string) {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), s.url("postgres"))
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close(context.Background())
	for end := time.Now().Add(patience); ; {
		var yes bool
		if err := conn.QueryRow(tb.Context(), sql).Scan(&yes); err != nil {
			tb.Fatalf("%s: %v", sql, err)
		}
		if yes {
			return
		}
		if time.Now().After(end) {
			tb.Fatalf("%s: it is not so after %s", sql, patience)
		}
		<-time.After(5 * time.Millisecond)
	}
}
