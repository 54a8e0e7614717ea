package agent

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// base is where the pages of the desk are.
const base = "/agent"

// Routes adds the pages of the desk below /agent/. Contacts are told that
// there are none, and who is not signed in is led to the sign-in page.
func Routes(mux *web.Mux, site *web.Site, svc *service.Service) {
	h := handler{site, svc}
	for pattern, serve := range h.dailyRoutes() {
		mux.Handle(pattern, site.Page(web.ForAgents(serve)))
	}
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /agent/{$}":                           h.start,
		"GET /agent/tickets":                       h.list,
		"POST /agent/tickets":                      h.open,
		"GET /agent/tickets/new":                   h.askNew,
		"GET /agent/tickets/{id}/goes-to":          h.goesTo,
		"GET /agent/tickets/{id}/mention":          h.mention,
		"POST /agent/tickets/{id}/here":            h.here,
		"GET /agent/approvals":                     h.approvals,
		"POST /agent/approvals/{id}/{do}":          h.decideApproval,
		"POST /agent/tickets/{id}/approvals":       h.askApproval,
		"GET /agent/reports":                       h.report,
		"POST /agent/reports":                      h.keepReport,
		"GET /agent/reports.csv":                   h.reportCSV,
		"GET /agent/dashboards":                    h.dashboards,
		"POST /agent/dashboards":                   h.makeDashboard,
		"GET /agent/dashboards/{id}":               h.dashboard,
		"POST /agent/dashboards/{id}":              h.changeDashboard,
		"GET /agent/dashboards/{id}/edit":          h.askDashboard,
		"POST /agent/dashboards/{id}/{do}":         h.dashboardDo,
		"GET /agent/tickets/build":                 h.build,
		"GET /agent/tickets.csv":                   h.export,
		"GET /agent/tickets/{id}":                  h.ticket,
		"GET /agent/tickets/{id}/who":              h.who,
		"GET /agent/tickets/{id}/links":            h.kin,
		"POST /agent/tickets/{id}/links":           h.kinDone("kin.linked", h.link),
		"POST /agent/tickets/{id}/links/remove":    h.kinDone("kin.unlinked", h.unlink),
		"POST /agent/tickets/{id}/merge":           h.kinDone("kin.merge.done", h.merge),
		"POST /agent/tickets/{id}/unmerge":         h.kinDone("kin.unmerge.done", h.unmerge),
		"POST /agent/tickets/{id}/draft":           h.saveDraft,
		"GET /agent/forward/{message}":             h.askForward,
		"POST /agent/forward/{message}":            h.forward,
		"POST /agent/tickets/{id}/reply":           h.reply,
		"POST /agent/tickets/{id}/comment":         h.comment,
		"POST /agent/tickets/{id}/status":          h.status,
		"POST /agent/tickets/{id}/owner":           h.owner,
		"POST /agent/tickets/{id}/queue":           h.queue,
		"POST /agent/tickets/{id}/facts":           h.facts,
		"POST /agent/tickets/{id}/plan":            h.plan,
		"POST /agent/tickets/{id}/fields":          h.fields,
		"POST /agent/tickets/{id}/customer":        h.customer,
		"POST /agent/tickets/{id}/sharing":         h.sharing,
		"POST /agent/tickets/{id}/watchers":        h.watch,
		"POST /agent/tickets/{id}/suggestions":     h.decide,
		"POST /agent/tickets/{id}/watchers/remove": h.unwatch,
		"GET /agent/delegations":                   h.pass,
		"POST /agent/delegations":                  h.passOn,
		"POST /agent/delegations/{id}/withdraw":    h.withdraw,
		"POST /agent/personal-groups":              h.makeOwnGroup,
		"POST /agent/personal-groups/{id}":         h.changeOwnGroup,
		"GET /agent/message/{id}/html":             h.letter,
		"GET /agent/attachment/{id}":               h.attachment,
		"GET /agent/suggest":                       h.suggest,
		"/agent/":                                  h.nothing,
	} {
		mux.Handle(pattern, site.Page(web.ForAgents(serve)))
	}
}

