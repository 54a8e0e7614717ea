package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
)

// A Saved says what a backup holds.
type Saved struct {
	Tables int
	Rows   int64
	Files  int
	// Missing are the digests of contents whose files were not there or held
	// something else: the backup is whole but for them.
	Missing []string
}

// Backup writes the whole desk, as it is at one moment, while others use it.
// Either database can be restored from it. It holds everything, secrets and
// mail included. progress, if not nil, is told the rows and files written.
func (s *Store) Backup(ctx context.Context, w io.Writer, progress func(done int)) (*Saved, error) {
	b := &backup{end: ending{Tables: map[string]Rows{}, Missing: []string{}}, progress: progress}
	if b.progress == nil {
		b.progress = func(int) {}
	}
	err := s.View(ctx, func(tx *Tx) error { return b.write(ctx, tx, w) })
	if err != nil {
		return nil, err
	}
	saved := &Saved{Tables: len(b.end.Tables), Files: b.end.Files, Missing: b.end.Missing}
	for _, rows := range b.end.Tables {
		saved.Rows += rows.Count
	}
	return saved, nil
}

// A backup is one being made.
type backup struct {
	*archiveWriter
	end      ending
	done     int
	progress func(done int)
}

func (b *backup) write(ctx context.Context, tx *Tx, w io.Writer) error {
	if tx.d.lasting != "" { // whoever reads the backup may be slow
		if _, err := tx.exec(ctx, tx.d.lasting); err != nil {
			return err
		}
	}
	schema, err := tx.applied(ctx)
	if err != nil {
		return err
	}
	begin := beginning{archiveFormat, tx.d.name, schema, tx.now().UTC()}
	if b.archiveWriter, err = newArchive(w, begin.Made); err != nil {
		return err
	}
	if err := b.putJSON("begin.json", begin); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	tables, err := tx.tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := b.writeTable(ctx, tx, t); err != nil {
			return fmt.Errorf("backing up the table %s: %w", t.name, err)
		}
	}
	if err := b.writeFiles(ctx, tx); err != nil {
		return fmt.Errorf("backing up the files: %w", err)
	}
	if b.end.Numbering, err = tx.numbering(ctx); err != nil {
		return err
	}
	if err := b.putJSON("end.json", b.end); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	return b.close()
}

// writeTable writes the rows in parts, as an entry must know its size.
func (b *backup) writeTable(ctx context.Context, tx *Tx, t table) error {
	head, err := json.Marshal(t.columns)
	if err != nil {
		return err
	}
	part := bytes.NewBuffer(append(head, '\n'))
	number := 0
	flush := func() error {
		number++
		err := b.put(fmt.Sprintf("tables/%s/%06d.json", t.name, number), part.Bytes())
		part.Reset()
		part.Write(append(head, '\n'))
		return err
	}
	var sum rowSum
	err = tx.eachRow(ctx, t, func(row []byte) error {
		sum.add(row)
		part.Write(row)
		if b.done++; b.done%1000 == 0 {
			b.progress(b.done)
		}
		if part.Len() < partSize {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	b.end.Tables[t.name] = sum.rows()
	return flush()
}

// eachRow calls do with every row of a table as a line of a backup.
func (tx *Tx) eachRow(ctx context.Context, t table, do func(row []byte) error) error {
	values := make([]any, len(t.columns))
	to := make([]any, len(t.columns))
	for i := range values {
		to[i] = &values[i]
	}
	return tx.each(ctx, func(rows *sql.Rows) error {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		row, err := encodeRow(values)
		if err != nil {
			return err
		}
		return do(row)
	}, `SELECT `+t.named()+` FROM "`+t.name+`"`)
}

// sums adds up the rows of all tables.
func (tx *Tx) sums(ctx context.Context) (map[string]Rows, error) {
	tables, err := tx.tables(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string]Rows{}
	for _, t := range tables {
		var sum rowSum
		err := tx.eachRow(ctx, t, func(row []byte) error {
			sum.add(row)
			return nil
		})
		if err != nil {
			return nil, tx.wrap(err, "read the table", t.name)
		}
		all[t.name] = sum.rows()
	}
	return all, nil
}

// writeFiles copies the contents that lie in files.
func (b *backup) writeFiles(ctx context.Context, tx *Tx) error {
	return tx.each(ctx, func(rows *sql.Rows) error {
		var digest string
		var size int64
		if err := rows.Scan(&digest, &size); err != nil {
			return err
		}
		there, err := b.putFile(ctx, tx.s.files, digest, size)
		if !there {
			b.end.Missing = append(b.end.Missing, digest)
			return err
		}
		b.end.Files++
		b.done++
		b.progress(b.done)
		return err
	}, `SELECT digest, size FROM blob WHERE content IS NULL ORDER BY digest`)
}
