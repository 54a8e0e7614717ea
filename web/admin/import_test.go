package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/web"
	"gatehouse/web/admin"
	"gatehouse/web/webtest"
)

// sends sends a file and returns where its page is.
func sends(t *testing.T, d *webtest.Desk, login, kind, content string) string {
	t.Helper()
	w := d.PostFile(login, "/admin/import", kind+".csv", []byte(content), "kind", kind)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("sending %q: %d %s", content, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// works does what a job does.
func works(t *testing.T, d *webtest.Desk) {
	t.Helper()
	worked, err := d.NextImport(t.Context(), desk.System(desk.ViaJob))
	if err != nil || !worked {
		t.Fatalf("no file is due, or %v", err)
	}
}

// TestImportByPages sends a file whose columns others named, looks it through,
// mends the choice, brings it in and sends it again.
func TestImportByPages(t *testing.T) {
	d := newDesk(t)
	file := "\xef\xbb\xbfUserLogin;E-Mail;Firma;Nr\r\nzoe;zoe@acme.example;\"Zoe; \"\"Z\"\" Zander\";1\r\nbad address;x;=1+1;2\r\n"
	at := sends(t, d, "root", "users", file)
	wants(t, d.Get("root", at), 200, "2 lines", "UserLogin (zoe)", `<option value="1" selected>E-Mail (zoe@acme.example)`, "Look through", `!value="write"`)
	place := []string{"column-login", "0", "column-addresses", "1", "column-name", "2"}
	wants(t, d.Post("root", at, append([]string{"do", "try"}, place[2:]...)...), 422, "A file of this kind must have it")
	wants(t, d.Post("root", at, append([]string{"do", "try", "column-zone", "9"}, place...)...), 422, "Choose one of the columns")
	wants(t, d.Post("root", at, append([]string{"do", "try"}, place...)...), 303)
	wants(t, d.Get("root", at), 200, "0 of 2 lines done", "You may leave this page", "every 2s", "!Look through")
	wants(t, d.Post("root", at, append([]string{"do", "write"}, place...)...), 409, "is being read")
	works(t, d)
	wants(t, d.Get("root", at), 200, "What it would do", "New: 1. Changed: 0. As they are: 0. Bad lines: 1.", "Line 3:", "not a mail address", "user:zoe", `value="write"`, "!every 2s")
	wants(t, d.Get("root", "/admin/users?text=zoe"), 200, "!Zander")
	csv := d.Get("root", at+"/report.csv")
	wants(t, csv, 200, "line,outcome,object,before,after", "3,bad,", "2,new,user:zoe")

	d.Post("root", at, "do", "write")
	works(t, d)
	wants(t, d.Get("root", at), 200, "Nothing was written: 1 lines are bad", "nothing was done", "Look through")
	d.Post("root", at, append([]string{"do", "try"}, place...)...)
	works(t, d)
	d.Post("root", at, "do", "write", "skip_bad", "1")
	works(t, d)
	wants(t, d.Get("root", at), 200, "What it did", "brought in", "New: 1.", "!Look through")
	wants(t, d.Get("root", "/admin/users?text=zoe"), 200, "Zoe; &#34;Z&#34; Zander")
	wants(t, d.Get("root", "/admin/import"), 200, "users.csv", "brought in")

	again := sends(t, d, "root", "users", file)
	d.Post("root", again, append([]string{"do", "write", "skip_bad", "1"}, place...)...)
	works(t, d)
	wants(t, d.Get("root", again), 200, "New: 0. Changed: 0. As they are: 1.")
}

// TestImportShowsWhoGains: memberships are shown with what they would give.
func TestImportShowsWhoGains(t *testing.T) {
	d := newDesk(t)
	at := sends(t, d, "root", "memberships", "group,member\nStaff,uma\n")
	d.Post("root", at, "do", "try", "column-group", "0", "column-member", "1")
	works(t, d)
	wants(t, d.Get("root", at), 200, "Who gains or loses what", "New: 1.")
}

// TestImportIsOnesOwn: files are seen by who sent them, sent by who administers
// something, and brought in with the rights that he has then.
func TestImportIsOnesOwn(t *testing.T) {
	d := newDesk(t)
	at := sends(t, d, "uma", "customers", "key,name\nnew,New\n")
	for _, login := range []string{"root", "carl", "ann", "bob"} {
		wants(t, d.Get(login, at), 404)
		wants(t, d.Post(login, at, "do", "write", "column-key", "0"), 404)
		wants(t, d.Get(login, at+"/report.csv"), 404)
	}
	for _, login := range []string{"ann", "bob"} {
		wants(t, d.PostFile(login, "/admin/import", "x.csv", []byte("login\nx\n"), "kind", "users"), 404)
	}
	d.Post("uma", at, "do", "write", "column-key", "0", "column-name", "1")
	works(t, d)
	wants(t, d.Get("uma", at), 200, "nothing was done", "AdminCustomers")
}

// TestBadFiles are refused with what is wrong, before anything is kept.
func TestBadFiles(t *testing.T) {
	d := newDesk(t)
	for why, tt := range map[string]struct{ content, says string }{
		"empty":   {"", "file is empty"},
		"UTF-16":  {"\xff\xfel\x00", "UTF-16"},
		"a quote": {"lo\"gin,name\n", "quotation mark"},
	} {
		t.Run(why, func(t *testing.T) {
			wants(t, d.PostFile("root", "/admin/import", "x.csv", []byte(tt.content), "kind", "users"), 422, tt.says)
		})
	}
	wants(t, d.Post("root", "/admin/import", "kind", "users"), 422, "Choose one file")
	wants(t, d.PostFile("root", "/admin/import", "x.csv", []byte("login\n"), "kind", "tickets"), 422)
}

// TestLargeFile: 20,000 lines with one bad one, told with its number.
func TestLargeFile(t *testing.T) {
	d := newDesk(t)
	var b strings.Builder
	b.WriteString("login,name\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "mass%d,Mass %d\n", i, i)
	}
	b.WriteString(strings.Repeat("x", 300) + ",Too long\n")
	at := sends(t, d, "root", "users", b.String())
	wants(t, d.Post("root", at, "do", "try", "column-login", "0", "column-name", "1"), 303)
	works(t, d)
	wants(t, d.Get("root", at), 200, "New: 20000.", "Bad lines: 1.", "Line 20002:", "200 characters")
}

// importSample is a file that was looked through.
func importSample() admin.ImportPage {
	gains := effectPage().Effect
	return admin.ImportPage{Nav: nav("admin.users"), Tried: true, Row: admin.ImportRow{Name: "People of May", URL: "/admin/import/1", Kind: web.T("import.kind.users"), State: web.T("import.state.tried"), Level: "waiting", Lines: 3, At: ago(time.Hour)},
		Columns: []admin.Labelled{{Label: web.T("import.column.login"), Field: choice("", "column-login", "UserLogin (zoe)", "not in the file")}}, SkipBad: web.Field{Name: "skip_bad", Kind: "checkbox"}, Error: web.T("error.invalid.title"),
		Report: &admin.ImportReport{Error: "Nothing was written.", Counts: web.T("import.counts", 1, 0, 1, 1), Bad: 1, CSV: "/admin/import/1/report.csv", MoreErrors: 1, Effect: &gains,
			Errors: []admin.ImportLine{{Line: 3, Text: "x is not a mail address."}}, Changes: []admin.ImportLine{{Line: 2, Text: "user:zoe", After: "login: zoe"}}}}
}

func importsSample() admin.ImportsPage {
	return admin.ImportsPage{Nav: nav("admin.users"), Kind: choice("", "kind", "People", "Customers"), Error: "The file is empty.", Rows: []admin.ImportRow{importSample().Row}}
}
