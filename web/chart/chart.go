// Package chart draws charts as SVG for pages: bars, stacked bars, lines.
//
// It promises that a chart says its title and what it shows to whoever does not
// see it, that its texts keep their size whatever the width, and that it carries
// no style and no script: colours are the classes s1 to s8. What is drawn can
// lead to pages. Everything that it is given may be any text.
//
// It knows neither tickets nor languages, and makes no table: whoever shows a
// chart shows the table behind it.
package chart

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// A Chart is what is drawn. The zero Chart draws nothing.
type Chart struct {
	ID          string // names it on its page
	Title, Desc string
	Labels      []Label
	Series      []string  // names of the parts of bars, or of the lines
	Values      [][]Value // by label and series
	Lines       bool
	Upright     bool // bars stand, as for days
	Side        bool // bars of several series stand side by side instead of on each other
}

// A Label names a bar. Short is what stands below an upright one.
type Label struct{ Text, Short string }

// A Value is what is drawn: N as long as Text says, a bar leading to URL. Where
// there is None, nothing is drawn and a line has a gap.
type Value struct {
	N    float64
	Text string
	URL  string
	None bool
}

// Colours is how many there are; series beyond begin again.
const Colours = 8

// Class returns the class of the colour of a series.
func Class(series int) string { return fmt.Sprintf("s%d", series%Colours+1) }

// The measures of charts, in pixels.
const (
	rowHeight  = 40
	barTop     = 20
	barHeight  = 12
	plotHeight = 150
	plotTop    = 16
	longest    = 34 // letters of a label
)

// SVG draws the chart.
func (c Chart) SVG() template.HTML {
	if len(c.Labels) == 0 {
		return ""
	}
	d := &drawing{c: c}
	height := plotHeight + plotTop + 22
	if !c.Lines && !c.Upright {
		height = rowHeight * len(c.Labels)
	}
	d.add(`<svg class="chart" role="group" width="100%%" height="%d" aria-labelledby="%s-title" aria-describedby="%s-desc">`, height, esc(c.ID), esc(c.ID))
	d.add(`<title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`, esc(c.ID), esc(c.Title), esc(c.ID), esc(c.Desc))
	switch {
	case c.Lines:
		d.grid()
		d.lines()
	case c.Upright:
		d.grid()
		d.columns()
	default:
		d.bars()
	}
	d.add(`</svg>`)
	return template.HTML(d.b.String()) //nolint:gosec // every text in it went through esc
}

