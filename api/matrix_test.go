package api_test

import (
	"fmt"
	"net/http"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// An action is something done to a ticket, by use case and by request, with the
// right that it asks for beside ShowTicket.
type action struct {
	name    string
	right   desk.Right // ShowTicket: reading
	serve   func(m *matrix, by desk.Actor, id desk.TicketID) error
	request string
	body    func(m *matrix, login string) object
}

func ticketActions() []action {
	write := func(kind desk.MessageKind) func(*matrix, desk.Actor, desk.TicketID) error {
		return func(m *matrix, by desk.Actor, id desk.TicketID) error {
			_, err := m.Write(m.t.Context(), by, service.NewMessage{Ticket: id, Kind: kind, Text: "x"})
			return err
		}
	}
	status := func(to desk.Status) func(*matrix, desk.Actor, desk.TicketID) error {
		return func(m *matrix, by desk.Actor, id desk.TicketID) error {
			return m.SetStatus(m.t.Context(), by, id, to, 0)
		}
	}
	change := func(in service.TicketChange) func(*matrix, desk.Actor, desk.TicketID) error {
		return func(m *matrix, by desk.Actor, id desk.TicketID) error {
			in.Ticket = id
			return m.ChangeTicket(m.t.Context(), by, in)
		}
	}
	sends := func(o object) func(*matrix, string) object { return func(*matrix, string) object { return o } }
	subject, priority := "Other", 9
	return []action{
		{"read", desk.ShowTicket, func(m *matrix, by desk.Actor, id desk.TicketID) error {
			_, err := m.Ticket(m.t.Context(), by, id)
			return err
		}, "GET /tickets/{id}", sends(nil)},
		{"reply", desk.ReplyToTicket, write(desk.Reply), "POST /tickets/{id}/messages", sends(object{"kind": "reply", "text": "x"})},
		{"comment", desk.CommentOnTicket, write(desk.Comment), "POST /tickets/{id}/messages", sends(object{"kind": "comment", "text": "x"})},
		{"rename", desk.ModifyTicket, change(service.TicketChange{Subject: &subject}), "PATCH /tickets/{id}", sends(object{"subject": "Other"})},
		{"prioritise", desk.SetPriority, change(service.TicketChange{Priority: &priority}), "PATCH /tickets/{id}", sends(object{"priority": 9})},
		{"stall", desk.ModifyTicket, status(desk.StatusStalled), "PATCH /tickets/{id}", sends(object{"status": "stalled"})},
		{"delete", desk.DeleteTicket, status(desk.StatusDeleted), "PATCH /tickets/{id}", sends(object{"status": "deleted"})},
		{"fill in", desk.ModifyCustomField, func(m *matrix, by desk.Actor, id desk.TicketID) error {
			return m.SetFields(m.t.Context(), by, service.FieldsChange{Ticket: id, Set: []service.FieldSet{{Field: m.field, Values: []string{"x"}}}})
		}, "PATCH /tickets/{id}/fields", sends(object{"values": object{"matrix": []string{"x"}}})},
		{"stand", desk.ModifyTicket, func(m *matrix, by desk.Actor, id desk.TicketID) error {
			return m.AddWatcher(m.t.Context(), by, id, desk.AdminCc, desk.PrincipalID(by.User))
		}, "POST /tickets/{id}/watchers", func(m *matrix, login string) object {
			return object{"role": "AdminCc", "who": m.users[login]}
		}},
	}
}

// cast are the people of the matrix and the role that each fills on its tickets.
var cast = map[string]desk.RoleID{
	"req": desk.Requestor, "cc": desk.Cc, "adm": desk.AdminCc, "own": desk.Owner,
	"boss": desk.CustomerRole, "mate": desk.CustomerRole, "rita": desk.CustomerRole, "olga": desk.CustomerRole,
	"anna": 0, "otto": 0, "gus": 0, "": 0,
}

// A matrix is a desk where one role gives some rights in one queue.
type matrix struct {
	*house
	firm   desk.CustomerID
	queue  desk.QueueID
	field  desk.FieldID
	role   desk.RoleID   // that is given
	rights desk.RightSet // what it is given, and anna without a role
	state  string        // of the tickets
	ticket desk.TicketID // that nobody has changed yet
	number desk.TicketID // by which it is asked for
}

func newMatrix(t *testing.T, role desk.RoleID, rights desk.RightSet) *matrix {
	m := &matrix{house: newHouse(t), role: role, rights: rights}
	ctx := t.Context()
	for _, login := range []string{"adm", "own"} {
		m.person(login, desk.Agent)
	}
	m.firm = must(m.CreateCustomer(ctx, m.system, desk.Customer{Key: "firm"}))(t)
	for _, login := range []string{"req", "cc"} {
		m.person(login, desk.Contact)
	}
	for login, part := range map[string]desk.Part{"boss": desk.PartManager, "mate": desk.PartMember, "rita": desk.PartReader, "olga": desk.PartContact} {
		m.person(login, desk.Contact)
		m.ok(m.AddMember(ctx, m.system, desk.Membership{Group: desk.PrincipalID(m.firm), Member: m.who(login), Part: part}))
	}
	m.queue = must(m.CreateQueue(ctx, m.system, desk.Queue{Name: "matrix"}))(t)
	m.field = must(m.CreateField(ctx, m.system, desk.Field{Of: desk.OfTickets, Name: "Matrix", Kind: desk.TextField, Queues: []desk.QueueID{m.queue}}))(t)
	m.grant(m.who("own"), 0, desk.OnQueue(m.queue), desk.OwnTicket)
	m.grant(desk.Everyone, desk.RolesOf(role), desk.OnQueue(m.queue), rights.List()...)
	m.grant(m.who("anna"), 0, desk.OnQueue(m.queue), rights.List()...)
	return m
}

// fresh makes a ticket in the state.
func (m *matrix) fresh() {
	ctx := m.t.Context()
	open := func() desk.TicketID {
		return must(m.OpenTicket(ctx, m.system, service.NewTicket{Queue: m.queue, Subject: "x", Requestors: []desk.PrincipalID{m.who("req")},
			Cc: []desk.PrincipalID{m.who("cc")}, AdminCc: []desk.PrincipalID{m.who("adm")}, Owner: m.users["own"], Customers: []desk.CustomerID{m.firm}}))(m.t)
	}
	m.ticket = open()
	m.number = m.ticket
	switch m.state {
	case "resolved", "deleted":
		m.ok(m.SetStatus(ctx, m.system, m.ticket, desk.Status(m.state), 0))
	case "merged":
		m.number = open()
		m.ok(m.MergeTicket(ctx, m.system, m.number, m.ticket))
	}
}

// expected is the rights table: what becomes of an action by somebody.
func (m *matrix) expected(login string, a action) desk.Kind {
	fills := login == "anna" || login != "" && cast[login] == m.role && login != "olga"
	switch {
	case login == "":
		return desk.Unauthenticated
	case !fills, m.state == "deleted" && (!m.rights.Has(desk.DeleteTicket) || login == "rita"):
		return desk.NotFound
	case a.right == desk.ShowTicket:
		return 0
	case login == "rita": // a reader reads
		return desk.Forbidden
	case m.rights.Has(a.right), a.right == desk.SetPriority && m.rights.Has(desk.ModifyTicket):
		return 0
	}
	return desk.Forbidden
}

// verdict leaves of an error what it says of rights.
func verdict(err error) desk.Kind {
	switch kind := desk.KindOf(err); kind {
	case desk.Forbidden, desk.NotFound, desk.Unauthenticated:
		return kind
	case desk.Internal:
		return kind
	}
	return 0
}

// answered is what a status says of rights.
func answered(status int) desk.Kind {
	switch status {
	case http.StatusForbidden:
		return desk.Forbidden
	case http.StatusNotFound:
		return desk.NotFound
	case http.StatusUnauthorized:
		return desk.Unauthenticated
	case http.StatusInternalServerError:
		return desk.Internal
	}
	return 0
}

// try does an action by both doors.
func (m *matrix) try(login string, a action) {
	want := m.expected(login, a)
	by := m.as(login)
	if login == "" {
		by = desk.Actor{}
	}
	what := fmt.Sprintf("%v on a %s ticket lets %q %s", m.role, m.state, login, a.name)
	err := a.serve(m, by, m.number)
	if got := verdict(err); got != want {
		m.t.Errorf("by the use case %s: got %v (%v), want %v", what, got, err, want)
	}
	if err == nil && a.right != desk.ShowTicket {
		m.fresh()
	}
	var body any
	if o := a.body(m, login); o != nil {
		body = o
	}
	got := m.ask(login, at(a.request, m.number), body)
	if answered(got.StatusCode) != want {
		m.t.Errorf("by request %s: got %d (%s), want %v", what, got.StatusCode, got.body, want)
	}
	if got.StatusCode < 300 && a.right != desk.ShowTicket {
		m.fresh()
	}
}

// play goes through the states, the people and the actions.
func (m *matrix) play() {
	for _, m.state = range []string{"open", "resolved", "deleted", "merged"} {
		m.fresh()
		for login := range cast {
			for _, a := range ticketActions() {
				m.try(login, a)
			}
		}
	}
}

// TestRightsOnTickets goes through each action of each person in each role on a
// ticket in each state, where the role is given everything, reading, or the
// rights to answer and set the priority.
func TestRightsOnTickets(t *testing.T) {
	show := desk.RightsOf(desk.ShowTicket, desk.SeeCustomField)
	all := show | desk.RightsOf(desk.ModifyCustomField, desk.ReplyToTicket, desk.CommentOnTicket, desk.ModifyTicket, desk.DeleteTicket, desk.SetPriority)
	some := show | desk.RightsOf(desk.SetPriority, desk.ReplyToTicket)
	for name, rights := range map[string]desk.RightSet{"all": all, "show": show, "some": some} {
		for _, role := range []desk.RoleID{desk.Requestor, desk.Cc, desk.AdminCc, desk.Owner, desk.CustomerRole} {
			t.Run(name+" to "+role.BuiltinName(), func(t *testing.T) { newMatrix(t, role, rights).play() })
		}
	}
}
