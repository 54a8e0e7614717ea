package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testReplyTemplates: by name, one's own and those of groups, queues and the
// desk, without what was taken away.
func testReplyTemplates(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	team := desk.Group{Name: "reply team"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertGroup(ctx, &team) })
	list := []desk.ReplyTemplate{
		{Name: "b", Owner: c.anna, Text: "Hello {{contact.name}} 😀\n\nBye", Language: "de", Changed: at},
		{Name: "C", Queue: c.support, Text: "of the queue", Changed: at},
		{Name: "a", Group: team.ID, Text: "of the group", Changed: at},
		{Name: "d", Text: "of the desk", Changed: at},
		{Name: "e", Owner: c.anna, Text: "gone", Changed: at, Gone: true},
		{Name: "f", Owner: c.bob, Text: "bob's", Changed: at},
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range list {
			if err := tx.InsertReplyTemplate(ctx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.ReplyTemplates(ctx, c.anna)
		same(t, "anna's", got, err, []desk.ReplyTemplate{list[2], list[0], list[1], list[3]})
		got, err = tx.ReplyTemplates(ctx, 0)
		same(t, "nobody's", got, err, []desk.ReplyTemplate{list[2], list[1], list[3]})
		return nil
	})
	back := list[4]
	back.Gone, back.Text, back.Language = false, "back", "en"
	missing := desk.ReplyTemplate{ID: 99_999, Name: "x"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.UpdateReplyTemplate(ctx, &missing); desk.KindOf(err) != desk.NotFound {
			t.Errorf("changing one that is not there: %v", err)
		}
		return tx.UpdateReplyTemplate(ctx, &back)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.ReplyTemplate(ctx, back.ID)
		same(t, "the one that is back", got, err, &back)
		_, err = tx.ReplyTemplate(ctx, missing.ID)
		if desk.KindOf(err) != desk.NotFound {
			t.Errorf("one that is not there: %v", err)
		}
		return nil
	})
}