// A drawing is a chart being written.
type drawing struct {
	c Chart
	b strings.Builder
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

func esc(text string) string { return html.EscapeString(text) }

// top is the greatest length, at least a little.
func (d *drawing) top() float64 {
	top := 0.0
	for _, row := range d.c.Values {
		sum := 0.0
		for _, v := range row {
			if d.c.Lines || d.c.Side {
				top = max(top, v.N)
			}
			sum += v.N
		}
		if !d.c.Lines && !d.c.Side {
			top = max(top, sum)
		}
	}
	if top == 0 {
		return 1
	}
	return top
}

// link begins what leads somewhere, and returns its end.
func (d *drawing) link(url, name string, focus bool) string {
	if url == "" {
		d.add(`<g>`)
		return `</g>`
	}
	tab := ""
	if !focus {
		tab = ` tabindex="-1"`
	}
	d.add(`<a href="%s" aria-label="%s"%s>`, esc(url), esc(name), tab)
	return `</a>`
}

// name is how a value is called: its label, series and text.
func (d *drawing) name(i, j int) string {
	name := d.c.Labels[i].Text
	if len(d.c.Series) > 1 {
		name += ", " + d.c.Series[j]
	}
	return name + ": " + d.c.Values[i][j].Text
}

// bars draws bars that lie, each below its label.
func (d *drawing) bars() {
	top := d.top()
	for i, label := range d.c.Labels {
		y := i * rowHeight
		d.add(`<text class="label" x="0" y="%d">%s</text><text class="value" x="100%%" y="%d" text-anchor="end">%s</text>`,
			y+14, esc(short(label.Text)), y+14, esc(d.sum(i)))
		d.add(`<rect class="track" x="0" y="%d" width="100%%" height="%d" rx="3"/>`, y+barTop, barHeight)
		d.bar(i, y+barTop, top)
	}
}

// bar draws the parts of a bar that lies.
func (d *drawing) bar(i, y int, top float64) {
	x, each := 0.0, barHeight
	if d.c.Side {
		each = max(barHeight/len(d.c.Values[i]), 3)
	}
	for j, v := range d.c.Values[i] {
		if v.N <= 0 {
			continue
		}
		width := 100 * v.N / top
		at, from := y, x
		if d.c.Side {
			at, from = y+j*each, 0
		} else {
			x += width
		}
		end := d.link(v.URL, d.name(i, j), true)
		d.add(`<title>%s</title><rect class="%s" x="%.2f%%" y="%d" width="%.2f%%" height="%d"/>`, esc(d.name(i, j)), Class(j), from, at, width, each)
		if v.URL != "" && !d.c.Side { // what can be pressed is higher than the bar
			d.add(`<rect class="hit" x="%.2f%%" y="%d" width="%.2f%%" height="26"/>`, from, at-8, width)
		}
		d.add("%s", end)
	}
}

// sum is what stands beside a bar: the value, or how much its parts are.
func (d *drawing) sum(i int) string {
	texts := make([]string, 0, len(d.c.Values[i]))
	n, whole := 0.0, true
	for _, v := range d.c.Values[i] {
		texts = append(texts, v.Text)
		n += v.N
		whole = whole && v.Text == fmt.Sprintf("%.0f", v.N)
	}
	if whole {
		return fmt.Sprintf("%.0f", n)
	}
	return strings.Join(texts, " · ")
}

// grid draws the lines behind what stands, with the greatest length.
func (d *drawing) grid() {
	for part := range 3 {
		y := plotTop + part*plotHeight/2
		d.add(`<line class="grid" x1="0" x2="100%%" y1="%d" y2="%d"/>`, y, y)
	}
	best := ""
	top := d.top()
	for i, row := range d.c.Values {
		for j, v := range row {
			if v.N == top {
				best = d.c.Values[i][j].Text
			}
		}
		if best == "" && !d.c.Lines && d.sum(i) != "" && total(row) == top {
			best = d.sum(i)
		}
	}
	d.add(`<text class="axis" x="0" y="%d">%s</text>`, plotTop-4, esc(best))
	last := len(d.c.Labels) - 1
	for n, at := range []int{0, last / 2, last} {
		if n > 0 && at == []int{0, 0, last / 2}[n] {
			continue
		}
		d.add(`<text class="axis" x="%s" y="%d" text-anchor="%s">%s</text>`, []string{"0", "50%", "100%"}[n], plotTop+plotHeight+16,
			[]string{"start", "middle", "end"}[n], esc(d.c.Labels[at].Short))
	}
}

func total(row []Value) float64 {
	n := 0.0
	for _, v := range row {
		n += v.N
	}
	return n
}

// columns draws bars that stand.
func (d *drawing) columns() {
	top, step := d.top(), 100/float64(len(d.c.Labels))
	for i, row := range d.c.Values {
		y := float64(plotTop + plotHeight)
		for j, v := range row {
			if v.N <= 0 {
				continue
			}
			height := float64(plotHeight) * v.N / top
			x, width := float64(i)*step+step*.1, step*.8
			if d.c.Side {
				width /= float64(len(row))
				x, y = x+float64(j)*width, float64(plotTop+plotHeight)
			}
			y -= height
			end := d.link(v.URL, d.name(i, j), false)
			d.add(`<title>%s</title><rect class="%s" x="%.2f%%" y="%.1f" width="%.2f%%" height="%.1f"/>%s`, esc(d.name(i, j)), Class(j), x, y, width, height, end)
		}
	}
}

// lines draws a line for each series, with a place to point at for each value.
func (d *drawing) lines() {
	top, last := d.top(), max(len(d.c.Labels)-1, 1)
	d.add(`<svg x="0" y="%d" width="100%%" height="%d" viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">`, plotTop, plotHeight)
	for j := range d.c.Series {
		var points []string
		end := func() {
			if len(points) > 0 {
				d.add(`<polyline class="line %s" points="%s" vector-effect="non-scaling-stroke"/>`, Class(j), strings.Join(points, " "))
			}
			points = nil
		}
		for i, row := range d.c.Values {
			if row[j].None {
				end()
				continue
			}
			points = append(points, fmt.Sprintf("%.1f,%.1f", 1000*float64(i)/float64(last), 1000-1000*row[j].N/top))
		}
		end()
	}
	d.add(`</svg>`)
	for i, row := range d.c.Values {
		for j, v := range row {
			if v.None {
				continue
			}
			// A dot is too small to be pressed: the table leads on.
			d.add(`<circle class="dot %s" cx="%.2f%%" cy="%.1f" r="3"><title>%s</title></circle>`, Class(j),
				100*float64(i)/float64(last), float64(plotTop)+plotHeight*(1-v.N/top), esc(d.name(i, j)))
		}
	}
}

// short cuts a label that is too long for its line.
func short(text string) string {
	letters := []rune(text)
	if len(letters) <= longest {
		return text
	}
	return string(letters[:longest-1]) + "…"
}
