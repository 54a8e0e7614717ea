package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// InsertReplyTemplate adds a reply template and sets its ID.
func (tx *Tx) InsertReplyTemplate(ctx context.Context, t *desk.ReplyTemplate) error {
	err := tx.row(ctx, `INSERT INTO reply_template (owner, group_id, queue, name, folded, language, body, changed, gone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`, replyTemplateValues(t)...).Scan(&t.ID)
	return tx.wrap(err, "insert reply template", t.Name)
}

func replyTemplateValues(t *desk.ReplyTemplate) []any {
	return []any{null(t.Owner), null(t.Group), null(t.Queue), t.Name, desk.Fold(t.Name), t.Language, t.Text, micros(t.Changed), bit(t.Gone)}
}

// UpdateReplyTemplate stores all of a reply template.
func (tx *Tx) UpdateReplyTemplate(ctx context.Context, t *desk.ReplyTemplate) error {
	n, err := tx.exec(ctx, `UPDATE reply_template SET owner = $1, group_id = $2, queue = $3, name = $4, folded = $5, language = $6, body = $7, changed = $8, gone = $9
		WHERE id = $10`, append(replyTemplateValues(t), int64(t.ID))...)
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no such reply template.")
	}
	return tx.wrap(err, "update reply template", t.ID)
}

const replyTemplateColumns = `SELECT id, owner, group_id, queue, name, language, body, changed, gone FROM reply_template`

func replyTemplateFields(t *desk.ReplyTemplate) []any {
	return []any{&t.ID, ref(&t.Owner), ref(&t.Group), ref(&t.Queue), &t.Name, &t.Language, &t.Text, when(&t.Changed), flag(&t.Gone)}
}

// ReplyTemplate returns a reply template, one that was taken away too.
func (tx *Tx) ReplyTemplate(ctx context.Context, id desk.ReplyTemplateID) (*desk.ReplyTemplate, error) {
	var t desk.ReplyTemplate
	err := tx.row(ctx, replyTemplateColumns+` WHERE id = $1`, int64(id)).Scan(replyTemplateFields(&t)...)
	if err != nil {
		return nil, tx.found(err, "read reply template", id, "There is no such reply template.")
	}
	return &t, nil
}

// ReplyTemplates lists the reply templates of a user and those of groups, queues
// and the desk, by name, without those that were taken away.
func (tx *Tx) ReplyTemplates(ctx context.Context, owner desk.UserID) ([]desk.ReplyTemplate, error) {
	var list []desk.ReplyTemplate
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.ReplyTemplate
		err := rows.Scan(replyTemplateFields(&t)...)
		list = append(list, t)
		return err
	}, replyTemplateColumns+` WHERE gone = 0 AND (owner IS NULL OR owner = $1) ORDER BY folded, language, id`, int64(owner))
	return list, tx.wrap(err, "list reply templates", "")
}
