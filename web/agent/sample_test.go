package agent_test

import (
	"fmt"
	"slices"
	"time"

	"gatehouse/web"
	"gatehouse/web/agent"
	"gatehouse/web/webtest"
)

func reader() web.Reader {
	return web.Reader{Name: "Ann Archer", Address: "ann@desk.example", Agent: true, Portal: true, Admin: true}
}

func ago(d time.Duration) time.Time { return webtest.Now().Add(-d) }

func who(name string) web.Person {
	return web.Person{Name: name, URL: "/admin/users/7"}
}

func staff(name string) web.Person { return web.Person{Name: name, Agent: true} }

func acme() web.Customer { return web.Customer{Name: "Acme Robotics", URL: "/admin/customers/1"} }

func option(value string, selected bool) web.Option {
	return web.Option{Value: value, Label: web.Plain(value), Selected: selected}
}

func selection(form, name string, values ...string) web.Field {
	f := web.Field{Form: form, Name: name, Kind: "select"}
	for i, v := range values {
		f.Options = append(f.Options, option(v, i == 0))
	}
	return f
}

func nav(current string) []web.NavSection {
	item := func(key, icon string, count int) web.NavItem {
		return web.NavItem{Label: web.T(key), URL: "/agent/tickets?view=" + key, Icon: icon, Count: count, Current: key == current}
	}
	queue := func(name string, count int) web.NavItem {
		return web.NavItem{Label: web.Plain(name), URL: "/agent/tickets?queue=" + name, Icon: "place", Count: count}
	}
	return []web.NavSection{
		{Title: web.T("nav.views"), Items: []web.NavItem{
			item("view.mine", "person", 12), item("view.new", "star", 5), item("view.open", "ticket", 148),
			item("view.watching", "eye", 9), item("view.stalled", "clock", 23), item("view.recent", "check", 0),
		}},
		{Title: web.T("nav.queues"), Items: []web.NavItem{
			queue("Support", 81), queue("Billing", 17), queue("Field service", 34), queue("Security", 2),
		}},
	}
}

// rows are tickets as a desk has them in a week: long and short subjects,
// people with umlauts, tickets of nobody.
func rows(n int) []agent.Row {
	subjects := []string{
		"Toner of the printer on floor 3 is empty again", "VPN drops every afternoon around four", "Invoice 2026-1187 shows the wrong address",
		"Please add Bob to the project mailbox", "Arm 7 stops with error E-41 after warm-up", "Question", "New laptop for the colleague who starts in December",
		"Re: Re: Fwd: Certificate of the customer portal expires on Friday – who renews it, and do we have to tell anybody?", "Backup of the night failed",
	}
	customers := []web.Customer{acme(), {Name: "Brückner & Söhne", URL: "/admin/customers/2"}, {Name: "Northwind Traders", URL: "/admin/customers/3"}, {}}
	people := []string{"Bob Baker", "Jürgen Brückner", "Mei-Lin Chen", "Carla Costa", "Dmitri Dvorák"}
	owners := []string{"Ann Archer", "", "Tom Tailor", "Ann Archer"}
	states := []string{"open", "new", "stalled", "open", "resolved", "open", "rejected"}
	queues := []string{"Support", "Billing", "Field service"}
	out := make([]agent.Row, n)
	for i := range out {
		id := int64(10482 - i*3)
		out[i] = agent.Row{
			ID: id, URL: fmt.Sprintf("/agent/tickets/%d", id), Subject: subjects[i%len(subjects)],
			Customer: customers[i%len(customers)], Requestor: people[i%len(people)], Queue: queues[i%len(queues)],
			Owner: owners[i%len(owners)], Status: states[i%len(states)], Updated: ago(time.Duration(i*i) * 11 * time.Minute),
		}
	}
	return out
}

func filter() agent.Filter {
	return agent.Filter{
		View: "open", Text: web.Field{Name: "text", Kind: "search", Value: "printer"},
		Queue: selection("", "queue", "Any", "Support", "Billing"), Status: selection("", "status", "Open", "Stalled"),
		Owner: selection("", "owner", "Any", "Ann Archer"), Customer: web.Field{Name: "customer", Value: "Acme Robotics"},
		Narrowed: true, Clear: "/agent/tickets?view=open",
	}
}

