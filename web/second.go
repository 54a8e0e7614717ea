package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// Cookies that carry the token of something half done to its second step.
const (
	stepCookie    = "gatehouse-step"
	outsideCookie = "gatehouse-outside"
	connectCookie = "gatehouse-connect"
)

// setPassing gives the browser the token of something half done.
func (s *Site) setPassing(w http.ResponseWriter, name, token string) {
	http.SetCookie(w, s.passing(name, token, int(service.StepLasts.Seconds())))
}

func (s *Site) endPassing(w http.ResponseWriter, name string) {
	http.SetCookie(w, s.passing(name, "", -1))
}

func (s *Site) passing(name, token string, age int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: token, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.config.Sessions.Secure, SameSite: http.SameSiteLaxMode,
	}
}

func passingOf(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

func codeField() Field {
	return Field{Name: "code", Required: true, Autofocus: true, Autocomplete: "one-time-code"}
}

// askSecond asks for the second factor.
func (e entrance) askSecond(w http.ResponseWriter, r *http.Request) error {
	return e.showSecond(w, r, codeField(), 0)
}

func (e entrance) showSecond(w http.ResponseWriter, r *http.Request, code Field, status int) error {
	in, err := e.svc.Step(r.Context(), passingOf(r, stepCookie))
	if err != nil {
		return e.beginAgain(w, r, err)
	}
	page := SecondPage{App: in.App, Passkey: in.Passkey && e.svc.PasskeysWork(), Code: code, Next: LocalPath(r.FormValue("next"), "")}
	v := page.View()
	v.Status = status
	return e.site.Show(w, r, v)
}

// beginAgain leads somebody to the sign-in whose second step comes too late.
func (e entrance) beginAgain(w http.ResponseWriter, r *http.Request, err error) error {
	if desk.KindOf(err) != desk.Unauthenticated {
		return err
	}
	e.site.endPassing(w, stepCookie)
	to := "/sign-in"
	if next := LocalPath(r.FormValue("next"), ""); next != "" {
		to += "?next=" + queryEscape(next)
	}
	return e.site.Done(w, r, to, Notice{"bad", Plain(desk.Sentence(err))})
}

// second takes a code.
func (e entrance) second(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	token, err := e.svc.EnterByCode(r.Context(), passingOf(r, stepCookie), r.PostFormValue("code"), r.UserAgent(), clientAddress(r))
	switch kind := desk.KindOf(err); kind {
	case 0:
		return e.begin(w, r, token, LocalPath(r.PostFormValue("next"), "/"))
	case desk.Invalid, desk.TooMany:
		code := codeField()
		if code.Error = Refuse(err, &code); code.Error == "" {
			code.Error = desk.FieldTexts(err)["code"]
		}
		return e.showSecond(w, r, code, StatusOf(kind))
	}
	return e.beginAgain(w, r, err)
}

// askSetup lets somebody set a second factor up without which he is not let in.
func (e entrance) askSetup(w http.ResponseWriter, r *http.Request) error {
	setup, err := e.svc.BeginAppToEnter(r.Context(), passingOf(r, stepCookie))
	if err != nil {
		return e.beginAgain(w, r, err)
	}
	return showSetup(e.site, w, r, setup, SetupPage{Action: "/sign-in/setup", Must: true, Code: codeField(), Next: LocalPath(r.FormValue("next"), "")})
}

// showSetup shows what a program for codes is given.
func showSetup(site *Site, w http.ResponseWriter, r *http.Request, setup *service.AppSetup, page SetupPage) error {
	picture, err := DrawQR(setup.URL)
	if err != nil {
		return err
	}
	page.QR, page.Secret, page.Token = picture, inFours(setup.Secret), setup.Token
	v := page.View()
	if page.Code.Error != "" {
		v.Status = http.StatusUnprocessableEntity
	}
	return site.Show(w, r, v)
}

// inFours writes a secret so that it can be typed without losing one's place.
func inFours(text string) string {
	var out strings.Builder
	for i, c := range text {
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(c)
	}
	return out.String()
}

// setup takes the first code of a program, and lets in.
func (e entrance) setup(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	step, token, next := passingOf(r, stepCookie), r.PostFormValue("setup"), LocalPath(r.PostFormValue("next"), "/")
	session, codes, err := e.svc.ConfirmAppToEnter(r.Context(), step, token, r.PostFormValue("code"),
		desk.Session{Agent: r.UserAgent(), Address: clientAddress(r)})
	if texts := desk.FieldTexts(err); texts != nil {
		setup, err := e.svc.AppSetupToEnter(r.Context(), step, token)
		if err != nil {
			return e.beginAgain(w, r, err)
		}
		code := codeField()
		code.Error = texts["code"]
		return showSetup(e.site, w, r, setup, SetupPage{Action: "/sign-in/setup", Must: true, Code: code, Next: next})
	}
	if err != nil {
		return e.beginAgain(w, r, err)
	}
	if err := e.change(w, r, session); err != nil {
		return err
	}
	return e.site.Show(w, r, CodesPage{Codes: codes, Next: next}.View())
}

// answerJSON answers script.
func answerJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(v)
}

