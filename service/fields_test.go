package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// valuesOf are the values of a ticket's field as somebody sees them; nil: he
// does not see the field.
func (h *house) valuesOf(by desk.Actor, id desk.TicketID, field desk.FieldID) []string {
	h.t.Helper()
	for _, f := range must(h.Ticket(h.ctx, by, id))(h.t).Fields {
		if f.ID == field {
			return append([]string{}, desk.ValueTexts(f.Values)...)
		}
	}
	return nil
}

func (h *house) setField(by desk.Actor, id desk.TicketID, field desk.FieldID, values ...string) error {
	return h.SetFields(h.ctx, by, service.FieldsChange{Ticket: id, Set: []service.FieldSet{{Field: field, Values: values}}})
}

func TestFieldsAreSeenAndSetByRight(t *testing.T) {
	for _, tt := range []struct {
		why        string
		see, set   string // where SeeCustomField and ModifyCustomField are granted: "", "system", "queue", "other", "field"
		sees, sets bool
	}{
		{"nothing is granted", "", "", false, false},
		{"on the whole desk", "system", "system", true, true},
		{"on the queue", "queue", "queue", true, true},
		{"on another queue", "other", "other", false, false},
		{"on the field itself", "field", "field", true, true},
		{"to see it is not to set it", "queue", "", true, false},
		{"what one does not see one does not set", "", "system", false, false},
		{"seen by the queue, set by the field", "queue", "field", true, true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newSample(t)
			field := h.field(desk.Field{Name: "Building", Everywhere: true})
			h.ok(h.setField(h.sys, h.ticket, field, "North"))
			h.agent("eve")
			h.grant(h.names["eve"], "ShowTicket", desk.OnSystem())
			places := map[string]desk.Place{"system": desk.OnSystem(), "queue": desk.OnQueue(h.q),
				"other": desk.OnQueue(h.queue["other"]), "field": desk.OnField(field)}
			for right, place := range map[string]string{"SeeCustomField": tt.see, "ModifyCustomField": tt.set} {
				if place != "" {
					h.grant(h.names["eve"], right, places[place])
				}
			}
			eve := h.by("eve")
			if got := h.valuesOf(eve, h.ticket, field); (got != nil) != tt.sees {
				t.Errorf("sees %q, want to see it: %v", got, tt.sees)
			}
			found := must(h.Tickets(h.ctx, eve, service.TicketFilter{Query: "CF.{Building} = 'north'"}))(t)
			if (len(found.Lines) == 1) != tt.sees {
				t.Errorf("a query finds %d tickets, want it to find one: %v", len(found.Lines), tt.sees)
			}
			err := h.setField(eve, h.ticket, field, "South")
			if (err == nil) != tt.sets {
				t.Errorf("setting gives %v, want it to work: %v", err, tt.sets)
			}
			if !tt.sees && desk.KindOf(err) != desk.NotFound {
				t.Errorf("a field that is not seen is refused with %v, want that there is none", err)
			}
			told := slices.ContainsFunc(must(h.Ticket(h.ctx, eve, h.ticket))(t).Events, func(e desk.Event) bool { return e.Kind == desk.EventField })
			if told != tt.sees {
				t.Errorf("the history tells of it: %v, want %v", told, tt.sees)
			}
		})
	}
}

