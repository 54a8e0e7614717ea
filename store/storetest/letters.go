package storetest

import (
	"context"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// testLetterTemplates: a template is there once for each letter, queue and
// language; of a queue one gets its own and those for every queue.
func testLetterTemplates(t *testing.T, s *store.Store) {
	c := newCast(t, s)
	at := Start.Truncate(time.Microsecond)
	all := desk.LetterTemplate{Name: "reply", Language: "en", Text: "All", Changed: at}
	own := desk.LetterTemplate{Name: "reply", Queue: c.support, Language: "en", Subject: "S", Text: "Own", Changed: at}
	german := desk.LetterTemplate{Name: "reply", Queue: c.support, Language: "de", Text: "Eigen", Changed: at}
	elsewhere := desk.LetterTemplate{Name: "owner", Queue: c.support + 1000, Language: "en", Text: "There", Changed: at}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, one := range []desk.LetterTemplate{{Name: "reply", Queue: c.support, Language: "en", Text: "Old"}, german, elsewhere, own, all} {
			if err := tx.SaveLetterTemplate(ctx, &one); err != nil {
				return err
			}
		}
		return nil
	})
	of := func(q desk.QueueID) []desk.LetterTemplate {
		return read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.LetterTemplate, error) {
			return tx.LetterTemplates(ctx, q)
		})
	}
	same(t, "all templates", of(0), nil, []desk.LetterTemplate{elsewhere, all, german, own})
	same(t, "those of a queue", of(c.support), nil, []desk.LetterTemplate{all, german, own})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.DeleteLetterTemplate(ctx, "reply", c.support, "en"); err != nil {
			return err
		}
		return tx.DeleteLetterTemplate(ctx, "reply", c.support, "fr") // none: no error
	})
	same(t, "what is left", of(c.support), nil, []desk.LetterTemplate{all, german})
}

// testMailRelays: relays stand in their order, one for each name, and what one
// said is forgotten when it is changed.
func testMailRelays(t *testing.T, s *store.Store) {
	second := desk.MailRelay{Name: "Second", Server: "b.example:587", Security: "starttls", User: "u", Password: "v1:sealed", Place: 20, Sealed: true}
	first := desk.MailRelay{Name: "First", Server: "a.example:25", Place: 10, Disabled: true, Sealed: true}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		old := desk.MailRelay{Name: "FIRST", Server: "old.example:25", Place: 30}
		for _, r := range []*desk.MailRelay{&second, &old, &first} {
			if err := tx.SaveMailRelay(ctx, r); err != nil {
				return err
			}
		}
		return tx.SetMailRelaySaid(ctx, second.ID, "no route", Start)
	})
	all := func(ctx context.Context, tx *store.Tx) ([]desk.MailRelay, error) { return tx.MailRelays(ctx) }
	said := second
	said.Said, said.At = "no route", Start.Truncate(time.Microsecond)
	same(t, "the relays", read(t, s, all), nil, []desk.MailRelay{first, said})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveMailRelay(ctx, &second); err != nil {
			return err
		}
		return tx.DeleteMailRelay(ctx, "first")
	})
	same(t, "what is left", read(t, s, all), nil, []desk.MailRelay{second})
	refused(t, s, desk.NotFound, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteMailRelay(ctx, "first") })
}
