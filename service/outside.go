package service

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
)

// OutsidePath is the page to which providers of sign-ins lead back.
const OutsidePath = "/sign-in/from"

// Outside is how the service speaks with providers of sign-ins (OpenID
// Connect). Begin returns where the browser is sent, and what is to be kept
// until it comes back; Finish is given that and the answer that it comes back
// with, and returns who it is.
type Outside struct {
	Begin  func(ctx context.Context, d desk.Directory, back string) (to, keep string, err error)
	Finish func(ctx context.Context, d desk.Directory, keep string, answer url.Values) (*desk.DirectoryEntry, error)
}

// A Provider is somebody else at whom people sign in.
type Provider struct {
	ID        desk.DirectoryID
	Name      string
	Connected bool // it knows whoever asks
}

// Providers lists where else one can sign in. Nobody needs a right for it.
func (s *Service) Providers(ctx context.Context) ([]Provider, error) {
	var list []Provider
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		var err error
		list, err = o.providers(ctx)
		return err
	})
	return list, err
}

func (o *op) providers(ctx context.Context) ([]Provider, error) {
	all, err := o.Tx.Directories(ctx)
	var list []Provider
	for _, d := range all {
		if d.Kind == desk.KindOIDC && !d.Disabled && o.s.opt.Outside.Begin != nil {
			list = append(list, Provider{ID: d.ID, Name: d.Name})
		}
	}
	return list, err
}

// BeginOutside begins to sign in at a provider, and returns where that is and
// the token with which the browser comes back. Nobody needs a right for it.
func (s *Service) BeginOutside(ctx context.Context, id desk.DirectoryID) (to, token string, err error) {
	return s.leadOutside(ctx, id, halfOutside, 0)
}

// BeginConnect begins to make the actor known to a provider (ModifySelf).
func (s *Service) BeginConnect(ctx context.Context, by desk.Actor, id desk.DirectoryID) (to, token string, err error) {
	if err := s.view(ctx, by, func(o *op) error { return o.mayModifyAccount() }); err != nil {
		return "", "", err
	}
	return s.leadOutside(ctx, id, halfConnect, by.User)
}

func (s *Service) leadOutside(ctx context.Context, id desk.DirectoryID, kind string, user desk.UserID) (to, token string, err error) {
	d, err := s.provider(ctx, id)
	if err != nil {
		return "", "", err
	}
	to, keep, err := s.opt.Outside.Begin(ctx, *d, s.opt.BaseURL+OutsidePath)
	if err != nil {
		return "", "", err
	}
	err = s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		token, err = o.halfDone(ctx, kind, user, s.seal("sign-in at a provider", formatID(id)+":"+keep))
		return err
	})
	return to, token, err
}

// provider returns an enabled provider with its secret.
func (s *Service) provider(ctx context.Context, id desk.DirectoryID) (*desk.Directory, error) {
	var d *desk.Directory
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		var err error
		d, err = o.Tx.Directory(ctx, id)
		if desk.KindOf(err) == desk.NotFound || err == nil && (d.Kind != desk.KindOIDC || d.Disabled || s.opt.Outside.Begin == nil) {
			err = desk.Errorf(desk.NotFound, "There is no such way to sign in.")
		}
		return err
	})
	return d, err
}

// cameBack asks the provider whom it let in, once.
func (s *Service) cameBack(ctx context.Context, kind, token string, answer url.Values) (*desk.Directory, *desk.DirectoryEntry, desk.UserID, error) {
	var h *desk.HalfDone
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		var err error
		if h, err = o.begun(ctx, kind, token); err != nil {
			return err
		}
		return o.DeleteHalfDone(ctx, h.Digest)
	})
	if err != nil {
		return nil, nil, 0, err
	}
	data, err := s.open("sign-in at a provider", h.Data)
	if err != nil {
		return nil, nil, 0, err
	}
	id, keep, _ := strings.Cut(data, ":")
	d, err := s.provider(ctx, parseID[desk.DirectoryID](id))
	if err != nil {
		return nil, nil, 0, err
	}
	entry, err := s.opt.Outside.Finish(ctx, *d, keep, answer)
	return d, entry, h.User, err
}

