package service

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// How long a session lasts without a request, and at the most; how long a
// sign-in link can be used.
const (
	SessionIdle = 12 * time.Hour
	SessionMax  = 14 * 24 * time.Hour
	LinkLasts   = 20 * time.Minute
)

// SignIn lets somebody in by login or address and password, or asks for his
// second factor. The answer to a wrong password, an unknown login and a
// disabled user is the same and takes as long. Nobody needs a right for it.
func (s *Service) SignIn(ctx context.Context, login, password, browser, address string) (*Entrance, error) {
	key := desk.Fold(login)
	if !s.tries.allow("login "+key) || !s.tries.allow("from "+address) {
		return nil, errTooMany()
	}
	user, err := s.whoSignsIn(ctx, login, password)
	if err != nil {
		return nil, err
	}
	s.tries.forget("login " + key)
	s.tries.forget("from " + address)
	return s.enter(ctx, user, byPassword, browser, address)
}

func errTooMany() error {
	return desk.Errorf(desk.TooMany, "Too many tries. Wait a few minutes, then try again.")
}

// whoSignsIn returns the user whose login and password these are. Who comes
// from a directory, or is known to none but perhaps to one, is asked for there.
func (s *Service) whoSignsIn(ctx context.Context, login, password string) (desk.UserID, error) {
	c, err := s.credentials(ctx, login)
	if err != nil {
		return 0, err
	}
	fits, err := s.passwordFits(ctx, c.hash, password)
	if err != nil {
		return 0, err
	}
	if c.user != nil && !c.outside {
		if !fits || c.user.Disabled {
			return 0, errWrongPassword()
		}
		return c.user.ID, nil
	}
	return s.askDirectories(ctx, c, login, password)
}

func errWrongPassword() error {
	return desk.Errorf(desk.Unauthenticated, "Login or password is wrong.")
}

// credentials are what the desk itself knows of a login.
type credentials struct {
	user        *desk.User // nil: nobody
	hash        string
	outside     bool             // his password is that of a directory
	directories []desk.Directory // that are to be asked, in their order
}

func (s *Service) credentials(ctx context.Context, login string) (*credentials, error) {
	c := &credentials{}
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		var err error
		if c.directories, err = o.Tx.Directories(ctx); err != nil {
			return err
		}
		c.directories = slices.DeleteFunc(c.directories, func(d desk.Directory) bool { return d.Disabled || d.Kind == desk.KindOIDC })
		u, err := o.UserByName(ctx, login)
		if desk.KindOf(err) == desk.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		c.user = u
		from, err := o.Tx.DirectoryUser(ctx, u.ID)
		if err != nil {
			return err
		}
		if c.outside = from != nil; c.outside && !from.Gone {
			c.directories = slices.DeleteFunc(c.directories, func(d desk.Directory) bool { return d.ID != from.Directory })
		}
		c.hash, err = o.PasswordHash(ctx, u.ID)
		return err
	})
	return c, err
}

// askDirectories asks the directories in their order, and takes the entry of
// the first one that knows the login over, so that whoever signs in is as the
// directory has him now. What one of them has lost is gone from now on.
func (s *Service) askDirectories(ctx context.Context, c *credentials, login, password string) (desk.UserID, error) {
	if s.opt.Ask == nil || strings.TrimSpace(password) == "" || len(password) > maxPassword {
		return 0, errWrongPassword()
	}
	if c.user != nil && strings.Contains(login, "@") {
		login = c.user.Login // the desk knows his further addresses
	}
	for _, d := range c.directories {
		entry, err := s.opt.Ask(ctx, d, login, password)
		switch {
		case desk.KindOf(err) == desk.Unauthenticated:
			return 0, errWrongPassword()
		case err != nil:
			s.log.Error("a directory does not answer", "directory", d.Name, "error", err)
			return 0, desk.Errorf(desk.Unavailable, "The directory in which your login may stand does not answer. Try again in a few minutes.")
		case entry != nil:
			return s.takeSignedIn(ctx, d, *entry)
		}
	}
	return 0, errWrongPassword()
}

