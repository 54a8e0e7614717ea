package directory_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
)

// A provider is a small provider of sign-ins: it lets everybody in as whom
// facts describe, and keeps to OpenID Connect but for what a test spoils.
type provider struct {
	*httptest.Server
	t         testing.TB
	key       *ecdsa.PrivateKey
	facts     map[string]any // of whoever signs in, besides what the token needs
	spoil     func(claims map[string]any)
	challenge string
	nonce     string
	subject   string // of its page of facts
}

func newProvider(t testing.TB) *provider {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{t: t, key: key, subject: "s-1", spoil: func(map[string]any) {}, facts: map[string]any{
		"preferred_username": "dora", "name": "Dora Dean", "email": "dora@acme.example", "email_verified": true, "locale": "de-AT",
		"realm": map[string]any{"roles": []string{"staff", "night"}},
	}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		p.write(w, map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
			"userinfo_endpoint": p.URL + "/userinfo", "jwks_uri": p.URL + "/keys", "id_token_signing_alg_values_supported": []string{"ES256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.write(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &p.key.PublicKey, KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	})
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, _ *http.Request) {
		p.write(w, map[string]any{"sub": p.subject, "companies": []string{"acme"}, "name": "Somebody Else"})
	})
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		p.t.Error(err)
	}
}

// token exchanges a code: only for who knows what the challenge was made of.
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	_, secret, _ := r.BasicAuth()
	if base64.RawURLEncoding.EncodeToString(sum[:]) != p.challenge || r.PostFormValue("code") != "code" || secret != "s3cret" {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	now := time.Now()
	claims := map[string]any{"iss": p.URL, "sub": "s-1", "aud": "desk", "exp": now.Add(time.Minute).Unix(), "iat": now.Unix(), "nonce": p.nonce}
	maps.Copy(claims, p.facts)
	p.spoil(claims)
	text, err := json.Marshal(claims)
	if err != nil {
		p.t.Error(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: p.key, KeyID: "1"}}, nil)
	if err != nil {
		p.t.Error(err)
		return
	}
	signed, err := signer.Sign(text)
	if err != nil {
		p.t.Error(err)
		return
	}
	id, err := signed.CompactSerialize()
	if err != nil {
		p.t.Error(err)
	}
	p.write(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": id, "expires_in": 60})
}

func (p *provider) directory() desk.Directory {
	return desk.Directory{Name: "Login", Kind: desk.KindOIDC, Secret: "s3cret",
		Config: `{"issuer": "` + p.URL + `", "client_id": "desk", "groups": "realm.roles", "customers": "companies"}`}
}

// come signs in: begins, goes there, and comes back with the answer.
func (p *provider) come(change func(answer url.Values)) (*desk.DirectoryEntry, error) {
	p.t.Helper()
	to, keep, err := here().BeginSignIn(p.t.Context(), p.directory(), "http://desk.example/sign-in/from")
	if err != nil {
		p.t.Fatal(err)
	}
	u, err := url.Parse(to)
	if err != nil {
		p.t.Fatal(err)
	}
	asked := u.Query()
	if asked.Get("code_challenge_method") != "S256" || asked.Get("redirect_uri") != "http://desk.example/sign-in/from" || asked.Get("response_type") != "code" {
		p.t.Errorf("it is asked for %v", asked)
	}
	p.challenge, p.nonce = asked.Get("code_challenge"), asked.Get("nonce")
	answer := url.Values{"code": {"code"}, "state": {asked.Get("state")}, "iss": {p.URL}}
	change(answer)
	return here().FinishSignIn(p.t.Context(), p.directory(), keep, answer)
}

func asItIs(url.Values) {}

