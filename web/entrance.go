package web

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// Usual is how pages are shown to people who have chosen nothing.
type Usual struct {
	Lang string         // one of Languages; empty: what the browser prefers
	Zone *time.Location // nil: UTC
}

// SessionsOf returns the sessions that the service keeps. Secure says that
// the site is served over TLS only, and usual is asked anew each time.
func SessionsOf(svc *service.Service, secure bool, usual func() Usual) Sessions {
	by := func(resume func(context.Context, string) (*service.SignedIn, error)) func(context.Context, string) (Reader, error) {
		return func(ctx context.Context, token string) (Reader, error) {
			in, err := resume(ctx, token)
			if err != nil {
				return Reader{}, err
			}
			return usual().reader(in), nil
		}
	}
	return Sessions{Find: by(svc.Resume), Peek: by(svc.Peek), Secure: secure}
}

// reader is somebody who is signed in, as pages know him.
func (usual Usual) reader(in *service.SignedIn) Reader {
	agent := in.User.Kind == desk.Agent
	reader := Reader{
		Actor: in.Actor, Name: in.User.Called(), Address: in.User.Address(), Lang: in.User.Language, Zone: usual.Zone,
		Agent: agent, Portal: !agent, Admin: agent && in.Admin, NoKeys: in.Keys.Off, Keys: in.Keys.Keys,
	}
	if reader.Lang == "" {
		reader.Lang = usual.Lang
	}
	if zone, err := time.LoadLocation(in.User.Zone); in.User.Zone != "" && err == nil {
		reader.Zone = zone
	}
	return reader
}

// Routes adds what everybody needs before any area: style and script, the
// start page, signing in and out, and one's own look. agent.Routes,
// portal.Routes and admin.Routes have the same shape; whoever serves the pages
// calls all four and puts Site.Guard around the mux.
func Routes(mux *Mux, site *Site, svc *service.Service) {
	e := entrance{site, svc}
	mux.Handle("GET /assets/", site.Assets())
	mux.Handle("GET /device.js", site.DeviceScript())
	mux.Handle("GET /{$}", site.Page(e.start))
	mux.Handle("GET /first", site.Page(e.askFirst))
	mux.Handle("POST /first", site.Page(e.makeFirst))
	mux.Handle("GET /sign-in", site.Page(e.ask))
	mux.Handle("POST /sign-in", site.Page(e.signIn))
	mux.Handle("POST /sign-in/link", site.Page(e.sendLink))
	mux.Handle("GET /sign-in/link", site.Page(e.askLink))
	mux.Handle("POST /sign-in/use-link", site.Page(e.useLink))
	mux.Handle("GET /sign-in/second", site.Page(e.askSecond))
	mux.Handle("POST /sign-in/second", site.Page(e.second))
	mux.Handle("GET /sign-in/setup", site.Page(e.askSetup))
	mux.Handle("POST /sign-in/setup", site.Page(e.setup))
	mux.Handle("POST /sign-in/passkey/ask", site.Page(e.askPasskey))
	mux.Handle("POST /sign-in/passkey", site.Page(e.passkey))
	mux.Handle("GET /sign-in/with/{id}", site.Page(e.outside))
	mux.Handle("GET "+service.OutsidePath, site.Page(e.cameBack))
	accountRoutes(mux, site, svc)
	mux.Handle("GET "+service.UnsubscribePath+"{token}", site.Page(e.askUnsubscribe))
	mux.Handle("POST "+service.UnsubscribePath+"{token}", site.Page(e.unsubscribe))
	mux.Handle("GET "+service.RatePath+"{token}", site.Page(e.askRate))
	mux.Handle("POST "+service.RatePath+"{token}", site.Page(e.rate))
	mux.Handle("POST /sign-out", site.Page(e.signOut))
	mux.Handle("POST /keys", site.Page(only(func(r Reader) bool { return r.Name != "" }, e.changeKeys)))
	mux.Handle("GET /keys", site.Page(only(func(Reader) bool { return true }, e.keys)))
	mux.Handle("POST /preferences", site.Page(e.preferences))
	mux.Handle("/", site.Page(func(http.ResponseWriter, *http.Request) error {
		return desk.Errorf(desk.NotFound, "There is nothing at this address.")
	}))
}

// entrance serves the pages in front of the areas.
type entrance struct {
	site *Site
	svc  *service.Service
}

// Home is the page where a reader begins: agents at the desk, contacts in the
// portal, nobody at the sign-in.
func Home(r Reader) string {
	switch {
	case r.Agent:
		return "/agent/"
	case r.Portal:
		return "/portal/"
	}
	return "/sign-in"
}

func (e entrance) start(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, Home(ReaderOf(r)), http.StatusSeeOther)
	return nil
}

func (e entrance) signInPage(r *http.Request, next string) (SignInPage, error) {
	providers, err := e.svc.Providers(r.Context())
	if err != nil {
		return SignInPage{}, err
	}
	fresh, err := e.svc.Fresh(r.Context())
	return SignInPage{
		Fresh:    fresh,
		Passkeys: e.svc.PasskeysWork(), Providers: providers,
		Login:    Field{Name: "login", Required: true, Autocomplete: "username", Autofocus: true},
		Password: Field{Name: "password", Kind: "password", Required: true, Autocomplete: "current-password"},
		Address:  Field{Form: "link-", Name: "address", Kind: "email", Required: true, Autocomplete: "email"},
		Next:     next,
	}, err
}

