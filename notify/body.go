package notify

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/template"
	"gatehouse/service"
)

// A writing is how one letter is written.
type writing struct {
	name     string // of its template
	subject  string // by a template; empty: as the desk writes it
	body     string
	problem  string // why the template that somebody wrote was not taken
	language string
}

// write writes the letter to one reader: by the rule's own template, or by that
// of the queue, or by what ships.
func (k kept) write(news *service.News, from Desk, r service.Recipient) writing {
	l := writing{name: templateName(news, r)}
	subject, text := l.choose(k, news, r)
	w := wordsOf(l.language)
	if news.Rule != nil && news.Rule.Then.Letter != "" {
		subject, text = nil, k.parsed(news.Rule.Then.Letter) // it was checked when the rule was saved
	}
	v := values(news, from, w, r)
	if !r.Name.Agent {
		for _, name := range deskOnly {
			v[name] = ""
		}
	}
	v["event.says"] = k.says(news, w, l.name, v)
	if subject != nil {
		l.subject = strings.Join(strings.Fields(subject.Render(v)), " ")
	}
	l.body = text.Render(v) + "\n"
	return l
}

// templateName returns the name of the template of a reader's letter.
func templateName(news *service.News, r service.Recipient) string {
	switch {
	case r.Kind == desk.LetterAcknowledge && news.Actor.Agent:
		return "opened-for"
	case r.Kind == desk.LetterComment && news.Event.Data["forward"] != "" && slices.ContainsFunc(r.Why, func(w desk.Why) bool { return w.OneTime }):
		return "forward"
	}
	return string(r.Kind)
}

// choose finds the template of a letter: in the language of its reader, or else
// of the queue, or of the desk, the first in which there is one. One that is
// broken is passed over for what ships.
func (l *writing) choose(k kept, news *service.News, r service.Recipient) (subject, text *template.Template) {
	for _, tag := range slices.Concat([]string{news.Languages[r.User]}, news.Usual, []string{"en"}) {
		l.language = template.Base(tag)
		if own := desk.TemplateOf(news.Templates, l.name, news.Queue.ID, l.language); own != nil {
			text, err := k.parse(own.Text)
			if own.Subject != "" && err == nil {
				subject, err = k.parse(own.Subject)
			}
			if err == nil {
				return subject, text
			}
			l.problem = fmt.Sprintf("The template of the letter %s (%s) is broken, so the letter was written by what ships: %s.", l.name, l.language, err)
		}
		if shipped := template.Shipped(l.name, l.language); shipped != "" {
			return nil, k.parsed(shipped)
		}
	}
	return nil, k.parsed("{{event.says}}\n\n{{message.text}}\n\n{{why}}")
}

// kept are the templates of letters that are planned together, read once each,
// by their texts.
type kept map[string]reading

// A reading is a template, or why it is none.
type reading struct {
	template *template.Template
	err      error
}

func (k kept) parse(text string) (*template.Template, error) {
	r, known := k[text]
	if !known {
		r.template, r.err = template.Parse(text)
		k[text] = r
	}
	return r.template, r.err
}

// parsed reads a template that is known to be right.
func (k kept) parsed(text string) *template.Template {
	t, err := k.parse(text)
	if err != nil {
		return &template.Template{}
	}
	return t
}

// deskOnly are the fields that are empty for who is not of the desk.
var deskOnly = []string{"ticket.queue", "ticket.priority", "ticket.requestors", "ticket.customers", "ticket.waited", "ticket.for", "event.from", "event.to", "rule.name", "waited"}

// values are what templates put in for a reader.
func values(news *service.News, from Desk, w words, r service.Recipient) map[string]string {
	v := maps.Clone(news.Values)
	if v == nil {
		v = map[string]string{}
	}
	v["actor.name"], v["reader.name"], v["desk.name"] = "", r.Name.Text, from.Name
	if news.Event.By != 0 {
		v["actor.name"] = news.Actor.Text
	}
	v["message.text"], v["message.subject"] = "", ""
	if showsText(news, r.Kind) {
		v["message.text"], v["message.subject"] = strings.TrimSpace(news.Message.Text), news.Message.Subject
	}
	v["answer"], v["why"], v["ticket.url"] = w.answer, because(news, w, r), pageOf(news, from, r)
	v["ticket.line"] = fmt.Sprintf(w.ticket, news.Ticket.ID.String(), news.Ticket.Subject)
	if r.Name.Agent {
		v["ticket.line"] = fmt.Sprintf(w.ticketIn, news.Ticket.ID.String(), news.Queue.Name, news.Ticket.Subject)
	}
	if whom := forWhom(news); whom != "" {
		v["ticket.for"] = w.forWhom + whom
	}
	if link := news.Rate[r.User]; link != "" && r.Kind == desk.LetterResolved {
		v["rate"] = w.rate + "\n" + link
	}
	if waited := v["ticket.waited"]; news.Rule != nil && waited != "" {
		says := w.waited
		if news.ActorAgent && r.Kind == desk.LetterReply {
			says = w.hadWaited
		}
		v["waited"] = fmt.Sprintf(says, waited)
	}
	return v
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

// says says what happened, and who did it.
func (k kept) says(news *service.News, w words, name string, v map[string]string) string {
	switch name {
	case "rule":
		if v["rule.name"] == "" {
			return w.ruledOutside
		}
		return fmt.Sprintf(w.ruled, v["rule.name"])
	case "clock":
		return clock(news, w)
	case "decided":
		return fmt.Sprintf(w.decided[news.Event.Data["approval"]], cmp.Or(v["actor.name"], w.nobody))
	}
	return k.parsed(template.Says(name, w.language)).Render(v)
}

// clock says which clock is overdue, or soon will be.
func clock(news *service.News, w words) string {
	form := w.clockWarned
	if news.Event.Kind == desk.EventClockOverdue {
		form = w.clockOverdue
	}
	due := news.Event.Data["due"]
	if t, err := time.Parse(time.RFC3339, due); err == nil {
		due = t.In(cmp.Or(news.Zone, time.UTC)).Format(w.moment)
	}
	return fmt.Sprintf(form, w.clocks[news.Event.Data["clock"]], due, news.Event.Data["agreement"])
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
	case why.Rule != "" && !r.Name.Agent && why.Through != desk.PrincipalID(r.User):
		return fmt.Sprintf(w.unnamedThrough, news.Names[why.Through].Text)
	case why.Rule != "" && !r.Name.Agent:
		return w.unnamedHimself
	case why.Rule != "" && why.Through != desk.PrincipalID(r.User):
		return fmt.Sprintf(w.ruleThrough, news.Names[why.Through].Text, why.Rule)
	case why.Rule != "":
		return fmt.Sprintf(w.ruleHimself, why.Rule)
	case why.Through == desk.PrincipalID(r.User) && why.Role == desk.Requestor && !why.OnQueue && !r.Name.Agent:
		return w.yours
	case why.Through == desk.PrincipalID(r.User):
		return fmt.Sprintf(w.himself, w.roles[why.Role], place)
	}
	return fmt.Sprintf(w.through, news.Names[why.Through].Text, w.roles[why.Role], place)
}
