package service_test

import (
	"fmt"

	"gatehouse/desk"
	"gatehouse/service"
)

// lifeUseCases are those of life cycles.
var lifeUseCases = map[string]func(h *sample) []any{
	"AskApproval": func(h *sample) []any {
		h.approvals()
		return args(service.ApprovalAsk{Ticket: h.second, Of: []desk.PrincipalID{h.names["spare"]}, Reason: "A laptop."})
	},
	"CountToApprove":   func(h *sample) []any { h.approval(); return nil },
	"DecideApproval":   func(h *sample) []any { return args(h.approval(), true, "Fine.") },
	"TicketApprovals":  func(h *sample) []any { h.approval(); return args(h.ticket) },
	"ToApprove":        func(h *sample) []any { h.approval(); return nil },
	"WithdrawApproval": func(h *sample) []any { return args(h.approval()) },
	"LifeCycles":       func(*sample) []any { return nil },
	"QueueLifeCycle":   func(h *sample) []any { return args(h.q) },
	"RemoveLifeCycle":  func(h *sample) []any { return args(h.lifeCycle()) },
	"SaveLifeCycle":    func(h *sample) []any { return args(service.LifeCycleChange{Cycle: h.newCycle()}) },
	"Statuses":         func(*sample) []any { return nil },
	"StatusesOf":       func(h *sample) []any { return args([]desk.TicketID{h.ticket}) },
	"WeighLifeCycle":   func(h *sample) []any { return args(service.LifeCycleChange{Cycle: h.newCycle()}) },
}

// newCycle is a life cycle of a name that there is not yet.
func (h *sample) newCycle() desk.LifeCycle {
	c := *desk.ShippedLifeCycle()
	c.Name = fmt.Sprint("Copy ", len(must(h.LifeCycles(h.ctx, h.sys))(h.t)))
	return c
}

// lifeCycle returns one that no queue has.
func (h *sample) lifeCycle() desk.LifeCycleID {
	return must(h.SaveLifeCycle(h.ctx, h.sys, service.LifeCycleChange{Cycle: h.newCycle()}))(h.t).ID
}

// approvals sets up that they can be asked for.
func (h *sample) approvals() {
	must(h.ApplyBlueprint(h.ctx, h.sys, "approvals", map[string]string{"queue": "Approvals"}))(h.t)
}

// approval is one for which the ticket asked.
func (h *sample) approval() desk.TicketID {
	h.approvals()
	if found := must(h.TicketApprovals(h.ctx, h.sys, h.ticket))(h.t); len(found.Lines) > 0 {
		return found.Lines[0].ID
	}
	return must(h.AskApproval(h.ctx, h.sys, service.ApprovalAsk{Ticket: h.ticket, Of: []desk.PrincipalID{h.names["spare"]}, Reason: "A laptop."}))(h.t)[0]
}
