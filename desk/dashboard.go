package desk

import (
	"strings"
	"time"
)

// A DashboardID names a dashboard.
type DashboardID int64

// A Dashboard is a page of reports: somebody's own, that of a group, or, with
// neither, of the whole desk.
type Dashboard struct {
	ID      DashboardID
	Owner   UserID
	Group   GroupID
	Name    string
	Parts   []DashboardPart
	Version int64
	Gone    bool // taken away, and can be had back
}

// A DashboardPart is a report in its place.
type DashboardPart struct {
	Report TicketReport
	Width  int // of six columns: 2, 3 or 6
}

// MaxParts is how many reports a dashboard can hold.
const MaxParts = 24

// Check completes a dashboard and says what is wrong with it.
func (d *Dashboard) Check() error {
	var err error
	if d.Name, err = CheckName("dashboard", d.Name); err != nil {
		return err
	}
	if len(d.Parts) > MaxParts {
		return Errorf(Invalid, "A dashboard holds at most %d reports; take one away first.", MaxParts)
	}
	for i := range d.Parts {
		p := &d.Parts[i]
		if p.Width != 2 && p.Width != 6 {
			p.Width = 3
		}
		if err := p.Report.Check(); err != nil {
			return err
		}
	}
	return nil
}

// A Rhythm is how often somebody gets something by mail.
type Rhythm string

// The rhythms.
const (
	Daily   Rhythm = "daily"
	Weekly  Rhythm = "weekly"
	Monthly Rhythm = "monthly"
)

// A DashboardLetter says when somebody gets a dashboard by mail.
type DashboardLetter struct {
	Dashboard DashboardID
	User      UserID
	Every     Rhythm
	Day       int // weekly: from 1, Monday, to 7; monthly: from 1 to 28
	Hour      int // of the day, where the reader is
	Next      time.Time
}

// Check completes when a letter comes and says what is wrong with it.
func (l *DashboardLetter) Check() error {
	wrong := map[string]string{}
	most := map[Rhythm]int{Daily: 0, Weekly: 7, Monthly: 28}
	last, ok := most[l.Every]
	if !ok {
		wrong["every"] = "Choose daily, weekly or monthly."
	}
	if l.Every == Daily {
		l.Day = 0
	}
	if ok && last > 0 && (l.Day < 1 || l.Day > last) {
		wrong["day"] = "Choose a day: of the week from 1, Monday, to 7; of the month from 1 to 28."
	}
	if l.Hour < 0 || l.Hour > 23 {
		wrong["hour"] = "Choose an hour from 0 to 23."
	}
	if len(wrong) > 0 {
		return InvalidFields(wrong)
	}
	return nil
}

// After returns when the letter comes next after a moment, by the clock of the
// moment's zone. An hour that the clock leaves out is the one after it.
func (l *DashboardLetter) After(at time.Time) time.Time {
	for ahead := 0; ; ahead++ {
		due := time.Date(at.Year(), at.Month(), at.Day()+ahead, l.Hour, 0, 0, 0, at.Location())
		day := map[Rhythm]int{Daily: 0, Weekly: (int(due.Weekday())+6)%7 + 1, Monthly: due.Day()}[l.Every]
		if due.After(at) && (day == l.Day || ahead > 400) {
			return due
		}
	}
}

// StartingDashboard is the dashboard that every desk has to begin with.
func StartingDashboard() Dashboard {
	const active = "Status = '__Active__'"
	part := func(width int, title, query string, chart ChartKind, by ...Grouping) DashboardPart {
		return DashboardPart{Width: width, Report: TicketReport{Title: title, Query: query, Measure: HowMany, Chart: chart, By: by}}
	}
	timed := func(p DashboardPart, m Measure) DashboardPart {
		p.Report.Measure = m
		return p
	}
	largest := func(p DashboardPart) DashboardPart { // more stand in the report by itself
		p.Report.Top = 8
		return p
	}
	return Dashboard{Name: "Overview", Parts: []DashboardPart{
		part(2, "Still to be done", active, NumberChart),
		part(2, "Without an owner", active+" AND Owner = 'Nobody'", NumberChart),
		part(2, "Waiting for more than 48 hours", active+" AND Waiting < '48 hours ago'", NumberChart),
		part(6, "Opened and resolved", "", LineChart, FlowByDay),
		part(3, "By status", active, BarChart, ByStatus),
		part(3, "By age", active, BarChart, ByAge),
		largest(part(3, "Queues", active, StackedChart, ByQueue, ByStatus)),
		largest(part(3, "Workload", active, StackedChart, ByOwner, ByStatus)),
		largest(part(3, "Customers", active, BarChart, ByCustomer)),
		part(3, "How long customers wait", active, BarChart, ByWaiting),
		timed(part(3, "Until the first answer", "", LineChart, CreatedByWeek), FirstAnswer),
		timed(part(3, "Until resolved", "", LineChart, ResolvedByWeek), Resolution),
	}}
}

// ShippedTitles are the titles of the dashboard that every desk has, which pages
// show in the reader's language.
func ShippedTitles() []string {
	d := StartingDashboard()
	titles := []string{d.Name}
	for _, p := range d.Parts {
		titles = append(titles, strings.TrimSpace(p.Report.Title))
	}
	return titles
}
