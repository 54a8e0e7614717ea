package service_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// A clientele is a desk with two queues that everybody may ask in, two companies
// and a field.
type clientele struct {
	*sample
	machine desk.FieldID
	acme    desk.CustomerID
}

func newClientele(t *testing.T) *clientele {
	h := &clientele{sample: newMould(t).sample(t)}
	h.machine = h.field(desk.Field{Everywhere: true, Name: "Machine"})
	h.acme = desk.CustomerID(h.names["acme"])
	for _, q := range []string{"support", "other"} {
		h.grant(desk.Contacts, "CreateTicket", desk.OnQueue(h.queue[q]))
		h.grant(desk.Contacts, "SetInitialCustomField SeeCustomField", desk.OnQueue(h.queue[q]))
	}
	return h
}

// offered is what is offered to somebody, as "queue: intro [fields, * required]".
func (h *clientele) offered(login string, of desk.CustomerID) []string {
	h.t.Helper()
	var list []string
	for _, f := range must(h.TicketForms(h.ctx, h.by(login), of))(h.t) {
		var fields []string
		for _, field := range f.Fields {
			fields = append(fields, field.Name+map[bool]string{true: "*"}[field.Required])
		}
		list = append(list, f.Queue.Name+": "+f.Intro+" ["+strings.Join(fields, " ")+"]")
	}
	slices.Sort(list)
	return list
}

// TestTicketForms: a form is told to those of its customer, else to everybody;
// what it closes is offered to nobody else less.
func TestTicketForms(t *testing.T) {
	h := newClientele(t)
	want := func(login string, of desk.CustomerID, forms ...string) {
		t.Helper()
		if got := h.offered(login, of); !slices.Equal(got, forms) {
			t.Errorf("%s is offered %q, want %q", login, got, forms)
		}
	}
	want("ann", h.acme, "other:  [Machine]", "support:  [Machine]")
	h.ok(h.SaveTicketForm(h.ctx, h.sys, desk.TicketForm{Queue: h.q, Intro: " Which machine?\r\n", Required: []desk.FieldID{h.machine}}))
	h.ok(h.SaveTicketForm(h.ctx, h.sys, desk.TicketForm{Queue: h.queue["other"], Customer: h.acme, Closed: true}))
	want("ann", h.acme, "support: Which machine? [Machine*]")
	h.ok(h.SaveTicketForm(h.ctx, h.sys, desk.TicketForm{Queue: h.q, Customer: h.acme, Hidden: []desk.FieldID{h.machine}}))
	want("ann", h.acme, "support:  []")
	want("ann", 0, "support:  []")
	h.ok(h.SaveTicketForm(h.ctx, h.sys, desk.TicketForm{Queue: h.q, Customer: h.acme}))
	want("ann", h.acme, "support: Which machine? [Machine*]")
	if _, err := h.OpenTicket(h.ctx, h.by("ann"), service.NewTicket{Queue: h.queue["other"], Subject: "By letter or interface"}); err != nil {
		t.Errorf("a form that is closed took a right away: %v", err)
	}
	if _, err := h.TicketForms(h.ctx, h.by("ann"), desk.CustomerID(h.names["bolt"])); desk.KindOf(err) != desk.Invalid {
		t.Errorf("the form of another company: %v", err)
	}
	lines := must(h.QueueForms(h.ctx, h.sys, h.queue["other"]))(t)
	if len(lines) != 1 || lines[0].Key != "acme" || !lines[0].Closed {
		t.Errorf("the forms of the queue are %+v", lines)
	}
}

// TestTicketFormRefusals: what cannot be is refused, and changes nothing.
func TestTicketFormRefusals(t *testing.T) {
	h := newClientele(t)
	elsewhere := must(h.CreateField(h.ctx, h.sys, desk.Field{Of: desk.OfTickets, Name: "Elsewhere", Kind: desk.TextField, Queues: []desk.QueueID{h.queue["other"]}}))(t)
	for why, tt := range map[string]struct {
		form desk.TicketForm
		kind desk.Kind
	}{
		"a queue that is not there":    {desk.TicketForm{Queue: 999, Closed: true}, desk.NotFound},
		"a customer that is not there": {desk.TicketForm{Queue: h.q, Customer: 999, Closed: true}, desk.NotFound},
		"a field of another queue":     {desk.TicketForm{Queue: h.q, Required: []desk.FieldID{elsewhere}}, desk.NotFound},
		"a text without end":           {desk.TicketForm{Queue: h.q, Intro: strings.Repeat("x", 4001)}, desk.Invalid},
	} {
		if err := h.SaveTicketForm(h.ctx, h.sys, tt.form); desk.KindOf(err) != tt.kind {
			t.Errorf("%s: %v", why, err)
		}
	}
	if lines := must(h.QueueForms(h.ctx, h.sys, h.q))(t); len(lines) != 0 {
		t.Errorf("there are forms: %+v", lines)
	}
}

// TestFormMisses: what a form requires and nothing was said of is named.
func TestFormMisses(t *testing.T) {
	f := service.OfferedForm{Fields: []service.FieldShown{{Field: desk.Field{ID: 7, Required: true}}, {Field: desk.Field{ID: 8}}}}
	for text, missing := range map[string]bool{"": true, " \n": true, "press": false} {
		err := f.Missing([]service.FieldSet{{Field: 7, Values: []string{text}}})
		if (err != nil) != missing || missing && desk.FieldTexts(err)["field-7"] == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestColleagues are the contacts of one's own companies, and nobody else.
func TestColleagues(t *testing.T) {
	h := newClientele(t)
	for login, member := range map[string]string{"cleo": "acme", "boris": "bolt"} {
		id := must(h.CreateUser(h.ctx, h.sys, desk.User{Login: login, Kind: desk.Contact}))(t)
		h.ok(h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names[member], Member: desk.PrincipalID(id), Part: desk.PartMember}))
	}
	list, more, err := h.Colleagues(h.ctx, h.by("ann"))
	var names []string
	for _, n := range list {
		names = append(names, n.Ref)
	}
	if err != nil || more || !slices.Contains(names, "user:cleo") || slices.Contains(names, "user:boris") || slices.Contains(names, "user:ann") {
		t.Errorf("ann has the colleagues %v, %v, %v", names, more, err)
	}
}
