package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// figure wants a line among the figures, soon: figure URL 'a line'
func figure(ts *testscript.TestScript, _ bool, args []string) {
	page := ""
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		response, err := http.Get(args[0])
		ts.Check(err)
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		ts.Check(err)
		if page = string(body); strings.Contains(page, "\n"+args[1]+"\n") {
			return
		}
	}
	ts.Fatalf("there is no %q in\n%s", args[1], page)
}

// gatehouse is the program as testscript puts it into PATH: this test binary
// under another name.
func gatehouse(t *testing.T, dir string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "gatehouse")
	if err := os.Symlink(self, path); err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append([]string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "GATEHOUSE_DATA=" + filepath.Join(dir, "data"),
		"GATEHOUSE_WEB=127.0.0.1:0", "GATEHOUSE_LMTP=off", "GATEHOUSE_SMTP=127.0.0.1:0"}, env...)
	return cmd
}

func mustRun(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return string(out)
}

// TestTheLogHoldsNoSecrets has a node log all it can while secrets pass
// through it in every way they do, some of them wrong, and looks for them.
func TestTheLogHoldsNoSecrets(t *testing.T) {
	const password, wrong, searched = "hunter2-correct-horse", "hunter2-wrong-horse", "hunter2-searched"
	dir := t.TempDir()
	for _, args := range [][]string{
		{"user", "add", "ben", "--address", "ben@desk.example"},
		{"grant", "add", "user:ben", "SuperUser", "system"},
	} {
		mustRun(t, gatehouse(t, dir, nil, args...))
	}
	set := gatehouse(t, dir, nil, "user", "password", "ben")
	set.Stdin = strings.NewReader(password + "\n")
	mustRun(t, set)
	token := lastWord(mustRun(t, gatehouse(t, dir, nil, "token", "create", "ben", "--name", "t")))
	cmd := gatehouse(t, dir, []string{"GATEHOUSE_LOG_LEVEL=debug", "GATEHOUSE_LOG_FORMAT=json",
		"GATEHOUSE_RELAY_PASSWORD=" + password, "GATEHOUSE_RELAY=127.0.0.1:1"}, "serve")
	node := startNode(t, cmd)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	for _, given := range []string{wrong, password} {
		post(t, client, node.web+"/sign-in", url.Values{"login": {"ben"}, "password": {given}})
	}
	post(t, client, node.web+"/sign-in/use-link", url.Values{"token": {wrong}})
	fetch(t, client, node.web+"/sign-in/link?token="+wrong, "")
	fetch(t, client, node.web+"/agent/tickets?text="+searched, "")
	fetch(t, client, node.web+"/api/v1/tickets", "Bearer "+token)
	fetch(t, client, node.web+"/api/v1/tickets", "Bearer "+wrong)
	var secrets = []string{password, wrong, searched, token}
	at, err := url.Parse(node.web)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range jar.Cookies(at) {
		if len(cookie.Value) > 10 {
			secrets = append(secrets, cookie.Value)
		}
	}
	if len(secrets) < 5 {
		t.Errorf("there is no session among the secrets: %q", secrets)
	}
	node.stop(t)
	log := node.log.String()
	if !regexp.MustCompile(`"path":"/api/v1/tickets","status":200.*"request":"[A-Z0-9]{12}"`).MatchString(log) {
		t.Errorf("the log names no request:\n%s", log)
	}
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

func lastWord(text string) string {
	words := strings.Fields(text)
	return words[len(words)-1]
}

func post(t *testing.T, client *http.Client, address string, form url.Values) {
	t.Helper()
	response, err := client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

func fetch(t *testing.T, client *http.Client, address, authorization string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

// A node is gatehouse while it serves.
type node struct {
	cmd       *exec.Cmd
	web, smtp string
	lmtp      string
	log       bytes.Buffer
	ended     chan error
}

// startNode starts a program and waits until it is ready.
func startNode(t *testing.T, cmd *exec.Cmd) *node {
	t.Helper()
	n := &node{cmd: cmd, ended: make(chan error, 1)}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = write, &n.log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill(); read.Close() })
	if err := n.readReady(read); err != nil {
		t.Fatalf("it did not become ready: %v\n%s", err, n.log.String())
	}
	go func() { n.ended <- cmd.Wait() }()
	return n
}

func (n *node) readReady(from io.Reader) error {
	var line []byte
	for one := make([]byte, 1); ; {
		if _, err := from.Read(one); err != nil {
			return err
		}
		if one[0] != '\n' {
			line = append(line, one[0])
			continue
		}
		what, where, _ := strings.Cut(string(line), " on ")
		switch what {
		case "ready":
			return nil
		case "web":
			n.web = strings.TrimSuffix(where, "/")
		case "SMTP":
			n.smtp = where
		case "LMTP":
			n.lmtp = where
		}
		line = nil
	}
}

// stop ends a node in good order.
func (n *node) stop(t *testing.T) {
	t.Helper()
	if err := n.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-n.ended; err != nil {
		t.Errorf("it ended with %v\n%s", err, n.log.String())
	}
}

// TestSystemdIsTold: what runs under systemd says when it is ready and when it
// stops.
func TestSystemdIsTold(t *testing.T) {
	dir := t.TempDir()
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "notify"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	n := startNode(t, gatehouse(t, dir, []string{"NOTIFY_SOCKET=" + filepath.Join(dir, "notify")}, "serve"))
	n.stop(t)
	for _, want := range []string{"READY=1", "STOPPING=1"} {
		got := make([]byte, 100)
		size, err := socket.Read(got)
		if err != nil || string(got[:size]) != want {
			t.Errorf("got %q (%v), want %s", got[:size], err, want)
		}
	}
}

// TestStoppingFinishesRequests: a request that is under way when a node is told
// to stop is answered, and no new one is taken.
func TestStoppingFinishesRequests(t *testing.T) {
	n := startNode(t, gatehouse(t, t.TempDir(), nil, "serve"))
	conn, err := net.Dial("tcp", strings.TrimPrefix(n.web, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := "login=x&password=y"
	fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", len(body))
	answer := make([]byte, 4096)
	size, err := conn.Read(answer) // the handler reads: the request is under way
	if err != nil || !strings.Contains(string(answer[:size]), "100 Continue") {
		t.Fatalf("got %q (%v)", answer[:size], err)
	}
	if err := n.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for {
		other, err := net.Dial("tcp", conn.RemoteAddr().String())
		if err != nil {
			break // it has stopped listening
		}
		other.Close()
	}
	fmt.Fprint(conn, body)
	if size, err = conn.Read(answer); err != nil || !strings.HasPrefix(string(answer[:size]), "HTTP/1.1 ") {
		t.Errorf("got %q (%v), want an answer", answer[:size], err)
	}
	if err := <-n.ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// TestFiguresAreDocumented: docs/operation.md explains every figure, and the
// dashboard shows none that is not there.
func TestFiguresAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/operation.md")
	if err != nil {
		t.Fatal(err)
	}
	dashboard, err := os.ReadFile("../packaging/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`"(gatehouse_[a-z_]+)"`)
	known := map[string]bool{}
	for _, found := range name.FindAllStringSubmatch(string(source), -1) {
		known[found[1]] = true
		if !strings.Contains(string(page), "`"+found[1]+"`") {
			t.Errorf("docs/operation.md does not explain %s", found[1])
		}
	}
	for _, found := range regexp.MustCompile(`gatehouse_[a-z_]+`).FindAllString(string(dashboard), -1) {
		if !known[strings.TrimSuffix(strings.TrimSuffix(found, "_bucket"), "_count")] {
			t.Errorf("the dashboard shows %s, which is no figure", found)
		}
	}
}
