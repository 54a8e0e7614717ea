package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) reportRoutes() []route {
	const sees, changes = "None for one's own; SeeDashboard on its group or the desk", "none for one's own; ModifyDashboard on its group or the desk"
	return []route{
		shows(h, what{"runReport", "GET /reports", "none; it counts what you may see", "Count tickets"}, h.runReport),
		h.reportCSV(),
		shows(h, what{"listDashboards", "GET /dashboards", sees, "The dashboards that you may see"}, h.listDashboards),
		shows(h, what{"dashboard", "GET /dashboards/{id}", sees, "A dashboard; 0 is the one that every desk has"}, h.dashboard),
		shows(h, what{"runDashboard", "GET /dashboards/{id}/reports", sees, "Count all reports of a dashboard"}, h.runDashboard),
		makes(h, what{"createDashboard", "POST /dashboards", changes, "Make a dashboard, or a copy of one for a group or the desk"}, "/dashboards", h.createDashboard),
		does(h, what{"changeDashboard", "PATCH /dashboards/{id}", changes, "Change a dashboard's name and reports"}, h.changeDashboard),
		does(h, what{"removeDashboard", "DELETE /dashboards/{id}", changes, "Take a dashboard away"}, h.removeDashboard),
		does(h, what{"restoreDashboard", "POST /dashboards/{id}/restore", changes, "Bring a dashboard back that was taken away"}, h.restoreDashboard),
		does(h, what{"subscribeDashboard", "PUT /dashboards/{id}/letter", "none for one's own; SeeDashboard and SubscribeDashboard on its group or the desk", "Get a dashboard by mail"}, h.subscribeDashboard),
		does(h, what{"unsubscribeDashboard", "DELETE /dashboards/{id}/letter", sees, "Get a dashboard by mail no longer"}, h.unsubscribeDashboard),
	}
}

// A Dashboard is a page of reports: one's own, of a group, or of the desk.
type Dashboard struct {
	ID      int64            `json:"id"`
	Name    string           `json:"name"`
	Whose   string           `json:"whose" enum:"mine,group,desk,shipped"`
	Group   *Thing           `json:"group,omitempty"`
	Reports []DashboardPart  `json:"reports" nullable:"false"`
	Version int64            `json:"version"`
	Gone    bool             `json:"gone,omitempty" doc:"It was taken away and can be brought back."`
	May     bool             `json:"may_change"`
	Letter  *DashboardLetter `json:"letter,omitempty" doc:"When you get it by mail; absent: you do not."`
}

// A DashboardPart is a report in its place.
type DashboardPart struct {
	ReportAsked
	Width  int  `json:"width,omitempty" doc:"Of six columns: 2, 3 or 6."`
	Hidden bool `json:"hidden,omitempty" readOnly:"true" doc:"It names what you may not know of, and is left out."`
}

// A DashboardLetter says when one gets a dashboard by mail.
type DashboardLetter struct {
	Every string     `json:"every" enum:"daily,weekly,monthly"`
	Day   int        `json:"day,omitempty" doc:"Weekly: from 1, Monday, to 7; monthly: from 1 to 28."`
	Hour  int        `json:"hour" minimum:"0" maximum:"23" doc:"Of the day, in your time zone."`
	Next  *time.Time `json:"next,omitempty" readOnly:"true"`
}

func dashboard(line *service.DashboardLine) Dashboard {
	d := Dashboard{ID: int64(line.ID), Name: line.Name, Whose: "desk", Reports: []DashboardPart{}, Version: line.Version, Gone: line.Gone, May: line.May}
	switch {
	case line.ID == 0:
		d.Whose = "shipped"
	case line.Owner != 0:
		d.Whose = "mine"
	case line.Group != 0:
		d.Whose, d.Group = "group", &Thing{int64(line.Group), line.GroupName}
	}
	for i, p := range line.Parts {
		d.Reports = append(d.Reports, DashboardPart{reportAsked(&p.Report), p.Width, line.Hidden[i]})
	}
	if l := line.Letter; l != nil {
		d.Letter = &DashboardLetter{string(l.Every), l.Day, l.Hour, moment(l.Next)}
	}
	return d
}

func (h *handler) listDashboards(ctx context.Context, by caller, _ *Nothing) (Page[Dashboard], error) {
	list, err := h.desk.Dashboards(ctx, by.Actor)
	return pageOf(list, func(l service.DashboardLine) Dashboard { return dashboard(&l) }), err
}

// dashboardNumber is a dashboard in an address; 0 is the one that every desk
// has.
type dashboardNumber struct {
	ID int64 `path:"id" minimum:"0"`
}

