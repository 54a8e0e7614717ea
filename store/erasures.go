package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gatehouse/desk"
)

// erasuresFile is the file in the data directory that outlives the database: a
// restore of an older backup reads it, and what was erased since stays so.
const erasuresFile = "erasures"

// maxErasures bounds a file of erasures, in bytes.
const maxErasures = 64 << 20

// an erasureLine is an Erasure as it stands in the file.
type erasureLine struct {
	Kind  string    `json:"kind"`
	What  int64     `json:"what"`
	Made  time.Time `json:"made,omitzero"`
	Texts bool      `json:"texts,omitempty"`
	At    time.Time `json:"at"`
}

// KeepErasures writes what was erased into the data directory, beside what
// stands there already.
func (s *Store) KeepErasures(ctx context.Context) error {
	known, err := s.KeptErasures()
	if err != nil {
		return err
	}
	var list []Erasure
	if err := s.View(ctx, func(tx *Tx) error { list, err = tx.Erasures(ctx); return err }); err != nil {
		return err
	}
	var added bool
	for _, e := range list {
		if !slices.ContainsFunc(known, func(k Erasure) bool { return k.same(e) && (k.Texts || !e.Texts) }) {
			known, added = append(known, e), true
		}
	}
	if !added {
		return nil
	}
	var text bytes.Buffer
	for _, e := range known {
		line, err := json.Marshal(erasureLine(e))
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	return s.replaceFile(filepath.Join(s.dir, erasuresFile), text.Bytes())
}

func (e Erasure) same(o Erasure) bool {
	return e.Kind == o.Kind && e.What == o.What && e.Made.Equal(o.Made)
}

// KeptErasures reads what KeepErasures wrote; nothing where there is no file.
func (s *Store) KeptErasures() ([]Erasure, error) {
	file, err := os.Open(filepath.Join(s.dir, erasuresFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := ReadErasures(file)
	return list, errors.Join(err, file.Close())
}

// ReadErasures reads a file of erasures.
func ReadErasures(from io.Reader) ([]Erasure, error) {
	var list []Erasure
	lines := bufio.NewScanner(io.LimitReader(from, maxErasures))
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var e erasureLine
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil || e.What <= 0 {
			return nil, desk.Errorf(desk.Invalid, "Line %d is not one of a file of erasures.", n)
		}
		list = append(list, Erasure(e))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the erasures: %w", err)
	}
	return list, nil
}

// replaceFile puts a content in place of a file, wholly or not at all.
func (s *Store) replaceFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
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
	if !s.sync {
		return nil
	}
	return syncFile(filepath.Dir(path))
}
