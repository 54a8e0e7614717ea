package agent

import (
	"net/http"

	"gatehouse/service"
	"gatehouse/web"
)

// Routes adds the pages of the desk below /agent/. Contacts are told that
// there are none, and who is not signed in is led to the sign-in page.
func Routes(mux *http.ServeMux, site *web.Site, svc *service.Service) {
	h := handler{site, svc}
	page := func(pattern string, serve func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, site.Page(web.ForAgents(serve)))
	}
	page("GET /agent/", h.start)
}

// A handler answers requests for the desk's pages.
type handler struct {
	site *web.Site
	desk *service.Service
}

func (h handler) start(w http.ResponseWriter, r *http.Request) error {
	return nil
}
