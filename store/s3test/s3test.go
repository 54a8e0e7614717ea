// Package s3test is a bucket for tests: a small server that speaks as much of
// S3 as the store asks of one, and checks every signature (AWS Signature
// Version 4, of pieces too). It keeps what it gets in memory. It can be broken:
// answer with errors, hang up, lose and damage what it has.
package s3test

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Where the bucket is, and who may use it.
const (
	Bucket = "desk"
	Region = "eu-test-1"
	Key    = "AKIDTEST"
	Secret = "not/so+secret=key"
)

// pageSize is how many names one answer to a list holds: few, so that lists
// have several pages.
const pageSize = 3

// A Server is the bucket.
type Server struct {
	Host string // host:port, without TLS

	mu      sync.Mutex
	objects map[string]object
	status  int // answered to everything; 0: it works
	refused int
}

type object struct {
	content []byte
	written time.Time
}

// Start starts a server that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{objects: map[string]object{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.Host = strings.TrimPrefix(server.URL, "http://")
	return s
}

// Break has everything answered with a status, or, with -1, hung up on; 0 mends
// it.
func (s *Server) Break(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = status
}

// Names lists what is there, sorted.
func (s *Server) Names() (names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.objects {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Put puts something behind everybody's back, written so long ago; without
// content it takes it away.
func (s *Server) Put(name string, content []byte, ago time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if content == nil {
		delete(s.objects, name)
		return
	}
	s.objects[name] = object{content, time.Now().Add(-ago)}
}

// Refused is how many requests were refused for their signature.
func (s *Server) Refused() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.status < 0:
		panic(http.ErrAbortHandler)
	case s.status > 0:
		fail(w, s.status, "InternalError")
		return
	}
	content, err := checked(r, body)
	if err != nil {
		s.refused++
		fail(w, http.StatusForbidden, "SignatureDoesNotMatch")
		return
	}
	bucket, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case bucket != Bucket:
		fail(w, http.StatusNotFound, "NoSuchBucket")
	case name != "":
		s.object(w, r, name, content)
	case r.Method == http.MethodGet:
		s.list(w, r)
	}
}

func fail(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
}

func (s *Server) object(w http.ResponseWriter, r *http.Request, name string, content []byte) {
	o, ok := s.objects[name]
	switch {
	case r.Method == http.MethodPut:
		s.objects[name] = object{content, time.Now()}
		w.Header().Set("ETag", `"0"`)
	case r.Method == http.MethodDelete:
		delete(s.objects, name)
		w.WriteHeader(http.StatusNoContent)
	case !ok:
		fail(w, http.StatusNotFound, "NoSuchKey")
	default:
		w.Header().Set("ETag", `"0"`)
		w.Header().Set("Last-Modified", o.written.UTC().Format(http.TimeFormat))
		w.Header().Set("Content-Length", fmt.Sprint(len(o.content)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(o.content)
		}
	}
}

// A listing is an answer to ListObjectsV2.
type listing struct {
	XMLName   xml.Name `xml:"ListBucketResult"`
	Truncated bool     `xml:"IsTruncated"`
	Next      string   `xml:"NextContinuationToken,omitempty"`
	Contents  []listed
}

type listed struct {
	Key          string
	LastModified string
	Size         int
	ETag         string
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	var names []string
	for name := range s.objects {
		if strings.HasPrefix(name, query.Get("prefix")) && name > query.Get("continuation-token") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var page listing
	for _, name := range names[:min(pageSize, len(names))] {
		o := s.objects[name]
		page.Contents = append(page.Contents, listed{name, o.written.UTC().Format("2006-01-02T15:04:05.000Z"), len(o.content), `"0"`})
		page.Next = name
	}
	if page.Truncated = len(names) > pageSize; !page.Truncated {
		page.Next = ""
	}
	w.Header().Set("Content-Type", "application/xml")
	_ = xml.NewEncoder(w).Encode(page)
}
