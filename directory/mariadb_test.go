package directory_test

import (
	"database/sql"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"gatehouse/service"
)

// auditAll is the filter of the whole audit log.
var auditAll = service.AuditFilter{Limit: 100}

// startMariaDB starts Debian's MariaDB in a directory of its own, reachable by
// a socket there, and returns the address of an empty database.
func startMariaDB(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("mariadb-install-db"); err != nil {
		t.Fatal("MariaDB is not installed; tools/debian-packages installs it")
	}
	dir := t.TempDir()
	install := exec.Command("mariadb-install-db", "--no-defaults", "--user=root", "--auth-root-authentication-method=normal", "--skip-test-db", "--datadir="+filepath.Join(dir, "data"))
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	socket := filepath.Join(dir, "s")
	cmd := exec.Command("/usr/sbin/mariadbd", "--no-defaults", "--user=root", "--datadir="+filepath.Join(dir, "data"), "--socket="+socket, "--skip-networking",
		"--innodb-flush-log-at-trx-commit=0", "--pid-file="+filepath.Join(dir, "pid"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	root, err := sql.Open("mysql", "root@unix("+socket+")/")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for deadline := time.Now().Add(60 * time.Second); ; {
		if _, err = root.Exec("CREATE DATABASE hr CHARACTER SET utf8mb4"); err == nil {
			return "root@unix(" + socket + ")/hr"
		}
		if time.Now().After(deadline) {
			t.Fatalf("MariaDB does not answer: %v", err)
		}
	}
}
