package api_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

func TestBadInput(t *testing.T) {
	h := newHouse(t)
	cursor := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	for _, tt := range []struct {
		why, request, body string
		want               int
	}{
		{"broken JSON", "POST /tickets", `{"queue": 1,`, http.StatusBadRequest},
		{"no JSON", "POST /tickets", `queue=1`, http.StatusBadRequest},
		{"no body", "POST /tickets", ``, http.StatusBadRequest},
		{"a list for an object", "POST /tickets", `[]`, http.StatusUnprocessableEntity},
		{"null", "POST /tickets", `null`, http.StatusUnprocessableEntity},
		{"a field missing", "POST /tickets", `{"queue": 1}`, http.StatusUnprocessableEntity},
		{"an unknown field", "POST /tickets", `{"queue": 1, "subject": "x", "colour": "red"}`, http.StatusUnprocessableEntity},
		{"a wrong type", "POST /tickets", `{"queue": "support", "subject": "x"}`, http.StatusUnprocessableEntity},
		{"a negative id", "POST /tickets", `{"queue": -1, "subject": "x"}`, http.StatusUnprocessableEntity},
		{"a fraction", "POST /tickets", `{"queue": 1.5, "subject": "x"}`, http.StatusUnprocessableEntity},
		{"a number too large", "POST /tickets", `{"queue": 1e30, "subject": "x"}`, http.StatusUnprocessableEntity},
		{"a status that is none", "POST /tickets", `{"queue": 1, "subject": "x", "status": "done"}`, http.StatusUnprocessableEntity},
		{"a subject too long", "POST /tickets", `{"queue": 1, "subject": "` + strings.Repeat("x", 501) + `"}`, http.StatusUnprocessableEntity},
		{"files that are not base64", "POST /tickets", `{"queue": 1, "subject": "x", "files": [{"name": "a", "data": "%%%"}]}`, http.StatusUnprocessableEntity},
		{"too many files", "POST /tickets", `{"queue": 1, "subject": "x", "files": [` + strings.Repeat(`{"name": "a", "data": ""},`, 20) + `{"name": "a", "data": ""}]}`, http.StatusUnprocessableEntity},
		{"a text too large", "POST /tickets", `{"queue": 1, "subject": "x", "text": "` + strings.Repeat("x", 1<<20+1) + `"}`, http.StatusRequestEntityTooLarge},
		{"a body too large", "POST /users", `{"login": "` + strings.Repeat("x", 3<<20) + `"}`, http.StatusRequestEntityTooLarge},
		{"an id of zero", "GET /tickets/0", "", http.StatusUnprocessableEntity},
		{"a negative id in the path", "GET /tickets/-1", "", http.StatusUnprocessableEntity},
		{"a word for an id", "GET /tickets/one", "", http.StatusUnprocessableEntity},
		{"an id too large", "GET /tickets/99999999999999999999", "", http.StatusUnprocessableEntity},
		{"the largest id", "GET /tickets/9223372036854775807", "", http.StatusNotFound},
		{"a huge limit", "GET /tickets?limit=1000000", "", http.StatusUnprocessableEntity},
		{"a limit of zero", "GET /tickets?limit=0", "", http.StatusUnprocessableEntity},
		{"an unknown parameter", "GET /tickets?colour=red", "", http.StatusUnprocessableEntity},
		{"an owner that is none", "GET /tickets?owner=bob", "", http.StatusUnprocessableEntity},
		{"both cursors", "GET /tickets?after=" + cursor("tickets:1") + "&before=" + cursor("tickets:1"), "", http.StatusUnprocessableEntity},
		{"a made-up cursor", "GET /tickets?after=xyz", "", http.StatusUnprocessableEntity},
		{"the cursor of another list", "GET /tickets?after=" + cursor("users:bob"), "", http.StatusUnprocessableEntity},
		{"a negative cursor", "GET /tickets?before=" + cursor("tickets:-4"), "", http.StatusUnprocessableEntity},
		{"a cursor that is no text", "GET /users?after=" + cursor("users:\xff\xfe"), "", http.StatusUnprocessableEntity},
		{"a right that is none", "GET /access/check?right=Fly&object=system", "", http.StatusUnprocessableEntity},
		{"an object that is none", "GET /access/check?right=ShowTicket&object=moon:1", "", http.StatusUnprocessableEntity},
		{"no question", "GET /access/check", "", http.StatusUnprocessableEntity},
		{"a day that is none", "POST /grants", `{"who": 1, "right": "SeeQueue", "place": {"kind": "system"}, "until": "soon"}`, http.StatusUnprocessableEntity},
		{"a right and a permission", "POST /grants", `{"who": 1, "right": "SeeQueue", "permission": "rw", "place": {"kind": "system"}}`, http.StatusUnprocessableEntity},
		{"a right where it cannot be", "POST /grants", `{"who": 1, "right": "SuperUser", "place": {"kind": "queue", "id": 1}}`, http.StatusUnprocessableEntity},
		{"a place without its number", "GET /grants?place=queue", "", http.StatusUnprocessableEntity},
		{"a role over all numbers", "PATCH /roles/300", `{}`, http.StatusUnprocessableEntity},
		{"a long key", "POST /tickets", `{"queue": 1, "subject": "x"}`, http.StatusUnprocessableEntity},
		{"another method", "PUT /tickets/1", `{}`, http.StatusMethodNotAllowed},
	} {
		t.Run(tt.why, func(t *testing.T) {
			var headers []string
			if tt.why == "a long key" {
				headers = []string{"Idempotency-Key", strings.Repeat("k", 201)}
			}
			wantProblem(t, h.ask("root", tt.request, tt.body, headers...), tt.want)
		})
	}
}

// wantProblem fails unless the answer is a problem of that status that does not
// send back what was sent.
func wantProblem(t *testing.T, got response, want int) {
	t.Helper()
	var problem huma.ErrorModel
	if err := json.Unmarshal([]byte(got.body), &problem); err != nil {
		t.Fatalf("got %q: %v", got.body, err)
	}
	if got.StatusCode != want || problem.Status != want || got.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("got %d %s %.300s, want %d", got.StatusCode, got.Header.Get("Content-Type"), got.body, want)
	}
	if len(got.body) > 2000 {
		t.Errorf("the answer has %d bytes; what was sent is not to be sent back", len(got.body))
	}
}
