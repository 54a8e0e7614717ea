// Package query is the language in which lists of tickets are asked for: the
// TicketSQL of Request Tracker, read into a tree.
//
// Parse reads a text and promises an error that says where the mistake is, what
// was expected there and, for a misspelt field, which one was meant. It takes
// time linear in the text and refuses what is too long or too deep. A Test is
// what a query asks once names have become numbers; package store has its
// meaning in SQL, and storetest holds that to a plain evaluation.
//
// It knows no tickets, rights or databases: who asks, and what the names in a
// query mean to him, is for package service.
package query

// Limits of a query.
const (
	MaxLength     = 20_000 // bytes of text
	MaxDepth      = 40     // brackets and NOTs inside each other
	MaxConditions = 200
	MaxValues     = 1000 // of one list
	MaxValue      = 1000 // characters of one value
	MaxWildcards  = 8    // signs % in one pattern
)

// An Op joins the parts of an expression.
type Op uint8

// The ways to join.
const (
	Is  Op = iota // a single condition
	And           // all parts
	Or            // one of the parts at least
	Not           // not its only part
)

// An Expr is a query: a condition, or expressions joined. The zero Expr has no
// condition and asks for nothing, so that every ticket fits.
type Expr struct {
	Op    Op
	Cond  *Cond
	Parts []Expr
}

// Conditions calls f for every condition, in the order of the text.
func (e *Expr) Conditions(f func(*Cond)) {
	if e.Cond != nil {
		f(e.Cond)
	}
	for i := range e.Parts {
		e.Parts[i].Conditions(f)
	}
}

// How says in which way a field is compared.
type How uint8

// The ways to compare.
const (
	Equal How = iota + 1
	Like      // holds the value; % in it stands for anything
	Starts
	Ends
	Less
	AtMost
	More
	AtLeast
	Null // is not set
)

// A Cond is one condition: a field, a comparison, a value.
type Cond struct {
	Field Field
	// Sub is what of a user or customer is compared, in lower case:
	// "emailaddress", "name", "realname", "id", "key"; or "".
	Sub string
	// Name is that of the custom field or role, and Place the queue in which
	// the field is looked for.
	Name, Place string
	How         How
	Negated     bool
	// Shallow leaves out members: only who stands there himself.
	Shallow bool
	// Values are compared with, of a list any of them; none for Null.
	Values []Value
	At     int // position of the field in the text, from 1
}

// A Value is one value of a condition. Number is there for numbers, tickets and
// minutes; Moment for times, with the begin of its day and of the next one, all
// in microseconds.
type Value struct {
	Text     string
	Number   int64
	IsNumber bool
	Moment   int64
	Day      int64
	NextDay  int64
	// Field is a field of the ticket itself with which to compare; its name is
	// empty for what is not.
	Field Field
	At    int // position in the text, from 1
}
