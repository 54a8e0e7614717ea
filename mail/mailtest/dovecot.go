package mailtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"testing"
	"time"
)

// dovecotConfig is for one person's server, whose files all lie in one
// directory: %[1]s; %[2]d is the port, %[3]s who runs it, %[4]s its group,
// %[5]d and %[6]d whose the mail is, %[7]s who meets strangers.
const dovecotConfig = `
base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = %[3]s
default_internal_group = %[4]s
default_login_user = %[7]s
first_valid_uid = 1
mail_location = maildir:~/Maildir
mailbox_list_index = no
namespace inbox {
  inbox = yes
  mailbox Done {
    auto = create
  }
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=%[5]d gid=%[6]d home=%[1]s/home/%%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[2]d
  }
  inet_listener imaps {
    port = 0
  }
}
`

// Dovecot runs Debian's dovecot on a port of its own until the test ends.
// Everybody signs in with the password secret and has the mailboxes INBOX and
// Done.
func Dovecot(t testing.TB) (address string) {
	t.Helper()
	const program = "/usr/sbin/dovecot"
	Needs(t, program)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	dir, err := os.MkdirTemp("", "dovecot") // a short path, for its sockets
	must(err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	must(os.Chmod(dir, 0o755))
	must(os.Mkdir(filepath.Join(dir, "home"), 0o777))
	must(os.Chmod(filepath.Join(dir, "home"), 0o777))
	me, err := user.Current()
	must(err)
	group, err := user.LookupGroupId(me.Gid)
	must(err)
	uid, gid, stranger := os.Getuid(), os.Getgid(), me.Username
	if uid == 0 {
		uid, gid, stranger = 65534, 65534, "nobody" // dovecot keeps no mail of root
	}
	address = freePort(t)
	_, port, err := net.SplitHostPort(address)
	must(err)
	var number int
	_, err = fmt.Sscan(port, &number)
	must(err)
	config := filepath.Join(dir, "dovecot.conf")
	must(os.WriteFile(config, fmt.Appendf(nil, dovecotConfig, dir, number, me.Username, group.Name, uid, gid, stranger), 0o644))
	cmd := exec.Command(program, "-F", "-c", config)
	must(cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait() // however it ends
	})
	waitFor(t, address, filepath.Join(dir, "log"))
	return address
}

// freePort returns an address on which nobody listens.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// waitFor returns when somebody answers at the address.
func waitFor(t testing.TB, address, log string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
			return
		}
		select {
		case <-ctx.Done():
			said, _ := os.ReadFile(log)
			t.Fatalf("dovecot does not answer: %v\n%s", err, said)
		case <-ticker.C:
		}
	}
}
