package bench

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// TestSortsOfAKeptDesk: sorted lists are measured by each column there is, and a
// desk that was kept is measured again as it is, on both databases.
func TestSortsOfAKeptDesk(t *testing.T) {
	for engine, url := range map[string]func(testing.TB) string{
		"sqlite":   func(testing.TB) string { return "" },
		"postgres": pgtest.NewDatabase,
	} {
		t.Run(engine, func(t *testing.T) {
			o := Options{Size: "XS", Seed: 3, URL: url(t), Dir: t.TempDir(), Keep: true, Only: []string{"sorts"}, Patience: 50 * time.Millisecond}
			first, err := Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			wantSorts(t, first)
			second, err := Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			wantSorts(t, second)
			if first.LoadS == 0 || second.LoadS != 0 || !strings.Contains(strings.Join(second.Notes, " "), "there already") {
				t.Errorf("filled in %v seconds and again in %v; notes %q", first.LoadS, second.LoadS, second.Notes)
			}
			if left, err := os.ReadDir(o.Dir); err != nil || len(left) != 1 || left[0].Name() != "gatehouse-bench-XS-3" {
				t.Errorf("what stays is %v (%v)", left, err)
			}
			if o.URL != "" {
				o.Size = "S"
				if _, err := Run(t.Context(), o); desk.KindOf(err) != desk.Conflict {
					t.Errorf("a desk of another size was measured: %v", err)
				}
			}
		})
	}
}

func wantSorts(t *testing.T, report *Report) {
	t.Helper()
	for _, name := range SortNames() {
		if f := report.Sorts[name]; f.MS == 0 || f.Class == "" {
			t.Errorf("sorted by %s: %+v", name, f)
		}
	}
	lines := report.Lines()
	if !slices.ContainsFunc(lines, func(l Line) bool { return strings.HasPrefix(l.What, "sorted by queue, down, active (") }) {
		t.Errorf("the report does not tell of sorts: %v", lines)
	}
}

// TestSortNames: each column by which the store sorts is measured.
func TestSortNames(t *testing.T) {
	for _, tt := range []struct {
		name   string
		want   store.Sort
		active bool
	}{
		{"queue, up", store.Sort{By: "queue"}, false},
		{"owner, down, active", store.Sort{By: "owner", Down: true}, true},
		{"id, up, active", store.Sort{By: "id"}, true},
	} {
		if by, active := sortOf(tt.name); by != tt.want || active != tt.active {
			t.Errorf("%s is %+v, active %v", tt.name, by, active)
		}
	}
	for _, name := range SortNames() {
		if by, _ := sortOf(name); !by.By.Sorts() {
			t.Errorf("lists cannot be sorted by %s", by.By)
		}
	}
}

func TestEvenly(t *testing.T) {
	all := []desk.UserID{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, tt := range []struct {
		why   string
		users []desk.UserID
		most  int
		want  []desk.UserID
	}{
		{"nobody", nil, 4, nil},
		{"all where they are few", all[:3], 4, all[:3]},
		{"the first, the last and some between", all, 3, []desk.UserID{1, 5, 9}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := evenly(tt.users, tt.most); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
