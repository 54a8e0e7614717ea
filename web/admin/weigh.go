package admin

import (
	"bytes"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// weighedField is set in forms that were sent once more, after their effect
// was shown.
const weighedField = "weighed"

// errRefused ends a rehearsal that has shown the form again.
var errRefused = errors.New("the form was refused")

// A serving answers a form.
type serving func(handler, http.ResponseWriter, *http.Request) error

// weighed shows who gains and who loses what before a form is done: it serves
// the form in a rehearsal, and where anybody is touched asks once more. What
// would be refused is refused at once. A form with a password is done at once,
// as that is not to be sent back.
func (h handler) weighed(serve serving) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(r); err != nil {
			return err
		}
		if r.PostFormValue(weighedField) != "" || r.PostFormValue("password") != "" {
			return serve(h, w, r)
		}
		return h.weigh(w, r, serve, false)
	}
}

// offered is weighed for forms whose effect is shown where it is asked for, be
// it that nobody is touched.
func (h handler) offered(serve serving) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ReadForm(r); err != nil {
			return err
		}
		if r.PostFormValue("do") != "look" {
			return serve(h, w, r)
		}
		r.PostForm.Del("do")
		r.Form.Del("do")
		return h.weigh(w, r, serve, true)
	}
}

// weigh shows the effect of a form; unless always, a form that touches nobody is
// done at once.
func (h handler) weigh(w http.ResponseWriter, r *http.Request, serve serving, always bool) error {
	effect, err := h.svc.WhatIf(r.Context(), web.Actor(r), func(in *service.Service, _ desk.Actor) error {
		tried := &unsent{header: http.Header{}}
		if err := serve(handler{h.site, in}, tried, r); err != nil {
			return err
		}
		if tried.status >= http.StatusBadRequest {
			return errRefused
		}
		return nil
	})
	if errors.Is(err, errRefused) || err == nil && effect.Nothing() && !always {
		return serve(h, w, r)
	}
	if err != nil {
		return err
	}
	return h.showEffect(w, r, effect)
}

// An unsent answer goes nowhere.
type unsent struct {
	header http.Header
	body   bytes.Buffer
	status int
}

// Header returns what would be sent before the body.
func (u *unsent) Header() http.Header { return u.header }

// WriteHeader notes the status.
func (u *unsent) WriteHeader(status int) { u.status = status }

// Write notes the body.
func (u *unsent) Write(p []byte) (int, error) { return u.body.Write(p) }

func (h handler) showEffect(w http.ResponseWriter, r *http.Request, effect *service.Effect) error {
	f, err := h.frame(r, "")
	if err != nil {
		return err
	}
	page := EffectPage{Nav: f.nav, Action: r.URL.Path, Back: cameFrom(r), Effect: web.EffectOf(effect, person),
		Does: changeEvents(web.ReaderOf(r), effect.Does)}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			page.Form = append(page.Form, Sent{name, value})
		}
	}
	return h.site.Show(w, r, page.View())
}

// cameFrom returns the page of ours from which the form was sent.
func cameFrom(r *http.Request) string {
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host && strings.HasPrefix(from.Path, "/admin/") {
		return from.RequestURI()
	}
	return "/admin/"
}
