package notify

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/template"
	"gatehouse/service"
)

// body returns the text of a letter: what happened, what was written, which
// ticket it is about, and why he gets it.
func body(news *service.News, from Desk, r service.Recipient) string {
	w := wordsOf(news.Languages[r.User])
	if news.Rule != nil && news.Rule.Then.Letter != "" {
		return ownLetter(news, from, w, r) + "\n"
	}
	paragraphs := []string{opening(news, w, r.Kind)}
	if showsText(news, r.Kind) {
		paragraphs = append(paragraphs, strings.TrimSpace(news.Message.Text))
	}
	if r.Kind == desk.LetterAcknowledge || r.Kind == desk.LetterResolved {
		paragraphs = append(paragraphs, w.answer)
	}
	if waited := news.Values["ticket.waited"]; news.Rule != nil && r.Name.Agent && waited != "" {
		paragraphs = append(paragraphs, fmt.Sprintf(w.waited, waited))
	}
	paragraphs = append(paragraphs, "-- \n"+about(news, from, w, r), because(news, w, r))
	return strings.Join(paragraphs, "\n\n") + "\n"
}

// showsText: an acknowledgement goes to an address that nobody has proved to
// be his, so it repeats no text of a stranger, which could be abuse in the
// desk's name.
func showsText(news *service.News, kind desk.LetterKind) bool {
	if news.Message == nil || strings.TrimSpace(news.Message.Text) == "" {
		return false
	}
	return tellsMessage(kind) || kind == desk.LetterAcknowledge && news.Actor.Agent
}

// opening says what happened, and who did it.
func opening(news *service.News, w words, kind desk.LetterKind) string {
	who := news.Actor.Text
	if news.Event.By == 0 || who == "" {
		who = w.theDesk
	}
	switch kind {
	case desk.LetterAcknowledge:
		if news.Actor.Agent {
			return fmt.Sprintf(w.openedFor, who)
		}
		return w.acknowledged
	case desk.LetterOpened:
		return fmt.Sprintf(w.opened, who)
	case desk.LetterComment:
		return fmt.Sprintf(w.commented, who)
	case desk.LetterOwner:
		return fmt.Sprintf(w.owner, who)
	case desk.LetterResolved:
		return w.resolved
	case desk.LetterRule:
		return fmt.Sprintf(w.ruled, news.Values["rule.name"])
	case desk.LetterClock:
		return clock(news, w)
	}
	return fmt.Sprintf(w.wrote, who)
}

// clock says which clock is overdue, or soon will be.
func clock(news *service.News, w words) string {
	form := w.clockWarned
	if news.Event.Kind == desk.EventClockOverdue {
		form = w.clockOverdue
	}
	due := news.Event.Data["due"]
	if t, err := time.Parse(time.RFC3339, due); err == nil {
		zone := news.Zone
		if zone == nil {
			zone = time.UTC
		}
		due = t.In(zone).Format(w.moment)
	}
	return fmt.Sprintf(form, w.clocks[news.Event.Data["clock"]], due, news.Event.Data["agreement"])
}

// about names the ticket, for an agent also whom it is for, and its page.
func about(news *service.News, from Desk, w words, r service.Recipient) string {
	lines := []string{fmt.Sprintf(w.ticket, news.Ticket.ID.String(), news.Ticket.Subject)}
	if r.Name.Agent {
		lines[0] = fmt.Sprintf(w.ticketIn, news.Ticket.ID.String(), news.Queue.Name, news.Ticket.Subject)
		if whom := forWhom(news); whom != "" {
			lines = append(lines, w.forWhom+whom)
		}
	}
	if page := pageOf(news, from, r); page != "" {
		lines = append(lines, page)
	}
	return strings.Join(lines, "\n")
}

// pageOf is the address of the ticket's page for a reader; empty: he has none.
func pageOf(news *service.News, from Desk, r service.Recipient) string {
	if r.User == 0 || from.BaseURL == "" {
		return ""
	}
	side := "portal"
	if r.Name.Agent {
		side = "agent"
	}
	return fmt.Sprintf("%s/%s/tickets/%d", from.BaseURL, side, news.Ticket.ID)
}

// forWhom names the ticket's customers, or without any the requestors.
func forWhom(news *service.News) string {
	who := news.Ticket.In(desk.CustomerRole)
	if len(who) == 0 {
		who = news.Ticket.In(desk.Requestor)
	}
	names := make([]string, len(who))
	for i, id := range who {
		names[i] = news.Names[id].Text
	}
	return strings.Join(names, ", ")
}

// because says why he gets the letter, with every reason.
func because(news *service.News, w words, r service.Recipient) string {
	reasons := make([]string, 0, len(r.Why))
	for _, why := range r.Why {
		reasons = append(reasons, reason(news, w, r, why))
	}
	return w.because + strings.Join(reasons, w.andBecause) + "."
}

func reason(news *service.News, w words, r service.Recipient, why desk.Why) string {
	place := w.onTicket
	if why.OnQueue {
		place = fmt.Sprintf(w.onQueue, news.Queue.Name)
	}
	switch {
	case why.OneTime:
		return w.oneTime
	case why.AutoText != "":
		return why.AutoText
	case why.Rule != "" && why.Through != desk.PrincipalID(r.User):
		return fmt.Sprintf(w.ruleThrough, news.Names[why.Through].Text, why.Rule)
	case why.Rule != "":
		return fmt.Sprintf(w.ruleHimself, why.Rule)
	case why.Through == desk.PrincipalID(r.User):
		return fmt.Sprintf(w.himself, w.roles[why.Role], place)
	}
	return fmt.Sprintf(w.through, news.Names[why.Through].Text, w.roles[why.Role], place)
}

// ownLetter fills in the letter of a rule for one reader. What he may not know
// is empty, whatever the template asks for.
func ownLetter(news *service.News, from Desk, w words, r service.Recipient) string {
	t, err := template.Parse(news.Rule.Then.Letter)
	if err != nil { // it was checked when the rule was saved
		t = &template.Template{}
	}
	v := maps.Clone(news.Values)
	v["event.says"], v["answer"], v["why"], v["reader.name"] = opening(news, w, r.Kind), w.answer, because(news, w, r), r.Name.Text
	v["ticket.line"], v["ticket.for"], v["ticket.url"] = fmt.Sprintf(w.ticket, news.Ticket.ID.String(), news.Ticket.Subject), "", pageOf(news, from, r)
	if !showsText(news, r.Kind) {
		v["message.text"], v["message.subject"] = "", ""
	}
	if !r.Name.Agent {
		for _, name := range []string{"ticket.queue", "ticket.priority", "ticket.requestors", "ticket.customers", "ticket.waited", "event.from", "event.to", "rule.name"} {
			v[name] = ""
		}
		return t.Render(v)
	}
	v["ticket.line"] = fmt.Sprintf(w.ticketIn, news.Ticket.ID.String(), news.Queue.Name, news.Ticket.Subject)
	if whom := forWhom(news); whom != "" {
		v["ticket.for"] = w.forWhom + whom
	}
	return t.Render(v)
}
