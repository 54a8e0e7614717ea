package service

import (
	"context"
	"strings"
	"time"

	"gatehouse/desk"
)

// SettingSecondFactor is the name of the setting that says who must have a
// second factor: agents, contacts, both or nobody.
const SettingSecondFactor = "second_factor"

// The ways in that sessions remember; a provider has its name.
const (
	byPassword = "password"
	byLink     = "link"
	byPasskey  = "passkey"
)

// The kinds of what is half done.
const (
	halfSecond  = "second"      // a sign-in that waits for its second factor
	halfSetup   = "setup"       // one that waits until there is one
	halfApp     = "app"         // a program for codes that has not shown one yet
	halfAddKey  = "passkey.add" // a passkey that is being made
	halfUseKey  = "passkey.use" // one that is being asked
	halfOutside = "outside"     // a sign-in at a provider
	halfConnect = "connect"     // a provider that an account is being connected with
)

// StepLasts is how long the second step of something can be taken.
const StepLasts = 10 * time.Minute

// An Entrance is how far somebody is who signs in.
type Entrance struct {
	Token string // of his session; empty: a second step is to be taken
	Step  string // token of the second step

	App     bool // he can show a code, or a recovery code
	Passkey bool // he can show a passkey
	Setup   bool // he must set a second factor up first
}

// enter lets somebody in who has shown who he is, or asks for more.
func (s *Service) enter(ctx context.Context, user desk.UserID, way, browser, address string) (*Entrance, error) {
	in := &Entrance{}
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		f, err := o.Tx.Factors(ctx, user)
		if err != nil {
			return err
		}
		must, err := o.mustHaveSecond(ctx, o.e.KindOf(user))
		if err != nil {
			return err
		}
		in.App, in.Passkey, in.Setup = !f.App.IsZero(), len(f.Passkeys) > 0, must && !f.Second()
		kind := halfSecond
		switch {
		case in.Setup:
			kind = halfSetup
		case !f.Second():
			in.Token, err = o.newSession(ctx, &desk.Session{User: user, Agent: browser, Address: address, Way: way})
			return err
		}
		in.Step, err = o.halfDone(ctx, kind, user, way)
		return err
	})
	return in, err
}

// mustHaveSecond reports whether users of a kind must have a second factor.
func (o *op) mustHaveSecond(ctx context.Context, kind desk.UserKind) (bool, error) {
	value, _, err := o.Tx.Setting(ctx, SettingSecondFactor)
	for word := range strings.FieldsSeq(value) {
		if word == kind.String()+"s" {
			return true, err
		}
	}
	return false, err
}

// newSession begins a session and returns its token.
func (o *op) newSession(ctx context.Context, session *desk.Session) (string, error) {
	token, digest := newToken()
	now := o.s.Now()
	session.Digest, session.Created, session.Seen, session.Agent = digest, now, now, oneLine(session.Agent)
	if err := o.InsertSession(ctx, session); err != nil {
		return "", err
	}
	return token, o.as(session.User).audit(ctx, change{"session.start", o.userRef(ctx, session.User), "", "from: " + session.Address + "; by: " + session.Way})
}

// as is the op of somebody who has just shown who he is.
func (o *op) as(user desk.UserID) *op {
	his := *o
	his.by = desk.Actor{User: user, Via: desk.ViaWeb}
	return &his
}

// halfDone stores something whose second step is to come, and returns the token
// by which it is found.
func (o *op) halfDone(ctx context.Context, kind string, user desk.UserID, data string) (string, error) {
	token, digest := newToken()
	return token, o.InsertHalfDone(ctx, &desk.HalfDone{Digest: digest, Kind: kind, User: user, Data: data, Until: o.s.Now().Add(StepLasts)})
}

// begun returns what was begun under a token, if it is of that kind and there
// is still time.
func (o *op) begun(ctx context.Context, kind, token string) (*desk.HalfDone, error) {
	h, err := o.Tx.HalfDone(ctx, digestOf(token))
	if err != nil && desk.KindOf(err) != desk.NotFound {
		return nil, err
	}
	if err != nil || h.Kind != kind || o.s.Now().After(h.Until) {
		return nil, desk.Errorf(desk.Unauthenticated, "This took too long or was done already. Begin again.")
	}
	if h.User != 0 && !o.e.Enabled(h.User) {
		return nil, errNobody()
	}
	return h, nil
}

// Step returns how far a sign-in is whose second step is to be taken, or an
// error of kind Unauthenticated. Nobody needs a right for it.
func (s *Service) Step(ctx context.Context, step string) (*Entrance, error) {
	in := &Entrance{Step: step}
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		if _, err := o.begun(ctx, halfSetup, step); err == nil {
			in.Setup = true
			return nil
		}
		h, err := o.begun(ctx, halfSecond, step)
		if err != nil {
			return err
		}
		f, err := o.Tx.Factors(ctx, h.User)
		if err == nil {
			in.App, in.Passkey = !f.App.IsZero(), len(f.Passkeys) > 0
		}
		return err
	})
	return in, err
}

// finish ends the second step of a sign-in and begins the session.
func (o *op) finish(ctx context.Context, h *desk.HalfDone, browser, address string) (string, error) {
	if err := o.DeleteHalfDone(ctx, h.Digest); err != nil {
		return "", err
	}
	return o.newSession(ctx, &desk.Session{User: h.User, Agent: browser, Address: address, Way: h.Data})
}
