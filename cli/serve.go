package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"gatehouse/api"
	"gatehouse/config"
	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/mail/in"
	"gatehouse/trace"
)

// stopTime is how long what is in flight has to come to its end.
const stopTime = 10 * time.Second

// tickTime is how often serve looks for work of which nobody told it, such as
// that of other processes.
const tickTime = time.Second

type serveCommand struct{}

// Run serves until a signal ends it.
func (cmd *serveCommand) Run(a *app) error {
	if a.as != "" {
		return &failure{exitUsage, errors.New("serve acts for everybody; leave out --as")}
	}
	return a.serve(nil)
}

// serve listens, opens the desk and serves it. ready is called when it can be
// used; nil: nobody wants to know.
func (a *app) serve(ready func() error) error {
	d := &daemon{app: a, log: a.logger(), failed: make(chan error, 3)}
	if err := d.listen(); err != nil {
		return errors.Join(err, d.closeListeners())
	}
	if err := a.open(a.conf.Migrate, d.log); err != nil {
		return errors.Join(err, d.closeListeners())
	}
	if sealed, err := a.svc.SealStored(a.ctx, desk.System(desk.ViaCLI)); err != nil {
		return errors.Join(err, d.closeListeners())
	} else if sealed > 0 {
		d.log.Info("the secrets of mailboxes are sealed now", "mailboxes", sealed)
	}
	ctx, stop := signal.NotifyContext(a.ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := d.start(); err != nil {
		return errors.Join(err, d.closeListeners())
	}
	if err := d.tellReady(); err != nil {
		return err
	}
	if ready != nil {
		if err := ready(); err != nil {
			return err
		}
	}
	var err error
	select {
	case <-ctx.Done():
		d.log.Info("stopping; a second signal ends at once")
	case err = <-d.failed:
	}
	if notifyErr := d.notifySystemd("STOPPING=1"); err == nil {
		err = notifyErr
	}
	stop() // from here on a signal does what it does to every program
	return errors.Join(err, d.stop())
}

// A daemon is the desk being served.
type daemon struct {
	*app
	log             *slog.Logger
	web, lmtp, smtp net.Listener // nil: off
	metrics         net.Listener // the same
	figures         *figures     // nil: not served
	stops           []func(context.Context) error
	running         sync.WaitGroup
	failed          chan error
}

// listen takes the ports, before anything else is done.
func (d *daemon) listen() error {
	for _, port := range []struct {
		setting string
		address *string
		to      *net.Listener
	}{{"web", &d.conf.Web, &d.web}, {"lmtp", &d.conf.LMTP, &d.lmtp}, {"smtp", &d.conf.SMTP, &d.smtp}, {"metrics", &d.conf.Metrics, &d.metrics}} {
		if *port.address == "" {
			continue
		}
		l, err := net.Listen("tcp", *port.address)
		if err != nil {
			return portError(port.setting, *port.address, err)
		}
		*port.to = l
		if port.setting == "web" && d.conf.BaseURL == config.BaseOf(*port.address) {
			d.conf.BaseURL = config.BaseOf(l.Addr().String()) // port 0 means any that is free
		}
		*port.address = l.Addr().String()
	}
	return nil
}

func portError(setting, address string, err error) error {
	why := "cannot listen on " + address
	if errors.Is(err, syscall.EADDRINUSE) {
		why = "another program listens on " + address + " already"
	}
	return &failure{exitUnavailable, fmt.Errorf("%s; stop it, or set %s to another host:port or to off: %w", why, setting, err)}
}

func (d *daemon) closeListeners() error {
	var errs []error
	for _, l := range []net.Listener{d.web, d.lmtp, d.smtp, d.metrics} {
		if l != nil {
			errs = append(errs, l.Close())
		}
	}
	return errors.Join(errs...)
}

// start starts everything; what fails later is told by d.failed.
func (d *daemon) start() error {
	d.figures = newFigures(d.svc, d.log)
	tracer := trace.New(d.p.Env)
	d.stops = append(d.stops, tracer.Stop)
	if d.web != nil {
		handler, err := d.handler()
		if err != nil {
			return err
		}
		d.startHTTP(d.web, logged(d.log, d.figures.seen, tracer.Handler(newShares(d.conf.WebPerClient).shared(handler))))
	}
	if d.metrics != nil {
		d.startHTTP(d.metrics, d.figures.handler())
	}
	tlsConfig, err := d.conf.Mail.TLS()
	if err != nil {
		return &failure{exitConfig, err}
	}
	limits := in.DefaultLimits()
	limits.PerClient = d.conf.Mail.PerClient
	times := jobs.NewTimes(d.p.Now)
	runner := d.runner(d.log, func(step jobs.Step) jobs.Step { return d.figures.counted(times.Watch(step)) })
	work, stopWork := context.WithCancel(context.WithoutCancel(d.ctx))
	ticker := time.NewTicker(tickTime)
	d.running.Go(func() { runner.Run(work, ticker.C) })
	d.running.Go(func() { d.svc.FollowChanges(work) })
	d.running.Go(func() { d.svc.FollowReplica(work) })
	fetcher := &in.Fetcher{Service: d.svc, Log: d.log, Stored: runner.Poke}
	d.running.Go(func() { fetcher.Run(work) })
	for _, l := range []struct {
		listener net.Listener
		lmtp     bool
	}{{d.lmtp, true}, {d.smtp, false}} {
		if l.listener == nil {
			continue
		}
		server := in.NewServer(in.Config{Service: d.svc, LMTP: l.lmtp, Limits: limits, TLS: tlsConfig, Log: d.log, Stored: runner.Poke})
		d.serveOn(l.listener, server.Serve)
		d.stops = append(d.stops, server.Stop)
	}
	if err := d.beat(work, times); err != nil {
		stopWork()
		return err
	}
	d.stops = append(d.stops, func(context.Context) error {
		ticker.Stop()
		stopWork()
		return nil
	})
	return nil
}

// startHTTP serves requests on a listener.
func (d *daemon) startHTTP(l net.Listener, handler http.Handler) {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(d.log.Handler(), slog.LevelDebug),
	}
	d.serveOn(l, func(l net.Listener) error {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	d.stops = append(d.stops, server.Shutdown)
}

func (d *daemon) serveOn(l net.Listener, serve func(net.Listener) error) {
	d.running.Go(func() {
		if err := serve(l); err != nil {
			d.failed <- fmt.Errorf("serving on %s: %w", l.Addr(), err)
		}
	})
}

// handler answers requests: signs of life, the interface for programs, and the
// pages for people.
func (d *daemon) handler() (http.Handler, error) {
	pages, err := d.pages()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answerText(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := d.svc.Ready(r.Context()); err != nil {
			d.log.Error("not ready", "error", err)
			answerText(w, http.StatusServiceUnavailable, "The desk cannot work at the moment; its log says why.")
			return
		}
		answerText(w, http.StatusOK, "ready")
	})
	mux.Handle(api.Base+"/", api.New(d.svc, api.Options{Log: d.log}))
	if len(d.conf.Mail.Gateway) > 0 {
		mux.Handle(in.GatewayPath, &in.Gateway{Service: d.svc, Networks: d.conf.Mail.Gateway, Prover: d.prover(), Log: d.log})
	}
	mux.Handle("/", pages)
	return mux, nil
}

func answerText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // the client may be gone
}

