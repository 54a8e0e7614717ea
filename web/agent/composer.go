package agent

import (
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
	page.Composer.Commenting = d.kind == desk.Comment || page.Composer.Reply == nil
	if d.kind == 0 {
		if err := h.draftsOf(r, o, page); err != nil {
			return err
		}
	}
	if d.kind != 0 {
		page.Composer.Newer = o.newer(d.seen)
	}
	if d.kind != 0 && page.Composer.Newer == 0 && len(desk.FieldTexts(d.err)) == 0 {
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
		Save:   ticketURL(o.ID) + "/draft?kind=" + kind.String(),
		Text:   web.Field{Form: form, Name: "text", Kind: "textarea", Rows: 7},
		Files:  web.Field{Form: form, Name: "files", Kind: "file", Multiple: true},
		Also:   web.Field{Form: form, Name: "also"},
		Status: choices("status", d.status, web.Option{Label: web.T("compose.status.keep")}),
	}
	w.Status.Form = form
	if o.may(desk.ModifyTicket) {
		chosen := ""
		if d.kind == kind {
			chosen = d.status
		}
		o.addStatuses(&w.Status, chosen)
	}
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
	w.NewDomain = newDomain(list)
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

// newDomain is the domain of a one-time recipient from which nobody else of
// the recipients is, or nothing.
func newDomain(list []service.Recipient) string {
	domain := func(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
	var known []string
	for _, r := range list {
		if !r.Why[0].OneTime {
			known = append(known, domain(r.Address))
		}
	}
	for _, r := range list {
		if r.Why[0].OneTime && !slices.Contains(known, domain(r.Address)) {
			return domain(r.Address)
		}
	}
	return ""
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
	if err := web.ReadForm(r); err != nil {
		return err
	}
	files, err := web.Attachments(r, "files")
	if err != nil {
		return err
	}
	d := draft{
		kind: kind, text: r.PostFormValue("text"), also: strings.TrimSpace(r.PostFormValue("also")), status: r.PostFormValue("status"),
		seen: desk.MessageID(ticketID(r.PostFormValue("seen"))), hadFiles: len(files) > 0,
	}
	in := service.NewMessage{
		Ticket: id, Kind: kind, Text: strings.ReplaceAll(d.text, "\r\n", "\n"), Files: files, Status: desk.Status(d.status),
		Delivery: service.Delivery{OneTimeCc: addresses(d.also)}, LastSeen: d.seen, Form: r.PostFormValue("form"),
	}
	goes, err := h.desk.GoesTo(r.Context(), web.Actor(r), id, kind, in.Delivery)
	if err != nil {
		return err
	}
	written, err := h.desk.Write(r.Context(), web.Actor(r), in)
	if err != nil {
		d.err = err
		return h.again(w, r, id, d)
	}
	return h.site.Done(w, r, back(r, id)+"#m"+strconv.FormatInt(int64(written), 10), told(kind, len(goes)))
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
