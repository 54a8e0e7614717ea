package bench

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// keys are those that a report has, whatever else it has.
const keys = `check_ns check_p99_ns oracle_ns explain_us who_us engine_build_ms engine_heap_mb member_change_us
list_page_us list_page_p99_us letters_per_s letter_ms large_letter_ms large_letter_mb http_list_ms http_ticket_ms rss_mb start_ms`

func TestRunMeasuresEverything(t *testing.T) {
	for engine, url := range map[string]func(testing.TB) string{
		"sqlite":   func(testing.TB) string { return "" },
		"postgres": pgtest.NewDatabase,
	} {
		t.Run(engine, func(t *testing.T) {
			dir := t.TempDir()
			report, err := Run(t.Context(), Options{Size: "XS", Seed: 1, URL: url(t), Dir: dir, Site: site, Patience: 50 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if report.Engine != engine {
				t.Errorf("measured on %s, want %s", report.Engine, engine)
			}
			wantKeys(t, report)
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("%d files are left over (%v)", len(left), err)
			}
		})
	}
}

// site is the interface for programs alone.
func site(svc *service.Service) (http.Handler, error) { return api.New(svc, api.Options{}), nil }

func wantKeys(t *testing.T, report *Report) {
	t.Helper()
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Fields(keys) {
		if _, ok := got[key]; !ok {
			t.Errorf("%s is not in the report: %s", key, text)
		}
	}
	for _, class := range Classes() {
		if report.ListPageUS[class] == 0 || report.ListPageP99US[class] < report.ListPageUS[class] {
			t.Errorf("lists of %s: median %v, 99th percentile %v", class, report.ListPageUS[class], report.ListPageP99US[class])
		}
	}
}

func TestRunRefusesAFullDatabase(t *testing.T) {
	url := pgtest.NewDatabase(t)
	st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), URL: url, Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	err = st.BulkLoad(t.Context(), store.Bulk{Queues: []desk.Queue{{ID: 1, Name: "General"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), Options{Size: "XS", URL: url, Dir: t.TempDir()}); desk.KindOf(err) != desk.Conflict {
		t.Errorf("got %v, want a refusal", err)
	}
}

func TestBetween(t *testing.T) {
	var all []seer
	for i := range 100 {
		all = append(all, seer{desk.UserID(200 - i), i + 1}) // who has a high number sees little
	}
	blind := seer{300, 0}
	for _, tt := range []struct {
		why      string
		from, to int
		list     []seer
		want     []desk.UserID
	}{
		{"those who see the least", 0, 3, all, []desk.UserID{200, 199, 198}},
		{"those who see the most", 98, 100, all, []desk.UserID{102, 101}},
		{"who sees nothing is nobody", 0, 100, []seer{blind, {1, 5}}, []desk.UserID{1}},
		{"of few there is at least one", 95, 100, []seer{{1, 5}, {2, 9}}, []desk.UserID{2}},
		{"who sees as much as another goes by number", 0, 100, []seer{{2, 5}, {1, 5}}, []desk.UserID{1, 2}},
		{"nobody at all", 45, 55, []seer{blind}, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := between(tt.list, tt.from, tt.to); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
