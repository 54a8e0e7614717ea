package service

import (
	"context"
	"strings"

	"gatehouse/desk"
	"gatehouse/passkey"
)

// maxPasskeys is how many passkeys one person may have.
const maxPasskeys = 20

// A Ceremony is a passkey being made or asked: the browser is given the options
// and gives an answer, which comes back with the token.
type Ceremony struct {
	Token   string
	Options string // as navigator.credentials wants them (WebAuthn)
}

// PasskeysWork reports whether the desk's address is one that passkeys can be
// made for: a name, and not a number, over TLS or on this machine.
func (s *Service) PasskeysWork() bool { return s.party().Works() }

func (s *Service) party() passkey.Party {
	return passkey.Party{Name: s.Name(), Address: s.opt.BaseURL}
}

func (o *op) keyHolder(ctx context.Context, id desk.UserID) (passkey.Holder, error) {
	u, err := o.Tx.User(ctx, id)
	if err != nil {
		return passkey.Holder{}, err
	}
	f, err := o.Tx.Factors(ctx, id)
	if err != nil {
		return passkey.Holder{}, err
	}
	return passkey.Holder{User: u, Keys: f.Passkeys}, nil
}

// ceremony stores what is remembered of a question until it is answered.
func (o *op) ceremony(ctx context.Context, kind string, user desk.UserID, q *passkey.Question) (*Ceremony, error) {
	token, err := o.halfDone(ctx, kind, user, q.Keep)
	return &Ceremony{token, q.Options}, err
}

// answered returns what was remembered of a question, which is answered now.
func (o *op) answered(ctx context.Context, kind, token string) (*desk.HalfDone, error) {
	h, err := o.begun(ctx, kind, token)
	if err != nil {
		return nil, err
	}
	return h, o.DeleteHalfDone(ctx, h.Digest)
}

// BeginPasskey begins to make a passkey for the actor (ModifySelf).
func (s *Service) BeginPasskey(ctx context.Context, by desk.Actor) (*Ceremony, error) {
	var c *Ceremony
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		holder, err := o.keyHolder(ctx, by.User)
		if err != nil {
			return err
		}
		if len(holder.Keys) >= maxPasskeys {
			return desk.Errorf(desk.Conflict, "You have %d passkeys; take one away first.", maxPasskeys)
		}
		q, err := s.party().AskForNew(holder)
		if err == nil {
			c, err = o.ceremony(ctx, halfAddKey, by.User, q)
		}
		return err
	})
	return c, err
}

// A KeyAnswer is what a browser answers in a ceremony.
type KeyAnswer struct {
	Token    string // of the ceremony
	Response string // JSON
	Name     string // of a new passkey; empty: Passkey
	Step     string // of a sign-in whose second factor the passkey is
}

// AddPasskey stores the passkey that a browser made (ModifySelf). From the first
// one on a password or a link alone lets nobody in, so that who has no recovery
// codes gets some, which are shown once.
func (s *Service) AddPasskey(ctx context.Context, by desk.Actor, in KeyAnswer) ([]string, error) {
	var codes []string
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		if strings.TrimSpace(in.Name) == "" {
			in.Name = "Passkey"
		}
		name, err := desk.CheckName("passkey", in.Name)
		if err != nil {
			return err
		}
		h, err := o.answered(ctx, halfAddKey, in.Token)
		if err == nil && h.User != by.User {
			err = errNobody()
		}
		if err != nil {
			return err
		}
		holder, err := o.keyHolder(ctx, by.User)
		if err != nil {
			return err
		}
		key, err := s.party().New(holder, h.Data, in.Response)
		if err != nil {
			return err
		}
		key.Name, key.Created = name, s.Now()
		if err := o.InsertPasskey(ctx, key); err != nil {
			return err
		}
		if codes, err = o.firstRecoveryCodes(ctx); err != nil {
			return err
		}
		return o.accountChanged(ctx, by.User, change{"factor.passkey", o.userRef(ctx, by.User), "", "name: " + name}, inWords{"The passkey " + name + " was added. It lets its owner in.", "Der Passkey " + name + " kam hinzu. Er lässt seinen Inhaber hinein."})
	})
	return codes, err
}