// tellReady prints where the desk is.
func (d *daemon) tellReady() error {
	counts, err := d.svc.PostCounts(d.ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return err
	}
	for _, l := range []struct {
		listener net.Listener
		line     string
	}{{d.web, "web on http://%s/\n"}, {d.lmtp, "LMTP on %s\n"}, {d.smtp, "SMTP on %s\n"}, {d.metrics, "figures on http://%s/metrics\n"}} {
		if l.listener != nil {
			fmt.Fprintf(d.p.Out, l.line, l.listener.Addr())
		}
	}
	where := d.conf.Data
	if d.conf.Database != "" {
		where = "PostgreSQL, files in " + d.conf.Data
	}
	fmt.Fprintf(d.p.Out, "data in %s\n", where)
	relays, err := d.svc.MailRelays(d.ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return err
	}
	if d.conf.Relay.Address == "" && len(relays) > 0 {
		fmt.Fprintf(d.p.Out, "letters go out by %s\n", relays[0].Server)
	} else if d.conf.Relay.Address == "" {
		fmt.Fprintf(d.p.Out, "letters stay in the outbox, %d now: the setting relay is off\n", counts.OutWaiting)
	} else {
		fmt.Fprintf(d.p.Out, "letters go out by %s\n", d.conf.Relay.Address)
	}
	if err := d.tellFirst(); err != nil {
		return err
	}
	if _, err = fmt.Fprintln(d.p.Out, "ready"); err != nil {
		return err
	}
	return d.notifySystemd("READY=1")
}

// notifySystemd tells systemd how far the desk is, where it runs under it
// (sd_notify(3)).
func (d *daemon) notifySystemd(state string) error {
	path, ok := d.p.Env("NOTIFY_SOCKET")
	if !ok || path == "" {
		return nil
	}
	conn, err := net.Dial("unixgram", path) // a leading @ means what systemd means
	if err != nil {
		return fmt.Errorf("telling systemd: %w", err)
	}
	_, err = io.WriteString(conn, state)
	return errors.Join(err, conn.Close())
}

// stop lets what is in flight come to its end, for a while. What does not is
// cut off, as a power cut would: it is taken up again at the next start.
func (d *daemon) stop() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), stopTime)
	defer cancel()
	errs := make([]error, len(d.stops))
	for i, stop := range d.stops {
		d.running.Go(func() { errs[i] = stop(ctx) })
	}
	done := make(chan struct{})
	go func() {
		d.running.Wait()
		close(done)
	}()
	select {
	case <-ctx.Done():
	case <-done:
	}
	if ctx.Err() != nil {
		d.log.Warn("stopped before everything in flight came to its end")
		return nil
	}
	d.log.Info("stopped")
	return errors.Join(errs...)
}
