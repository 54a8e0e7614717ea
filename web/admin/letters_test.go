package admin_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// letterSamples are the pages of the templates of letters.
func letterSamples() []webtest.Sample {
	queue := web.Field{Name: "queue", Kind: "select", Options: []web.Option{{Value: "0", Label: web.T("letter.everywhere"), Selected: true}}}
	list := admin.LettersPage{Nav: nav("mail.letters"), Queue: queue, Language: web.Field{Name: "language", Error: "Write a language by its code."}, Languages: []string{"en", "de", "fr"}}
	text := "{{event.says}}\n\n{{message.text}}\n"
	for i, name := range []string{"acknowledge", "opened-for", "opened", "reply", "comment", "forward", "owner", "resolved", "clock", "rule"} {
		cell := func(state, fault string) admin.LetterCell {
			return admin.LetterCell{URL: "/admin/mail/letters/" + name, Language: "en", State: "letter.state." + state, Fault: fault}
		}
		states := []string{"desk", "own", "everywhere", "shipped", "none"}
		list.Rows = append(list.Rows, admin.LetterRow{Name: name, Cells: []admin.LetterCell{cell(states[i%5], ""), cell("shipped", ""), cell("own", "Line 1, column 3: there is no field x.")}})
	}
	one := admin.LetterTemplatePage{Nav: nav("mail.letters"), Name: "reply", URL: "/admin/mail/letters/reply?language=en", Language: "fr", Where: web.T("letter.queue", "Support"), State: "letter.state.own",
		Fault: "Line 1, column 3: there is no field x.", Subject: web.Field{Name: "subject"}, Text: web.Field{Name: "text", Kind: "textarea", Rows: 16, Value: text},
		Ticket: web.Field{Name: "ticket", Kind: "number", Error: "There is no ticket 99."}, To: web.Field{Name: "to", Kind: "select", Options: []web.Option{{Value: "desk", Label: web.T("letter.to.desk")}, {Value: "customer", Label: web.T("letter.to.customer")}}},
		Words: service.WordsOfLetters(), Shipped: text, Own: true, May: true, Error: web.Plain("Somebody changed this."),
		Preview: &service.LetterPreview{To: service.Name{Text: "Ann"}, From: desk.MailAddress{Name: "Desk", Address: "support@desk.example"}, Subject: "Re: [Desk #42] Toner", Text: "Ann wrote:\n\nShake it.\n"}}
	look := one
	look.May, look.Own, look.Preview, look.Fault, look.Where, look.State = false, false, nil, "", web.T("letter.everywhere"), "letter.state.shipped"
	well := admin.MailRelayRow{Name: "Provider", URL: "/admin/mail/relays/1", Server: "mail.example.org:587", Place: 10, At: ago(time.Minute)}
	broken, off := well, well
	broken.Said, off.Disabled, off.At = "535 5.7.8 authentication failed", true, time.Time{}
	form := &admin.PlaceForm{Action: "/admin/mail/relays", Fields: []admin.Labelled{{Label: web.T("mail.relay.server"), Help: web.T("mail.relay.server.help"), Field: web.Field{Name: "server", Value: "mail.example.org", Error: "Write it as mail.example.org:587."}}}}
	return []webtest.Sample{{Name: "admin-mail-relays", View: admin.MailRelaysPage{Nav: nav("mail.relays"), Rows: []admin.MailRelayRow{well, broken, off}, Settings: []string{"127.0.0.1:25"}, New: form}.View()},
		{Name: "admin-no-mail-relays", View: admin.MailRelaysPage{Nav: nav("mail.relays"), New: form, Empty: empty()}.View()},
		{Name: "admin-mail-relay", View: admin.MailRelayPage{Nav: nav("mail.relays"), Row: broken, Form: form, Sure: true}.View()},
		{Name: "admin-letters", View: list.View()}, {Name: "admin-letter-template", View: one.View()}, {Name: "admin-letter-template-look", View: look.View()}}
}

