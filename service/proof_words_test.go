package service

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/access"
	"gatehouse/desk"
)

func TestWords(t *testing.T) {
	bob, ann := Name{ID: 101, Kind: "user", Text: "bob"}, Name{ID: 102, Kind: "user", Text: "ann", Agent: true}
	acme, berlin := Name{ID: 201, Kind: "customer", Text: "Acme Ltd"}, Name{ID: 202, Kind: "customer", Text: "Acme Berlin"}
	team, staff := Name{ID: 301, Kind: "group", Text: "Team"}, Name{ID: 302, Kind: "group", Text: "Staff", Disabled: true}
	everyone, agents := Name{ID: desk.Everyone, Kind: "system", Text: "Everyone"}, Name{ID: desk.Agents, Kind: "system", Text: "Agents"}
	right := func(who Name, roles ...string) GrantLine {
		return GrantLine{WhoName: who, RoleNames: roles, What: "ShowTicket", PlaceName: "queue:support"}
	}
	proof := func(p access.Proof) access.Proof {
		p.Grant.Who, p.Grant.Right = 1, desk.ShowTicket
		return p
	}
	for _, tt := range []struct {
		why  string
		a    Answer
		want string
	}{
		{"granted to himself", Answer{Yes: true, User: bob, Proof: proof(access.Proof{Yes: true}), Grant: right(bob)},
			"yes: bob may ShowTicket on ticket:1|bob was granted ShowTicket on queue:support"},
		{"through nested groups", Answer{Yes: true, User: ann, Proof: proof(access.Proof{Yes: true}), Grant: right(staff),
			Path: []StepLine{{From: ann, To: team}, {From: team, To: staff}}},
			"yes: ann may ShowTicket on ticket:1|ann is a member of Team|Team is a member of Staff|Staff was granted ShowTicket on queue:support"},
		{"through what he is", Answer{Yes: true, User: ann, Proof: proof(access.Proof{Yes: true}), Grant: right(agents), Path: []StepLine{{From: ann, To: agents}}},
			"yes: ann may ShowTicket on ticket:1|ann is an agent|Agents was granted ShowTicket on queue:support"},
		{"through a role of a subsidiary's parent", Answer{Yes: true, User: bob, Proof: proof(access.Proof{Yes: true, Role: desk.Cc, Holder: acme.ID, At: access.OnQueue}),
			Grant: right(everyone, "Requestor", "Cc", "Owner"), Role: "Cc", Holder: acme, Path: []StepLine{{From: bob, To: everyone}},
			Through: []StepLine{{From: bob, To: berlin, Part: desk.PartReader}, {From: berlin, To: acme, Part: desk.PartMember}}},
			"yes: bob may ShowTicket on ticket:1|bob is a contact of Acme Berlin (reader)|Acme Berlin belongs to Acme Ltd (member)|" +
				"Acme Ltd stands as Cc on its queue|Everyone, as Requestor, Cc or Owner, was granted ShowTicket on queue:support"},
		{"as who will be the requestor", Answer{Yes: true, User: bob, Proof: proof(access.Proof{Yes: true, Role: desk.Requestor, Future: true}), Grant: right(everyone, "Requestor")},
			"yes: bob may ShowTicket on ticket:1|who opens a ticket counts as its future Requestor|Everyone, as Requestor, was granted ShowTicket on queue:support"},
		{"by the switch", Answer{Yes: true, User: bob, Proof: access.Proof{Yes: true, Role: desk.Requestor, Holder: bob.ID, At: access.OnTicket}, Role: "Requestor", Holder: bob},
			"yes: bob may ShowTicket on ticket:1|bob stands as Requestor on the ticket|" +
				"the desk's groups do not guard it for contacts: each may reach tickets on which he stands as Requestor or Customer"},
		{"role missing", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissRole}), Grant: right(everyone, "Owner")},
			"no: bob may not ShowTicket on ticket:1|nearest: Everyone, as Owner, was granted ShowTicket on queue:support|" +
				"but bob does not stand as Owner here, nor through a group or customer"},
		{"no member of a group", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissPath}), Grant: right(team)},
			"no: bob may not ShowTicket on ticket:1|nearest: Team was granted ShowTicket on queue:support|but bob is no member of Team"},
		{"granted to somebody else", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissPath}), Grant: right(ann)},
			"no: bob may not ShowTicket on ticket:1|nearest: ann was granted ShowTicket on queue:support|but bob is somebody else"},
		{"granted to another customer", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissPath}), Grant: right(acme)},
			"no: bob may not ShowTicket on ticket:1|nearest: Acme Ltd was granted ShowTicket on queue:support|but bob is no contact of Acme Ltd"},
		{"granted to agents", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissPath}), Grant: right(agents)},
			"no: bob may not ShowTicket on ticket:1|nearest: Agents was granted ShowTicket on queue:support|but bob is not among them"},
		{"something disabled", Answer{User: ann, Proof: proof(access.Proof{Missing: access.MissDisabled}), Grant: right(staff), Path: []StepLine{{From: ann, To: staff}}},
			"no: ann may not ShowTicket on ticket:1|ann is a member of Staff|Staff was granted ShowTicket on queue:support|but Staff is disabled"},
		{"the queue's group disabled", Answer{User: ann, Proof: proof(access.Proof{Missing: access.MissDisabled}), Grant: right(ann)},
			"no: ann may not ShowTicket on ticket:1|ann was granted ShowTicket on queue:support|but what guards the queue, or stands in between, is disabled"},
		{"not shared", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissSharing}), Grant: right(bob)},
			"no: bob may not ShowTicket on ticket:1|bob was granted ShowTicket on queue:support|but the ticket is not shared with bob"},
		{"part too small", Answer{User: bob, Proof: proof(access.Proof{Missing: access.MissPart}), Grant: right(acme),
			Path: []StepLine{{From: bob, To: acme, Part: desk.PartContact}}},
			"no: bob may not ShowTicket on ticket:1|bob is a contact of Acme Ltd (contact)|Acme Ltd was granted ShowTicket on queue:support|" +
				"but the part of bob there is not enough for ShowTicket"},
		{"nobody was granted it", Answer{User: bob, Proof: access.Proof{Missing: access.MissGrant}},
			"no: bob may not ShowTicket on ticket:1|nothing that covers ticket:1 grants ShowTicket to anybody"},
		{"disabled himself", Answer{User: bob, Proof: access.Proof{Missing: access.MissUser}}, "no: bob may not ShowTicket on ticket:1|bob is disabled"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			tt.a.Right, tt.a.Object = desk.ShowTicket, "ticket:1"
			if diff := cmp.Diff(strings.Split(tt.want, "|"), tt.a.Words()); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestWordsOfPermissionsAndSuperusers(t *testing.T) {
	ann := Name{ID: 102, Kind: "user", Text: "ann"}
	a := Answer{Yes: true, User: ann, Right: desk.ShowTicket, Object: "ticket:1", Grant: GrantLine{WhoName: ann, What: "rw", PlaceName: "system"}}
	a.Proof.Grant = desk.Grant{Who: 102, Permission: desk.RW}
	if got, want := a.Words()[1], "ann was granted the permission rw, which holds ShowTicket, on system"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	a.Proof.Grant, a.Grant.What = desk.Grant{Who: 102, Right: desk.SuperUser}, "SuperUser"
	if got, want := a.Words()[1], "ann was granted SuperUser, which holds every right, on system"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEveryMissHasWords: whatever is missing, the answer says so.
func TestEveryMissHasWords(t *testing.T) {
	for miss := access.MissPart; miss <= access.MissUser; miss++ {
		a := Answer{Right: desk.ShowTicket, Object: "ticket:1", Proof: access.Proof{Missing: miss}}
		if len(a.Words()) < 2 {
			t.Errorf("miss %d: %q", miss, a.Words())
		}
	}
}
