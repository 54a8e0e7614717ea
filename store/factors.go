package store

import (
	"context"
	"database/sql"
	"time"

	"gatehouse/desk"
)

// CodeApp returns the program that shows somebody codes.
func (tx *Tx) CodeApp(ctx context.Context, user desk.UserID) (*desk.CodeApp, error) {
	a := desk.CodeApp{User: user}
	err := tx.row(ctx, `SELECT sealed, last_step, created FROM code_app WHERE user_id = $1`, int64(user)).Scan(&a.Sealed, &a.Step, when(&a.Created))
	if err != nil {
		return nil, tx.found(err, "read the code program of user", user, "No program shows codes.")
	}
	return &a, nil
}

// CodeApps lists the programs that show codes, by whose they are.
func (tx *Tx) CodeApps(ctx context.Context) (list []desk.CodeApp, err error) {
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var a desk.CodeApp
		err := rows.Scan(&a.User, &a.Sealed, &a.Step, when(&a.Created))
		list = append(list, a)
		return err
	}, `SELECT user_id, sealed, last_step, created FROM code_app ORDER BY user_id`)
	return list, tx.wrap(err, "list the programs that show codes", "")
}

// SetCodeApp stores the program that shows somebody codes, in place of the one
// before.
func (tx *Tx) SetCodeApp(ctx context.Context, a *desk.CodeApp) error {
	_, err := tx.exec(ctx, `INSERT INTO code_app (user_id, sealed, last_step, created) VALUES ($1, $2, $3, $4)
		ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, last_step = excluded.last_step, created = excluded.created`,
		int64(a.User), a.Sealed, a.Step, micros(a.Created))
	return tx.wrap(err, "store the code program of user", a.User)
}

// UseCodeStep notes that the code of a step of time was used, and reports
// whether neither it nor a later one was used before.
func (tx *Tx) UseCodeStep(ctx context.Context, user desk.UserID, step int64) (bool, error) {
	n, err := tx.exec(ctx, `UPDATE code_app SET last_step = $2 WHERE user_id = $1 AND last_step < $2`, int64(user), step)
	return n == 1, tx.wrap(err, "note a code of user", user)
}

// DeleteCodeApp takes the program that shows somebody codes away.
func (tx *Tx) DeleteCodeApp(ctx context.Context, user desk.UserID) error {
	_, err := tx.exec(ctx, `DELETE FROM code_app WHERE user_id = $1`, int64(user))
	return tx.wrap(err, "take away the code program of user", user)
}

// SetRecoveryCodes stores the digests of somebody's recovery codes, in place of
// those before; none: he has none.
func (tx *Tx) SetRecoveryCodes(ctx context.Context, user desk.UserID, digests []string) error {
	if _, err := tx.exec(ctx, `DELETE FROM recovery_code WHERE user_id = $1`, int64(user)); err != nil {
		return tx.wrap(err, "take away recovery codes of user", user)
	}
	for _, d := range digests {
		if _, err := tx.exec(ctx, `INSERT INTO recovery_code (user_id, digest) VALUES ($1, $2)`, int64(user), d); err != nil {
			return tx.wrap(err, "store recovery codes of user", user)
		}
	}
	return nil
}

// UseRecoveryCode takes a recovery code away and reports whether it was there.
func (tx *Tx) UseRecoveryCode(ctx context.Context, user desk.UserID, digest string) (bool, error) {
	n, err := tx.exec(ctx, `DELETE FROM recovery_code WHERE user_id = $1 AND digest = $2`, int64(user), digest)
	return n == 1, tx.wrap(err, "use a recovery code of user", user)
}