// ceremony is what script needs to ask a device.
type ceremony struct {
	Token   string          `json:"token"`
	Options json.RawMessage `json:"options"`
}

// askPasskey begins to ask the device for a passkey.
func (e entrance) askPasskey(w http.ResponseWriter, r *http.Request) error {
	step := ""
	if r.FormValue("second") != "" {
		step = passingOf(r, stepCookie)
	}
	c, err := e.svc.AskPasskey(r.Context(), step, clientAddress(r))
	if err != nil {
		return err
	}
	return answerJSON(w, ceremony{c.Token, json.RawMessage(c.Options)})
}

// passkey takes what the device answered.
func (e entrance) passkey(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	token, err := e.svc.EnterByPasskey(r.Context(), service.KeyAnswer{
		Token: r.PostFormValue("ceremony"), Response: r.PostFormValue("response"), Step: passingOf(r, stepCookie),
	}, r.UserAgent(), clientAddress(r))
	if err != nil {
		return e.beginAgain(w, r, err)
	}
	return e.begin(w, r, token, LocalPath(r.PostFormValue("next"), "/"))
}

// outside leads to a provider of sign-ins.
func (e entrance) outside(w http.ResponseWriter, r *http.Request) error {
	id, err := ID[desk.DirectoryID](r, "id")
	if err != nil {
		return err
	}
	to, token, err := e.svc.BeginOutside(r.Context(), id)
	if err != nil {
		return err
	}
	e.site.setPassing(w, outsideCookie, strconv.Itoa(len(token))+"."+token+LocalPath(r.FormValue("next"), "/"))
	e.site.endPassing(w, connectCookie)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// cameBack takes the answer of a provider.
func (e entrance) cameBack(w http.ResponseWriter, r *http.Request) error {
	if token := passingOf(r, connectCookie); token != "" {
		e.site.endPassing(w, connectCookie)
		if err := e.svc.Connect(r.Context(), Actor(r), token, r.URL.Query()); err != nil {
			return e.site.Done(w, r, "/account", Notice{"bad", Plain(desk.Sentence(err))})
		}
		return e.site.Done(w, r, "/account", Notice{"good", T("account.connected")})
	}
	token, next := outward(passingOf(r, outsideCookie))
	e.site.endPassing(w, outsideCookie)
	in, err := e.svc.EnterFrom(r.Context(), token, r.URL.Query(), desk.Session{Agent: r.UserAgent(), Address: clientAddress(r)})
	if desk.KindOf(err) == desk.Unauthenticated {
		return e.site.Done(w, r, "/sign-in", Notice{"bad", Plain(desk.Sentence(err))})
	}
	return e.enter(w, r, in, LocalPath(next, "/"), err)
}

// outward reads the token of a sign-in at a provider, and where it leads.
func outward(value string) (token, next string) {
	length, rest, _ := strings.Cut(value, ".")
	n, err := strconv.Atoi(length)
	if err != nil || n < 0 || n > len(rest) {
		return "", ""
	}
	return rest[:n], rest[n:]
}
