package web

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// FirstStepsPath is where a superuser is led through what a new desk needs.
const FirstStepsPath = "/admin/first"

// A FirstPage makes the account of a fresh desk's first superuser.
type FirstPage struct {
	Key                         string
	Called, Login, Mail, Secret Field
	Error                       Text // of no field; zero: none
	Kind                        desk.Kind
}

// View makes the page ready to be shown.
func (p FirstPage) View() View {
	v := View{Template: "bare/first", Title: T("first.title"), Body: p}
	if p.Kind != 0 {
		v.Status = StatusOf(p.Kind)
	}
	return v
}

func firstPage(key string) *FirstPage {
	return &FirstPage{
		Key:    key,
		Called: Field{Name: "name", Required: true, Autocomplete: "name", Autofocus: true},
		Login:  Field{Name: "login", Required: true, Autocomplete: "username"},
		Mail:   Field{Name: "address", Kind: "email", Required: true, Autocomplete: "email"},
		Secret: Field{Name: "password", Kind: "password", Required: true, Autocomplete: "new-password"},
	}
}

// askFirst asks who begins the desk, with the key that the console showed.
func (e entrance) askFirst(w http.ResponseWriter, r *http.Request) error {
	key := strings.TrimSpace(r.FormValue("key"))
	if err := e.svc.CheckFirst(r.Context(), key); err != nil {
		return err
	}
	return e.site.Show(w, r, firstPage(key).View())
}

// makeFirst makes the first superuser, lets him in and leads him on.
func (e entrance) makeFirst(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	page := firstPage(r.PostFormValue("key"))
	if err := e.svc.CheckFirst(r.Context(), page.Key); err != nil {
		return err
	}
	in := service.FirstUser{Key: page.Key, Login: strings.TrimSpace(r.PostFormValue("login")), Name: strings.TrimSpace(r.PostFormValue("name")),
		Address: strings.TrimSpace(r.PostFormValue("address")), Password: r.PostFormValue("password"), Language: ReaderOf(r).Lang, Browser: r.UserAgent(), From: clientAddress(r)}
	var err error
	if in.Address == "" {
		err = desk.InvalidFields(map[string]string{"address": "Give an address: letters about your account and about the desk go there."})
	}
	token := ""
	if err == nil {
		token, err = e.svc.MakeFirst(r.Context(), in)
	}
	if kind := desk.KindOf(err); err != nil && kind != desk.NotFound && kind != desk.Internal {
		fields := []*Field{&page.Called, &page.Login, &page.Mail, &page.Secret}
		Retype(r, fields...)
		page.Secret.Value, page.Kind = "", kind
		if rest := Refuse(err, fields...); rest != "" {
			page.Error = Plain(rest)
		}
		return e.site.Show(w, r, page.View())
	}
	if err != nil {
		return err
	}
	return e.begin(w, r, token, FirstStepsPath)
}
