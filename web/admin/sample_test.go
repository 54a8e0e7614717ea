package admin_test

import (
	"slices"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func reader() web.Reader {
	return web.Reader{Name: "Ann Archer", Address: "ann@desk.example", Agent: true, Admin: true, Theme: ""}
}

func ago(d time.Duration) time.Time { return webtest.Now().Add(-d) }

func who(name, address string) web.Person {
	return web.Person{Name: name, Address: address, URL: "/admin/users/7"}
}

func acme() web.Customer { return web.Customer{Name: "Acme Robotics", URL: "/admin/customers/1"} }

func choice(form, name string, labels ...string) web.Field {
	f := web.Field{Form: form, Name: name, Kind: "select"}
	for i, l := range labels {
		f.Options = append(f.Options, web.Option{Value: l, Label: web.Plain(l), Selected: i == 0})
	}
	return f
}

func nav(current string) []web.NavSection {
	item := func(key, icon string) web.NavItem {
		return web.NavItem{Label: web.T(key), URL: "/admin/" + key, Icon: icon, Current: key == current}
	}
	return []web.NavSection{
		{Items: []web.NavItem{item("admin.overview", "home")}},
		{Title: web.T("admin.people"), Items: []web.NavItem{item("admin.users", "person"), item("admin.customers", "customer"), item("admin.groups", "group")}},
		{Title: web.T("admin.access"), Items: []web.NavItem{item("admin.queues", "place"), item("admin.grants", "grant"), item("admin.relations", "swap")}},
		{Title: web.T("admin.mail"), Items: []web.NavItem{item("admin.outbox", "send"), item("admin.spool", "tray")}},
	}
}

func overview() admin.OverviewPage {
	tile := func(icon string, n int, key string) admin.Tile {
		return admin.Tile{Icon: icon, Count: n, Label: web.T(key), URL: "/admin/" + key}
	}
	waiting := tile("send", 3, "admin.outbox")
	waiting.Trouble = true
	return admin.OverviewPage{
		Nav: nav("admin.overview"),
		Tiles: []admin.Tile{
			tile("person", 2014, "admin.users"), tile("customer", 131, "admin.customers"), tile("group", 48, "admin.groups"), tile("place", 12, "admin.queues"),
			tile("grant", 96, "admin.grants"), waiting, tile("tray", 0, "admin.spool"),
		},
		Changes: []admin.ChangeRow{
			{Event: web.Event{Icon: "customer", By: who("Ann Archer", ""), What: web.T("event.added", "Ravi Rao", web.T("part.member")), Why: web.Plain("Acme Robotics"), At: ago(time.Hour)}},
			{Event: web.Event{Icon: "grant", By: who("Tom Tailor", ""), What: web.Plain("granted ShowTicket to Field engineers on queue Support"), At: ago(30 * time.Hour)},
				Undo: &admin.TakeBack{Action: "/admin/changes/8/take-back", To: "/admin/"}},
		},
	}
}

func users() admin.UsersPage {
	row := func(name, login, kind string, customers ...web.Customer) admin.UserRow {
		return admin.UserRow{Person: who(name, login+"@acme.example"), Login: login, Kind: web.T("admin.kind." + kind), Customers: customers}
	}
	gone := row("Sofia Santos", "sofia", "contact", acme())
	gone.Disabled = true
	return admin.UsersPage{
		Nav: nav("admin.users"), Text: web.Field{Name: "text", Kind: "search"}, Kind: choice("", "kind", "Any", "Agent", "Contact"),
		Rows: []admin.UserRow{
			row("Ann Archer", "ann", "agent"), row("Bob Baker", "bob", "contact", acme()), row("Mei-Lin Chen", "mei", "contact", acme(), web.Customer{Name: "Acme Logistics", URL: "/admin/customers/2"}),
			row("Jürgen Brückner", "juergen", "contact", web.Customer{Name: "Brückner & Söhne", URL: "/admin/customers/3"}), gone, row("Tom Tailor", "tom", "agent"),
		},
		Pager: web.Pager{Older: "/admin/users?after=tom"}, New: "/admin/users/new",
	}
}

func userForm() *admin.UserForm {
	return &admin.UserForm{
		Seen:  "f00",
		Login: web.Field{Name: "login", Value: "mei", Required: true}, Name: web.Field{Name: "name", Value: "Mei-Lin Chen"}, Address: web.Field{Name: "address", Kind: "email", Value: "mei@acme.example"},
		Kind: choice("", "kind", "Contact", "Agent"), Lang: choice("", "lang", "English", "Deutsch"), Zone: web.Field{Name: "zone", Value: "Europe/Berlin"},
		Password: web.Field{Name: "password", Kind: "password", Autocomplete: "new-password"},
	}
}

func grants() []admin.GrantRow {
	return []admin.GrantRow{
		{ID: 1, Who: web.Link{Label: web.Plain("Everyone"), URL: "/admin/groups/1"}, WhoIcon: "group", As: web.T("role.requestor"), What: "ShowTicket", Where: web.Link{Label: web.T("grant.place.system")}, Revoke: true},
		{ID: 2, Who: web.Link{Label: web.Plain("Field engineers"), URL: "/admin/groups/4"}, WhoIcon: "group", What: "rw", Where: web.Link{Label: web.T("grant.place.queue", "Support"), URL: "/admin/queues/1"}, Until: "2026-12-08", Revoke: true, PassedOn: web.T("grant.passed", "Ann Archer", int64(7))},
		{ID: 3, Who: web.Link{Label: web.Plain("Acme Robotics"), URL: "/admin/customers/1"}, WhoIcon: "customer", As: web.T("col.customer"), What: "ro", Where: web.Link{Label: web.T("grant.place.queue", "Billing"), URL: "/admin/queues/2"}, Sleeping: true},
	}
}

func members() []admin.Membership {
	return []admin.Membership{
		{Name: "Ann Archer", URL: "/admin/users/1", Kind: "person", Part: web.T("admin.kind.agent"), Remove: "u1"},
		{Name: "Field engineers", URL: "/admin/groups/4", Kind: "group", Part: web.T("admin.kind.group"), Remove: "g4"},
		{Name: "Old interns", URL: "/admin/groups/9", Kind: "group", Part: web.T("admin.kind.group"), Disabled: true},
	}
}

func deep() []admin.Membership {
	return []admin.Membership{
		{Name: "Ann Archer", URL: "/admin/users/1", Kind: "person"},
		{Name: "Tom Tailor", URL: "/admin/users/2", Kind: "person", Through: []web.Link{{Label: web.Plain("Field engineers"), URL: "/admin/groups/4"}, {Label: web.Plain("Night shift"), URL: "/admin/groups/5"}}},
	}
}

func user() admin.UserPage {
	return admin.UserPage{
		Nav: nav("admin.users"), URL: "/admin/users/7", Person: who("Mei-Lin Chen", ""), Form: userForm(), Grants: grants()[:1], Got: []admin.PassedRow{{What: "rw", Where: "queue:Support", Until: "2026-12-31", To: web.Plain("Mei-Lin Chen"), Chain: askChain(), Asleep: true}}, Passed: []admin.PassedRow{{What: "ro", Where: "system", To: web.Plain("Tom Tailor"), End: "/admin/grants/9/revoke"}},
		Holds: &admin.Holding{All: "/x", Rows: []admin.HeldRow{{Group: web.Link{Label: web.Plain("Field engineers"), URL: "/x"}, Permission: "rw", On: web.T("relation.other"), From: web.Plain("Acme Robotics")}}}, From: web.Link{Label: web.T("relation.back", web.T("relation.contact-group")), URL: "/x"}, Relations: []web.Link{{Label: web.T("relation.to.group", web.T("relation.contact-group")), URL: "/y"}},
		Customers: []admin.Membership{{Name: "Acme Robotics", URL: "/admin/customers/1", Kind: "customer", Part: web.T("part.manager")}},
		Codes:     true, Passkeys: 2,
		Merge: web.Field{Form: "merge-", Name: "into", Required: true, Suggest: "all"}, Source: web.T("record.directory", "LDAP"), Related: related(), SignIns: []admin.SignIn{{What: web.Plain("Firefox"), Where: "192.0.2.7", At: ago(time.Hour)}, {What: web.T("record.token", "script")}},
		Groups: []admin.Membership{{Name: "Contacts", URL: "/admin/groups/2", Kind: "group", Part: web.Plain(""), Through: []web.Link{{Label: web.Plain("Acme Robotics"), URL: "/admin/customers/1"}}}},
	}
}

func places(kind string) admin.PlacesPage {
	return admin.PlacesPage{
		Nav: nav("admin." + kind + "s"), Kind: kind, Text: web.Field{Name: "text", Kind: "search"},
		Rows: []admin.PlaceRow{
			{Name: "Acme Robotics", URL: "/admin/customers/1", About: "Robots for halls B and C", People: 12, Tickets: 31}, {Name: "Brückner & Söhne", URL: "/admin/customers/3", People: 5, Tickets: 2},
			{Name: "Northwind Traders", URL: "/admin/customers/4", About: "Ended in 2025", People: 9, Disabled: true},
		},
		New: settings("/admin/" + kind + "s"),
	}
}

func settings(action string) *admin.PlaceForm {
	return &admin.PlaceForm{Action: action, Seen: "f00", Fields: []admin.Labelled{
		{Label: web.T("col.name"), Field: web.Field{Form: "set-", Name: "name", Value: "Acme Robotics", Required: true}},
		{Label: web.T("admin.customer.domains"), Help: web.T("admin.customer.domains.help"), Field: web.Field{Form: "set-", Name: "domains", Value: "acme.example"}},
		{Label: web.T("admin.customer.mode"), Field: choice("set-", "mode", "replaces the person", "joins the person")},
	}}
}

func customer() admin.CustomerPage {
	person := func(name, id, part string) admin.CustomerPerson {
		f := choice("part-"+id, "part", "Manager", "Member", "Reader", "Contact")
		return admin.CustomerPerson{Person: who(name, id+"@acme.example"), Is: web.T("part." + part), Member: id, Part: &f, Remove: true, Primary: id == "mei", Source: web.T("record.source.hand"), Days: web.T("record.until", "2027-01-31")}
	}
	gone := person("Sofia Santos", "sofia", "reader")
	gone.Part, gone.Remove, gone.Disabled = nil, false, true
	return admin.CustomerPage{
		Nav: nav("admin.customers"), URL: "/admin/customers/1", Tag: web.Customer{Name: "Acme Robotics"}, About: "acme", Switch: true, Grants: grants()[2:],
		People:   []admin.CustomerPerson{person("Mei-Lin Chen", "mei", "manager"), person("Bob Baker", "bob", "member"), gone},
		Add:      &admin.MemberForm{Who: web.Field{Form: "add-", Name: "who", Required: true, Value: "ravi", Error: "There is no user “ravi”. Write a login or an address."}, How: choice("add-", "part", "Member", "Manager"), Primary: web.Field{Form: "add-", Name: "primary", Kind: "checkbox"}, Error: web.T("error.invalid.title")},
		Waiting:  []admin.CustomerPerson{person("Nora New", "nora", "member")},
		Settings: settings("/admin/customers/1"), Related: related(),
	}
}

func related() *admin.Related {
	return &admin.Related{
		Tickets: []web.Link{{Label: web.T("record.open"), URL: "/agent/tickets?a=1"}, {Label: web.T("record.closed"), URL: "/agent/tickets?a=2"}},
		Counts:  []web.Text{web.Plain("12"), web.T("record.many", 999)}, Add: true,
		Above:   []admin.Membership{{Name: "Robotics Holding", URL: "/admin/customers/7", Kind: "customer"}},
		Below:   []admin.Membership{{Name: "Acme Arms", URL: "/admin/customers/8", Kind: "customer", Part: web.T("part.member"), Remove: "8"}},
		History: []web.Event{{Icon: "customer", What: web.T("audit.customer.update", "customer:acme"), By: who("Ann Archer", ""), At: ago(3 * time.Hour)}},
	}
}

func directories() admin.DirectoriesPage {
	good := desk.SyncReport{Started: ago(26 * time.Hour), State: desk.SyncDone, Read: 1300, Added: 2}
	return admin.DirectoriesPage{Nav: nav("admin.directories"), Late: true, Rows: []admin.DirectoryRow{
		{Name: "LDAP", URL: "/admin/directories/1", Kind: web.T("directory.kind.ldap"), Place: 1, People: 1300, Every: web.T("directory.every", web.T("span.hour")),
			State: admin.DirectoryState{Level: "bad", What: web.T("directory.state.stopped"), Good: &good, Late: web.T("span.days", 2)}},
		{Name: "HR", URL: "/admin/directories/2", Kind: web.T("directory.kind.sql"), Place: 2, Every: web.T("directory.asked"), Disabled: true,
			State: admin.DirectoryState{Level: "warn", What: web.T("admin.disabled")}},
	}}
}

// directory is one directory, whose latest reading was stopped and which is
// being tried.
func directory() admin.DirectoryPage {
	row := directories().Rows[0]
	row.State.Stopped = true
	field := func(name, value string) admin.Labelled {
		return admin.Labelled{Label: web.T("directory.ldap." + name), Field: web.Field{Name: "config-" + name, Value: value}}
	}
	return admin.DirectoryPage{Nav: nav("admin.directories"), Name: row.Name, URL: row.URL, People: row.People, Every: row.Every, State: &row.State,
		Reports: []desk.SyncReport{{Started: ago(time.Hour), State: desk.SyncStopped, Read: 900, Gone: 400, Text: "This would take away 400 of 1300 people, more than 10 %."}, *row.State.Good},
		Form: admin.DirectoryForm{Kind: "ldap", Seen: "f00", Kept: true, Error: web.T("error.invalid.title"), Parts: []admin.FormPart{
			{Title: "directory.part.where", Fields: []admin.Labelled{field("url", "ldap://ldap.acme.example"), field("base", "ou=people,dc=acme,dc=example")}},
			{Title: "directory.part.people.ldap", Fields: []admin.Labelled{field("login", ""), field("name", "")}},
		}},
		Trial: &admin.Trial{Seen: web.T("directory.try.seen", 900), Steps: []admin.TrialStep{{Label: web.T("directory.step.reach"), OK: true, Text: "ldap://ldap.acme.example"},
			{Label: web.T("directory.step.base"), Text: "There is no ou=people."}}, Lacks: []web.Text{web.T("directory.lacks.customer", "acme")},
			Entries: []admin.TrialEntry{{DirectoryEntry: desk.DirectoryEntry{ID: "5f1a", Login: "bob", Name: "Bob Baker", Addresses: []string{"bob@acme.example"}, Customers: []string{"acme"}}, Ours: []string{"Welders"}}, {DirectoryEntry: desk.DirectoryEntry{ID: "6", Login: "mei", Disabled: true}}}}}
}

func health() admin.HealthPage {
	hour := webtest.Now().Add(-time.Hour)
	return admin.HealthPage{Nav: nav("health.title"), Program: "v1.2.3", Mixed: true, Replica: admin.ReplicaRow{Set: true, Late: "12.4", Why: web.T("health.replica.late"), Answered: 48211, Behind: 17}, Nodes: []admin.NodeRow{
		{Name: "desk-a:8080", Program: "v1.2.3", Started: hour, Seen: webtest.Now(), Rights: web.T("health.rights.now")}, {Name: "desk-b:8080", Program: "v1.2.2", Started: hour, Seen: hour, Silent: true, Rights: web.T("health.rights.behind", 17)}}, Waits: []admin.WaitRow{
		{What: web.T("health.jobs"), Count: 3}, {What: web.T("health.out"), Count: 2, Oldest: webtest.Now().Add(-time.Hour), URL: "/admin/outbox"},
		{What: web.T("health.outfailed"), Count: 7, URL: "/admin/outbox", Trouble: true}, {What: web.T("health.spool")}},
		Looks: []admin.LookRow{{"database", "ok", "it answers, with all 61 steps of the schema"}, {"disk", "look", "612 MB are free: make room"}, {"relay", "wrong", "mail.example.org:25 does not answer: dial tcp: connection refused"}}}
}

func checkup() admin.CheckupPage {
	return admin.CheckupPage{Nav: nav("checkup.title"), Found: []admin.MistakeGroup{
		{Check: "queue.unanswered", Grave: true, Rows: []admin.MistakeRow{{Name: "Returns", URL: "/admin/queues/3"}}},
		{Check: "mailbox.failed", Grave: true, Rows: []admin.MistakeRow{{Name: "post", Detail: "imap.example.org does not answer: connection refused after a while of trying", URL: "/admin/mail/accounts/1"}}},
		{Check: "grant.anybody", Rows: []admin.MistakeRow{{Name: "Everyone", Detail: "ShowTicket · queue:Support", URL: "/admin/grants/7/revoke"}}},
		{Check: "customer.empty", Rows: []admin.MistakeRow{{Name: "Acme Robotics", URL: "/admin/customers/9"}, {Name: "Donaudampfschifffahrtsgesellschaft", URL: "/admin/customers/9"}}},
	}}
}

func find() admin.FindPage {
	rows := members()
	return admin.FindPage{Nav: nav("record.find"), Text: web.Field{Name: "text", Kind: "search", Value: "a"}, Asked: true, Empty: empty(),
		Found: []admin.Found{{Label: web.T("admin.users"), Rows: rows[:1], More: true}, {Label: web.T("admin.groups"), Rows: rows[1:]}}}
}

func group() admin.GroupPage {
	return admin.GroupPage{
		Nav: nav("admin.groups"), URL: "/admin/groups/3", Name: "Service staff", Switch: true, About: "Everybody who answers customers.", Direct: members(), Deep: deep(),
		In: []admin.Membership{{Name: "Employees", URL: "/admin/groups/8", Kind: "group", Part: web.T("admin.directly")}}, Add: &admin.MemberForm{Who: web.Field{Form: "add-", Name: "who", Required: true}},
		DeepMore: true, AllGrants: "/admin/grants?who=group:Service", Sees: "/admin/ask?x", Tree: tree(), Letters: []string{"ann@desk.example", "tom@desk.example"}, Settings: settings("/admin/groups/3"), Grants: grants()[1:2],
	}
}

func queue() admin.QueuePage {
	page := admin.QueuePage{
		Nav: nav("admin.queues"), URL: "/admin/queues/1", Name: "Support", Switch: true, About: "Questions and faults.", Grants: grants(), Settings: settings("/admin/queues/1"),
		Add: &admin.MemberForm{Who: web.Field{Form: "add-", Name: "who", Required: true}, How: choice("add-", "role", "AdminCc", "Cc")},
	}
	for _, m := range members() {
		page.Watchers = append(page.Watchers, admin.QueueWatcher{Member: m, Role: web.T("role.admincc")})
	}
	return page
}

func grantForm() admin.GrantNewPage {
	return admin.GrantNewPage{
		Nav: nav("admin.grants"), Who: web.Field{Name: "who", Required: true, Value: "group:Field engineers"}, As: choice("", "as", "in any case", "Requestor"), What: web.Field{Name: "what", Required: true, Value: "ShowTicket"},
		Where: web.Field{Name: "where", Required: true, Value: "queue:Billings", Error: "There is no queue “Billings”. Did you mean Billing?"}, Until: web.Field{Name: "until", Kind: "date"}, Error: web.T("error.invalid.title"),
		Preview: effect("grant.gives"),
	}
}

func effect(key string) *admin.Preview {
	return &admin.Preview{
		Effect:  effectPage().Effect,
		Summary: web.T(key, "Field engineers", "ShowTicket", web.T("grant.place.queue", "Billing"), web.T("grant.as.any"), 3), Warning: web.Plain("A customer who stands in a role of the whole queue sees every customer's tickets."),
		Gains: []web.Recipient{{Person: who("Ann Archer", "")}, {Person: who("Tom Tailor", ""), Why: web.Plain("Night shift")}},
	}
}

func mail(kind string) admin.MailPage {
	row := func(subject, other, status string, tries int) admin.MailRow {
		return admin.MailRow{URL: "/admin/" + kind + "/1", Subject: subject, Other: other, Ticket: web.Link{Label: web.Plain("#10470"), URL: "/agent/tickets/10470"}, Status: status, Tries: tries, At: ago(time.Duration(tries) * time.Hour)}
	}
	return admin.MailPage{
		Nav: nav("admin." + kind), Kind: kind, Status: choice("", "status", "Any", "Waiting", "Failed"), Pager: web.Pager{Older: "/admin/outbox?before=1"},
		Rows: []admin.MailRow{row("Re: Arm 7 stops with error E-41 [desk #10470]", "bob@acme.example", "waiting", 0), row("Re: Invoice 2026-1187", "leasing@fleet.example", "failed", 4), row("Out of office", "mei@acme.example", "sent", 1), row("Undeliverable", "mailer-daemon@fleet.example", "parked", 9)},
	}
}

func letter() admin.LetterPage {
	return admin.LetterPage{
		Nav: nav("admin.outbox"), Kind: "outbox", URL: "/admin/outbox/1", Row: mail("outbox").Rows[1], From: "Support <support@desk.example>", MessageID: "<10470.3.k4f9a2@desk.example>",
		Error: "The relay said: 452 4.2.2 mailbox full.", Next: webtest.Now().Add(time.Hour), Retry: true, Cut: true,
		Text: "From: Support <support@desk.example>\nTo: leasing@fleet.example\nSubject: Re: Invoice 2026-1187\nMessage-ID: <10470.3.k4f9a2@desk.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello,\n\nthe address is corrected; the new invoice is attached.\n\nBest regards\nAnn\n",
	}
}

func empty() web.Empty {
	return web.Empty{Icon: "search", Title: web.T("admin.empty.title"), Hint: web.T("admin.empty.hint")}
}

// bare are the pages with nothing to show.
func bare() []webtest.Sample {
	noUsers, noPlaces, noGrants, noMail := users(), places("group"), admin.GrantsPage{Nav: nav("admin.grants"), Empty: empty()}, mail("spool")
	noUsers.Rows, noUsers.Empty, noPlaces.Rows, noPlaces.Empty, noMail.Rows, noMail.Empty = nil, empty(), nil, empty(), nil, empty()
	noGrants.Who, noGrants.What, noGrants.Where = web.Field{Name: "who"}, web.Field{Name: "what"}, web.Field{Name: "where"}
	return []webtest.Sample{
		{Name: "admin-none-overview", View: admin.OverviewPage{Nav: nav("")}.View()}, {Name: "admin-none-users", View: noUsers.View()}, {Name: "admin-none-places", View: noPlaces.View()},
		{Name: "admin-none-grants", View: noGrants.View()}, {Name: "admin-none-mail", View: noMail.View()},
		{Name: "admin-none-user", View: admin.UserPage{URL: "/admin/users/1", Person: who("New Nora", ""), Form: userForm(), Disabled: true}.View()},
		{Name: "admin-none-customer", View: admin.CustomerPage{URL: "/admin/customers/1", Tag: acme(), Disabled: true}.View()},
		{Name: "admin-none-group", View: admin.GroupPage{URL: "/admin/groups/1", Name: "New group"}.View()}, {Name: "admin-none-queue", View: admin.QueuePage{URL: "/admin/queues/1", Name: "New queue"}.View()},
	}
}

func samples() []webtest.Sample {
	allGrants := admin.GrantsPage{Nav: nav("admin.grants"), Who: web.Field{Name: "who"}, What: web.Field{Name: "what"}, Where: web.Field{Name: "where"}, Until: web.Field{Name: "until", Kind: "date"}, Rows: grants(), MayGrant: true}
	revoke := admin.GrantRevokePage{Nav: nav("admin.grants"), Grant: grants()[0], Effect: *effect("grant.takes")}
	return append([]webtest.Sample{
		{Name: "admin-overview", View: overview().View()}, {Name: "admin-ask", View: askSample().View()}, {Name: "admin-ask-list", View: askList().View()}, {Name: "admin-audit", View: auditSample().View()}, {Name: "admin-users", View: users().View()}, {Name: "admin-find", View: find().View()}, {Name: "admin-health", View: health().View()}, {Name: "admin-checkup", View: checkup().View()}, {Name: "admin-checkup-none", View: admin.CheckupPage{Nav: nav("checkup.title"), Empty: empty()}.View()}, {Name: "admin-directories", View: directories().View()}, {Name: "admin-user", View: user().View()},
		{Name: "admin-directory", View: directory().View()}, {Name: "admin-import", View: importSample().View()}, {Name: "admin-imports", View: importsSample().View()},
		{Name: "admin-user-new", View: admin.UserNewPage{Nav: nav("admin.users"), Form: *userForm()}.View()}, {Name: "admin-customers", View: places("customer").View()},
		{Name: "admin-customer", View: customer().View()}, {Name: "admin-groups", View: places("group").View()}, {Name: "admin-group", View: group().View()},
		{Name: "admin-queues", View: places("queue").View()}, {Name: "admin-queue", View: queue().View()}, {Name: "admin-grants", View: allGrants.View()},
		{Name: "admin-grant-new", View: grantForm().View()}, {Name: "admin-grant-revoke", View: revoke.View()}, {Name: "admin-outbox", View: mail("outbox").View()},
		{Name: "admin-letter", View: letter().View()}, {Name: "admin-spool", View: mail("spool").View()},
		{Name: "admin-effect", View: effectPage().View()},
	}, slices.Concat(eraseSamples(), relationSamples(), setSamples(), clockSamples(), lifeSamples(), fieldSamples(), postSamples(), letterSamples(), ruleSamples(), blueprintSamples(), settingSamples(), bare())...)
}
