package agent

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// fillComposer offers the two forms to write where the reader may, and says
// to whom each goes.
func (h handler) fillComposer(r *http.Request, o *opened, page *TicketPage, d draft) error {
	var err error
	if o.may(desk.ReplyToTicket) {
		if page.Composer.Reply, err = h.writer(r, o, desk.Reply, d); err != nil {
			return err
		}
	}
	if o.may(desk.CommentOnTicket) {
		if page.Composer.Comment, err = h.writer(r, o, desk.Comment, d); err != nil {
			return err
		}
	}
	page.Composer.Commenting = d.kind == desk.Comment || d.with == desk.Comment.String() && page.Composer.Comment != nil || page.Composer.Reply == nil
	if d.kind == 0 {
		if err := h.draftsOf(r, o, page); err != nil {
			return err
		}
		if err := h.putTemplate(r, o, page); err != nil {
			return err
		}
	}
	if d.kind != 0 {
		page.Composer.Newer = o.newer(d.seen)
	}
	late := page.Composer.Newer > 0 && desk.KindOf(d.err) == desk.Conflict
	if d.kind != 0 && !late && len(desk.FieldTexts(d.err)) == 0 {
		page.Composer.Error = desk.Sentence(d.err)
	}
	return nil
}

// newer counts the messages that the writer had not before him.
func (o *opened) newer(seen desk.MessageID) int {
	if seen == 0 {
		return 0
	}
	n := 0
	for i := range o.Messages {
		if o.Messages[i].ID > seen {
			n++
		}
	}
	return n
}

// writer is the form for a reply or a comment.
func (h handler) writer(r *http.Request, o *opened, kind desk.MessageKind, d draft) (*web.Writer, error) {
	form := kind.String() + "-"
	w := &web.Writer{
		Action: ticketURL(o.ID) + "/" + kind.String() + o.list.suffix(), Draft: kind.String() + "-" + strconv.FormatInt(int64(o.ID), 10), Token: web.FormToken(),
		Save: ticketURL(o.ID) + "/draft?kind=" + kind.String(), Templates: ticketURL(o.ID) + "/templates?kind=" + kind.String(),
		Text:   web.Field{Form: form, Name: "text", Kind: "textarea", Rows: 7, Suggest: ticketURL(o.ID) + "/mention?kind=" + kind.String()},
		Files:  web.Field{Form: form, Name: "files", Kind: "file", Multiple: true},
		Also:   web.Field{Form: form, Name: "also"},
		Status: choices("status", d.status, web.Option{Label: web.T("compose.status.keep")}),
	}
	w.Status.Form = form
	chosen := ""
	switch {
	case d.kind == kind:
		chosen = d.status
	case d.with == kind.String():
		chosen = d.step
		w.Text.Autofocus = true
	}
	o.addStatuses(&w.Status, chosen)
	if n := len(o.Messages); n > 0 {
		w.LastSeen = strconv.FormatInt(int64(o.Messages[n-1].ID), 10)
	}
	var delivery service.Delivery
	if d.kind == kind {
		w.Text.Value, w.Also.Value = d.text, d.also
		fields := desk.FieldTexts(d.err)
		w.Text.Error, w.Also.Error, w.Status.Error = fields["text"], fields["address"], fields["status"]
		w.Also.Autofocus = w.Also.Error != ""
		w.Text.Autofocus = !w.Also.Autofocus
		if d.hadFiles {
			w.Files.Error = o.reader.Say(web.T("compose.files.again"))
		}
		if w.Also.Error == "" {
			delivery.OneTimeCc = addresses(d.also)
		}
	}
	list, err := h.desk.GoesTo(r.Context(), web.Actor(r), o.ID, kind, delivery)
	if err != nil {
		return nil, err
	}
	w.Recipients = o.recipients(list)
	w.NewDomain = o.newDomain(list)
	w.Goes = ticketURL(o.ID) + "/goes-to?kind=" + kind.String()
	w.Next = true
	return w, nil
}

// recipients says who gets a letter, with the reasons of each.
func (o *opened) recipients(list []service.Recipient) []web.Recipient {
	out := make([]web.Recipient, len(list))
	for i, to := range list {
		out[i] = web.Recipient{Person: web.Person{Name: to.Name.Text, Address: to.Address, Agent: to.Name.Agent}, Outside: to.User == 0}
		if len(to.Why) > 0 {
			out[i].Why = o.why(to.Why[0], to.Name.ID)
		}
	}
	return out
}

// why is the reason for a letter in a few words.
func (o *opened) why(w desk.Why, self desk.PrincipalID) web.Text {
	if w.OneTime {
		return web.T("why.once")
	}
	role := roleText(w.Role, "")
	if role.Key == "" {
		for _, line := range o.Watchers {
			if line.Role == w.Role {
				role = web.Plain(line.RoleName)
			}
		}
	}
	if w.Through == self || w.Through == 0 {
		return role
	}
	return web.T("role.through", o.Names[w.Through].Text, role)
}

