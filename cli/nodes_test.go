package cli_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gatehouse/bench"
	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/out"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// A cluster is three nodes on one PostgreSQL with one directory of files, and a
// relay. The way of each to the database can be cut, and its clock stepped.
type cluster struct {
	t      *testing.T
	dir    string
	server *pgtest.Server
	url    string // of the database, past the ways that can be cut
	relay  *mailtest.Relay
	nodes  [3]member
	ends   time.Time
	broken map[string]int
	mended chan struct{} // closed when nothing is broken any more
	poison int           // letters and jobs each that fail for ever
}

// A member is one node of a cluster.
type member struct {
	*node
	way   *way
	dir   string // where its way to the database is
	at    bench.Node
	how   error  // it ended, at last
	clock string // the file that says by how many seconds its clock is wrong
}

// A way forwards connections to the database until it is cut or held up.
type way struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	cut      bool
	open     map[net.Conn]bool
	held     sync.RWMutex // locked while nothing passes, and nobody is told
}

func newWay(t *testing.T, dir, to string) *way {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	w := &way{listener: l, to: to, open: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close(); w.set(true) })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go w.forward(from)
		}
	}()
	return w
}

func (w *way) forward(from net.Conn) {
	defer from.Close()
	server, err := net.Dial("unix", w.to)
	if err != nil {
		return
	}
	defer server.Close()
	w.mu.Lock()
	cut := w.cut
	w.open[from], w.open[server] = true, true
	w.mu.Unlock()
	if !cut {
		go func() { w.pass(server, from); server.Close() }()
		w.pass(from, server)
	}
	w.mu.Lock()
	delete(w.open, from)
	delete(w.open, server)
	w.mu.Unlock()
}

func (w *way) pass(to, from net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			w.held.RLock()
			_, writeErr := to.Write(buffer[:n])
			w.held.RUnlock()
			if writeErr != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// set cuts the way, with everything that is on it, or opens it again.
func (w *way) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	for conn := range w.open {
		if cut {
			conn.Close()
		}
	}
}

