package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gatehouse/desk"
	"gatehouse/desk/query"
	"gatehouse/store"
)

func insertField(t testing.TB, s *store.Store, f desk.Field) *desk.Field {
	t.Helper()
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertField(ctx, &f) })
	return &f
}

func testFields(t *testing.T, s *store.Store) {
	q := desk.Queue{Name: "support"}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertQueue(ctx, &q) })
	full := desk.Field{Of: desk.OfTickets, Name: "Größe 😀", Description: "how <big>", Kind: desk.OneField, Required: true, Pattern: `^\d+$`,
		Hint: "digits", Lowest: "1", Highest: "9", MaxLength: 7, Default: []string{"M"}, Queues: []desk.QueueID{q.ID}, Only: desk.Contact,
		Place: 2, Disabled: true, Choices: []desk.Choice{{Name: "S"}, {Name: "M", Disabled: true}}}
	big := insertField(t, s, full)
	first := insertField(t, s, desk.Field{Of: desk.OfUsers, Name: "First", Kind: desk.TextField, Everywhere: true, Place: 1})
	list := read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Field, error) { return tx.Fields(ctx) })
	if diff := cmp.Diff([]desk.Field{*first, *big}, list); diff != "" {
		t.Errorf("fields, by place (-want +got):\n%s", diff)
	}
	err := s.Do(t.Context(), func(tx *store.Tx) error {
		return tx.InsertField(t.Context(), &desk.Field{Of: desk.OfUsers, Name: "GRÖSSE 😀", Kind: desk.TextField})
	})
	if err != nil {
		t.Errorf("another name was refused: %v", err)
	}
	for _, f := range []desk.Field{{Of: desk.OfUsers, Name: " größe 😀", Kind: desk.TextField}, {ID: first.ID, Name: "GRÖßE 😀"}} {
		err := s.Do(t.Context(), func(tx *store.Tx) error {
			if f.ID != 0 {
				return tx.UpdateField(t.Context(), &f)
			}
			return tx.InsertField(t.Context(), &f)
		})
		if desk.KindOf(err) != desk.Conflict || desk.FieldTexts(err)["name"] == "" {
			t.Errorf("a name in use gave %v", err)
		}
	}
	big.Choices = []desk.Choice{big.Choices[1], {Name: "L"}, big.Choices[0]}
	big.Name, big.Queues, big.Default = "Size", nil, nil
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateField(ctx, big) })
	list = read(t, s, func(ctx context.Context, tx *store.Tx) ([]desk.Field, error) { return tx.Fields(ctx) })
	if diff := cmp.Diff(*big, list[len(list)-1]); diff != "" {
		t.Errorf("the field as it was changed (-want +got):\n%s", diff)
	}
	err = s.Do(t.Context(), func(tx *store.Tx) error { return tx.UpdateField(t.Context(), &desk.Field{ID: 999, Name: "x"}) })
	if desk.KindOf(err) != desk.NotFound {
		t.Errorf("changing a field that is not there gave %v", err)
	}
	t.Run("values", func(t *testing.T) { testFieldValues(t, s) })
	t.Run("gone", func(t *testing.T) { testFieldValuesGo(t, s) })
}

