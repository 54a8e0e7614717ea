package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type demoCommand struct {
	Fill bool `help:"Fill the directory and end, without serving."`
}

// Run fills an empty data directory and serves it. One that it has filled
// before is served as it is; one that holds anything else is left alone.
func (cmd *demoCommand) Run(a *app) error {
	if a.as != "" {
		return &failure{exitUsage, errors.New("demo acts for everybody; leave out --as")}
	}
	filled, err := a.demoFilled()
	if err != nil {
		return err
	}
	if !filled {
		if err := a.fillDemo(); err != nil {
			return err
		}
	}
	if cmd.Fill {
		_, err := fmt.Fprintf(a.p.Out, "A small desk is in %s.\n", a.conf.Data)
		return err
	}
	return a.serve(a.welcome)
}

// The file that says that the demo filled a directory, and how far it got.
const (
	demoMark    = "demo.txt"
	demoBegun   = "The demo desk began to be filled in here and did not come to its end.\n"
	demoFilled  = "This is the demo desk. `gatehouse demo` serves it; remove the directory to begin anew.\n"
	markMode    = 0o600
	dataDirMode = 0o700
)

// demoFilled reports whether the directory holds the demo desk, and refuses one
// that holds something else.
func (a *app) demoFilled() (bool, error) {
	mark, err := os.ReadFile(filepath.Join(a.conf.Data, demoMark))
	switch {
	case err == nil && string(mark) == demoFilled:
		return true, nil
	case err == nil:
		return false, desk.Errorf(desk.Conflict, "Filling %s was broken off earlier. Remove the directory, then run the demo again.", a.conf.Data)
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	entries, err := os.ReadDir(a.conf.Data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if len(entries) > 0 {
		return false, desk.Errorf(desk.Conflict, "The directory %s holds something else. Name an empty one, as with --data demo-data.", a.conf.Data)
	}
	return false, nil
}

// fillDemo makes the small desk, as people would have over the last days.
func (a *app) fillDemo() error {
	if err := os.MkdirAll(a.conf.Data, dataDirMode); err != nil {
		return err
	}
	clock := &demoClock{at: a.p.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -demoDays)}
	a.clock = clock.now
	if err := a.open(true, nil); err != nil {
		return err
	}
	if err := a.refusePeople(); err != nil {
		return err
	}
	mark := filepath.Join(a.conf.Data, demoMark)
	if err := os.WriteFile(mark, []byte(demoBegun), markMode); err != nil {
		return err
	}
	d := &demo{app: a, clock: clock, sys: desk.System(desk.ViaCLI), users: map[string]desk.UserID{},
		queues: map[string]desk.QueueID{}, groups: map[string]desk.PrincipalID{}, tickets: map[string]desk.TicketID{}}
	if err := d.fill(a.ctx); err != nil {
		return err
	}
	if err := a.close(); err != nil {
		return err
	}
	a.store, a.clock = nil, nil
	return os.WriteFile(mark, []byte(demoFilled), markMode)
}

// refusePeople keeps the demo out of a PostgreSQL database that is in use.
func (a *app) refusePeople() error {
	users, _, err := a.svc.Users(a.ctx, desk.System(desk.ViaCLI), service.UserFilter{Limit: 1})
	if err == nil && len(users) > 0 {
		return desk.Errorf(desk.Conflict, "The database holds a desk already. Name an empty one.")
	}
	return err
}

// A demoClock goes through the days of the demo.
type demoClock struct{ at time.Time }

func (c *demoClock) now() time.Time { return c.at }

// A demo fills the small desk by the use cases that everybody has.
type demo struct {
	*app
	clock   *demoClock
	sys     desk.Actor
	users   map[string]desk.UserID
	queues  map[string]desk.QueueID
	groups  map[string]desk.PrincipalID // customers too
	tickets map[string]desk.TicketID
}

func (d *demo) fill(ctx context.Context) error {
	for _, part := range []func(context.Context) error{d.makePeople, d.makeQueues, d.makeGrants} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	if err := d.play(ctx); err != nil {
		return err
	}
	// Agreed last, so that nobody is told of what was late before.
	if err := d.makeClocks(ctx); err != nil {
		return err
	}
	return d.sendLetters(ctx)
}

// A demoEvent is something that happened at the desk at a moment.
type demoEvent struct {
	at time.Time
	do func(context.Context) error
}

// play lets everything happen in the order of time, and after each thing what
// the desk does by itself.
func (d *demo) play(ctx context.Context) error {
	start, today := d.clock.at, d.p.Now().UTC()
	var events []demoEvent
	for _, t := range demoTickets() {
		at := start.Add(t.at)
		events = append(events, demoEvent{at, func(ctx context.Context) error { return d.openTicket(ctx, t) }})
		for _, s := range t.then {
			at = at.Add(s.after)
			events = append(events, demoEvent{at, func(ctx context.Context) error { return d.step(ctx, t.key, s) }})
		}
	}
	slices.SortStableFunc(events, func(a, b demoEvent) int { return a.at.Compare(b.at) })
	for _, e := range events {
		d.clock.at = e.at
		if e.at.After(today) {
			d.clock.at = today
		}
		if err := e.do(ctx); err != nil {
			return err
		}
		if err := d.sendLetters(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sendLetters writes the letters that are due and counts them as sent: nobody
// is to get letters of a desk that was made up.
func (d *demo) sendLetters(ctx context.Context) error {
	relay := d.conf.Relay
	d.conf.Relay.Address = ""
	err := d.runner(slog.New(slog.DiscardHandler), uncounted).Drain(ctx)
	d.conf.Relay = relay
	for err == nil {
		var letters []desk.Outgoing
		letters, err = d.svc.ClaimLetters(ctx, d.sys, 100)
		if len(letters) == 0 {
			return err
		}
		for _, letter := range letters {
			err = errors.Join(err, d.svc.LetterSent(ctx, d.sys, letter.ID))
		}
	}
	return err
}

// welcome tells a newcomer what he can do now.
func (a *app) welcome() error {
	w := a.p.Out
	fmt.Fprintf(w, "\nThis is a small desk with three customers. Log in at %s/ as\n\n", a.conf.BaseURL)
	for _, p := range demoPeople() {
		fmt.Fprintf(w, "  %-6s password %-11s %s\n", p.login, demoPassword(p.login), p.about)
	}
	if a.conf.SMTP != "" {
		fmt.Fprintf(w, "\nSend a first letter, from another terminal:\n\n  %s\n", a.firstLetter())
	}
	fmt.Fprintf(w, "\nAsk who may do what, and why:\n\n")
	for _, question := range []string{"explain alice ShowTicket ticket:1", "explain petra ShowTicket ticket:1", "who ShowTicket ticket:1"} {
		fmt.Fprintf(w, "  %s%s access %s\n", a.p.Name, a.dataFlag(), question)
	}
	if host, _, err := net.SplitHostPort(a.conf.Web); err == nil && !isLoopback(host) {
		fmt.Fprintf(w, "\nThese passwords are known to everybody, and %s can be reached from other machines.\n", a.conf.Web)
	}
	_, err := fmt.Fprintf(w, "\nCtrl-C ends it. The desk stays in %s.\n", a.conf.Data)
	return err
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (a *app) dataFlag() string {
	flags := ""
	if a.conf.Data != "gatehouse-data" {
		flags += " --data " + a.conf.Data
	}
	if a.conf.Database != "" {
		flags += " --database …"
	}
	return flags
}

// firstLetter returns a command that sends a letter to the desk: by swaks where
// it is installed, else by curl, which is everywhere.
func (a *app) firstLetter() string {
	const from, to, subject = "dora@acme.example", "support@desk.example", "The door of the lab does not open"
	if _, err := exec.LookPath("swaks"); err == nil {
		return fmt.Sprintf("swaks --server %s --from %s --to %s --header 'Subject: %s' --body 'Please have a look.'", a.conf.SMTP, from, to, subject)
	}
	lines := []string{"From: Dora <" + from + ">", "To: " + to, "Subject: " + subject, "", "Please have a look."}
	return fmt.Sprintf(`printf '%s\n' | curl --url smtp://%s --mail-from %s --mail-rcpt %s --upload-file -`, strings.Join(lines, `\n`), a.conf.SMTP, from, to)
}