// takeSignedIn makes or changes the user of an entry that has signed in.
func (s *Service) takeSignedIn(ctx context.Context, d desk.Directory, entry desk.DirectoryEntry) (desk.UserID, error) {
	var id desk.UserID
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		y, err := o.takeEntries(ctx, &d, d.Run, []desk.DirectoryEntry{entry})
		if err != nil {
			return err
		}
		id = y.users[entry.ID]
		if id == 0 {
			return errWrongPassword() // another source's
		}
		u, err := o.Tx.User(ctx, id)
		if err == nil && u.Disabled {
			id = 0
		}
		return err
	})
	if err == nil && id == 0 {
		err = errWrongPassword()
	}
	return id, err
}

// A SignedIn is who a session belongs to.
type SignedIn struct {
	Actor desk.Actor
	User  desk.User
	Admin bool         // may see the administration pages
	Keys  desk.OwnKeys // of the pages; not where he came by a token
}

// Resume returns who a session's token belongs to, or an error of kind
// Unauthenticated. It holds for enabled users only, until the session ends.
func (s *Service) Resume(ctx context.Context, token string) (*SignedIn, error) {
	digest := digestOf(token)
	now := s.Now()
	in, stale, err := s.resume(ctx, digest, now)
	if err != nil || !stale {
		return in, err
	}
	return in, s.store.Do(ctx, func(tx *store.Tx) error { return tx.TouchSession(ctx, digest, now) })
}

// Peek is Resume for what a page does by itself: it does not count as a sign
// that somebody is there, so that a session left alone ends in its time.
func (s *Service) Peek(ctx context.Context, token string) (*SignedIn, error) {
	in, _, err := s.resume(ctx, digestOf(token), s.Now())
	return in, err
}

func (s *Service) resume(ctx context.Context, digest string, now time.Time) (*SignedIn, bool, error) {
	var in *SignedIn
	var stale bool
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		session, err := o.Session(ctx, digest)
		if desk.KindOf(err) == desk.NotFound {
			return errNobody()
		}
		if err != nil {
			return err
		}
		if now.Sub(session.Seen) > SessionIdle || now.Sub(session.Created) > SessionMax || !o.e.Enabled(session.User) {
			return errNobody()
		}
		stale = now.Sub(session.Seen) > time.Minute
		if in, err = o.signedIn(ctx, session.User, desk.ViaWeb); err == nil {
			in.Keys, err = o.Tx.OwnKeys(ctx, session.User)
		}
		return err
	})
	return in, stale, err
}

func (o *op) signedIn(ctx context.Context, id desk.UserID, via desk.Way) (*SignedIn, error) {
	u, err := o.Tx.User(ctx, id)
	if err != nil {
		return nil, err
	}
	return &SignedIn{
		Actor: desk.Actor{User: u.ID, Via: via},
		User:  *u,
		Admin: o.e.Can(u.ID, desk.ShowConfigTab, access.System()),
	}, nil
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		return o.DeleteSession(ctx, digestOf(token))
	})
}

// SetPassword sets a user's password: one's own (ModifySelf, and the old one
// must be given unless there is none), or another's (AdminUsers; a superuser's
// only by a superuser). All his sessions end.
func (s *Service) SetPassword(ctx context.Context, by desk.Actor, user desk.UserID, old, password string) error {
	if err := s.CheckPassword(password); err != nil {
		return err
	}
	hash, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.do(ctx, by, func(o *op) error { return o.setPassword(ctx, user, old, hash) })
}

// setPassword is SetPassword with the hash of the new one, which takes time that
// no transaction should take.
func (o *op) setPassword(ctx context.Context, user desk.UserID, old, hash string) error {
	if err := o.maySetPassword(ctx, user, old); err != nil {
		return err
	}
	if d, err := o.directoryOf(ctx, user); err != nil || d != nil {
		return cmp.Or(err, desk.Errorf(desk.Conflict, "The password is that of a directory; change it there."))
	}
	unused, err := o.neverEntered(ctx, user)
	if err != nil {
		return err
	}
	if err := o.SetPasswordHash(ctx, user, hash); err != nil {
		return err
	}
	if err := o.DeleteSessionsOf(ctx, user); err != nil {
		return err
	}
	c := change{"user.password", o.userRef(ctx, user), "", ""}
	if unused && user != o.by.User {
		return o.audit(ctx, c) // he was not there yet whom it could alarm
	}
	return o.accountChanged(ctx, user, c, inWords{"The password was changed.", "Das Passwort wurde geändert."})
}

