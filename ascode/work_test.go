package ascode_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/ascode"
	"gatehouse/desk"
	"gatehouse/service"
)

// furnished is a fresh desk with what files of work name: the queues support and
// sales, the customer acme, the group team.
func furnished(b *bench) (*service.Service, func()) {
	svc, end := b.desk()
	ctx := b.t.Context()
	for _, name := range []string{"support", "sales"} {
		_, err := svc.CreateQueue(ctx, sys, desk.Queue{Name: name})
		b.ok(err)
	}
	_, err := svc.CreateCustomer(ctx, sys, desk.Customer{Key: "acme", Name: "Acme"})
	b.ok(err)
	_, err = svc.CreateGroup(ctx, sys, desk.Group{Name: "team"})
	b.ok(err)
	for _, name := range []string{"Serial", "Cost"} {
		_, err = svc.CreateField(ctx, sys, desk.Field{Of: desk.OfTickets, Name: name, Kind: desk.TextField, Everywhere: true})
		b.ok(err)
	}
	return svc, end
}

const wholeWork = `format: gatehouse-work/1
calendars:
  - name: Office
    zone: Europe/Berlin
    hours: mon-fri 08:00-12:00, 13:00-17:00
    holidays:
      - 12-25 Christmas
agreements:
  - name: Gold
    calendar: Office
    first_response: 4h
    warn: 80
    pauses:
      - waiting for parts
    holds:
      - queue: support
        customer: acme
        priority: 50
without_clocks:
  - queue: sales
life_cycles:
  - name: Repairs
    statuses:
      - name: handed in
        kind: initial
      - name: waiting for parts
        kind: active
      - name: handed out
        kind: inactive
        solved: true
      - name: deleted
        kind: inactive
    steps:
      - from: handed in
        to: waiting for parts
        label: Order
      - from: waiting for parts
        to: handed out
        right: OwnTicket
    queues:
      - support
rules:
  - name: Fire
    queue: support
    when:
      - created
    if: ticket.subject.contains("fire")
    status: waiting for parts
    priority: "90"
    notify:
      - AdminCc
      - group:team
  - name: Ring
    disabled: true
    stage: last
    place: 3
    when:
      - reply
    webhook: https://hooks.example/ring
templates:
  - letter: reply
    queue: support
    language: de
    text: |
      Hallo, {{message.text}}
forms:
  - queue: sales
    closed: true
  - queue: support
    required:
      - Cost
      - Serial
    intro: |-
      Which machine?

      Its number is on its back.
  - queue: support
    customer: acme
    left_out:
      - Cost
`

func readWork(b *bench, text string) *ascode.Work {
	b.t.Helper()
	w, err := ascode.ReadWork("work.yaml", []byte(text))
	b.ok(err)
	return w
}

func exported(b *bench, svc *service.Service) string {
	b.t.Helper()
	w, err := ascode.ExportWork(b.t.Context(), svc, sys)
	b.ok(err)
	text, err := w.YAML()
	b.ok(err)
	return string(text)
}

func applied(b *bench, svc *service.Service, text string) string {
	b.t.Helper()
	planned, err := ascode.PlanWork(b.t.Context(), svc, sys, readWork(b, text))
	b.ok(err)
	steps, err := ascode.ApplyWork(b.t.Context(), svc, sys, readWork(b, text))
	b.ok(err)
	if fmt.Sprint(planned) != fmt.Sprint(steps) {
		b.t.Errorf("planned was\n%v\nmade was\n%v", planned, steps)
	}
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = s.String()
	}
	return strings.Join(lines, "\n")
}

