package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gatehouse/desk"
)

// A dialect is all in which the two databases differ for the statements that
// they share.
type dialect struct {
	name        string
	lockRow     string // after a SELECT: keeps others from changing the row
	lockShared  string // keeps others from changing a row until the transaction ends
	skipLocked  string // the same, passing over rows that others hold
	viewOptions *sql.TxOptions

	// list returns the argument that carries a list of numbers, and inList the
	// query that gives its numbers back, as column n.
	list   func(ids []int64) any
	inList func(param int) string
	// pairs and inPairs are the same for pairs, as columns a and b.
	pairs   func(list [][2]int64) any
	inPairs func(param int) string

	// newestOfEach returns the query for the newest rows of every number of a
	// list: inner selects the ids for the number outer.n, newest first, limited.
	newestOfEach func(param int, inner string) string

	// addText makes words of textOf findable as document $1, dropText takes them
	// out. matching is the condition that document d has what a parameter asks
	// for, hasText the same where d is known already. textQuery asks for all the
	// words, the last one as a prefix.
	addText   string
	dropText  string
	matching  func(param int) string
	hasText   func(param int) string
	textOf    func(words []string) any
	textQuery func(words []string) string

	unique    func(error) bool // a uniqueness was violated
	lost      func(error) bool // gone, locked, full or read-only
	retryable func(error) bool // broken off because of another transaction

	notify func(ctx context.Context, tx *Tx, version int64) error
	resets func(ctx context.Context, tx *Tx) error // sequences after rows with given ids
}

// unavailable is what a person is told when the database does not work.
const unavailable = "The desk's database cannot be reached or written at the moment; try again in a minute."

// wrap says what was being done to which thing, and finds the kind of error.
func (d *dialect) wrap(err error, doing string, what any) error {
	var known *desk.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, context.DeadlineExceeded), d.lost(err):
		return desk.Wrap(desk.Unavailable, err, unavailable)
	case what == "":
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("%s %v: %w", doing, what, err)
}

func (tx *Tx) wrap(err error, doing string, what any) error { return tx.d.wrap(err, doing, what) }

// found is wrap for one row: no row is a desk.NotFound with the sentence.
func (tx *Tx) found(err error, doing string, what any, sentence string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Errorf(desk.NotFound, "%s", sentence)
	}
	return tx.d.wrap(err, doing, what)
}

// taken makes the error for a field whose value somebody else has.
func taken(field, sentence string) error {
	return &desk.Error{Kind: desk.Conflict, Text: sentence, Fields: map[string]string{field: sentence}}
}
