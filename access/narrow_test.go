package access_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"gatehouse/access"
	"gatehouse/access/worlds"
	"gatehouse/desk"
)

// TestNarrowed: a narrowed user may what he may and what is left to him, on each
// thing that there is; everybody else what he may; and scopes agree.
func TestNarrowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		whole := access.New(w)
		u := rapid.SampledFrom(usersOf(w)).Draw(t, "user")
		rights := desk.RightSet(rapid.Uint64().Draw(t, "rights"))
		var queues []desk.QueueID
		if rapid.Bool().Draw(t, "some queues") {
			queues = []desk.QueueID{99}
			for _, q := range w.Queues {
				if rapid.Bool().Draw(t, "this one") {
					queues = append(queues, q.ID)
				}
			}
		}
		narrow := whole.Narrowed(u, rights, queues)
		left := func(q asked) bool {
			if q.u != u || !rights.Has(q.r) {
				return q.u != u
			}
			return queues == nil || mattersIn(w, queues, q)
		}
		for _, q := range everyQuestion(w, objectsOf(t, w)) {
			got, want := narrow.Can(q.u, q.r, q.x), whole.Can(q.u, q.r, q.x) && left(q)
			if got != want {
				t.Fatalf("Can(%d, %v, %s) = %v, want %v; user %d has left %v in %v\nin %+v", q.u, q.r, describe(q.x), got, want, u, rights.Names(), queues, *w)
			}
			if q.x.Ticket == nil || q.x.Ticket.Queue == 99 {
				continue
			}
			if scope := narrow.Scope(q.u, q.r); scope.Covers(q.x.Ticket) != got {
				t.Fatalf("the scope of %d for %v says otherwise than Can of %s\nin %+v", q.u, q.r, describe(q.x), *w)
			}
		}
		if narrow.Version() != whole.Version() {
			t.Error("the version is another one")
		}
	})
}

// mattersIn reports whether a question is about one of the queues, or about what
// has no queue.
func mattersIn(w *desk.World, queues []desk.QueueID, q asked) bool {
	queue := desk.QueueID(q.x.Place.ID)
	there := slices.ContainsFunc(w.Queues, func(wq desk.WorldQueue) bool { return wq.ID == queue })
	switch {
	case q.x.Ticket != nil:
		return q.x.Ticket.Queue != 99 && slices.Contains(queues, q.x.Ticket.Queue)
	case q.x.Place.Kind == desk.QueuePlace && there:
		return slices.Contains(queues, queue)
	}
	return !q.r.OfQueues() || q.r.Class() == desk.FieldRight
}

// TestNarrowedStaysHis: an engine that is made from a narrowed one narrows nobody
// who has the same rights from elsewhere.
func TestNarrowedStaysHis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, worlds.Small())
		u := rapid.SampledFrom(usersOf(w)).Draw(t, "user")
		narrow := access.New(w).Narrowed(u, 0, nil)
		next := narrow.With(changer{t, w}.change())
		whole := access.New(w)
		for _, q := range everyQuestion(w, objectsOf(t, w)) {
			if got, want := next.Can(q.u, q.r, q.x), whole.Can(q.u, q.r, q.x); q.u != u && got != want {
				t.Fatalf("Can(%d, %v, %s) = %v, want %v after %d was narrowed\nin %+v", q.u, q.r, describe(q.x), got, want, u, *w)
			}
		}
	})
}
