package webtest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

// watches puts whoever sits there on the open ticket, by the form of its page.
func (s *postRoom) watches(role desk.RoleID) {
	s.t.Helper()
	s.b.Do(s.t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-watch-role").closest("details").open = true; undefined`),
		chromedp.SetValue("#f-watch-role", fmt.Sprint(int(role))))
	s.b.Press(s.t, "Add")
}

// unwatches takes somebody off the open ticket, by the button beside his name.
func (s *postRoom) unwatches(name string) {
	s.t.Helper()
	s.b.Follow(s.t, chromedp.Click(fmt.Sprintf(`button[aria-label="Remove %s"]`, name)))
}

// TestWatchingAsEachPerson: two colleagues put themselves on a ticket. Who is in
// AdminCc reads and gets its comments, who is in Cc its replies alone; who takes
// his leave gets nothing more.
func TestWatchingAsEachPerson(t *testing.T) {
	s := newPostRoom(t)
	s.Join("Readers", "mia", desk.PartNone)
	s.sits("root")
	s.setsUp("public-support", map[string]string{"queue": "Help", "group": "Team"})
	s.setsUp("watching", map[string]string{"queue": "Help", "group": "Readers"})
	fire := s.asked("carla", "Help", "Fire in the cellar")
	s.reached(s.post(), "Fire in the cellar", "carla tina theo")
	s.sits("tina")
	s.writes(fire, desk.Comment, "Is it insured?")
	s.reached(s.post(), "Is it insured?", "theo")

	s.sits("hugo")
	s.goes("/agent/tickets?view=watching")
	s.lacks("Fire in the cellar")
	s.goes(pageOf(fire))
	s.b.Says(t, "Please help.", "Watch this ticket")
	s.lacks("Is it insured?", "Internal comment")
	s.watches(desk.AdminCc)
	s.b.Says(t, "Is it insured?", "Internal comment")
	s.b.Examine(t, "story-watching-admincc")
	s.goes("/agent/tickets?view=watching")
	s.b.Says(t, "Fire in the cellar")

	s.sits("mia")
	s.goes(pageOf(fire))
	s.watches(desk.Cc)
	s.b.Says(t, "Please help.", "Mia Moss")
	s.lacks("Is it insured?", "Internal comment")
	s.b.Examine(t, "story-watching-cc")
	s.reached(s.post(), "Is it insured?", "")
	s.followed(fire)
	s.tookLeave(fire)
}

// followed: what each writes reaches those who may read it, on the page and by
// letter.
func (s *postRoom) followed(fire desk.TicketID) {
	s.t.Helper()
	s.sits("tina")
	s.writes(fire, desk.Comment, "The policy ran out.")
	s.writes(fire, desk.Reply, "We come at once.")
	letters := s.post()
	s.reached(letters, "The policy ran out.", "theo hugo")
	s.reached(letters, "We come at once.", "carla theo hugo mia")
	s.sits("hugo")
	s.writes(fire, desk.Comment, "It was renewed.")
	s.lacks("Start work", "Resolve")
	s.reached(s.post(), "It was renewed.", "tina theo")
	s.sits("mia")
	s.writes(fire, desk.Reply, "I bring the pump.")
	s.lacks("insured", "policy", "renewed")
	s.reached(s.post(), "I bring the pump.", "carla tina theo hugo")
	s.sits("carla")
	s.goes(matterOf(fire))
	s.b.Says(s.t, "We come at once.", "I bring the pump.")
	s.lacks("insured", "policy", "renewed")
	for _, stranger := range []string{"cleo", "otto"} {
		if w := s.Get(stranger, matterOf(fire)); w.Code != 404 {
			s.t.Errorf("%s, whom it does not concern, got the page of the ticket: %d", stranger, w.Code)
		}
	}
}

// tookLeave: both take themselves off again. Each reads what the group may read,
// and gets no letter; nobody took the other off.
func (s *postRoom) tookLeave(fire desk.TicketID) {
	s.t.Helper()
	s.sits("hugo")
	s.goes(pageOf(fire))
	if webtest.Value[bool](s.t, s.b, `!!document.querySelector("button[aria-label='Remove Mia Moss']")`) {
		s.t.Error("one who watches may take another off")
	}
	s.unwatches("Hugo Hall")
	s.b.Says(s.t, "We come at once.", "Watch this ticket")
	s.lacks("insured", "policy", "renewed", "Internal comment")
	s.goes("/agent/tickets?view=watching")
	s.lacks("Fire in the cellar")
	s.sits("tina")
	s.writes(fire, desk.Comment, "Hugo is at lunch.")
	s.writes(fire, desk.Reply, "The fire is out.")
	letters := s.post()
	s.reached(letters, "Hugo is at lunch.", "theo")
	s.reached(letters, "The fire is out.", "carla theo mia")

	s.sits("mia")
	s.goes(pageOf(fire))
	s.unwatches("Mia Moss")
	s.b.Says(s.t, "The fire is out.", "Watch this ticket")
	s.sits("tina")
	s.writes(fire, desk.Reply, "Sleep well.")
	s.reached(s.post(), "Sleep well.", "carla theo")
	s.sits("mia")
	s.goes(pageOf(fire))
	s.watches(desk.Cc)
	s.b.Says(s.t, "Sleep well.")
	s.sits("carla")
	s.answers(fire, "Thank you all.")
	s.reached(s.post(), "Thank you all.", "tina theo mia")
}

// TestAContactWatches: whom the team puts into Cc reads along in the portal,
// stops the mail and has it sent again, without seeing a comment.
func TestAContactWatches(t *testing.T) {
	s := newPostRoom(t)
	for _, name := range []string{"public-support", "watching"} {
		webtest.Must(s.ApplyBlueprint(t.Context(), s.Sys, name, map[string]string{"queue": "Help", "group": "Team"}))(t)
	}
	fire := s.asked("carla", "Help", "Fire in the cellar")
	s.post()
	s.sits("tina")
	s.goes(pageOf(fire))
	s.b.Do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-watch-who").closest("details").open = true; undefined`), chromedp.SetValue("#f-watch-who", "cleo"))
	s.watches(desk.Cc)
	s.b.Says(t, "Cleo Cray")
	reader := s.b
	for _, step := range []struct{ press, says, reply, reaches string }{
		{"", "You get mail because you stand as Cc on it", "We come.", "carla cleo theo"},
		{"Stop mail", "You have stopped the mail about this ticket.", "It is out.", "carla theo"},
		{"Send me mail", "You get mail about this ticket from now on.", "Sleep well.", "carla cleo theo"},
	} {
		s.b = reader
		s.writes(fire, desk.Comment, "Between us: "+step.reply)
		s.reached(s.post(), "Between us: "+step.reply, "theo")
		s.sits("cleo")
		s.goes(matterOf(fire))
		if step.press != "" {
			s.b.Press(t, step.press)
		}
		s.b.Says(t, "Please help.")
		if text := webtest.Value[string](t, s.b, "document.body.innerText"); !strings.Contains(text, step.says) {
			t.Errorf("after %q the page does not say %q:\n%s", step.press, step.says, text)
		}
		s.lacks("Between us")
		s.b = reader
		s.writes(fire, desk.Reply, step.reply)
		s.reached(s.post(), step.reply, step.reaches)
	}
}
