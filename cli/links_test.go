package cli

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// TestLettersLeadToTheTicket follows the link of each letter about a new
// ticket, as the person to whom it went.
func TestLettersLeadToTheTicket(t *testing.T) {
	d := webtest.NewDesk(t, webtest.Area{Templates: agent.Templates, Routes: agent.Routes},
		webtest.Area{Templates: portal.Templates, Routes: portal.Routes})
	d.User("Ann Archer", "desk.example", desk.Agent)
	d.User("Bob Baker", "acme.example", desk.Contact)
	q := d.MakeQueue("support")
	d.Give(desk.Everyone, desk.RolesOf(desk.Requestor, desk.AdminCc), desk.OnQueue(q), "ShowTicket")
	webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: q, Subject: "Toner",
		Requestors: []desk.PrincipalID{d.Who["bob"]}, AdminCc: []desk.PrincipalID{d.Who["ann"]}}))(t)
	job := webtest.Must(d.ClaimJob(t.Context(), d.Sys, service.JobNotify))(t)
	news := webtest.Must(d.News(t.Context(), d.Sys, eventOf(t, job)))(t)
	letters := notify.Plan(news, notify.Desk{Name: d.Name(), BaseURL: d.BaseURL(), Domain: d.Domain()})
	if len(letters) != 2 {
		t.Fatalf("%d letters were planned, want 2", len(letters))
	}
	for _, letter := range letters {
		login, _, _ := strings.Cut(letter.Address, "@")
		link := linkIn(t, letter.Body)
		if got := d.Get(login, link.Path).Code; got != http.StatusOK {
			t.Errorf("the link %s in the letter to %s gives %d, want 200", link, login, got)
		}
	}
}

func eventOf(t *testing.T, job *desk.Job) desk.EventID {
	t.Helper()
	var id desk.EventID
	for _, digit := range job.Data {
		id = id*10 + desk.EventID(digit-'0')
	}
	return id
}

func linkIn(t *testing.T, body string) *url.URL {
	t.Helper()
	for word := range strings.FieldsSeq(body) {
		if strings.HasPrefix(word, "http") {
			return webtest.Must(url.Parse(word))(t)
		}
	}
	t.Fatalf("there is no link in:\n%s", body)
	return nil
}
