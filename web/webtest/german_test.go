package webtest_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gatehouse/web"
)

// Words that no German text has, and that hardly any English sentence lacks.
var englishWord = regexp.MustCompile(`(?i)\b(the|of|is|and|to|are|with|for|by|who|which|from|not|no|or|this|that|it|all|you|your|has|itself)\b`)

// A key is what a page shows where a text is missing.
var bareKey = regexp.MustCompile(`^[a-z]+(\.[a-z_]+)+$`)

// shownTexts are the texts of a page as a reader sees them, and those that are
// read to him: not what stands in code, in fields of forms and in letters.
func shownTexts(t *testing.T, page string) map[string]bool {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "code", "pre", "script", "style", "textarea", "title", "bdi":
				return
			}
			for _, a := range n.Attr {
				if a.Key == "aria-label" || a.Key == "title" || a.Key == "placeholder" {
					texts[strings.Join(strings.Fields(a.Val), " ")] = true
				}
			}
		}
		if n.Type == html.TextNode {
			texts[strings.Join(strings.Fields(n.Data), " ")] = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return texts
}

// inLanguage is a page for somebody who chose a language on it.
func (w *whole) inLanguage(p shown, lang string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://desk.example"+p.path, nil)
	r.AddCookie(&http.Cookie{Name: "gatehouse-look", Value: "." + lang})
	if p.login != "" {
		r.AddCookie(&http.Cookie{Name: "gatehouse", Value: w.Session(p.login)})
	}
	out := httptest.NewRecorder()
	w.Handler.ServeHTTP(out, r)
	return out
}

// TestNoEnglishOnGermanPages: what a page says in the same English words to a
// German reader was forgotten, unless people of the desk wrote it; and no page
// says the key of a text instead of the text.
func TestNoEnglishOnGermanPages(t *testing.T) {
	w := rich(t)
	seen := map[string]bool{}
	for _, p := range w.shownPages() {
		german := w.inLanguage(p, "de")
		if german.Code >= http.StatusBadRequest || !strings.HasPrefix(german.Header().Get("Content-Type"), "text/html") {
			continue
		}
		english := shownTexts(t, w.inLanguage(p, "en").Body.String())
		for text := range shownTexts(t, german.Body.String()) {
			if seen[text] {
				continue
			}
			seen[text] = true
			if written(text) {
				continue
			}
			if bareKey.MatchString(text) {
				t.Errorf("%s says the key %q", p.path, text)
			}
			if english[text] && englishWord.MatchString(text) {
				t.Errorf("%s says %q in German too", p.path, text)
			}
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d texts were seen", len(seen))
	}
}

// written reports whether people of this desk wrote a text, which no language
// changes: what is a secret of one of them, files, addresses and the subjects of
// letters. Nor does one change the words of queries, all in capitals.
func written(text string) bool {
	return strings.Contains(strings.ToLower(text), "secret") || strings.HasSuffix(text, ".txt") || strings.Contains(text, ".example") ||
		text == "Your account at Desk was changed" || text == strings.ToUpper(text)
}

// TestHandlersSpeakTheLanguageOfThePage: what the code of a page says and what
// its template says is one language, that of the button at its end.
func TestHandlersSpeakTheLanguageOfThePage(t *testing.T) {
	w := rich(t)
	w.Get("root", "/account")
	page := w.inLanguage(shown{"root", "/admin/"}, "de").Body.String()
	for _, says := range []string{web.Reader{Lang: "de"}.Say(web.T("admin.overview")), web.Reader{Lang: "de"}.Say(web.T("admin.system"))} {
		if !strings.Contains(page, says) {
			t.Errorf("the German page does not say %q", says)
		}
	}
	if english := (web.Reader{Lang: "en"}).Say(web.T("admin.system")); strings.Contains(page, english) {
		t.Errorf("the German page says %q", english)
	}
}
