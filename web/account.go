package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// accountRoutes adds the pages of one's own account, for whoever is signed in.
func accountRoutes(mux *Mux, site *Site, svc *service.Service) {
	a := account{site, svc}
	page := func(pattern string, serve func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, site.Page(only(func(r Reader) bool { return !r.Actor.IsNobody() }, serve)))
	}
	page("GET /account", a.show)
	page("POST /account/data", a.data)
	page("POST /account/password", a.password)
	page("GET /account/app", a.askApp)
	page("POST /account/app", a.confirmApp)
	page("POST /account/app/remove", a.removeApp)
	page("POST /account/codes", a.newCodes)
	page("POST /account/passkeys/begin", a.beginPasskey)
	page("POST /account/passkeys", a.addPasskey)
	page("POST /account/passkeys/remove", a.removePasskey)
	page("POST /account/companies/{id}/letters", a.companyLetters)
	page("POST /account/devices", a.addDevice)
	page("POST /account/devices/{id}/try", a.tryDevice)
	page("POST /account/devices/{id}/remove", a.removeDevice)
	page("POST /account/sessions/end", a.endSession)
	page("POST /account/sessions/end-others", a.endOthers)
	page("POST /account/tokens", a.makeToken)
	page("POST /account/tokens/end", a.endToken)
	page("POST /account/tokens/renew", a.renewToken)
	page("POST /account/connect/{id}", a.connect)
	page("POST /account/disconnect/{id}", a.disconnect)
}

// account serves the pages of one's own account.
type account struct {
	site *Site
	svc  *service.Service
}

// An AccountPage shows somebody his own data and ways in.
type AccountPage struct {
	*service.Account
	Nav      []NavSection
	Error    Text // what was refused and is about no field; zero: nothing
	Called   Field
	Lang     Field
	Zone     Field
	Letters  Field // at once or once a day
	Old, New Field // of the password
	Code     Field // to take the program for codes away
	Renew    Field // to get new recovery codes
	KeyName  Field
	NeedsOld bool // the present password, to set a new one
	Passkeys bool // they can be made
	Present  string
	Sessions []SessionLine
	Tokens   []TokenLine
	Token    string   // a new one, shown once
	API      string   // where it can be tried
	NewToken NewToken // the form for one
	Since    Moment
	Keys     []KeyLine
	// Companies are the customers to which the reader belongs.
	Companies []CompanyLine
	// Devices show messages of the desk; DeviceKey is by what a new one knows them.
	Devices    []DeviceLine
	DeviceKey  string
	DeviceName Field
}

// A Moment is a time in the reader's zone; zero: never.
type Moment = time.Time

// A SessionLine is one of the sessions in force.
type SessionLine struct {
	Digest, Agent, Address, Way string
	Created, Seen               Moment
	This                        bool
}

// A KeyLine is one passkey.
type KeyLine struct {
	ID, Name string
	Created  Moment
	LastUsed Moment
}

// View makes the page ready to be shown.
func (p AccountPage) View() View {
	return View{Template: "account/page", Title: T("account.title"), Nav: p.Nav, Body: p}
}

// nav leads back to where the reader works.
func (a account) nav(r Reader) []NavSection {
	label := T("account.to.desk")
	if !r.Agent {
		label = T("account.to.portal")
	}
	return []NavSection{{Items: []NavItem{{Label: label, URL: Home(r)}, {Label: T("account.title"), URL: "/account", Current: true}}}}
}

func (a account) page(r *http.Request) (*AccountPage, error) {
	reader := ReaderOf(r)
	mine, err := a.svc.Account(r.Context(), reader.Actor)
	if err != nil {
		return nil, err
	}
	daily, err := a.svc.LettersDaily(r.Context(), reader.Actor)
	if err != nil && desk.KindOf(err) != desk.Forbidden {
		return nil, err
	}
	p := &AccountPage{
		Account: mine, Nav: a.nav(reader), Passkeys: a.svc.PasskeysWork(),
		Called: Field{Form: "data-", Name: "name", Value: mine.Name, Autocomplete: "name"},
		Zone:   Field{Form: "data-", Name: "zone", Value: mine.Zone, Autocomplete: "off"},
		Lang: Field{Form: "data-", Name: "lang", Kind: "select", Options: []Option{
			{"", T("account.lang.any"), mine.Language == ""}, {"en", Plain("English"), mine.Language == "en"}, {"de", Plain("Deutsch"), mine.Language == "de"},
		}},
		Letters: Field{Form: "data-", Name: "letters", Kind: "select", Options: []Option{
			{"once", T("account.letters.once"), !daily}, {"daily", T("account.letters.daily"), daily},
		}},
		Old:     Field{Form: "pw-", Name: "old", Kind: "password", Required: true, Autocomplete: "current-password"},
		New:     Field{Form: "pw-", Name: "password", Kind: "password", Required: true, Autocomplete: "new-password"},
		Code:    Field{Form: "app-", Name: "code", Required: true, Autocomplete: "one-time-code"},
		Renew:   Field{Form: "codes-", Name: "code", Required: true, Autocomplete: "one-time-code"},
		KeyName: Field{Form: "key-", Name: "name", Autocomplete: "off"},
		Since:   reader.In(mine.Factors.App),
	}
	if left, err := a.svc.FirstStepsLeft(r.Context(), reader.Actor); err != nil {
		return nil, err
	} else if left > 0 {
		p.Nav[0].Items = append(p.Nav[0].Items, NavItem{Label: T("first.steps"), URL: FirstStepsPath, Count: left})
	}
	offered := a.svc.Languages()
	p.Lang.Options = slices.DeleteFunc(p.Lang.Options, func(o Option) bool { return o.Value != "" && !o.Selected && !slices.Contains(offered, o.Value) })
	p.NeedsOld, p.KeyName.Value = mine.NeedsOld(a.site.config.Sessions.Token(r), a.svc.Now()), BrowserName(r.UserAgent())
	a.fillLines(r, p)
	if err := a.fillTokens(r, p); err != nil {
		return nil, err
	}
	if err := a.fillCompanies(r, p); err != nil {
		return nil, err
	}
	return p, a.fillDevices(r, p)
}

