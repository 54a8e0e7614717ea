// Package passkey makes and verifies passkeys (WebAuthn, level 3): what the
// browser is asked, and whether what it answers is true.
//
// It promises that an answer counts only if it was made for this desk's
// address, to what was asked, by a key that is the user's. It keeps nothing and
// reads nothing: what is to be remembered between question and answer is handed
// out as a text and wanted back; the caller sees to it that it is used once and
// not for long. It decides no rights.
package passkey

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"gatehouse/desk"
)

// A Party is a desk as passkeys know it.
type Party struct {
	Name    string // that the device shows
	Address string // of its pages, such as https://desk.example
}

// A Question is what the browser is asked, and what is to be remembered of it.
type Question struct {
	Options string // JSON for navigator.credentials
	Keep    string
}

// Works reports whether passkeys can be made for the desk's address: it is a
// name and no number, and reached over TLS or on this machine.
func (p Party) Works() bool {
	_, err := p.open()
	return err == nil
}

func (p Party) open() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(p.Address)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, desk.Errorf(desk.Unavailable, "Passkeys need an address of the desk that is a name and begins with https; see the setting base_url.")
	}
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: p.Name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementPreferred, UserVerification: protocol.VerificationPreferred},
	})
}

// A Holder is a user with his passkeys.
type Holder struct {
	User *desk.User
	Keys []desk.Passkey
}

// holder is a Holder as package webauthn wants him.
type holder struct {
	user *desk.User
	keys []webauthn.Credential
}

// WebAuthnID is the user's number, which tells nothing about him.
func (h *holder) WebAuthnID() []byte { return binary.BigEndian.AppendUint64(nil, uint64(h.user.ID)) }

// WebAuthnName is what the device shows to tell accounts apart.
func (h *holder) WebAuthnName() string { return h.user.Login }

// WebAuthnDisplayName is what the device calls the user.
func (h *holder) WebAuthnDisplayName() string { return h.user.Called() }

// WebAuthnCredentials are his passkeys.
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (h Holder) open() (*holder, error) {
	inner := &holder{user: h.User, keys: make([]webauthn.Credential, len(h.Keys))}
	for i, k := range h.Keys {
		if err := json.Unmarshal([]byte(k.Credential), &inner.keys[i]); err != nil {
			return nil, err
		}
	}
	return inner, nil
}

func question(options any, session *webauthn.SessionData, err error) (*Question, error) {
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(options)
	if err != nil {
		return nil, err
	}
	keep, err := json.Marshal(session)
	return &Question{string(text), string(keep)}, err
}

// AskForNew asks for a new passkey of a user, on a device that has none of his.
func (p Party) AskForNew(h Holder) (*Question, error) {
	rp, err := p.open()
	if err != nil {
		return nil, err
	}
	inner, err := h.open()
	if err != nil {
		return nil, err
	}
	options, session, err := rp.BeginRegistration(inner, webauthn.WithExclusions(webauthn.Credentials(inner.keys).CredentialDescriptors()))
	return question(options, session, err)
}

// New returns the passkey that a browser answers with, without a name and a
// moment. What is no true answer is an error of kind Unauthenticated.
func (p Party) New(h Holder, keep, response string) (*desk.Passkey, error) {
	rp, err := p.open()
	if err != nil {
		return nil, err
	}
	inner, err := h.open()
	if err != nil {
		return nil, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(keep), &session); err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(response))
	if err != nil {
		return nil, refused(err)
	}
	credential, err := rp.CreateCredential(inner, session, parsed)
	if err != nil {
		return nil, refused(err)
	}
	text, err := json.Marshal(credential)
	return &desk.Passkey{ID: idOf(credential.ID), User: h.User.ID, Credential: string(text)}, err
}

func idOf(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

func refused(cause error) error {
	return desk.Wrap(desk.Unauthenticated, cause, "The passkey was not accepted. Try again, or sign in another way.")
}

// Ask asks for a passkey of whoever holds the device, who must show the device
// that he does.
func (p Party) Ask() (*Question, error) {
	rp, err := p.open()
	if err != nil {
		return nil, err
	}
	options, session, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	return question(options, session, err)
}

// AskFor asks for a passkey of one user.
func (p Party) AskFor(h Holder) (*Question, error) {
	rp, err := p.open()
	if err != nil {
		return nil, err
	}
	inner, err := h.open()
	if err != nil {
		return nil, err
	}
	options, session, err := rp.BeginLogin(inner)
	if err != nil {
		return nil, refused(err)
	}
	return question(options, session, nil)
}

// IDOf returns the ID of the passkey with which a browser answers.
func IDOf(response string) (string, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(response))
	if err != nil {
		return "", refused(err)
	}
	return idOf(parsed.RawID), nil
}

// Shown returns what is to be remembered of the passkey with which the user
// answers. What is no true answer of his is an error of kind Unauthenticated;
// so is one of a key that counts backwards, which somebody may have copied.
func (p Party) Shown(h Holder, keep, response string) (credential string, err error) {
	rp, err := p.open()
	if err != nil {
		return "", err
	}
	inner, err := h.open()
	if err != nil {
		return "", err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(keep), &session); err != nil {
		return "", err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(response))
	if err != nil {
		return "", refused(err)
	}
	var used *webauthn.Credential
	if len(session.UserID) > 0 {
		used, err = rp.ValidateLogin(inner, session, parsed)
	} else {
		_, used, err = rp.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return inner, nil }, session, parsed)
	}
	if err == nil && used.Authenticator.CloneWarning {
		err = errors.New("the key counts backwards")
	}
	if err != nil {
		return "", refused(err)
	}
	text, err := json.Marshal(used)
	return string(text), err
}
