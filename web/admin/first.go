package admin

import (
	"net/http"
	"strconv"

	"gatehouse/service"
	"gatehouse/web"
)

// settingRoutes adds the pages of the desk's own settings and of its first
// steps.
func (h handler) settingRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET "+web.FirstStepsPath, h.firstSteps)
	page("POST "+web.FirstStepsPath+"/letter", h.testLetter)
	page("POST "+web.FirstStepsPath+"/{step}", h.putOff)
	page("GET "+languagesURL, h.languages)
	page("GET "+settingsURL, h.settings)
	page("POST "+settingsURL+"/{section}", h.saveSettings)
}

// A FirstStepsPage leads through what a new desk needs until its first ticket
// is answered.
type FirstStepsPage struct {
	Nav     []web.NavSection
	Steps   []FirstStepRow
	Away    bool // they were put away
	Over    bool // all are done
	Left    int
	BaseURL string
}

// A FirstStepRow is one step: its name gives it its words.
type FirstStepRow struct {
	Name        string
	Done, Later bool
	Next        bool // the first that is open
	Links       []web.Link
	Letter      bool // a letter can be sent to try it
}

// View makes the page ready to be shown.
func (p FirstStepsPage) View() web.View {
	return web.View{Template: "admin/first", Title: web.T("first.steps"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// firstStepLinks are the pages on which a step is done.
func firstStepLinks(name string) []web.Link {
	at := func(key, url string) web.Link { return web.Link{Label: web.T(key), URL: url} }
	switch name {
	case "account":
		return []web.Link{at("account.title", "/account")}
	case "desk":
		return []web.Link{at("settings.title", settingsURL)}
	case "relay":
		return []web.Link{at("mail.relays", relaysURL), at("admin.outbox", "/admin/outbox")}
	case "post":
		return []web.Link{at("mail.accounts", "/admin/mail/accounts"), at("admin.spool", "/admin/spool")}
	case "queue":
		return []web.Link{at("admin.blueprints", blueprintsURL), at("admin.queues", "/admin/queues")}
	case "people":
		return []web.Link{at("admin.user.new", "/admin/users/new?kind=agent"), at("import.title", "/admin/import"), at("admin.directories", "/admin/directories")}
	case "customer":
		return []web.Link{at("admin.customers", "/admin/customers"), at("import.title", "/admin/import")}
	}
	return []web.Link{at("nav.new", "/agent/tickets/new"), at("first.desk", "/agent/")}
}

// firstSteps shows how far the desk is.
func (h handler) firstSteps(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "first.steps")
	if err != nil {
		return err
	}
	got, err := h.svc.FirstSteps(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return h.site.Show(w, r, firstStepsPage(f.nav, got, h.svc.BaseURL()).View())
}

func firstStepsPage(nav []web.NavSection, got *service.FirstSteps, base string) FirstStepsPage {
	page := FirstStepsPage{Nav: nav, Away: got.Away, Over: got.Over(), Left: got.Open(), BaseURL: base}
	next := true
	for _, step := range got.Steps {
		row := FirstStepRow{Name: step.Name, Done: step.Done, Later: step.Later && !step.Done, Links: firstStepLinks(step.Name), Letter: step.Name == "relay"}
		row.Next = next && !row.Done && !row.Later
		next = next && !row.Next
		page.Steps = append(page.Steps, row)
	}
	return page
}

// putOff puts a step off, or all of them away, or takes that back.
func (h handler) putOff(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	step, later := r.PathValue("step"), r.PostFormValue("later") != ""
	if err := h.svc.PutOff(r.Context(), web.Actor(r), step, later); err != nil {
		return err
	}
	if step == "off" && later {
		return h.done(w, r, "/admin/", web.T("first.away"))
	}
	http.Redirect(w, r, web.FirstStepsPath, http.StatusSeeOther)
	return nil
}

// testLetter sends the reader a letter and shows what becomes of it.
func (h handler) testLetter(w http.ResponseWriter, r *http.Request) error {
	id, err := h.svc.SendTestLetter(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return h.done(w, r, "/admin/outbox/"+strconv.FormatInt(int64(id), 10), web.T("first.letter.sent"))
}
