package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// The watchdog's standard input is the pipe that the test process holds open.
// It is in a process group of its own, so that an interrupt at the terminal
// does not end it before its work.
const watchdog = `
cat >/dev/null
"$1/pg_ctl" stop --silent --mode=immediate --pgdata="$2/data" >/dev/null 2>&1
rm -rf "$2"
`

// start makes a server and runs it, until its release is called or the process
// ends.
func start(options ...Option) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gatehouse-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, options: serverOptions(dir, options)}
	if err := s.becomeOwner(); err != nil {
		return nil, errors.Join(err, os.Remove(dir))
	}
	if s.release, err = s.watch(); err != nil {
		return nil, errors.Join(err, os.Remove(dir))
	}
	if err := s.initialize(); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

func serverOptions(dir string, options []Option) string {
	settings := []string{
		"listen_addresses=''",
		"unix_socket_directories='" + dir + "'",
		"max_connections=200",
		"shared_buffers=32MB",
	}
	if !slices.Contains(options, Durable) {
		settings = append(settings, "fsync=off", "full_page_writes=off")
	}
	return "-c " + strings.Join(settings, " -c ")
}

// becomeOwner decides as whom the server runs and gives that user the
// directory.
func (s *Server) becomeOwner() error {
	s.as = &syscall.SysProcAttr{}
	if os.Geteuid() != 0 {
		return nil
	}
	owner, err := user.Lookup("postgres")
	if err != nil {
		return fmt.Errorf("PostgreSQL refuses to run as root and there is no other user for it: %w", err)
	}
	uid, err := strconv.ParseUint(owner.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(owner.Gid, 10, 32)
	if err != nil {
		return err
	}
	s.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, int(uid), int(gid))
}

// watch starts the watchdog. Calling release has it do its work and waits for
// that. Where it is never called, the end of the process does the same.
func (s *Server) watch() (release func(), err error) {
	cmd := exec.Command("/bin/sh", "-c", watchdog, "sh", s.bin, s.dir)
	as := *s.as
	as.Setpgid = true
	cmd.SysProcAttr = &as
	cmd.Dir = "/"
	// Whoever waits for all output of the tests, as `go test` does, waits for
	// the watchdog too and finds nothing left over.
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the watchdog: %w", err)
	}
	return func() {
		pipe.Close()
		_ = cmd.Wait() // it ends well whether or not there was a server to stop
	}, nil
}

func (s *Server) initialize() error {
	err := s.command("initdb", "--pgdata", s.data(), "--username=postgres", "--auth=trust",
		"--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	if err != nil {
		return err
	}
	return s.run()
}

// run starts the server and returns when it takes connections.
func (s *Server) run() error {
	logFile := filepath.Join(s.dir, "log")
	err := s.command("pg_ctl", "start", "--wait", "--silent", "--pgdata", s.data(),
		"--log", logFile, "--options", s.options)
	if err == nil {
		return nil
	}
	said, readErr := os.ReadFile(logFile)
	return errors.Join(fmt.Errorf("%w\n%s", err, said), readErr)
}

func (s *Server) stop(mode string) error {
	return s.command("pg_ctl", "stop", "--wait", "--silent", "--pgdata", s.data(), "--mode", mode)
}

func (s *Server) running() bool {
	return s.command("pg_ctl", "status", "--pgdata", s.data()) == nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// command runs one of PostgreSQL's programs as the server's user.
func (s *Server) command(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = s.as
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}
