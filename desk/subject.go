package desk

import (
	"strconv"
	"strings"
)

// SubjectTag finds the tag [name #123] in a subject and returns its number;
// of several the first one. The name is compared without regard to case.
func SubjectTag(subject, name string) (ticket TicketID, ok bool) {
	for i := 0; i < len(subject); i++ {
		if subject[i] != '[' {
			continue
		}
		if ticket, _, ok = tagAt(subject[i:], name); ok {
			return ticket, true
		}
	}
	return 0, false
}

// TagSubject returns the subject with the tag [name #ticket] in it once, after
// "Re:" and its like, and without other tags of that name.
func TagSubject(subject, name string, ticket TicketID) string {
	rest := StripTag(subject, name)
	prefix := rest[:replyPrefix(rest)]
	tag := "[" + name + " #" + strconv.FormatInt(int64(ticket), 10) + "]"
	return strings.TrimSpace(prefix + tag + " " + rest[len(prefix):])
}

// StripTag returns the subject without tags of that name, runs of blanks made
// one.
func StripTag(subject, name string) string {
	subject = strings.Join(strings.Fields(subject), " ")
	out := make([]byte, 0, len(subject))
	var opened []int // where in out a bracket opens that may begin a tag
	for i := 0; i < len(subject); i++ {
		out = append(out, subject[i])
		switch subject[i] {
		case '[':
			opened = append(opened, len(out)-1)
		case ']':
			if len(opened) == 0 {
				continue
			}
			at := opened[len(opened)-1]
			opened = opened[:len(opened)-1]
			if _, size, ok := tagAt(string(out[at:min(len(out), at+maxTag(name))]), name); ok && at+size == len(out) {
				out = out[:at]
			}
		}
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// maxTag bounds the length of a tag in bytes: blanks and leading zeros may be
// in it, but not without end.
func maxTag(name string) int { return len(name) + 40 }

// tagAt reads a tag at the start of s and returns its number and length.
func tagAt(s, name string) (ticket TicketID, size int, ok bool) {
	s = s[:min(len(s), maxTag(name))]
	rest := strings.TrimLeft(s[1:], " ")
	if name == "" || len(rest) < len(name) || !strings.EqualFold(rest[:len(name)], name) {
		return 0, 0, false
	}
	rest, ok = strings.CutPrefix(strings.TrimLeft(rest[len(name):], " "), "#")
	if !ok {
		return 0, 0, false
	}
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	number, err := strconv.ParseInt(rest[:digits], 10, 64)
	after, ok := strings.CutPrefix(strings.TrimLeft(rest[digits:], " "), "]")
	if err != nil || !ok || number <= 0 {
		return 0, 0, false
	}
	return TicketID(number), len(s) - len(after), true
}

// replyWords begin the subjects of answers and forwarded letters in the
// languages whose programs translate them.
var replyWords = []string{"re", "aw", "antw", "sv", "vs", "rv", "res", "odp", "fwd", "fw", "wg", "tr", "vb"}

// replyPrefix returns how many bytes of s are "Re: ", "AW: Re: " and so on.
func replyPrefix(s string) int {
	total := 0
	for {
		n := replyWord(s[total:])
		if n == 0 {
			return total
		}
		total += n
	}
}

func replyWord(s string) int {
	for _, w := range replyWords {
		if len(s) > len(w)+1 && strings.EqualFold(s[:len(w)], w) && s[len(w):len(w)+2] == ": " {
			return len(w) + 2
		}
	}
	return 0
}
