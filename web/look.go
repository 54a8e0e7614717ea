package web

import (
	"net/http"
	"slices"
	"strings"
)

// A look is how one browser shows pages, whoever is signed in: kept in a
// cookie of the form THEME.LANG, where each may be empty.
type look struct{ theme, lang string }

const lookName = "gatehouse-look"

// lookOf reads the look of a request; what is not known counts as not chosen.
func lookOf(r *http.Request) look {
	c, err := r.Cookie(lookName)
	if err != nil {
		return look{}
	}
	theme, rest, _ := strings.Cut(c.Value, ".")
	lang, _, _ := strings.Cut(rest, ".") // older ones said more
	return look{theme, lang}.checked()
}

func (l look) checked() look {
	if l.theme != "light" && l.theme != "dark" {
		l.theme = ""
	}
	if !slices.Contains(Languages(), l.lang) {
		l.lang = ""
	}
	return l
}

func (s *Site) lookCookie(l look) *http.Cookie {
	l = l.checked()
	return &http.Cookie{
		Name: lookName, Value: l.theme + "." + l.lang, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: s.config.Sessions.Secure, SameSite: http.SameSiteLaxMode,
	}
}

// dress gives the reader the look of his browser, in a language that the desk
// offers.
func (s *Site) dress(reader Reader, r *http.Request) Reader {
	l := lookOf(r)
	if l.lang != "" {
		reader.Lang = l.lang
	}
	if l.theme != "" {
		reader.Theme = l.theme
	}
	if reader.Lang == "" {
		reader.Lang = langOf(r)
	}
	if offered := s.languages(); !slices.Contains(offered, reader.Lang) {
		reader.Lang = offered[0]
	}
	return reader
}

// languages are those that the desk offers, the usual one first.
func (s *Site) languages() []string {
	if s.config.Languages != nil {
		return s.config.Languages()
	}
	return Languages()
}
