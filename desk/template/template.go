// Package template is the language of the texts of letters and of what rules
// write: {{ticket.subject}} is put in, perhaps through a filter, as in
// {{message.text | quote}}. There are no calls, no loops and no conditions.
//
// A template that was parsed names only what there is. Rendering takes time and
// room in proportion to what is put in, up to a limit. The package reads nothing
// and keeps nothing; what the fields hold, and for whom, others decide.
package template

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"gatehouse/desk/spelling"
)

// Limits of a template, in bytes and fields, and of what comes out.
const (
	MaxSize   = 64 << 10
	maxFields = 200
	maxOut    = 2 << 20
)

// A Field is something that a template can put in.
type Field struct {
	Name string
	Help string // one sentence, in English
	// Letter: only letters have it, not what a rule writes on tickets.
	Letter bool
}

// Fields lists what a template can put in, in the order in which it is
// explained.
func Fields() []Field {
	return []Field{
		{"ticket.id", "The number of the ticket, as #42.", false},
		{"ticket.subject", "Its subject.", false},
		{"ticket.status", "Its status.", false},
		{"ticket.queue", "The name of its queue; empty for who may not see the queue.", false},
		{"ticket.priority", "Its priority; empty for contacts.", false},
		{"ticket.owner", "The name of its owner; empty: nobody.", false},
		{"ticket.requestors", "The names of its requestors; empty for contacts.", false},
		{"ticket.customers", "The names of its customers; empty for contacts.", false},
		{"ticket.created", "When it was opened.", false},
		{"ticket.due", "When it is to be done; empty: not set.", false},
		{"ticket.waited", "How long the customer has waited for an answer; on an answer, how long he had. Empty: he has not.", false},
		{"ticket.url", "The address of its page; empty for who has no page.", false},
		{"ticket.line", "One line that names the ticket, in the reader's language.", true},
		{"ticket.for", "One line that says for whom the ticket is; empty for contacts.", true},
		{"event.says", "One sentence that says what happened and who did it, in the reader's language.", true},
		{"event.from", "What it was before: a status, an owner, a queue.", false},
		{"event.to", "What it is now.", false},
		{"event.at", "When it happened.", false},
		{"actor.name", "The name of who did it.", false},
		{"message.text", "What was written. An acknowledgement holds only what somebody at the desk wrote.", false},
		{"message.subject", "The subject of the message.", false},
		{"reader.name", "The name of who gets the letter.", true},
		{"answer", "One sentence that says how to answer, in the reader's language.", true},
		{"rate", "The question whether he is content with how it was solved, with the link to answer it; only in the letter that says so, to who may.", true},
		{"waited", "One sentence that says how long the customer has waited; only in letters of rules to agents.", true},
		{"why", "Why he gets the letter, with every reason, in the reader's language.", true},
		{"rule.name", "The name of the rule; empty: no rule did it.", false},
		{"desk.name", "The name of the desk.", false},
	}
}

// ReplyFields lists what a reply template can put in, which an agent puts into
// what he writes, in the order in which it is explained.
func ReplyFields() []Field {
	return []Field{
		{"contact.name", "The name of who asked; empty: nobody, or a company only.", false},
		{"contact.first", "The first word of that name.", false},
		{"customer.name", "The company that the ticket is for; empty: none.", false},
		{"ticket.id", "The number of the ticket, as #42.", false},
		{"ticket.subject", "Its subject.", false},
		{"ticket.queue", "The name of its queue; empty where you may not see it.", false},
		{"ticket.due", "The day on which it is to be done; empty: not set.", false},
		{"ticket.url", "The address of its page for customers.", false},
		{"me.name", "Your name.", false},
		{"me.first", "The first word of your name.", false},
		{"desk.name", "The name of the desk.", false},
	}
}

// Filters lists the filters, each with what it does.
func Filters() []Field {
	return []Field{
		{"upper", "In capital letters.", false},
		{"lower", "In small letters.", false},
		{"line", "On one line.", false},
		{"quote", "Each line behind a >.", false},
		{"cut 80", "The first 80 letters.", false},
		{"lines 5", "The first 5 lines.", false},
		{`default "nobody"`, "That text where there is nothing.", false},
	}
}

// An Error says what is wrong with a template and where.
type Error struct {
	Line, Column int // both from 1
	Text         string
}

// Error returns the place and the sentence.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Text)
}

// A Template is parsed. Its zero value is empty.
type Template struct{ lines [][]part }

// A part is text as it stands, or a field with its filters.
type part struct {
	text    string
	field   string // empty: it is text
	filters []filter
}

type filter struct {
	name   string
	number int
	text   string
}

// Parse reads a template of a letter. What is wrong is an *Error.
func Parse(text string) (*Template, error) { return parse(text, Fields()) }

// ParseReply reads a reply template, which has fields of its own.
func ParseReply(text string) (*Template, error) { return parse(text, ReplyFields()) }

func parse(text string, names []Field) (*Template, error) {
	if len(text) > MaxSize {
		return nil, &Error{1, 1, "the template is longer than 64 KB; make it shorter"}
	}
	if !utf8.ValidString(text) {
		return nil, &Error{1, 1, "the template is not valid text"}
	}
	t := &Template{}
	fields := 0
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		parts, err := parseLine(line, i+1, names)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			if p.field != "" {
				fields++
			}
		}
		t.lines = append(t.lines, parts)
	}
	if fields > maxFields {
		return nil, &Error{1, 1, "the template has more than 200 fields"}
	}
	return t, nil
}

