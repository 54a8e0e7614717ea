package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// readTime reads what more is said of when a rule by time has its turn. What its
// trigger does not ask for is passed over, so that a form may send it.
func (o *op) readTime(ctx context.Context, r *desk.Rule, in WrittenRule) error {
	if !r.Timed() {
		return nil
	}
	switch r.On[0] {
	case desk.OnInStatus:
		return o.readInStatus(ctx, r, in.InStatus)
	case desk.OnDaily:
		return o.readDaily(ctx, r, in)
	}
	return nil
}

func (o *op) readInStatus(ctx context.Context, r *desk.Rule, text string) error {
	b, err := o.lives(ctx)
	if err != nil {
		return err
	}
	known := statusesOf(b, r.Queue)
	status := desk.Status(strings.ToLower(strings.TrimSpace(text)))
	switch {
	case status == "":
		return wrong("in_status", "Say in which status the tickets are.")
	case status == desk.StatusDeleted || !slices.Contains(known, status):
		return wrong("in_status", "There is no status %s here%s.", text, perhaps(string(status), statusWords(known)))
	}
	r.Time.In = status
	return nil
}

func (o *op) readDaily(ctx context.Context, r *desk.Rule, in WrittenRule) error {
	at, err := time.Parse("15:04", strings.TrimSpace(in.At))
	if err != nil {
		return wrong("at", "Give a time of day from 00:00 to 23:59, as 08:30.")
	}
	r.Time.At, r.Time.Workdays = at.Hour()*60+at.Minute(), in.Workdays
	name := strings.TrimSpace(in.Calendar)
	if name == "" {
		return nil
	}
	known, err := o.calendarsFor(ctx, r.ID)
	if err != nil {
		return err
	}
	var names []string
	for _, c := range known {
		if desk.Fold(c.Name) == desk.Fold(name) {
			r.Time.Calendar = int64(c.ID)
			return nil
		}
		names = append(names, c.Name)
	}
	return wrong("calendar", "There is no calendar %s%s.", name, perhaps(name, names))
}

// calendarsFor are the calendars by which the actor may have a rule go: all where
// he may see them (ShowConfigTab), else the one by which it goes already.
func (o *op) calendarsFor(ctx context.Context, rule desk.RuleID) ([]sla.Calendar, error) {
	b, err := o.book(ctx)
	if err != nil || o.can(desk.ShowConfigTab, access.System()) {
		return b.Calendars, err
	}
	if rule == 0 {
		return nil, nil
	}
	r, err := o.Tx.Rule(ctx, rule)
	if err != nil || r.Time.Calendar == 0 {
		return nil, ignoreMissing(err)
	}
	return []sla.Calendar{*b.Calendar(sla.CalendarID(r.Time.Calendar))}, nil
}

// writeTime writes what readTime reads.
func (o *op) writeTime(ctx context.Context, r *desk.Rule, w *WrittenRule) error {
	w.InStatus = string(r.Time.In)
	if !r.Daily() {
		return nil
	}
	w.At, w.Workdays = clockOf(r.Time.At), r.Time.Workdays
	if r.Time.Calendar == 0 {
		return nil
	}
	b, err := o.book(ctx)
	if err == nil {
		w.Calendar = b.Calendar(sla.CalendarID(r.Time.Calendar)).Name
	}
	return err
}

// clockOf writes minutes from midnight as 08:30.
func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// describeTime says for the audit log when a rule by time has its turn.
func describeTime(r *desk.Rule) string {
	switch {
	case r.Daily() && r.Time.Workdays:
		return fmt.Sprintf(" at %s on workdays of calendar:%d", clockOf(r.Time.At), r.Time.Calendar)
	case r.Daily():
		return fmt.Sprintf(" at %s by calendar:%d", clockOf(r.Time.At), r.Time.Calendar)
	case r.Timed() && r.Time.In != "":
		return fmt.Sprintf(" %s after %d hours", r.Time.In, r.Hours)
	case r.Timed():
		return fmt.Sprintf(" after %d hours", r.Hours)
	}
	return ""
}

// freeOfRules refuses to take a calendar away by which a rule goes.
func (o *op) freeOfRules(ctx context.Context, id sla.CalendarID) error {
	rules, err := o.Tx.Rules(ctx)
	for _, r := range rules {
		if r.Time.Calendar == int64(id) {
			return desk.Errorf(desk.Conflict, "The rule %s goes by this calendar; give it another one first.", r.Name)
		}
	}
	return err
}
