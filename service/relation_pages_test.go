package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/service"
)

// sheet shows the page of one record: a line for each row, its state and where
// what it holds comes from.
func (h *house) sheet(q service.RelationQuery) string {
	h.t.Helper()
	var lines []string
	for {
		page := must(h.RelationPage(h.ctx, h.sys, q))(h.t)
		for _, r := range page.Rows {
			lines = append(lines, rowText(page.Columns, r))
		}
		if q.After = page.Next; q.After == "" {
			return strings.Join(lines, "\n")
		}
	}
}

func rowText(columns []string, r service.RelationRow) string {
	text := r.Name.Text + ": " + r.State
	for i, b := range r.Boxes {
		for _, from := range b.From {
			text += fmt.Sprintf(" | %s by %s of %s", columns[i], from.Permission, from.Who.Text)
		}
	}
	return text
}

func (h *house) of(r service.Relation, name string, right bool) service.RelationQuery {
	return service.RelationQuery{Relation: r, Of: h.names[name], Right: right, Limit: 2}
}

// save saves a row, written as it was and as it shall be.
func (h *house) save(q service.RelationQuery, row, was, now string) (*service.RelationResult, error) {
	return h.SaveRelation(h.ctx, h.sys, q, []service.RelationChange{{Row: h.names[row], Was: was, Now: now}})
}

func TestRelationPages(t *testing.T) {
	h := companies(t)
	must(h.save(h.of(service.CustomerGroups, "acme", false), "a", "", "rw"))(t)
	other := h.of(service.CustomerGroups, "acme", false)
	other.Other = true
	must(h.save(other, "a", "", "ro"))(t)
	must(h.save(h.of(service.ContactGroups, "b", true), "ann", "", "ro"))(t)
	must(h.save(h.of(service.GroupGroups, "crew", false), "a", "", "note"))(t)
	must(h.save(h.of(service.ContactCustomers, "ann", false), "bolt", "", "reader until:2099-12-31"))(t)
	h.ok(h.SetDefaultGroups(h.ctx, h.sys, desk.Contacts, []service.DefaultGroup{{Group: h.groupID("c"), Permission: "ro"}}))
	for _, tt := range []struct {
		why  string
		page service.RelationQuery
		want string
	}{
		{"a contact: her own, her customer's, the default, and none", h.of(service.ContactGroups, "ann", false),
			"a:  | ro by rw of acme | move_into by rw of acme | rw by rw of acme\nb: ro\nc:  | ro by ro of Contacts\ncrew: "},
		{"a group of agents passes on", h.of(service.AgentGroups, "al", false), "a:  | note by note of crew\nb: \nc: \ncrew: "},
		{"the customer's own context", h.of(service.CustomerGroups, "a", true), "acme: rw | ro by rw of acme | move_into by rw of acme\nbolt: \ncore: "},
		{"the context of others", service.RelationQuery{Relation: service.CustomerGroups, Of: h.names["a"], Right: true, Other: true, Only: true}, "acme: ro"},
		{"the customers of a contact, with part and day", h.of(service.ContactCustomers, "ann", false), "acme: member primary\nbolt: reader until:2099-12-31\ncore: "},
		{"and the contacts of a customer", h.of(service.ContactCustomers, "bolt", true), "Ann: reader until:2099-12-31\nBob: member primary\nCid: "},
		{"only what has something", service.RelationQuery{Relation: service.ContactGroups, Of: h.names["ann"], Only: true}, "b: ro"},
		{"found by name", service.RelationQuery{Relation: service.ContactGroups, Of: h.names["ann"], Text: "CR"}, "crew: "},
	} {
		if got := h.sheet(tt.page); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.why, got, tt.want)
		}
	}
}

func TestAStaleRowIsRefusedWithTheDifference(t *testing.T) {
	h := companies(t)
	h.grant(h.names["al"], "AdminGroup", desk.OnSystem())
	q := h.of(service.AgentGroups, "bo", false)
	must(h.SaveRelation(h.ctx, h.by("al"), q, []service.RelationChange{{Row: h.names["a"], Was: "", Now: "ro"}}))(t)
	result, err := h.SaveRelation(h.ctx, h.sys, q, []service.RelationChange{
		{Row: h.names["a"], Was: "", Now: "note"}, {Row: h.names["b"], Was: "", Now: "rw"}})
	if desk.KindOf(err) != desk.Conflict || len(result.Stale) != 1 {
		t.Fatalf("got %+v and %v, want one stale row", result, err)
	}
	if d := result.Stale[0]; d.Row.Text != "a" || d.Was != "" || d.Now != "ro" || d.By.Text != "Al" || d.At.IsZero() {
		t.Errorf("the difference is %+v, want a: from nothing to ro by Al", d)
	}
	if got := h.sheet(h.of(service.AgentGroups, "bo", false)); !strings.HasPrefix(got, "a: ro") || strings.Contains(got, "rw") {
		t.Errorf("something of the refused page was written:\n%s", got)
	}
}

