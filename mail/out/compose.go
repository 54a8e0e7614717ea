package out

import (
	"fmt"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// phrases are the words around what a letter says, in one language.
type phrases struct {
	wrote    string // when, who
	somebody string
	earlier  string
	older    string
	linked   string // name, size, address
	left     string // name, size
	moment   string // layout
}

// phrasesOf returns the phrases of a language such as "de" or "de-AT"; English
// where there are none.
func phrasesOf(language string) phrases {
	if strings.HasPrefix(strings.ToLower(language), "de") {
		return phrases{
			wrote: "Am %s schrieb %s:", somebody: "jemand", earlier: "Was bisher geschrieben wurde:", older: "(Was davor war, steht auf der Seite des Tickets.)",
			linked: "[%s, %s, ist zu groß für einen Brief. Sie finden es hier: %s ]", left: "[%s, %s, ist zu groß für einen Brief. Fragen Sie danach, indem Sie antworten.]",
			moment: "02.01.2006, 15:04 MST",
		}
	}
	return phrases{
		wrote: "On %s %s wrote:", somebody: "somebody", earlier: "What was written before:", older: "(What was before that stands on the ticket's page.)",
		linked: "[%s, %s, is too large for a letter. You find it here: %s ]", left: "[%s, %s, is too large for a letter. Ask for it by an answer.]",
		moment: "2 January 2006, 15:04 MST",
	}
}

// compose writes the letter.
func compose(letter *desk.Outgoing, parts *service.LetterParts, name, domain string) ([]byte, error) {
	text := fullText(letter.Body, parts)
	out := message.Outgoing{
		From: message.Address{Name: letter.From.Name, Address: letter.From.Address},
		To:   addresses(parts.To), Cc: addresses(parts.Cc),
		Subject: letter.Subject, MessageID: letter.LetterID, References: letter.Refs, Date: letter.At,
		Text: text, AutoSubmitted: letter.Auto,
		List: message.Address{Name: letter.List.Name, Address: letter.List.Address}, Unsubscribe: letter.Unsubscribe,
		Extra: []message.Field{{Name: message.DeskHeader, Value: name}},
	}
	if !parts.Plain {
		out.HTML = message.Markup(text)
	}
	if letter.Kind == desk.LetterDashboard {
		out.HTML = message.MarkupTables(text)
	}
	for _, f := range parts.Files {
		out.Attachments = append(out.Attachments, message.Part{Name: f.Name, Type: f.Type, Data: f.Data})
	}
	if len(out.To)+len(out.Cc) == 0 {
		out.To = []message.Address{{Address: letter.Address}}
	}
	if out.From.Address == "" { // about no ticket
		out.From = message.Address{Name: name, Address: "desk@" + domain}
	}
	if letter.ReplyTo != "" {
		out.ReplyTo = []message.Address{{Address: letter.ReplyTo}}
	}
	if len(letter.Refs) > 0 {
		out.InReplyTo = letter.Refs[0]
	}
	return message.Compose(out)
}

func addresses(list []desk.MailAddress) []message.Address {
	var out []message.Address
	for _, a := range list {
		out = append(out, message.Address{Name: a.Name, Address: a.Address})
	}
	return out
}

// fullText is what a letter says, with what could not go with it, and the
// conversation so far. These stand before its end, so that a mail program that
// cuts off what stands below "-- " shows them.
func fullText(body string, parts *service.LetterParts) string {
	said := phrasesOf(parts.Language)
	var more strings.Builder
	for _, f := range parts.Links {
		if f.URL == "" {
			fmt.Fprintf(&more, "\n"+said.left+"\n", f.Name, size(f.Size))
		} else {
			fmt.Fprintf(&more, "\n"+said.linked+"\n", f.Name, size(f.Size), f.URL)
		}
	}
	if len(parts.History) > 0 {
		more.WriteString("\n" + said.earlier + "\n")
	}
	for _, line := range parts.History {
		author := line.Author
		if author == "" {
			author = said.somebody
		}
		at := line.At
		if parts.Zone != nil {
			at = at.In(parts.Zone)
		} else {
			at = at.In(time.UTC)
		}
		fmt.Fprintf(&more, "\n"+said.wrote+"\n%s\n", at.Format(said.moment), author, quote(written(line.Text)))
	}
	if parts.Older {
		more.WriteString("\n" + said.older + "\n")
	}
	if more.Len() == 0 {
		return body
	}
	if at := strings.LastIndex(body, "\n-- \n"); at >= 0 {
		return body[:at] + more.String() + body[at:]
	}
	return strings.TrimRight(body, "\n") + "\n" + more.String()
}

// written is what was written for a message, without what it quotes and its
// signature; where that is nothing, all of it.
func written(text string) string {
	var kept []string
	for _, run := range message.Runs(text) {
		if run.Kind == message.Written && strings.TrimSpace(run.Text) != "" {
			kept = append(kept, run.Text)
		}
	}
	if len(kept) == 0 {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(strings.Join(kept, "\n\n"))
}

func quote(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("> "+line, " ")
	}
	return strings.Join(lines, "\n")
}

// size writes a number of bytes as people read it.
func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(n>>10, 1))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
