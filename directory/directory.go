// Package directory reads people from outside the desk: from LDAP servers, from
// tables of other SQL databases, and from providers of sign-ins (OpenID
// Connect), one by one as they come.
//
// A source knows one directory: it finds somebody by login or address, checks
// his password there, and yields everybody, page by page, so that a directory
// of any size takes a bounded amount of memory. What is typed never becomes
// part of a filter, a name or a statement; an empty password never signs in;
// referrals are not followed. What the entries mean for the desk is decided in
// package service.
package directory

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gatehouse/desk"
)

// A Source is one directory that can be asked. Its methods return an error of
// kind Unavailable where the directory does not answer.
type Source interface {
	// Authenticate returns the entry of whom the login and password are; nil if
	// there is no such login, an error of kind Unauthenticated if the password
	// is another one.
	Authenticate(ctx context.Context, login, password string) (*desk.DirectoryEntry, error)
	// Lookup returns the entry with a login or address, or nil.
	Lookup(ctx context.Context, name string) (*desk.DirectoryEntry, error)
	// Each calls yield with page after page of all entries.
	Each(ctx context.Context, yield func([]desk.DirectoryEntry) error) error
}

// The limits of what is read of an entry.
const (
	maxValue  = 1000 // bytes; what is longer is left out
	maxValues = 100
	pageSize  = 500
	askTime   = 15 * time.Second
)

// read decodes the settings of a directory; an unknown one is refused, since it
// may be a misspelt one.
func read(config string, into any) error {
	decoder := json.NewDecoder(strings.NewReader(config))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return desk.InvalidFields(map[string]string{"config": "The settings cannot be read as JSON: " + err.Error() + "."})
	}
	return nil
}

// cannot makes the error for a directory that does not answer.
func cannot(doing string, err error) error {
	var known *desk.Error
	if errors.As(err, &known) {
		return err
	}
	return desk.Wrap(desk.Unavailable, err, "The directory does not answer: %s failed (%s).", doing, firstLine(err.Error()))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if len(line) > 300 {
		line = strings.ToValidUTF8(line[:300], "")
	}
	return line
}

// usable keeps the values that are text of a length that can be stored.
func usable(values []string) []string {
	var kept []string
	for _, v := range values {
		v = strings.TrimSpace(v)
		if v != "" && len(v) <= maxValue && utf8.ValidString(v) && len(kept) < maxValues {
			kept = append(kept, v)
		}
	}
	return kept
}

func first(values []string) string {
	if kept := usable(values); len(kept) > 0 {
		return kept[0]
	}
	return ""
}

// language returns en or de for a preferred language such as de-AT, else "".
func language(text string) string {
	code, _, _ := strings.Cut(strings.ToLower(text), "-")
	if code == "en" || code == "de" {
		return code
	}
	return ""
}

// tidy cuts the entry's name to what a name can be.
func tidy(e desk.DirectoryEntry) desk.DirectoryEntry {
	name, err := desk.CheckName("user", e.Name)
	if err != nil {
		name = ""
	}
	e.Name, e.Language = name, language(e.Language)
	return e
}
