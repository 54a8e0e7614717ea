package store

import (
	"database/sql"
	"errors"
	"os"
)

// Pools are how the connections to the database are used, for writing and for
// reading; on PostgreSQL both are one.
type Pools struct{ Write, Read sql.DBStats }

// Pools returns how the connections are used now.
func (s *Store) Pools() Pools { return Pools{s.write.Stats(), s.read.Stats()} }

// CheckFiles reports whether contents can be stored as files.
func (s *Store) CheckFiles() error {
	file, err := os.CreateTemp(s.blobs, ".new-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString("Can be written.\n")
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}
