package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
		if err := tx.s.writeFile(digest, content); err != nil {
			return "", fileError(err, digest)
		}
	}
	return digest, nil
}

// fileError tells a full or read-only disk from other faults.
func fileError(err error, digest string) error {
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
	content, err = os.ReadFile(tx.s.blobPath(digest))
	if err != nil {
		return nil, fmt.Errorf("reading the content %s: %w", digest, err)
	}
	if Digest(content) != digest {
		return nil, fmt.Errorf("reading the content %s: the file holds something else", digest)
	}
	return content, nil
}

func (s *Store) blobPath(digest string) string { return filepath.Join(s.blobs, digest[:2], digest) }

// writeFile puts a content on the disk under its digest: written beside, synced,
// renamed, and the directories synced, so that the name never leads to a part
// of it. A file of that name is the content already.
func (s *Store) writeFile(digest string, content []byte) error {
	path := s.blobPath(digest)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(content)) {
		return s.syncDirs(path) // whoever renamed it may not have synced yet
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil && s.sync {
		err = kept(file.Sync())
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return s.syncDirs(path)
}

// syncDirs makes the names that lead to the file last.
func (s *Store) syncDirs(path string) error {
	if !s.sync {
		return nil
	}
	return errors.Join(syncFile(filepath.Dir(path)), syncFile(s.blobs))
}

// syncFile waits until a file or directory is on the disk.
func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(kept(file.Sync()), file.Close())
}

// kept marks the error of waiting for the disk.
func kept(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", errNotKept, err)
}
