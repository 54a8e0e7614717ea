package message

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseAddressList(t *testing.T) {
	long := strings.Repeat("a", 250)
	for _, tt := range []struct {
		why, in string
		want    []Address
	}{
		{"bare", "jo@example.org", []Address{{"", "jo@example.org"}}},
		{"with a name", "Jo Doe <jo@example.org>", []Address{{"Jo Doe", "jo@example.org"}}},
		{"name in a comment", "jo@example.org (Jo Doe)", []Address{{"Jo Doe", "jo@example.org"}}},
		{"local part kept, domain lowered", "Jo.Doe@EXAMPLE.Org.", []Address{{"", "Jo.Doe@example.org"}}},
		{"comma in quotes", `"Doe, Jo" <jo@example.org>, ann@example.net`,
			[]Address{{"Doe, Jo", "jo@example.org"}, {"", "ann@example.net"}}},
		{"Outlook's semicolons", "jo@example.org; Ann <ann@example.net>;",
			[]Address{{"", "jo@example.org"}, {"Ann", "ann@example.net"}}},
		{"group", "Team: jo@example.org, ann@example.net;, bob@example.com",
			[]Address{{"", "jo@example.org"}, {"", "ann@example.net"}, {"", "bob@example.com"}}},
		{"empty group", "undisclosed-recipients:;", nil},
		{"encoded name with a comma", "=?utf-8?q?M=C3=BCller=2C_J?= <jm@example.org>", []Address{{"Müller, J", "jm@example.org"}}},
		{"encoded name in quotes", `"=?utf-8?q?J=C3=B6rg?=" <jo@example.org>`, []Address{{"Jörg", "jo@example.org"}}},
		{"encoded words never make an address", "=?utf-8?q?jo=40example.org?=", nil},
		{"encoded name that looks like an address stays a name", "=?utf-8?q?boss=40example.com?= <jo@example.org>",
			[]Address{{"boss@example.com", "jo@example.org"}}},
		{"quoted name that looks like an address stays a name", `"boss@example.com" <jo@example.org>`,
			[]Address{{"boss@example.com", "jo@example.org"}}},
		{"name without brackets", "Jo Doe jo@example.org", []Address{{"Jo Doe", "jo@example.org"}}},
		{"German domain", "jo@Müller.example", []Address{{"", "jo@xn--mller-kva.example"}}},
		{"local part beyond ASCII", "jörg@example.org", []Address{{"", "jörg@example.org"}}},
		{"composed and decomposed are one", "jo\u0308rg@example.org", []Address{{"", "jörg@example.org"}}},
		{"the Kelvin sign is a K", "mi\u212ae@example.org", []Address{{"", "miKe@example.org"}}},
		{"quotes that are not needed go", `"jo.doe"@example.org`, []Address{{"", "jo.doe@example.org"}}},
		{"quotes that are needed stay", `"jo@home"@example.org`, []Address{{"", `"jo@home"@example.org`}}},
		{"blank in quotes", `"jo doe"@example.org`, nil},
		{"dots that RFC 5322 forbids but mailboxes have", "jo..doe.@example.org", []Address{{"", "jo..doe.@example.org"}}},
		{"address literal", "jo@[192.0.2.1], ann@[IPv6:2001:DB8::1]",
			[]Address{{"", "jo@[192.0.2.1]"}, {"", "ann@[ipv6:2001:db8::1]"}}},
		{"literal that is none", "jo@[example.org]", nil},
		{"two in brackets", "<jo@example.org> <ann@example.net>", nil},
		{"two without a comma", "jo@example.org ann@example.net", nil},
		{"something after the brackets", "<jo@example.org> ann@example.net", nil},
		{"address before a group", "jo@example.org: ann@example.net;, bob@example.com", []Address{{"", "bob@example.com"}}},
		{"two signs", "jo@example.org@example.net", nil},
		{"source route", "<@relay.example,@x.example:jo@example.org>", nil},
		{"blanks around the sign", "jo @ example.org", nil},
		{"tab in brackets", "<jo\t@example.org>", nil},
		{"control character", "jo\x00@example.org", nil},
		{"line end cannot add a field", "jo@example.org\r\nBcc: ann@example.net", nil},
		{"direction mark", "jo\u202e@example.org", nil},
		{"wide sign", "jo＠example.org", nil},
		{"wide sign as a second one", "boss＠example.com@example.org", nil},
		{"no domain", "jo@", nil},
		{"no local part", "@example.org", nil},
		{"empty label", "jo@example..org", nil},
		{"quote without end", `"Jo <jo@example.org>, ann@example.net`, nil},
		{"bracket without end", `Jo <jo@example.org`, nil},
		{"bad ones do not spoil good ones", "nonsense, jo@example.org, @, <>", []Address{{"", "jo@example.org"}}},
		{"too long", long + "@example.org", nil},
		{"nothing", " , ;", nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := ParseAddressList(tt.in)
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("got (-) and want (+) differ:\n%s", diff)
			}
			for _, a := range got {
				checkAddress(t, a)
			}
		})
	}
}

