package agent

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A DashboardsPage lists the dashboards.
type DashboardsPage struct {
	Nav  []web.NavSection
	List []DashboardLink
	Undo string // URL that brings back what was just taken away
	Name web.Field
	For  web.Field
}

// A DashboardLink leads to a dashboard.
type DashboardLink struct {
	Name, URL string
	Whose     web.Text
	Parts     int
	ByMail    bool
}

// View makes the page ready to be shown.
func (p DashboardsPage) View() web.View {
	return web.View{Template: "agent/dashboards", Title: web.T("nav.dashboards"), Nav: p.Nav, Body: p}
}

// A DashboardPage shows a dashboard.
type DashboardPage struct {
	Nav       []web.NavSection
	ID, Name  string
	Whose     web.Text
	Cards     []Card
	AsOf      string
	Edit      string // URL; empty: may not
	Copy      web.Field
	For       web.Field
	Subscribe *Subscription // nil: may not
}

// A Subscription is the form by which one gets a dashboard by mail.
type Subscription struct {
	Now              web.Text // zero: one does not
	Every, Day, Hour web.Field
	MonthDay         web.Field
}

// View makes the page ready to be shown.
func (p DashboardPage) View() web.View {
	return web.View{Template: "agent/dashboard", Title: web.Plain(p.Name), Nav: p.Nav, Body: p,
		Crumbs: []web.Link{{Label: web.T("nav.dashboards"), URL: base + "/dashboards"}}}
}

// startID stands in addresses for the dashboard that every desk has.
const startID = "start"

