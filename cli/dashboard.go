package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
)

type dashboardCommand struct {
	List        dashboardList        `cmd:"" help:"List the dashboards that one may see."`
	Show        dashboardShow        `cmd:"" help:"Show the reports of a dashboard."`
	Run         dashboardRun         `cmd:"" help:"Count the reports of a dashboard."`
	Add         dashboardAdd         `cmd:"" help:"Make a dashboard, or a copy of one for a group or the desk."`
	Set         dashboardSet         `cmd:"" help:"Rename a dashboard, add a report or drop one."`
	Remove      dashboardRemove      `cmd:"" help:"Take a dashboard away."`
	Restore     dashboardRestore     `cmd:"" help:"Bring a dashboard back that was taken away."`
	Subscribe   dashboardSubscribe   `cmd:"" help:"Get a dashboard by mail."`
	Unsubscribe dashboardUnsubscribe `cmd:"" help:"Get a dashboard by mail no longer."`
}

// dashboardLine is a dashboard as it is listed.
type dashboardLine struct {
	ID      desk.DashboardID `json:"id"`
	Name    string           `json:"name"`
	For     string           `json:"for"`
	Reports int              `json:"reports"`
	ByMail  string           `json:"by_mail"`
	Change  bool             `json:"may_change"`
}

func dashboardShown(l *service.DashboardLine) dashboardLine {
	line := dashboardLine{ID: l.ID, Name: l.Name, For: "desk", Reports: len(l.Parts), Change: l.May}
	switch {
	case l.ID == 0:
		line.For = "everybody"
	case l.Owner != 0:
		line.For = "me"
	case l.Group != 0:
		line.For = "group:" + l.GroupName
	}
	if l.Letter != nil {
		line.ByMail = string(l.Letter.Every)
	}
	return line
}

type dashboardList struct{}

// Run lists them.
func (cmd *dashboardList) Run(c *caller) error {
	list, err := c.svc.Dashboards(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, dashboardShown))
}

// dashboardRef names a dashboard.
type dashboardRef struct {
	Dashboard string `arg:"" help:"Name or number; start is the one that every desk has."`
}

// find returns the dashboard that is meant.
func (r *dashboardRef) find(c *caller) (*service.DashboardLine, error) {
	if r.Dashboard == "start" {
		d := desk.StartingDashboard()
		return &service.DashboardLine{Dashboard: d, Hidden: make([]bool, len(d.Parts))}, nil
	}
	if id, err := strconv.ParseInt(r.Dashboard, 10, 64); err == nil && id > 0 {
		return c.svc.Dashboard(c.ctx, c.by, desk.DashboardID(id))
	}
	list, err := c.svc.Dashboards(c.ctx, c.by)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(l service.DashboardLine) bool { return desk.Fold(l.Name) != desk.Fold(r.Dashboard) })
	switch len(list) {
	case 0:
		return nil, desk.Errorf(desk.NotFound, "There is no dashboard %s; dashboard list shows all.", r.Dashboard)
	case 1:
		return &list[0], nil
	}
	return nil, desk.Errorf(desk.Invalid, "There are %d dashboards %s; name it by its number, which dashboard list shows.", len(list), r.Dashboard)
}

// stored is find for what is kept of a dashboard: the one that every desk has
// stays as it is.
func (r *dashboardRef) stored(c *caller) (*service.DashboardLine, error) {
	line, err := r.find(c)
	if err == nil && line.ID == 0 {
		return nil, desk.Errorf(desk.Invalid, "Every desk has this dashboard as it is; copy it: dashboard add NAME --copy start.")
	}
	return line, err
}

type dashboardShow struct{ dashboardRef }

// dashboardPart is a report of a dashboard as it is listed.
type dashboardPart struct {
	Report  int      `json:"report"`
	Title   string   `json:"title"`
	Measure string   `json:"measure"`
	By      []string `json:"by"`
	Chart   string   `json:"chart"`
	Width   int      `json:"width"`
	Query   string   `json:"query"`
	Hidden  bool     `json:"hidden"`
}

// Run lists its reports.
func (cmd *dashboardShow) Run(c *caller) error {
	l, err := cmd.find(c)
	if err != nil {
		return err
	}
	var lines []dashboardPart
	for i, p := range l.Parts {
		var by []string
		for _, g := range p.Report.By {
			by = append(by, string(g))
		}
		lines = append(lines, dashboardPart{i + 1, p.Report.Title, string(p.Report.Measure), listed(by), string(p.Report.Chart), p.Width, p.Report.Query, l.Hidden[i]})
	}
	return printList(c.app, lines)
}

type dashboardRun struct{ dashboardRef }

