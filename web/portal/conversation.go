package portal

import (
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// What a page shows of a long conversation, from its end: so many messages,
// and so many bytes of text.
const (
	entriesShown = 30
	bytesShown   = 32_000
)

// fillConversation fills in replies and changes of status by time. Messages
// and files are counted within the ticket: their numbers at the desk would
// tell how much there is that the reader does not see. before is up to which
// message he had read it; zero: none.
func fillConversation(r *http.Request, page *TicketPage, v *service.TicketView, before desk.MessageID) {
	shown, fresh := replies(v), false
	first := 0
	if r.FormValue("all") == "" {
		if first = firstShown(shown); first > 0 {
			page.Older = page.URL + "?all=1"
		}
	}
	events := statusChanges(v)
	if first > 0 {
		events = after(events, shown[first])
	}
	for i := first; i < len(shown); i++ {
		for len(events) > 0 && events[0].At.Before(shown[i].At) {
			page.Entries = append(page.Entries, web.Entry{Event: event(r, v, events[0])})
			events = events[1:]
		}
		begins := before != 0 && !fresh && shown[i].ID > before && shown[i].Author != web.Actor(r).User
		fresh = fresh || begins
		page.Entries = append(page.Entries, web.Entry{Message: message(r, v, shown[i], i+1), New: begins})
	}
	for _, e := range events {
		page.Entries = append(page.Entries, web.Entry{Event: event(r, v, e)})
	}
}

// firstShown is the first of the messages that a page begins with.
func firstShown(list []desk.Message) int {
	size := 0
	for i := len(list) - 1; i >= 0; i-- {
		size += len(list[i].Text)
		if i < len(list)-1 && (size > bytesShown || len(list)-i > entriesShown) {
			return i + 1
		}
	}
	return 0
}

func statusChanges(v *service.TicketView) []desk.Event {
	var list []desk.Event
	for _, e := range v.Events {
		if e.Kind == desk.EventStatus {
			list = append(list, e)
		}
	}
	return list
}

// after leaves the events since a message.
func after(events []desk.Event, m desk.Message) []desk.Event {
	for i, e := range events {
		if !e.At.Before(m.At) {
			return events[i:]
		}
	}
	return nil
}

func event(r *http.Request, v *service.TicketView, e desk.Event) *web.Event {
	reader := web.ReaderOf(r)
	return &web.Event{
		Icon: "swap", By: person(reader, v, e.By), At: reader.In(e.At),
		What: web.T("event.status", web.Known("portal.status.", e.Data["from"]), web.Known("portal.status.", e.Data["to"])),
	}
}

// person is somebody who wrote or did something; user zero is the desk itself.
func person(reader web.Reader, v *service.TicketView, user desk.UserID) web.Person {
	if user == 0 {
		return web.Person{Name: reader.Say(web.T("portal.desk")), Agent: true}
	}
	n := v.Names[desk.PrincipalID(user)]
	return web.Person{Name: label(reader, n), Agent: n.Agent}
}

// message is the nth message of the ticket.
func message(r *http.Request, v *service.TicketView, m desk.Message, nth int) *web.Message {
	reader := web.ReaderOf(r)
	out := &web.Message{
		ID: int64(nth), Author: person(reader, v, m.Author), At: reader.In(m.At), Blocks: web.Blocks(m.Text),
	}
	if m.Via == desk.ViaMail {
		out.Via = web.T("via.mail")
	}
	for i, a := range m.Attachments {
		out.Files = append(out.Files, web.File{
			Name: web.CleanName(a.Name), Size: web.Size(a.Size),
			URL: ticketURL(v.ID) + "/files/" + strconv.Itoa(nth) + "/" + strconv.Itoa(i+1),
		})
	}
	return out
}

// file serves the nth file of the nth message.
func (h handler) file(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	v, err := h.svc.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	none := desk.Errorf(desk.NotFound, "There is no such file.")
	list := replies(v)
	nth, err := strconv.Atoi(r.PathValue("message"))
	if err != nil || nth < 1 || nth > len(list) {
		return none
	}
	files := list[nth-1].Attachments
	at, err := strconv.Atoi(r.PathValue("file"))
	if err != nil || at < 1 || at > len(files) {
		return none
	}
	a, err := h.svc.Attachment(r.Context(), web.Actor(r), files[at-1].ID)
	if err != nil {
		return err
	}
	return web.ServeFile(w, r, a)
}

func filesField() web.Field { return web.Field{Name: "files", Kind: "file", Multiple: true} }
