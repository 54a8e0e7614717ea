package bench

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
)

// TestOnlySomeParts: parts can be measured by themselves, and one that there is
// not is told.
func TestOnlySomeParts(t *testing.T) {
	report, err := Run(t.Context(), Options{Size: "XS", Seed: 1, Dir: t.TempDir(), Only: []string{"reports"}, Patience: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Dashboards) == 0 || report.CheckNS != 0 || len(report.ListPageUS) != 0 || report.LettersPerS != 0 {
		t.Errorf("of reports alone it measured %+v", report)
	}
	if _, err := Run(t.Context(), Options{Size: "XS", Dir: t.TempDir(), Only: []string{"dreams"}}); desk.KindOf(err) != desk.Invalid || !strings.Contains(desk.Sentence(err), "reports") {
		t.Errorf("a part that there is not: %v", err)
	}
	for _, s := range (&run{}).steps() {
		if known := slices.Contains(Parts(), s.name); known == slices.Contains([]string{"filling the desk", "starting", "choosing people"}, s.name) {
			t.Errorf("the step %q can be left out: %v", s.name, known)
		}
	}
	if len((&run{}).steps()) != len(Parts())+3 {
		t.Errorf("the steps are %d, the parts %d", len((&run{}).steps()), len(Parts()))
	}
}
