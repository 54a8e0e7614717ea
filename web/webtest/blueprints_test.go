package webtest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/admin"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// A troupe is a desk with a browser, in front of which its people sit down in
// turn.
type troupe struct {
	*webtest.Desk
	t         testing.TB
	b         *webtest.Browser
	passwords map[string]string
}

// newTroupe has an administrator, two agents of a team, one of another
// department, a manager and three contacts, and nothing set up.
func newTroupe(t *testing.T) *troupe {
	t.Helper()
	d := webtest.NewDesk(t,
		webtest.Area{Templates: agent.Templates, Routes: agent.Routes},
		webtest.Area{Templates: portal.Templates, Routes: portal.Routes},
		webtest.Area{Templates: admin.Templates, Routes: admin.Routes})
	for _, name := range []string{"Root Reed", "Tina Toll", "Theo Thorn", "Hugo Hall", "Mia Moss"} {
		d.User(name, "desk.example", desk.Agent)
	}
	for _, name := range []string{"Carla Cole", "Cleo Cray", "Otto Oak"} {
		d.User(name, "acme.example", desk.Contact)
	}
	d.Give(d.Who["root"], 0, desk.OnSystem(), "SuperUser")
	for _, group := range []string{"Team", "Bosses", "Readers"} {
		d.Group(group)
	}
	d.Join("Team", "tina", desk.PartNone)
	d.Join("Team", "theo", desk.PartNone)
	d.Join("Bosses", "mia", desk.PartNone)
	d.Join("Readers", "hugo", desk.PartNone)
	s := &troupe{Desk: d, t: t, passwords: map[string]string{}}
	for login := range d.Who {
		if strings.ToLower(login) == login {
			s.passwords[login] = d.Password(login)
		}
	}
	return s
}

// sits signs somebody in at a browser of his own.
func (s *troupe) sits(login string) {
	s.t.Helper()
	s.b = webtest.Open(s.t, s.Handler)
	s.goes("/sign-in")
	s.b.Do(s.t, chromedp.SetValue("#f-login", login), chromedp.SetValue("#f-password", s.passwords[login]))
	s.b.Press(s.t, "Sign in")
}

func (s *troupe) goes(path string) {
	s.t.Helper()
	s.b.Go(s.t, path, webtest.Looks()["wide-light"])
}

// lacks reports whatever the open page says and should not.
func (s *troupe) lacks(words ...string) {
	s.t.Helper()
	text := s.b.Text(s.t)
	for _, w := range words {
		if strings.Contains(text, w) {
			s.t.Errorf("the page says %q:\n%s", w, text)
		}
	}
}

// setsUp applies a blueprint on its page, after a look at what it does.
func (s *troupe) setsUp(name string, fields map[string]string) {
	s.t.Helper()
	s.goes("/admin/blueprints/" + name)
	for field, value := range fields {
		s.b.Do(s.t, chromedp.SetValue("#f-"+field, value))
	}
	s.b.Press(s.t, "Set it up")
	s.b.Says(s.t, fields["queue"])
}

// asked opens a ticket as a contact.
func (s *troupe) asked(login, queue, subject string) desk.TicketID {
	s.t.Helper()
	q := webtest.Must(s.FindQueue(s.t.Context(), s.Sys, queue))(s.t)
	return webtest.Must(s.OpenTicket(s.t.Context(), s.By(login), service.NewTicket{Queue: q.ID, Subject: subject, Text: "Please help."}))(s.t)
}

func pageOf(id desk.TicketID) string { return fmt.Sprintf("/agent/tickets/%d", id) }

