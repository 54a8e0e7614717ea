// Package condition is the language of the conditions of rules: CEL over the
// names of a ticket, of what happened to it and of the message that came.
//
// A condition that was compiled cannot name what there is not, has no effect,
// and ends: what it costs is bounded by steps and by its context. The package
// reads nothing and keeps nothing; it does not know rules.
package condition

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// MaxSize is how long a condition can be, in bytes.
const MaxSize = 4000

// maxCost bounds the steps of one look at a ticket; a text of 64 KB can be
// searched a hundred times.
const maxCost = 2_000_000

// maxTime bounds one look at a ticket, besides its steps.
const maxTime = 200 * time.Millisecond

// A Name is something that a condition can ask.
type Name struct {
	Name string
	Type string // "text", "number", "yes or no", "time", "duration", "texts"
	Help string // one sentence, in English
	// Comments: only who may read comments may ask it of every message.
	Comments bool
}

// Names lists what a condition can ask, in the order in which it is explained.
func Names() []Name {
	return []Name{
		{"ticket.id", "number", "The number of the ticket.", false},
		{"ticket.subject", "text", "Its subject.", false},
		{"ticket.status", "text", `Its status: "new", "open", "stalled", "resolved" and so on.`, false},
		{"ticket.active", "yes or no", "Whether work on it is still to be done.", false},
		{"ticket.queue", "text", "The name of its queue.", false},
		{"ticket.priority", "number", "Its priority.", false},
		{"ticket.owner", "text", "The login of its owner; empty: nobody.", false},
		{"ticket.requestors", "texts", "The addresses of the people among its requestors, in small letters.", false},
		{"ticket.cc", "texts", "The addresses of the people in Cc.", false},
		{"ticket.customers", "texts", "The keys of the customers for whom it is.", false},
		{"ticket.sharing", "text", `Who of the customer's people sees it: "shared", "managers" or "private".`, false},
		{"ticket.created", "time", "When it was opened.", false},
		{"ticket.updated", "time", "When it was last changed.", false},
		{"ticket.told", "time", "When the customer was last written to; before 1970: never.", false},
		{"ticket.due", "time", "When it is to be done; before 1970: not set.", false},
		{"ticket.age", "duration", "How long ago it was opened.", false},
		{"ticket.waited", "duration", "How long the customer has waited for an answer; on an answer, how long he had. Zero: he does not wait.", false},
		{"event.kind", "text", `What happened: "created", "message", "status", "owner" and so on; "time" for a rule by time.`, false},
		{"event.from", "text", "What it was before: a status, a priority, a subject, the login of an owner, the name of a queue.", false},
		{"event.to", "text", "What it is now; of an approval open, granted, refused or withdrawn; of a rating content, partly or not.", false},
		{"event.field", "text", "The name of the custom field that was changed; from and to are its values then.", false},
		{"event.clock", "text", "The clock that is due or overdue: first_response, update or resolution.", false},
		{"event.by", "text", "The login of who did it; empty: the desk.", false},
		{"event.agent", "yes or no", "Whether somebody of the desk did it.", false},
		{"event.customer", "yes or no", "Whether a contact did it, or whoever brought the ticket.", false},
		{"event.machine", "yes or no", "Whether a program wrote the message.", false},
		{"event.way", "text", `How it came: "web", "mail", "api", "cli", "rule".`, false},
		{"message.text", "text", "What was written, the first 64 KB; empty: nothing was.", true},
		{"message.subject", "text", "The subject of the message.", true},
		{"message.comment", "yes or no", "Whether it is a comment.", false},
		{"message.files", "number", "How many files came with it.", false},
		{"now", "time", "This moment.", false},
	}
}

// Facts are what a condition is asked about: values by name, in Go's types for
// text (string), number (int64), yes or no (bool), time (time.Time), duration
// (time.Duration) and texts ([]string). All names of Names are there.
type Facts map[string]any

// None returns facts in which every name has the value of its type for nothing.
func None() Facts {
	f := Facts{}
	for _, n := range Names() {
		f[n.Name] = kinds()[n.Type].none
	}
	return f
}

