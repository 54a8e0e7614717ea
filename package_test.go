package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