// TestPublicSupportAsEachPerson: a customer asks in the portal, the team
// answers and resolves by the button, a stranger sees nothing of it.
func TestPublicSupportAsEachPerson(t *testing.T) {
	s := newTroupe(t)
	s.sits("root")
	s.setsUp("public-support", map[string]string{"queue": "Help", "group": "Team"})
	s.sits("carla")
	s.goes("/portal/tickets/new")
	s.b.Do(t, chromedp.SetValue("[name=subject]", "The kettle leaks"), chromedp.SetValue("[name=text]", "Since Monday."))
	s.b.Press(t, "Send")
	s.b.Says(t, "The kettle leaks", "Received")
	s.b.Examine(t, "story-support-asked")
	page := webtest.Must(s.Tickets(t.Context(), s.By("carla"), service.TicketFilter{}))(t)
	id := page.Lines[0].ID

	s.sits("tina")
	s.goes("/agent/tickets?view=open")
	s.b.Says(t, "The kettle leaks")
	s.b.Press(t, "The kettle leaks")
	s.b.Says(t, "Since Monday.", "Start work", "Resolve", "Reject")
	s.b.Examine(t, "story-support-ticket")
	s.b.Press(t, "Start work")
	s.b.Says(t, "set the status from New to Open", "Wait for customer")
	s.b.Press(t, "Resolve")
	s.b.Do(t, chromedp.SetValue("#compose [name=text]", "A new seal is on its way."))
	if got := webtest.Value[string](t, s.b, `document.querySelector("#compose [name=status]").value`); got != "resolved" {
		t.Errorf("the button chose the status %q", got)
	}
	s.b.Examine(t, "story-support-resolve")
	s.b.Press(t, "Send")
	s.b.Says(t, "A new seal is on its way.", "Resolved", "Reopen")

	s.sits("otto")
	s.goes("/portal/?status=all")
	s.lacks("kettle")
	s.sits("carla")
	s.goes(fmt.Sprintf("/portal/tickets/%d", id))
	s.b.Says(t, "A new seal is on its way.", "Done")
	s.sits("hugo")
	s.goes("/agent/tickets?view=all")
	s.lacks("kettle")
}

// TestHelpersAsEachPerson: a colleague of another department sees the one
// ticket to which he was called, with its comments, and nothing else.
func TestHelpersAsEachPerson(t *testing.T) {
	s := newTroupe(t)
	s.sits("root")
	s.setsUp("public-support", map[string]string{"queue": "Help", "group": "Team"})
	s.setsUp("helpers", map[string]string{"queue": "Help"})
	fire, flood := s.asked("carla", "Help", "Fire in the cellar"), s.asked("otto", "Help", "Flood in the attic")
	s.OK(s.AddWatcher(t.Context(), s.By("tina"), fire, desk.AdminCc, s.Who["hugo"]))
	webtest.Must(s.Write(t.Context(), s.By("tina"), service.NewMessage{Ticket: fire, Kind: desk.Comment, Text: "Is it insured?"}))(t)
	s.sits("hugo")
	s.goes("/agent/tickets?view=open")
	s.b.Says(t, "Fire in the cellar")
	s.lacks("Flood")
	s.goes(pageOf(fire))
	s.b.Says(t, "Is it insured?", "Internal comment")
	s.lacks("Start work", "Resolve", "Flood")
	s.b.Examine(t, "story-helper")
	s.b.Do(t, chromedp.SetValue("#compose [name=text]", "It is."))
	s.b.Follow(t, chromedp.Click("#compose button.primary"))
	s.b.Says(t, "It is.")
	s.goes(pageOf(flood))
	s.b.Says(t, "There is no ticket")
	s.sits("carla")
	s.goes(fmt.Sprintf("/portal/tickets/%d", fire))
	s.lacks("insured", "It is.")
}

// TestMailingListAsEachPerson: each of the list opens and answers, nobody else
// sees that there is one.
func TestMailingListAsEachPerson(t *testing.T) {
	s := newTroupe(t)
	s.sits("root")
	s.setsUp("mailing-list", map[string]string{"queue": "Talk", "group": "Team"})
	lunch := s.asked("tina", "Talk", "Where is lunch?")
	s.sits("theo")
	s.goes(pageOf(lunch))
	s.b.Says(t, "Where is lunch?")
	s.b.Do(t, chromedp.SetValue("#compose [name=text]", "By the lake."))
	s.b.Follow(t, chromedp.Click("#compose button.primary"))
	s.b.Says(t, "By the lake.")
	s.b.Examine(t, "story-list")
	s.sits("hugo")
	s.goes("/agent/tickets?view=all")
	s.lacks("lunch", "Talk")
	s.goes(pageOf(lunch))
	s.b.Says(t, "There is no ticket")
	s.goes("/agent/tickets/new")
	s.lacks("Talk")
}
