package cli

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

// makeClocks agrees how long customers wait: Acme for less than others.
func (d *demo) makeClocks(ctx context.Context) error {
	week, err := sla.ParseWeek("mon-fri 08:00-12:00, 13:00-17:00")
	if err != nil {
		return err
	}
	office, err := d.svc.SaveCalendar(ctx, d.sys, sla.Calendar{Name: "Office hours", Zone: "Europe/Berlin", Week: week,
		Holidays: []sla.Holiday{{Month: 1, Day: 1, Name: "New Year"}, {Month: 12, Day: 25, Name: "Christmas"}, {Month: 12, Day: 26, Name: "Boxing Day"}}})
	if err != nil {
		return err
	}
	for _, level := range []struct {
		name                 string
		first, update, whole time.Duration
		customer             desk.CustomerID
	}{
		{"Standard", 8 * time.Hour, 16 * time.Hour, 80 * time.Hour, 0},
		{"Gold", 2 * time.Hour, 4 * time.Hour, 24 * time.Hour, desk.CustomerID(d.groups["acme"])},
	} {
		id, err := d.svc.SaveAgreement(ctx, d.sys, sla.Agreement{Name: level.name, Calendar: office, Warn: 75, Pauses: []desk.Status{desk.StatusStalled},
			Targets: map[sla.Kind]time.Duration{sla.FirstResponse: level.first, sla.Update: level.update, sla.Resolution: level.whole}})
		if err != nil {
			return err
		}
		if _, err := d.svc.Assign(ctx, d.sys, sla.Assignment{Agreement: id, Customer: level.customer}); err != nil {
			return err
		}
	}
	return nil
}
