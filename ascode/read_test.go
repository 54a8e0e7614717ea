package ascode_test

import (
	"os"
	"strings"
	"testing"

	"gatehouse/ascode"
	"gatehouse/desk"
)

// small makes a desk with two agents, a contact, a customer and two queues.
func (b *bench) small() *bench {
	svc, done := b.desk()
	b.t.Cleanup(done)
	b.svc = svc
	for _, u := range []desk.User{{Login: "ann", Kind: desk.Agent}, {Login: "ben", Kind: desk.Agent}, {Login: "carl", Kind: desk.Contact}} {
		_, err := svc.CreateUser(b.t.Context(), sys, u)
		b.ok(err)
	}
	_, err := svc.CreateCustomer(b.t.Context(), sys, desk.Customer{Key: "acme"})
	b.ok(err)
	for _, name := range []string{"support", "no"} {
		_, err := svc.CreateQueue(b.t.Context(), sys, desk.Queue{Name: name})
		b.ok(err)
	}
	return b
}

const began = `# Who may do what at our desk.
format: gatehouse-access/1
settings:
  access.modify-acl: held # nobody gives what he has not
groups:
  # the first line
  Support:
    members: [user:ann]
  Night: {description: after eight, members: [user:ben, group:Support]}
queues:
  support:
    access_group: support
    watchers: {AdminCc: [group:Night]}
grants:
# they do the work
- {who: group:Night, what: [SeeQueue, ro], where: queue:support}
- who: system:Contacts
  as: Requestor
  what: rw
  where: group:Support # default
`

func (b *bench) refused(kind desk.Kind, text, want string) {
	b.t.Helper()
	c, err := ascode.Read("a.yaml", []byte(text))
	if err == nil {
		_, err = ascode.Plan(b.t.Context(), b.svc, sys, c)
	}
	if desk.KindOf(err) != kind || !strings.Contains(desk.Sentence(err), want) {
		b.t.Errorf("%s\nis told %v; want %q", text, err, want)
	}
}

// TestWhatIsWrongIsToldWithItsLine: in the file itself, and where it names what
// is not there or cannot be.
func TestWhatIsWrongIsToldWithItsLine(t *testing.T) {
	b := newBench(t).small()
	for text, want := range map[string]string{
		"":                     "a.yaml: the file is empty",
		"a: [":                 "a.yaml: this is not YAML",
		"format: other/1":      `a.yaml:1: the format is "other/1"`,
		"groups: {}":           `a.yaml:1: the format is ""`,
		"- 1":                  "a.yaml:1: ",
		"---\na: 1\n---\nb: 2": "second document",
		"format: gatehouse-access/1\ngroups:\n  A: {memb: 1}": `a.yaml:3: group A has no "memb"; it has description, disabled, members`,
	} {
		b.refused(desk.Invalid, text, want)
	}
	for rest, want := range map[string]string{
		"group: {}":                                        `a.yaml:2: the file has no "group"; it has format, settings, permissions`,
		"groups: []":                                       "a.yaml:2: groups must be a map",
		"groups: {A: {}, a: {}}":                           "a.yaml:2: groups has a twice",
		"groups: {A: {disabled: yes}}":                     "a.yaml:2: disabled must be true or false",
		"groups:\n  A:\n    members: [ann]":                `a.yaml:4: a member must be written as user:NAME`,
		"groups: {A: {members: ['user:ann', 'user:Ann']}}": "is a member twice",
		"groups: {A: {members: [{who: 'user:ann', part: manager}]}}":     `a member has no "part"`,
		"groups: {A: {members: [{who: 'user:ann', from: tomorrow}]}}":    "from must be a day",
		"customers: {acme: {members: [{who: 'user:carl', part: boss}]}}": "part must be manager, member, reader or contact",
		"personal_groups: {mates: {}}":                                   "a personal group is written as OWNER/NAME",
		"permissions: {x: {agents: [Fly]}}":                              `a.yaml:2: there is no right "Fly"; gatehouse access rights lists all`,
		"grants:\n- {who: 'user:ann', what: rw}":                         "a.yaml:3: a grant needs who, what and where",
		"grants:\n- {who: 'user:ann', what: rw, where: desk}":            "where must be written as queue:NAME",
		"grants:\n- {who: 'user:ann', what: [ro, RO], where: system}":    "is granted twice",
		// What is found on the desk:
		"grants:\n- {who: 'user:zoe', what: ro, where: system}":               "a.yaml:3: There is no user:zoe.",
		"grants:\n- {who: 'user:ann', what: fly, where: system}":              "a.yaml:3: There is no right or permission fly.",
		"grants:\n- {who: 'user:ann', what: ro, where: 'queue:sales'}":        "a.yaml:3: There is no queue:sales.",
		"grants:\n- {who: 'user:ann', as: Cook, what: ro, where: system}":     "a.yaml:3: There is no role Cook.",
		"grants:\n- {who: 'user:ann', what: SuperUser, where: 'queue:no'}":    "a.yaml:3: ",
		"grants:\n- {who: 'user:ann', as: Cc, what: SeeGroup, where: system}": "a.yaml:3: ",
		"queues: {sales: {}}":                                               "a.yaml:2: There is no queue:sales.",
		"queues: {support: {access_group: Nobody}}":                         "a.yaml:2: There is no group:Nobody.",
		"queues:\n  no:\n    watchers: {Owner: ['user:ann']}":               "a.yaml:4: The role Owner is filled on tickets only.",
		"roles: {Cc: {}}":                                                   "a.yaml:2: The built-in roles cannot be changed.",
		"roles: {Cook: {queues: [sales]}}":                                  "a.yaml:2: There is no queue:sales.",
		"settings: {access.modify-acl: perhaps}":                            "a.yaml:2: ",
		"settings: {color: red}":                                            `a.yaml:2: There is no setting "color".`,
		"permissions: {all: {agents: [SuperUser]}}":                         "a.yaml:2: ",
		"personal_groups: {zoe/mates: {}}":                                  "a.yaml:2: There is no user:zoe.",
		"groups:\n  A: {members: ['group:B']}\n  B: {members: ['group:A']}": "This would make a circle of groups",
	} {
		kind := desk.Invalid
		if strings.Contains(want, "circle") {
			kind = desk.Conflict
		}
		b.refused(kind, "format: gatehouse-access/1\n"+rest, want)
	}
}