func parseLine(line string, number int, names []Field) ([]part, error) {
	var parts []part
	for at := 0; ; {
		open := strings.Index(line[at:], "{{")
		if open < 0 {
			return append(parts, part{text: line[at:]}), nil
		}
		open += at
		column := utf8.RuneCountInString(line[:open]) + 1
		if open > at && line[open-1] == '\\' {
			parts = append(parts, part{text: line[at:open-1] + "{{"})
			at = open + 2
			continue
		}
		end := strings.Index(line[open:], "}}")
		if end < 0 {
			return nil, &Error{number, column, "{{ without }} on the same line; write \\{{ for two brackets"}
		}
		p, err := parseField(line[open+2:open+end], names)
		if err != nil {
			return nil, &Error{number, column + 2, err.Error()}
		}
		parts = append(parts, part{text: line[at:open]}, *p)
		at = open + end + 2
	}
}

func parseField(text string, names []Field) (*part, error) {
	pieces := strings.Split(text, "|")
	p := &part{field: strings.TrimSpace(pieces[0])}
	if p.field == "" {
		return nil, fmt.Errorf("a field was expected, as in {{ticket.subject}}")
	}
	var known []string
	for _, f := range names {
		known = append(known, f.Name)
		if f.Name == p.field {
			known = nil
			break
		}
	}
	if known != nil {
		return nil, unknown("field", p.field, known)
	}
	for _, piece := range pieces[1:] {
		f, err := parseFilter(strings.TrimSpace(piece))
		if err != nil {
			return nil, err
		}
		p.filters = append(p.filters, *f)
	}
	return p, nil
}

func parseFilter(text string) (*filter, error) {
	name, argument, _ := strings.Cut(text, " ")
	argument = strings.TrimSpace(argument)
	f := &filter{name: name}
	switch name {
	case "upper", "lower", "line", "quote":
		if argument != "" {
			return nil, fmt.Errorf("the filter %s takes nothing", name)
		}
	case "cut", "lines":
		n, err := strconv.Atoi(argument)
		if err != nil || n < 1 || n > 100_000 {
			return nil, fmt.Errorf("the filter %s takes a number, as in %s 80", name, name)
		}
		f.number = n
	case "default":
		if len(argument) < 2 || argument[0] != '"' || argument[len(argument)-1] != '"' {
			return nil, fmt.Errorf(`the filter default takes a text in quotes, as in default "nobody"`)
		}
		f.text = argument[1 : len(argument)-1]
	default:
		return nil, unknown("filter", name, []string{"upper", "lower", "line", "quote", "cut", "lines", "default"})
	}
	return f, nil
}

// Names lists the fields that the template puts in, each once.
func (t *Template) Names() []string {
	var names []string
	seen := map[string]bool{}
	for _, line := range t.lines {
		for _, p := range line {
			if p.field != "" && !seen[p.field] {
				seen[p.field] = true
				names = append(names, p.field)
			}
		}
	}
	return names
}

// Render puts values in. A line whose fields are all empty is left out, so that
// a template needs no conditions; blank lines around it become one. Blanks at
// the ends go, and what is longer than 2 MB is cut. A line of -- alone divides
// the letter from its end as mail programs know it.
func (t *Template) Render(values map[string]string) string {
	var out strings.Builder
	blank, dropped := true, false
	for _, line := range t.lines {
		text, keep := render(line, values)
		if !keep {
			dropped = true
			continue
		}
		empty := len(line) == 1 && strings.TrimSpace(text) == ""
		if empty && blank && dropped {
			continue
		}
		blank, dropped = empty, dropped && empty
		if out.Len()+len(text) > maxOut {
			break
		}
		if text = strings.TrimRight(text, " "); text == "--" {
			text = "-- " // by which mail programs know the end (RFC 3676, 4.3)
		}
		out.WriteString(text + "\n")
	}
	return strings.TrimSpace(out.String())
}

// render returns a line, and false where it has fields and all are empty.
func render(line []part, values map[string]string) (string, bool) {
	var out strings.Builder
	fields, full := 0, 0
	for _, p := range line {
		if p.field == "" {
			out.WriteString(p.text)
			continue
		}
		fields++
		text := strings.ToValidUTF8(values[p.field], "\uFFFD")
		for _, f := range p.filters {
			text = f.apply(text)
		}
		if text = strings.TrimRight(text, " \n"); strings.TrimSpace(text) != "" {
			full++
		}
		if room := maxOut - out.Len(); len(text) > room {
			text = strings.ToValidUTF8(text[:max(room, 0)], "")
		}
		out.WriteString(text)
	}
	return out.String(), fields == 0 || full > 0
}

func (f filter) apply(text string) string {
	switch f.name {
	case "upper":
		return strings.ToUpper(text)
	case "lower":
		return strings.ToLower(text)
	case "line":
		return strings.Join(strings.Fields(text), " ")
	case "quote":
		if strings.TrimSpace(text) == "" {
			return ""
		}
		return "> " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ")
	case "cut":
		if runes := []rune(text); len(runes) > f.number {
			return string(runes[:f.number]) + "…"
		}
	case "lines":
		if lines := strings.SplitN(text, "\n", f.number+1); len(lines) > f.number {
			return strings.Join(lines[:f.number], "\n")
		}
	case "default":
		if strings.TrimSpace(text) == "" {
			return f.text
		}
	}
	return text
}

// unknown says that there is no such thing, and which is the nearest.
func unknown(what, word string, known []string) error {
	if near := spelling.Nearest(word, known); near != "" {
		return fmt.Errorf("there is no %s %s; did you mean %s?", what, word, near)
	}
	return fmt.Errorf("there is no %s %s; there are %s", what, word, strings.Join(known, ", "))
}
