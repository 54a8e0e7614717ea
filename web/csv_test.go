package web

import "testing"

func TestExportsHoldNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"":                  "",
		"The printer":       "The printer",
		"=HYPERLINK(\"x\")": "'=HYPERLINK(\"x\")",
		"+49 30 1234":       "'+49 30 1234",
		"@SUM(A1)":          "'@SUM(A1)",
		"-1+2":              "'-1+2",
		"-12":               "-12",
		"\t=1":              "'\t=1",
		"a=1":               "a=1",
	} {
		if got := Harmless(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}
