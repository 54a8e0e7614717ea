package webtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/directory"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/storetest"
	"gatehouse/transfer"
	"gatehouse/web"
)

// An Area is one package of pages.
type Area struct {
	Templates fs.FS
	Routes    func(*web.Mux, *web.Site, *service.Service)
}

// A Desk is a whole small desk on SQLite, with the pages of some areas. People,
// groups, customers and queues are known by the names that they were made with.
type Desk struct {
	*service.Service
	Site    *web.Site
	store   *store.Store
	Handler http.Handler
	Dir     string   // of its data
	Mux     *web.Mux // knows the patterns of all pages
	Sys     desk.Actor
	Who     map[string]desk.PrincipalID
	Queue   map[string]desk.QueueID
	t       testing.TB
	at      time.Time
	tokens  map[string]string                  // of sessions, by login
	jar     map[string]map[string]*http.Cookie // other cookies, by login and name
}

// NewDesk opens an empty desk at the moment Now; its clock stands still until
// Pass.
func NewDesk(t testing.TB, areas ...Area) *Desk {
	t.Helper()
	return NewDeskAt(t, "http://desk.example", areas...)
}

// NewDeskAt is NewDesk for pages at an address of one's own.
func NewDeskAt(t testing.TB, address string, areas ...Area) *Desk {
	t.Helper()
	return NewDeskWith(t, func(o *service.Options) { o.BaseURL = address }, areas...)
}

// NewDeskWith is NewDesk whose service has other options.
func NewDeskWith(t testing.TB, other func(*service.Options), areas ...Area) *Desk {
	t.Helper()
	return newDeskOn(t, "", other, areas...)
}

// NewDeskOn is NewDesk on the PostgreSQL database of that URL.
func NewDeskOn(t testing.TB, url string, areas ...Area) *Desk {
	t.Helper()
	return newDeskOn(t, url, func(*service.Options) {}, areas...)
}

func newDeskOn(t testing.TB, url string, other func(*service.Options), areas ...Area) *Desk {
	t.Helper()
	d := &Desk{t: t, at: Now(), Sys: desk.System(desk.ViaCLI), Who: map[string]desk.PrincipalID{},
		Queue: map[string]desk.QueueID{}, tokens: map[string]string{}, jar: map[string]map[string]*http.Cookie{}}
	now := func() time.Time { return d.at }
	d.Dir = storetest.DirFor(t, url)
	st, err := store.Open(t.Context(), store.Options{Dir: d.Dir, URL: url, Now: now, Migrate: true, Volatile: url == ""})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	d.store = st
	options := service.Options{Name: "Desk", Domain: "desk.example", BaseURL: "http://desk.example", Now: now,
		WriteLetters: func(n *service.News) []desk.Outgoing {
			return notify.Plan(n, notify.Desk{Name: "Desk", BaseURL: "http://desk.example", Domain: "desk.example"})
		},
		Ask: Reach().Ask, CheckDirectory: Reach().Check, TryDirectory: Reach().Try, LookFile: transfer.Look, ReadFile: transfer.ReadPlaced}
	other(&options)
	d.Service = service.New(st, options)
	var templates []fs.FS
	for _, a := range areas {
		templates = append(templates, a.Templates)
	}
	d.Site, err = web.New(web.Config{Languages: d.Service.Languages, Now: now, MaxBody: 4 << 20, Sessions: web.SessionsOf(d.Service, false, func() web.Usual { return web.Usual{} })}, templates...)
	if err != nil {
		t.Fatal(err)
	}
	mux := &web.Mux{}
	web.Routes(mux, d.Site, d.Service)
	for _, a := range areas {
		a.Routes(mux, d.Site, d.Service)
	}
	d.Mux, d.Handler = mux, d.Site.Guard(mux)
	return d
}

// Reach opens the directories of tests, which are on this machine.
func Reach() directory.Reach {
	return directory.Reach{Private: []string{"127.0.0.1", os.TempDir()}}
}

// Pass lets time go by.
func (d *Desk) Pass(long time.Duration) { d.at = d.at.Add(long) }

