package admin_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// postSamples are the pages about letters, mailboxes and rules.
func postSamples() []webtest.Sample {
	form := func(action string) *admin.PlaceForm {
		return &admin.PlaceForm{Action: action, Error: web.Plain("The mailbox cannot be read."), Fields: []admin.Labelled{
			{Label: web.T("mail.account.server"), Help: web.T("mail.account.server.help"), Field: web.Field{Name: "server", Value: "imap.example.org:993", Required: true}},
			{Label: web.T("mail.rule.block"), Help: web.T("mail.rule.list.help"), Field: web.Field{Name: "block", Kind: "textarea", Value: "@spam.example"}},
		}}
	}
	well := admin.MailAccountRow{Name: "office", URL: "/admin/mail/accounts/1", Mailbox: "desk@example.org, imap.example.org:993", Queue: "Support", At: ago(time.Minute)}
	late, broken, off := well, well, well
	late.Late, broken.Said, broken.At, off.Disabled = true, "signing in: LOGIN failed", time.Time{}, true
	rule := admin.MailRuleRow{Name: web.T("mail.rule.default"), URL: "/admin/mail/rules/0", Unproven: web.T("mail.unproven.mark"), Closed: web.T("mail.closed.days", 30), Spam: web.T("mail.spam.aside"), Block: 3}
	came := letter()
	came.Kind, came.URL, came.To, came.Retry, came.Raw = "spool", "/admin/spool/7", "support@desk.example", true, "/admin/spool/7/raw"
	came.Marks, came.Defects = desk.LetterMarks(), []string{"It has several From fields."}
	came.Ticket = &web.Field{Name: "queue", Kind: "select", Options: []web.Option{{Value: "1", Label: web.Plain("Support"), Selected: true}}}
	for _, kind := range desk.StepKinds() {
		came.Steps = append(came.Steps, admin.LetterStep{What: web.T("letter.step." + string(kind)), Said: "Letters to support@desk.example go to the queue Support."})
	}
	sent := letter()
	sent.Retry, sent.Resend, sent.Error, sent.Sent, sent.Raw = false, true, "", ago(time.Hour), "/admin/outbox/1/raw"
	return []webtest.Sample{
		{Name: "admin-letter-in", View: came.View()}, {Name: "admin-letter-sent", View: sent.View()},
		{Name: "admin-paused", View: admin.PausedPage{Nav: nav("mail.paused"), Rows: []desk.BouncedAddress{{Address: "gone@acme.example", Reason: "550 5.1.1 no such user", Count: 3, At: ago(time.Hour)}}}.View()},
		{Name: "admin-none-paused", View: admin.PausedPage{Nav: nav("mail.paused"), Empty: empty()}.View()},
		{Name: "admin-mail-rules", View: admin.MailRulesPage{Nav: nav("mail.rules"), Rows: []admin.MailRuleRow{rule, {Name: web.Plain("Support"), URL: "/admin/mail/rules/1", Inherited: true}}}.View()},
		{Name: "admin-mail-rule", View: admin.MailRulePage{Nav: nav("mail.rules"), Name: web.Plain("Support"), Form: form("/admin/mail/rules/1")}.View()},
		{Name: "admin-mail-accounts", View: admin.MailAccountsPage{Nav: nav("mail.accounts"), Rows: []admin.MailAccountRow{well, late, broken, off}, New: form("/admin/mail/accounts")}.View()},
		{Name: "admin-none-mail-accounts", View: admin.MailAccountsPage{Nav: nav("mail.accounts"), Empty: empty(), New: form("/admin/mail/accounts")}.View()},
		{Name: "admin-mail-account", View: admin.MailAccountPage{Nav: nav("mail.accounts"), Row: broken, Sure: true, Form: form("/admin/mail/accounts/1/save")}.View()},
	}
}

