// Package transfer brings files of other systems into the desk: it reads them
// into the neutral records of package service, which checks rights and rules
// and writes them.
//
// It promises to name the line of whatever it cannot read, to hold the size of
// a file within limits, and to change no text: a cell that looks like a formula
// or a pattern is that text. It decides nothing about the desk and writes
// nothing itself.
package transfer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gatehouse/desk"
	"gatehouse/service"
)

// The limits of a file.
const (
	MaxLines = 1_000_000
	MaxBytes = 256 << 20
	maxCell  = 10_000 // bytes
)

// Kinds lists what a CSV file can hold.
func Kinds() []string { return []string{"users", "customers", "memberships", "grants"} }

// A column is one that a kind of file may have.
type column struct {
	name  string
	needs bool // a file without it cannot be read
}

var columnsOf = map[string][]column{
	"users":       {{"login", true}, {"name", false}, {"kind", false}, {"addresses", false}, {"language", false}, {"zone", false}, {"disabled", false}},
	"customers":   {{"key", true}, {"name", false}, {"domains", false}, {"street", false}, {"city", false}, {"country", false}, {"comment", false}, {"disabled", false}},
	"memberships": {{"customer", false}, {"group", false}, {"member", true}, {"part", false}, {"primary", false}, {"from", false}, {"until", false}},
	"grants":      {{"who", true}, {"as", false}, {"what", true}, {"where", true}, {"until", false}},
}

// Columns lists the columns of a kind of file, those that it must have first.
func Columns(kind string) []string {
	var needed, others []string
	for _, c := range columnsOf[kind] {
		if c.needs {
			needed = append(needed, c.name)
		} else {
			others = append(others, c.name)
		}
	}
	return append(needed, others...)
}

// ReadCSV reads a file of comma-separated values (RFC 4180) of a kind into
// records. The first line names the columns, in any order; the separator is
// the comma, semicolon or tab that stands there. The file is UTF-8, with a
// byte-order mark or without, its lines end in LF or CRLF. A line that cannot
// be read is a bad record of the Load; an error means that the file cannot be
// read at all. A column that is not there leaves things as they are, an empty
// cell of a text empties it.
func ReadCSV(kind string, from io.Reader) (service.Load, error) {
	return read(kind, from, nil)
}

// read reads a file whose columns stand where places says; nil: where its first
// line does.
func read(kind string, from io.Reader, places map[string]int) (service.Load, error) {
	var load service.Load
	if columnsOf[kind] == nil {
		return load, desk.Errorf(desk.Invalid, "There are files of %s; %q is none of them.", strings.Join(Kinds(), ", "), kind)
	}
	limited := &io.LimitedReader{R: from, N: MaxBytes + 1}
	buffered := buffer(limited)
	reader, err := begin(buffered)
	if err != nil {
		return load, err
	}
	table := &table{kind: kind, csv: reader}
	if err := table.head(places); err != nil {
		return load, err
	}
	for {
		more, err := table.row(&load)
		switch {
		case err != nil:
			return load, err
		case limited.N <= 0:
			return load, desk.Errorf(desk.TooLarge, "The file is larger than %d MB; bring it in in parts.", MaxBytes>>20)
		case !more:
			return load, nil
		}
	}
}

func buffer(from io.Reader) *bufio.Reader { return bufio.NewReaderSize(from, 64<<10) }

// begin drops a byte-order mark and finds the separator.
func begin(r *bufio.Reader) (*csv.Reader, error) {
	start, err := r.Peek(3)
	if err != nil && len(start) == 0 {
		if errors.Is(err, io.EOF) {
			return nil, desk.Errorf(desk.Invalid, "The file is empty; its first line names the columns.")
		}
		return nil, desk.Wrap(desk.Unavailable, err, "The file cannot be read.")
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return nil, desk.Errorf(desk.Invalid, "The file is UTF-16; save it as CSV UTF-8.")
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = r.Discard(3) // what was peeked is there
	}
	head, _ := r.Peek(4096) // a shorter file gives what it has
	line, _, _ := bytes.Cut(head, []byte("\n"))
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	for _, separator := range ";\t" {
		if bytes.ContainsRune(line, separator) && !bytes.ContainsRune(line, ',') {
			c.Comma = separator
		}
	}
	return c, nil
}

