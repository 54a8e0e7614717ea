package in

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"blitiri.com.ar/go/spf"
	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-msgauth/dmarc"
	"golang.org/x/net/publicsuffix"

	"gatehouse/desk"
	"gatehouse/mail/message"
)

// A Resolver asks the DNS; *net.Resolver is one.
type Resolver = spf.DNSResolver

// A Prover finds out whether a letter comes from whom it says. Its zero value
// asks nobody.
type Prover struct {
	// Authserv are the names of the servers in front whose
	// Authentication-Results (RFC 8601) are believed, in lower case. They have
	// to remove fields in their name that came from elsewhere.
	Authserv []string
	// Check: of letters that none of those judged, the desk itself asks DKIM
	// (RFC 6376), SPF (RFC 7208) and how strictly the domain of From wants them
	// to agree with it (DMARC, RFC 7489).
	Check bool
	// Strict: what none of them judged has no proof. Else, where neither is
	// asked, letters count as what the mail server in front delivered.
	Strict   bool
	Resolver Resolver // nil: the system's
}

// proofTime bounds how long the DNS is asked for one letter, and maxSignatures
// how many signatures of it are looked at.
const (
	proofTime     = 15 * time.Second
	maxSignatures = 5
)

// proofTries is how often a letter waits for a DNS that does not answer before
// it is taken without a proof.
const proofTries = 3

// Prove looks for a proof, and says in a sentence what it found. The error means
// that the DNS did not answer and the letter should be tried again.
func (p *Prover) Prove(ctx context.Context, entry *desk.Spooled, l *message.Letter) (desk.Proof, string, error) {
	if len(p.Authserv) == 0 && !p.Check && !p.Strict {
		return desk.ProofUnasked, "Nobody asks who wrote letters: the mail server in front is trusted (mail_trust = front).", nil
	}
	_, from, _ := strings.Cut(l.From.Address, "@")
	if from == "" || l.Guessed || len(l.Header["From"]) != 1 {
		return desk.ProofMissing, "Its header does not name one sender without doubt, so nothing can prove him.", nil
	}
	if results, ok := p.judged(l); ok {
		if i := slices.IndexFunc(results, func(r authres.Result) bool { return proves(r, from) }); i >= 0 {
			return desk.ProofGiven, fmt.Sprintf("The mail server in front found that it comes from %s (%s).", from, method(results[i])), nil
		}
		return desk.ProofMissing, fmt.Sprintf("The mail server in front found no proof that it comes from %s.", from), nil
	}
	if !p.Check {
		return desk.ProofMissing, "No mail server that the desk believes says anything of its sender (mail_authserv), and the desk does not ask itself (mail_check).", nil
	}
	ctx, cancel := context.WithTimeout(ctx, proofTime)
	defer cancel()
	given, err := p.check(ctx, entry, from)
	switch {
	case err != nil && entry.Tries < proofTries:
		return desk.ProofUnasked, "", fmt.Errorf("asking whether it comes from %s: %w", from, err)
	case given != "":
		return desk.ProofGiven, fmt.Sprintf("The desk found that it comes from %s (%s).", from, given), nil
	case err != nil:
		return desk.ProofMissing, fmt.Sprintf("Whether it comes from %s could not be asked: %v.", from, err), nil
	}
	return desk.ProofMissing, fmt.Sprintf("The desk found no proof that it comes from %s: neither a signature (DKIM) nor the server that sent it (SPF).", from), nil
}

// method names by what a result proves.
func method(r authres.Result) string {
	switch r.(type) {
	case *authres.DMARCResult:
		return "DMARC"
	case *authres.DKIMResult:
		return "DKIM"
	}
	return "SPF"
}

// judged returns what the nearest believed server found.
func (p *Prover) judged(l *message.Letter) ([]authres.Result, bool) {
	for _, field := range l.Header["Authentication-Results"] {
		name, results, err := authres.Parse(field)
		if err == nil && slices.Contains(p.Authserv, strings.ToLower(name)) {
			return results, true
		}
	}
	return nil, false
}

// proves reports whether one result proves that a letter comes from a domain.
func proves(r authres.Result, from string) bool {
	switch r := r.(type) {
	case *authres.DMARCResult:
		return r.Value == authres.ResultPass && aligned(r.From, from, false)
	case *authres.DKIMResult:
		return r.Value == authres.ResultPass && aligned(r.Domain, from, false)
	case *authres.SPFResult:
		return r.Value == authres.ResultPass && aligned(domainOf(r.From), from, false)
	}
	return false
}

// domainOf returns the domain of an address, or what it is given.
func domainOf(address string) string {
	return address[strings.LastIndexByte(address, '@')+1:]
}

// aligned reports whether a proven domain speaks for the one in From: it is
// the same, or, unless strict, belongs to the same organisation.
func aligned(proven, from string, strict bool) bool {
	proven, from = strings.ToLower(strings.TrimSuffix(proven, ".")), strings.ToLower(from)
	if proven == from || proven == "" || strict {
		return proven == from
	}
	a, errA := publicsuffix.EffectiveTLDPlusOne(proven)
	b, errB := publicsuffix.EffectiveTLDPlusOne(from)
	return errA == nil && errB == nil && a == b
}

// check asks DKIM and SPF itself, and returns which of them proves the sender.
func (p *Prover) check(ctx context.Context, entry *desk.Spooled, from string) (string, error) {
	resolver := p.Resolver
	if resolver == nil {
		resolver = net.DefaultResolver
	}
	lookup := func(name string) ([]string, error) { return resolver.LookupTXT(ctx, name) }
	strictDKIM, strictSPF, err := strictness(lookup, from)
	if err != nil {
		return "", err
	}
	raw := entry.Raw
	if !bytes.Contains(raw, []byte("\r\n")) {
		raw = bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")) // as it was signed
	}
	signatures, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{LookupTXT: lookup, MaxVerifications: maxSignatures})
	if err != nil && len(signatures) == 0 {
		signatures = nil // a header that cannot be read proves nothing
	}
	var later error
	for _, s := range signatures {
		if s.Err == nil && aligned(s.Domain, from, strictDKIM) {
			return "DKIM", nil
		}
		if dkim.IsTempFail(s.Err) {
			later = s.Err
		}
	}
	ip := net.ParseIP(entry.Envelope.RemoteAddr)
	sender := domainOf(entry.Envelope.From)
	if entry.Envelope.Via != viaSMTP || ip == nil || ip.IsLoopback() || sender == "" || !aligned(sender, from, strictSPF) {
		return "", later
	}
	result, err := spf.CheckHostWithSender(ip, "", entry.Envelope.From, spf.WithContext(ctx), spf.WithResolver(resolver))
	if result == spf.TempError {
		later = err
	}
	if result == spf.Pass {
		return "SPF", nil
	}
	return "", later
}

// strictness asks how exactly a domain wants to be named.
func strictness(lookup func(string) ([]string, error), from string) (dkimToo, spfToo bool, err error) {
	record, err := dmarc.LookupWithOptions(from, &dmarc.LookupOptions{LookupTXT: lookup})
	if err != nil {
		if dmarc.IsTempFail(err) {
			return false, false, err
		}
		return false, false, nil // it says nothing
	}
	return record.DKIMAlignment == dmarc.AlignmentStrict, record.SPFAlignment == dmarc.AlignmentStrict, nil
}