// Must fails the test on an error and returns the value.
func Must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// OK fails the test on an error.
func (d *Desk) OK(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// User makes an agent or contact called name, whose login is the first word of
// it in small letters, at LOGIN@HOST.
func (d *Desk) User(name, host string, kind desk.UserKind) desk.UserID {
	d.t.Helper()
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	id := Must(d.CreateUser(d.t.Context(), d.Sys, desk.User{Login: first, Name: name, Kind: kind, Addresses: []string{first + "@" + host}}))(d.t)
	d.Who[first] = desk.PrincipalID(id)
	return id
}

// Join makes somebody a member of a group or, with a part, of a customer.
func (d *Desk) Join(group, member string, part desk.Part) {
	d.t.Helper()
	d.OK(d.AddMember(d.t.Context(), d.Sys, desk.Membership{Group: d.Who[group], Member: d.Who[member], Part: part}))
}

// Group makes a group.
func (d *Desk) Group(name string) desk.GroupID {
	d.t.Helper()
	id := Must(d.CreateGroup(d.t.Context(), d.Sys, desk.Group{Name: name}))(d.t)
	d.Who[name] = desk.PrincipalID(id)
	return id
}

// Customer makes a customer.
func (d *Desk) Customer(key, name string) desk.CustomerID {
	d.t.Helper()
	id := Must(d.CreateCustomer(d.t.Context(), d.Sys, desk.Customer{Key: key, Name: name}))(d.t)
	d.Who[key] = desk.PrincipalID(id)
	return id
}

// MakeQueue makes a queue with an address.
func (d *Desk) MakeQueue(name string) desk.QueueID {
	d.t.Helper()
	id := Must(d.CreateQueue(d.t.Context(), d.Sys, desk.Queue{Name: name, Address: strings.ToLower(name) + "@desk.example"}))(d.t)
	d.Queue[name] = id
	return id
}

// Give grants rights or permissions on a place, each as the roles given.
func (d *Desk) Give(who desk.PrincipalID, as desk.RoleSet, where desk.Place, what ...string) {
	d.t.Helper()
	for _, name := range what {
		g := desk.Grant{Who: who, As: as, Place: where}
		for _, p := range desk.ShippedPermissions() {
			if p.Name == name {
				g.Permission = p.ID
			}
		}
		if r, ok := desk.ParseRight(name); ok {
			g.Right = r
		}
		Must(d.Grant(d.t.Context(), d.Sys, g))(d.t)
	}
}

// By is somebody on the web.
func (d *Desk) By(login string) desk.Actor {
	return desk.Actor{User: desk.UserID(d.Who[login]), Via: desk.ViaWeb}
}

// Password gives somebody a password to sign in with, and returns it.
func (d *Desk) Password(login string) string {
	d.t.Helper()
	password := login + " keeps three cows"
	d.OK(d.SetPassword(d.t.Context(), d.Sys, desk.UserID(d.Who[login]), "", password))
	return password
}

// Session returns the token of somebody's session. It is put into the store, as
// signing in takes long on purpose.
func (d *Desk) Session(login string) string {
	d.t.Helper()
	if token := d.tokens[login]; token != "" || login == "" {
		return token
	}
	return d.begin(login, "")
}

func (d *Desk) begin(login, way string) string {
	token := strings.ReplaceAll("session-of-"+login+way+d.at.Format("060102150405"), " ", "-")
	sum := sha256.Sum256([]byte(token))
	d.OK(d.store.Do(d.t.Context(), func(tx *store.Tx) error {
		return tx.InsertSession(d.t.Context(), &desk.Session{
			Digest: hex.EncodeToString(sum[:]), User: desk.UserID(d.Who[login]), Created: d.at, Seen: d.at, Way: way,
		})
	}))
	d.tokens[login] = token
	return token
}

// CameBy begins a new session of somebody, who came in that way: link, passkey.
func (d *Desk) CameBy(login, way string) {
	d.t.Helper()
	d.begin(login, way)
}

// Get asks for a page as somebody, or with the empty login as nobody.
func (d *Desk) Get(login, path string) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.ask(login, httptest.NewRequest(http.MethodGet, path, nil))
}

// GetWith asks for a page as somebody, with headers; names and values alternate.
func (d *Desk) GetWith(login, path string, headers ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return d.ask(login, r)
}

// Post sends a form as somebody; names and values alternate.
func (d *Desk) Post(login, path string, form ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return d.ask(login, r)
}

// PostFile sends a form with a file in the field files.
func (d *Desk) PostFile(login, path, name string, data []byte, form ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	var body bytes.Buffer
	out := multipart.NewWriter(&body)
	for i := 0; i+1 < len(form); i += 2 {
		d.OK(out.WriteField(form[i], form[i+1]))
	}
	part := Must(out.CreateFormFile("files", name))(d.t)
	_, err := part.Write(data)
	d.OK(err)
	d.OK(out.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", out.FormDataContentType())
	return d.ask(login, r)
}

func (d *Desk) ask(login string, r *http.Request) *httptest.ResponseRecorder {
	d.t.Helper()
	if token := d.Session(login); token != "" {
		r.AddCookie(&http.Cookie{Name: "gatehouse", Value: token})
	}
	for _, c := range d.jar[login] {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	d.Handler.ServeHTTP(w, r)
	d.keepCookies(login, w.Result().Cookies())
	if w.Code == http.StatusOK && w.Body.Len() > pageLimit && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		d.t.Errorf("%s has %d bytes of HTML, more than %d", r.URL.Path, w.Body.Len(), pageLimit)
	}
	return w
}

// keepCookies does with cookies what a browser does.
func (d *Desk) keepCookies(login string, cookies []*http.Cookie) {
	if d.jar[login] == nil {
		d.jar[login] = map[string]*http.Cookie{}
	}
	for _, c := range cookies {
		delete(d.jar[login], c.Name)
		if c.MaxAge >= 0 && c.Name != "gatehouse" {
			d.jar[login][c.Name] = c
		}
	}
}