// A table is a file that is being read.
type table struct {
	kind  string
	csv   *csv.Reader
	at    map[string]int // the place of each column
	width int
	rows  int
}

func (t *table) head(places map[string]int) error {
	names, err := t.csv.Read()
	if err != nil {
		return desk.Errorf(desk.Invalid, "The first line cannot be read: %s. It names the columns: %s.", reason(err), strings.Join(Columns(t.kind), ", "))
	}
	t.at, t.width = map[string]int{}, len(names)
	if places != nil {
		t.at = places
		return t.complete()
	}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		known := slices.ContainsFunc(columnsOf[t.kind], func(c column) bool { return c.name == name })
		if _, twice := t.at[name]; twice || !known {
			return desk.Errorf(desk.Invalid, "Line 1 names a column %s that a file of %s does not have, or has once only; there are: %s.", quoted(name), t.kind, strings.Join(Columns(t.kind), ", "))
		}
		t.at[name] = i
	}
	return t.complete()
}

// complete refuses a file that lacks what its kind must have.
func (t *table) complete() error {
	for name, at := range t.at {
		if at < 0 || at >= t.width {
			return desk.Errorf(desk.Invalid, "Line 1 has %d columns; there is none for %s.", t.width, name)
		}
	}
	for _, c := range columnsOf[t.kind] {
		if _, ok := t.at[c.name]; c.needs && !ok {
			return desk.Errorf(desk.Invalid, "Line 1 does not name the column %s, which a file of %s must have.", c.name, t.kind)
		}
	}
	_, customer := t.at["customer"]
	_, group := t.at["group"]
	if t.kind == "memberships" && !customer && !group {
		return desk.Errorf(desk.Invalid, "Line 1 names neither the column customer nor the column group; a file of memberships must have one of them.")
	}
	return nil
}

func quoted(name string) string {
	if !utf8.ValidString(name) {
		name = "(not UTF-8)"
	}
	if len(name) > 60 {
		name = strings.ToValidUTF8(name[:60], "") + "…"
	}
	return strconv.Quote(name)
}

// row reads one line into the load, and reports whether there are more.
func (t *table) row(load *service.Load) (bool, error) {
	cells, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	var parse *csv.ParseError
	if err != nil && !errors.As(err, &parse) {
		return false, desk.Wrap(desk.Unavailable, err, "The file cannot be read any further.")
	}
	if t.rows++; t.rows > MaxLines {
		return false, desk.Errorf(desk.TooLarge, "The file has more than %d lines; bring it in in parts.", MaxLines)
	}
	if err != nil {
		load.Bad = append(load.Bad, service.BadRecord{Line: parse.StartLine, Err: desk.Errorf(desk.Invalid, "The line cannot be read: %s.", reason(err))})
		return true, nil //nolint:nilerr // it is among the bad ones
	}
	line, _ := t.csv.FieldPos(0)
	bad := t.check(cells)
	if bad == nil {
		bad = t.record(line, cells, load)
	}
	if bad != nil {
		load.Bad = append(load.Bad, service.BadRecord{Line: line, Err: bad})
	}
	return true, nil
}

// reason says in words what encoding/csv found.
func reason(err error) string {
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		return `a quotation mark (") stands in a cell that does not begin with one`
	case errors.Is(err, csv.ErrQuote):
		return `a quoted cell is not closed, or goes on after its closing quotation mark (")`
	case errors.Is(err, io.EOF):
		return "the file ends before it"
	}
	return err.Error()
}

func (t *table) check(cells []string) error {
	if len(cells) != t.width {
		return desk.Errorf(desk.Invalid, "The line has %d cells, the first line has %d.", len(cells), t.width)
	}
	for _, cell := range cells {
		if !utf8.ValidString(cell) {
			return desk.Errorf(desk.Invalid, "The line is not UTF-8; save the file as CSV UTF-8.")
		}
		if len(cell) > maxCell {
			return desk.Errorf(desk.Invalid, "A cell is longer than %d bytes.", maxCell)
		}
	}
	return nil
}
