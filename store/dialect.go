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
	lockTable   string // behind LOCK TABLE: keeps others from writing to it; empty where one writes at a time
	viewOptions *sql.TxOptions

	// place is the n-th placeholder of a statement with very many: SQLite looks
	// numbered ones up one by one.
	place func(n int) string

	// list returns the argument that carries a list of numbers, and inList the
	// query that gives its numbers back, as column n.
	list   func(ids []int64) any
	inList func(param int) string
	// oneOf is the condition that what stands before it is one of the few numbers
	// that a query returns.
	oneOf func(query string) string
	// texts and inTexts are the same for texts.
	texts   func(list []string) any
	inTexts func(param int) string
	// pairs and inPairs are the same for pairs, as columns a and b.
	pairs   func(list [][2]int64) any
	inPairs func(param int) string

	// holds is the condition that a text holds another one somewhere.
	holds func(text, what string) string

	// newestOfEach returns the query for the newest rows of every number of a
	// list: inner selects the ids for the number outer.n, newest first, limited.
	newestOfEach func(param int, inner string) string

	// wordsOf stores the words of a document given as textOf. indexText brings
	// the documents after number $1 into the index of words, dropText takes
	// document $1 out; both are empty where the index follows by itself.
	wordsOf   string
	textOf    func(words []string) any
	indexText string
	dropText  string
	// matching is the condition that document d has the words that an argument
	// by textQuery asks for: all of them, the last one as a prefix; wordQuery asks
	// for whole words. hasText, with textCheck, is the same for looking at a
	// document that is known already. matches has one row for each document that
	// has what $1 asks for. sampled counts those among a sample of $2 percent of
	// the documents; it is empty where counting up to a limit is as quick.
	matching  func(param int) string
	textQuery func(words []string) any
	wordQuery func(words []string) any
	matches   string
	sampled   string
	hasText   func(param int) string
	textCheck func(words []string) any

	// withParts is the query for the tickets whose subjects have all the parts of
	// one of the lists that $1, made by partQuery, asks for. partsFrom lists the
	// parts that begin with $1 and in how many subjects each is; empty where
	// partQuery takes beginnings.
	withParts string
	partQuery func(lists [][]string) any
	partsFrom string
	// unparted lists the tickets whose subjects are not as they are to be found.
	unparted string

	unique    func(error) bool // a uniqueness was violated
	lost      func(error) bool // gone, locked, full or read-only
	full      func(error) bool // no room on its disk
	notKept   func(error) bool // the disk did not keep what was written
	retryable func(error) bool // broken off because of another transaction, or for standing still
	lasting   string           // lets a transaction stand still as long as it likes; empty: all may

	// changeMark is the query for up to where changes of tickets can be seen, and
	// changedSince the condition that one is not from before such a mark.
	changeMark, changedSince string

	notify func(ctx context.Context, tx *Tx, version int64) error
	// announce tells all nodes of the changes of a transaction; nil: there is one.
	announce func(ctx context.Context, tx *Tx) error
	// collate, behind a text that is compared, compares it sign by sign.
	collate string
	// afterLoad tells the planner what a load has changed.
	afterLoad string
	// recount is the same where the database does not do it by itself, for what
	// has grown much since.
	recount string
	resets  func(ctx context.Context, tx *Tx) error // sequences after rows with given ids

	// tableNames lists the tables, columnNames the columns of table $1 that can
	// be written, both by name.
	tableNames, columnNames string
	// references lists table, column, table referred to and its key.
	references string
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
	case d.full(err):
		return desk.NoRoom(err)
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
