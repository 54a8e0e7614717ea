package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
)

func TestShippedLifeCycle(t *testing.T) {
	c := desk.ShippedLifeCycle()
	for i, s := range desk.Statuses() {
		if c.States[i].Name != s || c.States[i].Kind.Active() != s.Active() {
			t.Errorf("state %d: got %+v, want %s", i, c.States[i], s)
		}
		for _, to := range desk.Statuses() {
			step := c.Step(s, to)
			if (step == nil) != (s == to) {
				t.Errorf("the step from %s to %s: got %v; any status follows any other one", s, to, step)
			}
			want := desk.ModifyTicket
			if to == desk.StatusDeleted {
				want = desk.DeleteTicket
			}
			if step != nil && step.Asks() != want {
				t.Errorf("the step from %s to %s asks for %s, want %s", s, to, step.Asks(), want)
			}
		}
	}
}

// workshop is a life cycle of a desk's own.
func workshop() *desk.LifeCycle {
	return &desk.LifeCycle{Name: " Workshop ", States: []desk.State{
		{Name: "Handed In", Kind: desk.Initial, Answered: "in work"}, {Name: "in work", Kind: desk.Active},
		{Name: "handed out", Kind: desk.Inactive, Solved: true, Asked: "handed in"}, {Name: "scrapped", Kind: desk.Inactive},
	}, Steps: []desk.Step{
		{From: "handed in", To: "in work", Right: desk.ModifyTicket}, {From: "in work", To: "handed out", Right: desk.OwnTicket, Label: " Hand   out ", Does: desk.StepReply},
	}, Becomes: map[desk.Status]desk.Status{desk.StatusRejected: "scrapped"}}
}

func TestLifeCycleSteps(t *testing.T) {
	c := workshop()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why      string
		from, to desk.Status
		want     desk.Right // zero: there is none
	}{
		{"a step that says nothing asks ModifyTicket", "handed in", "in work", desk.ModifyTicket},
		{"one may ask another right", "in work", "handed out", desk.OwnTicket},
		{"nothing leads back", "in work", "handed in", 0},
		{"every ticket can be deleted", "scrapped", "deleted", desk.DeleteTicket},
		{"and come back to the beginning", "deleted", "handed in", desk.DeleteTicket},
		{"but to nowhere else", "deleted", "handed out", 0},
		{"a status does not follow itself", "in work", "in work", 0},
		{"one of another life cycle follows nothing", "open", "in work", 0},
	} {
		step := c.Step(tt.from, tt.to)
		if step == nil && tt.want != 0 || step != nil && step.Asks() != tt.want {
			t.Errorf("%s: from %s to %s got %+v", tt.why, tt.from, tt.to, step)
		}
	}
	var next []string
	for _, s := range c.From("in work") {
		next = append(next, string(s.To)+" "+s.Label)
	}
	if got := strings.Join(next, "; "); got != "handed out Hand out; deleted " {
		t.Errorf("from in work it goes to %q", got)
	}
}

func TestLifeCycleArrives(t *testing.T) {
	c := workshop()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why  string
		from desk.Status
		kind desk.StatusKind
		want desk.Status
	}{
		{"a status that is known stays", "scrapped", desk.Inactive, "scrapped"},
		{"one that is mapped becomes that", desk.StatusRejected, desk.Inactive, "scrapped"},
		{"another one the first of its kind", desk.StatusNew, desk.Initial, "handed in"},
		{"active ones too", desk.StatusStalled, desk.Active, "in work"},
		{"what is done is solved where something is", desk.StatusResolved, desk.Inactive, "handed out"},
		{"what is deleted stays so", desk.StatusDeleted, desk.Inactive, desk.StatusDeleted},
	} {
		if got := c.Arrives(tt.from, tt.kind); got != tt.want {
			t.Errorf("%s: %s becomes %s, want %s", tt.why, tt.from, got, tt.want)
		}
	}
}

