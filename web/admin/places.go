package admin

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// input is a labelled text field of a settings form.
func input(name, value, label string) Labelled {
	return Labelled{Label: web.T(label), Field: web.Field{Form: "set-", Name: name, Value: value}}
}

// choose is a labelled select of a settings form.
func choose(name, label string, list []web.Option) Labelled {
	return Labelled{Label: web.T(label), Field: web.Field{Form: "set-", Name: name, Kind: "select", Options: list}}
}

// fields are the fields of the form.
func (f *PlaceForm) fields() []*web.Field {
	var list []*web.Field
	for i := range f.Fields {
		list = append(list, &f.Fields[i].Field)
	}
	return list
}

// refuse makes the form one that was not taken.
func (f *PlaceForm) refuse(r *http.Request, err error) {
	web.Retype(r, f.fields()...)
	f.Error = web.T("error.invalid.title")
	if rest := web.Refuse(err, f.fields()...); rest != "" {
		f.Error = web.Plain(rest)
	}
}

// fields are the fields of the form.
func (f *MemberForm) fields() []*web.Field { return []*web.Field{&f.Who, &f.How, &f.Primary} }

// refuse makes the form one that was not taken.
func (f *MemberForm) refuse(r *http.Request, err error) {
	web.Retype(r, f.fields()...)
	if rest := web.Refuse(err, f.fields()...); rest != "" {
		f.Error = web.Plain(rest)
	}
}

// whoField asks for a person, group or customer.
func whoField() web.Field {
	return web.Field{Form: "add-", Name: "who", Required: true, Suggest: "all"}
}

// presenceFields are the three settings of how customers take part.
func presenceFields(p desk.Presences) []Labelled {
	var list []Labelled
	for _, row := range []struct {
		name, label string
		now         desk.Presence
	}{{"requestor", "admin.mode.requestor", p.Requestor}, {"cc", "admin.mode.cc", p.Cc}, {"admincc", "admin.mode.admincc", p.AdminCc}} {
		list = append(list, choose(row.name, row.label, options(row.now.String(), "", "admin.mode.default",
			"replace", "admin.customer.mode.replace", "add", "admin.customer.mode.add", "off", "admin.customer.mode.off")))
	}
	return list
}

// readPresences reads what presenceFields ask.
func readPresences(r *http.Request, p *desk.Presences) error {
	for name, to := range map[string]*desk.Presence{"requestor": &p.Requestor, "cc": &p.Cc, "admincc": &p.AdminCc} {
		said, ok := desk.ParsePresence(r.PostFormValue(name))
		if !ok {
			return desk.InvalidFields(map[string]string{name: "Choose one of these."})
		}
		*to = said
	}
	return nil
}

// sharingField asks for the sharing of new tickets.
func sharingField(now *desk.Sharing) Labelled {
	said := ""
	if now != nil {
		said = now.String()
	}
	return choose("sharing", "admin.sharing", options(said, "", "admin.mode.default",
		"shared", "sharing.shared.short", "managers", "sharing.managers.short", "private", "sharing.private.short"))
}

func readSharing(r *http.Request) (*desk.Sharing, error) {
	name := r.PostFormValue("sharing")
	if name == "" {
		return nil, nil
	}
	s, ok := desk.ParseSharing(name)
	if !ok {
		return nil, desk.InvalidFields(map[string]string{"sharing": "Choose one of these."})
	}
	return &s, nil
}

func searchField(r *http.Request) web.Field {
	return web.Field{Name: "text", Kind: "search", Value: r.FormValue("text")}
}

// openTickets counts the open tickets that each filter finds, up to a thousand.
func (h handler) openTickets(r *http.Request, filters []service.TicketFilter) ([]int, error) {
	for i := range filters {
		filters[i].Activity = service.OnlyActive
	}
	counts, err := h.svc.CountEach(r.Context(), web.Actor(r), filters, 999)
	if counts == nil {
		counts = make([]int, len(filters))
	}
	return counts, err
}

// words parts a text at commas, semicolons and blanks.
func words(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '\n' })
}

// peopleShown is how many direct members a page shows at once.
const peopleShown = 25

// membersPage returns the direct members after the one that the address names,
// by number, and the ways to the pages beside them.
func membersPage[T any](r *http.Request, all []T, id func(T) desk.PrincipalID) ([]T, web.Pager) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	from := 0
	for from < len(all) && int64(id(all[from])) <= after {
		from++
	}
	shown := all[from:min(from+peopleShown, len(all))]
	var pager web.Pager
	switch {
	case from > peopleShown:
		pager.Newer = next(r, "after", strconv.FormatInt(int64(id(all[from-peopleShown-1])), 10))
	case from > 0:
		pager.Newer = r.URL.Path
	}
	if from+len(shown) < len(all) {
		pager.Older = next(r, "after", strconv.FormatInt(int64(id(shown[len(shown)-1])), 10))
	}
	return shown, pager
}
