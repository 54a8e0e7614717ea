package store

import (
	"context"
	"database/sql"

	"gatehouse/desk"
)

// LetterTemplates lists the templates that somebody wrote, by name, queue and
// language; with a queue, its own and those for every queue.
func (tx *Tx) LetterTemplates(ctx context.Context, queue desk.QueueID) ([]desk.LetterTemplate, error) {
	var list []desk.LetterTemplate
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var t desk.LetterTemplate
		err := rows.Scan(&t.Name, &t.Queue, &t.Language, &t.Subject, &t.Text, when(&t.Changed))
		list = append(list, t)
		return err
	}, `SELECT name, queue, language, subject, body, changed FROM letter_template
		WHERE $1 = 0 OR queue = 0 OR queue = $1 ORDER BY name, queue, language`, int64(queue))
	return list, tx.wrap(err, "list the templates of letters", "")
}

// SaveLetterTemplate stores a template, in place of the one that was there.
func (tx *Tx) SaveLetterTemplate(ctx context.Context, t *desk.LetterTemplate) error {
	_, err := tx.exec(ctx, `INSERT INTO letter_template (name, queue, language, subject, body, changed) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (name, queue, language) DO UPDATE SET subject = excluded.subject, body = excluded.body, changed = excluded.changed`,
		t.Name, int64(t.Queue), t.Language, t.Subject, t.Text, micros(t.Changed))
	return tx.wrap(err, "store the template of letter", t.Name)
}

// DeleteLetterTemplate forgets a template; one that is not there is no error.
func (tx *Tx) DeleteLetterTemplate(ctx context.Context, name string, queue desk.QueueID, language string) error {
	_, err := tx.exec(ctx, `DELETE FROM letter_template WHERE name = $1 AND queue = $2 AND language = $3`, name, int64(queue), language)
	return tx.wrap(err, "delete the template of letter", name)
}
