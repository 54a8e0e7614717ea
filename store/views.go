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
