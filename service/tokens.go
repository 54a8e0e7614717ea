package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A NewToken is a token for the API that is asked for.
type NewToken struct {
	User   desk.UserID
	Name   string
	Until  time.Time // zero: for ever
	Limits desk.Limits
}

// CreateToken makes a token for the API that acts for the actor himself
// (ManageAuthTokens), or for another user (AdminUsers too), within its limits,
// whose queues the actor has to see. It is shown once. One that is made by a token
// acts for the same user, ends with that one at the latest, and makes none itself.
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
		if err := o.checkLimits(ctx, &in.Limits); err != nil {
			return err
		}
		t := desk.Token{Digest: digest, Kind: "api", User: in.User, Name: name, Created: s.Now(), Until: in.Until, Scope: in.Limits.String()}
		if err := o.madeByToken(ctx, &t); err != nil {
			return err
		}
		if err := o.InsertToken(ctx, &t); err != nil {
			return err
		}
		said, err := o.describeToken(ctx, &t)
		if err != nil {
			return err
		}
		return o.accountChanged(ctx, in.User, change{"token.create", o.userRef(ctx, in.User), "", said}, inWords{"A token for programs was made: " + name + ". Whoever has it can act for you.", "Ein Token für Programme wurde angelegt: " + name + ". Wer es hat, kann für Sie handeln."})
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// mostTokenQueues is to how many queues a token can be limited.
const mostTokenQueues = 200

// checkLimits refuses queues that the actor does not see.
func (o *op) checkLimits(ctx context.Context, l *desk.Limits) error {
	if len(l.Queues) > mostTokenQueues {
		return desk.InvalidFields(map[string]string{"queues": "These are too many queues. Leave the choice out: the token then works in all queues of its user."})
	}
	slices.Sort(l.Queues)
	l.Queues = slices.Compact(l.Queues)
	for _, id := range l.Queues {
		q, err := o.Queue(ctx, id)
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return err
		}
		if err != nil || !o.can(desk.SeeQueue, access.Queue(q.ID)) {
			return desk.InvalidFields(map[string]string{"queues": "There is no such queue."})
		}
	}
	return nil
}

// describeToken says what a token is and may, queues by name.
func (o *op) describeToken(ctx context.Context, t *desk.Token) (string, error) {
	text, scope := "name: "+t.Name, t.Scope
	if limits, err := desk.ParseLimits(t.Scope); err == nil && limits != nil {
		words := strings.Fields((&desk.Limits{Looks: limits.Looks, Tickets: limits.Tickets}).String())
		for _, id := range limits.Queues {
			q, err := o.Queue(ctx, id)
			if err != nil {
				return "", err
			}
			words = append(words, "queue "+q.Name)
		}
		scope = strings.Join(words, ", ")
	}
	if scope != "" {
		text += "; scope: " + scope
	}
	if !t.Until.IsZero() {
		text += "; until: " + t.Until.Format(time.DateOnly)
	}
	return text, nil
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

// ownedToken returns a token that is the actor's, or of somebody for whom he may
// make some.
func (o *op) ownedToken(ctx context.Context, digest string) (*desk.Token, error) {
	if err := o.need(desk.ManageAuthTokens, access.System()); err != nil {
		return nil, err
	}
	t, err := o.Tx.Token(ctx, digest)
	if err == nil && (t.Kind != "api" || o.mayToken(ctx, t.User) != nil) {
		err = desk.Errorf(desk.NotFound, "There is no such token.")
	}
	return t, err
}

// EndToken ends a token for the API, of the actor or of another user, as
// CreateToken makes them, and the tokens that it made.
func (s *Service) EndToken(ctx context.Context, by desk.Actor, digest string) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.ownedToken(ctx, digest)
		if err != nil {
			return err
		}
		if err := o.DeleteToken(ctx, digest); err != nil {
			return err
		}
		said, err := o.describeToken(ctx, t)
		if err != nil {
			return err
		}
		return o.accountChanged(ctx, t.User, change{"token.end", o.userRef(ctx, t.User), said, ""}, inWords{"The token " + t.Name + " for programs was ended.", "Das Token " + t.Name + " für Programme wurde beendet."})
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
		limits, err := desk.ParseLimits(t.Scope)
		if err != nil { // a newer program knows what it takes away
			return desk.Errorf(desk.Unauthenticated, "This token is not valid.")
		}
		stale = now.Sub(t.LastUsed) > time.Minute
		if in, err = o.signedIn(ctx, t.User, desk.ViaAPI); err == nil {
			in.Actor.Limits, in.Actor.Token = limits, digest
		}
		return err
	})
	if err == nil && stale {
		err = s.store.Do(ctx, func(tx *store.Tx) error { return tx.TouchToken(ctx, digest, s.Now()) })
	}
	return in, err
}

// tokenWarning is how long before its end the user of a token is told of it, or a
// quarter of the token's life where that is less.
const tokenWarning = 7 * 24 * time.Hour

// tokensAtOnce is of how many tokens WarnOfTokens tells in one go.
const tokensAtOnce = 100

// WarnOfTokens tells users by letter, once, that a token of theirs ends soon, and
// reports whether there may be more. Only the system does it.
func (s *Service) WarnOfTokens(ctx context.Context, by desk.Actor) (more bool, err error) {
	err = s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		now := s.Now()
		list, err := o.TokensEnding(ctx, now, now.Add(tokenWarning), tokensAtOnce)
		more = false
		for i := range list {
			t := &list[i]
			if t.Until.Sub(now) > t.Until.Sub(t.Created)/4 {
				continue
			}
			more = len(list) == tokensAtOnce
			if err := o.warnOfToken(ctx, t); err != nil {
				return err
			}
		}
		return err
	})
	return more, err
}

// warnOfToken tells the user of a token that it ends.
func (o *op) warnOfToken(ctx context.Context, t *desk.Token) error {
	if err := o.WarnedOfToken(ctx, t.Digest, o.s.Now()); err != nil {
		return err
	}
	u, err := o.Tx.User(ctx, t.User)
	if err != nil || u.Disabled || u.Address() == "" {
		return err
	}
	_, err = o.writeTo(ctx, u, o.tokenLetter(u, t))
	return err
}
