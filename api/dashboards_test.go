package api_test

import (
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
	"gatehouse/desk"
)

// TestReportsByAPI counts tickets as JSON and as CSV, of each only what one may
// see.
func TestReportsByAPI(t *testing.T) {
	h := newHouse(t)
	all := read[api.ReportTable](h, "anna", "GET /reports?by=queue,status&chart=stacked")
	if len(all.Rows) != 1 || all.Rows[0].Name != "support" || len(all.Columns) != 1 || all.Columns[0].Key != "new" || all.Total.Tickets != 1 || all.AsOf == nil {
		t.Errorf("anna counts %+v", all)
	}
	cell := all.Cells[0][0]
	if cell.Tickets != 1 || cell.Median != nil || len(read[api.Page[api.Ticket]](h, "anna", "GET /tickets?query="+strings.NewReplacer(" ", "%20", "'", "%27").Replace(cell.Query)).Items) != 1 {
		t.Errorf("the number is %+v", cell)
	}
	if got := read[api.ReportTable](h, "otto", "GET /reports?by=queue"); got.Total.Tickets != 0 || len(got.Rows) != 0 {
		t.Errorf("otto, who sees none, counts %+v", got)
	}
	ages := read[api.ReportTable](h, "anna", "GET /reports?by=queue&measure=age")
	if m := ages.Cells[0][0].Median; m == nil || *m <= 0 || *m > 600 {
		t.Errorf("the age of a ticket is %+v", ages.Cells[0][0])
	}
	if got := read[api.ReportTable](h, "anna", "GET /reports?measure=first-answer"); got.Cells[0][0].Median != nil {
		t.Errorf("no ticket was answered, after %d seconds", *got.Cells[0][0].Median)
	}
	table := h.ask("anna", "GET /reports.csv?by=queue", nil)
	if table.body != "queue,tickets\nsupport,1\n" || table.Header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(table.Header.Get("Content-Disposition"), "report.csv") {
		t.Errorf("the file is %q, %v", table.body, table.Header)
	}
	for request, want := range map[string]int{
		"GET /reports?by=colour": 422, "GET /reports?by=status,status": 422, "GET /reports?measure=x": 422, "GET /reports?query=Status%20=": 422, "GET /reports?last=9999": 422,
		"GET /reports.csv?by=colour": 422, "GET /reports?by=field-99": 404, "GET /reports.csv?by=field-99": 404,
	} {
		h.want(want, "anna", request, nil)
	}
	h.want(http.StatusForbidden, "bob", "GET /reports", nil)
	h.want(http.StatusForbidden, "bob", "GET /reports.csv", nil)
}

