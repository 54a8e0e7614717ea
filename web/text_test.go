package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var verb = regexp.MustCompile(`%[a-z]`)

// TestCatalogues compares the languages: the same keys, and the same things
// to put into each text.
func TestCatalogues(t *testing.T) {
	base := all(t, Languages()[0])
	for _, lang := range Languages()[1:] {
		other := all(t, lang)
		for key, text := range base {
			if _, ok := other[key]; !ok {
				t.Errorf("language %s lacks %q", lang, key)
			}
			if got, want := verb.FindAllString(other[key], -1), verb.FindAllString(text, -1); !slices.Equal(got, want) {
				t.Errorf("%s %q takes %v, want %v", lang, key, got, want)
			}
		}
		for key := range other {
			if _, ok := base[key]; !ok {
				t.Errorf("only language %s has %q", lang, key)
			}
		}
	}
}

// all returns the texts of a language; a key stands in one area only.
func all(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, area := range catalogues()[lang].areas {
		for key, text := range area {
			if _, ok := out[key]; ok {
				t.Errorf("language %s has %q twice", lang, key)
			}
			out[key] = text
		}
	}
	return out
}

// Keys are what templates give to t, n, field and crumb, and what Go code
// gives to T and to.
var (
	inTemplate = regexp.MustCompile(`\b(t|n|field|crumb)\b[^{}"]*(?:"[^"{}]*"\s*)*`)
	inGo       = regexp.MustCompile(`\b(?:T|to)\("([^"]+)"`)
	quoted     = regexp.MustCompile(`"([a-z][a-z.]*)"`)
)

// TestKeysExist looks up every key that a template or the pages' code names.
func TestKeysExist(t *testing.T) {
	texts := all(t, Languages()[0])
	for _, file := range sources(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range uses(file, string(data)) {
			_, one := texts[use.key]
			_, many := texts[use.key+".many"]
			if use.counted && !many || !use.counted && !one {
				t.Errorf("%s uses %q, which no catalogue has", file, use.key)
			}
		}
	}
}

type use struct {
	key     string
	counted bool
}

func uses(file, text string) []use {
	var out []use
	if strings.HasSuffix(file, ".go") {
		for _, m := range inGo.FindAllStringSubmatch(text, -1) {
			if !strings.HasSuffix(m[1], ".") {
				out = append(out, use{m[1], false})
			}
		}
		return out
	}
	for _, m := range inTemplate.FindAllStringSubmatch(text, -1) {
		for _, q := range quoted.FindAllStringSubmatch(m[0], -1) {
			if strings.Contains(q[1], ".") {
				out = append(out, use{q[1], m[1] == "n"})
			}
		}
	}
	return out
}

// sources are the templates and the code of all pages.
func sources(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.go", "templates/*.html", "*/*.go", "*/templates/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, files...)
	}
	return slices.DeleteFunc(out, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
}

// TestTimes writes moments briefly.
func TestTimes(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC) // the 23rd in Berlin
	for _, tt := range []struct {
		why         string
		at          time.Time
		en, de, at2 string
	}{
		{"today, where the reader is", now.Add(-10 * time.Minute).In(berlin), "00:20", "00:20", "00:20"},
		{"yesterday, where the reader is", now.Add(-time.Hour).In(berlin), "22 Nov", "22.11.", "22 Nov, 23:30"},
		{"last year", time.Date(2025, 3, 1, 8, 0, 0, 0, berlin), "1 Mar 2025", "01.03.2025", "1 Mar 2025, 08:00"},
	} {
		en, de := catalogues()["en"], catalogues()["de"]
		if got := en.short(tt.at, now); got != tt.en {
			t.Errorf("%s: got %q, want %q", tt.why, got, tt.en)
		}
		if got := de.short(tt.at, now); got != tt.de {
			t.Errorf("%s in German: got %q, want %q", tt.why, got, tt.de)
		}
		if got := en.moment(tt.at, now); got != tt.at2 {
			t.Errorf("%s with its time: got %q, want %q", tt.why, got, tt.at2)
		}
	}
}

// TestSay translates texts within texts.
func TestSay(t *testing.T) {
	de := catalogues()["de"]
	if got, want := de.say(T("event.status", T("status.new"), Plain("eigen"))), "hat den Status von Neu auf eigen gesetzt"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := de.count("compose.send", 1), "An 1 Person senden"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// scriptLimit is how many bytes of script a page may load, compressed.
const scriptLimit = 80_000

// TestAssets serves each file under its hash, for ever, and keeps script
// small.
func TestAssets(t *testing.T) {
	a, err := newAssets(assetFiles)
	if err != nil {
		t.Fatal(err)
	}
	script := 0
	for name, url := range a.urls {
		r := httptest.NewRequest("GET", url, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		a.ServeHTTP(w, r)
		h := w.Header()
		if w.Code != 200 || h.Get("Content-Encoding") != "gzip" || !strings.Contains(h.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: got %d with %v", name, w.Code, h)
		}
		if strings.HasSuffix(name, ".js") {
			script += w.Body.Len()
		}
	}
	if script > scriptLimit {
		t.Errorf("script is %d bytes compressed, more than %d", script, scriptLimit)
	}
	for path, want := range map[string]int{"/assets/app.000000000000.css": 200, "/assets/app.css": 404, "/assets/x.000000000000.css": 404, "/assets/": 404} {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != want || want == 200 && w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: got %d with %v, want %d and nothing kept of another version", path, w.Code, w.Header(), want)
		}
	}
}

// TestVendored pins what others wrote.
func TestVendored(t *testing.T) {
	for name, want := range map[string]string{
		"assets/vendor/htmx-4.0.1.min.js": "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
	} {
		data, err := fs.ReadFile(assetFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s has hash %s, want %s", name, got, want)
		}
	}
}

// TestNothingInline keeps script and style out of the pages, where the policy
// would stop them.
func TestNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\son[a-z]+=|\sstyle=|<style|<script[^>]*>[^<]|hx-on`)
	for _, file := range sources(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bad := inline.Find(data); strings.HasSuffix(file, ".html") && bad != nil {
			t.Errorf("%s has %q", file, bad)
		}
	}
}

// TestIconsExist looks up every icon that a template or a page names.
func TestIconsExist(t *testing.T) {
	sprite, err := fs.ReadFile(assetFiles, "assets/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\{\{template "icon" "([a-z]+)"`)
	for _, file := range sources(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(data), -1) {
			if !strings.Contains(string(sprite), `id="`+m[1]+`"`) {
				t.Errorf("%s uses icon %q, which icons.svg lacks", file, m[1])
			}
		}
	}
}
