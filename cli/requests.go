package cli

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// A requestKey is where a request's id is in its context.
type requestKey struct{}

// withRequest returns a log that names the request in whose context something
// is logged.
func withRequest(h slog.Handler) slog.Handler { return requestLog{h} }

type requestLog struct{ slog.Handler }

// Handle adds the request's id.
func (l requestLog) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(requestKey{}).(string); ok {
		r.AddAttrs(slog.String("request", id))
	}
	return l.Handler.Handle(ctx, r)
}

// WithAttrs keeps the ids in logs that say more.
func (l requestLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestLog{l.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the ids in logs with groups.
func (l requestLog) WithGroup(name string) slog.Handler { return requestLog{l.Handler.WithGroup(name)} }

// An answerWriter remembers what was answered.
type answerWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader remembers the status.
func (w *answerWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts.
func (w *answerWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController flush and set deadlines.
func (w *answerWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logged gives every request an id, logs it when it is answered, and tells
// the figures. Of the address only the path is logged: what stands behind the
// question mark may be a token or a search.
func logged(log *slog.Logger, seen func(part, method string, status int, took time.Duration), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		answer := &answerWriter{ResponseWriter: w}
		ctx := context.WithValue(r.Context(), requestKey{}, id)
		defer func() {
			took := time.Since(begin)
			seen(partOf(r.URL.Path), r.Method, answer.status, took)
			log.DebugContext(ctx, "request", "method", r.Method, "path", r.URL.Path, "status", answer.status,
				"bytes", answer.bytes, "ms", float64(took.Microseconds())/1000)
		}()
		next.ServeHTTP(answer, r.WithContext(ctx))
	})
}

// partOf is the part of the program that answers a path: few, as each has
// figures of its own.
func partOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "agent", "portal", "admin", "api", "healthz", "readyz":
		return first
	}
	return "other"
}
