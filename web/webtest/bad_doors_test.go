package webtest_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web/webtest"
)

// doors is a whole desk with its API.
type doors struct {
	*whole
	api    http.Handler
	tokens map[string]string
}

func newDoors(t *testing.T) *doors {
	t.Helper()
	d := &doors{whole: newWhole(t), tokens: map[string]string{}}
	d.api = api.New(d.Service, api.Options{})
	for _, login := range []string{"anna", "gus", "quinn"} {
		d.tokens[login] = webtest.Must(d.CreateToken(t.Context(), d.Sys, service.NewToken{User: d.By(login).User, Name: "x"}))(t)
	}
	return d
}

// call asks the API as somebody; headers are names and values in turn.
func (d *doors) call(login, request string, body any, headers ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	method, path, _ := strings.Cut(request, " ")
	sent := ""
	if body != nil {
		sent = string(webtest.Must(json.Marshal(body))(d.t))
	}
	r := httptest.NewRequest(method, api.Base+path, strings.NewReader(sent))
	r.Header.Set("Content-Type", "application/json")
	if d.tokens[login] != "" {
		r.Header.Set("Authorization", "Bearer "+d.tokens[login])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.api.ServeHTTP(w, r)
	return w
}

// told fails unless an answer has the status and says each of the words; a word
// that begins with ! may not be in it.
func told(t *testing.T, why string, got *httptest.ResponseRecorder, status int, words ...string) {
	t.Helper()
	body := got.Body.String()
	for _, word := range words {
		word, not := strings.CutPrefix(word, "!")
		if strings.Contains(body, word) == not {
			status = 0 // is shown below
			t.Errorf("%s: %q is in the answer: %v", why, word, !not)
		}
	}
	if got.Code != status {
		t.Errorf("%s: got %d, want %d with %q:\n%.1500s", why, got.Code, status, words, body)
	}
}

// TestMistakesInQueriesByEveryDoor: wherever a query can be written its mistake is
// told with its position and what was expected; where there is none to write, its
// words are words.
func TestMistakesInQueriesByEveryDoor(t *testing.T) {
	d := newDoors(t)
	for _, tt := range []struct{ query, says string }{
		{"Stauts = 'open'", "position 1, at"}, {"id = 1 AND", "position 11: expected a field"}, {"Subject = 'it's'", "position 15"}, {"(Priority > 1", "expected"}, {strings.Repeat("(", 500), "position"},
	} {
		asked := url.QueryEscape(tt.query)
		told(t, "a list at the desk", d.Get("anna", "/agent/tickets?query="+asked), http.StatusOK, tt.says, `class="mistake"`, `aria-invalid="true"`)
		told(t, "a report", d.Get("anna", "/agent/reports?query="+asked), http.StatusOK, tt.says)
		told(t, "an export", d.Get("anna", "/agent/tickets.csv?query="+asked), http.StatusUnprocessableEntity, tt.says)
		told(t, "the portal", d.Get("gus", "/portal/?text="+asked), http.StatusOK, "!position")
		for _, login := range []string{"anna", "gus"} {
			told(t, "the API as "+login, d.call(login, "GET /tickets?query="+asked, nil), http.StatusUnprocessableEntity, tt.says)
			told(t, "counting by the API as "+login, d.call(login, "GET /tickets/count?query="+asked, nil), http.StatusUnprocessableEntity, tt.says)
		}
		told(t, "a batch by the API", d.call("anna", "POST /batches/preview", map[string]any{"query": tt.query, "change": map[string]any{"priority": 1}}), http.StatusUnprocessableEntity, tt.says)
	}
}

// TestSlowPatterns: what others' machines take hours for is answered at once.
func TestSlowPatterns(t *testing.T) {
	d := newDoors(t)
	for range 20 {
		d.ask("gus", strings.Repeat("a", 400)+"b", "globex")
	}
	field := webtest.Must(d.CreateField(t.Context(), d.Sys, desk.Field{Of: desk.OfTickets, Name: "Code", Kind: desk.TextField, Everywhere: true, Pattern: `^(a+)+$`, Hint: "Letters a only."}))(t)
	d.Give(desk.Everyone, 0, desk.OnSystem(), "SeeCustomField", "ModifyCustomField")
	many := "Subject LIKE '" + strings.Repeat("%a", 300) + "%c'" // refused
	some := "Subject LIKE '%a%a%a%a%a%a%a%c' OR Content LIKE '%a%a%a%a%a%a%a%c'"
	code := strings.Repeat("a", 200) + "!"
	at := fmt.Sprintf("/tickets/%d/fields", d.own)
	told(t, "a pattern of hundreds of parts at the desk", d.Get("anna", "/agent/tickets?query="+url.QueryEscape(many)), http.StatusOK, "a pattern has at most 8 signs %")
	told(t, "and by the API", d.call("gus", "GET /tickets?query="+url.QueryEscape(many), nil), http.StatusUnprocessableEntity, "a pattern has at most 8 signs %")
	for why, try := range map[string]func() *httptest.ResponseRecorder{
		"a list at the desk": func() *httptest.ResponseRecorder { return d.Get("anna", "/agent/tickets?query="+url.QueryEscape(some)) },
		"the API at the desk": func() *httptest.ResponseRecorder {
			return d.call("anna", "GET /tickets?query="+url.QueryEscape(some), nil)
		},
		"the API as a customer": func() *httptest.ResponseRecorder {
			return d.call("gus", "GET /tickets?query="+url.QueryEscape(some), nil)
		},
		"a field at the desk": func() *httptest.ResponseRecorder {
			return d.Post("anna", "/agent"+at, fmt.Sprintf("field-%d", field), code, fmt.Sprintf("was-%d", field), "[]")
		},
		"a field in the portal": func() *httptest.ResponseRecorder {
			return d.Post("gus", "/portal"+at, fmt.Sprintf("field-%d", field), code, fmt.Sprintf("was-%d", field), "[]")
		},
		"a field by the API":                func() *httptest.ResponseRecorder { return d.call("anna", "PATCH "+at, fieldCode(code)) },
		"a field by the API, as a customer": func() *httptest.ResponseRecorder { return d.call("gus", "PATCH "+at, fieldCode(code)) },
	} {
		begun := time.Now()
		got := try()
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s took %v", why, took)
		}
		if strings.HasPrefix(why, "a field") {
			told(t, why, got, http.StatusUnprocessableEntity, "Letters a only.")
		} else {
			told(t, why, got, http.StatusOK, "!aaaaaab")
		}
	}
}

