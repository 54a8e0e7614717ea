package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Kind says what sort of error happened, for the program; every front-end
// has one table from Kind to its own codes.
type Kind int

// The kinds of errors. Zero is no error.
const (
	Internal        Kind = iota + 1 // a fault of the program or of something it depends on
	Invalid                         // what was sent cannot be carried out as it is
	NotFound                        // there is no such thing, or the actor may not know of it
	Forbidden                       // the actor may see the thing but not do this to it
	Unauthenticated                 // nobody is signed in
	Conflict                        // the thing has changed meanwhile, or a rule of the desk forbids it now
	TooLarge                        // over a limit of size
	TooMany                         // too often in too short a time
	Unavailable                     // not now; trying again later may help
)

// Kinds lists every kind of error.
func Kinds() []Kind {
	return []Kind{Internal, Invalid, NotFound, Forbidden, Unauthenticated, Conflict, TooLarge, TooMany, Unavailable}
}

// An Error is a kind for the program, a sentence for the person and a cause
// for the log. Fields holds a sentence per field of a form, by field name.
type Error struct {
	Kind   Kind
	Text   string
	Fields map[string]string
	Cause  error
}

// Error returns the sentence for the person, followed by the cause if any.
func (e *Error) Error() string {
	text := e.Text
	if text == "" {
		text = e.fieldText()
	}
	if e.Cause != nil {
		return text + " (" + e.Cause.Error() + ")"
	}
	return text
}

func (e *Error) fieldText() string {
	names := make([]string, 0, len(e.Fields))
	for name := range e.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	texts := make([]string, 0, len(names))
	for _, name := range names {
		texts = append(texts, name+": "+e.Fields[name])
	}
	return strings.Join(texts, " ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an error of a kind with a sentence for the person.
func Errorf(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

// Wrap makes an error of a kind with a sentence for the person and a cause for
// the log.
func Wrap(kind Kind, cause error, format string, args ...any) error {
	return &Error{Kind: kind, Text: fmt.Sprintf(format, args...), Cause: cause}
}

// ErrNoRoom is in the errors of kind Unavailable where a disk is full, so that
// mail servers are told so.
var ErrNoRoom = errors.New("the disk is full")

// NoRoom makes the error for a full disk.
func NoRoom(cause error) error {
	return Wrap(Unavailable, errors.Join(ErrNoRoom, cause), "The desk has no room on its disk, so nothing new can be stored; try again in a minute.")
}

// InvalidFields makes an error of kind Invalid with a sentence per field.
func InvalidFields(fields map[string]string) error {
	return &Error{Kind: Invalid, Fields: fields}
}

// KindOf returns the kind of an error: zero for nil, Internal for an error
// that names none.
func KindOf(err error) Kind {
	if err == nil {
		return 0
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Sentence returns what a person is told of the error. An error of kind
// Internal tells him nothing of its cause.
func Sentence(err error) string {
	var e *Error
	if !errors.As(err, &e) || e.Kind == Internal {
		return "Something went wrong on our side. Nothing was changed; please try again."
	}
	if e.Text == "" {
		return e.fieldText()
	}
	return e.Text
}

// FieldTexts returns the sentences per field of a form, or nil.
func FieldTexts(err error) map[string]string {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
