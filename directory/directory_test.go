package directory_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/directory"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/storetest"
)

// A house is a desk that asks directories.
type house struct {
	*service.Service
	t   testing.TB
	ctx context.Context
	sys desk.Actor
}

// here are directories on this machine.
func here() directory.Reach {
	return directory.Reach{Private: []string{"127.0.0.1", "::1", os.TempDir(), "/"}}
}

func newHouse(t testing.TB) *house {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{Dir: storetest.Dir(t), Migrate: true, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	h := &house{Service: service.New(st, service.Options{Ask: here().Ask, CheckDirectory: here().Check, TryDirectory: here().Try}), t: t, ctx: t.Context(), sys: desk.System(desk.ViaCLI)}
	for _, key := range []string{"acme", "bolt"} {
		if _, err := h.CreateCustomer(h.ctx, h.sys, desk.Customer{Key: key}); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) save(d desk.Directory) desk.DirectoryID {
	h.t.Helper()
	id, err := h.SaveDirectory(h.ctx, h.sys, d)
	h.ok(err)
	return id
}

// sync reads a directory once and returns its report.
func (h *house) sync(id desk.DirectoryID, confirm bool) desk.SyncReport {
	h.t.Helper()
	h.ok(h.RequestSync(h.ctx, h.sys, id, confirm))
	if worked, err := here().Step(h.ctx, h.Service); err != nil || !worked {
		h.t.Fatalf("reading: %v, %v", worked, err)
	}
	reports, err := h.SyncReports(h.ctx, h.sys, id, 1)
	h.ok(err)
	return reports[0]
}

// user returns a user by login, and where he belongs to, as names and sources.
func (h *house) user(login string) (*desk.User, string) {
	h.t.Helper()
	id, err := h.Find(h.ctx, h.sys, "user:"+login)
	h.ok(err)
	u, err := h.User(h.ctx, h.sys, desk.UserID(id))
	h.ok(err)
	list, err := h.GroupsOf(h.ctx, h.sys, desk.UserID(id))
	h.ok(err)
	var in []string
	for _, m := range list {
		in = append(in, m.Name.Text+" by "+m.Source)
	}
	slices.Sort(in)
	return u, strings.Join(in, ", ")
}

func (h *house) signIn(login, password string) error {
	_, err := h.SignIn(h.ctx, login, password, "browser", "192.0.2.1")
	return err
}

func config(t testing.TB, of any) string {
	t.Helper()
	text, err := json.Marshal(of)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (s *slapd) settings() directory.LDAP {
	return directory.LDAP{URL: "ldap://" + s.addr, BindDN: manager, Base: "ou=people," + suffix, GroupBase: suffix, Filter: "(objectClass=inetOrgPerson)",
		Customers: "o", StartTLS: true, CA: s.ca}
}

func (s *slapd) directory(groups ...desk.DirectoryGroup) desk.Directory {
	return desk.Directory{Name: "Acme LDAP", Kind: "ldap", Config: config(s.t, s.settings()), Secret: password, MaxLoss: 50, Groups: groups}
}

// world is a small directory: Bob and Mei of Acme, Bob in groups in groups
// that go round in a circle.
func world() string {
	return top + person("bob", "Bob Baker", "mail: b.baker@acme.example", "o: acme", "preferredLanguage: de-AT") + person("mei", "Mei Chen", "o: ACME", "o: bolt") +
		person("zed", "Zed") + person("kim", "Kim") +
		group("engineers", "cn=welders") + group("welders", "bob", "cn=night") + group("night", "mei", "cn=engineers")
}

// TestLDAP: people, addresses, language, customers and nested groups come in;
// what the directory changes and takes away follows; nobody else is touched.
func TestLDAP(t *testing.T) {
	s := startSlapd(t, world())
	h := newHouse(t)
	staff, err := h.CreateGroup(h.ctx, h.sys, desk.Group{Name: "Staff"})
	h.ok(err)
	id := h.save(s.directory(desk.DirectoryGroup{Theirs: "Engineers", Ours: staff}))
	if r := h.sync(id, false); r.State != desk.SyncDone || r.Read != 4 || r.Bad != 0 {
		t.Fatalf("first reading: %+v", r)
	}
	u, in := h.user("bob")
	if u.Name != "Bob Baker" || u.Language != "de" || u.Kind != desk.Contact || strings.Join(u.Addresses, " ") != "bob@acme.example b.baker@acme.example" {
		t.Errorf("bob is %+v", u)
	}
	if in != "Staff by Acme LDAP, acme by Acme LDAP" {
		t.Errorf("bob is in %s", in)
	}
	if _, in := h.user("mei"); in != "Staff by Acme LDAP, acme by Acme LDAP, bolt by Acme LDAP" {
		t.Errorf("mei is in %s", in)
	}
	if r := h.sync(id, false); r.Added+r.Changed+r.Gone+r.Bad != 0 {
		t.Errorf("the same again: %+v", r)
	}
	s.run("ldapmodify", "dn: uid=mei,ou=people,"+suffix+"\nchangetype: modify\ndelete: o\no: bolt\n-\nreplace: cn\ncn: Mei Chen-Baker\n")
	s.run("ldapmodify", "dn: uid=kim,ou=people,"+suffix+"\nchangetype: modrdn\nnewrdn: uid=kimberly\ndeleteoldrdn: 1\n")
	s.run("ldapdelete", "", "uid=bob,ou=people,"+suffix)
	before, _ := h.user("kim")
	if r := h.sync(id, false); r.Gone != 1 || r.Bad != 0 {
		t.Errorf("after changes: %+v", r)
	}
	if u, in := h.user("mei"); u.Name != "Mei Chen-Baker" || in != "Staff by Acme LDAP, acme by Acme LDAP" {
		t.Errorf("mei is %s in %s", u.Name, in)
	}
	if u, in := h.user("bob"); !u.Disabled || in != "" {
		t.Errorf("bob is in %s, disabled %t, want him gone", in, u.Disabled)
	}
	if after, _ := h.user("kimberly"); after.ID != before.ID {
		t.Error("kim, renamed, has become another user")
	}
	s.run("ldapadd", person("bob", "Bob Baker", "o: acme"))
	if r := h.sync(id, false); r.Bad != 0 {
		t.Errorf("bob comes back: %+v", r)
	}
	if u, in := h.user("bob"); u.Disabled || in != "Staff by Acme LDAP, acme by Acme LDAP" {
		t.Errorf("bob, back, is in %s, disabled %t", in, u.Disabled)
	}
}

// TestSignInByLDAP: by login or address with the password of the directory,
// before the first reading too; what the directory has lost is gone at the next
// sign-in; nothing that is typed is part of a filter.
func TestSignInByLDAP(t *testing.T) {
	s := startSlapd(t, world())
	h := newHouse(t)
	_, err := h.CreateUser(h.ctx, h.sys, desk.User{Login: "zed", Kind: desk.Contact})
	h.ok(err)
	h.save(s.directory())
	for _, tt := range []struct {
		why, login, password string
		want                 desk.Kind
	}{
		{"the right password", "bob", "secret of bob", 0},
		{"by address", "mei@acme.example", "secret of mei", 0},
		{"in capitals", "BOB", "secret of bob", 0},
		{"another's password", "bob", "secret of mei", desk.Unauthenticated},
		{"no password", "bob", "", desk.Unauthenticated},
		{"nobody", "nobody", "secret of bob", desk.Unauthenticated},
		{"everybody", "*", "secret of bob", desk.Unauthenticated},
		{"another filter", "bob)(uid=*", "secret of bob", desk.Unauthenticated},
		{"an or", "x)(|(uid=mei", "secret of mei", desk.Unauthenticated},
		{"a DN", "uid=bob,ou=people,dc=acme,dc=example", "secret of bob", desk.Unauthenticated},
		{"NUL", "bob\x00", "secret of bob", desk.Unauthenticated},
		{"no UTF-8", "b\xffob", "secret of bob", desk.Unauthenticated},
		{"a very long login", strings.Repeat("bob", 1000), "secret of bob", desk.Unauthenticated},
		{"a login that the desk has itself", "zed", "secret of zed", desk.Unauthenticated},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := h.SignIn(h.ctx, tt.login, tt.password, "browser", tt.why)
			if got := desk.KindOf(err); got != tt.want {
				t.Errorf("got kind %d (%v), want %d", got, err, tt.want)
			}
			if err != nil && desk.Sentence(err) != "Login or password is wrong." {
				t.Errorf("got %q: it tells more than it should", desk.Sentence(err))
			}
		})
	}
	if _, in := h.user("mei"); in != "acme by Acme LDAP, bolt by Acme LDAP" {
		t.Errorf("mei, signed in, is in %s", in)
	}
	s.run("ldapmodify", "dn: uid=mei,ou=people,"+suffix+"\nchangetype: modify\ndelete: o\no: bolt\n")
	h.ok(h.signIn("mei", "secret of mei"))
	if _, in := h.user("mei"); in != "acme by Acme LDAP" {
		t.Errorf("mei, signed in again, is in %s", in)
	}
}

// TestDownDirectory: people of the desk sign in, its own people are told to try
// again, nothing is taken away, and it goes on when the server is back.
func TestDownDirectory(t *testing.T) {
	s := startSlapd(t, world())
	h := newHouse(t)
	zed, err := h.CreateUser(h.ctx, h.sys, desk.User{Login: "anna", Kind: desk.Agent})
	h.ok(err)
	h.ok(h.SetPassword(h.ctx, h.sys, zed, "", "correct horse"))
	id := h.save(s.directory())
	h.sync(id, false)
	in, err := h.SignIn(h.ctx, "bob", "secret of bob", "", "192.0.2.7")
	h.ok(err)
	s.stop()
	h.ok(h.signIn("anna", "correct horse"))
	for _, login := range []string{"bob", "nobody"} {
		if err := h.signIn(login, "secret of bob"); desk.KindOf(err) != desk.Unavailable {
			t.Errorf("%s got %v, want to be told to try again", login, err)
		}
	}
	if _, err := h.Resume(h.ctx, in.Token); err != nil {
		t.Errorf("bob, signed in before, got %v", err)
	}
	if r := h.sync(id, true); r.State != desk.SyncFailed || r.Gone != 0 || r.Text == "" {
		t.Errorf("reading: %+v, want it to fail", r)
	}
	if u, in := h.user("bob"); u.Disabled || in == "" {
		t.Error("bob was taken away")
	}
	s.restart()
	h.ok(h.signIn("bob", "secret of bob"))
	if r := h.sync(id, false); r.State != desk.SyncDone {
		t.Errorf("reading again: %+v", r)
	}
}

// TestTooManyGone: a directory that has lost most of its people takes nobody
// away until somebody confirms it.
func TestTooManyGone(t *testing.T) {
	s := startSlapd(t, world())
	h := newHouse(t)
	id := h.save(s.directory())
	h.sync(id, false)
	for _, uid := range []string{"bob", "mei", "zed"} {
		s.run("ldapdelete", "", "uid="+uid+",ou=people,"+suffix)
	}
	if r := h.sync(id, false); r.State != desk.SyncStopped || r.Gone != 3 || !strings.Contains(r.Text, "3 of 4") {
		t.Errorf("got %+v, want it to stop", r)
	}
	if u, _ := h.user("bob"); u.Disabled {
		t.Error("bob was taken away")
	}
	if r := h.sync(id, true); r.State != desk.SyncDone || r.Gone != 3 {
		t.Errorf("confirmed: %+v", r)
	}
	if u, _ := h.user("bob"); !u.Disabled {
		t.Error("bob is still there")
	}
	if r := h.sync(id, false); r.State != desk.SyncDone || r.Gone != 0 {
		t.Errorf("confirmed once, it holds for the next reading too: %+v", r)
	}
}

// TestOwnedByTheDirectory: what it says is not changed by hand, and why is said.
func TestOwnedByTheDirectory(t *testing.T) {
	s := startSlapd(t, world())
	h := newHouse(t)
	id := h.save(s.directory())
	h.sync(id, false)
	u, _ := h.user("bob")
	acme, err := h.Find(h.ctx, h.sys, "customer:acme")
	h.ok(err)
	m := desk.Membership{Group: acme, Member: desk.PrincipalID(u.ID), Part: desk.PartManager}
	h.ok(h.UpdateMember(h.ctx, h.sys, m))
	renamed, elsewhere, zone := *u, *u, *u
	renamed.Login, elsewhere.Addresses, zone.Zone = "robert", []string{"evil@example.org"}, "Europe/Berlin"
	h.ok(h.UpdateUser(h.ctx, h.sys, zone))
	m.Until = 5
	for why, err := range map[string]error{
		"rename":          h.UpdateUser(h.ctx, h.sys, renamed),
		"other address":   h.UpdateUser(h.ctx, h.sys, elsewhere),
		"end membership":  h.RemoveMember(h.ctx, h.sys, acme, m.Member),
		"last day":        h.UpdateMember(h.ctx, h.sys, m),
		"password":        h.SetPassword(h.ctx, h.sys, u.ID, "", "correct horse"),
		"own preferences": h.SetPreferences(h.ctx, desk.Actor{User: u.ID, Via: desk.ViaWeb}, service.Preferences{Name: "Boss"}),
	} {
		if desk.KindOf(err) != desk.Conflict && desk.KindOf(err) != desk.Forbidden || err == nil {
			t.Errorf("%s: got %v, want it refused", why, err)
		}
	}
	h.sync(id, false)
	if _, in := h.user("bob"); in != "acme by Acme LDAP" {
		t.Errorf("bob is in %s", in)
	}
}

// TestNoAgentsNoSuperUsers: a directory takes over no agent, and its groups
// make no superuser.
func TestNoAgentsNoSuperUsers(t *testing.T) {
	s := startSlapd(t, world())
	h := newHouse(t)
	_, err := h.CreateUser(h.ctx, h.sys, desk.User{Login: "bob", Kind: desk.Agent})
	h.ok(err)
	roots, err := h.CreateGroup(h.ctx, h.sys, desk.Group{Name: "Roots"})
	h.ok(err)
	_, err = h.Grant(h.ctx, h.sys, desk.Grant{Who: desk.PrincipalID(roots), Right: desk.SuperUser, Place: desk.OnSystem()})
	h.ok(err)
	d := s.directory(desk.DirectoryGroup{Theirs: "engineers", Ours: roots})
	d.Adopt = true
	id := h.save(d)
	if r := h.sync(id, false); r.State != desk.SyncFailed || !strings.Contains(r.Text, "superuser") {
		t.Errorf("got %+v, want it refused", r)
	}
	d.ID, d.Groups = id, nil
	h.save(d)
	if r := h.sync(id, false); r.Bad != 1 || !strings.Contains(r.Text, "bob: The desk has an agent") {
		t.Errorf("got %+v, want the agent left alone", r)
	}
	if err := h.signIn("bob", "secret of bob"); desk.KindOf(err) != desk.Unauthenticated {
		t.Errorf("the agent bob was signed in by the directory: %v", err)
	}
}

// TestReferrals: a referral, here to the server itself, is not followed.
func TestReferrals(t *testing.T) {
	s := startSlapd(t, world())
	s.run("ldapadd", "dn: ou=loop,ou=people,"+suffix+"\nobjectClass: referral\nobjectClass: extensibleObject\nou: loop\nref: ldap://"+s.addr+"/ou=people,"+suffix+"??sub\n", "-M")
	h := newHouse(t)
	id := h.save(s.directory())
	if r := h.sync(id, false); r.State != desk.SyncDone || r.Read != 4 {
		t.Errorf("got %+v", r)
	}
}

func TestSettings(t *testing.T) {
	good := directory.LDAP{URL: "ldap://127.0.0.1", Base: "dc=x"}
	for why, change := range map[string]func(*directory.LDAP){
		"no address":     func(c *directory.LDAP) { c.URL = "" },
		"a web address":  func(c *directory.LDAP) { c.URL = "http://127.0.0.1" },
		"a filter":       func(c *directory.LDAP) { c.Filter = "(uid=*" },
		"a base":         func(c *directory.LDAP) { c.Base = "acme" },
		"an attribute":   func(c *directory.LDAP) { c.Login = "uid=*)(x" },
		"no certificate": func(c *directory.LDAP) { c.CA = "yes" },
	} {
		c := good
		change(&c)
		if _, err := here().Open(desk.Directory{Kind: "ldap", Config: config(t, c)}); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v, want it refused", why, err)
		}
	}
	for why, c := range map[string]string{
		"no JSON":          `{`,
		"an unknown name":  `{"driver":"sqlite","table":"t","login":"l","colour":"red"}`,
		"another database": `{"driver":"oracle","table":"t","login":"l"}`,
		"a statement":      `{"driver":"sqlite","table":"t; DROP TABLE t","login":"l"}`,
		"a quoted column":  `{"driver":"sqlite","table":"t","login":"l\" FROM t --"}`,
		"no login":         `{"driver":"sqlite","table":"t"}`,
	} {
		if _, err := here().Open(desk.Directory{Kind: "sql", Config: c}); desk.KindOf(err) != desk.Invalid {
			t.Errorf("%s: got %v, want it refused", why, err)
		}
	}
}

