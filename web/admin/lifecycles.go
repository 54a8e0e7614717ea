package admin

import (
	"cmp"
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// lifeCyclesURL is where life cycles are looked at.
const lifeCyclesURL = "/admin/life-cycles"

// lifeCycleRoutes adds the pages of life cycles.
func (h handler) lifeCycleRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET /admin/life-cycles", h.lifeCycles)
	page("GET /admin/life-cycles/{id}", h.lifeCycle)
	page("POST /admin/life-cycles/{id}", h.saveLifeCycle)
	page("GET /admin/queues/{id}/life-cycle", h.queueCycle)
	page("POST /admin/queues/{id}/life-cycle", h.giveCycle)
}

func lifeCycleURL(id desk.LifeCycleID) string {
	return lifeCyclesURL + "/" + strconv.FormatInt(int64(id), 10)
}

// lifeFrame is the frame of the pages of life cycles, with all of them.
func (h handler) lifeFrame(r *http.Request) (*frame, []service.LifeCycleLine, error) {
	f, err := h.frame(r, "admin.lifecycles")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Clocks); err != nil {
		return nil, nil, err
	}
	list, err := h.svc.LifeCycles(r.Context(), web.Actor(r))
	return f, list, err
}

// lifeCycles lists them.
func (h handler) lifeCycles(w http.ResponseWriter, r *http.Request) error {
	f, list, err := h.lifeFrame(r)
	if err != nil {
		return err
	}
	page := &LifeCyclesPage{Nav: f.nav, May: f.ChangeClocks, Undo: takeBackOf(r)}
	for _, c := range list {
		row := LifeCycleRow{Name: c.Name, URL: lifeCycleURL(c.ID), Queues: c.Queues, Shipped: c.ID == 0, About: c.About}
		for _, s := range c.States {
			if s.Name != desk.StatusDeleted {
				row.Statuses = append(row.Statuses, string(s.Name))
			}
		}
		page.Cycles = append(page.Cycles, row)
	}
	return h.site.Show(w, r, page.View())
}

// cycleName is what a life cycle is called.
func cycleName(c *desk.LifeCycle) web.Text {
	if c.ID == 0 {
		return web.T("lifecycle.shipped")
	}
	return web.Plain(c.Name)
}

// lifeCycle shows one; of a new one the form, filled from the one that it is
// copied from.
func (h handler) lifeCycle(w http.ResponseWriter, r *http.Request) error {
	page, c, err := h.lifeCyclePage(r)
	if err != nil {
		return err
	}
	page.fill(c, nil)
	return h.site.Show(w, r, page.View())
}

func (h handler) lifeCyclePage(r *http.Request) (*LifeCyclePage, *desk.LifeCycle, error) {
	f, list, err := h.lifeFrame(r)
	if err != nil {
		return nil, nil, err
	}
	page := &LifeCyclePage{Nav: f.nav, May: f.ChangeClocks, URL: lifeCyclesURL + "/" + r.PathValue("id"), Undo: takeBackOf(r)}
	if r.PathValue("id") == "new" {
		page.URL += "?" + r.URL.RawQuery
		from, _ := strconv.ParseInt(r.URL.Query().Get("from"), 10, 64)
		c := copyOf(web.ReaderOf(r), list, desk.LifeCycleID(from))
		return page, c, partOf(page.May)
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	for i := range list {
		if err == nil && list[i].ID == desk.LifeCycleID(id) {
			c := list[i].LifeCycle
			page.Shipped, page.Title, page.Queues = id == 0, c.Name, list[i].Queues
			page.Copy = lifeCyclesURL + "/new?from=" + strconv.FormatInt(id, 10)
			page.May = page.May && !page.Shipped
			return page, &c, nil
		}
	}
	return nil, nil, desk.Errorf(desk.NotFound, "There is no such life cycle.")
}

// copyOf is a new life cycle as another one is, with the buttons in the
// reader's words.
func copyOf(reader web.Reader, list []service.LifeCycleLine, from desk.LifeCycleID) *desk.LifeCycle {
	c := *desk.ShippedLifeCycle()
	for _, line := range list {
		if line.ID == from && from != 0 {
			c = line.LifeCycle
		}
	}
	c.ID, c.Name = 0, ""
	steps := c.Steps
	c.Steps = nil
	for _, s := range steps {
		if s.Label != "" {
			s.Label = reader.Say(web.Known("step.", s.Label))
		}
		c.Steps = append(c.Steps, s)
	}
	return &c
}

// saveLifeCycle shows what a change would do, or makes it.
func (h handler) saveLifeCycle(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, old, err := h.lifeCyclePage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.May); err != nil {
		return err
	}
	if r.PostFormValue("do") == "remove" {
		change, err := h.svc.RemoveLifeCycle(r.Context(), web.Actor(r), old.ID)
		if err == nil {
			return h.done(w, r, withUndo(lifeCyclesURL, change), web.T("lifecycle.removed", old.Name))
		}
		page.fill(old, nil)
		page.Error = web.Plain(desk.Sentence(err))
		return h.showRefused(w, r, page.View(), err)
	}
	c, wrong := readLifeCycle(r, old)
	in := service.LifeCycleChange{Cycle: *c, Map: readMap(r)}
	page.fill(c, r.PostForm)
	if wrong == nil && r.PostFormValue("do") == "save" {
		var done *service.LifeCycleEffect
		if done, err = h.svc.SaveLifeCycle(r.Context(), web.Actor(r), in); err == nil {
			to := lifeCycleURL(done.ID)
			if old.ID == 0 {
				to = lifeCyclesURL // where it is when it is taken back
			}
			return h.done(w, r, withUndo(to, done.Change), web.T("clocks.saved", c.Name))
		}
		wrong = err
	}
	effect, err := h.svc.WeighLifeCycle(r.Context(), web.Actor(r), in)
	if err == nil {
		page.Effect = effectOf(effect, c, wrong)
	}
	if wrong = cmp.Or(wrong, err); wrong == nil {
		return h.site.Show(w, r, page.View())
	}
	if rest := web.Refuse(wrong, &page.Name, &page.Becomes); rest != "" && (page.Effect == nil || desk.KindOf(wrong) != desk.Conflict) {
		page.Error = web.Plain(rest)
	} else if page.Effect != nil {
		page.Error = web.T("lifecycle.map.first")
	}
	return h.showRefused(w, r, page.View(), wrong)
}