// TestPlanAndApply: the plan names each step and who gains what, and changes
// nothing; applying does what it says; one that is stale is refused.
func TestPlanAndApply(t *testing.T) {
	b := newBench(t).small()
	before := b.export(b.svc)
	want, err := ascode.Read("a.yaml", []byte(began))
	b.ok(err)
	p, err := ascode.Plan(t.Context(), b.svc, sys, want)
	b.ok(err)
	var lines []string
	for _, s := range p.Steps {
		lines = append(lines, s.String())
	}
	got := strings.Join(lines, "\n")
	if plan := `~ setting access.modify-acl: any → held
+ group:Night: "after eight"
+ group:Support
+ group:Night: member group:Support
+ group:Night: member user:ben
+ group:Support: member user:ann
~ queue:support: as usual → guarded by group:support
+ queue:support: AdminCc group:Night
+ grant group:Night: ro on queue:support
+ grant group:Night: SeeQueue on queue:support
+ grant system:Contacts: rw on group:Support as Requestor`; got != strings.Replace(plan, "group:support", "group:Support", 1) && got != plan {
		t.Errorf("the plan is\n%s\nwant\n%s", got, plan)
	}
	if p.Effect.People != 3 {
		t.Errorf("%d people gain something; want ann, ben and carl", p.Effect.People)
	}
	if b.export(b.svc) != before {
		t.Error("the plan changed something")
	}
	_, err = b.svc.CreateGroup(t.Context(), sys, desk.Group{Name: "Late"})
	b.ok(err)
	if _, _, err = ascode.Apply(t.Context(), b.svc, sys, want, p.Version); desk.KindOf(err) != desk.Conflict {
		t.Errorf("the stale plan: %v", err)
	}
	steps, change, err := ascode.Apply(t.Context(), b.svc, sys, want, p.Version+1)
	b.ok(err)
	if change == 0 || len(steps) != len(p.Steps)+1 || !strings.Contains(b.export(b.svc), "Late:\n    disabled: true") {
		t.Errorf("change %d, %v\n%s", change, steps, b.export(b.svc))
	}
	_, err = b.svc.TakeBack(t.Context(), sys, change)
	b.ok(err)
	if text := b.export(b.svc); strings.Contains(text, "who:") || strings.Contains(text, "held") || strings.Contains(text, "watchers: {AdminCc") {
		t.Errorf("taken back it is\n%s", text)
	}
}

