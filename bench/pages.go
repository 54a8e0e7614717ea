package bench

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

const (
	pageRequests = 400 // of a kind and number of clients, at the most
	talked       = 4   // messages on a ticket of which the page is looked at
	password     = "correct horse battery staple"
)

// A front is where lists and tickets are for somebody.
type front struct{ list, tickets string }

// fronts are the pages of agents and contacts; programs the interface for
// programs, for both.
var (
	agentPages   = front{"/agent/tickets?view=open", "/agent/tickets/"}
	contactPages = front{"/portal/", "/portal/tickets/"}
	programs     = front{"/api/v1/tickets?state=active&limit=50", "/api/v1/tickets/"}
)

// A visitor is somebody signed in, with his list and his tickets.
type visitor struct {
	client  *http.Client
	list    string
	tickets []string
}

// A signedIn sends requests with the cookie of a session, or a token.
type signedIn struct {
	name, value string // of the header
	by          http.RoundTripper
}

// RoundTrip sends the request.
func (s signedIn) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set(s.name, s.value)
	return s.by.RoundTrip(request)
}

// measurePages measures pages over real connections, as an agent and as a
// contact in turns. A site without pages is measured by its interface for
// programs.
func (r *run) measurePages(ctx context.Context) error {
	switch {
	case r.Site == nil:
		r.report.note("There is no web server in this run; pages are not measured.")
		return nil
	case len(r.people[agentMedian]) == 0 || len(r.people[contactMany]) == 0:
		r.report.note("Nobody was found as whom to look at pages; they are not measured.")
		return nil
	}
	base, stop, err := r.listen()
	if err != nil {
		return err
	}
	defer stop()
	visitors, err := r.visitors(ctx, base)
	if err != nil {
		return err
	}
	r.report.HTTPListMS, r.report.HTTPTicketMS = map[string]float64{}, map[string]float64{}
	for _, clients := range []int{1, 4} {
		n := fmt.Sprint(clients)
		if r.report.HTTPListMS[n], err = r.ask(ctx, clients, visitors, func(v visitor, _ int) string { return v.list }); err != nil {
			return err
		}
		if r.report.HTTPTicketMS[n], err = r.ask(ctx, clients, visitors, func(v visitor, i int) string { return v.tickets[i%len(v.tickets)] }); err != nil {
			return err
		}
	}
	return nil
}

// listen serves the site on a free port and returns its address.
func (r *run) listen() (base string, stop func(), err error) {
	handler, err := r.Site(r.service)
	if err != nil {
		return "", nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends when it is closed; else the requests fail and say so
	}()
	return "http://" + listener.Addr().String(), func() { _ = server.Close(); <-done }, nil
}

// visitors are an agent and a contact.
func (r *run) visitors(ctx context.Context, base string) ([]visitor, error) {
	pages, err := hasPages(ctx, base)
	if err != nil {
		return nil, err
	}
	sees := [2]front{agentPages, contactPages}
	if !pages {
		r.report.note("This program serves no pages; lists and tickets were asked for by the interface for programs.")
		sees = [2]front{programs, programs}
	}
	var visitors []visitor
	for i, class := range []string{agentMedian, contactMany} {
		user := r.people[class][0]
		client, err := r.signIn(ctx, user, pages)
		if err != nil {
			return nil, err
		}
		v, err := r.visit(ctx, user, front{base + sees[i].list, base + sees[i].tickets})
		if err != nil {
			return nil, err
		}
		v.client = client
		visitors = append(visitors, v)
	}
	return visitors, nil
}

// hasPages finds out whether the site has pages for agents: nobody is led to
// sign in there, and told so where there is nothing.
func hasPages(ctx context.Context, base string) (bool, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+agentPages.list, nil)
	if err != nil {
		return false, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false, err
	}
	return answer.StatusCode != http.StatusNotFound, answer.Body.Close()
}

// signIn returns a client that is signed in as the user: with a session, or
// with a token.
func (r *run) signIn(ctx context.Context, user desk.UserID, session bool) (*http.Client, error) {
	connection := &http.Transport{MaxIdleConnsPerHost: 8}
	if !session {
		token, err := r.service.CreateToken(ctx, desk.System(desk.ViaCLI), service.NewToken{User: user, Name: "bench"})
		return &http.Client{Transport: signedIn{"Authorization", "Bearer " + token, connection}}, err
	}
	if err := r.service.SetPassword(ctx, desk.System(desk.ViaCLI), user, "", password); err != nil {
		return nil, err
	}
	in, err := r.service.SignIn(ctx, r.login(user), password, "bench", "127.0.0.1")
	if err != nil {
		return nil, err
	}
	return &http.Client{Transport: signedIn{"Cookie", "gatehouse=" + in.Token, connection}}, nil
}

// visit finds the user's tickets, and puts messages on them.
func (r *run) visit(ctx context.Context, user desk.UserID, where front) (visitor, error) {
	v := visitor{list: where.list}
	page, err := r.service.Tickets(ctx, desk.Actor{User: user, Via: desk.ViaWeb}, service.TicketFilter{Activity: store.OnlyActive, Limit: listPage})
	if err != nil {
		return v, err
	}
	if len(page.Lines) == 0 {
		return v, desk.Errorf(desk.Internal, "User %d sees no active ticket to look at.", user)
	}
	for _, t := range page.Lines {
		v.tickets = append(v.tickets, fmt.Sprintf("%s%d", where.tickets, t.ID))
	}
	return v, r.talk(ctx, page.Lines)
}

func (r *run) login(id desk.UserID) string {
	for i, u := range r.world.Users {
		if u.ID == id {
			return r.tickets.counts.user(i, u).Login
		}
	}
	return ""
}

// talk writes messages on tickets.
func (r *run) talk(ctx context.Context, tickets []service.TicketLine) error {
	return r.store.Do(ctx, func(tx *store.Tx) error {
		for i := range talked * len(tickets) {
			t := &tickets[i/talked]
			m := &desk.Message{Ticket: t.ID, Kind: desk.Reply, Author: t.Reporter, At: t.Created.Add(time.Duration(i) * time.Minute), Text: sentence(r.random, 120), Via: desk.ViaWeb}
			if err := tx.InsertMessage(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// ask has clients fetch addresses at once, one after the other each, and
// returns the median in milliseconds.
func (r *run) ask(ctx context.Context, clients int, visitors []visitor, address func(visitor, int) string) (float64, error) {
	var failed failures
	var all sync.WaitGroup
	each := make([]times, clients)
	for c := range clients {
		all.Go(func() {
			var err error
			for w := r.watch(pageRequests / clients); err == nil && w.goOn(len(each[c])); {
				v := visitors[(len(each[c])+c)%len(visitors)]
				var once time.Duration
				once, err = fetch(ctx, v.client, address(v, len(each[c])))
				each[c] = append(each[c], once)
			}
			failed.add(err)
		})
	}
	all.Wait()
	return millis(slices.Concat(each...).median()), failed.all()
}

// fetch returns how long it took until the whole page was there.
func fetch(ctx context.Context, client *http.Client, address string) (time.Duration, error) {
	once, _, err := fetchAll(ctx, client, address)
	return once, err
}