func (e entrance) ask(w http.ResponseWriter, r *http.Request) error {
	next := LocalPath(r.FormValue("next"), "")
	if !ReaderOf(r).Actor.IsNobody() {
		http.Redirect(w, r, LocalPath(next, Home(ReaderOf(r))), http.StatusSeeOther)
		return nil
	}
	page, err := e.signInPage(r, next)
	if err != nil {
		return err
	}
	return e.site.Show(w, r, page.View())
}

// signIn takes the sign-in form. What was wrong is not told apart.
func (e entrance) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	login, next := strings.TrimSpace(r.PostFormValue("login")), LocalPath(r.PostFormValue("next"), "/")
	in, err := e.svc.SignIn(r.Context(), login, r.PostFormValue("password"), r.UserAgent(), clientAddress(r))
	if kind := desk.KindOf(err); kind == desk.Unauthenticated || kind == desk.TooMany {
		page, err := e.signInPage(r, LocalPath(r.PostFormValue("next"), ""))
		if err != nil {
			return err
		}
		page.Login.Value, page.Kind, page.Error = login, kind, T("signin.failed")
		if kind == desk.TooMany {
			page.Error = T("error.toomany.advice")
		}
		return e.site.Show(w, r, page.View())
	}
	return e.enter(w, r, in, next, err)
}

// enter lets somebody in, or leads him to the second step.
func (e entrance) enter(w http.ResponseWriter, r *http.Request, in *service.Entrance, next string, err error) error {
	if err != nil {
		return err
	}
	if in.Token != "" {
		return e.begin(w, r, in.Token, next)
	}
	e.site.setPassing(w, stepCookie, in.Step)
	to := "/sign-in/second"
	if in.Setup {
		to = "/sign-in/setup"
	}
	if next != "" && next != "/" {
		to += "?next=" + queryEscape(next)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// begin begins the session of a token, ending the one before.
func (e entrance) begin(w http.ResponseWriter, r *http.Request, token, next string) error {
	if err := e.change(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// change puts the session of a token in the place of the one before.
func (e entrance) change(w http.ResponseWriter, r *http.Request, token string) error {
	if old := e.site.config.Sessions.Token(r); old != "" {
		if err := e.svc.SignOut(r.Context(), old); err != nil {
			return err
		}
	}
	e.site.endPassing(w, stepCookie)
	e.site.config.Sessions.Begin(w, token, service.SessionMax)
	return nil
}

// sendLink answers the same whether the address is known or not.
func (e entrance) sendLink(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	if err := e.svc.SendSignInLink(r.Context(), strings.TrimSpace(r.PostFormValue("address")), LocalPath(r.PostFormValue("next"), ""), clientAddress(r)); err != nil {
		return err
	}
	return e.site.Done(w, r, "/sign-in", Notice{"good", T("signin.link.sent")})
}

// askLink shows a button for the link of a letter: programs that look at the
// links of letters do not use it up.
func (e entrance) askLink(w http.ResponseWriter, r *http.Request) error {
	return e.site.Show(w, r, LinkPage{Token: r.FormValue("token"), Next: LocalPath(r.FormValue("next"), "")}.View())
}

func (e entrance) useLink(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	in, err := e.svc.SignInByLink(r.Context(), r.PostFormValue("token"), r.UserAgent(), clientAddress(r))
	return e.enter(w, r, in, LocalPath(r.PostFormValue("next"), "/"), err)
}

func (e entrance) signOut(w http.ResponseWriter, r *http.Request) error {
	if token := e.site.config.Sessions.Token(r); token != "" {
		if err := e.svc.SignOut(r.Context(), token); err != nil {
			return err
		}
	}
	e.site.config.Sessions.End(w)
	return e.site.Done(w, r, "/sign-in", Notice{"good", T("signin.out")})
}

// preferences takes how this browser shows pages.
func (e entrance) preferences(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	look := lookOf(r)
	if lang, ok := r.PostForm["lang"]; ok {
		look.lang = lang[0]
		if err := e.rememberLanguage(r, look.checked().lang); err != nil {
			return err
		}
	}
	if theme, ok := r.PostForm["theme"]; ok {
		look.theme = theme[0]
	}
	if keys, ok := r.PostForm["keys"]; ok && ReaderOf(r).Name != "" {
		if err := e.switchKeys(r, keys[0] == "off"); err != nil {
			return err
		}
	}
	http.SetCookie(w, e.site.lookCookie(look))
	http.Redirect(w, r, LocalPath(r.PostFormValue("next"), "/"), http.StatusSeeOther)
	return nil
}

// rememberLanguage keeps what somebody chose for his letters and other browsers,
// too, where he may change his account.
func (e entrance) rememberLanguage(r *http.Request, lang string) error {
	if lang == "" || ReaderOf(r).Name == "" {
		return nil
	}
	mine, err := e.svc.Account(r.Context(), Actor(r))
	if err != nil || !mine.MayChange || mine.Language == lang {
		return err
	}
	return e.svc.SetPreferences(r.Context(), Actor(r), service.Preferences{Name: mine.Name, Language: lang, Zone: mine.Zone})
}

// clientAddress is where a request comes from, to slow down guessing. A proxy
// on this machine is believed.
func clientAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return host
	}
	hops := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	if ip := net.ParseIP(strings.TrimSpace(hops[len(hops)-1])); ip != nil {
		return ip.String()
	}
	return host
}
