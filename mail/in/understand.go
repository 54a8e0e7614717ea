// Package in takes letters in: by LMTP, by SMTP and from a pipe.
//
// It promises that a letter is stored as it came before it is acknowledged,
// that what a client can make the desk hold is bounded, and that every letter
// becomes one that the desk can work with: a letter that cannot be read, or of
// which reading fails, goes on with what its header says and is attached whole.
//
// It decides nothing about tickets or rights; service does. It neither adds
// header fields of its own nor passes letters on.
package in

import (
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// Understand turns a letter as it was stored into what the desk needs of it.
// It never fails: of a letter over a limit or broken beyond reading, the text
// says so and the letter itself is attached as letter.eml.
func Understand(entry *desk.Spooled, deskName string) desk.Letter {
	l, _ := understand(entry, deskName)
	return l
}

func understand(entry *desk.Spooled, deskName string) (desk.Letter, *message.Letter) {
	read, err := readSafely(func() (*message.Letter, error) {
		return message.Parse(entry.Raw, message.DefaultLimits())
	})
	if err != nil {
		read = unreadable(entry.Raw, err)
	}
	l := desk.Letter{
		Spool: entry.ID, Envelope: entry.Envelope,
		From: sender(read, entry.Envelope), Recipients: recipients(read),
		Subject: read.Subject, Text: read.Text, HTML: read.HTML,
		LetterID: read.MessageID, InReplyTo: read.InReplyTo, References: slices.Clone(read.References),
		Files: files(read.Parts), Defects: read.Defects,
	}
	slices.Reverse(l.References) // the nearest first, as in InReplyTo
	kind := read.Automatic(envelopeSender(entry.Envelope), deskName)
	l.Spam = read.Spam()
	if kind == message.Bounce {
		l.Reports, l.Returned = reports(read)
	}
	l.Automatic, l.Own, l.Bounce = string(kind), kind == message.Own, kind == message.Bounce
	fit(&l)
	return l, read
}

// readSafely makes a panic of the reader an error: no letter may keep the desk
// from the ones behind it.
func readSafely(read func() (*message.Letter, error)) (l *message.Letter, err error) {
	defer func() {
		if r := recover(); r != nil {
			l, err = nil, fmt.Errorf("reading it failed: %v", r)
		}
	}()
	return read()
}

// unreadable returns what can be said of a letter without its body.
func unreadable(raw []byte, reason error) *message.Letter {
	l, err := readSafely(func() (*message.Letter, error) { return message.ParseHeader(raw), nil })
	if err != nil {
		l = &message.Letter{}
	}
	why := "This letter could not be read: " + reason.Error() + "."
	l.Defects = append(l.Defects, why)
	l.Text, l.HTML = why+" It is attached as it came.\n", ""
	l.Parts = []message.Part{{Name: "letter.eml", Type: "message/rfc822", Data: raw}}
	return l
}

// sender returns who wrote the letter; where its header does not say, who sent
// it by the envelope.
func sender(l *message.Letter, env desk.Envelope) desk.MailAddress {
	for _, a := range []message.Address{l.From, l.Sender, {Address: env.From}, {Address: strings.Trim(l.Get("Return-Path"), "<> ")}} {
		if address, err := message.Canonical(a.Address); err == nil {
			return desk.MailAddress{Name: personName(a.Name), Address: address}
		}
	}
	return desk.MailAddress{}
}

// personName makes of a name in a letter one that a user can have.
func personName(name string) string {
	if runes := []rune(name); len(runes) > desk.MaxName {
		name = string(runes[:desk.MaxName])
	}
	if name, err := desk.CheckName("user", name); err == nil {
		return name
	}
	return ""
}

func reports(l *message.Letter) (list []desk.Report, returned []string) {
	found, returned := l.Reports()
	for _, r := range found {
		list = append(list, desk.Report{Recipient: r.Recipient, Permanent: r.Permanent, Reason: r.Reason})
	}
	return list, returned
}

func recipients(l *message.Letter) []desk.MailAddress {
	var list []desk.MailAddress
	for _, a := range slices.Concat(l.To, l.Cc) {
		if address, err := message.Canonical(a.Address); err == nil {
			list = append(list, desk.MailAddress{Name: a.Name, Address: address})
		}
	}
	return list
}

func files(parts []message.Part) []desk.Attachment {
	var list []desk.Attachment
	for _, p := range parts {
		list = append(list, desk.Attachment{Name: p.Name, Type: p.Type, ContentID: p.ContentID, Inline: p.Inline,
			Size: int64(len(p.Data)), Data: p.Data})
	}
	return list
}

// envelopeSender tells a null sender, which SMTP knows, from one of which a
// pipe says nothing.
func envelopeSender(env desk.Envelope) string {
	if env.From == "" && (env.Via == viaLMTP || env.Via == viaSMTP) {
		return "<>"
	}
	return env.From
}

// fit moves texts that are larger than a message can hold into files: what
// somebody wrote is kept whole, however much it is.
func fit(l *desk.Letter) {
	const note = "\n\n[The text goes on in the attached file.]\n"
	if len(l.Text) > service.MaxText {
		l.Files = append(l.Files, textFile("text.txt", "text/plain", l.Text))
		l.Text = strings.ToValidUTF8(l.Text[:service.MaxText-len(note)], "") + note
	}
	if len(l.HTML) > service.MaxText {
		l.Files = append(l.Files, textFile("text.html", "text/html", l.HTML))
		l.HTML = ""
	}
}

func textFile(name, kind, text string) desk.Attachment {
	return desk.Attachment{Name: name, Type: kind, Size: int64(len(text)), Data: []byte(text)}
}
