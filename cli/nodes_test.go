package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gatehouse/access"
	"gatehouse/access/oracle"
	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// A cluster is three nodes on one PostgreSQL with one directory of files. The
// way of each to the database can be cut.
type cluster struct {
	t      *testing.T
	dir    string
	server *pgtest.Server
	url    string // of the database, past the ways that can be cut
	ways   [3]*way
	mu     sync.Mutex
	nodes  [3]*node
	ends   time.Time
	tokens map[string]string
	ids    map[string]desk.PrincipalID
	queue  desk.QueueID
	ticket desk.TicketID // that carl may read while he is in the group

	tickets, letters, reads, denials atomic.Int64 // confirmed
	faults                           chan string
}

// A way forwards connections to the database until it is cut.
type way struct {
	listener net.Listener
	mu       sync.Mutex
	cut      bool
	open     map[net.Conn]bool
}

func newWay(t *testing.T, dir, to string) *way {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	w := &way{listener: l, open: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close(); w.set(true) })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go w.forward(from, to)
		}
	}()
	return w
}

func (w *way) forward(from net.Conn, to string) {
	defer from.Close()
	server, err := net.Dial("unix", to)
	if err != nil {
		return
	}
	defer server.Close()
	w.mu.Lock()
	cut := w.cut
	w.open[from], w.open[server] = true, true
	w.mu.Unlock()
	if !cut {
		go func() { _, _ = io.Copy(server, from); server.Close() }()
		_, _ = io.Copy(from, server)
	}
	w.mu.Lock()
	delete(w.open, from)
	delete(w.open, server)
	w.mu.Unlock()
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
	c := &cluster{t: t, dir: t.TempDir(), server: pgtest.Start(t, pgtest.Durable), tokens: map[string]string{}, faults: make(chan string, 1000)}
	c.url = c.server.NewDatabase(t)
	c.fill()
	u, err := url.Parse(c.url)
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(u.Query().Get("host"), ".s.PGSQL.5432")
	for i := range c.nodes {
		dir := t.TempDir()
		c.ways[i] = newWay(t, dir, socket)
		c.start(i, dir)
	}
	c.ends = time.Now().Add(lasts)
	return c
}

// fill makes the desk: an administrator, an agent, and a contact who reads by a
// group alone.
func (c *cluster) fill() {
	svc, closed := c.service(time.Now)
	defer closed()
	ctx, by := c.t.Context(), desk.System(desk.ViaCLI)
	c.ids = map[string]desk.PrincipalID{}
	check := func(err error) {
		c.t.Helper()
		if err != nil {
			c.t.Fatal(err)
		}
	}
	var err error
	for login, kind := range map[string]desk.UserKind{"root": desk.Agent, "anna": desk.Agent, "carl": desk.Contact} {
		id, err := svc.CreateUser(ctx, by, desk.User{Login: login, Kind: kind, Addresses: []string{login + "@case.example"}})
		check(err)
		c.ids[login] = desk.PrincipalID(id)
		c.tokens[login], err = svc.CreateToken(ctx, by, id, "test", time.Time{})
		check(err)
	}
	group, err := svc.CreateGroup(ctx, by, desk.Group{Name: "readers"})
	check(err)
	c.ids["readers"] = desk.PrincipalID(group)
	c.queue, err = svc.CreateQueue(ctx, by, desk.Queue{Name: "support", Address: "support@desk.example"})
	check(err)
	for _, g := range []desk.Grant{
		{Who: c.ids["root"], Right: desk.SuperUser, Place: desk.OnSystem()},
		{Who: desk.Everyone, Right: desk.CreateTicket, Place: desk.OnSystem()},
		{Who: c.ids["anna"], Right: desk.ShowTicket, Place: desk.OnSystem()},
		{Who: c.ids["anna"], Right: desk.SeeQueue, Place: desk.OnSystem()},
		{Who: c.ids["readers"], Right: desk.ShowTicket, Place: desk.OnQueue(c.queue)},
	} {
		_, err := svc.Grant(ctx, by, g)
		check(err)
	}
	opened, err := svc.OpenTicket(ctx, by, service.NewTicket{Queue: c.queue, Subject: "To be read"})
	check(err)
	c.ticket = opened
}

func (c *cluster) service(now func() time.Time) (svc *service.Service, closed func()) {
	st, err := store.Open(c.t.Context(), store.Options{Dir: filepath.Join(c.dir, "data"), URL: c.url, Migrate: true, Now: now})
	if err != nil {
		c.t.Fatal(err)
	}
	return service.New(st, service.Options{Now: now}), func() { st.Close() }
}

