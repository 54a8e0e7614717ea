package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gatehouse/desk"
)

// InsertGrant adds a grant and sets its ID. One that gives the same to the same
// in the same place by the same delegation is a desk.Conflict.
func (tx *Tx) InsertGrant(ctx context.Context, g *desk.Grant) error {
	err := tx.row(ctx, `INSERT INTO desk_grant (`+grantColumnsStored+`, until_day, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`, append(grantKey(*g), int64(g.Until), micros(tx.now()))...).Scan(&g.ID)
	if err == sql.ErrNoRows {
		return desk.Errorf(desk.Conflict, "That is granted there already.")
	}
	return tx.wrap(err, "insert a grant to", g.Who)
}

const grantColumnsStored = `who, as_roles, right_name, permission, place_kind, place_id, source, delegator`

// grantKey is what makes two grants the same: the values of grantColumnsStored.
func grantKey(g desk.Grant) []any {
	return []any{int64(g.Who), int64(g.As), rightName(g.Right), null(g.Permission), int64(g.Place.Kind), g.Place.ID,
		null(g.Source), null(g.Delegator)}
}

func rightName(r desk.Right) string {
	if !r.Known() {
		return ""
	}
	return r.String()
}

const grantColumns = `id, who, as_roles, right_name, permission, place_kind, place_id, until_day, source, delegator`

// A grantReader scans grants; it keeps the rights by name.
type grantReader map[string]desk.Right

func newGrantReader() grantReader {
	byName := grantReader{}
	for _, info := range desk.AllRights() {
		byName[info.Name] = info.Right
	}
	return byName
}

// scan reads one grant. A right of a newer program is read as no right, which
// nobody holds.
func (r grantReader) scan(row interface{ Scan(...any) error }) (desk.Grant, error) {
	var g desk.Grant
	var right string
	err := row.Scan(&g.ID, &g.Who, bits(&g.As), &right, ref(&g.Permission), &g.Place.Kind, &g.Place.ID, &g.Until,
		ref(&g.Source), ref(&g.Delegator))
	g.Right = r[right]
	return g, err
}

// Grant returns a grant.
func (tx *Tx) Grant(ctx context.Context, id desk.GrantID) (*desk.Grant, error) {
	g, err := newGrantReader().scan(tx.row(ctx, `SELECT `+grantColumns+` FROM desk_grant WHERE id = $1`, int64(id)))
	if err != nil {
		return nil, tx.found(err, "read grant", id, fmt.Sprintf("There is no grant %d.", id))
	}
	return &g, nil
}

// FindGrant returns the grant that gives the same as g, whatever its ID and
// last day.
func (tx *Tx) FindGrant(ctx context.Context, g desk.Grant) (*desk.Grant, error) {
	found, err := newGrantReader().scan(tx.row(ctx, `SELECT `+grantColumns+` FROM desk_grant
		WHERE who = $1 AND as_roles = $2 AND right_name = $3 AND coalesce(permission, 0) = $4 AND place_kind = $5 AND place_id = $6
		AND coalesce(source, 0) = $7 AND coalesce(delegator, 0) = $8`,
		int64(g.Who), int64(g.As), rightName(g.Right), int64(g.Permission), int64(g.Place.Kind), g.Place.ID, int64(g.Source), int64(g.Delegator)))
	if err != nil {
		return nil, tx.found(err, "find a grant to", g.Who, "There is no such grant.")
	}
	return &found, nil
}

// RemoveGrant revokes a grant, and with it those that were delegated from it.
func (tx *Tx) RemoveGrant(ctx context.Context, id desk.GrantID) error {
	if _, err := tx.exec(ctx, `DELETE FROM desk_grant WHERE source = $1`, int64(id)); err != nil {
		return tx.wrap(err, "revoke what was delegated from grant", id)
	}
	n, err := tx.exec(ctx, `DELETE FROM desk_grant WHERE id = $1`, int64(id))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no grant %d.", id)
	}
	return tx.wrap(err, "revoke grant", id)
}

// GrantsTo lists all grants to one of some principals, by number.
func (tx *Tx) GrantsTo(ctx context.Context, who []desk.PrincipalID) ([]desk.Grant, error) {
	list, err := tx.grants(ctx, ` WHERE who IN (`+tx.d.inList(1)+`) ORDER BY id`, tx.d.list(numbers(who)))
	return list, tx.wrap(err, "list grants", "")
}

// GrantsByID lists those of some grants that there are, by number.
func (tx *Tx) GrantsByID(ctx context.Context, ids []desk.GrantID) ([]desk.Grant, error) {
	list, err := tx.grants(ctx, ` WHERE id IN (`+tx.d.inList(1)+`) ORDER BY id`, tx.d.list(numbers(ids)))
	return list, tx.wrap(err, "list grants", "")
}

// GrantsMade returns when grants were made; those that are older than this is
// kept are left out.
func (tx *Tx) GrantsMade(ctx context.Context, ids []desk.GrantID) (map[desk.GrantID]time.Time, error) {
	made := map[desk.GrantID]time.Time{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.GrantID
		var at time.Time
		err := rows.Scan(&id, when(&at))
		made[id] = at
		return err
	}, `SELECT id, made FROM desk_grant WHERE made > 0 AND id IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(ids)))
	return made, tx.wrap(err, "read when grants were made", "")
}

// A GrantFilter chooses grants; its zero parts choose all.
type GrantFilter struct {
	Who        desk.PrincipalID
	Place      desk.Place
	Right      desk.Right
	Permission desk.PermissionID
	Source     desk.GrantID // delegated from it
	Delegator  desk.UserID  // delegated by him
	EndsFrom   desk.Day     // those with a last day, not before this
	EndsBy     desk.Day     // those with a last day, not after this
	After      desk.GrantID
	Limit      int
}

// Grants lists grants by number, and whether there are more.
func (tx *Tx) Grants(ctx context.Context, f GrantFilter) (list []desk.Grant, more bool, err error) {
	var w where
	if f.Who != 0 {
		w.add(`who = ?`, int64(f.Who))
	}
	if f.Place.Kind != 0 {
		w.add(`place_kind = ? AND place_id = ?`, int64(f.Place.Kind), f.Place.ID)
	}
	if f.Right != 0 {
		w.add(`right_name = ?`, rightName(f.Right))
	}
	if f.Permission != 0 {
		w.add(`permission = ?`, int64(f.Permission))
	}
	if f.Source != 0 {
		w.add(`source = ?`, int64(f.Source))
	}
	if f.Delegator != 0 {
		w.add(`delegator = ?`, int64(f.Delegator))
	}
	if f.EndsFrom != 0 {
		w.add(`until_day >= ?`, int64(f.EndsFrom))
	}
	if f.EndsBy != 0 {
		w.add(`until_day BETWEEN 1 AND ?`, int64(f.EndsBy))
	}
	w.add(`id > ?`, int64(f.After))
	limit := page(f.Limit)
	list, err = tx.grants(ctx, w.text()+` ORDER BY id`+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list grants", "")
}

func (tx *Tx) grants(ctx context.Context, rest string, args ...any) ([]desk.Grant, error) {
	var list []desk.Grant
	reader := newGrantReader()
	err := tx.each(ctx, func(rows *sql.Rows) error {
		g, err := reader.scan(rows)
		list = append(list, g)
		return err
	}, `SELECT `+grantColumns+` FROM desk_grant`+rest, args...)
	return list, err
}
