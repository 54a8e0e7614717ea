package config

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
)

// env returns an environment of the given names and values in turns.
func env(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func load(t *testing.T, from Sources) *Config {
	t.Helper()
	c, err := Load(from)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func lineOf(t *testing.T, c *Config, name string) Line {
	t.Helper()
	for _, l := range c.Lines() {
		if l.Name == name {
			return l
		}
	}
	t.Fatalf("there is no line for the setting %s", name)
	return Line{}
}

func TestDefaultsAreSafe(t *testing.T) {
	c := load(t, Sources{})
	for name, address := range map[string]string{"web": c.Web, "lmtp": c.LMTP, "smtp": c.SMTP} {
		if !strings.HasPrefix(address, "127.0.0.1:") {
			t.Errorf("%s listens on %s, want this machine only", name, address)
		}
	}
	if c.Relay.Address != "" || !c.Relay.StartTLS {
		t.Errorf("got relay %+v, want none, and encryption required", c.Relay)
	}
	if want := "http://localhost:8080"; c.BaseURL != want {
		t.Errorf("got base URL %s, want %s", c.BaseURL, want)
	}
	if want := []string{"localhost", "localhost", "127.0.0.1", "::1"}; !cmp.Equal(c.Hosts, want) {
		t.Errorf("got hosts %q, want %q", c.Hosts, want)
	}
	if c.Zone != time.UTC && c.Zone.String() != "UTC" {
		t.Errorf("got zone %s, want UTC", c.Zone)
	}
}

// TestLaterSourcesWin sets the same setting in more and more places.
func TestLaterSourcesWin(t *testing.T) {
	file := "# settings of the desk\n\n  desk_name = From file \n"
	for _, tt := range []struct {
		why    string
		from   Sources
		want   string
		source Source
	}{
		{"nowhere", Sources{}, "Desk", FromDefault},
		{"in the file", Sources{File: strings.NewReader(file)}, "From file", FromFile},
		{"in file and environment", Sources{File: strings.NewReader(file), Env: env("GATEHOUSE_DESK_NAME", "From env")}, "From env", FromEnvironment},
		{"everywhere", Sources{File: strings.NewReader(file), Env: env("GATEHOUSE_DESK_NAME", "From env"),
			Flags: map[string]string{"desk_name": "From flag"}}, "From flag", FromFlag},
	} {
		t.Run(tt.why, func(t *testing.T) {
			c := load(t, tt.from)
			if c.Name != tt.want {
				t.Errorf("got %q, want %q", c.Name, tt.want)
			}
			if got := lineOf(t, c, "desk_name"); got.Source != tt.source || got.Value != tt.want || got.Default != "Desk" {
				t.Errorf("the line says %+v, want value %q from %s", got, tt.want, tt.source)
			}
		})
	}
}

func TestTLSWithoutItsFilesIsAnError(t *testing.T) {
	if c, err := (Mail{}).TLS(); c != nil || err != nil {
		t.Errorf("without files: got %v, %v", c, err)
	}
	if _, err := (Mail{CertFile: "nothing.pem"}).TLS(); err == nil || !strings.Contains(err.Error(), "mail_tls_cert") {
		t.Errorf("with a file that is not there: got %v", err)
	}
}

func TestEachSettingIsTakenOver(t *testing.T) {
	c := load(t, Sources{Flags: map[string]string{
		"data": "d", "database": "postgres://desk@db/desk", "migrate": "off", "desk_name": "Harbour", "web": "off", "lmtp": "[::1]:24",
		"smtp": "127.0.0.1:0", "base_url": "https://Desk.Example.org/", "hosts": "a.example, B.example", "mail_domain": "Example.org",
		"default_language": "de", "default_zone": "Europe/Berlin", "relay": "mail.example.org:25", "relay_user": "u", "relay_password": "secret",
		"relay_tls": "off", "undo_send": "5", "max_upload": "2 MB", "log_level": "warn", "log_format": "json",
		"mail_gateway": "10.0.0.0/8", "mail_tls_cert": "c.pem", "mail_tls_key": "k.pem", "mail_per_client": "5", "web_per_client": "7", "mail_authserv": "MX.example, b", "mail_check": "on", "mail_trust": "strict",
		"relay_spare": "b.example:25, c.example:25", "dkim_key": "k", "dkim_selector": "s", "dkim_domain": "d.example",
		"bucket": "https://s3.example.org/desk", "bucket_key": "k", "bucket_secret": "s",
		"replica": "postgres://desk@db2/desk", "replica_late": "7",
	}})
	got := *c
	got.lines, got.Zone = nil, nil
	want := Config{Data: "d", Database: "postgres://desk@db/desk", Name: "Harbour", LMTP: "[::1]:24", SMTP: "127.0.0.1:0", WebPerClient: 7,
		BaseURL: "https://desk.example.org", Hosts: []string{"a.example", "b.example"}, Domain: "example.org", Language: "de",
		Relay: Relay{Address: "mail.example.org:25", User: "u", Password: "secret", Spare: []string{"b.example:25", "c.example:25"}}, MaxUpload: 2 << 20, UndoSend: 5 * time.Second, LogLevel: 4, LogJSON: true,
		Bucket:  Bucket{Host: "s3.example.org:443", TLS: true, Name: "desk", Region: "us-east-1", Key: "k", Secret: "s"},
		Replica: "postgres://desk@db2/desk", ReplicaLate: 7 * time.Second,
		Mail: Mail{Gateway: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, CertFile: "c.pem", KeyFile: "k.pem", PerClient: 5,
			Authserv: []string{"mx.example", "b"}, Check: true, Strict: true, DKIMKey: "k", DKIMSelector: "s", DKIMDomain: "d.example"}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Config{}), cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if c.Zone.String() != "Europe/Berlin" {
		t.Errorf("got zone %s", c.Zone)
	}
	if len(c.Lines()) != len(Table()) {
		t.Errorf("%d settings were listed of %d", len(c.Lines()), len(Table()))
	}
}

func TestBaseURLFollowsWeb(t *testing.T) {
	c := load(t, Sources{Flags: map[string]string{"web": "192.0.2.1:80"}})
	if c.BaseURL != "http://192.0.2.1:80" || c.Hosts[0] != "192.0.2.1" {
		t.Errorf("got %s for hosts %q", c.BaseURL, c.Hosts)
	}
	c = load(t, Sources{Flags: map[string]string{"web": "127.0.0.1:81"}})
	if c.BaseURL != "http://localhost:81" {
		t.Errorf("got %s where this machine alone is served; browsers keep no passkeys for a number", c.BaseURL)
	}
	c = load(t, Sources{Flags: map[string]string{"web": "off"}})
	if c.BaseURL != "http://localhost" {
		t.Errorf("got %s where nothing is served", c.BaseURL)
	}
}

func TestRelaysElsewhereWantTLS(t *testing.T) {
	for relay, want := range map[string]bool{"mail.example.org:25": true, "127.0.0.1:25": false} {
		if got := load(t, Sources{Flags: map[string]string{"relay": relay}}).Relay.StartTLS; got != want {
			t.Errorf("the relay %s with TLS: got %t, want %t", relay, got, want)
		}
	}
}

// TestWrongValuesAreRefused has a wrong value for every setting that cannot
// hold any text.
func TestWrongValuesAreRefused(t *testing.T) {
	for _, row := range [][2]string{
		{"data", ""}, {"database", "mysql://x"}, {"migrate", "yes"}, {"desk_name", ""}, {"desk_name", "[x]"}, {"desk_name", strings.Repeat("x", 51)},
		{"web", "8080"}, {"web", "host:http"}, {"web", "host:70000"}, {"lmtp", ""}, {"smtp", "on"},
		{"base_url", "desk.example.org"}, {"base_url", "https://x/y"}, {"base_url", "https://u@x"}, {"base_url", "ftp://x"}, {"base_url", "https://x?y"},
		{"hosts", "https://x"}, {"hosts", "x:80"}, {"mail_domain", "x"}, {"mail_domain", "a@b.c"},
		{"default_language", "fr"}, {"default_zone", "Moon"}, {"default_zone", ""}, {"default_zone", "Local"},
		{"relay", "mail"}, {"relay_tls", "on"}, {"max_upload", "25"}, {"max_upload", "0MB"}, {"max_upload", "2GB"}, {"max_upload", "99999999999KB"},
		{"mail_gateway", "localhost"}, {"mail_per_client", "0"}, {"mail_per_client", "many"}, {"mail_authserv", "a b"}, {"mail_check", "yes"}, {"mail_trust", "yes"}, {"relay_spare", "off"}, {"relay_spare", "b"},
		{"log_level", "loud"}, {"log_format", "xml"},
	} {
		_, err := Load(Sources{Flags: map[string]string{row[0]: row[1]}})
		if desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s may be %q: %v", row[0], row[1], err)
			continue
		}
		if !strings.Contains(err.Error(), row[0]) || !strings.Contains(err.Error(), "flag") {
			t.Errorf("%q does not name the setting %s and where it was set", err, row[0])
		}
	}
}

func TestWrongFilesAreRefused(t *testing.T) {
	for _, tt := range []struct{ why, file, want string }{
		{"no equals sign", "web 127.0.0.1:80\n", "Line 1"},
		{"unknown setting", "# x\nwebb = off\n", `Line 2 of the file of settings: there is no setting "webb"`},
		{"set twice", "web = off\nweb = off\n", "set twice"},
		{"too large", strings.Repeat("#", 1<<20+1), "larger than 1 MB"},
		{"wrong value", "web = x\n", "from: file"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := Load(Sources{File: strings.NewReader(tt.file)})
			if err == nil || !strings.Contains(err.Error(), tt.want) || desk.KindOf(err) != desk.Invalid {
				t.Errorf("got %v, want it to say %q", err, tt.want)
			}
		})
	}
}

