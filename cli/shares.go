package cli

import (
	"net"
	"net/http"
	"strings"
	"sync"
)

// shares keep one client from taking what all need: of each only so many
// requests are worked on at once. A few more wait for their turn, and what goes
// beyond is refused.
type shares struct {
	each, waiting int
	mu            sync.Mutex
	clients       map[string]*share
}

// A share is what one client has under way. It is there while there is any.
type share struct {
	turns chan struct{} // as many as are worked on
	users int           // working and waiting; kept by shares
}

// waitingEach is how many requests of a client wait for each that is worked on.
const waitingEach = 8

func newShares(each int) *shares {
	return &shares{each: each, waiting: each * waitingEach, clients: map[string]*share{}}
}

// shared serves each client within its share.
func (s *shares) shared(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/agent/live" { // it waits, and its number is bounded by itself
			next.ServeHTTP(w, r)
			return
		}
		client := clientOf(r)
		mine := s.enter(client)
		if mine == nil {
			w.Header().Set("Retry-After", "5")
			answerText(w, http.StatusTooManyRequests, "Too many requests of yours are under way. Wait for their answers, then go on.")
			return
		}
		defer s.leave(client, mine)
		select {
		case mine.turns <- struct{}{}:
		case <-r.Context().Done(): // who asked is gone
			return
		}
		defer func() { <-mine.turns }()
		next.ServeHTTP(w, r)
	})
}

// enter counts a request, or returns nil where there are too many.
func (s *shares) enter(client string) *share {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := s.clients[client]
	if mine == nil {
		mine = &share{turns: make(chan struct{}, s.each)}
		s.clients[client] = mine
	}
	if mine.users >= s.each+s.waiting {
		return nil
	}
	mine.users++
	return mine
}

func (s *shares) leave(client string, mine *share) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if mine.users--; mine.users == 0 {
		delete(s.clients, client)
	}
}

// clientOf tells clients apart: by a token or session, be it true or not, else
// by the address.
func clientOf(r *http.Request) string {
	if token := r.Header.Get("Authorization"); token != "" {
		return "token " + token
	}
	for _, cookie := range r.Cookies() {
		if strings.HasSuffix(cookie.Name, "gatehouse") && cookie.Value != "" {
			return "session " + cookie.Value
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return "address " + host
}
