package access_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatehouse/access"
	"gatehouse/desk"
)

// up is a step into a group, or into a customer with a part.
func up(from, to desk.PrincipalID, part desk.Part) access.Step {
	return access.Step{From: from, To: to, Part: part}
}

func TestExplain(t *testing.T) {
	onSystem := desk.OnSystem()
	requestor := rightTo(desk.Everyone, desk.ShowTicket, onSystem, desk.Requestor)
	toTeam := rightTo(team, desk.ShowTicket, desk.OnQueue(support))
	everyone := func(u desk.UserID) []access.Step { return []access.Step{up(desk.PrincipalID(u), desk.Everyone, 0)} }
	ofLead := []access.Step{up(desk.PrincipalID(lead), crew, 0), up(crew, team, 0)}
	first := func(g desk.Grant) desk.Grant { g.ID = 1; return g }
	off := func(w *desk.World, i int) *desk.World { w.Groups[i].Disabled = true; return w }
	for _, tt := range []struct {
		why  string
		w    *desk.World
		u    desk.UserID
		r    desk.Right
		f    *desk.TicketFacts
		want access.Proof
	}{
		{"through a group in a group", granted(aDesk(), toTeam), lead, desk.ShowTicket, forAcme(0, desk.Private),
			access.Proof{Yes: true, Grant: first(toTeam), Path: ofLead}},
		{"as Requestor through the customer", granted(aDesk(), requestor), member, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Yes: true, Grant: first(requestor), Path: everyone(member), Role: desk.Requestor, Holder: acme, At: access.OnTicket,
				Through: []access.Step{up(desk.PrincipalID(member), acme, desk.PartMember)}}},
		{"the part is not enough", granted(aDesk(), requestor), contact, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Missing: access.MissPart, Grant: first(requestor), Path: everyone(contact), Role: desk.Requestor, Holder: acme,
				At: access.OnTicket, Through: []access.Step{up(desk.PrincipalID(contact), acme, desk.PartContact)}}},
		{"the ticket is not shared with him", granted(aDesk(), rightTo(acme, desk.ShowTicket, onSystem)), member, desk.ShowTicket,
			forAcme(0, desk.Private), access.Proof{Missing: access.MissSharing, Grant: first(rightTo(acme, desk.ShowTicket, onSystem)),
				Path: []access.Step{up(desk.PrincipalID(member), acme, desk.PartMember)}}},
		{"a group on the way is disabled", off(granted(aDesk(), toTeam), 1), lead, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Missing: access.MissDisabled, Grant: first(toTeam), Path: ofLead[:1]}},
		{"the grantee is disabled", off(granted(aDesk(), toTeam), 0), lead, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Missing: access.MissDisabled, Grant: first(toTeam), Path: ofLead}},
		{"the customer in the role is disabled", off(granted(aDesk(), requestor), 2), member, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Missing: access.MissDisabled, Grant: first(requestor), Path: everyone(member), Role: desk.Requestor, Holder: acme,
				At: access.OnTicket, Through: []access.Step{up(desk.PrincipalID(member), acme, desk.PartMember)}}},
		{"he stands nowhere on it", granted(aDesk(), requestor), stranger, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Missing: access.MissRole, Grant: first(requestor), Path: everyone(stranger)}},
		{"others have been granted it", granted(aDesk(), toTeam), stranger, desk.ShowTicket, forAcme(0, desk.Shared),
			access.Proof{Missing: access.MissPath, Grant: first(toTeam)}},
		{"nobody has", granted(aDesk(), toTeam), lead, desk.DeleteTicket, forAcme(0, desk.Shared), access.Proof{Missing: access.MissGrant}},
		{"he is disabled", granted(aDesk(), toTeam), gone, desk.ShowTicket, forAcme(0, desk.Shared), access.Proof{Missing: access.MissUser}},
		{"there is no such right", granted(aDesk(), toTeam), lead, 63, forAcme(0, desk.Shared), access.Proof{Missing: access.MissRight}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := access.New(tt.w).Explain(tt.u, tt.r, access.Ticket(tt.f))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestExplainPrefersThePlainest: who may it anyway is not told that he is a
// superuser.
func TestExplainPrefersThePlainest(t *testing.T) {
	w := granted(aDesk(), rightTo(team, desk.SuperUser, desk.OnSystem()), rightTo(desk.Everyone, desk.ShowTicket, desk.OnSystem(), desk.Owner),
		rightTo(team, desk.ShowTicket, desk.OnGroup(desk.GroupID(team))))
	owned := &desk.TicketFacts{ID: 1, Queue: support, Holders: []desk.Holder{{Role: desk.Owner, Who: desk.PrincipalID(agent)}}}
	for _, tt := range []struct {
		why   string
		r     desk.Right
		queue desk.QueueID
		want  desk.GrantID
	}{
		{"a grant without a role", desk.ShowTicket, support, 3},
		{"else one with a role", desk.ShowTicket, sales, 2},
		{"else SuperUser", desk.DeleteTicket, sales, 1},
	} {
		t.Run(tt.why, func(t *testing.T) {
			f := *owned
			f.Queue = tt.queue
			if got := access.New(w).Explain(agent, tt.r, access.Ticket(&f)); got.Grant.ID != tt.want || !got.Yes {
				t.Errorf("got grant %d, want %d", got.Grant.ID, tt.want)
			}
		})
	}
}
