package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/web"
)

// clocksURL is where what is agreed about clocks is looked at.
const clocksURL = "/admin/clocks"

// clockRoutes adds the pages of clocks and of life cycles.
func (h handler) clockRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	h.lifeCycleRoutes(page)
	page("GET /admin/clocks", h.clocks)
	page("POST /admin/clocks", h.assign)
	page("GET /admin/clocks/calendars/{id}", h.calendar)
	page("POST /admin/clocks/calendars/{id}", h.saveCalendar)
	page("GET /admin/clocks/agreements/{id}", h.agreement)
	page("POST /admin/clocks/agreements/{id}", h.saveAgreement)
}

// clocksFrame is the frame of the pages of clocks, with what is agreed.
func (h handler) clocksFrame(r *http.Request) (*frame, *sla.Book, error) {
	f, err := h.frame(r, "admin.clocks")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Clocks); err != nil {
		return nil, nil, err
	}
	b, err := h.svc.ClockBook(r.Context(), web.Actor(r))
	return f, b, err
}

// clocks lists calendars, agreements and for which tickets they hold.
func (h handler) clocks(w http.ResponseWriter, r *http.Request) error {
	page, err := h.clocksPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) clocksPage(r *http.Request) (*ClocksPage, error) {
	f, b, err := h.clocksFrame(r)
	if err != nil {
		return nil, err
	}
	page := &ClocksPage{Nav: f.nav, May: f.ChangeClocks}
	for _, c := range b.Calendars {
		page.Calendars = append(page.Calendars, ClockRow{Name: c.Name, URL: calendarURL(c.ID), About: web.Plain(sla.FormatWeek(c.Week) + " · " + c.Location().String())})
	}
	for _, a := range b.Agreements {
		page.Agreements = append(page.Agreements, ClockRow{Name: a.Name, URL: agreementURL(a.ID), About: calendarText(b, a.Calendar), Targets: targets(&a)})
	}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
	if err != nil {
		return nil, err
	}
	names := map[desk.QueueID]string{}
	page.Queue = web.Field{Name: "queue", Kind: "select", Options: []web.Option{{Label: web.T("clocks.any.queue")}}}
	for _, q := range queues {
		names[q.ID] = q.Name
		page.Queue.Options = append(page.Queue.Options, web.Option{Value: strconv.FormatInt(int64(q.ID), 10), Label: web.Plain(q.Name)})
	}
	for _, a := range b.Assignments {
		row := AssignmentRow{ID: int64(a.ID), Queue: names[a.Queue], Agreement: web.T("clocks.no")}
		if a.Customer != 0 {
			c, err := h.svc.Customer(r.Context(), web.Actor(r), a.Customer)
			if err == nil {
				row.Customer = c.Name
			}
		}
		if a.Priority != nil {
			row.Priority = web.T("clock.why.priority", *a.Priority)
		}
		if g := b.Agreement(a.Agreement); g != nil {
			row.Agreement = web.Plain(g.Name)
		}
		page.Assignments = append(page.Assignments, row)
	}
	page.Agreement = web.Field{Name: "agreement", Kind: "select"}
	for _, a := range b.Agreements {
		page.Agreement.Options = append(page.Agreement.Options, web.Option{Value: strconv.FormatInt(int64(a.ID), 10), Label: web.Plain(a.Name)})
	}
	page.Agreement.Options = append(page.Agreement.Options, web.Option{Value: "0", Label: web.T("clocks.no")})
	page.Customer = web.Field{Name: "customer", Suggest: "customer"}
	page.Priority = web.Field{Name: "priority", Kind: "number"}
	return page, nil
}

func calendarText(b *sla.Book, id sla.CalendarID) web.Text {
	if id == 0 {
		return web.T("clocks.always")
	}
	return web.Plain(b.Calendar(id).Name)
}

func targets(a *sla.Agreement) []string {
	var list []string
	for _, k := range sla.Kinds() {
		list = append(list, sla.FormatLength(a.Targets[k]))
	}
	return list
}

func calendarURL(id sla.CalendarID) string { return clocksURL + "/calendars/" + numberOrNew(id) }

func agreementURL(id sla.AgreementID) string { return clocksURL + "/agreements/" + numberOrNew(id) }