// A kind is a type of a name in the two languages.
type kind struct {
	cel  *cel.Type
	none any
}

func kinds() map[string]kind {
	return map[string]kind{
		"text": {cel.StringType, ""}, "number": {cel.IntType, int64(0)}, "yes or no": {cel.BoolType, false},
		"time": {cel.TimestampType, time.Time{}}, "duration": {cel.DurationType, time.Duration(0)},
		"texts": {cel.ListType(cel.StringType), []string{}},
	}
}

// A Language compiles conditions. Making one takes some milliseconds; it is safe
// for concurrent use.
type Language struct{ env *cel.Env }

// New returns the language.
func New() (*Language, error) {
	options := []cel.EnvOption{
		cel.ParserExpressionSizeLimit(MaxSize), cel.ParserRecursionLimit(40),
		cel.Function("lower", cel.MemberOverload("lower_of_text", []*cel.Type{cel.StringType}, cel.StringType,
			cel.UnaryBinding(func(v ref.Val) ref.Val {
				text, _ := v.Value().(string)
				return types.String(strings.ToLower(text))
			}))),
	}
	for _, n := range Names() {
		options = append(options, cel.Variable(n.Name, kinds()[n.Type].cel))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("making the language of conditions: %w", err)
	}
	return &Language{env}, nil
}

// A Condition is compiled. It is safe for concurrent use.
type Condition struct {
	program cel.Program // nil: always
	tree    *ast.AST
	asks    map[string]bool
}

// An Error says what is wrong with a condition and where.
type Error struct {
	Line, Column int // both from 1
	Text         string
}

// Error returns the place and the sentence.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Text)
}

// Compile returns the condition of a text; an empty one always holds. What is
// wrong is an *Error.
func (l *Language) Compile(text string) (*Condition, error) {
	if strings.TrimSpace(text) == "" {
		return &Condition{}, nil
	}
	if len(text) > MaxSize {
		return nil, &Error{1, 1, "the condition is longer than 4000 bytes; make two rules of it"}
	}
	if !utf8.ValidString(text) {
		return nil, &Error{1, 1, "the condition is not valid text"}
	}
	checked, issues := l.env.Compile(text)
	if issues != nil && issues.Err() != nil {
		return nil, explained(text, issues)
	}
	if checked.OutputType() != cel.BoolType {
		return nil, &Error{1, 1, fmt.Sprintf("this gives %s, but a condition must be true or false; compare it with something, as in ticket.priority > 50", typeName(checked.OutputType()))}
	}
	program, err := l.env.Program(checked, cel.CostLimit(maxCost), cel.InterruptCheckFrequency(100), cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, &Error{1, 1, err.Error()}
	}
	c := &Condition{program: program, tree: checked.NativeRep(), asks: map[string]bool{}}
	for _, n := range checked.NativeRep().ReferenceMap() {
		if n.Name != "" {
			c.asks[n.Name] = true
		}
	}
	return c, nil
}

// AsksComments reports whether the condition asks for what was written.
func (c *Condition) AsksComments() bool {
	return slices.ContainsFunc(Names(), func(n Name) bool { return n.Comments && c.asks[n.Name] })
}

// Asks lists the names that the condition asks for.
func (c *Condition) Asks() []string { return slices.Sorted(maps.Keys(c.asks)) }

// Holds reports whether the condition holds of the facts. An error says why it
// could not be told: a fault in the condition, or that it took too long.
func (c *Condition) Holds(ctx context.Context, f Facts) (bool, error) {
	if c.program == nil {
		return true, nil
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	out, _, err := c.program.ContextEval(ctx, map[string]any(f))
	switch {
	case err == nil:
	case strings.Contains(err.Error(), "cost limit"), strings.Contains(err.Error(), "interrupted"), ctx.Err() != nil:
		return false, errors.New("the condition takes too long: it needs more steps than a rule may take; make it simpler")
	default:
		return false, fmt.Errorf("the condition failed: %w", err)
	}
	holds, ok := out.Value().(bool)
	if !ok {
		return false, fmt.Errorf("the condition gave %v instead of true or false", out.Value())
	}
	return holds, nil
}
