package service

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// MailRelays lists the mail servers that take the desk's letters, in the order
// in which they are tried, before those of the settings (AdminMail). Only the
// system is shown their secrets.
func (s *Service) MailRelays(ctx context.Context, by desk.Actor) ([]desk.MailRelay, error) {
	var list []desk.MailRelay
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		if list, err = o.Tx.MailRelays(ctx); err != nil {
			return err
		}
		for i := range list {
			s.unsealRelay(&list[i])
			if !o.by.IsSystem() {
				list[i].Password = ""
			}
		}
		return nil
	})
	return list, err
}

// RelaysOfSettings returns the relays that the settings name, which are tried
// after those of MailRelays (AdminMail).
func (s *Service) RelaysOfSettings(ctx context.Context, by desk.Actor) ([]string, error) {
	err := s.view(ctx, by, func(o *op) error { return o.need(desk.AdminMail, access.System()) })
	if err != nil {
		return nil, err
	}
	return s.opt.Relays, nil
}

func relayPurpose(r *desk.MailRelay) string { return "relay " + desk.Fold(r.Name) }

// unsealRelay opens the secret of a relay. One that does not open is not used,
// and says why.
func (s *Service) unsealRelay(r *desk.MailRelay) {
	if !r.Sealed || r.Password == "" {
		return
	}
	secret, err := s.open(relayPurpose(r), r.Password)
	if err != nil {
		r.Disabled, r.Said = true, desk.Sentence(err)
	}
	r.Password = secret
}

// SaveMailRelay adds a relay or changes the one of that name (AdminMail). A
// password left empty stays as it is while the server and the user do; without
// a user there is none.
func (s *Service) SaveMailRelay(ctx context.Context, by desk.Actor, r desk.MailRelay) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		if err := checkRelay(&r); err != nil {
			return err
		}
		before, err := o.mailRelay(ctx, r.Name)
		if err != nil {
			return err
		}
		old := ""
		if before != nil {
			old = describeRelay(before)
			if r.Password == "" && before.Server == r.Server && before.User == r.User {
				r.Password = before.Password
			}
		}
		after := describeRelay(&r)
		if r.User == "" {
			r.Password = ""
		}
		if r.Sealed = true; r.Password != "" {
			r.Password = s.seal(relayPurpose(&r), r.Password)
		}
		if err := o.Tx.SaveMailRelay(ctx, &r); err != nil {
			return err
		}
		return o.audit(ctx, change{"mail.relay", r.Name, old, after})
	})
}

// mailRelay returns the relay of that name with its secret open, nil where there
// is none.
func (o *op) mailRelay(ctx context.Context, name string) (*desk.MailRelay, error) {
	list, err := o.Tx.MailRelays(ctx)
	for i := range list {
		if desk.Fold(list[i].Name) == desk.Fold(name) {
			off := list[i].Disabled
			o.s.unsealRelay(&list[i])
			list[i].Disabled = off
			return &list[i], err
		}
	}
	return nil, err
}

func describeRelay(r *desk.MailRelay) string {
	return fmt.Sprintf("server: %s; security: %s; user: %s; place: %d; disabled: %t", r.Server, r.Security, r.User, r.Place, r.Disabled)
}

func checkRelay(r *desk.MailRelay) error {
	var err error
	if r.Name, err = desk.CheckName("relay", r.Name); err != nil {
		return err
	}
	wrong := map[string]string{}
	r.Security = cmp.Or(r.Security, "starttls")
	checkMailServer(wrong, r.Server, r.Security, "mail.example.org:587")
	if len(r.User)+len(r.Password) > 2000 || strings.ContainsAny(r.User+r.Password, "\r\n\x00") {
		wrong["user"] = "Name and password are one line each."
	}
	if r.Place < 0 || r.Place > 1000 {
		wrong["place"] = "Give a number from 0 to 1000; the lowest is tried first."
	}
	if len(wrong) > 0 {
		return desk.InvalidFields(wrong)
	}
	return nil
}

// checkMailServer says what is wrong with the address of a server for letters,
// coming or going, and with how it is spoken with. like is such an address.
func checkMailServer(wrong map[string]string, server, security, like string) {
	host, port, err := net.SplitHostPort(server)
	number, wide := strconv.ParseUint(port, 10, 16)
	if err != nil || wide != nil || host == "" || number == 0 {
		wrong["server"] = "Write it with a port from 1 to 65535, as " + like + "."
	}
	switch {
	case security == "off" && !desk.Loopback(server):
		wrong["security"] = "Only a server on this machine is spoken with in the clear; choose tls or starttls."
	case security != "tls" && security != "starttls" && security != "off":
		wrong["security"] = "Choose tls, starttls or off."
	}
}

