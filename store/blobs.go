package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"syscall"

	"gatehouse/desk"
)

// inRow is up to how many bytes a content is kept in the database.
const inRow = 64 << 10

// Digest returns the name of a content: its SHA-256 in hex.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// putBlob stores a content once and returns its digest. A large one becomes a
// file that is on the disk before the transaction commits; where it does not
// commit, the file lies there unused until the same content comes again or
// SweepFiles takes it. The row comes first, as that is what keeps SweepFiles
// from the file.
func (tx *Tx) putBlob(ctx context.Context, content []byte) (string, error) {
	digest := Digest(content)
	kept := content
	if len(content) > inRow {
		kept = nil
	} else if kept == nil {
		kept = []byte{} // nothing, but not in a file
	}
	_, err := tx.exec(ctx, `INSERT INTO blob (digest, size, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, digest, len(content), kept)
	if err != nil {
		return "", tx.wrap(err, "store the content", digest)
	}
	if len(content) > inRow {
		if err := tx.s.files.put(ctx, digest, content); err != nil {
			return "", fileError(err, digest)
		}
	}
	return digest, nil
}

// fileError tells a full or read-only disk, or a bucket that cannot be reached,
// from other faults.
func fileError(err error, digest string) error {
	if desk.KindOf(err) == desk.Unavailable {
		return err
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return desk.NoRoom(err)
	}
	for _, known := range []error{syscall.EROFS, syscall.EIO} {
		if errors.Is(err, known) {
			return desk.Wrap(desk.Unavailable, err, "The desk cannot store files at the moment; try again in a minute.")
		}
	}
	return fmt.Errorf("storing the content %s: %w", digest, err)
}

// blob returns a content.
func (tx *Tx) blob(ctx context.Context, digest string) ([]byte, error) {
	var size int64
	var content []byte
	err := tx.row(ctx, `SELECT size, content FROM blob WHERE digest = $1`, digest).Scan(&size, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("reading the content %s: there is none", digest)
	}
	if err != nil {
		return nil, tx.wrap(err, "read the content", digest)
	}
	if size <= inRow {
		return content, nil
	}
	content, err = tx.s.files.get(ctx, digest)
	if desk.KindOf(err) == desk.Unavailable {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("reading the content %s: %w", digest, err)
	}
	if Digest(content) != digest {
		return nil, fmt.Errorf("reading the content %s: the file holds something else", digest)
	}
	return content, nil
}
