package webtest_test

import (
	"slices"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/service"
	"gatehouse/web/admin"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
	"gatehouse/web/webtest"
)

// A whole is a desk with the pages of all areas. Anna works in Support and
// Quinn runs it, Carl administers Globex, Hal helps with one ticket, Root may
// everything. Gus is of Globex, Greta is its manager.
type whole struct {
	*webtest.Desk
	t       testing.TB
	own     desk.TicketID // of gus, about which hal is asked
	plain   desk.TicketID // of gus, about nothing in particular
	message desk.MessageID
	file    desk.AttachmentID
	// numbers are what stands for {id} in the addresses of pages, by the kind of
	// thing: some that may be seen by some, and at the end one that there is not.
	numbers map[string][]int64
}

func newWhole(t testing.TB) *whole { return newWholeOn(t, "") }

// newWholeOn is newWhole on the PostgreSQL database of that URL, or without one
// on SQLite.
func newWholeOn(t testing.TB, url string) *whole {
	t.Helper()
	w := &whole{t: t, numbers: map[string][]int64{}, Desk: webtest.NewDeskOn(t, url,
		webtest.Area{Templates: agent.Templates, Routes: agent.Routes},
		webtest.Area{Templates: portal.Templates, Routes: portal.Routes},
		webtest.Area{Templates: admin.Templates, Routes: admin.Routes})}
	for _, name := range []string{"Root Reed", "Anna Archer", "Quinn Quade", "Carl Cole", "Hal Hoover"} {
		w.User(name, "desk.example", desk.Agent)
	}
	globex := w.Customer("globex", "Globex")
	w.User("Gus Gorman", "globex.example", desk.Contact)
	w.User("Greta Gray", "globex.example", desk.Contact)
	w.Join("globex", "gus", desk.PartMember)
	w.Join("globex", "greta", desk.PartManager)
	w.Group("Team")
	w.Join("Team", "anna", desk.PartNone)
	w.MakeQueue("Support")
	support := desk.OnQueue(w.Queue["Support"])
	w.Give(w.Who["root"], 0, desk.OnSystem(), "SuperUser")
	w.Give(w.Who["Team"], 0, support, "rw")
	w.Give(w.Who["quinn"], 0, support, "SeeQueue", "AdminQueue", "ModifyQueueWatchers", "ShowACL", "ModifyACL", "ShowScrips", "ModifyScrips", "ShowTemplate")
	w.Give(w.Who["carl"], 0, desk.OnCustomer(globex), "SeeCustomer", "AdminCustomer", "ModifyCustomer")
	w.Give(desk.Everyone, desk.RolesOf(desk.AdminCc), support, "ShowTicket", "ReplyToTicket")
	w.Give(desk.Contacts, desk.RolesOf(desk.Requestor, desk.Cc, desk.CustomerRole), support, "ShowTicket", "ReplyToTicket", "Watch")
	w.Give(desk.Contacts, 0, support, "CreateTicket", "SeeQueue")
	w.own = w.ask("gus", "Mine", "globex")
	w.plain = w.ask("gus", "Another", "globex")
	w.OK(w.AddWatcher(t.Context(), w.Sys, w.own, desk.AdminCc, w.Who["hal"]))
	w.message = webtest.Must(w.Write(t.Context(), w.By("anna"), service.NewMessage{Ticket: w.own, Kind: desk.Reply, Text: "Look.",
		HTML: "<p>Look.</p>", Files: []desk.Attachment{{Name: "look.txt", Type: "text/plain", Data: []byte("here")}}}))(t)
	v := webtest.Must(w.Ticket(t.Context(), w.Sys, w.own))(t)
	w.file = v.Messages[len(v.Messages)-1].Attachments[0].ID
	return w
}

// ask opens a ticket in Support, or in another queue that is named.
func (w *whole) ask(login, subject, customer string, queue ...string) desk.TicketID {
	w.t.Helper()
	in := service.NewTicket{Queue: w.Queue[append(queue, "Support")[0]], Subject: subject, Text: "About: " + subject,
		Requestors: []desk.PrincipalID{w.Who[login]}}
	by := w.By(login)
	if len(queue) > 0 {
		by = w.Sys
	}
	if customer != "" {
		in.Customers = []desk.CustomerID{desk.CustomerID(w.Who[customer])}
	}
	return webtest.Must(w.OpenTicket(w.t.Context(), by, in))(w.t)
}

func (w *whole) count(kind string, id int64) { w.numbers[kind] = append(w.numbers[kind], id) }

// A secret is something that some may not see.
type secret struct {
	what string
	from string // those who may not see it, by login
	add  func(w *whole)
}

// everybody are those who do not see all.
const everybody = "anna quinn carl hal gus greta"