// TestWhoLooksAfterLetters: the pages are there for who holds AdminMail, and
// the rules of a queue for who runs it.
func TestWhoLooksAfterLetters(t *testing.T) {
	d := newDesk(t)
	letters(t, d)
	d.OK(d.SaveMailAccount(t.Context(), d.Sys, desk.MailAccount{Name: "office", Server: "imap.example.org:993", User: "desk", Password: "Sesame7", Queue: "Support"}))
	support := strings.TrimPrefix(at(d, "queue", "Support"), "/admin/queues/")
	for _, tt := range []struct{ path, seenBy, says string }{
		{"/admin/mail/accounts", "root mia", "office"},
		{"/admin/mail/accounts/1", "root mia", "imap.example.org:993"},
		{"/admin/mail/rules", "root mia", "Queues without rules of their own"},
		{"/admin/mail/rules/0", "root mia", "Letters without a proof"},
		{"/admin/mail/rules/" + support, "root quinn", "Letters without a proof"},
		{"/admin/mail/paused", "root mia", "No address is paused"},
		{"/admin/spool/1/raw", "root mia", "Subject: Hello"},
	} {
		for _, login := range []string{"root", "carl", "quinn", "mia", "uma", "ann", "bob"} {
			seesPage(t, d.Get(login, tt.path), slices.Contains(strings.Fields(tt.seenBy), login), tt.says)
		}
	}
	wants(t, d.Get("mia", "/admin/mail/accounts/1"), 200, "!Sesame7")
	wants(t, d.Get("mia", "/admin/mail/accounts/9"), 404)
	for path, form := range map[string][]string{
		"/admin/mail/accounts": {"name", "x"}, "/admin/mail/accounts/1/test": nil, "/admin/mail/accounts/1/remove": {"sure", "1"}, "/admin/mail/accounts/1/save": {"name", "x"},
		"/admin/mail/rules/0": {"unproven", "refuse"}, "/admin/mail/paused": {"address", "gone@acme.example"}, "/admin/spool/1/ticket": {"queue", support},
	} {
		if w := d.Post("quinn", path, form...); w.Code != 404 && w.Code != 403 {
			t.Errorf("quinn may do %s: status %d", path, w.Code)
		}
	}
}

func TestMailboxesAreKept(t *testing.T) {
	d := newDesk(t)
	form := []string{"name", "office", "server", "imap.example.org", "security", "tls", "user", "desk", "secret", "Sesame7", "mailbox", "INBOX", "queue", "Support", "action", "correspond", "minutes", "5", "disabled", "no"}
	wants(t, d.Post("mia", "/admin/mail/accounts", form...), 422, "Write it with a port from 1 to 65535, as imap.example.org:993.", `value="office"`, "!Sesame7")
	form[3] += ":993"
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/accounts", form...)), 200, "office is stored", "never")
	wants(t, d.Post("mia", "/admin/mail/accounts", form...), 422, "an account of this name already")
	list := webtest.Must(d.MailAccounts(t.Context(), d.Sys))(t)
	d.OK(d.MailAccountRead(t.Context(), d.Sys, list[0].ID, desk.MailAccountState{Said: "signing in: LOGIN failed"}))
	wants(t, d.Get("mia", "/admin/mail/accounts"), 200, "LOGIN failed")
	d.OK(d.MailAccountRead(t.Context(), d.Sys, list[0].ID, desk.MailAccountState{LastUID: 7}))
	wants(t, d.Get("mia", "/admin/mail/accounts"), 200, "Works", "!LOGIN failed")
	d.Pass(time.Hour)
	wants(t, d.Get("mia", "/admin/mail/accounts"), 200, "It should have been read again long ago")
	form[9], form[3] = "", "other.example.org:993"
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/accounts/1/save", form...)), 200, "other.example.org:993")
	if list := webtest.Must(d.MailAccounts(t.Context(), d.Sys))(t); list[0].Password != "" {
		t.Errorf("the password for another server stayed")
	}
	wants(t, d.Post("mia", "/admin/mail/accounts/1/remove"), 200, "Yes, remove it")
	wants(t, next(t, d, "mia", d.Post("mia", "/admin/mail/accounts/1/remove", "sure", "1")), 200, "office is removed", "No mailbox is fetched")
}

