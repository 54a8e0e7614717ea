package store

import (
	"context"
	"database/sql"
	"errors"

	"gatehouse/desk"
)

// keptChanges is how many access versions back AccessChanges can tell.
const keptChanges = 10000

// The settings on which access depends, as they stand in the table of settings:
// "off", or anything else for on.
const (
	SettingGroupSupport   = "access.group-support"
	SettingOtherCustomers = "access.other-customers"
	SettingCompanyTickets = "access.company-tickets"
)

// AccessVersion returns the version of everything that access depends on. It
// fails with ErrNewer where the schema is for newer programs only.
func (tx *Tx) AccessVersion(ctx context.Context) (int64, error) {
	var version, oldest, definitions int64
	err := tx.row(ctx, `SELECT version, oldest, replicated, (SELECT d.version FROM definition_version d WHERE d.id = 1) FROM access_version WHERE id = 1`).
		Scan(&version, &oldest, flag(&tx.replicated), &definitions)
	if err != nil {
		return 0, tx.wrap(err, "read the access version", "")
	}
	tx.know("definitions", 0, definitions) // which nearly everything asks for next
	if tx.access == 0 {
		tx.access = version
	}
	return version, tooOld(oldest)
}

// errAccessMoved breaks off a transaction that decided by an access version
// which is no longer the newest.
var errAccessMoved = errors.New("access was changed meanwhile")

// confirmAccess makes sure, at the end of a transaction that changes
// something, that the access version by which it decided is still the newest,
// and keeps it so until the commit. A right that was revoked before a change
// is committed is thus never used for it. SQLite lets one transaction write at
// a time, so there it is so anyway.
func (tx *Tx) confirmAccess(ctx context.Context) error {
	if tx.access == 0 || tx.bumped || tx.d.lockShared == "" {
		return nil
	}
	var version int64
	err := tx.row(ctx, `SELECT version, replicated FROM access_version WHERE id = 1`+tx.d.lockShared).Scan(&version, flag(&tx.replicated))
	if err == nil && version != tx.access {
		return errAccessMoved
	}
	return tx.wrap(err, "confirm the access version", tx.access)
}

// AccessBumped reports whether the transaction has raised the access version
// itself, so that what it reads of access may yet be rolled back.
func (tx *Tx) AccessBumped() bool { return tx.bumped }

// BumpAccess raises the access version and notes what was changed; with no
// change given, that everything must be read again. It keeps others from
// changing access until the transaction ends.
func (tx *Tx) BumpAccess(ctx context.Context, changes ...desk.AccessChange) (int64, error) {
	var version int64
	err := tx.row(ctx, `UPDATE access_version SET version = version + 1 WHERE id = 1 RETURNING version, replicated`).Scan(&version, flag(&tx.replicated))
	if err != nil {
		return 0, tx.wrap(err, "raise the access version", "")
	}
	if tx.access != 0 && version != tx.access+1 {
		return 0, errAccessMoved
	}
	tx.bumped, tx.access = true, version
	if len(changes) == 0 {
		changes = []desk.AccessChange{{Kind: desk.ChangeAll}}
	}
	for place, c := range changes {
		_, err := tx.exec(ctx, `INSERT INTO access_change (version, place, kind, group_id, member, user_id)
			VALUES ($1, $2, $3, $4, $5, $6)`, version, place, int64(c.Kind), int64(c.Group), int64(c.Member)+int64(c.Grant), int64(c.User))
		if err != nil {
			return 0, tx.wrap(err, "note the change of access version", version)
		}
	}
	if _, err := tx.exec(ctx, `DELETE FROM access_change WHERE version < $1`, version-keptChanges); err != nil {
		return 0, tx.wrap(err, "forget old changes before access version", version)
	}
	return version, tx.wrap(tx.d.notify(ctx, tx, version), "tell of access version", version)
}

// AccessChanges lists what was changed after a version, in order. It is not ok
// where that is not known any more, or where everything must be read again.
func (tx *Tx) AccessChanges(ctx context.Context, since int64) (list []desk.AccessChange, ok bool, err error) {
	current, err := tx.AccessVersion(ctx)
	if err != nil || since > current {
		return nil, false, err
	}
	ok = true
	seen := since // every version has at least one change
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var c desk.AccessChange
		if err := rows.Scan(&c.Version, &c.Kind, &c.Group, &c.Member, &c.User); err != nil {
			return err
		}
		if c.Kind == desk.ChangeGrant { // the column is shared: no change has both
			c.Grant, c.Member = desk.GrantID(c.Member), 0
		}
		ok = ok && c.Kind != desk.ChangeAll && c.Version <= seen+1
		seen = c.Version
		list = append(list, c)
		return nil
	}, `SELECT version, kind, group_id, member, user_id FROM access_change WHERE version > $1 ORDER BY version, place`, since)
	if err != nil {
		return nil, false, tx.wrap(err, "read the changes after access version", since)
	}
	if !ok || seen != current {
		return nil, false, nil
	}
	return list, true, nil
}

