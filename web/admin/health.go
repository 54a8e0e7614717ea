package admin

import (
	"net/http"
	"strconv"
	"strings"
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
	Work    []WorkRow
}

// A WorkRow is a sort of work that the desk does by itself.
type WorkRow struct {
	What    web.Text
	State   string // names its texts
	Trouble bool
	Says    web.Text  // more about the state; empty: nothing
	Since   time.Time // of the state
	Reason  string    // what the last failure said; empty: there is none, or the reader is not told
	Ran     time.Time // when it was last done; zero: never
	Took    string    // as 45 ms
	Next    time.Time // zero: as soon as there is some
	Now     bool      // the next is due
	Waiting int
}

// NewWorkRow shows how it goes with a sort of work.
func NewWorkRow(w service.Work, now time.Time, in func(time.Time) time.Time) WorkRow {
	row := WorkRow{What: workName(w.Step), State: string(w.State), Trouble: w.State.Trouble(), Reason: w.Reason, Took: took(w.Took), Waiting: w.Waiting, Now: !w.Next.IsZero() && !w.Next.After(now)}
	for to, at := range map[*time.Time]time.Time{&row.Since: w.Since, &row.Ran: w.Ran, &row.Next: w.Next} {
		if !at.IsZero() {
			*to = in(at)
		}
	}
	switch w.State {
	case service.WorkFails, service.WorkRetried:
		row.Says = web.T("health.work.says."+row.State, w.Failures, w.Node)
	case service.WorkBusy, service.WorkHangs, service.WorkUnlooked:
		row.Says = web.T("health.work.says."+row.State, w.Node)
	case service.WorkLate, service.WorkOff:
		row.Says = web.T("health.work.says." + row.State)
	}
	return row
}

// workName is what a sort of work is called.
func workName(step string) web.Text {
	return web.T("health.work.of." + strings.ReplaceAll(step, " ", "-"))
}

// took is how long something took, in few digits.
func took(d time.Duration) string {
	switch {
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return strconv.FormatFloat(d.Minutes(), 'f', 1, 64) + " min"
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

// fillNodes shows who serves the desk.
func (h handler) fillNodes(r *http.Request, page *HealthPage, now time.Time) error {
	nodes, err := h.svc.Nodes(r.Context(), web.Actor(r))
	reader := web.ReaderOf(r)
	for _, n := range nodes {
		page.Nodes = append(page.Nodes, NodeRow{n.Name, n.Program, reader.In(n.Started), reader.In(n.Seen), now.Sub(n.Seen) > service.NodeSilent, behindText(n.Behind)})
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
	for _, w := range found.Work {
		page.Work = append(page.Work, NewWorkRow(w, found.Now, reader.In))
	}
	for _, l := range found.Looks {
		page.Looks = append(page.Looks, LookRow(l))
	}
	return h.site.Show(w, r, page.View())
}
