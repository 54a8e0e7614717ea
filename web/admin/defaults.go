package admin

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// whose are the two kinds of default groups.
func whose() map[string]desk.PrincipalID {
	return map[string]desk.PrincipalID{"contacts": desk.Contacts, "customers": desk.Customers}
}

// defaults shows the default groups, each with a level.
func (h handler) defaults(w http.ResponseWriter, r *http.Request) error {
	page, err := h.defaultsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) defaultsPage(r *http.Request) (*DefaultsPage, error) {
	f, err := h.frame(r, "admin.defaults")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Grants); err != nil {
		return nil, err
	}
	page := &DefaultsPage{Nav: f.nav, Undo: takeBackOf(r)}
	for _, of := range []string{"contacts", "customers"} {
		list, err := h.defaultList(r, of, f.MayGrant)
		if err != nil {
			return nil, err
		}
		page.Lists = append(page.Lists, list)
	}
	return page, nil
}

func (h handler) defaultList(r *http.Request, of string, may bool) (DefaultList, error) {
	all, err := h.svc.DefaultGroups(r.Context(), web.Actor(r), whose()[of])
	list := DefaultList{Of: of, Locked: !may, Seen: seenState(all), Add: web.Field{Form: of, Name: "add", Suggest: "group"},
		Level: web.Field{Form: of, Name: "add-level", Kind: "select", Options: levels("ro", false)}}
	if err != nil {
		return list, err
	}
	for _, d := range all {
		list.Rows = append(list.Rows, DefaultRow{Name: d.Name.Text, URL: urlOf(d.Name), Disabled: d.Name.Disabled, Level: web.Field{
			Form: of, Name: levelName(d), Kind: "select", Options: levels(d.Permission, true)}})
	}
	return list, nil
}

// levelName names the field of a default group's level.
func levelName(d service.DefaultGroup) string {
	return "level." + strconv.FormatInt(int64(d.Group), 10) + "." + d.Permission
}

// levels are the choices of a level; one that is another permission stays one.
func levels(chosen string, none bool) []web.Option {
	words := []string{"ro", "rw"}
	if chosen != "ro" && chosen != "rw" {
		words = append(words, chosen)
	}
	var list []web.Option
	for _, word := range words {
		o := web.Option{Value: word, Label: web.Plain(word), Selected: word == chosen}
		if word == "ro" || word == "rw" {
			o.Label = web.T("default.level." + word)
		}
		list = append(list, o)
	}
	if none {
		list = append(list, web.Option{Label: web.T("default.level.none")})
	}
	return list
}

// setDefaults saves the default groups of all contacts, or of all customers.
func (h handler) setDefaults(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.defaultsPage(r)
	if err != nil {
		return err
	}
	of := r.PathValue("of")
	who, known := whose()[of]
	if err := partOf(known); err != nil {
		return err
	}
	at := 0
	if of == "customers" {
		at = 1
	}
	list := &page.Lists[at]
	web.Retype(r, &list.Add, &list.Level)
	change, err := h.saveDefaults(r, who, list)
	if err != nil {
		if rest := web.Refuse(err, &list.Add); rest != "" {
			list.Error = web.Plain(rest)
		}
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, withUndo("/admin/default-groups", change), web.T("default.saved"))
}

func (h handler) saveDefaults(r *http.Request, who desk.PrincipalID, shown *DefaultList) (int64, error) {
	ctx, by := r.Context(), web.Actor(r)
	now, err := h.svc.DefaultGroups(ctx, by, who)
	if err != nil {
		return 0, err
	}
	for i := range shown.Rows {
		web.Retype(r, &shown.Rows[i].Level)
	}
	if err := stale(r, seenState(now)); err != nil {
		return 0, err
	}
	var wanted []service.DefaultGroup
	for _, d := range now {
		if level := r.PostFormValue(levelName(d)); level != "" {
			wanted = append(wanted, service.DefaultGroup{Group: d.Group, Permission: level})
		}
	}
	if name := r.PostFormValue("add"); name != "" {
		id, err := h.svc.Find(ctx, by, "group:"+strings.TrimPrefix(name, "group:"))
		if err != nil {
			return 0, desk.InvalidFields(map[string]string{"add": desk.Sentence(err)})
		}
		wanted = append(wanted, service.DefaultGroup{Group: desk.GroupID(id), Permission: r.PostFormValue("add-level")})
	}
	return h.svc.Together(ctx, by, func(in *service.Service, by desk.Actor) error {
		return in.SetDefaultGroups(ctx, by, who, wanted)
	})
}
