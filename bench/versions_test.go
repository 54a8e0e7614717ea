package bench

import (
	"testing"

	"gatehouse/desk"
)

// TestWhatMayBeAnswered: carl reads by a group that he leaves. What a request
// of his may be answered depends on when it was sent and answered.
func TestWhatMayBeAnswered(t *testing.T) {
	const carl, readers = desk.UserID(desk.FirstPrincipal), desk.FirstPrincipal + 1
	in := desk.Membership{Group: readers, Member: desk.PrincipalID(carl)}
	w := &desk.World{
		Users:       []desk.WorldUser{{ID: carl, Kind: desk.Agent}},
		Groups:      []desk.WorldGroup{{ID: readers}},
		Queues:      []desk.WorldQueue{{ID: 1}},
		Memberships: []desk.Membership{in},
		Grants:      []desk.Grant{{ID: 1, Who: readers, Right: desk.ShowTicket, Place: desk.OnQueue(1)}},
		Settings:    desk.DefaultAccessSettings(),
	}
	facts := &desk.TicketFacts{ID: 7, Queue: 1}
	asks := asked{user: carl, right: desk.ShowTicket, ticket: 7}
	h := newHistory(w)
	want := func(why string, from *version, some, all bool) {
		t.Helper()
		if gotSome, gotAll := h.may(from, asks, facts); gotSome != some || gotAll != all {
			t.Errorf("%s: got %v, %v, want %v, %v", why, gotSome, gotAll, some, all)
		}
	}
	before := h.now()
	want("before anything is changed he may", before, true, true)
	h.begin(without(w, in))
	want("while he is being removed, both answers are right", h.now(), true, false)
	h.confirm()
	want("what was sent before may be answered either way", before, true, false)
	after := h.now()
	want("what was sent after must be refused", after, false, false)
	h.begin(with(after.world, in))
	want("while he is being added again, both are right", after, true, false)
	h.confirm()
	want("after that he may", h.now(), true, true)
	h.doubt(carl)
	want("once a change of his was not answered, either is right", h.now(), true, false)
}