// Factors returns what somebody has to show who he is.
func (tx *Tx) Factors(ctx context.Context, user desk.UserID) (*desk.Factors, error) {
	f := &desk.Factors{}
	err := tx.row(ctx, `SELECT coalesce((SELECT created FROM code_app WHERE user_id = $1), 0),
		(SELECT count(*) FROM recovery_code WHERE user_id = $1)`, int64(user)).Scan(when(&f.App), &f.Codes)
	if err != nil {
		return nil, tx.wrap(err, "read the factors of user", user)
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var k desk.Passkey
		err := rows.Scan(passkeyFields(&k)...)
		f.Passkeys = append(f.Passkeys, k)
		return err
	}, `SELECT `+passkeyColumns+` FROM passkey WHERE user_id = $1 ORDER BY created, id`, int64(user))
	return f, tx.wrap(err, "list the passkeys of user", user)
}

const passkeyColumns = `id, user_id, name, credential, created, last_used`

func passkeyFields(k *desk.Passkey) []any {
	return []any{&k.ID, &k.User, &k.Name, &k.Credential, when(&k.Created), when(&k.LastUsed)}
}

// Passkey returns the passkey with that ID.
func (tx *Tx) Passkey(ctx context.Context, id string) (*desk.Passkey, error) {
	var k desk.Passkey
	err := tx.row(ctx, `SELECT `+passkeyColumns+` FROM passkey WHERE id = $1`, id).Scan(passkeyFields(&k)...)
	if err != nil {
		return nil, tx.found(err, "read a passkey", "", "There is no such passkey.")
	}
	return &k, nil
}

// InsertPasskey stores a new passkey; an ID that somebody has is refused.
func (tx *Tx) InsertPasskey(ctx context.Context, k *desk.Passkey) error {
	n, err := tx.exec(ctx, `INSERT INTO passkey (`+passkeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		k.ID, int64(k.User), k.Name, k.Credential, micros(k.Created), micros(k.LastUsed))
	if err == nil && n == 0 {
		return desk.Errorf(desk.Conflict, "This passkey is known already.")
	}
	return tx.wrap(err, "store a passkey of user", k.User)
}

