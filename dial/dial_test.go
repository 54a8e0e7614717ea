package dial_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"gatehouse/dial"
)

func TestOutside(t *testing.T) {
	for _, tt := range []struct {
		address string
		want    bool
	}{
		{"1.1.1.1", true}, {"2606:4700::1111", true}, {"127.0.0.1", false}, {"::1", false}, {"10.1.2.3", false}, {"192.168.0.1", false},
		{"172.31.0.1", false}, {"169.254.169.254", false}, {"fe80::1", false}, {"fd00::1", false}, {"100.64.0.1", false}, {"0.0.0.0", false},
		{"::", false}, {"224.0.0.1", false}, {"255.255.255.255", false}, {"::ffff:127.0.0.1", false}, {"::ffff:10.0.0.1", false},
		{"64:ff9b::7f00:1", false}, {"2002:7f00:1::", false}, {"::7f00:1", false}, {"198.18.0.1", false}, {"::ffff:8.8.8.8", true},
	} {
		if got := dial.Outside(netip.MustParseAddr(tt.address)); got != tt.want {
			t.Errorf("%s is outside: got %t, want %t", tt.address, got, tt.want)
		}
	}
}

func TestClient(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "/here", http.StatusFound)
		}
	}))
	defer server.Close()
	_, port, err := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why, allowed, url string
		want              int // zero: it points inside
	}{
		{"this machine", "", server.URL, 0},
		{"this machine by name", "", "http://localhost:" + port, 0},
		{"this machine in another writing", "", "http://[::ffff:127.0.0.1]:" + port, 0},
		{"an allowed network", "127.0.0.0/8", server.URL, 200},
		{"an allowed address", "10.0.0.1, 127.0.0.1", server.URL, 200},
		{"an allowed name", "LOCALHOST, ::1", "http://localhost:" + port, 200},
		{"another name", "elsewhere.example", "http://localhost:" + port, 0},
		{"a redirect is not followed", "127.0.0.1", server.URL + "/away", 302},
	} {
		t.Run(tt.why, func(t *testing.T) {
			allowed, err := dial.ParseAllowed(tt.allowed)
			if err != nil {
				t.Fatal(err)
			}
			got, err := dial.Client(allowed).Get(tt.url)
			if tt.want == 0 {
				if !errors.Is(err, dial.ErrInside) {
					t.Errorf("got %v, %v", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer got.Body.Close()
			if _, err := io.Copy(io.Discard, got.Body); err != nil || got.StatusCode != tt.want {
				t.Errorf("got %d, %v", got.StatusCode, err)
			}
		})
	}
	if _, err := dial.ParseAllowed("http://x"); err == nil {
		t.Error("an address of the web is taken for a host")
	}
}

func FuzzParseAllowed(f *testing.F) {
	for _, text := range []string{"a.example, 10.0.0.0/8", "::1", "1.2.3.4/33", "a/b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := dial.ParseAllowed(text)
		if err == nil && strings.Contains(strings.Join(a.Hosts, ""), "/") {
			t.Errorf("%q has hosts %q", text, a.Hosts)
		}
	})
}
