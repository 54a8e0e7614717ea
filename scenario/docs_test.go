package scenario_test

import (
	"os"
	"strings"
	"testing"

	"gatehouse/scenario"
)

// TestTheExamplesOfThePageRun: what docs/scenarios.md shows is read and passes,
// and the page names every operation and question that there is.
func TestTheExamplesOfThePageRun(t *testing.T) {
	page, err := os.ReadFile("../docs/scenarios.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, found := strings.Cut(string(page), "```yaml\n")
	example, _, closed := strings.Cut(example, "```")
	if !found || !closed {
		t.Fatal("the page has no example")
	}
	list, err := scenario.Read("docs/scenarios.md", []byte(example))
	if err != nil || len(list) != 2 {
		t.Fatalf("got %d scenarios: %v", len(list), err)
	}
	scenario.Run(t.Context(), list, freshDesks(t), func(r *scenario.Result) { wantPassed(t, r) })
}
