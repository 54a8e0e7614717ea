package service_test

import (
	"fmt"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
)

// clockUseCases are those of calendars, agreements and clocks.
var clockUseCases = map[string]func(h *sample) []any{
	"Assign":         func(h *sample) []any { h.agreed(); return args(sla.Assignment{Agreement: h.agreement(), Queue: h.q}) },
	"ClockBook":      func(h *sample) []any { h.agreed(); return nil },
	"RemoveCalendar": func(h *sample) []any { return args(h.calendar()) },
	"RemoveAgreement": func(h *sample) []any {
		h.agreement()
		return args(must(h.SaveAgreement(h.ctx, h.sys, sla.Agreement{Name: unused(h), Targets: hours(1)}))(h.t))
	},
	"PreviewAgreement": func(h *sample) []any { return args(sla.Agreement{Name: "new", Targets: hours(1)}, h.Now()) },
	"ReckonTickets":    func(*sample) []any { return args(desk.Job{ID: 99, Data: "0"}) },
	"RingClocks":       func(*sample) []any { return nil },
	"SaveAgreement":    func(*sample) []any { return args(sla.Agreement{Name: "new", Targets: hours(1)}) },
	"SaveCalendar": func(*sample) []any {
		return args(sla.Calendar{Name: "new", Week: [7][]sla.Span{1: {{From: 0, To: 60}}}})
	},
	"TicketClocks":  func(h *sample) []any { h.agreed(); return args(h.ticket) },
	"Unassign":      func(h *sample) []any { return args(h.agreed()) },
	"UrgentTickets": func(h *sample) []any { h.agreed(); return args(service.TicketFilter{}, service.DueEnd{}) },
}

// unused is a name that no agreement has.
func unused(h *sample) string {
	return fmt.Sprint("unused", len(must(h.ClockBook(h.ctx, h.sys))(h.t).Agreements))
}

func hours(n int) map[sla.Kind]time.Duration {
	return map[sla.Kind]time.Duration{sla.Resolution: time.Duration(n) * time.Hour}
}

// calendar returns a calendar that nothing counts by.
func (h *sample) calendar() sla.CalendarID {
	for _, c := range must(h.ClockBook(h.ctx, h.sys))(h.t).Calendars {
		return c.ID
	}
	return must(h.SaveCalendar(h.ctx, h.sys, sla.Calendar{Name: "Office", Week: [7][]sla.Span{1: {{From: 540, To: 1020}}}}))(h.t)
}

func (h *sample) agreement() sla.AgreementID {
	for _, a := range must(h.ClockBook(h.ctx, h.sys))(h.t).Agreements {
		return a.ID
	}
	return must(h.SaveAgreement(h.ctx, h.sys, sla.Agreement{Name: "Gold", Targets: hours(4)}))(h.t)
}

// agreed has an agreement hold for all tickets, so that clocks run.
func (h *sample) agreed() sla.AssignmentID {
	for _, a := range must(h.ClockBook(h.ctx, h.sys))(h.t).Assignments {
		if a.Queue == 0 {
			return a.ID
		}
	}
	id := must(h.Assign(h.ctx, h.sys, sla.Assignment{Agreement: h.agreement()}))(h.t)
	for {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobReckon))(h.t)
		if job == nil {
			return id
		}
		h.ok(h.ReckonTickets(h.ctx, h.sys, *job))
	}
}
