package admin

import (
	"net/http"
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// reportsShown is how many readings of a directory its page shows.
const reportsShown = 10

func (h handler) directoryFrame(r *http.Request) (*frame, error) {
	f, err := h.frame(r, "admin.directories")
	if err != nil {
		return nil, err
	}
	return f, partOf(f.Directories)
}

func directoryURL(id desk.DirectoryID) string {
	return "/admin/directories/" + strconv.FormatInt(int64(id), 10)
}

// directories lists the directories in their order.
func (h handler) directories(w http.ResponseWriter, r *http.Request) error {
	f, err := h.directoryFrame(r)
	if err != nil {
		return err
	}
	list, err := h.svc.Directories(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := DirectoriesPage{Nav: f.nav}
	for i := range list {
		d := &list[i]
		state, err := h.svc.DirectoryState(r.Context(), web.Actor(r), d.ID, 1)
		if err != nil {
			return err
		}
		row := DirectoryRow{Name: d.Name, URL: directoryURL(d.ID), Kind: web.T("directory.kind." + d.Kind), Place: d.Place, People: state.People,
			Every: everyText(d.Every), State: h.stateOf(r, d, state), Disabled: d.Disabled}
		page.Late = page.Late || row.State.Level == "bad"
		page.Rows = append(page.Rows, row)
	}
	return h.site.Show(w, r, page.View())
}

// stateOf says how a directory is doing.
func (h handler) stateOf(r *http.Request, d *desk.Directory, s *service.DirectoryState) DirectoryState {
	now, in := h.svc.Now(), web.ReaderOf(r).In
	out := DirectoryState{Level: "good", What: web.T("directory.is.good")}
	if s.Good != nil {
		good := *s.Good
		good.Started, good.Ended = in(good.Started), in(good.Ended)
		out.Good = &good
	}
	out.Waiting = !d.Disabled && !d.Next.IsZero() && !d.Next.After(now)
	if s.Late > d.Every && !out.Waiting {
		out.Level, out.Late = "warn", spanText(s.Late)
	}
	if len(s.Reports) == 0 {
		out.What = web.T("directory.is.unread")
	} else {
		out.latest(&s.Reports[0])
	}
	switch {
	case d.Disabled:
		out.Level, out.What = "warn", web.T("admin.disabled")
	case out.Waiting && out.Running == nil:
		out.What = web.T("directory.is.waiting")
	}
	return out
}

// latest takes the latest reading into account.
func (s *DirectoryState) latest(last *desk.SyncReport) {
	s.What, s.Says = web.T("directory.state."+string(last.State)), last.Text
	switch last.State {
	case desk.SyncRunning:
		s.Running = last
	case desk.SyncStopped:
		s.Level, s.Stopped = "bad", true
	case desk.SyncFailed:
		s.Level = "bad"
	default:
		s.What = web.T("directory.is.good")
		if last.Bad > 0 {
			s.Level, s.What = "warn", web.T("directory.is.refused", last.Bad)
		}
	}
}

func everyText(every time.Duration) web.Text {
	if every <= 0 {
		return web.T("directory.asked")
	}
	for _, one := range []struct {
		name string
		long time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}} {
		if every == one.long {
			return web.T("directory.every." + one.name)
		}
	}
	return web.T("directory.every", spanText(every))
}

// spanText says a time span in its largest unit.
func spanText(d time.Duration) web.Text {
	for _, unit := range []struct {
		name string
		long time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}} {
		if n := int(d / unit.long); n == 1 {
			return web.T("span." + unit.name)
		} else if n > 1 {
			return web.T("span."+unit.name+"s", n)
		}
	}
	return web.T("span.minute")
}

