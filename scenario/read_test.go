package scenario_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/scenario"
)

const begin = "format: gatehouse-scenario/1\nscenarios:\n- id: A\n  title: t\n"

// TestReadRefuses: what is not understood is told with its line.
func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ why, text, want string }{
		{"nothing", "", "the file is empty"},
		{"another format", "format: gatehouse-scenario/2\nscenarios: []\n", `f.yaml:1: the format is "gatehouse-scenario/2"`},
		{"no YAML", "format: [", "this is not YAML"},
		{"two documents", begin + "---\nformat: x\n", "second document"},
		{"a key of the file", "format: gatehouse-scenario/1\nscenario: []\n", `f.yaml:2: unknown key "scenario"; there are format, scenarios`},
		{"a key of a scenario", begin + "  stps: []\n", `f.yaml:5: unknown key "stps"`},
		{"a key twice", begin + "  title: u\n", "f.yaml:5: a scenario has the key title twice"},
		{"no id", "format: gatehouse-scenario/1\nscenarios:\n- title: t\n", "f.yaml:3: a scenario needs an id"},
		{"an id twice", begin + "- id: A\n", "f.yaml:5: there is a scenario A already, at line 3"},
		{"a key of the world", begin + "  world: {people: {}}\n", `unknown key "people"`},
		{"a key of a user", begin + "  world: {users: {ann: {mail: x}}}\n", `unknown argument of ann "mail"`},
		{"a ticket without a queue", begin + "  world: {tickets: {t1: {}}}\n", "t1 needs queue"},
		{"a kind of users", begin + "  world: {users: {ann: {kind: boss}}}\n", "kind must be one of the texts agent, contact"},
		{"a grant without a place", begin + "  world: {grants: [{who: user:a, what: x}]}\n", "a grant needs where"},
		{"a bare reference", begin + "  world: {grants: [{who: a, what: x, where: system}]}\n", `who must be a reference such as user:ann, not "a"`},
		{"a kind of reference", begin + "  world: {grants: [{who: usr:a, what: x, where: system}]}\n", `not "usr:a"`},
		{"a system group", begin + "  world: {grants: [{who: system:All, what: x, where: system}]}\n", `not "system:All"`},
		{"a setting", begin + "  settings: {colour: red}\n", `unknown setting "colour"`},
		{"off without quotes is text, no is not", begin + "  settings: {customers_on_tickets: false}\n", "must be one of the texts replace, add, off"},
		{"a flag", begin + "  settings: {company_tickets: maybe}\n", "company_tickets must be true or false"},
		{"a default group", begin + "  settings: {contact_default_groups: [{group: a}]}\n", "a default group needs permission"},
		{"an operation", begin + "  steps:\n  - do: {op: add_membr, group: A}\n", `f.yaml:6: unknown operation "add_membr"; there are add_member, `},
		{"no operation", begin + "  steps:\n  - do: {group: A}\n", "needs the key op"},
		{"an argument of an operation", begin + "  steps:\n  - do: {op: add_member, grp: A, member: user:u}\n", `unknown argument of add_member "grp"`},
		{"both of two", begin + "  steps:\n  - do: {op: add_member, group: A, customer: B, member: user:u}\n", "only one of group, customer"},
		{"an outcome", begin + "  steps:\n  - do: {op: enable, object: user:u, expect: denied}\n", "expect must be one of the texts ok, refused"},
		{"a value of set_setting", begin + "  steps:\n  - do: {op: set_setting, name: company_tickets, value: 3}\n", "company_tickets must be true or false"},
		{"a question", begin + "  steps:\n  - ask: [{q: hasright}]\n", `unknown question "hasright"`},
		{"no answer", begin + "  steps:\n  - ask: [{q: known_right, right: Foo}]\n", "known_right needs expect"},
		{"an answer of another sort", begin + "  steps:\n  - ask: [{q: known_right, right: Foo, expect: [a]}]\n", "known_right is answered by true or false"},
		{"a role on nothing", begin + "  steps:\n  - ask: [{q: member_emails, role: Cc, expect: []}]\n", "takes a role and of together"},
		{"a query with filters", begin + "  steps:\n  - ask: [{q: sees_tickets, who: system, query: x, text: y, expect: []}]\n", "either a query or filters"},
		{"do and ask", begin + "  steps:\n  - {do: {op: enable, object: user:u}, ask: []}\n", "a step has either do or ask"},
		{"a map for a list", begin + "  steps: {}\n", "steps must be a list"},
		{"two faults", begin + "  a: 1\n  b: 2\n", "(and 1 more)"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := scenario.Read("f.yaml", []byte(tt.text))
			if desk.KindOf(err) != desk.Invalid || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want it to say %s", err, tt.want)
			}
		})
	}
}

// TestReadTakesWhatThereIs: every file of scenarios that we have can be read.
func TestReadTakesWhatThereIs(t *testing.T) {
	for _, file := range files(t) {
		list := readFile(t, file)
		if len(list) == 0 {
			t.Errorf("%s holds no scenario", file)
		}
	}
}

func files(t testing.TB) []string {
	t.Helper()
	list, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(list) == 0 {
		t.Fatal("there are no files of scenarios", err)
	}
	return list
}

func readFile(t testing.TB, file string) []scenario.Scenario {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := scenario.Read(file, text)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// FuzzRead: whatever the bytes are, reading them ends without a panic, and
// what is read has an id.
func FuzzRead(f *testing.F) {
	f.Add([]byte(begin + "  steps:\n  - ask: [{q: known_right, right: Foo, expect: true}]\n"))
	f.Add([]byte("format: gatehouse-scenario/1\nscenarios: &a\n- *a\n"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := scenario.Read("f.yaml", text)
		if err != nil && desk.KindOf(err) != desk.Invalid {
			t.Errorf("got %v", err)
		}
		for _, s := range list {
			if s.ID == "" {
				t.Error("a scenario without an id was read")
			}
		}
	})
}