func TestEnter(t *testing.T) {
	c, at := workshop(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	ticket := desk.Ticket{Asked: at}
	c.Enter(&ticket, "handed in", at)
	if !ticket.Active() || !ticket.Started.IsZero() {
		t.Errorf("handed in: got %+v, want it active and not begun", ticket)
	}
	ticket.Answered(true, at.Add(time.Hour), c)
	if ticket.Status != "in work" || ticket.Started != at.Add(time.Hour) || !ticket.Active() {
		t.Errorf("answered: got %+v, want it in work since then", ticket)
	}
	ticket.AskedBy(at.Add(2 * time.Hour))
	c.Enter(&ticket, "handed out", at.Add(3*time.Hour))
	if ticket.Active() || ticket.Resolved != at.Add(3*time.Hour) || !ticket.Asked.IsZero() {
		t.Errorf("handed out: got %+v, want it solved then and nobody waiting", ticket)
	}
	ticket.Answered(false, at.Add(4*time.Hour), c)
	if ticket.Status != "handed in" || !ticket.Resolved.IsZero() || ticket.Started != at.Add(time.Hour) {
		t.Errorf("asked again: got %+v, want it handed in again, and begun when it was", ticket)
	}
	c.Enter(&ticket, "scrapped", at.Add(5*time.Hour))
	if ticket.Active() || !ticket.Resolved.IsZero() {
		t.Errorf("scrapped: got %+v, want it done without being solved", ticket)
	}
}

func TestBadLifeCycles(t *testing.T) {
	for _, tt := range []struct {
		why   string
		spoil func(c *desk.LifeCycle)
		field string
		says  string
	}{
		{"without a name", func(c *desk.LifeCycle) { c.Name = " " }, "name", "name"},
		{"called as the shipped one", func(c *desk.LifeCycle) { c.Name = "Default" }, "name", "ships"},
		{"a status without a name", func(c *desk.LifeCycle) { c.States[1].Name = "" }, "states", "is called by"},
		{"a status that is a pattern", func(c *desk.LifeCycle) { c.States[1].Name = "in_work%" }, "states", "is called by"},
		{"a status twice, in other letters", func(c *desk.LifeCycle) { c.States[3].Name = "In  Work" }, "states", "twice"},
		{"a status of no kind", func(c *desk.LifeCycle) { c.States[1].Kind = "busy" }, "states", "initial, active or inactive"},
		{"open that is done", func(c *desk.LifeCycle) { c.States[3].Name = desk.StatusOpen }, "states", "every life cycle"},
		{"solved while at work", func(c *desk.LifeCycle) { c.States[1].Solved = true }, "states", "inactive"},
		{"nowhere to begin", func(c *desk.LifeCycle) { c.States[0].Kind = desk.Active }, "states", "initial"},
		{"nowhere to end", func(c *desk.LifeCycle) { c.States = c.States[:2]; c.Steps = c.Steps[:1] }, "states", "inactive"},
		{"a reply that leads out", func(c *desk.LifeCycle) { c.States[0].Answered = "open" }, "states", "reply"},
		{"a step from nowhere", func(c *desk.LifeCycle) { c.Steps[0].From = "open" }, "steps", "no step"},
		{"a step twice", func(c *desk.LifeCycle) { c.Steps = append(c.Steps, c.Steps[0]) }, "steps", "twice"},
		{"a right that nobody holds on tickets", func(c *desk.LifeCycle) { c.Steps[0].Right = desk.AdminUsers }, "steps", "AdminUsers"},
		{"a button that is a novel", func(c *desk.LifeCycle) { c.Steps[0].Label = strings.Repeat("x", 41) }, "steps", "button"},
		{"a form that there is not", func(c *desk.LifeCycle) { c.Steps[0].Does = "dance" }, "steps", "dance"},
		{"a dead end at work", func(c *desk.LifeCycle) { c.Steps = c.Steps[:1] }, "steps", "in work"},
		{"a map to nowhere", func(c *desk.LifeCycle) { c.Becomes[desk.StatusNew] = "gone" }, "becomes", "gone"},
		{"an approval granted at work", func(c *desk.LifeCycle) { c.Granted, c.Refused = "in work", "scrapped" }, "approval", "inactive"},
		{"an approval that cannot be refused", func(c *desk.LifeCycle) { c.Granted = "handed out" }, "approval", "two"},
	} {
		c := workshop()
		tt.spoil(c)
		err := c.Check()
		if text := desk.FieldTexts(err)[tt.field]; desk.KindOf(err) != desk.Invalid || !strings.Contains(text, tt.says) {
			t.Errorf("%s: got %v with %q, want %q about %s", tt.why, err, text, tt.says, tt.field)
		}
	}
}

func TestLifeBook(t *testing.T) {
	c := workshop()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	c.ID = 7
	b := desk.LifeBook{Cycles: []desk.LifeCycle{*c}, Queues: map[desk.QueueID]desk.LifeCycleID{3: 7, 2: 7, 5: 99}}
	if b.Of(3).Name != "Workshop" || b.Of(4).Name != "default" || b.Of(5).Name != "default" {
		t.Errorf("queues 3, 4, 5 have %s, %s, %s", b.Of(3).Name, b.Of(4).Name, b.Of(5).Name)
	}
	if got := b.With(7); !slices.Equal(got, []desk.QueueID{2, 3}) {
		t.Errorf("queues with it: got %v", got)
	}
	if b.Kind("handed in") != desk.Initial || b.Kind("open") != desk.Active || b.Kind("nothing") != "" {
		t.Errorf("kinds: got %q, %q, %q", b.Kind("handed in"), b.Kind("open"), b.Kind("nothing"))
	}
	if got := b.Statuses(); len(got) != 10 || got[5] != desk.StatusDeleted || got[6] != "handed in" {
		t.Errorf("statuses: got %v, want the shipped ones and then the others by name", got)
	}
	other := workshop()
	other.Name, other.States[3].Kind = "Other", desk.Active
	other.Steps = append(other.Steps, desk.Step{From: "scrapped", To: "handed out"})
	if err := b.CheckKinds(other); !strings.Contains(desk.FieldTexts(err)["states"], "Workshop") {
		t.Errorf("a status of two kinds: got %v, want the other life cycle named", err)
	}
	other.ID = 7
	if err := b.CheckKinds(other); err != nil {
		t.Errorf("a change of the only life cycle that has it: got %v", err)
	}
}

// Whatever a life cycle is, a ticket that comes from anywhere stands in one of
// its statuses afterwards, and what was to be done is still to be done.
func TestArrivesAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := workshop()
		for i, kind := range rapid.SliceOfN(rapid.SampledFrom(desk.StatusKinds()), 0, 4).Draw(t, "kinds") {
			c.States = append(c.States, desk.State{Name: desk.Status("more" + string(rune('a'+i))), Kind: kind})
			c.Steps = append(c.Steps, desk.Step{From: desk.Status("more" + string(rune('a'+i))), To: "handed out"})
		}
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		kind := rapid.SampledFrom(desk.StatusKinds()).Draw(t, "kind")
		name := rapid.SampledFrom([]desk.Status{"elsewhere", desk.StatusNew, desk.StatusOpen}).Draw(t, "name")
		state := c.State(c.Arrives(name, kind))
		if state == nil || state.Kind.Active() != kind.Active() {
			t.Fatalf("%s of kind %s becomes %+v", name, kind, state)
		}
	})
}
