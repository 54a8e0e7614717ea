package rules_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// TestBlueprints sets each schema up on an empty desk, twice, as what-if first,
// and takes it back.
func TestBlueprints(t *testing.T) {
	list, err := mailtest.Open(t, "").Blueprints(t.Context(), mailtest.System())
	if err != nil || len(list) != 7 {
		t.Fatalf("got %d, %v", len(list), err)
	}
	for _, b := range list {
		t.Run(b.Name, func(t *testing.T) {
			d := mailtest.Open(t, "")
			root := d.User("root", desk.Agent)
			d.Grant(d.Names["root"], 0, desk.SuperUser)
			by := desk.Actor{User: root, Via: desk.ViaWeb}
			names := map[string]string{"queue": "Help", "address": "help@desk.example", "group": "Team", "managers": "Bosses"}
			apply := func(in *service.Service, by desk.Actor) error {
				_, err := in.ApplyBlueprint(t.Context(), by, b.Name, names)
				return err
			}
			if _, err := d.WhatIf(t.Context(), by, apply); err != nil {
				t.Fatal(err)
			}
			if _, err := d.FindQueue(t.Context(), by, "Help"); desk.KindOf(err) != desk.NotFound {
				t.Fatalf("what-if made something: %v", err)
			}
			change, err := d.ApplyBlueprint(t.Context(), by, b.Name, names)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := d.ApplyBlueprint(t.Context(), by, b.Name, names); err != nil || again != 0 {
				t.Errorf("a second time it changed something: %d, %v", again, err)
			}
			if _, err := d.TakeBack(t.Context(), by, change); err != nil {
				t.Fatal(err)
			}
			grants, _, err := d.Grants(t.Context(), by, service.GrantFilter{})
			if err != nil || len(grants) != 1 {
				t.Errorf("after it was taken back got %d grants, %v", len(grants), err)
			}
			rules, err := d.Rules(t.Context(), by)
			for _, r := range rules {
				if err != nil || r.Enabled {
					t.Errorf("the rule %s goes on, %v", r.Name, err)
				}
			}
		})
	}
}

// TestRulesOfBlueprintsSpeak: rules get their names in the language of who sets
// a blueprint up, or else in the desk's, and are not made a second time in
// another one.
func TestRulesOfBlueprintsSpeak(t *testing.T) {
	for _, tt := range []struct{ first, again, want string }{
		{"de", "en", "Die Leitung erfährt, was wartet|Die Leitung liest jede Antwort"},
		{"en", "de", "managers hear every reply|managers hear of what waits"},
		{"", "de", "managers hear every reply|managers hear of what waits"},
		{"fr", "", "managers hear every reply|managers hear of what waits"},
	} {
		d := mailtest.Open(t, "")
		names := map[string]string{"queue": "100% Help", "group": "Team", "managers": "Bosses", service.AskLanguage: tt.first}
		if _, err := d.ApplyBlueprint(t.Context(), mailtest.System(), "departments", names); err != nil {
			t.Fatal(err)
		}
		names[service.AskLanguage] = tt.again
		if change, err := d.ApplyBlueprint(t.Context(), mailtest.System(), "departments", names); err != nil || change != 0 {
			t.Errorf("%q after %q: change %d, %v", tt.again, tt.first, change, err)
		}
		rules, err := d.Rules(t.Context(), mailtest.System())
		var got []string
		for _, r := range rules {
			name, ours := strings.CutPrefix(r.Name, "100% Help: ")
			if !ours {
				t.Errorf("the rule %q does not begin with its queue", r.Name)
			}
			got = append(got, name)
		}
		if err != nil || strings.Join(got, "|") != tt.want {
			t.Errorf("%q: got %q, %v, want %q", tt.first, got, err, tt.want)
		}
	}
}

// TestEveryRuleOfABlueprintHasItsNames: in each language, each with its queue.
func TestEveryRuleOfABlueprintHasItsNames(t *testing.T) {
	list, err := mailtest.Open(t, "").Blueprints(t.Context(), mailtest.System())
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list {
		english, german := b.RuleNames("en"), b.RuleNames("de")
		for i, name := range german {
			if !strings.HasPrefix(name, "%: ") || !strings.HasPrefix(english[i], "%: ") || name == english[i] {
				t.Errorf("%s: %q in English is %q in German", b.Name, english[i], name)
			}
		}
	}
}

// build sets a schema up on an empty desk.
func build(t *testing.T, name string, names map[string]string) shop {
	t.Helper()
	s := shop{mailtest.Open(t, "")}
	for _, login := range []string{"ann", "bill", "helper", "boss"} {
		s.User(login, desk.Agent)
	}
	s.Customer(desk.Customer{Key: "acme", Name: "Acme"}, "carla", "carlo")
	if _, err := s.ApplyBlueprint(t.Context(), mailtest.System(), name, names); err != nil {
		t.Fatal(err)
	}
	q, err := s.FindQueue(t.Context(), mailtest.System(), names["queue"])
	if err != nil {
		t.Fatal(err)
	}
	s.Queues["support"] = q.ID
	return s
}

