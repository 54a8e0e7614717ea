package admin

import (
	"fmt"
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const (
	importErrors  = 50 // bad lines that the page shows
	importChanges = 20
)

func (h handler) importFrame(r *http.Request) (*frame, error) {
	f, err := h.frame(r, "import.title")
	if err != nil {
		return nil, err
	}
	return f, partOf(f.imports())
}

// imports reports whether the reader can bring anything in.
func (f *frame) imports() bool { return f.NewUsers || f.Customers || f.Groups || f.MayGrant }

func importURL(id desk.ImportID) string {
	return "/admin/import/" + strconv.FormatInt(int64(id), 10)
}

// imports takes files and lists those that were sent.
func (h handler) imports(w http.ResponseWriter, r *http.Request) error {
	page, err := h.importsPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) importsPage(r *http.Request) (*ImportsPage, error) {
	f, err := h.importFrame(r)
	if err != nil {
		return nil, err
	}
	list, err := h.svc.Imports(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	page := &ImportsPage{Nav: f.nav, Kind: web.Field{Name: "kind", Kind: "select", Options: options(r.FormValue("kind"),
		"users", "import.kind.users", "customers", "import.kind.customers", "memberships", "import.kind.memberships", "grants", "import.kind.grants")}}
	for i := range list {
		page.Rows = append(page.Rows, importRow(r, &list[i]))
	}
	return page, nil
}

func importRow(r *http.Request, i *desk.Import) ImportRow {
	row := ImportRow{Name: i.Name, URL: importURL(i.ID), Kind: web.T("import.kind." + i.Kind), State: web.T("import.state." + string(i.State)),
		At: web.ReaderOf(r).In(i.At), Lines: i.Lines, Level: "waiting"}
	switch i.State {
	case desk.ImportDone:
		row.Level = "open"
	case desk.ImportFailed:
		row.Level = "failed"
	}
	return row
}

// uploadImport takes a file.
func (h handler) uploadImport(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.importsPage(r)
	if err != nil {
		return err
	}
	files, err := web.Uploads(r, "files")
	if err == nil && len(files) != 1 {
		err = desk.Errorf(desk.Invalid, "Choose one file.")
	}
	var id desk.ImportID
	if err == nil {
		id, err = h.svc.UploadImport(r.Context(), web.Actor(r), r.PostFormValue("kind"), files[0].Name, files[0].Data)
	}
	if err != nil {
		page.Error = desk.Sentence(err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, importURL(id), web.T("import.taken", files[0].Name))
}

// importPage makes the page of a file ready.
func (h handler) importPage(r *http.Request) (*ImportPage, *service.ImportState, error) {
	f, err := h.importFrame(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.ImportID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	i, err := h.svc.ImportFile(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	page := &ImportPage{Nav: f.nav, Row: importRow(r, &i.Import), Works: i.Works(), Done: i.Done, Tried: i.State == desk.ImportTried,
		SkipBad: web.Field{Name: "skip_bad", Kind: "checkbox", Checked: i.SkipBad}}
	if i.Head != nil {
		for _, c := range i.Head.Known {
			page.Columns = append(page.Columns, columnField(i, c))
		}
	}
	if i.Report != nil {
		page.Report = importReport(i.Report, page.Row.URL+"/report.csv")
	}
	return page, i, nil
}

// columnField asks where a column of ours stands in the file.
func columnField(i *service.ImportState, c service.ImportColumn) Labelled {
	at, placed := i.Places[c.Name]
	none := "import.column.none"
	if c.Needed {
		none = "import.column.choose"
	}
	l := Labelled{Label: web.T("import.column." + c.Name), Field: web.Field{Name: "column-" + c.Name, Kind: "select", Required: c.Needed,
		Options: []web.Option{{Value: "", Label: web.T(none), Selected: !placed}}}}
	for n, name := range i.Head.Columns {
		text := name
		if n < len(i.Head.Sample) && i.Head.Sample[n] != "" {
			text = fmt.Sprintf("%s (%s)", name, cutAt(i.Head.Sample[n], 30))
		}
		l.Field.Options = append(l.Field.Options, web.Option{Value: strconv.Itoa(n), Label: web.Plain(text), Selected: placed && at == n})
	}
	return l
}

func cutAt(text string, most int) string {
	for i := range text {
		if most--; most < 0 {
			return text[:i] + "…"
		}
	}
	return text
}

func importReport(r *service.ImportReport, csv string) *ImportReport {
	out := &ImportReport{Error: r.Error, Bad: r.Bad, CSV: csv, Counts: web.T("import.counts", r.Added, r.Changed, r.Unchanged, r.Bad)}
	for n, e := range r.Errors {
		if n < importErrors {
			out.Errors = append(out.Errors, ImportLine{Line: e.Line, Text: e.Text})
		}
	}
	out.MoreErrors = r.Bad - len(out.Errors)
	for n, l := range r.Shown {
		if n < importChanges {
			out.Changes = append(out.Changes, ImportLine{Line: l.Line, Text: l.Object, Before: l.Before, After: l.After})
		}
	}
	if r.Effect != nil {
		effect := web.EffectOf(r.Effect, person)
		out.Effect = &effect
	}
	return out
}

// importFile shows one file.
func (h handler) importFile(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.importPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// startImport has a file looked through, or brought in as it was looked
// through.
func (h handler) startImport(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, i, err := h.importPage(r)
	if err != nil {
		return err
	}
	in := service.ImportStart{ID: i.ID, Places: map[string]int{}, SkipBad: r.PostFormValue("skip_bad") != "", Write: r.PostFormValue("do") == "write"}
	var fields []*web.Field
	for n := range page.Columns {
		f := &page.Columns[n].Field
		fields = append(fields, f)
		if value := r.PostFormValue(f.Name); value != "" {
			at, wrong := strconv.Atoi(value)
			if wrong != nil {
				at = -1
			}
			in.Places[f.Name[len("column-"):]] = at
		}
	}
	if in.Write && i.State == desk.ImportTried {
		in.Places = i.Places // what was shown is what is done
	}
	if err := h.svc.StartImport(r.Context(), web.Actor(r), in); err != nil {
		web.Retype(r, append(fields, &page.SkipBad)...)
		page.Error = web.T("error.invalid.title")
		if rest := web.Refuse(err, fields...); rest != "" {
			page.Error = web.Plain(rest)
		}
		return h.showRefused(w, r, page.View(), err)
	}
	text := web.T("import.begun.try")
	if in.Write {
		text = web.T("import.begun.write")
	}
	return h.done(w, r, page.Row.URL, text)
}

// importCSV sends the report of a file for table programs.
func (h handler) importCSV(w http.ResponseWriter, r *http.Request) error {
	_, i, err := h.importPage(r)
	if err != nil {
		return err
	}
	if i.Report == nil {
		return desk.Errorf(desk.NotFound, "There is no report yet: the file was not looked through.")
	}
	out, err := web.SendCSV(w, "report.csv", []string{"line", "outcome", "object", "before", "after"})
	for _, e := range i.Report.Errors {
		if err == nil {
			err = out.Write([]string{strconv.Itoa(e.Line), "bad", web.Harmless(e.Text), "", ""})
		}
	}
	for _, l := range i.Report.Shown {
		outcome := "changed"
		if l.Added {
			outcome = "new"
		}
		if err == nil {
			err = out.Write([]string{strconv.Itoa(l.Line), outcome, web.Harmless(l.Object), web.Harmless(l.Before), web.Harmless(l.After)})
		}
	}
	if err == nil {
		out.Flush()
		err = out.Error()
	}
	return err
}
