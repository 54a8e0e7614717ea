package mailtest_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// A sink is postfix's smtp-sink at one address, which is started with other
// manners each time. It keeps the letters of each time in a directory.
type sink struct {
	t       *testing.T
	address string
	process *exec.Cmd
}

// start runs the sink with those options until stop is called.
func (s *sink) start(dir string, options ...string) {
	s.t.Helper()
	const program = "/usr/sbin/smtp-sink"
	mailtest.Needs(s.t, program)
	if os.Getuid() == 0 { // else it writes nothing
		options = append(options, "-u", "nobody")
		if err := os.Chmod(dir, 0o777); err != nil { // of this test alone
			s.t.Fatal(err)
		}
	}
	s.process = exec.Command(program, append(options, "-d", filepath.Join(dir, "letter."), s.address, "10")...)
	s.process.Dir = dir
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = s.process.Process.Kill() }) // it may be gone
	for deadline := time.Now().Add(10 * time.Second); ; {
		conn, err := net.Dial("tcp", s.address)
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("smtp-sink does not listen: %v", err)
		}
	}
}

func (s *sink) stop() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait() // killed
}

// letters returns what the sink kept in a directory: how often each Message-ID,
// and its text.
func (s *sink) letters(dir string) (times map[string]int, texts map[string]string) {
	s.t.Helper()
	times, texts = map[string]int{}, map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "letter.*"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			s.t.Fatal(err)
		}
		_, letter, _ := strings.Cut(string(raw), "(UTC)\n") // the end of what the sink adds
		if id := message.ParseHeader([]byte(letter)).MessageID; id != "" {
			times[id]++
			texts[id] = strings.TrimRight(letter, "\n")
		}
	}
	return times, texts
}

// nobodysDir returns a directory that the sink can reach, which runs as nobody.
func nobodysDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sink")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// TestASinkInTrouble has smtp-sink as the relay: away for an hour, then in one
// bad mood after the other. When it takes letters again each reply goes out
// once, as the same letter that it was in every mood.
func TestASinkInTrouble(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	opened(t, d)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{t: t, address: l.Addr().String()}
	l.Close() // nothing listens there for an hour
	d.Sender.Relay.Address = s.address
	const replies, people = 4, 3 // to abe, carla, carlo
	for i := range replies {
		write(t, d, "ann", service.NewMessage{Text: fmt.Sprintf("Answer %d.\n.\n..and a dot.", i)})
	}
	for range 12 {
		_ = d.Work() // it cannot be reached
		d.Clock.Advance(5 * time.Minute)
	}
	texts := map[string]string{}
	for _, mood := range [][]string{{"-r", "RCPT"}, {"-r", "DATA"}, {"-r", "."}, {"-Q", "MAIL"}, {"-q", "DATA"}, {"-q", "."}} {
		dir := nobodysDir(t)
		s.start(dir, mood...)
		d.Clock.Advance(24 * time.Hour)
		_ = d.Work()
		s.stop()
		_, seen := s.letters(dir)
		for id, text := range seen {
			if before, ok := texts[id]; ok && before != text {
				t.Errorf("with %v the letter %s is another one:\n%s\nand\n%s", mood, id, before, text)
			}
			texts[id] = text
		}
	}
	dir := nobodysDir(t)
	s.start(dir)
	for range 10 {
		d.Clock.Advance(24 * time.Hour)
		d.MustWork()
	}
	times, last := s.letters(dir)
	if len(times) != replies*people {
		t.Errorf("%d letters went out, want %d", len(times), replies*people)
	}
	for id, n := range times {
		if before, ok := texts[id]; n != 1 || !ok || last[id] != before {
			t.Errorf("the letter %s went out %d times; it was seen before: %t; as the same letter: %t", id, n, ok, last[id] == before)
		}
	}
	left, _, err := d.Outbox(t.Context(), mailtest.System(), service.OutFilter{State: desk.OutWaiting})
	if err != nil || len(left) != 0 {
		t.Errorf("%d letters wait still, %v", len(left), err)
	}
}
