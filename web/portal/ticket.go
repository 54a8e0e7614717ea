package portal

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// namesShown is how many names a sentence holds before it only counts.
const namesShown = 8

// ticket shows one ticket.
func (h handler) ticket(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.ticketPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// read notes that the reader opens a ticket, and returns up to where he had read
// it. What a browser fetches before somebody looks at it is not read.
func (h handler) read(r *http.Request, id desk.TicketID) (desk.MessageID, error) {
	if r.Method != http.MethodGet || web.Ahead(r) {
		return 0, nil
	}
	return h.svc.ReadTicket(r.Context(), web.Actor(r), id)
}

// ticketPage fills the page of the ticket that the address names.
func (h handler) ticketPage(r *http.Request) (*TicketPage, *service.TicketView, error) {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	v, err := h.svc.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	reader := web.ReaderOf(r)
	page := &TicketPage{
		ID: int64(v.ID), URL: ticketURL(v.ID), Subject: v.Subject, Status: string(v.Status), Customer: customerOf(v),
		Reporter: label(reader, v.Names[desk.PrincipalID(v.Reporter)]), Opened: reader.In(v.Created), Form: web.FormToken(),
		Files: filesField(), LastSeen: strconv.Itoa(len(replies(v))),
	}
	page.Fields = web.Customs(reader, v.Fields)
	before, err := h.read(r, v.ID)
	if err != nil {
		return nil, nil, err
	}
	fillConversation(r, page, v, before)
	if page.Nav, err = h.nav(r, fillWay(page, v, reader, companies), companies); err != nil {
		return nil, nil, err
	}
	if err := h.fillVisible(r, page, v); err != nil {
		return nil, nil, err
	}
	if err := h.fillMail(r, page, v); err != nil {
		return nil, nil, err
	}
	if err := h.fillRate(r, page, v); err != nil {
		return nil, nil, err
	}
	if err := h.fillApproval(r, page, v); err != nil {
		return nil, nil, err
	}
	return page, v, h.fillReply(r, page, v)
}

// fillWay says which list leads to the ticket, and returns it.
func fillWay(page *TicketPage, v *service.TicketView, reader web.Reader, companies []desk.Customer) string {
	list, url := "portal.mine", "/portal/"
	own := isOwn(v, reader.Actor.User)
	switch {
	case !own && slices.ContainsFunc(companies, func(c desk.Customer) bool { return slices.Contains(v.In(desk.CustomerRole), desk.PrincipalID(c.ID)) }):
		list, url = "portal.company", "/portal/company"
	case !own:
		list, url = "portal.shared", "/portal/shared"
	}
	page.Back = web.Link{Label: web.T(list), URL: url}
	return list
}

func isOwn(v *service.TicketView, user desk.UserID) bool {
	return v.Reporter == user || slices.ContainsFunc(v.Holders, func(h desk.Holder) bool { return h.Who == desk.PrincipalID(user) })
}

// customerOf is the tag of the first customer of the ticket that the reader
// may know.
func customerOf(v *service.TicketView) web.Customer {
	for _, id := range v.In(desk.CustomerRole) {
		if n, ok := v.Names[id]; ok {
			return web.Customer{Name: n.Text}
		}
	}
	return web.Customer{}
}

// replies are the messages that the portal shows: no comment, whoever looks.
func replies(v *service.TicketView) []desk.Message {
	return slices.DeleteFunc(slices.Clone(v.Messages), func(m desk.Message) bool { return m.Kind != desk.Reply })
}

// fillVisible says by name who sees the ticket.
func (h handler) fillVisible(r *http.Request, page *TicketPage, v *service.TicketView) error {
	names, err := h.svc.VisibleTo(r.Context(), web.Actor(r), v.ID)
	if err != nil {
		return err
	}
	page.Visible = visibleTo(web.ReaderOf(r), names)
	return nil
}

// visibleTo names people, the reader first.
func visibleTo(reader web.Reader, names []service.Name) web.Text {
	var list []string
	for _, n := range names {
		if n.ID == desk.PrincipalID(reader.Actor.User) {
			list = slices.Insert(list, 0, reader.Say(web.T("portal.you")))
			continue
		}
		list = append(list, n.Text)
	}
	switch {
	case len(list) == 0:
		return web.T("portal.visible.desk")
	case len(list) > namesShown:
		return web.T("portal.visible.more", strings.Join(list[:namesShown], ", "), len(list)-namesShown)
	}
	return web.T("portal.visible.people", strings.Join(list, ", "))
}

// fillMail says why the reader gets the ticket's letters, and lets him turn
// them off and on.
func (h handler) fillMail(r *http.Request, page *TicketPage, v *service.TicketView) error {
	reasons, err := h.svc.WhyMail(r.Context(), web.Actor(r), v.ID)
	if err != nil {
		return err
	}
	self := web.Actor(r).User
	switch {
	case v.Squelched:
		page.Mail, page.Follow = web.T("portal.mail.stopped"), true
	case v.Quiet:
		page.Mail, page.Follow = web.T("portal.mail.quiet"), true
	case len(reasons) == 0:
		page.Mail, page.Follow = web.T("portal.mail.none"), v.Rights.Has(desk.Watch)
	default:
		page.Mail, page.Unfollow = web.T("portal.mail.because", because(reasons[0], v, self)), true
	}
	return nil
}

// because is the reason for letters, as it ends a sentence.
func because(w service.WatcherLine, v *service.TicketView, self desk.UserID) web.Text {
	role := web.T("role." + strings.ToLower(w.RoleName))
	switch {
	case v.Reporter == self && w.Role == desk.Requestor:
		return web.T("because.reporter")
	case w.OnQueue:
		return web.T("because.queue")
	case w.Name.ID == desk.PrincipalID(self):
		return web.T("because.self", role)
	case w.Name.Text == "":
		return web.T("because.group", role)
	case w.Role == desk.Requestor:
		return web.T("because.company", w.Name.Text)
	}
	return web.T("because.customer", w.Name.Text, role)
}

// fillReply offers the form to who may reply, and says whom that tells.
func (h handler) fillReply(r *http.Request, page *TicketPage, v *service.TicketView) error {
	if !v.Rights.Has(desk.ReplyToTicket) || v.MergedInto != 0 {
		return nil
	}
	page.Reply = &web.Field{Name: "text", Kind: "textarea", Rows: 6}
	page.Close = v.Solve != "" && v.Active()
	told, err := h.svc.GoesTo(r.Context(), web.Actor(r), v.ID, desk.Reply, service.Delivery{})
	if err != nil {
		return err
	}
	reader := web.ReaderOf(r)
	page.Goes = []web.Recipient{{Person: web.Person{Name: reader.Say(web.T("portal.desk")), Agent: true}}}
	for _, to := range told {
		if !to.Name.Agent {
			page.Goes = append(page.Goes, web.Recipient{Person: web.Person{Name: to.Name.Text}})
		}
	}
	return nil
}

// write takes a reply, or only the word that the matter is done.
func (h handler) write(w http.ResponseWriter, r *http.Request) error {
	tooLarge := web.ReadForm(r)
	if tooLarge != nil && !web.FormKept(r, tooLarge) {
		return tooLarge
	}
	page, v, err := h.ticketPage(r)
	if err != nil {
		return err
	}
	if tooLarge != nil {
		return h.refuse(w, r, page, tooLarge)
	}
	files, err := web.Attachments(r, "files")
	if err != nil {
		return err
	}
	in := service.NewMessage{
		Ticket: v.ID, Kind: desk.Reply, Text: r.PostFormValue("text"), Files: files,
		LastSeen: lastSeen(r, v), Form: r.PostFormValue("form"),
	}
	done := r.PostFormValue("close") != "" && v.Solve != ""
	if done {
		in.Status = v.Solve
	}
	if done && strings.TrimSpace(in.Text) == "" && len(files) == 0 {
		err = h.svc.SetStatus(r.Context(), web.Actor(r), v.ID, v.Solve, 0)
	} else {
		_, err = h.svc.Write(r.Context(), web.Actor(r), in)
	}
	switch desk.KindOf(err) {
	case 0:
		return h.site.Done(w, r, ticketURL(v.ID), web.Notice{Level: "good", Text: web.T("portal.sent")})
	case desk.Invalid, desk.Conflict, desk.TooLarge:
		return h.refuse(w, r, page, err)
	}
	return err
}

// lastSeen is the newest message that stood on the page of the form: there
// messages are counted, as their numbers would tell how much is written
// elsewhere. Comments behind the last shown one count as seen.
func lastSeen(r *http.Request, v *service.TicketView) desk.MessageID {
	shown := replies(v)
	seen, err := strconv.Atoi(r.PostFormValue("seen"))
	switch {
	case err != nil || seen < 0 || len(v.Messages) == 0:
		return 0
	case seen >= len(shown):
		return v.Messages[len(v.Messages)-1].ID
	case seen == 0:
		return shown[0].ID - 1
	}
	return shown[seen-1].ID
}

// refuse shows the ticket once more, as it is now, with what was typed.
func (h handler) refuse(w http.ResponseWriter, r *http.Request, page *TicketPage, err error) error {
	if page.Reply == nil {
		return err
	}
	page.Reply.Value, page.Form = r.PostFormValue("text"), r.PostFormValue("form")
	if rest := web.Refuse(err, page.Reply); rest != "" {
		page.Error = web.Plain(rest)
	}
	if web.SentFiles(r, "files") {
		page.Files.Error = web.ReaderOf(r).Say(web.T("compose.files.again"))
	}
	if seen, atoiErr := strconv.Atoi(r.PostFormValue("seen")); atoiErr == nil {
		total, _ := strconv.Atoi(page.LastSeen)
		page.Newer = max(0, total-max(0, seen))
	}
	view := page.View()
	view.Status = web.StatusOf(desk.KindOf(err))
	return h.site.Show(w, r, view)
}

// follow lets the letters through again, or puts the reader on the ticket.
func (h handler) follow(w http.ResponseWriter, r *http.Request) error {
	page, v, err := h.ticketPage(r)
	if err != nil {
		return err
	}
	by := web.Actor(r)
	switch {
	case v.Squelched, v.Quiet:
		err = h.svc.Squelch(r.Context(), by, v.ID, by.User, false)
	case page.Follow:
		err = h.svc.AddWatcher(r.Context(), by, v.ID, desk.Cc, desk.PrincipalID(by.User))
	}
	if err != nil {
		return err
	}
	return h.site.Done(w, r, page.URL, web.Notice{Level: "good", Text: web.T("portal.followed")})
}

// unfollow keeps the ticket's letters from the reader.
func (h handler) unfollow(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	by := web.Actor(r)
	if err := h.svc.Squelch(r.Context(), by, id, by.User, true); err != nil {
		return err
	}
	return h.site.Done(w, r, ticketURL(id), web.Notice{Level: "good", Text: web.T("portal.unfollowed")})
}

// fields sets the custom fields of which the form was sent.
func (h handler) fields(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, v, err := h.ticketPage(r)
	if err != nil {
		return err
	}
	err = h.svc.SetFields(r.Context(), web.Actor(r), service.FieldsChange{Ticket: v.ID, Set: web.CustomSets(r, v.Fields)})
	switch desk.KindOf(err) {
	case 0:
		return h.site.Done(w, r, ticketURL(v.ID), web.Notice{Level: "good", Text: web.T("field.saved")})
	case desk.Invalid, desk.Conflict:
		shown := false
		for _, f := range page.Fields {
			shown = f.Form != nil && r.PostForm.Has(f.Seen.Name) && web.RetypeCustoms(r, err, f.Form) || shown
		}
		if !shown {
			page.Error = web.Plain(desk.Sentence(err))
		}
		view := page.View()
		view.Status = web.StatusOf(desk.KindOf(err))
		return h.site.Show(w, r, view)
	}
	return err
}
