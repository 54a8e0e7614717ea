package directory_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/directory"
)

// TestPrivateDirectories: what is private is reached only by leave, whatever
// the name that leads there.
func TestPrivateDirectories(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "people.db")
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	ldap := func(url string) desk.Directory {
		return desk.Directory{Kind: "ldap", Config: config(t, directory.LDAP{URL: url, Base: "dc=x"})}
	}
	database := func(driver, secret string) desk.Directory {
		return desk.Directory{Kind: "sql", Secret: secret, Config: config(t, directory.SQL{Driver: driver, Table: "people", Login: "login"})}
	}
	for _, tt := range []struct {
		why     string
		allowed []string
		d       desk.Directory
		refused bool
	}{
		{"this machine", nil, ldap("ldap://127.0.0.1:1"), true},
		{"this machine by name", nil, ldap("ldap://localhost:1"), true},
		{"this machine in six words", nil, ldap("ldap://[::ffff:127.0.0.1]:1"), true},
		{"a private network", []string{"192.168.0.0/16"}, ldap("ldap://10.0.0.1:1"), true},
		{"the cloud's own address", nil, ldap("ldap://169.254.169.254:80"), true},
		{"another name is allowed", []string{"ldap.example"}, ldap("ldap://localhost:1"), true},
		{"allowed by name", []string{"LocalHost"}, ldap("ldap://localhost:1"), false},
		{"allowed by address", []string{"127.0.0.1"}, ldap("ldap://127.0.0.1:1"), false},
		{"allowed by network", []string{"127.0.0.0/8"}, ldap("ldap://127.0.0.1:1"), false},
		{"PostgreSQL here", nil, database("postgres", "postgres://x@127.0.0.1:1/x"), true},
		{"PostgreSQL by a socket", nil, database("postgres", "postgres:///x?host="+dir), true},
		{"MySQL here", nil, database("mysql", "x@tcp(127.0.0.1:1)/x"), true},
		{"MySQL by a socket", nil, database("mysql", "x@unix("+dir+"/s)/x"), true},
		{"MySQL allowed", []string{"127.0.0.1"}, database("mysql", "x@tcp(127.0.0.1:1)/x"), false},
		{"a file", nil, database("sqlite", file), true},
		{"a file by a way round", []string{filepath.Join(dir, "sub")}, database("sqlite", filepath.Join(dir, "sub/../people.db")), true},
		{"a link out of the directory that is allowed", []string{filepath.Dir(link)}, database("sqlite", link), true},
		{"a file allowed", []string{file}, database("sqlite", file), false},
		{"its directory allowed", []string{dir}, database("sqlite", file), false},
	} {
		t.Run(tt.why, func(t *testing.T) {
			trial := directory.Reach{Private: tt.allowed}.Try(t.Context(), tt.d)
			last := trial.Steps[len(trial.Steps)-1]
			if got := strings.Contains(last.Text, "directory_hosts"); got != tt.refused || trial.OK() {
				t.Errorf("got %+v, refused for being private: %t, want %t", trial.Steps, got, tt.refused)
			}
		})
	}
}

// TestTry: each step says what was found or what is wrong.
func TestTry(t *testing.T) {
	s := startSlapd(t, world())
	good := s.directory(desk.DirectoryGroup{Theirs: "engineers", Ours: 1}, desk.DirectoryGroup{Theirs: "nobodys", Ours: 2})
	trial := here().Try(t.Context(), good)
	if !trial.OK() || trial.Seen != 4 || trial.More || len(trial.Entries) != 3 || !slices.Equal(trial.NoGroups, []string{"nobodys"}) {
		t.Errorf("got %+v", trial)
	}
	if bob := trial.Entries[0]; bob.Login != "bob" || bob.Name != "Bob Baker" || !slices.Equal(bob.Groups, []string{"engineers"}) || !slices.Equal(bob.Customers, []string{"acme"}) {
		t.Errorf("bob is shown as %+v", bob)
	}
	if want := []desk.TrialLack{{What: "customers", Entries: 2}}; !slices.Equal(trial.Lacks, want) {
		t.Errorf("lacks %v, want %v", trial.Lacks, want)
	}
	for _, tt := range []struct {
		step  string
		wrong func(*directory.LDAP, *desk.Directory)
		says  string
	}{
		{"settings", func(c *directory.LDAP, _ *desk.Directory) { c.Filter = "(x" }, "filter cannot be read"},
		{"reach", func(c *directory.LDAP, _ *desk.Directory) { c.URL = "ldap://127.0.0.1:1" }, "connecting failed"},
		{"reach", func(c *directory.LDAP, _ *desk.Directory) { c.CA = "" }, "StartTLS failed"},
		{"bind", func(_ *directory.LDAP, d *desk.Directory) { d.Secret = "wrong" }, "signing in as"},
		{"base", func(c *directory.LDAP, _ *desk.Directory) { c.Base = "ou=nowhere," + suffix }, "There is no ou=nowhere"},
		{"read", func(c *directory.LDAP, _ *desk.Directory) { c.Filter = "(uid=none)" }, "no people there"},
	} {
		t.Run(tt.step+" "+tt.says, func(t *testing.T) {
			d, c := good, s.settings()
			tt.wrong(&c, &d)
			d.Config = config(t, c)
			trial := here().Try(t.Context(), d)
			if last := trial.Steps[len(trial.Steps)-1]; trial.OK() || last.Name != tt.step || !strings.Contains(last.Text, tt.says) || strings.Contains(last.Text, password) {
				t.Errorf("got %+v", trial.Steps)
			}
		})
	}
}
