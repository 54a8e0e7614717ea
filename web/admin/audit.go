package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// auditShown is how many lines of the log a page shows, auditRows how many a
// file has at most.
const (
	auditShown = 40
	auditRows  = 100_000
)

func (h handler) auditFrame(r *http.Request) (*frame, error) {
	f, err := h.frame(r, "admin.audit")
	if err != nil {
		return nil, err
	}
	return f, partOf(f.Audit)
}

// audit shows what was done at the desk.
func (h handler) audit(w http.ResponseWriter, r *http.Request) error {
	f, err := h.auditFrame(r)
	if err != nil {
		return err
	}
	page := AuditPage{Nav: f.nav, Empty: empty(r), CSV: "/admin/audit.csv"}
	if r.URL.RawQuery != "" {
		page.CSV += "?" + r.URL.RawQuery
	}
	reader := web.ReaderOf(r)
	state, err := h.svc.AuditState(r.Context(), reader.Actor)
	if err != nil {
		return err
	}
	page.State = stateOfLog(reader, state, r.URL.RequestURI())
	q, err := auditQuestion(r)
	page.Find, page.Change = auditFields(r), q.Change
	var list []service.Change
	var more bool
	if err == nil {
		list, more, err = h.svc.FindChanges(r.Context(), reader.Actor, q)
	}
	if err != nil {
		fields := make([]*web.Field, len(page.Find))
		for i := range page.Find {
			fields[i] = &page.Find[i].Field
		}
		page.Error = web.T("error.invalid.title")
		if rest := web.Refuse(err, fields...); rest != "" {
			page.Error = web.Plain(rest)
		}
		return h.showRefused(w, r, page.View(), err)
	}
	back := (&url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery}).String()
	for i, e := range changeEvents(reader, list) {
		page.Rows = append(page.Rows, auditRow(reader, e, list[i], back))
	}
	page.Pager = auditPager(r, q, list, more)
	return h.site.Show(w, r, page.View())
}

// auditPager leads to the older and the newer lines.
func auditPager(r *http.Request, q service.AuditQuestion, list []service.Change, more bool) web.Pager {
	var pager web.Pager
	if len(list) == 0 {
		return pager
	}
	if more && q.After == 0 || q.After != 0 {
		pager.Older = next(r, "before", strconv.FormatInt(list[len(list)-1].ID, 10))
	}
	if more && q.After != 0 || q.Before != 0 {
		pager.Newer = next(r, "after", strconv.FormatInt(list[0].ID, 10))
	}
	return pager
}

// auditQuestion reads from the address what is looked for.
func auditQuestion(r *http.Request) (service.AuditQuestion, error) {
	text := func(name string) string { return strings.TrimSpace(r.URL.Query().Get(name)) }
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(text(name), 10, 64)
		return max(n, 0)
	}
	q := service.AuditQuestion{Actor: text("by"), Subject: text("about")}
	q.Kind, q.Via, q.Words, q.Change = text("kind"), desk.Way(text("via")), text("words"), number("change")
	q.Changes = q.Kind == "" && q.Change == 0
	q.Before, q.After, q.Limit = number("before"), number("after"), auditShown
	zone := web.ReaderOf(r).In(time.Time{}).Location()
	bad := map[string]string{}
	day := func(name string) time.Time {
		if text(name) == "" {
			return time.Time{}
		}
		at, err := time.ParseInLocation(time.DateOnly, text(name), zone)
		if err != nil {
			bad[name] = "Write a day as 2026-03-31."
		}
		return at
	}
	q.Since, q.Until = day("from"), day("to")
	if !q.Until.IsZero() {
		q.Until = q.Until.AddDate(0, 0, 1)
	}
	if len(bad) > 0 {
		return q, desk.InvalidFields(bad)
	}
	return q, nil
}

// auditFields are the fields by which one looks, as the address has them.
func auditFields(r *http.Request) []Labelled {
	query := r.URL.Query()
	field := func(name, kind, suggest string) Labelled {
		return Labelled{Label: web.T("audit.find." + name), Field: web.Field{Name: name, Kind: kind, Value: query.Get(name), Suggest: suggest}}
	}
	kinds, ways := []string{"", "audit.kind.any"}, []string{"", "form.any"}
	for _, kind := range service.AuditKinds() {
		kinds = append(kinds, kind, "audit.kind."+kind)
	}
	for _, via := range auditWays() {
		ways = append(ways, via, "audit.via."+via)
	}
	list := []Labelled{field("by", "", "all"), field("about", "", "all"), field("kind", "select", ""), field("via", "select", ""),
		field("from", "date", ""), field("to", "date", ""), field("words", "search", "")}
	list[2].Field.Options = options(query.Get("kind"), kinds...)
	list[3].Field.Options = options(query.Get("via"), ways...)
	return list
}

