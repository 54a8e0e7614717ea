package cli

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"gatehouse/desk"
)

// The exit codes, after sysexits.h: an MTA understands them.
const (
	exitDone        = 0
	exitNo          = 1  // the answer is no
	exitUsage       = 64 // wrong usage of the command line
	exitInput       = 65 // what was given cannot be carried out as it is
	exitNotFound    = 66 // there is no such thing
	exitUnavailable = 69 // a service does not answer, or its port is taken
	exitInternal    = 70 // a fault of the program
	exitCannotWrite = 73 // a file or directory cannot be written
	exitTryAgain    = 75 // temporary: an MTA keeps the letter
	exitForbidden   = 77 // not permitted
	exitConfig      = 78 // a setting is wrong
)

// exitOf is the table from kinds of errors to exit codes.
var exitOf = map[desk.Kind]int{
	desk.Internal:        exitInternal,
	desk.Invalid:         exitInput,
	desk.NotFound:        exitNotFound,
	desk.Forbidden:       exitForbidden,
	desk.Unauthenticated: exitForbidden,
	desk.Conflict:        exitInput,
	desk.TooLarge:        exitInput,
	desk.TooMany:         exitTryAgain,
	desk.Unavailable:     exitTryAgain,
}

// A failure is an error with an exit code of its own.
type failure struct {
	code int
	err  error
}

// Error returns the sentence.
func (f *failure) Error() string { return f.err.Error() }

// Unwrap returns the error.
func (f *failure) Unwrap() error { return f.err }

// errSilent is in errors that were answers and need no sentence.
var errSilent = errors.New("no")

// no is what a command returns whose answer is no.
func no() error { return &failure{exitNo, errSilent} }

// exitCode returns the exit code of an error.
func exitCode(err error) int {
	var f *failure
	var known *desk.Error
	var file *fs.PathError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &f):
		return f.code
	case errors.As(err, &known):
		return exitOf[known.Kind]
	case errors.As(err, &file), errors.Is(err, syscall.ENOSPC):
		return exitCannotWrite
	}
	return exitInternal
}

// oneSentence puts an error into one line. Whoever runs a command reads the
// data directory, so that the cause is no secret from him.
func oneSentence(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}
