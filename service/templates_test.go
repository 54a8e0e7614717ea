package service_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// TestTemplatesThatAreRefused: a template is looked at before it is stored, and
// what is wrong is said with its place.
func TestTemplatesThatAreRefused(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		why  string
		in   desk.LetterTemplate
		kind desk.Kind
		says string
	}{
		{"a field with a slip", desk.LetterTemplate{Name: "reply", Language: "en", Text: "Hello\nof {{ticket.subjet}}"}, desk.Invalid, "Line 2, column 6: there is no field ticket.subjet; did you mean ticket.subject?"},
		{"a subject with one", desk.LetterTemplate{Name: "reply", Language: "en", Subject: "{{ticket.idd}}", Text: "x"}, desk.Invalid, "Line 1, column 3"},
		{"no text", desk.LetterTemplate{Name: "reply", Language: "en", Text: " \n"}, desk.Invalid, "Write what the letter says"},
		{"two lines of subject", desk.LetterTemplate{Name: "reply", Language: "en", Subject: "a\nBcc: x", Text: "x"}, desk.Invalid, "one line"},
		{"no such letter", desk.LetterTemplate{Name: "birthday", Language: "en", Text: "x"}, desk.NotFound, "there are acknowledge"},
		{"no such language", desk.LetterTemplate{Name: "reply", Language: "klingon", Text: "x"}, desk.Invalid, "two or three letters"},
		{"no such queue", desk.LetterTemplate{Name: "reply", Queue: 99, Language: "en", Text: "x"}, desk.NotFound, "queue"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			err := h.SaveLetterTemplate(h.ctx, h.sys, tt.in)
			said := desk.Sentence(err)
			for _, text := range desk.FieldTexts(err) {
				said += text
			}
			if desk.KindOf(err) != tt.kind || !strings.Contains(said, tt.says) {
				t.Errorf("got %s (%v)", said, desk.KindOf(err))
			}
		})
	}
}

// TestTemplatesOfAQueue: one that is written for a queue holds there, one for
// every queue holds elsewhere, and going back leads from the one to the other.
func TestTemplatesOfAQueue(t *testing.T) {
	h := newHouse(t)
	q := h.makeQueue(desk.Queue{Name: "support"})
	other := h.makeQueue(desk.Queue{Name: "other"})
	state := func(queue desk.QueueID) string {
		t.Helper()
		got := must(h.LetterTemplate(h.ctx, h.sys, "reply", service.TemplatePlace{Queue: queue, Language: "EN-gb"}))(t)
		first, _, _ := strings.Cut(got.Text, "\n")
		return map[bool]string{true: "own "}[got.Own] + map[bool]string{true: "everywhere "}[got.Everywhere] + first
	}
	shipped := `{{actor.name | default "The desk"}} wrote:`
	wants := func(why string, all, support, elsewhere string) {
		t.Helper()
		if got := [3]string{state(0), state(q), state(other)}; got != [3]string{all, support, elsewhere} {
			t.Errorf("%s: got %q", why, got)
		}
	}
	wants("at first", shipped, shipped, shipped)
	h.ok(h.SaveLetterTemplate(h.ctx, h.sys, desk.LetterTemplate{Name: "reply", Language: "en", Text: "All"}))
	wants("for every queue", "own All", "everywhere All", "everywhere All")
	h.ok(h.SaveLetterTemplate(h.ctx, h.sys, desk.LetterTemplate{Name: "reply", Queue: q, Language: "en", Text: "Mine\r\n"}))
	wants("for one", "own All", "own Mine", "everywhere All")
	h.ok(h.ResetLetterTemplate(h.ctx, h.sys, "reply", service.TemplatePlace{Language: "en"}))
	wants("without that for every one", shipped, "own Mine", shipped)
	h.ok(h.ResetLetterTemplate(h.ctx, h.sys, "reply", service.TemplatePlace{Queue: q, Language: "en"}))
	wants("back at what ships", shipped, shipped, shipped)
}

// TestABrokenTemplateIsNamed: one that an older program wrote says what is
// wrong with it.
func TestABrokenTemplateIsNamed(t *testing.T) {
	h := newHouse(t)
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
		return tx.SaveLetterTemplate(h.ctx, &desk.LetterTemplate{Name: "owner", Language: "en", Text: "{{ticket.colour}}"})
	}))
	got := must(h.LetterTemplate(h.ctx, h.sys, "owner", service.TemplatePlace{Language: "en"}))(t)
	if !got.Own || !strings.Contains(got.Fault, "ticket.colour") {
		t.Errorf("got %+v", got)
	}
}
