package service_test

import (
	"maps"
	"os"
	"testing"

	"gatehouse/store/storetest"
)

// A mould is a closed sample, of which each test that spoils it gets a copy:
// making one takes ten times as long.
type mould struct {
	dir  string
	made sample
}

// newMould makes one, to which more may be done before it is closed.
func newMould(t testing.TB, more ...func(*sample)) *mould {
	t.Helper()
	dir := storetest.Dir(t)
	h := fill(openHouse(t, dir))
	for _, do := range more {
		do(h)
	}
	h.ok(h.store.Close())
	h.ok(openHouse(t, dir).store.Close()) // counts for the planner, which each copy would do
	return &mould{dir, *h}
}

// sample opens a copy.
func (m *mould) sample(t testing.TB) *sample {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(m.dir)); err != nil {
		t.Fatal(err)
	}
	h := m.made
	h.house = openHouse(t, dir)
	h.house.clock.at = m.made.clock.at
	h.house.names, h.house.queue = maps.Clone(m.made.names), maps.Clone(m.made.queue)
	return &h
}
