// Package config knows every setting of the program: its name, its default,
// what it may be, and what it is for, all in one table.
//
// A setting called max_upload is the environment variable
// GATEHOUSE_MAX_UPLOAD, the flag --max-upload and, in a file, a line
//
//	max_upload = 20MB
//
// Where it is set more than once, a flag wins over the environment, the
// environment over the file, and the file over the default. A file holds one
// setting a line; empty lines and lines that begin with # say nothing.
//
// The package reads what it is handed and decides nothing else: it opens no
// sockets, makes no directories and knows no other part of the program.
package config

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/dial"
)

// A Config is every setting, checked and ready to be used.
type Config struct {
	Data     string // directory of the database, files and the spool
	Database string // postgres://…; empty: SQLite in Data
	Key      string // seals secrets in the database; empty: that of the data directory
	Migrate  bool   // bring an older schema up to date when starting

	Name    string // of the desk, in subject tags: [Name #42]
	BaseURL string // where people find its pages, without a slash at the end
	Domain  string // of Message-IDs
	// Directories are what directories may be at besides the public net: hosts,
	// addresses, networks, paths of files.
	Directories []string
	Hosts       []string       // that requests may be for; lower case, without port
	Language    string         // of people who have chosen none
	Zone        *time.Location // of people who have chosen none

	Web  string // host:port to listen on; empty: off
	LMTP string // the same
	SMTP string // the same

	WebPerClient int // requests of one client that are worked on at once

	Metrics string // the same

	Bucket Bucket

	Replica     string        // postgres://…; empty: none
	ReplicaLate time.Duration // by how much it may be late

	Relay Relay
	Mail  Mail

	MaxUpload int64 // bytes

	UndoSend time.Duration // how long a reply of the pages can be taken back

	WebhookAllow dial.Allowed // addresses inside that rules may call

	LogLevel slog.Level
	LogJSON  bool

	lines []Line
}

// A Relay is the mail server that takes the desk's letters.
type Relay struct {
	Address  string // host:port; empty: letters stay in the outbox
	User     string
	Password string
	StartTLS bool     // required: a relay that does not offer it gets nothing
	Spare    []string // host:port of those that are tried where it cannot be reached, with the same name, password and TLS
}

// A Source is where a setting's value comes from.
type Source string

// The sources, later ones winning over earlier ones.
const (
	FromDefault     Source = "default"
	FromFile        Source = "file"
	FromEnvironment Source = "environment"
	FromFlag        Source = "flag"
)

// A Line is a setting as `gatehouse config` shows it. The value of a secret is
// not in it.
type Line struct {
	Name        string `json:"name"`
	Environment string `json:"environment"`
	Flag        string `json:"flag"`
	Value       string `json:"value"`
	Source      Source `json:"source"`
	Default     string `json:"default"`
	Help        string `json:"help"`
}

// Lines lists every setting in the order of the table.
func (c *Config) Lines() []Line { return c.lines }

// Sources are what is read besides the defaults.
type Sources struct {
	File  io.Reader                        // nil: none
	Env   func(name string) (string, bool) // nil: none
	Flags map[string]string                // by setting name
}

// Load reads the settings. An error names the setting, where it was set and
// what it may be; it is always of kind Invalid.
func Load(from Sources) (*Config, error) {
	file, err := readFile(from.File)
	if err != nil {
		return nil, err
	}
	if from.Env == nil {
		from.Env = func(string) (string, bool) { return "", false }
	}
	c := &Config{}
	for _, s := range table() {
		value, source := s.value, FromDefault
		if text, ok := file[s.name]; ok {
			value, source = text, FromFile
		}
		if text, ok := from.Env(s.environment()); ok {
			value, source = text, FromEnvironment
		}
		if text, ok := from.Flags[s.name]; ok {
			value, source = text, FromFlag
		}
		if err := s.set(c, value); err != nil {
			return nil, desk.Errorf(desk.Invalid, "The setting %s (from: %s) cannot be %s: %s.", s.name, source, s.shown(value), err)
		}
		c.lines = append(c.lines, s.line(value, source))
	}
	return c, nil
}

// Table lists every setting with its default as its value.
func Table() []Line {
	var lines []Line
	for _, s := range table() {
		lines = append(lines, s.line(s.value, FromDefault))
	}
	return lines
}

// maxFile bounds the file, which is written by hand.
const maxFile = 1 << 20

// readFile reads lines of the form name = value.
func readFile(r io.Reader) (map[string]string, error) {
	values := map[string]string{}
	if r == nil {
		return values, nil
	}
	content, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, desk.Wrap(desk.Invalid, err, "The file of settings cannot be read.")
	}
	if len(content) > maxFile {
		return nil, desk.Errorf(desk.Invalid, "The file of settings is larger than 1 MB; it is not one.")
	}
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		if err := readLine(values, line); err != nil {
			return nil, desk.Errorf(desk.Invalid, "Line %d of the file of settings: %s.", number, err)
		}
	}
	return values, nil
}

func readLine(values map[string]string, line string) error {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return nil
	}
	name, value, ok := strings.Cut(line, "=")
	if !ok {
		return errors.New("it is not of the form name = value")
	}
	name = strings.TrimSpace(name)
	if !known(name) {
		return fmt.Errorf("there is no setting %q; `gatehouse config` lists all", name)
	}
	if _, twice := values[name]; twice {
		return fmt.Errorf("%s is set twice", name)
	}
	values[name] = strings.TrimSpace(value)
	return nil
}

func known(name string) bool {
	for _, s := range table() {
		if s.name == name {
			return true
		}
	}
	return false
}
