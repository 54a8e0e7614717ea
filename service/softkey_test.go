package service_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/url"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"

	"gatehouse/desk"
	"gatehouse/service"
)

const keyOrigin = "https://desk.example"

// keyed puts the service at an address that passkeys can be made for, with a
// provider of sign-ins that lets everybody in as whom the answer says.
func (h *house) keyed() {
	h.Service = service.New(h.store, service.Options{Name: "Desk", Domain: "desk.example", BaseURL: keyOrigin, Now: h.clock.now, Key: []byte("a key of the tests, long enough for all"),
		LookFile: lookAtLogins, ReadFile: readLogins,
		Outside: service.Outside{
			Begin: func(context.Context, desk.Directory, string) (string, string, error) {
				return "https://login.example", "kept", nil
			},
			Finish: func(_ context.Context, _ desk.Directory, keep string, answer url.Values) (*desk.DirectoryEntry, error) {
				e := &desk.DirectoryEntry{ID: answer.Get("sub"), Login: answer.Get("login"), Name: answer.Get("login")}
				if e.ID == "" || keep != "kept" {
					return nil, desk.Errorf(desk.Unauthenticated, "No.")
				}
				if a := answer.Get("email"); a != "" {
					e.Addresses = []string{a}
				}
				return e, nil
			},
		}})
}

// A softKey is a device with one passkey.
type softKey struct {
	key    *ecdsa.PrivateKey
	id     []byte
	holder []byte
	count  uint32
	origin string // that the browser names
	silent bool   // it does not ask who holds it
}

func newSoftKey(t testing.TB) *softKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	rand.Read(id)
	return &softKey{key: key, id: id, origin: keyOrigin}
}

// data is what a device says of itself (WebAuthn, section 6.1).
func (k *softKey) data(flags byte) []byte {
	place := sha256.Sum256([]byte("desk.example"))
	k.count++
	if !k.silent {
		flags |= 0x04 // user verified
	}
	return binary.BigEndian.AppendUint32(append(place[:], flags|0x01), k.count)
}

func inURL(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (k *softKey) client(t testing.TB, kind string, options string) []byte {
	t.Helper()
	var asked struct {
		PublicKey struct {
			Challenge string
			User      struct{ ID string }
		}
	}
	if err := json.Unmarshal([]byte(options), &asked); err != nil {
		t.Fatal(err)
	}
	if kind == "webauthn.create" {
		k.holder = must(base64.RawURLEncoding.DecodeString(asked.PublicKey.User.ID))(t)
	}
	return must(json.Marshal(map[string]any{"type": kind, "challenge": asked.PublicKey.Challenge, "origin": k.origin}))(t)
}

func (k *softKey) answer(t testing.TB, response map[string]string) string {
	t.Helper()
	return string(must(json.Marshal(map[string]any{"id": inURL(k.id), "rawId": inURL(k.id), "type": "public-key", "response": response}))(t))
}

// make makes the passkey.
func (k *softKey) make(t testing.TB, options string) string {
	t.Helper()
	point := must(k.key.PublicKey.Bytes())(t)
	public := must(webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]}))(t)
	data := append(k.data(0x40), make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(k.id))), k.id...)
	object := must(webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": append(data, public...)}))(t)
	return k.answer(t, map[string]string{"clientDataJSON": inURL(k.client(t, "webauthn.create", options)), "attestationObject": inURL(object)})
}

// use shows the passkey.
func (k *softKey) use(t testing.TB, options string) string {
	t.Helper()
	client, data := k.client(t, "webauthn.get", options), k.data(0)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(data[:len(data):len(data)], hash[:]...))
	signature := must(ecdsa.SignASN1(rand.Reader, k.key, signed[:]))(t)
	return k.answer(t, map[string]string{"clientDataJSON": inURL(client), "authenticatorData": inURL(data),
		"signature": inURL(signature), "userHandle": inURL(k.holder)})
}

// keyOf gives somebody a passkey.
func (h *house) keyOf(login string) *softKey {
	h.t.Helper()
	k := newSoftKey(h.t)
	c := must(h.BeginPasskey(h.ctx, h.by(login)))(h.t)
	must(h.AddPasskey(h.ctx, h.by(login), service.KeyAnswer{Token: c.Token, Response: k.make(h.t, c.Options), Name: "Telephone"}))(h.t)
	return k
}

// provider makes a provider of sign-ins.
func (h *house) provider() desk.DirectoryID {
	h.t.Helper()
	return must(h.SaveDirectory(h.ctx, h.sys, desk.Directory{Name: "Login", Kind: desk.KindOIDC, Config: "{}", MaxLoss: 10}))(h.t)
}