// secrets are what one desk has and the other has not.
var secrets = []secret{
	{"a queue of its own", everybody, func(w *whole) {
		id := w.MakeQueue("Vault")
		w.count("queue", int64(id))
		w.OK(w.AddQueueWatcher(w.t.Context(), w.Sys, desk.Watcher{Queue: id, Role: desk.AdminCc, Who: w.Who["root"]}))
		w.count("ticket", int64(w.ask("gus", "Secret", "globex", "Vault")))
		w.count("message", int64(webtest.Must(w.Write(w.t.Context(), w.Sys, service.NewMessage{Ticket: 3, Kind: desk.Reply, Text: "Secret", HTML: "<p>Secret</p>",
			Files: []desk.Attachment{{Name: "secret.txt", Data: []byte("secret")}}}))(w.t)))
		v := webtest.Must(w.Ticket(w.t.Context(), w.Sys, 3))(w.t)
		w.count("attachment", int64(v.Messages[len(v.Messages)-1].Attachments[0].ID))
	}},
	{"a ticket of the desk's own", "hal gus greta carl quinn", func(w *whole) {
		w.OK(w.CreateTicketOf("anna", "Secret of the team"))
	}},
	{"a comment with a file", "hal gus greta carl quinn", func(w *whole) {
		w.count("message", int64(webtest.Must(w.Write(w.t.Context(), w.By("anna"), service.NewMessage{Ticket: w.own, Kind: desk.Comment, Text: "secret",
			Files: []desk.Attachment{{Name: "secret.txt", Data: []byte("secret")}}}))(w.t)))
	}},
	{"a private ticket of gus", "greta hal carl quinn", func(w *whole) {
		id := w.ask("gus", "Secret of gus", "globex")
		w.count("ticket", int64(id))
		w.OK(w.ChangeTicket(w.t.Context(), w.Sys, service.TicketChange{Ticket: id, Sharing: ptr(desk.Private)}))
	}},
	{"another company with its people and tickets", "hal gus greta", func(w *whole) {
		w.count("customer", int64(w.Customer("hooli", "Hooli Secret")))
		w.count("user", int64(w.User("Hooly Secret", "hooli.example", desk.Contact)))
		w.Join("hooli", "hooly", desk.PartMember)
		w.count("ticket", int64(w.ask("hooly", "Secret of Hooli", "hooli")))
	}},
	{"that company on a ticket", "gus greta", func(w *whole) {
		if w.Who["hooli"] != 0 {
			w.OK(w.AddWatcher(w.t.Context(), w.Sys, w.own, desk.Cc, w.Who["hooli"]))
		}
	}},
	{"a group that may everything", "hal gus greta", func(w *whole) {
		w.count("group", int64(w.Group("Cabal")))
		w.Join("Cabal", "root", desk.PartNone)
		w.Give(w.Who["Cabal"], 0, desk.OnSystem(), "ShowAudit")
	}},
	{"a group of one's own", everybody, func(w *whole) {
		w.count("group", int64(webtest.Must(w.CreateGroup(w.t.Context(), w.By("root"), desk.Group{Name: "Secret friends", Personal: w.By("root").User}))(w.t)))
	}},
	{"links to what is hidden", everybody, func(w *whole) {
		w.OK(w.LinkTickets(w.t.Context(), w.Sys, service.Link{From: w.own, Type: service.LinkRefersTo, To: 3}))
		w.OK(w.LinkTickets(w.t.Context(), w.Sys, service.Link{From: 3, Type: service.LinkRefersTo, To: w.plain}))
	}},
	{"that a ticket swallowed one that is hidden", everybody, func(w *whole) {
		id := w.ask("gus", "Secret half", "globex", "Vault")
		w.OK(w.MergeTicket(w.t.Context(), w.Sys, id, 3))
		w.count("ticket", int64(id))
	}},
	{"custom fields", "hal gus greta carl", func(w *whole) {
		id := webtest.Must(w.CreateField(w.t.Context(), w.Sys, desk.Field{Of: desk.OfTickets, Name: "Secret", Kind: desk.WholeField, Everywhere: true}))(w.t)
		w.count("field", int64(id))
		w.OK(w.SetFields(w.t.Context(), w.Sys, service.FieldsChange{Ticket: w.own, Set: []service.FieldSet{{Field: id, Values: []string{"7"}}}}))
	}},
	{"custom fields of people and companies", everybody, func(w *whole) {
		for _, f := range []struct { // always with the same numbers, by which forms name them
			name string
			of   desk.FieldOf
			who  desk.PrincipalID
		}{{"Rank", desk.OfUsers, w.Who["gus"]}, {"Margin", desk.OfCustomers, w.Who["globex"]}} {
			id := webtest.Must(w.CreateField(w.t.Context(), w.Sys, desk.Field{Of: f.of, Name: f.name, Kind: desk.WholeField, Everywhere: true}))(w.t)
			w.count("field", int64(id))
			w.OK(w.SetRecordFields(w.t.Context(), w.Sys, f.who, []service.FieldSet{{Field: id, Values: []string{"7"}}}))
		}
	}},
	{"what others keep for themselves", everybody, func(w *whole) {
		ctx := w.t.Context()
		id := webtest.Must(w.SaveView(ctx, w.By("root"), desk.View{Owner: w.By("root").User, Name: "Secret view", Address: "status=new"}))(w.t)
		w.count("view", int64(id))
		board := desk.Dashboard{Owner: w.By("root").User, Name: "Secret board", Parts: []desk.DashboardPart{{Report: desk.TicketReport{Title: "Secret", By: []desk.Grouping{desk.ByQueue}}}}}
		w.count("dashboard", int64(webtest.Must(w.SaveDashboard(ctx, w.By("root"), board))(w.t)))
		reply := desk.ReplyTemplate{Owner: w.By("root").User, Name: "Secret reply", Text: "secret"}
		w.count("reply template", int64(webtest.Must(w.SaveReplyTemplate(ctx, w.By("root"), reply))(w.t)))
		reply = desk.ReplyTemplate{Queue: w.Queue["Vault"], Name: "Secret of the vault", Text: "secret"}
		w.count("reply template", int64(webtest.Must(w.SaveReplyTemplate(ctx, w.Sys, reply))(w.t)))
		w.OK(w.SaveDraft(ctx, w.By("root"), desk.Draft{Ticket: w.own, Kind: desk.Reply, Text: "secret draft"}))
		webtest.Must(w.CreateToken(ctx, w.By("root"), service.NewToken{User: w.By("root").User, Name: "secret"}))(w.t)
	}},
	{"a permission", "anna carl hal gus greta", func(w *whole) {
		secret := desk.Permission{Name: "secret", Agents: desk.RightsOf(desk.ShowTicket)}
		w.count("permission", int64(webtest.Must(w.CreatePermission(w.t.Context(), w.Sys, secret))(w.t)))
	}},
	{"rules, clocks and mailboxes", everybody, func(w *whole) {
		ctx := w.t.Context()
		w.count("rule", int64(webtest.Must(w.SaveRule(ctx, w.Sys, service.WrittenRule{Name: "Secret rule", Queue: "Vault", On: []string{"created"}, Comment: "secret", Enabled: true}))(w.t)))
		calendar := webtest.Must(w.SaveCalendar(ctx, w.Sys, sla.Calendar{Name: "Secret hours", Week: [7][]sla.Span{1: {{From: 0, To: 60}}}}))(w.t)
		w.count("calendar", int64(calendar))
		w.OK(w.SaveMailAccount(ctx, w.Sys, desk.MailAccount{Name: "secret", Server: "imap.secret.example:993", User: "x", Password: "y", Queue: "Vault"}))
		webtest.Must(w.SpoolMail(ctx, w.Sys, desk.Envelope{Queue: "Vault", Via: "pipe"}, []byte("Subject: secret\n\nx")))(w.t)
		w.count("directory", int64(webtest.Must(w.SaveDirectory(ctx, w.Sys, desk.Directory{Name: "Secret LDAP", Kind: "ldap", Config: `{"url": "ldaps://127.0.0.1:636", "base": "dc=secret"}`}))(w.t)))
		w.count("import", int64(webtest.Must(w.UploadImport(ctx, w.By("root"), "users", "secret.csv", []byte("login\nnew\n")))(w.t)))
	}},
}

