package webtest

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/web"
)

// A Sample is a page with realistic data, under a name.
type Sample struct {
	Name string
	View web.View
	Part bool // it is a part of a page, which is fetched by itself
}

// Now is the moment at which samples are shown.
func Now() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) }

// Serve answers /NAME with the sample of that name, as the reader; ?lang=
// chooses another language.
func Serve(t testing.TB, reader web.Reader, samples []Sample, areas ...fs.FS) http.Handler {
	t.Helper()
	site, err := web.New(web.Config{
		Now: Now,
		Sessions: web.Sessions{Find: func(_ context.Context, token string) (web.Reader, error) {
			reader.Lang = token
			return reader, nil
		}},
	}, areas...)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", site.Assets())
	for _, s := range samples {
		mux.Handle("GET /"+s.Name, site.Page(func(w http.ResponseWriter, r *http.Request) error { return site.Show(w, r, s.View) }))
	}
	guarded := site.Guard(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := r.FormValue("lang")
		if lang == "" {
			lang = "en"
		}
		r.AddCookie(&http.Cookie{Name: "gatehouse", Value: lang})
		guarded.ServeHTTP(w, r)
	})
}

// Execute shows every sample in every language and reports what cannot be
// shown, what is too large, which keys of texts are unknown, and which
// templates of the area no sample reaches.
func Execute(t *testing.T, reader web.Reader, samples []Sample, areas ...fs.FS) {
	t.Helper()
	var marked []fs.FS
	var names []string
	for _, area := range areas {
		marked = append(marked, markers{area})
		names = append(names, defined(t, area)...)
	}
	server := Serve(t, reader, samples, areas...)
	watched := Serve(t, reader, samples, marked...)
	seen := map[string]bool{}
	for _, s := range samples {
		for _, lang := range web.Languages() {
			body := HTML(t, server, "/"+s.Name+"?lang="+lang)
			if len(body) > pageLimit {
				t.Errorf("page %s has %d bytes of HTML, more than %d", s.Name, len(body), pageLimit)
			}
			for _, key := range bareKey.FindAllString(stripTags(body), -1) {
				t.Errorf("page %s in %s shows what looks like a key: %s", s.Name, lang, key)
			}
		}
		for _, m := range marker.FindAllStringSubmatch(HTML(t, watched, "/"+s.Name), -1) {
			seen[m[1]] = true
		}
	}
	for _, name := range names {
		if !seen[name] {
			t.Errorf("no sample executes template %q", name)
		}
	}
}

// pageLimit is how many bytes of HTML a page may have.
const pageLimit = 60_000

// HTML returns what the server answers to a path.
func HTML(t testing.TB, h http.Handler, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if strings.Contains(w.Body.String(), "could not be shown") || w.Code == http.StatusInternalServerError && !strings.Contains(path, "error") {
		t.Errorf("page %s failed: %s", path, w.Body.String())
	}
	return w.Body.String()
}

var (
	definition = regexp.MustCompile(`\{\{define "([^"]+)"( -)?\}\}`)
	marker     = regexp.MustCompile(`⟦([^⟧]+)⟧`)
	tag        = regexp.MustCompile(`<[^>]*>`)
	bareKey    = regexp.MustCompile(`(^|>|\s)(admin|agent|portal|ticket|col|form|compose|message|event|who|may|step|grant|mail|nav|view|error|status|role|part|sharing|via|filter|signin|because|people|pager|theme|new)(\.[a-z]+)+(\s|$)`)
)

func stripTags(html string) string { return tag.ReplaceAllString(html, " ") }

// defined returns the names of all templates of an area.
func defined(t *testing.T, area fs.FS) []string {
	t.Helper()
	var out []string
	files, err := fs.Glob(area, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(area, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range definition.FindAllStringSubmatch(string(data), -1) {
			out = append(out, m[1])
		}
	}
	slices.Sort(out)
	return out
}

// markers is a file system of templates that each write their own name when
// they are executed.
type markers struct{ fs.FS }

// ReadFile returns a file with the marks in it.
func (m markers) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(m.FS, name)
	if err != nil {
		return nil, err
	}
	return definition.ReplaceAll(data, []byte(`{{define "$1"}}⟦$1⟧`)), nil
}

// CheckAll looks at every sample that is a page in every look, and takes
// pictures when asked.
func CheckAll(t *testing.T, b *Browser, samples []Sample) {
	t.Helper()
	for _, s := range samples {
		if s.Part {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			b.Go(t, "/"+s.Name, Looks()["wide-light"])
			b.Examine(t, s.Name)
		})
	}
}
