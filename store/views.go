package store

import (
	"context"
	"database/sql"
	"fmt"

	"gatehouse/desk"
)

// InsertView adds a saved view and sets its ID.
func (tx *Tx) InsertView(ctx context.Context, v *desk.View) error {
	err := tx.row(ctx, `INSERT INTO saved_view (owner, group_id, name, folded, address, gone) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		viewValues(v)...).Scan(&v.ID)
	return tx.wrap(err, "insert view", v.Name)
}

func viewValues(v *desk.View) []any {
	return []any{null(v.Owner), null(v.Group), v.Name, desk.Fold(v.Name), v.Address, bit(v.Gone)}
}

// UpdateView stores all of a saved view.
func (tx *Tx) UpdateView(ctx context.Context, v *desk.View) error {
	n, err := tx.exec(ctx, `UPDATE saved_view SET owner = $1, group_id = $2, name = $3, folded = $4, address = $5, gone = $6 WHERE id = $7`,
		append(viewValues(v), int64(v.ID))...)
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no view %d.", v.ID)
	}
	return tx.wrap(err, "update view", v.ID)
}

const viewColumns = `SELECT id, owner, group_id, name, address, gone FROM saved_view`

func viewFields(v *desk.View) []any {
	return []any{&v.ID, ref(&v.Owner), ref(&v.Group), &v.Name, &v.Address, flag(&v.Gone)}
}

// View returns a saved view, one that was taken away too.
func (tx *Tx) View(ctx context.Context, id desk.ViewID) (*desk.View, error) {
	var v desk.View
	err := tx.row(ctx, viewColumns+` WHERE id = $1`, int64(id)).Scan(viewFields(&v)...)
	if err != nil {
		return nil, tx.found(err, "read view", id, fmt.Sprintf("There is no view %d.", id))
	}
	return &v, nil
}

// Views lists the saved views of a user and those of groups and of the desk, by
// name, without those that were taken away.
func (tx *Tx) Views(ctx context.Context, owner desk.UserID) ([]desk.View, error) {
	var list []desk.View
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var v desk.View
		err := rows.Scan(viewFields(&v)...)
		list = append(list, v)
		return err
	}, viewColumns+` WHERE gone = 0 AND (owner IS NULL OR owner = $1) ORDER BY folded, id`, int64(owner))
	return list, tx.wrap(err, "list views", "")
}

// ViewPlaces returns the views that a user put in order, in that order.
func (tx *Tx) ViewPlaces(ctx context.Context, user desk.UserID) ([]desk.ViewPlace, error) {
	var list []desk.ViewPlace
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var p desk.ViewPlace
		err := rows.Scan(&p.View, flag(&p.Hidden))
		list = append(list, p)
		return err
	}, `SELECT view, hidden FROM view_place WHERE user_id = $1 ORDER BY place`, int64(user))
	return list, tx.wrap(err, "list the places of views of user", user)
}

// SetViewPlaces stores a user's order of views in the place of the one before.
func (tx *Tx) SetViewPlaces(ctx context.Context, user desk.UserID, places []desk.ViewPlace) error {
	if _, err := tx.exec(ctx, `DELETE FROM view_place WHERE user_id = $1`, int64(user)); err != nil {
		return tx.wrap(err, "forget the order of views of user", user)
	}
	for i, p := range places {
		_, err := tx.exec(ctx, `INSERT INTO view_place (user_id, view, place, hidden) VALUES ($1, $2, $3, $4)`, int64(user), string(p.View), i, bit(p.Hidden))
		if err != nil {
			return tx.wrap(err, "store the order of views of user", user)
		}
	}
	return nil
}

// ViewStarts returns with which view the desk opens for each of the principals
// for which that was said: a user, a group, or desk.Agents for everybody.
func (tx *Tx) ViewStarts(ctx context.Context, who []desk.PrincipalID) (map[desk.PrincipalID]desk.ViewKey, error) {
	starts := map[desk.PrincipalID]desk.ViewKey{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.PrincipalID
		var view desk.ViewKey
		err := rows.Scan(&id, &view)
		starts[id] = view
		return err
	}, `SELECT who, view FROM view_start WHERE who IN (`+tx.d.inList(1)+`)`, tx.d.list(numbers(who)))
	return starts, tx.wrap(err, "read with which views the desk opens", "")
}

// SetViewStart says with which view the desk opens for a principal; the empty
// key: nothing is said any more.
func (tx *Tx) SetViewStart(ctx context.Context, who desk.PrincipalID, view desk.ViewKey) error {
	var err error
	if view == "" {
		_, err = tx.exec(ctx, `DELETE FROM view_start WHERE who = $1`, int64(who))
	} else {
		_, err = tx.exec(ctx, `INSERT INTO view_start (who, view) VALUES ($1, $2) ON CONFLICT (who) DO UPDATE SET view = excluded.view`, int64(who), string(view))
	}
	return tx.wrap(err, "say with which view the desk opens for", who)
}