// directory shows one directory.
func (h handler) directory(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.directoryPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) directoryPage(r *http.Request) (*DirectoryPage, *desk.Directory, error) {
	f, err := h.directoryFrame(r)
	if err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.DirectoryID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	d, err := h.svc.Directory(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	s, err := h.svc.DirectoryState(r.Context(), web.Actor(r), id, reportsShown)
	if err != nil {
		return nil, nil, err
	}
	state := h.stateOf(r, d, s)
	page := &DirectoryPage{Nav: f.nav, Name: d.Name, URL: directoryURL(id), Disabled: d.Disabled, People: s.People, Every: everyText(d.Every), State: &state, Reports: s.Reports}
	for i := range page.Reports {
		page.Reports[i].Started = web.ReaderOf(r).In(page.Reports[i].Started)
	}
	page.Form, err = h.directoryForm(r, d)
	return page, d, err
}

// newDirectory shows the form for a new directory.
func (h handler) newDirectory(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.newDirectoryPage(r, r.URL.Query().Get("kind"))
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) newDirectoryPage(r *http.Request, kind string) (*DirectoryPage, *desk.Directory, error) {
	f, err := h.directoryFrame(r)
	if err != nil {
		return nil, nil, err
	}
	if kind != "sql" {
		kind = "ldap"
	}
	list, err := h.svc.Directories(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	d := &desk.Directory{Kind: kind, Place: len(list) + 1, Every: time.Hour, MaxLoss: 10}
	page := &DirectoryPage{Nav: f.nav, URL: "/admin/directories"}
	page.Form, err = h.directoryForm(r, d)
	return page, d, err
}

// eitherPage is the page of the directory of the address, or that of a new one.
func (h handler) eitherPage(r *http.Request) (*DirectoryPage, *desk.Directory, error) {
	if r.PathValue("id") == "" {
		return h.newDirectoryPage(r, r.PostFormValue("kind"))
	}
	return h.directoryPage(r)
}

// saveDirectory makes or changes a directory.
func (h handler) saveDirectory(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, d, err := h.eitherPage(r)
	if err != nil {
		return err
	}
	if d.ID != 0 {
		err = stale(r, page.Form.Seen)
	}
	if err == nil {
		err = h.readDirectory(r, d)
	}
	if err == nil {
		d.ID, err = h.svc.SaveDirectory(r.Context(), web.Actor(r), *d)
	}
	if err != nil {
		page.Form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, directoryURL(d.ID), web.T("directory.saved", d.Name))
}

// tryDirectory reaches for a directory with what stands in the form.
func (h handler) tryDirectory(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, d, err := h.eitherPage(r)
	if err != nil {
		return err
	}
	if err = h.readDirectory(r, d); err == nil {
		var t *desk.DirectoryTrial
		if t, err = h.svc.TryDirectory(r.Context(), web.Actor(r), *d); err == nil {
			page.Trial, err = h.trial(r, d, t)
		}
	}
	if err != nil {
		page.Form.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	web.Retype(r, page.Form.fields()...)
	return h.site.Show(w, r, page.View())
}

// trial makes what was found ready to be shown.
func (h handler) trial(r *http.Request, d *desk.Directory, t *desk.DirectoryTrial) (*Trial, error) {
	out := &Trial{OK: t.OK(), Seen: web.T("directory.try.seen", t.Seen)}
	if t.More {
		out.Seen = web.T("directory.try.seen.more", t.Seen)
	}
	for _, s := range t.Steps {
		out.Steps = append(out.Steps, TrialStep{Label: web.T("directory.step." + s.Name), OK: s.OK, Text: s.Text})
	}
	names := map[string]string{}
	for _, g := range d.Groups {
		ours, err := h.svc.Group(r.Context(), web.Actor(r), g.Ours)
		if err != nil {
			return nil, err
		}
		names[desk.Fold(g.Theirs)] = ours.Name
	}
	for _, e := range t.Entries {
		row := TrialEntry{DirectoryEntry: e}
		for _, theirs := range e.Groups {
			if ours := names[desk.Fold(theirs)]; ours != "" {
				row.Ours = append(row.Ours, ours)
			}
		}
		out.Entries = append(out.Entries, row)
	}
	for _, l := range t.Lacks {
		out.Lacks = append(out.Lacks, web.T("directory.lacks."+l.What, l.Entries, t.Seen))
	}
	for _, name := range t.NoGroups {
		out.Lacks = append(out.Lacks, web.T("directory.lacks.group", name))
	}
	for _, key := range t.Unknown {
		out.Lacks = append(out.Lacks, web.T("directory.lacks.customer", key))
	}
	return out, nil
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
	return h.done(w, r, directoryURL(id), web.T("directory.soon"))
}

// switchDirectory disables or enables a directory.
func (h handler) switchDirectory(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, d, err := h.directoryPage(r)
	if err != nil {
		return err
	}
	d.Disabled = disable
	if _, err := h.svc.SaveDirectory(r.Context(), web.Actor(r), *d); err != nil {
		return err
	}
	return h.done(w, r, page.URL, switchedText(d.Name, disable))
}
