package cli

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// slow answers when it is let.
type slow struct {
	begun chan string
	let   chan struct{}
}

func (s slow) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	s.begun <- r.URL.Path
	<-s.let
}

func request(client, path string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", client)
	return r
}

// TestOneClientCannotStarveOthers: a client that asks for very much at once
// gets his share; what is beyond waits, or is refused; and whoever else asks is
// answered meanwhile.
func TestOneClientCannotStarveOthers(t *testing.T) {
	const each = 2
	s, h := newShares(each), slow{make(chan string), make(chan struct{})}
	handler := s.shared(h)
	var all sync.WaitGroup
	codes := make(chan int, 100)
	ask := func(client, path string) {
		all.Go(func() {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, request(client, path))
			codes <- w.Code
		})
	}
	for range each {
		ask("greedy", "/first")
		<-h.begun
	}
	for range each * waitingEach {
		ask("greedy", "/waits")
	}
	for s.under("greedy") < each+each*waitingEach { // until all of them wait
		continue
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, request("greedy", "/beyond"))
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("beyond the share: got %d, want 429 with Retry-After", w.Code)
	}
	ask("modest", "/other")
	if path := <-h.begun; path != "/other" {
		t.Errorf("%s is worked on before the other client's request", path)
	}
	go func() {
		for range h.begun {
			continue
		}
	}()
	close(h.let)
	all.Wait()
	close(h.begun)
	close(codes)
	for code := range codes {
		if code != http.StatusOK {
			t.Errorf("got %d, want that what waits is answered in the end", code)
		}
	}
	if len(s.clients) > 0 {
		t.Errorf("%d clients are remembered that ask for nothing", len(s.clients))
	}
}

// under is how many requests of a client are under way.
func (s *shares) under(token string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if mine := s.clients["token "+token]; mine != nil {
		return mine.users
	}
	return 0
}

func TestClientsAreToldApart(t *testing.T) {
	with := func(name, value string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = "192.0.2.1:4711"
		if name == "Authorization" {
			r.Header.Set(name, value)
		} else if name != "" {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		return r
	}
	for _, tt := range []struct {
		why  string
		r    *http.Request
		want string
	}{
		{"a program by its token", with("Authorization", "Bearer x"), "token Bearer x"},
		{"a browser by its session", with("gatehouse", "y"), "session y"},
		{"the same behind TLS", with("__Host-gatehouse", "y"), "session y"},
		{"anybody else by his address", with("", ""), "address 192.0.2.1"},
	} {
		if got := clientOf(tt.r); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.want)
		}
	}
}