func auditWays() []string { return []string{"web", "api", "mail", "cli", "job", "directory", "rule"} }

// auditLink leads to all that was done to a thing, for who is shown its history.
func auditLink(ref string, history []service.Change) string {
	if len(history) == 0 {
		return ""
	}
	return "/admin/audit?" + url.Values{"about": {ref}}.Encode()
}

// stateOfLog says how the chain of the log was found.
func stateOfLog(reader web.Reader, st desk.AuditState, back string) AuditState {
	at := func(t time.Time) string { return reader.In(t).Format("2006-01-02 15:04") }
	out := AuditState{Back: back}
	switch {
	case st.Checked.IsZero():
		out.Level, out.Text = "warn", web.T("audit.state.never")
	case st.Bad != 0 && st.Right.IsZero():
		out.Level, out.Text = "bad", web.T("audit.state.bad", st.Bad, at(st.Checked))
	case st.Bad != 0:
		out.Level, out.Text = "bad", web.T("audit.state.bad.since", st.Bad, at(st.Checked), at(st.Right))
	default:
		out.Level, out.Text = "good", web.T("audit.state.good", at(st.Right), st.RightLine, st.Last-st.RightLine)
	}
	return out
}

// auditRow is one line with what was before and after, and ways to its records.
func auditRow(reader web.Reader, e web.Event, c service.Change, back string) AuditRow {
	row := AuditRow{ID: c.ID, Event: e, Via: web.T("audit.via." + string(c.Via)), Undo: takingBack(c.Undo, back)}
	if c.Via == "" {
		row.Via = web.Text{}
	}
	if c.Change != 0 {
		row.Change = web.Link{Label: web.T("audit.change", c.Change), URL: "/admin/audit?change=" + strconv.FormatInt(c.Change, 10)}
	}
	for _, n := range []service.Name{c.On, c.Who} {
		if to := urlOf(n); to != "" {
			row.Links = append(row.Links, web.Link{Label: web.Plain(n.Text), URL: to})
		}
	}
	for _, d := range c.Differ {
		row.Differ = append(row.Differ, AuditDifference{fieldText(reader, d.Field), d.Before, d.After})
	}
	return row
}

// fieldText names a field of the log; one of which the catalogue knows nothing
// stands for itself.
func fieldText(reader web.Reader, field string) web.Text {
	text := web.T("audit.field." + strings.ReplaceAll(field, " ", "_"))
	if reader.Say(text) == text.Key {
		return web.Plain(field)
	}
	return text
}

// checkAudit looks at the whole chain of the log.
func (h handler) checkAudit(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	st, err := h.svc.CheckAudit(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	level, text := "good", web.T("audit.checked.good", st.Last)
	if st.Bad != 0 {
		level, text = "bad", web.T("audit.checked.bad", st.Bad)
	}
	return h.site.Done(w, r, web.LocalPath(r.PostFormValue("to"), "/admin/audit"), web.Notice{Level: level, Text: text})
}

// exportAudit writes the lines that a question finds, newest first, as CSV.
func (h handler) exportAudit(w http.ResponseWriter, r *http.Request) error {
	if _, err := h.auditFrame(r); err != nil {
		return err
	}
	q, err := auditQuestion(r)
	if err != nil {
		return err
	}
	reader := web.ReaderOf(r)
	q.Limit, q.Before, q.After = 1000, 0, 0
	list, more, err := h.svc.FindChanges(r.Context(), reader.Actor, q)
	if err != nil {
		return err
	}
	out, err := web.SendCSV(w, "audit.csv", []string{"line", "change", "at", "by", "via", "action", "object", "words", "before", "after", "hash"})
	for rows := 0; err == nil; {
		for i, e := range changeEvents(reader, list) {
			if err := out.Write(auditCells(reader, e, list[i])); err != nil {
				return err
			}
		}
		rows += len(list)
		if !more || rows >= auditRows {
			break
		}
		q.Before = list[len(list)-1].ID
		list, more, err = h.svc.FindChanges(r.Context(), reader.Actor, q)
	}
	out.Flush()
	return err
}

// auditCells is a line of the log as a row of a file; times are in UTC.
func auditCells(reader web.Reader, e web.Event, c service.Change) []string {
	cells := []string{strconv.FormatInt(c.ID, 10), strconv.FormatInt(c.Change, 10), c.At.UTC().Format(time.RFC3339), e.By.Name, string(c.Via),
		c.Action, c.AuditEntry.Object, reader.Say(e.What), c.Before, c.After, c.Hash}
	for i, cell := range cells {
		cells[i] = web.Harmless(cell)
	}
	return cells
}