func (a account) fillLines(r *http.Request, p *AccountPage) {
	reader := ReaderOf(r)
	in := func(at time.Time) Moment {
		if at.IsZero() {
			return at
		}
		return reader.In(at)
	}
	here := service.SessionName(a.site.config.Sessions.Token(r))
	for _, s := range p.Account.Sessions {
		p.Sessions = append(p.Sessions, SessionLine{s.Digest, BrowserName(s.Agent), s.Address, s.Way, in(s.Created), in(s.Seen), s.Digest == here})
	}
	for _, k := range p.Factors.Passkeys {
		p.Keys = append(p.Keys, KeyLine{k.ID, k.Name, in(k.Created), in(k.LastUsed)})
	}
}

// show shows one's own account.
func (a account) show(w http.ResponseWriter, r *http.Request) error {
	p, err := a.page(r)
	if err != nil {
		return err
	}
	return a.site.Show(w, r, p.View())
}

// done tells that something was changed, or shows the page again with what was
// refused, in the fields that pick says.
func (a account) done(w http.ResponseWriter, r *http.Request, err error, key string, pick func(p *AccountPage) []*Field) error {
	kind := desk.KindOf(err)
	switch kind {
	case 0:
		return a.site.Done(w, r, "/account", Notice{"good", T(key)})
	case desk.Invalid, desk.Conflict, desk.TooMany:
	default:
		return err
	}
	p, pageErr := a.page(r)
	if pageErr != nil {
		return err
	}
	fields := pick(p)
	Retype(r, fields...)
	if rest := Refuse(err, fields...); rest != "" {
		p.Error = Plain(rest)
	}
	v := p.View()
	v.Status = StatusOf(kind)
	return a.site.Show(w, r, v)
}

func noFields(*AccountPage) []*Field { return nil }

// data takes name, language and time zone.
func (a account) data(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	in := service.Preferences{Name: strings.TrimSpace(r.PostFormValue("name")), Language: r.PostFormValue("lang"), Zone: strings.TrimSpace(r.PostFormValue("zone"))}
	err := error(nil)
	if _, wrong := time.LoadLocation(in.Zone); wrong != nil {
		err = desk.InvalidFields(map[string]string{"zone": "There is no such time zone; write it as Europe/Berlin."})
	} else {
		err = a.svc.SetPreferences(r.Context(), Actor(r), in)
	}
	if err == nil { // what this browser chose before would hide it
		look := lookOf(r)
		look.lang = in.Language
		http.SetCookie(w, a.site.lookCookie(look))
	}
	if letters := r.PostFormValue("letters"); err == nil && letters != "" {
		err = a.svc.SetLettersDaily(r.Context(), Actor(r), letters == "daily")
	}
	return a.done(w, r, err, "account.saved", func(p *AccountPage) []*Field { return []*Field{&p.Called, &p.Lang, &p.Zone} })
}

// password takes a new password.
func (a account) password(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	err := a.svc.ChangePassword(r.Context(), Actor(r), service.PasswordChange{
		Old: r.PostFormValue("old"), New: r.PostFormValue("password"), Keep: a.site.config.Sessions.Token(r),
	})
	return a.done(w, r, err, "account.password.done", func(p *AccountPage) []*Field { return []*Field{&p.Old, &p.New} })
}

// askApp begins to set up a program for codes.
func (a account) askApp(w http.ResponseWriter, r *http.Request) error {
	setup, err := a.svc.BeginApp(r.Context(), Actor(r))
	if err != nil {
		return err
	}
	return showSetup(a.site, w, r, setup, SetupPage{Action: "/account/app", Code: codeField()})
}

