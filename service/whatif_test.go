package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// told writes an effect as lines: + or -, people, rights, place and tickets.
func told(e *service.Effect) string {
	var list []string
	for sign, lines := range map[string][]service.EffectLine{"+": e.Gains, "-": e.Losses} {
		for _, l := range lines {
			var people []string
			for _, n := range l.People {
				people = append(people, n.Ref)
			}
			list = append(list, fmt.Sprintf("%s %d %s: %s on %s, %d tickets", sign, l.Total, strings.Join(people, " "),
				strings.Join(l.Rights, " "), l.Where, l.Tickets.Count))
		}
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// effectHouse is a desk with two queues, three tickets in one of them, two of
// them of Acme, and an agent in a group without rights.
func effectHouse(t *testing.T) *house {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	h.customer(desk.Customer{Key: "bolt"})
	h.agent("agnes")
	h.agent("boss")
	h.contact("carl", "acme")
	h.contact("newt")
	h.group("team", "agnes")
	h.makeQueue(desk.Queue{Name: "support"})
	h.makeQueue(desk.Queue{Name: "sales"})
	for range 2 {
		h.open(service.NewTicket{Queue: h.queue["support"], Requestors: []desk.PrincipalID{h.names["carl"]}})
	}
	h.open(service.NewTicket{Queue: h.queue["support"]})
	return h
}

// An asked change is one of TestWhatIf with the effect that is expected.
type askedChange struct {
	why    string
	before func(h *house) // may be nil
	edits  func(h *house, in *service.Service) error
	want   string
}

func askedChanges() []askedChange {
	on := func(h *house) desk.Place { return desk.OnQueue(h.queue["support"]) }
	return []askedChange{
		{"a right on a queue for a group", nil, func(h *house, in *service.Service) error {
			_, err := in.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["team"], Right: desk.ShowTicket, Place: on(h)})
			return err
		}, "+ 1 user:agnes: ShowTicket on queue:support, 3 tickets"},
		{"a right on a queue without tickets is said once", nil, func(h *house, in *service.Service) error {
			_, err := in.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["team"], Right: desk.ShowTicket, Place: desk.OnQueue(h.queue["sales"])})
			return err
		}, "+ 1 user:agnes: ShowTicket on queue:sales, 0 tickets"},
		{"a right on a queue, and one on tickets of another where there is none", func(h *house) {
			h.makeQueue(desk.Queue{Name: "empty"})
			h.grant(h.names["acme"], "Customer: ShowTicket", desk.OnQueue(h.queue["sales"]))
			h.grant(h.names["acme"], "ShowTicket", desk.OnQueue(h.queue["empty"]))
		}, func(h *house, in *service.Service) error {
			return in.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["acme"], Member: h.names["newt"]})
		}, "+ 1 user:newt: ShowTicket on queue:empty, 0 tickets\n+ 1 user:newt: ShowTicket on tickets, 0 tickets"},
		{"one gains what another loses", func(h *house) {
			h.grant(h.names["boss"], "ShowTicket", on(h))
		}, func(h *house, in *service.Service) error {
			g := desk.Grant{Who: h.names["boss"], Right: desk.ShowTicket, Place: on(h)}
			given, err := in.FindGrant(h.ctx, h.sys, g)
			if err != nil {
				return err
			}
			if err := in.Revoke(h.ctx, h.sys, given.ID); err != nil {
				return err
			}
			g.Who = h.names["agnes"]
			_, err = in.Grant(h.ctx, h.sys, g)
			return err
		}, "+ 1 user:agnes: ShowTicket on queue:support, 3 tickets\n- 1 user:boss: ShowTicket on queue:support, 3 tickets"},
		{"what one has by another way is no gain", func(h *house) {
			h.grant(h.names["agnes"], "ShowTicket", desk.OnSystem())
		}, func(h *house, in *service.Service) error {
			_, err := in.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["team"], Right: desk.ShowTicket, Place: on(h)})
			return err
		}, ""},
		{"a contact joins a customer and has its tickets", func(h *house) {
			h.grant(desk.Everyone, "Requestor,Customer: ShowTicket", desk.OnSystem())
		}, func(h *house, in *service.Service) error {
			return in.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["acme"], Member: h.names["newt"]})
		}, "+ 1 user:newt: ShowTicket on queue:support, 2 tickets"},
		{"a contact joins a customer without tickets", func(h *house) {
			h.grant(desk.Everyone, "Requestor,Customer: ShowTicket", desk.OnSystem())
		}, func(h *house, in *service.Service) error {
			return in.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["bolt"], Member: h.names["newt"]})
		}, "+ 1 user:newt: ShowTicket on tickets, 0 tickets"},
		{"a disabled customer passes nothing on", func(h *house) {
			h.grant(h.names["acme"], "Customer: ShowTicket", desk.OnSystem())
		}, func(h *house, in *service.Service) error {
			return in.UpdateCustomer(h.ctx, h.sys, desk.Customer{ID: desk.CustomerID(h.names["acme"]), Key: "acme", Disabled: true})
		}, "- 1 user:carl: ShowTicket on queue:support, 2 tickets"},
	}
}

