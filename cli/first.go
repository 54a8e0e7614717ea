package cli

import (
	"fmt"
	"net/url"

	"gatehouse/desk"
	"gatehouse/service"
)

type firstKeyCommand struct{}

// Run prints a link by which the first superuser makes his account. Links of
// before count no more.
func (cmd *firstKeyCommand) Run(c *caller) error {
	key, err := c.svc.FirstKey(c.ctx, c.by)
	if err != nil {
		return err
	}
	link := firstLink(c.conf.BaseURL, key)
	if c.json {
		return printThing(c.app, struct {
			Link  string `json:"link"`
			Hours int    `json:"hours"`
		}{link, int(service.FirstKeyLasts.Hours())})
	}
	_, err = fmt.Fprintf(c.p.Out, "%s\n", link)
	return err
}

func firstLink(base, key string) string { return base + "/first?key=" + url.QueryEscape(key) }

// tellFirst prints a link for the first superuser where there is none yet.
func (d *daemon) tellFirst() error {
	fresh, err := d.svc.Fresh(d.ctx)
	if err != nil || !fresh || d.web == nil {
		return err
	}
	key, err := d.svc.FirstKey(d.ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(d.p.Out, "this desk has no superuser yet; within a day, whoever opens this link first becomes it:\n%s\n", firstLink(d.conf.BaseURL, key))
	return err
}
