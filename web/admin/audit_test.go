package admin_test

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

func auditSample() admin.AuditPage {
	field := func(name, kind string) admin.Labelled {
		return admin.Labelled{Label: web.T("audit.find." + name), Field: web.Field{Name: name, Kind: kind}}
	}
	pick := field("kind", "select")
	pick.Field = choice("", "kind", "Every change", "Grants and delegation")
	line := func(id int64, what string, at time.Duration) admin.AuditRow {
		return admin.AuditRow{ID: id, Event: web.Event{Icon: "grant", By: who("Ann Archer", ""), What: web.Plain(what), At: ago(at)}, Via: web.T("audit.via.web"),
			Change: web.Link{Label: web.T("audit.change", id), URL: "/admin/audit?change=1"}}
	}
	granted := line(31, "granted rw to Field engineers on queue:Support", time.Hour)
	granted.Links = []web.Link{{Label: web.Plain("Support"), URL: "/admin/queues/1"}, {Label: web.Plain("Field engineers"), URL: "/admin/groups/4"}}
	granted.Undo = &admin.TakeBack{Action: "/admin/changes/31/take-back", To: "/admin/audit"}
	granted.Differ = []admin.AuditDifference{{Field: web.T("audit.field.who"), After: "Field engineers"}, {Field: web.Plain("odd"), Before: "a long value that goes on and on", After: "another"}}
	return admin.AuditPage{
		Nav: nav("admin.audit"), Find: []admin.Labelled{field("by", ""), field("about", ""), pick, field("from", "date"), field("words", "search")},
		State: admin.AuditState{Level: "good", Text: web.T("audit.state.good", "2026-11-22 09:00", int64(30), int64(1)), Back: "/admin/audit"},
		Rows:  []admin.AuditRow{granted, line(30, "made the queue: Support", 30*time.Hour)}, Pager: web.Pager{Older: "/admin/audit?before=30"}, CSV: "/admin/audit.csv", Change: 31,
	}
}

// TestAudit looks for lines of the log in its page.
func TestAudit(t *testing.T) {
	d := newDesk(t)
	for _, tt := range []struct {
		path string
		says []string
	}{
		{"", []string{"granted ro to Staff on queue:Support", "Nobody has checked yet", "on the command line", "Take back", "!signed in"}},
		{"?kind=session", []string{"!granted ro", "Nothing found"}},
		{"?about=Staff&kind=member", []string{"added Field engineers to group:Staff", "!Ann Archer to"}},
		{"?about=user:ann", []string{"made the user: user:ann", "added Ann Archer to group:Field engineers", "!user:bob"}},
		{"?by=root", []string{"!granted", "Nothing found"}},
		{"?by=system&words=brueckner", []string{"made the customer: customer:brueckner", "!group:Staff"}},
		{"?to=2026-11-21", []string{"Nothing found"}},
		{"?from=2026-11-22&to=2026-11-22&kind=customer", []string{"made the customer: customer:acme"}},
	} {
		t.Run(tt.path, func(t *testing.T) { wants(t, d.Get("uma", "/admin/audit"+tt.path), 200, tt.says...) })
	}
	for _, tt := range []struct{ path, says string }{
		{"?by=zeppelin", "There is no user zeppelin"}, {"?about=group:None", "There is no group:None"}, {"?from=march", "Write a day as 2026-03-31"}, {"?kind=odd", "There is no such kind"},
	} {
		w := d.Get("uma", "/admin/audit"+tt.path)
		wants(t, w, 422, tt.says)
	}
	wants(t, d.Get("uma", "/admin/audit?by=zeppelin"), 422, `value="zeppelin"`)
	for _, login := range []string{"carl", "quinn", "mia", "ann", "bob"} {
		for _, path := range []string{"/admin/audit", "/admin/audit.csv"} {
			if w := d.Get(login, path); w.Code == 200 {
				t.Errorf("%s reads %s", login, path)
			}
		}
		if w := d.Post(login, "/admin/audit/check", "to", "/admin/audit"); w.Code == http.StatusSeeOther {
			t.Errorf("%s has the log checked", login)
		}
	}
	wants(t, next(t, d, "uma", d.Post("uma", "/admin/audit/check", "to", "/admin/audit")), 200, "as they were written", "No line was changed")
}

