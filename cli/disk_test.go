package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestFullDisk: a desk whose disk is full says so to everybody who wants
// something stored, in a way that asks him to come again, goes on showing what
// is there, and takes new work once there is room, without being touched.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=24m"); err != nil {
		t.Fatalf("a small disk, which only root can make: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	env := []string{"GATEHOUSE_DATA=" + filepath.Join(disk, "data"), "GATEHOUSE_LMTP=127.0.0.1:0", "GATEHOUSE_LOG_LEVEL=error"}
	for _, args := range [][]string{
		{"user", "add", "ben", "--address", "ben@desk.example"},
		{"queue", "add", "support", "--address", "support@desk.example"},
		{"grant", "add", "user:ben", "SuperUser", "system"},
		{"grant", "add", "system:everyone", "CreateTicket", "system"},
	} {
		mustRun(t, gatehouse(t, dir, env, args...))
	}
	token := lastWord(mustRun(t, gatehouse(t, dir, env, "token", "create", "ben", "--name", "t")))
	d := &diskDesk{t: t, node: startNode(t, gatehouse(t, dir, env, "serve")), token: token}
	first := d.open("first", http.StatusCreated)

	ballast := fillUp(t, disk)
	d.until("a letter while the disk is full", "452", d.letter)
	d.open("while full", http.StatusServiceUnavailable)
	if status, page := d.ask("GET", "/api/v1/tickets/"+first, nil); status != http.StatusOK {
		t.Errorf("reading while the disk is full: got %d %s", status, page)
	}
	if status, page := d.form("/sign-in", url.Values{"login": {"ben"}, "password": {"x"}}); status != http.StatusServiceUnavailable && status != http.StatusUnprocessableEntity && status != http.StatusUnauthorized {
		t.Errorf("a form while the disk is full: got %d %s", status, page)
	}

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	d.until("a letter once there is room", "250", d.letter)
	d.open("once there is room", http.StatusCreated)
	d.node.stop(t)
	mustRun(t, gatehouse(t, dir, env, "verify"))
}

// fillUp writes a file until nothing more fits.
func fillUp(t *testing.T, disk string) (path string) {
	t.Helper()
	path = filepath.Join(disk, "ballast")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for size := 1 << 20; size > 0; {
		if _, err := file.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	return path
}

// A diskDesk is a desk that is served, and who asks it.
type diskDesk struct {
	t     *testing.T
	node  *node
	token string
}

func (d *diskDesk) ask(method, path string, body any) (status int, answer string) {
	d.t.Helper()
	var content bytes.Buffer
	if err := json.NewEncoder(&content).Encode(body); err != nil {
		d.t.Fatal(err)
	}
	request, err := http.NewRequest(method, d.node.web+path, &content)
	if err != nil {
		d.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+d.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return response.StatusCode, string(all)
}

// open opens a ticket with a large text and wants a status.
func (d *diskDesk) open(subject string, want int) (id string) {
	d.t.Helper()
	status, answer := d.ask("POST", "/api/v1/tickets", map[string]any{"queue": 1, "subject": subject, "text": strings.Repeat("word ", 40_000)})
	if status != want {
		d.t.Fatalf("opening a ticket, %s: got %d %s, want %d", subject, status, answer, want)
	}
	var made struct{ ID json.Number }
	if status == http.StatusCreated {
		if err := json.Unmarshal([]byte(answer), &made); err != nil {
			d.t.Fatal(err)
		}
	}
	return made.ID.String()
}

func (d *diskDesk) form(path string, form url.Values) (status int, page string) {
	d.t.Helper()
	response, err := http.PostForm(d.node.web+path, form)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return response.StatusCode, string(all)
}

// letter sends a letter of a megabyte by LMTP and returns the last answer.
func (d *diskDesk) letter() string {
	conn, err := net.DialTimeout("tcp", d.node.lmtp, 5*time.Second)
	if err != nil {
		d.t.Fatal(err)
	}
	text := textproto.NewConn(conn)
	defer text.Close()
	letter := "From: x@case.example\r\nSubject: large\r\nMessage-ID: <large@case.example>\r\n\r\n" + strings.Repeat(strings.Repeat("x", 78)+"\r\n", 13_000) + "."
	if _, err := text.ReadLine(); err != nil {
		d.t.Fatal(err)
	}
	answer := ""
	for _, line := range []string{"LHLO x", "MAIL FROM:<x@case.example>", "RCPT TO:<support@desk.example>", "DATA", letter} {
		if err := text.PrintfLine("%s", line); err != nil {
			d.t.Fatal(err)
		}
		code, said, err := text.ReadResponse(0)
		if err != nil {
			d.t.Fatal(err)
		}
		answer = fmt.Sprint(code, " ", said)
		if code >= 400 {
			break
		}
	}
	return answer
}

// until asks until the answer begins as wanted.
func (d *diskDesk) until(why, want string, ask func() string) {
	d.t.Helper()
	answer := ""
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if answer = ask(); strings.HasPrefix(answer, want) {
			return
		}
	}
	d.t.Errorf("%s: got %q, want %s", why, answer, want)
}
