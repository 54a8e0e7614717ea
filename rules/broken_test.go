package rules_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/rules"
	"gatehouse/service"
)

// TestBrokenRules: a rule made wrong on purpose is parked with its reason and the
// ticket that it met; letters, other rules and the ticket go on, and it can be
// run again.
func TestBrokenRules(t *testing.T) {
	long := `[0,1,2,3,4,5,6,7,8,9]`
	for range 7 {
		long = `[0,1,2,3,4,5,6,7,8,9].map(x, ` + long + `)`
	}
	for _, tt := range []struct {
		why  string
		rule service.WrittenRule
		says string
		runs bool // what it broke with is a run that began
	}{
		{"it throws", service.WrittenRule{On: []string{"created"}, If: "1 / ticket.priority > 0", Priority: "1"}, "the condition failed", true},
		{"it runs for ever", service.WrittenRule{On: []string{"created"}, If: "size(" + long + ") > 0", Priority: "1"}, "takes too long", true},
		{"it calls itself", service.WrittenRule{On: []string{"created", "comment"}, Comment: "again"}, "set itself going", true},
		{"it changes what fires it", service.WrittenRule{On: []string{"created", "priority"}, Priority: "+1"}, "set itself going", true},
		{"its queue is gone", service.WrittenRule{On: []string{"created"}, Move: "other"}, "disabled", true},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := open(t)
			tt.rule.Name, tt.rule.Queue = "Broken", "support"
			id := s.rule(tt.rule)
			good := s.rule(service.WrittenRule{Name: "Good", On: []string{"created"}, Place: 9, Due: "1"})
			if tt.rule.Move != "" {
				disabled := true
				q, err := s.FindQueue(t.Context(), mailtest.System(), "other")
				if err != nil {
					t.Fatal(err)
				}
				q.Disabled = disabled
				if err := s.UpdateQueue(t.Context(), mailtest.System(), *q); err != nil {
					t.Fatal(err)
				}
			}
			k := s.ask("Fire")
			line := s.line(id)
			if !strings.Contains(line.Parked.Reason, tt.says) || line.Parked.Ticket != k || line.Waiting != 1 {
				t.Fatalf("got %+v, %d waiting, runs %v", line.Parked, line.Waiting, s.runs(id))
			}
			if got := s.runs(good); len(got) != 1 || !strings.HasPrefix(got[0], "done") {
				t.Errorf("the other rule: %v", got)
			}
			if len(s.letters("carla", "Thank you")) != 1 || len(s.letters("ann", "It burns.")) != 1 {
				t.Error("letters did not go out")
			}
			if _, err := s.Write(t.Context(), s.By("ann"), service.NewMessage{Ticket: k, Kind: desk.Reply, Text: "Coming."}); err != nil {
				t.Errorf("the ticket stands still: %v", err)
			}
			s.mended(id, tt.rule)
		})
	}
}

// mended changes a parked rule to one that works and runs its failed run again.
func (s shop) mended(id desk.RuleID, in service.WrittenRule) {
	s.T.Helper()
	runs, _, err := s.RuleRuns(s.T.Context(), mailtest.System(), service.RunFilter{Rules: []desk.RuleID{id}, State: desk.RunParked})
	if err != nil || len(runs) != 1 || !runs[0].MayAgain {
		s.T.Fatalf("got the runs %v, %v", runs, err)
	}
	in.ID, in.If, in.Comment, in.Move, in.Priority, in.Enabled, in.On = id, "", "", "", "42", true, []string{"created"}
	if _, err := s.SaveRule(s.T.Context(), mailtest.System(), in); err != nil {
		s.T.Fatal(err)
	}
	if err := s.RunAgain(s.T.Context(), mailtest.System(), runs[0].ID); err != nil {
		s.T.Fatal(err)
	}
	s.MustWork()
	if got := s.Show(runs[0].Ticket).Priority; got != 42 || s.line(id).Parked.Reason != "" || s.line(id).Waiting != 0 {
		s.T.Errorf("after it was mended got priority %d, runs %v", got, s.runs(id))
	}
	if err := s.RunAgain(s.T.Context(), mailtest.System(), runs[0].ID); desk.KindOf(err) != desk.Conflict {
		s.T.Errorf("a run that did not fail is made again: %v", err)
	}
}

// TestChainsEnd: rules that set each other going end, whoever they are.
func TestChainsEnd(t *testing.T) {
	s := open(t)
	a := s.rule(service.WrittenRule{Name: "A", On: []string{"created", "priority"}, Due: "1", Status: "open"})
	b := s.rule(service.WrittenRule{Name: "B", On: []string{"plan", "status"}, Priority: "+1"})
	k := s.ask("Fire")
	if s.line(a).Parked.Reason == "" && s.line(b).Parked.Reason == "" {
		t.Errorf("nobody was parked: %v, %v", s.runs(a), s.runs(b))
	}
	if got := s.Show(k).Priority; got > 3 {
		t.Errorf("they went round %d times", got)
	}
}

