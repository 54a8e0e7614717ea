package message

import "fmt"

// Limits bounds what Parse reads.
type Limits struct {
	Bytes       int // the whole letter as it came
	HeaderBytes int // one header: the letter's own or that of a part
	Headers     int // fields in one header
	Parts       int // parts at all levels, the multiparts counted too
	Depth       int // multiparts in one another
}

// DefaultLimits are generous for letters that people write: 25 MB, 256 KB of
// header with 1,000 fields, 1,000 parts, 100 levels.
func DefaultLimits() Limits {
	return Limits{Bytes: 25 << 20, HeaderBytes: 256 << 10, Headers: 1000, Parts: 1000, Depth: 100}
}

// A LimitError says which limit a letter is over.
type LimitError struct {
	What string // such as "bytes" or "levels of nested parts"
	Got  int    // where counting stopped; the letter may have more
	Max  int
}

// Error says it for people.
func (e *LimitError) Error() string {
	return fmt.Sprintf("the letter has %d %s or more, and at most %d are read", e.Got, e.What, e.Max)
}