// dashboards lists what there is.
func (h handler) dashboards(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	list, err := h.desk.Dashboards(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	d := &drawer{reader: f.reader}
	start := desk.StartingDashboard()
	p := DashboardsPage{Nav: f.nav, Name: web.Field{Name: "name", Required: true},
		List: []DashboardLink{{Name: d.title(&desk.TicketReport{Title: start.Name}), URL: base + "/dashboards/" + startID, Whose: web.T("dashboard.shipped"), Parts: len(start.Parts)}}}
	for _, line := range list {
		p.List = append(p.List, DashboardLink{Name: line.Name, URL: dashboardURL(line.ID), Whose: whose(&line), Parts: len(line.Parts), ByMail: line.Letter != nil})
	}
	if undo := ticketID(r.URL.Query().Get("undo")); undo != 0 {
		p.Undo = base + "/dashboards/" + strconv.FormatInt(int64(undo), 10) + "/restore"
	}
	p.For, err = h.forWhom(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, p.View())
}

func dashboardURL(id desk.DashboardID) string {
	return base + "/dashboards/" + strconv.FormatInt(int64(id), 10)
}

func whose(d *service.DashboardLine) web.Text {
	switch {
	case d.Owner != 0:
		return web.T("saved.me")
	case d.Group != 0:
		return web.Plain(d.GroupName)
	}
	return web.T("saved.desk")
}

// dashboardID is the number in the address; zero: the one that every desk has.
func dashboardID(r *http.Request) (desk.DashboardID, error) {
	if r.PathValue("id") == startID {
		return 0, nil
	}
	return web.ID[desk.DashboardID](r, "id")
}

// dashboardOf returns the dashboard that the address names.
func (h handler) dashboardOf(r *http.Request) (*service.DashboardLine, error) {
	id, err := dashboardID(r)
	if err != nil {
		return nil, err
	}
	if id == 0 {
		return &service.DashboardLine{Dashboard: desk.StartingDashboard()}, nil
	}
	return h.desk.Dashboard(r.Context(), web.Actor(r), id)
}

// dashboard shows the reports of a dashboard.
func (h handler) dashboard(w http.ResponseWriter, r *http.Request) error {
	id, err := dashboardID(r)
	if err != nil {
		return err
	}
	line, results, err := h.desk.DashboardReports(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	d, err := h.drawer(r)
	if err != nil {
		return err
	}
	p := DashboardPage{Nav: f.nav, ID: cmp.Or(positive(int(line.ID)), startID), Name: line.Name, Whose: whose(line), Copy: web.Field{Form: "copy-", Name: "name", Value: line.Name, Required: true}}
	if line.ID == 0 {
		p.Name, p.Whose = d.title(&desk.TicketReport{Title: line.Name}), web.T("dashboard.shipped")
		p.Copy.Value = p.Name
	}
	p.Cards = d.cards(line, results)
	for _, c := range p.Cards {
		if c.AsOf != "" && (p.AsOf == "" || c.AsOf < p.AsOf) {
			p.AsOf = c.AsOf
		}
	}
	if line.May {
		p.Edit = dashboardURL(line.ID) + "/edit"
	}
	if line.Subscribe {
		p.Subscribe = subscription(line.Letter)
	}
	if p.For, err = h.forWhom(r); err != nil {
		return err
	}
	return h.site.Show(w, r, p.View())
}

// cards shows the reports of a dashboard.
func (d *drawer) cards(line *service.DashboardLine, results []service.ReportResult) []Card {
	cards := make([]Card, len(results))
	for i, result := range results {
		cards[i] = d.card("report-"+strconv.Itoa(i+1), line.Parts[i].Report, result)
		if line.Hidden[i] {
			cards[i].Edit = ""
		}
		cards[i].Width = line.Parts[i].Width
		if line.May {
			cards[i].Edit += "&dashboard=" + strconv.FormatInt(int64(line.ID), 10) + "&part=" + strconv.Itoa(i)
		}
	}
	return cards
}

// subscription is the form with what is set.
func subscription(l *desk.DashboardLetter) *Subscription {
	s := &Subscription{Every: choices("every", ""), Day: choices("day", ""), MonthDay: web.Field{Name: "monthday", Kind: "number"}, Hour: choices("hour", "")}
	set := desk.DashboardLetter{Every: desk.Weekly, Day: 1, Hour: 8}
	if l != nil {
		set = *l
		s.Now = web.T("dashboard.gets." + string(l.Every))
	}
	for _, every := range []desk.Rhythm{desk.Daily, desk.Weekly, desk.Monthly} {
		add(&s.Every, string(set.Every), string(every), web.T("dashboard.every."+string(every)))
	}
	for i, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		add(&s.Day, strconv.Itoa(set.Day), strconv.Itoa(i+1), web.T("clocks."+day))
	}
	s.MonthDay.Value = strconv.Itoa(max(set.Day, 1))
	for hour := range 24 {
		add(&s.Hour, strconv.Itoa(set.Hour), strconv.Itoa(hour), web.Plain(strconv.Itoa(hour)+":00"))
	}
	return s
}

// makeDashboard keeps a new dashboard: a copy, or one with a report, or empty.
func (h handler) makeDashboard(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	d := desk.Dashboard{Name: r.PostFormValue("name")}
	var err error
	if d.Owner, d.Group, err = forWhomOf(r); err != nil {
		return err
	}
	switch from := r.PostFormValue("from"); {
	case from == startID:
		words := &drawer{reader: web.ReaderOf(r)}
		d.Parts = desk.StartingDashboard().Parts
		for i := range d.Parts {
			d.Parts[i].Report.Title = words.title(&d.Parts[i].Report)
		}
	case from != "":
		line, err := h.desk.Dashboard(r.Context(), web.Actor(r), desk.DashboardID(ticketID(from)))
		if err != nil {
			return err
		}
		d.Parts = line.Seen()
	}
	id, err := h.desk.SaveDashboard(r.Context(), web.Actor(r), d)
	if err != nil {
		return err
	}
	return h.site.Done(w, r, dashboardURL(id), web.Notice{Level: "good", Text: web.T("dashboard.saved", d.Name)})
}

func forWhomOf(r *http.Request) (desk.UserID, desk.GroupID, error) {
	switch who := r.PostFormValue("for"); who {
	case "desk":
		return 0, 0, nil
	case "me", "":
		return web.Actor(r).User, 0, nil
	default:
		if group := desk.GroupID(ticketID(who)); group != 0 {
			return 0, group, nil
		}
	}
	return 0, 0, desk.Errorf(desk.Invalid, "Choose for whom the dashboard is.")
}

// keepReport adds a report to a dashboard, or puts it in the place of a part.
func (h handler) keepReport(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	report := reportOf(r.PostForm)
	d := desk.Dashboard{Name: r.PostFormValue("name")}
	var err error
	if which := r.PostFormValue("dashboard"); which == "new" {
		d.Name = cmp.Or(strings.TrimSpace(d.Name), (&drawer{reader: web.ReaderOf(r)}).title(&report))
		if d.Owner, d.Group, err = forWhomOf(r); err != nil {
			return err
		}
	} else {
		line, err := h.desk.Dashboard(r.Context(), web.Actor(r), desk.DashboardID(ticketID(which)))
		if err != nil {
			return err
		}
		d = line.Dashboard
	}
	if n, err := strconv.Atoi(r.PostFormValue("part")); err == nil && n >= 0 && n < len(d.Parts) {
		d.Parts[n].Report = report
	} else {
		d.Parts = append(d.Parts, desk.DashboardPart{Report: report, Width: 3})
	}
	id, err := h.desk.SaveDashboard(r.Context(), web.Actor(r), d)
	if err != nil {
		return err
	}
	return h.site.Done(w, r, dashboardURL(id), web.Notice{Level: "good", Text: web.T("dashboard.saved", d.Name)})
}

// dashboardDo takes a dashboard away, brings it back, or has it sent by mail.
func (h handler) dashboardDo(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.DashboardID](r, "id")
	if err != nil {
		return err
	}
	by, to, done := web.Actor(r), dashboardURL(id), web.T("dashboard.letter.saved")
	switch r.PathValue("do") {
	case "remove":
		to, done = base+"/dashboards?undo="+strconv.FormatInt(int64(id), 10), web.T("dashboard.gone")
		err = h.desk.RemoveDashboard(r.Context(), by, id, false)
	case "restore":
		done = web.T("dashboard.back")
		err = h.desk.RemoveDashboard(r.Context(), by, id, true)
	case "subscribe":
		err = h.desk.SubscribeDashboard(r.Context(), by, letterOf(r.PostForm, id))
	case "unsubscribe":
		done = web.T("dashboard.letter.gone")
		err = h.desk.UnsubscribeDashboard(r.Context(), by, id)
	default:
		return h.nothing(w, r)
	}
	if err != nil {
		return err
	}
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: done})
}

