package desk

import "time"

// StepTimes tell how it goes with one sort of the program's own work (a step of
// package jobs) on one node.
type StepTimes struct {
	Step, Node string
	Looked     time.Time     // when it last was done with looking for work
	Begun      time.Time     // since when a piece of work is under way; zero: none is
	Ran        time.Time     // when the last piece of work began; zero: there was none
	Took       time.Duration // how long that took
	Failures   int           // in a row
	Failing    time.Time     // when the first of these was; zero: there are none
	Reason     string        // what the last of these said
}

// Due is work of one sort that waits.
type Due struct {
	Count int
	Next  time.Time // when the first of it is due; zero: there is none
}
