package store

import (
	"context"
	"database/sql"
)

// Pools are how the connections to the database are used, for writing and for
// reading; on PostgreSQL both are one.
type Pools struct{ Write, Read sql.DBStats }

// Pools returns how the connections are used now.
func (s *Store) Pools() Pools { return Pools{s.write.Stats(), s.read.Stats()} }

// CheckFiles reports whether contents can be stored: that a file can be made,
// or that the bucket answers.
func (s *Store) CheckFiles(ctx context.Context) error { return s.files.check(ctx) }
