package cli

import (
	"errors"
	"io"
	"strings"
	"time"

	"gatehouse/desk"
)

type mailRelay struct {
	List   mailRelayList   `cmd:"" help:"List the relays in the order in which they are tried; those of the settings come last."`
	Set    mailRelaySet    `cmd:"" help:"Add a relay, or change the one of that name."`
	Remove mailRelayRemove `cmd:"" help:"Send by a relay no longer."`
	Test   mailRelayTest   `cmd:"" help:"Connect to a relay and sign in; nothing is sent."`
}

type relayLine struct {
	Name     string    `json:"name"`
	Server   string    `json:"server"`
	Security string    `json:"security"`
	User     string    `json:"user"`
	Place    int       `json:"place"`
	Disabled bool      `json:"disabled"`
	At       time.Time `json:"at"`
	Said     string    `json:"said"`
}

type mailRelayList struct{}

// Run lists the relays, without their passwords.
func (cmd *mailRelayList) Run(c *caller) error {
	list, err := c.svc.MailRelays(c.ctx, c.by)
	if err != nil {
		return err
	}
	lines := mapped(list, func(r *desk.MailRelay) relayLine {
		return relayLine{r.Name, r.Server, r.Security, r.User, r.Place, r.Disabled, r.At, r.Said}
	})
	for _, address := range relaysOf(c.conf) {
		lines = append(lines, relayLine{Name: "(settings)", Server: address})
	}
	return printList(c.app, lines)
}

type mailRelaySet struct {
	Name     string `arg:"" help:"What the relay is called."`
	Server   string `required:"" placeholder:"HOST:PORT" help:"The mail server."`
	Security string `enum:"starttls,tls,off" default:"starttls" help:"starttls, tls, or off for a server on this machine."`
	User     string `help:"Name to sign in with; without one nobody signs in."`
	Place    int    `default:"10" help:"The relay with the lowest is tried first."`
	Disabled bool   `help:"Do not use it for now."`
	Secret   bool   `help:"Read the password from standard input. Without it the old one stays."`
}

// Run stores the relay.
func (cmd *mailRelaySet) Run(c *caller) error {
	r := desk.MailRelay{Name: cmd.Name, Server: cmd.Server, Security: cmd.Security, User: cmd.User, Place: cmd.Place, Disabled: cmd.Disabled}
	if cmd.Secret {
		text, err := io.ReadAll(io.LimitReader(c.p.In, 4096))
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		r.Password = strings.TrimRight(string(text), "\r\n")
	}
	if err := c.svc.SaveMailRelay(c.ctx, c.by, r); err != nil {
		return err
	}
	return c.done(0, "The relay %s is stored.", r.Name)
}

type mailRelayRemove struct {
	Name string `arg:"" help:"What the relay is called."`
}

// Run forgets the relay.
func (cmd *mailRelayRemove) Run(c *caller) error {
	if err := c.svc.RemoveMailRelay(c.ctx, c.by, cmd.Name); err != nil {
		return err
	}
	return c.done(0, "The relay %s is gone.", cmd.Name)
}

type mailRelayTest struct {
	Name string `arg:"" help:"What the relay is called."`
}

// Run asks the relay.
func (cmd *mailRelayTest) Run(c *caller) error {
	if err := c.svc.TryMailRelay(c.ctx, c.by, cmd.Name); err != nil {
		return err
	}
	return c.done(0, "The relay %s takes letters.", cmd.Name)
}
