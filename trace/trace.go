//go:build trace

// Package trace tells where the time of a request goes: its way through the
// service and the statements of the store, as spans for a collector that speaks
// OTLP. It is in programs built with the tag trace alone; in all others off.go
// stands in its place, whose functions do nothing.
//
// It promises never to keep a request waiting: what the collector does not take
// in time is dropped. Spans hold no arguments of statements, no texts of errors
// and nothing of what stands behind a question mark.
package trace

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"
)

// How much waits for the collector at the most, and how often it gets some.
const (
	mostWaiting = 4096
	sendEvery   = 2 * time.Second
	sendTime    = 5 * time.Second
)

// A Tracer sends spans to a collector.
type Tracer struct {
	url     string
	service string
	client  *http.Client
	mu      sync.Mutex
	waiting []*Span
	stop    chan struct{}
	stopped chan struct{}
}

// New returns a tracer for the collector that the environment names, as
// OpenTelemetry does: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or
// OTEL_EXPORTER_OTLP_ENDPOINT without the path /v1/traces; OTEL_SERVICE_NAME.
// Without one it returns nil, which does nothing.
func New(env func(string) (string, bool)) *Tracer {
	url, _ := env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
	if base, _ := env("OTEL_EXPORTER_OTLP_ENDPOINT"); url == "" && base != "" {
		url = strings.TrimSuffix(base, "/") + "/v1/traces"
	}
	if url == "" {
		return nil
	}
	name, _ := env("OTEL_SERVICE_NAME")
	t := &Tracer{url: url, service: cmp.Or(name, "gatehouse"), client: &http.Client{Timeout: sendTime},
		stop: make(chan struct{}), stopped: make(chan struct{})}
	go t.run()
	return t
}

// A Span is a piece of work: where it belongs, and how long it took.
type Span struct {
	tracer     *Tracer
	trace      string // 32 hex digits
	id, parent string // 16 hex digits; parent may be empty
	name       string
	server     bool // it is a request
	attributes map[string]string
	begun      time.Time
	ended      time.Time
	failed     bool
}

type spanKey struct{}

func newID(bytes int) string {
	id := make([]byte, bytes)
	_, _ = rand.Read(id) // never fails
	return hex.EncodeToString(id)
}

// traceparent is the header by which another program says to which trace a
// request belongs (W3C Trace Context).
var traceparent = regexp.MustCompile(`^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$`)

// Handler makes a span of every request, in the trace that its traceparent
// names, or in one of its own.
func (t *Tracer) Handler(next http.Handler) http.Handler {
	if t == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &Span{tracer: t, trace: newID(16), id: newID(8), server: true, name: r.Method + " " + partOf(r.URL.Path), begun: time.Now()}
		if given := traceparent.FindStringSubmatch(r.Header.Get("Traceparent")); given != nil {
			s.trace, s.parent = given[1], given[2]
		}
		s.attributes = map[string]string{"http.request.method": r.Method}
		defer func() {
			s.attributes["gatehouse.request"] = w.Header().Get("X-Request-Id")
			s.End(nil)
		}()
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), spanKey{}, s)))
	})
}

// partOf is the beginning of a path: what follows may be a token.
func partOf(path string) string {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	return "/" + strings.Join(parts[:min(2, len(parts))], "/")
}

// Start begins a span under that of the context, if there is one.
func Start(ctx context.Context, name string) (context.Context, *Span) {
	above, _ := ctx.Value(spanKey{}).(*Span)
	s := above.Child(name)
	if s == nil {
		return ctx, nil
	}
	return context.WithValue(ctx, spanKey{}, s), s
}

// StartCall begins a span with the name of the exported method of the type that
// is being called, such as gatehouse/service.(*Service).
func StartCall(ctx context.Context, of string) (context.Context, *Span) {
	ctx, s := Start(ctx, of)
	if s == nil {
		return ctx, nil
	}
	var callers [24]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for {
		frame, more := frames.Next()
		method, ok := strings.CutPrefix(frame.Function, of+".")
		if ok && method[0] >= 'A' && method[0] <= 'Z' && !strings.Contains(method, ".") {
			s.name = of[strings.LastIndexByte(of, '/')+1:strings.IndexByte(of, '.')] + "." + method
			return ctx, s
		}
		if !more {
			return ctx, s
		}
	}
}

// Child begins a span under this one.
func (s *Span) Child(name string) *Span {
	if s == nil {
		return nil
	}
	return &Span{tracer: s.tracer, trace: s.trace, id: newID(8), parent: s.id, name: strings.Join(strings.Fields(name), " "), begun: time.Now()}
}

// End ends a span, and tells whether it failed.
func (s *Span) End(err error) {
	if s == nil {
		return
	}
	s.ended, s.failed = time.Now(), err != nil
	s.tracer.mu.Lock()
	defer s.tracer.mu.Unlock()
	if len(s.tracer.waiting) < mostWaiting {
		s.tracer.waiting = append(s.tracer.waiting, s)
	}
}
