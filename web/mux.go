package web

import (
	"net/http"
	"slices"
)

// A Mux leads requests to handlers as http.ServeMux does, and knows every
// pattern that it was given: what holds for all pages is tried on all of them.
// The zero Mux leads nowhere.
type Mux struct {
	mux      http.ServeMux
	patterns []string
}

// Handle adds a handler for a pattern, which is one of http.ServeMux.
func (m *Mux) Handle(pattern string, handler http.Handler) {
	m.patterns = append(m.patterns, pattern)
	m.mux.Handle(pattern, handler)
}

// Patterns returns what was added, sorted.
func (m *Mux) Patterns() []string { return slices.Sorted(slices.Values(m.patterns)) }

// ServeHTTP answers a request by the handler of its pattern.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.mux.ServeHTTP(w, r) }
