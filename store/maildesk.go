package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"time"

	"gatehouse/desk"
)

// MailPolicy returns what letters may do in a queue, zero for every queue
// without one of its own, and whether that was ever said.
func (tx *Tx) MailPolicy(ctx context.Context, queue desk.QueueID) (p desk.MailPolicy, ok bool, err error) {
	if known, asked := tx.policies[queue]; asked {
		return known.policy, known.own, nil
	}
	read := map[desk.QueueID]knownPolicy{queue: {}, 0: {}} // the one for all queues is asked for next
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var of desk.QueueID
		known := knownPolicy{own: true}
		err := rows.Scan(&of, asJSON{&known.policy})
		read[of] = known
		return err
	}, `SELECT queue, policy FROM mail_policy WHERE queue IN ($1, 0)`, int64(queue))
	if err != nil {
		return p, false, tx.wrap(err, "read the mail policy of queue", queue)
	}
	if tx.policies == nil {
		tx.policies = map[desk.QueueID]knownPolicy{}
	}
	maps.Copy(tx.policies, read)
	return read[queue].policy, read[queue].own, nil
}

// MailPolicies returns what letters may do in each queue that says something of
// its own, and under zero in every other one.
func (tx *Tx) MailPolicies(ctx context.Context) (map[desk.QueueID]desk.MailPolicy, error) {
	all := map[desk.QueueID]desk.MailPolicy{0: {}}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var of desk.QueueID
		var p desk.MailPolicy
		err := rows.Scan(&of, asJSON{&p})
		all[of] = p
		return err
	}, `SELECT queue, policy FROM mail_policy`)
	return all, tx.wrap(err, "read the mail policies", "")
}

// A knownPolicy is a mail policy that was read; one that a queue does not have of
// its own is zero.
type knownPolicy struct {
	policy desk.MailPolicy
	own    bool
}

// SetMailPolicy stores what letters may do in a queue.
func (tx *Tx) SetMailPolicy(ctx context.Context, queue desk.QueueID, p desk.MailPolicy) error {
	text, err := json.Marshal(p)
	if err != nil {
		return tx.wrap(err, "write the mail policy of queue", queue)
	}
	tx.policies = nil
	_, err = tx.exec(ctx, `INSERT INTO mail_policy (queue, policy) VALUES ($1, $2)
		ON CONFLICT (queue) DO UPDATE SET policy = excluded.policy`, int64(queue), string(text))
	return tx.wrap(err, "store the mail policy of queue", queue)
}

// DeleteMailPolicy has a queue say nothing of its own.
func (tx *Tx) DeleteMailPolicy(ctx context.Context, queue desk.QueueID) error {
	tx.policies = nil
	_, err := tx.exec(ctx, `DELETE FROM mail_policy WHERE queue = $1`, int64(queue))
	return tx.wrap(err, "delete the mail policy of queue", queue)
}

// InsertSuggestion adds a suggestion and sets its ID. For a letter that has
// one already it replaces what is said of it and undoes the decision.
func (tx *Tx) InsertSuggestion(ctx context.Context, s *desk.Suggestion) error {
	err := tx.row(ctx, `INSERT INTO suggestion (ticket, spool, address, name, subject, excerpt, reason, at, decision, decided)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 0)
		ON CONFLICT (spool) DO UPDATE SET ticket = excluded.ticket, reason = excluded.reason, decision = '', by_user = NULL, decided = 0
		RETURNING id`,
		int64(s.Ticket), int64(s.Spool), s.From.Address, s.From.Name, s.Subject, s.Excerpt, s.Reason, micros(s.At)).Scan(&s.ID)
	return tx.wrap(err, "store a suggestion for ticket", s.Ticket)
}

const suggestionColumns = `id, ticket, spool, address, name, subject, excerpt, reason, at, decision, by_user, decided`

func suggestionFields(s *desk.Suggestion) []any {
	return []any{&s.ID, &s.Ticket, &s.Spool, &s.From.Address, &s.From.Name, &s.Subject, &s.Excerpt, &s.Reason, when(&s.At),
		&s.Decision, ref(&s.By), when(&s.Decided)}
}

// Suggestions lists those of a ticket on which nobody has decided, oldest
// first, at most 200.
func (tx *Tx) Suggestions(ctx context.Context, ticket desk.TicketID) ([]desk.Suggestion, error) {
	var list []desk.Suggestion
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var s desk.Suggestion
		err := rows.Scan(suggestionFields(&s)...)
		list = append(list, s)
		return err
	}, `SELECT `+suggestionColumns+` FROM suggestion WHERE ticket = $1 AND decision = '' ORDER BY id LIMIT 200`, int64(ticket))
	return list, tx.wrap(err, "read the suggestions for ticket", ticket)
}

// Suggestion returns one suggestion.
func (tx *Tx) Suggestion(ctx context.Context, id desk.SuggestionID) (*desk.Suggestion, error) {
	var s desk.Suggestion
	err := tx.row(ctx, `SELECT `+suggestionColumns+` FROM suggestion WHERE id = $1`, int64(id)).Scan(suggestionFields(&s)...)
	if err != nil {
		return nil, tx.found(err, "read suggestion", id, "There is no such suggestion.")
	}
	return &s, nil
}

