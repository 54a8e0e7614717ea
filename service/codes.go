package service

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"gatehouse/access"
	"gatehouse/desk"
)

// Codes of programs are those of RFC 6238 as all programs show them: six
// digits of SHA-1, each for half a minute.
const (
	codeStep   = 30
	codeSkew   = 1 // steps that a clock may be off
	codesGiven = 10
)

// An AppSetup is a program for codes that has not shown one yet.
type AppSetup struct {
	Token  string // for ConfirmApp
	Secret string // in base32, to be typed
	URL    string // otpauth://, to be drawn
}

// BeginApp makes a secret for a program that shows codes (ModifySelf). It
// counts when ConfirmApp has seen a code of it.
func (s *Service) BeginApp(ctx context.Context, by desk.Actor) (*AppSetup, error) {
	var setup *AppSetup
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		var err error
		setup, err = o.newApp(ctx, by.User)
		return err
	})
	return setup, err
}

// BeginAppToEnter is BeginApp for somebody who must set a second factor up
// before he is let in.
func (s *Service) BeginAppToEnter(ctx context.Context, step string) (*AppSetup, error) {
	var setup *AppSetup
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		h, err := o.begun(ctx, halfSetup, step)
		if err != nil {
			return err
		}
		setup, err = o.newApp(ctx, h.User)
		return err
	})
	return setup, err
}

func (o *op) newApp(ctx context.Context, user desk.UserID) (*AppSetup, error) {
	u, err := o.Tx.User(ctx, user)
	if err != nil {
		return nil, err
	}
	name := strings.NewReplacer(":", "_", "/", "_").Replace(u.Login)
	key, err := totp.Generate(totp.GenerateOpts{Issuer: strings.ReplaceAll(o.s.Name(), ":", " "), AccountName: name, Rand: rand.Reader})
	if err != nil {
		return nil, err
	}
	token, err := o.halfDone(ctx, halfApp, user, o.s.seal(appPurpose(user), key.Secret()))
	return &AppSetup{Token: token, Secret: key.Secret(), URL: key.URL()}, err
}

func appPurpose(user desk.UserID) string { return "code app of " + formatID(user) }

// AppSetup returns a program for codes once more that has not shown one yet,
// for a form that was refused (ModifySelf).
func (s *Service) AppSetup(ctx context.Context, by desk.Actor, token string) (*AppSetup, error) {
	var setup *AppSetup
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		var err error
		setup, err = o.appSetup(ctx, by.User, token)
		return err
	})
	return setup, err
}

// AppSetupToEnter is AppSetup for somebody who is not let in yet.
func (s *Service) AppSetupToEnter(ctx context.Context, step, token string) (*AppSetup, error) {
	var setup *AppSetup
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		h, err := o.begun(ctx, halfSetup, step)
		if err == nil {
			setup, err = o.appSetup(ctx, h.User, token)
		}
		return err
	})
	return setup, err
}

func (o *op) appSetup(ctx context.Context, user desk.UserID, token string) (*AppSetup, error) {
	h, err := o.begun(ctx, halfApp, token)
	if err == nil && h.User != user {
		err = errNobody()
	}
	if err != nil {
		return nil, err
	}
	u, err := o.Tx.User(ctx, user)
	if err != nil {
		return nil, err
	}
	secret, err := o.s.open(appPurpose(user), h.Data)
	query := url.Values{"secret": {secret}, "issuer": {o.s.Name()}}
	return &AppSetup{Token: token, Secret: secret, URL: "otpauth://totp/" + url.PathEscape(o.s.Name()+":"+u.Login) + "?" + query.Encode()}, err
}

// ConfirmApp makes the program count that was begun under the token and shows
// that code now, and returns new recovery codes, which are shown this once
// (ModifySelf).
func (s *Service) ConfirmApp(ctx context.Context, by desk.Actor, token, code string) ([]string, error) {
	var codes []string
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayModifyAccount(); err != nil {
			return err
		}
		if !s.tries.allow("code " + formatID(by.User)) {
			return errTooMany()
		}
		var err error
		codes, err = o.confirmApp(ctx, by.User, token, code)
		return err
	})
	return codes, err
}