// neverEntered reports whether an account has no password and nobody has ever
// signed in to it.
func (o *op) neverEntered(ctx context.Context, user desk.UserID) (bool, error) {
	hash, err := o.PasswordHash(ctx, user)
	if err != nil || hash != "" {
		return false, err
	}
	list, _, err := o.AuditList(ctx, AuditFilter{By: user, Action: "session.start", Limit: 1})
	return len(list) == 0, err
}

func (o *op) maySetPassword(ctx context.Context, user desk.UserID, old string) error {
	if user != o.by.User || user == 0 {
		_, err := o.userToChange(ctx, user)
		return err
	}
	if err := o.need(desk.ModifySelf, access.System()); err != nil {
		return err
	}
	hash, err := o.PasswordHash(ctx, user)
	if err != nil || hash == "" {
		return err
	}
	fits, err := o.s.passwordFits(ctx, hash, old)
	if err == nil && !fits {
		return desk.InvalidFields(map[string]string{"old": "The present password is another one."})
	}
	return err
}

// SendSignInLink sends a link that signs in once to the address, if it belongs
// to an enabled user, and goes on to a page of the desk. It says nothing of
// whether it does.
func (s *Service) SendSignInLink(ctx context.Context, address, next, from string) error {
	if !s.tries.allow("link "+desk.Fold(address)) || !s.tries.allow("from "+from) {
		return errTooMany()
	}
	return s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		u, err := o.UserByAddress(ctx, address)
		if desk.KindOf(err) == desk.NotFound {
			return nil
		}
		if err != nil || u.Disabled || o.e.LeadsToSuperUser(desk.PrincipalID(u.ID)) {
			return err
		}
		token, digest := newToken()
		where := url.Values{"token": {token}}
		if next != "" {
			where.Set("next", next)
		}
		now := s.Now()
		if err := o.InsertToken(ctx, &desk.Token{Digest: digest, Kind: "link", User: u.ID, Created: now, Until: now.Add(LinkLasts)}); err != nil {
			return err
		}
		_, err = o.writeTo(ctx, u, o.linkLetter(u, s.opt.BaseURL+"/sign-in/link?"+where.Encode()))
		return err
	})
}

// SignInByLink lets somebody in by the token of a link, once, or asks for his
// second factor.
func (s *Service) SignInByLink(ctx context.Context, token, browser, address string) (*Entrance, error) {
	var user desk.UserID
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		t, err := o.Token(ctx, digestOf(token))
		if err == nil && t.Kind == "link" && !s.Now().After(t.Until) && o.e.Enabled(t.User) {
			user = t.User
			return o.DeleteToken(ctx, t.Digest)
		}
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return err
		}
		return desk.Errorf(desk.Unauthenticated, "This link was used already or is too old. Ask for a new one.")
	})
	if err != nil {
		return nil, err
	}
	return s.enter(ctx, user, byLink, browser, address)
}

// A throttle counts tries per key and lets only so many through in a while.
type throttle struct {
	now  func() time.Time
	mu   sync.Mutex
	seen map[string][]time.Time
}

const (
	throttleTries = 10
	throttleSpan  = 10 * time.Minute
	throttleKeys  = 10000
)

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, seen: map[string][]time.Time{}}
}

func (t *throttle) allow(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if len(t.seen) > throttleKeys {
		clear(t.seen)
	}
	recent := t.seen[key][:0]
	for _, at := range t.seen[key] {
		if now.Sub(at) < throttleSpan {
			recent = append(recent, at)
		}
	}
	if len(recent) >= throttleTries {
		t.seen[key] = recent
		return false
	}
	t.seen[key] = append(recent, now)
	return true
}

func (t *throttle) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, key)
}
