package pgtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// A Snapshot is what a database held at a moment, to be brought back. For
// tests that need many equal databases one after the other that is quicker
// than copies.
type Snapshot struct {
	conn  *pgx.Conn
	reset string
}

// Remember keeps what the database at the given URL holds. The snapshot lies
// in a schema of that database and holds a connection until it is closed.
func Remember(ctx context.Context, at string) (*Snapshot, error) {
	conn, err := pgx.Connect(ctx, at)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{conn: conn}
	if s.reset, err = remember(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close(ctx))
	}
	return s, nil
}

// Restore brings back what was there. Nobody else may be writing; who is
// connected may stay so.
func (s *Snapshot) Restore(ctx context.Context) error {
	_, err := s.conn.Exec(ctx, s.reset)
	return err
}

// Close ends the connection.
func (s *Snapshot) Close(ctx context.Context) error { return s.conn.Close(ctx) }

// remember copies every table that holds something and returns the statements
// that bring all tables and sequences back.
func remember(ctx context.Context, conn *pgx.Conn) (string, error) {
	tables, err := column(ctx, conn, `SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
	if err != nil {
		return "", err
	}
	if _, err := conn.Exec(ctx, "CREATE SCHEMA remembered"); err != nil {
		return "", err
	}
	var back, fill strings.Builder
	back.WriteString("BEGIN; SET LOCAL session_replication_role = replica;\n") // no triggers, no references
	for _, t := range tables {
		made, err := conn.Exec(ctx, fmt.Sprintf("CREATE TABLE remembered.%s AS TABLE public.%[1]s", t))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&back, "DELETE FROM public.%s;\n", t)
		if made.RowsAffected() > 0 {
			fmt.Fprintf(&fill, "INSERT INTO public.%s OVERRIDING SYSTEM VALUE SELECT * FROM remembered.%[1]s;\n", t)
		}
	}
	sequences, err := column(ctx, conn, `SELECT format('SELECT setval(%L, %s, %L);', quote_ident(schemaname) || '.' || quote_ident(sequencename),
		coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences WHERE schemaname = 'public'`)
	return back.String() + fill.String() + strings.Join(sequences, "\n") + "\nCOMMIT;", err
}

func column(ctx context.Context, conn *pgx.Conn, query string) ([]string, error) {
	rows, err := conn.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
