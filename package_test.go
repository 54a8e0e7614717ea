package main_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestPackage builds the Debian package of two versions and installs, upgrades
// and removes it in a directory, by the rules of dpkg: what was set stays, and
// nothing else is left.
func TestPackage(t *testing.T) {
	out, root := t.TempDir(), t.TempDir()
	for _, version := range []string{"0.1", "0.2"} {
		build := exec.Command("packaging/build", version, out)
		build.Env = append(os.Environ(), "DEB_COMPRESSION=none")
		must(t, build)
	}
	for _, dir := range []string{"var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/gatehouse"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(root, "var/lib/dpkg/status"), "")
	desk := filepath.Join(root, "var/lib/gatehouse/gatehouse.db")
	write(t, desk, "a desk")
	dpkg := func(args ...string) {
		t.Helper()
		must(t, exec.Command("dpkg", append([]string{"--root=" + root, "--force-script-chrootless", "--force-depends", "--force-not-root"}, args...)...))
	}
	files := func(version string) string {
		found, err := filepath.Glob(filepath.Join(out, "gatehouse_"+version+"_*.deb"))
		if err != nil || len(found) != 1 {
			t.Fatalf("packages of %s: %q (%v)", version, found, err)
		}
		return found[0]
	}

	dpkg("--install", files("0.1"))
	checkContainer(t, out)
	program, settings := filepath.Join(root, "usr/bin/gatehouse"), filepath.Join(root, "etc/gatehouse/gatehouse.conf")
	if got := must(t, exec.Command(program, "version")); !strings.Contains(got, "0.1") {
		t.Errorf("got %q, want version 0.1", got)
	}
	must(t, exec.Command(program, "--config", settings, "config"))
	write(t, settings, "desk_name = Ours\n")

	dpkg("--install", "--force-confold", files("0.2"))
	if got := must(t, exec.Command(program, "version")); !strings.Contains(got, "0.2") {
		t.Errorf("after the upgrade: got %q, want version 0.2", got)
	}
	if got := mustRead(t, settings); got != "desk_name = Ours\n" {
		t.Errorf("after the upgrade the settings are %q", got)
	}

	dpkg("--remove", "gatehouse")
	if _, err := os.Stat(program); err == nil {
		t.Error("the program is there after it was removed")
	}
	if got := mustRead(t, settings); got != "desk_name = Ours\n" {
		t.Errorf("after the removal the settings are %q", got)
	}
	dpkg("--purge", "gatehouse")
	if _, err := os.Stat(settings); err == nil {
		t.Error("the settings are there after all was purged")
	}
	if got := mustRead(t, desk); got != "a desk" {
		t.Errorf("the desk is %q", got)
	}
}

// checkContainer does what the container file says, as far as that can be done
// without a program that makes containers: a root of what it copies, in which
// the program runs as its user, alone, finds all that it needs, and is found
// healthy by the check.
func checkContainer(t *testing.T, dist string) {
	t.Helper()
	root, id := t.TempDir(), uint32(0)
	var env []string
	for line := range strings.Lines(mustRead(t, "packaging/Containerfile")) {
		words := strings.Fields(line)
		switch {
		case len(words) < 2 || words[0] == "#":
		case words[0] == "COPY":
			from, to := filepath.Join(dist, words[len(words)-2]), filepath.Join(root, words[len(words)-1])
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			must(t, exec.Command("cp", "-r", from, to))
			if owner, ok := strings.CutPrefix(words[1], "--chown="); ok {
				must(t, exec.Command("chown", owner, to))
			}
		case words[0] == "USER":
			if _, err := fmt.Sscanf(words[1], "%d:", &id); err != nil || id == 0 {
				t.Fatalf("it runs as %s", words[1])
			}
		case words[0] == "ENV":
			env = append(env, words[1:]...)
		}
	}
	must(t, exec.Command("chmod", "755", root, filepath.Dir(root)))
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	web := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	env = append(env, "GATEHOUSE_WEB="+web, "GATEHOUSE_LMTP=off", "GATEHOUSE_SMTP=127.0.0.1:0")
	inside := func(args ...string) *exec.Cmd {
		cmd := exec.Command("/gatehouse", args...)
		cmd.Env, cmd.Dir = env, "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: id, Gid: id}}
		return cmd
	}
	must(t, inside("queue", "add", "support", "--address", "support@desk.example"))
	serve := inside("serve")
	said, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = serve.Process.Kill() })
	for lines := bufio.NewScanner(said); lines.Scan() && lines.Text() != "ready"; {
		t.Log(lines.Text())
	}
	must(t, inside("healthz", "--web", web))
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := serve.Wait(); err != nil {
		t.Errorf("in the container it ended with %v", err)
	}
}

// TestUnit: systemd finds nothing wrong with the unit, and little that the
// program could still do besides its work.
func TestUnit(t *testing.T) {
	unit := strings.Replace(mustRead(t, "packaging/gatehouse.service"), "ExecStart=/usr/bin/gatehouse", "ExecStart=/bin/true", 1)
	path := filepath.Join(t.TempDir(), "gatehouse.service")
	write(t, path, unit)
	if said := must(t, exec.Command("systemd-analyze", "verify", "--man=no", path)); strings.Contains(said, path) {
		t.Errorf("systemd says %s", said)
	}
	must(t, exec.Command("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", path))
}

func must(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return string(out)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
