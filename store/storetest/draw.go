package storetest

import (
	"slices"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/store"
)

// drawScope draws a scope over the people and queues of the hall. Every part of
// it is as often there as not, so that each one decides about some tickets.
func (h *hall) drawScope(rt *rapid.T) *desk.Scope {
	s := &desk.Scope{
		All:            rapid.IntRange(0, 9).Draw(rt, "all") == 0,
		Contact:        rapid.Bool().Draw(rt, "contact"),
		RolesElsewhere: drawRoles(rt, "elsewhere"),
		Naming:         drawRoles(rt, "naming"),
		Customers:      drawSome(rt, "customers", h.customers),
		Managed:        drawSome(rt, "managed", h.customers),
	}
	if rapid.IntRange(0, 5).Draw(rt, "somebody") > 0 {
		s.User = rapid.SampledFrom(h.users).Draw(rt, "user")
	}
	for _, q := range drawSome(rt, "queues", h.queues) {
		s.Queues = append(s.Queues, desk.QueueReach{Queue: q, Reach: h.drawReach(rt)})
		if rapid.IntRange(0, 4).Draw(rt, "twice") == 0 {
			s.Queues = append(s.Queues, desk.QueueReach{Queue: q, Reach: h.drawReach(rt)})
		}
	}
	for _, p := range drawSome(rt, "principals", h.principals) {
		s.Principals = append(s.Principals, desk.PrincipalReach{Who: p, Reach: h.drawReach(rt)})
	}
	for _, q := range drawSome(rt, "queues with roles of their own", h.queues) {
		s.Roles = append(s.Roles, desk.QueueRoles{Queue: q, Roles: drawRoles(rt, "roles")})
	}
	return s
}

// drawReach draws mostly reaches of a single part, as those decide alone.
func (h *hall) drawReach(rt *rapid.T) desk.Reach {
	var r desk.Reach
	for range rapid.IntRange(0, 2).Draw(rt, "parts of the reach") {
		switch rapid.IntRange(0, 3).Draw(rt, "part") {
		case 0:
			r.All = true
		case 1:
			r.Shared = true
		case 2:
			r.Named = true
		case 3:
			for _, c := range drawSome(rt, "reported for", h.customers) {
				r.Reported = append(r.Reported, desk.ReportedFor{Customer: c, OnlyShared: rapid.Bool().Draw(rt, "only shared")})
			}
		}
	}
	return r
}

func drawRoles(rt *rapid.T, label string) desk.RoleSet {
	return desk.RolesOf(drawSome(rt, label, hallRoles)...)
}

// drawSome draws some of a list, in its order; often none.
func drawSome[T any](rt *rapid.T, label string, list []T) []T {
	chosen := rapid.IntRange(0, 1<<len(list)-1).Draw(rt, label)
	if rapid.IntRange(0, 3).Draw(rt, label+": none") == 0 {
		chosen = 0
	}
	var some []T
	for i, v := range list {
		if chosen>>i&1 == 1 {
			some = append(some, v)
		}
	}
	return some
}

// drawFilter draws a filter with at most three parts, often none.
func (h *hall) drawFilter(rt *rapid.T) store.TicketFilter {
	var f store.TicketFilter
	parts := []func(){
		func() {
			f.Activity = rapid.SampledFrom([]store.Activity{store.OnlyActive, store.OnlyInactive}).Draw(rt, "activity")
		},
		func() { f.Queues = append([]desk.QueueID{}, drawSome(rt, "in queues", h.queues)...) },
		func() { f.Statuses = append([]desk.Status{}, drawSome(rt, "statuses", desk.Statuses())...) },
		func() {
			owner := rapid.SampledFrom(append(slices.Clone(h.users), 0)).Draw(rt, "owner")
			f.Owner = &owner
		},
		func() {
			for _, c := range drawSome(rt, "of customers", h.customers) {
				f.Customers = append(f.Customers, desk.CustomerID(c))
			}
		},
		func() { f.Requestor = rapid.SampledFrom(h.principals).Draw(rt, "requestor") },
		func() { f.Reporter = rapid.SampledFrom(h.users).Draw(rt, "reporter") },
		func() { f.Standing = append([]desk.PrincipalID{}, drawSome(rt, "standing", h.principals)...) },
		func() {
			f.IDs = rapid.SliceOfN(rapid.Map(rapid.Int64Range(1, hallTickets+5), asTicket), 0, 60).Draw(rt, "ids")
		},
		func() {
			f.Text = rapid.SampledFrom(append([]string{"prin", "fire pr", "über 4", "printer prin", "!", "oneil"}, vocabulary...)).Draw(rt, "text")
			if rapid.Bool().Draw(rt, "in comments too") {
				f.TextComments = h.drawScope(rt)
			}
		},
	}
	for range rapid.IntRange(0, 3).Draw(rt, "parts of the filter") {
		parts[rapid.IntRange(0, len(parts)-1).Draw(rt, "part of the filter")]()
	}
	return f
}

func asTicket(n int64) desk.TicketID { return desk.TicketID(n) }