func newCluster(t *testing.T, lasts time.Duration) *cluster {
	t.Helper()
	c := &cluster{t: t, dir: t.TempDir(), server: pgtest.Start(t, pgtest.Durable), relay: mailtest.StartRelay(t), broken: map[string]int{},
		ends: time.Now().Add(lasts), mended: make(chan struct{})}
	c.url = c.server.NewDatabase(t)
	socket := filepath.Join(mustParse(t, c.url).Query().Get("host"), ".s.PGSQL.5432")
	for i := range c.nodes {
		m := &c.nodes[i]
		m.dir = t.TempDir()
		m.way, m.clock = newWay(t, m.dir, socket), filepath.Join(m.dir, "clock")
		m.at = bench.Node{Web: "http://" + freeAddress(t), LMTP: freeAddress(t)}
		c.start(m)
	}
	return c
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (c *cluster) start(m *member) {
	c.t.Helper()
	database := (&url.URL{Scheme: "postgres", Path: mustParse(c.t, c.url).Path,
		RawQuery: url.Values{"host": {m.dir}, "user": {"postgres"}}.Encode()}).String()
	m.node = startNode(c.t, gatehouse(c.t, c.dir, []string{"GATEHOUSE_DATABASE=" + database, "GATEHOUSE_LOG_LEVEL=error", "GATEHOUSE_RELAY=" + c.relay.Address,
		"GATEHOUSE_WEB=" + strings.TrimPrefix(m.at.Web, "http://"), "GATEHOUSE_LMTP=" + m.at.LMTP, "GATEHOUSE_SMTP=off", clockVar + "=" + m.clock}, "serve"))
}

// open opens the desk beside the nodes, past the ways, with a clock of its own.
func (c *cluster) open(now func() time.Time) (st *store.Store, svc *service.Service) {
	c.t.Helper()
	st, err := store.Open(c.t.Context(), store.Options{Dir: filepath.Join(c.dir, "data"), URL: c.url, Now: now})
	if err != nil {
		c.t.Fatal(err)
	}
	return st, service.New(st, service.Options{Now: now, Name: "Bench", Domain: "desk.example"})
}

// pause lets the load go on for a while.
func (c *cluster) pause() { <-time.After(time.Second + rand.N(time.Second)) }

// breakThings breaks one thing after the other and mends it, until the time is
// over.
func (c *cluster) breakThings() {
	defer close(c.mended)
	faults := []struct {
		name string
		do   func(m *member)
	}{
		{"node killed", c.kill},
		{"way to the database cut", func(m *member) { m.way.set(true); c.pause(); m.way.set(false) }},
		{"database crashed", func(*member) { c.server.Crash(c.t); c.server.Restart(c.t) }},
		{"node stopped for a while", func(m *member) {
			_ = m.cmd.Process.Signal(syscall.SIGSTOP)
			c.pause()
			_ = m.cmd.Process.Signal(syscall.SIGCONT)
		}},
		{"clock stepped", func(m *member) { c.stepClock(m, []int{600, -300, 0, 90}[rand.IntN(4)]) }},
		{"way to the database held up", func(m *member) { m.way.held.Lock(); c.pause(); m.way.held.Unlock() }},
		{"relay away", func(*member) { c.relay.Down(); c.pause(); c.relay.Up() }},
		{"poison in spool and jobs", func(*member) { c.addPoison() }},
		{"database restarted", func(*member) { c.server.Stop(c.t); c.pause(); c.server.Restart(c.t) }},
		{"node ended in order", func(m *member) { _ = m.cmd.Process.Signal(syscall.SIGTERM); m.wait(); c.start(m) }},
	}
	for n := 0; time.Now().Before(c.ends); n++ {
		fault := faults[n%len(faults)]
		c.pause()
		fault.do(&c.nodes[rand.IntN(len(c.nodes))])
		c.broken[fault.name]++
	}
	for i := range c.nodes {
		c.stepClock(&c.nodes[i], 0)
	}
}

// wait waits until the process has ended, and notes how.
func (m *member) wait() { m.how = <-m.ended }

func (c *cluster) kill(m *member) {
	_ = m.cmd.Process.Kill()
	m.wait()
	c.start(m)
}

func (c *cluster) stepClock(m *member, seconds int) {
	if err := os.WriteFile(m.clock+".new", fmt.Append(nil, seconds), 0o600); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Rename(m.clock+".new", m.clock); err != nil {
		c.t.Fatal(err)
	}
}

// addPoison adds a letter at which the program broke off each time and a job
// that no try will do.
func (c *cluster) addPoison() {
	st, _ := c.open(time.Now)
	defer st.Close()
	err := st.Do(c.t.Context(), func(tx *store.Tx) error {
		sp := &desk.Spooled{Envelope: desk.Envelope{From: "x@case.example", Recipient: "queue1@desk.example", Via: "lmtp"},
			Raw: fmt.Appendf(nil, "Subject: poison %d\r\n\r\nx\r\n", c.poison), Tries: 99}
		if err := tx.InsertSpooled(c.t.Context(), sp); err != nil {
			return err
		}
		return tx.InsertJob(c.t.Context(), &desk.Job{Kind: service.JobNotify, Data: `{"event":`})
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.poison++
}

// settle ends all nodes by force and does the work that is left, hours later
// so that nobody holds any of it and all that fails has failed too often.
func (c *cluster) settle(ctx context.Context) error {
	<-c.mended
	for i := range c.nodes {
		_ = c.nodes[i].cmd.Process.Kill()
		c.nodes[i].wait()
	}
	var later time.Duration
	st, svc := c.open(func() time.Time { return time.Now().Add(later) })
	defer st.Close()
	log := slog.New(slog.DiscardHandler)
	runner := jobs.New(log, jobs.Step{Name: "spool", Do: (&in.Processor{Service: svc, Log: log}).Step},
		jobs.Handle(svc, log, service.StepEvents, map[string]jobs.Handler{service.JobNotify: notify.Handler(svc)}),
		jobs.Step{Name: "outbox", Do: (&out.Sender{Service: svc, Log: log, Relay: out.Relay{Address: c.relay.Address}}).Step})
	for range 15 {
		later += 2 * time.Hour
		if err := runner.Drain(ctx); err != nil {
			return err
		}
	}
	counts, err := svc.PostCounts(ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return err
	}
	if int(counts.SpoolParked) != c.poison || int(counts.JobsParked) != c.poison {
		c.t.Errorf("%d letters and %d jobs are parked, want %d each: those that were poison", counts.SpoolParked, counts.JobsParked, c.poison)
	}
	if counts.OutWaiting+counts.OutFailed+counts.Jobs+counts.SpoolWaiting > 0 {
		c.t.Errorf("work is left: %+v", counts)
	}
	return nil
}

// checkRelay: each letter that went out has the same bytes on every try.
func (c *cluster) checkRelay() (letters, tries int) {
	raw := map[string]string{}
	for _, s := range c.relay.Take() {
		tries++
		key := s.Letter.MessageID + " " + s.To
		if first, ok := raw[key]; ok && first != string(s.Raw) {
			c.t.Errorf("%s was sent with other bytes:\n%s\nand\n%s", key, first, s.Raw)
		}
		raw[key] = string(s.Raw)
	}
	return len(raw), tries
}

// TestThreeNodes drives a mixed load at three nodes while they are killed and
// stopped, cut off from the database, held up, told a wrong time, while the
// database crashes and restarts, the relay is away, and letters and jobs fail
// for ever. Nothing that was confirmed may be lost, nothing doubled, and no
// right that was taken away used. GATEHOUSE_RELIABILITY says for how long, such
// as 10m.
func TestThreeNodes(t *testing.T) {
	lasts, rate := 25*time.Second, 20.0
	if d, err := time.ParseDuration(os.Getenv("GATEHOUSE_RELIABILITY")); err == nil {
		lasts = d
	}
	c := newCluster(t, lasts)
	begun, ended := make(chan struct{}), make(chan error, 1)
	var report *bench.ServeReport
	options := bench.ServeOptions{Size: "XS", Seed: 1, URL: c.url, Data: filepath.Join(c.dir, "data"), Rate: rate, Clients: 12, For: lasts,
		People: 16, Patience: 2 * time.Minute, Settle: c.settle, Progress: func(part string, _, _ int) {
			if part == "driving the load" {
				close(begun)
			}
		}}
	for _, m := range c.nodes {
		options.Nodes = append(options.Nodes, m.at)
	}
	go func() {
		var err error
		report, err = bench.Serve(t.Context(), options)
		ended <- err
	}()
	select {
	case <-begun:
	case err := <-ended:
		t.Fatal(err)
	}
	c.ends = time.Now().Add(lasts)
	c.breakThings()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	c.judge(report)
}

func (c *cluster) judge(report *bench.ServeReport) {
	t := c.t
	for _, wrong := range report.Wrong {
		t.Error(wrong)
	}
	if report.WrongCount > 0 || report.GivenUp > 0 {
		t.Errorf("%d wrong answers, %d requests given up", report.WrongCount, report.GivenUp)
	}
	for _, what := range []string{"letters", "memberships", "messages", "tickets"} {
		if report.Confirmed[what] == 0 {
			t.Errorf("no %s were confirmed", what)
		}
	}
	var text strings.Builder
	if err := report.Write(&text); err != nil {
		t.Error(err)
	}
	letters, tries := c.checkRelay()
	var faults []string
	for name, n := range c.broken {
		faults = append(faults, fmt.Sprintf("%d × %s", n, name))
	}
	slices.Sort(faults)
	_, _ = io.WriteString(t.Output(), text.String())
	t.Logf("faults: %s; %d letters went out in %d tries", strings.Join(faults, ", "), letters, tries)
}
