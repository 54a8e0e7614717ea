// Package mailtest makes a whole desk with its post, for tests of letters from
// end to end: a real store and service, real listeners for SMTP and LMTP, the
// work that follows, and a relay that keeps what it is sent.
//
// It is for tests only. A test fails where a mail program that it runs is not
// installed. Nothing of ours is replaced; what stands outside, the client that
// delivers and the relay that takes, speaks real SMTP.
package mailtest

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/mail/in"
	"gatehouse/mail/out"
	"gatehouse/notify"
	"gatehouse/rules"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/storetest"
	"gatehouse/web/agent"
)

// A Desk is a desk with its post. People, groups and customers are known by
// name.
type Desk struct {
	*service.Service
	T      testing.TB
	Store  *store.Store
	Clock  *Clock
	Sender *out.Sender
	Reader *in.Processor
	Relay  *Relay
	Names  map[string]desk.PrincipalID
	Queues map[string]desk.QueueID
	runner *jobs.Runner
}

// A Clock stands still but for a microsecond each time that it is read.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now returns the time.
func (c *Clock) Now() time.Time { return c.Advance(time.Microsecond) }

// Advance sets the clock forward and returns the time then.
func (c *Clock) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

// Open returns an empty desk: on the PostgreSQL database of that URL, or
// without one on SQLite in a directory of its own.
func Open(t testing.TB, url string) *Desk {
	t.Helper()
	return openAs(t, url, "Desk", "desk.example")
}

func openAs(t testing.TB, url, name, domain string) *Desk {
	t.Helper()
	clock := &Clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	st, err := store.Open(t.Context(), store.Options{Dir: storetest.DirFor(t, url), URL: url, Now: clock.Now, Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	svc := service.New(st, service.Options{Name: name, BaseURL: "https://" + domain, Domain: domain, Now: clock.Now,
		WriteDashboard: agent.DashboardLetter,
		WriteLetters: func(n *service.News) []desk.Outgoing {
			return notify.Plan(n, notify.Desk{Name: name, BaseURL: "https://" + domain, Domain: domain})
		}})
	d := &Desk{Service: svc, T: t, Store: st, Clock: clock, Relay: StartRelay(t), Names: map[string]desk.PrincipalID{}, Queues: map[string]desk.QueueID{}}
	log := slog.New(slog.DiscardHandler)
	d.Sender = &out.Sender{Service: svc, Log: log, Relay: out.Relay{Address: d.Relay.Address}}
	d.Reader = &in.Processor{Service: svc, Log: log}
	d.runner = jobs.New(log,
		jobs.Step{Name: "spool", Do: d.Reader.Step},
		jobs.Handle(svc, log, service.StepEvents, map[string]jobs.Handler{service.JobNotify: notify.Handler(svc)}),
		jobs.Handle(svc, log, service.StepRules, map[string]jobs.Handler{service.JobRules: rules.Handler(svc, log)}),
		jobs.Step{Name: "rules by time", Do: rules.Clock(svc, log)},
		jobs.Step{Name: "dashboards", Do: func(ctx context.Context) (bool, error) { return svc.SendDashboards(ctx, desk.System(desk.ViaJob)) }},
		jobs.Step{Name: "digests", Do: func(ctx context.Context) (bool, error) { return svc.SendDigests(ctx, desk.System(desk.ViaJob)) }},
		jobs.Step{Name: "outbox", Do: d.Sender.Step})
	return d
}

// Work does everything that is due.
func (d *Desk) Work() error { return d.runner.Drain(d.T.Context()) }

// MustWork does everything that is due and fails the test where something
// fails.
func (d *Desk) MustWork() {
	d.T.Helper()
	d.must(d.Work())
}

func (d *Desk) must(err error) {
	d.T.Helper()
	if err != nil {
		d.T.Fatal(err)
	}
}

// System is the actor that may do everything.
func System() desk.Actor { return desk.System(desk.ViaCLI) }

// By returns somebody as an actor.
func (d *Desk) By(login string) desk.Actor {
	return desk.Actor{User: desk.UserID(d.Names[login]), Via: desk.ViaWeb}
}

// User makes a user with the address login@case.example and the name Login.
func (d *Desk) User(login string, kind desk.UserKind) desk.UserID {
	d.T.Helper()
	id, err := d.CreateUser(d.T.Context(), System(), desk.User{Login: login, Name: strings.ToUpper(login[:1]) + login[1:],
		Kind: kind, Addresses: []string{login + "@case.example"}})
	d.must(err)
	d.Names[login] = desk.PrincipalID(id)
	return id
}

// Group makes a group of members.
func (d *Desk) Group(name string, members ...string) {
	d.T.Helper()
	id, err := d.CreateGroup(d.T.Context(), System(), desk.Group{Name: name})
	d.must(err)
	d.Names[name] = desk.PrincipalID(id)
	for _, m := range members {
		d.must(d.AddMember(d.T.Context(), System(), desk.Membership{Group: d.Names[name], Member: d.Names[m]}))
	}
}

// Customer makes a customer and its contacts.
func (d *Desk) Customer(c desk.Customer, contacts ...string) {
	d.T.Helper()
	id, err := d.CreateCustomer(d.T.Context(), System(), c)
	d.must(err)
	d.Names[c.Key] = desk.PrincipalID(id)
	for _, login := range contacts {
		d.User(login, desk.Contact)
		d.must(d.AddMember(d.T.Context(), System(), desk.Membership{Group: d.Names[c.Key], Member: d.Names[login], Part: desk.PartMember, Primary: true}))
	}
}

// Queue makes a queue with the addresses NAME@desk.example, or of the desk's
// own domain, and, for comments, NAME-comment@desk.example.
func (d *Desk) Queue(name string) {
	d.T.Helper()
	id, err := d.CreateQueue(d.T.Context(), System(), desk.Queue{Name: name, Address: name + "@" + d.Domain(), CommentAddress: name + "-comment@" + d.Domain()})
	d.must(err)
	d.Queues[name] = id
}

// Grant grants rights on the whole desk, as those roles if any are named.
func (d *Desk) Grant(who desk.PrincipalID, as desk.RoleSet, rights ...desk.Right) {
	d.T.Helper()
	for _, r := range rights {
		_, err := d.Service.Grant(d.T.Context(), System(), desk.Grant{Who: who, As: as, Right: r, Place: desk.OnSystem()})
		d.must(err)
	}
}

// OpenShop makes the desk that most tests work on: the queue support, which
// everybody may open tickets in and in which requestors may read and reply;
// the group Staff of the agents ann and abe, AdminCc of the queue; the customer
// acme of the contacts carla and carlo, which replaces them in the roles that
// they enter.
func OpenShop(t testing.TB, url string) *Desk {
	t.Helper()
	return furnish(Open(t, url))
}

// OpenShopAs is OpenShop under another name and domain: a second desk.
func OpenShopAs(t testing.TB, name, domain string) *Desk {
	t.Helper()
	return furnish(openAs(t, "", name, domain))
}

func furnish(d *Desk) *Desk {
	d.T.Helper()
	d.User("ann", desk.Agent)
	d.User("abe", desk.Agent)
	d.Group("Staff", "ann", "abe")
	d.Queue("support")
	replace := desk.Presences{Requestor: desk.PresenceReplace, Cc: desk.PresenceReplace, AdminCc: desk.PresenceReplace}
	d.Customer(desk.Customer{Key: "acme", Name: "Acme GmbH", Presences: replace}, "carla", "carlo")
	d.Grant(desk.Everyone, 0, desk.CreateTicket)
	d.Grant(desk.Everyone, desk.RolesOf(desk.Requestor), desk.ShowTicket, desk.ReplyToTicket)
	d.Grant(d.Names["Staff"], 0, desk.SeeQueue, desk.ShowTicket, desk.ShowTicketComments, desk.ReplyToTicket, desk.CommentOnTicket,
		desk.ModifyTicket, desk.OwnTicket, desk.TakeTicket)
	d.must(d.AddQueueWatcher(d.T.Context(), System(), desk.Watcher{Queue: d.Queues["support"], Role: desk.AdminCc, Who: d.Names["Staff"]}))
	return d
}

// Listen serves SMTP, or LMTP, on a port of its own until the test ends.
func (d *Desk) Listen(lmtp bool, limits in.Limits) (address string) {
	d.T.Helper()
	return d.ListenTLS(lmtp, limits, nil)
}

// ListenTLS is Listen with STARTTLS.
func (d *Desk) ListenTLS(lmtp bool, limits in.Limits, secure *tls.Config) (address string) {
	d.T.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	d.must(err)
	server := in.NewServer(in.Config{Service: d.Service, LMTP: lmtp, Limits: limits, TLS: secure, Log: slog.New(slog.DiscardHandler)})
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	d.T.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := server.Stop(ctx); err != nil {
			d.T.Errorf("stopping the mail server: %v", err)
		}
		if err := <-done; err != nil {
			d.T.Errorf("serving mail: %v", err)
		}
	})
	return l.Addr().String()
}

