package desk

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxName is the longest name of a thing, in characters.
const MaxName = 200

// Fold returns the key by which names are compared: without regard to case,
// Unicode form and blanks at the ends.
func Fold(name string) string {
	return strings.ToLower(norm.NFKC.String(strings.TrimSpace(name)))
}

// CheckName returns the name as it is stored, or an error of kind Invalid that
// says what is wrong with it. what is the thing's word: "group", "queue".
func CheckName(what, name string) (string, error) {
	name = norm.NFC.String(strings.TrimSpace(name))
	switch {
	case name == "":
		return "", InvalidFields(map[string]string{"name": "Give the " + what + " a name."})
	case !utf8.ValidString(name):
		return "", InvalidFields(map[string]string{"name": "The name is not valid text."})
	case utf8.RuneCountInString(name) > MaxName:
		return "", InvalidFields(map[string]string{"name": "The name is longer than 200 characters; choose a shorter one."})
	}
	for _, r := range name {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return "", InvalidFields(map[string]string{"name": "The name holds a control character; leave it out."})
		}
	}
	return name, nil
}

// HarmlessCell keeps a table program from taking a text for a formula: what
// begins like one gets an apostrophe. Whole numbers stay numbers.
func HarmlessCell(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r|%", rune(cell[0])) {
		return cell
	}
	if _, err := strconv.Atoi(cell); err == nil {
		return cell
	}
	return "'" + cell
}
