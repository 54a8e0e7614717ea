package web_test

import (
	"testing"
	"testing/fstest"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/webtest"
)

// parts calls every part that the bare pages do not use.
const parts = `{{define "bare/parts"}}{{template "bare-top" .}}<h1>Parts</h1>{{with .Body}}
{{range .People}}{{template "avatar" .}}{{template "person" .}}{{end}}
{{template "customer" .Customer}}{{template "status" "open"}}{{template "time" .Clock.Due}}{{template "clock" .Clock}}{{template "due" .Clock}}
{{range .Fields}}{{template "field" (field . "col.name" "form.required")}}{{end}}
{{range .Customs}}{{template "custom-values" .Values}}{{end}}{{template "pager" .Pager}}{{template "empty" .Empty}}{{template "conversation" .Entries}}{{template "composer" .Composer}}
{{range .Approvals}}{{template "approval" .}}{{template "approval-whole" .}}{{template "approval-about" .}}{{end}}
<h2>Proof</h2>{{template "proof" .Proof}}<h2>Effect</h2>{{template "effect" .Effect}}{{end}}{{template "bare-bottom" .}}{{end}}
{{define "bare/frames"}}{{template "agent-top" .}}<h1>Agent</h1>{{template "agent-bottom" .}}{{end}}
{{define "bare/frames-admin"}}{{template "admin-top" .}}<h1>Admin</h1>{{template "admin-bottom" .}}{{end}}
{{define "bare/frames-portal"}}{{template "portal-top" .}}<h1>Portal</h1>{{template "portal-bottom" .}}{{end}}`

// everything is a body with one of each part.
type everything struct {
	Approvals []web.Approval
	People    []web.Person
	Customer  web.Customer
	Clock     web.Clock
	Fields    []web.Field
	Customs   []web.Custom
	Pager     web.Pager
	Empty     web.Empty
	Entries   []web.Entry
	Composer  web.Composer
	Proof     web.Proof
	Effect    web.Effect
}

func each() everything {
	bob := web.Person{Name: "Bob Baker", URL: "/admin/users/2"}
	to := []web.Recipient{{Person: bob, Why: web.T("role.requestor")}, {Person: web.Person{Name: "x@kunde.example"}, Why: web.T("role.cc"), Outside: true}}
	write := func(form string) *web.Writer {
		return &web.Writer{
			Action: "/x", Text: web.Field{Form: form, Name: "text", Kind: "textarea"}, Files: web.Field{Form: form, Name: "files", Kind: "file"}, Also: web.Field{Form: form, Name: "also"},
			Status: web.Field{Form: form, Name: "status", Kind: "select", Options: []web.Option{{Value: "", Label: web.T("compose.status.keep")}}}, Recipients: to, NewDomain: "kunde.example",
		}
	}
	return everything{
		People: []web.Person{bob, {Name: "Žofie"}, {Name: ""}}, Customer: web.Customer{Name: "Acme", URL: "/x"}, Clock: web.Clock{Name: web.Plain("Answer"), Due: webtest.Now(), State: "late", Left: web.T("clock.over", web.T("clock.minutes", 5)), Share: 100},
		Approvals: []web.Approval{{ID: 1, Subject: "A spare arm", State: "refused", Asker: web.Plain("Ann Archer"), Of: "Tom Tailor", By: "Tom Tailor", Word: web.Blocks("No.")}},
		Fields: []web.Field{{Name: "a", Error: "Write it."}, {Name: "b", Kind: "checkbox", Checked: true}, {Name: "c", Kind: "select", Multiple: true, Options: []web.Option{{Value: "1", Label: web.Plain("One"), Selected: true}}},
			{Name: "d", Kind: "boxes", Required: true, Error: "Choose one.", Options: []web.Option{{Value: "1", Label: web.Plain("<b>One</b>"), Selected: true}, {Value: "2", Label: web.Plain("Two")}}}},
		Customs: []web.Custom{{Values: []web.CustomValue{{Long: "two\nlines"}, {URL: "https://desk.example/"}, {At: webtest.Now()}, {Text: web.T("field.yes")}}}, {}},
		Pager:   web.Pager{Newer: "/n", Older: "/o"}, Empty: web.Empty{Icon: "tray", Title: web.T("view.empty.title"), Hint: web.T("view.empty.hint")},
		Entries: []web.Entry{
			{Message: &web.Message{ID: 1, Author: bob, Customer: web.Customer{Name: "Acme"}, At: webtest.Now(), Marks: desk.LetterMarks(), Blocks: []web.Block{{Text: "<script>alert(1)</script>"}}, Files: []web.File{{Name: "a.txt", Size: "1 KB", URL: "/f"}}, Sent: to}},
			{Event: &web.Event{Icon: "swap", By: bob, What: web.T("event.took"), At: webtest.Now()}},
		},
		Composer: web.Composer{Reply: write("r-"), Comment: write("c-"), Newer: 2},
		Proof:    web.Proof{Who: bob, May: []web.Text{web.T("may.reply")}, Chains: []web.Chain{{{Kind: "group", Text: web.Plain("member of Staff")}, {Kind: "grant", Text: web.Plain("has ReplyToTicket"), URL: "/g"}}}},
		Effect: web.Effect{Summary: web.T("effect.people", 3), MoreLosses: 2, Losses: []web.EffectRow{{People: to, Others: 1, Rights: []string{"ShowTicket"}, Where: web.Plain("Support"), Tickets: web.Plain("4")}},
			Gains: []web.EffectRow{{People: to[:1], Rights: []string{"OwnTicket", "ShowTicket"}, Where: web.Plain("Support")}}},
	}
}