// dailyRoutes are those of what makes a day easier.
func (h handler) dailyRoutes() map[string]func(http.ResponseWriter, *http.Request) error {
	return map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /agent/templates":               h.templates,
		"POST /agent/templates":              h.makeTemplate,
		"GET /agent/templates/{id}":          h.askTemplate,
		"POST /agent/templates/{id}":         h.changeTemplate,
		"POST /agent/templates/{id}/{do}":    h.removeTemplate,
		"GET /agent/tickets/{id}/templates":  h.chooseTemplate,
		"POST /agent/tickets/{id}/templates": h.toTemplates,
		"GET /agent/views":                   h.views,
		"POST /agent/views":                  h.saveView,
		"POST /agent/views/arrange":          h.arrangeViews,
		"POST /agent/views/start":            h.startWithView,
		"POST /agent/views/{id}":             h.changeView,
		"POST /agent/views/{id}/{do}":        h.doView,
		"POST /agent/held/{id}/{do}":         h.changeHeld,
		"GET /agent/palette":                 h.palette,
		"GET /agent/live":                    h.live,
		"GET /agent/in/{list}/{$}":           h.list,
		"GET /agent/in/{list}/{id}":          h.inList,
		"GET /agent/batch":                   h.askBatch,
		"POST /agent/batch":                  h.batch,
		"GET /agent/batches":                 h.batches,
		"GET /agent/batches/{id}":            h.batchDone,
		"POST /agent/batches/{id}/{do}":      h.changeBatch,
		"GET /agent/notices":                 h.notices,
		"GET /agent/notices/bell":            h.onlyBell,
		"POST /agent/notices/read":           h.readNotices,
		"POST /agent/notices/{id}/{do}":      h.changeNotice,
		"POST /agent/tickets/mark":           h.markTickets,
		"GET /agent/reminders":               h.reminders,
		"POST /agent/reminders/{id}/{do}":    h.changeReminder,
		"POST /agent/tickets/{id}/reminders": h.remind,
	}
}

// A handler answers requests for the desk's pages.
type handler struct {
	site *web.Site
	desk *service.Service
}

func (h handler) nothing(http.ResponseWriter, *http.Request) error {
	return desk.Errorf(desk.NotFound, "There is nothing at this address.")
}

// start leads to the view with which the desk opens for whoever asks: a chosen
// one, else his own tickets, or all that are open where he has none.
func (h handler) start(w http.ResponseWriter, r *http.Request) error {
	by := web.Actor(r)
	bar, err := h.desk.ViewBar(r.Context(), by)
	if err != nil {
		return err
	}
	for i := range bar.Lines {
		if line := &bar.Lines[i]; line.Key == bar.Start {
			http.Redirect(w, r, savedURL(line), http.StatusSeeOther)
			return nil
		}
	}
	mine, err := h.desk.CountTickets(r.Context(), by, service.TicketFilter{Owner: &by.User, Activity: service.OnlyActive}, 1)
	if err != nil {
		return err
	}
	view := "open"
	if mine > 0 {
		view = "mine"
	}
	http.Redirect(w, r, base+"/tickets?view="+view, http.StatusSeeOther)
	return nil
}

// attachment serves a file.
func (h handler) attachment(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.AttachmentID](r, "id")
	if err != nil {
		return err
	}
	a, err := h.desk.Attachment(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("look") != "" {
		return web.ServeShown(w, r, a)
	}
	return web.ServeFile(w, r, a)
}

// letter serves the HTML of a message for the frame in its ticket's page.
func (h handler) letter(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.MessageID](r, "id")
	if err != nil {
		return err
	}
	m, err := h.desk.Message(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	return web.ServeLetterHTML(w, m, base)
}

// A suggestion is one line of the list below a field for people.
type suggestion struct {
	Ref  string `json:"ref"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// suggest answers what a name could mean, for the list below a field.
func (h handler) suggest(w http.ResponseWriter, r *http.Request) error {
	text := r.URL.Query().Get("q")
	if len(text) > 200 {
		return desk.Errorf(desk.TooLarge, "Write at most 200 characters.")
	}
	found, err := h.desk.Suggest(r.Context(), web.Actor(r), text)
	if err != nil {
		return err
	}
	list := make([]suggestion, 0, len(found))
	for _, n := range found {
		list = append(list, suggestion{n.Ref, n.Text, n.Kind})
	}
	return sendJSON(w, list)
}

func sendJSON(w http.ResponseWriter, list []suggestion) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(list)
}

// mention answers whom a message on a ticket can name, for the list below the
// box in which it is written: logins with the names of their people.
func (h handler) mention(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	kind := askedKind(r)
	found, err := h.desk.Mentionable(r.Context(), web.Actor(r), id, kind, r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	list := make([]suggestion, 0, len(found))
	for _, n := range found {
		list = append(list, suggestion{strings.TrimPrefix(n.Ref, "user:"), n.Text, n.Kind})
	}
	return sendJSON(w, list)
}

func ticketURL(id desk.TicketID) string {
	return base + "/tickets/" + strconv.FormatInt(int64(id), 10)
}
