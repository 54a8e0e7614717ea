package service_test

import (
	"fmt"

	"gatehouse/desk"
	"gatehouse/service"
)

// lifeUseCases are those of life cycles.
var lifeUseCases = map[string]func(h *sample) []any{
	"LifeCycles":      func(*sample) []any { return nil },
	"QueueLifeCycle":  func(h *sample) []any { return args(h.q) },
	"RemoveLifeCycle": func(h *sample) []any { return args(h.lifeCycle()) },
	"SaveLifeCycle":   func(h *sample) []any { return args(service.LifeCycleChange{Cycle: h.newCycle()}) },
	"Statuses":        func(*sample) []any { return nil },
	"StatusesOf":      func(h *sample) []any { return args([]desk.TicketID{h.ticket}) },
	"WeighLifeCycle":  func(h *sample) []any { return args(service.LifeCycleChange{Cycle: h.newCycle()}) },
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
