package cli_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A seenSpan is one that a collector was sent.
type seenSpan struct {
	TraceID, SpanID, ParentSpanID, Name string
	Kind                                int
}

// built builds the program with tags and returns its path.
func built(t *testing.T, tags string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gatehouse")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-w", "-buildvcs=false", "-tags", tags, "-o", path, ".")
	build.Dir = ".."
	mustRun(t, build)
	return path
}

// TestTraces: a program that was built with the tag sends the way of a request
// through service and store to a collector, in the trace of who asked, without
// what the request held. The plain program has nothing of it.
func TestTraces(t *testing.T) {
	const exporter = "gatehouse/trace.(*Tracer).send"
	plain, err := os.ReadFile(built(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(plain, []byte(exporter)) {
		t.Error("the plain program can send traces")
	}
	path := built(t, "trace")
	if traced, err := os.ReadFile(path); err != nil || !bytes.Contains(traced, []byte(exporter)) {
		t.Fatalf("the program with traces cannot be told from the plain one (%v)", err)
	}
	sent := make(chan []byte, 100)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		_, _ = body.ReadFrom(r.Body)
		sent <- body.Bytes()
	}))
	defer collector.Close()
	dir := t.TempDir()
	cmd := gatehouse(t, dir, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL, "GATEHOUSE_SMTP=off"}, "serve")
	cmd.Path, cmd.Args[0] = path, path
	n := startNode(t, cmd)
	request, err := http.NewRequest(http.MethodPost, n.web+"/sign-in?secret-in-the-address", strings.NewReader("login=kim&password=secret-in-the-form"))
	if err != nil {
		t.Fatal(err)
	}
	const trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Traceparent", "00-"+trace+"-"+parent+"-01")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	n.stop(t)
	close(sent)
	byID, all := map[string]seenSpan{}, ""
	for body := range sent {
		all += string(body)
		for _, s := range spansOf(t, body) {
			byID[s.SpanID] = s
		}
	}
	if strings.Contains(all, "secret-in") || strings.Contains(all, "kim") {
		t.Errorf("the spans hold what the request held: %s", all)
	}
	found := false
	for _, statement := range byID {
		doing := byID[statement.ParentSpanID]
		use := byID[doing.ParentSpanID]
		asked := byID[use.ParentSpanID]
		if strings.HasPrefix(statement.Name, "SELECT ") && strings.HasPrefix(doing.Name, "store.") && strings.HasPrefix(use.Name, "service.") &&
			asked.Name == "POST /sign-in" && asked.Kind == 2 && asked.ParentSpanID == parent && statement.TraceID == trace {
			found = true
		}
	}
	if !found {
		t.Errorf("no statement stands under a transaction under a use case under the request: %s", all)
	}
}

func spansOf(t *testing.T, body []byte) (list []seenSpan) {
	t.Helper()
	var sent struct {
		ResourceSpans []struct {
			ScopeSpans []struct{ Spans []seenSpan }
		}
	}
	if err := json.Unmarshal(body, &sent); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	for _, r := range sent.ResourceSpans {
		for _, s := range r.ScopeSpans {
			list = append(list, s.Spans...)
		}
	}
	return list
}
