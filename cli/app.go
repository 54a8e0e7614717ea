package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"gatehouse/config"
	"gatehouse/desk"
	"gatehouse/dial"
	"gatehouse/directory"
	"gatehouse/mail/in"
	"gatehouse/mail/out"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/transfer"
	"gatehouse/web/agent"
)

// An app is one run of the program.
type app struct {
	ctx   context.Context
	p     Process
	conf  *config.Config
	as    string
	json  bool
	clock func() time.Time // nil: the process's
	store *store.Store     // nil: not opened
	svc   *service.Service
	// rehearsal asks in the place of who calls, while nothing is stored.
	rehearsal *caller
	// trying: the command tells what it would do, and does nothing.
	trying bool
}

// A caller is who asks the desk for something from the command line.
type caller struct {
	*app
	by desk.Actor
}

// caller opens the desk for a command that asks for it.
func (a *app) caller() (*caller, error) {
	if a.rehearsal != nil {
		return a.rehearsal, nil
	}
	if err := a.open(a.conf.Migrate, nil); err != nil {
		return nil, err
	}
	by, err := a.actor()
	if err != nil {
		return nil, err
	}
	return &caller{a, by}, nil
}

// open opens the store and puts the service on it.
func (a *app) open(migrate bool, log *slog.Logger) error {
	options := a.storeOptions(migrate, log)
	st, err := store.Open(a.ctx, options)
	if err != nil {
		return err
	}
	a.store = st
	key, err := a.key()
	if err != nil {
		return err
	}
	a.svc = service.New(st, service.Options{Name: a.conf.Name, BaseURL: a.conf.BaseURL, Domain: a.conf.Domain, Now: options.Now, Log: log, Zone: a.conf.Zone,
		Ask: a.reach().Ask, CheckDirectory: a.reach().Check, TryDirectory: a.reach().Try,
		Program: programVersion(), LookAround: a.lookAround,
		LookFile: transfer.Look, ReadFile: transfer.ReadPlaced,
		Outside: service.Outside{Begin: a.reach().BeginSignIn, Finish: a.reach().FinishSignIn}, Key: key, HoldReplies: a.conf.UndoSend,
		TryMailbox: (&in.Fetcher{}).Try, Language: a.conf.Language, Given: givenOf(a.conf), Started: startedOf(a.conf),
		TryRelay: out.Try(a.conf.Domain), Relays: relaysOf(a.conf),
		WriteDashboard: agent.DashboardLetter,
		WriteLetters: func(n *service.News) []desk.Outgoing {
			return notify.Plan(n, notify.Desk{Name: a.svc.Name(), BaseURL: a.svc.BaseURL(), Domain: a.svc.Domain()})
		}})
	return nil
}

func (a *app) storeOptions(migrate bool, log *slog.Logger) store.Options {
	now := a.clock
	if now == nil {
		now = a.p.Now
	}
	options := store.Options{Dir: a.conf.Data, URL: a.conf.Database, Now: now, Log: log, Migrate: migrate, Bucket: bucketOf(a.conf),
		Replica: a.conf.Replica, ReplicaLate: a.conf.ReplicaLate}
	if log != nil { // it serves: whoever watches it starts it again, on what the disk really holds
		options.Fatal = func(error) { os.Exit(exitCannotWrite) }
	}
	return options
}

// bucketOf is the bucket of the settings, if there is one. It is reached under
// the name that the operator gave, wherever that leads, and nowhere else.
func bucketOf(conf *config.Config) *store.Bucket {
	b := conf.Bucket
	if b.Name == "" {
		return nil
	}
	host, _, _ := net.SplitHostPort(b.Host)
	return &store.Bucket{Host: b.Host, TLS: b.TLS, Name: b.Name, Prefix: b.Prefix, Region: b.Region, Key: b.Key, Secret: b.Secret,
		Transport: dial.Transport(dial.Allowed{Hosts: []string{strings.ToLower(host)}})}
}

func (a *app) close() error {
	if a.store == nil {
		return nil
	}
	return a.store.Close()
}

// logger writes the log to standard error as the settings say.
func (a *app) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: a.conf.LogLevel}
	if a.conf.LogJSON {
		return slog.New(withRequest(slog.NewJSONHandler(a.p.Err, options)))
	}
	return slog.New(withRequest(slog.NewTextHandler(a.p.Err, options)))
}

// readText returns a text given as a flag, or all of standard input up to a
// limit where there is no flag.
func (a *app) readText(given string, limit int64) (string, error) {
	if given != "" {
		return given, nil
	}
	text, err := io.ReadAll(io.LimitReader(a.p.In, limit+1))
	switch {
	case err != nil:
		return "", errors.Join(errors.New("standard input cannot be read"), err)
	case int64(len(text)) > limit:
		return "", desk.Errorf(desk.TooLarge, "Standard input holds more than %d bytes, which is the limit.", limit)
	}
	return string(text), nil
}

// every fetches page after page until there is no more.
func every[T any](fetch func(last *T) ([]T, bool, error)) ([]T, error) {
	var all []T
	for {
		var last *T
		if len(all) > 0 {
			last = &all[len(all)-1]
		}
		page, more, err := fetch(last)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if !more || len(page) == 0 {
			return all, nil
		}
	}
}

// reach opens directories where the settings allow it.
func (a *app) reach() directory.Reach {
	return directory.Reach{Private: a.conf.Directories}
}

// givenOf are the settings that nobody changes on the pages, since the program
// was started with them.
func givenOf(conf *config.Config) []string {
	var given []string
	for _, line := range conf.Lines() {
		if line.Source != config.FromDefault {
			given = append(given, line.Name)
		}
	}
	return given
}

// startedOf is what the program was started with, as its page shows it.
func startedOf(conf *config.Config) []service.StartSetting {
	return mapped(conf.Lines(), func(l *config.Line) service.StartSetting {
		return service.StartSetting{Name: l.Name, Value: l.Value, Default: l.Default, Help: l.Help, Source: string(l.Source)}
	})
}
