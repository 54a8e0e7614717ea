package service_test

import (
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// dayUseCases are those of a day at the desk for which the system asks.
var dayUseCases = map[string]func(h *sample) []any{
	"SendDueReply": func(h *sample) []any {
		h.heldOf("root")
		h.clock.at = h.clock.at.Add(time.Minute)
		return args(*must(h.ClaimJob(h.ctx, h.sys, service.JobHeld))(h.t))
	},
	"ViewTickets":     func(*sample) []any { return args(desk.ViewKey("open"), 5) },
	"SortedTickets":   func(*sample) []any { return args(service.TicketFilter{}, service.Sort{By: "updated"}) },
	"TicketsCounted":  func(*sample) []any { return args(service.TicketFilter{}, 10) },
	"TicketsToChange": func(*sample) []any { return args("id > 0") },
	"RunBatch": func(h *sample) []any {
		h.batchOf("root")
		return args(*must(h.ClaimJob(h.ctx, h.sys, service.JobBatch))(h.t))
	},
}