// TestAuditPages goes to the older lines and back.
func TestAuditPages(t *testing.T) {
	d := newDesk(t)
	for i := range 120 {
		webtest.Must(d.CreateGroup(t.Context(), d.Sys, desk.Group{Name: "Team " + strconv.Itoa(i)}))(t)
	}
	newest := lines(t, d.Get("uma", "/admin/audit?kind=group").Body.String())
	older := d.Get("uma", link(t, d, "/admin/audit?kind=group", "next"))
	wants(t, older, 200, `rel="prev"`, `rel="next"`)
	if list := lines(t, older.Body.String()); len(list) != 40 || list[0] == newest[0] {
		t.Errorf("the second page has %d lines, beginning with %s", len(list), list[0])
	}
	back := d.Get("uma", link(t, d, link(t, d, "/admin/audit?kind=group", "next"), "prev"))
	if list := lines(t, back.Body.String()); strings.Join(list, " ") != strings.Join(newest, " ") {
		t.Errorf("back at the newest lines are %v, want %v", list, newest)
	}
}

func lines(t *testing.T, page string) []string {
	t.Helper()
	var list []string
	for _, part := range strings.Split(page, `<li id="line-`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		list = append(list, id)
	}
	if len(list) == 0 {
		t.Fatal("the page has no lines")
	}
	return list
}

// link is where the link of a page with that relation leads.
func link(t *testing.T, d *webtest.Desk, path, rel string) string {
	t.Helper()
	body := d.Get("uma", path).Body.String()
	_, rest, ok := strings.Cut(body, `rel="`+rel+`" href="`)
	if !ok {
		t.Fatalf("the page %s has no link to the %s one", path, rel)
	}
	to, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(to, "&amp;", "&")
}

// TestAuditFile: the lines that a filter finds, all of them, as a file without
// formulas.
func TestAuditFile(t *testing.T) {
	d := newDesk(t)
	id := d.Group("=SUM(A1)")
	d.OK(d.RemoveMember(t.Context(), d.Sys, d.Who["Staff"], d.Who["Field engineers"]))
	w := d.Get("uma", "/admin/audit.csv?kind=group")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || w.Code != 200 || len(rows) != 4 {
		t.Fatalf("got %d rows, status %d: %v", len(rows), w.Code, err)
	}
	if rows[1][6] != "group:=SUM(A1)" || rows[1][9] != "name: =SUM(A1); disabled: false" && rows[1][8] == "" {
		t.Errorf("the newest line is %q", rows[1])
	}
	d.OK(d.UpdateGroup(t.Context(), d.Sys, desk.Group{ID: id, Name: "Plain"}))
	list, _, err := d.FindChanges(t.Context(), d.Sys, service.AuditQuestion{Subject: "group:Plain"})
	if err != nil || len(list) != 2 {
		t.Errorf("under both names there are %d lines: %v", len(list), err)
	}
}

// TestTakeBackFromTheLog: a line is taken back after who gains and loses by it
// was shown, and one comes back to the same filter.
func TestTakeBackFromTheLog(t *testing.T) {
	d := newDesk(t)
	wants(t, d.Get("root", "/admin/audit?about=Staff&kind=grant"), 200, "/take-back", "about=Staff")
	list, _, err := d.FindChanges(t.Context(), d.Sys, service.AuditQuestion{Subject: "Staff", AuditFilter: service.AuditFilter{Kind: "grant"}})
	d.OK(err)
	action := "/admin/changes/" + strconv.FormatInt(list[0].Undo, 10) + "/take-back"
	wants(t, d.Post("root", action, "to", "/admin/audit?about=Staff&kind=grant"), 200, "They lose", "Ann Archer", "about=Staff")
	w := d.Post("root", action, "to", "/admin/audit?about=Staff&kind=grant", "weighed", "yes")
	wants(t, next(t, d, "root", w), 200, "revoked ro of Staff on queue:Support", "The change was taken back")
}
