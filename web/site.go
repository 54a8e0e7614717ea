// Package web is the frame of Gatehouse's pages: layout and parts, texts,
// style and script, sessions, forms, security headers and error pages.
//
// The pages themselves live in web/agent, web/portal and web/admin, one
// package for each audience. A page is a typed struct that is ready to be
// shown; handlers return errors, and Site.Page shows them. Every page is a
// plain page with links and forms that works without script.
//
// The package decides no rights and reads no store: whatever a page says was
// answered by package service.
package web

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gatehouse/desk"
)

// Config is what a Site needs to know.
type Config struct {
	Product   func() string   // what the desk calls itself; nil: Gatehouse
	Languages func() []string // in which the pages speak, the usual one first; nil: all
	Hosts     []string        // names under which it may be asked for; empty: any
	Sessions  Sessions
	MaxBody   int64 // bytes of a form with its files; zero: 32 MB
	Log       *slog.Logger
	Now       func() time.Time // nil: time.Now
}

// A Site shows pages.
type Site struct {
	config Config
	pages  pages
	assets *assets
	offers []Offer
}

// New makes a site of the shared templates and those of the given areas.
func New(c Config, areas ...fs.FS) (*Site, error) {
	if c.Product == nil {
		c.Product = func() string { return "Gatehouse" }
	}
	if c.MaxBody == 0 {
		c.MaxBody = 32 << 20
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	files, err := newAssets(assetFiles)
	if err != nil {
		return nil, err
	}
	parsed, err := parsePages(files.urls, c.Now, append([]fs.FS{Templates()}, areas...))
	if err != nil {
		return nil, err
	}
	return &Site{config: c, pages: parsed, assets: files}, nil
}

// Page makes a handler of a function that returns its error. An error becomes
// a page of its own, with the status of its kind.
func (s *Site) Page(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// Show answers with a page. It is written out only when the whole of it went
// well.
func (s *Site) Show(w http.ResponseWriter, r *http.Request, v View) error {
	reader := s.dress(ReaderOf(r), r)
	area, _, _ := strings.Cut(v.Template, "/")
	doc := Doc{
		View: v, Reader: reader, Product: s.config.Product(), Area: area, Languages: s.languages(),
		Notices: append(s.takeNotices(w, r), v.Notices...), Path: r.URL.RequestURI(),
	}
	var out bytes.Buffer
	if err := s.pages.write(&out, doc); err != nil {
		return desk.Wrap(desk.Internal, err, "This page could not be shown.")
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	if v.Status != 0 {
		w.WriteHeader(v.Status)
	}
	_, err := w.Write(out.Bytes())
	if err != nil {
		s.config.Log.Debug("page not delivered", "page", v.Template, "err", err)
	}
	return nil
}

// Assets serves style, script and icons below /assets/.
func (s *Site) Assets() http.Handler { return s.assets }

// DeviceScript serves GET /device.js.
func (s *Site) DeviceScript() http.Handler { return http.HandlerFunc(s.assets.serveDevice) }

// StatusOf is the HTTP status of a kind of error: the one table that there is.
func StatusOf(kind desk.Kind) int {
	switch kind {
	case desk.Invalid:
		return http.StatusUnprocessableEntity
	case desk.NotFound:
		return http.StatusNotFound
	case desk.Forbidden:
		return http.StatusForbidden
	case desk.Unauthenticated:
		return http.StatusUnauthorized
	case desk.Conflict:
		return http.StatusConflict
	case desk.TooLarge:
		return http.StatusRequestEntityTooLarge
	case desk.TooMany:
		return http.StatusTooManyRequests
	case desk.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail answers with the page of an error. Who is not signed in is led to the
// sign-in page and comes back from there.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	kind := desk.KindOf(err)
	if kind == desk.Internal {
		s.config.Log.Error("page failed", "request", RequestID(r), "path", r.URL.Path, "err", err)
	}
	if kind == desk.Unauthenticated && r.Method == http.MethodGet {
		http.Redirect(w, r, "/sign-in?next="+queryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if r.Method == http.MethodPost && r.PostForm == nil && kind == desk.Unauthenticated {
		_ = ReadForm(r) // the session ended while he typed; what cannot be read cannot be given back
	}
	page := ErrorPage{Kind: kind, Sentence: desk.Sentence(err), RequestID: RequestID(r), Kept: kept(r)}
	if from, parseErr := url.Parse(r.Referer()); parseErr == nil && kind == desk.Unauthenticated {
		page.SignIn = "/sign-in?next=" + queryEscape(LocalPath(from.RequestURI(), "/"))
	}
	if showErr := s.Show(w, r, page.View()); showErr != nil {
		s.config.Log.Error("error page failed", "request", RequestID(r), "err", showErr)
		http.Error(w, fmt.Sprintf("Something went wrong on our side (request %s).", RequestID(r)), http.StatusInternalServerError)
	}
}
