package admin

import (
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

// A GrantRow is one grant: who has what where.
type GrantRow struct {
	ID       int64
	Who      web.Link
	WhoIcon  string   // "person", "group", "customer"
	As       web.Text // the role that must be filled; zero: none
	What     string   // a right or a permission
	Where    web.Link
	Since    time.Time // when it was made; zero: not known
	Until    string    // its last day; empty: for good
	Revoke   bool      // may be revoked
	Sleeping bool      // somebody or something in it is disabled
	PassedOn web.Text  // who passes it on, and from which grant; zero: it was granted
}

// A GrantsPage lists grants.
type GrantsPage struct {
	Nav              []web.NavSection
	Who, What, Where web.Field
	Until            web.Field // the last day by which those end that are shown
	Rows             []GrantRow
	Pager            web.Pager
	Empty            web.Empty
	MayGrant         bool
	CSV              string // where they are had as a file
	Undo             *TakeBack
}

// View makes the page ready to be shown.
func (p GrantsPage) View() web.View {
	return web.View{Template: "admin/grants", Title: web.T("admin.grants"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A GrantNewPage grants something. Preview says who gains what, once the form
// was filled in and sent for a look.
type GrantNewPage struct {
	Nav                         []web.NavSection
	Who, As, What, Where, Until web.Field
	Error                       web.Text // zero: none
	Preview                     *Preview
}

// A Preview says what a change will do before it is saved.
type Preview struct {
	Summary web.Text
	Gains   []web.Recipient
	Warning web.Text // zero: none
	Effect  web.Effect
}

// View makes the page ready to be shown.
func (p GrantNewPage) View() web.View {
	return web.View{Template: "admin/grant-new", Title: web.T("admin.grant.new"), Nav: p.Nav, Crumbs: top(to("admin.grants", "/admin/grants")), Body: p}
}

// A GrantRevokePage asks once more and says who loses what.
type GrantRevokePage struct {
	Nav    []web.NavSection
	Grant  GrantRow
	Effect Preview
}

// View makes the page ready to be shown.
func (p GrantRevokePage) View() web.View {
	return web.View{Template: "admin/grant-revoke", Title: web.T("admin.grant.revoke"), Nav: p.Nav, Crumbs: top(to("admin.grants", "/admin/grants")), Body: p}
}

// A MailPage lists letters: those that go (outbox) or came (spool).
type MailPage struct {
	Nav    []web.NavSection
	Kind   string // "outbox" or "spool"
	Status web.Field
	Rows   []MailRow
	Pager  web.Pager
	Empty  web.Empty
	Loops  []web.Text // what looks like one
}

// A MailRow is one letter of a list. Tries counts failed attempts.
type MailRow struct {
	URL     string
	Subject string
	Other   string // the recipient, or the sender
	Ticket  web.Link
	Status  string // "waiting", "sent", "active", "failed" or "parked"
	Tries   int
	At      time.Time
}

// View makes the page ready to be shown.
func (p MailPage) View() web.View {
	return web.View{Template: "admin/mail", Title: web.T("admin." + p.Kind), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A LetterPage shows one letter as the bytes that it is.
type LetterPage struct {
	Nav       []web.NavSection
	Kind      string // "outbox" or "spool"
	URL       string
	Row       MailRow
	From      string // of a letter that goes
	To        string // of a letter that came
	MessageID string
	Error     string    // why it failed or was parked; empty: it did not
	Next      time.Time // of the next try; zero: none
	Text      string
	Cut       bool   // there is more of it
	Retry     bool   // may be tried again now
	Resend    bool   // was sent, and may be once more
	Raw       string // where its bytes can be fetched; empty: nowhere
	Steps     []LetterStep
	Marks     []desk.LetterMark
	Defects   []string
	Sent      time.Time  // zero: not yet
	Ticket    *web.Field // the queue in which it may be made a ticket; nil: it may not
}

// A LetterStep is one thing that was found out or decided about a letter.
type LetterStep struct {
	What web.Text
	Said string
}

// View makes the page ready to be shown.
func (p LetterPage) View() web.View {
	return web.View{
		Template: "admin/letter", Title: web.Plain(p.Row.Subject), Nav: p.Nav,
		Crumbs: top(to("admin."+p.Kind, "/admin/"+p.Kind)), Body: p,
	}
}
