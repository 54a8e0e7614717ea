package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// TestFewLargeBodiesAtOnce holds large bodies open until one more is refused;
// small ones pass all the same.
func TestFewLargeBodiesAtOnce(t *testing.T) {
	h := newHouse(t)
	// Straight to the handler: a network between them would take bytes before
	// the handler reads them.
	send := func(body io.Reader, size int64) *http.Response {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/tickets", body)
		if r.ContentLength = size; size >= 0 {
			r.Header.Set("Content-Length", strconv.FormatInt(size, 10))
		}
		r.Header.Set("Authorization", "Bearer "+h.tokens["bob"])
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.handler.ServeHTTP(w, r)
		return w.Result()
	}
	// Each body is held by a pipe. A byte passes only once the handler reads
	// it, so that the body has its place then.
	held := make(chan int, 4)
	var ends []*io.PipeWriter
	for range 4 {
		body, end := io.Pipe()
		ends = append(ends, end)
		go func() { held <- send(body, -1).StatusCode }()
		if _, err := io.WriteString(end, " "); err != nil {
			t.Fatal(err)
		}
	}
	got := send(strings.NewReader("{}"), -1)
	if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("the fifth got %d, want 503 with Retry-After", got.StatusCode)
	}
	small := fmt.Sprintf(`{"queue": %d, "subject": "Small"}`, h.support)
	got = send(strings.NewReader(small), int64(len(small)))
	if got.StatusCode != http.StatusCreated {
		t.Errorf("a small one got %d, want 201", got.StatusCode)
	}
	for _, end := range ends {
		_, _ = io.WriteString(end, small)
		_ = end.Close()
	}
	for range ends {
		if status := <-held; status != http.StatusCreated {
			t.Errorf("a held one got %d, want 201", status)
		}
	}
}
