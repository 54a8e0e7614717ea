package web

import (
	"slices"
	"testing"
)

// TestLanguageStates: each language is complete, and has as many texts as the
// tests of the catalogues count.
func TestLanguageStates(t *testing.T) {
	states := LanguageStates()
	if len(states) != len(Languages()) {
		t.Fatalf("got %d languages", len(states))
	}
	for _, s := range states {
		if want := len(all(t, s.Lang)); s.Texts != want || len(s.Missing) > 0 {
			t.Errorf("%s has %d texts and lacks %v, want %d", s.Lang, s.Texts, s.Missing, want)
		}
	}
}

// TestFindTexts: texts are found by words of any language and by key, without
// regard to case, and no more than asked for.
func TestFindTexts(t *testing.T) {
	for _, tt := range []struct {
		why, words, key string
		limit           int
		more            bool
	}{
		{"an English word", "first steps", "first.steps", 500, false},
		{"a German word in capitals", "ERSTE SCHRITTE", "first.steps", 500, false},
		{"a key", "first.steps.lead", "first.steps.lead", 500, false},
		{"one of many", "e", "", 1, true},
		{"nothing that there is", "xyzzy", "", 10, false},
	} {
		list, more := FindTexts(tt.words, tt.limit)
		has := slices.ContainsFunc(list, func(r TextRow) bool { return r.Key == tt.key && len(r.In) == len(Languages()) })
		if more != tt.more || len(list) > tt.limit || tt.key != "" && !has {
			t.Errorf("%s: %d texts, more %t", tt.why, len(list), more)
		}
	}
}
