package api

import (
	"context"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// previewRoutes are the routes that change access, below /preview: they take the
// same request, change nothing, and answer with who would gain and lose what.
func (h *handler) previewRoutes() []route {
	list := []route{
		previewMade(h, "createUser", "POST /users", (*handler).createUser),
		preview(h, "changeUser", "PATCH /users/{id}", (*handler).changeUser),
		previewMade(h, "createCustomer", "POST /customers", (*handler).createCustomer),
		preview(h, "changeCustomer", "PATCH /customers/{id}", (*handler).changeCustomer),
		previewMade(h, "createGroup", "POST /groups", (*handler).createGroup),
		preview(h, "changeGroup", "PATCH /groups/{id}", (*handler).changeGroup),
		previewMade(h, "createQueue", "POST /queues", (*handler).createQueue),
		preview(h, "changeQueue", "PATCH /queues/{id}", (*handler).changeQueue),
		preview(h, "addQueueWatcher", "POST /queues/{id}/watchers", (*handler).addQueueWatcher),
		preview(h, "admitWaiting", "POST /customers/{id}/waiting/{member}/admit", (*handler).admitWaiting),
		preview(h, "removeQueueWatcher", "DELETE /queues/{id}/watchers/{role}/{who}", (*handler).removeQueueWatcher),
		previewMade(h, "createRole", "POST /roles", (*handler).createRole),
		preview(h, "changeRole", "PATCH /roles/{id}", (*handler).changeRole),
		previewMade(h, "grant", "POST /grants", (*handler).grant),
		preview(h, "revoke", "DELETE /grants/{id}", (*handler).revoke),
		preview(h, "setDefaultGroups", "PUT /default-groups/{of}", (*handler).setDefaultGroups),
		previewShown(h, "saveRelation", "POST /relations/{relation}/{side}/{id}", (*handler).saveRelation),
		previewMade(h, "takeBack", "POST /changes/{id}/take-back", (*handler).takeBack),
	}
	for _, at := range []struct{ name, place string }{{"Group", "/groups"}, {"Customer", "/customers"}} {
		list = append(list,
			preview(h, "add"+at.name+"Member", "POST "+at.place+"/{id}/members", (*handler).addMember),
			preview(h, "change"+at.name+"Member", "PATCH "+at.place+"/{id}/members/{member}", (*handler).changeMember),
			preview(h, "remove"+at.name+"Member", "DELETE "+at.place+"/{id}/members/{member}", (*handler).removeMember))
	}
	return list
}

// An Effect is what a change would give to people and take from them.
type Effect struct {
	People     int          `json:"people" doc:"How many gain or lose anything."`
	Gains      []EffectLine `json:"gains" nullable:"false"`
	Losses     []EffectLine `json:"losses" nullable:"false"`
	MoreGains  int          `json:"more_gains,omitempty" doc:"How many lines there are beyond those listed."`
	MoreLosses int          `json:"more_losses,omitempty"`
}

// An EffectLine is rights that some people gain, or lose, on one thing.
type EffectLine struct {
	Total      int      `json:"total" doc:"How many people."`
	People     []Who    `json:"people" nullable:"false" doc:"The first of them, as far as you may know them."`
	Rights     []string `json:"rights" nullable:"false"`
	Where      string   `json:"where" doc:"system, queue:NAME, …, or tickets for those on which they stand; empty for what you may not know of."`
	Tickets    int      `json:"tickets" doc:"Counted up to a limit."`
	More       bool     `json:"more_tickets,omitempty" doc:"There are more tickets."`
	About      bool     `json:"about,omitempty" doc:"The tickets were counted for one of several people."`
	NotCounted bool     `json:"not_counted,omitempty"`
}

func (c caller) effect(e *service.Effect) Effect {
	lines := func(list []service.EffectLine) []EffectLine {
		return pageOf(list, func(l service.EffectLine) EffectLine {
			rights := append([]string{}, l.Rights...)
			return EffectLine{l.Total, c.whos(l.People), rights, l.Where, l.Tickets.Count, l.Tickets.More, l.Tickets.About, l.Tickets.Unknown}
		}).Items
	}
	return Effect{e.People, lines(e.Gains), lines(e.Losses), e.MoreGains, e.MoreLosses}
}

// preview is the route that tries another one.
func preview[I any](h *handler, name, spec string, do func(*handler, context.Context, caller, *I) error) route {
	method, path, _ := strings.Cut(spec, " ")
	w := what{"preview" + strings.ToUpper(name[:1]) + name[1:], method + " /preview" + path, "as " + name, "Who would gain and lose what by " + name}
	r := shows(h, w, func(ctx context.Context, by caller, in *I) (Effect, error) {
		effect, err := h.desk.WhatIf(ctx, by.Actor, func(tried *service.Service, _ desk.Actor) error {
			return do(&handler{desk: tried, log: h.log, large: h.large}, ctx, by, in)
		})
		if err != nil {
			return Effect{}, err
		}
		return by.effect(effect), nil
	})
	r.status = 200
	return r
}

// previewMade is preview for a route that answers with a number.
func previewMade[I any, T ~int64 | ~uint8](h *handler, name, spec string, do func(*handler, context.Context, caller, *I) (T, error)) route {
	return preview(h, name, spec, func(tried *handler, ctx context.Context, by caller, in *I) error {
		_, err := do(tried, ctx, by, in)
		return err
	})
}

// previewShown is preview for a route that answers with something.
func previewShown[I, O any](h *handler, name, spec string, do func(*handler, context.Context, caller, *I) (O, error)) route {
	return preview(h, name, spec, func(tried *handler, ctx context.Context, by caller, in *I) error {
		_, err := do(tried, ctx, by, in)
		return err
	})
}
