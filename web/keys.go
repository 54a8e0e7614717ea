package web

import (
	"net/http"
	"strings"

	"gatehouse/desk"
)

// changes reports whether the key of an action can be changed: not those that
// browsers have for such things everywhere.
func (a Action) changes() bool { return len(a.Keys) > 0 && len(a.Keys) <= 3 && a.Name != "leave" }

// A KeysPage is the help about keys, and the form that changes them.
type KeysPage struct {
	Nav     []NavSection
	Actions []KeyOf
	Off     bool // single keys are switched off
	Changed bool // some are other than they ship
	Error   string
}

// A KeyOf is an action with the field for its key; without a name, it cannot be
// changed.
type KeyOf struct {
	Action
	Field Field
}

// View makes the page ready to be shown.
func (p KeysPage) View() View {
	return View{Template: "account/keys", Title: T("keys.title"), Nav: p.Nav, Body: p}
}

// KeysOf is the page about the keys of a reader.
func KeysOf(reader Reader) KeysPage {
	p := KeysPage{Off: reader.NoKeys, Changed: len(reader.Keys) > 0}
	for _, a := range Actions(reader) {
		shipped := a
		shipped.Keys = a.Ships
		line := KeyOf{Action: a}
		if shipped.changes() {
			line.Field = Field{Form: "key-", Name: a.Name, Value: a.Keys, Autocomplete: "off"}
		}
		p.Actions = append(p.Actions, line)
	}
	return p
}

// keys shows the help about keys.
func (e entrance) keys(w http.ResponseWriter, r *http.Request) error {
	return e.site.Show(w, r, KeysOf(ReaderOf(r)).View())
}

// changeKeys takes the keys as somebody wants them, or has them as they ship.
func (e entrance) changeKeys(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	reader := ReaderOf(r)
	keys := desk.OwnKeys{Off: r.PostFormValue("off") != "", Keys: map[string]string{}}
	taken := map[string]Action{}
	wrong := map[string]string{}
	plain := reader
	plain.Keys = nil
	for _, a := range Actions(plain) {
		now := a.Keys
		if a.changes() && r.PostFormValue("do") != "reset" {
			if now = strings.Join(strings.Fields(r.PostFormValue(a.Name)), " "); now != a.Keys {
				keys.Keys[a.Name] = now
			}
		}
		if other, both := taken[now]; both && now != "" {
			wrong[a.Name] = reader.Say(T("keys.taken", now, other.Label()))
		}
		taken[now] = a
	}
	err := error(nil)
	if len(wrong) > 0 {
		err = desk.InvalidFields(wrong)
	} else {
		err = e.svc.SetOwnKeys(r.Context(), reader.Actor, keys)
	}
	if err == nil {
		return e.site.Done(w, r, "/keys", Notice{"good", T("keys.saved")})
	}
	if desk.KindOf(err) != desk.Invalid {
		return err
	}
	return e.keysRefused(w, r, err)
}

// keysRefused shows the form as it was sent.
func (e entrance) keysRefused(w http.ResponseWriter, r *http.Request, err error) error {
	p := KeysOf(ReaderOf(r))
	p.Off = r.PostFormValue("off") != ""
	var fields []*Field
	for i := range p.Actions {
		if f := &p.Actions[i].Field; f.Name != "" {
			fields = append(fields, f)
		}
	}
	Retype(r, fields...)
	p.Error = Refuse(err, fields...)
	v := p.View()
	v.Status = StatusOf(desk.Invalid)
	return e.site.Show(w, r, v)
}

// switchKeys switches single keys off or on.
func (e entrance) switchKeys(r *http.Request, off bool) error {
	keys, err := e.svc.OwnKeys(r.Context(), Actor(r))
	if err != nil || keys.Off == off {
		return err
	}
	keys.Off = off
	return e.svc.SetOwnKeys(r.Context(), Actor(r), keys)
}
