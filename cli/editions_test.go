package cli_test

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatehouse/bench"
	"gatehouse/mail/mailtest"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// previousVar names a program of the edition before, for sources that came
// without their history.
const previousVar = "GATEHOUSE_PREVIOUS"

// previousProgram builds the program of the edition before this one, from the
// commit in packaging/previous, and returns its path.
func previousProgram(t *testing.T) string {
	t.Helper()
	if given := os.Getenv(previousVar); given != "" {
		return given
	}
	text, err := os.ReadFile("../packaging/previous")
	if err != nil {
		t.Fatal(err)
	}
	commit := strings.TrimSpace(string(text))
	git := exec.Command("git", "show", commit+":store/edition.go")
	source, err := git.Output()
	if err != nil {
		t.Fatalf("the program of the edition before cannot be built, as there is no commit %s here (packaging/previous; %v). "+
			"Run this in a clone with its whole history (git fetch --unshallow), or set %s to the path of that program.", commit, err, previousVar)
	}
	if want := fmt.Sprintf("const Edition = %d\n", store.Edition-1); !strings.Contains(string(source), want) {
		t.Fatalf("packaging/previous names %s, which is not of edition %d", commit, store.Edition-1)
	}
	dir := t.TempDir()
	top, err := exec.Command("git", "rev-parse", "--show-toplevel").Output()
	if err != nil {
		t.Fatal(err)
	}
	archive := exec.Command("sh", "-c", `git archive "$1" | tar -x -C "$2"`, "sh", commit, dir)
	archive.Dir = strings.TrimSpace(string(top))
	mustRun(t, archive)
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-w", "-buildvcs=false", "-o", filepath.Join(dir, "gatehouse-before"), ".")
	build.Dir = dir
	mustRun(t, build)
	return filepath.Join(dir, "gatehouse-before")
}

// A pair is two nodes on one PostgreSQL, each of which may be of this edition
// or of the one before.
type pair struct {
	t      *testing.T
	before string // the program of the edition before
	dir    string
	url    string
	relay  *mailtest.Relay
	at     [2]bench.Node
	nodes  [2]*node
}

// start starts a node where it always listens.
func (p *pair) start(i int, before bool) {
	p.t.Helper()
	cmd := gatehouse(p.t, p.dir, []string{"GATEHOUSE_DATABASE=" + p.url, "GATEHOUSE_LOG_LEVEL=error", "GATEHOUSE_RELAY=" + p.relay.Address,
		"GATEHOUSE_WEB=" + strings.TrimPrefix(p.at[i].Web, "http://"), "GATEHOUSE_LMTP=" + p.at[i].LMTP, "GATEHOUSE_SMTP=off"}, "serve")
	if before {
		cmd.Path, cmd.Args[0] = p.before, p.before
	}
	p.nodes[i] = startNode(p.t, cmd)
}

// replace ends a node in order and starts it as the other edition.
func (p *pair) replace(i int, before bool) {
	p.nodes[i].stop(p.t)
	p.start(i, before)
}

