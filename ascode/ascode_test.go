package ascode_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/access/worlds"
	"gatehouse/ascode"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// A bench is an empty desk to copy, and what the desks of a test need.
type bench struct {
	t     *testing.T
	dir   string
	empty []byte
	made  int
	svc   *service.Service // of a test with one desk
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, dir: t.TempDir()}
	st, err := store.Open(t.Context(), store.Options{Dir: b.dir, Migrate: true, Volatile: true})
	if err == nil {
		err = st.Close()
	}
	if err == nil {
		b.empty, err = os.ReadFile(filepath.Join(b.dir, "gatehouse.db"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// desk makes a fresh desk on the day of the worlds.
func (b *bench) desk() (*service.Service, func()) {
	b.made++
	at := filepath.Join(b.dir, fmt.Sprint(b.made))
	b.ok(os.Mkdir(at, 0o700))
	b.ok(os.WriteFile(filepath.Join(at, "gatehouse.db"), b.empty, 0o600))
	now := func() time.Time { return time.Unix(int64(worlds.Today-1)*86400+3600, 0).UTC() }
	st, err := store.Open(b.t.Context(), store.Options{Dir: at, Volatile: true, Now: now})
	b.ok(err)
	return service.New(st, service.Options{Name: "Desk", Domain: "desk.example", Now: now}), func() {
		b.ok(st.Close())
		b.ok(os.RemoveAll(at))
	}
}

func (b *bench) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

var sys = desk.System(desk.ViaCLI)

// peopled loads the users, customers and queues of a world, under names.
func (b *bench) peopled(svc *service.Service, w *desk.World) service.WholeDesk {
	var in service.WholeDesk
	for _, u := range w.Users {
		in.Users = append(in.Users, desk.User{ID: u.ID, Login: fmt.Sprintf("u%d", u.ID), Kind: u.Kind, Disabled: u.Disabled})
	}
	for _, g := range w.Groups {
		if g.Customer {
			in.Customers = append(in.Customers, desk.Customer{ID: desk.CustomerID(g.ID), Key: fmt.Sprintf("c %d", g.ID), Disabled: g.Disabled})
		}
	}
	for _, q := range w.Queues {
		in.Queues = append(in.Queues, desk.Queue{ID: q.ID, Name: fmt.Sprintf("Queue %d", q.ID)})
	}
	return in
}

// filled adds all the rest of the world, as far as the use cases can make it.
func (b *bench) filled(in service.WholeDesk, w *desk.World) service.WholeDesk {
	for _, g := range w.Groups {
		if !g.Customer {
			in.Groups = append(in.Groups, desk.Group{ID: desk.GroupID(g.ID), Name: fmt.Sprintf("Group: no %d", g.ID), Disabled: g.Disabled})
		}
	}
	in.Memberships = w.Memberships
	for i, q := range w.Queues {
		in.Queues[i].AccessGroup, in.Queues[i].Disabled = q.AccessGroup, q.Disabled
	}
	uses := map[desk.RoleID]desk.Role{}
	for _, r := range w.Roles {
		uses[r.ID] = r
		if !r.ID.Builtin() {
			in.Roles = append(in.Roles, r)
		}
	}
	in.Permissions = slices.DeleteFunc(slices.Clone(w.Permissions), func(p desk.Permission) bool { return p.ID <= desk.RW })
	for i := range in.Permissions { // such as are made in a desk
		in.Permissions[i].Agents &= desk.QueueRights()
		in.Permissions[i].Contacts &= desk.QueueRights()
	}
	for _, g := range w.Grants {
		like := func(o desk.Grant) bool {
			return o.Who == g.Who && o.As == g.As && o.Right == g.Right && o.Permission == g.Permission && o.Place == g.Place
		}
		if g.Source == 0 && g.Place.Kind != desk.FieldPlace && !slices.ContainsFunc(in.Grants, like) && (g.As == 0 || g.Permission != 0 || g.Right.OfQueues()) &&
			(g.Permission == 0 || g.Place.Kind != desk.CustomerPlace) {
			in.Grants = append(in.Grants, g)
		}
	}
	disabled := map[desk.PrincipalID]bool{} // what does not come from the file cannot be put into a role
	for _, u := range w.Users {
		disabled[desk.PrincipalID(u.ID)] = u.Disabled
	}
	for _, g := range w.Groups {
		disabled[g.ID] = g.Customer && g.Disabled
	}
	for _, x := range w.Watchers {
		r, own := uses[x.Role]
		used := !own || x.Queue == 0 || r.Everywhere || slices.Contains(r.Queues, x.Queue)
		if used && !disabled[x.Who] && x.Role != desk.Owner && !slices.Contains(in.Watchers, x) {
			in.Watchers = append(in.Watchers, x)
		}
	}
	return in
}

func (b *bench) export(svc *service.Service) string {
	b.t.Helper()
	c, err := ascode.Export(b.t.Context(), svc, sys, true)
	b.ok(err)
	text, err := c.YAML()
	b.ok(err)
	return string(text)
}

func (b *bench) apply(svc *service.Service, text string) ([]ascode.Step, int64) {
	b.t.Helper()
	want, err := ascode.Read("access.yaml", []byte(text))
	b.ok(err)
	steps, change, err := ascode.Apply(b.t.Context(), svc, sys, want, 0)
	if err != nil {
		b.t.Fatalf("%v\n%s", err, text)
	}
	return steps, change
}

// TestExportedWorldsAreMadeAgain: what a random world is written as, applied to
// a desk with the same people and queues, makes a desk that is written the same
// way; applied where it comes from, or into its own file, it changes nothing;
// taken back, the other desk gives what it gave before.
func TestExportedWorldsAreMadeAgain(t *testing.T) {
	b := newBench(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := worlds.Draw(rt, worlds.Small())
		first, done := b.desk()
		defer done()
		b.ok(first.LoadDesk(t.Context(), sys, b.filled(b.peopled(first, w), w)))
		for name, on := range map[string]bool{service.SettingGroupSupport: w.Settings.GroupSupport,
			service.SettingOtherCustomers: w.Settings.OtherCustomers, service.SettingCompanyTickets: w.Settings.CompanyTickets} {
			b.ok(first.SetSetting(t.Context(), sys, name, map[bool]string{true: "on", false: "off"}[on]))
		}
		text := b.export(first)

		steps, change := b.apply(first, text)
		if len(steps) > 0 || change != 0 {
			rt.Fatalf("its own file changes %v, as change %d\n%s", steps, change, text)
		}
		b.wantSameInto(rt, first, text)

		second, done := b.desk()
		defer done()
		b.ok(second.LoadDesk(t.Context(), sys, b.peopled(second, w)))
		_, change = b.apply(second, text)
		if got := b.export(second); got != text {
			rt.Fatalf("it is written as\n%s\nand made again as\n%s", text, got)
		}
		if change == 0 {
			return
		}
		if _, err := second.TakeBack(t.Context(), sys, change); err != nil {
			rt.Fatalf("taking it back: %v\n%s", err, text)
		}
		b.apply(second, text)
		if got := b.export(second); got != text {
			rt.Fatalf("taken back and applied again it is\n%s\nnot\n%s", got, text)
		}
	})
}

// wantSameInto writes the configuration into its own file with comments.
func (b *bench) wantSameInto(rt *rapid.T, svc *service.Service, text string) {
	old := "# ours\n" + strings.Replace(text, "\ngroups:", "\n# who is who\ngroups:", 1)
	c, err := ascode.Export(b.t.Context(), svc, sys, true)
	b.ok(err)
	got, err := c.Into("access.yaml", []byte(old))
	b.ok(err)
	if strings.Join(strings.Fields(string(got)), " ") != strings.Join(strings.Fields(old), " ") {
		rt.Fatalf("written into\n%s\nit is\n%s", old, got)
	}
}