// newDomain is a domain from which one of the recipients is, and to which
// nothing on the ticket was ever sent nor from which it was reported; or nothing.
func (o *opened) newDomain(list []service.Recipient) string {
	domain := func(address string) string { return desk.Fold(address[strings.LastIndexByte(address, '@')+1:]) }
	var known []string
	for _, e := range o.Events {
		if e.Kind == desk.EventSent {
			for address := range strings.SplitSeq(e.Data["to"], ",") {
				known = append(known, domain(address))
			}
		}
	}
	wrote := map[desk.PrincipalID]bool{}
	for i := range o.Messages {
		wrote[desk.PrincipalID(o.Messages[i].Author)] = true
	}
	usual := func(r service.Recipient) bool {
		return r.Name.Agent || wrote[r.Name.ID] && r.Name.ID != 0 || slices.ContainsFunc(r.Why, func(w desk.Why) bool { return w.Role == desk.Requestor })
	}
	for _, r := range list {
		if usual(r) {
			known = append(known, domain(r.Address))
		}
	}
	for _, r := range list {
		if !usual(r) && !slices.Contains(known, domain(r.Address)) {
			return domain(r.Address)
		}
	}
	return ""
}

// A GoesPage is the part of the composer that says who gets a message.
type GoesPage struct{ Writer *web.Writer }

// View makes the part ready to be shown.
func (p GoesPage) View() web.View { return web.View{Template: "agent/goes", Body: p} }

// askedKind is the kind of message of which an address asks.
func askedKind(r *http.Request) desk.MessageKind {
	if r.URL.Query().Get("kind") == desk.Comment.String() {
		return desk.Comment
	}
	return desk.Reply
}

// goesTo shows who would get a message with the one-time recipients that were
// typed.
func (h handler) goesTo(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	kind := askedKind(r)
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	var known []string
	for _, address := range addresses(r.URL.Query().Get("also")) {
		if at := strings.IndexByte(address, '@'); at > 0 && at < len(address)-1 {
			known = append(known, address)
		}
	}
	list, err := h.desk.GoesTo(r.Context(), web.Actor(r), id, kind, service.Delivery{OneTimeCc: known})
	if err != nil {
		return err
	}
	o := &opened{TicketView: v, frame: &frame{reader: web.ReaderOf(r)}}
	return h.site.Show(w, r, GoesPage{&web.Writer{Recipients: o.recipients(list), NewDomain: o.newDomain(list), Internal: kind == desk.Comment}}.View())
}

// addresses reads addresses with commas between them.
func addresses(text string) []string {
	var list []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",; \t\r\n", r) }) {
		list = append(list, part)
	}
	return list
}

func (h handler) reply(w http.ResponseWriter, r *http.Request) error {
	return h.write(w, r, desk.Reply)
}

func (h handler) comment(w http.ResponseWriter, r *http.Request) error {
	return h.write(w, r, desk.Comment)
}

// write takes a form of the composer.
func (h handler) write(w http.ResponseWriter, r *http.Request, kind desk.MessageKind) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	tooLarge := web.ReadForm(r)
	if tooLarge != nil && !web.FormKept(r, tooLarge) {
		return tooLarge
	}
	d := draft{
		kind: kind, text: r.PostFormValue("text"), also: strings.TrimSpace(r.PostFormValue("also")), status: r.PostFormValue("status"),
		seen: desk.MessageID(ticketID(r.PostFormValue("seen"))), err: tooLarge, hadFiles: tooLarge != nil,
	}
	if tooLarge != nil {
		return h.again(w, r, id, d)
	}
	files, err := web.Attachments(r, "files")
	if err != nil {
		return err
	}
	d.hadFiles = len(files) > 0
	in := service.NewMessage{
		Ticket: id, Kind: kind, Text: strings.ReplaceAll(d.text, "\r\n", "\n"), Files: files, Status: desk.Status(d.status),
		Delivery: service.Delivery{OneTimeCc: addresses(d.also)}, LastSeen: d.seen, Form: r.PostFormValue("form"),
	}
	goes, err := h.desk.GoesTo(r.Context(), web.Actor(r), id, kind, in.Delivery)
	if err != nil {
		return err
	}
	next, err := h.nextOf(r, id) // the message may change where the ticket stands in its list
	if err != nil {
		return err
	}
	at, err := h.send(r, in)
	if err != nil {
		d.err = err
		return h.again(w, r, id, d)
	}
	to := cmp.Or(next, back(r, id)+at)
	if strings.HasPrefix(at, "#held") {
		return h.site.Done(w, r, to, web.Notice{Level: "good", Text: web.T("held.done", strconv.Itoa(seconds(h.desk.HoldFor())))})
	}
	return h.site.Done(w, r, to, told(kind, len(goes)))
}

// send writes a message, or holds a reply that can still be taken back, and
// returns where it is on the ticket's page.
func (h handler) send(r *http.Request, in service.NewMessage) (string, error) {
	if in.Kind == desk.Reply && h.desk.HoldFor() > 0 {
		id, err := h.desk.Hold(r.Context(), web.Actor(r), in)
		return "#held" + strconv.FormatInt(int64(id), 10), err
	}
	id, err := h.desk.Write(r.Context(), web.Actor(r), in)
	return "#m" + strconv.FormatInt(int64(id), 10), err
}

// told says that a message was written and how many are told of it.
func told(kind desk.MessageKind, people int) web.Notice {
	key := "done." + kind.String()
	switch people {
	case 0:
		return web.Notice{Level: "good", Text: web.T(key + ".none")}
	case 1:
		return web.Notice{Level: "good", Text: web.T(key + ".one")}
	}
	return web.Notice{Level: "good", Text: web.T(key+".many", strconv.Itoa(people))}
}

// back is the page of the ticket from which a form was sent, with the list
// beside it, which forms carry in their address.
func back(r *http.Request, id desk.TicketID) string {
	if r.URL.RawQuery == "" {
		return ticketURL(id)
	}
	return ticketURL(id) + "?" + r.URL.Query().Encode()
}