func (c *cluster) start(i int, dir string) {
	database := (&url.URL{Scheme: "postgres", Path: mustParse(c.t, c.url).Path,
		RawQuery: url.Values{"host": {dir}, "user": {"postgres"}}.Encode()}).String()
	cmd := gatehouse(c.t, c.dir, []string{"GATEHOUSE_DATABASE=" + database, "GATEHOUSE_LOG_LEVEL=error"}, "serve")
	n := startNode(c.t, cmd)
	n.dir = dir
	c.mu.Lock()
	c.nodes[i] = n
	c.mu.Unlock()
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// any is one of the nodes, whatever state it is in.
func (c *cluster) any() *node {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nodes[rand.IntN(len(c.nodes))]
}

func (c *cluster) over() bool { return time.Now().After(c.ends) }

// A question is a request of somebody, sent again under the same key.
type question struct {
	who, method, path string
	body              any
	key               string
}

// call asks a node. A status of zero: no answer.
func (c *cluster) call(q question) (status int, answer []byte) {
	var content bytes.Buffer
	if q.body != nil {
		if err := json.NewEncoder(&content).Encode(q.body); err != nil {
			return 0, nil
		}
	}
	request, err := http.NewRequest(q.method, c.any().web+"/api/v1"+q.path, &content)
	if err != nil {
		return 0, nil
	}
	request.Header.Set("Authorization", "Bearer "+c.tokens[q.who])
	request.Header.Set("Content-Type", "application/json")
	if q.key != "" {
		request.Header.Set("Idempotency-Key", q.key)
	}
	client := &http.Client{Timeout: 4 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	if err != nil {
		return 0, nil
	}
	return response.StatusCode, answer
}

// until repeats a question until it is answered with one of the statuses.
func (c *cluster) until(q question, want ...int) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		status, answer := c.call(q)
		if slices.Contains(want, status) {
			return
		}
		if status != 0 && status < 500 {
			c.faults <- fmt.Sprintf("%s %s by %s: got %d, want %v: %s", q.method, q.path, q.who, status, want, answer)
			return
		}
	}
	c.faults <- q.method + " " + q.path + ": no good answer for a minute"
}

// openTickets opens tickets by the interface; each is sent again until it is
// confirmed.
func (c *cluster) openTickets(client int) {
	for i := 0; !c.over(); i++ {
		subject := fmt.Sprintf("ticket %d-%d", client, i)
		c.until(question{"anna", "POST", "/tickets", map[string]any{"queue": c.queue, "subject": subject, "text": "x"}, subject}, 201)
		c.tickets.Add(1)
	}
}

// sendLetters sends letters, each again until it is taken.
func (c *cluster) sendLetters(client int) {
	for i := 0; !c.over(); i++ {
		letter := fmt.Sprintf("From: l%d@case.example\r\nTo: support@desk.example\r\nSubject: letter %d-%d\r\nMessage-ID: <%d.%d@case.example>\r\n\r\nx\r\n", client, client, i, client, i)
		for deadline := time.Now().Add(time.Minute); smtp.SendMail(c.any().smtp, nil, "l@case.example", []string{"support@desk.example"}, []byte(letter)) != nil; {
			if time.Now().After(deadline) {
				c.faults <- "a letter was not taken for a minute"
				return
			}
		}
		c.letters.Add(1)
	}
}

// giveAndTake lets carl read and takes it away again. Once that is confirmed,
// no node may show him the ticket; asked is what another one says.
func (c *cluster) giveAndTake() {
	members := fmt.Sprintf("/groups/%d/members", c.ids["readers"])
	for !c.over() {
		c.until(question{"root", "POST", members, map[string]any{"member": c.ids["carl"]}, ""}, 200, 201, 204, 409)
		c.until(question{"carl", "GET", fmt.Sprintf("/tickets/%d", c.ticket), nil, ""}, 200)
		c.reads.Add(1)
		c.until(question{"root", "DELETE", fmt.Sprintf("%s/%d", members, c.ids["carl"]), nil, ""}, 200, 204, 404)
		for range 5 {
			c.until(question{"carl", "GET", fmt.Sprintf("/tickets/%d", c.ticket), nil, ""}, 404)
			c.denials.Add(1)
		}
	}
}

// breakThings kills and stops nodes, cuts their ways and crashes the database,
// one after the other.
func (c *cluster) breakThings() (broken int) {
	for ; !c.over(); broken++ {
		i := broken % len(c.nodes)
		n := c.nodes[i]
		switch broken % 4 {
		case 0:
			_ = n.cmd.Process.Kill()
			c.t.Logf("node %d was killed: %v", i, <-n.ended)
			dir := c.t.TempDir()
			c.ways[i] = newWay(c.t, dir, filepath.Join(mustParse(c.t, c.url).Query().Get("host"), ".s.PGSQL.5432"))
			c.start(i, dir)
		case 1:
			c.ways[i].set(true)
			c.pause()
			c.ways[i].set(false)
		case 2:
			c.server.Crash(c.t)
			c.server.Restart(c.t)
		case 3:
			_ = n.cmd.Process.Signal(syscall.SIGSTOP)
			c.pause()
			_ = n.cmd.Process.Signal(syscall.SIGCONT)
		}
		c.pause()
	}
	return broken
}

