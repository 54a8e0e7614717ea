package cli_test

import (
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"gatehouse/service"
)

// TestWorkIsSeen: a node that serves tells of all its work, in figures and to
// doctor, and what was done is known when the program is started again.
func TestWorkIsSeen(t *testing.T) {
	dir, metrics := t.TempDir(), freeAddress(t)
	env := []string{"GATEHOUSE_METRICS=" + metrics}
	mustRun(t, gatehouse(t, dir, nil, "queue", "add", "support"))
	mustRun(t, gatehouse(t, dir, nil, "ticket", "create", "--queue", "support", "--subject", "It burns", "--text", "Help"))
	node := startNode(t, gatehouse(t, dir, env, "serve"))
	figures := "http://" + metrics + "/metrics"
	until(t, figures, `^gatehouse_work_last_look_timestamp_seconds\{step="events"\} [1-9]`)
	node.stop(t) // it says at its end how it went
	node = startNode(t, gatehouse(t, dir, env, "serve"))
	until(t, figures, `^gatehouse_work_last_run_timestamp_seconds\{step="events"\} [1-9]`)
	until(t, figures, `^gatehouse_work_next_run_timestamp_seconds\{step="sweeping"\} [1-9]`)
	answer, err := http.Get(figures)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, found := range regexp.MustCompile(`(?m)^gatehouse_work_trouble_seconds\{step="([^"]*)"\} 0$`).FindAllStringSubmatch(string(page), -1) {
		steps = append(steps, found[1])
	}
	if len(steps) != 17 || !slices.Contains(steps, service.StepSweeping) {
		t.Errorf("sorts of work that are well: got %q", steps)
	}
	out, _ := gatehouse(t, dir, nil, "doctor").CombinedOutput() // the relay is missing
	if !regexp.MustCompile(`work +ok +(no node has said yet|17 sorts of it are done)`).Match(out) {
		t.Errorf("doctor says:\n%s", out)
	}
	node.stop(t)
}

// TestAlarmsAreDocumented: each alarm asks for figures that there are, and each
// of them has a line that says what to do.
func TestAlarmsAreDocumented(t *testing.T) {
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read("../packaging/alarms.yml")), &file); err != nil {
		t.Fatal(err)
	}
	source := read("metrics.go")
	_, what, _ := strings.Cut(read("../docs/operation.md"), "### What to do when")
	alarms := 0
	for _, rule := range file.Groups[0].Rules {
		alarms++
		figures := regexp.MustCompile(`gatehouse_[a-z_]+`).FindAllString(rule.Expr, -1)
		if len(figures) == 0 || rule.Labels["severity"] == "" || rule.Annotations["summary"] == "" {
			t.Errorf("%s asks for no figure, or does not say what it is about: %+v", rule.Alert, rule)
		}
		for _, figure := range figures {
			known, told := strings.Contains(source, `"`+figure+`"`), strings.Contains(what, "`"+figure+"`")
			if !known || !told {
				t.Errorf("%s asks for %s: it is a figure (%v), and docs/operation.md says what to do when it rises (%v)", rule.Alert, figure, known, told)
			}
		}
	}
	if alarms < 10 || len(file.Groups) != 1 {
		t.Errorf("there are %d alarms in %d groups", alarms, len(file.Groups))
	}
}
