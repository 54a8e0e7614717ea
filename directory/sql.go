package directory

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/crypto/bcrypt"
	_ "modernc.org/sqlite" // the driver sqlite

	"gatehouse/desk"
)

// SQL are the settings of a directory of the kind sql, as JSON: a table, or a
// view, with one row for each person. The secret of the directory is the
// address of the database, with its password: postgres://…,
// user:password@tcp(host:3306)/name for MySQL and MariaDB, or the path of a
// SQLite file.
type SQL struct {
	Driver string `json:"driver"` // postgres, mysql or sqlite
	Table  string `json:"table"`  // name, or schema.name

	// The columns: what says who somebody is and never changes (empty: Login),
	// login, name, addresses and keys of customers (each parted by blanks,
	// commas or semicolons), language, a password as bcrypt writes it, and
	// whether he is disabled (0, empty and NULL: no). Only Login must be there.
	ID        string `json:"id,omitempty"`
	Login     string `json:"login"`
	Name      string `json:"name,omitempty"`
	Addresses string `json:"addresses,omitempty"`
	Customers string `json:"customers,omitempty"`
	Groups    string `json:"groups,omitempty"`
	Language  string `json:"language,omitempty"`
	Password  string `json:"password,omitempty"`
	Disabled  string `json:"disabled,omitempty"`
}

type sqlSource struct {
	SQL
	secret string
	reach  Reach
	groups []desk.DirectoryGroup
	table  string   // quoted
	cells  []string // the quoted columns, or '', in the order in which row reads them
}

