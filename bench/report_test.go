package bench

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestReportShowsMissedBudgets(t *testing.T) {
	large := Report{Size: "L", Engine: "sqlite", CheckNS: 151, LettersPerS: 99, EngineHeapMB: 64, ListPageUS: map[string]float64{contactFew: 1200, agentMany: 900}}
	postgres, medium := large, large
	postgres.Engine, medium.Size = "postgres", "M"
	for _, tt := range []struct {
		why    string
		report Report
		what   string
		missed bool
	}{
		{"a slow check", large, "a check", true},
		{"too few letters", large, "letters in and through", true},
		{"as much memory as it may be", large, "memory of the engine", false},
		{"a slow list", large, "a list, contact, few", true},
		{"a quick list", large, "a list, agent, many", false},
		{"a list may take longer on PostgreSQL", postgres, "a list, contact, few", false},
		{"budgets are for the large desk", medium, "a check", false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			var text strings.Builder
			if err := tt.report.Write(&text); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(text.String()) {
				if !strings.HasPrefix(line, tt.what+" ") {
					continue
				}
				if got := strings.Contains(line, "MISSED"); got != tt.missed {
					t.Errorf("%q: missed %t, want %t", line, got, tt.missed)
				}
				return
			}
			t.Errorf("there is no line %q in %s", tt.what, text.String())
		})
	}
}

func TestReportLeavesOutWhatWasNotMeasured(t *testing.T) {
	report := Report{Size: "M", CheckNS: 12.5}
	report.note("No %s today.", "letters")
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"letters_per_s", "list_page_us", "http_list_ms", "rss_mb"} {
		if strings.Contains(string(text), key) {
			t.Errorf("%s was not measured, but is in %s", key, text)
		}
	}
	if lines := report.Lines(); len(lines) != 1 || lines[0].Value != 12.5 {
		t.Errorf("got lines %v, want the one that was measured", lines)
	}
	if !strings.Contains(string(text), "No letters today.") {
		t.Errorf("%s does not say what is missing", text)
	}
}

func TestPercentile(t *testing.T) {
	took := times{5, 1, 4, 2, 3, 6, 7, 8, 9, 100}
	for percent, want := range map[int]time.Duration{0: 1, 50: 6, 99: 100, 100: 100} {
		if got := took.percentile(percent); got != want {
			t.Errorf("%d percent are below %d, want %d", percent, got, want)
		}
	}
	if got := (times{}).median(); got != 0 {
		t.Errorf("the median of nothing is %d", got)
	}
}
