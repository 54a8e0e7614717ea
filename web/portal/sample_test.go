package portal_test

import (
	"fmt"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

func reader() web.Reader {
	return web.Reader{Name: "Mei-Lin Chen", Address: "mei@acme.example", Portal: true}
}

func ago(d time.Duration) time.Time { return webtest.Now().Add(-d) }

func acme() web.Customer { return web.Customer{Name: "Acme Robotics"} }

func nav(current string) []web.NavSection {
	item := func(key, url string) web.NavItem {
		return web.NavItem{Label: web.T(key), URL: url, Current: key == current}
	}
	return []web.NavSection{{Items: []web.NavItem{item("portal.mine", "/portal/"), item("portal.company", "/portal/company")}}}
}

func list() portal.ListPage {
	subjects := []string{"Arm 7 stops with error E-41 after warm-up", "New colleague needs access to the manuals", "Offer for the maintenance contract 2027", "Where do I find the calibration sheet of the arm that was delivered in May and moved to hall C in summer?"}
	page := portal.ListPage{
		Name: web.T("portal.company"), Nav: nav("portal.company"),
		Companies: []portal.Choice{{Name: web.T("portal.everycompany"), URL: "/portal/company", Current: true}, {Name: web.Plain("Acme Robotics"), URL: "/portal/company?of=1"}, {Name: web.Plain("Acme Logistics"), URL: "/portal/company?of=2"}},
		Open:      portal.Choice{Name: web.T("portal.open"), URL: "/portal/company", Current: true}, All: portal.Choice{Name: web.T("portal.all"), URL: "/portal/company?status=all"},
		New: "/portal/tickets/new", Pager: web.Pager{Newer: "/portal/company?after=9", Older: "/portal/company?before=5"},
	}
	for i := range 8 {
		customer := acme()
		if i%3 == 2 {
			customer = web.Customer{Name: "Acme Logistics"}
		}
		page.Rows = append(page.Rows, portal.Row{
			Unread: i == 1, ID: int64(10482 - i), URL: fmt.Sprintf("/portal/tickets/%d", 10482-i), Subject: subjects[i%4], Reporter: []string{"Bob Baker", "Mei-Lin Chen"}[i%2],
			Customer: customer, Status: []string{"open", "new", "stalled", "resolved"}[i%4], Updated: ago(time.Duration(i*i*5) * time.Hour),
		})
	}
	page.News = web.T("portal.news.one")
	return page
}

func empty() portal.ListPage {
	return portal.ListPage{
		Name: web.T("portal.mine"), Nav: nav("portal.mine"),
		Open: portal.Choice{Name: web.T("portal.open"), URL: "/portal/", Current: true}, All: portal.Choice{Name: web.T("portal.all"), URL: "/portal/?status=all"},
		Empty: web.Empty{Icon: "ticket", Title: web.T("portal.empty.title"), Hint: web.T("portal.empty.hint"), Action: web.Link{Label: web.T("portal.new.link"), URL: "/portal/tickets/new"}},
	}
}

func ticket() portal.TicketPage {
	reply := web.Field{Name: "text", Kind: "textarea", Rows: 6, Required: true}
	return portal.TicketPage{
		ID: 10470, URL: "/portal/tickets/10470", Subject: "Arm 7 stops with error E-41 after warm-up", Status: "open", Customer: acme(), Reporter: "Bob Baker", Opened: ago(26 * time.Hour),
		Nav: nav("portal.company"), Back: web.Link{Label: web.T("portal.company"), URL: "/portal/company"},
		Visible: web.T("portal.visible.people", "Bob Baker, Mei-Lin Chen, Ravi Rao"),
		Mail:    web.T("portal.mail.because", web.T("because.customer", "Acme Robotics", web.T("role.requestor"))), Unfollow: true,
		Entries: []web.Entry{
			{Message: &web.Message{ID: 1, Author: web.Person{Name: "Bob Baker"}, Customer: acme(), At: ago(26 * time.Hour), Via: web.T("via.mail"),
				Blocks: []web.Block{{Text: "Hello,\n\nsince this morning arm 7 in hall B stops with error E-41 about ten minutes after warm-up.\n\nThanks\nBob"}},
				Files:  []web.File{{Name: "controller-log.txt", Size: "48 KB", URL: "/portal/files/1"}}}},
			{Event: &web.Event{Icon: "person", By: web.Person{Name: "Ann Archer"}, What: web.T("event.took"), At: ago(25 * time.Hour)}},
			{Message: &web.Message{ID: 2, Author: web.Person{Name: "Ann Archer", Agent: true}, At: ago(24 * time.Hour),
				Blocks: []web.Block{{Text: "Hello Bob,\n\nE-41 is the encoder of the second joint. Could you check whether the cable at the joint is warm?\n\nBest regards\nAnn"}, {Text: "> since this morning", Quoted: true}}}},
		},
		Reply: &reply, Files: web.Field{Name: "files", Kind: "file", Multiple: true}, LastSeen: "2", Close: true,
		Goes: []web.Recipient{{Person: web.Person{Name: "Bob Baker"}, Why: web.T("role.requestor")}, {Person: web.Person{Name: "Ann Archer"}, Why: web.T("role.owner")}},
	}
}

// refused is the ticket after a reply that could not be taken.
func refused() portal.TicketPage {
	p := ticket()
	p.Error, p.Newer, p.Follow, p.Unfollow, p.Older = web.T("error.invalid.title"), 2, true, false, "/portal/tickets/10470?all=1"
	p.Reply.Error, p.Mail = "Write something first.", web.T("portal.mail.none")
	p.Rate = web.RatingForm("/portal/tickets/10470/rating", desk.MarkContent, "Thank you")
	p.Rate.Given = web.T("rate.given.content")
	p.Files.Error = "This file is larger than 32 MB. Send a smaller one."
	return p
}

func newTicket() portal.NewPage {
	options := func(labels ...string) (out []web.Option) {
		for i, l := range labels {
			out = append(out, web.Option{Value: l, Label: web.Plain(l), Selected: i == 0})
		}
		return out
	}
	return portal.NewPage{
		Nav: nav(""), Customer: web.Field{Name: "customer", Kind: "select", Options: options("Acme Robotics", "Acme Logistics")},
		Sharing: web.Field{Name: "sharing", Kind: "select", Options: options("Everybody of the company", "Only the people named")},
		Queue:   web.Field{Name: "queue", Kind: "select", Options: options("Question", "Something is broken", "Order")},
		Subject: web.Field{Name: "subject", Required: true, Error: "Say in one sentence what it is about."}, Text: web.Field{Name: "text", Kind: "textarea", Rows: 9, Required: true},
		Intro: []string{"Say which machine it is; its number is on the plate below the door.", "In a fire, call us."}, ByQueue: true,
		With: web.Field{Name: "with", Kind: "boxes", Options: options("Bob Baker", "Mei Chen", "Vera Vance")},
		File: web.Field{Name: "files", Kind: "file", Multiple: true}, Form: "K2J5", Error: web.T("error.invalid.title"),
	}
}

func samples() []webtest.Sample {
	readOnly := ticket()
	readOnly.Reply, readOnly.Rate = nil, web.RatingForm("/portal/tickets/10470/rating", 0, "")
	return append(approvalSamples(), []webtest.Sample{
		{Name: "portal-list", View: list().View()}, {Name: "portal-empty", View: empty().View()}, {Name: "portal-ticket", View: ticket().View()},
		{Name: "portal-people", View: people().View()},
		{Name: "portal-refused", View: refused().View()}, {Name: "portal-readonly", View: readOnly.View()}, {Name: "portal-new", View: newTicket().View()},
	}...)
}

func people() portal.PeoplePage {
	part := func(form string) web.Field {
		return web.Field{Form: form, Name: "part", Kind: "select", Options: []web.Option{{Value: "member", Label: web.T("part.member"), Selected: true}, {Value: "manager", Label: web.T("part.manager")}}}
	}
	return portal.PeoplePage{
		Nav: nav("portal.company"), Name: "Acme Robotics", URL: "/portal/people/1",
		Companies: []portal.Choice{{Name: web.Plain("Acme Robotics"), URL: "/portal/people/1", Current: true}, {Name: web.Plain("Acme Logistics"), URL: "/portal/people/2"}},
		People: []portal.Colleague{{Person: web.Person{Name: "Mei-Lin Chen", Address: "mei@acme.example"}, Is: web.T("part.manager")},
			{Person: web.Person{Name: "Bob Baker", Address: "bob@acme.example"}, Member: "7", Part: part("p7"), Change: true}},
		Waiting: []portal.Colleague{{Person: web.Person{Name: "Nora New", Address: "nora@acme.example"}, Member: "9", Is: web.T("join.by", "acme.example"), Part: part("w9")}},
		Address: web.Field{Form: "new", Name: "address", Kind: "email", Required: true, Error: "x is not a mail address."}, Called: web.Field{Form: "new", Name: "name"},
		Part: part("new"), Error: web.T("form.any"),
	}
}
