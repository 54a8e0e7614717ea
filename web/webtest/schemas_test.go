package webtest_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// writes has a letter come in, and the desk do all that follows.
func (s *troupe) writes(from, to, subject, text string) {
	s.t.Helper()
	raw := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%x@acme.example>\r\n\r\n%s\r\n", from, to, subject, subject+text, text)
	webtest.Must(s.SpoolMail(s.t.Context(), s.Sys, desk.Envelope{From: from, Recipient: to, Via: "smtp"}, []byte(raw)))(s.t)
	post := &in.Processor{Service: s.Service, Log: slog.New(slog.DiscardHandler)}
	for webtest.Must(post.Step(s.t.Context()))(s.t) {
	}
}

// letters tells people of all that happened, and returns the letters that go
// out, by address.
func (s *troupe) letters() map[string]desk.Outgoing {
	s.t.Helper()
	ctx, by := s.t.Context(), desk.System(desk.ViaJob)
	for job := webtest.Must(s.ClaimJob(ctx, by, service.JobNotify))(s.t); job != nil; job = webtest.Must(s.ClaimJob(ctx, by, service.JobNotify))(s.t) {
		s.OK(notify.Handler(s.Service)(ctx, *job))
	}
	sent := map[string]desk.Outgoing{}
	for _, out := range webtest.Must(s.ClaimLetters(ctx, by, 100))(s.t) {
		sent[out.Address] = out
		s.OK(s.LetterSent(ctx, by, out.ID))
	}
	return sent
}

// TestPublicSupportByMailAsEachPerson: a customer writes a letter, the team
// hears of it and answers on the page, he answers by mail, and what is internal
// reaches nobody outside.
func TestPublicSupportByMailAsEachPerson(t *testing.T) {
	s := newTroupe(t)
	s.sits("root")
	s.setsUp("public-support", map[string]string{"queue": "Help", "group": "Team", "address": "help@desk.example"})
	s.writes("carla@acme.example", "help@desk.example", "The kettle leaks", "Since Monday.")
	got := s.letters()
	for _, address := range []string{"tina@desk.example", "theo@desk.example", "carla@acme.example"} {
		if !strings.Contains(got[address].Subject, "The kettle leaks") {
			t.Errorf("%s gets %q", address, got[address].Subject)
		}
	}
	s.sits("tina")
	s.goes("/agent/tickets?view=open")
	s.b.Press(t, "The kettle leaks")
	s.b.Says(t, "Since Monday.", "Carla Cole")
	s.b.Examine(t, "story-mail-ticket")
	s.b.Do(t, chromedp.SetValue("#compose [name=text]", "A new seal is on its way."))
	s.b.Press(t, "Send")
	s.b.Says(t, "A new seal is on its way.")
	id := webtest.Must(s.Tickets(t.Context(), s.By("tina"), service.TicketFilter{}))(t).Lines[0].ID
	webtest.Must(s.Write(t.Context(), s.By("theo"), service.NewMessage{Ticket: id, Kind: desk.Comment, Text: "She is a bore."}))(t)
	got = s.letters()
	answer := got["carla@acme.example"]
	if !strings.Contains(answer.Body, "A new seal is on its way.") || strings.Contains(answer.Body, "bore") || len(got) != 3 {
		t.Errorf("Carla gets %q, of the letters %v", answer.Body, got)
	}
	s.writes("carla@acme.example", answer.ReplyTo, "Re: "+answer.Subject, "Thank you, it fits.")
	s.goes(pageOf(id))
	s.b.Says(t, "Thank you, it fits.", "She is a bore.")
	s.sits("carla")
	s.goes(fmt.Sprintf("/portal/tickets/%d", id))
	s.b.Says(t, "A new seal is on its way.", "Thank you, it fits.")
	s.lacks("bore")
	s.b.Examine(t, "story-mail-customer")
	s.sits("otto")
	s.goes("/portal/?status=all")
	s.lacks("kettle")
	s.sits("hugo")
	s.goes("/agent/tickets?view=all")
	s.lacks("kettle")
}

// TestPortalAsEachPerson: people of a company open tickets in the portal and
// read and answer each other's, as far as their parts and the sharing of a ticket
// go; another company sees nothing of it.
func TestPortalAsEachPerson(t *testing.T) {
	s := newTroupe(t)
	for key, name := range map[string]string{"acme": "Acme Robotics", "globex": "Globex"} {
		s.Customer(key, name)
	}
	for login, name := range map[string]string{"cora": "Cora Cruz", "nia": "Nia Nott"} {
		s.User(name, "acme.example", desk.Contact)
		s.passwords[login] = s.Password(login)
	}
	s.Join("acme", "nia", desk.PartMember)
	s.Join("acme", "carla", desk.PartMember)
	s.Join("acme", "cleo", desk.PartMember)
	s.Join("acme", "cora", desk.PartContact)
	s.Join("globex", "otto", desk.PartManager)
	s.sits("root")
	s.setsUp("portal", map[string]string{"queue": "Shop", "group": "Team"})

	s.sits("carla")
	s.goes("/portal/tickets/new")
	s.b.Says(t, "Everybody of the company: You, Cleo Cray, Nia Nott and the people at the desk.")
	s.b.Do(t, chromedp.SetValue("[name=subject]", "Arm 7 stops"), chromedp.SetValue("[name=text]", "With error E-41."))
	s.b.Press(t, "Send")
	s.b.Says(t, "Arm 7 stops", "Received")
	id := webtest.Must(s.Tickets(t.Context(), s.By("carla"), service.TicketFilter{}))(t).Lines[0].ID
	page := fmt.Sprintf("/portal/tickets/%d", id)

	s.sits("cleo")
	s.goes("/portal/company?status=all")
	s.b.Says(t, "Arm 7 stops")
	s.b.Examine(t, "story-portal-company")
	s.goes(page)
	s.b.Says(t, "With error E-41.")
	s.b.Do(t, chromedp.SetValue("[name=text]", "Mine stops too."))
	s.b.Press(t, "Send reply")
	s.b.Says(t, "Mine stops too.")

	s.sits("tina")
	s.goes("/agent/tickets?view=open")
	s.b.Press(t, "Arm 7 stops")
	s.b.Says(t, "Acme Robotics", "With error E-41.", "Mine stops too.")
	s.b.Examine(t, "story-portal-ticket")
	for _, login := range []string{"otto", "cora"} {
		s.sits(login)
		s.goes("/portal/company?status=all")
		s.lacks("Arm 7")
		s.goes(page)
		s.b.Says(t, "There is no ticket")
		s.lacks("E-41")
	}
	s.sits("hugo")
	s.goes("/agent/tickets?view=all")
	s.lacks("Arm 7")
	s.sits("nia")
	s.goes(page)
	s.b.Says(t, "E-41")
	private := desk.Private
	s.OK(s.ChangeTicket(t.Context(), s.By("tina"), service.TicketChange{Ticket: id, Sharing: &private}))
	for _, login := range []string{"cleo", "nia"} { // neither stands on it
		s.sits(login)
		s.goes(page)
		s.lacks("E-41")
	}
}