func list() agent.ListPage {
	return agent.ListPage{
		Name: web.T("view.open"), Nav: nav("view.open"), Filter: filter(), Rows: withCells(rows(50)), Columns: columns(), Saved: agent.Saved{Own: "/agent/views/2", Name: web.Field{Form: "saved-", Name: "name", Value: "Mine"}, Share: selection("share-", "for", "Support")},
		Pager: web.Pager{Older: "/agent/tickets?view=open&before=10333"},
	}
}

func emptyList() agent.ListPage {
	return agent.ListPage{
		Name: web.T("view.mine"), Nav: nav("view.mine"), Filter: filter(),
		Empty: web.Empty{
			Icon: "tray", Title: web.T("view.empty.title"), Hint: web.T("view.empty.hint"),
			Action: web.Link{Label: web.T("view.open"), URL: "/agent/tickets?view=open"},
		},
	}
}

func conversation() []web.Entry {
	message := func(m web.Message) web.Entry { return web.Entry{Message: &m} }
	event := func(e web.Event) web.Entry { return web.Entry{Event: &e} }
	return []web.Entry{
		message(web.Message{
			ID: 1, Author: who("Bob Baker"), Customer: acme(), At: ago(26 * time.Hour), Via: web.T("via.mail"),
			Blocks: []web.Block{{Text: "Hello,\n\nsince this morning arm 7 in hall B stops with error E-41 about ten minutes after warm-up. Restarting helps for another ten minutes.\n\nWe ship on Thursday, so it would be good to know whether somebody has to come.\n\nThanks\nBob"}},
			Files:  []web.File{{Name: "controller-log.txt", Size: "48 KB", URL: "/files/1"}, {Name: "arm7-display.jpg", Size: "1.2 MB", URL: "/files/2"}}, HTMLURL: "/agent/messages/1/html",
		}),
		event(web.Event{Icon: "customer", What: web.T("event.joined", "Acme Robotics", web.T("role.requestor")), Why: web.Plain("Bob Baker is a member there."), At: ago(26 * time.Hour)}),
		event(web.Event{Icon: "person", By: staff("Ann Archer"), What: web.T("event.took"), At: ago(25 * time.Hour)}),
		message(web.Message{
			ID: 2, Author: staff("Ann Archer"), At: ago(24 * time.Hour), Via: web.T("via.web"),
			Blocks: []web.Block{{Text: "Hello Bob,\n\nE-41 is the encoder of the second joint. Could you check whether the cable at the joint is warm, and send the log of the last stop?\n\nBest regards\nAnn"}},
			Sent:   recipients(),
		}),
		message(web.Message{
			ID: 3, Author: staff("Tom Tailor"), Internal: true, At: ago(23 * time.Hour),
			Blocks: []web.Block{{Text: "We had the same at Northwind in March: it was the connector, not the encoder. Part 4471, two in stock.\nDo not promise a date before Thursday, Carla is on holiday."}},
		}),
		event(web.Event{Icon: "swap", By: staff("Ann Archer"), What: web.T("event.status", web.T("status.open"), web.T("status.stalled")), At: ago(22 * time.Hour)}),
		message(web.Message{
			ID: 4, Author: who("Mei-Lin Chen"), Customer: acme(), At: ago(38 * time.Minute), Via: web.T("via.portal"),
			Blocks: []web.Block{{Text: "Bob is out today. The cable is warm, and the log is attached. It happens earlier now, after six minutes."}, {Text: "On Saturday Ann Archer wrote:\nCould you check whether the cable at the joint is warm?", Quoted: true}},
			Files:  []web.File{{Name: "controller-log-2.txt", Size: "51 KB", URL: "/files/3"}},
		}),
	}
}

func recipients() []web.Recipient {
	return []web.Recipient{
		{Person: who("Bob Baker"), Why: web.T("role.requestor")},
		{Person: who("Mei-Lin Chen"), Why: web.T("role.through", "Acme Robotics", web.T("role.requestor"))},
		{Person: who("Ravi Rao"), Why: web.T("role.through", "Acme Robotics", web.T("role.requestor"))},
		{Person: who("Carla Costa"), Why: web.T("role.admincc")},
		{Person: who("leasing@fleet.example"), Why: web.T("role.cc"), Outside: true},
	}
}

