package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
)

// newPrincipal takes the next number of users, groups and customers.
func (tx *Tx) newPrincipal(ctx context.Context, kind string) (int64, error) {
	var id int64
	err := tx.row(ctx, `INSERT INTO principal (kind) VALUES ($1) RETURNING id`, kind).Scan(&id)
	return id, tx.wrap(err, "take a number for a", kind)
}

// InsertUser adds a user and sets his ID. A login or address that somebody has
// already, without regard to case, is a desk.Conflict with the field "login"
// or "address". A login may not be somebody else's address, nor the other way
// round: both sign in.
func (tx *Tx) InsertUser(ctx context.Context, u *desk.User) error {
	if err := tx.freeLogin(ctx, u); err != nil {
		return err
	}
	id, err := tx.newPrincipal(ctx, "user")
	if err != nil {
		return err
	}
	u.ID = desk.UserID(id)
	if u.Created.IsZero() {
		u.Created = moment(micros(tx.now()))
	}
	n, err := tx.exec(ctx, `INSERT INTO desk_user (`+userColumnsStored+`, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`, append(userValues(u), micros(u.Created))...)
	if err != nil {
		return tx.wrap(err, "insert user", u.Login)
	}
	if n == 0 {
		return loginTaken(u.Login)
	}
	return tx.insertAddresses(ctx, u)
}

const userColumnsStored = `id, login, folded, name, name_folded, kind, disabled, language, zone, only_primary`

// userValues are the values of userColumnsStored.
func userValues(u *desk.User) []any {
	return []any{int64(u.ID), u.Login, desk.Fold(u.Login), u.Name, desk.Fold(u.Name), int64(u.Kind), bit(u.Disabled),
		u.Language, u.Zone, bit(u.OnlyPrimary)}
}

func loginTaken(login string) error {
	return taken("login", fmt.Sprintf("There is a user %s already.", login))
}

// freeLogin checks that nobody else signs in by the user's login or addresses.
func (tx *Tx) freeLogin(ctx context.Context, u *desk.User) error {
	var n int
	err := tx.row(ctx, `SELECT (SELECT count(*) FROM desk_user WHERE folded = $1 AND id <> $2)
		+ (SELECT count(*) FROM user_address WHERE folded = $1 AND user_id <> $2)`, desk.Fold(u.Login), int64(u.ID)).Scan(&n)
	if err != nil {
		return tx.wrap(err, "look for the login", u.Login)
	}
	if n > 0 {
		return loginTaken(u.Login)
	}
	for _, address := range u.Addresses {
		err := tx.row(ctx, `SELECT count(*) FROM desk_user WHERE folded = $1 AND id <> $2`, desk.Fold(address), int64(u.ID)).Scan(&n)
		if err != nil {
			return tx.wrap(err, "look for the address", address)
		}
		if n > 0 {
			return addressTaken(address)
		}
	}
	return nil
}

func addressTaken(address string) error {
	return taken("address", fmt.Sprintf("The address %s belongs to another user already.", address))
}

