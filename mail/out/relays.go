package out

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gatehouse/desk"
)

// saidEvery is how often is noted that a relay works as before.
const saidEvery = 5 * time.Minute

// A target is a relay with how it is kept.
type target struct {
	Relay
	kept *desk.MailRelay // nil: of the settings
}

// targets are the relays in the order in which they are tried: those that were
// set up on the page, then those of the settings.
func (s *Sender) targets(ctx context.Context) ([]target, error) {
	kept, err := s.Service.MailRelays(ctx, by())
	if err != nil {
		return nil, err
	}
	var list []target
	for i := range kept {
		if !kept[i].Disabled {
			list = append(list, target{relayOf(&kept[i]), &kept[i]})
		}
	}
	for _, r := range append([]Relay{s.Relay}, s.Spare...) {
		if r.Address != "" {
			list = append(list, target{r, nil})
		}
	}
	return list, nil
}

// relayOf is a relay as it is spoken with.
func relayOf(r *desk.MailRelay) Relay {
	return Relay{Address: r.Server, StartTLS: r.Security == "starttls", Wrapped: r.Security == "tls", User: r.User, Password: r.Password}
}

// Try connects to a relay and signs in, as a desk of that domain. It sends
// nothing.
func Try(domain string) func(context.Context, desk.MailRelay) error {
	return func(_ context.Context, r desk.MailRelay) error {
		open, err := relayOf(&r).connect(domain)
		if err != nil {
			return err
		}
		return open.client.Quit()
	}
}

// connect opens a connection to the first relay that can be reached.
func (s *Sender) connect(ctx context.Context) (*session, error) {
	var failed error
	for _, t := range s.relays {
		open, err := t.connect(s.Service.Domain())
		s.note(ctx, t, err)
		if err == nil {
			return open, nil
		}
		if failed == nil {
			failed = err
			continue
		}
		s.Log.Warn("a relay cannot be reached, trying the next one", "relay", t.Address, "error", err)
		failed = fmt.Errorf("%w; %s: %w", failed, t.Address, err)
	}
	return nil, failed
}

// note keeps what a relay said, where it is news.
func (s *Sender) note(ctx context.Context, t target, err error) {
	if t.kept == nil {
		return
	}
	said := ""
	if err != nil {
		said = err.Error()
	}
	if (said == "") == (t.kept.Said == "") && s.Service.Now().Sub(t.kept.At) < saidEvery {
		return
	}
	t.kept.Said, t.kept.At = said, s.Service.Now()
	if err := s.Service.RelaySaid(context.WithoutCancel(ctx), by(), t.kept.ID, said); err != nil {
		s.Log.Warn("what a relay said was not noted", "relay", t.Address, "error", err)
	}
}

// choose reads the relays anew, and hangs up where the open connection is to
// one that is no longer among them.
func (s *Sender) choose(ctx context.Context) error {
	list, err := s.targets(ctx)
	if err != nil {
		return err
	}
	s.relays = list
	if s.open != nil && !slices.ContainsFunc(list, func(t target) bool { return t.Relay == s.open.from }) {
		s.hangUp()
	}
	return nil
}