func writer(form string, to []web.Recipient) *web.Writer {
	return &web.Writer{
		Action: "/agent/tickets/10482/messages", Text: web.Field{Form: form, Name: "text", Kind: "textarea", Rows: 6, Required: true},
		Files: web.Field{Form: form, Name: "files", Kind: "file", Multiple: true}, Also: web.Field{Form: form, Name: "also"},
		Status: selection(form, "status", "Leave status", "Open", "Resolved"), Recipients: to, LastSeen: "4", Draft: form + "10482",
	}
}

func company() agent.Company {
	set, share := selection("customer-", "customer", "Acme Robotics", "Northwind Traders"), selection("sharing-", "sharing", "Everybody of the company", "Managers only")
	return agent.Company{
		Tag: acme(), Set: &set, Sharing: web.T("sharing.shared", "Acme Robotics"), Share: &share,
		Contacts: []agent.Contact{
			{Person: who("Mei-Lin Chen"), Part: web.T("part.manager")}, {Person: who("Ravi Rao"), Part: web.T("part.member")}, {Person: who("Sofia Santos"), Part: web.T("part.reader")},
		},
		Open: rows(9)[4:7], More: "/agent/tickets?customer=Acme",
	}
}

func ticket() agent.TicketPage {
	give, status := selection("owner-", "owner", "Tom Tailor", "Carla Costa"), selection("status-", "status", "Open", "Resolved", "Rejected")
	reply := writer("reply-", recipients())
	reply.NewDomain = "fleet.example"
	all := rows(30)
	all[4].Current = true
	return agent.TicketPage{
		ID: 10470, URL: "/agent/tickets/10470", Subject: "Arm 7 stops with error E-41 after warm-up", Status: "open", Queue: "Field service",
		Opened: ago(26 * time.Hour), Nav: nav("view.mine"), List: all, ListTitle: web.T("view.mine"), ListURL: "/agent/tickets?view=mine",
		Entries: conversation(), Older: "/agent/tickets/10470?all=1",
		Composer:   web.Composer{Reply: reply, Comment: writer("comment-", recipients()[3:4])},
		StatusForm: &status, Owner: agent.Owner{Person: staff("Ann Archer"), Give: &give},
		Roles: []agent.Role{
			{Name: web.T("role.requestor"), Watchers: []agent.Watcher{{Customer: acme(), Note: web.Plain("3 people"), Remove: "requestor:c1"}}},
			{Name: web.T("role.cc"), Watchers: []agent.Watcher{{Person: web.Person{Name: "Leasing Fleet", Address: "leasing@fleet.example", URL: "/admin/users/9"}, Remove: "cc:u9"}}},
			{Name: web.T("role.admincc")},
		},
		Watch:   &agent.NewWatcher{Role: selection("watch-", "role", "Cc", "AdminCc", "Requestor"), Who: web.Field{Form: "watch-", Name: "who", Required: true}},
		Company: company(), Ratings: []agent.Rating{{Person: web.Person{Name: "Bob Baker"}, Mark: "content", Note: "Quick, thank you.", At: webtest.Now()}, {Person: web.Person{Name: "Mei Chen"}, Mark: "not", At: webtest.Now()}}, Clocks: []web.Clock{
			{Name: web.T("clock.first_response"), State: "met", Left: web.T("clock.took", web.T("clock.minutes", 20), web.T("clock.hours", 4)), Share: 8, Why: web.T("clock.why", "Gold", web.T("clock.why.queue", "Support"))},
			{Name: web.T("clock.update"), Due: ago(-70 * time.Minute), State: "soon", Left: web.T("clock.left", web.T("clock.hoursminutes", 1, 10)), Share: 80, Why: web.T("clock.why", "Gold", web.T("clock.why.all"))},
			{Name: web.T("clock.resolution"), State: "paused", Left: web.T("clock.left", web.T("clock.hours", 12)), Share: 30},
		},
		Files: []web.File{{Name: "controller-log.txt", Size: "48 KB", URL: "/files/1"}, {Name: "arm7-display.jpg", Size: "1.2 MB", URL: "/files/2"}}, Readers: 14,
	}
}