// TestWhatFieldsRefuse are the values that fields do not take, and what is said.
func TestWhatFieldsRefuse(t *testing.T) {
	h := newSample(t)
	for _, tt := range []struct {
		why   string
		field desk.Field
		value string
		want  string // a part of the sentence; empty: it is taken
	}{
		{"a text", desk.Field{}, "North <b>wing</b> 😀", ""},
		{"two lines in a text of one", desk.Field{}, "a\nb", "one line"},
		{"a text of 10 MB", desk.Field{Kind: desk.LongField}, strings.Repeat("x", 10<<20), "at most 50000 characters"},
		{"longer than this field allows", desk.Field{MaxLength: 3}, "four", "at most 3"},
		{"a pattern that fits", desk.Field{Pattern: `^[A-Z]{2}-\d+$`}, "AB-12", ""},
		{"a pattern that does not fit, with a hint", desk.Field{Pattern: `^\d+$`, Hint: "Five digits, please."}, "x", "Five digits"},
		{"a pattern made to be slow", desk.Field{Pattern: `^(a+)+$`}, strings.Repeat("a", 900) + "!", "must fit"},
		{"no number", desk.Field{Kind: desk.WholeField}, "many", "whole number"},
		{"a fraction of a whole number", desk.Field{Kind: desk.WholeField}, "1.5", "whole number"},
		{"too great a number", desk.Field{Kind: desk.WholeField}, "9999999999999999", "whole number"},
		{"less than the lowest", desk.Field{Kind: desk.WholeField, Lowest: "5"}, "4", "at least 5"},
		{"more than the highest", desk.Field{Kind: desk.DecimalField, Highest: "1.5"}, "1.500001", "at most 1.5"},
		{"a decimal comma", desk.Field{Kind: desk.DecimalField}, "12,50", ""},
		{"seven digits after the point", desk.Field{Kind: desk.DecimalField}, "0.0000001", "six digits"},
		{"a day that is none", desk.Field{Kind: desk.DayField}, "2026-02-30", "a day"},
		{"a day before the first", desk.Field{Kind: desk.DayField, Lowest: "2026-01-01"}, "2025-12-31", "at least 2026-01-01"},
		{"a moment of a form", desk.Field{Kind: desk.MomentField}, "2026-03-31T14:30", ""},
		{"perhaps", desk.Field{Kind: desk.YesField}, "perhaps", "yes or no"},
		{"a value outside of the choices", desk.Field{Kind: desk.OneField, Choices: []desk.Choice{{Name: "a"}}}, "b", "choose one"},
		{"a link that would run", desk.Field{Kind: desk.LinkField}, "javascript:alert(1)", "begins with https"},
		{"a link that would run, hidden", desk.Field{Kind: desk.LinkField}, " java\tscript:alert(1)", "one line"},
		{"a link", desk.Field{Kind: desk.LinkField}, "https://desk.example/a?b=c", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			tt.field.Everywhere = true
			tt.field.Name = tt.why
			err := h.setField(h.sys, h.ticket, h.field(tt.field), tt.value)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("got %v, want it to be taken", err)
			case tt.want != "" && (desk.KindOf(err) != desk.Invalid || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got %v, want it to be refused with %q", err, tt.want)
			}
		})
	}
}

// TestWhatIsNoField are definitions that cannot be.
func TestWhatIsNoField(t *testing.T) {
	h := newSample(t)
	h.field(desk.Field{Name: "Taken"})
	for _, tt := range []struct {
		why   string
		field desk.Field
		part  string
	}{
		{"no name", desk.Field{Name: " "}, "name"},
		{"a name in use, in other letters", desk.Field{Name: "tAKEN"}, "name"},
		{"a name with a brace", desk.Field{Name: "a}b"}, "name"},
		{"a pattern that cannot be read", desk.Field{Name: "a", Pattern: "("}, "pattern"},
		{"a pattern that repeats too much", desk.Field{Name: "a", Pattern: "((a{100}){10}){1}(b{500}){2}"}, "pattern"},
		{"a pattern that is too long", desk.Field{Name: "a", Pattern: strings.Repeat("a", 501)}, "pattern"},
		{"nothing to choose", desk.Field{Name: "a", Kind: desk.OneField}, "choices"},
		{"a choice twice", desk.Field{Name: "a", Kind: desk.OneField, Choices: []desk.Choice{{Name: "x"}, {Name: "X"}}}, "choices"},
		{"a default that does not fit", desk.Field{Name: "a", Kind: desk.WholeField, Default: []string{"x"}}, "default"},
		{"the highest below the lowest", desk.Field{Name: "a", Kind: desk.WholeField, Lowest: "2", Highest: "1"}, "highest"},
		{"an unknown kind", desk.Field{Name: "a", Kind: "colour"}, "kind"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			tt.field.Of = desk.OfTickets
			if tt.field.Kind == "" {
				tt.field.Kind = desk.TextField
			}
			_, err := h.CreateField(h.ctx, h.sys, tt.field)
			if desk.FieldTexts(err)[tt.part] == "" {
				t.Errorf("got %v, want a sentence about %s", err, tt.part)
			}
		})
	}
}

