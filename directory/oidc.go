package directory

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"gatehouse/desk"
)

// OIDC is how a provider of sign-ins is reached (OpenID Connect Core 1.0), and
// which of its claims say what. A claim is named by its path, with dots.
type OIDC struct {
	Issuer   string   `json:"issuer"` // https://login.example.org; http only for this machine
	ClientID string   `json:"client_id"`
	Scopes   []string `json:"scopes,omitempty"` // besides openid; none: profile and email

	Login     string `json:"login,omitempty"`     // empty: preferred_username
	Name      string `json:"name,omitempty"`      // empty: name
	Language  string `json:"language,omitempty"`  // empty: locale
	Groups    string `json:"groups,omitempty"`    // empty: none are read
	Customers string `json:"customers,omitempty"` // keys; empty: none are read
}

// The limits of what a provider answers.
const (
	providerTime  = 15 * time.Second
	providerBytes = 1 << 20
)

// readOIDC reads and checks the settings of a provider.
func readOIDC(d desk.Directory) (*OIDC, error) {
	var p OIDC
	if err := read(d.Config, &p); err != nil {
		return nil, err
	}
	u, err := url.Parse(p.Issuer)
	local := err == nil && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1")
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return nil, desk.InvalidFields(map[string]string{"config": "The issuer is an address that begins with https."})
	}
	if p.ClientID == "" {
		return nil, desk.InvalidFields(map[string]string{"config": "Give the client_id that the provider knows this desk by."})
	}
	if len(p.Scopes) == 0 {
		p.Scopes = []string{"profile", "email"}
	}
	for claim, usual := range map[*string]string{&p.Login: "preferred_username", &p.Name: "name", &p.Language: "locale"} {
		if *claim == "" {
			*claim = usual
		}
	}
	return &p, nil
}

// client speaks with one provider: where the desk may reach, not for long, not
// for much, and with no other host that it is sent to.
func (r Reach) client() *http.Client {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return r.dialer(host).DialContext(ctx, network, address)
	}
	transport := &http.Transport{DialContext: dial, TLSHandshakeTimeout: providerTime, ResponseHeaderTimeout: providerTime, DisableKeepAlives: true}
	return &http.Client{Timeout: providerTime, Transport: bounded{transport}, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 3 || r.URL.Host != via[0].URL.Host {
			return errors.New("it leads to another host")
		}
		return nil
	}}
}

// bounded cuts answers off that are too long.
type bounded struct{ next http.RoundTripper }

// RoundTrip answers a request.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	w, err := b.next.RoundTrip(r)
	if err == nil {
		w.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(w.Body, providerBytes), w.Body}
	}
	return w, err
}

// remembered is what is kept while somebody is at a provider.
type remembered struct {
	State, Nonce, Verifier, Back string
}

// reach asks a provider for its addresses.
func (r Reach) provider(ctx context.Context, p *OIDC, secret, back string) (context.Context, *oidc.Provider, *oauth2.Config, error) {
	ctx = oidc.ClientContext(ctx, r.client())
	provider, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, nil, nil, desk.Wrap(desk.Unavailable, err, "The place where you sign in does not answer. Try again in a few minutes, or sign in another way.")
	}
	return ctx, provider, &oauth2.Config{ClientID: p.ClientID, ClientSecret: secret, Endpoint: provider.Endpoint(), RedirectURL: back,
		Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...)}, nil
}

// BeginSignIn returns where a browser is sent to sign in, and what is to be kept
// until it is back, as service.Outside wants it.
func (r Reach) BeginSignIn(ctx context.Context, d desk.Directory, back string) (to, keep string, err error) {
	p, err := readOIDC(d)
	if err != nil {
		return "", "", err
	}
	_, _, config, err := r.provider(ctx, p, d.Secret, back)
	if err != nil {
		return "", "", err
	}
	k := remembered{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), Back: back}
	text, err := json.Marshal(k)
	return config.AuthCodeURL(k.State, oidc.Nonce(k.Nonce), oauth2.S256ChallengeOption(k.Verifier)), string(text), err
}

