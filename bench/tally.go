package bench

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// A ServeReport is what happened while a load was driven.
type ServeReport struct {
	Size    string    `json:"size"`
	Engine  string    `json:"engine"` // sqlite or postgres
	Seed    uint64    `json:"seed"`
	At      time.Time `json:"at"`
	CPUs    int       `json:"cpus"`
	Go      string    `json:"go"`
	Nodes   int       `json:"nodes"`
	Rate    float64   `json:"rate"` // asked for, a second; zero: as fast as it goes
	Clients int       `json:"clients"`
	People  int       `json:"people"`
	Seconds float64   `json:"seconds"`

	Kinds      map[string]KindFigure `json:"kinds"`
	Requests   int                   `json:"requests"` // that were answered
	PerSecond  float64               `json:"per_second"`
	Retries    int                   `json:"retries"`
	Connects   int                   `json:"connects"` // connections that were made
	GivenUp    int                   `json:"given_up"`
	NotSent    int                   `json:"not_sent"`  // due, but nobody was free for a second
	Confirmed  map[string]int        `json:"confirmed"` // and looked for in the end
	Compared   int                   `json:"compared"`  // answers, with the definition of access
	Unsure     int                   `json:"unsure"`    // people of whom a change was sent and not answered, so that any answer is right
	WrongCount int                   `json:"wrong_count"`
	Wrong      []string              `json:"wrong"` // the first of each sort
	Notes      []string              `json:"notes,omitempty"`
}

// A KindFigure is how quickly one kind of request was answered, from when it
// was due, in milliseconds; and what went wrong on the way, by what it was.
type KindFigure struct {
	Count  int            `json:"count"`
	P50    float64        `json:"p50"`
	P95    float64        `json:"p95"`
	P99    float64        `json:"p99"`
	Errors map[string]int `json:"errors,omitempty"`
}

// wrongShown is how many wrong answers of one sort a report names, so that many
// of one do not hide the others.
const wrongShown = 20

// A tally counts while the load is driven.
type tally struct {
	mu    sync.Mutex
	r     ServeReport
	times map[string]times
	errs  map[string]map[string]int
	sorts map[string]int // of wrong answers, by format
}

func newTally() *tally {
	return &tally{r: ServeReport{Confirmed: map[string]int{}, Wrong: []string{}}, times: map[string]times{}, errs: map[string]map[string]int{}, sorts: map[string]int{}}
}

func (t *tally) count(n *int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*n++
}

func (t *tally) retry()          { t.count(&t.r.Retries) }
func (t *tally) connect()        { t.count(&t.r.Connects) }
func (t *tally) compared()       { t.count(&t.r.Compared) }
func (t *tally) skip()           { t.count(&t.r.NotSent) }
func (t *tally) giveUp(_ string) { t.count(&t.r.GivenUp) }

func (t *tally) confirmed(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.r.Confirmed[what]++
}

func (t *tally) set(what string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.r.Confirmed[what] = n
}

func (t *tally) done(kind string, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.times[kind] = append(t.times[kind], took)
}

func (t *tally) failed(kind, what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.errs[kind] == nil {
		t.errs[kind] = map[string]int{}
	}
	t.errs[kind][what]++
}

func (t *tally) wrong(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.r.WrongCount++
	if t.sorts[format]++; t.sorts[format] <= wrongShown {
		t.r.Wrong = append(t.r.Wrong, fmt.Sprintf(format, args...))
	}
}

func (t *tally) report(took time.Duration) *ServeReport {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.r
	r.Seconds, r.Kinds = round(took.Seconds()), map[string]KindFigure{}
	for kind, all := range t.times {
		r.Kinds[kind] = KindFigure{Count: len(all), P50: millis(all.percentile(50)), P95: millis(all.percentile(95)), P99: millis(all.percentile(99))}
		r.Requests += len(all)
	}
	for kind, errs := range t.errs {
		figure := r.Kinds[kind]
		figure.Errors = errs
		r.Kinds[kind] = figure
	}
	r.PerSecond = round(float64(r.Requests) / took.Seconds())
	return &r
}

// Write prints the report for people.
func (r *ServeReport) Write(to io.Writer) error {
	asked := "as fast as they go"
	if r.Rate > 0 {
		asked = fmt.Sprintf("%g a second", r.Rate)
	}
	fmt.Fprintf(to, "Size %s on %s, seed %d, %d nodes, %d CPUs, %s; %d people, %d clients, requests %s\n\n",
		r.Size, r.Engine, r.Seed, r.Nodes, r.CPUs, r.Go, r.People, r.Clients, asked)
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "kind\tanswered\tp50 ms\tp95 ms\tp99 ms\terrors\t")
	for _, kind := range slices.Sorted(maps.Keys(r.Kinds)) {
		f := r.Kinds[kind]
		fmt.Fprintf(table, "%s\t%d\t%.1f\t%.1f\t%.1f\t%s\t\n", kind, f.Count, f.P50, f.P95, f.P99, sums(f.Errors))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(to, "\n%d requests answered in %.1f s, %.1f a second; %d sent again, %d connections made, %d given up, %d not sent\n",
		r.Requests, r.Seconds, r.PerSecond, r.Retries, r.Connects, r.GivenUp, r.NotSent)
	fmt.Fprintf(to, "confirmed and found: %s\n", sums(r.Confirmed))
	fmt.Fprintf(to, "%d answers compared with who may see what; of %d people any answer was right\n", r.Compared, r.Unsure)
	for _, note := range r.Notes {
		fmt.Fprintln(to, note)
	}
	if _, err := fmt.Fprintf(to, "wrong answers: %d\n", r.WrongCount); err != nil {
		return err
	}
	for _, wrong := range r.Wrong {
		if _, err := fmt.Fprintln(to, "  "+wrong); err != nil {
			return err
		}
	}
	return nil
}

// sums writes counts in a row.
func sums(of map[string]int) string {
	var list []string
	for _, what := range slices.Sorted(maps.Keys(of)) {
		list = append(list, fmt.Sprintf("%d %s", of[what], what))
	}
	return strings.Join(list, ", ")
}
