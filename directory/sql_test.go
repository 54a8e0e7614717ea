package directory_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"gatehouse/desk"
	"gatehouse/directory"
	"gatehouse/store/pgtest"
)

// people makes a table of people, one of them disabled, and returns what to do
// with it.
func people(t *testing.T, db *sql.DB, place func(int) string) {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte("secret of bob"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`CREATE TABLE people (nr INT PRIMARY KEY, login VARCHAR(99), name VARCHAR(99), mails VARCHAR(200), firms VARCHAR(200), teams VARCHAR(200), pw VARCHAR(99), gone INT)`,
		`INSERT INTO people VALUES (1, 'bob', 'Bob O''Baker', 'bob@acme.example b@acme.example', 'acme;bolt', 'welders', '` + string(hash) + `', NULL)`,
		`INSERT INTO people VALUES (2, 'mei', 'Mei', 'mei@acme.example', 'acme', '', '', 0)`,
		`INSERT INTO people VALUES (3, 'zed', NULL, NULL, 'nowhere', NULL, NULL, 1)`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for i := 10; i < 1200; i++ {
		if _, err := tx.Exec(`INSERT INTO people (nr, login) VALUES (`+place(1)+`, `+place(2)+`)`, i, fmt.Sprintf("p%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// TestSQL: the same table in each kind of database is the same directory.
func TestSQL(t *testing.T) {
	question := func(int) string { return "?" }
	for _, tt := range []struct {
		driver, name string
		open         func(t *testing.T) (secret string)
		place        func(int) string
	}{
		{"sqlite", "sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "people ?#%.db") }, question},
		{"postgres", "pgx", func(t *testing.T) string { return pgtest.NewDatabase(t) }, func(n int) string { return fmt.Sprintf("$%d", n) }},
		{"mysql", "mysql", func(t *testing.T) string { return startMariaDB(t) }, question},
	} {
		t.Run(tt.driver, func(t *testing.T) {
			secret := tt.open(t)
			dsn := secret
			if tt.driver == "sqlite" {
				dsn = strings.NewReplacer("?", "%3f", "#", "%23", "%", "%25").Replace("file:" + secret)
			}
			db, err := sql.Open(tt.name, dsn)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			people(t, db, tt.place)
			likeAnyTable(t, db, tt.driver, secret)
		})
	}
}

func likeAnyTable(t *testing.T, db *sql.DB, driver, secret string) {
	h := newHouse(t)
	welders, err := h.CreateGroup(h.ctx, h.sys, desk.Group{Name: "Welders"})
	h.ok(err)
	id := h.save(desk.Directory{Name: "HR", Kind: "sql", Secret: secret, MaxLoss: 10, Groups: []desk.DirectoryGroup{{Theirs: "welders", Ours: welders}},
		Config: config(t, directory.SQL{Driver: driver, Table: "people", ID: "nr", Login: "login", Name: "name", Addresses: "mails", Customers: "firms", Groups: "teams", Password: "pw", Disabled: "gone"})})
	if r := h.sync(id, false); r.State != desk.SyncDone || r.Read != 1193 || r.Bad != 0 {
		t.Fatalf("got %+v", r)
	}
	if u, in := h.user("bob"); u.Name != "Bob O'Baker" || len(u.Addresses) != 2 || in != "Welders by HR, acme by HR, bolt by HR" {
		t.Errorf("bob is %+v in %s", u, in)
	}
	if u, _ := h.user("zed"); !u.Disabled {
		t.Error("zed is enabled")
	}
	for _, tt := range []struct {
		login, password string
		want            desk.Kind
	}{
		{"bob", "secret of bob", 0}, {"BOB", "secret of bob", 0}, {"b@acme.example", "secret of bob", 0},
		{"bob", "wrong", desk.Unauthenticated}, {"bob", "", desk.Unauthenticated}, {"mei", "", desk.Unauthenticated},
		{"' OR '1'='1", "secret of bob", desk.Unauthenticated}, {`bob\`, "secret of bob", desk.Unauthenticated}, {"zed", "x", desk.Unauthenticated},
	} {
		if _, err := h.SignIn(h.ctx, tt.login, tt.password, "", tt.login+tt.password); desk.KindOf(err) != tt.want {
			t.Errorf("%q with %q: got %v, want kind %d", tt.login, tt.password, err, tt.want)
		}
	}
	if _, err := db.Exec(`DELETE FROM people WHERE login = 'mei'`); err != nil {
		t.Fatal(err)
	}
	if r := h.sync(id, false); r.Gone != 1 {
		t.Errorf("mei left: %+v", r)
	}
	if _, err := db.Exec(`DROP TABLE people`); err != nil {
		t.Fatal(err)
	}
	if r := h.sync(id, true); r.State != desk.SyncFailed || r.Gone != 0 || strings.Contains(r.Text, "correct") {
		t.Errorf("without its table: %+v", r)
	}
}

// TestSecretsStayHidden: who administers directories sees everything but the
// secret, and cannot have it sent elsewhere.
func TestSecretsStayHidden(t *testing.T) {
	h := newHouse(t)
	adam, err := h.CreateUser(h.ctx, h.sys, desk.User{Login: "adam", Kind: desk.Agent})
	h.ok(err)
	for _, r := range []desk.Right{desk.AdminSettings, desk.AdminUsers, desk.AdminCustomers, desk.ShowAudit} {
		_, err := h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.PrincipalID(adam), Right: r, Place: desk.OnSystem()})
		h.ok(err)
	}
	by := desk.Actor{User: adam, Via: desk.ViaWeb}
	d := desk.Directory{Name: "LDAP", Kind: "ldap", Secret: "very secret", Config: config(t, directory.LDAP{URL: "ldap://192.0.2.1", BindDN: "cn=x", Base: "dc=x"})}
	id, err := h.SaveDirectory(h.ctx, by, d)
	h.ok(err)
	list, err := h.Directories(h.ctx, by)
	h.ok(err)
	one, err := h.Directory(h.ctx, by, id)
	h.ok(err)
	log, _, err := h.AuditLog(h.ctx, by, auditAll)
	h.ok(err)
	if text := fmt.Sprint(list, one, log); strings.Contains(text, "very secret") {
		t.Errorf("the secret is in %s", text)
	}
	one.Place, one.Secret = 3, ""
	_, err = h.SaveDirectory(h.ctx, by, *one)
	h.ok(err)
	one.Config = config(t, directory.LDAP{URL: "ldap://203.0.113.66", BindDN: "cn=x", Base: "dc=x"})
	if _, err := h.SaveDirectory(h.ctx, by, *one); desk.KindOf(err) != desk.Invalid {
		t.Errorf("another server without the password: got %v, want it refused", err)
	}
	full, err := h.Directory(h.ctx, h.sys, id)
	h.ok(err)
	if full.Secret != "very secret" {
		t.Errorf("the secret is %q", full.Secret)
	}
}
