package web

import (
	"gatehouse/desk"
	"gatehouse/service"
)

// A SignInPage asks who one is.
type SignInPage struct {
	Login    Field
	Password Field
	Address  Field     // where to send a link instead
	Error    Text      // zero: none
	Kind     desk.Kind // of the error; zero: not signed in
	Next     string    // where to go afterwards
	Fresh    bool      // nobody administers the desk yet

	Passkeys  bool               // they can be asked for
	Providers []service.Provider // where else one can sign in
}

// View makes the page ready to be shown.
func (p SignInPage) View() View {
	v := View{Template: "bare/sign-in", Title: T("signin.title"), Body: p}
	if !p.Error.IsZero() {
		v.Status = StatusOf(desk.Unauthenticated)
	}
	if p.Kind != 0 {
		v.Status = StatusOf(p.Kind)
	}
	return v
}

// A SecondPage asks for a second factor.
type SecondPage struct {
	App, Passkey bool
	Code         Field
	Next         string
}

// View makes the page ready to be shown.
func (p SecondPage) View() View {
	return View{Template: "bare/second", Title: T("second.title"), Body: p}
}

// A SetupPage shows what a program for codes is given, and asks for a code.
type SetupPage struct {
	Action string
	QR     QR
	Secret string
	Token  string
	Code   Field
	Next   string
	Must   bool // nobody is let in without
}

// View makes the page ready to be shown.
func (p SetupPage) View() View {
	return View{Template: "bare/setup", Title: T("setup.title"), Body: p}
}

// A CodesPage shows recovery codes, once.
type CodesPage struct {
	Codes   []string
	Next    string
	Passkey bool // they come with the first passkey
}

// View makes the page ready to be shown.
func (p CodesPage) View() View {
	return View{Template: "bare/codes", Title: T("codes.title"), Body: p}
}

// An OutwardPage leads to a provider of sign-ins. It is a page and no redirect,
// as a form may not lead to another host.
type OutwardPage struct {
	Name, URL string
}

// View makes the page ready to be shown.
func (p OutwardPage) View() View {
	return View{Template: "bare/outward", Title: T("outward.title", p.Name), Body: p}
}

// A LinkPage asks whether to sign in by the link of a letter.
type LinkPage struct {
	Token string
	Next  string // where to go then; empty: to the start
}

// View makes the page ready to be shown.
func (p LinkPage) View() View {
	return View{Template: "bare/link", Title: T("signin.title"), Body: p}
}

// An ErrorPage says what went wrong, what was kept and what to do.
type ErrorPage struct {
	Kind      desk.Kind
	Sentence  string
	RequestID string
	Kept      []Kept
	SignIn    string // where to sign in and come back to the form; empty: that does not help
}

// Kept is something that was typed into a refused form.
type Kept struct {
	Name  string // of the field: "subject", "text" or "note"
	Value string
}

// View makes the page ready to be shown.
func (p ErrorPage) View() View {
	return View{Template: "bare/error", Title: p.Headline(), Body: p, Status: StatusOf(p.Kind)}
}

// Headline says in a few words what happened.
func (p ErrorPage) Headline() Text { return T("error." + p.slug() + ".title") }

// Advice says what to do.
func (p ErrorPage) Advice() Text { return T("error." + p.slug() + ".advice") }

func (p ErrorPage) slug() string {
	switch p.Kind {
	case desk.Invalid:
		return "invalid"
	case desk.NotFound:
		return "notfound"
	case desk.Forbidden:
		return "forbidden"
	case desk.Unauthenticated:
		return "unauthenticated"
	case desk.Conflict:
		return "conflict"
	case desk.TooLarge:
		return "toolarge"
	case desk.TooMany:
		return "toomany"
	case desk.Unavailable:
		return "unavailable"
	}
	return "internal"
}
