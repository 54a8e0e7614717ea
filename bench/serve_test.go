package bench

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// programMix is what the interface for programs alone can answer.
var programMix = map[string]int{kindList: 3, kindTicket: 3, kindSearch: 1, kindOpen: 2, kindReply: 3, kindChange: 4}

// served is a desk that is served by its interface for programs, behind what
// the test puts there.
func served(t *testing.T, between func(http.Handler) http.Handler) ServeOptions {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	st, err := store.Open(t.Context(), store.Options{Dir: data, Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	server := httptest.NewServer(between(api.New(service.New(st, service.Options{Domain: domain}), api.Options{})))
	t.Cleanup(server.Close)
	return ServeOptions{Size: "XS", Seed: 1, Data: data, Nodes: []Node{{Web: server.URL}}, For: time.Second,
		Rate: 0, Clients: 2, People: 6, Mix: programMix, Patience: 5 * time.Second}
}

func drivenAt(t *testing.T, o ServeOptions) *ServeReport {
	t.Helper()
	report, err := Serve(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestServeFindsNothingWrong(t *testing.T) {
	o := served(t, func(h http.Handler) http.Handler { return h })
	r := drivenAt(t, o)
	if r.WrongCount > 0 {
		t.Errorf("wrong answers: %s", strings.Join(r.Wrong, "\n"))
	}
	for _, what := range []string{"tickets", "messages", "memberships"} {
		if r.Confirmed[what] == 0 {
			t.Errorf("no %s were confirmed: %+v", what, r)
		}
	}
	if r.Compared < r.Requests/2 || r.Kinds[kindAfter].Count == 0 || r.Kinds[kindList].P99 < r.Kinds[kindList].P50 {
		t.Errorf("got %+v", r)
	}
	again := o
	again.For = 100 * time.Millisecond
	if r := drivenAt(t, again); r.WrongCount > 0 {
		t.Errorf("the second time, at the same desk: %s", strings.Join(r.Wrong, "\n"))
	}
	other := o
	other.Seed = 2
	if _, err := Serve(t.Context(), other); desk.KindOf(err) != desk.Conflict {
		t.Errorf("at a desk that holds something else: got %v, want that it is refused", err)
	}
}

// TestServeSeesWhatIsWrong: something between the load and the desk makes
// answers wrong, in every way that matters.
func TestServeSeesWhatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		why     string
		between func(http.Handler) http.Handler
		says    string
	}{
		{"answers are remembered, whatever was revoked since", remembered, "was given what he has no right to"},
		{"nobody sees a ticket", refusedAll, "what he has a right to: ShowTicket"},
		{"a reply is confirmed and not written", swallowed("/messages"), "lost: message"},
		{"a ticket is opened twice", twice, "doubled: "},
		{"lists leave out the newest", withoutNewest, "list, which leaves it out"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := drivenAt(t, served(t, tt.between))
			if r.WrongCount == 0 || !strings.Contains(strings.Join(r.Wrong, "\n"), tt.says) {
				t.Errorf("got %d wrong answers, want one that says %q: %q", r.WrongCount, tt.says, r.Wrong)
			}
		})
	}
}

// remembered gives everybody for ever what he was given first.
func remembered(next http.Handler) http.Handler {
	var mu sync.Mutex
	first := map[string]*httptest.ResponseRecorder{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.RawQuery != "" {
			next.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		key := r.Header.Get("Authorization") + r.URL.Path
		answer := first[key]
		if answer == nil {
			answer = httptest.NewRecorder()
			next.ServeHTTP(answer, r)
		}
		if answer.Code == http.StatusOK {
			first[key] = answer
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

func refusedAll(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, api.Base+"/tickets/") {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// swallowed confirms what is posted to such an address and does nothing.
func swallowed(end string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, end) {
				w.WriteHeader(http.StatusCreated)
				_, _ = io.WriteString(w, `{"id":1}`)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// twice carries out what is posted two times, as if it had no key.
func twice(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == api.Base+"/tickets" {
			body, _ := io.ReadAll(r.Body)
			other := r.Clone(r.Context())
			other.Header.Del("Idempotency-Key")
			other.Body = io.NopCloser(strings.NewReader(string(body)))
			next.ServeHTTP(httptest.NewRecorder(), other)
			r.Body = io.NopCloser(strings.NewReader(string(body)))
		}
		next.ServeHTTP(w, r)
	})
}

func withoutNewest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "limit=50" {
			r.URL.RawQuery = "limit=50&state=inactive"
		}
		next.ServeHTTP(w, r)
	})
}

// TestServeGoesOnThroughFailures: a node that fails now and then and hangs up
// costs tries, and nothing is wrong for that.
func TestServeGoesOnThroughFailures(t *testing.T) {
	n := 0
	var mu sync.Mutex
	o := served(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			n++
			turn := n % 10
			mu.Unlock()
			switch turn {
			case 3:
				w.WriteHeader(http.StatusServiceUnavailable)
			case 6:
				panic(http.ErrAbortHandler)
			case 9: // it is done, and nobody is told
				next.ServeHTTP(httptest.NewRecorder(), r)
				panic(http.ErrAbortHandler)
			default:
				next.ServeHTTP(w, r)
			}
		})
	})
	r := drivenAt(t, o)
	if r.WrongCount > 0 || r.Retries == 0 || r.GivenUp > 0 {
		t.Errorf("%d sent again, %d given up, wrong answers: %s", r.Retries, r.GivenUp, strings.Join(r.Wrong, "\n"))
	}
	errs := map[string]int{}
	for _, f := range r.Kinds {
		for what, n := range f.Errors {
			errs[what] += n
		}
	}
	if r.Unsure == 0 || errs["status 503"] == 0 || errs["no answer"] == 0 {
		t.Errorf("got %+v, want errors of both kinds and people of whom a change was lost", r)
	}
}

func TestServeKeepsItsRate(t *testing.T) {
	o := served(t, func(h http.Handler) http.Handler { return h })
	o.Rate, o.For = 20, 2*time.Second
	if r := drivenAt(t, o); r.Requests+r.NotSent-r.Kinds[kindAfter].Count < 35 || r.Requests-r.Kinds[kindAfter].Count > 41 {
		t.Errorf("%d requests at 20 a second for two seconds, %d not sent", r.Requests, r.NotSent)
	}
}

func TestServeRefuses(t *testing.T) {
	nodes := []Node{{Web: "http://127.0.0.1:1"}}
	for why, o := range map[string]ServeOptions{
		"no node":            {Size: "XS", Data: t.TempDir()},
		"an unknown size":    {Size: "XXL", Data: t.TempDir(), Nodes: nodes},
		"an unknown request": {Size: "XS", Data: t.TempDir(), Nodes: nodes, Mix: map[string]int{"coffee": 1}},
		"an empty mix":       {Size: "XS", Data: t.TempDir(), Nodes: nodes, Mix: map[string]int{kindList: 0}},
	} {
		if _, err := Serve(context.Background(), o); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v, want that it is refused", why, err)
		}
	}
}
