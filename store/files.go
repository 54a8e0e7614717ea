package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A files keeps large contents under their digests, for all nodes. Both kinds
// use the same names: ab/abcd….
type files interface {
	// put stores a content; when it returns, the content lasts.
	put(ctx context.Context, digest string, content []byte) error
	// get returns what is stored, whole or not; without anything it fails with
	// fs.ErrNotExist.
	get(ctx context.Context, digest string) ([]byte, error)
	// remove takes away what each named, whether it is there or not.
	remove(ctx context.Context, name string) error
	// each calls do with everything that is there, half-written things included,
	// and when it was written by the clock of where it is.
	each(ctx context.Context, do func(name string, written time.Time) error) error
	// check reports whether contents can be stored.
	check(ctx context.Context) error
}

// A diskFiles keeps contents in files of a directory.
type diskFiles struct {
	dir  string
	sync bool // wait for the disk
}

func (d *diskFiles) path(digest string) string { return filepath.Join(d.dir, digest[:2], digest) }

// put puts a content on the disk under its digest: written beside, synced,
// renamed, and the directories synced, so that the name never leads to a part
// of it. A file of that name is the content already.
func (d *diskFiles) put(_ context.Context, digest string, content []byte) error {
	path := d.path(digest)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(content)) {
		return d.syncDirs(path) // whoever renamed it may not have synced yet
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
	if err == nil && d.sync {
		err = kept(file.Sync())
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return d.syncDirs(path)
}

// syncDirs makes the names that lead to the file last.
func (d *diskFiles) syncDirs(path string) error {
	if !d.sync {
		return nil
	}
	return errors.Join(syncFile(filepath.Dir(path)), syncFile(d.dir))
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

func (d *diskFiles) get(_ context.Context, digest string) ([]byte, error) {
	return os.ReadFile(d.path(digest))
}

func (d *diskFiles) remove(_ context.Context, name string) error {
	if err := os.Remove(filepath.Join(d.dir, name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (d *diskFiles) each(_ context.Context, do func(name string, written time.Time) error) error {
	return filepath.WalkDir(d.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if name := entry.Name(); len(name) != 64 && !strings.HasPrefix(name, ".new-") {
			return nil // not ours
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(d.dir, path)
		return errors.Join(err, do(name, info.ModTime()))
	})
}

func (d *diskFiles) check(context.Context) error {
	file, err := os.CreateTemp(d.dir, ".new-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString("Can be written.\n")
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}
