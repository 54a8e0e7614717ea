package bench

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// ServeOptions say what load is driven, and at what desk.
type ServeOptions struct {
	Size string // a key of Sizes
	Seed uint64
	// URL is that of the desk's PostgreSQL database; empty: SQLite. Data is the
	// directory of its files. The desk is empty, or was filled by this before.
	URL, Data string
	// Nodes are where the desk is served.
	Nodes []Node
	// Rate is how many requests are sent in a second, whether those before were
	// answered or not; zero: each of the clients sends one after the other.
	Rate    float64
	Clients int // at once, at the most
	For     time.Duration
	People  int            // who ask, half of them agents; their memberships change
	Mix     map[string]int // how often each of Kinds comes; nil: DefaultMix
	// Patience is how long one request is tried again before it counts as given
	// up; zero: a minute.
	Patience time.Duration
	// Settle, if set, is called when the load is over, in the place of waiting
	// until the nodes have worked off all letters.
	Settle   func(context.Context) error
	Progress func(part string, done, total int)
}

// A Node is where one process serves the desk: a base URL, and the host:port
// of LMTP (none: no letters are sent to it).
type Node struct{ Web, LMTP string }

// A drive is one run of Serve.
type drive struct {
	*run
	ServeOptions
	client   *http.Client
	history  *history
	visitors []*caller
	root     *caller // changes memberships
	writers  []letterWriter
	tickets  *drivenTickets
	kinds    []string // each as often as it comes
	counts   *tally
	changing sync.Mutex
	taken    []desk.Membership // and to be given back; kept by changing
	ends     time.Time
}

// Serve fills the desk, where it is empty, drives the load and checks every
// answer while it measures: who sees what, against the definition of access at
// the time of the request, and that what was confirmed is there. In the end it
// waits until all letters were worked off, counts what became of everything
// that was confirmed, and verifies the desk. A wrong answer is in the report
// and no error; an error is what kept the load from being driven.
func Serve(ctx context.Context, o ServeOptions) (_ *ServeReport, err error) {
	if len(o.Nodes) == 0 {
		return nil, desk.Errorf(desk.Invalid, "Say where the desk is served.")
	}
	o.Patience, o.Clients = cmp.Or(o.Patience, time.Minute), cmp.Or(o.Clients, 4)
	o.People, o.For = cmp.Or(o.People, 16), cmp.Or(o.For, 30*time.Second)
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	d := &drive{ServeOptions: o, history: nil, counts: newTally()}
	d.run = &run{Options: Options{Size: o.Size, Seed: o.Seed, URL: o.URL, Progress: o.Progress},
		dir: filepath.Dir(o.Data), data: o.Data, random: rand.New(rand.NewPCG(o.Seed, 98)), report: &Report{}}
	if d.world, d.run.tickets, err = World(o.Size, o.Seed); err != nil {
		return nil, err
	}
	if d.kinds, err = spread(o.Mix); err != nil {
		return nil, err
	}
	d.client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: o.Clients},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer d.client.CloseIdleConnections()
	if err := d.prepare(ctx); err != nil {
		return nil, errors.Join(err, d.closeStore())
	}
	o.Progress("driving the load", 0, 0)
	begin := time.Now()
	d.load(ctx)
	took := time.Since(begin)
	if err := d.settle(ctx); err != nil {
		return nil, errors.Join(err, d.closeStore())
	}
	return d.reportOf(took), d.closeStore()
}

func (d *drive) closeStore() error {
	if d.store == nil {
		return nil
	}
	return d.store.Close()
}

// prepare fills the desk, and chooses who asks.
func (d *drive) prepare(ctx context.Context) error {
	if err := d.open(ctx); err != nil {
		return err
	}
	var was string
	if err := d.store.View(ctx, func(tx *store.Tx) (err error) {
		was, _, err = tx.Setting(ctx, filledBy)
		return err
	}); err != nil {
		return err
	}
	if was != d.mark() {
		if err := d.refuseFull(ctx); err != nil {
			return err
		}
		d.Progress("filling the desk", 0, 0)
		if err := d.run.load(ctx); err != nil {
			return err
		}
	}
	d.Progress("choosing people", 0, 0)
	if err := d.makeRoot(ctx); err != nil {
		return err
	}
	if err := d.store.View(ctx, func(tx *store.Tx) (err error) {
		d.world, err = tx.World(ctx)
		return err
	}); err != nil {
		return err
	}
	d.engine = access.New(d.world)
	d.tickets = newDrivenTickets(d.run)
	if err := d.chooseVisitors(ctx); err != nil {
		return err
	}
	d.chooseWriters()
	d.history = newHistory(d.world)
	return nil
}

// makeRoot makes the administrator who changes memberships.
func (d *drive) makeRoot(ctx context.Context) error {
	by := desk.System(desk.ViaCLI)
	id, err := d.service.CreateUser(ctx, by, desk.User{Login: "bench-root-" + strings.ToLower(randomName()), Kind: desk.Agent})
	if err != nil {
		return err
	}
	if _, err := d.service.Grant(ctx, by, desk.Grant{Who: desk.PrincipalID(id), Right: desk.SuperUser, Place: desk.OnSystem()}); err != nil {
		return err
	}
	token, err := d.service.CreateToken(ctx, by, service.NewToken{User: id, Name: "bench"})
	d.root = &caller{user: id, kind: desk.Agent, token: token}
	return err
}

