package cli

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"gatehouse/access"
	"gatehouse/bench"
	"gatehouse/config"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// mostStatements is for how many the database may be asked for one of the pages
// of TestStatementsDoNotGrow.
const mostStatements = 100

// TestStatementsDoNotGrow: pages that list people, groups, grants or tickets ask
// the database for as many statements on a desk of a thousand tickets as on one
// of four hundred.
func TestStatementsDoNotGrow(t *testing.T) {
	pages := map[string]func(*countedDesk) string{
		"users":                   func(*countedDesk) string { return "/admin/users" },
		"users who are agents":    func(*countedDesk) string { return "/admin/users?kind=agent" },
		"where one begins":        func(*countedDesk) string { return "/admin/" },
		"customers":               func(*countedDesk) string { return "/admin/customers" },
		"rules for letters":       func(*countedDesk) string { return "/admin/mail/rules" },
		"queues":                  func(*countedDesk) string { return "/admin/queues" },
		"grants":                  func(*countedDesk) string { return "/admin/grants" },
		"switches":                func(*countedDesk) string { return "/admin/switches" },
		"checkup":                 func(*countedDesk) string { return "/admin/checkup" },
		"what can be passed on":   func(*countedDesk) string { return "/agent/delegations" },
		"the largest group":       func(d *countedDesk) string { return "/admin/groups/" + d.largest(t, d.groups) },
		"an archive of a company": func(d *countedDesk) string { return "/admin/customers/" + d.largest(t, d.customers) + "/export" },
		"tickets":                 func(*countedDesk) string { return "/agent/tickets" },
	}
	small, large := newCountedDesk(t, "XS"), newCountedDesk(t, "S")
	for what, address := range pages {
		few, many := small.statements(t, address(small)), large.statements(t, address(large))
		t.Logf("%s: %d and %d", what, few, many)
		if many > few+few/5+2 {
			t.Errorf("%s: %d statements on the larger desk, %d on the smaller one", what, many, few)
		}
		if many > mostStatements {
			t.Errorf("%s: %d statements", what, many)
		}
	}
}

// A countedDesk is a desk of bench with a superuser in front of it.
type countedDesk struct {
	store             *store.Store
	pages             *httptest.Server
	session           string
	groups, customers []desk.PrincipalID
}

func newCountedDesk(t *testing.T, size string) *countedDesk {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Migrate: true, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	if err := bench.Fill(t.Context(), st, size, 1); err != nil {
		t.Fatal(err)
	}
	d := &countedDesk{store: st}
	svc := service.New(st, service.Options{Name: "Bench", BaseURL: "http://127.0.0.1", Domain: "desk.example", MinPassword: 1})
	pages, err := (&daemon{app: &app{svc: svc, conf: &config.Config{Language: "en", Zone: time.UTC}}, log: slog.New(slog.DiscardHandler)}).pages()
	if err != nil {
		t.Fatal(err)
	}
	d.pages = httptest.NewServer(pages)
	t.Cleanup(d.pages.Close)
	d.signIn(t, svc)
	return d
}

// signIn finds the superuser of the world, and what there is beside him.
func (d *countedDesk) signIn(t *testing.T, svc *service.Service) {
	t.Helper()
	if err := d.store.View(t.Context(), func(tx *store.Tx) error {
		w, err := tx.World(t.Context())
		if err != nil {
			return err
		}
		for _, g := range w.Groups {
			if g.Customer {
				d.customers = append(d.customers, g.ID)
			} else {
				d.groups = append(d.groups, g.ID)
			}
		}
		engine := access.New(w)
		for i, u := range w.Users {
			if d.session == "" && engine.Can(u.ID, desk.SuperUser, access.System()) {
				d.session = sessionOf(t, svc, "agent"+strconv.Itoa(i))
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// largest is the one with the most members.
func (d *countedDesk) largest(t *testing.T, of []desk.PrincipalID) string {
	t.Helper()
	var best desk.PrincipalID
	most := -1
	if err := d.store.View(t.Context(), func(tx *store.Tx) error {
		for _, id := range of {
			members, err := tx.MembersOf(t.Context(), id)
			if err != nil {
				return err
			}
			if len(members) > most {
				best, most = id, len(members)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return strconv.FormatInt(int64(best), 10)
}

// statements is for how many a page asks the database, when it is asked for
// again.
func (d *countedDesk) statements(t *testing.T, address string) (n int64) {
	t.Helper()
	for range 2 {
		before := d.store.Statements()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.pages.URL+address, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.AddCookie(&http.Cookie{Name: "gatehouse", Value: d.session})
		answer, err := d.pages.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d (%v)", address, answer.StatusCode, err)
		}
		_ = answer.Body.Close()
		n = d.store.Statements() - before
	}
	return n
}