// TestWorkGoesThroughItsFile: a file makes a desk that is written as just this
// file, changes nothing the second time, and makes a second desk the same.
func TestWorkGoesThroughItsFile(t *testing.T) {
	b := newBench(t)
	one, endOne := furnished(b)
	defer endOne()
	two, endTwo := furnished(b)
	defer endTwo()
	if steps := strings.Split(applied(b, one, wholeWork), "\n"); len(steps) != 10 || !strings.HasPrefix(steps[0], "+ life cycle Repairs: statuses name handed in kind initial") {
		t.Errorf("an empty desk gets %q", steps)
	}
	if got := exported(b, one); got != wholeWork {
		t.Errorf("it came back as\n%s", got)
	}
	if again := applied(b, one, wholeWork); again != "" {
		t.Errorf("the second time: %s", again)
	}
	applied(b, two, exported(b, one))
	if a, b := exported(b, one), exported(b, two); a != b {
		t.Errorf("the second desk has\n%s\nthe first\n%s", b, a)
	}
}

// TestWorkInWords: a plan says in words what it changes; what a section does not
// name goes, rules are switched off, and sections that are not there stay.
func TestWorkInWords(t *testing.T) {
	const head = "format: gatehouse-work/1\n"
	for _, tt := range []struct{ why, text, want string }{
		{"nothing but the format", head, ""},
		{"a new name", head + "rules:\n- {name: fire, queue: support, when: [created], priority: '90', if: 'ticket.subject.contains(\"fire\")', status: waiting for parts, notify: [AdminCc, 'group:team']}\n", "~ rule fire: name Fire becomes fire"},
		{"no rules", head + "rules: []\n", "- rule Fire is switched off"},
		{"another rule", head + "rules:\n- {name: Fire, queue: support, when: [created, reply], priority: '95', comment: Hot}\n",
			"~ rule Fire: when created becomes created, reply; priority 90 becomes 95; comment becomes Hot; if ticket.subject.contains(\"fire\") goes; status waiting for parts goes; notify AdminCc, group:team goes"},
		{"other hours", head + "calendars:\n- {name: Office, zone: Europe/Berlin, hours: mon-thu 9-17, holidays: [12-25 Christmas]}\n", "~ calendar Office: hours mon-fri 08:00-12:00, 13:00-17:00 becomes mon-thu 09:00-17:00"},
		{"no clocks at all", head + "calendars: []\nagreements: []\nwithout_clocks: []\n", "- calendar Office\n- agreement Gold\n~ tickets without clocks: holds queue sales becomes "},
		{"no life cycle", head + "life_cycles: []\nrules: []\nagreements: []\n", "- life cycle Repairs\n- agreement Gold\n- rule Fire is switched off"},
		{"another letter", head + "templates:\n- {letter: reply, queue: support, language: de, text: Guten Tag}\n", "~ template reply in de of queue support: text Hallo, {{message.text}} becomes Guten Tag"},
		{"another form", head + "forms:\n- {queue: Support, required: [serial]}\n- {queue: sales, customer: acme, intro: 'Hello '}\n",
			"~ form support: required Cost, Serial becomes Serial; intro Which machine? Its number is on its back. goes\n+ form sales for customer acme: queue sales; customer acme; intro Hello\n- form sales\n- form support for customer acme"},
		{"no form", head + "forms: []\n", "- form sales\n- form support\n- form support for customer acme"},
		{"no letter", head + "templates: []\n", "- template reply in de of queue support"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			b := newBench(t)
			svc, end := furnished(b)
			defer end()
			applied(b, svc, wholeWork)
			if got := applied(b, svc, tt.text); strings.TrimSpace(got) != strings.TrimSpace(tt.want) {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if again := applied(b, svc, tt.text); again != "" {
				t.Errorf("the second time: %s", again)
			}
		})
	}
}

