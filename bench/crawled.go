package bench

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// The budgets of a page.
const (
	pageBudgetMS  = 50 // at the 95th percentile
	pageBudgetKB  = 60 // as HTML, not compressed
	fiftyBudgetKB = 20 // of that, fifty rows of a table
	pageQueries   = 100
)

// A PageFigure is what the pages of one kind take, for one person. Times are in
// milliseconds, over a few requests.
type PageFigure struct {
	Who     string  `json:"who"`     // the class of who asks
	Kind    string  `json:"kind"`    // its address, with N for each number
	Example string  `json:"example"` // the slowest
	Pages   int     `json:"pages"`   // that were asked for
	Status  int     `json:"status,omitempty"`
	P50MS   float64 `json:"p50_ms"`
	P95MS   float64 `json:"p95_ms"`
	MaxMS   float64 `json:"max_ms"`
	KB      float64 `json:"kb,omitempty"`       // the largest, as HTML; zero: it is none
	Rows    int     `json:"rows,omitempty"`     // of its largest table, from ten on
	FiftyKB float64 `json:"fifty_kb,omitempty"` // fifty rows of it
	Queries int     `json:"queries"`            // statements, the most for one request
}

// Misses says to which budgets the figure does not keep.
func (f PageFigure) Misses() []string {
	var list []string
	if f.Status != 0 {
		list = append(list, fmt.Sprintf("status %d", f.Status))
	}
	if f.P95MS > pageBudgetMS {
		list = append(list, fmt.Sprintf("%.0f ms", f.P95MS))
	}
	if f.KB > pageBudgetKB {
		list = append(list, fmt.Sprintf("%.0f KB", f.KB))
	}
	if f.FiftyKB > fiftyBudgetKB {
		list = append(list, fmt.Sprintf("50 rows %.0f KB", f.FiftyKB))
	}
	if f.Queries > pageQueries {
		list = append(list, fmt.Sprintf("%d queries", f.Queries))
	}
	return list
}

// writeCrawl writes what following links has measured: of each person all pages
// together, and those that miss a budget one by one.
func (r *Report) writeCrawl(out io.Writer) error {
	if len(r.Crawl) == 0 {
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintf(w, "\nPages that links lead to, medians of each kind\tkinds\tms p50\tp95\tmax\tKB max\tqueries p50\tmax\n")
	for _, who := range Classes() {
		var ms, queries []float64
		largest := 0.0
		for _, f := range r.Crawl {
			if f.Who == who {
				ms, queries, largest = append(ms, f.P50MS), append(queries, float64(f.Queries)), max(largest, f.KB)
			}
		}
		if len(ms) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%.0f\n", who, len(ms), at(ms, 50), at(ms, 95), at(ms, 100), largest, at(queries, 50), at(queries, 100))
	}
	fmt.Fprintf(w, "\nMissed its budget (%d ms at the 95th percentile, %d KB, 50 rows %d KB, %d queries)\tof\tmisses\tms p50\tqueries\tfor example\n", pageBudgetMS, pageBudgetKB, fiftyBudgetKB, pageQueries)
	for _, f := range r.Crawl {
		if misses := f.Misses(); len(misses) > 0 {
			fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\t%d\t%s\n", f.Kind, f.Who, strings.Join(misses, ", "), f.P50MS, f.Queries, f.Example)
		}
	}
	return w.Flush()
}

// at is the value below which so many percent of some lie.
func at(values []float64, percent int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}
