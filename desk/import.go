package desk

import "time"

// An ImportID names a file that is brought in.
type ImportID int64

// ImportState says how far a file is.
type ImportState string

// The states of a file. Trying and running are done by a job.
const (
	ImportNew     ImportState = "new"     // it was sent
	ImportTrying  ImportState = "trying"  // it is or will be looked through
	ImportTried   ImportState = "tried"   // it was looked through, and nothing of it kept
	ImportRunning ImportState = "running" // it is or will be brought in
	ImportDone    ImportState = "done"    // it was brought in
	ImportFailed  ImportState = "failed"  // it could not be, and nothing of it was kept
)

// An Import is a file with people, companies or relations that somebody brings
// in. It is his: what it does is done with his rights, and nobody else sees it.
type Import struct {
	ID      ImportID
	By      UserID
	Via     Way
	Kind    string // "users", "customers", "memberships" or "grants"
	Name    string // of the file
	At      time.Time
	Ended   time.Time // zero: not yet
	State   ImportState
	Places  map[string]int // where in a line, from 0, each column of ours stands
	SkipBad bool           // bad lines are left out
	Lines   int            // of the file, without the first
	Next    time.Time      // when a job takes it; zero: none does
}

// Works reports whether a job has it or will have it.
func (i *Import) Works() bool { return i.State == ImportTrying || i.State == ImportRunning }
