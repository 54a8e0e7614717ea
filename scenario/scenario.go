// Package scenario runs scenarios: small worlds with steps and the right
// answers, written in YAML, that say what access is to do. docs/scenarios.md
// describes the format.
//
// Read refuses a file in which anything is not understood, with its line. Run
// plays each scenario on a desk of its own: every step goes through the use
// case that a page or a letter would call, letters are planned and claimed as
// the program does it, and answers are asked of the desk, never worked out
// beside it.
//
// It opens no store; whoever runs scenarios hands it fresh desks.
package scenario

import (
	"slices"
	"strings"

	"gatehouse/desk"
)

// Format is the first line of every file: the version that this package reads.
const Format = "gatehouse-scenario/1"

// A Scenario is a world, steps and the right answers.
type Scenario struct {
	File     string
	Line     int
	ID       string
	Title    string
	Source   string // where the behaviour comes from; may be empty
	Settings []Entry
	World    World
	Steps    []Step
}

// A World is what there is before the first step, in the order of the file.
type World struct {
	Users, Customers, Groups, Roles, Queues, Tickets []Entry
	Grants                                           []Entry
}

// An Entry is a thing of the world, a grant, a setting, an operation or a
// question: a name with arguments.
type Entry struct {
	Name string
	Line int
	args map[string]Value
}

// A Step is an operation, or questions that are asked then.
type Step struct {
	Do  *Entry
	Ask []Entry
}

// A Value is an argument as it was written; which of its parts is filled
// follows from the kind of the argument.
type Value struct {
	Line  int
	Text  string
	List  []string
	Flag  bool
	Null  bool
	Flags map[string]bool // of permissions
	Roles []Filled        // who stands in which role
	Items []Entry         // of a list of default groups
	Shape Shape
}

// A Shape says what a value looks like.
type Shape uint8

// The shapes of values.
const (
	Nothing Shape = iota
	AText
	AFlag
	AList
	ANull
	AMap
)

// Filled says who stands in a role.
type Filled struct {
	Role string
	Who  []string
}

func (e *Entry) has(name string) bool      { _, ok := e.args[name]; return ok }
func (e *Entry) text(name string) string   { return e.args[name].Text }
func (e *Entry) list(name string) []string { return e.args[name].List }
func (e *Entry) flag(name string) bool     { return e.args[name].Flag }

// String writes a value as the format writes it.
func (v Value) String() string {
	switch v.Shape {
	case AFlag:
		return map[bool]string{true: "true", false: "false"}[v.Flag]
	case AList:
		list := slices.Clone(v.List)
		slices.SortFunc(list, func(a, b string) int { return strings.Compare(desk.Fold(a), desk.Fold(b)) })
		return "[" + strings.Join(list, ", ") + "]"
	case ANull:
		return "null"
	}
	return v.Text
}

// same reports whether two answers are one: lists as sets, names without
// regard to case.
func (v Value) same(other Value) bool {
	if v.Shape != other.Shape {
		return false
	}
	switch v.Shape {
	case AFlag:
		return v.Flag == other.Flag
	case AList:
		return slices.Equal(foldedSet(v.List), foldedSet(other.List))
	case AText:
		return desk.Fold(v.Text) == desk.Fold(other.Text)
	}
	return true
}

func foldedSet(list []string) []string {
	set := make([]string, len(list))
	for i, name := range list {
		set[i] = desk.Fold(name)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

func yesNo(yes bool) Value          { return Value{Shape: AFlag, Flag: yes} }
func listed(names []string) Value   { return Value{Shape: AList, List: names} }
func written(text string) Value     { return Value{Shape: AText, Text: text} }
func nothingThere() Value           { return Value{Shape: ANull} }
func ref(kind, name string) string  { return kind + ":" + name }
func isAddress(written string) bool { return strings.Contains(written, "@") }