// TestWorkThatCannotBe: it is refused whole, and says what of the file is wrong.
func TestWorkThatCannotBe(t *testing.T) {
	b := newBench(t)
	svc, end := furnished(b)
	defer end()
	before := exported(b, svc)
	const head = "format: gatehouse-work/1\n"
	for _, tt := range []struct{ text, says string }{
		{"", "work.yaml: the file is empty"},
		{"format: gatehouse-access/1\n", "work.yaml:1: the file begins with \"format: gatehouse-work/1\""},
		{head + "rulez: []\n", "work.yaml:2: field rulez not found"},
		{head + "rules:\n- {name: A, when: created}\n", "work.yaml:3: cannot unmarshal"},
		{head + "rules:\n- {name: A\n  when\n", "work.yaml:"},
		{head + "rules:\n- {name: A, when: [created]}\n- {name: a, when: [created]}\n", "work.yaml:4: the rule a stands there twice"},
		{head + "calendars:\n- {hours: mon 9-10}\n", "work.yaml:3: there is a calendar without a name"},
		{head + "calendars:\n- {name: Good, hours: mon 9-10}\nrules:\n- name: A\n  when: [created]\n  comment: x\n  if: ticket.subjct == ''\n", "work.yaml:8: rule A: if: "},
		{head + "rules:\n- name: A\n  queue: nowhere\n  when: [created]\n  comment: x\n", "work.yaml:4: rule A: "},
		{head + "rules:\n- name: A\n  when:\n  - created\n  - creatd\n  comment: x\n", "work.yaml:4: rule A: on: There is nothing called creatd"},
		{head + "rules:\n- name: A\n  when: [daily]\n  at: 25:00\n  comment: x\n", "work.yaml:5: rule A: at: "},
		{head + "rules:\n- name: A\n  when: [created]\n  comment: x\n- name: B\n  when: [created]\n", "work.yaml:6: rule B: "},
		{head + "calendars:\n- name: Bad\n  hours: someday\n", "work.yaml:"},
		{head + "agreements:\n- name: Bad\n  update: 1h\n  calendar: None\n", "work.yaml:5: agreement Bad: There is no calendar None"},
		{head + "agreements:\n- {name: Bad, update: soon}\n", "work.yaml:3: agreement Bad: "},
		{head + "agreements:\n- name: Bad\n  update: 1h\n  holds:\n  - queue: support\n  - customer: hooli\n", "work.yaml:"},
		{head + "without_clocks:\n- queue: support\n- queue: nowhere\n", "work.yaml:4: tickets without clocks: There is no queue nowhere"},
		{head + "life_cycles:\n- name: Bad\n  statuses: []\n  steps: []\n", "work.yaml:4: life cycle Bad: "},
		{head + "templates:\n- letter: reply\n  language: en\n  text: '{{ticket.colour}}'\n", "work.yaml:5: template reply in en: "},
		{head + "templates:\n- {letter: dance, language: en, text: x}\n", "work.yaml:3: template dance in en: "},
		{head + "forms:\n- {queue: nowhere, closed: true}\n", "work.yaml:3: form nowhere: There is no queue nowhere."},
		{head + "forms:\n- {queue: support, required: [Colour]}\n", "work.yaml:3: form support: There is no custom field Colour of tickets."},
		{head + "forms:\n- {queue: support, customer: hooli, closed: true}\n", "work.yaml:3: form support for customer hooli: "},
		{head + "forms:\n- {queue: support}\n", "work.yaml:3: form support: The form says nothing; leave it out."},
		{head + "forms:\n- {queue: support, closed: true}\n- {queue: SUPPORT, intro: x}\n", "work.yaml:4: the form SUPPORT stands there twice"},
		{head + "forms:\n- {closed: true}\n", "work.yaml:3: there is a form without a name"},
		{head + strings.Repeat("# long\n", 700000), "at most 4 MB"},
	} {
		w, err := ascode.ReadWork("work.yaml", []byte(tt.text))
		if err == nil {
			_, err = ascode.ApplyWork(t.Context(), svc, sys, w)
		}
		if err == nil || !strings.Contains(desk.Sentence(err), tt.says) || !strings.HasPrefix(desk.Sentence(err), "work.yaml:") {
			t.Errorf("%.90q: got %v, want %q", tt.text, err, tt.says)
		}
		if after := exported(b, svc); after != before {
			t.Fatalf("%.90q left\n%s", tt.text, after)
		}
	}
}