// numberOrNew is the last part of the address of a thing: of one that there is
// not yet, new.
func numberOrNew[T ~int64](id T) string {
	if id == 0 {
		return "new"
	}
	return strconv.FormatInt(int64(id), 10)
}

func idOrNew[T ~int64](r *http.Request) (T, error) {
	if r.PathValue("id") == "new" {
		return 0, nil
	}
	return web.ID[T](r, "id")
}

// assign says for which tickets an agreement holds, or takes that away.
func (h handler) assign(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.clocksPage(r)
	if err != nil {
		return err
	}
	if id, _ := strconv.ParseInt(r.PostFormValue("remove"), 10, 64); id != 0 {
		if err := h.svc.Unassign(r.Context(), web.Actor(r), sla.AssignmentID(id)); err != nil {
			return err
		}
		return h.done(w, r, clocksURL, web.T("clocks.removed"))
	}
	if _, err = h.svc.Assign(r.Context(), web.Actor(r), h.readAssignment(r, page)); err == nil {
		return h.done(w, r, clocksURL, web.T("clocks.assigned"))
	}
	if rest := web.Refuse(err, &page.Agreement, &page.Queue, &page.Customer, &page.Priority); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}

// readAssignment reads what was typed, and keeps it in the page's fields.
func (h handler) readAssignment(r *http.Request, page *ClocksPage) sla.Assignment {
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(r.PostFormValue(name), 10, 64)
		return n
	}
	a := sla.Assignment{Agreement: sla.AgreementID(number("agreement")), Queue: desk.QueueID(number("queue"))}
	chooseOption(&page.Agreement, r.PostFormValue("agreement"))
	chooseOption(&page.Queue, r.PostFormValue("queue"))
	page.Customer.Value, page.Priority.Value = strings.TrimSpace(r.PostFormValue("customer")), strings.TrimSpace(r.PostFormValue("priority"))
	if page.Priority.Value != "" {
		n := int(number("priority"))
		a.Priority = &n
	}
	if ref := page.Customer.Value; ref != "" {
		if !strings.HasPrefix(ref, "customer:") {
			ref = "customer:" + ref
		}
		a.Customer = -1 // there is none of it
		if n, err := h.svc.Find(r.Context(), web.Actor(r), ref); err == nil {
			a.Customer = desk.CustomerID(n)
		}
	}
	return a
}

func chooseOption(f *web.Field, value string) {
	for i := range f.Options {
		f.Options[i].Selected = f.Options[i].Value == value
	}
}

