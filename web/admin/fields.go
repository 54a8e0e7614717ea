package admin

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

func fieldURL(id desk.FieldID) string { return "/admin/fields/" + strconv.FormatInt(int64(id), 10) }

func (h handler) fieldFrame(r *http.Request) (*frame, error) {
	f, err := h.frame(r, "admin.fields")
	if err != nil {
		return nil, err
	}
	return f, partOf(f.Fields)
}

// fields lists the custom fields.
func (h handler) fields(w http.ResponseWriter, r *http.Request) error {
	f, err := h.fieldFrame(r)
	if err != nil {
		return err
	}
	list, err := h.svc.Fields(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
	if err != nil {
		return err
	}
	page := FieldsPage{Nav: f.nav, New: f.NewFields}
	for _, of := range desk.FieldsOf() {
		part := FieldList{Of: web.T("fields.of." + string(of)), New: "/admin/fields/new?of=" + string(of), Order: f.NewFields}
		var ids []desk.FieldID
		for _, field := range list {
			if field.Of == of {
				ids = append(ids, field.ID)
				part.Rows = append(part.Rows, FieldRow{Name: field.Name, About: field.Description, URL: fieldURL(field.ID), Kind: web.T("fields.kind." + string(field.Kind)),
					Where: whereText(&field.Field, queues), Required: field.Required, Disabled: field.Disabled})
			}
		}
		for i := range part.Rows {
			part.Rows[i].Up, part.Rows[i].Down = swapped(ids, i, i-1), swapped(ids, i, i+1)
		}
		page.Lists = append(page.Lists, part)
	}
	return h.site.Show(w, r, page.View())
}

// swapped is the order in which two fields have changed places.
func swapped(ids []desk.FieldID, i, k int) string {
	if k < 0 || k >= len(ids) {
		return ""
	}
	order := slices.Clone(ids)
	order[i], order[k] = order[k], order[i]
	words := make([]string, len(order))
	for n, id := range order {
		words[n] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(words, " ")
}

// whereText says where a field applies, as far as the reader sees the queues.
func whereText(f *desk.Field, queues []desk.Queue) web.Text {
	switch {
	case f.Of == desk.OfUsers && f.Only != 0:
		return web.T("fields.only." + f.Only.String())
	case f.Of != desk.OfTickets:
		return web.T("fields.everybody")
	case f.Everywhere:
		return web.T("fields.everywhere")
	}
	var names []string
	for _, q := range queues {
		if slices.Contains(f.Queues, q.ID) {
			names = append(names, q.Name)
		}
	}
	if len(names) == 0 {
		return web.T("fields.nowhere")
	}
	return web.Plain(strings.Join(names, ", "))
}

// orderFields takes a new order of the fields of one kind of thing.
func (h handler) orderFields(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	var order []desk.FieldID
	for _, word := range strings.Fields(r.PostFormValue("order")) {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return desk.Errorf(desk.Invalid, "The form could not be read. Please send it again.")
		}
		order = append(order, desk.FieldID(n))
	}
	if err := h.svc.OrderFields(r.Context(), web.Actor(r), order); err != nil {
		return err
	}
	return h.done(w, r, "/admin/fields", web.T("admin.done.saved"))
}

// newField shows the form for a new field.
func (h handler) newField(w http.ResponseWriter, r *http.Request) error {
	f, err := h.fieldFrame(r)
	if err != nil {
		return err
	}
	if err := partOf(f.NewFields); err != nil {
		return err
	}
	of := desk.FieldOf(cmp.Or(r.FormValue("of"), string(desk.OfTickets)))
	page, err := h.fieldForm(r, &desk.Field{Of: of, Kind: desk.TextField, Everywhere: of == desk.OfTickets})
	if err != nil {
		return err
	}
	page.Nav, page.May = f.nav, true
	return h.site.Show(w, r, page.View())
}

// field shows one field.
func (h handler) field(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.fieldPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) fieldPage(r *http.Request) (*FieldPage, *desk.Field, error) {
	f, err := h.fieldFrame(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.FieldID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	field, err := h.svc.Field(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	page, err := h.fieldForm(r, &field.Field)
	if err != nil {
		return nil, nil, err
	}
	page.Nav, page.May = f.nav, field.Rights.Has(desk.AdminCustomField)
	page.Switch, page.AllGrants = page.May, grantsLink("where", "field:"+field.Name)
	if page.May && field.Rights.Has(desk.SeeCustomField) {
		if err := h.fillUse(r, page, id); err != nil {
			return nil, nil, err
		}
	}
	page.Grants, err = h.grantRows(r, 0, desk.OnField(id))
	return page, &field.Field, err
}

// fillUse says how much a field is used, which is what disabling it hides.
func (h handler) fillUse(r *http.Request, page *FieldPage, id desk.FieldID) error {
	use, err := h.svc.UseOfField(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	if page.Use = web.T("fields.use", use.Things); use.Things >= 1000 {
		page.Use = web.T("fields.use.more")
	}
	for i := range page.Choices {
		n, _ := strconv.ParseInt(page.Choices[i].ID, 10, 64)
		page.Choices[i].Used = web.Plain(strconv.Itoa(use.Choices[desk.ChoiceID(n)]))
	}
	return nil
}

// fieldForm fills the form of a field.
func (h handler) fieldForm(r *http.Request, f *desk.Field) (*FieldPage, error) {
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
	if err != nil {
		return nil, err
	}
	text := func(name, value string) web.Field { return web.Field{Form: "cf-", Name: name, Value: value} }
	box := func(name string, on bool) web.Field {
		return web.Field{Form: "cf-", Name: name, Kind: "checkbox", Checked: on}
	}
	page := &FieldPage{Title: f.Name, URL: fieldURL(f.ID), Seen: seenState(*f), Disabled: f.Disabled,
		Of: text("of", string(f.Of)), Name: text("name", f.Name), Description: text("description", f.Description), Required: box("required", f.Required),
		Pattern: text("pattern", f.Pattern), Hint: text("hint", f.Hint), Lowest: text("lowest", f.Lowest), Highest: text("highest", f.Highest),
		Length: text("max_length", ""), Default: text("default", strings.Join(f.Default, "\n")), More: text("more", ""),
		Everywhere: box("everywhere", f.Everywhere), Kind: web.Field{Form: "cf-", Name: "kind", Kind: "select"},
		Only:   web.Field{Form: "cf-", Name: "only", Kind: "select", Options: options(onlyWord(f.Only), "", "fields.only.all", "agent", "fields.only.agent", "contact", "fields.only.contact")},
		Queues: web.Field{Form: "cf-", Name: "queues", Kind: "boxes"},
	}
	page.Name.Required, page.Default.Kind, page.Default.Rows, page.More.Kind, page.More.Rows = true, "textarea", 2, "textarea", 4
	if f.ID == 0 {
		page.Title, page.URL = "", "/admin/fields"
	}
	if f.MaxLength > 0 {
		page.Length.Value = strconv.Itoa(f.MaxLength)
	}
	page.Length.Kind = "number"
	for _, kind := range desk.FieldKinds() {
		page.Kind.Options = append(page.Kind.Options, web.Option{Value: string(kind), Label: web.T("fields.kind." + string(kind)), Selected: kind == f.Kind})
	}
	for _, q := range queues {
		page.Queues.Options = append(page.Queues.Options, web.Option{Value: strconv.FormatInt(int64(q.ID), 10), Label: web.Plain(q.Name), Selected: slices.Contains(f.Queues, q.ID)})
	}
	for i, c := range f.Choices {
		id := strconv.FormatInt(int64(c.ID), 10)
		page.Choices = append(page.Choices, ChoiceRow{ID: id, Name: text("choice-"+id, c.Name), Place: text("place-"+id, strconv.Itoa(i+1)), Offered: box("offered-"+id, !c.Disabled)})
	}
	return page, nil
}

func onlyWord(kind desk.UserKind) string {
	if kind == 0 {
		return ""
	}
	return kind.String()
}

// readField puts what was sent into a field. Queues that the reader does not
// see stay as they are.
func readField(r *http.Request, f *desk.Field, seen []web.Option) error {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f.Name, f.Description, f.Kind = value("name"), value("description"), desk.FieldKind(value("kind"))
	f.Required, f.Everywhere = value("required") != "", value("everywhere") != ""
	f.Pattern, f.Hint, f.Lowest, f.Highest = value("pattern"), value("hint"), value("lowest"), value("highest")
	f.Only, _ = desk.ParseUserKind(value("only"))
	f.Default, f.MaxLength = texts(r.PostFormValue("default")), 0
	if text := value("max_length"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return desk.InvalidFields(map[string]string{"max_length": "A length is a whole number."})
		}
		f.MaxLength = n
	}
	for _, o := range seen {
		n, _ := strconv.ParseInt(o.Value, 10, 64)
		f.Queues = slices.DeleteFunc(slices.Clone(f.Queues), func(q desk.QueueID) bool { return q == desk.QueueID(n) })
		if slices.Contains(r.PostForm["queues"], o.Value) {
			f.Queues = append(f.Queues, desk.QueueID(n))
		}
	}
	f.Choices = readChoices(r, f.Choices)
	return nil
}

// readChoices puts the choices into the order of their places, and new ones
// behind them.
func readChoices(r *http.Request, before []desk.Choice) []desk.Choice {
	type placed struct {
		desk.Choice
		place int
	}
	var list []placed
	for i, c := range before {
		id := strconv.FormatInt(int64(c.ID), 10)
		if !r.PostForm.Has("choice-" + id) {
			list = append(list, placed{c, i + 1})
			continue
		}
		place, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("place-" + id)))
		if err != nil {
			place = i + 1
		}
		list = append(list, placed{desk.Choice{ID: c.ID, Name: r.PostFormValue("choice-" + id), Disabled: r.PostFormValue("offered-"+id) == ""}, place})
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	var choices []desk.Choice
	for _, c := range list {
		choices = append(choices, c.Choice)
	}
	for _, name := range texts(r.PostFormValue("more")) {
		choices = append(choices, desk.Choice{Name: name})
	}
	return choices
}

// texts are the lines of a text, without blank ones.
func texts(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// makeField makes a field.
func (h handler) makeField(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	fr, err := h.fieldFrame(r)
	if err != nil {
		return err
	}
	f := desk.Field{Of: desk.FieldOf(r.PostFormValue("of"))}
	page, err := h.fieldForm(r, &f)
	if err != nil {
		return err
	}
	if err = readField(r, &f, page.Queues.Options); err == nil {
		f.ID, err = h.svc.CreateField(r.Context(), web.Actor(r), f)
	}
	if err != nil {
		page.Nav, page.May = fr.nav, true
		return h.fieldRefused(w, r, page, err)
	}
	return h.done(w, r, fieldURL(f.ID), web.T("fields.made", f.Name))
}

// changeField changes a field.
func (h handler) changeField(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, f, err := h.fieldPage(r)
	if err != nil {
		return err
	}
	if err = stale(r, page.Seen); err == nil {
		err = readField(r, f, page.Queues.Options)
	}
	if err == nil {
		err = h.svc.UpdateField(r.Context(), web.Actor(r), *f)
	}
	if err != nil {
		return h.fieldRefused(w, r, page, err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.saved"))
}

// fieldRefused shows the form with what was typed.
func (h handler) fieldRefused(w http.ResponseWriter, r *http.Request, page *FieldPage, err error) error {
	fields := []*web.Field{&page.Of, &page.Name, &page.Kind, &page.Description, &page.Required, &page.Pattern, &page.Hint, &page.Lowest, &page.Highest,
		&page.Length, &page.Default, &page.More, &page.Only, &page.Everywhere, &page.Queues}
	for i := range page.Choices {
		fields = append(fields, &page.Choices[i].Name, &page.Choices[i].Place, &page.Choices[i].Offered)
	}
	web.Retype(r, fields...)
	if text := desk.FieldTexts(err)["choices"]; text != "" {
		err = desk.InvalidFields(map[string]string{"more": text})
	}
	if rest := web.Refuse(err, fields...); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}

// switchField disables or enables a field.
func (h handler) switchField(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, f, err := h.fieldPage(r)
	if err != nil {
		return err
	}
	f.Disabled = disable
	if err := h.svc.UpdateField(r.Context(), web.Actor(r), *f); err != nil {
		return err
	}
	return h.done(w, r, page.URL, switchedText(f.Name, disable))
}

// recordForm are the custom fields of a user or customer.
func (h handler) recordForm(r *http.Request, who desk.PrincipalID, action string) (*RecordForm, error) {
	fields, err := h.svc.RecordFields(r.Context(), web.Actor(r), who)
	if err != nil || len(fields) == 0 {
		return nil, err
	}
	form := &RecordForm{Action: action + "/fields", Fields: web.Customs(web.ReaderOf(r), fields)}
	for _, f := range fields {
		form.May = form.May || f.May
	}
	return form, nil
}

// fillRecord takes the custom fields of a user or customer; again shows its
// page with the form.
func (h handler) fillRecord(w http.ResponseWriter, r *http.Request, form *RecordForm, who desk.PrincipalID, again func() web.View) error {
	if form == nil {
		return desk.Errorf(desk.NotFound, "There is no such page.")
	}
	fields, err := h.svc.RecordFields(r.Context(), web.Actor(r), who)
	if err != nil {
		return err
	}
	var set []service.FieldSet
	for _, one := range web.CustomSets(r, fields) {
		at := slices.IndexFunc(fields, func(f service.FieldShown) bool { return f.ID == one.Field })
		if fields[at].May {
			set = append(set, one)
		}
	}
	if err := h.svc.SetRecordFields(r.Context(), web.Actor(r), who, set); err != nil {
		shown := false
		for _, f := range form.Fields {
			shown = f.Form != nil && web.RetypeCustoms(r, err, f.Form) || shown
		}
		if !shown {
			form.Error = web.Plain(desk.Sentence(err))
		}
		return h.showRefused(w, r, again(), err)
	}
	return h.done(w, r, strings.TrimSuffix(form.Action, "/fields"), web.T("admin.done.saved"))
}

// fillUser takes the custom fields of a user.
func (h handler) fillUser(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, u, err := h.userPage(r)
	if err != nil {
		return err
	}
	return h.fillRecord(w, r, page.Fields, desk.PrincipalID(u.ID), func() web.View { return page.View() })
}

// fillCustomer takes the custom fields of a customer.
func (h handler) fillCustomer(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, c, err := h.customerPage(r)
	if err != nil {
		return err
	}
	return h.fillRecord(w, r, page.Fields, desk.PrincipalID(c.ID), func() web.View { return page.View() })
}