// chooseVisitors signs people in who see a ticket, half of them agents, and
// puts messages on the tickets that they will look at.
func (d *drive) chooseVisitors(ctx context.Context) error {
	left := map[desk.UserKind]int{desk.Agent: (d.People + 1) / 2, desk.Contact: (d.People + 1) / 2}
	for _, i := range d.random.Perm(len(d.world.Users)) {
		u := d.world.Users[i]
		if left[u.Kind] == 0 || u.Disabled || desk.PrincipalID(u.ID) >= d.run.tickets.counts.group(0) {
			continue
		}
		before := len(d.visitors)
		if err := d.invite(ctx, u); err != nil {
			return err
		}
		left[u.Kind] -= len(d.visitors) - before
	}
	if len(d.visitors) < 2 {
		return desk.Errorf(desk.Internal, "Nobody was found who sees a ticket.")
	}
	return nil
}

// invite makes a visitor of somebody, if he sees any ticket.
func (d *drive) invite(ctx context.Context, u desk.WorldUser) error {
	page, err := d.service.Tickets(ctx, desk.Actor{User: u.ID, Via: desk.ViaWeb}, service.TicketFilter{Activity: store.OnlyActive, Limit: 20})
	if err != nil || len(page.Lines) == 0 {
		return err
	}
	by := desk.System(desk.ViaCLI)
	v := &caller{user: u.ID, kind: u.Kind}
	if v.token, err = d.service.CreateToken(ctx, by, service.NewToken{User: u.ID, Name: "bench"}); err != nil {
		return err
	}
	if d.usesPages() {
		if err := d.service.SetPassword(ctx, by, u.ID, "", password); err != nil {
			return err
		}
		in, err := d.service.SignIn(ctx, d.login(u.ID), password, "bench", "127.0.0.1")
		if err != nil {
			return err
		}
		v.session = in.Token
	}
	for _, line := range page.Lines {
		v.tickets = append(v.tickets, line.ID)
	}
	d.visitors = append(d.visitors, v)
	return d.remark(ctx, v.tickets)
}

// usesPages reports whether anything in the mix needs a session.
func (d *drive) usesPages() bool {
	return slices.ContainsFunc(d.kinds, func(kind string) bool {
		return strings.HasSuffix(kind, " page") || strings.HasPrefix(kind, "portal ")
	})
}

// chooseWriters are contacts who may open tickets by letter, and whose
// memberships stay as they are.
func (d *drive) chooseWriters() {
	for range 2000 {
		k := d.run.tickets.At(d.random.IntN(d.run.tickets.Len()))
		visits := slices.ContainsFunc(d.visitors, func(v *caller) bool { return v.user == k.Reporter })
		if visits || !d.engine.Can(k.Reporter, desk.CreateTicket, access.Queue(k.Queue)) {
			continue
		}
		login := d.login(k.Reporter)
		d.writers = append(d.writers, letterWriter{login + "@customers.example", queueAddress(k.Queue)})
		if len(d.writers) == 50 {
			return
		}
	}
}

// load has clients do one thing after the other until the time is over.
func (d *drive) load(ctx context.Context) {
	d.ends = time.Now().Add(d.For)
	due := make(chan time.Time, int(d.Rate)+1)
	if d.Rate > 0 {
		go d.schedule(ctx, due)
	} else {
		close(due)
	}
	var clients sync.WaitGroup
	for range d.Clients {
		clients.Go(func() {
			for at := range due {
				d.actSome(ctx, at)
			}
			for d.Rate == 0 && time.Now().Before(d.ends) && ctx.Err() == nil {
				d.actSome(ctx, time.Now())
			}
		})
	}
	clients.Wait()
}

func (d *drive) actSome(ctx context.Context, due time.Time) {
	d.act(ctx, d.kinds[rand.IntN(len(d.kinds))], due)
}

// schedule tells when requests are due. What nobody takes within a second is
// not sent at all, and counted.
func (d *drive) schedule(ctx context.Context, due chan<- time.Time) {
	defer close(due)
	for next := time.Now(); next.Before(d.ends) && ctx.Err() == nil; next = next.Add(time.Duration(float64(time.Second) / d.Rate)) {
		<-time.After(time.Until(next))
		select {
		case due <- next:
		default:
			d.counts.skip()
		}
	}
}

func (d *drive) reportOf(took time.Duration) *ServeReport {
	r := d.counts.report(took)
	r.Size, r.Engine, r.Seed, r.At = d.Size, d.store.Engine(), d.ServeOptions.Seed, time.Now().UTC().Truncate(time.Second)
	r.CPUs, r.Go, r.Nodes, r.Rate, r.Clients, r.People = runtime.NumCPU(), runtime.Version(), len(d.Nodes), d.Rate, d.Clients, len(d.visitors)
	r.Unsure = d.history.doubts()
	if len(d.world.Users) > definitionLimit {
		r.Notes = append(r.Notes, "Answers were compared with the engine: by the definition, a world of this size takes too long.")
	}
	return r
}
