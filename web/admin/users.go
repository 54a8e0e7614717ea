package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// users lists people by login.
func (h handler) users(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.users")
	if err != nil {
		return err
	}
	if err := partOf(f.Users); err != nil {
		return err
	}
	kind, _ := desk.ParseUserKind(r.FormValue("kind"))
	list, more, err := h.svc.Users(r.Context(), web.Actor(r), service.UserFilter{
		Text: strings.TrimSpace(r.FormValue("text")), Kind: kind, After: r.FormValue("after"), Limit: pageSize,
	})
	if err != nil {
		return err
	}
	page := UsersPage{
		Nav: f.nav, Text: web.Field{Name: "text", Kind: "search", Value: r.FormValue("text")},
		Kind:  web.Field{Name: "kind", Kind: "select", Options: options(r.FormValue("kind"), "", "form.any", "agent", "admin.kind.agent", "contact", "admin.kind.contact")},
		Empty: empty(r),
	}
	if f.NewUsers {
		page.New = "/admin/users/new"
	}
	ids := make([]desk.UserID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	people, err := h.svc.Belongings(r.Context(), web.Actor(r), ids)
	if err != nil {
		return err
	}
	for i := range list {
		page.Rows = append(page.Rows, userRow(&list[i], people[list[i].ID]))
	}
	if more {
		page.Pager.Older = next(r, "after", desk.Fold(list[len(list)-1].Login))
	}
	return h.site.Show(w, r, page.View())
}

func userRow(u *desk.User, of *service.Belonging) UserRow {
	row := UserRow{
		Person: web.Person{Name: u.Called(), Address: u.Address(), URL: placeURL("user", int64(u.ID)), Agent: u.Kind == desk.Agent},
		Login:  u.Login, Kind: web.T("admin.kind." + u.Kind.String()), Disabled: u.Disabled,
	}
	if of == nil { // he was taken away meanwhile
		return row
	}
	for _, m := range of.Groups {
		if m.Name.Kind == "customer" {
			row.Customers = append(row.Customers, web.Customer{Name: m.Name.Text, URL: urlOf(m.Name)})
		}
	}
	return row
}

// user shows one user.
func (h handler) user(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.userPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) userPage(r *http.Request) (*UserPage, *desk.User, error) {
	f, err := h.frame(r, "admin.users")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Users); err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.UserID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	u, err := h.svc.User(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	page := &UserPage{
		Nav: f.nav, URL: placeURL("user", int64(id)), Disabled: u.Disabled,
		Person: web.Person{Name: u.Called(), Agent: u.Kind == desk.Agent}, AllGrants: grantsLink("who", "user:"+u.Login),
	}
	kind := "contact"
	if u.Kind == desk.Agent {
		kind = "agent"
	}
	page.From, page.Relations = cameFromSheet(r), h.relationLinks(f, kind, desk.PrincipalID(id))
	if page.Holds, err = h.effective(r, kind, desk.PrincipalID(id)); err != nil {
		return nil, nil, err
	}
	if page.Fields, err = h.recordForm(r, desk.PrincipalID(id), page.URL); err != nil {
		return nil, nil, err
	}
	if f.NewUsers {
		page.Form = userFields(u)
		page.Form.Seen = seenState(*u)
		page.Merge = web.Field{Form: "merge-", Name: "into", Required: true, Suggest: "all"}
	}
	page.Data = dataOf(f, page.URL)
	if err := h.aroundUser(r, u, page); err != nil {
		return nil, nil, err
	}
	memberships, err := h.svc.GroupsOf(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range memberships {
		place := Membership{Name: m.Name.Text, URL: urlOf(m.Name), Kind: iconOf(m.Name), Part: web.T("admin.directly"), Disabled: m.Name.Disabled}
		if m.Name.Kind != "customer" {
			page.Groups = append(page.Groups, place)
			continue
		}
		place.Part = partText(m.Membership)
		page.Customers = append(page.Customers, place)
	}
	if u.Kind == desk.Agent {
		if err := h.fillPassed(r, id, page); err != nil {
			return nil, nil, err
		}
	}
	page.Grants, err = h.grantRows(r, desk.PrincipalID(id), desk.Place{})
	return page, u, err
}

// fillPassed fills in what an agent passed on and got, for who may know it.
func (h handler) fillPassed(r *http.Request, id desk.UserID, page *UserPage) error {
	p, err := h.svc.Passing(r.Context(), web.Actor(r), id)
	if desk.KindOf(err) == desk.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	rows := func(list []service.Passed) []PassedRow {
		out := make([]PassedRow, len(list))
		for i, g := range list {
			out[i] = PassedRow{What: g.What, Where: g.PlaceName, Until: g.Until.String(), To: web.Plain(g.WhoName.Text), Asleep: g.Asleep}
			if g.Chain != nil {
				out[i].Chain = web.DelegationOf(web.ReaderOf(r), *g.Chain)
			}
			if g.Revocable {
				out[i].End = "/admin/grants/" + strconv.FormatInt(int64(g.ID), 10) + "/revoke"
			}
		}
		return out
	}
	page.Passed, page.Got = rows(p.Passed), rows(p.Got)
	return nil
}

// partText says a part at a customer, and whether it is the primary one.
func partText(m desk.Membership) web.Text {
	part := web.T("part." + m.Part.String())
	if m.Primary {
		return web.T("admin.part.primary", part)
	}
	return part
}

// userFields are the fields of a user; nil: of a new one.
func userFields(u *desk.User) *UserForm {
	if u == nil {
		u = &desk.User{Kind: desk.Contact}
	}
	return &UserForm{
		Login:    web.Field{Name: "login", Value: u.Login, Required: true, Autocomplete: "off"},
		Name:     web.Field{Name: "name", Value: u.Name},
		Address:  web.Field{Name: "address", Value: strings.Join(u.Addresses, ", ")},
		Kind:     web.Field{Name: "kind", Kind: "select", Options: options(u.Kind.String(), "contact", "admin.kind.contact", "agent", "admin.kind.agent")},
		Lang:     web.Field{Name: "lang", Kind: "select", Options: options(u.Language, "", "admin.lang.any", "en", "language.en", "de", "language.de")},
		Zone:     web.Field{Name: "zone", Value: u.Zone},
		Password: web.Field{Name: "password", Kind: "password", Autocomplete: "new-password"},
	}
}

// fields are the fields of the form.
func (f *UserForm) fields() []*web.Field {
	return []*web.Field{&f.Login, &f.Name, &f.Address, &f.Kind, &f.Lang, &f.Zone, &f.Password}
}

// refuse makes the form one that was not taken.
func (f *UserForm) refuse(r *http.Request, err error) {
	web.Retype(r, f.fields()...)
	f.Error = web.T("error.invalid.title")
	if rest := web.Refuse(err, f.fields()...); rest != "" {
		f.Error = web.Plain(rest)
	}
}

// readUser puts what was typed into a user, and returns the new password if
// there is one.
func readUser(r *http.Request, u *desk.User) (string, error) {
	u.Login, u.Name = r.PostFormValue("login"), strings.TrimSpace(r.PostFormValue("name"))
	u.Kind, _ = desk.ParseUserKind(r.PostFormValue("kind"))
	u.Language, u.Zone = r.PostFormValue("lang"), strings.TrimSpace(r.PostFormValue("zone"))
	u.Addresses = words(r.PostFormValue("address"))
	if _, err := time.LoadLocation(u.Zone); err != nil || strings.EqualFold(u.Zone, "local") {
		return "", desk.InvalidFields(map[string]string{"zone": "There is no such time zone; write one as Europe/Berlin."})
	}
	return r.PostFormValue("password"), nil
}

// refusal says an error in one line, that of its fields too.
func refusal(err error) string {
	if rest := web.Refuse(err); rest != "" {
		return rest
	}
	return desk.Sentence(err)
}

// newUser shows the form for a new user.
func (h handler) newUser(w http.ResponseWriter, r *http.Request) error {
	page, err := h.newUserPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) newUserPage(r *http.Request) (*UserNewPage, error) {
	f, err := h.frame(r, "admin.users")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.NewUsers); err != nil {
		return nil, err
	}
	page := &UserNewPage{Nav: f.nav, Form: *userFields(nil), Welcome: web.Field{Name: "welcome", Kind: "checkbox"}}
	if r.URL.Query().Get("kind") == "agent" {
		page.Form.Kind.Options[0].Selected, page.Form.Kind.Options[1].Selected = false, true
	}
	return page, nil
}

func (h handler) makeUser(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.newUserPage(r)
	if err != nil {
		return err
	}
	var u desk.User
	password, err := readUser(r, &u)
	if err == nil {
		u.ID, err = h.svc.SaveUser(r.Context(), web.Actor(r), u, password)
	}
	if err != nil {
		page.Form.refuse(r, err)
		web.Retype(r, &page.Welcome)
		return h.showRefused(w, r, page.View(), err)
	}
	if r.PostFormValue("welcome") == "" {
		return h.done(w, r, placeURL("user", int64(u.ID)), web.T("admin.done.made", u.Called()))
	}
	if err := h.svc.Welcome(r.Context(), web.Actor(r), u.ID); err != nil {
		return h.site.Done(w, r, placeURL("user", int64(u.ID)), web.Notice{Level: "warn", Text: web.T("admin.user.unwelcome", u.Called(), refusal(err))})
	}
	return h.done(w, r, placeURL("user", int64(u.ID)), web.T("admin.user.welcomed", u.Called(), u.Address()))
}

func (h handler) changeUser(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, u, err := h.userPage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.Form != nil); err != nil {
		return err
	}
	if err = stale(r, page.Form.Seen); err == nil {
		err = h.saveUser(r, *u)
	}
	if err != nil {
		page.Form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.saved"))
}

func (h handler) saveUser(r *http.Request, u desk.User) error {
	password, err := readUser(r, &u)
	if err != nil {
		return err
	}
	_, err = h.svc.SaveUser(r.Context(), web.Actor(r), u, password)
	return err
}

func (h handler) switchUser(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, u, err := h.userPage(r)
	if err != nil {
		return err
	}
	u.Disabled = disable
	if err := h.svc.UpdateUser(r.Context(), web.Actor(r), *u); err != nil {
		return err
	}
	return h.done(w, r, page.URL, switchedText(u.Called(), disable))
}

// mergeUser merges the user into the one that was named. The effect was shown
// before.
func (h handler) mergeUser(w http.ResponseWriter, r *http.Request) error {
	page, u, err := h.userPage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.Merge.Name != ""); err != nil {
		return err
	}
	id, err := h.svc.Find(r.Context(), web.Actor(r), r.PostFormValue("into"))
	if desk.KindOf(err) == desk.NotFound {
		err = desk.InvalidFields(map[string]string{"into": desk.Sentence(err)})
	}
	if err == nil {
		_, err = h.svc.MergeUsers(r.Context(), web.Actor(r), service.UserMerge{From: u.ID, Into: desk.UserID(id), Previewed: true})
	}
	if err != nil {
		web.Retype(r, &page.Merge)
		if rest := web.Refuse(err, &page.Merge); rest != "" {
			page.Merge.Error = rest
		}
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, placeURL("user", int64(id)), web.T("merge.done", u.Called()))
}

// endSignIns ends a token of a user, or all his sessions.
func (h handler) endSignIns(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.UserID](r, "id")
	if err != nil {
		return err
	}
	done := web.T("record.signed.ended")
	if token := r.PostFormValue("token"); token != "" {
		done = web.T("record.token.ended")
		err = h.svc.EndToken(r.Context(), web.Actor(r), token)
	} else {
		err = h.svc.EndSessionsOf(r.Context(), web.Actor(r), id)
	}
	if err != nil {
		return err
	}
	return h.done(w, r, placeURL("user", int64(id)), done)
}
