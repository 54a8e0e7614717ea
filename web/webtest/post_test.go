package webtest_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/out"
	"gatehouse/notify"
	"gatehouse/rules"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// A postRoom is a troupe whose desk works: its rules run, and what it writes
// reaches a relay.
type postRoom struct {
	*troupe
	relay  *mailtest.Relay
	runner *jobs.Runner
}

func newPostRoom(t *testing.T) *postRoom {
	t.Helper()
	s := &postRoom{troupe: newTroupe(t), relay: mailtest.StartRelay(t)}
	log := slog.New(slog.DiscardHandler)
	s.runner = jobs.New(log,
		jobs.Handle(s.Service, log, service.StepEvents, map[string]jobs.Handler{service.JobNotify: notify.Handler(s.Service)}),
		jobs.Handle(s.Service, log, service.StepRules, map[string]jobs.Handler{service.JobRules: rules.Handler(s.Service, log)}),
		jobs.Step{Name: "rules by time", Do: rules.Clock(s.Service, log)},
		jobs.Step{Name: "outbox", Do: (&out.Sender{Service: s.Service, Log: log, Relay: out.Relay{Address: s.relay.Address}}).Step})
	return s
}

// post does whatever is due and returns the letters that went out since it was
// asked last: their texts, one after the other, by the login of who got them.
func (s *postRoom) post() map[string]string {
	s.t.Helper()
	s.Pass(time.Second)
	s.OK(s.runner.Drain(s.t.Context()))
	got := map[string]string{}
	for _, sent := range s.relay.Take() {
		login, _, _ := strings.Cut(sent.To, "@")
		got[login] += sent.Letter.Subject + "\n" + sent.Letter.Text + "\n"
	}
	return got
}

// reached compares who got a letter that says something with who ought to, both
// as logins in one line.
func (s *postRoom) reached(letters map[string]string, says, want string) {
	s.t.Helper()
	for login := range s.passwords {
		if got := strings.Contains(letters[login], says); got != strings.Contains(" "+want+" ", " "+login+" ") {
			s.t.Errorf("a letter that says %q reached %s: %v; of %v it is due to %q", says, login, got, letters, want)
		}
	}
}

// writes writes on the ticket's page at the desk: a reply or a comment.
func (s *postRoom) writes(id desk.TicketID, kind desk.MessageKind, text string) {
	s.t.Helper()
	s.goes(pageOf(id))
	if webtest.Value[bool](s.t, s.b, fmt.Sprintf(`!!document.querySelector("label[for=compose-%s]")`, kind)) {
		s.b.Do(s.t, chromedp.Click(fmt.Sprintf("label[for=compose-%s]", kind)))
	}
	s.b.Do(s.t, chromedp.SetValue(fmt.Sprintf("#f-%s-text", kind), text))
	s.b.Follow(s.t, chromedp.Click(fmt.Sprintf(`#compose form[action*="/%s"] button.primary`, kind)))
	s.b.Says(s.t, text)
}

// answers writes on the ticket's page in the portal.
func (s *postRoom) answers(id desk.TicketID, text string) {
	s.t.Helper()
	s.goes(matterOf(id))
	s.b.Do(s.t, chromedp.SetValue("#compose [name=text]", text))
	s.b.Press(s.t, "Send reply")
	s.b.Says(s.t, text)
}

func matterOf(id desk.TicketID) string { return fmt.Sprintf("/portal/tickets/%d", id) }

// TestParkedRuleAsEachPerson: a rule that breaks upon a customer's ticket is shown
// with its reason and the ticket; letters, the other rule and the ticket go on,
// and once it is put right it runs again.
func TestParkedRuleAsEachPerson(t *testing.T) {
	s := newPostRoom(t)
	s.sits("root")
	s.setsUp("public-support", map[string]string{"queue": "Help", "group": "Team"})
	s.goes("/admin/rules/new")
	s.b.Do(t, chromedp.SetValue("#f-name", "Share of the urgent"), chromedp.Click("[name=on][value=created]"),
		chromedp.SetValue("#f-if", "100 / ticket.priority > 0"), chromedp.SetValue("#f-priority", "7"))
	s.b.Press(t, "Save")
	s.b.Says(t, "Share of the urgent is saved.")
	s.OK(func() error {
		_, err := s.SaveRule(t.Context(), s.Sys, service.WrittenRule{Name: "Kettles", Queue: "Help", Stage: "last", On: []string{"created"}, Comment: "Ask for the model.", Enabled: true})
		return err
	}())

	kettle := s.asked("carla", "Help", "The kettle leaks")
	letters := s.post()
	s.reached(letters, "The kettle leaks", "carla tina theo")
	s.sits("root")
	s.goes("/admin/rules")
	s.b.Says(t, "parked", "the condition failed: division by zero", "1 failed", "Runs that failed", "The kettle leaks", "Kettles")
	if n := webtest.Value[int](t, s.b, `document.querySelectorAll(".st.parked, .st.failed").length`); n != 2 {
		t.Errorf("%d marks are red, want those of the rule and of its run", n)
	}
	s.b.Examine(t, "story-rule-parked")
	s.b.Press(t, "Share of the urgent")
	s.b.Says(t, "This rule broke and was taken out", "the condition failed: division by zero", fmt.Sprintf("#%d", kettle))

	s.sits("tina")
	s.goes(pageOf(kettle))
	s.b.Says(t, "Ask for the model.")
	s.lacks("Priority 7")
	s.writes(kettle, desk.Reply, "Which model is it?")
	s.reached(s.post(), "Which model is it?", "carla theo")
	s.asked("otto", "Help", "The lamp is dark")
	s.reached(s.post(), "The lamp is dark", "otto tina theo")
	s.mends(kettle)
}

// mends puts the parked rule right at the desk of the administrator and runs what
// failed again.
func (s *postRoom) mends(met desk.TicketID) {
	s.t.Helper()
	s.sits("root")
	s.goes("/admin/rules")
	s.lacks("Share of the urgent, #2") // what is parked meets nothing more
	s.b.Press(s.t, "Share of the urgent")
	s.b.Do(s.t, chromedp.SetValue("#f-if", "ticket.priority < 7"))
	s.b.Press(s.t, "Save")
	s.b.Says(s.t, "Share of the urgent is saved.")
	s.lacks("This rule broke")
	s.goes("/admin/rules")
	s.lacks("parked")
	s.b.Press(s.t, "Run again")
	s.b.Says(s.t, "It is run again.")
	s.post()
	s.goes("/admin/rules")
	s.b.Says(s.t, "priority 7")
	s.lacks("Share of the urgent, #1", "Runs that failed", "1 failed")
	s.b.Examine(s.t, "story-rule-mended")
	s.goes(pageOf(met))
	s.b.Says(s.t, "Priority 7")
	s.asked("cleo", "Help", "The clock is late")
	s.post()
	s.goes("/agent/tickets?query=Priority+%3D+7")
	s.b.Says(s.t, "The clock is late", "The kettle leaks")
	s.lacks("The lamp is dark")
}
