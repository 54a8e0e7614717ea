package agent

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// soon is how long before it is due a clock is shown as urgent in lists, where
// its agreement is not looked at.
const soon = 4 * time.Hour

// fillClocks shows the ticket's clocks.
func (h handler) fillClocks(r *http.Request, o *opened, page *TicketPage) error {
	clocks, err := h.desk.TicketClocks(r.Context(), web.Actor(r), o.ID)
	for _, c := range clocks {
		page.Clocks = append(page.Clocks, clock(o.reader, h.desk.Now(), c))
	}
	return err
}

// clock says a clock in words, with how much of it has passed.
func clock(reader web.Reader, now time.Time, c service.Clock) web.Clock {
	shown := web.Clock{Name: web.T("clock." + c.Kind.String()), State: "running", Why: clockWhy(c)}
	if !c.Due.IsZero() {
		shown.Due = reader.In(c.Due)
	}
	passed := c.Target - c.Left
	switch {
	case !c.Ended.IsZero():
		passed, shown.Due, shown.State = c.Worked, time.Time{}, "met"
		if !c.Kept() {
			shown.State = "missed"
		}
		shown.Left = web.T("clock.took", lengthText(c.Worked), lengthText(c.Target))
	case c.Broken(now):
		shown.State, shown.Left = "late", web.T("clock.over", lengthText(-c.Left))
	case c.Paused:
		shown.State, shown.Left = "paused", web.T("clock.left", lengthText(c.Left))
	default:
		if !c.Warn.IsZero() && !c.Warn.After(now) {
			shown.State = "soon"
		}
		shown.Left = web.T("clock.left", lengthText(c.Left))
	}
	if c.Target > 0 {
		shown.Share = int(min(100, max(0, 100*passed/c.Target)))
	}
	return shown
}

// clockWhy says by what a clock is agreed.
func clockWhy(c service.Clock) web.Text {
	if c.Agreement == "" {
		return web.Text{}
	}
	what := web.T("clock.why.all")
	switch {
	case c.Customer != "" && c.Queue != "":
		what = web.T("clock.why.both", c.Customer, c.Queue)
	case c.Customer != "":
		what = web.T("clock.why.customer", c.Customer)
	case c.Queue != "":
		what = web.T("clock.why.queue", c.Queue)
	case c.Priority != nil:
		return web.T("clock.why", c.Agreement, web.T("clock.why.priority", *c.Priority))
	}
	if c.Priority != nil {
		what = web.T("clock.why.and", what, web.T("clock.why.priority", *c.Priority))
	}
	return web.T("clock.why", c.Agreement, what)
}

// lengthText is a length of time in hours and minutes.
func lengthText(d time.Duration) web.Text {
	minutes := int((d + 30*time.Second) / time.Minute)
	switch {
	case minutes < 60:
		return web.T("clock.minutes", minutes)
	case minutes%60 == 0 || minutes >= 48*60:
		return web.T("clock.hours", minutes/60)
	}
	return web.T("clock.hoursminutes", minutes/60, minutes%60)
}

// dueOf says how urgent a ticket is, by the clock on the wall.
func dueOf(due, now time.Time) Due {
	switch {
	case due.IsZero():
		return Due{}
	case due.Before(now):
		return Due{"late", web.T("clock.ago", spanText(now.Sub(due)))}
	case due.Before(now.Add(soon)):
		return Due{"soon", web.T("clock.in", spanText(due.Sub(now)))}
	}
	return Due{"running", web.T("clock.in", spanText(due.Sub(now)))}
}

// spanText is a length of time as lists have room for.
func spanText(d time.Duration) web.Text {
	if d >= 48*time.Hour {
		return web.T("clock.days", int(d/(24*time.Hour)))
	}
	if d >= 3*time.Hour {
		return web.T("clock.hours", int(d/time.Hour))
	}
	return lengthText(d)
}

func anyClocks(page *service.TicketPage) bool {
	for _, l := range page.Lines {
		if !l.ClockDue.IsZero() {
			return true
		}
	}
	return false
}

// clockColumn is the column of when the most urgent clock is due.
const clockColumn = "clock"

// waitedColumn is the column of how long the customer has waited for an answer.
const waitedColumn = "waited"

// waitedText says how long a customer has waited.
func waitedText(reader web.Reader, since, now time.Time) string {
	if since.IsZero() {
		return ""
	}
	return reader.Say(spanText(max(now.Sub(since), 0)))
}

// addWaited shows in the view of those who wait, where no columns were chosen, for
// how long they do.
func (c *Columns) addWaited(l *listing) {
	if c.Own || l.view != "waiting" {
		return
	}
	all := plainColumns()
	place := max(len(c.Shown)-1, 0) // before the last change
	c.Shown = slices.Insert(c.Shown, place, all[slices.IndexFunc(all, func(column Column) bool { return column.Name == waitedColumn })])
}

// addClocks shows the column of clocks, where none were chosen and clocks run,
// and lets it sort the list.
func (c *Columns) addClocks(page *service.TicketPage, l *listing) {
	isClock := func(column Column) bool { return column.Name == clockColumn }
	if !c.Own && anyClocks(page) {
		all := plainColumns()
		place := max(len(c.Shown)-1, 0) // before the last change
		c.Shown = slices.Insert(c.Shown, place, all[slices.IndexFunc(all, isClock)])
	}
	if i := slices.IndexFunc(c.Shown, isClock); i >= 0 {
		c.Shown[i].Sort, c.Shown[i].Sorted = l.sortByDue(), l.byDue()
	}
}

// byDue reports whether the list is sorted by what is most urgent.
func (l *listing) byDue() bool {
	_, urgent := service.AddressSort(l.query)
	return urgent
}

// sortByDue is the list's address with the most urgent first; empty where it is
// so already.
func (l *listing) sortByDue() string {
	if l.byDue() {
		return ""
	}
	return l.with("sort", "due")
}

// page reads the page of tickets that a list asks for.
func (h handler) page(r *http.Request, l *listing) (*service.TicketPage, error) {
	if l.byDue() {
		return h.desk.UrgentTickets(r.Context(), web.Actor(r), l.filter, dueEnd(l.query.Get("end")))
	}
	if by, down := l.sortedBy(); by != "" {
		return h.sortedPage(r, l, by, down)
	}
	return h.desk.Tickets(r.Context(), web.Actor(r), l.filter)
}

// dueEnd reads the end of a page of urgent tickets, written as 1789…-42.
func dueEnd(text string) service.DueEnd {
	due, id, _ := strings.Cut(text, "-")
	micros, err := strconv.ParseInt(due, 10, 64)
	number, errID := strconv.ParseInt(id, 10, 64)
	if err != nil || errID != nil || micros < 0 || number <= 0 {
		return service.DueEnd{}
	}
	return service.DueEnd{Due: time.UnixMicro(micros), ID: desk.TicketID(number)}
}

// duePager leads on from a page of urgent tickets, and back to the first one.
func (l *listing) duePager(page *service.TicketPage) web.Pager {
	var p web.Pager
	if l.query.Get("end") != "" {
		p.Newer = l.with()
	}
	if page.More && len(page.Lines) > 0 {
		last := page.Lines[len(page.Lines)-1]
		p.Older = l.with("end", strconv.FormatInt(last.ClockDue.UnixMicro(), 10)+"-"+strconv.FormatInt(int64(last.ID), 10))
	}
	return p
}