func TestRulesOfLetters(t *testing.T) {
	d := newDesk(t)
	path := "/admin/mail/rules/" + strings.TrimPrefix(at(d, "queue", "Support"), "/admin/queues/")
	wants(t, d.Get("root", "/admin/mail/rules"), 200, "Support", "As for queues without rules of their own")
	state := func() string { return seen.FindStringSubmatch(d.Get("quinn", path).Body.String())[1] }
	form := func(more ...string) []string {
		return append([]string{"seen", state(), "own", "yes", "unproven", "mark", "follow_up_after", "30", "spam", "yes", "block", "@spam.example\r\nJo@Bad.Example", "allow", ""}, more...)
	}
	bad := form()
	bad[11] = "nonsense"
	wants(t, d.Post("quinn", path, bad...), 422, "nonsense")
	wants(t, next(t, d, "quinn", d.Post("quinn", path, form()...)), 200, "jo@bad.example")
	if w := d.Post("quinn", path, bad[:2]...); w.Code != 409 {
		t.Errorf("a form that is out of date: status %d", w.Code)
	}
	wants(t, d.Get("root", "/admin/mail/rules"), 200, "Take them, and say so on the ticket", "open new ones after 30 days")
	own := form()
	own[3] = "no"
	wants(t, next(t, d, "quinn", d.Post("quinn", path, own...)), 200, "!jo@bad.example")
	p := webtest.Must(d.MailPolicy(t.Context(), d.Sys, d.Queue["Support"]))(t)
	if !p.Inherited || len(p.Block) != 0 {
		t.Errorf("it has rules of its own still: %+v", p)
	}
}

// TestLetterSaysWhy follows a letter of somebody who may not write: why it was
// refused, and how it becomes a ticket all the same, with a mark for the agents.
func TestLetterSaysWhy(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	env := desk.Envelope{From: "eve@evil.example", Recipient: "support@desk.example", Via: "lmtp"}
	id := webtest.Must(d.SpoolMail(ctx, d.Sys, env, []byte("From: Eve <eve@evil.example>\r\nSubject: Hello\r\n\r\nx\r\n")))(t)
	l := desk.Letter{Spool: id, Envelope: env, From: desk.MailAddress{Name: "Eve", Address: "eve@evil.example"}, Subject: "Hello", Text: "x",
		Notes: desk.LetterNotes{Subject: "Hello", From: "Eve <eve@evil.example>", Defects: []string{"It has no Message-ID."}}}
	d.OK(d.UpdateQueue(ctx, d.Sys, desk.Queue{ID: d.Queue["Support"], Name: "Support", Address: "support@desk.example"}))
	receive := func() { webtest.Must(d.ReceiveMail(ctx, d.Sys, l))(t) }
	receive()
	wants(t, d.Get("mia", "/admin/spool"), 200, "Eve &lt;eve@evil.example&gt;", "Hello", "Refused")
	wants(t, d.Get("root", "/admin/spool/1"), 200, "go to the queue Support", "may not open tickets", "It has no Message-ID.", "Make it a ticket", "Look at it again")
	wants(t, d.Get("mia", "/admin/spool/1"), 200, "!Make it a ticket")
	support := strings.TrimPrefix(at(d, "queue", "Support"), "/admin/queues/")
	wants(t, next(t, d, "root", d.Post("root", "/admin/spool/1/ticket", "queue", support)), 200, "It opens a ticket in a moment")
	receive()
	wants(t, d.Get("root", "/admin/spool/1"), 200, "It opened ticket 1.", "Somebody at the desk decided", "Taken by a decision of the desk", "!Make it a ticket")
	if w := d.Post("root", "/admin/spool/1/ticket", "queue", support); w.Code != 409 {
		t.Errorf("a letter that is a ticket: status %d", w.Code)
	}
	view := webtest.Must(d.Ticket(ctx, d.By("root"), 1))(t)
	if got := view.Marks[view.Messages[0].ID]; !slices.Equal(got, []desk.LetterMark{desk.MarkVouched}) {
		t.Errorf("the message has the marks %v", got)
	}
	d.OK(d.SetMailPolicy(ctx, d.Sys, 0, desk.MailPolicy{}))
	if list, _, err := d.SpoolList(ctx, d.Sys, service.SpoolFilter{}); err != nil || list[0].Notes.From != "Eve <eve@evil.example>" {
		t.Errorf("%+v, %v", list, err)
	}
}
