package service

import (
	"context"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A NewToken is a token for the API that is asked for.
type NewToken struct {
	User  desk.UserID
	Name  string
	Until time.Time // zero: for ever
	Looks bool      // it may only look
}

// scopeLooks is the scope of tokens that may only look.
const scopeLooks = "read"

// CreateToken makes a token for the API that acts for the actor himself
// (ManageAuthTokens), or for another user (AdminUsers too). It is shown once.
func (s *Service) CreateToken(ctx context.Context, by desk.Actor, in NewToken) (string, error) {
	token, digest := newToken()
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayToken(ctx, in.User); err != nil {
			return err
		}
		name, err := desk.CheckName("token", in.Name)
		if err != nil {
			return err
		}
		if !in.Until.IsZero() && !in.Until.After(s.Now()) && !by.IsSystem() {
			return desk.InvalidFields(map[string]string{"until": "Choose a day to come."})
		}
		t := desk.Token{Digest: digest, Kind: "api", User: in.User, Name: name, Created: s.Now(), Until: in.Until}
		if in.Looks {
			t.Scope = scopeLooks
		}
		if err := o.InsertToken(ctx, &t); err != nil {
			return err
		}
		return o.accountChanged(ctx, in.User, change{"token.create", o.userRef(ctx, in.User), "", describeToken(&t)}, "A token for programs was made: "+name+". Whoever has it can act for you.")
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

func describeToken(t *desk.Token) string {
	text := "name: " + t.Name
	if t.Scope != "" {
		text += "; scope: " + t.Scope
	}
	if !t.Until.IsZero() {
		text += "; until: " + t.Until.Format(time.DateOnly)
	}
	return text
}

// mayToken refuses who may not make tokens for a user.
func (o *op) mayToken(ctx context.Context, user desk.UserID) error {
	if err := o.need(desk.ManageAuthTokens, access.System()); err != nil {
		return err
	}
	if user == o.by.User && user != 0 {
		return nil
	}
	_, err := o.userToChange(ctx, user)
	return err
}

// Tokens lists the tokens for the API of the actor (ManageAuthTokens), or of
// another user (AdminUsers too), the newest first.
func (s *Service) Tokens(ctx context.Context, by desk.Actor, user desk.UserID) ([]desk.Token, error) {
	var list []desk.Token
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayToken(ctx, user); err != nil {
			return err
		}
		all, err := o.Tx.Tokens(ctx, user)
		for _, t := range all {
			if t.Kind == "api" {
				list = append(list, t)
			}
		}
		return err
	})
	return list, err
}

// EndToken ends a token for the API, of the actor or of another user, as
// CreateToken makes them.
func (s *Service) EndToken(ctx context.Context, by desk.Actor, digest string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.ManageAuthTokens, access.System()); err != nil {
			return err
		}
		t, err := o.Tx.Token(ctx, digest)
		if err != nil {
			return err
		}
		if t.Kind != "api" || o.mayToken(ctx, t.User) != nil {
			return desk.Errorf(desk.NotFound, "There is no such token.")
		}
		if err := o.DeleteToken(ctx, digest); err != nil {
			return err
		}
		return o.accountChanged(ctx, t.User, change{"token.end", o.userRef(ctx, t.User), describeToken(t), ""}, "The token "+t.Name+" for programs was ended.")
	})
}

// ByToken returns who an API token belongs to, or an error of kind
// Unauthenticated.
func (s *Service) ByToken(ctx context.Context, token string) (*SignedIn, error) {
	var in *SignedIn
	stale, digest := false, digestOf(strings.TrimSpace(token))
	err := s.view(ctx, desk.System(desk.ViaAPI), func(o *op) error {
		t, err := o.Token(ctx, digest)
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return err
		}
		now := s.Now()
		if err != nil || t.Kind != "api" || !t.Until.IsZero() && !now.Before(t.Until) || !o.e.Enabled(t.User) {
			return desk.Errorf(desk.Unauthenticated, "This token is not valid.")
		}
		stale = now.Sub(t.LastUsed) > time.Minute
		if in, err = o.signedIn(ctx, t.User, desk.ViaAPI); err == nil {
			in.Actor.Looks = t.Scope == scopeLooks
		}
		return err
	})
	if err == nil && stale {
		err = s.store.Do(ctx, func(tx *store.Tx) error { return tx.TouchToken(ctx, digest, s.Now()) })
	}
	return in, err
}
