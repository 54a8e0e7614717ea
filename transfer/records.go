package transfer

import (
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// A row reads the cells of one line by the names of their columns, and keeps
// the first thing that it cannot read.
type row struct {
	table *table
	cells []string
	err   error
}

// cell returns a cell without blanks around it; what is not there is empty.
// The text is copied: the reader uses its memory again.
func (r *row) cell(name string) string {
	at, ok := r.table.at[name]
	if !ok {
		return ""
	}
	return strings.Clone(strings.TrimSpace(r.cells[at]))
}

// text returns nil where there is no such column.
func (r *row) text(name string) *string {
	if _, ok := r.table.at[name]; !ok {
		return nil
	}
	cell := r.cell(name)
	return &cell
}

// words returns the words of a cell, parted by blanks or semicolons.
func (r *row) words(name string) *[]string {
	if _, ok := r.table.at[name]; !ok {
		return nil
	}
	words := strings.FieldsFunc(r.cell(name), func(c rune) bool { return c == ' ' || c == ';' || c == ',' || c == '|' || c == '\n' })
	return &words
}

func (r *row) bad(format string, args ...any) {
	if r.err == nil {
		r.err = desk.Errorf(desk.Invalid, format, args...)
	}
}

// yes returns nil where the cell is empty or not there.
func (r *row) yes(name string) *bool {
	var is bool
	switch strings.ToLower(r.cell(name)) {
	case "":
		return nil
	case "yes", "true", "1", "ja", "on":
		is = true
	case "no", "false", "0", "nein", "off":
	default:
		r.bad("The column %s holds %s; write yes or no.", name, quoted(r.cell(name)))
	}
	return &is
}

func (r *row) day(name string) *desk.Day {
	if _, ok := r.table.at[name]; !ok {
		return nil
	}
	day, err := desk.ParseDay(r.cell(name))
	if err != nil {
		r.bad("The column %s: %s", name, desk.Sentence(err))
	}
	return &day
}

func (r *row) needed(name string) string {
	text := r.cell(name)
	if text == "" {
		r.bad("The column %s is empty.", name)
	}
	return text
}

// record adds the record of a line to the load.
func (t *table) record(line int, cells []string, load *service.Load) error {
	r := &row{table: t, cells: cells}
	switch t.kind {
	case "users":
		u := service.UserRecord{Line: line, Login: r.needed("login"), Name: r.text("name"), Kind: r.kind(), Addresses: r.words("addresses"),
			Language: r.text("language"), Zone: r.text("zone"), Disabled: r.yes("disabled")}
		if r.err == nil {
			load.Users = append(load.Users, u)
		}
	case "customers":
		c := service.CustomerRecord{Line: line, Key: r.needed("key"), Name: r.text("name"), Street: r.text("street"), City: r.text("city"),
			Country: r.text("country"), Comment: r.text("comment"), Domains: r.words("domains"), Disabled: r.yes("disabled")}
		if r.err == nil {
			load.Customers = append(load.Customers, c)
		}
	case "memberships":
		m := service.MembershipRecord{Line: line, Group: r.group(), Member: r.needed("member"), Part: r.part(), Primary: r.yes("primary"),
			From: r.day("from"), Until: r.day("until")}
		if r.err == nil {
			load.Memberships = append(load.Memberships, m)
		}
	case "grants":
		g := service.GrantRecord{Line: line, Written: service.Written{Who: r.needed("who"), What: r.needed("what"), Where: r.needed("where"), Until: r.cell("until")}}
		if as := r.words("as"); as != nil {
			g.As = *as
		}
		if r.err == nil {
			load.Grants = append(load.Grants, g)
		}
	}
	return r.err
}

func (r *row) kind() desk.UserKind {
	text := r.cell("kind")
	kind, ok := desk.ParseUserKind(strings.ToLower(text))
	if text != "" && !ok {
		r.bad("The column kind holds %s; write agent or contact.", quoted(text))
	}
	return kind
}

func (r *row) part() desk.Part {
	text := r.cell("part")
	part, ok := desk.ParsePart(strings.ToLower(text))
	if text != "" && !ok {
		r.bad("The column part holds %s; write contact, reader, member or manager.", quoted(text))
	}
	return part
}

// group is the group of a membership as the service takes it. A customer
// stands under customer by its key alone, a group under group by its name.
func (r *row) group() string {
	key, name := r.cell("customer"), r.cell("group")
	switch {
	case key != "" && name != "":
		r.bad("The line names both a customer and a group; give it one of them.")
	case key != "":
		return "customer:" + strings.TrimPrefix(key, "customer:")
	case name != "":
		return "group:" + strings.TrimPrefix(name, "group:")
	default:
		r.bad("The line names neither a customer nor a group.")
	}
	return ""
}
