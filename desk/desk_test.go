package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gatehouse/desk"
)

func TestRightTable(t *testing.T) {
	seen := map[string]bool{}
	for i, info := range desk.AllRights() {
		if int(info.Right) != i+1 {
			t.Errorf("%s stands at place %d of the table, want %d", info.Name, i+1, info.Right)
		}
		if info.Name == "" || info.Meaning == "" || info.Class == 0 || seen[desk.Fold(info.Name)] {
			t.Errorf("the entry of right %d is not whole, or its name stands twice: %+v", i+1, info)
		}
		seen[desk.Fold(info.Name)] = true
		for _, name := range []string{info.Name, strings.ToUpper(info.Name), strings.ToLower(info.Name)} {
			if r, ok := desk.ParseRight(name); !ok || r != info.Right {
				t.Errorf("ParseRight(%q) = %s, %t", name, r, ok)
			}
		}
		if !info.Right.GrantableOn(desk.SystemPlace) {
			t.Errorf("%s cannot be granted on the whole desk", info.Name)
		}
	}
	if _, ok := desk.ParseRight("Foo"); ok {
		t.Error("there is a right Foo")
	}
	if desk.Right(0).Known() || desk.EveryRight().Has(0) {
		t.Error("no right is a right")
	}
}

func TestWhereRightsCanBeGranted(t *testing.T) {
	for _, tt := range []struct {
		right desk.Right
		place desk.PlaceKind
		want  bool
	}{
		{desk.ShowTicket, desk.QueuePlace, true},
		{desk.ShowTicket, desk.GroupPlace, true}, // on the queues that it guards
		{desk.ShowTicket, desk.CustomerPlace, false},
		{desk.ShowTicket, desk.TicketPlace, false},
		{desk.DelegateRights, desk.GroupPlace, true},
		{desk.DelegateRights, desk.QueuePlace, false},
		{desk.AdminCustomer, desk.CustomerPlace, true},
		{desk.AdminCustomer, desk.QueuePlace, false},
		{desk.SuperUser, desk.QueuePlace, false},
		{desk.SuperUser, desk.GroupPlace, false},
		{desk.ModifyACL, desk.QueuePlace, true},
		{desk.SeeCustomField, desk.QueuePlace, true},
		{0, desk.SystemPlace, false},
	} {
		if got := tt.right.GrantableOn(tt.place); got != tt.want {
			t.Errorf("%s on place %d: got %t, want %t", tt.right, tt.place, got, tt.want)
		}
	}
}

func TestRightSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rights := rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) desk.Right {
			return desk.Right(rapid.IntRange(1, len(desk.AllRights())).Draw(t, "right"))
		}), func(r desk.Right) desk.Right { return r }).Draw(t, "rights")
		set := desk.RightsOf(rights...)
		slices.Sort(rights)
		if got := set.List(); !slices.Equal(got, rights) {
			t.Fatalf("got %v, want %v", got, rights)
		}
		for _, info := range desk.AllRights() {
			if set.Has(info.Right) != slices.Contains(rights, info.Right) {
				t.Fatalf("Has(%s) = %t", info.Right, set.Has(info.Right))
			}
		}
		if !desk.EveryRight().Contains(set) || len(rights) > 0 && desk.RightSet(0).Contains(set) {
			t.Fatal("Contains is wrong")
		}
	})
}

// TestShippedPermissions holds the table of docs/access.md.
func TestShippedPermissions(t *testing.T) {
	byName := map[string]desk.Permission{}
	for _, p := range desk.ShippedPermissions() {
		byName[p.Name] = p
	}
	rw := byName["rw"]
	for name, p := range byName {
		if !rw.Agents.Contains(p.Agents) || !rw.Contacts.Contains(p.Contacts) {
			t.Errorf("rw does not contain %s", name)
		}
		if p.Contacts.Has(desk.ShowTicketComments) {
			t.Errorf("%s opens comments to contacts", name)
		}
		for other, q := range byName {
			if name != "rw" && name != other && p.Agents.Contains(q.Agents) {
				t.Errorf("%s implies %s", name, other)
			}
		}
	}
	if rw.Agents.Has(desk.DeleteTicket) {
		t.Error("rw deletes tickets")
	}
	if ro := byName["ro"]; !ro.Agents.Has(desk.ShowTicketComments) || ro.Contacts.Has(desk.Watch) {
		t.Errorf("ro is %v for agents and %v for contacts", ro.Agents.Names(), ro.Contacts.Names())
	}
}

