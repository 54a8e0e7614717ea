package web

import "gatehouse/desk"

// A SignInPage asks who one is.
type SignInPage struct {
	Login    Field
	Password Field
	Address  Field     // where to send a link instead
	Error    Text      // zero: none
	Kind     desk.Kind // of the error; zero: not signed in
	Next     string    // where to go afterwards
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

// A LinkPage asks whether to sign in by the link of a letter.
type LinkPage struct {
	Token string
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
