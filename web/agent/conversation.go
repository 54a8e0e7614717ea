package agent

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// How much of a conversation a page shows at once: bytes of text, and entries.
const (
	pageText    = 10_000
	pageEntries = 30
)

// A teller says messages and history of a ticket as its page shows them.
type teller struct {
	reader web.Reader
	ticket *service.TicketView
	desk   string                  // what the desk calls itself where it acts on its own
	queues map[desk.QueueID]string // names of those that the reader may see
	may    bool                    // whatever can be done with messages is offered
	all    bool                    // whatever the length; else the latest that a page can hold
	read   desk.MessageID          // up to which the reader had read it; zero: never
}

// entries returns the conversation, oldest first, and whether there is more
// before it.
func (c teller) entries() ([]web.Entry, bool) {
	all := make([]web.Entry, 0, len(c.ticket.Messages)+len(c.ticket.Events))
	marked := false
	for i := range c.ticket.Messages {
		m := &c.ticket.Messages[i]
		fresh := c.read != 0 && m.ID > c.read && m.Author != c.reader.Actor.User
		all = append(all, web.Entry{Message: c.message(m), New: fresh && !marked})
		marked = marked || fresh
	}
	for _, e := range c.ticket.Events {
		if shown := c.event(e); shown != nil {
			all = append(all, web.Entry{Event: shown})
		}
	}
	slices.SortStableFunc(all, func(a, b web.Entry) int { return cmp.Compare(at(a), at(b)) })
	if c.all {
		return all, false
	}
	from, text := len(all), 0
	for from > 0 && len(all)-from < pageEntries {
		text += size(all[from-1])
		if text > pageText && from < len(all) {
			break
		}
		from--
	}
	return all[from:], from > 0
}

func at(e web.Entry) int64 {
	if e.Message != nil {
		return e.Message.At.UnixMicro()
	}
	return e.Event.At.UnixMicro()
}

func size(e web.Entry) int {
	if e.Message == nil {
		return 0
	}
	n := 0
	for _, b := range e.Message.Blocks {
		n += len(b.Text)
	}
	return n
}

func (c teller) name(id desk.PrincipalID) service.Name {
	if n, ok := c.ticket.Names[id]; ok && id != 0 {
		return n
	}
	return service.Name{Text: c.desk, Agent: true}
}

func (c teller) message(m *desk.Message) *web.Message {
	author := c.name(desk.PrincipalID(m.Author))
	shown := &web.Message{
		ID: int64(m.ID), Author: person(c.reader, author), At: c.reader.In(m.At), Internal: m.Kind == desk.Comment,
		Via: viaText(m.Via, author.Agent), Blocks: web.Blocks(c.cut(m.Text)), Marks: c.ticket.Marks[m.ID],
	}
	if number := strconv.FormatInt(int64(m.ID), 10); c.may {
		if c.ticket.Rights.Has(desk.ForwardMessage) {
			shown.Forward = base + "/forward/" + number
		}
		if c.ticket.Rights.Has(desk.ModifyTicket) {
			shown.Split = base + "/tickets/new?split=" + number
		}
	}
	if m.HTML != "" {
		shown.HTMLURL = base + "/message/" + strconv.FormatInt(int64(m.ID), 10) + "/html"
	}
	for _, a := range m.Attachments {
		if !a.Inline || m.HTML == "" {
			shown.Files = append(shown.Files, file(a))
		}
	}
	for _, e := range c.ticket.Events {
		if e.Kind == desk.EventSent && e.Message == m.ID {
			for address := range strings.SplitSeq(e.Data["to"], ",") {
				shown.Sent = append(shown.Sent, web.Recipient{Person: web.Person{Name: address}})
			}
		}
	}
	return shown
}

// cut keeps one very long text from filling the page by itself.
func (c teller) cut(text string) string {
	if c.all || len(text) <= pageText {
		return text
	}
	return strings.ToValidUTF8(text[:pageText], "") + "\n…"
}

func viaText(via desk.Way, agent bool) web.Text {
	switch {
	case via == desk.ViaMail:
		return web.T("via.mail")
	case via == desk.ViaWeb && agent:
		return web.T("via.web")
	case via == desk.ViaWeb:
		return web.T("via.portal")
	}
	return web.Text{}
}

// smallPicture is up to how many bytes a picture is shown in the conversation.
const smallPicture = 3 << 20

func file(a desk.Attachment) web.File {
	f := web.File{Name: web.CleanName(a.Name), Size: web.Size(a.Size), URL: base + "/attachment/" + strconv.FormatInt(int64(a.ID), 10)}
	if web.Shows(a) {
		f.Look, f.Pic = f.URL+"?look=1", web.IsPicture(a) && a.Size <= smallPicture
	}
	return f
}

// person is a principal as pages show people. Administrators get a link.
func person(r web.Reader, n service.Name) web.Person {
	p := web.Person{Name: n.Text, Agent: n.Agent}
	if r.Admin && n.ID != 0 && n.Kind == "user" {
		p.URL = "/admin/users/" + strconv.FormatInt(int64(n.ID), 10)
	}
	return p
}

// customer is the tag of a customer. Administrators get a link.
func customer(r web.Reader, n service.Name) web.Customer {
	c := web.Customer{Name: n.Text}
	if r.Admin && n.ID != 0 {
		c.URL = "/admin/customers/" + strconv.FormatInt(int64(n.ID), 10)
	}
	return c
}
