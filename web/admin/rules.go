package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// How much a page of rules shows and tries.
const (
	runsShown = 20
	dryDays   = 7
)

func ruleURL(id desk.RuleID) string { return "/admin/rules/" + strconv.FormatInt(int64(id), 10) }

// ruleRoutes adds the pages of rules.
func (h handler) ruleRoutes(page func(pattern string, serve func(http.ResponseWriter, *http.Request) error)) {
	page("GET /admin/rules", h.rules)
	page("POST /admin/rules", h.saveRule)
	page("GET /admin/rules/new", h.newRule)
	page("GET /admin/rules/{id}", h.rule)
	page("POST /admin/rules/{id}", h.saveRule)
	page("POST /admin/rules/{id}/{switch}", h.switchRule)
	page("POST /admin/runs/{id}/again", h.runAgain)
}

// rulesFrame refuses who may see no rules.
func (h handler) rulesFrame(r *http.Request) (*frame, *service.RuleWords, error) {
	f, err := h.frame(r, "admin.rules")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Rules); err != nil {
		return nil, nil, err
	}
	words, err := h.svc.RuleWords(r.Context(), web.Actor(r))
	return f, words, err
}

// rules lists the rules in their order, and the runs that wait for somebody.
func (h handler) rules(w http.ResponseWriter, r *http.Request) error {
	f, words, err := h.rulesFrame(r)
	if err != nil {
		return err
	}
	list, err := h.svc.Rules(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := RulesPage{Nav: f.nav, New: words.Everywhere || len(words.Queues) > 0,
		Empty: web.Empty{Icon: "swap", Title: web.T("rule.none"), Hint: web.T("rule.none.hint")}}
	for i := range list {
		page.Rows = append(page.Rows, lineOfRule(web.ReaderOf(r), &list[i]))
	}
	if page.Waiting, err = h.runRows(r, service.RunFilter{State: desk.RunParked, Limit: runsShown}); err != nil {
		return err
	}
	if page.Latest, err = h.runRows(r, service.RunFilter{State: desk.RunDone, Limit: runsShown}); err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func lineOfRule(reader web.Reader, l *service.RuleLine) RuleRow {
	row := RuleRow{Name: l.Name, URL: ruleURL(l.ID), Queue: l.Written.Queue, Stage: "rule.stage." + l.Written.Stage, Place: l.Place, Turn: turnText(l),
		Does: l.Written.Does(), Off: !l.Enabled, Parked: l.Parked.Reason, ParkedAt: reader.In(l.Parked.At), Ticket: ticketLink(l.Parked.Ticket), May: l.MayChange, Waiting: l.Waiting}
	for _, t := range l.On {
		row.On = append(row.On, "rule.on."+string(t))
	}
	return row
}

// turnText says when a rule by time has its turn; zero: it is none.
func turnText(l *service.RuleLine) web.Text {
	w := &l.Written
	switch {
	case l.Daily() && w.Workdays:
		return web.T("rule.turn.workdays", w.At)
	case l.Daily():
		return web.T("rule.turn.daily", w.At)
	case l.Timed() && w.InStatus != "":
		return web.T("rule.turn.status", web.Known("status.", w.InStatus), l.Hours)
	case l.Timed():
		return web.T("rule.hours.n", l.Hours)
	}
	return web.Text{}
}

func (h handler) runRows(r *http.Request, f service.RunFilter) ([]RuleRunRow, error) {
	list, _, err := h.svc.RuleRuns(r.Context(), web.Actor(r), f)
	var rows []RuleRunRow
	for _, run := range list {
		rows = append(rows, RuleRunRow{ID: int64(run.ID), Rule: run.RuleName, RuleURL: ruleURL(run.Rule), Ticket: ticketLink(run.Ticket), Subject: run.Subject,
			State: "rule.state." + string(run.State), What: run.What, At: web.ReaderOf(r).In(run.At), Again: run.MayAgain})
	}
	return rows, err
}

func (h handler) newRule(w http.ResponseWriter, r *http.Request) error {
	page, err := h.rulePage(r, nil)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) rule(w http.ResponseWriter, r *http.Request) error {
	line, err := h.svc.Rule(r.Context(), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	page, err := h.rulePage(r, line)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// rulePage makes the page of a rule ready, or nil for a new one.
func (h handler) rulePage(r *http.Request, line *service.RuleLine) (*RulePage, error) {
	f, words, err := h.rulesFrame(r)
	if err != nil {
		return nil, err
	}
	page := &RulePage{Nav: f.nav, URL: "/admin/rules", Words: words, May: true, Try: web.Field{Name: "ticket", Kind: "number"}}
	in := service.WrittenRule{Stage: string(desk.StageNormal), Enabled: true, OpenLink: service.LinkRefersTo}
	if line != nil {
		in = line.Written
		row := lineOfRule(web.ReaderOf(r), line)
		page.Row, page.URL, page.May, page.Signed, page.Version = &row, row.URL, line.MayChange, line.Written.Webhook != "", line.Version
		page.Title = line.Name
		if page.Runs, err = h.runRows(r, service.RunFilter{Rules: []desk.RuleID{line.ID}, Limit: runsShown}); err != nil {
			return nil, err
		}
	}
	page.fill(in)
	return page, nil
}

// fill puts a rule into the fields of its form.
func (p *RulePage) fill(in service.WrittenRule) {
	queues := slices.Clone(p.Words.Queues)
	number := func(name string, n int) web.Field {
		return web.Field{Name: name, Kind: "number", Value: strconv.Itoa(n)}
	}
	text := func(name, value string) web.Field { return web.Field{Name: name, Value: value} }
	area := func(name, value string, rows int) web.Field {
		return web.Field{Name: name, Kind: "textarea", Value: value, Rows: rows}
	}
	p.Name, p.Place, p.Hours = web.Field{Name: "name", Value: in.Name, Required: true}, number("place", in.Place), number("hours", in.Hours)
	p.At, p.Workdays = web.Field{Name: "at", Kind: "time", Value: in.At}, web.Field{Name: "workdays", Kind: "checkbox", Checked: in.Workdays}
	p.Calendar = chosen("calendar", in.Calendar, "rule.calendar.none", "", slices.Clone(p.Words.Calendars))
	p.InStatus = chosen("in_status", in.InStatus, "rule.in_status.none", "status.", slices.Clone(p.Words.Statuses))
	p.Field = chosen("field", in.Field, "rule.field.none", "", slices.Clone(p.Words.Custom))
	p.From, p.To = text("from", in.From), text("to", in.To)
	p.Approvers, p.Reason = area("approvers", strings.Join(in.Approvers, "\n"), 2), area("approval_reason", in.ApprovalReason, 3)
	p.Queue = chosen("queue", in.Queue, "rule.everywhere", "", queues)
	p.Stage = chosen("stage", in.Stage, "", "rule.stage.", []string{"first", "normal", "last"})
	p.On, p.Timed = nil, nil // it is filled once more with what was sent
	for _, t := range desk.Triggers() {
		box := RuleBox{Value: string(t), Label: "rule.on." + string(t), Checked: slices.Contains(in.On, string(t))}
		if t.Timed() {
			p.Timed = append(p.Timed, box)
		} else {
			p.On = append(p.On, box)
		}
	}
	p.If = area("if", in.If, 3)
	p.Status = chosen("status", in.Status, "rule.stays", "status.", p.Words.Statuses)
	p.Owner, p.Priority, p.Due = text("owner", in.Owner), text("priority", in.Priority), text("due", in.Due)
	p.Move, p.Open = text("move", in.Move), text("open", in.OpenIn)
	p.Watch, p.Unwatch = area("watch", strings.Join(in.Watch, "\n"), 2), area("unwatch", strings.Join(in.Unwatch, "\n"), 2)
	p.Comment, p.OpenText, p.OpenSubject = area("comment", in.Comment, 3), area("open_text", in.OpenText, 3), text("open_subject", in.OpenSubject)
	p.OpenLink = chosen("open_link", in.OpenLink, "", "rule.link.", []string{service.LinkRefersTo, service.LinkMemberOf, service.LinkDependsOn, "blocks"})
	p.Notify, p.Letter = area("notify", strings.Join(in.Notify, "\n"), 3), area("letter", in.Letter, 4)
	p.Push = web.Field{Name: "push", Kind: "checkbox", Checked: in.Push}
	p.Webhook, p.NewSecret = text("webhook", in.Webhook), web.Field{Name: "new_secret", Kind: "checkbox"}
	p.Enabled = web.Field{Name: "enabled", Kind: "checkbox", Checked: in.Enabled}
}

// chosen is a select field; none is the text of the empty choice, and the others
// have the text of their key, or without a prefix their own.
func chosen(name, value, none, prefix string, values []string) web.Field {
	f := web.Field{Name: name, Kind: "select"}
	if none != "" {
		f.Options = append(f.Options, web.Option{Label: web.T(none), Selected: value == ""})
	}
	if value != "" && !slices.Contains(values, value) {
		values = append(values, value)
	}
	for _, v := range values {
		label := web.Plain(v)
		if prefix != "" {
			label = web.Known(prefix, v)
		}
		f.Options = append(f.Options, web.Option{Value: v, Label: label, Selected: v == value})
	}
	return f
}

// readWrittenRule reads the form of a rule.
func readWrittenRule(r *http.Request) service.WrittenRule {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	number := func(name string) int { n, _ := strconv.Atoi(value(name)); return n }
	lines := func(name string) []string {
		return slices.DeleteFunc(strings.Split(strings.ReplaceAll(value(name), "\r", ""), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	}
	return service.WrittenRule{
		Version: int64(number("version")), Name: value("name"), Queue: value("queue"), Stage: value("stage"), Place: number("place"), On: r.PostForm["on"], Hours: number("hours"),
		InStatus: value("in_status"), At: value("at"), Calendar: value("calendar"), Workdays: value("workdays") != "",
		Field: value("field"), From: value("from"), To: value("to"), Approvers: lines("approvers"), ApprovalReason: value("approval_reason"),
		If: value("if"), Enabled: value("enabled") != "", Status: value("status"), Owner: value("owner"), Priority: value("priority"), Move: value("move"),
		Due: value("due"), Watch: lines("watch"), Unwatch: lines("unwatch"), Comment: value("comment"), OpenIn: value("open"), OpenLink: value("open_link"),
		OpenSubject: value("open_subject"), OpenText: value("open_text"), Notify: lines("notify"), Letter: value("letter"), Push: value("push") != "", Webhook: value("webhook"),
		NewSecret: value("new_secret") != "",
	}
}

// saveRule saves a rule, or tries it where that was asked.
func (h handler) saveRule(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	var line *service.RuleLine
	in := readWrittenRule(r)
	if ref := r.PathValue("id"); ref != "" {
		var err error
		if line, err = h.svc.Rule(r.Context(), web.Actor(r), ref); err != nil {
			return err
		}
		in.ID = line.ID
	}
	page, err := h.rulePage(r, line)
	if err != nil {
		return err
	}
	page.fill(in)
	switch r.PostFormValue("do") {
	case "try":
		web.Retype(r, &page.Try)
		id, _ := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(page.Try.Value), "#"), 10, 64)
		d, err := h.svc.TryRule(r.Context(), web.Actor(r), in, desk.TicketID(id))
		return h.tried(w, r, page, d, err)
	case "dry":
		d, err := h.svc.DryRunRule(r.Context(), web.Actor(r), in, h.svc.Now().AddDate(0, 0, -dryDays))
		return h.tried(w, r, page, d, err)
	}
	id, secret, err := h.svc.SaveRuleTold(r.Context(), web.Actor(r), in)
	if err != nil {
		return h.ruleRefused(w, r, page, err)
	}
	if secret != "" {
		return h.tellSecret(w, r, id, secret)
	}
	return h.done(w, r, ruleURL(id), web.T("rule.saved", in.Name))
}

// tellSecret shows the rule that was saved with the secret of its webhook. The
// answer is the page itself: where it led to one, the secret would have to be
// kept until then.
func (h handler) tellSecret(w http.ResponseWriter, r *http.Request, id desk.RuleID, secret string) error {
	line, err := h.svc.Rule(r.Context(), web.Actor(r), strconv.FormatInt(int64(id), 10))
	if err != nil {
		return err
	}
	page, err := h.rulePage(r, line)
	if err != nil {
		return err
	}
	page.Secret = secret
	v := page.View()
	v.Notices = []web.Notice{{Level: "good", Text: web.T("rule.saved", line.Name)}}
	return h.site.Show(w, r, v)
}

func (h handler) ruleRefused(w http.ResponseWriter, r *http.Request, page *RulePage, err error) error {
	on := web.Field{Name: "on"}
	if rest := web.Refuse(err, page.fields(&on)...); rest != "" {
		page.Error = web.Plain(rest)
	}
	page.OnError = on.Error
	return h.showRefused(w, r, page.View(), err)
}

// fields are those of the form about which something can be wrong.
func (p *RulePage) fields(more ...*web.Field) []*web.Field {
	return append(more, &p.Name, &p.Queue, &p.Stage, &p.Place, &p.Hours, &p.InStatus, &p.At, &p.Calendar, &p.Workdays, &p.Field, &p.From, &p.To, &p.Approvers, &p.Reason, &p.If, &p.Status, &p.Owner, &p.Priority, &p.Move, &p.Due, &p.Watch, &p.Unwatch,
		&p.Comment, &p.Open, &p.OpenLink, &p.OpenSubject, &p.OpenText, &p.Notify, &p.Letter, &p.Push, &p.Webhook)
}

// tried shows what a rule would do, above the form as it was filled in.
func (h handler) tried(w http.ResponseWriter, r *http.Request, page *RulePage, d *service.DryRun, err error) error {
	if err != nil && desk.KindOf(err) == desk.NotFound {
		page.Try.Error = desk.Sentence(err)
		return h.site.Show(w, r, page.View())
	}
	if err != nil {
		return h.ruleRefused(w, r, page, err)
	}
	result := &RuleTrial{Summary: web.T("rule.would", d.Looked, d.Would, d.Failed), More: d.More, Stopped: d.Stopped, Week: r.PostFormValue("do") == "dry"}
	for _, t := range d.Trials {
		row := RuleTrialRow{Ticket: ticketLink(t.Ticket), Subject: t.Subject, At: web.ReaderOf(r).In(t.Event.At), Holds: t.Holds, Does: t.Does, Fault: t.Fault}
		for _, n := range t.Tells {
			row.Tells = append(row.Tells, n.Text)
		}
		result.Rows = append(result.Rows, row)
	}
	page.Trial = result
	return h.site.Show(w, r, page.View())
}

// switchRule sets a rule going, stops it or deletes it.
func (h handler) switchRule(w http.ResponseWriter, r *http.Request) error {
	ref, by := r.PathValue("id"), web.Actor(r)
	line, err := h.svc.Rule(r.Context(), by, ref)
	if err != nil {
		return err
	}
	to := ruleURL(line.ID)
	switch r.PathValue("switch") {
	case "enable":
		err = h.svc.SwitchRule(r.Context(), by, ref, true)
	case "disable":
		err = h.svc.SwitchRule(r.Context(), by, ref, false)
	case "remove":
		err, to = h.svc.DeleteRule(r.Context(), by, ref), "/admin/rules"
	default:
		return desk.Errorf(desk.NotFound, "There is no such page.")
	}
	if err != nil {
		return err
	}
	return h.done(w, r, to, web.T("rule.done."+r.PathValue("switch"), line.Name))
}

// runAgain has a run that failed made again.
func (h handler) runAgain(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.RunID](r, "id")
	if err != nil {
		return err
	}
	if err := h.svc.RunAgain(r.Context(), web.Actor(r), id); err != nil {
		return err
	}
	return h.done(w, r, "/admin/rules", web.T("rule.again.done"))
}
