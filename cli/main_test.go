package cli_test

import (
	"bufio"
	"context"
	"net/http"
	"net/smtp"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gatehouse/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gatehouse": func() {
			p := cli.ThisProcess()
			if file := os.Getenv(clockVar); file != "" {
				p.Now = func() time.Time { return time.Now().Add(stepped(file)) }
			}
			os.Exit(cli.Run(context.Background(), p))
		},
	})
}

// clockVar names a file that says by how many seconds the clock of a process is
// wrong.
const clockVar = "GATEHOUSE_TEST_CLOCK"

// stepped is what the file says; none: the clock is right.
func stepped(file string) time.Duration {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	seconds, err := strconv.Atoi(string(text))
	if err != nil {
		panic(err)
	}
	return time.Duration(seconds) * time.Second
}

// TestStories runs the stories of testdata/script: each is somebody at a
// terminal with a desk of his own.
func TestStories(t *testing.T) {
	testscript.Run(t, stories())
}

// stories says where the stories are and what they can do besides running
// commands.
func stories() testscript.Params {
	return testscript.Params{
		Dir: "../testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("GATEHOUSE_DATA", env.WorkDir+"/data")
			env.Setenv("GATEHOUSE_LOG_LEVEL", "error")
			for _, port := range []string{"WEB", "LMTP", "SMTP"} {
				env.Setenv("GATEHOUSE_"+port, "127.0.0.1:0")
			}
			env.Values["program"] = &program{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "starts": starts, "stops": stops, "get": get, "send": send, "says": says, "figure": figure,
		},
	}
}

// exits runs a command that is to end with a code: exits 64 gatehouse …
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND …")
	}
	got := "exit status 0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		got = err.Error()
	}
	if want := "exit status " + args[0]; got != want {
		ts.Fatalf("it ended with %s, want %s", got, want)
	}
}

// A program is gatehouse while it serves.
type program struct {
	cmd *exec.Cmd
}

// starts runs a command until it says that it is ready, and puts where it
// listens into WEB, LMTP and SMTP: starts serve …
func starts(ts *testscript.TestScript, _ bool, args []string) {
	p, _ := ts.Value("program").(*program)
	path := filepath.Join(strings.Split(ts.Getenv("PATH"), string(os.PathListSeparator))[0], "gatehouse")
	p.cmd = exec.Command(path, args...)
	for _, name := range []string{"PATH", "HOME", "GATEHOUSE_DATA", "GATEHOUSE_LOG_LEVEL", "GATEHOUSE_WEB", "GATEHOUSE_LMTP", "GATEHOUSE_SMTP", "GATEHOUSE_METRICS"} {
		if value := ts.Getenv(name); value != "" {
			p.cmd.Env = append(p.cmd.Env, name+"="+value)
		}
	}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(p.cmd.Start())
	ts.Defer(func() { _ = p.cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, where, _ := strings.Cut(lines.Text(), " on ")
		switch what {
		case "ready":
			return
		case "figures":
			ts.Setenv("FIGURES", strings.TrimPrefix(where, "http://"))
		case "web", "LMTP", "SMTP":
			ts.Setenv(strings.ToUpper(what), strings.Trim(strings.TrimPrefix(where, "http:"), "/"))
		}
	}
	ts.Fatalf("it ended before it was ready: %v", p.cmd.Wait())
}

// stops ends what starts started by a signal and waits for it: stops INT
func stops(ts *testscript.TestScript, _ bool, args []string) {
	p, _ := ts.Value("program").(*program)
	ts.Check(p.cmd.Process.Signal(map[string]os.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM}[args[0]]))
	ts.Check(p.cmd.Wait())
}

// get asks for a page and wants a status: get 200 http://…
func get(ts *testscript.TestScript, _ bool, args []string) {
	response, err := http.Get(args[1])
	ts.Check(err)
	defer response.Body.Close()
	if !strings.HasPrefix(response.Status, args[0]) {
		ts.Fatalf("got %s, want %s", response.Status, args[0])
	}
}

// send sends a letter by SMTP: send HOST:PORT FROM TO FILE
func send(ts *testscript.TestScript, neg bool, args []string) {
	err := smtp.SendMail(args[0], nil, args[1], []string{args[2]}, []byte(ts.ReadFile(args[3])))
	if neg == (err == nil) {
		ts.Fatalf("got %v", err)
	}
}

// says wants a line in what the last command printed, however its columns are
// set apart: says 'a line'
func says(ts *testscript.TestScript, _ bool, args []string) {
	printed := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	if want := strings.Join(strings.Fields(args[0]), " "); !strings.Contains(strings.Join(strings.Fields(printed), " "), want) {
		ts.Fatalf("it does not say %q", want)
	}
}