// askedOfTheDesk are more of them, of groups, roles and the whole desk.
func askedOfTheDesk() []askedChange {
	on := func(h *house) desk.Place { return desk.OnQueue(h.queue["support"]) }
	return []askedChange{
		{"a group guards a queue", func(h *house) {
			h.grant(h.names["team"], "ShowTicket", desk.OnGroup(desk.GroupID(h.names["team"])))
		}, func(h *house, in *service.Service) error {
			return in.UpdateQueue(h.ctx, h.sys, desk.Queue{ID: h.queue["support"], Name: "support", AccessGroup: desk.GroupID(h.names["team"])})
		}, "+ 1 user:agnes: ShowTicket on queue:support, 3 tickets"},
		{"who had some tickets through a role and has all of them loses none", func(h *house) {
			h.grant(h.names["carl"], "Requestor: ShowTicket", desk.OnSystem())
		}, func(h *house, in *service.Service) error {
			_, err := in.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["carl"], Right: desk.ShowTicket, Place: desk.OnSystem()})
			return err
		}, "+ 1 user:carl: ShowTicket on system, 1 tickets"},
		{"a new queue takes nothing from who holds a right through a role on the others", func(h *house) {
			h.grant(h.names["carl"], "Requestor: ShowTicket", on(h))
			h.grant(h.names["carl"], "Requestor: ShowTicket", desk.OnQueue(h.queue["sales"]))
		}, func(h *house, in *service.Service) error {
			_, err := in.CreateQueue(h.ctx, h.sys, desk.Queue{Name: "new"})
			return err
		}, ""},
		{"a right on the whole desk is one line", nil, func(h *house, in *service.Service) error {
			_, err := in.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["agnes"], Right: desk.ShowTicket, Place: desk.OnSystem()})
			return err
		}, "+ 1 user:agnes: ShowTicket on system, 3 tickets"},
	}
}

func TestWhatIf(t *testing.T) {
	for _, tt := range slices.Concat(askedChanges(), askedOfTheDesk()) {
		t.Run(tt.why, func(t *testing.T) {
			h := effectHouse(t)
			if tt.before != nil {
				tt.before(h)
			}
			effect := must(h.WhatIf(h.ctx, h.sys, func(in *service.Service, _ desk.Actor) error { return tt.edits(h, in) }))(t)
			if got := told(effect); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			again := must(h.WhatIf(h.ctx, h.sys, func(in *service.Service, _ desk.Actor) error { return tt.edits(h, in) }))(t)
			if told(again) != tt.want {
				t.Errorf("asked again, it is\n%s", told(again))
			}
		})
	}
}

// TestWhatIfAsksWhatTheEditsAsk: who may not make a change may not ask what it
// would do, and is refused in the same words.
func TestWhatIfAsksWhatTheEditsAsk(t *testing.T) {
	h := effectHouse(t)
	for _, login := range []string{"agnes", "carl"} {
		grant := func(in *service.Service, by desk.Actor) error {
			_, err := in.Grant(h.ctx, by, desk.Grant{Who: h.names["team"], Right: desk.ShowTicket, Place: desk.OnSystem()})
			return err
		}
		_, asked := h.WhatIf(h.ctx, h.by(login), grant)
		if done := grant(h.Service, h.by(login)); asked == nil || done == nil || asked.Error() != done.Error() {
			t.Errorf("%s is told %v, who makes it %v", login, asked, done)
		}
	}
	_, err := h.WhatIf(h.ctx, h.by("agnes"), func(in *service.Service, _ desk.Actor) error {
		_, err := in.Grant(h.ctx, h.sys, desk.Grant{})
		return err
	})
	wantKind(t, err, desk.Internal)
}