func (tx *Tx) insertAddresses(ctx context.Context, u *desk.User) error {
	for place, address := range u.Addresses {
		n, err := tx.exec(ctx, `INSERT INTO user_address (folded, address, user_id, place)
			VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, desk.Fold(address), address, int64(u.ID), place)
		if err != nil {
			return tx.wrap(err, "insert address", address)
		}
		if n == 0 {
			return addressTaken(address)
		}
	}
	return nil
}

// UpdateUser stores all of a user but his password; his addresses are replaced.
func (tx *Tx) UpdateUser(ctx context.Context, u *desk.User) error {
	if err := tx.freeLogin(ctx, u); err != nil {
		return err
	}
	var kind desk.UserKind
	err := tx.row(ctx, `SELECT kind FROM desk_user WHERE id = $1`, int64(u.ID)).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		return noUser(u.ID)
	}
	if err != nil {
		return tx.wrap(err, "update user", u.ID)
	}
	_, err = tx.exec(ctx, `UPDATE desk_user SET login = $2, folded = $3, name = $4, name_folded = $5,
		kind = $6, disabled = $7, language = $8, zone = $9, only_primary = $10 WHERE id = $1`, userValues(u)...)
	if err != nil {
		if tx.d.unique(err) {
			return loginTaken(u.Login)
		}
		return tx.wrap(err, "update user", u.ID)
	}
	if kind != u.Kind { // what a contact reported, he asks
		if err := tx.settleShown(ctx, `reporter = $1`, int64(u.ID)); err != nil {
			return err
		}
	}
	if _, err := tx.exec(ctx, `DELETE FROM user_address WHERE user_id = $1`, int64(u.ID)); err != nil {
		return tx.wrap(err, "replace the addresses of user", u.ID)
	}
	return tx.insertAddresses(ctx, u)
}

func noUser(name any) error { return desk.Errorf(desk.NotFound, "There is no user %v.", name) }

const userColumns = `u.id, u.login, u.name, u.kind, u.disabled, u.language, u.zone, u.only_primary, u.created`

func userFields(u *desk.User) []any {
	return []any{&u.ID, &u.Login, &u.Name, &u.Kind, flag(&u.Disabled), &u.Language, &u.Zone, flag(&u.OnlyPrimary), when(&u.Created)}
}

// oneUser reads the user that a condition on desk_user u finds.
func (tx *Tx) oneUser(ctx context.Context, cond string, arg, name any) (*desk.User, error) {
	var u desk.User
	err := tx.row(ctx, `SELECT `+userColumns+` FROM desk_user u WHERE `+cond, arg).Scan(userFields(&u)...)
	if err != nil {
		return nil, tx.found(err, "read user", name, fmt.Sprintf("There is no user %v.", name))
	}
	list := []desk.User{u}
	if err := tx.fillAddresses(ctx, list); err != nil {
		return nil, err
	}
	return &list[0], nil
}

// User returns a user.
func (tx *Tx) User(ctx context.Context, id desk.UserID) (*desk.User, error) {
	u, err := once(tx, "user", int64(id), func() (desk.User, error) {
		u, err := tx.oneUser(ctx, `u.id = $1`, int64(id), id)
		if err != nil {
			return desk.User{}, err
		}
		return *u, nil
	})
	if err != nil {
		return nil, err
	}
	u.Addresses = slices.Clone(u.Addresses)
	return &u, nil
}

// UserByLogin returns the user with the login, without regard to case.
func (tx *Tx) UserByLogin(ctx context.Context, login string) (*desk.User, error) {
	return tx.oneUser(ctx, `u.folded = $1`, desk.Fold(login), login)
}

// UserByAddress returns the user whose address it is, primary or not.
func (tx *Tx) UserByAddress(ctx context.Context, address string) (*desk.User, error) {
	return tx.oneUser(ctx, `u.id = (SELECT user_id FROM user_address WHERE folded = $1)`, desk.Fold(address), address)
}

// UserByName returns the user with that login or address.
func (tx *Tx) UserByName(ctx context.Context, name string) (*desk.User, error) {
	u, err := tx.UserByLogin(ctx, name)
	if desk.KindOf(err) == desk.NotFound {
		return tx.UserByAddress(ctx, name)
	}
	return u, err
}

// A UserFilter chooses users; its zero parts choose all.
type UserFilter struct {
	Text     string          // in login, name or an address
	Kind     desk.UserKind   // zero: both
	Customer desk.CustomerID // direct members of it
	Disabled *bool
	After    string // the login that the page before ended with
	Limit    int
}

// Users lists users by login, and whether there are more.
func (tx *Tx) Users(ctx context.Context, f UserFilter) (list []desk.User, more bool, err error) {
	var w where
	if f.Text != "" {
		p := w.arg(containing(f.Text))
		w.add(`(u.folded LIKE ` + p + ` ESCAPE '!' OR u.name_folded LIKE ` + p + ` ESCAPE '!' OR EXISTS
			(SELECT 1 FROM user_address a WHERE a.user_id = u.id AND a.folded LIKE ` + p + ` ESCAPE '!'))`)
	}
	if f.Kind != 0 {
		w.add(`u.kind = ?`, int64(f.Kind))
	}
	if f.Customer != 0 {
		w.add(`u.id IN (SELECT member FROM membership WHERE group_id = ?)`, int64(f.Customer))
	}
	if f.Disabled != nil {
		w.add(`u.disabled = ?`, bit(*f.Disabled))
	}
	if f.After != "" {
		w.add(`u.folded > ?`, desk.Fold(f.After))
	}
	limit := page(f.Limit)
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var u desk.User
		err := rows.Scan(userFields(&u)...)
		list = append(list, u)
		return err
	}, `SELECT `+userColumns+` FROM desk_user u`+w.text()+` ORDER BY u.folded`+limited(w.arg(limit+1)), w.args...)
	if err != nil {
		return nil, false, tx.wrap(err, "list users", "")
	}
	list, more = cut(list, limit)
	return list, more, tx.fillAddresses(ctx, list)
}

// UsersByID returns those of the users that there are.
func (tx *Tx) UsersByID(ctx context.Context, ids []desk.UserID) (map[desk.UserID]*desk.User, error) {
	var list []desk.User
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var u desk.User
		err := rows.Scan(userFields(&u)...)
		list = append(list, u)
		return err
	}, `SELECT `+userColumns+` FROM desk_user u WHERE u.id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(ids)))
	if err != nil {
		return nil, tx.wrap(err, "read users", "")
	}
	if err := tx.fillAddresses(ctx, list); err != nil {
		return nil, err
	}
	found := make(map[desk.UserID]*desk.User, len(list))
	for i := range list {
		found[list[i].ID] = &list[i]
	}
	return found, nil
}

