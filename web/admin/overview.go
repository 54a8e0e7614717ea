package admin

import (
	"net/http"
	"strings"

	"gatehouse/service"
	"gatehouse/web"
)

// overview shows counts that lead to their lists, and what was changed lately,
// each as far as the reader may know it.
func (h handler) overview(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.overview")
	if err != nil {
		return err
	}
	page := OverviewPage{Nav: f.nav}
	reader := web.ReaderOf(r)
	if reader.Admin {
		totals, err := h.svc.Totals(r.Context(), reader.Actor)
		if err != nil {
			return err
		}
		page.Tiles = append(page.Tiles, totalTiles(f, totals)...)
	}
	if f.Mail {
		counts, err := h.svc.PostCounts(r.Context(), reader.Actor)
		if err != nil {
			return err
		}
		page.Tiles = append(page.Tiles, mailTiles(counts)...)
	}
	if f.Audit {
		changes, err := h.svc.Changes(r.Context(), reader.Actor, 12)
		if err != nil {
			return err
		}
		for i, e := range changeEvents(reader, changes) {
			page.Changes = append(page.Changes, ChangeRow{Event: e, Undo: takingBack(changes[i].Undo, "/admin/")})
		}
	}
	if f.Erase { // a superuser
		page.First = web.FirstStepsPath
	}
	return h.site.Show(w, r, page.View())
}

func totalTiles(f *frame, t service.Totals) []Tile {
	all := []struct {
		may  bool
		tile Tile
	}{
		{f.Users, Tile{Icon: "person", Count: t.Users, Label: web.T("admin.users"), URL: "/admin/users"}},
		{f.Customers, Tile{Icon: "customer", Count: t.Customers, Label: web.T("admin.customers"), URL: "/admin/customers"}},
		{f.Groups, Tile{Icon: "group", Count: t.Groups, Label: web.T("admin.groups"), URL: "/admin/groups"}},
		{f.Queues, Tile{Icon: "place", Count: t.Queues, Label: web.T("admin.queues"), URL: "/admin/queues"}},
		{f.Grants, Tile{Icon: "grant", Count: t.Grants, Label: web.T("admin.grants"), URL: "/admin/grants"}},
	}
	var tiles []Tile
	for _, one := range all {
		if one.may {
			tiles = append(tiles, one.tile)
		}
	}
	return tiles
}

func mailTiles(c service.PostCounts) []Tile {
	return []Tile{
		{Icon: "send", Count: c.OutWaiting, Label: web.T("admin.out.waiting"), URL: "/admin/outbox?status=waiting"},
		{Icon: "send", Count: c.OutFailed, Label: web.T("admin.out.failed"), URL: "/admin/outbox?status=failed", Trouble: c.OutFailed > 0},
		{Icon: "tray", Count: c.SpoolWaiting, Label: web.T("admin.in.waiting"), URL: "/admin/spool?status=waiting"},
		{Icon: "tray", Count: c.SpoolParked, Label: web.T("admin.in.parked"), URL: "/admin/spool?status=parked", Trouble: c.SpoolParked > 0},
	}
}

// changeEvents says changes in words, with their objects as the log has them.
func changeEvents(reader web.Reader, changes []service.Change) []web.Event {
	var events []web.Event
	for _, c := range changes {
		e := web.Event{Icon: changeIcon(c.Action), What: web.T("audit."+c.Action, c.Object), At: reader.In(c.At)}
		if c.Who.ID != 0 {
			e.What = web.T("audit."+c.Action, c.Object, c.Who.Text, c.What)
		}
		e.By = web.Person{Name: reader.Say(web.T("admin.system")), Agent: true}
		if c.By != 0 {
			e.By = person(c.ByName)
		}
		events = append(events, e)
	}
	return events
}

func changeIcon(action string) string {
	kind, _, _ := strings.Cut(action, ".")
	switch kind {
	case "user", "session":
		return "person"
	case "customer":
		return "customer"
	case "group", "member":
		return "group"
	case "queue":
		return "place"
	case "grant", "role", "watcher", "permission":
		return "grant"
	case "setting", "token":
		return "lock"
	case "mail":
		return "mail"
	case "directory", "access":
		return "swap"
	}
	return "dot"
}