func newSQL(d desk.Directory, reach Reach) (*sqlSource, error) {
	s := &sqlSource{secret: d.Secret, reach: reach, groups: d.Groups}
	if err := read(d.Config, &s.SQL); err != nil {
		return nil, err
	}
	if s.Driver != "postgres" && s.Driver != "mysql" && s.Driver != "sqlite" {
		return nil, desk.InvalidFields(map[string]string{"config-driver": "driver is postgres, mysql or sqlite."})
	}
	s.ID = cmp.Or(s.ID, s.Login)
	schema, table, two := strings.Cut(s.Table, ".")
	var err error
	if s.table, err = s.quoted("table", schema); err == nil && two {
		table, err = s.quoted("table", table)
		s.table += "." + table
	}
	if err != nil {
		return nil, err
	}
	if s.Login == "" {
		return nil, desk.InvalidFields(map[string]string{"config-login": "Name the column login."})
	}
	for _, c := range []struct{ field, name string }{{"id", s.ID}, {"login", s.Login}, {"name", s.Name}, {"addresses", s.Addresses},
		{"customers", s.Customers}, {"groups", s.Groups}, {"language", s.Language}, {"password", s.Password}, {"disabled", s.Disabled}} {
		cell := "''"
		if c.name != "" {
			if cell, err = s.quoted(c.field, c.name); err != nil {
				return nil, err
			}
		}
		s.cells = append(s.cells, cell)
	}
	return s, nil
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,62}$`)

// quoted writes the name of a table or column; what does not look like one is
// refused, so that settings are never part of a statement otherwise.
func (s *sqlSource) quoted(field, name string) (string, error) {
	if !identifier.MatchString(name) {
		return "", desk.InvalidFields(map[string]string{"config-" + field: fmt.Sprintf("%q is not the name of a table or column: letters, digits and _ only.", name)})
	}
	if s.Driver == "mysql" {
		return "`" + name + "`", nil
	}
	return `"` + name + `"`, nil
}

// place is the n-th placeholder of a statement.
func (s *sqlSource) place(n int) string {
	if s.Driver == "postgres" {
		return fmt.Sprintf("$%d", n)
	}
	return "?"
}

func (s *sqlSource) open() (*sql.DB, error) {
	if s.secret == "" {
		return nil, desk.Errorf(desk.Invalid, "The directory has no address of its database; give it as its secret.")
	}
	db, err := s.connector()
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

func (s *sqlSource) connector() (*sql.DB, error) {
	switch s.Driver {
	case "postgres":
		config, err := pgx.ParseConfig(s.secret)
		if err != nil {
			return nil, desk.Errorf(desk.Invalid, "The address of the database cannot be read; write postgres://user:password@host/name.")
		}
		config.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil } // the dialer does it
		config.DialFunc = s.dial
		return stdlib.OpenDB(*config), nil
	case "mysql":
		config, err := mysql.ParseDSN(s.secret)
		if err != nil {
			return nil, desk.Errorf(desk.Invalid, "The address of the database cannot be read; write user:password@tcp(host:3306)/name.")
		}
		config.MultiStatements, config.AllowAllFiles, config.DialFunc = false, false, s.dial
		connector, err := mysql.NewConnector(config)
		if err != nil {
			return nil, desk.Errorf(desk.Invalid, "The address of the database cannot be read.")
		}
		return sql.OpenDB(connector), nil
	}
	if err := s.reach.mayFile(s.secret); err != nil {
		return nil, err
	}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: s.secret}).EscapedPath(), RawQuery: "mode=ro&_query_only=1"}).String()
	db, err := sql.Open(s.Driver, dsn)
	if err != nil {
		return nil, desk.Errorf(desk.Invalid, "The address of the database cannot be read.")
	}
	return db, nil
}

// dial reaches for the database, where that is allowed.
func (s *sqlSource) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if network == "unix" {
		if err := s.reach.mayFile(address); err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	return s.reach.dialer(host).DialContext(ctx, network, address)
}

// text makes a column of any type a text of at most maxValue characters.
func (s *sqlSource) text(cell string) string {
	kind := "text"
	if s.Driver == "mysql" {
		kind = "char"
	}
	return fmt.Sprintf("coalesce(substr(cast(%s AS %s), 1, %d), '')", cell, kind, maxValue)
}

// rows asks for rows by a condition.
func (s *sqlSource) rows(ctx context.Context, db *sql.DB, rest string, args ...any) ([]sqlRow, error) {
	var texts []string
	for _, cell := range s.cells {
		texts = append(texts, s.text(cell))
	}
	rows, err := db.QueryContext(ctx, "SELECT "+strings.Join(texts, ", ")+" FROM "+s.table+rest, args...)
	if err != nil {
		return nil, cannot("asking the database", err)
	}
	defer rows.Close()
	var list []sqlRow
	for rows.Next() {
		var r sqlRow
		if err := rows.Scan(&r.id, &r.login, &r.name, &r.addresses, &r.customers, &r.groups, &r.language, &r.password, &r.disabled); err != nil {
			return nil, cannot("reading a row", err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, cannot("reading rows", err)
	}
	return list, nil
}

type sqlRow struct{ id, login, name, addresses, customers, groups, language, password, disabled string }

func (r *sqlRow) entry() desk.DirectoryEntry {
	return tidy(desk.DirectoryEntry{
		ID: r.id, Login: strings.TrimSpace(r.login), Name: r.name, Addresses: parts(r.addresses), Customers: parts(r.customers),
		Groups: parts(r.groups), Language: r.language,
		Disabled: r.disabled != "" && r.disabled != "0" && r.disabled != "f" && r.disabled != "false",
	})
}

func parts(text string) []string {
	return usable(strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ,;|\t\r\n", c) }))
}

// find returns the one row with a login, or nil.
func (s *sqlSource) find(ctx context.Context, name string) (*sqlRow, error) {
	if strings.TrimSpace(name) == "" || len(name) > maxValue || strings.ContainsRune(name, 0) {
		return nil, nil
	}
	db, err := s.open()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	condition := " WHERE lower(" + s.cells[1] + ") = lower(" + s.place(1) + ")"
	args := []any{name}
	if s.Addresses != "" && strings.Contains(name, "@") {
		condition += " OR lower(" + s.cells[3] + ") = lower(" + s.place(2) + ")"
		args = append(args, name)
	}
	list, err := s.rows(ctx, db, condition+" LIMIT 2", args...)
	if err != nil || len(list) != 1 {
		return nil, err
	}
	return &list[0], nil
}

// Authenticate compares the password with the hash of the row.
func (s *sqlSource) Authenticate(ctx context.Context, login, password string) (*desk.DirectoryEntry, error) {
	wrong := desk.Errorf(desk.Unauthenticated, "Login or password is wrong.")
	if password == "" {
		return nil, wrong
	}
	r, err := s.find(ctx, login)
	if err != nil || r == nil {
		return nil, err
	}
	if err := bcrypt.CompareHashAndPassword([]byte(r.password), []byte(password)); err != nil {
		return nil, wrong
	}
	e := r.entry()
	return &e, nil
}

// Lookup finds the row with a login or address.
func (s *sqlSource) Lookup(ctx context.Context, name string) (*desk.DirectoryEntry, error) {
	r, err := s.find(ctx, name)
	if err != nil || r == nil {
		return nil, err
	}
	e := r.entry()
	return &e, nil
}

// Each reads all rows by pages, in the order of what says who somebody is.
func (s *sqlSource) Each(ctx context.Context, yield func([]desk.DirectoryEntry) error) error {
	db, err := s.open()
	if err != nil {
		return err
	}
	defer db.Close()
	key := s.text(s.cells[0])
	last := ""
	for ctx.Err() == nil {
		rows, err := s.rows(ctx, db, fmt.Sprintf(" WHERE %s > %s ORDER BY %s LIMIT %d", key, s.place(1), key, pageSize), last)
		if err != nil || len(rows) == 0 {
			return err
		}
		page := make([]desk.DirectoryEntry, len(rows))
		for i := range rows {
			page[i] = rows[i].entry()
		}
		if err := yield(page); err != nil {
			return err
		}
		if rows[len(rows)-1].id == last {
			return cannot("reading rows", errors.New("two pages end alike"))
		}
		last = rows[len(rows)-1].id
	}
	return cannot("reading rows", ctx.Err())
}
