package desk_test

import (
	"slices"
	"strings"
	"testing"

	"gatehouse/desk"
)

// TestTextsOfFields: what is left of a text when what no text holds is taken out
// is the value, and nothing is none.
func TestTextsOfFields(t *testing.T) {
	for _, tt := range []struct {
		why   string
		kind  desk.FieldKind
		typed []string
		want  string // the values, with | between; "!" a refusal
	}{
		{"as it was typed", desk.TextField, []string{"red"}, "red"},
		{"spaces around it", desk.TextField, []string{"  red\t"}, "red"},
		{"nothing", desk.TextField, []string{""}, ""},
		{"spaces alone", desk.TextField, []string{" \n "}, ""},
		{"a character that no text holds, alone", desk.TextField, []string{"\x00"}, ""},
		{"the same in a word", desk.TextField, []string{"r\x00ed"}, "red"},
		{"bytes that are no text", desk.TextField, []string{"r\xff"}, "r\uFFFD"},
		{"two lines", desk.TextField, []string{"red\nblue"}, "!"},
		{"two lines of a long one", desk.LongField, []string{"red\r\nblue"}, "red\nblue"},
		{"several", desk.TextsField, []string{"red\nblue", "red", "\x00"}, "red|blue"},
	} {
		f := desk.Field{Name: "Colour", Kind: tt.kind}
		values, err := f.Check(tt.typed, nil, nil)
		got := strings.Join(desk.ValueTexts(values), "|")
		if err != nil {
			got = "!"
		}
		if got != tt.want {
			t.Errorf("%s: got %q (%v), want %q", tt.why, got, err, tt.want)
		}
		again, err := f.Check(desk.ValueTexts(values), values, nil)
		if err != nil || !slices.Equal(again, values) {
			t.Errorf("%s: taken once more it is %v (%v), not %v", tt.why, again, err, values)
		}
	}
	required := desk.Field{Name: "Colour", Kind: desk.TextField, Required: true}
	if _, err := required.Check([]string{"\x00"}, nil, nil); desk.KindOf(err) != desk.Invalid {
		t.Errorf("nothing in a field that is needed: %v", err)
	}
}