// TestAgreementsChangePlaces: what one agreement held for, another can hold for in
// the same file, or none.
func TestAgreementsChangePlaces(t *testing.T) {
	b := newBench(t)
	svc, end := furnished(b)
	defer end()
	for _, text := range []string{
		"agreements: [{name: Gold, update: 1h, holds: [{queue: sales}]}, {name: Iron, update: 3h, holds: [{queue: support}]}]\nwithout_clocks: [{customer: acme}]\n",
		"agreements: [{name: Gold, update: 1h, holds: [{queue: support}]}, {name: Iron, update: 3h, holds: [{queue: sales}]}]\nwithout_clocks: [{customer: acme}]\n",
		"agreements: [{name: Lead, update: 1h, holds: [{customer: acme}]}]\nwithout_clocks: [{queue: sales}, {queue: support}]\n",
		"agreements: []\nwithout_clocks: [{customer: acme}]\n",
	} {
		applied(b, svc, "format: gatehouse-work/1\n"+text)
		if again := applied(b, svc, "format: gatehouse-work/1\n"+text); again != "" {
			t.Errorf("%s is not there; the second time: %s", text, again)
		}
	}
}

// TestWorkOfHiddenQueues: who may not see a queue that is named gets no file in
// which what was for this queue is for all of them, and cannot make the desk so.
func TestWorkOfHiddenQueues(t *testing.T) {
	b := newBench(t)
	svc, end := furnished(b)
	defer end()
	ctx := t.Context()
	id, err := svc.CreateUser(ctx, sys, desk.User{Login: "ada", Kind: desk.Agent})
	b.ok(err)
	for _, r := range []desk.Right{desk.ShowConfigTab, desk.AdminSettings} {
		_, err := svc.Grant(ctx, sys, desk.Grant{Who: desk.PrincipalID(id), Right: r, Place: desk.OnSystem()})
		b.ok(err)
	}
	ada := desk.Actor{User: id}
	for _, tt := range []struct{ why, text string }{
		{"an agreement", "agreements:\n- {name: Gold, update: 1h, holds: [{queue: sales}]}\n"},
		{"where no clock runs", "agreements: []\nwithout_clocks: [{queue: sales}]\n"},
		{"a life cycle", "without_clocks: []\nlife_cycles:\n- {name: Short, statuses: [{name: new, kind: initial}, {name: done, kind: inactive, solved: true}, {name: deleted, kind: inactive}], steps: [{from: new, to: done}], queues: [sales]}\n"},
	} {
		applied(b, svc, "format: gatehouse-work/1\n"+tt.text)
		before := exported(b, svc)
		w, err := ascode.ExportWork(ctx, svc, ada)
		if desk.KindOf(err) != desk.Forbidden {
			t.Errorf("%s: she gets %+v, %v", tt.why, w, err)
		}
		if _, err := ascode.ApplyWork(ctx, svc, ada, readWork(b, "format: gatehouse-work/1\nagreements: [{name: Gold, update: 2h, holds: [{}]}]\n")); desk.KindOf(err) != desk.Forbidden {
			t.Errorf("%s: she changes it: %v", tt.why, err)
		}
		if after := exported(b, svc); after != before || strings.Contains(fmt.Sprint(err), "sales") {
			t.Errorf("%s: after %v the desk is\n%s", tt.why, err, after)
		}
	}
}

// TestWorkTellsNoSecrets: the secret of a webhook is in no file, and a file that
// changes its rule makes no new one.
func TestWorkTellsNoSecrets(t *testing.T) {
	b := newBench(t)
	svc, end := furnished(b)
	defer end()
	_, secret, err := svc.SaveRuleTold(t.Context(), sys, service.WrittenRule{Name: "Ring", Enabled: true, On: []string{"reply"}, Webhook: "https://hooks.example/ring"})
	b.ok(err)
	if text := exported(b, svc); len(secret) < 20 || strings.Contains(text, secret) || !strings.Contains(text, "hooks.example/ring") {
		t.Errorf("the secret is %q, the file\n%s", secret, text)
	}
	for _, s := range strings.Split(applied(b, svc, strings.Replace(wholeWork, "place: 3", "place: 4", 1)), "\n") {
		if strings.Contains(s, secret) {
			t.Errorf("a step tells the secret: %s", s)
		}
	}
}

