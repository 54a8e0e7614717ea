package api

import (
	"context"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

func (h *handler) clockRoutes() []route {
	return []route{
		shows(h, what{"listCalendars", "GET /calendars", "ShowConfigTab", "The calendars by which clocks count"}, h.listCalendars),
		makes(h, what{"createCalendar", "POST /calendars", "AdminSettings", "Make a calendar"}, "/calendars", h.createCalendar),
		does(h, what{"changeCalendar", "PUT /calendars/{id}", "AdminSettings", "Change a calendar; clocks are reckoned anew"}, h.changeCalendar),
		does(h, what{"removeCalendar", "DELETE /calendars/{id}", "AdminSettings", "Take a calendar away by which nothing counts"}, h.removeCalendar),
		makes(h, what{"createAgreement", "POST /agreements", "AdminSettings", "Make an agreement"}, "/agreements", h.createAgreement),
		does(h, what{"changeAgreement", "PUT /agreements/{id}", "AdminSettings", "Change an agreement; clocks are reckoned anew"}, h.changeAgreement),
		does(h, what{"removeAgreement", "DELETE /agreements/{id}", "AdminSettings", "Take an agreement away that holds for no tickets"}, h.removeAgreement),
		makes(h, what{"assignAgreement", "POST /agreements/{id}/holds", "AdminSettings", "Say for which tickets an agreement holds; agreement 0 lets no clock run there"}, "", h.assignAgreement),
		does(h, what{"unassignAgreement", "DELETE /holds/{id}", "AdminSettings", "Take that away"}, h.unassignAgreement),
	}
}

// A Calendar is when a desk works.
type Calendar struct {
	ID       int64    `json:"id,omitempty" readOnly:"true"`
	Name     string   `json:"name" minLength:"1" maxLength:"200"`
	Zone     string   `json:"zone,omitempty" doc:"As Europe/Berlin; empty: UTC."`
	Hours    string   `json:"hours" maxLength:"2000" doc:"As: mon-fri 08:00-12:00, 13:00-17:00; sat 9-12."`
	Holidays []string `json:"holidays,omitempty" maxItems:"1000" doc:"2026-04-03 Good Friday, or 12-25 Christmas for each year."`
}

// Calendars are all calendars.
type Calendars struct {
	Calendars []Calendar `json:"calendars" nullable:"false"`
}

func (h *handler) listCalendars(ctx context.Context, by caller, _ *Nothing) (Calendars, error) {
	b, err := h.desk.ClockBook(ctx, by.Actor)
	wire := Calendars{Calendars: []Calendar{}}
	if err != nil {
		return wire, err
	}
	for _, c := range b.Calendars {
		out := Calendar{ID: int64(c.ID), Name: c.Name, Zone: c.Zone, Hours: sla.FormatWeek(c.Week)}
		if text := strings.TrimSpace(sla.FormatHolidays(c.Holidays)); text != "" {
			out.Holidays = strings.Split(text, "\n")
		}
		wire.Calendars = append(wire.Calendars, out)
	}
	return wire, nil
}

// desk reads a calendar.
func (c *Calendar) desk(id sla.CalendarID) (sla.Calendar, error) {
	out := sla.Calendar{ID: id, Name: c.Name, Zone: c.Zone}
	var err error
	if out.Week, err = sla.ParseWeek(c.Hours); err != nil {
		return out, err
	}
	out.Holidays, err = sla.ParseHolidays(strings.Join(c.Holidays, "\n"))
	return out, err
}

func (h *handler) createCalendar(ctx context.Context, by caller, in *struct{ Body Calendar }) (sla.CalendarID, error) {
	c, err := in.Body.desk(0)
	if err != nil {
		return 0, err
	}
	return h.desk.SaveCalendar(ctx, by.Actor, c)
}

type changeCalendarInput struct {
	Numbered
	Body Calendar
}

func (h *handler) changeCalendar(ctx context.Context, by caller, in *changeCalendarInput) error {
	c, err := in.Body.desk(sla.CalendarID(in.ID))
	if err != nil {
		return err
	}
	_, err = h.desk.SaveCalendar(ctx, by.Actor, c)
	return err
}

func (h *handler) removeCalendar(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveCalendar(ctx, by.Actor, sla.CalendarID(in.ID))
}

// An AgreementText is an agreement as it is written. Lengths are seconds of
// working time; 0: none is agreed.
type AgreementText struct {
	Name          string   `json:"name" minLength:"1" maxLength:"200"`
	Calendar      int64    `json:"calendar,omitempty" minimum:"0" doc:"Its number; 0: round the clock."`
	FirstResponse int64    `json:"first_response,omitempty" minimum:"0"`
	Update        int64    `json:"update,omitempty" minimum:"0"`
	Resolution    int64    `json:"resolution,omitempty" minimum:"0"`
	Warn          int      `json:"warn,omitempty" doc:"Percent of the time, after which owner and AdminCc are warned."`
	Pauses        []string `json:"pauses,omitempty" doc:"Statuses in which its clocks stand still."`
}

func (t *AgreementText) desk(id sla.AgreementID) sla.Agreement {
	a := sla.Agreement{ID: id, Name: t.Name, Calendar: sla.CalendarID(t.Calendar), Warn: t.Warn, Targets: map[sla.Kind]time.Duration{}}
	for kind, seconds := range map[sla.Kind]int64{sla.FirstResponse: t.FirstResponse, sla.Update: t.Update, sla.Resolution: t.Resolution} {
		if seconds > 0 {
			a.Targets[kind] = time.Duration(seconds) * time.Second
		}
	}
	for _, s := range t.Pauses {
		a.Pauses = append(a.Pauses, desk.Status(s))
	}
	return a
}

func (h *handler) createAgreement(ctx context.Context, by caller, in *struct{ Body AgreementText }) (sla.AgreementID, error) {
	return h.desk.SaveAgreement(ctx, by.Actor, in.Body.desk(0))
}

type changeAgreementInput struct {
	Numbered
	Body AgreementText
}

func (h *handler) changeAgreement(ctx context.Context, by caller, in *changeAgreementInput) error {
	_, err := h.desk.SaveAgreement(ctx, by.Actor, in.Body.desk(sla.AgreementID(in.ID)))
	return err
}

func (h *handler) removeAgreement(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.RemoveAgreement(ctx, by.Actor, sla.AgreementID(in.ID))
}

type assignInput struct {
	ID   int64 `path:"id" minimum:"0"`
	Body struct {
		Queue    int64 `json:"queue,omitempty" minimum:"0"`
		Customer int64 `json:"customer,omitempty" minimum:"0"`
		Priority *int  `json:"priority,omitempty" doc:"From this one on."`
	}
}

func (h *handler) assignAgreement(ctx context.Context, by caller, in *assignInput) (sla.AssignmentID, error) {
	b := in.Body
	return h.desk.Assign(ctx, by.Actor, sla.Assignment{Agreement: sla.AgreementID(in.ID), Queue: desk.QueueID(b.Queue), Customer: desk.CustomerID(b.Customer), Priority: b.Priority})
}

func (h *handler) unassignAgreement(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.Unassign(ctx, by.Actor, sla.AssignmentID(in.ID))
}
