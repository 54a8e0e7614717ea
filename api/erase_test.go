package api_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"gatehouse/api"
)

// unzipped reads an archive: its files by name.
func unzipped(t *testing.T, data string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(data)), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

// TestExport: what leaves is what the one who asks may see, without internal
// comments, and a file leads nowhere else.
func TestExport(t *testing.T) {
	h := newHouse(t)
	id := h.made("gus", "POST /tickets", object{"queue": h.support, "subject": "Leak", "text": "wet <floor>",
		"files": []object{{"name": "../../etc/passwd", "data": "aGk="}}})
	h.want(http.StatusCreated, "anna", at("POST /tickets/{id}/messages", id), object{"kind": "comment", "text": "he never pays"})
	for _, as := range []string{"gus", "root"} {
		files := unzipped(t, h.want(http.StatusOK, as, at("GET /users/{id}/export", h.users["gus"]), nil))
		all := ""
		for name, text := range files {
			all += text
			if strings.Contains(name, "..") && !strings.Contains(name, "-") || strings.HasPrefix(name, "/") {
				t.Errorf("%s: a file is called %s", as, name)
			}
		}
		if !strings.Contains(files["person.json"], `"login": "gus"`) || !strings.Contains(all, "wet <floor>") || strings.Contains(all, "never pays") {
			t.Errorf("%s: got %v", as, files)
		}
	}
	h.want(http.StatusForbidden, "anna", at("GET /users/{id}/export", h.users["gus"]), nil)
	company := unzipped(t, h.want(http.StatusOK, "root", at("GET /customers/{id}/export", h.globex), nil))
	if !strings.Contains(company["customer.json"], `"key": "globex"`) || len(company) < 3 {
		t.Errorf("of the customer there is %v", company)
	}
}

func TestErasing(t *testing.T) {
	h := newHouse(t)
	id := h.made("gus", "POST /tickets", object{"queue": h.support, "subject": "Leak", "text": "wet floor"})
	h.want(http.StatusNoContent, "root", at("PUT /queues/{id}/retention", h.support), object{"days": 365})
	if r := read[api.Retention](h, "root", at("GET /queues/{id}/retention", h.support)); r.Days != 365 || r.Due != 0 {
		t.Errorf("got %+v", r)
	}
	h.want(http.StatusUnprocessableEntity, "root", at("PUT /queues/{id}/retention", h.support), object{"days": 2})
	h.want(http.StatusForbidden, "anna", at("POST /tickets/{id}/purge", id), nil)
	h.want(http.StatusForbidden, "anna", at("POST /users/{id}/erase", h.users["gus"]), object{})
	h.want(http.StatusNoContent, "root", at("POST /users/{id}/erase", h.users["gus"]), object{"texts": true})
	if u := read[api.User](h, "root", at("GET /users/{id}", h.users["gus"])); !u.Disabled || len(u.Addresses) != 0 {
		t.Errorf("he is left as %+v", u)
	}
	h.want(http.StatusUnauthorized, "gus", "GET /me", nil)
	h.want(http.StatusNoContent, "root", at("POST /tickets/{id}/purge", id), nil)
	h.want(http.StatusNotFound, "root", at("GET /tickets/{id}", id), nil)
	h.want(http.StatusNoContent, "root", at("POST /customers/{id}/erase", h.acme), object{"people": true})
}
