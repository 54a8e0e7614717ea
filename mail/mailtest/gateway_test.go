package mailtest_test

import (
	"bytes"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os/exec"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
)

func newGateway(t *testing.T, d *mailtest.Desk) *httptest.Server {
	t.Helper()
	g := &in.Gateway{Service: d.Service, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Log: slog.New(slog.DiscardHandler)}
	mux := http.NewServeMux()
	mux.Handle(in.GatewayPath, g)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// rtMailgate runs the client of Debian's rt5-clients or rt4-clients.
func rtMailgate(t *testing.T, letter string, args ...string) (said string, code int) {
	t.Helper()
	mailtest.Needs(t, "rt-mailgate")
	cmd := exec.CommandContext(t.Context(), "rt-mailgate", append(args, "--debug")...)
	cmd.Stdin = strings.NewReader(letter)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestMailgate(t *testing.T) {
	const fresh = "From: carla@case.example\nSubject: Toner\nMessage-ID: <second@case.example>\n\nAgain.\n"
	for _, tt := range []struct {
		why, letter string
		args        []string
		code        int
		says        string
		messages    int // on ticket 1 in the end, which begins with one
	}{
		{"opens a ticket", fresh, []string{"--queue", "support", "--action", "correspond"}, 0, "ok\nTicket: 2\n", 1},
		{"correspond is the usual", fresh, []string{"--queue", "support"}, 0, "ok\nTicket: 2\n", 1},
		{"a reply", "From: carla@case.example\nSubject: [Desk #1] Toner\n\nStill.\n", []string{"--queue", "support"}, 0, "ok\nTicket: 1\n", 2},
		{"a comment", "From: ann@case.example\nSubject: [Desk #1] Toner\n\nLazy.\n", []string{"--queue", "support", "--action", "comment"}, 0, "ok\nTicket: 1\n", 2},
		{"several actions", "From: ann@case.example\nSubject: [Desk #1] Toner\n\nLazy.\n", []string{"--queue", "support", "--action", "take-comment"}, 0, "ok\nTicket: 1\n", 2},
		{"the queue by the letter's recipient", "To: x@y.example, support@desk.example\n" + fresh, nil, 0, "ok\nTicket: 2\n", 1},
		{"no queue at all", fresh, nil, 0, "not ok - The letter names no queue", 1},
		{"an unknown queue", fresh, []string{"--queue", "nothing"}, 0, "not ok - ", 1},
		{"an unknown action", fresh, []string{"--queue", "support", "--action", "resolve"}, 0, "not ok - The desk does not know the action", 1},
		{"a refused letter", "From: support@desk.example\nSubject: x\n\ny\n", []string{"--queue", "support"}, 0, "not ok - Its sender is an address of the desk itself", 1},
		{"8-bit characters", "From: carla@case.example\nSubject: Gr\xfc\xdfe\n\n\x00\xff\n", []string{"--queue", "support"}, 0, "ok\nTicket: 2\n", 1},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, _ := newTown(t)
			said, code := rtMailgate(t, tt.letter, append(tt.args, "--url", newGateway(t, d).URL)...)
			if code != tt.code || !strings.Contains(said, "\n"+tt.says) {
				t.Errorf("it ended with %d and said %q; want %d and %q", code, said, tt.code, tt.says)
			}
			if got := len(d.Show(1).Messages); got != tt.messages {
				t.Errorf("got %d messages, want %d", got, tt.messages)
			}
		})
	}
}

func TestMailgateKeepsTheLetterWhereTheDeskCannot(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	server := newGateway(t, d)
	if err := d.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if said, code := rtMailgate(t, "Subject: x\n\ny\n", "--queue", "support", "--url", server.URL); code != 75 || !strings.Contains(said, "temporary failure") {
		t.Errorf("without a database it ended with %d and said %q, want 75", code, said)
	}
	server.Close()
	if said, code := rtMailgate(t, "Subject: x\n\ny\n", "--queue", "support", "--url", server.URL); code != 75 {
		t.Errorf("without a desk it ended with %d and said %q, want 75", code, said)
	}
}

func TestGatewayTakesNothingFromOutside(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	server := newGateway(t, d)
	for _, tt := range []struct {
		why, method, header, letter string
		status                      int
		says                        string
	}{
		{"from this machine", "POST", "", "From: carla@case.example\n\ny\n", 200, "ok\nTicket: 1\n"},
		{"passed on by a proxy", "POST", "X-Forwarded-For", "From: carla@case.example\n\ny\n", 403, "takes no letters from here"},
		{"fetched", "GET", "", "", 405, ""},
		{"no letter", "POST", "", "", 200, "not ok - There is no letter"},
		{"a letter that goes round in circles", "POST", "", strings.Repeat("Received: x\n", 60) + "\ny\n", 200, "not ok - The letter has passed more"},
		{"more than a letter may be", "POST", "", strings.Repeat("y", 27<<20), 200, "not ok - The letter is larger"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			var body bytes.Buffer
			form := multipart.NewWriter(&body)
			_ = form.WriteField("SessionType", "REST")
			_ = form.WriteField("queue", "support")
			_ = form.WriteField("message", tt.letter)
			form.Close()
			r, err := http.NewRequestWithContext(t.Context(), tt.method, server.URL+in.GatewayPath, &body)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", form.FormDataContentType())
			if tt.header != "" {
				r.Header.Set(tt.header, "192.0.2.1")
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			said, _ := io.ReadAll(answer.Body)
			if answer.StatusCode != tt.status || !strings.HasPrefix(string(said), tt.says) && !strings.Contains(string(said), tt.says) {
				t.Errorf("got %d %q, want %d %q", answer.StatusCode, said, tt.status, tt.says)
			}
		})
	}
	if got := len(spoolOf(t, d, desk.SpoolDone)); got != 1 {
		t.Errorf("got %d letters, want 1", got)
	}
}
