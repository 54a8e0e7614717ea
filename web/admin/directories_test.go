package admin_test

import (
	"database/sql"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	_ "modernc.org/sqlite"

	"gatehouse/desk"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// people writes a table of other people's into a file.
func people(t *testing.T, rows ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range append([]string{"CREATE TABLE people (nr, login, name, mails, firms, teams)"}, rows...) {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func row(values string) string { return "INSERT INTO people VALUES (" + values + ")" }

// hr is the form of a directory that reads the table.
func hr(path string, more ...string) []string {
	return append([]string{"kind", "sql", "name", "HR", "config-driver", "sqlite", "config-table", "people", "config-id", "nr", "config-login", "login", "config-name", "name",
		"config-addresses", "mails", "config-customers", "firms", "config-groups", "teams", "secret", path, "groups", "welders = Staff\n", "place", "1",
		"every", "1h0m0s", "keep", "0s", "max_loss", "50"}, more...)
}

// TestDirectoryByPages makes a directory, tries it, reads it and looks at whom
// it gave.
func TestDirectoryByPages(t *testing.T) {
	d := newDesk(t)
	path := people(t, row("1, 'emil', 'Emil Em', 'emil@out.example', 'acme', 'welders'"), row("2, 'fritz', '', '', 'nosuch', ''"), row("3, '', 'No Login', '', '', ''"))
	w := d.Post("root", "/admin/directories/test", hr(path)...)
	wants(t, w, 200, "It can be read", "3 people found", "Emil Em", "emil@out.example", "Staff", "1 of 3 entries have no login", "no customer nosuch", "!"+path)
	wants(t, d.Post("root", "/admin/directories/test", hr("/etc/nobody.db")...), 200, "cannot be read as it is set", "directory_hosts")
	wants(t, d.Post("root", "/admin/directories", hr(path, "config-login", "lo;gin")[2:]...), 422, "required")
	wants(t, d.Post("root", "/admin/directories", append([]string{"config-login", "lo;gin"}, hr(path)...)...), 422, "not the name of a table or column", `value="people"`, "!"+path)

	w = d.Post("root", "/admin/directories", hr(path)...)
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(at, "/admin/directories/") {
		t.Fatalf("got %d to %q: %s", w.Code, at, w.Body)
	}
	d.Post("root", at+"/sync")
	wants(t, d.Get("root", at), 200, "It is read in a moment", "every 2s")
	if worked, err := webtest.Reach().Step(t.Context(), d.Service); err != nil || !worked {
		t.Fatal(worked, err)
	}
	wants(t, d.Get("root", at), 200, "works, 2 refused", "fritz: There is no customer nosuch.", "every hour", "!every 2s", "!"+path)
	wants(t, d.Get("root", "/admin/directories"), 200, "HR", "works, 2 refused")

	emil := webtest.Must(d.Find(t.Context(), d.Sys, "user:emil"))(t)
	page := d.Get("root", "/admin/users/"+strconv.FormatInt(int64(emil), 10))
	wants(t, page, 200, "comes from the directory HR")
	if n := strings.Count(page.Body.String(), " readonly"); n != 3 {
		t.Errorf("%d fields are read-only, want login, name and addresses", n)
	}
}

var seenMark = regexp.MustCompile(`name="seen" value="(\w+)"`)

// TestDirectoryIsChangedOnce: a form that is out of date is refused and keeps
// what was typed, the secret stays unless the settings change, and a disabled
// directory is not read.
func TestDirectoryIsChangedOnce(t *testing.T) {
	d := newDesk(t)
	path := people(t)
	at := d.Post("root", "/admin/directories", hr(path)...).Header().Get("Location")
	seen := seenMark.FindStringSubmatch(d.Get("root", at).Body.String())[1]
	mine := append([]string{"seen", seen}, hr("")...)
	wants(t, d.Post("root", at, append([]string{"place", "7"}, mine...)...), 303)
	wants(t, d.Post("root", at, mine...), 409, "Somebody changed this")
	seen = seenMark.FindStringSubmatch(d.Get("root", at).Body.String())[1]
	wants(t, d.Post("root", at, append([]string{"seen", seen, "config-table", "salaries"}, hr("")...)...), 422, "give its password or address again")
	wants(t, d.Post("root", at+"/test", append([]string{"config-table", "salaries"}, hr("")...)...), 422, "give its password or address again")
	wants(t, d.Post("root", at+"/disable"), 303)
	wants(t, d.Post("root", at+"/sync"), 409, "enable it first")
	for _, login := range []string{"uma", "carl", "ann"} {
		for _, path := range []string{at, at + "/test", at + "/disable", "/admin/directories", "/admin/directories/test"} {
			if w := d.Post(login, path, hr("x")...); w.Code != http.StatusNotFound {
				t.Errorf("%s posts to %s: %d", login, path, w.Code)
			}
		}
	}
}

// TestADirectoryThatIsDown stops nobody who is signed in and breaks no list.
func TestADirectoryThatIsDown(t *testing.T) {
	d := webtest.NewDesk(t, webtest.Area{Templates: admin.Templates, Routes: admin.Routes})
	d.User("Root", "desk.example", desk.Agent)
	d.Give(d.Who["root"], 0, desk.OnSystem(), "SuperUser")
	d.Customer("acme", "Acme Robotics")
	path := people(t, row("1, 'emil', 'Emil Em', 'emil@out.example', 'acme', ''"))
	d.Group("Staff")
	at := d.Post("root", "/admin/directories", hr(path)...).Header().Get("Location")
	d.Post("root", at+"/sync")
	webtest.Must(webtest.Reach().Step(t.Context(), d.Service))(t)
	d.Who["emil"] = webtest.Must(d.Find(t.Context(), d.Sys, "user:emil"))(t)
	stays(t, d, "emil")

	list := webtest.Must(d.Directories(t.Context(), d.Sys))(t)
	list[0].Kind, list[0].Config = "ldap", `{"url":"ldap://127.0.0.1:1","base":"dc=x"}`
	webtest.Must(d.SaveDirectory(t.Context(), d.Sys, list[0]))(t)
	d.Post("root", at+"/sync")
	webtest.Must(webtest.Reach().Step(t.Context(), d.Service))(t)
	wants(t, d.Get("root", at), 200, "failed", "does not answer")
	wants(t, d.Get("root", "/admin/users"), 200, "Emil Em")
	wants(t, d.Get("root", "/admin/customers/"+strconv.FormatInt(int64(d.Who["acme"]), 10)), 200, "Emil Em")
	stays(t, d, "emil")
	wants(t, d.Post("", "/sign-in", "login", "root", "password", d.Password("root")), 303)
	wants(t, d.Post("", "/sign-in", "login", "emil", "password", "x"), 503, "minutes")
}

// stays fails if somebody is not signed in any more.
func stays(t *testing.T, d *webtest.Desk, login string) {
	t.Helper()
	if w := d.Get(login, "/"); w.Header().Get("Location") != "/portal/" {
		t.Errorf("%s is sent to %q, want to the portal", login, w.Header().Get("Location"))
	}
}

// TestDirectoryStory fills a form in with a browser, tries it, which leaves what
// was typed where it is, and saves.
func TestDirectoryStory(t *testing.T) {
	d := newDesk(t)
	path := people(t, row("1, 'emil', 'Emil Em', 'emil@out.example', 'acme', ''"))
	password := d.Password("root")
	b := webtest.Open(t, d.Handler)
	b.Go(t, "/admin/directories/new?kind=sql", webtest.Looks()["wide-light"])
	b.Do(t, chromedp.SetValue("#f-login", "root"), chromedp.SetValue("#f-password", password))
	b.Press(t, "Sign in")
	for name, value := range map[string]string{"name": "HR", "config-driver": "sqlite", "config-table": "people", "config-login": "login", "config-name": "name", "secret": path} {
		b.Do(t, chromedp.SetValue("#f-"+name, value))
	}
	b.Do(t, chromedp.Click("button[formaction]"), chromedp.WaitVisible("#trial h2"))
	b.Says(t, "It can be read", "1 people found", "Emil Em")
	if typed := webtest.Value[string](t, b, `document.querySelector("#f-secret").value`); typed != path {
		t.Errorf("after trying, the secret is %q", typed)
	}
	if at := webtest.Value[string](t, b, `document.activeElement.id`); at != "trial-title" {
		t.Errorf("the focus is on %q, want on what was found", at)
	}
	b.Examine(t, "story-directory-tried")
	b.Press(t, "Save")
	b.Says(t, "HR was saved", "not read yet")
	b.Press(t, "Read now")
	b.Says(t, "It is read in a moment")
	if worked, err := webtest.Reach().Step(t.Context(), d.Service); err != nil || !worked {
		t.Fatal(worked, err)
	}
	b.Do(t, chromedp.WaitVisible("#progress table"))
	b.Says(t, "works")
	b.Examine(t, "story-directory-read")
}
