package admin_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func TestClocksAreSetUp(t *testing.T) {
	d := newDesk(t)
	const calendars, agreements = "/admin/clocks/calendars/", "/admin/clocks/agreements/"
	for _, path := range []string{"/admin/clocks", calendars + "new", agreements + "new"} {
		wants(t, d.Get("carl", path), http.StatusNotFound)
		wants(t, d.Get("ann", path), http.StatusNotFound)
		wants(t, d.Get("mia", path), http.StatusOK, "!>Save<")
	}
	wants(t, d.Get("root", "/admin/clocks"), http.StatusOK, "round the clock", "no clock runs")
	week := []string{"mon", "9-17", "tue", "9-17", "wed", "9-17", "thu", "9-17", "fri", "9-17"}
	post := d.Post
	wants(t, post("root", calendars+"new", append(week, "name", "Night", "sat", "22:00-06:00")...), http.StatusUnprocessableEntity,
		"00:00–06:00 on the day after", `value="22:00-06:00"`, `value="Night"`)
	wants(t, post("root", calendars+"new", "name", "Never"), http.StatusUnprocessableEntity, "A calendar needs hours")
	wants(t, post("root", calendars+"new", append(week, "name", "Office", "holidays", "12-32")...), http.StatusUnprocessableEntity, "12-32", "is no day")
	wants(t, post("mia", calendars+"new", append(week, "name", "Office")...), http.StatusForbidden)
	w := post("root", calendars+"new", append(week, "name", "Office", "zone", "Europe/Berlin", "holidays", "12-25 Christmas")...)
	wants(t, next(t, d, "root", w), http.StatusOK, "Office", "mon-fri 09:00–17:00", "Europe/Berlin", "Office was saved")
	office := "1"
	for i := range 9 { // the first definition
		if d.Get("root", calendars+string(rune('1'+i))).Code == http.StatusOK {
			office = string(rune('1' + i))
			break
		}
	}
	gold := []string{"name", "Gold", "calendar", office, "first_response", "2h", "warn", "75", "pause", "stalled"}
	wants(t, post("root", agreements+"new", append(gold, "do", "preview", "at", "2026-11-20T16:00")...), http.StatusOK,
		"Monday, 23 November 2026, 10:00", "Monday, 23 November 2026, 09:30")
	wants(t, post("root", agreements+"new", "name", "Gold", "first_response", "soon", "warn", "75"), http.StatusUnprocessableEntity, "is no length of time", `value="soon"`)
	wants(t, post("root", agreements+"new", "name", "Gold", "warn", "75"), http.StatusUnprocessableEntity, "at least one time")
	wants(t, next(t, d, "root", post("root", agreements+"new", gold...)), http.StatusOK, "Gold was saved", "2h")
	made := d.Service
	book := webtest.Must(made.ClockBook(t.Context(), d.By("root")))(t)
	id := itoa(int64(book.Agreements[0].ID))
	wants(t, post("root", "/admin/clocks", "agreement", id, "customer", "nobody"), http.StatusUnprocessableEntity, "There is no such customer", `value="nobody"`)
	wants(t, next(t, d, "root", post("root", "/admin/clocks", "agreement", id, "customer", "acme", "queue", itoa(int64(d.Queue["Support"])), "priority", "5")),
		http.StatusOK, "Acme Robotics", "priority 5 and more")
	wants(t, post("root", agreements+id, append(gold, "do", "remove")...), http.StatusConflict, "take that away first")
	wants(t, post("root", calendars+office, "do", "remove"), http.StatusConflict, "The agreement Gold counts by this calendar")
	book = webtest.Must(made.ClockBook(t.Context(), d.By("root")))(t)
	wants(t, next(t, d, "root", post("root", "/admin/clocks", "remove", itoa(int64(book.Assignments[0].ID)))), http.StatusOK, "It was removed", "no clock runs")
	wants(t, next(t, d, "root", post("root", agreements+id, append(gold, "do", "remove")...)), http.StatusOK, "It was removed")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// clockSamples are the pages of clocks.
func clockSamples() []webtest.Sample {
	field := func(name, value string) web.Field { return web.Field{Name: name, Value: value} }
	clocks := admin.ClocksPage{Nav: nav("admin.clocks"), May: true, Error: web.Plain("Something is agreed for just these tickets already."),
		Calendars:   []admin.ClockRow{{Name: "Office", URL: "/admin/clocks/calendars/1", About: web.Plain("mon-fri 08:00–12:00, 13:00–17:00 · Europe/Berlin")}},
		Agreements:  []admin.ClockRow{{Name: "Gold", URL: "/admin/clocks/agreements/2", Targets: []string{"2h", "", "16h"}, About: web.T("clocks.always")}},
		Assignments: []admin.AssignmentRow{{ID: 3, Customer: "Acme Robotics", Queue: "Support", Priority: web.T("clock.why.priority", 5), Agreement: web.Plain("Gold")}, {ID: 4, Agreement: web.T("clocks.no")}},
		Agreement:   choice("", "agreement", "Gold", "None"), Queue: choice("", "queue", "any", "Support"), Customer: field("customer", ""), Priority: field("priority", "")}
	calendar := admin.CalendarPage{Nav: nav("admin.clocks"), May: true, Title: "Office", URL: "/admin/clocks/calendars/1", Name: field("name", "Office"), Zone: field("zone", "Europe/Berlin"),
		Holidays: web.Field{Name: "holidays", Kind: "textarea", Value: "12-25 Christmas"}, Error: web.Plain("A calendar needs hours.")}
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		calendar.Days = append(calendar.Days, field(day, "08:00–12:00, 13:00–17:00"))
	}
	agreement := admin.AgreementPage{Nav: nav("admin.clocks"), May: true, Title: "Gold", URL: "/admin/clocks/agreements/2", Name: field("name", "Gold"), Calendar: choice("", "calendar", "Office"),
		Warn: field("warn", "75"), At: web.Field{Name: "at", Kind: "datetime-local", Value: "2026-11-20T16:40"}, Asked: webtest.Now(), Error: web.Plain("Nothing was saved."),
		Pauses:   []admin.PauseBox{{Status: "open"}, {Status: "stalled", Checked: true}},
		Promises: []admin.PromiseRow{{Kind: web.T("clock.first_response"), Due: webtest.Now().Add(48 * time.Hour), Warn: webtest.Now().Add(40 * time.Hour)}, {Kind: web.T("clock.resolution"), Due: webtest.Now()}}}
	for _, kind := range []string{"first_response", "update", "resolution"} {
		agreement.Targets = append(agreement.Targets, field(kind, "4h"))
	}
	return []webtest.Sample{{Name: "admin-clocks", View: clocks.View()}, {Name: "admin-clocks-none", View: admin.ClocksPage{Nav: nav("admin.clocks")}.View()},
		{Name: "admin-calendar", View: calendar.View()}, {Name: "admin-agreement", View: agreement.View()},
		{Name: "admin-agreement-new", View: admin.AgreementPage{Nav: nav("admin.clocks"), URL: "/admin/clocks/agreements/0"}.View()}}
}
