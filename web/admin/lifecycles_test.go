package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

const lifeCycles = "/admin/life-cycles"

// workshop is what one types for a life cycle of three statuses.
func workshop(more ...string) []string {
	form := []string{"name", "Workshop",
		"name.0", "Handed in", "kind.0", "initial", "place.0", "10", "answered.0", "", "was.0", "",
		"name.1", "in work", "kind.1", "active", "place.1", "20",
		"name.2", "handed out", "kind.2", "inactive", "place.2", "40", "solved.2", "1",
		"name.3", "waiting", "kind.3", "active", "place.3", "30",
		"step.0.1", "1", "right.0.1", "ModifyTicket", "label.0.1", "Begin", "does.0.1", "comment",
		"step.1.2", "1", "right.1.2", "OwnTicket", "label.1.2", "Hand out", "does.1.2", "",
		"step.1.3", "1", "step.3.1", "1"}
	for i := 0; i < len(more); i += 2 { // the first value of a name counts
		for j := 0; j < len(form); j += 2 {
			if form[j] == more[i] {
				form[j+1] = more[i+1]
			}
		}
	}
	return append(form, more...)
}

func TestLifeCyclesAreMadeAndChanged(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{lifeCycles, lifeCycles + "/0"} {
		wants(t, d.Get("carl", path), http.StatusNotFound)
		wants(t, d.Get("ann", path), http.StatusNotFound)
		wants(t, d.Get("mia", path), http.StatusOK, "The life cycle that ships", "!>Save<")
	}
	wants(t, d.Get("mia", lifeCycles+"/new"), http.StatusNotFound)
	wants(t, d.Post("mia", lifeCycles+"/new", workshop("do", "save")...), http.StatusNotFound)
	wants(t, d.Get("root", lifeCycles+"/99"), http.StatusNotFound)
	wants(t, d.Get("root", lifeCycles+"/new"), http.StatusOK, `value="Resolve"`, "<svg", "Where it leads")
	wants(t, d.Post("root", lifeCycles+"/new", workshop("do", "preview")...), http.StatusOK, "Nothing that a ticket would notice", `value="handed in"`, "!was saved")
	wants(t, d.Post("root", lifeCycles+"/new", workshop("do", "save", "becomes", "gone")...), http.StatusUnprocessableEntity,
		"gone is none", `value="Hand out"`)
	wants(t, d.Post("root", lifeCycles+"/new", workshop("do", "save", "name.2", "open")...), http.StatusUnprocessableEntity, "is active in every life cycle", `value="in work"`)
	saved := d.Post("root", lifeCycles+"/new", workshop("do", "save")...)
	wants(t, next(t, d, "root", saved), http.StatusOK, "Workshop was saved", "take-back", "handed in", "No queue has it")
	id := lifeCycles + "/" + itoa(int64(workshopOf(t, d)))
	wants(t, d.Get("root", id), http.StatusOK, "Hand out", "OwnTicket", "a comment", `value="waiting"`)
	wants(t, d.Post("root", lifeCycles+"/new", workshop("do", "save")...), http.StatusUnprocessableEntity, "Another life cycle is called so already")

	queue := "/admin/queues/" + itoa(int64(d.Queue["Support"]))
	wants(t, d.Get("root", queue), http.StatusOK, "The life cycle that ships", "Another one")
	choose := queue + "/life-cycle?cycle=" + itoa(int64(workshopOf(t, d)))
	wants(t, d.Get("root", choose), http.StatusOK, "What changes", "Begin")
	ticket := webtest.Must(d.OpenTicket(t.Context(), d.By("root"), service.NewTicket{Queue: d.Queue["Support"], Subject: "Kettle", Text: "Leaks."}))(t)
	form := []string{"cycle", itoa(int64(workshopOf(t, d)))}
	wants(t, d.Post("root", queue+"/life-cycle", form...), http.StatusConflict, "in new", "(tickets: ")
	form = append(form, "map.new", "handed in", "map.open", "in work", "map.stalled", "waiting", "map.resolved", "handed out", "map.rejected", "handed out")
	wants(t, next(t, d, "root", d.Post("root", queue+"/life-cycle", form...)), http.StatusOK, "Support has the life cycle Workshop now", "take-back")
	d.OK(d.SetStatus(t.Context(), d.By("root"), ticket, "in work", 0))
	d.OK(d.SetStatus(t.Context(), d.By("root"), ticket, "waiting", 0))

	// The status is taken away while a ticket stands in it.
	less := workshop("name.3", "", "do", "save", "was.0", "handed in", "was.1", "in work", "was.2", "handed out", "was.3", "waiting")
	wants(t, d.Post("root", id, less...), http.StatusConflict, "say first what the tickets become", "map.waiting", "1 ticket stands there", `value="Workshop"`)
	done := d.Post("root", id, append(less, "map.waiting", "in work")...)
	wants(t, next(t, d, "root", done), http.StatusOK, "Workshop was saved", `!value="waiting"`, "take-back")
	at := webtest.Must(url.Parse(done.Header().Get("Location")))(t)
	wants(t, next(t, d, "root", d.Post("root", "/admin/changes/"+at.Query().Get("undo")+"/take-back", "to", at.Path)), http.StatusOK, `value="waiting"`)
	if got := webtest.Must(d.Ticket(t.Context(), d.By("root"), ticket))(t).Status; got != "waiting" {
		t.Errorf("taken back: the ticket is %s", got)
	}
	wants(t, d.Post("root", id, workshop("do", "remove")...), http.StatusConflict, "that of Support")
}

