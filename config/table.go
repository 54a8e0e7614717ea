package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	// Zones are known on machines that have no list of them.
	_ "time/tzdata"

	"gatehouse/desk"
	"gatehouse/dial"
)

// A setting is one line of the table.
type setting struct {
	name   string
	value  string // the default
	help   string
	set    func(c *Config, value string) error // checks and takes it over
	secret bool
}

// table holds every setting. base_url comes after web and hosts after
// base_url, because their defaults follow from these.
func table() []setting {
	return slices.Concat(deskTable(), storageTable(), mailTable())
}

func deskTable() []setting {
	return []setting{
		{name: "data", value: "gatehouse-data", set: setData,
			help: "Directory of the database, files and the spool; it is made if it is not there."},
		{name: "database", secret: true, set: setDatabase,
			help: "Address of a PostgreSQL database, postgres://user@host/name; empty: SQLite in the data directory, which then holds files only."},
		{name: "migrate", value: "on", set: setSwitch(func(c *Config) *bool { return &c.Migrate }),
			help: "Bring an older schema of the database up to date when starting: on or off. A newer one is always refused."},
		{name: "secret_key", secret: true, set: setKey,
			help: "Key that seals passwords and secrets in the database: at least 32 signs, the same on every node. Empty: the file secret.key in the data directory, made when the desk is first served. No backup holds it: keep a copy elsewhere."},
		{name: "desk_name", value: "Desk", set: setName,
			help: "Name of the desk. It stands in the subjects of letters, [Name #42], so changing it keeps old letters from finding their tickets by subject."},
		{name: "web", value: "127.0.0.1:8080", set: setListen(func(c *Config) *string { return &c.Web }),
			help: "Where to serve the pages, host:port, or off. Put a proxy with TLS in front of it."},
		{name: "web_per_client", value: "8", set: setPerClient(func(c *Config) *int { return &c.WebPerClient }),
			help: "How many requests of one client (a session, a token, or else an address) are worked on at once; more wait, and far more are refused."},
		{name: "lmtp", value: "127.0.0.1:2424", set: setListen(func(c *Config) *string { return &c.LMTP }),
			help: "Where to take letters from a mail server on this machine by LMTP, host:port, or off."},
		{name: "smtp", value: "127.0.0.1:2525", set: setListen(func(c *Config) *string { return &c.SMTP }),
			help: "Where to take letters by SMTP, host:port, or off. Only letters to addresses of the desk are taken."},
		{name: "metrics", value: "off", set: setListen(func(c *Config) *string { return &c.Metrics }),
			help: "Where to show figures for Prometheus at /metrics, host:port, or off. Whoever reaches it can read them; they hold no names of people."},
		{name: "base_url", set: setBaseURL,
			help: "Where people find the pages, as in letters: https://desk.example.org; empty: http:// and the address of web, 127.0.0.1 as localhost."},
		{name: "hosts", set: setHosts,
			help: "Host names that requests may be for, separated by commas; empty: that of base_url, localhost and 127.0.0.1."},
		{name: "directory_hosts", set: setDirectories,
			help: "What directories (LDAP servers, other databases) may be at besides public addresses, separated by commas: host names, addresses, networks such as 10.1.0.0/16, and paths of SQLite files or sockets, or of the directories around them."},
		{name: "mail_domain", value: "desk.invalid", set: setDomain,
			help: "Domain of the Message-IDs of the desk's letters; use one of your own."},
		{name: "default_language", value: "en", set: setLanguage,
			help: "Language of people who have chosen none: en or de."},
		{name: "default_zone", value: "UTC", set: setZone,
			help: "Time zone of people who have chosen none, as Europe/Berlin."},
		{name: "relay", value: "off", set: setListen(func(c *Config) *string { return &c.Relay.Address }),
			help: "Mail server that takes the desk's letters, host:port, or off: letters wait in the outbox."},
		{name: "relay_user", set: setText(func(c *Config) *string { return &c.Relay.User }),
			help: "Name to sign in with at the relay; empty: do not sign in."},
		{name: "relay_password", secret: true, set: setText(func(c *Config) *string { return &c.Relay.Password }),
			help: "Password to sign in with at the relay. Better set in the environment or the file than by a flag, which others on the machine can see."},
		{name: "relay_tls", value: "auto", set: setRelayTLS,
			help: "How to reach the relay: starttls, without which nothing is sent; off; or auto: off for a relay on this machine, else starttls."},
		{name: "undo_send", value: "10", set: setUndoSend,
			help: "For how many seconds a reply that an agent sent on the pages can be taken back, 0 to 120. It is stored at once and goes out when they are over; 0: at once."},
		{name: "max_upload", value: "25MB", set: setSize(func(c *Config) *int64 { return &c.MaxUpload }),
			help: "Largest request to the pages, files included, with a unit."},
		{name: "webhook_allow", set: setWebhookAllow,
			help: "Hosts, addresses and networks in the desk's own network that rules may call, separated by commas; empty: none."},
		{name: "log_level", value: "info", set: setLogLevel,
			help: "How much is logged: debug, info, warn or error."},
		{name: "log_format", value: "text", set: setLogFormat,
			help: "How it is logged: text or json."},
	}
}

