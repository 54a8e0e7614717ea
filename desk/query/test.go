package query

import (
	"math"
	"strings"

	"gatehouse/desk"
)

// A What says what a Test asks of a ticket.
type What uint8

// What can be asked. All and One join other tests; the rest are about the
// ticket.
const (
	All     What = iota // every one of Tests; of none: always
	One                 // one of Tests; of none: never
	No                  // not the only one of Tests
	In                  // Column is one of Numbers
	Between             // Column is From at least and less than To
	After               // Column is set and later than Other, which is set too
	Texts               // Column, folded, fits one of Patterns
	Stands              // one of Who stands in one of Roles; anybody at all if Who is nil
	Linked              // a link of one of Links, any if nil, with one of Numbers, any if nil, that is covered by Scope
	Words               // a message has all Words: no comment, unless Scope covers the ticket
	Covered             // Scope covers the ticket
	Valued              // a value of Custom is one of Numbers, fits one of Patterns, or is From at least and less than To
)

// A Test is a query whose names have become numbers: what a ticket must be. The
// zero Test holds for every ticket. Whatever a Test asks is true or false of a
// ticket; nothing is unknown.
type Test struct {
	What  What
	Tests []Test

	Column   Column
	Other    Column
	Numbers  []int64 // nil: any, where that is meaningful
	From, To int64
	// Patterns are folded: % stands for anything, ! makes the next sign an
	// ordinary one.
	Patterns []string
	Roles    []RoleOn
	Who      []desk.PrincipalID
	Links    []string
	Dir      Direction
	Words    string
	Scope    *desk.Scope
	// Custom is a custom field. Of its values Numbers are compared unless nil,
	// else Patterns unless nil, else From and To.
	Custom desk.FieldID
}

// RoleOn is a role on the tickets of some queues; nil: of all.
type RoleOn struct {
	Role   desk.RoleID
	Queues []desk.QueueID
}

// The ends of ranges that are open.
const (
	Lowest  = math.MinInt64
	Highest = math.MaxInt64
)

// Always holds for every ticket, Never for none.
func Always() Test { return Test{What: All} }

// Never holds for no ticket.
func Never() Test { return Test{What: One} }

// HasValue holds for every ticket with a value of the custom field.
func HasValue(field desk.FieldID) Test {
	return Test{What: Valued, Custom: field, From: Lowest, To: Highest}
}

// NotThis turns a test round.
func NotThis(t Test) Test { return Test{What: No, Tests: []Test{t}} }

// Pattern returns what a value means as a pattern of Texts, compared in that
// way. Only where it is asked for does % in a value stand for anything.
func Pattern(how How, value string) string {
	quote := strings.NewReplacer("!", "!!", "_", "!_")
	pattern := quote.Replace(desk.Fold(value))
	switch how {
	case Like:
		return "%" + pattern + "%"
	case Starts:
		return pattern + "%"
	case Ends:
		return "%" + pattern
	}
	return strings.ReplaceAll(pattern, "%", "!%")
}

// Match reports whether a folded text fits a pattern of Texts. It takes time in
// proportion to the lengths of both, multiplied, at the worst.
func Match(pattern, text string) bool {
	pieces := Pieces(pattern)
	first, rest := pieces[0], pieces[1:]
	if len(rest) == 0 {
		return text == first
	}
	text, ok := strings.CutPrefix(text, first)
	if !ok {
		return false
	}
	last := rest[len(rest)-1]
	for _, piece := range rest[:len(rest)-1] {
		at := strings.Index(text, piece)
		if at < 0 {
			return false
		}
		text = text[at+len(piece):]
	}
	return strings.HasSuffix(text, last)
}

// Plain returns the text that a pattern of Texts asks for, if that is all that
// it asks: no sign in it stands for anything.
func Plain(pattern string) (string, bool) {
	pieces := Pieces(pattern)
	return pieces[0], len(pieces) == 1
}

// Pieces returns the texts, some perhaps empty, that a pattern of Texts asks for
// one after the other, with anything in between; of one piece: that it is the
// whole text.
func Pieces(pattern string) []string {
	pieces := []string{""}
	last := &pieces[0]
	escaped := false
	for _, r := range pattern {
		switch {
		case r == '!' && !escaped:
			escaped = true
			continue
		case r == '%' && !escaped:
			pieces = append(pieces, "")
			last = &pieces[len(pieces)-1]
		default:
			*last += string(r)
		}
		escaped = false
	}
	return pieces
}
