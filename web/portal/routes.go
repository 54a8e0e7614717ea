package portal

import (
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// Routes adds the pages of the portal below /portal/. Whoever is signed in may
// use them, agents who have asked something too; what they see and can do is
// the service's to say.
func Routes(mux *web.Mux, site *web.Site, svc *service.Service) {
	h := handler{site, svc}
	page := func(pattern string, serve func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, site.Page(serve))
	}
	page("GET /portal/{$}", h.mine)
	page("GET /portal/company", h.company)
	page("GET /portal/shared", h.shared)
	page("GET /portal/people/{id}", h.people)
	page("POST /portal/people/{id}", h.invite)
	page("POST /portal/people/{id}/change", h.changeColleague)
	page("POST /portal/people/{id}/admit", h.admit)
	page("GET /portal/tickets/new", h.askNew)
	page("POST /portal/tickets", h.open)
	page("GET /portal/tickets/{id}", h.ticket)
	page("POST /portal/tickets/{id}/messages", h.write)
	page("POST /portal/tickets/{id}/fields", h.fields)
	page("GET /portal/approvals", h.approvals)
	page("POST /portal/approvals/{id}/{do}", h.decideApproval)
	page("POST /portal/tickets/{id}/rating", h.rate)
	page("POST /portal/tickets/{id}/follow", h.follow)
	page("POST /portal/tickets/{id}/unfollow", h.unfollow)
	page("GET /portal/tickets/{id}/files/{message}/{file}", h.file)
}

// A handler answers requests for the portal's pages.
type handler struct {
	site *web.Site
	svc  *service.Service
}

// nav is the navigation with the page of that key marked. Who belongs to no
// company has no tickets of one, and who is to approve of nothing is not asked.
func (h handler) nav(r *http.Request, current string, companies []desk.Customer) ([]web.NavSection, error) {
	items := []web.NavItem{{Label: web.T("portal.mine"), URL: "/portal/", Current: current == "portal.mine"}}
	if len(companies) > 0 {
		items = append(items, web.NavItem{Label: web.T("portal.company"), URL: "/portal/company", Current: current == "portal.company"})
	}
	items = append(items, web.NavItem{Label: web.T("portal.shared"), URL: "/portal/shared", Current: current == "portal.shared"})
	n, err := h.svc.CountToApprove(r.Context(), web.Actor(r))
	if n > 0 || current == "approval.title" {
		items = append(items, web.NavItem{Label: web.T("approval.title"), URL: "/portal/approvals", Count: n, Current: current == "approval.title"})
	}
	return []web.NavSection{{Items: items}}, err
}

func ticketURL(id desk.TicketID) string {
	return "/portal/tickets/" + strconv.FormatInt(int64(id), 10)
}

// label names somebody, or stands in for who may not be named.
func label(reader web.Reader, n service.Name) string {
	if n.Text == "" || n.ID == 0 {
		return reader.Say(web.T("portal.somebody"))
	}
	return n.Text
}

// companyTag is the tag of the first of some customers.
func companyTag(customers []service.Name) web.Customer {
	if len(customers) == 0 {
		return web.Customer{}
	}
	return web.Customer{Name: customers[0].Text}
}