// CreateTicketOf opens a ticket that nobody outside has part in.
func (w *whole) CreateTicketOf(login, subject string) error {
	id, err := w.OpenTicket(w.t.Context(), w.By(login), service.NewTicket{Queue: w.Queue["Support"], Subject: subject, Text: subject})
	w.count("ticket", int64(id))
	return err
}

func ptr[T any](v T) *T { return &v }

// pair makes two desks that differ only in what somebody may not see: one that
// has it, and one that has not. Their clocks show the same.
func pair(t testing.TB, login string, database func(testing.TB) string) (bare, full *whole) {
	t.Helper()
	bare, full = newWholeOn(t, database(t)), newWholeOn(t, database(t))
	for _, s := range secrets {
		bare.Pass(time.Hour)
		full.Pass(time.Hour)
		if slices.Contains(words(s.from), login) {
			s.add(full)
		}
	}
	for _, kind := range []string{"ticket", "queue", "user", "customer", "group", "message", "attachment", "field", "view", "reply template", "dashboard", "rule", "calendar",
		"agreement", "directory", "import", "permission", "grant", "letter", "other"} {
		full.count(kind, 999)
	}
	for kind, id := range map[string]int64{"ticket": int64(full.own), "queue": int64(full.Queue["Support"]), "user": int64(full.Who["gus"]),
		"customer": int64(full.Who["globex"]), "group": int64(full.Who["Team"]), "message": int64(full.message), "attachment": int64(full.file), "permission": 1, "grant": 1, "letter": 1, "other": 1} {
		full.count(kind, id)
	}
	full.count("ticket", int64(full.plain))
	bare.numbers = full.numbers
	return bare, full
}
