package cli_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatehouse/store/pgtest"
)

// until asks for a page until it has what a pattern says.
func until(t *testing.T, address, pattern string) {
	t.Helper()
	var page string
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		response, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if page = string(body); err == nil && regexp.MustCompile(`(?m)`+pattern).MatchString(page) {
			return
		}
	}
	t.Fatalf("%s does not come to have %s:\n%s", address, pattern, page)
}

// TestReplica: serve reads lists from the replica that the settings name, goes
// on without it and takes it up again, by itself; figures, log and doctor say
// which.
func TestReplica(t *testing.T) {
	main := pgtest.Start(t)
	dir, database, metrics := t.TempDir(), main.NewDatabase(t), freeAddress(t)
	env := []string{"GATEHOUSE_DATABASE=" + database}
	for _, args := range [][]string{
		{"queue", "add", "support"}, {"user", "add", "ben", "--address", "ben@desk.example"}, {"grant", "add", "user:ben", "SuperUser", "system"},
		{"ticket", "create", "--queue", "support", "--subject", "It burns", "--text", "Help"},
	} {
		mustRun(t, gatehouse(t, dir, env, args...))
	}
	token := lastWord(mustRun(t, gatehouse(t, dir, env, "token", "create", "ben", "--name", "t")))
	standby := main.Standby(t)
	env = append(env, "GATEHOUSE_REPLICA="+standby.At(t, database), "GATEHOUSE_METRICS="+metrics)
	node := startNode(t, gatehouse(t, dir, env, "serve"))
	doctor := func(want string) {
		t.Helper()
		out, _ := gatehouse(t, dir, env, "doctor").CombinedOutput() // the relay is missing
		if !regexp.MustCompile(want).Match(out) {
			t.Errorf("doctor does not say %s:\n%s", want, out)
		}
	}
	figures := "http://" + metrics + "/metrics"
	until(t, figures, `^gatehouse_replica_used 1$`)
	until(t, figures, `^gatehouse_replica_late_seconds [01](\.\d+)?$`)
	doctor(`replica +ok +it follows`)
	for range 3 {
		fetch(t, http.DefaultClient, node.web+"/api/v1/tickets/count", "Bearer "+token)
		fetch(t, http.DefaultClient, node.web+"/api/v1/tickets", "Bearer "+token)
	}
	until(t, figures, `^gatehouse_replica_answers_total [1-6]$`)

	standby.Stop(t)
	until(t, figures, `^gatehouse_replica_used 0$`)
	fetch(t, http.DefaultClient, node.web+"/api/v1/tickets", "Bearer "+token)
	until(t, node.web+"/readyz", `^ready$`)
	doctor(`replica +look +lists are read from the database instead: The replica does not answer`)
	standby.Restart(t)
	until(t, figures, `^gatehouse_replica_used 1$`)
	node.stop(t)
	log := node.log.String()
	for _, line := range []string{"lists are read from the replica", "lists are not read from the replica"} {
		if n := strings.Count(log, fmt.Sprintf("%q", line)); n != map[bool]int{true: 2, false: 1}[strings.Contains(line, "are read")] {
			t.Errorf("the log says %q %d times:\n%s", line, n, log)
		}
	}
}