// EnterFrom lets somebody in whom a provider has let in, or asks for his second
// factor. He is the user who connected his account with it, else the contact
// that it has given the desk; who is neither becomes a contact. Somebody else's
// login or address makes him nobody: an address is not an identity.
func (s *Service) EnterFrom(ctx context.Context, token string, answer url.Values, from desk.Session) (*Entrance, error) {
	if !s.tries.allow("outside from " + from.Address) {
		return nil, errTooMany()
	}
	d, entry, _, err := s.cameBack(ctx, halfOutside, token, answer)
	if err != nil {
		return nil, err
	}
	user, err := s.whoIsFrom(ctx, d, entry)
	if err != nil {
		return nil, err
	}
	s.tries.forget("outside from " + from.Address)
	return s.enter(ctx, user, d.Name, from.Agent, from.Address)
}

func (s *Service) whoIsFrom(ctx context.Context, d *desk.Directory, entry *desk.DirectoryEntry) (desk.UserID, error) {
	var user desk.UserID
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		l, err := o.Tx.OutsideLogin(ctx, d.ID, entry.ID)
		if desk.KindOf(err) == desk.NotFound {
			return nil
		}
		if err == nil && !o.e.Enabled(l.User) {
			err = errNotFrom(d)
		}
		if err == nil {
			user = l.User
		}
		return err
	})
	if err != nil || user != 0 {
		return user, err
	}
	user, err = s.takeSignedIn(ctx, *d, *entry)
	if desk.KindOf(err) == desk.Unauthenticated {
		return 0, errNotFrom(d)
	}
	return user, err
}

func errNotFrom(d *desk.Directory) error {
	return desk.Errorf(desk.Unauthenticated, "You cannot sign in here by %s. If you have an account at this desk, sign in to it another way and connect %s on the page of your account; else ask the people who run the desk.", d.Name, d.Name)
}

// Connect makes the actor known to the provider that he has come back from
// (ModifySelf).
func (s *Service) Connect(ctx context.Context, by desk.Actor, token string, answer url.Values) error {
	if err := s.view(ctx, by, func(o *op) error { return o.mayModifyAccount() }); err != nil {
		return err
	}
	d, entry, user, err := s.cameBack(ctx, halfConnect, token, answer)
	if err == nil && user != by.User {
		err = errNobody()
	}
	if err != nil {
		return err
	}
	return s.do(ctx, by, func(o *op) error {
		taken, err := o.DirectoryEntries(ctx, d.ID, []string{entry.ID})
		if err != nil {
			return err
		}
		if slices.ContainsFunc(taken, func(u desk.DirectoryUser) bool { return u.User != by.User }) {
			return desk.Errorf(desk.Conflict, "This login of %s belongs to another account already.", d.Name)
		}
		if err := o.InsertOutsideLogin(ctx, &desk.OutsideLogin{Directory: d.ID, Entry: entry.ID, User: by.User, Created: s.Now()}); err != nil {
			return err
		}
		return o.accountChanged(ctx, by.User, change{"factor.connect", o.userRef(ctx, by.User), "", "provider: " + d.Name + "; as: " + strconv.Quote(entry.ID)}, inWords{"Your account was connected with " + d.Name + ", which can now let you in.", "Ihr Konto wurde mit " + d.Name + " verbunden und lässt sich nun darüber betreten."})
	})
}

// Disconnect makes the actor unknown to a provider (ModifySelf).
func (s *Service) Disconnect(ctx context.Context, by desk.Actor, id desk.DirectoryID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		d, err := o.Tx.Directory(ctx, id)
		if err != nil {
			return err
		}
		if err := o.DeleteOutsideLogins(ctx, by.User, id); err != nil {
			return err
		}
		return o.accountChanged(ctx, by.User, change{"factor.connect", o.userRef(ctx, by.User), "provider: " + d.Name, ""}, inWords{"Your account is no longer connected with " + d.Name + ".", "Ihr Konto ist nicht mehr mit " + d.Name + " verbunden."})
	})
}