func samples() []webtest.Sample {
	signIn := web.SignInPage{Login: web.Field{Name: "login", Autocomplete: "username", Required: true}, Password: web.Field{Name: "password", Kind: "password", Autocomplete: "current-password", Required: true},
		Address: web.Field{Form: "link-", Name: "address", Kind: "email"}}
	failed, fresh := signIn, signIn
	fresh.Fresh = true
	first := web.FirstPage{Key: "ABC", Called: web.Field{Name: "name", Required: true}, Login: web.Field{Name: "login"}, Mail: web.Field{Name: "address", Kind: "email"},
		Secret: web.Field{Name: "password", Kind: "password", Error: "A password has at least 8 characters."}, Error: web.Plain("Try again."), Kind: desk.Invalid}
	failed.Error, failed.Login.Value, failed.Next = web.T("signin.failed"), "bob", "/portal/tickets/3"
	frame := func(name string) web.View {
		return web.View{Template: name, Title: web.Plain(name), Crumbs: []web.Link{{Label: web.T("admin.title"), URL: "/admin/"}}, Nav: []web.NavSection{{Title: web.T("nav.views"), Items: []web.NavItem{{Label: web.T("view.mine"), URL: "/agent/", Icon: "person", Count: 3, Current: true}}}}}
	}
	out := []webtest.Sample{
		{Name: "first", View: first.View()}, {Name: "sign-in-fresh", View: fresh.View()},
		{Name: "sign-in", View: signIn.View()}, {Name: "sign-in-link", View: web.LinkPage{Token: "ABC"}.View()}, {Name: "unsubscribe", View: web.UnsubscribePage{Token: "1.2-abc"}.View()}, {Name: "unsubscribed", View: web.UnsubscribePage{Done: true}.View()}, {Name: "sign-in-failed", View: failed.View()},
		{Name: "rate", View: web.RatePage{Form: web.RatingForm("/rate/1.2-abc", desk.MarkPartly, "")}.View()}, {Name: "rate-refused", View: refusedRating().View()}, {Name: "rated", View: web.RatePage{}.View()},
		{Name: "parts", View: web.View{Template: "bare/parts", Title: web.Plain("Parts"), Body: each()}},
		{Name: "frame", View: frame("bare/frames")}, {Name: "frame-admin", View: frame("bare/frames-admin")}, {Name: "frame-portal", View: frame("bare/frames-portal")},
	}
	out = append(out, accountSamples()...)
	for _, kind := range desk.Kinds() {
		page := web.ErrorPage{Kind: kind, Sentence: "There is no ticket #99.", RequestID: "K2J5NQ7ABCDE"}
		if kind == desk.Unauthenticated {
			page.SignIn, page.Kept = "/sign-in?next=%2Fagent%2F", []web.Kept{{Name: "text", Value: "Hello"}}
		}
		if kind == desk.Conflict {
			page.Kept = []web.Kept{{Name: "subject", Value: "Arm 7"}, {Name: "text", Value: "The spare part is on its way.\n\nAnn"}}
		}
		out = append(out, webtest.Sample{Name: "error-" + string(rune('a'+int(kind))), View: page.View()})
	}
	return out
}

// refusedRating is the form that came back without an answer.
func refusedRating() web.RatePage {
	p := web.RatePage{Form: web.RatingForm("/rate/1.2-abc", 0, "Too\nslow"), Error: "Ticket 3 is being worked on."}
	p.Form.Error = "Choose one of these."
	return p
}

func reader() web.Reader {
	return web.Reader{Name: "Ann Archer", Agent: true, Admin: true, Portal: true, Theme: "dark"}
}

func extra() fstest.MapFS { return fstest.MapFS{"templates/parts_test.html": {Data: []byte(parts)}} }

// TestPages shows the bare pages, every part and every frame.
func TestPages(t *testing.T) {
	webtest.Execute(t, reader(), samples(), web.Templates(), extra())
}

// TestPagesInChromium looks at them with a browser.
func TestPagesInChromium(t *testing.T) {
	b := webtest.Open(t, webtest.Serve(t, web.Reader{}, samples(), extra()))
	webtest.CheckAll(t, b, samples())
}