// UsePasskey stores what is remembered of a passkey after it was used.
func (tx *Tx) UsePasskey(ctx context.Context, id, credential string, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE passkey SET credential = $2, last_used = $3 WHERE id = $1`, id, credential, micros(at))
	return tx.wrap(err, "note that a passkey was used", "")
}

// DeletePasskey takes a passkey of a user away; the empty ID, all of them.
func (tx *Tx) DeletePasskey(ctx context.Context, user desk.UserID, id string) error {
	n, err := tx.exec(ctx, `DELETE FROM passkey WHERE user_id = $1 AND (id = $2 OR $2 = '')`, int64(user), id)
	if err == nil && n == 0 && id != "" {
		return desk.Errorf(desk.NotFound, "There is no such passkey.")
	}
	return tx.wrap(err, "take away a passkey of user", user)
}

// InsertHalfDone stores something that is half done, and forgets what was not
// finished in time.
func (tx *Tx) InsertHalfDone(ctx context.Context, h *desk.HalfDone) error {
	if _, err := tx.exec(ctx, `DELETE FROM half_done WHERE until < $1`, micros(tx.now())); err != nil {
		return tx.wrap(err, "forget what is half done", "")
	}
	_, err := tx.exec(ctx, `INSERT INTO half_done (digest, kind, user_id, data, until) VALUES ($1, $2, $3, $4, $5)`,
		h.Digest, h.Kind, int64(h.User), h.Data, micros(h.Until))
	return tx.wrap(err, "store what is half done", h.Kind)
}

// HalfDone returns what is half done under a digest, be it in time or not.
func (tx *Tx) HalfDone(ctx context.Context, digest string) (*desk.HalfDone, error) {
	h := desk.HalfDone{Digest: digest}
	err := tx.row(ctx, `SELECT kind, user_id, data, until FROM half_done WHERE digest = $1`, digest).Scan(&h.Kind, &h.User, &h.Data, when(&h.Until))
	if err != nil {
		return nil, tx.found(err, "read what is half done", "", "Nothing like that is half done.")
	}
	return &h, nil
}

// DeleteHalfDone forgets something that was half done. Of two who try at once
// one is told that there is none.
func (tx *Tx) DeleteHalfDone(ctx context.Context, digest string) error {
	n, err := tx.exec(ctx, `DELETE FROM half_done WHERE digest = $1`, digest)
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "Nothing like that is half done.")
	}
	return tx.wrap(err, "forget what is half done", "")
}

// DeleteOtherSessions ends all sessions of a user but the one with that digest.
func (tx *Tx) DeleteOtherSessions(ctx context.Context, user desk.UserID, digest string) error {
	_, err := tx.exec(ctx, `DELETE FROM session WHERE user_id = $1 AND digest <> $2`, int64(user), digest)
	return tx.wrap(err, "end the other sessions of user", user)
}

// DeleteWeakSessions ends the sessions of users of a kind who have no second
// factor.
func (tx *Tx) DeleteWeakSessions(ctx context.Context, kind desk.UserKind) error {
	_, err := tx.exec(ctx, `DELETE FROM session WHERE user_id IN (SELECT id FROM desk_user WHERE kind = $1)
		AND user_id NOT IN (SELECT user_id FROM code_app) AND user_id NOT IN (SELECT user_id FROM passkey)`, int64(kind))
	return tx.wrap(err, "end sessions without a second factor", "")
}

// OutsideLogin returns who somebody is whom a provider knows.
func (tx *Tx) OutsideLogin(ctx context.Context, d desk.DirectoryID, entry string) (*desk.OutsideLogin, error) {
	l := desk.OutsideLogin{Directory: d, Entry: entry}
	err := tx.row(ctx, `SELECT user_id, created FROM outside_login WHERE directory = $1 AND entry = $2`, int64(d), entry).Scan(&l.User, when(&l.Created))
	if err != nil {
		return nil, tx.found(err, "read a login of directory", d, "There is no such login.")
	}
	return &l, nil
}

// OutsideLogins lists as whom a user is known elsewhere.
func (tx *Tx) OutsideLogins(ctx context.Context, user desk.UserID) ([]desk.OutsideLogin, error) {
	var list []desk.OutsideLogin
	err := tx.each(ctx, func(rows *sql.Rows) error {
		l := desk.OutsideLogin{User: user}
		err := rows.Scan(&l.Directory, &l.Entry, when(&l.Created))
		list = append(list, l)
		return err
	}, `SELECT directory, entry, created FROM outside_login WHERE user_id = $1 ORDER BY directory, entry`, int64(user))
	return list, tx.wrap(err, "list outside logins of user", user)
}

// InsertOutsideLogin stores who somebody is whom a provider knows; one whom it
// knows as somebody else is refused.
func (tx *Tx) InsertOutsideLogin(ctx context.Context, l *desk.OutsideLogin) error {
	n, err := tx.exec(ctx, `INSERT INTO outside_login (directory, entry, user_id, created) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		int64(l.Directory), l.Entry, int64(l.User), micros(l.Created))
	if err == nil && n == 0 {
		return desk.Errorf(desk.Conflict, "This login belongs to somebody already.")
	}
	return tx.wrap(err, "store an outside login of user", l.User)
}

// DeleteOutsideLogins forgets as whom a user is known at a provider; zero: at
// all of them.
func (tx *Tx) DeleteOutsideLogins(ctx context.Context, user desk.UserID, d desk.DirectoryID) error {
	_, err := tx.exec(ctx, `DELETE FROM outside_login WHERE user_id = $1 AND (directory = $2 OR $2 = 0)`, int64(user), int64(d))
	return tx.wrap(err, "forget outside logins of user", user)
}

// DeleteHalfDoneOf forgets all that is half done of a kind.
func (tx *Tx) DeleteHalfDoneOf(ctx context.Context, kind string) error {
	_, err := tx.exec(ctx, `DELETE FROM half_done WHERE kind = $1`, kind)
	return tx.wrap(err, "forget what is half done", kind)
}
