package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatehouse/api"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// A house is a small desk with its interface. Acme and Globex are customers;
// anna and otto work at the desk, otto with no right at all; bob and bea are
// of Acme, gus is of Globex. Ticket 1 is Acme's, with a comment and two files.
type house struct {
	*service.Service
	t       *testing.T
	handler http.Handler
	system  desk.Actor
	users   map[string]desk.UserID
	tokens  map[string]string

	acme, globex   desk.CustomerID
	team           desk.GroupID
	support, inner desk.QueueID
	acmes          desk.TicketID
	hidden         int64 // from this number on people and companies are hidden
}

func newHouse(t *testing.T) *house {
	t.Helper()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	now := func() time.Time { at = at.Add(time.Second); return at }
	st, err := store.Open(t.Context(), store.Options{Dir: storetest.Dir(t), Migrate: true, Volatile: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	svc := service.New(st, service.Options{Name: "Desk", Domain: "desk.example", BaseURL: "http://desk.example", Now: now})
	h := &house{Service: svc, t: t, handler: api.New(svc, api.Options{}), system: desk.System(desk.ViaCLI),
		users: map[string]desk.UserID{}, tokens: map[string]string{}}
	h.furnish()
	return h
}

// must fails the test on an error and returns the value.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) furnish() {
	t, ctx := h.t, h.t.Context()
	h.person("root", desk.Agent)
	h.person("anna", desk.Agent)
	h.person("otto", desk.Agent)
	h.team = must(h.CreateGroup(ctx, h.system, desk.Group{Name: "Team"}))(t)
	h.ok(h.AddMember(ctx, h.system, desk.Membership{Group: desk.PrincipalID(h.team), Member: h.who("anna")}))
	h.support = must(h.CreateQueue(ctx, h.system, desk.Queue{Name: "support", Address: "support@desk.example"}))(t)
	h.inner = must(h.CreateQueue(ctx, h.system, desk.Queue{Name: "inner"}))(t)
	replace := desk.Presences{Requestor: desk.PresenceReplace}
	h.acme = must(h.CreateCustomer(ctx, h.system, desk.Customer{Key: "acme", Name: "Acme", Presences: replace}))(t)
	h.globex = must(h.CreateCustomer(ctx, h.system, desk.Customer{Key: "globex", Name: "Globex", Presences: replace}))(t)
	h.contact("bob", h.acme)
	h.contact("bea", h.acme)
	h.contact("gus", h.globex)
	h.grant(h.who("root"), 0, desk.OnSystem(), desk.SuperUser)
	h.grant(desk.PrincipalID(h.team), 0, desk.OnQueue(h.support), desk.SeeQueue, desk.CreateTicket, desk.ShowTicket, desk.ShowTicketComments,
		desk.ReplyToTicket, desk.CommentOnTicket, desk.OwnTicket, desk.ModifyTicket)
	h.grant(desk.Everyone, 0, desk.OnQueue(h.support), desk.SeeQueue, desk.CreateTicket)
	h.grant(desk.Everyone, desk.RolesOf(desk.Requestor), desk.OnQueue(h.support), desk.ShowTicket, desk.ReplyToTicket)
	h.acmes = must(h.OpenTicket(ctx, h.as("bob"), service.NewTicket{Queue: h.support, Subject: "Printer on fire", Text: "It burns.",
		Files: []desk.Attachment{{Name: "photo.png", Type: "image/png", Data: []byte("<script>1</script>")}}}))(t)
	must(h.Write(ctx, h.as("anna"), service.NewMessage{Ticket: h.acmes, Kind: desk.Comment, Text: "Secret thought.",
		Files: []desk.Attachment{{Name: "notes.txt", Type: "text/plain", Data: []byte("internal")}}}))(t)
}

func (h *house) person(login string, kind desk.UserKind) {
	id := must(h.CreateUser(h.t.Context(), h.system, desk.User{Login: login, Name: strings.ToUpper(login[:1]) + login[1:], Kind: kind,
		Addresses: []string{login + "@example.org"}}))(h.t)
	h.users[login] = id
	h.tokens[login] = must(h.CreateToken(h.t.Context(), h.system, service.NewToken{User: id, Name: "test"}))(h.t)
}

func (h *house) contact(login string, customer desk.CustomerID) {
	h.person(login, desk.Contact)
	h.ok(h.AddMember(h.t.Context(), h.system, desk.Membership{Group: desk.PrincipalID(customer), Member: h.who(login), Part: desk.PartMember, Primary: true}))
}

func (h *house) grant(who desk.PrincipalID, as desk.RoleSet, place desk.Place, rights ...desk.Right) {
	for _, r := range rights {
		must(h.Grant(h.t.Context(), h.system, desk.Grant{Who: who, As: as, Right: r, Place: place}))(h.t)
	}
}

func (h *house) who(login string) desk.PrincipalID { return desk.PrincipalID(h.users[login]) }

func (h *house) as(login string) desk.Actor {
	return desk.Actor{User: h.users[login], Via: desk.ViaAPI}
}

// A response is what the interface answered.
type response struct {
	*http.Response
	body string
}

// ask sends a request: "GET /tickets" with a body that is sent as JSON, or as
// it is if it is a string. An empty login sends no token.
func (h *house) ask(login, request string, body any, headers ...string) response {
	h.t.Helper()
	method, path, _ := strings.Cut(request, " ")
	var sent io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		sent = strings.NewReader(b)
	default:
		raw, err := json.Marshal(body)
		h.ok(err)
		sent = bytes.NewReader(raw)
	}
	if !strings.HasPrefix(path, api.Base) {
		path = api.Base + path
	}
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, sent)
	if login != "" {
		r.Header.Set("Authorization", "Bearer "+h.tokens[login])
	}
	if sent != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return response{w.Result(), w.Body.String()}
}

// want asks and fails unless the status is the one wanted; it returns the body.
func (h *house) want(status int, login, request string, body any, headers ...string) string {
	h.t.Helper()
	got := h.ask(login, request, body, headers...)
	if got.StatusCode != status {
		h.t.Fatalf("%s as %q: got %d, want %d: %s", request, login, got.StatusCode, status, got.body)
	}
	return got.body
}

// read asks for JSON and decodes it.
func read[T any](h *house, login, request string) T {
	h.t.Helper()
	var v T
	if err := json.Unmarshal([]byte(h.want(http.StatusOK, login, request, nil)), &v); err != nil {
		h.t.Fatal(err)
	}
	return v
}

// made posts and returns the id of what was made.
func (h *house) made(login, request string, body any, headers ...string) int64 {
	h.t.Helper()
	var v api.Created
	if err := json.Unmarshal([]byte(h.want(http.StatusCreated, login, request, body, headers...)), &v); err != nil {
		h.t.Fatal(err)
	}
	return v.ID
}

func at[T ~int64](path string, id T) string {
	return strings.ReplaceAll(path, "{id}", strconv.FormatInt(int64(id), 10))
}

type object = map[string]any
