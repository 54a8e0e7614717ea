package cli_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// commandsUnder returns the commands of a document's section, each line that is
// set in by four blanks.
func commandsUnder(t *testing.T, file, heading string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n"+heading+"\n")
	if !ok {
		t.Fatalf("%s has no %s", file, heading)
	}
	section, _, _ := strings.Cut(rest, "\n## ")
	var commands []string
	for line := range strings.Lines(section) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	return commands
}

// TestTheReadmeBeginsADesk follows what the README says on how a desk begins,
// word for word, from an empty directory to the page of the first steps.
func TestTheReadmeBeginsADesk(t *testing.T) {
	dir := t.TempDir()
	commands := commandsUnder(t, "../README.md", "## Begin a desk")
	run := func(command string) *exec.Cmd {
		args, ok := strings.CutPrefix(command, "go run . ")
		if !ok {
			t.Fatalf("the README runs something else: %s", command)
		}
		return gatehouse(t, dir, nil, strings.Fields(args)...)
	}
	if len(commands) != 2 || !strings.HasSuffix(commands[0], "serve") || !strings.HasSuffix(commands[1], "first-key") {
		t.Fatalf("the README begins a desk by %q", commands)
	}
	node := startNode(t, run(commands[0]))
	link := strings.TrimSpace(mustRun(t, run(commands[1]))) // that of serve counts no more
	at, err := url.Parse(link)
	if err != nil || at.Path != "/first" {
		t.Fatalf("the link is %q, %v", link, err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	form := url.Values{"key": at.Query()["key"], "name": {"Ada"}, "login": {"ada"}, "address": {"ada@desk.example"}, "password": {"correct horse"}}
	response, err := client.PostForm(node.web+"/first", form)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || response.StatusCode != 200 || !strings.Contains(string(page), "<h1>First steps</h1>") || response.Request.URL.Path != "/admin/first" {
		t.Errorf("it led to %s (%d): %v\n%s", response.Request.URL, response.StatusCode, err, page)
	}
	node.stop(t)
	if strings.Contains(node.log.String(), at.Query().Get("key")) {
		t.Errorf("the log holds the key:\n%s", node.log.String())
	}
	if out, err := run(commands[1]).CombinedOutput(); err == nil || !strings.Contains(string(out), "has a superuser already") {
		t.Errorf("a second one could begin it: %v\n%s", err, out)
	}
}
