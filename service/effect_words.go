package service

import (
	"fmt"
	"strings"
)

// Words tells the effect in English, a line each: what is gained, what is lost.
func (e *Effect) Words() []string {
	if e.Nothing() {
		return []string{"Nobody gains or loses anything."}
	}
	lines := []string{number(e.People, "person", "people") + " would gain or lose rights:"}
	lines = append(lines, lineWords("gain", e.Gains, e.MoreGains)...)
	return append(lines, lineWords("lose", e.Losses, e.MoreLosses)...)
}

func lineWords(verb string, list []EffectLine, more int) []string {
	var lines []string
	for _, l := range list {
		text := verb + ": " + l.peopleWords()
		if len(l.Rights) > 0 {
			text += ": " + strings.Join(l.Rights, ", ") + " on " + l.Where
		}
		if words := l.Tickets.Words(); words != "" {
			text += ", " + words
		}
		lines = append(lines, text)
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("%s: and %d more of such lines", verb, more))
	}
	return lines
}

func (l *EffectLine) peopleWords() string {
	var names []string
	for _, n := range l.People {
		names = append(names, n.Text)
	}
	if rest := l.Total - len(names); rest > 0 {
		names = append(names, fmt.Sprintf("%d others", rest))
	}
	return strings.Join(names, ", ")
}

// Words tells the number in English; nothing where it is none.
func (t Tally) Words() string {
	switch {
	case t.Unknown:
		return "tickets not counted"
	case t.More:
		return fmt.Sprintf("%d or more tickets", t.Count)
	case t.Count == 0:
		return ""
	case t.About:
		return "about " + number(t.Count, "ticket", "tickets")
	}
	return number(t.Count, "ticket", "tickets")
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