// RemoveMailRelay forgets a relay (AdminMail).
func (s *Service) RemoveMailRelay(ctx context.Context, by desk.Actor, name string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		before, err := o.mailRelay(ctx, name)
		if err != nil {
			return err
		}
		if err := o.DeleteMailRelay(ctx, name); err != nil {
			return err
		}
		return o.audit(ctx, change{"mail.relay", before.Name, describeRelay(before), ""})
	})
}

// TryRelay is how the service asks whether a relay takes letters; the package
// mail/out knows how.
type TryRelay func(ctx context.Context, r desk.MailRelay) error

// TryMailRelay connects to the relay of that name and signs in (AdminMail). It
// sends nothing.
func (s *Service) TryMailRelay(ctx context.Context, by desk.Actor, name string) error {
	var r *desk.MailRelay
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		if r, err = o.mailRelay(ctx, name); err == nil && r == nil {
			return desk.Errorf(desk.NotFound, "There is no relay %s.", name)
		}
		return err
	})
	if err != nil {
		return err
	}
	if s.opt.TryRelay == nil {
		return desk.Errorf(desk.Unavailable, "This program cannot ask relays.")
	}
	said := ""
	if err := s.opt.TryRelay(ctx, *r); err != nil {
		said = oneLine(err.Error())
	}
	if err := s.RelaySaid(ctx, desk.System(desk.ViaJob), r.ID, said); err != nil {
		return err
	}
	if said != "" {
		return desk.Errorf(desk.Unavailable, "The relay takes no letters: %s.", said)
	}
	return nil
}

// RelaySaid stores what a relay said last; empty: that all is well. Only the
// system does it.
func (s *Service) RelaySaid(ctx context.Context, by desk.Actor, id desk.MailRelayID, said string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		return o.SetMailRelaySaid(ctx, id, oneLine(said), s.Now())
	})
}

// secrets are the secrets of a mailbox, each with what it is sealed for.
func secrets(a *desk.MailAccount) map[string]*string {
	name := "mail account " + desk.Fold(a.Name) + " "
	return map[string]*string{name + "password": &a.Password, name + "client secret": &a.ClientSecret, name + "refresh token": &a.RefreshToken}
}

// sealAccount seals the secrets of a mailbox.
func (s *Service) sealAccount(a *desk.MailAccount) {
	for purpose, secret := range secrets(a) {
		if *secret != "" {
			*secret = s.seal(purpose, *secret)
		}
	}
	a.Sealed = true
}

// unsealAccount opens them. A mailbox whose secrets do not open is not fetched,
// and says why.
func (s *Service) unsealAccount(a *desk.MailAccount) {
	if !a.Sealed {
		return
	}
	for purpose, secret := range secrets(a) {
		if *secret == "" {
			continue
		}
		open, err := s.open(purpose, *secret)
		if err != nil {
			a.Disabled, a.Said = true, desk.Sentence(err)
		}
		*secret = open
	}
}

// SealStored seals the secrets of mailboxes that an earlier version stored as
// they are, and returns of how many. Only the system does it.
func (s *Service) SealStored(ctx context.Context, by desk.Actor) (int, error) {
	sealed := 0
	err := s.do(ctx, by, func(o *op) error {
		sealed = 0
		if err := o.needSystem(); err != nil {
			return err
		}
		list, err := o.Tx.MailAccounts(ctx)
		for i := range list {
			a := &list[i]
			if err != nil || a.Sealed {
				continue
			}
			s.sealAccount(a)
			a.Said = ""
			err = o.Tx.SaveMailAccount(ctx, a)
			sealed++
		}
		return err
	})
	return sealed, err
}

// noRelay reports whether no mail server is named that takes the desk's letters.
func (o *op) noRelay(ctx context.Context) (bool, error) {
	if len(o.s.opt.Relays) > 0 {
		return false, nil
	}
	relays, err := o.Tx.MailRelays(ctx)
	return !slices.ContainsFunc(relays, func(r desk.MailRelay) bool { return !r.Disabled }), err
}
