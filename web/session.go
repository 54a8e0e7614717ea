package web

import (
	"context"
	"net/http"
	"time"

	"gatehouse/desk"
)

// A Reader is whoever looks at a page, and how he likes it. The zero Reader
// is nobody.
type Reader struct {
	Actor   desk.Actor
	Name    string
	Address string
	Lang    string         // one of Languages
	Zone    *time.Location // nil: UTC
	Theme   string         // "light", "dark" or empty for what the browser says
	Agent   bool           // may enter the desk
	Portal  bool           // may enter the portal
	Admin   bool           // may enter the administration
	NoKeys  bool           // single-key shortcuts are switched off
	// Keys are those that he changed, by the name of the action.
	Keys map[string]string
}

// Person is the reader as pages show people.
func (r Reader) Person() Person { return Person{Name: r.Name, Address: r.Address, Agent: r.Agent} }

// In puts a moment into the reader's zone.
func (r Reader) In(at time.Time) time.Time {
	if r.Zone == nil {
		return at.UTC()
	}
	return at.In(r.Zone)
}

// Sessions finds who a request comes from. Find is given the token of the
// cookie and answers an error of kind Unauthenticated when it is unknown,
// ended or too old.
//
// Peek is the same for what a page asks by itself: it does not keep a session
// alive that was left alone. Without one, Find serves.
type Sessions struct {
	Find   func(ctx context.Context, token string) (Reader, error)
	Peek   func(ctx context.Context, token string) (Reader, error)
	Secure bool // serve over TLS only
}

// The cookie's __Host- prefix keeps other hosts from setting it; browsers
// take it over TLS only.
const (
	cookieName       = "gatehouse"
	secureCookieName = "__Host-gatehouse"
)

func (s Sessions) name() string {
	if s.Secure {
		return secureCookieName
	}
	return cookieName
}

// Token returns the session token that the request carries, or nothing.
func (s Sessions) Token(r *http.Request) string {
	c, err := r.Cookie(s.name())
	if err != nil {
		return ""
	}
	return c.Value
}

// Begin gives the browser the token of a new session.
func (s Sessions) Begin(w http.ResponseWriter, token string, life time.Duration) {
	c := s.cookie(token)
	c.MaxAge = int(life.Seconds())
	http.SetCookie(w, c)
}

// End makes the browser forget its session.
func (s Sessions) End(w http.ResponseWriter) {
	c := s.cookie("")
	c.MaxAge = -1
	http.SetCookie(w, c)
}

func (s Sessions) cookie(token string) *http.Cookie {
	return &http.Cookie{
		Name: s.name(), Value: token, Path: "/",
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
	}
}

type readerKey struct{}

// ReaderOf returns who the request comes from, the zero Reader for nobody.
func ReaderOf(r *http.Request) Reader {
	reader, _ := r.Context().Value(readerKey{}).(Reader)
	return reader
}

// StillSignedIn reports whether the session of a request has not ended since:
// for answers that go on for a while.
func (s *Site) StillSignedIn(r *http.Request) bool {
	if s.config.Sessions.Find == nil {
		return true
	}
	_, err := s.config.Sessions.quiet()(r.Context(), s.config.Sessions.Token(r))
	return err == nil
}

func (s Sessions) quiet() func(ctx context.Context, token string) (Reader, error) {
	if s.Peek == nil {
		return s.Find
	}
	return s.Peek
}

// byItself reports whether a page asks by itself, without anybody doing
// something: streams, and what script marks so.
func byItself(r *http.Request) bool {
	return r.Header.Get("X-By-Itself") != "" || r.URL.Path == "/agent/live"
}

// Actor returns as whom the request acts, nobody when it is not signed in.
func Actor(r *http.Request) desk.Actor { return ReaderOf(r).Actor }

// Lang returns the language for a reader who chose none: the first of the
// browser's languages that we speak.
func langOf(r *http.Request) string {
	want := r.Header.Get("Accept-Language")
	for len(want) >= 2 {
		for _, lang := range Languages() {
			if want[:2] == lang {
				return lang
			}
		}
		next := indexAfterComma(want)
		want = want[next:]
	}
	return Languages()[0]
}

// ForAgents lets only the people at the desk in. Others are told that there is
// no such page, and who is not signed in is asked to.
func ForAgents(serve func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return only(func(r Reader) bool { return r.Agent }, serve)
}

// ForContacts lets only the people of customers in, as ForAgents does agents.
func ForContacts(serve func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return only(func(r Reader) bool { return r.Portal }, serve)
}

// ForAdmins lets only those in who may see the administration.
func ForAdmins(serve func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return only(func(r Reader) bool { return r.Admin }, serve)
}

func only(fits func(Reader) bool, serve func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		reader := ReaderOf(r)
		switch {
		case reader.Actor.IsNobody():
			return desk.Errorf(desk.Unauthenticated, "Sign in first.")
		case !fits(reader):
			return desk.Errorf(desk.NotFound, "There is no such page.")
		}
		return serve(w, r)
	}
}
