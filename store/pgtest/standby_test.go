package pgtest

import "testing"

// TestStandby: a standby has what its server has, not while it is paused, and
// takes changes once it is promoted.
func TestStandby(t *testing.T) {
	s := Start(t)
	at := s.NewDatabase(t)
	fill(t, at)
	standby := s.Standby(t)
	there := standby.At(t, at)
	standby.CatchUp(t, s)
	mustQuery(t, there, "SELECT word FROM note", "kept")
	mustQuery(t, there, "SELECT pg_is_in_recovery()::text", "true")

	standby.Pause(t)
	mustQuery(t, at, "UPDATE note SET word = 'changed' RETURNING word", "changed")
	mustQuery(t, there, "SELECT word FROM note", "kept")
	standby.Resume(t)
	standby.CatchUp(t, s)
	mustQuery(t, there, "SELECT word FROM note", "changed")

	standby.Stop(t)
	mustQuery(t, at, "UPDATE note SET word = 'meanwhile' RETURNING word", "meanwhile")
	standby.Restart(t)
	standby.CatchUp(t, s)
	mustQuery(t, there, "SELECT word FROM note", "meanwhile")

	standby.Promote(t)
	mustQuery(t, there, "UPDATE note SET word = 'its own' RETURNING word", "its own")
	mustQuery(t, at, "SELECT word FROM note", "meanwhile")
}
