package service_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// notBuilt are the rights that can be granted though nothing asks for them
// yet, by what will.
var notBuilt = map[string]string{}

// A door is something that one right opens, to somebody who holds some others.
type door struct {
	right string
	with  string
	do    func(h *sample, by desk.Actor) error
}

// doors open to rights that testdata/rights.golden cannot show, since they are
// asked of other arguments than those in useCases, or beside other rights.
var doors = []door{
	{"SuperUser", "ModifyACL", func(h *sample, by desk.Actor) error {
		_, err := h.Grant(h.ctx, by, desk.Grant{Who: h.names["spare"], Right: desk.SuperUser, Place: desk.OnSystem()})
		return err
	}},
	{"ShowOutgoingEmail", "ShowTicket", func(h *sample, by desk.Actor) error {
		v, err := h.Ticket(h.ctx, by, h.ticket)
		if err == nil && !slices.ContainsFunc(v.Events, func(e desk.Event) bool { return e.Kind == desk.EventSent }) {
			return desk.Errorf(desk.NotFound, "no letter is shown")
		}
		return err
	}},
	{"ShowTicketComments", "ShowTicket", func(h *sample, by desk.Actor) error {
		must(h.Write(h.ctx, h.sys, service.NewMessage{Ticket: h.ticket, Kind: desk.Comment, Text: "Secret"}))(h.t)
		v, err := h.Ticket(h.ctx, by, h.ticket)
		if err == nil && v.Messages[len(v.Messages)-1].Kind != desk.Comment {
			return desk.Errorf(desk.NotFound, "no comment is shown")
		}
		return err
	}},
	{"CommentOnTicket", "ShowTicket", func(h *sample, by desk.Actor) error {
		_, err := h.Write(h.ctx, by, service.NewMessage{Ticket: h.ticket, Kind: desk.Comment, Text: "Secret"})
		return err
	}},
	{"OwnTicket", "ShowTicket TakeTicket", take},
	{"TakeTicket", "ShowTicket OwnTicket", take},
	{"StealTicket", "ShowTicket OwnTicket", func(h *sample, by desk.Actor) error {
		h.ok(h.SetOwner(h.ctx, h.sys, h.second, service.Give, h.id("bob")))
		return h.SetOwner(h.ctx, by, h.second, service.Steal, by.User)
	}},
	{"SetPriority", "ShowTicket", func(h *sample, by desk.Actor) error {
		return h.ChangeTicket(h.ctx, by, service.TicketChange{Ticket: h.ticket, Priority: ptr(9)})
	}},
	{"DeleteTicket", "ShowTicket ModifyTicket", func(h *sample, by desk.Actor) error {
		return h.SetStatus(h.ctx, by, h.ticket, desk.StatusDeleted, 0)
	}},
	{"SeeCustomField", "ShowTicket", func(h *sample, by desk.Actor) error {
		h.field(desk.Field{Everywhere: true})
		if len(must(h.Ticket(h.ctx, by, h.ticket))(h.t).Fields) == 0 {
			return desk.Errorf(desk.NotFound, "no field is shown")
		}
		return nil
	}},
	{"ModifyCustomField", "ShowTicket SeeCustomField", func(h *sample, by desk.Actor) error {
		return h.setField(by, h.ticket, h.field(desk.Field{Everywhere: true}), "x")
	}},
	{"SetInitialCustomField", "CreateTicket", func(h *sample, by desk.Actor) error {
		set := []service.FieldSet{{Field: h.field(desk.Field{Everywhere: true}), Values: []string{"x"}}}
		_, err := h.OpenTicket(h.ctx, by, service.NewTicket{Queue: h.q, Subject: "x", Fields: set})
		return err
	}},
	{"Watch", "ShowTicket", func(h *sample, by desk.Actor) error {
		return h.AddWatcher(h.ctx, by, h.ticket, desk.Cc, desk.PrincipalID(by.User))
	}},
	{"WatchAsAdminCc", "ShowTicket Watch", func(h *sample, by desk.Actor) error {
		return h.AddWatcher(h.ctx, by, h.ticket, desk.AdminCc, desk.PrincipalID(by.User))
	}},
	{"ModifyOwnMembership", "SeeGroup", func(h *sample, by desk.Actor) error {
		return h.AddMember(h.ctx, by, desk.Membership{Group: h.names["team"], Member: desk.PrincipalID(by.User)})
	}},
	{"AdminOwnPersonalGroups", "AdminGroup", func(h *sample, by desk.Actor) error { return personal(h, by, by.User) }},
	{"AdminAllPersonalGroups", "AdminGroup AdminOwnPersonalGroups", func(h *sample, by desk.Actor) error { return personal(h, by, h.id("bob")) }},
	{"ForwardMessage", "ShowTicket", func(h *sample, by desk.Actor) error {
		_, err := h.ForwardMessage(h.ctx, by, service.Forward{Message: h.message, To: []string{"new@else.example"}})
		return err
	}},
	{"DelegateRights", "ModifyACL", func(h *sample, by desk.Actor) error {
		source, err := h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.PrincipalID(by.User), Right: desk.SeeQueue, Place: desk.OnQueue(h.q)})
		h.ok(err)
		_, err = h.Delegate(h.ctx, by, service.Delegation{Source: source, To: h.names["bob"]})
		return err
	}},
}

func take(h *sample, by desk.Actor) error {
	return h.SetOwner(h.ctx, by, h.second, service.Take, by.User)
}

func personal(h *sample, by desk.Actor, owner desk.UserID) error {
	_, err := h.CreateGroup(h.ctx, by, desk.Group{Name: "mine", Personal: owner})
	return err
}

// TestEveryDoorAsksForItsRight tries each door without its right, when it is
// shut, and with it.
func TestEveryDoorAsksForItsRight(t *testing.T) {
	m := newMould(t)
	for _, d := range doors {
		t.Run(d.right, func(t *testing.T) {
			for _, held := range []bool{false, true} {
				h := m.sample(t)
				h.agent("actor")
				h.grant(h.names["actor"], d.with, desk.OnSystem())
				if held {
					h.grant(h.names["actor"], d.right, desk.OnSystem())
				}
				if err := d.do(h, h.by("actor")); (err == nil) != held {
					t.Errorf("held: %v, got %v", held, err)
				}
			}
		})
	}
}

// TestEveryRightIsAsked: each right of the table opens something, or what it
// will open is not built yet.
func TestEveryRightIsAsked(t *testing.T) {
	golden, err := os.ReadFile("testdata/rights.golden")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for line := range strings.Lines(string(golden)) {
		if name, rest, ok := strings.Cut(line, " of "); ok && !strings.HasPrefix(name, "Held ") {
			for right := range strings.FieldsSeq(rest) {
				asked[right] = true
			}
		}
	}
	for _, d := range doors {
		asked[d.right] = true
	}
	for _, info := range desk.AllRights() {
		if waits := notBuilt[info.Name]; asked[info.Name] == (waits != "") {
			t.Errorf("%s is asked: %v, and waits for %q", info.Name, asked[info.Name], waits)
		}
	}
}