func letterOf(q url.Values, id desk.DashboardID) desk.DashboardLetter {
	l := desk.DashboardLetter{Dashboard: id, Every: desk.Rhythm(q.Get("every")), Hour: -1}
	day := q.Get("day")
	if l.Every == desk.Monthly {
		day = q.Get("monthday")
	}
	l.Day, _ = strconv.Atoi(day) // what is no number is no day, which is refused
	if hour, err := strconv.Atoi(q.Get("hour")); err == nil {
		l.Hour = hour
	}
	return l
}

// A DashboardEdit puts the reports of a dashboard in order.
type DashboardEdit struct {
	Nav   []web.NavSection
	URL   string
	Name  web.Field
	Parts []DashboardPart
	Error string
	// Version is the one that was looked at.
	Version int64
}

// A DashboardPart is a report of a dashboard that is being changed.
type DashboardPart struct {
	Number      int // from zero
	Title       string
	Edit        string // URL where the report is changed
	Width       web.Field
	First, Last bool
}

// View makes the page ready to be shown.
func (p DashboardEdit) View() web.View {
	status := http.StatusOK
	if p.Error != "" {
		status = http.StatusUnprocessableEntity
	}
	return web.View{Status: status, Template: "agent/dashboard-edit", Title: web.T("dashboard.edit", p.Name.Value), Nav: p.Nav, Body: p,
		Crumbs: []web.Link{{Label: web.T("nav.dashboards"), URL: base + "/dashboards"}, {Label: web.Plain(p.Name.Value), URL: p.URL}}}
}

func (h handler) askDashboard(w http.ResponseWriter, r *http.Request) error {
	line, err := h.dashboardOf(r)
	if err != nil {
		return err
	}
	if !line.May {
		return desk.Errorf(desk.Forbidden, "You may see this dashboard but not change it; copy it instead.")
	}
	return h.showDashboardEdit(w, r, &line.Dashboard, "")
}

func (h handler) showDashboardEdit(w http.ResponseWriter, r *http.Request, board *desk.Dashboard, wrong string) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	d, err := h.drawer(r)
	if err != nil {
		return err
	}
	p := DashboardEdit{Nav: f.nav, URL: dashboardURL(board.ID), Name: web.Field{Name: "name", Value: board.Name, Required: true}, Error: wrong, Version: board.Version}
	for i, part := range board.Parts {
		shown := DashboardPart{Number: i, Title: d.title(&part.Report), First: i == 0, Last: i == len(board.Parts)-1, Width: choices("width", ""),
			Edit: base + "/reports?" + reportValues(&part.Report).Encode() + "&dashboard=" + strconv.FormatInt(int64(board.ID), 10) + "&part=" + strconv.Itoa(i)}
		shown.Width.Form = "part" + strconv.Itoa(i) + "-"
		for _, width := range []int{2, 3, 6} {
			add(&shown.Width, strconv.Itoa(part.Width), strconv.Itoa(width), web.T("dashboard.width."+strconv.Itoa(width)))
		}
		p.Parts = append(p.Parts, shown)
	}
	return h.site.Show(w, r, p.View())
}

// changeDashboard renames a dashboard, and moves and drops its parts.
func (h handler) changeDashboard(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	line, err := h.dashboardOf(r)
	if err != nil {
		return err
	}
	d := line.Dashboard
	d.Name = r.PostFormValue("name")
	seen, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64) // without one, what is there now counts
	if seen != 0 && seen != d.Version {
		return desk.Errorf(desk.Conflict, "The dashboard was changed meanwhile; look at it again.")
	}
	d.Parts = slices.Clone(d.Parts)
	for i, width := range r.PostForm["width"] {
		if n, err := strconv.Atoi(width); err == nil && i < len(d.Parts) {
			d.Parts[i].Width = n
		}
	}
	do, at, _ := strings.Cut(r.PostFormValue("do"), ":")
	if i, err := strconv.Atoi(at); err == nil && i >= 0 && i < len(d.Parts) {
		movePart(&d, do, i)
	}
	if _, err := h.desk.SaveDashboard(r.Context(), web.Actor(r), d); err != nil {
		if desk.KindOf(err) != desk.Invalid {
			return err
		}
		return h.showDashboardEdit(w, r, &d, desk.Sentence(err))
	}
	to := dashboardURL(d.ID)
	if do != "save" && do != "" {
		to += "/edit"
	}
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: web.T("dashboard.saved", d.Name)})
}

func movePart(d *desk.Dashboard, do string, i int) {
	switch {
	case do == "drop":
		d.Parts = slices.Delete(d.Parts, i, i+1)
	case do == "up" && i > 0:
		d.Parts[i-1], d.Parts[i] = d.Parts[i], d.Parts[i-1]
	case do == "down" && i < len(d.Parts)-1:
		d.Parts[i+1], d.Parts[i] = d.Parts[i], d.Parts[i+1]
	}
}