func fieldCode(code string) any {
	return map[string]any{"values": map[string]any{"Code": []string{code}}}
}

// TestTwoAtOnce: who answers while somebody else does is shown what came, keeps
// what he typed, and nothing is written.
func TestTwoAtOnce(t *testing.T) {
	d := newDoors(t)
	id := number(d.own)
	seen := fmt.Sprint(int64(d.message))
	d.Post("anna", "/agent/tickets/"+id+"/comment", "text", "A note of Anna's", "seen", seen)
	d.Post("gus", "/portal/tickets/"+id+"/messages", "text", "One more thing", "seen", "2")
	count := len(webtest.Must(d.Ticket(t.Context(), d.Sys, d.own))(t).Messages)
	told(t, "at the desk", d.Post("anna", "/agent/tickets/"+id+"/reply", "text", "My long <answer>", "seen", seen), http.StatusConflict,
		"came while you were writing", "My long &lt;answer&gt;</textarea>", "One more thing")
	told(t, "in the portal", d.Post("gus", "/portal/tickets/"+id+"/messages", "text", "My long <question>", "seen", "1"), http.StatusConflict,
		"came while you were writing", "My long &lt;question&gt;</textarea>", "!A note of Anna")
	for _, login := range []string{"anna", "gus"} {
		told(t, "by the API as "+login, d.call(login, "POST /tickets/"+id+"/messages", map[string]any{"kind": "reply", "text": "x", "last_seen": d.message}), http.StatusConflict, "Somebody wrote on ticket "+id+" while you were writing.")
	}
	if n := len(webtest.Must(d.Ticket(t.Context(), d.Sys, d.own))(t).Messages); n != count {
		t.Errorf("%d messages were written all the same", n-count)
	}
}

// TestSentTwiceByTheAPI: the same request again, with its key, is done once.
func TestSentTwiceByTheAPI(t *testing.T) {
	d := newDoors(t)
	for _, login := range []string{"anna", "gus"} {
		for request, body := range map[string]any{
			"POST /tickets": map[string]any{"queue": d.Queue["Support"], "subject": "Once of " + login, "text": "x"},
			"POST /tickets/" + number(d.own) + "/messages": map[string]any{"kind": "reply", "text": "Once of " + login},
		} {
			first := d.call(login, request, body, "Idempotency-Key", "k")
			again := d.call(login, request, body, "Idempotency-Key", "k")
			if first.Code != http.StatusCreated || again.Code != http.StatusCreated || first.Body.String() != again.Body.String() {
				t.Errorf("%s of %s: %d %s, again %d %s", request, login, first.Code, first.Body, again.Code, again.Body)
			}
		}
	}
	told(t, "without a token", d.call("", "POST /tickets", map[string]any{"queue": 1, "subject": "x"}), http.StatusUnauthorized, "token")
}

