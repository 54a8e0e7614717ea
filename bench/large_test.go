package bench

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/multipart"
	"net/mail"
	"testing"

	"gatehouse/desk"
)

// TestTheLargeLetterIsOne: it is as large as it says, has one file that cannot
// be made smaller, and is another one for another number.
func TestTheLargeLetterIsOne(t *testing.T) {
	env := desk.Envelope{From: "jo@acme.example", Recipient: "support@desk.example"}
	raw := largeOf(env, 1)
	if len(raw) < largeLetter || len(raw) > largeLetter+1000 {
		t.Errorf("it has %d bytes, want a few more than %d", len(raw), largeLetter)
	}
	letter, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(letter.Body, "b")
	text, first := parts.NextRawPart()
	file, second := parts.NextRawPart()
	if first != nil || second != nil || text.FileName() != "" || letter.Header.Get("From") != "<jo@acme.example>" {
		t.Fatalf("it is of %s: %v, %v", letter.Header.Get("From"), first, second)
	}
	data, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, file))
	if err != nil || len(data) < largeLetter/2 {
		t.Fatalf("its file has %d bytes: %v", len(data), err)
	}
	for at := 0; at+114 < len(data); at += len(data) / 50 {
		if line := data[at : at+57]; bytes.Contains(data[at+57:], line) {
			t.Fatalf("what stands at %d stands there twice", at)
		}
	}
	if bytes.Equal(raw, largeOf(env, 2)) {
		t.Error("another number gives the same letter")
	}
}

// TestMemoryIsWatched: what is held for a while between begin and end is seen.
func TestMemoryIsWatched(t *testing.T) {
	const size = 64 << 20
	before := held()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() { peak <- watchMemory(stop) }()
	block := make([]byte, size)
	for i := range block {
		block[i] = byte(i)
	}
	close(stop)
	if most := <-peak; most < before+size/2 {
		t.Errorf("it saw %d MB more, want about %d", (most-min(before, most))>>20, size>>20)
	}
	if block[257] != 1 {
		t.Error("the block is not what was written")
	}
}