// TestManyEntries reads a directory of many pages and looks at the memory that
// it takes. GATEHOUSE_ENTRIES sets how many.
func TestManyEntries(t *testing.T) {
	entries := 3000
	if n := envNumber("GATEHOUSE_ENTRIES"); n > 0 {
		entries = n
	}
	var ldif strings.Builder
	ldif.WriteString(top)
	for i := range entries {
		ldif.WriteString(person(fmt.Sprintf("u%d", i), "User", "o: acme"))
	}
	s := startSlapd(t, ldif.String())
	ldif.Reset()
	h := newHouse(t)
	id := h.save(s.directory())
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	r := h.sync(id, false)
	runtime.ReadMemStats(&after)
	if r.Read != entries || r.Added != entries || r.Bad != 0 {
		t.Fatalf("got %+v", r)
	}
	t.Logf("%d entries in %s, the heap grew by %d MB to %d MB in use by the system", entries, time.Since(start), (int64(after.HeapInuse)-int64(before.HeapInuse))>>20, after.Sys>>20)
	start = time.Now()
	r = h.sync(id, false)
	t.Logf("again, unchanged: %s (%d)", time.Since(start), r.Unchanged)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 200<<20 {
		t.Errorf("the memory grew by %d MB, want at most 200", grown>>20)
	}
}