// firstRecoveryCodes gives the actor recovery codes if he has none.
func (o *op) firstRecoveryCodes(ctx context.Context) ([]string, error) {
	f, err := o.Tx.Factors(ctx, o.by.User)
	if err != nil || f.Codes > 0 {
		return nil, err
	}
	return o.newRecoveryCodes(ctx, o.by.User)
}

// RemovePasskey takes one of the actor's passkeys away (ModifySelf).
func (s *Service) RemovePasskey(ctx context.Context, by desk.Actor, id string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		if err := o.mayGoWithout(ctx, func(f *desk.Factors) bool { return !f.App.IsZero() || len(f.Passkeys) > 1 }); err != nil {
			return err
		}
		k, err := o.Tx.Passkey(ctx, id)
		if err != nil {
			return err
		}
		if err := o.DeletePasskey(ctx, by.User, k.ID); err != nil {
			return err
		}
		if err := o.dropCodes(ctx); err != nil {
			return err
		}
		return o.accountChanged(ctx, by.User, change{"factor.passkey", o.userRef(ctx, by.User), "name: " + k.Name, ""}, inWords{"The passkey " + k.Name + " was taken away.", "Der Passkey " + k.Name + " wurde entfernt."})
	})
}

// AskPasskey asks the browser for a passkey: of whoever it is, or as the second
// factor of the sign-in with that step. Nobody needs a right for it.
func (s *Service) AskPasskey(ctx context.Context, step, address string) (*Ceremony, error) {
	if step == "" && !s.tries.allow("passkey from "+address) {
		return nil, errTooMany()
	}
	var c *Ceremony
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		if step == "" {
			q, err := s.party().Ask()
			if err == nil {
				c, err = o.ceremony(ctx, halfUseKey, 0, q)
			}
			return err
		}
		h, err := o.begun(ctx, halfSecond, step)
		if err != nil {
			return err
		}
		holder, err := o.keyHolder(ctx, h.User)
		if err != nil {
			return err
		}
		q, err := s.party().AskFor(holder)
		if err == nil {
			c, err = o.ceremony(ctx, halfUseKey, h.User, q)
		}
		return err
	})
	return c, err
}

// EnterByPasskey lets somebody in whose passkey the browser asked, and returns
// the token of his session. A passkey alone is two factors: the device, and
// what unlocks it. Nobody needs a right for it.
func (s *Service) EnterByPasskey(ctx context.Context, in KeyAnswer, browser, address string) (string, error) {
	var token string
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		h, err := o.answered(ctx, halfUseKey, in.Token)
		if err != nil {
			return err
		}
		user, err := o.whoseKey(ctx, h.Data, in.Response)
		if err != nil {
			return err
		}
		if h.User == 0 {
			s.tries.forget("passkey from " + address)
			token, err = o.newSession(ctx, &desk.Session{User: user, Agent: browser, Address: address, Way: byPasskey})
			return err
		}
		step, err := o.begun(ctx, halfSecond, in.Step)
		if err == nil && (step.User != user || h.User != user) {
			err = errNobody()
		}
		if err != nil {
			return err
		}
		token, err = o.finish(ctx, step, browser, address)
		return err
	})
	return token, err
}

// whoseKey returns the enabled user whose passkey gave the response.
func (o *op) whoseKey(ctx context.Context, keep, response string) (desk.UserID, error) {
	id, err := passkey.IDOf(response)
	if err != nil {
		return 0, err
	}
	k, err := o.Tx.Passkey(ctx, id)
	if desk.KindOf(err) == desk.NotFound || err == nil && !o.e.Enabled(k.User) {
		return 0, desk.Errorf(desk.Unauthenticated, "The passkey was not accepted. Try again, or sign in another way.")
	}
	if err != nil {
		return 0, err
	}
	holder, err := o.keyHolder(ctx, k.User)
	if err != nil {
		return 0, err
	}
	credential, err := o.s.party().Shown(holder, keep, response)
	if err != nil {
		o.s.log.Warn("a passkey was not accepted", "user", k.User, "passkey", k.Name, "error", err)
		return 0, err
	}
	return k.User, o.UsePasskey(ctx, k.ID, credential, o.s.Now())
}
