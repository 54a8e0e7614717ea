// Package dial makes the calls that the desk makes to addresses that somebody
// wrote down in it, such as those of webhooks.
//
// It promises that no call reaches the desk's own machine or network unless
// that was allowed by name: the address is checked when it is dialled, behind
// every name and every redirect. No redirect is followed, nothing waits for ever
// and no answer fills the memory. It knows nothing of what is sent.
package dial

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Limits of a call.
const (
	connectTime = 5 * time.Second
	callTime    = 15 * time.Second
	// AnswerSize is how much of an answer is read, in bytes.
	AnswerSize = 64 << 10
)

// ErrInside is in the errors of calls that point inside.
var ErrInside = errors.New("the address is inside the desk's own network")

// Allowed are the exceptions: hosts by name, and networks.
type Allowed struct {
	Hosts    []string
	Networks []netip.Prefix
}

// ParseAllowed reads a list of hosts, addresses and networks with commas.
func ParseAllowed(text string) (Allowed, error) {
	var a Allowed
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if p, err := netip.ParsePrefix(part); err == nil {
			a.Networks = append(a.Networks, p.Masked())
			continue
		}
		if ip, err := netip.ParseAddr(part); err == nil {
			a.Networks = append(a.Networks, netip.PrefixFrom(ip, ip.BitLen()))
			continue
		}
		if strings.ContainsAny(part, "/:@") {
			return a, fmt.Errorf("%q is no host, address or network, such as hooks.example.org or 10.1.0.0/16", part)
		}
		a.Hosts = append(a.Hosts, strings.ToLower(part))
	}
	return a, nil
}

// Client returns a client for calls to the outside.
func Client(allowed Allowed) *http.Client {
	transport := Transport(allowed)
	transport.DisableKeepAlives = true
	return &http.Client{
		Timeout:       callTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     transport,
	}
}

// Transport makes connections to the outside, and keeps them for the next call.
func Transport(allowed Allowed) *http.Transport {
	dialer := net.Dialer{Timeout: connectTime}
	guarded := dialer
	guarded.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error { return allowed.check(address) }
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err == nil && slices.Contains(allowed.Hosts, strings.ToLower(host)) {
				return dialer.DialContext(ctx, network, address)
			}
			return guarded.DialContext(ctx, network, address)
		},
		TLSHandshakeTimeout: connectTime, ResponseHeaderTimeout: callTime, IdleConnTimeout: time.Minute,
		MaxResponseHeaderBytes: AnswerSize, ForceAttemptHTTP2: true,
	}
}

// check refuses an address that is not outside.
func (a Allowed) check(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s is no address: %w", address, ErrInside)
	}
	ip := at.Addr().Unmap().WithZone("")
	if slices.ContainsFunc(a.Networks, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return nil
	}
	if !Outside(ip) {
		return fmt.Errorf("%s: %w", ip, ErrInside)
	}
	return nil
}

// Outside reports whether an address is one of the public internet: neither
// this machine, a private or local network, a group, nor one of the ranges that
// lead to such by translation.
func Outside(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsValid() || !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10", "::/96",
	} {
		if netip.MustParsePrefix(p).Contains(ip) {
			return false
		}
	}
	return true
}
