package desk_test

import (
	"testing"

	"gatehouse/desk"
)

func TestGuessedFirst(t *testing.T) {
	about := []string{"bob", "Bob Baker", "bob@acme.example"}
	for password, want := range map[string]bool{
		"password":            true,
		"Password1!":          true,
		"P@ssw0rd":            true,
		"passw0rd2026":        true,
		"Passwort123":         true,
		"Sommer2026!":         true,
		"W1llkommen":          true,
		"12345678":            true,
		"0123456789":          true,
		"87654321":            true,
		"11111111":            true,
		"19841984":            true, // four signs, twice
		"24121970":            true, // nothing but digits: a birthday
		"abcdefgh":            true,
		"abcabcabc":           true,
		"qwertzuiop":          true,
		"poiuytrewq":          true,
		"asdfghjkl1":          true,
		"1qaz2wsx":            true,
		"!!!!????":            true,
		"bobbaker":            true,
		"Bob Baker 1970":      true,
		"bob12345":            true,
		"BOB@acme.example":    true,
		"":                    true,
		"correct horse":       false,
		"demo-bob":            false,
		"bob likes cheese":    false,
		"password of my aunt": false,
		"Tr0ub4dor&3":         false,
		"3141592653589x":      false,
		"a long enough one":   false,
		"ßüñ漢字かな漢字":           false,
	} {
		if got := desk.GuessedFirst(password, about...); got != want {
			t.Errorf("%q: got %v", password, got)
		}
	}
	if desk.GuessedFirst("bobbaker") {
		t.Error("what is only its owner's name is refused for others too")
	}
}

func FuzzGuessedFirst(f *testing.F) {
	f.Add("P@ssw0rd1", "bob")
	f.Add("\xff\xfe", "")
	f.Fuzz(func(t *testing.T, password, about string) {
		if desk.GuessedFirst(password) && !desk.GuessedFirst(password, about) {
			t.Errorf("%q is guessed first, but not of who is called %q", password, about)
		}
		if about != "" && desk.Fold(about) != "" && !desk.GuessedFirst(about, about) {
			t.Errorf("%q is its owner's name", about)
		}
	})
}