// drawWork is a file of some rules, calendars and agreements.
func drawWork(rt *rapid.T) string {
	var text strings.Builder
	text.WriteString("format: gatehouse-work/1\n")
	section := func(name string, of func(n int) string) {
		if n := rapid.IntRange(-1, 3).Draw(rt, name); n >= 0 {
			text.WriteString(name + ":" + map[bool]string{true: " []"}[n == 0] + "\n")
			for i := range n {
				text.WriteString("- " + of(i) + "\n")
			}
		}
	}
	pick := func(what string, from ...string) string { return rapid.SampledFrom(from).Draw(rt, what) }
	section("calendars", func(n int) string {
		return fmt.Sprintf("{name: Calendar %d, zone: '%s', hours: '%s'}", n, pick("zone", "", "Europe/Berlin", "UTC"), pick("hours", "mon 9-10", "mon-fri 08:00-17:00", "sat-sun 10:30-12"))
	})
	section("agreements", func(n int) string {
		return fmt.Sprintf("{name: Agreement %d, %s: %s, warn: %s, holds: [{queue: %s, priority: %d}]}", n, pick("kind", "first_response", "update", "resolution"),
			pick("length", "1h", "90m", "1h30m", "48h"), pick("warn", "0", "75"), pick("queue", "support", "sales"), n)
	})
	section("rules", func(n int) string {
		return fmt.Sprintf("{name: Rule %d, disabled: %s, queue: '%s', stage: '%s', place: %s, when: [%s], %s}", n, pick("off", "true", "false"), pick("where", "", "support", "sales"),
			pick("stage", "", "first", "normal", "last"), pick("place", "0", "-3", "7"), pick("on", "created", "reply, comment", "status"),
			pick("does", "priority: '+10'", "comment: \"a\\n- b: 'c' # d\"", "notify: [AdminCc, 'customer:acme'], push: true", "{due: '4', owner: nobody}", "notify: [Owner], letter: '{{ticket.subject}} '", "watch: ['Cc group:team']"))
	})
	section("forms", func(n int) string {
		return fmt.Sprintf("{queue: %s, %s, closed: %s, intro: %s, required: [%s]}", []string{"support", "sales", "support"}[n], []string{"customer: ''", "customer: acme", "customer: ACME"}[n],
			pick("closed", "true", "false"), pick("intro", "Hello", "\"a\\n\\n- b: 'c' # d \"", "' Ü '"), pick("required", "", "serial", "Serial, COST"))
	})
	return strings.NewReplacer("{due: '4', owner: nobody}", "due: '4', owner: nobody").Replace(text.String())
}

// TestWorkRoundTrips: whatever a desk has, after another file the sections of
// that file are as it says, and what is written of the desk changes nothing on
// it and makes an empty desk its equal.
func TestWorkRoundTrips(t *testing.T) {
	b := newBench(t)
	rapid.Check(t, func(rt *rapid.T) {
		svc, end := furnished(b)
		defer end()
		for range 2 {
			applied(b, svc, drawWork(rt))
		}
		text := exported(b, svc)
		if steps := applied(b, svc, text); steps != "" {
			rt.Fatalf("its own file changes\n%s\nof\n%s", steps, text)
		}
		other, endOther := furnished(b)
		defer endOther()
		applied(b, other, text)
		if got := exported(b, other); got != text {
			rt.Fatalf("another desk has\n%s\nwant\n%s", got, text)
		}
	})
}

// FuzzReadWork: whatever a file holds, it is told and does not throw.
func FuzzReadWork(f *testing.F) {
	f.Add([]byte(wholeWork))
	f.Add([]byte("format: gatehouse-work/1\nrules: [{name: a}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := ascode.ReadWork("f", data)
		if err != nil {
			return
		}
		text, err := w.YAML()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ascode.ReadWork("f", text)
		if err != nil {
			t.Fatalf("%v of its own\n%s", err, text)
		}
		if again, err := back.YAML(); err != nil || !slices.Equal(again, text) {
			t.Fatalf("%v: it became\n%s\nwas\n%s", err, again, text)
		}
	})
}
