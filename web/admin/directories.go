package admin

import (
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/web"
)

// reportsShown is how many readings of a directory the page shows.
const reportsShown = 3

// A DirectoriesPage lists the directories with what their latest readings did.
type DirectoriesPage struct {
	Nav   []web.NavSection
	Rows  []DirectoryRow
	Empty web.Empty
}

// A DirectoryRow is one directory.
type DirectoryRow struct {
	Name, URL, Kind string
	Every           web.Text
	Disabled        bool
	Stopped         bool // the latest reading would have taken too many people away
	Reports         []desk.SyncReport
}

// View makes the page ready to be shown.
func (p DirectoriesPage) View() web.View {
	return web.View{Template: "admin/directories", Title: web.T("admin.directories"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// directories lists the directories in their order.
func (h handler) directories(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "admin.directories")
	if err != nil {
		return err
	}
	if err := partOf(f.Directories); err != nil {
		return err
	}
	list, err := h.svc.Directories(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := DirectoriesPage{Nav: f.nav, Empty: web.Empty{Icon: "person", Title: web.T("directory.none"), Hint: web.T("directory.none.hint")}}
	for _, d := range list {
		row := DirectoryRow{Name: d.Name, URL: "/admin/directories/" + strconv.FormatInt(int64(d.ID), 10), Kind: d.Kind, Disabled: d.Disabled, Every: web.T("directory.asked")}
		if d.Every > 0 {
			row.Every = web.T("directory.every", d.Every.String())
		}
		if row.Reports, err = h.svc.SyncReports(r.Context(), web.Actor(r), d.ID, reportsShown); err != nil {
			return err
		}
		for i := range row.Reports {
			row.Reports[i].Started = web.ReaderOf(r).In(row.Reports[i].Started)
		}
		row.Stopped = len(row.Reports) > 0 && row.Reports[0].State == desk.SyncStopped
		page.Rows = append(page.Rows, row)
	}
	return h.site.Show(w, r, page.View())
}

// syncDirectory has a directory read soon.
func (h handler) syncDirectory(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.DirectoryID](r, "id")
	if err != nil {
		return err
	}
	if err := h.svc.RequestSync(r.Context(), web.Actor(r), id, r.PostFormValue("confirm") != ""); err != nil {
		return err
	}
	return h.done(w, r, "/admin/directories", web.T("directory.soon"))
}