func workshopOf(t *testing.T, d *webtest.Desk) desk.LifeCycleID {
	t.Helper()
	for _, c := range webtest.Must(d.LifeCycles(t.Context(), d.By("root")))(t) {
		if c.Name == "Workshop" {
			return c.ID
		}
	}
	t.Fatal("there is no life cycle Workshop")
	return 0
}

// lifeSamples are the pages of life cycles.
func lifeSamples() []webtest.Sample {
	drawing := &admin.LifeDrawing{Name: "Workshop", Width: 780, Height: 200, States: []admin.DrawnState{
		{Name: "handed in", Kind: "initial", X: 12, Y: 12, Middle: 102, Base: 38}, {Name: "in work", Kind: "active", X: 282, Y: 54, Middle: 372, Base: 80}},
		Lines: []admin.DrawnLine{{Path: "M192 33C237 33 237 75 282 75", Both: true, Offered: true}},
		Steps: []admin.StepRow{{From: "handed in", To: "in work", Right: "ModifyTicket", Label: web.Plain("Begin"), Does: "comment"}, {From: "in work", To: "handed in", Right: "OwnTicket"}}}
	effect := &admin.CycleEffect{Queues: []string{"Support"}, Added: []string{"waiting"}, Gone: []string{"stalled"},
		StepsAdded: []admin.StepRow{{From: "new", To: "open"}}, StepsGone: []admin.StepRow{{From: "open", To: "rejected"}}}
	moved := choice("map-", "map.parked", "open", "resolved")
	moved.Label, moved.Help, moved.Error = "parked", "12", "12 tickets stand there. Say what that becomes."
	effect.Moved = []web.Field{moved}
	state := admin.StateFields{Number: "0", Was: "handed in", Name: web.Field{Form: "s0-", Name: "name.0", Value: "handed in"}, Kind: choice("s0-", "kind.0", "Initial"),
		Place: web.Field{Form: "s0-", Name: "place.0", Kind: "number", Value: "10"}, Answered: choice("s0-", "answered.0", "It stays"), Asked: choice("s0-", "asked.0", "It stays"),
		Solved: true, Steps: []admin.StepFields{{To: "in work", Box: "step.0.1", Checked: true, Right: choice("s0-", "right.0.1", "ModifyTicket"),
			Label: web.Field{Form: "s0-", Name: "label.0.1", Value: "Begin"}, Does: choice("s0-", "does.0.1", "nothing")}}}
	page := admin.LifeCyclePage{Nav: nav("admin.lifecycles"), May: true, Title: "Workshop", URL: lifeCycles + "/7", Copy: lifeCycles + "/new?from=7", Queues: []string{"Support"}, Drawing: drawing,
		Name: web.Field{Name: "name", Value: "Workshop"}, About: web.Field{Name: "about"}, States: []admin.StateFields{state}, Granted: choice("", "granted", "None"), Refused: choice("", "refused", "None"),
		Becomes: web.Field{Name: "becomes", Kind: "textarea", Rows: 3}, Error: web.T("lifecycle.map.first"), Effect: effect}
	list := admin.LifeCyclesPage{Nav: nav("admin.lifecycles"), May: true, Cycles: []admin.LifeCycleRow{{Name: "default", URL: lifeCycles + "/0", Shipped: true, Statuses: strings.Fields("new open stalled resolved")},
		{Name: "Workshop", URL: lifeCycles + "/7", About: "Of repairs.", Statuses: []string{"handed in", "in work"}, Queues: []string{"Support"}}, {Name: "Spare", URL: lifeCycles + "/8"}}}
	give := admin.QueueCyclePage{Nav: nav("admin.lifecycles"), Queue: "Support", QueueID: "3", CycleID: "7", From: web.T("lifecycle.shipped"), To: web.Plain("Workshop"), Effect: effect, Drawing: drawing, Error: web.Plain("12 tickets stand in parked.")}
	return []webtest.Sample{{Name: "admin-lifecycles", View: list.View()}, {Name: "admin-lifecycle", View: page.View()},
		{Name: "admin-lifecycle-shipped", View: admin.LifeCyclePage{Nav: nav("admin.lifecycles"), Shipped: true, Title: "default", Drawing: drawing, URL: lifeCycles + "/0", Effect: nil}.View()},
		{Name: "admin-queuecycle", View: give.View()}}
}
