package chart_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"gatehouse/web/chart"
)

// kinds are the same values drawn in each way.
func kinds(labels []chart.Label, series []string, values [][]chart.Value) map[string]chart.Chart {
	c := chart.Chart{ID: "c1", Title: "Tickets <by> status", Desc: "A & B", Labels: labels, Series: series, Values: values}
	with := func(change func(*chart.Chart)) chart.Chart {
		changed := c
		change(&changed)
		return changed
	}
	return map[string]chart.Chart{
		"bars": c, "columns": with(func(c *chart.Chart) { c.Upright = true }), "lines": with(func(c *chart.Chart) { c.Lines = true }),
		"bars side by side": with(func(c *chart.Chart) { c.Side = true }), "columns side by side": with(func(c *chart.Chart) { c.Side, c.Upright = true, true }),
	}
}

func value(n float64, url string) chart.Value {
	return chart.Value{N: n, Text: fmt.Sprintf("%.0f", n), URL: url}
}

// elements reads a drawing, which must be well-formed, and returns its elements
// with their attributes.
func elements(t *testing.T, svg string) []xml.StartElement {
	t.Helper()
	var list []xml.StartElement
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok {
			list = append(list, e)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// linksOf are the addresses to which a drawing leads. It must have neither style
// nor script, and each link a name.
func linksOf(t *testing.T, svg string) map[string]bool {
	t.Helper()
	links := map[string]bool{}
	for _, e := range elements(t, svg) {
		if e.Name.Local == "script" || e.Name.Local == "style" || attribute(e, "style") != "" {
			t.Errorf("there is %v in %s", e, svg)
		}
		if e.Name.Local != "a" {
			continue
		}
		links[attribute(e, "href")] = true
		if attribute(e, "aria-label") == "" {
			t.Errorf("a link has no name in %s", svg)
		}
	}
	return links
}

// FuzzChart: whatever texts and numbers a chart is given, it is well-formed and
// has neither style nor script.
func FuzzChart(f *testing.F) {
	f.Add("a", "<script>alert(1)</script>", `" onload="x`, byte(3))
	f.Add("", "\x00\xff", "javascript:x", byte(7))
	f.Fuzz(func(t *testing.T, a, b, url string, how byte) {
		n, m := float64(how), float64(how%7)/3
		for _, text := range []*string{&a, &b, &url} {
			*text = printable(*text)
		}
		c := chart.Chart{ID: "c", Title: a, Desc: b, Labels: []chart.Label{{Text: a, Short: b}, {Text: b, Short: a}}, Series: []string{b, a},
			Values: [][]chart.Value{{{N: n, Text: a, URL: url}, {N: m, Text: b}}, {{N: m, Text: a, URL: url}, {N: n, Text: url}}},
			Lines:  how&1 != 0, Upright: how&2 != 0, Side: how&4 != 0}
		linksOf(t, string(c.SVG()))
	})
}

// printable leaves out what no document of XML may have.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
}

// TestDrawings: each kind of chart is well-formed, names itself, has no style
// and no script, and leads where its values lead, but for lines.
func TestDrawings(t *testing.T) {
	labels := []chart.Label{{Text: "new & <b>", Short: "1 Nov"}, {Text: strings.Repeat("ä", 60), Short: "2 Nov"}, {Text: "none", Short: "3 Nov"}}
	values := [][]chart.Value{{value(3, "/x?a=1&b=\"2\""), value(1, "/y")}, {value(9, "/z"), value(0, "")}, {value(0, ""), value(0, "")}}
	for name, c := range kinds(labels, []string{"one", "two"}, values) {
		svg := string(c.SVG())
		links, want := linksOf(t, svg), 3
		if name == "lines" { // whose dots are too small to be pressed
			want = 0
		}
		if len(links) != want || want > 0 && !links[`/x?a=1&b="2"`] {
			t.Errorf("%s: it leads to %v", name, links)
		}
		for _, want := range []string{`aria-labelledby="c1-title"`, "Tickets &lt;by&gt; status", "A &amp; B"} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s: it does not say %s", name, want)
			}
		}
	}
}