// TestSecretsAreNotShown looks for a secret in everything that is printed.
func TestSecretsAreNotShown(t *testing.T) {
	for _, name := range []string{"database", "relay_password", "bucket_secret", "replica"} {
		c := load(t, Sources{Flags: map[string]string{"database": "postgres://db/x", name: "postgres://u:hunter2@db/x"}})
		if text := fmt.Sprint(c.Lines()); strings.Contains(text, "hunter2") {
			t.Errorf("the lines show %s: %s", name, text)
		}
		if lineOf(t, c, name).Value == "" {
			t.Errorf("the lines do not say that %s is set", name)
		}
	}
	_, err := Load(Sources{Flags: map[string]string{"database": "hunter2"}})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("the error shows the secret: %v", err)
	}
}

// TestTableIsComplete: whoever adds a setting says what it is for, and its
// default is a value that it may have.
func TestTableIsComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range Table() {
		if l.Help == "" || !strings.HasSuffix(l.Help, ".") || l.Name != strings.ToLower(l.Name) || seen[l.Name] {
			t.Errorf("the line of %q is not in order: %+v", l.Name, l)
		}
		seen[l.Name] = true
		if l.Environment != "GATEHOUSE_"+strings.ToUpper(l.Name) || strings.ContainsRune(l.Flag, '_') {
			t.Errorf("%s is %s and %s", l.Name, l.Environment, l.Flag)
		}
	}
}