// confirmApp takes its first code.
func (a account) confirmApp(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	token := r.PostFormValue("setup")
	codes, err := a.svc.ConfirmApp(r.Context(), Actor(r), token, r.PostFormValue("code"))
	if texts := desk.FieldTexts(err); texts != nil {
		setup, err := a.svc.AppSetup(r.Context(), Actor(r), token)
		if err != nil {
			return err
		}
		code := codeField()
		code.Error = texts["code"]
		return showSetup(a.site, w, r, setup, SetupPage{Action: "/account/app", Code: code})
	}
	if err != nil {
		return err
	}
	return a.site.Show(w, r, CodesPage{Codes: codes, Next: "/account"}.View())
}

// removeApp takes the program for codes away.
func (a account) removeApp(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	err := a.svc.RemoveApp(r.Context(), Actor(r), r.PostFormValue("code"))
	return a.done(w, r, err, "account.app.removed", func(p *AccountPage) []*Field { return []*Field{&p.Code} })
}

// newCodes gives new recovery codes.
func (a account) newCodes(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	codes, err := a.svc.NewRecoveryCodes(r.Context(), Actor(r), r.PostFormValue("code"))
	if err != nil {
		return a.done(w, r, err, "", func(p *AccountPage) []*Field {
			if p.Factors.App.IsZero() {
				return nil // the form is not shown
			}
			return []*Field{&p.Renew}
		})
	}
	return a.site.Show(w, r, CodesPage{Codes: codes, Next: "/account"}.View())
}

// beginPasskey begins to make a passkey.
func (a account) beginPasskey(w http.ResponseWriter, r *http.Request) error {
	c, err := a.svc.BeginPasskey(r.Context(), Actor(r))
	if err != nil {
		return err
	}
	return answerJSON(w, ceremony{c.Token, json.RawMessage(c.Options)})
}

// addPasskey takes what the device made.
func (a account) addPasskey(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	codes, err := a.svc.AddPasskey(r.Context(), Actor(r), service.KeyAnswer{
		Token: r.PostFormValue("ceremony"), Response: r.PostFormValue("response"), Name: strings.TrimSpace(r.PostFormValue("name")),
	})
	if desk.KindOf(err) == desk.Unauthenticated {
		err = desk.Errorf(desk.Conflict, "%s", desk.Sentence(err))
	}
	if codes != nil {
		return a.site.Show(w, r, CodesPage{Codes: codes, Next: "/account", Passkey: true}.View())
	}
	return a.done(w, r, err, "account.key.added", func(p *AccountPage) []*Field { return []*Field{&p.KeyName} })
}

// removePasskey takes a passkey away.
func (a account) removePasskey(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	return a.done(w, r, a.svc.RemovePasskey(r.Context(), Actor(r), r.PostFormValue("id")), "account.key.removed", noFields)
}

// endSession ends one session.
func (a account) endSession(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	return a.done(w, r, a.svc.EndSession(r.Context(), Actor(r), r.PostFormValue("session")), "account.session.ended", noFields)
}

// endOthers ends all sessions but this one.
func (a account) endOthers(w http.ResponseWriter, r *http.Request) error {
	return a.done(w, r, a.svc.EndOtherSessions(r.Context(), Actor(r), a.site.config.Sessions.Token(r)), "account.sessions.ended", noFields)
}

// connect leads to a provider, to make the account known there.
func (a account) connect(w http.ResponseWriter, r *http.Request) error {
	id, err := ID[desk.DirectoryID](r, "id")
	if err != nil {
		return err
	}
	mine, err := a.svc.Account(r.Context(), Actor(r))
	if err != nil {
		return err
	}
	for _, p := range mine.Providers {
		if p.ID != id {
			continue
		}
		to, token, err := a.svc.BeginConnect(r.Context(), Actor(r), id)
		if err != nil {
			return err
		}
		a.site.setPassing(w, connectCookie, token)
		return a.site.Show(w, r, OutwardPage{Name: p.Name, URL: to}.View())
	}
	return desk.Errorf(desk.NotFound, "There is no such way to sign in.")
}

// disconnect makes the account unknown to a provider.
func (a account) disconnect(w http.ResponseWriter, r *http.Request) error {
	id, err := ID[desk.DirectoryID](r, "id")
	if err != nil {
		return err
	}
	return a.done(w, r, a.svc.Disconnect(r.Context(), Actor(r), id), "account.disconnected", noFields)
}

// BrowserName shortens what a browser calls itself to what people know: its name,
// and what it runs on.
func BrowserName(agent string) string {
	for _, b := range [][2]string{{"Edg", "Edge"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}} {
		if !strings.Contains(agent, b[0]) {
			continue
		}
		for _, on := range [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}} {
			if strings.Contains(agent, on[0]) {
				return b[1] + ", " + on[1]
			}
		}
		return b[1]
	}
	if len(agent) > 40 {
		return strings.ToValidUTF8(agent[:40], "")
	}
	return agent
}
