package agent

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPackedAddresses: what is packed is read again, whatever it is, and usual
// queries become short.
func TestPackedAddresses(t *testing.T) {
	names := rapid.SampledFrom([]string{"query", "text", "columns", "view", "queue", "status", "owner", "customer", "saved"})
	rapid.Check(t, func(rt *rapid.T) {
		q := url.Values{}
		for name, value := range rapid.MapOf(names, rapid.String()).Draw(rt, "address") {
			if value = strings.ReplaceAll(value, "\x00", ""); value != "" {
				q.Set(name, value)
			}
		}
		got, ok := unpacked(packed(q))
		if !ok || got.Encode() != q.Encode() {
			rt.Errorf("%s became %s", q.Encode(), got.Encode())
		}
	})
	for address, most := range map[string]int{
		"query=Queue = 'Support'": 16, "query=Status = '__Active__' AND Owner = 'Nobody' AND Queue = 'Support'": 32,
		"query=(Owner = '__CurrentUser__' OR Owner = 'Nobody') AND Due < 'tomorrow'": 44, "view=open&queue=Support&status=active&owner=me": 50,
	} {
		if q, err := url.ParseQuery(address); err != nil || len(packed(q)) > most {
			t.Errorf("%s is packed as %s, more than %d letters", address, packed(q), most)
		}
	}
}

// TestOldPackedAddressesAreRead: an address that somebody kept leads to its list
// for ever.
func TestOldPackedAddressesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"aglJw2WCIrDog": "query=Queue = 'Support'", "aglJYNYL1wa2AuQskiFAO9YM6IA": "query=Status = '__Active__' AND Owner = 'Nobody' AND Status = 'stalled'",
	} {
		q, ok := unpacked(text)
		if got, err := url.QueryUnescape(q.Encode()); !ok || err != nil || got != want {
			t.Errorf("%s says %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "a", "b", "aglJw2WCIrDo", "a!!", "aglJw2WCIrD", "zglJw2WCIrDog", strings.Repeat("a", 9000)} {
		if q, ok := unpacked(text); ok && len(q) > 0 {
			t.Errorf("%.20s is read as %v", text, q)
		}
	}
}

// FuzzUnpacked: whatever stands in an address, it is read in little memory or
// refused.
func FuzzUnpacked(f *testing.F) {
	f.Add("aglJw2WCIrDog")
	f.Add(packed(url.Values{"query": {strings.Repeat("A", 3*maxQuery)}}))
	f.Fuzz(func(t *testing.T, text string) {
		q, ok := unpacked(text)
		if size := len(q.Get("query")); ok && size > 3*maxQuery {
			t.Errorf("%d bytes come of it", size)
		}
	})
}