// TestTooMuchByEveryDoor: ten megabytes of text are refused in words that say what
// to do, by each form and by the API.
func TestTooMuchByEveryDoor(t *testing.T) {
	d := newDoors(t)
	id, much := number(d.own), strings.Repeat("x", 10<<20)
	pages := map[string]string{"/agent/tickets/" + id + "/reply": "anna", "/agent/tickets/" + id + "/comment": "anna", "/agent/tickets": "anna", "/agent/tickets/" + id + "/draft": "anna",
		"/portal/tickets/" + id + "/messages": "gus", "/portal/tickets": "gus"}
	for path, login := range pages {
		told(t, path, d.Post(login, path, "text", much, "subject", "Much", "queue", fmt.Sprint(int64(d.Queue["Support"])), "seen", "99", "kind", "reply"), http.StatusRequestEntityTooLarge, "too large", "!xxxxxxxx")
	}
	told(t, "a query", d.Get("anna", "/agent/tickets?query="+strings.Repeat("x", 20_000)), http.StatusOK, "The query is longer than 8000 letters", "!About: ")
	for _, login := range []string{"anna", "gus"} {
		for request, body := range map[string]any{
			"POST /tickets":                     map[string]any{"queue": d.Queue["Support"], "subject": "Much", "text": much},
			"POST /tickets/" + id + "/messages": map[string]any{"kind": "reply", "text": much},
		} {
			told(t, request+" of "+login, d.call(login, request, body), http.StatusRequestEntityTooLarge, "larger than 1 MB", "attach it", "!xxxxxxxx")
		}
	}
}

// TestStrangeFilesByTheAPI: names lose their folders there too, and what could run
// is for saving, whoever asks and by whatever door.
func TestStrangeFilesByTheAPI(t *testing.T) {
	d := newDoors(t)
	svg := base64.StdEncoding.EncodeToString([]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>`))
	id := number(d.own)
	for _, login := range []string{"anna", "gus"} {
		for _, name := range []string{"../../x", `..\..\x.svg`, "drawing.svg", "page.html"} {
			got := d.call(login, "POST /tickets/"+id+"/messages", map[string]any{"kind": "reply", "text": "file " + name, "files": []any{map[string]any{"name": name, "data": svg}}})
			told(t, name+" of "+login, got, http.StatusCreated)
		}
	}
	files := 0
	for i, m := range webtest.Must(d.Ticket(t.Context(), d.Sys, d.own))(t).Messages {
		if !strings.HasPrefix(m.Text, "file ") {
			continue
		}
		files++
		a := m.Attachments[0]
		if strings.ContainsAny(a.Name, `/\`) {
			t.Errorf("a file is called %q", a.Name)
		}
		for why, got := range map[string]*httptest.ResponseRecorder{
			"the desk": d.Get("anna", fmt.Sprintf("/agent/attachment/%d", a.ID)), "the desk, to look at": d.Get("anna", fmt.Sprintf("/agent/attachment/%d?look=1", a.ID)),
			"the portal": d.Get("gus", fmt.Sprintf("/portal/tickets/%s/files/%d/1", id, i+1)),
			"the API":    d.call("anna", fmt.Sprintf("GET /attachments/%d", a.ID), nil), "the API to a customer": d.call("gus", fmt.Sprintf("GET /attachments/%d", a.ID), nil),
		} {
			h := got.Header()
			if got.Code != http.StatusOK || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s serves %q with %d, %v", why, a.Name, got.Code, h)
			}
		}
	}
	if files != 8 {
		t.Errorf("%d files came, want 8", files)
	}
}

// TestLinksToWhatIsGoneByTheAPI: the number of a merged ticket leads to the other
// one; of a hidden one there is none, in the words for one that never was.
func TestLinksToWhatIsGoneByTheAPI(t *testing.T) {
	d := newDoors(t)
	half := d.ask("gus", "Half", "globex")
	d.OK(d.MergeTicket(t.Context(), d.Sys, half, d.own))
	d.MakeQueue("Vault")
	hidden := d.ask("gus", "Hidden", "globex", "Vault")
	gone := d.ask("gus", "Gone", "globex")
	d.OK(d.MergeTicket(t.Context(), d.Sys, gone, hidden))
	for _, login := range []string{"anna", "gus"} {
		told(t, "a merged one, as "+login, d.call(login, "GET /tickets/"+number(half), nil), http.StatusOK, fmt.Sprintf(`"id":%d,`, d.own), `"subject":"Mine"`)
		for _, id := range []desk.TicketID{hidden, gone, 98765} {
			for _, request := range []string{"GET /tickets/%s", "GET /tickets/%s/messages", "GET /tickets/%s/events"} {
				told(t, request+" as "+login, d.call(login, fmt.Sprintf(request, number(id)), nil), http.StatusNotFound, "There is no such thing, or you may not know of it.")
			}
			told(t, "writing as "+login, d.call(login, "POST /tickets/"+number(id)+"/messages", map[string]any{"kind": "reply", "text": "x"}), http.StatusNotFound, "There is no such thing, or you may not know of it.")
		}
	}
}