// TestDashboardsByAPI makes a dashboard, shares a copy with a group, changes it,
// gets it by mail, takes it away and brings it back.
func TestDashboardsByAPI(t *testing.T) {
	h := newHouse(t)
	list := func(login string) []api.Dashboard {
		return read[api.Page[api.Dashboard]](h, login, "GET /dashboards").Items
	}
	if start := read[api.Dashboard](h, "anna", "GET /dashboards/0"); start.Whose != "shipped" || len(start.Reports) != 12 || start.May {
		t.Errorf("every desk begins with %+v", start)
	}
	if counted := read[api.DashboardCounted](h, "anna", "GET /dashboards/0/reports"); len(counted.Reports) != 12 || counted.Reports[0].Total.Tickets != 1 {
		t.Errorf("it counts %+v", counted)
	}
	mine := h.made("anna", "POST /dashboards", object{"name": "Mine", "reports": []object{{"title": "Queues", "by": []string{"queue"}, "width": 6}, {"by": []string{"queue"}, "query": "Queue = 'inner'"}}})
	if got := list("anna"); len(got) != 1 || got[0].Whose != "mine" || !got[0].May || got[0].Reports[0].Width != 6 || got[0].Reports[1].Chart != "bar" {
		t.Errorf("anna has %+v", got)
	}
	if got := list("otto"); len(got) != 0 {
		t.Errorf("otto sees %+v", got)
	}
	for request, body := range map[string]any{"GET /dashboards/{id}": nil, "GET /dashboards/{id}/reports": nil, "PATCH /dashboards/{id}": object{"name": "x"}, "DELETE /dashboards/{id}": nil,
		"POST /dashboards/{id}/restore": nil, "PUT /dashboards/{id}/letter": object{"every": "daily", "hour": 8}, "DELETE /dashboards/{id}/letter": nil} {
		h.want(http.StatusNotFound, "otto", at(request, mine), body)
	}
	h.want(http.StatusForbidden, "anna", "POST /dashboards", object{"name": "Ours", "group": h.team, "copy": mine})
	h.want(http.StatusUnprocessableEntity, "anna", "POST /dashboards", object{"name": "Ours", "group": h.team, "desk": true})
	h.ok(h.AddMember(t.Context(), h.system, desk.Membership{Group: desk.PrincipalID(h.team), Member: h.who("root")}))
	ours := h.made("root", "POST /dashboards", object{"name": "Ours", "group": h.team, "reports": []object{{"query": "Queue = 'inner'", "by": []string{"queue"}}, {"by": []string{"queue"}}}})
	h.want(http.StatusNotFound, "anna", at("GET /dashboards/{id}", ours), nil)
	h.grant(desk.PrincipalID(h.team), 0, desk.OnGroup(h.team), desk.SeeDashboard)
	got := read[api.Dashboard](h, "anna", at("GET /dashboards/{id}", ours))
	if got.Whose != "group" || got.Group.Name != "Team" || got.May || !got.Reports[0].Hidden || got.Reports[0].Query != "" || got.Reports[1].Hidden {
		t.Errorf("anna reads %+v, which is not to name the queue inner", got)
	}
	counted := read[api.DashboardCounted](h, "anna", at("GET /dashboards/{id}/reports", ours))
	if counted.Reports[0].Error == "" || counted.Reports[1].Total.Tickets != 1 {
		t.Errorf("anna counts %+v", counted)
	}
	h.want(http.StatusForbidden, "anna", at("PATCH /dashboards/{id}", ours), object{"name": "x"})
	h.want(http.StatusForbidden, "anna", at("PUT /dashboards/{id}/letter", ours), object{"every": "daily", "hour": 8})
}

// TestDashboardsChangeByAPI: a stale version is refused, what was taken away
// comes back, and letters come at their hour.
func TestDashboardsChangeByAPI(t *testing.T) {
	h := newHouse(t)
	mine := h.made("anna", "POST /dashboards", object{"name": "Mine", "copy": 0})
	path, letter := at("/dashboards/{id}", mine), at("/dashboards/{id}/letter", mine)
	before := read[api.Dashboard](h, "anna", "GET "+path)
	h.want(http.StatusNoContent, "anna", "PATCH "+path, object{"name": "Yours", "reports": []object{{"chart": "number"}}, "version": before.Version})
	h.want(http.StatusConflict, "anna", "PATCH "+path, object{"name": "Late", "version": before.Version})
	h.want(http.StatusUnprocessableEntity, "anna", "PATCH "+path, object{"reports": []object{{"chart": "pie"}}})
	if got := read[api.Dashboard](h, "anna", "GET "+path); got.Name != "Yours" || len(got.Reports) != 1 || len(before.Reports) != 12 {
		t.Errorf("it became %+v", got)
	}
	for _, wrong := range []object{{"every": "hourly", "hour": 8}, {"every": "weekly", "day": 9, "hour": 8}, {"every": "daily", "hour": 24}} {
		h.want(http.StatusUnprocessableEntity, "anna", "PUT "+letter, wrong)
	}
	h.want(http.StatusNoContent, "anna", "PUT "+letter, object{"every": "weekly", "day": 1, "hour": 8})
	if got := read[api.Dashboard](h, "anna", "GET "+path).Letter; got == nil || got.Every != "weekly" || got.Next == nil {
		t.Errorf("anna gets it %+v", got)
	}
	h.want(http.StatusNoContent, "anna", "DELETE "+letter, nil)
	h.want(http.StatusNoContent, "anna", "DELETE "+path, nil)
	if got := read[api.Page[api.Dashboard]](h, "anna", "GET /dashboards").Items; len(got) != 0 {
		t.Errorf("after it was taken away there are %+v", got)
	}
	h.want(http.StatusNoContent, "anna", "POST "+path+"/restore", nil)
	if got := read[api.Dashboard](h, "anna", "GET "+path); got.Gone || got.Letter != nil {
		t.Errorf("it came back as %+v", got)
	}
}
