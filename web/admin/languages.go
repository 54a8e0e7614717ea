package admin

import (
	"net/http"
	"slices"

	"gatehouse/web"
)

// languagesURL is where the languages of the pages are looked at.
const languagesURL = "/admin/languages"

// textsShown is how many texts a search shows.
const textsShown = 50

// A LanguagesPage shows in which languages the desk speaks, and finds texts.
type LanguagesPage struct {
	Nav      []web.NavSection
	Rows     []LanguageRow
	Settings string
	Text     web.Field
	Searched bool
	Texts    []web.TextRow
	Names    []string // of the languages, as Texts has them
	More     bool
	Empty    web.Empty
}

// A LanguageRow is one language.
type LanguageRow struct {
	Lang           string
	Usual, Offered bool
	Texts, Missing int
}

// View makes the page ready to be shown.
func (p LanguagesPage) View() web.View {
	return web.View{Template: "admin/languages", Title: web.T("languages.title"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// languages shows how complete each language is, and finds texts by key or
// words.
func (h handler) languages(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "languages.title")
	if err != nil {
		return err
	}
	if err := partOf(f.Clocks); err != nil { // ShowConfigTab
		return err
	}
	words := r.URL.Query().Get("text")
	page := LanguagesPage{Nav: f.nav, Settings: settingsURL, Text: searchField(r), Searched: words != "", Names: web.Languages(),
		Empty: web.Empty{Icon: "search", Title: web.T("admin.empty.title"), Hint: web.T("languages.empty")}}
	offered := h.svc.Languages()
	for _, s := range web.LanguageStates() {
		page.Rows = append(page.Rows, LanguageRow{Lang: s.Lang, Usual: s.Lang == offered[0], Offered: slices.Contains(offered, s.Lang), Texts: s.Texts, Missing: len(s.Missing)})
	}
	if page.Searched {
		page.Texts, page.More = web.FindTexts(words, textsShown)
	}
	return h.site.Show(w, r, page.View())
}