func (h *handler) dashboard(ctx context.Context, by caller, in *dashboardNumber) (Dashboard, error) {
	line, err := h.dashboardLine(ctx, by, desk.DashboardID(in.ID))
	if err != nil {
		return Dashboard{}, err
	}
	return dashboard(line), nil
}

func (h *handler) dashboardLine(ctx context.Context, by caller, id desk.DashboardID) (*service.DashboardLine, error) {
	if id != 0 {
		return h.desk.Dashboard(ctx, by.Actor, id)
	}
	d := desk.StartingDashboard()
	return &service.DashboardLine{Dashboard: d, Hidden: make([]bool, len(d.Parts))}, nil
}

// DashboardCounted is a dashboard with what its reports counted.
type DashboardCounted struct {
	ID      int64         `json:"id"`
	Name    string        `json:"name"`
	Reports []ReportTable `json:"reports" nullable:"false"`
}

func (h *handler) runDashboard(ctx context.Context, by caller, in *dashboardNumber) (DashboardCounted, error) {
	line, results, err := h.desk.DashboardReports(ctx, by.Actor, desk.DashboardID(in.ID))
	if err != nil {
		return DashboardCounted{}, err
	}
	wire := DashboardCounted{ID: int64(line.ID), Name: line.Name, Reports: []ReportTable{}}
	for i, r := range results {
		wire.Reports = append(wire.Reports, reportTable(&line.Parts[i].Report, r))
	}
	return wire, nil
}

type createDashboardInput struct {
	Body struct {
		Name    string           `json:"name" minLength:"1" maxLength:"200"`
		Group   int64            `json:"group,omitempty" doc:"Keep it for this group, of which you are a member."`
		Desk    bool             `json:"desk,omitempty" doc:"Keep it for the whole desk."`
		Copy    *int64           `json:"copy,omitempty" minimum:"0" doc:"Begin with the reports of this one; 0 is the one that every desk has."`
		Reports *[]DashboardPart `json:"reports,omitempty"`
	}
}

func (h *handler) createDashboard(ctx context.Context, by caller, in *createDashboardInput) (desk.DashboardID, error) {
	b := in.Body
	d := desk.Dashboard{Name: b.Name, Group: desk.GroupID(b.Group)}
	switch {
	case b.Desk && b.Group != 0:
		return 0, invalid("desk", "A dashboard is for a group or for the desk; choose one.")
	case !b.Desk && b.Group == 0:
		d.Owner = by.User
	}
	if b.Copy != nil {
		line, err := h.dashboardLine(ctx, by, desk.DashboardID(*b.Copy))
		if err != nil {
			return 0, err
		}
		d.Parts = line.Seen()
	}
	if b.Reports != nil {
		d.Parts = append(d.Parts, parts(*b.Reports)...)
	}
	return h.desk.SaveDashboard(ctx, by.Actor, d)
}

func parts(list []DashboardPart) []desk.DashboardPart {
	out := make([]desk.DashboardPart, len(list))
	for i := range list {
		out[i] = desk.DashboardPart{Report: list[i].desk(), Width: list[i].Width}
	}
	return out
}

type changeDashboardInput struct {
	Numbered
	Body struct {
		Name    *string          `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Reports *[]DashboardPart `json:"reports,omitempty" doc:"All of them."`
		Version int64            `json:"version,omitempty" doc:"As you saw it; if somebody was faster nothing is changed."`
	}
}

func (h *handler) changeDashboard(ctx context.Context, by caller, in *changeDashboardInput) error {
	line, err := h.desk.Dashboard(ctx, by.Actor, desk.DashboardID(in.ID))
	if err != nil {
		return err
	}
	d := line.Dashboard
	set(&d.Name, in.Body.Name)
	if in.Body.Reports != nil {
		d.Parts = parts(*in.Body.Reports)
	}
	if in.Body.Version != 0 {
		d.Version = in.Body.Version
	}
	_, err = h.desk.SaveDashboard(ctx, by.Actor, d)
	return err
}

func (h *handler) removeDashboard(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveDashboard(ctx, by.Actor, desk.DashboardID(in.ID), false)
}

func (h *handler) restoreDashboard(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveDashboard(ctx, by.Actor, desk.DashboardID(in.ID), true)
}

type subscribeInput struct {
	Numbered
	Body DashboardLetter
}

func (h *handler) subscribeDashboard(ctx context.Context, by caller, in *subscribeInput) error {
	b := in.Body
	return h.desk.SubscribeDashboard(ctx, by.Actor, desk.DashboardLetter{Dashboard: desk.DashboardID(in.ID), Every: desk.Rhythm(b.Every), Day: b.Day, Hour: b.Hour})
}

func (h *handler) unsubscribeDashboard(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.UnsubscribeDashboard(ctx, by.Actor, desk.DashboardID(in.ID))
}