// pause lets the load go on for a while.
func (c *cluster) pause() {
	before := c.tickets.Load() + c.letters.Load()
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end) && c.tickets.Load()+c.letters.Load() < before+10; {
		<-time.After(50 * time.Millisecond)
	}
}

// TestThreeNodes puts a mixed load on three nodes while they are killed and
// stopped, cut off from the database, and the database crashes. Nothing that
// was confirmed may be lost, nothing doubled, and no right that was taken away
// used. GATEHOUSE_RELIABILITY says for how long, such as 10m.
func TestThreeNodes(t *testing.T) {
	lasts := 12 * time.Second
	if d, err := time.ParseDuration(os.Getenv("GATEHOUSE_RELIABILITY")); err == nil {
		lasts = d
	}
	c := newCluster(t, lasts)
	var load sync.WaitGroup
	for client := range 2 {
		load.Go(func() { c.openTickets(client) })
		load.Go(func() { c.sendLetters(client) })
	}
	load.Go(c.giveAndTake)
	broken := c.breakThings()
	load.Wait()
	for _, n := range c.nodes {
		_ = n.cmd.Process.Kill()
		t.Logf("a node was ended: %v", <-n.ended)
	}
	close(c.faults)
	for fault := range c.faults {
		t.Error(fault)
	}
	c.count()
	t.Logf("in %v: %d faults made; confirmed: %d tickets, %d letters, %d reads, %d refusals", lasts, broken,
		c.tickets.Load(), c.letters.Load(), c.reads.Load(), c.denials.Load())
}

// count does the work that is left, an hour later so that nobody holds any of
// it, and counts what became of all that was confirmed.
func (c *cluster) count() {
	t, ctx, by := c.t, c.t.Context(), desk.System(desk.ViaCLI)
	svc, closed := c.service(func() time.Time { return time.Now().Add(time.Hour) })
	defer closed()
	processor := &in.Processor{Service: svc, Log: slog.New(slog.DiscardHandler)}
	for worked := true; worked; {
		var err error
		if worked, err = processor.Step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]int64{}
	filter := service.TicketFilter{Limit: 500}
	for more := true; more; {
		page, err := svc.Tickets(ctx, by, filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range page.Lines {
			kind, _, _ := strings.Cut(line.Subject, " ")
			seen[kind]++
			if seen[line.Subject]++; seen[line.Subject] > 1 {
				t.Errorf("%q is there %d times", line.Subject, seen[line.Subject])
			}
			filter.Before = line.ID
		}
		more = page.More && len(page.Lines) > 0
	}
	if seen["ticket"] != c.tickets.Load() || seen["letter"] != c.letters.Load() {
		t.Errorf("there are %d tickets and %d letters, %d and %d were confirmed", seen["ticket"], seen["letter"], c.tickets.Load(), c.letters.Load())
	}
	c.tellOfLetters(svc)
	found, err := svc.Verify(ctx, by)
	if err != nil || !found.Clean() {
		t.Errorf("verify found %+v (%v)", found, err)
	}
	c.askTheOracle()
}

// tellOfLetters names letters that became no ticket of their own.
func (c *cluster) tellOfLetters(svc *service.Service) {
	list, _, err := svc.SpoolList(c.t.Context(), desk.System(desk.ViaCLI), service.SpoolFilter{Limit: 500})
	if err != nil {
		c.t.Fatal(err)
	}
	tickets := map[desk.TicketID]desk.SpoolID{}
	for _, letter := range list {
		if first, ok := tickets[letter.Ticket]; ok || letter.State != desk.SpoolDone {
			c.t.Logf("letter %d is %s, for ticket %d (as letter %d): %s", letter.ID, letter.State, letter.Ticket, first, letter.Reason)
		}
		tickets[letter.Ticket] = letter.ID
	}
}

// askTheOracle compares what the nodes would answer now with the definition of
// access.
func (c *cluster) askTheOracle() {
	st, err := store.Open(c.t.Context(), store.Options{Dir: filepath.Join(c.dir, "data"), URL: c.url})
	if err != nil {
		c.t.Fatal(err)
	}
	defer st.Close()
	err = st.View(c.t.Context(), func(tx *store.Tx) error {
		w, err := tx.World(c.t.Context())
		if err != nil {
			return err
		}
		k, err := tx.Ticket(c.t.Context(), c.ticket)
		if err != nil {
			return err
		}
		engine, slow := access.New(w), oracle.New(w)
		for _, u := range w.Users {
			if x := access.Ticket(k.Facts()); engine.Can(u.ID, desk.ShowTicket, x) != slow.Can(u.ID, desk.ShowTicket, x) {
				c.t.Errorf("user %d: the engine and the oracle differ", u.ID)
			}
		}
		return nil
	})
	if err != nil {
		c.t.Error(err)
	}
}