// fillAddresses reads the addresses of all the users at once.
func (tx *Tx) fillAddresses(ctx context.Context, list []desk.User) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[desk.UserID]*desk.User, len(list))
	ids := make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], int64(list[i].ID)
	}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.UserID
		var address string
		if err := rows.Scan(&id, &address); err != nil {
			return err
		}
		at[id].Addresses = append(at[id].Addresses, address)
		return nil
	}, `SELECT user_id, address FROM user_address WHERE user_id IN (`+tx.d.inList(1)+`) ORDER BY user_id, place`, tx.d.list(ids))
	return tx.wrap(err, "read the addresses of users", "")
}

// PasswordHash returns the hash of the user's password, or "".
func (tx *Tx) PasswordHash(ctx context.Context, id desk.UserID) (string, error) {
	var hash string
	err := tx.row(ctx, `SELECT password FROM desk_user WHERE id = $1`, int64(id)).Scan(&hash)
	return hash, tx.found(err, "read the password of user", id, fmt.Sprintf("There is no user %d.", id))
}

// SetPasswordHash stores the hash of the user's password.
func (tx *Tx) SetPasswordHash(ctx context.Context, id desk.UserID, hash string) error {
	n, err := tx.exec(ctx, `UPDATE desk_user SET password = $2 WHERE id = $1`, int64(id), hash)
	if err == nil && n == 0 {
		return noUser(id)
	}
	return tx.wrap(err, "set the password of user", id)
}

// A Match chooses users or customers by one of their names.
type Match struct {
	// By says which name: "login", "name" or "address" of a user, "key" or
	// "name" of a customer; "" is any user.
	By string
	// Equal are names that fit as they are, Patterns such as in query.Test.
	Equal    []string
	Patterns []string
	Kind     desk.UserKind // of users; zero: both
}

// MatchingUsers returns the users that fit, disabled ones too, by number.
func (tx *Tx) MatchingUsers(ctx context.Context, m Match) ([]desk.PrincipalID, error) {
	var w where
	from, id, column := "desk_user u", "u.id", ""
	switch m.By {
	case "login":
		column = "u.folded"
	case "name":
		column = "u.name_folded"
	case "address":
		from, id, column = "user_address a JOIN desk_user u ON u.id = a.user_id", "a.user_id", "a.folded"
	}
	if m.Kind != 0 {
		w.add(`u.kind = ?`, int64(m.Kind))
	}
	return tx.matching(ctx, &w, m, [3]string{from, id, column})
}

// MatchingCustomers returns the customers that fit, disabled ones too, by number.
func (tx *Tx) MatchingCustomers(ctx context.Context, m Match) ([]desk.PrincipalID, error) {
	column := "c.folded"
	if m.By == "name" {
		column = "c.name_folded"
	}
	return tx.matching(ctx, &where{}, m, [3]string{"customer c", "c.id", column})
}

// matching reads the numbers of what fits: from where, which number, by which
// column.
func (tx *Tx) matching(ctx context.Context, w *where, m Match, from [3]string) ([]desk.PrincipalID, error) {
	if from[2] != "" {
		conds := []string{"1 = 0"}
		for _, name := range m.Equal {
			conds = append(conds, from[2]+" = "+w.arg(desk.Fold(name)))
		}
		for _, p := range m.Patterns {
			conds = append(conds, from[2]+" LIKE "+w.arg(p)+" ESCAPE '!'")
		}
		w.add("(" + strings.Join(conds, " OR ") + ")")
	}
	list := []desk.PrincipalID{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.PrincipalID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	}, "SELECT DISTINCT "+from[1]+" FROM "+from[0]+w.text()+" ORDER BY 1", w.args...)
	return list, tx.wrap(err, "look for names", "")
}
