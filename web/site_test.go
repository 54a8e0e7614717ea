package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
)

// site answers / with whatever serve does, as a signed-in agent when the
// cookie says "good".
func site(t *testing.T, c web.Config, serve func(*web.Site, http.ResponseWriter, *http.Request) error) http.Handler {
	t.Helper()
	c.Sessions.Find = func(_ context.Context, token string) (web.Reader, error) {
		switch token {
		case "good":
			return web.Reader{Actor: desk.Actor{User: 7}, Name: "Ann"}, nil
		case "broken":
			return web.Reader{}, errors.New("no database")
		}
		return web.Reader{}, desk.Errorf(desk.Unauthenticated, "Your session has ended.")
	}
	s, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s.Guard(s.Page(func(w http.ResponseWriter, r *http.Request) error { return serve(s, w, r) }))
}

func ask(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }

// TestEveryKindHasAStatus shows an error of each kind as a page.
func TestEveryKindHasAStatus(t *testing.T) {
	want := map[desk.Kind]int{
		desk.Internal: 500, desk.Invalid: 422, desk.NotFound: 404, desk.Forbidden: 403, desk.Unauthenticated: 401,
		desk.Conflict: 409, desk.TooLarge: 413, desk.TooMany: 429, desk.Unavailable: 503,
	}
	for _, kind := range desk.Kinds() {
		h := site(t, web.Config{}, func(*web.Site, http.ResponseWriter, *http.Request) error {
			return desk.Errorf(kind, "The moon is full.")
		})
		w := ask(h, httptest.NewRequest(http.MethodPost, "/", nil))
		if w.Code != want[kind] {
			t.Errorf("kind %d has status %d, want %d", kind, w.Code, want[kind])
		}
		if told := strings.Contains(w.Body.String(), "The moon is full."); told != (kind != desk.Internal) {
			t.Errorf("kind %d tells its sentence: %v", kind, told)
		}
	}
}

// TestErrorPages says what each failure looks like from outside.
func TestErrorPages(t *testing.T) {
	for _, tt := range []struct {
		why      string
		serve    func(*web.Site, http.ResponseWriter, *http.Request) error
		request  *http.Request
		status   int
		body     string
		location string
	}{
		{"a panic is an error page", func(*web.Site, http.ResponseWriter, *http.Request) error { panic("secret") }, get("/"), 500, "Something went wrong", ""},
		{"a plain error tells nothing of itself", func(*web.Site, http.ResponseWriter, *http.Request) error { return errors.New("secret") }, get("/"), 500, "Something went wrong", ""},
		{"who is not signed in is asked to, and comes back", func(*web.Site, http.ResponseWriter, *http.Request) error {
			return desk.Errorf(desk.Unauthenticated, "Sign in first.")
		}, get("/agent/tickets/3?a=1"), 303, "", "/sign-in?next=%2Fagent%2Ftickets%2F3%3Fa%3D1"},
		{"a refused form gives back what was typed", refuse, form("/", "text=It+is+%3Cb%3Edone&password=hunter2"), 409, "It is &lt;b&gt;done", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			w := ask(site(t, web.Config{}, tt.serve), tt.request)
			if w.Code != tt.status || w.Header().Get("Location") != tt.location {
				t.Errorf("got status %d to %q, want %d to %q", w.Code, w.Header().Get("Location"), tt.status, tt.location)
			}
			body := w.Body.String()
			if !strings.Contains(body, tt.body) {
				t.Errorf("the page does not say %q", tt.body)
			}
			if strings.Contains(body, "secret") || strings.Contains(body, "hunter2") {
				t.Error("the page tells a secret")
			}
		})
	}
}

// refuse reads a form and then does not take it.
func refuse(_ *web.Site, _ http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	return desk.Errorf(desk.Conflict, "Somebody answered meanwhile.")
}

func form(path, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// TestGuard says who gets past it.
func TestGuard(t *testing.T) {
	h := site(t, web.Config{Hosts: []string{"desk.example"}, Sessions: web.Sessions{Secure: true}}, func(_ *web.Site, w http.ResponseWriter, r *http.Request) error {
		_, err := io.WriteString(w, web.ReaderOf(r).Name)
		return err
	})
	for _, tt := range []struct {
		why    string
		change func(*http.Request)
		method string
		status int
		body   string
	}{
		{"our host", func(r *http.Request) { r.Host = "desk.example" }, http.MethodGet, 200, ""},
		{"our host with a port, in capitals", func(r *http.Request) { r.Host = "DESK.example:8080" }, http.MethodGet, 200, ""},
		{"another host", func(r *http.Request) { r.Host = "evil.example" }, http.MethodGet, 421, "not served here"},
		{"a form of another site", func(r *http.Request) { r.Host = "desk.example"; r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.MethodPost, 403, "from another site"},
		{"our own form", func(r *http.Request) { r.Host = "desk.example"; r.Header.Set("Sec-Fetch-Site", "same-origin") }, http.MethodPost, 200, ""},
		{"signed in", func(r *http.Request) { r.Host = "desk.example"; cookie(r, "good") }, http.MethodGet, 200, "Ann"},
		{"signed out meanwhile", func(r *http.Request) { r.Host = "desk.example"; cookie(r, "old") }, http.MethodGet, 200, ""},
		{"no answer about the session is no session", func(r *http.Request) { r.Host = "desk.example"; cookie(r, "broken") }, http.MethodGet, 500, "went wrong"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "/", nil)
			tt.change(r)
			w := ask(h, r)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.body) {
				t.Errorf("got %d %q, want %d and %q", w.Code, w.Body.String(), tt.status, tt.body)
			}
			if csp := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("the policy is %q", csp)
			}
			if w.Header().Get("Strict-Transport-Security") == "" || w.Header().Get("X-Request-Id") == "" {
				t.Errorf("headers are missing: %v", w.Header())
			}
		})
	}
}