// refused is the ticket after a reply that could not be sent: another message
// came meanwhile and an address was wrong.
func refused() agent.TicketPage {
	p := ticket()
	p.Owner = agent.Owner{Take: true, Steal: true}
	p.Composer.Newer, p.Composer.Commenting = 1, true
	p.Composer.Comment.Recipients = nil
	p.Composer.Comment.Text.Value = "The spare part is on its way."
	p.Composer.Comment.Also.Value = "depot@"
	p.Composer.Comment.Also.Error = "“depot@” is not an address. Correct it or take it out."
	p.Company = agent.Company{}
	return p
}

func proof(name string, customer web.Customer, may web.Text, steps ...web.Step) web.Proof {
	return web.Proof{Who: who(name), Customer: customer, May: []web.Text{may}, Chains: []web.Chain{steps}}
}

func step(kind, text string) web.Step { return web.Step{Kind: kind, Text: web.Plain(text)} }

func whoSees() agent.WhoPage {
	standing := []web.Step{
		step("customer", "member of Acme Robotics"), {Kind: "role", Text: web.Plain("Acme Robotics stands as Requestor")},
		{Kind: "grant", Text: web.Plain("Requestor has ShowTicket"), URL: "/admin/grants/3"}, step("place", "on queue Field service"),
	}
	leader := proof("Mei-Lin Chen", acme(), web.T("may.replies"), standing...)
	leader.Chains = append(leader.Chains, web.Chain{step("customer", "manager of Acme Robotics"), step("grant", "Customer has ShowTicket"), step("place", "everywhere")})
	ann := proof("Ann Archer", web.Customer{}, web.T("may.replies"), step("group", "member of Field engineers"), step("group", "inside Service staff"), step("grant", "has ShowTicket"), step("place", "on queue Field service"))
	ann.May = append(ann.May, web.T("may.comments"))
	return agent.WhoPage{
		ID: 10470, URL: "/agent/tickets/10470", Subject: "Arm 7 stops with error E-41 after warm-up", Nav: nav("view.mine"), Sharing: web.T("sharing.shared", "Acme Robotics"),
		Others: []web.Proof{leader, proof("Bob Baker", acme(), web.T("may.replies"), standing...), proof("Ravi Rao", acme(), web.T("may.replies"), standing...)},
		Agents: []web.Proof{ann, proof("Tom Tailor", web.Customer{}, web.T("may.replies"), step("grant", "has SuperUser"), step("place", "everywhere"))}, Capped: true,
	}
}

func newTicket() agent.NewPage {
	return agent.NewPage{
		Nav: nav(""), Queue: selection("", "queue", "Support", "Billing"), Requestor: web.Field{Name: "requestor", Required: true, Value: "bob@", Error: "“bob@” is neither a login nor an address. Write it in full."},
		Customer: web.Field{Name: "customer"}, Sharing: selection("", "sharing", "Everybody of the company", "Managers only"), Cc: web.Field{Name: "cc", Value: "mei@acme.example, ravi@acme.example"},
		Subject: web.Field{Name: "subject", Required: true}, Text: web.Field{Name: "text", Kind: "textarea", Rows: 10, Required: true},
		File: web.Field{Name: "files", Kind: "file", Multiple: true}, Error: web.T("error.invalid.title"),
	}
}