func (s setting) environment() string { return "GATEHOUSE_" + strings.ToUpper(s.name) }

func (s setting) flag() string { return "--" + strings.ReplaceAll(s.name, "_", "-") }

func (s setting) line(value string, source Source) Line {
	return Line{Name: s.name, Environment: s.environment(), Flag: s.flag(), Value: s.masked(value), Source: source,
		Default: s.value, Help: s.help}
}

// masked returns a value as it may be shown.
func (s setting) masked(value string) string {
	if s.secret && value != "" {
		return "(set, not shown)"
	}
	return value
}

// shown returns a value as an error may quote it.
func (s setting) shown(value string) string {
	if s.secret {
		return "what it is"
	}
	return strconv.Quote(value)
}

func setText(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		*field(c) = value
		return nil
	}
}

func setKey(c *Config, value string) error {
	if value != "" && len(value) < 32 {
		return errors.New("give at least 32 signs that nobody can guess")
	}
	c.Key = value
	return nil
}

func setData(c *Config, value string) error {
	if value == "" {
		return errors.New("name a directory")
	}
	c.Data = value
	return nil
}

func setDatabase(c *Config, value string) error {
	if value != "" && !strings.HasPrefix(value, "postgres://") && !strings.HasPrefix(value, "postgresql://") {
		return errors.New("write it as postgres://user@host/name, or leave it empty for SQLite")
	}
	c.Database = value
	return nil
}

func setName(c *Config, value string) error {
	if value == "" || len(value) > 50 || strings.ContainsAny(value, "[]#\r\n\t") {
		return errors.New("use 1 to 50 signs, none of them [, ] or #")
	}
	c.Name = value
	return nil
}

func setSwitch(field func(*Config) *bool) func(*Config, string) error {
	return func(c *Config, value string) error {
		switch value {
		case "on", "off":
			*field(c) = value == "on"
			return nil
		}
		return errors.New("write on or off")
	}
}

// setListen takes host:port, or off for the empty text.
func setListen(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		if value == "off" {
			*field(c) = ""
			return nil
		}
		_, port, err := net.SplitHostPort(value)
		if err != nil {
			return errors.New("write it as host:port, or off")
		}
		if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
			return errors.New("the port is a number from 0 to 65535")
		}
		*field(c) = value
		return nil
	}
}

// BaseOf is where people find pages that are served at web, host:port; empty: at
// none. Those of this machine alone are found at localhost, as browsers keep no
// passkeys for a number.
func BaseOf(web string) string {
	if web == "" {
		return "http://localhost"
	}
	if port, ok := strings.CutPrefix(web, "127.0.0.1:"); ok {
		web = "localhost:" + port
	}
	return "http://" + web
}

