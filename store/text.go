package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode"

	"gatehouse/desk"
)

// Both databases find the words that wordsOf finds; neither splits text by its
// own rules.
const (
	maxWord  = 100       // characters; what is longer is cut, in texts and queries alike
	maxWords = 256 << 10 // bytes of one text that can be found
	maxQuery = 16        // words of a query
)

// wordsOf returns the words of a text, folded, in order.
func wordsOf(text string, limit int) []string {
	words := strings.FieldsFunc(desk.Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	size := 0
	for i, word := range words {
		if len(word) > maxWord {
			words[i] = cutRunes(word, maxWord)
		}
		if size += len(words[i]) + 1; size > limit {
			return words[:i]
		}
	}
	return words
}

func cutRunes(word string, n int) string {
	for i := range word {
		if n == 0 {
			return word[:i]
		}
		n--
	}
	return word
}

// messageText is what a message is found by.
func messageText(subject, text string) string { return subject + "\n" + text }

// insertDocument makes a text findable. Message zero is the ticket's subject.
func (tx *Tx) insertDocument(ctx context.Context, ticket desk.TicketID, message desk.MessageID, comment bool, text string) error {
	words := wordsOf(text, maxWords)
	if len(words) == 0 {
		return nil
	}
	var id int64
	err := tx.row(ctx, `INSERT INTO document (ticket, message, comment, words)
		VALUES ($1, $2, $3, `+strings.Replace(tx.d.wordsOf, "?", "$4", 1)+`) RETURNING id`,
		int64(ticket), null(message), bit(comment), tx.d.textOf(words)).Scan(&id)
	if err != nil {
		return tx.wrap(err, "index a text of ticket", ticket)
	}
	return tx.indexTexts(ctx, id-1)
}

// indexTexts brings the documents after a number into the index of words.
func (tx *Tx) indexTexts(ctx context.Context, after int64) error {
	if tx.d.indexText == "" {
		return nil
	}
	_, err := tx.exec(ctx, tx.d.indexText, after)
	return tx.wrap(err, "index the texts after document", after)
}

// replaceSubject makes the new subject findable and the old one not.
func (tx *Tx) replaceSubject(ctx context.Context, t *desk.Ticket) error {
	var id int64
	err := tx.row(ctx, `DELETE FROM document WHERE ticket = $1 AND coalesce(message, 0) = 0 AND comment = 0 RETURNING id`, int64(t.ID)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return tx.insertDocument(ctx, t.ID, 0, false, t.Subject)
	}
	if err != nil {
		return tx.wrap(err, "find the indexed subject of ticket", t.ID)
	}
	if tx.d.dropText != "" {
		if _, err := tx.exec(ctx, tx.d.dropText, id); err != nil {
			return tx.wrap(err, "drop the indexed subject of ticket", t.ID)
		}
	}
	return tx.insertDocument(ctx, t.ID, 0, false, t.Subject)
}

// askedWords are the words of what was typed into a search.
func askedWords(typed string) []string {
	words := wordsOf(typed, 1000)
	return words[:min(len(words), maxQuery)]
}

// eachText calls do with every document and the text that it is to be found
// by, in portions, so that do may use the transaction.
func (tx *Tx) eachText(ctx context.Context, do func(id int64, text string) error) error {
	type document struct {
		id   int64
		text string
	}
	for last := int64(0); ; {
		var list []document
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var d document
			var subject, from, body string
			var message sql.NullInt64
			if err := rows.Scan(&d.id, &message, &subject, &from, &body); err != nil {
				return err
			}
			d.text = subject
			if message.Valid {
				d.text = messageText(from, body)
			}
			list = append(list, d)
			return nil
		}, `SELECT d.id, d.message, t.subject, coalesce(m.subject, ''), coalesce(m.body, '') FROM document d
			JOIN ticket t ON t.id = d.ticket LEFT JOIN message m ON m.id = d.message WHERE d.id > $1 ORDER BY d.id`+limited(`$2`), last, 500)
		if err != nil {
			return tx.wrap(err, "read the texts after document", last)
		}
		for _, d := range list {
			if err := do(d.id, d.text); err != nil {
				return err
			}
			last = d.id
		}
		if len(list) == 0 {
			return nil
		}
	}
}

// rebuildWords makes the index of words anew.
func (tx *Tx) rebuildWords(ctx context.Context) error {
	if tx.d.dropText != "" {
		if _, err := tx.exec(ctx, `DELETE FROM document_text`); err != nil {
			return tx.wrap(err, "empty the index of words", "")
		}
	}
	set := `UPDATE document SET words = ` + strings.Replace(tx.d.wordsOf, "?", "$2", 1) + ` WHERE id = $1`
	err := tx.eachText(ctx, func(id int64, text string) error {
		_, err := tx.exec(ctx, set, id, tx.d.textOf(wordsOf(text, maxWords)))
		return tx.wrap(err, "index document", id)
	})
	if err != nil {
		return err
	}
	return tx.indexTexts(ctx, 0)
}