// joins makes somebody a member of a group.
func (s shop) joins(login, group string) {
	s.T.Helper()
	id, err := s.Find(s.T.Context(), mailtest.System(), "group:"+group)
	if err == nil {
		err = s.AddMember(s.T.Context(), mailtest.System(), desk.Membership{Group: id, Member: s.Names[login]})
	}
	if err != nil {
		s.T.Fatal(err)
	}
}

// sees reports whether somebody can open the ticket's page.
func (s shop) sees(login string, id desk.TicketID) bool {
	_, err := s.Ticket(s.T.Context(), s.By(login), id)
	return err == nil
}

func TestDepartments(t *testing.T) {
	s := build(t, "departments", map[string]string{"queue": "Sales", "group": "Sales", "managers": "Sales managers"})
	s.joins("ann", "Sales")
	s.joins("boss", "Sales managers")
	k := s.ask("Offer")
	s.Clock.Advance(5 * time.Hour)
	s.write("ann", k, desk.Reply, "Here it is.")
	got := s.letters("boss", "Here it is.")
	if len(got) != 1 || !strings.Contains(got[0], "The customer had waited 5 h.") {
		t.Errorf("the manager got %q", got)
	}
	s.write("carla", k, desk.Reply, "Cheaper?")
	s.Clock.Advance(49 * time.Hour)
	s.MustWork()
	if got := s.letters("boss", "has waited for 2 d 1 h"); len(got) != 1 {
		t.Errorf("of what waits the manager got %q", s.letters("boss", ""))
	}
	page, err := s.Tickets(t.Context(), s.By("boss"), service.TicketFilter{Query: "Waiting < '48 hours ago'"})
	if err != nil || len(page.Lines) != 1 {
		t.Errorf("the list of what waits: %v, %v", page, err)
	}
	if !s.sees("ann", k) || !s.sees("boss", k) || !s.sees("carla", k) || s.sees("carlo", k) || s.sees("bill", k) {
		t.Error("somebody sees too much or too little")
	}
}

func TestMailingList(t *testing.T) {
	s := build(t, "mailing-list", map[string]string{"queue": "Talk", "group": "Talkers"})
	for _, login := range []string{"ann", "bill"} {
		s.joins(login, "Talkers")
	}
	k, err := s.OpenTicket(t.Context(), s.By("ann"), service.NewTicket{Queue: s.Queues["support"], Subject: "Lunch", Text: "Where?"})
	if err != nil {
		t.Fatal(err)
	}
	s.MustWork()
	s.write("bill", k, desk.Reply, "Here.")
	if len(s.letters("bill", "Where?")) != 1 || len(s.letters("ann", "Here.")) != 1 || len(s.letters("bill", "Here.")) != 0 {
		t.Errorf("ann got %q, bill %q", s.letters("ann", ""), s.letters("bill", ""))
	}
	if len(s.letters("boss", "")) != 0 || s.sees("boss", k) {
		t.Error("who is not on the list hears of it")
	}
}

func TestHelpers(t *testing.T) {
	s := build(t, "public-support", map[string]string{"queue": "Support", "group": "Support team"})
	if _, err := s.ApplyBlueprint(t.Context(), mailtest.System(), "helpers", map[string]string{"queue": "Support"}); err != nil {
		t.Fatal(err)
	}
	s.joins("ann", "Support team")
	k, other := s.ask("Fire"), s.ask("Flood")
	if err := s.AddWatcher(t.Context(), s.By("ann"), k, desk.AdminCc, s.Names["helper"]); err != nil {
		t.Fatal(err)
	}
	s.write("ann", k, desk.Comment, "Who knows?")
	s.write("helper", k, desk.Comment, "I do.")
	if len(s.letters("helper", "Who knows?")) != 1 || len(s.letters("ann", "I do.")) != 1 || len(s.letters("carla", "know")) != 0 {
		t.Error("comments did not reach those whom they are for, or others too")
	}
	if s.sees("helper", other) {
		t.Error("the helper sees another ticket")
	}
	if _, err := s.Write(t.Context(), s.By("helper"), service.NewMessage{Ticket: k, Kind: desk.Reply, Text: "x"}); err == nil {
		t.Error("the helper writes to the customer")
	}
}

func TestWatchingAndPortal(t *testing.T) {
	s := build(t, "watching", map[string]string{"queue": "Support", "group": "Watchers"})
	if _, err := s.ApplyBlueprint(t.Context(), mailtest.System(), "portal", map[string]string{"queue": "Support", "group": "Team"}); err != nil {
		t.Fatal(err)
	}
	s.joins("bill", "Watchers")
	s.joins("ann", "Team")
	k := s.ask("Fire")
	if err := s.AddWatcher(t.Context(), s.By("bill"), k, desk.AdminCc, s.Names["bill"]); err != nil {
		t.Fatal(err)
	}
	s.write("ann", k, desk.Comment, "Internal.")
	if len(s.letters("bill", "Internal.")) != 1 || s.sees("helper", k) {
		t.Error("who watches hears nothing, or who does not sees it")
	}
	if !s.sees("carla", k) {
		t.Error("the contact does not see her ticket")
	}
}
