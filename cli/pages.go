package cli

import (
	"fmt"
	"net/http"
	"strings"

	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/agent"
	"gatehouse/web/portal"
)

// pages returns the handler of everything that people see in a browser, with
// what guards it around.
func (d *daemon) pages() (http.Handler, error) {
	secure := strings.HasPrefix(d.conf.BaseURL, "https://")
	site, err := web.New(web.Config{
		Product: d.svc.Name, Languages: d.svc.Languages, Hosts: d.conf.Hosts, MaxBody: d.conf.MaxUpload, Log: d.log,
		Sessions: web.SessionsOf(d.svc, secure, func() web.Usual { return web.Usual{Lang: d.svc.Language(), Zone: d.svc.Zone()} }),
	}, agent.Templates, portal.Templates, admin.Templates)
	if err != nil {
		return nil, fmt.Errorf("making the pages: %w", err)
	}
	mux := &web.Mux{}
	web.Routes(mux, site, d.svc)
	agent.Routes(mux, site, d.svc)
	portal.Routes(mux, site, d.svc)
	admin.Routes(mux, site, d.svc)
	return site.Guard(mux), nil
}
