package service

import (
	"context"
	"time"

	"gatehouse/desk"
)

// madeByToken ties a token that is made by another one to it, or refuses it.
func (o *op) madeByToken(ctx context.Context, t *desk.Token) error {
	if o.by.Token == "" {
		return nil
	}
	maker, err := o.Tx.Token(ctx, o.by.Token)
	switch {
	case err != nil:
		return err
	case t.User != maker.User:
		return desk.Errorf(desk.Forbidden, "A token makes tokens for its own user only.")
	case maker.Maker != "":
		return desk.Errorf(desk.Forbidden, "This token was made by another one and makes none itself. Make it by that one, or on the page of your account.")
	}
	t.Maker = maker.Digest
	return endsWith(maker, t.Until)
}

// endsWith refuses an end beyond that of the token that acts.
func endsWith(acting *desk.Token, until time.Time) error {
	if acting.Until.IsZero() || !until.IsZero() && !until.After(acting.Until) {
		return nil
	}
	return desk.InvalidFields(map[string]string{"until": "A token gives no end beyond its own, " + acting.Until.UTC().Format("2006-01-02 15:04") + " UTC. Renew it on the page of your account first."})
}

// A Renewal is how a token goes on.
type Renewal struct {
	Digest string    // of the token
	Until  time.Time // its new end; zero: for ever
	Secret bool      // it gets a new secret, and the present one ends at once
}

// RenewToken gives a token for the API another end, and a new secret where that
// is asked for or the token is over; it returns the secret, or nothing where it
// stays. It is for whom EndToken is. What a token made ends with its secret. A
// token itself renews only itself and what it made, to its own end at the latest.
func (s *Service) RenewToken(ctx context.Context, by desk.Actor, in Renewal) (string, error) {
	secret, digest := newToken()
	err := s.do(ctx, by, func(o *op) error {
		t, err := o.ownedToken(ctx, in.Digest)
		if err != nil {
			return err
		}
		now := s.Now()
		if !in.Until.IsZero() && !in.Until.After(now) {
			return desk.InvalidFields(map[string]string{"until": "Choose a day to come."})
		}
		if err := o.mayRenew(ctx, t, in.Until); err != nil {
			return err
		}
		before, err := o.describeToken(ctx, t)
		if err != nil {
			return err
		}
		said := inWords{"The token " + t.Name + " for programs was renewed.", "Das Token " + t.Name + " für Programme wurde verlängert."}
		over := !t.Until.IsZero() && !now.Before(t.Until)
		t.Until = in.Until
		if in.Secret || over {
			t.Digest, t.LastUsed = digest, time.Time{}
			said = inWords{said.english + " It has a new secret; the old one no longer counts.", said.german + " Es hat ein neues Geheimnis; das alte gilt nicht mehr."}
		} else {
			secret = ""
		}
		if err := o.Tx.RenewToken(ctx, in.Digest, t); err != nil {
			return err
		}
		after, err := o.describeToken(ctx, t)
		if err != nil {
			return err
		}
		if secret != "" {
			after += "; new secret"
		}
		return o.accountChanged(ctx, t.User, change{"token.renew", o.userRef(ctx, t.User), before, after}, said)
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// mayRenew refuses what a token may not renew.
func (o *op) mayRenew(ctx context.Context, t *desk.Token, until time.Time) error {
	if o.by.Token == "" {
		return nil
	}
	if t.Digest != o.by.Token && t.Maker != o.by.Token {
		return desk.Errorf(desk.Forbidden, "A token renews itself and those that it made. Renew others on the page of your account.")
	}
	acting, err := o.Tx.Token(ctx, o.by.Token)
	if err != nil {
		return err
	}
	return endsWith(acting, until)
}
