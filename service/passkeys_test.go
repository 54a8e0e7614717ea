package service_test

import (
	"net/url"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// TestPasskeysLetIn: a passkey alone lets its owner in, where it is his, asked
// for now, at this address, and not copied.
func TestPasskeysLetIn(t *testing.T) {
	h := factorDesk(t)
	h.keyed()
	k := h.keyOf("agnes")
	enter := func(k *softKey) error {
		c := must(h.AskPasskey(h.ctx, "", "192.0.2.1"))(t)
		token, err := h.EnterByPasskey(h.ctx, service.KeyAnswer{Token: c.Token, Response: k.use(t, c.Options)}, "", "192.0.2.1")
		if err == nil && must(h.Resume(h.ctx, token))(t).User.Login != "agnes" {
			t.Error("it is somebody else's session")
		}
		return err
	}
	h.ok(enter(k))
	stranger := newSoftKey(t)
	stranger.holder = k.holder
	elsewhere, silent, copied, forged := *k, *k, *k, *k
	elsewhere.origin = "https://desk.example.evil.example"
	silent.silent = true
	copied.count = 0
	forged.key = stranger.key
	for why, bad := range map[string]*softKey{"another key": stranger, "another site": &elsewhere, "nobody showed who holds it": &silent, "it counts backwards": &copied, "another secret": &forged} {
		if err := enter(bad); desk.KindOf(err) != desk.Unauthenticated {
			t.Errorf("%s: got %v", why, err)
		}
	}
	c := must(h.AskPasskey(h.ctx, "", "192.0.2.1"))(t)
	response := k.use(t, c.Options)
	must(h.EnterByPasskey(h.ctx, service.KeyAnswer{Token: c.Token, Response: response}, "", ""))(t)
	_, err := h.EnterByPasskey(h.ctx, service.KeyAnswer{Token: c.Token, Response: response}, "", "")
	wantKind(t, err, desk.Unauthenticated)
	h.ok(h.UpdateUser(h.ctx, h.sys, desk.User{ID: h.id("agnes"), Login: "agnes", Kind: desk.Agent, Disabled: true}))
	wantKind(t, enter(k), desk.Unauthenticated)
}

// TestPasskeyAsSecondFactor: it is asked for after the password, and is that
// user's.
func TestPasskeyAsSecondFactor(t *testing.T) {
	h := factorDesk(t)
	h.keyed()
	h.agent("eve")
	h.grant(h.names["eve"], "ModifySelf", desk.OnSystem())
	mine, hers := h.keyOf("agnes"), h.keyOf("eve")
	for why, k := range map[string]*softKey{"mine": mine, "another's": hers} {
		in := h.half()
		if in.Token != "" || !in.Passkey || in.App {
			t.Fatalf("got %+v", in)
		}
		c := must(h.AskPasskey(h.ctx, in.Step, ""))(t)
		_, err := h.EnterByPasskey(h.ctx, service.KeyAnswer{Token: c.Token, Response: k.use(t, c.Options), Step: in.Step}, "", "")
		if (err == nil) != (k == mine) {
			t.Errorf("%s: got %v", why, err)
		}
	}
	id := must(h.Account(h.ctx, h.by("agnes")))(t).Factors.Passkeys[0].ID
	wantKind(t, h.RemovePasskey(h.ctx, h.by("eve"), id), desk.NotFound)
	h.ok(h.RemovePasskey(h.ctx, h.by("agnes"), id))
	if in := h.half(); in.Token == "" {
		t.Error("a passkey that is gone is asked for")
	}
}

// TestCodesWithPasskeys: the first passkey brings recovery codes, which let in where
// the device is lost; the second brings none, and the last takes them along.
func TestCodesWithPasskeys(t *testing.T) {
	h := factorDesk(t)
	h.keyed()
	add := func() []string {
		c := must(h.BeginPasskey(h.ctx, h.by("agnes")))(t)
		return must(h.AddPasskey(h.ctx, h.by("agnes"), service.KeyAnswer{Token: c.Token, Response: newSoftKey(t).make(t, c.Options)}))(t)
	}
	codes := add()
	if len(codes) != 10 {
		t.Fatalf("the first passkey brings %d codes", len(codes))
	}
	if more := add(); more != nil {
		t.Errorf("the second brings %d", len(more))
	}
	in := h.half()
	if in.Token != "" {
		t.Fatal("a password alone lets in")
	}
	must(h.EnterByCode(h.ctx, in.Step, codes[4], "", ""))(t)
	for _, k := range must(h.Account(h.ctx, h.by("agnes")))(t).Factors.Passkeys {
		h.ok(h.RemovePasskey(h.ctx, h.by("agnes"), k.ID))
	}
	if left := must(h.Account(h.ctx, h.by("agnes")))(t).Factors.Codes; left != 0 {
		t.Errorf("%d codes are left for no factor", left)
	}
	if codes = add(); len(codes) != 10 {
		t.Errorf("a first passkey again brings %d codes", len(codes))
	}
}

// TestCodesOutliveTheApp: where a passkey is left, so are the recovery codes.
func TestCodesOutliveTheApp(t *testing.T) {
	h := factorDesk(t)
	h.keyed()
	secret, _ := h.appOf("agnes")
	c := must(h.BeginPasskey(h.ctx, h.by("agnes")))(t)
	if codes := must(h.AddPasskey(h.ctx, h.by("agnes"), service.KeyAnswer{Token: c.Token, Response: newSoftKey(t).make(t, c.Options)}))(t); codes != nil {
		t.Error("who has codes gets others")
	}
	h.ok(h.RemoveApp(h.ctx, h.by("agnes"), h.code(secret)))
	if left := must(h.Account(h.ctx, h.by("agnes")))(t).Factors.Codes; left != 10 {
		t.Errorf("%d codes are left", left)
	}
}

// TestProviders: somebody whom a provider lets in is who connected his account
// with it or whom it gave the desk, and takes nobody else's place.
func TestProviders(t *testing.T) {
	h := factorDesk(t)
	h.keyed()
	h.contact("carl")
	id := h.provider()
	come := func(sub, login, email string) (*service.Entrance, error) {
		_, token, err := h.BeginOutside(h.ctx, id)
		h.ok(err)
		return h.EnterFrom(h.ctx, token, url.Values{"sub": {sub}, "login": {login}, "email": {email}}, desk.Session{Address: "192.0.2.1"})
	}
	who := func(in *service.Entrance) string { return must(h.Resume(h.ctx, in.Token))(t).User.Login }
	if got := who(must(come("1", "dora", "dora@else.example"))(t)); got != "dora" {
		t.Errorf("somebody new is %s", got)
	}
	if got := who(must(come("1", "dorothy", "dora@else.example"))(t)); got != "dorothy" {
		t.Errorf("who changed her login there is %s", got)
	}
	for why, claims := range map[string][3]string{
		"an agent's login":    {"2", "agnes", ""},
		"an agent's address":  {"3", "frida", "agnes@case.example"},
		"address as login":    {"4", "agnes@case.example", ""},
		"a contact's login":   {"5", "carl", ""},
		"a contact's address": {"6", "gerd", "carl@case.example"},
	} {
		if _, err := come(claims[0], claims[1], claims[2]); desk.KindOf(err) != desk.Unauthenticated {
			t.Errorf("%s: got %v", why, err)
		}
	}
	_, token, err := h.BeginConnect(h.ctx, h.by("agnes"), id)
	h.ok(err)
	wantKind(t, h.Connect(h.ctx, h.by("carl"), token, url.Values{"sub": {"9"}}), desk.Forbidden)
	h.ok(h.Connect(h.ctx, h.by("agnes"), token, url.Values{"sub": {"9"}}))
	if got := who(must(come("9", "whatever", "carl@case.example"))(t)); got != "agnes" {
		t.Errorf("the connected login is %s", got)
	}
	_, token, err = h.BeginConnect(h.ctx, h.by("agnes"), id)
	h.ok(err)
	wantKind(t, h.Connect(h.ctx, h.by("agnes"), token, url.Values{"sub": {"1"}}), desk.Conflict)
	h.ok(h.Disconnect(h.ctx, h.by("agnes"), id))
	if got := who(must(come("9", "whatever", ""))(t)); got != "whatever" {
		t.Errorf("after that it is %s", got)
	}
	_, err = h.SaveDirectory(h.ctx, h.sys, desk.Directory{Name: "Other", Kind: desk.KindOIDC, Adopt: true})
	wantKind(t, err, desk.Invalid)
}
