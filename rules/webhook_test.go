package rules_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/dial"
	"gatehouse/mail/mailtest"
	"gatehouse/rules"
	"gatehouse/service"
)

// hooks calls webhooks that are due, at this machine too where it is allowed.
func (s shop) hooks(allowed string) {
	s.T.Helper()
	exceptions, err := dial.ParseAllowed(allowed)
	if err != nil {
		s.T.Fatal(err)
	}
	client := dial.Client(exceptions)
	client.Timeout = 300 * time.Millisecond
	call := rules.Webhooks(s.Service, client)
	by := desk.System(desk.ViaJob)
	for {
		job, err := s.ClaimJob(s.T.Context(), by, service.JobWebhook)
		if err != nil {
			s.T.Fatal(err)
		}
		if job == nil {
			return
		}
		if failed := call(s.T.Context(), *job); failed != nil {
			err = s.JobFailed(s.T.Context(), by, *job, failed.Error())
		}
		if err != nil {
			s.T.Fatal(err)
		}
	}
}

func TestWebhook(t *testing.T) {
	s := open(t)
	got := make(chan rules.Payload, 9)
	var signature, body string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		signature, body = r.Header.Get(rules.SignatureHeader), string(raw)
		var p rules.Payload
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Error(err)
		}
		got <- p
	}))
	defer server.Close()
	id, secret, err := s.SaveRuleTold(t.Context(), mailtest.System(), service.WrittenRule{Name: "Tell them", On: []string{"reply"}, Webhook: server.URL + "/x", Enabled: true})
	if err != nil || secret == "" || s.line(id).Then.Secret != "" {
		t.Fatalf("the secret is told as %q (%v), and again as %q", secret, err, s.line(id).Then.Secret)
	}
	k := s.ask("Fire")
	s.write("ann", k, desk.Reply, "Shake it.")
	s.hooks("127.0.0.1")
	p := <-got
	if p.Rule != "Tell them" || p.Ticket.ID != int64(k) || p.Event.By != "user:ann" || p.Message.Text != "Shake it." || p.Ticket.Customers[0] != "customer:acme" {
		t.Errorf("got %+v", p)
	}
	if want := rules.Sign(secret, []byte(body), s.Now()); signature != want {
		t.Errorf("got the signature %s, want %s", signature, want)
	}
	if runs := s.runs(id); len(runs) != 1 || runs[0] != "done: webhook" {
		t.Errorf("got %v", runs)
	}
}

// TestBadWebhooks: what is wrong with a target, and what becomes of the run and
// of the rule. Letters go out in any case.
func TestBadWebhooks(t *testing.T) {
	release := make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, "http://169.254.169.254/secret", http.StatusFound)
		case "/slow":
			<-release
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/no":
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer server.Close()
	defer close(release)
	down := httptest.NewServer(nil)
	down.Close()
	for _, tt := range []struct {
		why, url, allowed, says string
		tries                   int
		parked                  bool
	}{
		{"it points inside", server.URL, "", "points inside", 1, true},
		{"it redirects", server.URL + "/away", "127.0.0.1", "redirects to", 1, true},
		{"it is down", down.URL, "127.0.0.1", "cannot be reached", 11, false},
		{"it is slow", server.URL + "/slow", "127.0.0.1", "did not answer in time", 11, false},
		{"it is busy", server.URL + "/busy", "127.0.0.1", "it answered 503", 11, false},
		{"it refuses", server.URL + "/no", "127.0.0.1", "it refused with 403", 1, false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			s := open(t)
			id := s.rule(service.WrittenRule{Name: "R", On: []string{"created"}, Webhook: tt.url})
			k := s.ask("Fire")
			tries := 0
			for ; tries < 20 && len(s.runs(id)) == 1 && strings.HasPrefix(s.runs(id)[0], "done"); tries++ {
				s.hooks(tt.allowed)
				s.Clock.Advance(2 * time.Hour)
			}
			runs := s.runs(id)
			if tries != tt.tries || !strings.HasPrefix(runs[0], "parked: webhook: ") || !strings.Contains(runs[0], tt.says) {
				t.Errorf("after %d tries got %v", tries, runs)
			}
			if line := s.line(id); (line.Parked.Ticket == k) != tt.parked {
				t.Errorf("the rule: %+v", line.Parked)
			}
			if len(s.letters("ann", "It burns.")) != 1 {
				t.Error("letters did not go out")
			}
		})
	}
}

// TestAWebhookIsCalledAgain: only the call is made again, nothing else of the
// run.
func TestAWebhookIsCalledAgain(t *testing.T) {
	s := open(t)
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if calls++; calls == 1 {
			w.WriteHeader(http.StatusGone)
		}
	}))
	defer server.Close()
	id := s.rule(service.WrittenRule{Name: "R", On: []string{"waiting"}, Hours: 1, Priority: "+1", Webhook: server.URL})
	k := s.ask("Fire")
	s.Clock.Advance(2 * time.Hour)
	s.MustWork()
	s.hooks("127.0.0.1")
	runs, _, err := s.RuleRuns(t.Context(), mailtest.System(), service.RunFilter{State: desk.RunParked})
	if err != nil || len(runs) != 1 {
		t.Fatalf("got %v, %v, %v", runs, s.runs(id), err)
	}
	if err := s.RunAgain(t.Context(), mailtest.System(), runs[0].ID); err != nil {
		t.Fatal(err)
	}
	s.MustWork()
	s.hooks("127.0.0.1")
	if got := s.Show(k).Priority; calls != 2 || got != 1 || s.runs(id)[0] != "done: webhook called again" {
		t.Errorf("called %d times, priority %d, %v", calls, got, s.runs(id))
	}
}
