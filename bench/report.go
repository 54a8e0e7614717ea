package bench

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// A Report is what was measured: medians where nothing else is said. What was
// not measured is zero, and not in the JSON; Notes say why.
type Report struct {
	Size   string    `json:"size"`
	Engine string    `json:"engine"` // sqlite or postgres
	Seed   uint64    `json:"seed"`
	At     time.Time `json:"at"`
	CPUs   int       `json:"cpus"`
	Go     string    `json:"go"`
	LoadS  float64   `json:"load_s,omitempty"` // filling the desk

	CheckNS       float64 `json:"check_ns,omitempty"`
	CheckP99NS    float64 `json:"check_p99_ns,omitempty"`
	OracleNS      float64 `json:"oracle_ns,omitempty"` // the same from the definition, without any index
	ExplainUS     float64 `json:"explain_us,omitempty"`
	WhoUS         float64 `json:"who_us,omitempty"`
	WhoP99US      float64 `json:"who_p99_us,omitempty"`
	EngineBuildMS float64 `json:"engine_build_ms,omitempty"` // from what was read
	WorldReadMS   float64 `json:"world_read_ms,omitempty"`   // reading it
	EngineHeapMB  float64 `json:"engine_heap_mb,omitempty"`

	MemberChangeUS float64 `json:"member_change_us,omitempty"` // the next engine
	MemberCommitUS float64 `json:"member_commit_us,omitempty"` // the transaction

	// Lists by class of people: 50 active tickets and their number up to 1,000.
	ListPageUS    map[string]float64 `json:"list_page_us,omitempty"`
	ListPageP99US map[string]float64 `json:"list_page_p99_us,omitempty"`

	// Pages of sorted lists, by the names of SortNames.
	Sorts map[string]SortFigure `json:"sorts,omitempty"`

	// Pages of what queries find, by the kind of query, at four clients.
	QueryMS    map[string]float64 `json:"query_ms,omitempty"`
	QueryP99MS map[string]float64 `json:"query_p99_ms,omitempty"`

	// Dashboards of twelve charts by class, reading all tickets once to count
	// them, and the memory that they take then.
	Dashboards  map[string]ReportFigure `json:"dashboards,omitempty"`
	TallyReadMS float64                 `json:"tally_read_ms,omitempty"`
	TallyHeapMB float64                 `json:"tally_heap_mb,omitempty"`

	LettersPerS float64 `json:"letters_per_s,omitempty"`
	LetterMS    float64 `json:"letter_ms,omitempty"`
	// Of a letter of 20 MB, from its bytes to the ticket, and how much more memory
	// the program holds at most meanwhile.
	LargeLetterMS float64 `json:"large_letter_ms,omitempty"`
	LargeLetterMB float64 `json:"large_letter_mb,omitempty"`
	LettersOut    float64 `json:"letters_out_per_letter,omitempty"` // mean

	// Pages by number of clients, half of the requests an agent's.
	HTTPListMS   map[string]float64 `json:"http_list_ms,omitempty"`
	HTTPTicketMS map[string]float64 `json:"http_ticket_ms,omitempty"`

	// Crawl are the pages to which links lead.
	Crawl []PageFigure `json:"crawl,omitempty"`

	// Relations are the relation pages by relation and side: "agent-group, left".
	Relations map[string]RelationFigure `json:"relations,omitempty"`

	RSSMB    float64  `json:"rss_mb,omitempty"`
	RSSOwnMB float64  `json:"rss_own_mb,omitempty"` // without what is mapped from files, such as the database
	StartMS  float64  `json:"start_ms,omitempty"`   // until the first list is answered
	Notes    []string `json:"notes,omitempty"`
}

func (r *Report) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// A Line is one figure. Budget is what it should keep to, zero where there is
// none; AtLeast, that it should not be less, else not more.
type Line struct {
	What    string
	Value   float64
	Unit    string
	Budget  float64
	AtLeast bool
}

// Missed reports whether the figure does not keep to its budget.
func (l Line) Missed() bool {
	return l.Budget != 0 && (l.AtLeast && l.Value < l.Budget || !l.AtLeast && l.Value > l.Budget)
}

// Lines lists the figures that were measured, with the budgets that hold for
// the size.
func (r *Report) Lines() []Line {
	list, large, medium := 1000.0, 0.0, 0.0
	if r.Engine == "postgres" {
		list = 1500
	}
	if r.Size == "L" {
		large = 1
	}
	if r.Size == "M" {
		medium = 1
	}
	lines := []Line{
		{What: "a check", Value: r.CheckNS, Unit: "ns", Budget: large * 150},
		{What: "a check, 99th percentile", Value: r.CheckP99NS, Unit: "ns"},
		{What: "a check by the definition", Value: r.OracleNS, Unit: "ns"},
		{What: "explaining a check", Value: r.ExplainUS, Unit: "µs"},
		{What: "who may", Value: r.WhoUS, Unit: "µs"},
		{What: "who may, 99th percentile", Value: r.WhoP99US, Unit: "µs"},
		{What: "building the engine", Value: r.EngineBuildMS, Unit: "ms", Budget: large * 100},
		{What: "reading what it is built from", Value: r.WorldReadMS, Unit: "ms"},
		{What: "memory of the engine", Value: r.EngineHeapMB, Unit: "MB", Budget: large * 64},
		{What: "a new membership in the engine", Value: r.MemberChangeUS, Unit: "µs"},
		{What: "storing it", Value: r.MemberCommitUS, Unit: "µs"},
	}
	lines = append(lines, r.listLines(list, large)...)
	lines = append(lines,
		Line{What: "letters in and through", Value: r.LettersPerS, Unit: "per s", Budget: large * 100, AtLeast: true},
		Line{What: "letters out for each", Value: r.LettersOut},
		Line{What: "one letter alone", Value: r.LetterMS, Unit: "ms"},
		Line{What: "a letter of 20 MB", Value: r.LargeLetterMS, Unit: "ms", Budget: 2000},
		Line{What: "memory for it", Value: r.LargeLetterMB, Unit: "MB", Budget: 150})
	for _, clients := range []string{"1", "4"} {
		lines = append(lines, Line{What: "page of a list, clients: " + clients, Value: r.HTTPListMS[clients], Unit: "ms", Budget: medium * 10},
			Line{What: "page of a ticket, clients: " + clients, Value: r.HTTPTicketMS[clients], Unit: "ms", Budget: medium * 10})
	}
	lines = append(lines, r.relationLines(large)...)
	lines = append(lines, r.dashboardLines(large)...)
	lines = append(lines, Line{What: "memory of the program", Value: r.RSSMB, Unit: "MB"},
		Line{What: "without mapped files", Value: r.RSSOwnMB, Unit: "MB"},
		Line{What: "start to the first list", Value: r.StartMS, Unit: "ms"}, Line{What: "filling the desk", Value: r.LoadS, Unit: "s"})
	measured := lines[:0]
	for _, l := range lines {
		if l.Value != 0 {
			measured = append(measured, l)
		}
	}
	return measured
}