func cookie(r *http.Request, token string) {
	r.AddCookie(&http.Cookie{Name: "__Host-gatehouse", Value: token})
}

// TestSessionCookie begins and ends a session.
func TestSessionCookie(t *testing.T) {
	s := web.Sessions{Secure: true}
	w := httptest.NewRecorder()
	s.Begin(w, "token", time.Hour)
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 3600 || c.Path != "/" || c.Domain != "" {
		t.Errorf("got cookie %v", c)
	}
	r := get("/")
	r.AddCookie(c)
	if got := s.Token(r); got != "token" {
		t.Errorf("got token %q back", got)
	}
	w = httptest.NewRecorder()
	s.End(w)
	if c := w.Result().Cookies()[0]; c.MaxAge >= 0 || c.Value != "" {
		t.Errorf("ending leaves cookie %v", c)
	}
}

// TestNoticeKeepsItsArguments: what is shown a page later says the same.
func TestNoticeKeepsItsArguments(t *testing.T) {
	text := web.T("audit.checked.good", 666)
	text.Args = append(text.Args, web.T("audit.change", 7), "Tom", 1.5, true, nil)
	var kept web.Notice
	data, err := json.Marshal(web.Notice{Level: "good", Text: text})
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	if got := fmt.Sprintf("%v", kept.Text.Args); err != nil || kept.Text.Key != text.Key || got != "[666 {audit.change [7] } Tom 1.5 true <nil>]" {
		t.Errorf("got %s %s (%v)", kept.Text.Key, got, err)
	}
	if said := (web.Reader{Lang: "en"}).Say(web.Text{Key: kept.Text.Key, Args: kept.Text.Args[:1]}); said != "All 666 lines are as they were written." {
		t.Errorf("it says %q", said)
	}
	if json.Unmarshal([]byte(`{"Text": {"Args": 1}}`), &kept) == nil {
		t.Error("arguments that are none are taken")
	}
}

// TestNotice leaves a notice for the next page, which shows it once.
func TestNotice(t *testing.T) {
	h := site(t, web.Config{}, func(s *web.Site, w http.ResponseWriter, r *http.Request) error {
		if r.Method == http.MethodPost {
			return s.Done(w, r, "/next", web.Notice{Level: "good", Text: web.T("event.gave", "<b>Tom")})
		}
		return s.Show(w, r, web.SignInPage{}.View())
	})
	w := ask(h, httptest.NewRequest(http.MethodPost, "/", nil))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/next" {
		t.Fatalf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
	r := get("/next")
	r.AddCookie(w.Result().Cookies()[0])
	w = ask(h, r)
	if !strings.Contains(w.Body.String(), "gave the ticket to &lt;b&gt;Tom") {
		t.Error("the notice is not on the next page")
	}
	if c := w.Result().Cookies()[0]; c.MaxAge >= 0 {
		t.Errorf("the notice stays: %v", c)
	}
	r = get("/next")
	r.AddCookie(&http.Cookie{Name: "gatehouse-notice", Value: "%%%"})
	if w := ask(h, r); w.Code != 200 {
		t.Errorf("a broken notice gives %d", w.Code)
	}
}

// TestUploads reads a form with files, within the limits.
func TestUploads(t *testing.T) {
	h := site(t, web.Config{MaxBody: 2 << 20, Log: slog.New(slog.DiscardHandler)}, func(_ *web.Site, w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(r); err != nil {
			return err
		}
		files, err := web.Uploads(r, "files")
		for _, f := range files {
			_, _ = io.WriteString(w, f.Name+"="+string(f.Data)+" ")
		}
		return err
	})
	for _, tt := range []struct {
		why    string
		files  int
		size   int
		status int
	}{{"one file", 1, 3, 200}, {"as many as one may", 20, 3, 200}, {"one too many", 21, 3, 422}, {"too large", 1, 3 << 20, 413}} {
		t.Run(tt.why, func(t *testing.T) {
			w := ask(h, upload(tt.files, tt.size))
			if w.Code != tt.status {
				t.Errorf("got %d, want %d", w.Code, tt.status)
			}
			if got := strings.Count(w.Body.String(), "a.txt=xxx "); tt.status == 200 && got != tt.files {
				t.Errorf("got %d files, want %d, without their folders", got, tt.files)
			}
		})
	}
}

func upload(files, size int) *http.Request {
	var body bytes.Buffer
	out := multipart.NewWriter(&body)
	for range files {
		part, _ := out.CreateFormFile("files", "../secret/a.txt")
		_, _ = part.Write(bytes.Repeat([]byte("x"), size))
	}
	out.Close()
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", out.FormDataContentType())
	return r
}

// TestLocalPath sends nobody to another site.
func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/agent/tickets/3?a=1": "/agent/tickets/3?a=1", "": "/", "//evil.example": "/", "https://evil.example/": "/",
		"/\\evil.example": "/", "javascript:alert(1)": "/", "agent": "/", "/a\nb": "/", "/%zz": "/",
	} {
		if got := web.LocalPath(next, "/"); got != want {
			t.Errorf("next %q leads to %q, want %q", next, got, want)
		}
	}
}

// TestID reads numbers of paths.
func TestID(t *testing.T) {
	for value, want := range map[string]int64{"42": 42, "0": 0, "-1": 0, "x": 0, "99999999999999999999": 0, "": 0} {
		r := get("/")
		r.SetPathValue("id", value)
		got, err := web.ID[desk.TicketID](r, "id")
		if int64(got) != want || (want == 0) != (desk.KindOf(err) == desk.NotFound) {
			t.Errorf("id %q is %d (%v), want %d", value, got, err, want)
		}
	}
}
