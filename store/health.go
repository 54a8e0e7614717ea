package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Pools are how the connections to the database are used, for writing and for
// reading; on PostgreSQL both are one.
type Pools struct{ Write, Read sql.DBStats }

// Pools returns how the connections are used now.
func (s *Store) Pools() Pools { return Pools{s.write.Stats(), s.read.Stats()} }

// Statements is how many statements the database was asked for since the store
// was opened.
func (s *Store) Statements() int64 { return s.asked.Load() }

// CheckFiles reports whether contents can be stored: that a file can be made,
// or that the bucket answers.
func (s *Store) CheckFiles(ctx context.Context) error { return s.files.check(ctx) }

// Clock returns what the clock of a PostgreSQL server says, and the zero time
// for SQLite, which has none of its own.
func Clock(ctx context.Context, o Options) (at time.Time, err error) {
	if o.URL == "" {
		return at, nil
	}
	s, err := connect(ctx, o)
	if err != nil {
		return at, err
	}
	var now int64
	err = s.read.QueryRowContext(ctx, `SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint`).Scan(&now)
	return moment(now), errors.Join(s.d.wrap(err, "ask the database for its time", ""), s.Close())
}