// World reads all that access depends on but the tickets, at one version.
func (tx *Tx) World(ctx context.Context) (*desk.World, error) {
	w := &desk.World{Today: desk.DayOf(tx.now().UTC())}
	var err error
	for _, part := range []func() error{
		func() error { w.Version, err = tx.AccessVersion(ctx); return err },
		func() error { w.Users, err = tx.worldUsers(ctx, ``); return err },
		func() error { w.Groups, err = tx.worldGroups(ctx); return err },
		func() error { w.Memberships, err = tx.memberships(ctx, ` ORDER BY group_id, member`); return err },
		func() error { w.Queues, err = tx.worldQueues(ctx); return err },
		func() error { w.Roles, err = tx.worldRoles(ctx); return err },
		func() error { w.Permissions, err = tx.Permissions(ctx); return err },
		func() error { w.Grants, err = tx.grants(ctx, ` ORDER BY id`); return err },
		func() error { w.Watchers, err = tx.watchers(ctx, ``); return err },
		func() error { w.Settings, err = tx.accessSettings(ctx); return err },
	} {
		if err := part(); err != nil {
			return nil, tx.wrap(err, "read everything that access depends on", "")
		}
	}
	return w, nil
}

func (tx *Tx) worldUsers(ctx context.Context, cond string, args ...any) ([]desk.WorldUser, error) {
	var list []desk.WorldUser
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var u desk.WorldUser
		err := rows.Scan(&u.ID, &u.Kind, flag(&u.Disabled))
		list = append(list, u)
		return err
	}, `SELECT id, kind, disabled FROM desk_user`+cond+` ORDER BY id`, args...)
	return list, err
}

// WorldUser returns what access depends on of one user.
func (tx *Tx) WorldUser(ctx context.Context, id desk.UserID) (desk.WorldUser, error) {
	list, err := tx.worldUsers(ctx, ` WHERE id = $1`, int64(id))
	if err == nil && len(list) == 0 {
		return desk.WorldUser{}, noUser(id)
	}
	if err != nil {
		return desk.WorldUser{}, tx.wrap(err, "read user", id)
	}
	return list[0], nil
}

func (tx *Tx) worldGroups(ctx context.Context) ([]desk.WorldGroup, error) {
	var list []desk.WorldGroup
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var g desk.WorldGroup
		err := rows.Scan(&g.ID, flag(&g.Customer), flag(&g.Disabled), ref(&g.Personal), flag(&g.OwnOnly))
		list = append(list, g)
		return err
	}, `SELECT id, 0 AS customer, disabled, personal, 0 AS own_only FROM desk_group
		UNION ALL SELECT id, 1, disabled, NULL, own_only FROM customer ORDER BY id`)
	return list, err
}

func (tx *Tx) worldQueues(ctx context.Context) ([]desk.WorldQueue, error) {
	var list []desk.WorldQueue
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var q desk.WorldQueue
		err := rows.Scan(&q.ID, ref(&q.AccessGroup), flag(&q.Disabled))
		list = append(list, q)
		return err
	}, `SELECT id, access_group, disabled FROM queue ORDER BY id`)
	return list, err
}

// worldRoles leaves the built-in roles out that are as they always are.
func (tx *Tx) worldRoles(ctx context.Context) ([]desk.Role, error) {
	all, err := tx.Roles(ctx)
	var list []desk.Role
	for _, r := range all {
		if r.Disabled || !r.ID.Builtin() {
			list = append(list, r)
		}
	}
	return list, err
}

func (tx *Tx) accessSettings(ctx context.Context) (desk.AccessSettings, error) {
	settings := desk.DefaultAccessSettings()
	for name, to := range map[string]*bool{
		SettingGroupSupport:   &settings.GroupSupport,
		SettingOtherCustomers: &settings.OtherCustomers,
		SettingCompanyTickets: &settings.CompanyTickets,
	} {
		value, _, err := tx.Setting(ctx, name)
		if err != nil {
			return settings, err
		}
		*to = value != "off"
	}
	return settings, nil
}