// calendar shows a calendar, or the form for a new one.
func (h handler) calendar(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.calendarPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) calendarPage(r *http.Request) (*CalendarPage, *sla.Calendar, error) {
	f, b, err := h.clocksFrame(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := idOrNew[sla.CalendarID](r)
	if err != nil {
		return nil, nil, err
	}
	c := &sla.Calendar{ID: id}
	if id != 0 {
		if *c = *b.Calendar(id); c.ID == 0 {
			return nil, nil, desk.Errorf(desk.NotFound, "There is no calendar %d.", id)
		}
	} else {
		c.Week, _ = sla.ParseWeek("mon-fri 09:00-17:00")
		c.Zone = "UTC"
		if zone := web.ReaderOf(r).Zone; zone != nil {
			c.Zone = zone.String()
		}
	}
	return calendarForm(f, c), c, nil
}

func calendarForm(f *frame, c *sla.Calendar) *CalendarPage {
	page := &CalendarPage{Nav: f.nav, May: f.ChangeClocks, Title: c.Name, URL: calendarURL(c.ID),
		Name: web.Field{Name: "name", Value: c.Name, Required: true}, Zone: web.Field{Name: "zone", Value: c.Zone},
		Holidays: web.Field{Name: "holidays", Kind: "textarea", Value: sla.FormatHolidays(c.Holidays), Rows: 8}, Hours: web.Field{Name: "hours"}}
	for _, day := range sla.Weekdays() {
		page.Days = append(page.Days, web.Field{Name: sla.WeekdayKey(day), Value: sla.FormatSpans(c.Week[day])})
	}
	return page
}

// saveCalendar makes or changes a calendar, or takes it away.
func (h handler) saveCalendar(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, c, err := h.calendarPage(r)
	if err != nil {
		return err
	}
	if r.PostFormValue("do") == "remove" {
		if err = h.svc.RemoveCalendar(r.Context(), web.Actor(r), c.ID); err == nil {
			return h.done(w, r, clocksURL, web.T("clocks.removed"))
		}
	} else if err = readCalendar(r, page, c); err == nil {
		if _, err = h.svc.SaveCalendar(r.Context(), web.Actor(r), *c); err == nil {
			return h.done(w, r, clocksURL, web.T("clocks.saved", c.Name))
		}
	}
	fields := []*web.Field{&page.Name, &page.Zone, &page.Holidays}
	for i := range page.Days {
		fields = append(fields, &page.Days[i])
	}
	if rest := web.Refuse(err, fields...); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}

// readCalendar reads what was typed, and keeps it in the fields.
func readCalendar(r *http.Request, page *CalendarPage, c *sla.Calendar) error {
	wrong := map[string]string{}
	typed := func(f *web.Field) string {
		f.Value = r.PostFormValue(f.Name)
		return f.Value
	}
	c.Name, c.Zone = typed(&page.Name), strings.TrimSpace(typed(&page.Zone))
	var err error
	for i, day := range sla.Weekdays() {
		if c.Week[day], err = sla.ParseSpans(typed(&page.Days[i])); err != nil {
			wrong[page.Days[i].Name] = desk.Sentence(err)
		}
	}
	if c.Holidays, err = sla.ParseHolidays(typed(&page.Holidays)); err != nil {
		wrong["holidays"] = desk.Sentence(err)
	}
	if len(wrong) > 0 {
		return desk.InvalidFields(wrong)
	}
	return nil
}

// agreement shows an agreement, or the form for a new one.
func (h handler) agreement(w http.ResponseWriter, r *http.Request) error {
	page, a, err := h.agreementPage(r)
	if err != nil {
		return err
	}
	if a.ID != 0 {
		if err := h.promises(r, page, *a, h.svc.Now()); err != nil {
			return err
		}
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) agreementPage(r *http.Request) (*AgreementPage, *sla.Agreement, error) {
	f, b, err := h.clocksFrame(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := idOrNew[sla.AgreementID](r)
	if err != nil {
		return nil, nil, err
	}
	a := &sla.Agreement{Warn: 75, Pauses: []desk.Status{desk.StatusStalled}}
	if id != 0 {
		if a = b.Agreement(id); a == nil {
			return nil, nil, desk.Errorf(desk.NotFound, "There is no agreement %d.", id)
		}
		copied := *a
		a = &copied
	} else if len(b.Calendars) > 0 {
		a.Calendar = b.Calendars[0].ID
	}
	active, err := h.activeStatuses(r)
	return agreementForm(f, b, a, active), a, err
}

// activeStatuses are the statuses of all life cycles in which work is still to
// be done.
func (h handler) activeStatuses(r *http.Request) ([]desk.Status, error) {
	cycles, err := h.svc.LifeCycles(r.Context(), web.Actor(r))
	var list []desk.Status
	for _, c := range cycles {
		for _, s := range c.States {
			if s.Kind.Active() && !slices.Contains(list, s.Name) {
				list = append(list, s.Name)
			}
		}
	}
	return list, err
}

func agreementForm(f *frame, b *sla.Book, a *sla.Agreement, active []desk.Status) *AgreementPage {
	page := &AgreementPage{Nav: f.nav, May: f.ChangeClocks, Title: a.Name, URL: agreementURL(a.ID), Name: web.Field{Name: "name", Value: a.Name, Required: true},
		Calendar: web.Field{Name: "calendar", Kind: "select", Options: []web.Option{{Value: "0", Label: web.T("clocks.always"), Selected: a.Calendar == 0}}},
		Warn:     web.Field{Name: "warn", Kind: "number", Value: strconv.Itoa(a.Warn)}, At: web.Field{Name: "at", Kind: "datetime-local"}}
	for _, c := range b.Calendars {
		page.Calendar.Options = append(page.Calendar.Options, web.Option{Value: strconv.FormatInt(int64(c.ID), 10), Label: web.Plain(c.Name), Selected: c.ID == a.Calendar})
	}
	for i, k := range sla.Kinds() {
		page.Targets = append(page.Targets, web.Field{Name: k.String(), Value: targets(a)[i]})
	}
	for _, s := range active {
		page.Pauses = append(page.Pauses, PauseBox{string(s), paused(a, s)})
	}
	return page
}

func paused(a *sla.Agreement, s desk.Status) bool {
	for _, p := range a.Pauses {
		if p == s {
			return true
		}
	}
	return false
}

// promises shows when something asked at a moment would be due.
func (h handler) promises(r *http.Request, page *AgreementPage, a sla.Agreement, at time.Time) error {
	list, zone, err := h.svc.PreviewAgreement(r.Context(), web.Actor(r), a, at)
	if err != nil {
		return err
	}
	page.At.Value = at.In(zone).Format("2006-01-02T15:04")
	page.Asked = at.In(zone)
	for _, p := range list {
		line := PromiseRow{Kind: web.T("clock." + p.Kind.String()), Due: p.Due.In(zone)}
		if !p.Warn.IsZero() {
			line.Warn = p.Warn.In(zone)
		}
		page.Promises = append(page.Promises, line)
	}
	return nil
}

// saveAgreement makes or changes an agreement, shows what it would promise, or
// takes it away.
func (h handler) saveAgreement(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, a, err := h.agreementPage(r)
	if err != nil {
		return err
	}
	do := r.PostFormValue("do")
	if do != "remove" {
		err = readAgreement(r, page, a)
	}
	switch {
	case err != nil:
	case do == "remove":
		if err = h.svc.RemoveAgreement(r.Context(), web.Actor(r), a.ID); err == nil {
			return h.done(w, r, clocksURL, web.T("clocks.removed"))
		}
	case do == "preview":
		at := h.svc.Now()
		if page.At.Value != "" {
			_, b, _ := h.clocksFrame(r)
			if at, err = time.ParseInLocation("2006-01-02T15:04", page.At.Value, b.Calendar(a.Calendar).Location()); err != nil {
				err = desk.InvalidFields(map[string]string{"at": "Write the moment as 2026-11-20T16:40."})
				break
			}
		}
		if err = h.promises(r, page, *a, at); err == nil {
			return h.site.Show(w, r, page.View())
		}
	default:
		if _, err = h.svc.SaveAgreement(r.Context(), web.Actor(r), *a); err == nil {
			return h.done(w, r, clocksURL, web.T("clocks.saved", a.Name))
		}
	}
	fields := []*web.Field{&page.Name, &page.Calendar, &page.Warn, &page.At}
	for i := range page.Targets {
		fields = append(fields, &page.Targets[i])
	}
	if rest := web.Refuse(err, fields...); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}

// readAgreement reads what was typed, and keeps it in the fields.
func readAgreement(r *http.Request, page *AgreementPage, a *sla.Agreement) error {
	wrong := map[string]string{}
	typed := func(f *web.Field) string {
		f.Value = r.PostFormValue(f.Name)
		return strings.TrimSpace(f.Value)
	}
	a.Name = typed(&page.Name)
	calendar, _ := strconv.ParseInt(r.PostFormValue("calendar"), 10, 64)
	a.Calendar = sla.CalendarID(calendar)
	chooseOption(&page.Calendar, r.PostFormValue("calendar"))
	a.Targets = map[sla.Kind]time.Duration{}
	var err error
	for i, k := range sla.Kinds() {
		if a.Targets[k], err = sla.ParseLength(typed(&page.Targets[i])); err != nil {
			wrong[k.String()] = desk.Sentence(err)
		}
	}
	if a.Warn, err = strconv.Atoi(typed(&page.Warn)); err != nil && page.Warn.Value != "" {
		wrong["warn"] = "Write a number from 0 to 99."
	}
	a.Pauses = nil
	for _, name := range r.PostForm["pause"] {
		a.Pauses = append(a.Pauses, desk.Status(name))
	}
	for i := range page.Pauses {
		page.Pauses[i].Checked = paused(a, desk.Status(page.Pauses[i].Status))
	}
	typed(&page.At)
	if len(wrong) > 0 {
		return desk.InvalidFields(wrong)
	}
	return nil
}