// testFieldValuesGo: what is erased or purged takes its values along, and
// nothing else's.
func testFieldValuesGo(t *testing.T, s *store.Store) {
	u := desk.User{Login: "gone", Name: "Gone", Kind: desk.Contact}
	c := desk.Customer{Key: "gone", Name: "Gone"}
	var tickets [2]desk.Ticket
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		q, err := tx.QueueByName(ctx, "support")
		if err != nil {
			return err
		}
		for i := range tickets {
			tickets[i] = desk.Ticket{Queue: q.ID, Subject: "x", Status: desk.StatusNew, Created: Start, Updated: Start, Heard: Start}
			if err := tx.InsertTicket(ctx, &tickets[i]); err != nil {
				return err
			}
		}
		if err := tx.InsertUser(ctx, &u); err != nil {
			return err
		}
		return tx.InsertCustomer(ctx, &c)
	})
	objects := map[desk.FieldOf]int64{desk.OfTickets: int64(tickets[0].ID), desk.OfUsers: int64(u.ID), desk.OfCustomers: int64(c.ID)}
	fields := map[desk.FieldOf]*desk.Field{}
	for of, object := range objects {
		f := insertField(t, s, desk.Field{Of: of, Name: "of " + string(of), Kind: desk.TextField})
		fields[of] = f
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.SetFieldValues(ctx, f, object, []desk.FieldValue{{Text: "x"}}), tx.SetFieldValues(ctx, f, object+1, []desk.FieldValue{{Text: "x"}}))
		})
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, gone := tx.EraseUser(ctx, u.ID, false)
		_, purged := tx.PurgeTickets(ctx, []desk.TicketID{tickets[0].ID})
		return errors.Join(gone, purged, tx.EraseCustomer(ctx, &c))
	})
	for of, object := range objects {
		found := read(t, s, func(ctx context.Context, tx *store.Tx) (map[int64]map[desk.FieldID][]desk.FieldValue, error) {
			return tx.FieldValues(ctx, []desk.FieldID{fields[of].ID}, []int64{object, object + 1})
		})
		if len(found[object]) != 0 || len(found[object+1]) != 1 {
			t.Errorf("of a %s that is gone there is %v", of, found)
		}
	}
}

// testFieldValues: what is stored is what is read, for all that a field takes.
func testFieldValues(t *testing.T, s *store.Store) {
	var fields []*desk.Field
	for i, kind := range desk.FieldKinds() {
		f := desk.Field{Of: desk.OfTickets, Name: string(kind), Kind: kind, Place: i}
		if kind.Chosen() {
			f.Choices = []desk.Choice{{Name: "a"}, {Name: "b"}, {Name: "c"}}
		}
		fields = append(fields, insertField(t, s, f))
	}
	rapid.Check(t, func(rt *rapid.T) {
		f := rapid.SampledFrom(fields).Draw(rt, "field")
		texts := rapid.SliceOfN(drawValue(f), 0, 4).Draw(rt, "texts")
		want, err := f.Check(texts, nil, nil)
		if err != nil {
			if len(texts) == 1 && f.Kind != desk.TextField && f.Kind != desk.LongField && f.Kind != desk.TextsField && f.Kind != desk.LinkField {
				rt.Fatalf("%q is refused: %v", texts, err)
			}
			return
		}
		object := rapid.Int64Range(1, 5).Draw(rt, "object")
		var got []desk.FieldValue
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetFieldValues(ctx, f, object, want) })
		view(t, s, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.FieldValues(ctx, []desk.FieldID{f.ID}, []int64{object, 99})
			got = all[object][f.ID]
			return err
		})
		for i := range got {
			if c := f.Choice(desk.ChoiceID(got[i].Number)); f.Kind.Chosen() && c != nil {
				got[i].Text = c.Name
			}
		}
		if !slices.Equal(got, want) {
			rt.Errorf("stored %v, read %v", want, got)
		}
		if again, err := f.Check(desk.ValueTexts(got), got, nil); err != nil || !slices.Equal(again, want) {
			rt.Errorf("what was read, %v, is taken as %v (%v)", got, again, err)
		}
	})
}

