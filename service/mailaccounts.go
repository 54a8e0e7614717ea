package service

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// MailAccounts lists the mailboxes that are fetched by IMAP (AdminMail). Only
// the system is shown their secrets.
func (s *Service) MailAccounts(ctx context.Context, by desk.Actor) ([]desk.MailAccount, error) {
	var list []desk.MailAccount
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.MailAccounts(ctx)
		for i := range list {
			off := list[i].Disabled
			s.unsealAccount(&list[i])
			if !o.by.IsSystem() {
				list[i].Disabled = off
				list[i].Password, list[i].ClientSecret, list[i].RefreshToken = "", "", ""
			}
		}
		return err
	})
	return list, err
}

// SaveMailAccount adds a mailbox or changes the one of that name (AdminMail).
// Secrets left empty stay as they are while the server and the user do.
func (s *Service) SaveMailAccount(ctx context.Context, by desk.Actor, a desk.MailAccount) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		if err := o.checkMailAccount(ctx, &a); err != nil {
			return err
		}
		before, err := o.mailAccount(ctx, a.Name)
		if err != nil {
			return err
		}
		if before != nil && before.Server == a.Server && before.User == a.User && before.TokenURL == a.TokenURL {
			keepSecrets(&a, before)
		}
		after := describeMailAccount(&a)
		s.sealAccount(&a)
		if err := o.Tx.SaveMailAccount(ctx, &a); err != nil {
			return err
		}
		old := ""
		if before != nil {
			old = describeMailAccount(before)
		}
		return o.audit(ctx, change{"mail.account", a.Name, old, after})
	})
}

// TryMailbox is how the service asks whether a mailbox can be read, and how
// many letters lie there; the package mail/in knows how.
type TryMailbox func(ctx context.Context, a desk.MailAccount) (letters int, err error)

// TryMailAccount signs in at the mailbox of that name and returns how many
// letters lie there (AdminMail). It fetches none.
func (s *Service) TryMailAccount(ctx context.Context, by desk.Actor, name string) (int, error) {
	var a *desk.MailAccount
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		var err error
		if a, err = o.mailAccount(ctx, name); err == nil && a == nil {
			return desk.Errorf(desk.NotFound, "There is no mail account %s.", name)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	if s.opt.TryMailbox == nil {
		return 0, desk.Errorf(desk.Unavailable, "This program cannot ask mailboxes.")
	}
	letters, err := s.opt.TryMailbox(ctx, *a)
	if err != nil {
		return 0, desk.Errorf(desk.Unavailable, "The mailbox cannot be read: %s.", oneLine(err.Error()))
	}
	return letters, nil
}

// keepSecrets fills in the secrets that were left empty. They never go to
// another server than they were given for.
func keepSecrets(a, before *desk.MailAccount) {
	for _, secret := range []struct{ to, from *string }{
		{&a.Password, &before.Password}, {&a.ClientSecret, &before.ClientSecret}, {&a.RefreshToken, &before.RefreshToken},
	} {
		if *secret.to == "" {
			*secret.to = *secret.from
		}
	}
}

// mailAccount returns the mailbox of that name, nil where there is none.
func (o *op) mailAccount(ctx context.Context, name string) (*desk.MailAccount, error) {
	list, err := o.Tx.MailAccounts(ctx)
	for i := range list {
		if desk.Fold(list[i].Name) == desk.Fold(name) {
			off := list[i].Disabled
			o.s.unsealAccount(&list[i])
			list[i].Disabled = off
			return &list[i], err
		}
	}
	return nil, err
}

func describeMailAccount(a *desk.MailAccount) string {
	return fmt.Sprintf("server: %s; security: %s; user: %s; mailbox: %s; queue: %s; action: %s; move_to: %s; disabled: %t",
		a.Server, a.Security, a.User, a.Mailbox, a.Queue, a.Action, a.MoveTo, a.Disabled)
}

func (o *op) checkMailAccount(ctx context.Context, a *desk.MailAccount) error {
	var err error
	if a.Name, err = desk.CheckName("mail account", a.Name); err != nil {
		return err
	}
	if _, err := o.QueueByName(ctx, a.Queue); err != nil {
		return desk.InvalidFields(map[string]string{"queue": desk.Sentence(err)})
	}
	if a.Action == "" {
		a.Action = desk.Correspond
	}
	wrong := map[string]string{}
	a.Security = cmp.Or(a.Security, "tls")
	checkMailServer(wrong, a.Server, a.Security, "imap.example.org:993")
	if a.Action != desk.Correspond && a.Action != desk.CommentByMail {
		wrong["action"] = "Choose correspond or comment."
	}
	if a.TokenURL != "" && !strings.HasPrefix(a.TokenURL, "https://") && !loopbackURL(a.TokenURL) {
		wrong["token_url"] = "Write an address that begins with https://."
	}
	if a.User == "" || len(a.User)+len(a.Mailbox)+len(a.MoveTo) > 1000 || strings.ContainsAny(a.User+a.Mailbox+a.MoveTo, "\r\n\x00") {
		wrong["user"] = "Give the name to sign in with."
	}
	if a.Minutes < 0 || a.Minutes > 24*60 {
		wrong["minutes"] = "Give a number of minutes up to a day."
	}
	if len(wrong) > 0 {
		return desk.InvalidFields(wrong)
	}
	return nil
}

// loopbackURL reports whether a token comes from a server on this machine.
func loopbackURL(url string) bool {
	host, ok := strings.CutPrefix(url, "http://")
	host, _, _ = strings.Cut(host, "/")
	return ok && desk.Loopback(host)
}

// RemoveMailAccount forgets a mailbox (AdminMail). Its letters stay.
func (s *Service) RemoveMailAccount(ctx context.Context, by desk.Actor, name string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		if err := o.DeleteMailAccount(ctx, name); err != nil {
			return err
		}
		return o.audit(ctx, change{"mail.account", name, name, ""})
	})
}

// MailAccountState returns how far a mailbox was read. Only the system asks.
func (s *Service) MailAccountState(ctx context.Context, by desk.Actor, id desk.MailAccountID) (desk.MailAccountState, error) {
	var state desk.MailAccountState
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		state, err = o.Tx.MailAccountState(ctx, id)
		return err
	})
	return state, err
}

// MailAccountRead stores how far a mailbox was read and what went wrong. Only
// the system does it.
func (s *Service) MailAccountRead(ctx context.Context, by desk.Actor, id desk.MailAccountID, state desk.MailAccountState) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		state.Said = oneLine(state.Said)
		return o.SetMailAccountState(ctx, id, state)
	})
}