func samples() []webtest.Sample {
	nobody := whoSees()
	nobody.Agents, nobody.Others = nil, nil
	return append(slices.Concat(reportSamples(), approvalSamples(), noticeSamples()), []webtest.Sample{
		{Name: "agent-views", View: viewsShown(true).View()}, {Name: "agent-views-usual", View: viewsShown(false).View()},
		{Name: "agent-list", View: list().View()}, {Name: "agent-empty", View: emptyList().View()},
		{Name: "agent-ticket", View: ticket().View()}, {Name: "agent-refused", View: refused().View()},
		{Name: "agent-who", View: whoSees().View()}, {Name: "agent-who-none", View: nobody.View()}, {Name: "agent-new", View: newTicket().View()},
		{Name: "agent-palette", View: palettePage(false).View()}, {Name: "agent-palette-part", View: palettePage(true).View()}, {Name: "agent-palette-none", View: agent.PalettePage{Find: web.Field{Name: "q"}}.View()},
		{Name: "agent-here", View: agent.HerePage{Here: []agent.Here{{Person: staff("Tom Tailor")}}}.View()},
		{Name: "agent-held", View: heldTicket().View()}, {Name: "agent-ticket-reminded", View: reminded().View()}, {Name: "agent-goes", View: agent.GoesPage{Writer: writer("", recipients())}.View()}, {Name: "agent-goes-comment", View: agent.GoesPage{Writer: &web.Writer{Internal: true}}.View()},
		{Name: "agent-batch", View: batchAsked().View()}, {Name: "agent-batch-none", View: agent.BatchPage{Back: "/agent/tickets"}.View()}, {Name: "agent-batch-seen", View: batchSeen().View()},
		{Name: "agent-batch-works", View: agent.BatchDonePage{URL: "/agent/batches/7", State: "works", Done: 12, All: 148, At: webtest.Now()}.View()},
		{Name: "agent-batch-done", View: batchDone().View()}, {Name: "agent-batches", View: agent.BatchesPage{List: []agent.BatchDonePage{batchDone(), {State: "stopped", At: webtest.Now()}}}.View()},
		{Name: "agent-batches-none", View: agent.BatchesPage{}.View()},
		{Name: "agent-reminders", View: remindersShown(true).View()}, {Name: "agent-reminders-none", View: remindersShown(false).View()},
		{Name: "agent-templates", View: templatesShown("").View()}, {Name: "agent-templates-gone", View: templatesShown("/agent/templates/1/restore").View()}, {Name: "agent-template", View: templateShown().View()},
		{Name: "agent-template-used", View: agent.TemplatePage{Name: "Sorry", Of: web.T("reply.of.desk"), Text: "Sorry"}.View()},
		{Name: "agent-choose", View: chosen(false, 2).View()}, {Name: "agent-choose-none", View: chosen(false, 0).View()}, {Name: "agent-choose-part", View: chosen(true, 2).View()},
		{Name: "agent-pass", View: passing().View()},
		{Name: "agent-kin", View: kin().View()}, {Name: "agent-kin-none", View: agent.KinPage{ID: 1, URL: "/agent/tickets/1", Subject: "Alone", Searched: true}.View()},
		{Name: "agent-forward", View: agent.ForwardPage{ID: 1, URL: "/x", Subject: "Arm 7", To: web.Field{Name: "to", Error: "Write it as name@example.org."}, Text: web.Field{Name: "text", Kind: "textarea"}, Error: "No.", Preview: &web.Message{ID: 1, Author: web.Person{Name: "Bob Baker"}, At: webtest.Now(), Split: "/s", Forward: "/f"}}.View()},
	}...)
}

// columns are a usual one, a time, and a custom field.
func columns() agent.Columns {
	return agent.Columns{Own: true, Usual: "/agent/tickets", Keep: []web.Field{{Name: "view", Value: "open"}},
		Shown:  []agent.Column{{Label: web.T("col.customer")}, {Label: web.T("col.requestor")}, {Label: web.T("col.queue")}, {Label: web.T("col.owner")}, {Label: web.T("col.status")}, {Label: web.T("col.updated")}, {Label: web.Plain("Cost")}},
		Choose: web.Field{Form: "columns-", Name: "column", Kind: "boxes", Options: []web.Option{{Value: "customer", Label: web.T("col.customer"), Selected: true}, {Value: "cf.Cost", Label: web.Plain("Cost"), Selected: true}}}}
}

func withCells(list []agent.Row) []agent.Row {
	for i, row := range list {
		list[i].Cells = []agent.Cell{{Customer: row.Customer}, {Text: row.Requestor}, {Text: row.Queue}, {Text: row.Owner}, {Status: row.Status}, {At: row.Updated}, {Values: []web.CustomValue{{Text: web.Plain("12.5")}}}}
	}
	return list
}
