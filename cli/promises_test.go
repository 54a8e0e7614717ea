package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gatehouse/store/pgtest"
)

// agentWithToken makes the agent ben, who sees the queue support, and a token of
// his.
func agentWithToken(t *testing.T, dir string, env []string) (token string) {
	t.Helper()
	for _, args := range [][]string{
		{"user", "add", "ben", "--address", "ben@desk.example"},
		{"queue", "add", "support", "--address", "support@desk.example"},
		{"grant", "add", "user:ben", "SeeQueue", "queue:support"},
		{"grant", "add", "user:ben", "ShowTicket", "queue:support"},
		{"ticket", "create", "--queue", "support", "--subject", "Seen by ben"},
	} {
		mustRun(t, gatehouse(t, dir, env, args...))
	}
	return lastWord(mustRun(t, gatehouse(t, dir, env, "token", "create", "ben", "--name", "t")))
}

// answers asks for a page with a token and returns the status.
func answers(t *testing.T, address, token string) int {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// TestAStoppedNodeUsesNoOldRight: a node that is stopped (SIGSTOP) while a right
// is taken away somewhere else refuses by it as soon as it goes on.
func TestAStoppedNodeUsesNoOldRight(t *testing.T) {
	dir, env := t.TempDir(), []string{"GATEHOUSE_DATABASE=" + pgtest.NewDatabase(t), "GATEHOUSE_SMTP=off", "GATEHOUSE_LOG_LEVEL=error"}
	token := agentWithToken(t, dir, env)
	n := startNode(t, gatehouse(t, dir, env, "serve"))
	page := n.web + "/api/v1/tickets/1"
	for round := range 3 {
		if got := answers(t, page, token); got != http.StatusOK {
			t.Fatalf("round %d: with the right he gets %d", round, got)
		}
		if err := n.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		asked := make(chan int, 1)
		go func() { asked <- answers(t, page, token) }() // it waits in the node
		mustRun(t, gatehouse(t, dir, env, "grant", "revoke", "user:ben", "ShowTicket", "queue:support"))
		if err := n.cmd.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if got := <-asked; got != http.StatusNotFound {
			t.Errorf("round %d: asked while it was stopped he gets %d", round, got)
		}
		if got := answers(t, page, token); got != http.StatusNotFound {
			t.Errorf("round %d: without the right he gets %d", round, got)
		}
		mustRun(t, gatehouse(t, dir, env, "grant", "add", "user:ben", "ShowTicket", "queue:support"))
	}
	n.stop(t)
}

// subjects lists those of all tickets, oldest first.
func subjects(t *testing.T, dir string, env []string) (list []string) {
	t.Helper()
	var lines []struct{ Subject string }
	if err := json.Unmarshal([]byte(mustRun(t, gatehouse(t, dir, env, "ticket", "list", "--json"))), &lines); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		list = append([]string{l.Subject}, list...)
	}
	return list
}

// TestClockSteps: the clock of a desk goes a day ahead, back before its first
// letter, and right again, while letters come in: each becomes one ticket, and
// what was begun under a wrong clock is not left lying.
func TestClockSteps(t *testing.T) {
	dir := t.TempDir()
	clock := filepath.Join(dir, "clock")
	step := func(seconds int) {
		t.Helper()
		if err := os.WriteFile(clock+".new", fmt.Append(nil, seconds), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(clock+".new", clock); err != nil {
			t.Fatal(err)
		}
	}
	step(0)
	env := []string{clockVar + "=" + clock, "GATEHOUSE_LOG_LEVEL=error", "GATEHOUSE_RELAY=127.0.0.1:1", "GATEHOUSE_MAIL_DOMAIN=desk.example"}
	mustRun(t, gatehouse(t, dir, env, "queue", "add", "support", "--address", "support@desk.example"))
	mustRun(t, gatehouse(t, dir, env, "grant", "add", "system:Everyone", "CreateTicket", "queue:support"))
	n := startNode(t, gatehouse(t, dir, env, "serve"))
	want := 0
	for _, seconds := range []int{0, 86_400, -86_400, 3_600, 0} {
		step(seconds)
		for i := range 3 {
			letter := fmt.Sprintf("From: kim%d@customer.example\r\nMessage-ID: <%d.%d@x>\r\nSubject: at %d, %d\r\n\r\nx\r\n", i, seconds, want, seconds, i)
			if err := smtp.SendMail(n.smtp, nil, fmt.Sprintf("kim%d@customer.example", i), []string{"support@desk.example"}, []byte(letter)); err != nil {
				t.Errorf("at %d: %v", seconds, err)
			}
			want++
		}
	}
	var got []string
	for deadline := time.Now().Add(30 * time.Second); len(got) < want && time.Now().Before(deadline); {
		got = subjects(t, dir, env)
	}
	if len(got) != want {
		t.Errorf("%d letters became %d tickets: %s", want, len(got), strings.Join(got, "; "))
	}
	n.stop(t)
	mustRun(t, gatehouse(t, dir, env, "verify"))
}