// Deliver stores a letter for the queue of the recipient, as a pipe does.
// Lines may end in "\n".
func (d *Desk) Deliver(recipient, letter string) desk.SpoolID {
	d.T.Helper()
	id, err := in.Deliver(d.T.Context(), d.Service, desk.Envelope{Recipient: recipient, Via: "pipe"}, strings.NewReader(CRLF(letter)))
	d.must(err)
	return id
}

// CRLF ends lines as letters on the wire do.
func CRLF(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}

// Spooled returns what became of a letter.
func (d *Desk) Spooled(id desk.SpoolID) *desk.Spooled {
	d.T.Helper()
	entry, err := d.SpooledLetter(d.T.Context(), System(), id)
	d.must(err)
	return entry
}

// Show returns a ticket as the system sees it.
func (d *Desk) Show(id desk.TicketID) *service.TicketView {
	d.T.Helper()
	v, err := d.Ticket(d.T.Context(), System(), id)
	d.must(err)
	return v
}

// Send hands a letter to a mail server by SMTP.
func Send(address, from string, to []string, letter string) error {
	c, err := smtp.Dial(address)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SendMail(from, to, strings.NewReader(CRLF(letter))); err != nil {
		return err
	}
	return c.Quit()
}

// Needs fails the test where a program that it runs is not installed.
func Needs(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is not installed; tools/debian-packages installs it", program)
	}
}

// Swaks runs the mail program swaks and returns what it says.
func Swaks(t testing.TB, args ...string) (string, error) {
	t.Helper()
	Needs(t, "swaks")
	out, err := exec.CommandContext(t.Context(), "swaks", args...).CombinedOutput()
	return string(out), err
}
