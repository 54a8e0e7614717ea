package admin

import (
	"net/http"
	"net/url"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A CheckupPage names likely mistakes, each with why it is one and a link to
// where it is mended.
type CheckupPage struct {
	Nav   []web.NavSection
	Found []MistakeGroup
	Empty web.Empty
}

// A MistakeGroup is one sort of mistake with the things that it is about.
type MistakeGroup struct {
	Check string // names its texts
	Grave bool
	Rows  []MistakeRow
}

// A MistakeRow is one thing that is probably not as somebody wants it.
type MistakeRow struct {
	Name   string
	Detail string
	URL    string // where it is mended
}

// View makes the page ready to be shown.
func (p CheckupPage) View() web.View {
	return web.View{Template: "admin/checkup", Title: web.T("checkup.title"), Nav: p.Nav, Crumbs: toStart(), Body: p}
}

// toStart leads back to where the administration begins.
func toStart() []web.Link { return []web.Link{{Label: web.T("admin.title"), URL: "/admin/"}} }

// checkup shows likely mistakes in what the reader administers.
func (h handler) checkup(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "checkup.title")
	if err != nil {
		return err
	}
	found, err := h.svc.Checkup(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := CheckupPage{Nav: f.nav, Empty: web.Empty{Icon: "check", Title: web.T("checkup.none"), Hint: web.T("checkup.none.hint")}}
	for _, m := range found {
		at := len(page.Found) - 1
		for i := range page.Found {
			if page.Found[i].Check == m.Check {
				at = i
			}
		}
		if at < 0 || page.Found[at].Check != m.Check {
			page.Found = append(page.Found, MistakeGroup{Check: m.Check, Grave: m.Grave})
			at = len(page.Found) - 1
		}
		if m.Kind == "work" {
			m.Name = web.ReaderOf(r).Say(workName(m.Name))
		}
		page.Found[at].Rows = append(page.Found[at].Rows, MistakeRow{m.Name, m.Detail, mendURL(m, web.Actor(r).User)})
	}
	return h.site.Show(w, r, page.View())
}

// mendURL is the page where a mistake is mended by who reads of it.
func mendURL(m service.Mistake, me desk.UserID) string {
	id := strconv.FormatInt(m.ID, 10)
	switch m.Kind {
	case "grant":
		return "/admin/grants/" + id + "/revoke"
	case "mailbox":
		return "/admin/mail/accounts/" + id
	case "directory":
		return "/admin/directories/" + id
	case "work":
		return "/admin/health#work"
	case "relay":
		return relaysURL
	case "outbox":
		return "/admin/outbox?status=failed"
	case "spool":
		return "/admin/spool?status=parked"
	case "address":
		return "/admin/mail/paused"
	case "user":
		if m.Check == "superuser.weak" && desk.UserID(m.ID) == me {
			return "/account"
		}
		if m.Check == "agent.idle" {
			return "/admin/grants/new?who=" + url.QueryEscape(m.Name)
		}
	}
	return placeURL(m.Kind, m.ID)
}
