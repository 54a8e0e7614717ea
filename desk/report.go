package desk

import (
	"slices"
	"strconv"
	"strings"
)

// A Measure is what a report tells of tickets.
type Measure string

// The measures. All but the first are lengths of time, of which the median is
// told and what nine of ten do not exceed.
const (
	HowMany     Measure = "tickets"
	FirstAnswer Measure = "first-answer" // from opening to the desk's first answer
	Resolution  Measure = "resolution"   // from opening to the end
	Waiting     Measure = "waiting"      // since the customer asked for what was not answered yet
	Age         Measure = "age"          // since opening
)

// Measures lists the measures.
func Measures() []Measure { return []Measure{HowMany, FirstAnswer, Resolution, Waiting, Age} }

// Timed reports whether the measure is a length of time.
func (m Measure) Timed() bool { return m != HowMany }

// A Grouping is by what a report groups tickets. Besides those below there is
// one for each custom field, as GroupingOf says.
type Grouping string

// The groupings. A ticket of several customers, requestors or values is in
// several groups. Those by day, week and month show the last ones only; Opened
// and closed shows in each both how many were opened and how many were resolved.
const (
	ByStatus    Grouping = "status"
	ByQueue     Grouping = "queue"
	ByCustomer  Grouping = "customer"
	ByOwner     Grouping = "owner"
	ByRequestor Grouping = "requestor"
	ByPriority  Grouping = "priority"
	ByAge       Grouping = "age"
	ByWaiting   Grouping = "waiting"

	CreatedByDay    Grouping = "created-day"
	CreatedByWeek   Grouping = "created-week"
	CreatedByMonth  Grouping = "created-month"
	ResolvedByDay   Grouping = "resolved-day"
	ResolvedByWeek  Grouping = "resolved-week"
	ResolvedByMonth Grouping = "resolved-month"
	FlowByDay       Grouping = "flow-day"
	FlowByWeek      Grouping = "flow-week"
	FlowByMonth     Grouping = "flow-month"
)

// Groupings lists the groupings of every desk.
func Groupings() []Grouping {
	return []Grouping{ByStatus, ByQueue, ByCustomer, ByOwner, ByRequestor, ByPriority, ByAge, ByWaiting,
		CreatedByDay, CreatedByWeek, CreatedByMonth, ResolvedByDay, ResolvedByWeek, ResolvedByMonth, FlowByDay, FlowByWeek, FlowByMonth}
}

const fieldGrouping = "field-"

// GroupingOf groups by the values of a custom field of tickets.
func GroupingOf(f FieldID) Grouping {
	return Grouping(fieldGrouping + strconv.FormatInt(int64(f), 10))
}

// Field returns the custom field by whose values it groups; zero: by none.
func (g Grouping) Field() FieldID {
	number, ok := strings.CutPrefix(string(g), fieldGrouping)
	id, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || id <= 0 {
		return 0
	}
	return FieldID(id)
}

// Period returns of which moment the day, week or month counts; both are empty
// where it groups by something else.
func (g Grouping) Period() (of, unit string) {
	of, unit, ok := strings.Cut(string(g), "-")
	if !ok || unit != "day" && unit != "week" && unit != "month" {
		return "", ""
	}
	return of, unit
}

// Flow reports whether it counts both what was opened and what was resolved.
func (g Grouping) Flow() bool {
	of, _ := g.Period()
	return of == "flow"
}

// Known reports whether there is such a grouping, as far as can be told without
// knowing the custom fields.
func (g Grouping) Known() bool { return g.Field() != 0 || slices.Contains(Groupings(), g) }

// A ChartKind is how a report is drawn.
type ChartKind string

// The kinds of charts. Each has its table behind it.
const (
	BarChart     ChartKind = "bar"
	StackedChart ChartKind = "stacked"
	LineChart    ChartKind = "line"
	NumberChart  ChartKind = "number"
	NoChart      ChartKind = "table"
)

// ChartKinds lists the kinds.
func ChartKinds() []ChartKind {
	return []ChartKind{BarChart, StackedChart, LineChart, NumberChart, NoChart}
}

// A TicketReport says what is counted of which tickets, and how it is shown. What it
// finds is asked anew for whoever looks.
type TicketReport struct {
	Title   string
	Query   string // in the query language; empty: all tickets
	Measure Measure
	By      []Grouping // none to two; the second one makes the parts of a bar
	Chart   ChartKind
	Last    int // of days, weeks or months; 0: as many as is usual
	Top     int // how many groups are shown, the largest ones; 0: as many as is usual
}

// The bounds of reports.
const (
	maxReportTitle = 120
	maxReportQuery = 5000
	maxReportLast  = 400
	maxReportTop   = 100
)

// Check completes a report and says what is wrong with it, by field: "title",
// "measure", "by", "and", "chart", "last", "top".
func (r *TicketReport) Check() error {
	r.Title, r.Query = strings.TrimSpace(r.Title), strings.TrimSpace(r.Query)
	r.By = slices.DeleteFunc(slices.Clone(r.By), func(g Grouping) bool { return g == "" })
	if r.Measure == "" {
		r.Measure = HowMany
	}
	if r.Chart == "" {
		r.Chart = BarChart
	}
	wrong := map[string]string{}
	if len([]rune(r.Title)) > maxReportTitle {
		wrong["title"] = "The title is too long: write at most 120 characters."
	}
	if len(r.Query) > maxReportQuery {
		wrong["query"] = "The query is too long: write at most 5000 characters."
	}
	if !slices.Contains(Measures(), r.Measure) {
		wrong["measure"] = "Choose what is counted: tickets, first-answer, resolution, waiting or age."
	}
	if !slices.Contains(ChartKinds(), r.Chart) {
		wrong["chart"] = "Choose a chart: bar, stacked, line, number or table."
	}
	if r.Last < 0 || r.Last > maxReportLast {
		wrong["last"] = "Choose a number of days, weeks or months from 1 to 400."
	}
	if r.Top < 0 || r.Top > maxReportTop {
		wrong["top"] = "Choose a number of groups from 1 to 100."
	}
	r.checkGroupings(wrong)
	if len(wrong) > 0 {
		return InvalidFields(wrong)
	}
	return nil
}

func (r *TicketReport) checkGroupings(wrong map[string]string) {
	fields := []string{"by", "and"}
	for i, g := range r.By {
		if i < len(fields) && !g.Known() {
			wrong[fields[i]] = "There is no grouping " + strconv.Quote(string(g)) + "; choose another one."
		}
	}
	switch {
	case len(r.By) > 2:
		wrong["by"] = "Group by two things at the most."
	case len(r.By) == 2 && r.By[0] == r.By[1]:
		wrong["and"] = "Group by two different things."
	case len(r.By) == 2 && (r.By[0].Flow() || r.By[1].Flow()):
		wrong["and"] = "Opened and resolved tickets have two parts already; take the other grouping away."
	case len(r.By) > 0 && r.By[0].Flow() && r.Measure.Timed():
		wrong["measure"] = "Opened and resolved tickets can be counted only; choose tickets."
	}
}
