package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gatehouse/desk"
)

// InsertSession stores that somebody signed in.
func (tx *Tx) InsertSession(ctx context.Context, s *desk.Session) error {
	_, err := tx.exec(ctx, `INSERT INTO session (`+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.Digest, int64(s.User), micros(s.Created), micros(s.Seen), s.Agent, s.Address, s.Way)
	return tx.wrap(err, "store a session of user", s.User)
}

const sessionColumns = `digest, user_id, created, seen, agent, address, way`

func sessionFields(s *desk.Session) []any {
	return []any{&s.Digest, &s.User, when(&s.Created), when(&s.Seen), &s.Agent, &s.Address, &s.Way}
}

// Session returns the session with that digest.
func (tx *Tx) Session(ctx context.Context, digest string) (*desk.Session, error) {
	var s desk.Session
	err := tx.row(ctx, `SELECT `+sessionColumns+` FROM session WHERE digest = $1`, digest).Scan(sessionFields(&s)...)
	if err != nil {
		return nil, tx.found(err, "read a session", "", "There is no such session.")
	}
	return &s, nil
}

// TouchSession stores when a session was last used.
func (tx *Tx) TouchSession(ctx context.Context, digest string, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE session SET seen = $2 WHERE digest = $1`, digest, micros(at))
	return tx.wrap(err, "note that a session was used", "")
}

// DeleteSession ends a session; one that is over already stays so.
func (tx *Tx) DeleteSession(ctx context.Context, digest string) error {
	_, err := tx.exec(ctx, `DELETE FROM session WHERE digest = $1`, digest)
	return tx.wrap(err, "end a session", "")
}

// DeleteSessionsOf ends all sessions of a user.
func (tx *Tx) DeleteSessionsOf(ctx context.Context, user desk.UserID) error {
	_, err := tx.exec(ctx, `DELETE FROM session WHERE user_id = $1`, int64(user))
	return tx.wrap(err, "end the sessions of user", user)
}

// DeleteSessionsBefore ends the sessions that were last used or made before
// those moments.
func (tx *Tx) DeleteSessionsBefore(ctx context.Context, seen, created time.Time) error {
	_, err := tx.exec(ctx, `DELETE FROM session WHERE seen < $1 OR created < $2`, micros(seen), micros(created))
	return tx.wrap(err, "end old sessions", "")
}

// SessionsOf lists the sessions of a user, the last used first.
func (tx *Tx) SessionsOf(ctx context.Context, user desk.UserID) ([]desk.Session, error) {
	var list []desk.Session
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var s desk.Session
		err := rows.Scan(sessionFields(&s)...)
		list = append(list, s)
		return err
	}, `SELECT `+sessionColumns+` FROM session WHERE user_id = $1 ORDER BY seen DESC, digest`, int64(user))
	return list, tx.wrap(err, "list the sessions of user", user)
}

// InsertToken stores a token.
func (tx *Tx) InsertToken(ctx context.Context, t *desk.Token) error {
	_, err := tx.exec(ctx, `INSERT INTO token (`+tokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.Digest, t.Kind, int64(t.User), t.Name, micros(t.Created), micros(t.Until), micros(t.LastUsed), t.Scope, micros(t.Warned), t.Maker)
	return tx.wrap(err, "store a token of user", t.User)
}

const tokenColumns = `digest, kind, user_id, name, created, until, last_used, scope, warned, maker`

func tokenFields(t *desk.Token) []any {
	return []any{&t.Digest, &t.Kind, &t.User, &t.Name, when(&t.Created), when(&t.Until), when(&t.LastUsed), &t.Scope, when(&t.Warned), &t.Maker}
}

const noToken = "There is no such token."

// Token returns the token with that digest, ended or not.
func (tx *Tx) Token(ctx context.Context, digest string) (*desk.Token, error) {
	var t desk.Token
	err := tx.row(ctx, `SELECT `+tokenColumns+` FROM token WHERE digest = $1`, digest).Scan(tokenFields(&t)...)
	if err != nil {
		return nil, tx.found(err, "read a token", "", noToken)
	}
	return &t, nil
}

// Tokens lists the tokens of a user, the newest first.
func (tx *Tx) Tokens(ctx context.Context, user desk.UserID) ([]desk.Token, error) {
	list, err := tx.tokens(ctx, `WHERE user_id = $1 ORDER BY created DESC, digest`, int64(user))
	return list, tx.wrap(err, "list the tokens of user", user)
}

// TokensEnding lists tokens for the API that end after one moment and not after
// another, and of which nobody was warned, the first to end first.
func (tx *Tx) TokensEnding(ctx context.Context, after, until time.Time, limit int) ([]desk.Token, error) {
	list, err := tx.tokens(ctx, `WHERE kind = 'api' AND until > 0 AND warned = 0 AND until > $1 AND until <= $2 ORDER BY until, digest LIMIT $3`, micros(after), micros(until), limit)
	return list, tx.wrap(err, "list the tokens that end", "")
}

// TokensInUse lists tokens for the API of enabled users that are not over, the
// oldest first.
func (tx *Tx) TokensInUse(ctx context.Context, now time.Time, limit int) ([]desk.Token, error) {
	list, err := tx.tokens(ctx, `WHERE kind = 'api' AND (until = 0 OR until > $1) AND user_id IN (SELECT id FROM desk_user WHERE disabled = 0)
		ORDER BY created, digest LIMIT $2`, micros(now), limit)
	return list, tx.wrap(err, "list the tokens in use", "")
}

// WarnedOfToken stores when the user of a token was told that it ends.
func (tx *Tx) WarnedOfToken(ctx context.Context, digest string, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE token SET warned = $2 WHERE digest = $1`, digest, micros(at))
	return tx.wrap(err, "note that a token was warned of", "")
}