// TestOnlyWhoMayMayApply: who may not make one of the changes is refused the
// whole, and who may not read everything gets nothing.
func TestOnlyWhoMayMayApply(t *testing.T) {
	b := newBench(t).small()
	id, err := b.svc.Find(t.Context(), sys, "user:ann")
	b.ok(err)
	ann := desk.Actor{User: desk.UserID(id), Via: desk.ViaCLI}
	if _, err := ascode.Export(t.Context(), b.svc, ann, false); desk.KindOf(err) != desk.Forbidden {
		t.Errorf("she may nothing and gets %v", err)
	}
	for _, r := range []desk.Right{desk.ShowACL, desk.SeeGroup, desk.SeeQueue, desk.AdminUsers, desk.ShowConfigTab, desk.AdminGroup, desk.AdminGroupMembership, desk.ModifyACL} {
		_, err := b.svc.Grant(t.Context(), sys, desk.Grant{Who: id, Right: r, Place: desk.OnSystem()})
		b.ok(err)
	}
	before := b.export(b.svc)
	for _, text := range []string{
		"settings: {access.group-support: off}\ngroups: {New: {members: ['user:ann']}}",
		"groups: {New: {members: ['user:ann']}}\ngrants: [{who: 'group:New', what: SuperUser, where: system}]",
	} {
		want, err := ascode.Read("a.yaml", []byte("format: gatehouse-access/1\n"+text))
		b.ok(err)
		if _, _, err := ascode.Apply(t.Context(), b.svc, ann, want, 0); desk.KindOf(err) != desk.Forbidden {
			t.Errorf("%s\nis told %v", text, err)
		}
	}
	if b.export(b.svc) != before {
		t.Error("a part of it was done")
	}
}

// TestCommentsStay: written into a file, what did not change keeps its order,
// spelling and comments; what changed is changed there.
func TestCommentsStay(t *testing.T) {
	b := newBench(t).small()
	b.apply(b.svc, began)
	into := func() string {
		c, err := ascode.Export(t.Context(), b.svc, sys, false)
		b.ok(err)
		text, err := c.Into("a.yaml", []byte(began))
		b.ok(err)
		return string(text)
	}
	// The library writes quotes and indents of its own.
	squeezed := func(text string) string { return strings.Join(strings.Fields(strings.ReplaceAll(text, "'", "")), " ") }
	want := strings.Replace(strings.Replace(began, "access_group: support", "access_group: Support", 1), "\ngrants:", "\n  no: {}\ngrants:", 1)
	if got := into(); squeezed(got) != squeezed(want) {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
	id, err := b.svc.Find(t.Context(), sys, "group:Night")
	b.ok(err)
	_, err = b.svc.Grant(t.Context(), sys, desk.Grant{Who: id, Right: desk.OwnTicket, Place: desk.OnSystem()})
	b.ok(err)
	b.ok(b.svc.SetSetting(t.Context(), sys, "access.modify-acl", "any"))
	got := into()
	for _, want := range []string{"access.modify-acl: any # nobody", "# the first line", "# they do the work\n", "what: [OwnTicket], where: system", "where: group:Support # default"} {
		if !strings.Contains(got, want) {
			t.Errorf("it has no %q:\n%s", want, got)
		}
	}
	if _, change := b.apply(b.svc, got); change != 0 {
		t.Error("what was written changes something")
	}
}

// TestThePageIsTrue: the example of docs/as-code.md can be applied.
func TestThePageIsTrue(t *testing.T) {
	page, err := os.ReadFile("../docs/as-code.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, found := strings.Cut(string(page), "```yaml\n")
	example, _, closed := strings.Cut(example, "```")
	if !found || !closed {
		t.Fatal("the page has no example")
	}
	b := newBench(t).small()
	if steps, _ := b.apply(b.svc, example); len(steps) < 10 {
		t.Errorf("it does only %v", steps)
	}
	if steps, _ := b.apply(b.svc, example); len(steps) != 0 {
		t.Errorf("applied again it changes %v", steps)
	}
}

// FuzzRead: whatever is in a file, it is read or refused as invalid, and what
// is read can be written and read again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(began))
	f.Add([]byte("format: gatehouse-access/1\ngrants: [&a {who: user:a, what: [ro], where: system}, *a]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ascode.Read("a.yaml", text)
		if err != nil {
			if desk.KindOf(err) != desk.Invalid {
				t.Errorf("it is told %v", err)
			}
			return
		}
		again, err := c.YAML()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ascode.Read("b.yaml", again); err != nil {
			t.Errorf("written as\n%s\nit is told %v", again, err)
		}
	})
}