func TestASaveCanBeTakenBack(t *testing.T) {
	h := companies(t)
	q := h.of(service.AgentGroups, "bo", false)
	before := h.sheet(q)
	result := must(h.SaveRelation(h.ctx, h.sys, q, []service.RelationChange{
		{Row: h.names["a"], Was: "", Now: "ro create"}, {Row: h.names["b"], Was: "", Now: ""}}))(t)
	if len(result.Changed) != 1 || result.Changed[0].Now != "ro create" || result.Changed[0].People != 1 {
		t.Fatalf("got %+v, want one changed row that reaches one", result.Changed)
	}
	for _, d := range result.Changed {
		must(h.SaveRelation(h.ctx, h.sys, q, []service.RelationChange{{Row: d.Row.ID, Was: d.Now, Now: d.Was}}))(t)
	}
	if after := h.sheet(q); after != before {
		t.Errorf("after taking it back:\n%s\nwant\n%s", after, before)
	}
}

func TestSavingIsRefused(t *testing.T) {
	h := companies(t)
	h.grant(h.names["al"], "AdminGroup", desk.OnGroup(h.groupID("a")))
	q := service.RelationQuery{Relation: service.AgentGroups, Of: h.names["a"], Right: true}
	for _, tt := range []struct {
		why string
		by  string
		q   service.RelationQuery
		c   service.RelationChange
		k   desk.Kind
	}{
		{"on a group that he does not administer there is no page", "al", service.RelationQuery{Relation: service.AgentGroups, Of: h.names["b"], Right: true},
			service.RelationChange{Row: h.names["bo"], Now: "ro"}, desk.NotFound},
		{"by an agent without rights", "bo", q, service.RelationChange{Row: h.names["bo"], Now: "rw"}, desk.NotFound},
		{"by a contact", "ann", q, service.RelationChange{Row: h.names["ann"], Now: "rw"}, desk.NotFound},
		{"a contact among the agents", "al", q, service.RelationChange{Row: h.names["ann"], Now: "rw"}, desk.NotFound},
		{"a permission that is not there", "al", q, service.RelationChange{Row: h.names["bo"], Now: "everything"}, desk.Invalid},
		{"a part that is not there", "", h.of(service.ContactCustomers, "ann", false), service.RelationChange{Row: h.names["bolt"], Now: "boss"}, desk.Invalid},
		{"a last day before the first", "", h.of(service.ContactCustomers, "ann", false), service.RelationChange{Row: h.names["bolt"], Now: "member from:2026-05-02 until:2026-05-01"}, desk.Invalid},
	} {
		t.Run(tt.why, func(t *testing.T) {
			by := h.sys
			if tt.by != "" {
				by = h.by(tt.by)
			}
			if _, err := h.SaveRelation(h.ctx, by, tt.q, []service.RelationChange{tt.c}); desk.KindOf(err) != tt.k || err == nil {
				t.Errorf("got %v, want kind %d", err, tt.k)
			}
		})
	}
	must(h.SaveRelation(h.ctx, h.by("al"), q, []service.RelationChange{{Row: h.names["bo"], Now: "rw"}}))(t)
}

// TestBothSidesShowTheSame saves rows at random, on either side, and compares
// the pages of all records on the left with those on the right.
func TestBothSidesShowTheSame(t *testing.T) {
	h := companies(t)
	contacts, groups, levels := []string{"ann", "bob", "cid"}, []string{"a", "b", "c"}, []string{"", "ro", "rw", "ro rw", "move_into"}
	state := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		who, on := rapid.SampledFrom(contacts).Draw(t, "who"), rapid.SampledFrom(groups).Draw(t, "on")
		of, row, right := who, on, rapid.Bool().Draw(t, "right")
		if right {
			of, row = on, who
		}
		now := rapid.SampledFrom(levels).Draw(t, "level")
		if _, err := h.save(h.of(service.ContactGroups, of, right), row, state[who+on], now); err != nil {
			t.Fatal(err)
		}
		state[who+on] = now
		for _, who := range contacts {
			for _, on := range groups {
				left := h.sheet(h.of(service.ContactGroups, who, false))
				back := h.sheet(h.of(service.ContactGroups, on, true))
				want := state[who+on]
				if !slices.ContainsFunc(strings.Split(left, "\n"), isRow(on, want)) || !slices.ContainsFunc(strings.Split(back, "\n"), isRow(strings.ToUpper(who[:1])+who[1:], want)) {
					t.Fatalf("%s on %s shall be %q:\n%s\n\n%s", who, on, want, left, back)
				}
			}
		}
	})
}

func isRow(name, state string) func(string) bool {
	return func(line string) bool {
		own, _, _ := strings.Cut(line, " | ")
		return strings.TrimSpace(own) == strings.TrimSpace(name+": "+state)
	}
}
