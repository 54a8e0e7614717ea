package admin

import (
	"net/http"
	"strconv"
	"time"

	"gatehouse/service"
	"gatehouse/web"
)

// A HealthPage says how the desk is doing.
type HealthPage struct {
	Nav     []web.NavSection
	Program string
	Waits   []WaitRow
	Nodes   []NodeRow
	Mixed   bool      // they run more than one version of the program
	Looks   []LookRow // none: nobody looked
	Replica ReplicaRow
}

// A WaitRow is a sort of work that waits.
type WaitRow struct {
	What    web.Text
	Count   int
	Oldest  time.Time // zero: not known, or nothing waits
	URL     string    // empty: there is no list of it
	Trouble bool
}

// A ReplicaRow says how it is with the replica from which lists may be read.
type ReplicaRow struct {
	Set, Used bool
	Late      string // in seconds, as 0.2; empty: not known
	Why       web.Text
	Behind    int64 // how often this node asked the database instead
	Answered  int64
}

// NewReplicaRow shows how it is.
func NewReplicaRow(r service.ReplicaState) ReplicaRow {
	row := ReplicaRow{Set: r.Set, Used: r.Used, Answered: r.Answered, Behind: r.Behind + r.Failed}
	if r.Late >= 0 {
		row.Late = strconv.FormatFloat(r.Late.Seconds(), 'f', 1, 64)
	}
	if !r.Used {
		row.Why = web.T("health.replica." + r.Cause)
	}
	return row
}

// A LookRow is what was found out about one thing.
type LookRow struct{ Thing, State, Said string }

// A NodeRow is a process that serves the desk, or did and was killed.
type NodeRow struct {
	Name, Program string
	Started, Seen time.Time
	Silent        bool // it has said nothing for longer than it should
	Rights        web.Text
}

// silentAfter is how long a node that runs may say nothing.
const silentAfter = time.Minute

// fillNodes shows who serves the desk.
func (h handler) fillNodes(r *http.Request, page *HealthPage, now time.Time) error {
	nodes, err := h.svc.Nodes(r.Context(), web.Actor(r))
	reader := web.ReaderOf(r)
	for _, n := range nodes {
		page.Nodes = append(page.Nodes, NodeRow{n.Name, n.Program, reader.In(n.Started), reader.In(n.Seen), now.Sub(n.Seen) > silentAfter, behindText(n.Behind)})
		page.Mixed = page.Mixed || n.Program != nodes[0].Program
	}
	return err
}

// behindText says how far a node is with changes of rights.
func behindText(behind int64) web.Text {
	switch {
	case behind < 0:
		return web.T("health.rights.unknown")
	case behind == 0:
		return web.T("health.rights.now")
	case behind == 1:
		return web.T("health.rights.one")
	}
	return web.T("health.rights.behind", behind)
}

// View makes the page ready to be shown.
func (p HealthPage) View() web.View {
	return web.View{Template: "admin/health", Title: web.T("health.title"), Nav: p.Nav, Crumbs: toStart(), Body: p}
}

// health shows what waits, and on request looks at all on which the desk
// depends.
func (h handler) health(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "health.title")
	if err != nil {
		return err
	}
	if err := partOf(f.Clocks); err != nil {
		return err
	}
	found, err := h.svc.Health(r.Context(), web.Actor(r), r.FormValue("look") != "")
	if err != nil {
		return err
	}
	reader, post := web.ReaderOf(r), found.Post
	page := HealthPage{Nav: f.nav, Program: found.Program, Waits: []WaitRow{
		{What: web.T("health.jobs"), Count: post.Jobs},
		{What: web.T("health.runs"), Count: post.JobsParked, Trouble: post.JobsParked > 0},
		{What: web.T("health.out"), Count: post.OutWaiting, Oldest: reader.In(post.OldestOut), URL: "/admin/outbox?status=waiting"},
		{What: web.T("health.outfailed"), Count: post.OutFailed, URL: "/admin/outbox?status=failed", Trouble: post.OutFailed > 0},
		{What: web.T("health.spool"), Count: post.SpoolWaiting, Oldest: reader.In(post.OldestSpool), URL: "/admin/spool?status=waiting"},
		{What: web.T("health.spoolparked"), Count: post.SpoolParked, URL: "/admin/spool?status=parked", Trouble: post.SpoolParked > 0},
	}}
	for i := range page.Waits {
		if !f.Mail {
			page.Waits[i].URL = ""
		}
	}
	page.Replica = NewReplicaRow(found.Replica)
	if err := h.fillNodes(r, &page, found.Now); err != nil {
		return err
	}
	for _, l := range found.Looks {
		page.Looks = append(page.Looks, LookRow(l))
	}
	return h.site.Show(w, r, page.View())
}