func TestProviderLetsIn(t *testing.T) {
	p := newProvider(t)
	got, err := p.come(asItIs)
	if err != nil {
		t.Fatal(err)
	}
	want := &desk.DirectoryEntry{ID: "s-1", Login: "dora", Name: "Dora Dean", Addresses: []string{"dora@acme.example"}, Language: "de",
		Customers: []string{"acme"}, Groups: []string{"staff", "night"}}
	if !cmp.Equal(got, want) {
		t.Errorf("(-got +want):\n%s", cmp.Diff(got, want))
	}
	p.facts["email_verified"] = false
	if got, err = p.come(asItIs); err != nil || got.Addresses != nil {
		t.Errorf("an address that was not verified is taken: %+v, %v", got, err)
	}
}

// TestProviderIsNotBelieved: what is not an answer to what was asked lets
// nobody in.
func TestProviderIsNotBelieved(t *testing.T) {
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for why, spoil := range map[string]func(p *provider, answer url.Values){
		"another state":              func(_ *provider, a url.Values) { a.Set("state", "x") },
		"no state":                   func(_ *provider, a url.Values) { a.Del("state") },
		"it refused":                 func(_ *provider, a url.Values) { a.Set("error", "access_denied") },
		"another code":               func(_ *provider, a url.Values) { a.Set("code", "x") },
		"an answer of another":       func(_ *provider, a url.Values) { a.Set("iss", "https://evil.example") },
		"what the code was made for": func(p *provider, _ url.Values) { p.challenge = "x" },
		"another nonce":              func(p *provider, _ url.Values) { p.nonce = "x" },
		"a token for another desk":   func(p *provider, _ url.Values) { p.spoil = func(c map[string]any) { c["aud"] = "other" } },
		"a token of another": func(p *provider, _ url.Values) {
			p.spoil = func(c map[string]any) { c["iss"] = "https://evil.example" }
		},
		"an old token": func(p *provider, _ url.Values) {
			p.spoil = func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() }
		},
		"facts about somebody else": func(p *provider, _ url.Values) { p.subject = "s-2" },
		"no login":                  func(p *provider, _ url.Values) { delete(p.facts, "preferred_username") },
	} {
		t.Run(why, func(t *testing.T) {
			p := newProvider(t)
			if entry, err := p.come(func(a url.Values) { spoil(p, a) }); desk.KindOf(err) != desk.Unauthenticated {
				t.Errorf("got %+v, %v", entry, err)
			}
		})
	}
	p := newProvider(t)
	honest := p.key
	p.spoil = func(map[string]any) { p.key = stranger }
	p.Config.Handler = keysOf(p, honest)
	if entry, err := p.come(asItIs); desk.KindOf(err) != desk.Unauthenticated {
		t.Errorf("a token that another signed: got %+v, %v", entry, err)
	}
	p.Close()
	if _, _, err := here().BeginSignIn(t.Context(), p.directory(), "x"); desk.KindOf(err) != desk.Unavailable {
		t.Errorf("a provider that does not answer: got %v", err)
	}
}

// keysOf shows the honest key whatever signs.
func keysOf(p *provider, honest *ecdsa.PrivateKey) http.Handler {
	next := p.Config.Handler
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/keys" {
			next.ServeHTTP(w, r)
			return
		}
		p.write(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &honest.PublicKey, KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	})
}

func TestProviderSettings(t *testing.T) {
	for config, want := range map[string]desk.Kind{
		`{"issuer": "https://login.example.org", "client_id": "desk"}`:            0,
		`{"issuer": "http://login.example.org", "client_id": "desk"}`:             desk.Invalid,
		`{"issuer": "https://login.example.org"}`:                                 desk.Invalid,
		`{"issuer": "https://login.example.org", "client_id": "desk", "typo": 1}`: desk.Invalid,
		`{"issuer": "file:///etc/passwd", "client_id": "desk"}`:                   desk.Invalid,
		``: desk.Invalid,
	} {
		if _, err := here().Open(desk.Directory{Kind: desk.KindOIDC, Config: config}); desk.KindOf(err) != want {
			t.Errorf("%s: got %v", config, err)
		}
	}
}