// listLines are the figures of lists, of sorted ones and of queries.
func (r *Report) listLines(list, large float64) []Line {
	var lines []Line
	for _, class := range Classes() {
		name := strings.ReplaceAll(class, "_", ", ")
		lines = append(lines, Line{What: "a list, " + name, Value: r.ListPageUS[class], Unit: "µs", Budget: large * list},
			Line{What: "a list, " + name + ", 99th percentile", Value: r.ListPageP99US[class], Unit: "µs", Budget: large * 5000})
	}
	for _, name := range SortNames() {
		f := r.Sorts[name]
		lines = append(lines, Line{What: "sorted by " + name + " (" + strings.ReplaceAll(f.Class, "_", ", ") + ")", Value: f.MS, Unit: "ms", Budget: large * 50})
	}
	for _, kind := range queryKinds() {
		budget := float64(50)
		if kind.text != "" {
			budget = 100
		}
		if r.Size != "H" {
			budget = 0
		}
		lines = append(lines, Line{What: "a query, " + kind.name, Value: r.QueryMS[kind.name], Unit: "ms", Budget: budget},
			Line{What: "a query, " + kind.name + ", 99th percentile", Value: r.QueryP99MS[kind.name], Unit: "ms"})
	}
	return lines
}

// dashboardLines are the figures of dashboards.
func (r *Report) dashboardLines(large float64) []Line {
	var lines []Line
	for _, class := range Classes() {
		name, f := "a dashboard of twelve charts, "+strings.ReplaceAll(class, "_", ", "), r.Dashboards[class]
		lines = append(lines, Line{What: name, Value: f.FirstMS, Unit: "ms", Budget: large * 500}, Line{What: name + ", again", Value: f.AgainMS, Unit: "ms", Budget: large * 50})
	}
	return append(lines, Line{What: "reading all tickets to count them", Value: r.TallyReadMS, Unit: "ms"}, Line{What: "memory of that", Value: r.TallyHeapMB, Unit: "MB"})
}

// relationLines are the figures of relation pages.
func (r *Report) relationLines(large float64) []Line {
	var lines []Line
	for _, side := range relationSides() {
		f := r.Relations[side]
		lines = append(lines, Line{What: side, Value: f.PageMS, Unit: "ms", Budget: large * 50},
			Line{What: side + ", searched", Value: f.FindMS, Unit: "ms", Budget: large * 50},
			Line{What: side + ", size", Value: f.PageKB, Unit: "KB", Budget: large * 60},
			Line{What: side + ", saving a row", Value: f.SaveMS, Unit: "ms", Budget: large * 20},
			Line{What: side + ", what saving would change", Value: f.LookMS, Unit: "ms"})
	}
	return lines
}

// Write writes the report for people to read.
func (r *Report) Write(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintf(w, "Size %s on %s, %s, %d processors, %s\n\n", r.Size, r.Engine, r.At.Format(time.DateTime), r.CPUs, r.Go)
	for _, l := range r.Lines() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.What, strconv.FormatFloat(l.Value, 'f', -1, 64), l.Unit, l.budget())
	}
	if err := errors.Join(w.Flush(), r.writeCrawl(out)); err != nil {
		return err
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "\n%s\n", note)
	}
	return w.Flush()
}

func (l Line) budget() string {
	switch {
	case l.Budget == 0:
		return ""
	case l.Missed():
		return fmt.Sprintf("budget %v MISSED", l.Budget)
	}
	return fmt.Sprintf("budget %v", l.Budget)
}

// noteOthers says so where others keep the machine busy already, as far as the
// system tells.
func (r *run) noteOthers() {
	var load float64
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return
	}
	if _, err := fmt.Sscan(string(text), &load); err == nil && load > 0.5 {
		r.report.note("Others kept this machine busy when it began (load average %.1f); without them the figures are better.", load)
	}
}

// measureMemory reads the resident memory of the process, where the system
// tells it as Linux does.
func (r *run) measureMemory() {
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range strings.Lines(string(status)) {
			var kilobytes float64
			if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kilobytes); err == nil {
				r.report.RSSMB = round(kilobytes / 1024)
			}
			if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kilobytes); err == nil {
				r.report.RSSOwnMB = round(kilobytes / 1024)
			}
		}
	}
	if r.report.RSSMB == 0 {
		r.report.note("This system does not tell how much memory the program takes.")
	}
}