// ConfirmAppToEnter is ConfirmApp for somebody who must set a second factor up
// before he is let in, and lets him in.
func (s *Service) ConfirmAppToEnter(ctx context.Context, step, token, code string, from desk.Session) (string, []string, error) {
	var codes []string
	var session string
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		h, err := o.begun(ctx, halfSetup, step)
		if err != nil {
			return err
		}
		if !s.tries.allow("code " + formatID(h.User)) {
			return errTooMany()
		}
		if codes, err = o.as(h.User).confirmApp(ctx, h.User, token, code); err != nil {
			return err
		}
		session, err = o.finish(ctx, h, from.Agent, from.Address)
		return err
	})
	return session, codes, err
}

func (o *op) confirmApp(ctx context.Context, user desk.UserID, token, code string) ([]string, error) {
	setup, err := o.appSetup(ctx, user, token)
	if err != nil {
		return nil, err
	}
	step, ok := codeFits(setup.Secret, code, o.s.Now())
	if !ok {
		return nil, desk.InvalidFields(map[string]string{"code": "This is not the code that the program shows now. Check that the clock of its device is right."})
	}
	if err := o.DeleteHalfDone(ctx, digestOf(token)); err != nil {
		return nil, err
	}
	if err := o.SetCodeApp(ctx, &desk.CodeApp{User: user, Sealed: o.s.seal(appPurpose(user), setup.Secret), Step: step, Created: o.s.Now()}); err != nil {
		return nil, err
	}
	codes, err := o.newRecoveryCodes(ctx, user)
	if err != nil {
		return nil, err
	}
	return codes, o.accountChanged(ctx, user, change{"factor.app", o.userRef(ctx, user), "", "app: yes"}, inWords{"A program that shows codes was set up as a second factor.", "Ein Programm, das Codes zeigt, wurde als zweiter Faktor eingerichtet."})
}

// codeFits reports whether a program with the secret shows the code now, and
// for which step of time.
func codeFits(secret, code string, now time.Time) (int64, bool) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	for off := -codeSkew; off <= codeSkew; off++ {
		step := now.Unix()/codeStep + int64(off)
		want, err := totp.GenerateCodeCustom(secret, time.Unix(step*codeStep, 0), totp.ValidateOpts{Period: codeStep, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

func (o *op) newRecoveryCodes(ctx context.Context, user desk.UserID) ([]string, error) {
	codes, digests := make([]string, codesGiven), make([]string, codesGiven)
	for i := range codes {
		text := rand.Text()[:16]
		codes[i] = text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
		digests[i] = recoveryDigest(codes[i])
	}
	return codes, o.SetRecoveryCodes(ctx, user, digests)
}

// recoveryDigest is the digest of a recovery code, however it was typed.
func recoveryDigest(code string) string {
	return digestOf("recovery " + strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(strings.TrimSpace(code))))
}

// codeIs reports whether a code is one that the user's program shows and that
// was not used before, or one of his recovery codes, which is used up.
func (o *op) codeIs(ctx context.Context, user desk.UserID, code string) (bool, error) {
	a, err := o.Tx.CodeApp(ctx, user)
	switch desk.KindOf(err) {
	case 0:
		secret, err := o.s.open(appPurpose(user), a.Sealed)
		if err != nil {
			o.s.log.Error("a code program cannot be asked", "user", user, "error", err) // recovery codes still serve
		} else if step, ok := codeFits(secret, code, o.s.Now()); ok {
			return o.UseCodeStep(ctx, user, step)
		}
	case desk.NotFound:
	default:
		return false, err
	}
	used, err := o.UseRecoveryCode(ctx, user, recoveryDigest(code))
	if used && err == nil {
		err = o.as(user).accountChanged(ctx, user, change{"factor.recovery", o.userRef(ctx, user), "", "a code was used"}, inWords{"A recovery code was used to sign in.", "Mit einem Wiederherstellungscode hat sich jemand angemeldet."})
	}
	return used, err
}

// EnterByCode finishes a sign-in with a code that the program shows or a
// recovery code, and returns the token of the session. Nobody needs a right.
func (s *Service) EnterByCode(ctx context.Context, step, code, browser, address string) (string, error) {
	var token string
	err := s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		h, err := o.begun(ctx, halfSecond, step)
		if err != nil {
			return err
		}
		key := "code " + formatID(h.User)
		if !s.tries.allow(key) {
			return errTooMany()
		}
		ok, err := o.codeIs(ctx, h.User, code)
		if err != nil {
			return err
		}
		if !ok {
			return desk.InvalidFields(map[string]string{"code": "This code is wrong, too old or was used before. Wait for the next one, or use a recovery code."})
		}
		s.tries.forget(key)
		token, err = o.finish(ctx, h, browser, address)
		return err
	})
	return token, err
}

