package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) lifeCycleRoutes() []route {
	return []route{
		shows(h, what{"listLifeCycles", "GET /life-cycles", "ShowConfigTab", "All life cycles, the one that ships first"}, h.listLifeCycles),
		shows(h, what{"queueLifeCycle", "GET /queues/{id}/life-cycle", "SeeQueue on the queue", "The life cycle of a queue"}, h.queueLifeCycle),
		shows(h, what{"saveLifeCycle", "POST /life-cycles", "AdminSettings", "Make a life cycle, or change one by its number; only_look changes nothing"}, h.saveLifeCycle),
		shows(h, what{"giveLifeCycle", "POST /queues/{id}/life-cycle", "AdminQueue on the queue", "Give a queue another life cycle; only_look changes nothing"}, h.giveLifeCycle),
		does(h, what{"removeLifeCycle", "DELETE /life-cycles/{id}", "AdminSettings", "Take a life cycle away that no queue has"}, h.removeLifeCycle),
	}
}

// A LifeCycle says through which statuses the tickets of a queue go.
type LifeCycle struct {
	ID       int64             `json:"id,omitempty" minimum:"0" doc:"0: the one that ships, or a new one."`
	Name     string            `json:"name" minLength:"1" maxLength:"200"`
	About    string            `json:"about,omitempty" maxLength:"2000"`
	Statuses []LifeStatus      `json:"statuses" nullable:"false" maxItems:"24"`
	Steps    []LifeStep        `json:"steps" nullable:"false" maxItems:"600"`
	Becomes  map[string]string `json:"becomes,omitempty" doc:"What a status of another life cycle becomes when a ticket is moved here."`
	Granted  string            `json:"granted,omitempty" doc:"Of approvals: the status in which one is granted."`
	Refused  string            `json:"refused,omitempty"`
	Queues   []string          `json:"queues,omitempty" readOnly:"true"`
}

// A LifeStatus is a status within a life cycle.
type LifeStatus struct {
	Name     string `json:"name" maxLength:"30"`
	Kind     string `json:"kind" enum:"initial,active,inactive"`
	Answered string `json:"answered,omitempty" doc:"What it becomes when the desk replies."`
	Asked    string `json:"asked,omitempty" doc:"What it becomes when the customer writes."`
	Solved   bool   `json:"solved,omitempty" doc:"The customer is told that his matter is solved."`
}

// A LifeStep is a change of status that a life cycle knows.
type LifeStep struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Right string `json:"right,omitempty" doc:"Empty: ModifyTicket."`
	Label string `json:"label,omitempty" doc:"The button on the ticket's page; empty: none."`
	With  string `json:"with,omitempty" enum:"reply,comment" doc:"What goes with it."`
}

// LifeCycles are all life cycles.
type LifeCycles struct {
	LifeCycles []LifeCycle `json:"life_cycles" nullable:"false"`
}

func (h *handler) listLifeCycles(ctx context.Context, by caller, _ *struct{}) (LifeCycles, error) {
	list, err := h.desk.LifeCycles(ctx, by.Actor)
	wire := LifeCycles{LifeCycles: []LifeCycle{}}
	for i := range list {
		c := lifeCycle(&list[i].LifeCycle)
		c.Queues = list[i].Queues
		wire.LifeCycles = append(wire.LifeCycles, c)
	}
	return wire, err
}

func (h *handler) queueLifeCycle(ctx context.Context, by caller, in *Numbered) (LifeCycle, error) {
	c, err := h.desk.QueueLifeCycle(ctx, by.Actor, desk.QueueID(in.ID))
	if err != nil {
		return LifeCycle{}, err
	}
	return lifeCycle(c), nil
}

func lifeCycle(c *desk.LifeCycle) LifeCycle {
	wire := LifeCycle{ID: int64(c.ID), Name: c.Name, About: c.About, Statuses: []LifeStatus{}, Steps: []LifeStep{}, Granted: string(c.Granted), Refused: string(c.Refused)}
	for _, s := range c.States {
		wire.Statuses = append(wire.Statuses, LifeStatus{string(s.Name), string(s.Kind), string(s.Answered), string(s.Asked), s.Solved})
	}
	for _, s := range c.Steps {
		wire.Steps = append(wire.Steps, LifeStep{string(s.From), string(s.To), s.Asks().String(), s.Label, string(s.Does)})
	}
	for from, to := range c.Becomes {
		if wire.Becomes == nil {
			wire.Becomes = map[string]string{}
		}
		wire.Becomes[string(from)] = string(to)
	}
	return wire
}

