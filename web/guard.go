package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"gatehouse/desk"
)

// policy lets a page load what comes from this site and nothing else, and run
// no script that stands in the page itself.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; font-src 'self'; frame-src 'self'"

type requestKey struct{}

// RequestID returns the name under which the log speaks of a request.
func RequestID(r *http.Request) string {
	id, _ := r.Context().Value(requestKey{}).(string)
	return id
}

// Guard puts around all handlers what every request needs: a request id, the
// security headers, the list of hosts, protection against forms of other
// sites, a limit of size, the session, and an error page for a panic.
func (s *Site) Guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.Page(func(http.ResponseWriter, *http.Request) error {
		return desk.Errorf(desk.Forbidden, "This form was sent from another site, so nothing was changed. Open the page here and send it again.")
	}))
	inner := s.recovered(s.knownHost(cross.Handler(s.signedIn(next))))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.setHeaders(w.Header())
		r.Body = http.MaxBytesReader(w, r.Body, s.config.MaxBody)
		id := w.Header().Get("X-Request-Id") // what is around us may have named it
		if id == "" {
			id = rand.Text()[:12]
			w.Header().Set("X-Request-Id", id)
		}
		inner.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, id)))
	})
}

func (s *Site) setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if s.config.Sessions.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// knownHost refuses requests for hosts that are not ours, so that no link in
// a page or a letter can be made to point elsewhere.
func (s *Site) knownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(s.config.Hosts) > 0 && !slices.Contains(s.config.Hosts, hostOf(r)) {
			http.Error(w, "This host is not served here. Check the address, or add the name to the setting hosts.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// recovered turns a panic into an error page. A handler that gave up on
// purpose (http.ErrAbortHandler) is left alone.
func (s *Site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			s.config.Log.Error("panic", "request", RequestID(r), "cause", cause, "stack", string(debug.Stack()))
			s.fail(w, r, desk.Errorf(desk.Internal, "A fault of the program stopped this page."))
		}()
		next.ServeHTTP(w, r)
	})
}

// signedIn puts the reader of the session into the request, in the look of his
// browser: what handlers say themselves is in the language of the page around
// it. A session that is over is forgotten by the browser too.
func (s *Site) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var reader Reader
		if token := s.config.Sessions.Token(r); token != "" && s.config.Sessions.Find != nil {
			find := s.config.Sessions.Find
			if byItself(r) {
				find = s.config.Sessions.quiet()
			}
			found, err := find(r.Context(), token)
			switch desk.KindOf(err) {
			case 0:
				reader = found
			case desk.Unauthenticated:
				s.config.Sessions.End(w)
			default:
				s.fail(w, r, err)
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), readerKey{}, s.dress(reader, r))))
	})
}