// drawValue draws a text that a field takes, most of the time.
func drawValue(f *desk.Field) *rapid.Generator[string] {
	digits := func(most int64) *rapid.Generator[string] {
		return rapid.Custom(func(rt *rapid.T) string { return fmt.Sprint(rapid.Int64Range(-most, most).Draw(rt, "number")) })
	}
	switch f.Kind {
	case desk.WholeField:
		return digits(1e15 - 1)
	case desk.DecimalField:
		return rapid.StringMatching(`-?[0-9]{1,12}([.,][0-9]{0,6})?`)
	case desk.DayField:
		return rapid.StringMatching(`[1-8][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])`)
	case desk.MomentField:
		return rapid.StringMatching(`[1-8][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[T ]([01][0-9]|2[0-3]):[0-5][0-9]`)
	case desk.YesField:
		return rapid.SampledFrom([]string{"yes", "no", "1", "off"})
	case desk.OneField, desk.SeveralField:
		return rapid.SampledFrom([]string{"a", "B", " c "})
	case desk.LinkField:
		return rapid.StringMatching(`https?://[a-z]{1,9}\.example(/[a-z0-9?&=%]{0,80})?`)
	}
	return rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"<b>HTML</b> & \"quotes\" '", "😀 emoji\nand lines", strings.Repeat("ü", 500), "x\x00y"}))
}

// hallWords are the values of the field of texts in the hall, hallLong one that
// indexes do not hold as a whole.
var hallWords = []string{"red", "Red wine", "über", "50%", "a_b", strings.Repeat("long ", 30), strings.Repeat("long ", 30) + "x"}

// value gives some tickets of the hall values of two fields.
func (h *hall) value(ctx context.Context, tx *store.Tx, r *rand.Rand) error {
	h.values = map[desk.TicketID]map[desk.FieldID][]desk.FieldValue{}
	for i, kind := range []desk.FieldKind{desk.TextsField, desk.WholeField} {
		h.fields[i] = desk.Field{Of: desk.OfTickets, Name: string(kind), Kind: kind, Everywhere: true}
		if err := tx.InsertField(ctx, &h.fields[i]); err != nil {
			return err
		}
	}
	for i := range h.tickets {
		id := h.tickets[i].ID
		h.values[id] = map[desk.FieldID][]desk.FieldValue{}
		for k := range h.fields {
			values := someValues(r, 3-k)
			h.values[id][h.fields[k].ID] = values
			if err := tx.SetFieldValues(ctx, &h.fields[k], int64(id), values); err != nil {
				return err
			}
		}
	}
	return nil
}

// someValues are fewer values than that, each once.
func someValues(r *rand.Rand, fewer int) []desk.FieldValue {
	var values []desk.FieldValue
	for range r.IntN(fewer) {
		v := desk.FieldValue{Text: strings.TrimSpace(pick(r, hallWords)), Number: int64(r.IntN(7) - 3)}
		if !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}

func (h *hall) hasValue(q *query.Test, k *desk.Ticket) bool {
	return slices.ContainsFunc(h.values[k.ID][q.Custom], func(v desk.FieldValue) bool {
		switch {
		case q.Numbers != nil:
			return slices.Contains(q.Numbers, v.Number)
		case q.Patterns != nil:
			return slices.ContainsFunc(q.Patterns, func(p string) bool { return query.Match(p, desk.Fold(v.Text)) })
		}
		return v.Number >= q.From && (v.Number < q.To || q.To == query.Highest)
	})
}

func (h *hall) drawValued(rt *rapid.T) query.Test {
	t := query.HasValue(rapid.SampledFrom([]desk.FieldID{h.fields[0].ID, h.fields[1].ID, 99}).Draw(rt, "field"))
	switch rapid.IntRange(0, 3).Draw(rt, "compared by") {
	case 0:
		t.Numbers = append([]int64{}, rapid.SliceOfN(rapid.Int64Range(-3, 3), 0, 3).Draw(rt, "numbers")...)
	case 1:
		t.From, t.To = rapid.Int64Range(-4, 3).Draw(rt, "from"), rapid.Int64Range(-3, 4).Draw(rt, "to")
	case 2:
		how := rapid.SampledFrom([]query.How{query.Equal, query.Like, query.Starts, query.Ends}).Draw(rt, "how")
		t.Patterns = []string{query.Pattern(how, rapid.SampledFrom(append([]string{"re", "0%", "_"}, hallWords...)).Draw(rt, "value"))}
	}
	return t
}
