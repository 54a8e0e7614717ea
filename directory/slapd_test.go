package directory_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A slapd is a real LDAP server, Debian's, on a port of this machine.
type slapd struct {
	t    testing.TB
	dir  string
	addr string
	ca   string // the certificate of the server, PEM
	cmd  *exec.Cmd
}

const (
	suffix   = "dc=acme,dc=example"
	manager  = "cn=manager,dc=acme,dc=example"
	password = "correct horse"
)

const slapdConf = `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile DIR/pid
TLSCertificateFile DIR/cert.pem
TLSCertificateKeyFile DIR/key.pem
sizelimit size.soft=100 size.hard=unlimited size.pr=1000 size.prtotal=unlimited
database mdb
maxsize 1073741824
dbnosync
suffix "dc=acme,dc=example"
rootdn "cn=manager,dc=acme,dc=example"
rootpw "correct horse"
directory DIR/db
index objectClass,uid,mail,member,entryUUID eq
limits * size.soft=100 size.prtotal=unlimited
`

// startSlapd starts a server that holds the entries, written in LDIF.
func startSlapd(t testing.TB, ldif string) *slapd {
	t.Helper()
	bin, err := exec.LookPath("slapd")
	if err != nil {
		bin = "/usr/sbin/slapd"
	}
	if _, err := os.Stat(bin); err != nil {
		t.Fatal("slapd is not installed; tools/debian-packages installs it")
	}
	s := &slapd{t: t, dir: t.TempDir()}
	s.certificate()
	s.write("slapd.conf", strings.ReplaceAll(slapdConf, "DIR", s.dir))
	s.write("data.ldif", ldif)
	if err := os.Mkdir(filepath.Join(s.dir, "db"), 0o700); err != nil {
		t.Fatal(err)
	}
	add := exec.Command("/usr/sbin/slapadd", "-q", "-f", s.path("slapd.conf"), "-l", s.path("data.ldif"))
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("filling the LDAP server: %v\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	l.Close()
	s.start(bin)
	t.Cleanup(s.stop)
	return s
}

func (s *slapd) path(name string) string { return filepath.Join(s.dir, name) }

func (s *slapd) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// start starts the server, which ends with the test process however that ends.
func (s *slapd) start(bin string) {
	s.t.Helper()
	s.cmd = exec.Command(bin, "-d", "0", "-f", s.path("slapd.conf"), "-h", "ldap://"+s.addr)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; {
		conn, err := net.Dial("tcp", s.addr)
		if err == nil {
			conn.Close()
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the LDAP server does not answer: %v", err)
		}
	}
}

func (s *slapd) stop() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		s.cmd = nil
	}
}

// restart starts a server that was stopped, with the same entries.
func (s *slapd) restart() { s.start("/usr/sbin/slapd") }

// run runs ldapmodify, ldapadd or ldapdelete as the manager.
func (s *slapd) run(tool, input string, args ...string) {
	s.t.Helper()
	cmd := exec.Command(tool, append([]string{"-x", "-H", "ldap://" + s.addr, "-D", manager, "-w", password}, args...)...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", tool, err, out)
	}
}

func (s *slapd) certificate() {
	s.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		s.t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		s.t.Fatal(err)
	}
	s.ca = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	s.write("cert.pem", s.ca)
	s.write("key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private})))
}

const top = `dn: dc=acme,dc=example
objectClass: dcObject
objectClass: organization
o: Acme
dc: acme

dn: ou=people,dc=acme,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=acme,dc=example
objectClass: organizationalUnit
ou: groups

`

// person writes a person in LDIF; more are further lines.
func person(uid, name string, more ...string) string {
	return fmt.Sprintf("dn: uid=%s,ou=people,%s\nobjectClass: inetOrgPerson\nuid: %s\ncn: %s\nsn: %s\nuserPassword: secret of %s\nmail: %s@acme.example\n%s\n\n",
		uid, suffix, uid, name, name, uid, uid, strings.Join(more, "\n"))
}

// group writes a group in LDIF; members are uids, or cn=… of other groups.
func group(name string, members ...string) string {
	text := fmt.Sprintf("dn: cn=%s,ou=groups,%s\nobjectClass: groupOfNames\ncn: %s\n", name, suffix, name)
	for _, m := range members {
		if strings.HasPrefix(m, "cn=") {
			text += "member: " + m + ",ou=groups," + suffix + "\n"
		} else {
			text += "member: uid=" + m + ",ou=people," + suffix + "\n"
		}
	}
	return text + "\n"
}