// TestWordingOfLetters changes a letter of a queue, looks at it first, and goes
// back.
func TestWordingOfLetters(t *testing.T) {
	d := newDesk(t)
	queue := strconv.FormatInt(int64(d.Queue["Support"]), 10)
	d.Give(d.Who["quinn"], 0, desk.OnQueue(d.Queue["Support"]), "ShowTemplate", "ModifyTemplate", "ShowTicket")
	d.Give(d.Who["ann"], 0, desk.OnQueue(d.Queue["Billing"]), "ShowTemplate")
	ticket := webtest.Must(d.OpenTicket(t.Context(), d.Sys, service.NewTicket{Queue: d.Queue["Support"], Subject: "Toner", Text: "Empty."}))(t)
	webtest.Must(d.Write(t.Context(), d.Sys, service.NewMessage{Ticket: ticket, Kind: desk.Reply, Text: "Shake it."}))(t)
	wants(t, d.Get("root", "/admin/mail/letters"), 200, "Every queue without one of its own", "Acknowledgement", "As it ships")
	wants(t, d.Get("quinn", "/admin/mail/letters"), 200, "Support", "!Every queue without", "!Billing")
	wants(t, d.Get("mia", "/admin/mail/letters"), 404)
	wants(t, d.Get("bob", "/admin/mail/letters"), 404)
	wants(t, d.Get("root", "/admin/mail/letters?language=klingon"), 200, "two or three letters", "Acknowledgement")
	wants(t, d.Get("root", "/admin/mail/letters?language=fr"), 200, ">fr", "None")
	path := "/admin/mail/letters/reply?language=en&queue=" + queue
	wants(t, d.Get("ann", "/admin/mail/letters/reply?language=en&queue="+strconv.FormatInt(int64(d.Queue["Billing"]), 10)), 200, "asks for the right ModifyTemplate", "!Go back")
	wants(t, d.Get("ann", path), 403)
	state := func() string { return seen.FindStringSubmatch(d.Get("quinn", path).Body.String())[1] }
	wants(t, d.Post("quinn", path, "do", "save", "seen", state(), "subject", "", "text", "Hello {{ticket.subjet}}"), 422, "did you mean ticket.subject?", "Hello {{ticket.subjet}}")
	wants(t, d.Post("quinn", path, "do", "look", "subject", "Mine", "text", "Ahoy: {{message.text}}", "ticket", ticket.String(), "to", "desk"), 200, "Ahoy: Shake it.", "[Desk #1] Mine")
	wants(t, d.Post("quinn", path, "do", "look", "subject", "", "text", "Ahoy", "ticket", "99", "to", "desk"), 200, "There is no ticket 99", "Ahoy")
	wants(t, d.Get("quinn", path), 200, "!Ahoy")
	wants(t, next(t, d, "quinn", d.Post("quinn", path, "do", "save", "seen", state(), "subject", "", "text", "Ahoy {{reader.name}}")), 200, "is written by this template", "Ahoy", "What ships")
	if w := d.Post("quinn", path, "do", "save", "seen", "0", "text", "Late"); w.Code != 409 || !strings.Contains(w.Body.String(), "Late") {
		t.Errorf("a form that is out of date: status %d", w.Code)
	}
	wants(t, d.Get("root", "/admin/mail/letters?queue="+queue), 200, "Own wording of this queue")
	wants(t, d.Get("root", "/admin/mail/letters"), 200, "!Own wording")
	if w := d.Post("ann", path, "do", "save", "text", "x"); w.Code != 403 {
		t.Errorf("ann may change the letters of another queue: status %d", w.Code)
	}
	wants(t, next(t, d, "quinn", d.Post("quinn", path, "do", "reset", "seen", state())), 200, "written as it was before", "!Ahoy")
}

// TestRelaysAreKept adds a relay, tries it, changes and removes it.
func TestRelaysAreKept(t *testing.T) {
	d := newDesk(t)
	form := []string{"name", "Provider", "server", "mail.example.org", "security", "starttls", "user", "desk", "secret", "Sesame7", "place", "10", "disabled", "no"}
	wants(t, d.Get("mia", "/admin/mail/relays"), 200, "No relay is set up")
	wants(t, d.Get("quinn", "/admin/mail/relays"), 404)
	wants(t, d.Post("mia", "/admin/mail/relays", form...), 422, "Write it with a port from 1 to 65535, as mail.example.org:587.", `value="Provider"`, "!Sesame7")
	form[3] += ":587"
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/relays", form...)), 200, "Provider is stored", "Not asked yet", "!Sesame7")
	wants(t, d.Post("mia", "/admin/mail/relays", form...), 422, "a relay of this name already")
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/relays/1/test")), 200, "cannot ask relays", "!Sesame7")
	d.OK(d.RelaySaid(t.Context(), d.Sys, 1, "535 authentication failed"))
	wants(t, d.Get("mia", "/admin/mail/relays"), 200, "535 authentication failed")
	form[11] = "x"
	wants(t, d.Post("mia", "/admin/mail/relays/1/save", form...), 422, "the lowest is tried first")
	form[11] = "3"
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/relays/1/save", form...)), 200, "Saved")
	for _, do := range []string{"save", "test", "remove"} {
		if w := d.Post("quinn", "/admin/mail/relays/1/"+do, form...); w.Code != 404 && w.Code != 403 {
			t.Errorf("quinn may %s a relay: status %d", do, w.Code)
		}
	}
	wants(t, d.Get("mia", "/admin/mail/relays/9"), 404)
	wants(t, d.Post("mia", "/admin/mail/relays/1/remove"), 200, "Yes, remove it")
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/relays/1/remove", "sure", "1")), 200, "Provider is removed", "No relay is set up")
}