// Run counts its reports.
func (cmd *dashboardRun) Run(c *caller) error {
	found, err := cmd.find(c)
	if err != nil {
		return err
	}
	line, results, err := c.svc.DashboardReports(c.ctx, c.by, found.ID)
	if err != nil {
		return err
	}
	var lines []reportCounted
	for i, r := range results {
		title := cmp.Or(line.Parts[i].Report.Title, string(line.Parts[i].Report.Measure))
		lines = append(lines, countedLine(title, r))
		if c.json {
			continue
		}
		fmt.Fprintf(c.p.Out, "%s\n", clean(title))
		if r.Err != nil {
			fmt.Fprintf(c.p.Out, "%s\n\n", desk.Sentence(r.Err))
			continue
		}
		if err := c.printTable(r.Table); err != nil {
			return err
		}
		fmt.Fprintln(c.p.Out)
	}
	if c.json {
		return printList(c.app, lines)
	}
	return nil
}

type dashboardAdd struct {
	Name string `arg:"" help:"Name."`
	viewFor
	Copy string `placeholder:"DASHBOARD" help:"Begin with the reports of this one; start is the one that every desk has."`
}

// Run makes it.
func (cmd *dashboardAdd) Run(c *caller) error {
	group, all, err := cmd.read(c)
	if err != nil {
		return err
	}
	d := desk.Dashboard{Name: cmd.Name, Group: group}
	if group == 0 && !all {
		d.Owner = c.by.User
	}
	if cmd.Copy != "" {
		from, err := (&dashboardRef{cmd.Copy}).find(c)
		if err != nil {
			return err
		}
		d.Parts = from.Seen()
	}
	id, err := c.svc.SaveDashboard(c.ctx, c.by, d)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Dashboard %s is made.", cmd.Name)
}

type dashboardSet struct {
	dashboardRef
	Name   *string `placeholder:"NAME" help:"New name."`
	Report bool    `help:"Add the report that the following say."`
	reportWords
	Title string `placeholder:"TITLE" help:"Of the new report."`
	Chart string `placeholder:"KIND" help:"How it is drawn: bar, stacked, line, number or table."`
	Width int    `placeholder:"N" help:"Of six columns: 2, 3 or 6."`
	Drop  int    `placeholder:"N" help:"Drop the report of this number, which show tells."`
}

// Run changes it.
func (cmd *dashboardSet) Run(c *caller) error {
	line, err := cmd.stored(c)
	if err != nil {
		return err
	}
	d := line.Dashboard
	setIf(&d.Name, cmd.Name)
	if cmd.Drop != 0 {
		if cmd.Drop < 1 || cmd.Drop > len(d.Parts) {
			return desk.Errorf(desk.Invalid, "The dashboard has no report %d; dashboard show lists them.", cmd.Drop)
		}
		d.Parts = slices.Delete(slices.Clone(d.Parts), cmd.Drop-1, cmd.Drop)
	}
	if cmd.Report {
		r := cmd.report()
		r.Title, r.Chart = cmd.Title, desk.ChartKind(cmd.Chart)
		d.Parts = append(slices.Clone(d.Parts), desk.DashboardPart{Report: r, Width: cmd.Width})
	}
	if _, err := c.svc.SaveDashboard(c.ctx, c.by, d); err != nil {
		return err
	}
	return c.done(0, "Dashboard %s is changed.", d.Name)
}

type dashboardRemove struct{ dashboardRef }

// Run takes it away.
func (cmd *dashboardRemove) Run(c *caller) error {
	line, err := cmd.stored(c)
	if err != nil {
		return err
	}
	if err := c.svc.RemoveDashboard(c.ctx, c.by, line.ID, false); err != nil {
		return err
	}
	return c.done(0, "Dashboard %s is taken away; dashboard restore %d brings it back.", line.Name, line.ID)
}

type dashboardRestore struct {
	ID int64 `arg:"" help:"Number."`
}

// Run brings it back.
func (cmd *dashboardRestore) Run(c *caller) error {
	if err := c.svc.RemoveDashboard(c.ctx, c.by, desk.DashboardID(cmd.ID), true); err != nil {
		return err
	}
	return c.done(0, "Dashboard %d is back.", cmd.ID)
}

type dashboardSubscribe struct {
	dashboardRef
	Every string `default:"weekly" help:"daily, weekly or monthly."`
	Day   int    `default:"1" help:"Weekly: from 1, Monday, to 7; monthly: from 1 to 28."`
	Hour  int    `default:"8" help:"Of the day, where the reader is."`
}

// Run subscribes.
func (cmd *dashboardSubscribe) Run(c *caller) error {
	line, err := cmd.stored(c)
	if err != nil {
		return err
	}
	l := desk.DashboardLetter{Dashboard: line.ID, Every: desk.Rhythm(cmd.Every), Day: cmd.Day, Hour: cmd.Hour}
	if err := c.svc.SubscribeDashboard(c.ctx, c.by, l); err != nil {
		return err
	}
	return c.done(0, "Dashboard %s comes %s.", line.Name, cmd.Every)
}

type dashboardUnsubscribe struct{ dashboardRef }

// Run ends it.
func (cmd *dashboardUnsubscribe) Run(c *caller) error {
	line, err := cmd.stored(c)
	if err != nil {
		return err
	}
	if err := c.svc.UnsubscribeDashboard(c.ctx, c.by, line.ID); err != nil {
		return err
	}
	return c.done(0, "Dashboard %s comes no longer.", line.Name)
}
