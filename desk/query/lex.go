package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	end tokenKind = iota
	word
	quoted
	sign // = != <> < <= > >= ( ) ,
)

// A token is a piece of a query: text is what it says, raw how it is written.
type token struct {
	kind      tokenKind
	text, raw string
	at        int // position of its first character, from 1
}

// is reports whether the token is that word or sign, without regard to case.
func (t token) is(what string) bool {
	return (t.kind == word || t.kind == sign) && strings.EqualFold(t.text, what)
}

// A lexer cuts a text into tokens, each character being looked at once.
type lexer struct {
	text string
	pos  int // in bytes
	at   int // in characters, from 1
	last int // where the last closing brace stands, in bytes
}

func newLexer(text string) lexer {
	return lexer{text: text, at: 1, last: strings.LastIndexByte(text, '}')}
}

func (l *lexer) peek() rune {
	r, _ := utf8.DecodeRuneInString(l.text[l.pos:])
	return r
}

// step goes on by one character.
func (l *lexer) step() {
	_, size := utf8.DecodeRuneInString(l.text[l.pos:])
	l.pos += size
	l.at++
}

func (l *lexer) done() bool { return l.pos >= len(l.text) }

// next returns the next token.
func (l *lexer) next() (token, *Error) {
	for !l.done() && unicode.IsSpace(l.peek()) {
		l.step()
	}
	t := token{at: l.at}
	if l.done() {
		return t, nil
	}
	start := l.pos
	switch r := l.peek(); {
	case r == '\'' || r == '"':
		text, ok := l.quotedText(r)
		if !ok {
			return t, &Error{At: t.at, Length: 1, Found: string(r), What: "this quotation mark is not closed"}
		}
		t.kind, t.text = quoted, text
	case strings.ContainsRune("=!<>(),", r):
		t.kind, t.text = sign, l.signText()
	default:
		l.wordText()
		t.kind, t.text = word, l.text[start:l.pos]
	}
	t.raw = l.text[start:l.pos]
	return t, nil
}

// quotedText reads what stands between quotation marks. A backslash makes the
// sign after it an ordinary one.
func (l *lexer) quotedText(mark rune) (string, bool) {
	var b strings.Builder
	for l.step(); !l.done(); l.step() {
		r := l.peek()
		if r == mark {
			l.step()
			return b.String(), true
		}
		if r == '\\' {
			if l.step(); l.done() {
				return "", false
			}
			r = l.peek()
		}
		b.WriteRune(r)
	}
	return "", false
}

func (l *lexer) signText() string {
	for _, two := range []string{"!=", "<>", "<=", ">="} {
		if strings.HasPrefix(l.text[l.pos:], two) {
			l.step()
			l.step()
			return two
		}
	}
	start := l.pos
	l.step()
	return l.text[start:l.pos]
}

// wordText passes a word. Braces in it hold anything: CF.{Beta Date}.
func (l *lexer) wordText() {
	inside := false
	for ; !l.done(); l.step() {
		r := l.peek()
		switch {
		case r == '{' && l.pos < l.last:
			inside = true
		case r == '}':
			inside = false
		case !inside && (unicode.IsSpace(r) || strings.ContainsRune("'\"=!<>(),", r)):
			return
		}
	}
}
