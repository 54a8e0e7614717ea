package desk

import "time"

// A Node is a process that serves the desk.
type Node struct {
	Name    string // of its machine and where it listens
	Edition int    // of its program, see store.Edition
	Program string // its version
	Started time.Time
	Seen    time.Time // when it last said that it is alive
	Access  int64     // the version of access that it knew then; 0: not known
}
