package condition_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk/condition"
)

var today = time.Date(2026, 3, 14, 15, 9, 0, 0, time.UTC)

// said writes a need as people would.
func said(n condition.Need) string {
	join := func(list []condition.Need, word string) string {
		var parts []string
		for _, part := range list {
			parts = append(parts, said(part))
		}
		return "(" + strings.Join(parts, word) + ")"
	}
	switch {
	case n.Zero():
		return "anything"
	case n.Name != "":
		return fmt.Sprintf("%s %s %v", strings.TrimPrefix(n.Name, "ticket."), n.How, n.Values)
	case n.All != nil:
		return join(n.All, " and ")
	}
	return join(n.One, " or ")
}

// TestNeeds: what a condition asks in any case, and nothing of what it does not.
func TestNeeds(t *testing.T) {
	l := language(t)
	for _, tt := range []struct{ why, text, want string }{
		{"nothing", "", "anything"},
		{"one comparison", `ticket.status == "open"`, `status == [open]`},
		{"the value before the name", `50 <= ticket.priority`, `priority >= [50]`},
		{"all of several", `ticket.queue == "a" && ticket.owner == "" && ticket.priority > 3`, `((queue == [a] and owner == []) and priority > [3])`},
		{"besides what cannot be said", `ticket.subject.contains("x") && ticket.priority > 3`, `priority > [3]`},
		{"or what cannot be said", `ticket.subject.contains("x") || ticket.priority > 3`, `anything`},
		{"one of two", `ticket.status == "new" || ticket.priority > 3`, `(status == [new] or priority > [3])`},
		{"one of some", `ticket.status in ["new", "open"]`, `status == [new open]`},
		{"none of some", `!(ticket.status in ["new", "open"])`, `status != [new open]`},
		{"the contrary", `!(ticket.priority > 3) && ticket.owner != "ann"`, `(priority <= [3] and owner != [ann])`},
		{"the contrary of two", `!(ticket.priority > 3 && ticket.owner == "ann")`, `anything`},
		{"the contrary of what cannot be said and more", `!(ticket.subject.contains("x") && ticket.priority > 3)`, `anything`},
		{"the contrary of that, within another", `ticket.owner == "" && !(ticket.active && !(ticket.status == "new"))`, `owner == []`},
		{"the contrary of the contrary", `!(!(ticket.priority > 3))`, `priority > [3]`},
		{"a length", `ticket.waited > duration("48h")`, `waited > [48h0m0s]`},
		{"a moment from now", `ticket.due < now + duration("24h")`, `due < [2026-03-15 15:09:00 +0000 UTC]`},
		{"a moment", `ticket.created >= timestamp("2026-01-01T00:00:00Z")`, `created >= [2026-01-01 00:00:00 +0000 UTC]`},
		{"a distance", `now - ticket.updated > duration("24h")`, `updated < [2026-03-13 15:09:00 +0000 UTC]`},
		{"a distance of what may not be set", `now - ticket.due > duration("24h")`, `anything`},
		{"two names", `ticket.updated > ticket.created`, `anything`},
		{"what is asked of a list", `ticket.requestors.exists(a, a == "x") && ticket.cc.size() > 1`, `anything`},
		{"a choice between two", `ticket.active ? ticket.priority > 3 : false`, `anything`},
	} {
		c, err := l.Compile(tt.text)
		if err != nil {
			t.Fatal(tt.why, err)
		}
		if got := said(c.Needs(today)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
}

// meets says plainly whether facts meet a need.
func meets(n condition.Need, f condition.Facts) bool {
	holds := func(part condition.Need) bool { return meets(part, f) }
	switch {
	case n.All != nil:
		return !slices.ContainsFunc(n.All, func(part condition.Need) bool { return !meets(part, f) })
	case n.One != nil:
		return slices.ContainsFunc(n.One, holds)
	case n.Name == "":
		return true
	}
	sign := func(value any) int {
		switch is := f[n.Name].(type) {
		case time.Time:
			return is.Compare(value.(time.Time))
		case time.Duration:
			return int(max(-1, min(1, is-value.(time.Duration))))
		case int64:
			return int(max(-1, min(1, is-value.(int64))))
		}
		return strings.Compare(f[n.Name].(string), value.(string))
	}
	is := func(value any) bool { return sign(value) == 0 }
	switch n.How {
	case "==":
		return slices.ContainsFunc(n.Values, is)
	case "!=":
		return !slices.ContainsFunc(n.Values, is)
	}
	s := sign(n.Values[0])
	return s < 0 && n.How[0] == '<' || s > 0 && n.How[0] == '>' || s == 0 && len(n.How) == 2
}

// drawCondition writes a condition of comparisons, some of which fail, joined in
// any way.
func drawCondition(t *rapid.T, deep int) string {
	part := func() string { return drawCondition(t, deep-1) }
	compare := func() string { return rapid.SampledFrom([]string{"==", "!=", "<", "<=", ">", ">="}).Draw(t, "how") }
	kinds := 8
	if deep == 0 {
		kinds = 5
	}
	switch rapid.IntRange(0, kinds).Draw(t, "kind") {
	case 0:
		return fmt.Sprintf("ticket.priority %s %d", compare(), rapid.IntRange(0, 3).Draw(t, "n"))
	case 1:
		return fmt.Sprintf("%d %s ticket.priority", rapid.IntRange(0, 3).Draw(t, "n"), compare())
	case 2:
		return fmt.Sprintf(`ticket.status %s "%s"`, compare(), rapid.SampledFrom([]string{"new", "open"}).Draw(t, "status"))
	case 3:
		return fmt.Sprintf(`%s %s %s`, rapid.SampledFrom([]string{"ticket.due", "now", "ticket.created"}).Draw(t, "left"), compare(),
			rapid.SampledFrom([]string{"now", `now - duration("24h")`, `timestamp("1970-01-01T00:00:00Z")`, "ticket.created"}).Draw(t, "right"))
	case 4:
		return fmt.Sprintf(`%s %s duration("24h")`, rapid.SampledFrom([]string{"ticket.waited", "now - ticket.created", "ticket.created - now", "now - ticket.due"}).Draw(t, "what"),
			rapid.SampledFrom([]string{"==", "<", ">="}).Draw(t, "how"))
	case 5:
		return "1 / ticket.priority > 0" // which fails at zero
	case 6:
		return "!(" + part() + ")"
	case 7:
		return "(" + part() + " || " + part() + ")"
	}
	return "(" + part() + " && " + part() + ")"
}

// TestWhatIsNeededIsNeeded: of facts that do not meet what a condition needs, it
// is false; it neither holds nor fails.
func TestWhatIsNeededIsNeeded(t *testing.T) {
	l := language(t)
	unmet := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := drawCondition(rt, 3)
		c, err := l.Compile(text)
		if err != nil {
			rt.Fatal(text, err)
		}
		f := condition.None()
		f["now"], f["ticket.priority"] = today, rapid.Int64Range(0, 3).Draw(rt, "priority")
		f["ticket.status"] = rapid.SampledFrom([]string{"new", "open", "stalled"}).Draw(rt, "status")
		for _, name := range []string{"ticket.due", "ticket.created"} {
			f[name] = today.Add(time.Duration(rapid.IntRange(-2, 2).Draw(rt, name)) * 24 * time.Hour)
		}
		if rapid.Bool().Draw(rt, "not due") {
			f["ticket.due"] = time.Time{}
		}
		f["ticket.waited"] = time.Duration(rapid.IntRange(0, 2).Draw(rt, "waited")) * 24 * time.Hour
		if meets(c.Needs(today), f) {
			return
		}
		unmet++
		if holds, err := c.Holds(t.Context(), f); holds || err != nil {
			rt.Fatalf("%s needs %s, which is not so of %v, and gives %t, %v", text, said(c.Needs(today)), f, holds, err)
		}
	})
	if unmet == 0 {
		t.Error("nothing was ever needed")
	}
}