// TestTwoEditions rolls a desk of two nodes over from the edition before to
// this one and all the way back, and over again, under a mixed load of agents,
// contacts, letters and changes of memberships, which checks each answer: also
// that what is revoked by one node is refused at once by the other.
func TestTwoEditions(t *testing.T) {
	p := &pair{t: t, before: previousProgram(t), dir: t.TempDir(), url: pgtest.NewDatabase(t), relay: mailtest.StartRelay(t)}
	for i := range p.at {
		p.at[i] = bench.Node{Web: "http://" + freeAddress(t), LMTP: freeAddress(t)}
		p.start(i, true)
	}
	steps := []func(){
		func() { p.replace(0, false) },
		func() { p.checkSessions() },
		func() { p.replace(1, false) },
		func() { p.replace(0, true) },
		func() { p.replace(1, true) },
		func() { p.replace(1, false); p.replace(0, false) },
	}
	const each = 2 * time.Second
	begun, ended := make(chan struct{}), make(chan error, 1)
	var report *bench.ServeReport
	options := bench.ServeOptions{Size: "XS", Seed: 1, URL: p.url, Data: filepath.Join(p.dir, "data"), Rate: 20, Clients: 8, For: time.Duration(len(steps)+2) * each,
		People: 12, Nodes: p.at[:], Progress: func(part string, _, _ int) {
			if part == "driving the load" {
				close(begun)
			}
		}}
	go func() {
		var err error
		report, err = bench.Serve(t.Context(), options)
		ended <- err
	}()
	select {
	case <-begun:
	case err := <-ended:
		t.Fatal(err)
	}
	for _, step := range steps {
		<-time.After(each)
		step()
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	for _, wrong := range report.Wrong {
		t.Error(wrong)
	}
	if report.WrongCount > 0 || report.GivenUp > 0 {
		t.Errorf("%d wrong answers, %d requests given up", report.WrongCount, report.GivenUp)
	}
	for _, what := range []string{"letters", "memberships", "messages", "tickets"} {
		if report.Confirmed[what] == 0 {
			t.Errorf("no %s were confirmed", what)
		}
	}
	mustRun(t, gatehouse(t, p.dir, []string{"GATEHOUSE_DATABASE=" + p.url}, "verify"))
	p.checkBackups()
	t.Logf("%d requests, %d sent again, confirmed: %v", report.Requests, report.Retries, report.Confirmed)
}

// program is a command of this edition or of the one before.
func (p *pair) program(before bool, dir string, env []string, args ...string) *exec.Cmd {
	cmd := gatehouse(p.t, dir, env, args...)
	if before {
		cmd.Path, cmd.Args[0] = p.before, p.before
	}
	return cmd
}

// checkBackups: what a program of either edition saves of the desk, this one
// restores whole, into either database, and the one before says that it takes a
// newer program.
func (p *pair) checkBackups() {
	p.t.Helper()
	for _, before := range []bool{true, false} {
		file := filepath.Join(p.t.TempDir(), "desk.backup")
		mustRun(p.t, p.program(before, p.dir, []string{"GATEHOUSE_DATABASE=" + p.url}, "backup", file))
		for _, env := range [][]string{nil, {"GATEHOUSE_DATABASE=" + pgtest.NewDatabase(p.t)}} {
			mustRun(p.t, p.program(false, p.t.TempDir(), env, "restore", file, "--verify"))
		}
		for _, env := range [][]string{nil, {"GATEHOUSE_DATABASE=" + pgtest.NewDatabase(p.t)}} {
			out, err := p.program(true, p.t.TempDir(), env, "restore", file).CombinedOutput()
			if err == nil || !strings.Contains(string(out), "which this program does not know; restore it with a newer program.") {
				p.t.Errorf("saved by the edition before (%v), restored by it: %v\n%s", before, err, out)
			}
		}
	}
}

// checkSessions: who signed in at one node is known to the other, and once he
// has signed out at one the other does not know him any more. Node 0 is of this
// edition, node 1 of the one before.
func (p *pair) checkSessions() {
	p.t.Helper()
	env := []string{"GATEHOUSE_DATABASE=" + p.url}
	mustRun(p.t, gatehouse(p.t, p.dir, env, "user", "add", "visitor", "--address", "visitor@desk.example"))
	set := gatehouse(p.t, p.dir, env, "user", "password", "visitor")
	set.Stdin = strings.NewReader("a long enough password\n")
	mustRun(p.t, set)
	for _, way := range [][2]int{{0, 1}, {1, 0}} {
		from, to := p.at[way[0]].Web, p.at[way[1]].Web
		jar, err := cookiejar.New(nil)
		if err != nil {
			p.t.Fatal(err)
		}
		// Cookies are of a host, whatever its port.
		client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		post(p.t, client, from+"/sign-in", url.Values{"login": {"visitor"}, "password": {"a long enough password"}})
		if got := p.status(client, to+"/account"); got != http.StatusOK {
			p.t.Errorf("signed in at node %d: the other answers %d", way[0], got)
		}
		post(p.t, client, from+"/sign-out", nil)
		if got := p.status(client, to+"/account"); got == http.StatusOK {
			p.t.Errorf("signed out at node %d: the other lets him in", way[0])
		}
	}
}

func (p *pair) status(client *http.Client, address string) int {
	p.t.Helper()
	response, err := client.Get(address)
	if err != nil {
		p.t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// TestNodeEndsWhereTheSchemaIsBeyondIt: a node goes on while the schema is one
// for it, and is refused and ends once it is not.
func TestNodeEndsWhereTheSchemaIsBeyondIt(t *testing.T) {
	dir, database := t.TempDir(), pgtest.NewDatabase(t)
	n := startNode(t, gatehouse(t, dir, []string{"GATEHOUSE_DATABASE=" + database}, "serve"))
	ask := func(address string) int {
		response, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	if got := ask(n.web + "/readyz"); got != http.StatusOK {
		t.Errorf("while the schema is for it: got %d", got)
	}
	loadPostgres(t, database, fmt.Sprintf(`UPDATE access_version SET oldest = %d`, store.Edition+1))
	if got := ask(n.web + "/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("readyz, once it is not: got %d", got)
	}
	if got := ask(n.web + "/sign-in"); got == http.StatusOK {
		t.Errorf("a page, once it is not: got %d", got)
	}
	select {
	case err := <-n.ended:
		if err == nil || !strings.Contains(n.log.String(), "start a newer program") {
			t.Errorf("it ended with %v and said %s", err, n.log.String())
		}
	case <-time.After(40 * time.Second):
		t.Error("it goes on")
	}
}
