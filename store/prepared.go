package store

import (
	"context"
	"database/sql/driver"
	"strings"
)

// maxKept is how many statements a connection keeps. Statements come from the
// program's text and from few shapes of lists; what is beyond is prepared anew.
const maxKept = 400

// unkept begins statements that are not kept: people write queries of any shape,
// which would take the room from the rest.
const unkept = "/* asked */ "

// A keptConn is a connection to SQLite that keeps its prepared statements. Like
// every driver.Conn it serves one caller at a time.
type keptConn struct {
	driver.Conn
	kept map[string]*keptStmt
}

// A keptStmt is a prepared statement; busy while its rows are being read, when
// the same text has to be prepared a second time.
type keptStmt struct {
	driver.Stmt
	busy bool
}

// BeginTx begins a transaction.
func (c *keptConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

// Ping asks whether the database answers.
func (c *keptConn) Ping(ctx context.Context) error { return c.Conn.(driver.Pinger).Ping(ctx) }

// ResetSession is called before the connection is used again.
func (c *keptConn) ResetSession(ctx context.Context) error {
	return c.Conn.(driver.SessionResetter).ResetSession(ctx)
}

// IsValid reports whether the connection can be used again.
func (c *keptConn) IsValid() bool { return c.Conn.(driver.Validator).IsValid() }

// Close closes the kept statements and the connection.
func (c *keptConn) Close() error {
	for _, stmt := range c.kept {
		_ = stmt.Close() // the connection, closed next, says what is wrong
	}
	clear(c.kept)
	return c.Conn.Close()
}

// PrepareContext prepares a statement that the caller keeps himself.
func (c *keptConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

// ready returns the kept statement for the text, prepared now if it is not
// there; nil if it is busy or there are too many.
func (c *keptConn) ready(ctx context.Context, query string) (*keptStmt, error) {
	if stmt := c.kept[query]; stmt != nil {
		if stmt.busy {
			return nil, nil
		}
		return stmt, nil
	}
	if len(c.kept) >= maxKept || strings.HasPrefix(query, unkept) {
		return nil, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	stmt := &keptStmt{Stmt: prepared}
	c.kept[query] = stmt
	return stmt, nil
}

// ExecContext runs a statement.
func (c *keptConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	stmt, err := c.ready(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	}
	return stmt.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext runs a query.
func (c *keptConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	stmt, err := c.ready(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	}
	rows, err := stmt.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	stmt.busy = true
	return &keptRows{Rows: rows, stmt: stmt}, nil
}

// keptRows give their statement back when they are closed.
type keptRows struct {
	driver.Rows
	stmt *keptStmt
}

// Close ends the reading.
func (r *keptRows) Close() error {
	r.stmt.busy = false
	return r.Rows.Close()
}

// limited ends a query that gives no more rows than an argument says. SQLite
// compiles a statement anew whenever the argument of a bare LIMIT is set, as the
// number could change its plan; it does not look through the sum.
func limited(arg string) string { return " LIMIT " + arg + " + 0" }
