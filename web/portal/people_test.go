package portal_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/web/webtest"
)

func peopleOf(d *webtest.Desk, customer string) string {
	return "/portal/people/" + strconv.FormatInt(int64(d.Who[customer]), 10)
}

// TestManagersLookAfterTheirPeople: Mei invites, sets parts and takes out, at
// Acme and nowhere else; nobody else sees the page.
func TestManagersLookAfterTheirPeople(t *testing.T) {
	d := newDesk(t)
	acme := peopleOf(d, "acme")
	wants(t, d.Get("mei", "/portal/company"), 200, acme)
	wants(t, d.Get("bob", "/portal/company"), 200, "!/portal/people/")
	wants(t, d.Get("mei", acme), 200, "Bob Baker", "bob@acme.example", "!Vera")
	for _, login := range []string{"bob", "vera", "lone", "ann"} {
		wants(t, d.Get(login, acme), 404, "!Bob Baker")
		wants(t, d.Post(login, acme, "address", "x@acme.example", "part", "manager"), 404)
	}
	wants(t, d.Get("mei", peopleOf(d, "brueckner")), 404)
	wants(t, d.Post("mei", acme, "address", "Kim@acme.example", "name", "Kim", "part", "reader"), http.StatusSeeOther)
	wants(t, d.Get("mei", acme), 200, "kim@acme.example")
	wants(t, d.Post("mei", acme, "address", "vera@brueckner.example", "part", "member"), 422, "cannot be invited")
	wants(t, d.Post("mei", acme, "address", "nonsense", "part", "member"), 422, "nonsense")

	bob := strconv.FormatInt(int64(d.Who["bob"]), 10)
	wants(t, d.Post("mei", acme+"/change", "member", bob, "part", "manager"), http.StatusSeeOther)
	wants(t, d.Get("bob", acme), 200, "Mei Chen")
	mei := strconv.FormatInt(int64(d.Who["mei"]), 10)
	wants(t, d.Post("mei", acme+"/change", "member", mei, "end", "1"), 404)
	vera := strconv.FormatInt(int64(d.Who["vera"]), 10)
	wants(t, d.Post("mei", acme+"/change", "member", vera, "end", "1"), 404)
	wants(t, d.Post("mei", acme+"/change", "member", bob, "end", "1"), http.StatusSeeOther)
	wants(t, d.Get("bob", acme), 404)
	for _, m := range webtest.Must(d.Members(t.Context(), d.Sys, desk.PrincipalID(d.Who["acme"])))(t) {
		if m.Name.Text == "Bob Baker" {
			t.Error("Bob still belongs to Acme")
		}
	}
}

// TestManagersQuietMail: Mei chooses that Bob hears only of tickets on which he
// stands; his ticket page says so, he follows one, and takes all back himself.
func TestManagersQuietMail(t *testing.T) {
	d := newDesk(t)
	acme, bob := peopleOf(d, "acme"), strconv.FormatInt(int64(d.Who["bob"]), 10)
	letters := func() string {
		for _, m := range webtest.Must(d.ContactsOf(t.Context(), d.Sys, desk.CustomerID(d.Who["acme"])))(t) {
			if m.Name.Text == "Bob Baker" {
				return m.Part.String() + " " + strconv.FormatBool(m.Quiet)
			}
		}
		return "gone"
	}
	was := letters()
	wants(t, d.Post("bob", acme+"/change", "member", bob, "letters", "named"), 404)
	wants(t, d.Post("mei", acme+"/change", "member", bob, "letters", "named"), http.StatusSeeOther)
	if got := letters(); got != strings.Replace(was, "false", "true", 1) {
		t.Errorf("he is %s, was %s", got, was)
	}
	wants(t, d.Get("mei", acme), 200, "Changed for Bob Baker")
	wants(t, d.Get("mei", acme), 200, `<option value="named" selected>Only if named`)

	page := url1(ask(t, d, "mei", "Ours", "acme"))
	wants(t, d.Get("bob", page), 200, "you are told only where you stand yourself", page+"/follow")
	wants(t, d.Post("bob", page+"/follow"), http.StatusSeeOther)
	wants(t, d.Get("bob", page), 200, "!you are told only where you stand yourself", "You get mail because")

	own := "/account/companies/" + strconv.FormatInt(int64(d.Who["acme"]), 10) + "/letters"
	wants(t, d.Get("bob", "/account"), 200, own, `<option value="named" selected>`)
	wants(t, d.Post("bob", own, "letters", "all"), http.StatusSeeOther)
	wants(t, d.Get("bob", "/account"), 200, "Your mail about the tickets of")
	if got := letters(); got != was {
		t.Errorf("he is %s, was %s", got, was)
	}
	wants(t, d.Post("vera", own, "letters", "named"), 404)
}

// TestManagersLetIn: who writes from the mail domain of a company that wants to
// be asked waits on its manager's page, and is let in or refused there.
func TestManagersLetIn(t *testing.T) {
	d := newDesk(t)
	acme := peopleOf(d, "acme")
	c := webtest.Must(d.Service.Customer(t.Context(), d.Sys, desk.CustomerID(d.Who["acme"])))(t)
	c.Domains, c.AutoJoin, c.AskFirst = []string{"acme.example"}, true, true
	d.OK(d.UpdateCustomer(t.Context(), d.Sys, *c))
	d.OK(d.SetSetting(t.Context(), d.Sys, "access.group-support", "off"))
	for _, name := range []string{"nora", "olaf"} {
		env := desk.Envelope{From: name + "@acme.example", Recipient: "support@desk.example", Via: "lmtp"}
		id := webtest.Must(d.SpoolMail(t.Context(), d.Sys, env, []byte("From: "+name)))(t)
		l := desk.Letter{Spool: id, Envelope: env, From: desk.MailAddress{Address: env.From}, Subject: "Help " + name, Text: name}
		webtest.Must(d.ReceiveMail(t.Context(), d.Sys, l))(t)
	}
	page := d.Get("mei", acme)
	wants(t, page, 200, "Waiting to join", "nora@acme.example", "olaf@acme.example")
	number := func(address string) string {
		return strconv.FormatInt(int64(webtest.Must(d.Find(t.Context(), d.Sys, "user:"+address))(t)), 10)
	}
	wants(t, d.Get("bob", acme), 404, "!nora")
	wants(t, d.Post("bob", acme+"/admit", "member", number("nora@acme.example")), 404)
	wants(t, d.Post("mei", acme+"/admit", "member", number("nora@acme.example"), "part", "reader"), http.StatusSeeOther)
	wants(t, d.Post("mei", acme+"/admit", "member", number("olaf@acme.example"), "refuse", "1"), http.StatusSeeOther)
	wants(t, d.Get("mei", acme), 200, "olaf@acme.example was refused")
	wants(t, d.Get("mei", acme), 200, "!Waiting to join", "nora@acme.example", "!olaf@acme.example")
}
