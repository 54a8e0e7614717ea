package message

import (
	"regexp"
	"strings"
)

// A Run is a stretch of a text, in whole lines.
type Run struct {
	Kind RunKind
	Text string // without the marks of the outermost quotation, and blank lines at its ends
}

// A RunKind says what a stretch of a text is.
type RunKind uint8

// What people write, what they repeat of the letter that they answer, and what
// their programs put below.
const (
	Written RunKind = iota
	Quoted
	Signature
)

// Runs parts a text into what was written for this letter, what is quoted of
// earlier ones and the signature, as mail programs in many languages set them.
// No word is lost: what it takes wrongly for a quotation is only in another
// run. A letter that is nothing but a letter passed on counts as written.
func Runs(text string) []Run {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	kinds := make([]RunKind, len(lines))
	for i, line := range lines {
		if strings.HasPrefix(line, ">") {
			kinds[i] = Quoted
		}
	}
	for i := range lines {
		if kinds[i] == Quoted && i > 0 && kinds[i-1] != Quoted {
			markIntroduction(lines, kinds, i)
		}
	}
	markTail(lines, kinds)
	markSignature(lines, kinds)
	var runs []Run
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && kinds[to] == kinds[from] {
			to++
		}
		runs = appendRun(runs, lines[from:to], kinds[from])
		from = to
	}
	return runs
}

func appendRun(runs []Run, lines []string, kind RunKind) []Run {
	kept := make([]string, len(lines))
	for i, line := range lines {
		kept[i] = line
		if rest, ok := strings.CutPrefix(line, ">"); ok && kind == Quoted {
			kept[i] = strings.TrimPrefix(rest, " ")
		}
	}
	text := strings.Trim(strings.Join(kept, "\n"), "\n")
	if strings.TrimSpace(text) == "" {
		return runs
	}
	return append(runs, Run{kind, text})
}

// maxIntroduction is the length in bytes of a line that can introduce a
// quotation.
const maxIntroduction = 300

// opens matches how a line begins that says when somebody wrote something.
var opens = regexp.MustCompile(`^(?i:on|am|le|el|il|op|em|w dniu|dnia|dne|den|em|il giorno|a|på|pe|tarihinde|в|在|(\d{4}年)|\d{1,4}[-./])[ \d]`)

// markIntroduction counts the lines before a quotation to it where they are
// like "On Monday Bob wrote:", which programs fold into two or three lines.
func markIntroduction(lines []string, kinds []RunKind, at int) {
	last := at - 1
	if last > 0 && strings.TrimSpace(lines[last]) == "" {
		last--
	}
	if !introduces(lines[last]) {
		return
	}
	first := last
	for n := 1; n <= 2 && last-n >= 0 && strings.TrimSpace(lines[last-n]) != ""; n++ {
		if opens.MatchString(strings.TrimSpace(lines[last-n])) {
			first = last - n
			break
		}
	}
	for i := first; i < at; i++ {
		kinds[i] = Quoted
	}
}

func introduces(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) < maxIntroduction && (strings.HasSuffix(line, ":") || strings.HasSuffix(line, "："))
}

// markTail finds the line from which on all is an earlier letter that no mark
// quotes, as Outlook, Notes and many telephones set it. Where nothing stands
// above it somebody passes a letter on, which is what he has to say.
func markTail(lines []string, kinds []RunKind) {
	written := false
	for i, line := range lines {
		if kinds[i] != Quoted && endsWriting(lines, i) {
			for ; written && i < len(lines); i++ {
				kinds[i] = Quoted
			}
			return
		}
		written = written || kinds[i] != Quoted && strings.TrimSpace(line) != "" && !isRule(line)
	}
}

// endsWriting reports whether an earlier letter begins at a line.
func endsWriting(lines []string, at int) bool {
	line := strings.TrimSpace(lines[at])
	switch {
	case line == "" || len(line) > maxIntroduction:
		return false
	case isRule(line):
		return at+1 < len(lines) && startsHeader(lines, nextLine(lines, at+1))
	case strings.HasPrefix(line, "--"):
		title := strings.ToLower(strings.TrimSpace(strings.Trim(line, "-")))
		return title != "" && strings.HasSuffix(line, "--") && (oneOf(title, dividers) || startsHeader(lines, nextLine(lines, at+1)))
	case notesLine.MatchString(line):
		return true
	case introduces(line) && opens.MatchString(line):
		return strings.Contains(line, "@") && strings.ContainsAny(line, "0123456789")
	case strings.HasSuffix(line, ":") && oneOf(strings.ToLower(strings.TrimSuffix(line, ":")), dividers):
		return true
	}
	return startsHeader(lines, at)
}

// notesLine matches what Lotus Notes sets above: Bob Baker ---02.03.2026 10:11:12---Toner.
var notesLine = regexp.MustCompile(`^\S.* ?---+ ?\d{1,4}[-./]\d{1,2}[-./]\d{1,4} \d{1,2}:\d{2}.*---`)

// isRule reports whether a line divides by underscores only.
func isRule(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= 5 && strings.Trim(line, "_") == ""
}

func nextLine(lines []string, at int) int {
	for at < len(lines)-1 && strings.TrimSpace(lines[at]) == "" {
		at++
	}
	return at
}

// headerLines is how many lines the header of an earlier letter may have in a
// text, blank ones included.
const headerLines = 12

// startsHeader reports whether the header of an earlier letter stands at a
// line: who wrote it, and below that at least two of when, to whom and what
// about.
func startsHeader(lines []string, at int) bool {
	if at >= len(lines) || !oneOf(label(lines[at]), labelsFrom) {
		return false
	}
	more := 0
	for _, line := range lines[at+1 : min(len(lines), at+headerLines)] {
		if oneOf(label(line), labelsOther) {
			more++
		}
	}
	return more >= 2
}

// label returns what stands before the first colon of a line, such as "von" of
// "*Von:* Bob".
func label(line string) string {
	line = strings.TrimLeft(line, "* \t\u00a0")
	end := strings.IndexAny(line, ":：")
	if end <= 0 || end > 40 {
		return ""
	}
	return strings.ToLower(strings.Trim(line[:end], "* \t\u00a0"))
}

func oneOf(word, list string) bool {
	return word != "" && strings.Contains(list, "|"+word+"|")
}

// maxSignature is how many lines a signature has at the most.
const maxSignature = 15

// markSignature finds the signature above the quotation or at the end: below a
// line of two dashes, or what a telephone adds.
func markSignature(lines []string, kinds []RunKind) {
	end := len(lines)
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if kinds[i] == Quoted {
			end = i
			continue
		}
		if line == "" || end-i > maxSignature {
			continue
		}
		if line == "--" || lines[i] == "-- " || (lastWords(lines[i:end]) && advertises(line)) {
			for ; i < end; i++ {
				kinds[i] = Signature
			}
			return
		}
	}
}

// lastWords reports whether at most two lines of text follow the first one.
func lastWords(lines []string) bool {
	n := 0
	for _, line := range lines[1:] {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n <= 2
}

func advertises(line string) bool {
	return len(line) < 200 && advertisement.MatchString(line)
}