func setBaseURL(c *Config, value string) error {
	if value == "" {
		c.BaseURL = BaseOf(c.Web)
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("write it as https://desk.example.org")
	}
	if strings.Trim(u.Path, "/") != "" {
		return errors.New("the pages must have a host of their own; leave out the path")
	}
	c.BaseURL = u.Scheme + "://" + strings.ToLower(u.Host)
	return nil
}

func setDirectories(c *Config, value string) error {
	c.Directories = nil
	for part := range strings.SplitSeq(value, ",") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case strings.HasPrefix(part, "/"):
			c.Directories = append(c.Directories, filepath.Clean(part))
		case strings.Contains(part, "/"):
			if _, err := netip.ParsePrefix(part); err != nil {
				return fmt.Errorf("%s is no network; write 10.1.0.0/16", part)
			}
			c.Directories = append(c.Directories, part)
		default:
			c.Directories = append(c.Directories, strings.Trim(part, "[]"))
		}
	}
	return nil
}

func setHosts(c *Config, value string) error {
	c.Hosts = nil
	for host := range strings.SplitSeq(value, ",") {
		host = strings.ToLower(strings.TrimSpace(host))
		if strings.ContainsAny(host, "/ :") && net.ParseIP(host) == nil {
			return errors.New("write host names without http:// and without a port, separated by commas")
		}
		if host != "" {
			c.Hosts = append(c.Hosts, host)
		}
	}
	if len(c.Hosts) > 0 {
		return nil
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return err
	}
	c.Hosts = []string{u.Hostname(), "localhost", "127.0.0.1", "::1"}
	return nil
}

func setDomain(c *Config, value string) error {
	value = strings.ToLower(value)
	if !strings.Contains(value, ".") || strings.ContainsAny(value, "@/:<> \t") {
		return errors.New("write a domain, as desk.example.org")
	}
	c.Domain = value
	return nil
}

func setLanguage(c *Config, value string) error {
	if value != "en" && value != "de" {
		return errors.New("there are en and de")
	}
	c.Language = value
	return nil
}

func setUndoSend(c *Config, value string) error {
	seconds, err := strconv.Atoi(value)
	if err != nil || seconds < 0 || seconds > 120 {
		return errors.New("write a number of seconds from 0 to 120")
	}
	c.UndoSend = time.Duration(seconds) * time.Second
	return nil
}

func setZone(c *Config, value string) error {
	zone, err := time.LoadLocation(value)
	if err != nil || value == "" || value == "Local" {
		return errors.New("there is no such time zone; write it as Europe/Berlin")
	}
	c.Zone = zone
	return nil
}

func setRelayTLS(c *Config, value string) error {
	if value != "starttls" && value != "off" && value != "auto" {
		return errors.New("write auto, starttls or off")
	}
	c.Relay.StartTLS = value == "starttls" || value == "auto" && !desk.Loopback(c.Relay.Address)
	return nil
}

func setSize(field func(*Config) *int64) func(*Config, string) error {
	return func(c *Config, value string) error {
		size, err := parseSize(value)
		*field(c) = size
		return err
	}
}

// parseSize reads a size from 1KB to 1GB; a kilobyte is 1024 bytes.
func parseSize(value string) (int64, error) {
	for _, unit := range []struct {
		name string
		size int64
	}{{"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", 1 << 30}} {
		number, ok := strings.CutSuffix(strings.ToUpper(value), unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
		if err != nil || n < 1 || n*unit.size > 1<<30 {
			break
		}
		return n * unit.size, nil
	}
	return 0, fmt.Errorf("write a size from 1KB to 1GB, as 25MB")
}

func setLogLevel(c *Config, value string) error {
	switch value {
	case "debug", "info", "warn", "error":
		return c.LogLevel.UnmarshalText([]byte(value))
	}
	return errors.New("write debug, info, warn or error")
}

func setLogFormat(c *Config, value string) error {
	if value != "text" && value != "json" {
		return errors.New("write text or json")
	}
	c.LogJSON = value == "json"
	return nil
}

func setWebhookAllow(c *Config, value string) error {
	allowed, err := dial.ParseAllowed(value)
	c.WebhookAllow = allowed
	return err
}