// SuggestionOf returns the suggestion made of a letter, nil where there is
// none.
func (tx *Tx) SuggestionOf(ctx context.Context, letter desk.SpoolID) (*desk.Suggestion, error) {
	var s desk.Suggestion
	err := tx.row(ctx, `SELECT `+suggestionColumns+` FROM suggestion WHERE spool = $1`, int64(letter)).Scan(suggestionFields(&s)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &s, tx.wrap(err, "read the suggestion of letter", letter)
}

// DecideSuggestion stores the decision, by whom and when.
func (tx *Tx) DecideSuggestion(ctx context.Context, s *desk.Suggestion) error {
	_, err := tx.exec(ctx, `UPDATE suggestion SET decision = $2, by_user = $3, decided = $4 WHERE id = $1`,
		int64(s.ID), string(s.Decision), null(s.By), micros(s.Decided))
	return tx.wrap(err, "decide on suggestion", s.ID)
}

// OutgoingByLetter returns the letters that went out with those Message-IDs.
func (tx *Tx) OutgoingByLetter(ctx context.Context, letterIDs []string) ([]desk.Outgoing, error) {
	var list []desk.Outgoing
	for _, id := range letterIDs {
		found, err := tx.outgoing(ctx, `SELECT `+outboxColumns+` FROM outbox WHERE letter_id = $1`, id)
		if err != nil {
			return nil, tx.wrap(err, "find the letter", id)
		}
		list = append(list, found...)
	}
	return list, nil
}

// Bounced counts a letter that came back from an address. It returns how often
// that happened since the address was last resumed.
func (tx *Tx) Bounced(ctx context.Context, b desk.BouncedAddress) (count int, err error) {
	err = tx.row(ctx, `INSERT INTO bounced_address (folded, reason, at, count, paused) VALUES ($1, $2, $3, 1, $4)
		ON CONFLICT (folded) DO UPDATE SET reason = excluded.reason, at = excluded.at, count = bounced_address.count + 1,
			paused = CASE WHEN excluded.paused = 1 THEN 1 ELSE bounced_address.paused END
		RETURNING count`, desk.Fold(b.Address), b.Reason, micros(b.At), bit(b.Paused)).Scan(&count)
	return count, tx.wrap(err, "note that letters come back from", b.Address)
}

// PauseAddress sets whether letters go to an address that bounced.
func (tx *Tx) PauseAddress(ctx context.Context, address string, paused bool) error {
	n, err := tx.exec(ctx, `UPDATE bounced_address SET paused = $2, count = count * $3 WHERE folded = $1`,
		desk.Fold(address), bit(paused), bit(paused))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "No letter came back from %s.", address)
	}
	return tx.wrap(err, "pause", address)
}

// BouncedAddress returns what is known of an address, nil where no letter came
// back from it.
func (tx *Tx) BouncedAddress(ctx context.Context, address string) (*desk.BouncedAddress, error) {
	var b desk.BouncedAddress
	err := tx.row(ctx, `SELECT folded, reason, at, count, paused FROM bounced_address WHERE folded = $1`, desk.Fold(address)).
		Scan(&b.Address, &b.Reason, when(&b.At), &b.Count, flag(&b.Paused))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &b, tx.wrap(err, "read what came back from", address)
}

// PausedAddresses lists addresses to which nothing is sent, the latest first,
// at most 1,000.
func (tx *Tx) PausedAddresses(ctx context.Context) ([]desk.BouncedAddress, error) {
	var list []desk.BouncedAddress
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var b desk.BouncedAddress
		err := rows.Scan(&b.Address, &b.Reason, when(&b.At), &b.Count, flag(&b.Paused))
		list = append(list, b)
		return err
	}, `SELECT folded, reason, at, count, paused FROM bounced_address WHERE paused = 1 ORDER BY at DESC, folded LIMIT 1000`)
	return list, tx.wrap(err, "list paused addresses", "")
}

// WroteSince counts the letters of a person since a moment, and those of them
// with the subject and text of one.
func (tx *Tx) WroteSince(ctx context.Context, author desk.UserID, since time.Time, like *desk.Message) (all, same int, err error) {
	err = tx.row(ctx, `SELECT count(*), coalesce(sum(CASE WHEN body = $3 AND subject = $4 THEN 1 ELSE 0 END), 0) FROM message
		WHERE author = $1 AND at > $2 AND spool <> 0`, int64(author), micros(since), like.Text, like.Subject).Scan(&all, &same)
	return all, same, tx.wrap(err, "count the letters of user", author)
}

// WroteInQueue counts the letters of a person since a moment that became part of
// tickets which are in a queue now.
func (tx *Tx) WroteInQueue(ctx context.Context, author desk.UserID, queue desk.QueueID, since time.Time) (n int, err error) {
	err = tx.row(ctx, `SELECT count(*) FROM message m JOIN ticket t ON t.id = m.ticket
		WHERE m.author = $1 AND m.at > $2 AND m.spool <> 0 AND t.queue = $3`, int64(author), micros(since), int64(queue)).Scan(&n)
	return n, tx.wrap(err, "count the letters to a queue of user", author)
}
