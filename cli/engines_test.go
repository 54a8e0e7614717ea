package cli_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/cli"
	"gatehouse/store/pgtest"
)

// TestDemoOnBothEngines fills the demo in SQLite and in PostgreSQL at the same
// moment: everybody then sees the same.
func TestDemoOnBothEngines(t *testing.T) {
	url := pgtest.NewDatabase(t)
	questions := []string{
		"ticket list", "ticket list --active --queue support", "--as bob ticket list", "--as petra ticket list", "--as ben ticket list printer",
		"ticket show 1", "user list", "grant list", "access who ShowTicket ticket:6", "post count",
	}
	answers := map[string]string{}
	for _, engine := range []string{"", url} {
		env := map[string]string{"GATEHOUSE_DATA": t.TempDir(), "GATEHOUSE_DATABASE": engine}
		run(t, env, "demo --fill")
		for _, question := range questions {
			got := run(t, env, question+" --json")
			if want, asked := answers[question]; asked && got != want {
				t.Errorf("%s: PostgreSQL -, SQLite +:\n%s", question, cmp.Diff(got, want))
			}
			answers[question] = got
		}
	}
	other := map[string]string{"GATEHOUSE_DATA": t.TempDir(), "GATEHOUSE_DATABASE": url}
	if _, errs, code := try(t, other, "demo --fill"); code != 65 || !strings.Contains(errs, "holds a desk already") {
		t.Errorf("the demo filled a database that is in use, or said %q with code %d", errs, code)
	}
}

// run runs a command that is to go well and returns what it prints.
func run(t *testing.T, env map[string]string, command string) string {
	t.Helper()
	out, errs, code := try(t, env, command)
	if code != 0 {
		t.Fatalf("%s ended with %d: %s", command, code, errs)
	}
	return out
}

// try runs a command on a fixed day and returns what it prints and its code.
func try(t *testing.T, env map[string]string, command string) (out, errs string, code int) {
	t.Helper()
	var outs, errors bytes.Buffer
	code = cli.Run(t.Context(), cli.Process{Name: "gatehouse", Args: strings.Fields(command), In: strings.NewReader(""), Out: &outs, Err: &errors,
		Env: func(name string) (string, bool) { value, ok := env[name]; return value, ok },
		Now: func() time.Time { return time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC) }})
	return outs.String(), errors.String(), code
}
