package webtest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// TestDepartmentsAsEachPerson: a contact asks, an agent answers, and the manager
// gets each answer with the time that the contact had waited. What waits for
// longer than two days is told her and stands in her list, until it is answered.
func TestDepartmentsAsEachPerson(t *testing.T) {
	s := newPostRoom(t)
	s.sits("root")
	s.setsUp("departments", map[string]string{"queue": "Sales", "group": "Team", "managers": "Bosses"})
	s.sits("carla")
	s.goes("/portal/tickets/new")
	s.b.Do(t, chromedp.SetValue("[name=subject]", "An offer, please"), chromedp.SetValue("[name=text]", "For ten kettles."))
	s.b.Press(t, "Send")
	page := webtest.Must(s.Tickets(t.Context(), s.By("carla"), service.TicketFilter{}))(t)
	offer := page.Lines[0].ID
	s.reached(s.post(), "An offer, please", "carla tina theo")

	s.Pass(5 * time.Hour)
	s.sits("tina")
	s.writes(offer, desk.Comment, "Ten is few.")
	s.reached(s.post(), "Ten is few.", "theo")
	s.writes(offer, desk.Reply, "Forty a piece.")
	letters := s.post()
	s.reached(letters, "Forty a piece.", "carla theo mia")
	s.reached(letters, "The customer had waited 5 h.", "mia")
	s.reached(letters, fmt.Sprintf("http://desk.example/agent/tickets/%d", offer), "theo mia")

	s.sits("carla")
	s.answers(offer, "Any cheaper?")
	s.reached(s.post(), "Any cheaper?", "tina theo")
	s.waitsTooLong(offer)
	s.answersLate(offer)
}

// waitsTooLong: two days after the contact wrote, and not before, the manager is
// told once and finds the ticket in her list; nobody else is told.
func (s *postRoom) waitsTooLong(offer desk.TicketID) {
	s.t.Helper()
	const list = "/agent/tickets?view=waiting"
	s.Pass(47 * time.Hour)
	if letters := s.post(); len(letters) > 0 {
		s.t.Errorf("before two days are over went out %v", letters)
	}
	s.sits("mia")
	s.goes(list)
	s.b.Says(s.t, "Waiting for 48 hours")
	s.lacks("An offer")
	s.Pass(2 * time.Hour)
	fresh := s.asked("otto", "Sales", "A catalogue, please")
	letters := s.post()
	s.reached(letters, "The customer has waited for 2 d 1 h.", "mia")
	s.reached(letters, "An offer, please", "mia")
	s.reached(s.post(), "has waited", "")

	s.goes("/agent/tickets")
	s.b.Press(s.t, "Waiting for 48 hours")
	s.b.Says(s.t, "An offer, please")
	s.lacks("A catalogue")
	s.b.Examine(s.t, "story-manager-waiting")
	s.b.Press(s.t, "An offer, please")
	s.b.Says(s.t, "For ten kettles.", "Forty a piece.", "Ten is few.", "Any cheaper?")
	s.lacks("Start work", "Resolve")
	s.goes(pageOf(fresh))
	s.b.Says(s.t, "A catalogue, please")
	s.sits("hugo")
	s.goes(list)
	s.lacks("An offer")
	s.goes(pageOf(offer))
	s.b.Says(s.t, "There is no ticket")
}

// answersLate: the manager hands the ticket on and comments, which no contact
// hears of; the answer then tells her how long it took and empties her list.
func (s *postRoom) answersLate(offer desk.TicketID) {
	s.t.Helper()
	s.sits("mia")
	s.goes(pageOf(offer))
	s.b.Do(s.t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-owner-owner").closest("details").open = true; undefined`),
		chromedp.SetValue("#f-owner-owner", fmt.Sprint(s.Who["theo"])))
	s.b.Press(s.t, "Give")
	s.b.Says(s.t, "gave the ticket to Theo Thorn")
	s.b.Examine(s.t, "story-manager-ticket")
	s.writes(offer, desk.Comment, "Theo, today please.")
	s.reached(s.post(), "Theo, today please.", "tina theo")

	s.Pass(time.Hour)
	s.sits("theo")
	s.writes(offer, desk.Reply, "Thirty-five.")
	letters := s.post()
	s.reached(letters, "Thirty-five.", "carla tina mia")
	s.reached(letters, "The customer had waited 2 d 2 h.", "mia")
	s.sits("mia")
	s.goes("/agent/tickets?view=waiting")
	s.lacks("An offer")
	s.sits("carla")
	s.goes(matterOf(offer))
	s.b.Says(s.t, "Thirty-five.")
	s.lacks("Ten is few.", "today please", "Mia", "waited")
	s.sits("otto")
	s.goes(matterOf(offer))
	s.b.Says(s.t, "There is no ticket")
}
