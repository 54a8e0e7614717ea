package service

import (
	"context"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// An Account is what somebody sees of his own ways in.
type Account struct {
	desk.User
	Factors    desk.Factors
	Sessions   []desk.Session // in force, the last used first
	Tokens     []desk.Token   // for the API; only with ManageAuthTokens
	Providers  []Provider     // that one can be known to
	Companies  []desk.Customer
	Password   bool   // he has one here
	From       string // the directory that he comes from; empty: none
	MayChange  bool   // ModifySelf
	MayTokens  bool   // ManageAuthTokens
	MustSecond bool   // the desk asks for a second factor
}

// Account returns the actor's own account.
func (s *Service) Account(ctx context.Context, by desk.Actor) (*Account, error) {
	a := &Account{}
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() || by.User == 0 {
			return desk.Errorf(desk.Invalid, "The system has no account.")
		}
		u, err := o.Tx.User(ctx, by.User)
		if err != nil {
			return err
		}
		a.User, a.MayChange = *u, o.can(desk.ModifySelf, access.System())
		if err := o.fillWaysIn(ctx, a); err != nil {
			return err
		}
		if a.MayTokens = o.can(desk.ManageAuthTokens, access.System()); a.MayTokens {
			if a.Tokens, err = o.Tx.Tokens(ctx, by.User); err != nil {
				return err
			}
			a.Tokens = slices.DeleteFunc(a.Tokens, func(t desk.Token) bool { return t.Kind != "api" })
		}
		return nil
	})
	return a, err
}

// fillWaysIn reads by what the actor comes in.
func (o *op) fillWaysIn(ctx context.Context, a *Account) error {
	f, err := o.Tx.Factors(ctx, a.ID)
	if err != nil {
		return err
	}
	a.Factors = *f
	hash, err := o.PasswordHash(ctx, a.ID)
	if err != nil {
		return err
	}
	a.Password = hash != ""
	d, err := o.directoryOf(ctx, a.ID)
	if err != nil {
		return err
	}
	own := func(p Provider) bool { return d != nil && p.ID == d.ID }
	if d != nil {
		a.From = d.Name
	}
	if a.MustSecond, err = o.mustHaveSecond(ctx, a.Kind); err != nil {
		return err
	}
	if a.Providers, err = o.providers(ctx); err != nil {
		return err
	}
	a.Providers = slices.DeleteFunc(a.Providers, own) // he is known to it, or would not be here
	known, err := o.Tx.OutsideLogins(ctx, a.ID)
	if err != nil {
		return err
	}
	for i, p := range a.Providers {
		a.Providers[i].Connected = slices.ContainsFunc(known, func(l desk.OutsideLogin) bool { return l.Directory == p.ID })
	}
	sessions, err := o.Tx.SessionsOf(ctx, a.ID)
	now := o.s.Now()
	for _, x := range sessions {
		if now.Sub(x.Seen) < SessionIdle && now.Sub(x.Created) < SessionMax {
			a.Sessions = append(a.Sessions, x)
		}
	}
	return err
}

// SessionName is the name of a token's session in Account.Sessions.
func SessionName(token string) string { return digestOf(token) }

// EndSession ends one of the actor's own sessions, by its digest.
func (s *Service) EndSession(ctx context.Context, by desk.Actor, digest string) error {
	return s.do(ctx, by, func(o *op) error {
		session, err := o.Tx.Session(ctx, digest)
		if err == nil && (session.User != by.User || by.User == 0 || by.Limits.Narrow()) {
			err = desk.Errorf(desk.NotFound, "There is no such session.")
		}
		if err != nil {
			return err
		}
		if err := o.DeleteSession(ctx, digest); err != nil {
			return err
		}
		return o.audit(ctx, change{"session.end", o.userRef(ctx, by.User), "from: " + session.Address, ""})
	})
}

// EndOtherSessions ends all sessions of the actor but the one of that token.
func (s *Service) EndOtherSessions(ctx context.Context, by desk.Actor, keep string) error {
	return s.do(ctx, by, func(o *op) error {
		if by.IsSystem() || by.Limits.Narrow() {
			return desk.Errorf(desk.Invalid, "The system and limited tokens have no account.")
		}
		if err := o.DeleteOtherSessions(ctx, by.User, digestOf(keep)); err != nil {
			return err
		}
		return o.audit(ctx, change{"session.end", o.userRef(ctx, by.User), "all others", ""})
	})
}

// A PasswordChange is a new password for the actor.
type PasswordChange struct {
	Old, New string
	Keep     string // the token of the session that stays; all others end
}

// freshProof is for how long somebody who came in by a link or a passkey may set
// a new password without the old one.
const freshProof = 30 * time.Minute

