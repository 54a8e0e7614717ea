package message

import "strings"

// CleanText makes s a plain text: valid UTF-8, every kind of line end "\n",
// no control characters but tabs, no byte order marks.
func CleanText(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == '\ufeff':
			return -1
		}
		return r
	}, s)
}

// Unflow joins the lines of a text in format=flowed (RFC 3676). With delsp the
// blank that marks a join is removed, as such texts want it.
func Unflow(s string, delsp bool) string {
	var out strings.Builder
	depth, flowing := 0, false
	for i, line := range strings.Split(s, "\n") {
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		marks, text := line[:quotes], line[quotes:]
		text = strings.TrimPrefix(text, " ") // stuffed
		if text == "-- " {
			flowing = false // a signature is never joined
		}
		if !flowing || quotes != depth {
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(marks)
			if quotes > 0 && text != "" {
				out.WriteByte(' ')
			}
		}
		depth = quotes
		flowing = strings.HasSuffix(text, " ") && text != "-- "
		if flowing && delsp {
			text = strings.TrimSuffix(text, " ")
		}
		out.WriteString(text)
	}
	return out.String()
}