// TestWhatIfHidesWhatOneMayNotKnow: a manager of a customer is not told where
// his people gain something of which he knows nothing.
func TestWhatIfHidesWhatOneMayNotKnow(t *testing.T) {
	h := effectHouse(t)
	h.contact("mary")
	h.join("acme", "mary", desk.PartManager, false)
	h.grant(h.names["acme"], "ShowTicket", desk.OnQueue(h.queue["sales"]))
	h.open(service.NewTicket{Queue: h.queue["sales"]})
	out := must(h.WhatIf(h.ctx, h.by("mary"), func(in *service.Service, by desk.Actor) error {
		return in.RemoveMember(h.ctx, by, h.names["acme"], h.names["carl"])
	}))(t)
	if got, want := told(out), "- 1 user:carl:  on , 0 tickets"; got != want {
		t.Errorf("she is told %q, want %q", got, want)
	}
}

// does writes what edits would write into the log: action, object and who.
func does(e *service.Effect) string {
	var list []string
	for _, c := range e.Does {
		list = append(list, strings.TrimSpace(c.Action+" "+c.Object+" "+c.Who.Ref+" "+c.What))
	}
	return strings.Join(list, "\n")
}

// TestWhatIfSaysWhatIsDone: in the words of the log, to whom may know of it.
func TestWhatIfSaysWhatIsDone(t *testing.T) {
	h := effectHouse(t)
	h.contact("mary")
	h.join("acme", "mary", desk.PartManager, false)
	given := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["boss"], Right: desk.OwnTicket, Place: desk.OnSystem()}))(t)
	for _, tt := range []struct {
		why   string
		by    desk.Actor
		edits func(in *service.Service, by desk.Actor) error
		want  string
	}{
		{"a member of a group", h.sys, func(in *service.Service, by desk.Actor) error {
			return in.AddMember(h.ctx, by, desk.Membership{Group: h.names["team"], Member: h.names["boss"]})
		}, "member.add group:team user:boss"},
		{"several steps in their order", h.sys, func(in *service.Service, by desk.Actor) error {
			if _, err := in.Grant(h.ctx, by, desk.Grant{Who: h.names["team"], Right: desk.ShowTicket, Place: desk.OnQueue(h.queue["sales"])}); err != nil {
				return err
			}
			return in.Revoke(h.ctx, by, given)
		}, "grant.add queue:sales group:team ShowTicket\ngrant.revoke system user:boss OwnTicket"},
		{"nothing", h.sys, func(*service.Service, desk.Actor) error { return nil }, ""},
		{"a manager, about his own company", h.by("mary"), func(in *service.Service, by desk.Actor) error {
			return in.RemoveMember(h.ctx, by, h.names["acme"], h.names["carl"])
		}, "member.remove customer:acme user:carl"},
	} {
		if got := does(must(h.WhatIf(h.ctx, tt.by, tt.edits))(t)); got != tt.want {
			t.Errorf("%s: it says\n%s\nwant\n%s", tt.why, got, tt.want)
		}
	}
}

// TestWhatIfOfAChangeWithinAChange: what takes several steps together can be
// asked about, too.
func TestWhatIfOfAChangeWithinAChange(t *testing.T) {
	h := effectHouse(t)
	change := must(h.Together(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		_, err := in.Grant(h.ctx, by, desk.Grant{Who: h.names["team"], Right: desk.OwnTicket, Place: desk.OnSystem()})
		return err
	}))(t)
	effect := must(h.WhatIf(h.ctx, h.sys, func(in *service.Service, by desk.Actor) error {
		_, err := in.TakeBack(h.ctx, by, change)
		return err
	}))(t)
	if got, want := told(effect), "- 1 user:agnes: OwnTicket on system, 3 tickets"; got != want {
		t.Errorf("it is said %q, want %q", got, want)
	}
}

// TestWhatIfSaysNothingOfUnknownQueues: what ends with a change is told to whom
// may know where it was.
func TestWhatIfSaysNothingOfUnknownQueues(t *testing.T) {
	h := newChain(t)
	h.agent("hana")
	h.grant(h.names["hana"], "AdminGroupMembership", desk.OnGroup(desk.GroupID(h.names["night"])))
	leaves := func(in *service.Service, by desk.Actor) error {
		return in.RemoveMember(h.ctx, by, h.names["night"], h.names["uma"])
	}
	for login, want := range map[string]string{
		"root": "member.remove group:night user:uma\ngrant.end queue:support personal:uma/mates DeleteTicket",
		"hana": "member.remove group:night user:uma",
	} {
		if got := does(must(h.WhatIf(h.ctx, h.by(login), leaves))(t)); got != want {
			t.Errorf("%s is told\n%s\nwant\n%s", login, got, want)
		}
	}
}
