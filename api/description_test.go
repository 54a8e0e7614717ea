package api_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/api"
)

var update = flag.Bool("update", false, "write the golden files anew")

// An operation is a route as the OpenAPI document has it.
type operation struct {
	method, path string
	OperationID  string `json:"operationId"`
	Description  string
	Security     []map[string][]string
	Responses    map[string]any
}

// operations reads the routes from the document that the house serves.
func operations(h *house) []operation {
	h.t.Helper()
	var doc struct {
		OpenAPI string
		Servers []struct{ URL string }
		Paths   map[string]map[string]operation
	}
	h.ok(json.Unmarshal([]byte(h.want(http.StatusOK, "", "GET /openapi.json", nil)), &doc))
	if doc.OpenAPI != "3.1.0" || len(doc.Servers) != 1 || doc.Servers[0].URL != api.Base {
		h.t.Fatalf("got version %q at %+v", doc.OpenAPI, doc.Servers)
	}
	var list []operation
	for path, methods := range doc.Paths {
		for method, op := range methods {
			op.method, op.path = strings.ToUpper(method), path
			list = append(list, op)
		}
	}
	slices.SortFunc(list, func(a, b operation) int { return strings.Compare(a.path+" "+a.method, b.path+" "+b.method) })
	return list
}

// TestOperations keeps the list of operations with the rights that they ask
// for in a golden file, so that a change of either is seen (go test ./api -run
// TestOperations -update).
func TestOperations(t *testing.T) {
	h := newHouse(t)
	var got strings.Builder
	for _, op := range operations(h) {
		got.WriteString(op.method + " " + op.path + "\n\t" + op.OperationID + ": " + strings.TrimPrefix(op.Description, "Rights: ") + "\n")
		if len(op.Security) != 1 || op.Security[0]["token"] == nil {
			t.Errorf("%s needs no token", op.OperationID)
		}
		for _, status := range []string{"401", "403", "404", "422"} {
			if op.Responses[status] == nil {
				t.Errorf("%s does not describe %s", op.OperationID, status)
			}
		}
	}
	golden := filepath.Join("testdata", "operations.golden")
	if *update {
		h.ok(os.WriteFile(golden, []byte(got.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	h.ok(err)
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the operations changed (-want +got):\n%s", diff)
	}
}

// TestReferences follows every reference of the document.
func TestReferences(t *testing.T) {
	h := newHouse(t)
	var doc map[string]any
	h.ok(json.Unmarshal([]byte(h.want(http.StatusOK, "", "GET /openapi.json", nil)), &doc))
	references := references(doc)
	for _, ref := range references {
		if !leads(doc, ref) {
			t.Errorf("%s leads nowhere", ref)
		}
	}
	if len(references) < 50 {
		t.Errorf("got %d references, want many", len(references))
	}
	if yaml := h.want(http.StatusOK, "", "GET /openapi.yaml", nil); !strings.Contains(yaml, "openapi: 3.1.0") {
		t.Errorf("the YAML begins %.100q", yaml)
	}
}

// references returns all references of a part of a document.
func references(part any) []string {
	var list []string
	switch v := part.(type) {
	case []any:
		for _, item := range v {
			list = append(list, references(item)...)
		}
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			list = append(list, ref)
		}
		for _, item := range v {
			list = append(list, references(item)...)
		}
	}
	return list
}

// leads reports whether a reference of a document leads to something.
func leads(doc map[string]any, ref string) bool {
	var here any = doc
	for part := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		m, ok := here.(map[string]any)
		if !ok || m[part] == nil {
			return false
		}
		here = m[part]
	}
	return true
}

func TestNoPagesOfOtherHosts(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/docs", "/schemas/Ticket.json", "/openapi-3.0.json", "/nothing", "/tickets/1/nothing"} {
		if got := h.ask("root", "GET "+path, nil); got.StatusCode != http.StatusNotFound || got.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: got %d %s", path, got.StatusCode, got.Header.Get("Content-Type"))
		}
	}
}