// NeedsOld reports whether the actor, in the session of that token, must give his
// present password to set a new one, at a time. Who came in by a link by mail or
// a passkey a short while ago has shown as much.
func (a *Account) NeedsOld(token string, now time.Time) bool {
	return a.Password && !slices.ContainsFunc(a.Sessions, func(x desk.Session) bool { return x.Digest == digestOf(token) && provesAnew(&x, now) })
}

func provesAnew(x *desk.Session, now time.Time) bool {
	return (x.Way == byLink || x.Way == byPasskey) && now.Sub(x.Created) < freshProof
}

// maySetOwn refuses who may not change his own password so.
func (o *op) maySetOwn(ctx context.Context, in PasswordChange) error {
	x, err := o.Tx.Session(ctx, digestOf(in.Keep))
	if err != nil && desk.KindOf(err) != desk.NotFound {
		return err
	}
	if err == nil && x.User == o.by.User && provesAnew(x, o.s.Now()) {
		return nil
	}
	return o.maySetPassword(ctx, o.by.User, in.Old)
}

// ChangePassword sets the actor's own password (ModifySelf); the old one must
// be given unless there is none, or the session that stays needs none: see
// NeedsOld.
func (s *Service) ChangePassword(ctx context.Context, by desk.Actor, in PasswordChange) error {
	if err := s.CheckPassword(in.New); err != nil {
		return err
	}
	hash, err := s.hashPassword(ctx, in.New)
	if err != nil {
		return err
	}
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		if !s.tries.allow("password " + formatID(by.User)) {
			return errTooMany()
		}
		if err := o.maySetOwn(ctx, in); err != nil {
			return err
		}
		if err := o.refuseOwnName(ctx, by.User, in.New); err != nil {
			return err
		}
		if d, err := o.directoryOf(ctx, by.User); err != nil {
			return err
		} else if d != nil {
			return desk.Errorf(desk.Conflict, "The password is that of a directory; change it there.")
		}
		if err := o.SetPasswordHash(ctx, by.User, hash); err != nil {
			return err
		}
		if err := o.DeleteOtherSessions(ctx, by.User, digestOf(in.Keep)); err != nil {
			return err
		}
		s.tries.forget("password " + formatID(by.User))
		return o.accountChanged(ctx, by.User, change{"user.password", o.userRef(ctx, by.User), "", ""}, inWords{"The password was changed, and all other sessions were ended.", "Das Passwort wurde geändert, und alle anderen Sitzungen wurden beendet."})
	})
}

// EndSessionsOf ends all sessions of another user (AdminUsers; those of a
// superuser only a superuser). He is told.
func (s *Service) EndSessionsOf(ctx context.Context, by desk.Actor, user desk.UserID) error {
	return s.do(ctx, by, func(o *op) error {
		if _, err := o.userToChange(ctx, user); err != nil {
			return err
		}
		if err := o.DeleteSessionsOf(ctx, user); err != nil {
			return err
		}
		return o.accountChanged(ctx, user, change{"session.end", o.userRef(ctx, user), "", "all"}, inWords{"All sessions of your account were ended: sign in again.", "Alle Sitzungen Ihres Kontos wurden beendet: Melden Sie sich neu an."})
	})
}

// FactorsOf returns what a user has to show who he is (AdminUsers).
func (s *Service) FactorsOf(ctx context.Context, by desk.Actor, user desk.UserID) (*desk.Factors, error) {
	var f *desk.Factors
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminUsers, access.System()); err != nil {
			return err
		}
		if _, err := o.Tx.User(ctx, user); err != nil {
			return err
		}
		var err error
		f, err = o.Tx.Factors(ctx, user)
		return err
	})
	return f, err
}

// ResetFactors takes away all second factors of somebody who has lost them, and
// ends his sessions (AdminUsers; a superuser's only by a superuser). He comes
// in by his password then, or by a link.
func (s *Service) ResetFactors(ctx context.Context, by desk.Actor, user desk.UserID) error {
	return s.do(ctx, by, func(o *op) error {
		if _, err := o.userToChange(ctx, user); err != nil {
			return err
		}
		for _, forget := range []func() error{
			func() error { return o.DeleteCodeApp(ctx, user) },
			func() error { return o.SetRecoveryCodes(ctx, user, nil) },
			func() error { return o.DeletePasskey(ctx, user, "") },
			func() error { return o.DeleteSessionsOf(ctx, user) },
		} {
			if err := forget(); err != nil {
				return err
			}
		}
		return o.accountChanged(ctx, user, change{"factor.reset", o.userRef(ctx, user), "", ""}, inWords{"All second factors and passkeys were taken away, and all sessions ended.", "Alle zweiten Faktoren und Passkeys wurden entfernt und alle Sitzungen beendet."})
	})
}