func (tx *Tx) tokens(ctx context.Context, which string, args ...any) ([]desk.Token, error) {
	var list []desk.Token
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.Token
		err := rows.Scan(tokenFields(&t)...)
		list = append(list, t)
		return err
	}, `SELECT `+tokenColumns+` FROM token `+which, args...)
	return list, err
}

// TouchToken stores when a token was last used.
func (tx *Tx) TouchToken(ctx context.Context, digest string, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE token SET last_used = $2 WHERE digest = $1`, digest, micros(at))
	return tx.wrap(err, "note that a token was used", "")
}

// RenewToken gives the token with that digest another one and another end, as t
// says, and forgets that it was warned of. With another digest, what it made goes;
// with an earlier end that ends then too.
func (tx *Tx) RenewToken(ctx context.Context, digest string, t *desk.Token) error {
	if t.Digest != digest {
		if err := tx.deleteMade(ctx, digest); err != nil {
			return err
		}
	}
	n, err := tx.exec(ctx, `UPDATE token SET digest = $2, until = $3, last_used = $4, warned = 0 WHERE digest = $1`, digest, t.Digest, micros(t.Until), micros(t.LastUsed))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, noToken)
	}
	if err == nil && !t.Until.IsZero() {
		_, err = tx.exec(ctx, `UPDATE token SET until = $2 WHERE maker = $1 AND user_id = $3 AND (until = 0 OR until > $2)`, t.Digest, micros(t.Until), int64(t.User))
	}
	return tx.wrap(err, "renew a token of user", t.User)
}

// deleteMade takes away the tokens that a token made.
func (tx *Tx) deleteMade(ctx context.Context, digest string) error {
	_, err := tx.exec(ctx, `DELETE FROM token WHERE maker = $1 AND user_id = (SELECT user_id FROM token WHERE digest = $1)`, digest)
	return tx.wrap(err, "take away what a token made", "")
}

// DeleteToken takes a token away, and those that it made. Of two who try at once one is told that there
// is none, so that a link signs in once.
func (tx *Tx) DeleteToken(ctx context.Context, digest string) error {
	if err := tx.deleteMade(ctx, digest); err != nil {
		return err
	}
	n, err := tx.exec(ctx, `DELETE FROM token WHERE digest = $1`, digest)
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, noToken)
	}
	return tx.wrap(err, "take a token away", "")
}

// Setting returns a setting and whether it is set.
func (tx *Tx) Setting(ctx context.Context, name string) (string, bool, error) {
	said, err := once(tx, "setting "+name, 0, func() (said sql.NullString, err error) {
		err = tx.row(ctx, `SELECT value FROM setting WHERE name = $1`, name).Scan(&said)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return said, err
	})
	return said.String, said.Valid, tx.wrap(err, "read setting", name)
}

// SetSetting stores a setting.
func (tx *Tx) SetSetting(ctx context.Context, name, value string) error {
	_, err := tx.exec(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return tx.wrap(err, "store setting", name)
}

// Secret returns the 32 random bytes of that name, which never change. They are
// made when they are first asked for; that must be in Do, else it is ErrNoSecret.
func (tx *Tx) Secret(ctx context.Context, name string) ([]byte, error) {
	if known := tx.secrets[name]; known != nil {
		return known, nil
	}
	value, err := tx.secret(ctx, name)
	if errors.Is(err, sql.ErrNoRows) && tx.write {
		fresh := make([]byte, 32)
		rand.Read(fresh) // never fails: see its documentation
		if _, err := tx.exec(ctx, `INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING`, name, hex.EncodeToString(fresh)); err != nil {
			return nil, tx.wrap(err, "make the secret", name)
		}
		value, err = tx.secret(ctx, name) // another transaction may have been quicker
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoSecret
	}
	if err != nil {
		return nil, tx.wrap(err, "read the secret", name)
	}
	secret, err := hex.DecodeString(value)
	if err != nil {
		return nil, fmt.Errorf("reading the secret %s: it is not hex", name)
	}
	if tx.secrets == nil {
		tx.secrets = map[string][]byte{}
	}
	tx.secrets[name] = secret
	return secret, nil
}

// ErrNoSecret is of a secret that was not made yet, where it was asked for in
// View.
var ErrNoSecret = errors.New("there is no such secret yet")

func (tx *Tx) secret(ctx context.Context, name string) (value string, err error) {
	err = tx.row(ctx, `SELECT value FROM secret WHERE name = $1`, name).Scan(&value)
	return value, err
}

// formsKept is for how long a form that was sent is remembered.
const formsKept = 7 * 24 * time.Hour

// SeenForm notes that the form with that token was sent, and keeps others from
// doing so until the transaction ends. If it was sent before, it returns what
// RememberForm noted then.
func (tx *Tx) SeenForm(ctx context.Context, token string) (earlier string, seen bool, err error) {
	now := tx.now()
	if _, err := tx.exec(ctx, `DELETE FROM form_token WHERE at < $1`, micros(now.Add(-formsKept))); err != nil {
		return "", false, tx.wrap(err, "forget old forms", "")
	}
	n, err := tx.exec(ctx, `INSERT INTO form_token (token, result, at) VALUES ($1, '', $2) ON CONFLICT DO NOTHING`, token, micros(now))
	if err != nil || n == 1 {
		return "", false, tx.wrap(err, "note a form", "")
	}
	err = tx.row(ctx, `SELECT result FROM form_token WHERE token = $1`, token).Scan(&earlier)
	return earlier, err == nil, tx.wrap(err, "read what came of a form", "")
}

// RememberForm notes what came of a form: a place to lead to.
func (tx *Tx) RememberForm(ctx context.Context, token, result string) error {
	_, err := tx.exec(ctx, `UPDATE form_token SET result = $2 WHERE token = $1`, token, result)
	return tx.wrap(err, "note what came of a form", "")
}