func TestPresenceIn(t *testing.T) {
	add, replace := desk.Presences{Requestor: desk.PresenceAdd}, desk.Presences{Requestor: desk.PresenceReplace}
	none := desk.Presences{}
	for _, tt := range []struct {
		why                     string
		role                    desk.RoleID
		customer, queue, system desk.Presences
		want                    desk.Presence
	}{
		{"nobody says anything", desk.Requestor, none, none, none, desk.PresenceOff},
		{"the desk", desk.Requestor, none, none, add, desk.PresenceAdd},
		{"the queue before the desk", desk.Requestor, none, replace, add, desk.PresenceReplace},
		{"the customer before all", desk.Requestor, add, replace, replace, desk.PresenceAdd},
		{"another role says nothing of this one", desk.Cc, add, replace, add, desk.PresenceOff},
		{"customers never own tickets", desk.Owner, add, add, add, desk.PresenceOff},
	} {
		if got := desk.PresenceIn(tt.role, tt.customer, tt.queue, tt.system); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
}

func TestAnswered(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		why     string
		status  desk.Status
		byAgent bool
		want    desk.Status
		told    bool
	}{
		{"the first answer opens a ticket", desk.StatusNew, true, desk.StatusOpen, true},
		{"a later one changes nothing", desk.StatusStalled, true, desk.StatusStalled, true},
		{"the customer wakes what waited for him", desk.StatusStalled, false, desk.StatusOpen, false},
		{"and what was thought to be done", desk.StatusResolved, false, desk.StatusOpen, false},
		{"but his own addition leaves a new ticket new", desk.StatusNew, false, desk.StatusNew, false},
		{"and what was rejected stays so", desk.StatusRejected, false, desk.StatusRejected, false},
	} {
		ticket := desk.Ticket{Status: tt.status}
		ticket.Answered(tt.byAgent, at, desk.ShippedLifeCycle())
		if ticket.Status != tt.want || ticket.Told.IsZero() == tt.told {
			t.Errorf("%s: got %s, told at %v", tt.why, ticket.Status, ticket.Told)
		}
	}
}

func TestDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := desk.Day(rapid.IntRange(1, 100000).Draw(t, "day"))
		back, err := desk.ParseDay(d.String())
		if err != nil || back != d {
			t.Fatalf("%d is written %s and read %d, %v", d, d, back, err)
		}
	})
	if _, err := desk.ParseDay("31.3.2026"); desk.KindOf(err) != desk.Invalid {
		t.Errorf("a day in another form: got %v", err)
	}
	for _, tt := range []struct {
		from, until desk.Day
		want        bool
	}{{0, 0, true}, {10, 0, true}, {11, 0, false}, {0, 10, true}, {0, 9, false}, {10, 10, true}} {
		if got := desk.InForce(tt.from, tt.until, 10); got != tt.want {
			t.Errorf("from %d until %d on day 10: got %t", tt.from, tt.until, got)
		}
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ a, b string }{
		{"Support", "SUPPORT"}, {" Support ", "support"}, {"Mu\u0308nchen", "München"}, {"ﬁre", "fire"},
	} {
		if desk.Fold(tt.a) != desk.Fold(tt.b) {
			t.Errorf("%q and %q are two names", tt.a, tt.b)
		}
	}
	for _, bad := range []string{"", "  ", "a\nb", "a\x00b", strings.Repeat("x", 201)} {
		if _, err := desk.CheckName("group", bad); desk.KindOf(err) != desk.Invalid {
			t.Errorf("the name %.20q: got %v", bad, err)
		}
	}
	if name, err := desk.CheckName("group", "  x + y (äß) %* "); err != nil || name != "x + y (äß) %*" {
		t.Errorf("got %q, %v", name, err)
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("disk on fire")
	err := desk.Wrap(desk.Internal, cause, "Cannot store it.")
	if strings.Contains(desk.Sentence(err), "fire") || !strings.Contains(err.Error(), "fire") {
		t.Error("the cause belongs in the log and not before the person")
	}
	if !errors.Is(err, cause) || desk.KindOf(err) != desk.Internal || desk.KindOf(cause) != desk.Internal || desk.KindOf(nil) != 0 {
		t.Error("kinds and causes are lost")
	}
	fields := desk.InvalidFields(map[string]string{"b": "Two.", "a": "One."})
	if got := desk.Sentence(fields); got != "a: One. b: Two." {
		t.Errorf("got %q", got)
	}
}

func TestActors(t *testing.T) {
	if !(desk.Actor{}).IsNobody() || desk.System(desk.ViaCLI).IsNobody() || (desk.Actor{User: 1}).IsNobody() {
		t.Error("only the zero actor is nobody")
	}
	if (desk.Actor{User: 1}).IsSystem() || !desk.System(desk.ViaJob).IsSystem() {
		t.Error("only the system is the system")
	}
}

func TestLoopback(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:25": true, "127.8.9.1:25": true, "[::1]:25": true, "localhost:25": true,
		"mail.example:25": false, "10.0.0.1:25": false, "0.0.0.0:25": false, "127.0.0.1": false, "localhost.example:25": false,
	} {
		if got := desk.Loopback(address); got != want {
			t.Errorf("%s: got %t, want %t", address, got, want)
		}
	}
}
