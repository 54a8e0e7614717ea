package condition

import (
	"fmt"
	"regexp"
	"strings"

	"cel.dev/cel-go/cel"

	"gatehouse/desk/spelling"
)

// explained makes the first issue an error for people: where, what was
// expected, and which known name could be meant.
func explained(text string, issues *cel.Issues) error {
	first := issues.Errors()[0]
	e := &Error{Line: max(first.Location.Line(), 1), Column: max(first.Location.Column()+1, 1), Text: first.Message}
	switch {
	case strings.HasPrefix(first.Message, "undeclared reference to"):
		var word string
		word, e.Column = wordAt(text, e.Line, e.Column)
		e.Text = unknown(word)
	case strings.HasPrefix(first.Message, "Syntax error: "):
		e.Text = syntax(strings.TrimPrefix(first.Message, "Syntax error: "))
	case strings.HasPrefix(first.Message, "found no matching overload"):
		e.Text = overload(first.Message)
	case strings.Contains(first.Message, "recursion"), strings.Contains(first.Message, "expression size"), strings.Contains(first.Message, "code point size"):
		e.Text = "the condition is nested too deeply or too long; make two rules of it"
	}
	e.Text = strings.ToValidUTF8(strings.ReplaceAll(e.Text, "\n", " "), "")
	return e
}

// syntax says what the parser expected; its own words are long lists.
func syntax(message string) string {
	message, expected, ok := strings.Cut(message, "expecting")
	if !ok {
		return strings.TrimSpace(message)
	}
	expected = strings.TrimSpace(expected)
	if len(expected) > 60 {
		expected = `a name, a number, a text in quotes or "("`
	}
	at := strings.NewReplacer("mismatched input", "unexpected", "extraneous input", "unexpected", "<EOF>", "end", "no viable alternative at input", "unexpected").Replace(message)
	return strings.TrimSpace(at) + "; expected " + strings.ReplaceAll(expected, "<EOF>", "the end")
}

var overloaded = regexp.MustCompile(`'([^']*)' applied to '(.*)'`)

// overload says which types do not go together.
func overload(message string) string {
	found := overloaded.FindStringSubmatch(message)
	if found == nil {
		return message
	}
	operator := strings.Trim(strings.NewReplacer("_", "", "[_]", "[]").Replace(found[1]), "@")
	types := strings.NewReplacer("string", "text", "int", "number", "bool", "yes or no", "google.protobuf.Timestamp", "time",
		"timestamp", "time", "google.protobuf.Duration", "duration", "list(text)", "texts").Replace(strings.Trim(found[2], "()"))
	return fmt.Sprintf("%s cannot be used with %s; expected both sides to be of one type, such as text in quotes or a number, or duration(\"48h\")", operator, types)
}

func typeName(t *cel.Type) string {
	for name, k := range kinds() {
		if k.cel.String() == t.String() {
			return "a " + name
		}
	}
	return t.String()
}

// wordAt returns the dotted name around a place of the text, and the column
// where it begins.
func wordAt(text string, line, column int) (string, int) {
	lines := strings.Split(text, "\n")
	if line > len(lines) || column > len([]rune(lines[line-1])) {
		return "", column
	}
	rest := []rune(lines[line-1])
	start, end := column-1, column-1
	for start > 0 && ofName(rest[start-1]) {
		start--
	}
	for end < len(rest) && ofName(rest[end]) {
		end++
	}
	return strings.Trim(string(rest[start:end]), "."), start + 1
}

func ofName(r rune) bool {
	return r == '.' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// unknown says that there is no such name, and which is the nearest.
func unknown(word string) string {
	if near := nearest(word); near != "" {
		return fmt.Sprintf("there is no name %s; did you mean %s?", word, near)
	}
	return fmt.Sprintf("there is no name or function %s; names are ticket.…, event.…, message.… and now", word)
}

func nearest(word string) string {
	var names []string
	for _, n := range Names() {
		names = append(names, n.Name)
	}
	return spelling.Nearest(word, names)
}
