package web_test

import (
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
	"gatehouse/web/webtest"
)

// accountSamples are the pages of an account that has everything, and of one
// that is a directory's.
func accountSamples() []webtest.Sample {
	now := webtest.Now()
	field := func(form, name string) web.Field { return web.Field{Form: form, Name: name} }
	full := web.AccountPage{
		Account: &service.Account{
			User:      desk.User{Login: "ann", Name: "Ann Archer", Addresses: []string{"ann@desk.example"}},
			Factors:   desk.Factors{App: now, Codes: 1},
			Providers: []service.Provider{{ID: 1, Name: "Company login", Connected: true}, {ID: 2, Name: "University"}},
			Password:  true, MayChange: true, MayTokens: true,
		},
		Nav:   []web.NavSection{{Items: []web.NavItem{{Label: web.T("account.title"), URL: "/account", Current: true}}}},
		Error: web.T("error.toomany.advice"), Called: field("data-", "name"), Lang: field("data-", "lang"), Zone: field("data-", "zone"),
		Old: field("pw-", "old"), New: field("pw-", "password"), Code: field("app-", "code"), Renew: field("codes-", "code"), KeyName: field("key-", "name"),
		NewToken: web.NewToken{Called: field("token-", "name"), Days: field("token-", "days"), Looks: web.Field{Form: "token-", Name: "looks", Kind: "checkbox"}, Tickets: web.Field{Form: "token-", Name: "tickets", Kind: "checkbox"},
			Queues: web.Field{Form: "token-", Name: "queues", Kind: "boxes", Options: []web.Option{{Value: "1", Label: web.Plain("Support")}, {Value: "2", Label: web.Plain("Returns")}}}},
		Passkeys: true, Since: now, Token: "q1w2e3r4t5z6", API: "https://desk.example/api/v1/tickets", NeedsOld: true, Keys: []web.KeyLine{{ID: "k", Name: "Telephone", Created: now, LastUsed: now}, {ID: "l", Name: "Laptop", Created: now}},
		Companies: []web.CompanyLine{{Name: "Acme", URL: "/account/companies/7", Part: web.T("part.member"), Letters: web.Field{Form: "c7", Name: "letters", Kind: "select", Options: web.LetterOptions(true)}}},
		Sessions:  []web.SessionLine{{Digest: "a", Agent: "Firefox", Address: "192.0.2.1", Created: now, Seen: now, This: true}, {Digest: "b", Created: now, Seen: now}},
		Devices:   []web.DeviceLine{{ID: 1, Name: "Telephone", Created: now, Used: now}, {ID: 2, Name: "Laptop", Created: now}}, DeviceKey: "BGsX0f", DeviceName: field("device-", "name"),
		Tokens: []web.TokenLine{{Days: field("renew-c-", "days"), Digest: "c", Name: "report", May: []web.Text{web.T("token.looks"), web.T("account.token.in", "Support, Returns")}, Soon: true, Created: now, Until: now, LastUsed: now}, {Digest: "d", Name: "old", Over: true, Until: now}, {Digest: "e", Name: "all", Idle: true, May: []web.Text{web.T("account.token.all")}}},
	}
	plain := full
	plain.Account = &service.Account{User: full.User, From: "LDAP", MayChange: true}
	plain.Token, plain.Keys, plain.Devices, plain.Error = "", nil, nil, web.Text{}
	code := web.Field{Name: "code", Required: true}
	picture, err := web.DrawQR("otpauth://totp/Desk:ann?secret=ABCDEFGHIJKLMNOP&issuer=Desk")
	if err != nil {
		panic(err)
	}
	return []webtest.Sample{
		{Name: "account", View: full.View()}, {Name: "account-plain", View: plain.View()},
		{Name: "second", View: web.SecondPage{App: true, Passkey: true, Code: code}.View()}, {Name: "second-passkey", View: web.SecondPage{Passkey: true, Code: code}.View()},
		{Name: "setup", View: web.SetupPage{Action: "/x", QR: picture, Secret: "ABCD EFGH", Must: true, Code: code}.View()},
		{Name: "codes", View: web.CodesPage{Passkey: true, Codes: []string{"ABCD-EFGH-IJKL-MNOP", "QRST-UVWX-YZ23-4567"}}.View()},
		{Name: "keys", View: web.KeysOf(web.Reader{Name: "Ann", Agent: true, Admin: true, NoKeys: true, Keys: map[string]string{"reply": "a"}}).View()},
		{Name: "outward", View: web.OutwardPage{Name: "Company login", URL: "https://login.example"}.View()},
	}
}