// effectOf shows what a change does, with fields for what is open.
func effectOf(e *service.LifeCycleEffect, to *desk.LifeCycle, err error) *CycleEffect {
	out := &CycleEffect{Queues: e.Queues, Added: namesOf(e.Added), Gone: namesOf(e.Gone), StepsAdded: stepRows(e.StepsAdded), StepsGone: stepRows(e.StepsGone)}
	wrong := desk.FieldTexts(err)
	for _, m := range e.Moved {
		f := web.Field{Form: "map-", Name: "map." + string(m.From), Kind: "select", Label: string(m.From), Error: wrong["map."+string(m.From)]}
		f.Autofocus = f.Error != ""
		f.Help = strconv.FormatInt(m.Tickets, 10)
		for _, s := range to.States {
			if s.Name != desk.StatusDeleted {
				f.Options = append(f.Options, web.Option{Value: string(s.Name), Label: web.Known("status.", string(s.Name)), Selected: s.Name == m.To})
			}
		}
		out.Moved = append(out.Moved, f)
	}
	out.Nothing = len(out.Moved)+len(out.Added)+len(out.Gone)+len(out.StepsAdded)+len(out.StepsGone) == 0
	return out
}

func namesOf(list []desk.Status) []string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

func stepRows(list []desk.Step) []StepRow {
	var out []StepRow
	for _, s := range list {
		out = append(out, StepRow{From: string(s.From), To: string(s.To), Right: s.Asks().String()})
	}
	return out
}

// queueCycle shows what it would do to give a queue another life cycle.
func (h handler) queueCycle(w http.ResponseWriter, r *http.Request) error {
	page, in, err := h.queueCyclePage(r)
	if err != nil {
		return err
	}
	effect, err := h.svc.WeighLifeCycle(r.Context(), web.Actor(r), in)
	if err != nil {
		return err
	}
	page.Effect = effectOf(effect, &in.Cycle, nil)
	return h.site.Show(w, r, page.View())
}

func (h handler) queueCyclePage(r *http.Request) (*QueueCyclePage, service.LifeCycleChange, error) {
	var in service.LifeCycleChange
	f, list, err := h.lifeFrame(r)
	if err != nil {
		return nil, in, err
	}
	id, err := web.ID[desk.QueueID](r, "id")
	if err != nil {
		return nil, in, err
	}
	q, err := h.svc.Queue(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, in, err
	}
	now, err := h.svc.QueueLifeCycle(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, in, err
	}
	page := &QueueCyclePage{Nav: f.nav, Queue: q.Name, QueueID: strconv.FormatInt(int64(id), 10), CycleID: r.FormValue("cycle"), From: cycleName(now)}
	wanted, err := strconv.ParseInt(cmp.Or(page.CycleID, strconv.FormatInt(int64(now.ID), 10)), 10, 64)
	page.CycleID = strconv.FormatInt(wanted, 10)
	for i := range list {
		if err == nil && list[i].ID == desk.LifeCycleID(wanted) {
			in = service.LifeCycleChange{Queue: id, Cycle: list[i].LifeCycle, Map: readMap(r)}
			page.To, page.Drawing = cycleName(&in.Cycle), drawLifeCycle(&in.Cycle)
			return page, in, nil
		}
	}
	return nil, in, desk.Errorf(desk.NotFound, "There is no such life cycle.")
}

// giveCycle gives a queue another life cycle.
func (h handler) giveCycle(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, in, err := h.queueCyclePage(r)
	if err != nil {
		return err
	}
	done, err := h.svc.SaveLifeCycle(r.Context(), web.Actor(r), in)
	if err == nil {
		return h.done(w, r, withUndo(lifeCyclesURL, done.Change), web.T("lifecycle.given", page.Queue, web.ReaderOf(r).Say(page.To)))
	}
	effect, weighed := h.svc.WeighLifeCycle(r.Context(), web.Actor(r), in)
	if weighed != nil {
		return err
	}
	page.Effect, page.Error = effectOf(effect, &in.Cycle, err), web.Plain(desk.Sentence(err))
	return h.showRefused(w, r, page.View(), err)
}

// fillLife shows which life cycle a queue has.
func (h handler) fillLife(r *http.Request, page *QueuePage, id desk.QueueID, may bool) error {
	if !may {
		return nil
	}
	now, err := h.svc.QueueLifeCycle(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	list, err := h.svc.LifeCycles(r.Context(), web.Actor(r))
	page.Life = &QueueLife{Name: cycleName(now), URL: lifeCycleURL(now.ID), Action: page.URL + "/life-cycle", Cycle: web.Field{Name: "cycle", Kind: "select"}}
	for i := range list {
		if c := &list[i].LifeCycle; c.ID != now.ID {
			page.Life.Cycle.Options = append(page.Life.Cycle.Options, web.Option{Value: strconv.FormatInt(int64(c.ID), 10), Label: cycleName(c)})
		}
	}
	return err
}