// TestLengths: bars are as long as their values, of the greatest.
func TestLengths(t *testing.T) {
	labels := []chart.Label{{Text: "a"}, {Text: "b"}}
	c := chart.Chart{ID: "c", Labels: labels, Series: []string{"one", "two"}, Values: [][]chart.Value{{value(1, ""), value(3, "")}, {value(2, ""), value(0, "")}}}
	var widths []string
	for _, e := range elements(t, string(c.SVG())) {
		if strings.HasPrefix(attribute(e, "class"), "s") {
			widths = append(widths, attribute(e, "x")+"+"+attribute(e, "width"))
		}
	}
	if got := strings.Join(widths, " "); got != "0.00%+25.00% 25.00%+75.00% 0.00%+50.00%" {
		t.Errorf("drawn are %s", got)
	}
}

// TestHeights: bars that stand begin at the ground or on each other, and lines
// go through the same heights.
func TestHeights(t *testing.T) {
	values := [][]chart.Value{{value(1, ""), value(1, "")}, {value(4, ""), value(0, "")}}
	all := kinds([]chart.Label{{Text: "a"}, {Text: "b"}}, []string{"one", "two"}, values)
	for name, want := range map[string]string{
		"columns":              "128.5+37.5 91.0+37.5 16.0+150.0",
		"columns side by side": "128.5+37.5 128.5+37.5 16.0+150.0",
	} {
		var got []string
		for _, e := range elements(t, string(all[name].SVG())) {
			if strings.HasPrefix(attribute(e, "class"), "s") {
				got = append(got, attribute(e, "y")+"+"+attribute(e, "height"))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: drawn are %q, want %q", name, got, want)
		}
	}
	var lines []string
	for _, e := range elements(t, string(all["lines"].SVG())) {
		if e.Name.Local == "polyline" {
			lines = append(lines, attribute(e, "points"))
		}
	}
	if got, want := strings.Join(lines, "; "), "0.0,750.0 1000.0,0.0; 0.0,750.0 1000.0,1000.0"; got != want {
		t.Errorf("lines go through %q, want %q", got, want)
	}
}

// TestGaps: where there is no value a line has a gap and no dot, and a value
// between two gaps is a dot alone.
func TestGaps(t *testing.T) {
	none := chart.Value{Text: "–", None: true}
	labels := make([]chart.Label, 5)
	values := [][]chart.Value{{value(2, "")}, {value(4, "")}, {none}, {value(0, "")}, {none}}
	all := kinds(labels, []string{"one"}, values)
	var lines, dots []string
	for _, e := range elements(t, string(all["lines"].SVG())) {
		switch e.Name.Local {
		case "polyline":
			lines = append(lines, attribute(e, "points"))
		case "circle":
			dots = append(dots, attribute(e, "cx")+" "+attribute(e, "cy"))
		}
	}
	if got, want := strings.Join(lines, "; "), "0.0,500.0 250.0,0.0; 750.0,1000.0"; got != want {
		t.Errorf("lines go through %q, want %q", got, want)
	}
	if got, want := strings.Join(dots, "; "), "0.00% 91.0; 25.00% 16.0; 75.00% 166.0"; got != want {
		t.Errorf("there are dots at %q, want %q", got, want)
	}
	if svg := string(all["bars"].SVG()); strings.Count(svg, `class="s1"`) != 2 || !strings.Contains(svg, ">–<") {
		t.Errorf("bars of nothing are drawn, or do not say so: %s", svg)
	}
}

// TestColours: there are as many as there are classes, and they begin again.
func TestColours(t *testing.T) {
	seen := map[string]bool{}
	for i := range 3 * chart.Colours {
		seen[chart.Class(i)] = true
	}
	if len(seen) != chart.Colours || chart.Class(0) != "s1" || chart.Class(chart.Colours) != "s1" {
		t.Errorf("the classes are %v", seen)
	}
}

// TestNothingToDraw: a chart without bars is nothing, one of zeros a chart.
func TestNothingToDraw(t *testing.T) {
	if got := (chart.Chart{ID: "c"}).SVG(); got != "" {
		t.Errorf("without bars it is %s", got)
	}
	for name, c := range kinds([]chart.Label{{Text: "a"}}, []string{"one"}, [][]chart.Value{{value(0, "")}}) {
		if svg := string(c.SVG()); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") || len(elements(t, svg)) == 0 {
			t.Errorf("%s: of zeros it is %s", name, svg)
		}
	}
}
