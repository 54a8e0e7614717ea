// Package pgtest gives tests a real PostgreSQL server.
//
// It runs the binaries that Debian's package postgresql installs, in a
// directory of its own under the temporary directory, reachable through a unix
// socket there and nowhere else. PostgreSQL refuses to run as root, so tests
// that run as root start it as the system user postgres.
//
// A server never outlives the test process, however that ends: a watchdog
// process waits for the end of a pipe that only the test process holds open,
// then stops the server and removes its directory.
//
// Unless a test asks for Durable, the server does not wait for the disk: what
// was committed outlives a killed server but not a power cut.
//
// Where PostgreSQL is not installed a test is skipped, or fails if the
// environment variable GATEHOUSE_REQUIRE is set, as `make check` does.
package pgtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A Server is a running PostgreSQL server that belongs to one test, or to all
// tests of one package.
type Server struct {
	dir       string // data, socket and log, owned by the server's user
	bin       string // where initdb and pg_ctl are
	as        *syscall.SysProcAttr
	options   string // for the postgres command
	release   func() // ends and removes it; holding it is what keeps it alive
	databases atomic.Int64
}

// An Option changes how Start sets up a server.
type Option int

// Durable has the server wait for the disk as it does by default in
// production. It makes every commit slower.
const Durable Option = 1

// shared is the server that all tests of the package use.
var shared = sync.OnceValues(func() (*Server, error) { return start() })

// NewDatabase returns the URL of a new empty database on the server that all
// tests of the package share. It is dropped when the test ends.
func NewDatabase(tb testing.TB) string {
	tb.Helper()
	return Shared(tb).NewDatabase(tb)
}

// Shared returns the server that all tests of the package share. It is started
// on the first call and ends with the test process, so a test must not stop it.
func Shared(tb testing.TB) *Server {
	tb.Helper()
	requireInstalled(tb)
	s, err := shared()
	if err != nil {
		tb.Fatalf("starting PostgreSQL: %v", err)
	}
	return s
}

// Start returns a server that only this test uses and may stop. It is removed
// when the test ends.
func Start(tb testing.TB, options ...Option) *Server {
	tb.Helper()
	requireInstalled(tb)
	s, err := start(options...)
	if err != nil {
		tb.Fatalf("starting PostgreSQL: %v", err)
	}
	tb.Cleanup(s.release)
	return s
}

// NewDatabase returns the URL of a new empty database. It is dropped when the
// test ends, with whoever is still connected to it.
func (s *Server) NewDatabase(tb testing.TB) string {
	tb.Helper()
	return s.create(tb, "template0")
}

// Copy returns the URL of a new database that holds all that the database at
// the given URL of this server holds. Nobody may be connected to that one. It
// is the quick way to many databases with the same schema: 20 to 50 ms each.
func (s *Server) Copy(tb testing.TB, from string) string {
	tb.Helper()
	u, err := url.Parse(from)
	if err != nil {
		tb.Fatalf("copying a database: %v", err)
	}
	return s.create(tb, strings.TrimPrefix(u.Path, "/"))
}

// Stop ends the server in good order: open transactions are rolled back and
// connections are closed. The data stays for Restart.
func (s *Server) Stop(tb testing.TB) {
	tb.Helper()
	if err := s.stop("fast"); err != nil {
		tb.Fatalf("stopping PostgreSQL: %v", err)
	}
}

// Crash ends the server at once, as if it had been killed. The next start goes
// through recovery.
func (s *Server) Crash(tb testing.TB) {
	tb.Helper()
	if err := s.stop("immediate"); err != nil {
		tb.Fatalf("crashing PostgreSQL: %v", err)
	}
}

// Restart starts the server again after Stop or Crash, at the same address and
// with the data that it had.
func (s *Server) Restart(tb testing.TB) {
	tb.Helper()
	if err := s.run(); err != nil {
		tb.Fatalf("restarting PostgreSQL: %v", err)
	}
}

func (s *Server) create(tb testing.TB, template string) string {
	tb.Helper()
	name := fmt.Sprintf("test%d", s.databases.Add(1))
	quoted := pgx.Identifier{template}.Sanitize()
	if err := s.exec("CREATE DATABASE " + name + " TEMPLATE " + quoted); err != nil {
		tb.Fatalf("making a database for the test: %v", err)
	}
	tb.Cleanup(func() {
		// A test that stopped its server has no database left to drop.
		if err := s.exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil && s.running() {
			tb.Errorf("dropping the database of the test: %v", err)
		}
	})
	return s.url(name)
}

// exec runs one statement outside of a transaction, over a connection of its
// own: the server may have been restarted since the last one.
func (s *Server) exec(sql string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.url("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

func (s *Server) url(database string) string {
	u := url.URL{Scheme: "postgres", Path: "/" + database}
	u.RawQuery = url.Values{"host": {s.dir}, "user": {"postgres"}}.Encode()
	return u.String()
}

// requireInstalled ends the test where PostgreSQL is missing.
func requireInstalled(tb testing.TB) {
	tb.Helper()
	_, err := binaries()
	switch {
	case err == nil:
	case os.Getenv("GATEHOUSE_REQUIRE") != "":
		tb.Fatal(err)
	default:
		tb.Skip(err)
	}
}

// binaries returns the directory of the newest PostgreSQL on this machine.
// Debian keeps them out of PATH, one directory for each version.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, byVersion)), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("this test needs a PostgreSQL server; install Debian's package postgresql")
	}
	return filepath.Dir(path), nil
}

// byVersion orders Debian's paths, /usr/lib/postgresql/15/bin/initdb. The
// version is a whole number, so the longer one is the newer one.
func byVersion(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
