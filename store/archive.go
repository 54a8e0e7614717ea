package store

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"gatehouse/desk"
)

// A backup is a tar file, compressed by gzip, that says the same of a desk in
// either database:
//
//	begin.json               a beginning
//	tables/NAME/000001.json  the names of the columns, then rows, a JSON list a line
//	files/DIGEST             a content that lies in a file
//	end.json                 an ending: without it, the backup is cut off
//
// A value is null, a whole number, a text, or {"base64": …} for bytes.

// archiveFormat is raised when an older program could not read what is written.
const archiveFormat = 1

// partSize is about how many bytes of rows one entry holds.
const partSize = 1 << 20

// A beginning is the first entry of a backup.
type beginning struct {
	Format int       `json:"format"`
	Engine string    `json:"engine"`
	Schema []int64   `json:"schema"` // the migrations that were applied
	Made   time.Time `json:"made"`
}

// An ending is the last entry of a backup.
type ending struct {
	Tables    map[string]Rows  `json:"tables"`
	Numbering map[string]int64 `json:"numbering"` // the last number that a table gave
	Files     int              `json:"files"`
	Missing   []string         `json:"missing"` // files that were not there or held something else
}

// Rows are how many rows a table has and what they sum up to: the same for the
// same rows in any order.
type Rows struct {
	Count int64  `json:"rows"`
	Sum   string `json:"sum"`
}

// A rowSum adds up the digests of rows.
type rowSum struct {
	count int64
	sum   [4]uint64
}

func (s *rowSum) add(row []byte) {
	digest := sha256.Sum256(row)
	for i := range s.sum {
		s.sum[i] += binary.BigEndian.Uint64(digest[8*i:])
	}
	s.count++
}

func (s *rowSum) rows() Rows {
	var text []byte
	for _, part := range s.sum {
		text = binary.BigEndian.AppendUint64(text, part)
	}
	return Rows{s.count, hex.EncodeToString(text)}
}

// encodeRow writes one row as a line.
func encodeRow(values []any) ([]byte, error) {
	for i, v := range values {
		switch v := v.(type) {
		case nil, int64, string:
		case []byte:
			values[i] = map[string]string{"base64": base64.StdEncoding.EncodeToString(v)}
		default:
			return nil, fmt.Errorf("a backup cannot hold a %T", v)
		}
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(values)
	return line.Bytes(), err
}

// decodeRow reads one row; numbers are json.Numbers in it.
func decodeRow(row []any) error {
	for i, v := range row {
		var err error
		switch v := v.(type) {
		case nil, string:
		case json.Number:
			row[i], err = v.Int64()
		case map[string]any:
			text, _ := v["base64"].(string)
			row[i], err = base64.StdEncoding.DecodeString(text)
		default:
			err = fmt.Errorf("it has a %T", v)
		}
		if err != nil {
			return fmt.Errorf("reading a row: %w", err)
		}
	}
	return nil
}

// An archiveWriter writes a backup.
type archiveWriter struct {
	zip *gzip.Writer
	tar *tar.Writer
	at  time.Time
}

func newArchive(w io.Writer, at time.Time) (*archiveWriter, error) {
	zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	return &archiveWriter{zip, tar.NewWriter(zip), at}, err
}

func (a *archiveWriter) entry(name string, size int64) error {
	return a.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: a.at, Format: tar.FormatPAX})
}

func (a *archiveWriter) put(name string, content []byte) error {
	if err := a.entry(name, int64(len(content))); err != nil {
		return err
	}
	_, err := a.tar.Write(content)
	return err
}

func (a *archiveWriter) putJSON(name string, v any) error {
	content, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return a.put(name, append(content, '\n'))
}

// putFile copies a content that lies in a file. It reports whether that was
// there with what its name says; a bucket that does not answer is an error.
func (a *archiveWriter) putFile(ctx context.Context, from files, digest string, size int64) (bool, error) {
	content, err := from.get(ctx, digest)
	if desk.KindOf(err) == desk.Unavailable {
		return true, err
	}
	if there := err == nil && int64(len(content)) == size && Digest(content) == digest; !there {
		return false, nil
	}
	return true, a.put("files/"+digest, content)
}

func (a *archiveWriter) close() error { return errors.Join(a.tar.Close(), a.zip.Close()) }

// notABackup says that a file is none, or only a part of one.
func notABackup(cause error) error {
	return desk.Wrap(desk.Invalid, cause, "This file is no backup of a desk, or only a part of one; nothing was restored. Take another one.")
}