// FinishSignIn returns whom a provider has let in, as service.Outside wants it.
// An answer that is not to what was kept is an error of kind Unauthenticated.
func (r Reach) FinishSignIn(ctx context.Context, d desk.Directory, keep string, answer url.Values) (*desk.DirectoryEntry, error) {
	p, err := readOIDC(d)
	if err != nil {
		return nil, err
	}
	var k remembered
	if err := json.Unmarshal([]byte(keep), &k); err != nil {
		return nil, err
	}
	if k.State == "" || subtle.ConstantTimeCompare([]byte(k.State), []byte(answer.Get("state"))) != 1 {
		return nil, refusedBy(d, errors.New("the state is another one"))
	}
	if answer.Get("error") != "" || answer.Get("code") == "" {
		return nil, refusedBy(d, errors.New("it said "+firstLine(answer.Get("error"))))
	}
	if iss := answer.Get("iss"); iss != "" && iss != p.Issuer { // RFC 9207
		return nil, refusedBy(d, errors.New("the answer is of "+firstLine(iss)))
	}
	ctx, provider, config, err := r.provider(ctx, p, d.Secret, k.Back)
	if err != nil {
		return nil, err
	}
	claims, err := p.claims(ctx, provider, config, k, answer.Get("code"))
	if err != nil {
		return nil, refusedBy(d, err)
	}
	return p.entry(claims)
}

func refusedBy(d desk.Directory, cause error) error {
	return desk.Wrap(desk.Unauthenticated, cause, "%s did not let you in. Try again, or sign in another way.", d.Name)
}

// claims exchanges the code and returns what the provider says of whoever
// signed in, with what only its page of facts says.
func (p *OIDC) claims(ctx context.Context, provider *oidc.Provider, config *oauth2.Config, k remembered, code string) (map[string]any, error) {
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(k.Verifier))
	if err != nil {
		return nil, err
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := provider.Verifier(&oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(k.Nonce)) != 1 {
		return nil, errors.New("the nonce is another one")
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return nil, err
	}
	if provider.UserInfoEndpoint() == "" {
		return claims, nil
	}
	info, err := provider.UserInfo(ctx, config.TokenSource(ctx, token))
	if err != nil {
		return nil, err
	}
	if info.Subject != id.Subject {
		return nil, errors.New("its facts are about somebody else")
	}
	more := map[string]any{}
	if err := info.Claims(&more); err != nil {
		return nil, err
	}
	for name, value := range more {
		if _, said := claims[name]; !said {
			claims[name] = value
		}
	}
	return claims, nil
}

// entry is a person as a provider has him. An address that it has not verified
// is none: whoever writes somebody else's there would be taken for him.
func (p *OIDC) entry(claims map[string]any) (*desk.DirectoryEntry, error) {
	e := &desk.DirectoryEntry{
		ID: first(texts(claims, "sub")), Login: first(texts(claims, p.Login)), Name: first(texts(claims, p.Name)),
		Language: language(first(texts(claims, p.Language))),
	}
	verified := claims["email_verified"] == true || claims["email_verified"] == "true"
	if verified {
		e.Addresses = usable(texts(claims, "email"))
	} else if p.Login == "email" {
		e.Login = ""
	}
	if p.Groups != "" {
		e.Groups = usable(texts(claims, p.Groups))
	}
	if p.Customers != "" {
		e.Customers = usable(texts(claims, p.Customers))
	}
	if e.ID == "" || e.Login == "" {
		return nil, desk.Errorf(desk.Unauthenticated, "The place where you signed in says too little about you: no lasting name, or no verified address. Ask the people who run the desk.")
	}
	return e, nil
}

// texts returns what a claim says, one text or several; its name may lead into
// other claims with dots.
func texts(claims map[string]any, name string) []string {
	value, ok := claims[name]
	for !ok {
		outer, inner, deeper := strings.Cut(name, ".")
		next, isMap := claims[outer].(map[string]any)
		if !deeper || !isMap {
			return nil
		}
		claims, name = next, inner
		value, ok = claims[name]
	}
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, item := range v {
			if text, ok := item.(string); ok {
				list = append(list, text)
			}
		}
		return list
	}
	return nil
}

// signIns is a provider as a source: it knows nobody by a password, and nobody
// is read from it.
type signIns struct {
	*OIDC
	reach Reach
	d     desk.Directory
}

// try asks the provider for its addresses.
func (s signIns) try(ctx context.Context, t *trial) error {
	_, _, _, err := s.reach.provider(ctx, s.OIDC, s.d.Secret, "")
	t.step("reach", s.Issuer, err)
	return nil
}

// Authenticate knows nobody.
func (signIns) Authenticate(context.Context, string, string) (*desk.DirectoryEntry, error) {
	return nil, nil
}

// Lookup knows nobody.
func (signIns) Lookup(context.Context, string) (*desk.DirectoryEntry, error) { return nil, nil }

// Each refuses.
func (signIns) Each(context.Context, func([]desk.DirectoryEntry) error) error {
	return desk.Errorf(desk.Invalid, "A provider of sign-ins cannot be read: people come from it when they sign in.")
}
