package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestFewLargeBodiesAtOnce holds large bodies open until one more is refused;
// small ones pass all the same.
func TestFewLargeBodiesAtOnce(t *testing.T) {
	h := newHouse(t)
	server := httptest.NewServer(h.handler)
	defer server.Close()
	send := func(body io.Reader, size int64) (*http.Response, error) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/api/v1/tickets", body)
		if err != nil {
			return nil, err
		}
		r.ContentLength = size
		r.Header.Set("Authorization", "Bearer "+h.tokens["bob"])
		r.Header.Set("Content-Type", "application/json")
		return server.Client().Do(r)
	}
	// Each body is held by a pipe. Its first byte passes only once the server
	// reads it, so that it has its place then.
	held := make(chan int, 4)
	var ends []*io.PipeWriter
	for range 4 {
		body, end := io.Pipe()
		ends = append(ends, end)
		go func() {
			got, err := send(body, -1)
			if err != nil {
				held <- 0
				return
			}
			_ = got.Body.Close()
			held <- got.StatusCode
		}()
		if _, err := io.WriteString(end, strings.Repeat(" ", 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	got := must(send(strings.NewReader("{}"), -1))(t)
	_ = got.Body.Close()
	if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("the fifth got %d, want 503 with Retry-After", got.StatusCode)
	}
	small := fmt.Sprintf(`{"queue": %d, "subject": "Small"}`, h.support)
	got = must(send(strings.NewReader(small), int64(len(small))))(t)
	_ = got.Body.Close()
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