// TestTooOften: a rule that runs on and on upon one ticket is parked though
// nothing says that it sets itself going.
func TestTooOften(t *testing.T) {
	s := open(t)
	id := s.rule(service.WrittenRule{Name: "R", On: []string{"reply"}, Due: "1"})
	k := s.ask("Fire")
	for range 32 {
		s.write("ann", k, desk.Reply, "x")
	}
	if got := s.line(id); !strings.Contains(got.Parked.Reason, "30 times within an hour") || len(s.runs(id)) != 31 {
		t.Errorf("got %v, %d runs", got.Parked, len(s.runs(id)))
	}
}

// TestOneTicketStandsAgainstIt: where the rule is right and the ticket is not, the
// run waits and the rule goes on.
func TestOneTicketStandsAgainstIt(t *testing.T) {
	s := open(t)
	id := s.rule(service.WrittenRule{Name: "Close", On: []string{"comment"}, Status: "resolved"})
	first, second := s.ask("One"), s.ask("Two")
	if err := s.LinkTickets(t.Context(), mailtest.System(), service.Link{From: first, Type: service.LinkDependsOn, To: second}); err != nil {
		t.Fatal(err)
	}
	s.write("ann", first, desk.Comment, "x")
	s.write("ann", second, desk.Comment, "x")
	if line := s.line(id); line.Parked.Reason != "" || line.Waiting != 1 || s.Show(second).Status != desk.StatusResolved {
		t.Errorf("got %v, %d waiting, %v", line.Parked, line.Waiting, s.runs(id))
	}
}

// TestAJobThatIsTriedAgain does nothing twice.
func TestAJobThatIsTriedAgain(t *testing.T) {
	s := open(t)
	s.rule(service.WrittenRule{Name: "R", On: []string{"created"}, Priority: "+1", Comment: "x"})
	k, err := s.OpenTicket(t.Context(), s.By("carla"), service.NewTicket{Queue: s.Queues["support"], Subject: "Fire"})
	if err != nil {
		t.Fatal(err)
	}
	by := desk.System(desk.ViaJob)
	job, err := s.ClaimJob(t.Context(), by, service.JobRules)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := rules.Handler(s.Service, slog.New(slog.DiscardHandler))(t.Context(), *job); err != nil {
			t.Fatal(err)
		}
	}
	if v := s.Show(k); v.Priority != 1 || len(v.Messages) != 2 {
		t.Errorf("got priority %d and %d messages", v.Priority, len(v.Messages))
	}
}

// TestADeadlineIsTriedAgain: a database that does not answer parks nothing.
func TestADeadlineIsTriedAgain(t *testing.T) {
	s := open(t)
	id := s.rule(service.WrittenRule{Name: "R", On: []string{"created"}, Priority: "1"})
	if _, err := s.OpenTicket(t.Context(), s.By("carla"), service.NewTicket{Queue: s.Queues["support"], Subject: "Fire"}); err != nil {
		t.Fatal(err)
	}
	job, err := s.ClaimJob(t.Context(), desk.System(desk.ViaJob), service.JobRules)
	if err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if err := rules.Handler(s.Service, slog.New(slog.DiscardHandler))(late, *job); err == nil {
		t.Error("it was done after its time")
	}
	if line := s.line(id); line.Parked.Reason != "" || line.Waiting != 0 {
		t.Errorf("got %v", line.Parked)
	}
}