func (c *LifeCycle) desk() (desk.LifeCycle, error) {
	out := desk.LifeCycle{ID: desk.LifeCycleID(c.ID), Name: c.Name, About: c.About, Granted: desk.Status(c.Granted), Refused: desk.Status(c.Refused), Becomes: statusMap(c.Becomes)}
	for _, s := range c.Statuses {
		out.States = append(out.States, desk.State{Name: desk.Status(s.Name), Kind: desk.StatusKind(s.Kind), Answered: desk.Status(s.Answered), Asked: desk.Status(s.Asked), Solved: s.Solved})
	}
	for _, s := range c.Steps {
		step := desk.Step{From: desk.Status(s.From), To: desk.Status(s.To), Label: s.Label, Does: desk.StepForm(s.With)}
		if s.Right != "" {
			var ok bool
			if step.Right, ok = desk.ParseRight(s.Right); !ok {
				return out, invalid("steps", "There is no right "+s.Right+".")
			}
		}
		out.Steps = append(out.Steps, step)
	}
	return out, nil
}

func statusMap(m map[string]string) map[desk.Status]desk.Status {
	if len(m) == 0 {
		return nil
	}
	out := map[desk.Status]desk.Status{}
	for from, to := range m {
		out[desk.Status(from)] = desk.Status(to)
	}
	return out
}

// A LifeCycleEffect is what a change of a life cycle does, or did.
type LifeCycleEffect struct {
	Change int64         `json:"change,omitempty" doc:"By which it can be taken back."`
	ID     int64         `json:"id,omitempty"`
	Queues []string      `json:"queues" nullable:"false"`
	Moved  []MovedStatus `json:"moved" nullable:"false" doc:"Statuses that there are no longer in which tickets stand."`
	Added  []string      `json:"added" nullable:"false"`
	Gone   []string      `json:"gone" nullable:"false"`
}

// A MovedStatus is a status that goes while tickets stand in it.
type MovedStatus struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Tickets int64  `json:"tickets"`
	Open    bool   `json:"open,omitempty" doc:"The request does not say what it becomes; to is a proposal."`
}

type lifeCycleInput struct {
	Body struct {
		LifeCycle LifeCycle         `json:"life_cycle"`
		Map       map[string]string `json:"map,omitempty" doc:"What statuses become that go while tickets stand in them."`
		OnlyLook  bool              `json:"only_look,omitempty"`
	}
}

func (h *handler) saveLifeCycle(ctx context.Context, by caller, in *lifeCycleInput) (LifeCycleEffect, error) {
	c, err := in.Body.LifeCycle.desk()
	if err != nil {
		return LifeCycleEffect{}, err
	}
	return h.changeLifeCycle(ctx, by, service.LifeCycleChange{Cycle: c, Map: statusMap(in.Body.Map)}, in.Body.OnlyLook)
}

type queueLifeCycleInput struct {
	Numbered
	Body struct {
		LifeCycle int64             `json:"life_cycle" minimum:"0" doc:"0: the one that ships."`
		Map       map[string]string `json:"map,omitempty" doc:"What statuses become that the life cycle lacks."`
		OnlyLook  bool              `json:"only_look,omitempty"`
	}
}

func (h *handler) giveLifeCycle(ctx context.Context, by caller, in *queueLifeCycleInput) (LifeCycleEffect, error) {
	return h.changeLifeCycle(ctx, by, service.LifeCycleChange{Queue: desk.QueueID(in.ID), Cycle: desk.LifeCycle{ID: desk.LifeCycleID(in.Body.LifeCycle)},
		Map: statusMap(in.Body.Map)}, in.Body.OnlyLook)
}

func (h *handler) changeLifeCycle(ctx context.Context, by caller, in service.LifeCycleChange, look bool) (LifeCycleEffect, error) {
	do := h.desk.SaveLifeCycle
	if look {
		do = h.desk.WeighLifeCycle
	}
	wire := LifeCycleEffect{Queues: []string{}, Moved: []MovedStatus{}, Added: []string{}, Gone: []string{}}
	effect, err := do(ctx, by.Actor, in)
	if err != nil {
		return wire, err
	}
	wire.Change, wire.ID, wire.Queues = effect.Change, int64(effect.ID), append(wire.Queues, effect.Queues...)
	for _, m := range effect.Moved {
		wire.Moved = append(wire.Moved, MovedStatus{string(m.From), string(m.To), m.Tickets, m.Open})
	}
	for _, s := range effect.Added {
		wire.Added = append(wire.Added, string(s))
	}
	for _, s := range effect.Gone {
		wire.Gone = append(wire.Gone, string(s))
	}
	return wire, nil
}

func (h *handler) removeLifeCycle(ctx context.Context, by caller, in *Numbered) error {
	_, err := h.desk.RemoveLifeCycle(ctx, by.Actor, desk.LifeCycleID(in.ID))
	return err
}
