package in

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"gatehouse/desk"
	"gatehouse/mail/message"
)

// A zone answers as the DNS does: TXT records by name, and the names for which
// nobody answers.
type zone struct {
	txt    map[string][]string
	silent string
}

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	name = strings.TrimSuffix(name, ".")
	if z.silent != "" && strings.HasSuffix(name, z.silent) {
		return nil, &net.DNSError{Err: "timeout", Name: name, IsTimeout: true, IsTemporary: true}
	}
	if list, ok := z.txt[name]; ok {
		return list, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z zone) LookupMX(context.Context, string) ([]*net.MX, error)            { return nil, nil }
func (z zone) LookupIPAddr(context.Context, string) ([]net.IPAddr, error)     { return nil, nil }
func (z zone) LookupAddr(context.Context, string) (names []string, err error) { return nil, nil }

// signed returns a letter signed by the domain.
func signed(t *testing.T, key ed25519.PrivateKey, domain, letter string) string {
	t.Helper()
	var out bytes.Buffer
	err := dkim.Sign(&out, strings.NewReader(strings.ReplaceAll(letter, "\n", "\r\n")),
		&dkim.SignOptions{Domain: domain, Selector: "s", Signer: key, HeaderKeys: []string{"From", "Subject"}})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestProofs(t *testing.T) {
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	record := []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}
	dns := zone{txt: map[string][]string{
		"s._domainkey.bank.example": record, "s._domainkey.mail.bank.example": record, "s._domainkey.evil.example": record,
		"_dmarc.strict.example": {"v=DMARC1; p=none; adkim=s; aspf=s"}, "s._domainkey.mail.strict.example": record,
		"bank.example": {"v=spf1 ip4:192.0.2.1 -all"}, "evil.example": {"v=spf1 ip4:192.0.2.66 -all"},
	}}
	const letter = "From: Jo <jo@bank.example>\nSubject: x\n\ny\n"
	ar := func(result string) string { return "Authentication-Results: " + result + "\n" + letter }
	server := Prover{Authserv: []string{"mx.desk.example"}}
	check := Prover{Check: true, Resolver: dns}
	smtp := func(from, ip string) desk.Envelope { return desk.Envelope{From: from, RemoteAddr: ip, Via: "smtp"} }
	for _, tt := range []struct {
		why    string
		prover Prover
		env    desk.Envelope
		raw    string
		want   desk.Proof
	}{
		{"nobody asks", Prover{}, desk.Envelope{}, letter, desk.ProofUnasked},
		{"DMARC passed in front", server, desk.Envelope{}, ar("mx.desk.example; dmarc=pass header.from=bank.example"), desk.ProofGiven},
		{"DMARC failed in front", server, desk.Envelope{}, ar("mx.desk.example; dmarc=fail header.from=bank.example"), desk.ProofMissing},
		{"DKIM of the same organisation", server, desk.Envelope{}, ar("MX.desk.example; dkim=pass header.d=mail.bank.example"), desk.ProofGiven},
		{"DKIM of somebody else", server, desk.Envelope{}, ar("mx.desk.example; dkim=pass header.d=evil.example"), desk.ProofMissing},
		{"SPF of the same domain", server, desk.Envelope{}, ar("mx.desk.example; spf=pass smtp.mailfrom=jo@bank.example"), desk.ProofGiven},
		{"a server that is not believed", server, desk.Envelope{}, ar("mx.evil.example; dmarc=pass header.from=bank.example"), desk.ProofMissing},
		{"the nearest field counts", server, desk.Envelope{}, "Authentication-Results: mx.desk.example; dmarc=fail header.from=bank.example\n" + ar("mx.desk.example; dmarc=pass header.from=bank.example"), desk.ProofMissing},
		{"no server judged it", server, desk.Envelope{}, letter, desk.ProofMissing},
		{"signed by its domain", check, desk.Envelope{}, signed(t, key, "bank.example", letter), desk.ProofGiven},
		{"signed by a part of it", check, desk.Envelope{}, signed(t, key, "mail.bank.example", letter), desk.ProofGiven},
		{"line ends were lost on the way", check, desk.Envelope{}, strings.ReplaceAll(signed(t, key, "bank.example", letter), "\r\n", "\n"), desk.ProofGiven},
		{"signed by another", check, desk.Envelope{}, signed(t, key, "evil.example", letter), desk.ProofMissing},
		{"changed after it was signed", check, desk.Envelope{}, strings.Replace(signed(t, key, "bank.example", letter), "Subject: x", "Subject: z", 1), desk.ProofMissing},
		{"a domain that wants to be named exactly", check, desk.Envelope{}, signed(t, key, "mail.strict.example", strings.Replace(letter, "bank", "strict", 1)), desk.ProofMissing},
		{"two From fields", check, desk.Envelope{}, "From: boss@bank.example\r\n" + signed(t, key, "bank.example", letter), desk.ProofMissing},
		{"a From that can be read in two ways", check, desk.Envelope{}, signed(t, key, "bank.example", strings.Replace(letter, "Jo <jo@bank.example>", "<<jo@bank.example>> x", 1)), desk.ProofMissing},
		{"from a server of its domain", check, smtp("jo@bank.example", "192.0.2.1"), letter, desk.ProofGiven},
		{"from a server of nobody", check, smtp("jo@bank.example", "192.0.2.9"), letter, desk.ProofMissing},
		{"from the server of another, which says so", check, smtp("x@evil.example", "192.0.2.66"), letter, desk.ProofMissing},
		{"from this machine SPF says nothing", check, smtp("jo@bank.example", "127.0.0.1"), letter, desk.ProofMissing},
		{"the null sender proves nothing", check, smtp("", "192.0.2.1"), letter, desk.ProofMissing},
	} {
		l, err := message.Parse([]byte(tt.raw), message.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := tt.prover.Prove(t.Context(), &desk.Spooled{Envelope: tt.env, Raw: []byte(tt.raw)}, l)
		if got != tt.want || err != nil {
			t.Errorf("%s: got %q (%v), want %q", tt.why, got, err, tt.want)
		}
	}
	dns.silent = "bank.example"
	for tries, want := range map[int]bool{1: true, proofTries: false} {
		raw := signed(t, key, "bank.example", letter)
		l, _ := message.Parse([]byte(raw), message.DefaultLimits())
		prover := Prover{Check: true, Resolver: dns}
		if got, _, err := prover.Prove(t.Context(), &desk.Spooled{Raw: []byte(raw), Tries: tries}, l); (err != nil) != want || got == desk.ProofGiven {
			t.Errorf("a DNS that is silent, try %d: got %q, %v", tries, got, err)
		}
	}
}