// TestDocumentation compares docs/configuration.md with the table. With
// GATEHOUSE_UPDATE set, it writes it.
func TestDocumentation(t *testing.T) {
	path := filepath.Join("..", "docs", "configuration.md")
	want := document()
	if os.Getenv("GATEHOUSE_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/configuration.md does not say what the table says; GATEHOUSE_UPDATE=1 go test ./config writes it anew:\n%s", diff)
	}
}

const head = `# Settings

Every setting has a name, an environment variable and a flag. Where it is set more than once, a flag wins over the environment, the environment over the file, and the file over the default. ` + "`gatehouse config`" + ` lists all with the values in force and where they come from; secrets are not shown.

The file is named by ` + "`--config FILE` or `GATEHOUSE_CONFIG`" + ` and holds one setting a line:

    # where people find the desk
    base_url = https://desk.example.org
    relay    = mail.example.org:25

Empty lines and lines that begin with # say nothing; what is not known is refused. A wrong setting ends the program with exit code 78 before it does anything.

Settings that administrators change while the desk runs are in the database: see ` + "`gatehouse setting --help`" + `.

| setting | environment | default | what it is |
| --- | --- | --- | --- |
`

// document writes the page from the table.
func document() string {
	var b strings.Builder
	b.WriteString(head)
	for _, l := range Table() {
		value := "empty"
		if l.Default != "" {
			value = "`" + l.Default + "`"
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", l.Name, l.Environment, value, strings.ReplaceAll(l.Help, "|", "\\|"))
	}
	return b.String()
}