// RemoveApp takes the program that shows codes away, and the recovery codes
// with it where no passkey is left; a code must be given, or a recovery code
// (ModifySelf).
func (s *Service) RemoveApp(ctx context.Context, by desk.Actor, code string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayWithCode(ctx, code); err != nil {
			return err
		}
		if err := o.mayGoWithout(ctx, func(f *desk.Factors) bool { return len(f.Passkeys) > 0 }); err != nil {
			return err
		}
		if err := o.DeleteCodeApp(ctx, by.User); err != nil {
			return err
		}
		if err := o.dropCodes(ctx); err != nil {
			return err
		}
		return o.accountChanged(ctx, by.User, change{"factor.app", o.userRef(ctx, by.User), "app: yes", ""}, inWords{"The program that shows codes is no longer a second factor.", "Das Programm, das Codes zeigt, ist kein zweiter Faktor mehr."})
	})
}

// dropCodes takes the actor's recovery codes away where no second factor is left
// for which they would stand in.
func (o *op) dropCodes(ctx context.Context) error {
	f, err := o.Tx.Factors(ctx, o.by.User)
	if err != nil || f.Second() {
		return err
	}
	return o.SetRecoveryCodes(ctx, o.by.User, nil)
}

// NewRecoveryCodes gives recovery codes in place of those before; a code must
// be given (ModifySelf).
func (s *Service) NewRecoveryCodes(ctx context.Context, by desk.Actor, code string) ([]string, error) {
	var codes []string
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayWithCode(ctx, code); err != nil {
			return err
		}
		var err error
		if codes, err = o.newRecoveryCodes(ctx, by.User); err != nil {
			return err
		}
		return o.accountChanged(ctx, by.User, change{"factor.recovery", o.userRef(ctx, by.User), "", "new codes"}, inWords{"New recovery codes were made; the old ones are void.", "Es gibt neue Wiederherstellungscodes; die alten gelten nicht mehr."})
	})
	return codes, err
}

// mayWithCode refuses who may not change his account or gives a wrong code.
func (o *op) mayWithCode(ctx context.Context, code string) error {
	if err := o.mayModifyAccount(); err != nil {
		return err
	}
	if !o.s.tries.allow("code " + formatID(o.by.User)) {
		return errTooMany()
	}
	ok, err := o.codeIs(ctx, o.by.User, code)
	if err == nil && !ok {
		err = desk.InvalidFields(map[string]string{"code": "This code is wrong, too old or was used before. Wait for the next one."})
	}
	return err
}

// mayGoWithout refuses to take the last second factor of somebody away who must
// have one.
func (o *op) mayGoWithout(ctx context.Context, stays func(f *desk.Factors) bool) error {
	must, err := o.mustHaveSecond(ctx, o.e.KindOf(o.by.User))
	if err != nil || !must {
		return err
	}
	f, err := o.Tx.Factors(ctx, o.by.User)
	if err == nil && !stays(f) {
		err = desk.Errorf(desk.Conflict, "This desk asks for a second factor: set up another one before you take the last one away.")
	}
	return err
}

// mayModifyAccount refuses who may not change his own account, and programs
// that act for somebody by a token.
func (o *op) mayModifyAccount() error {
	if o.by.IsSystem() || o.by.User == 0 {
		return desk.Errorf(desk.Invalid, "The system has no account.")
	}
	if o.by.Via == desk.ViaAPI {
		return desk.Errorf(desk.Forbidden, "An account is changed by its owner, signed in to the pages, and not by a token.")
	}
	return o.need(desk.ModifySelf, access.System())
}