func TestFieldsOfQueues(t *testing.T) {
	h := newSample(t)
	field := h.field(desk.Field{Name: "Asset", Queues: []desk.QueueID{h.q}})
	h.ok(h.setField(h.sys, h.ticket, field, "PC 7"))
	other := h.open(service.NewTicket{Queue: h.queue["other"]})
	if err := h.setField(h.sys, other, field, "PC 8"); desk.KindOf(err) != desk.NotFound {
		t.Errorf("a field of another queue: got %v, want that there is none", err)
	}
	h.ok(h.MoveTicket(h.ctx, h.sys, h.ticket, h.queue["other"]))
	if got := h.valuesOf(h.sys, h.ticket, field); got != nil {
		t.Errorf("after the move it shows %q", got)
	}
	h.ok(h.AssignField(h.ctx, h.sys, field, h.queue["other"], true))
	if got := h.valuesOf(h.sys, h.ticket, field); !slices.Equal(got, []string{"PC 7"}) {
		t.Errorf("once the field applies there it shows %q, want what was kept", got)
	}
}

func TestInitialFields(t *testing.T) {
	h := newSample(t)
	h.agent("eve")
	h.grant(h.names["eve"], "CreateTicket ShowTicket", desk.OnSystem())
	needed := h.field(desk.Field{Name: "Needed", Everywhere: true, Required: true})
	colour := h.field(desk.Field{Name: "Colour", Everywhere: true, Default: []string{"red"}})
	eve := h.by("eve")
	open := func(set ...service.FieldSet) (desk.TicketID, error) {
		return h.OpenTicket(h.ctx, eve, service.NewTicket{Queue: h.q, Subject: "x", Fields: set})
	}
	id := must(open())(t) // who may not fill it in is not asked for it
	if got := h.valuesOf(h.sys, id, colour); !slices.Equal(got, []string{"red"}) {
		t.Errorf("the default is %q, want red", got)
	}
	if _, err := open(service.FieldSet{Field: colour, Values: []string{"blue"}}); desk.KindOf(err) != desk.NotFound {
		t.Errorf("who may not fill it in got %v", err)
	}
	h.grant(h.names["eve"], "SetInitialCustomField", desk.OnQueue(h.q))
	if _, err := open(); desk.FieldTexts(err)[fmt.Sprint("field-", needed)] == "" {
		t.Errorf("without what is needed got %v", err)
	}
	id = must(open(service.FieldSet{Field: needed, Values: []string{"x"}}, service.FieldSet{Field: colour, Values: []string{"blue"}}))(t)
	if got := h.valuesOf(h.sys, id, colour); !slices.Equal(got, []string{"blue"}) {
		t.Errorf("it is %q, want blue", got)
	}
	if err := h.setField(eve, id, colour, "green"); desk.KindOf(err) != desk.NotFound {
		t.Errorf("later it can be set: %v", err)
	}
}

func TestTwoAgentsSetOneField(t *testing.T) {
	h := newSample(t)
	field := h.field(desk.Field{Name: "Colour", Everywhere: true})
	set := func(was, value string) error {
		before := []string{}
		if was != "" {
			before = []string{was}
		}
		return h.SetFields(h.ctx, h.sys, service.FieldsChange{Ticket: h.ticket, Set: []service.FieldSet{{Field: field, Values: []string{value}, Was: &before}}})
	}
	h.ok(set("", "red"))
	if err := set("", "blue"); desk.KindOf(err) != desk.Conflict || !strings.Contains(err.Error(), "red") {
		t.Errorf("the second got %v, want to be told that it is red now", err)
	}
	h.ok(set("red", "blue"))
}