// TestTrust: nobody lets the desk do what he may not do himself.
func TestTrust(t *testing.T) {
	s := open(t)
	s.User("rita", desk.Agent)
	s.Grant(s.Names["rita"], 0, desk.SeeQueue, desk.ShowTicket)
	for _, r := range []desk.Right{desk.ShowScrips, desk.ModifyScrips} {
		if _, err := s.Service.Grant(t.Context(), mailtest.System(), desk.Grant{Who: s.Names["rita"], Right: r, Place: desk.OnQueue(s.Queues["support"])}); err != nil {
			t.Fatal(err)
		}
	}
	for i, tt := range []struct {
		why  string
		in   service.WrittenRule
		says string // empty: it works
	}{
		{"telling people", service.WrittenRule{Queue: "support", On: []string{"reply"}, Notify: []string{"AdminCc"}}, ""},
		{"everywhere", service.WrittenRule{On: []string{"reply"}, Notify: []string{"AdminCc"}}, "ModifyScrips"},
		{"in another queue", service.WrittenRule{Queue: "other", On: []string{"reply"}, Notify: []string{"AdminCc"}}, "ModifyScrips"},
		{"changing tickets", service.WrittenRule{Queue: "support", On: []string{"reply"}, Status: "open"}, "ModifyTicket"},
		{"owning", service.WrittenRule{Queue: "support", On: []string{"reply"}, Owner: "nobody"}, "ReassignTicket"},
		{"priority", service.WrittenRule{Queue: "support", On: []string{"reply"}, Priority: "1"}, "SetPriority"},
		{"looking at comments", service.WrittenRule{Queue: "support", On: []string{"comment"}, Notify: []string{"AdminCc"}}, "ShowTicketComments"},
		{"asking what was written", service.WrittenRule{Queue: "support", On: []string{"reply"}, If: `message.text != ""`, Notify: []string{"AdminCc"}}, "ShowTicketComments"},
		{"commenting", service.WrittenRule{Queue: "support", On: []string{"reply"}, Comment: "x"}, "CommentOnTicket"},
		{"sending it out of the desk", service.WrittenRule{Queue: "support", On: []string{"reply"}, Webhook: "https://x.example"}, "Show"},
		{"opening tickets elsewhere", service.WrittenRule{Queue: "support", On: []string{"reply"}, OpenIn: "other"}, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			tt.in.Name = fmt.Sprint("Rule ", i)
			_, err := s.SaveRule(t.Context(), s.By("rita"), tt.in)
			if tt.says == "" && err != nil || tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

// TestWhatIsWritten: what is wrong with a rule is said by field.
func TestWhatIsWritten(t *testing.T) {
	s := open(t)
	for _, tt := range []struct {
		field, says string
		in          service.WrittenRule
	}{
		{"if", "did you mean ticket.priority?", service.WrittenRule{If: "ticket.priorty > 1"}},
		{"on", "did you mean created?", service.WrittenRule{On: []string{"craeted"}}},
		{"on", "stands alone", service.WrittenRule{On: []string{"waiting", "reply"}}},
		{"on", "Say what must happen", service.WrittenRule{On: []string{}}},
		{"hours", "from 0", service.WrittenRule{On: []string{"waiting"}, Hours: -1}},
		{"notify", "Say what the rule is to do", service.WrittenRule{Priority: ""}},
		{"notify", "There is no role", service.WrittenRule{Notify: []string{"group:Nobody"}}},
		{"queue", "There is no queue", service.WrittenRule{Queue: "nowhere"}},
		{"move", "There is no queue", service.WrittenRule{Move: "nowhere"}},
		{"open", "There is no queue", service.WrittenRule{OpenIn: "nowhere"}},
		{"open_link", "There is no link", service.WrittenRule{OpenIn: "other", OpenLink: "near"}},
		{"status", "cannot set", service.WrittenRule{Status: "deleted"}},
		{"owner", "There is no user", service.WrittenRule{Owner: "nobody here"}},
		{"priority", "number", service.WrittenRule{Priority: "high"}},
		{"due", "number of hours", service.WrittenRule{Due: "soon"}},
		{"watch", "Write a role", service.WrittenRule{Watch: []string{"Cc"}}},
		{"watch", "can be filled", service.WrittenRule{Watch: []string{"Owner ann"}}},
		{"comment", "did you mean ticket.subject?", service.WrittenRule{Comment: "{{ticket.subjct}}"}},
		{"comment", "letters only", service.WrittenRule{Comment: "{{why}}"}},
		{"letter", "tells nobody", service.WrittenRule{Letter: "x", Priority: "1"}},
		{"letter", "did you mean ticket.waited?", service.WrittenRule{Letter: "{{ticket.waitd}}", Notify: []string{"AdminCc"}}},
		{"webhook", "https://", service.WrittenRule{Webhook: "ftp://x"}},
		{"webhook", "nothing at", service.WrittenRule{Webhook: "http://0.0.0.0/"}},
		{"stage", "There is no stage", service.WrittenRule{Stage: "middle"}},
		{"name", "number", service.WrittenRule{Name: "12"}},
	} {
		if tt.in.On == nil {
			tt.in.On = []string{"created"}
		}
		if tt.in.Name == "" {
			tt.in.Name = "R"
		}
		if tt.field != "notify" && tt.in.Priority == "" {
			tt.in.Priority = "1"
		}
		_, err := s.SaveRule(t.Context(), mailtest.System(), tt.in)
		if got := desk.FieldTexts(err)[tt.field]; !strings.Contains(got, tt.says) {
			t.Errorf("%+v: got %v, want %s: %q", tt.in, err, tt.field, tt.says)
		}
	}
}
