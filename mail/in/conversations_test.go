package in_test

import "strings"

// conversations are what clients say, behind >, how the answers begin, and how
// many letters are stored in the end.
var conversations = []struct {
	why    string
	lmtp   bool
	script string
	stored int
}{
	{"a letter", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example> SIZE=10 BODY=8BITMIME
		250
		> RCPT TO:<Support@DESK.example>
		250
		> DATA
		354
		> Subject: x
		>
		> ..dots
		> .
		250 2.0.0
		> QUIT
		221`, 1},
	{"an unknown address is refused before the letter is sent", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example>
		250
		> RCPT TO:<nobody@desk.example>
		550 5.1.1
		> RCPT TO:<>
		501
		> DATA
		502`, 0},
	{"LMTP answers for each recipient", true, `220
		> LHLO c
		250
		> MAIL FROM:<>
		250
		> RCPT TO:<support@desk.example>
		250
		> RCPT TO:<nobody@desk.example>
		550 5.1.1
		> RCPT TO:<support-comment@desk.example>
		250
		> DATA
		354
		> Subject: x
		>
		> y
		> .
		250 2.0.0 <support@desk.example>
		250 2.0.0 <support-comment@desk.example>
		> QUIT
		221`, 2},
	{"who speaks SMTP to LMTP is told so", true, "220\n> EHLO c\n500", 0},
	{"a letter that says that it is too large", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example> SIZE=5000
		552 5.3.4`, 0},
	{"a letter that turns out too large; the next one fits", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example>
		250
		> RCPT TO:<support@desk.example>
		250
		> DATA
		354
		` + strings.Repeat("> "+strings.Repeat("x", 70)+"\n", 70) + `> .
		552 5.3.4
		> MAIL FROM:<a@x.example>
		250
		> RCPT TO:<support@desk.example>
		250
		> DATA
		354
		> y
		> .
		250`, 1},
	{"too many recipients", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example>
		250
		> RCPT TO:<support@desk.example>
		250
		> RCPT TO:<support@desk.example>
		250
		> RCPT TO:<support@desk.example>
		452 4.5.3`, 0},
	{"a letter that goes round in circles", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example>
		250
		> RCPT TO:<support@desk.example>
		250
		> DATA
		354
		` + strings.Repeat("> Received: from here\n", 51) + `>
		> y
		> .
		554 5.4.6`, 0},
	{"nonsense", false, "220\n> \x00\x01\n501\n> MAIL FROM:a\n502\n> EHLO c\n250\n> RCPT TO:<support@desk.example>\n502\n> WHAT\n500\n> NOOP\n250", 0},
	{"an address outside ASCII", false, `220
		> EHLO c
		250
		> MAIL FROM:<jörg@x.example> SMTPUTF8
		250
		> RCPT TO:<überall@desk.example>
		550 5.1.1
		> RCPT TO:<support@desk.example>
		250
		> DATA
		354
		> Subject: ü
		>
		> y
		> .
		250`, 1},
	{"a letter in chunks", false, `220
		> EHLO c
		250
		> MAIL FROM:<a@x.example>
		250
		> RCPT TO:<support@desk.example>
		250
		> BDAT 3 LAST
		> x
		250`, 1},
}