// TestChoicesStay: what was chosen stays when it is renamed or disabled, and can
// be kept but not chosen anew.
func TestChoicesStay(t *testing.T) {
	h := newSample(t)
	id := h.field(desk.Field{Name: "Region", Kind: desk.SeveralField, Everywhere: true, Choices: []desk.Choice{{Name: "North"}, {Name: "South"}}})
	h.ok(h.setField(h.sys, h.ticket, id, "South", "North"))
	f := must(h.Field(h.ctx, h.sys, id))(t).Field
	f.Choices = []desk.Choice{{ID: f.Choices[1].ID, Name: "Deep South"}}
	h.ok(h.UpdateField(h.ctx, h.sys, f))
	if got := h.valuesOf(h.sys, h.ticket, id); !slices.Equal(got, []string{"North", "Deep South"}) {
		t.Errorf("the ticket shows %q", got)
	}
	h.ok(h.setField(h.sys, h.ticket, id, "North"))
	if err := h.setField(h.sys, h.second, id, "North"); desk.KindOf(err) != desk.Invalid {
		t.Errorf("a disabled choice is taken: %v", err)
	}
	for query, want := range map[string]int{"CF.{Region} = 'north'": 1, "CF.{region} = 'Deep South'": 0, "CF.{Region} LIKE 'nor'": 1, "CF.{Region} IS NULL": 1} {
		if n := must(h.CountTickets(h.ctx, h.sys, service.TicketFilter{Query: query}, 9))(t); n != want {
			t.Errorf("%s finds %d, want %d", query, n, want)
		}
	}
}

func TestRecordFields(t *testing.T) {
	h := newSample(t)
	region := h.field(desk.Field{Of: desk.OfCustomers, Name: "Region"})
	badge := h.field(desk.Field{Of: desk.OfUsers, Name: "Badge", Only: desk.Contact})
	h.ok(h.SetRecordFields(h.ctx, h.sys, h.names["acme"], []service.FieldSet{{Field: region, Values: []string{"top secret"}}}))
	h.ok(h.SetRecordFields(h.ctx, h.sys, h.names["ann"], []service.FieldSet{{Field: badge, Values: []string{"7"}}}))
	if err := h.SetRecordFields(h.ctx, h.sys, h.names["bob"], []service.FieldSet{{Field: badge, Values: []string{"7"}}}); desk.KindOf(err) != desk.NotFound {
		t.Errorf("an agent has the field of contacts: %v", err)
	}
	h.agent("eve")
	h.grant(h.names["eve"], "SeeCustomer ModifyCustomer ShowAudit", desk.OnSystem())
	eve := h.by("eve")
	if got := must(h.RecordFields(h.ctx, eve, h.names["acme"]))(t); len(got) != 0 {
		t.Errorf("who may not see fields sees %v", got)
	}
	audit, _, err := h.AuditLog(h.ctx, eve, service.AuditFilter{Limit: 100})
	h.ok(err)
	for _, e := range audit {
		if strings.Contains(e.Before+e.After, "top secret") {
			t.Errorf("the audit log tells: %+v", e)
		}
	}
	h.grant(h.names["eve"], "SeeCustomField ModifyCustomField", desk.OnField(region))
	got := must(h.RecordFields(h.ctx, eve, h.names["acme"]))(t)
	if len(got) != 1 || !got[0].May || got[0].Values[0].Text != "top secret" {
		t.Errorf("who may sees %v", got)
	}
	h.ok(h.SetRecordFields(h.ctx, eve, h.names["acme"], []service.FieldSet{{Field: region}}))
}