// checkAddress checks what Address promises.
func checkAddress(t interface {
	Helper()
	Errorf(string, ...any)
}, a Address) {
	t.Helper()
	rest := a.Address
	if strings.HasPrefix(rest, `"`) {
		n, closed := span(rest)
		if !closed {
			t.Errorf("%q: quote without end", a.Address)
		}
		rest = rest[n:]
	}
	if strings.Count(rest, "@") != 1 {
		t.Errorf("%q: want one @ outside quotes", a.Address)
	}
	if strings.ContainsFunc(a.Address, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		t.Errorf("%q: blank or control character", a.Address)
	}
	if a.Name != oneLine(a.Name) {
		t.Errorf("name %q is not one clean line", a.Name)
	}
	if again, err := ParseAddress(a.String()); err != nil || again != a {
		t.Errorf("%q read again: got %+v, %v, want %+v", a.String(), again, err, a)
	}
	key, err := Canonical(a.Address)
	if err != nil {
		t.Errorf("Canonical(%q): %v", a.Address, err)
	}
	if again, err := Canonical(key); err != nil || again != key {
		t.Errorf("Canonical(%q): got %q, %v, want it unchanged", key, again, err)
	}
}

func TestParseAddressListIsBounded(t *testing.T) {
	if got := len(ParseAddressList(strings.Repeat("jo@example.org,", 2000))); got != maxAddresses {
		t.Errorf("got %d addresses, want %d", got, maxAddresses)
	}
}

func TestParseAddressWantsOne(t *testing.T) {
	for _, tt := range []struct {
		in, want string // want: a part of the error
	}{
		{"", "one mail address is wanted here, not 0"},
		{"jo@example.org, ann@example.net", "one mail address is wanted here, not 2"},
		{"jo", "needs one @"},
		{"jo@exa mple.org", "there are two in it"},
		{"jo@exa/mple", "is no domain"},
		{"j,o@example.org", "not 2"},
		{"jo@example.org@example.net", "is no domain"},
		{strings.Repeat("a", 250) + "@example.org", "at most 254"},
		{"\xff@example.org", "not UTF-8"},
	} {
		_, err := ParseAddress(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseAddress(%q): got error %v, want one with %q", tt.in, err, tt.want)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"case", " Jo.Doe@Example.ORG ", "jo.doe@example.org"},
		{"quotes", `"Jo"@example.org`, "jo@example.org"},
		{"domain in Unicode", "jo@MÜLLER.example", "jo@xn--mller-kva.example"},
		{"accents in two parts", "JO\u0308RG@example.org", "jörg@example.org"},
		{"a name is no key", "Jo <jo@example.org>", ""},
	} {
		got, err := Canonical(tt.in)
		if got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s: got %q, %v, want %q", tt.why, got, err, tt.want)
		}
	}
}

func TestAddressStringIsOneLine(t *testing.T) {
	for _, tt := range []struct {
		why  string
		in   Address
		want string
	}{
		{"bare", Address{"", "jo@example.org"}, "jo@example.org"},
		{"plain name", Address{"Jo Doe", "jo@example.org"}, "Jo Doe <jo@example.org>"},
		{"name that needs quotes", Address{`Doe, "Jo"`, "jo@example.org"}, `"Doe, \"Jo\"" <jo@example.org>`},
		{"name beyond ASCII", Address{"Jörg", "jo@example.org"}, "=?utf-8?b?SsO2cmc=?= <jo@example.org>"},
		{"name with a line end", Address{"Jo\r\nBcc: x@example.net", "jo@example.org"}, `"Jo Bcc: x@example.net" <jo@example.org>`},
	} {
		if got := tt.in.String(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestAddressesReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Address{
			Name:    cleanAddressName(rapid.String().Draw(t, "name")),
			Address: rapid.StringMatching(`[a-zA-Z0-9.+_'-]{1,20}@[a-z0-9]{1,10}\.example`).Draw(t, "address"),
		}
		checkAddress(t, in)
	})
}

func FuzzAddressList(f *testing.F) {
	for _, s := range []string{`"Doe, Jo" <jo@example.org>`, "a@b (c (d)), e: f@g;", "<@a:b@c>", "=?utf-8?q?a=40b?= <c@d>", `"a@b"@[1.2.3.4]`, "a@ü.example"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, a := range ParseAddressList(s) {
			checkAddress(t, a)
		}
	})
}
