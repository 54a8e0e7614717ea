package storetest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/store"
)

// Contents returns all that a desk holds as a backup writes it: the rows of
// each table in a fixed order, the files, and the numbering.
func Contents(t testing.TB, s *store.Store) map[string][]string {
	t.Helper()
	var archive bytes.Buffer
	if _, err := s.Backup(t.Context(), &archive, nil); err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	eachEntry(t, archive.Bytes(), func(name string, content []byte) {
		switch kind, rest, _ := strings.Cut(name, "/"); kind {
		case "tables":
			table, _, _ := strings.Cut(rest, "/")
			all[table] = append(all[table], strings.Split(strings.TrimSpace(string(content)), "\n")...)
		case "files":
			all["files"] = append(all["files"], rest)
		case "end.json":
			var end struct{ Numbering map[string]int64 }
			if err := json.Unmarshal(content, &end); err != nil {
				t.Error(err)
			}
			numbering, err := json.Marshal(end.Numbering)
			if err != nil {
				t.Error(err)
			}
			all["numbering"] = []string{string(numbering)}
		}
	})
	for _, rows := range all {
		slices.Sort(rows)
	}
	return all
}

func eachEntry(t testing.TB, archive []byte, do func(name string, content []byte)) {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(zip); ; {
		head, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		do(head.Name, content)
	}
}

// EditArchive returns a backup in which a text is another one, wherever it
// stands.
func EditArchive(t testing.TB, archive []byte, before, after string) []byte {
	t.Helper()
	var edited bytes.Buffer
	zip := gzip.NewWriter(&edited)
	w := tar.NewWriter(zip)
	eachEntry(t, archive, func(name string, content []byte) {
		name, content = strings.ReplaceAll(name, before, after), bytes.ReplaceAll(content, []byte(before), []byte(after))
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(content))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return edited.Bytes()
}

// Unpacked returns all that a backup holds, one entry behind the other.
func Unpacked(t testing.TB, archive []byte) (all []byte) {
	t.Helper()
	eachEntry(t, archive, func(name string, content []byte) { all = append(append(all, name...), content...) })
	return all
}

// KeepWriting opens tickets with files until stop is closed, and says so at
// wrote when somebody listens.
func KeepWriting(ctx context.Context, s *store.Store, wrote chan<- struct{}, stop <-chan struct{}) error {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return nil
		default:
		}
		err := s.Do(ctx, func(tx *store.Tx) error {
			k := &desk.Ticket{Queue: 1, Subject: numbered("written meanwhile", i), Status: desk.StatusNew}
			if err := tx.InsertTicket(ctx, k); err != nil {
				return err
			}
			return tx.InsertMessage(ctx, &desk.Message{Ticket: k.ID, Kind: desk.Reply, Text: "words",
				Attachments: []desk.Attachment{{Name: "a", Data: bytes.Repeat([]byte(numbered("x", i)), 20_000)}}})
		})
		if err != nil {
			return err
		}
		select {
		case wrote <- struct{}{}:
		default:
		}
	}
}
