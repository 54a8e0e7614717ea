package agent

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// A KinPage links a ticket with others, and makes one of two.
type KinPage struct {
	ID, Version int64
	URL         string
	Subject     string
	Nav         []web.NavSection
	Links       []KinLink
	Change      bool      // links and merges may be changed
	Type        web.Field // of a new link
	Target      web.Field
	Into        web.Field // the ticket that takes this one in
	Find        web.Field
	Found       []Row // what Find finds
	Searched    bool
	Merge       *MergeAsked // nil: nothing is to be merged yet
	Merged      []Row       // that this one took in and can give back
	Error       string
}

// A KinLink is a link as one side of it says it.
type KinLink struct {
	Type   web.Text
	Ticket Row
	Remove string // what the form sends; empty: may not be taken away
}

// A MergeAsked is what merging would do.
type MergeAsked struct {
	Into     Row
	Messages int
	Gains    []web.Person
	More     int
}

// View makes the page ready to be shown.
func (p KinPage) View() web.View {
	return web.View{
		Template: "agent/kin", Title: web.T("kin.title", number(p.ID)), Nav: p.Nav,
		Crumbs: []web.Link{{Label: web.Plain(number(p.ID) + " " + p.Subject), URL: p.URL}}, Body: p,
	}
}

// linkTypes are the links that can be made, in the words of either side.
var linkTypes = [...]string{service.LinkDependsOn, service.LinkRefersTo, service.LinkMemberOf}

// kin shows what a ticket is linked with.
func (h handler) kin(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	page, err := h.kinPage(r, id)
	if err != nil {
		return err
	}
	if into := ticketID(strings.TrimPrefix(strings.TrimSpace(r.FormValue("into")), "#")); into != 0 && page.Change {
		if err := h.askMerge(r, page, desk.TicketID(into)); err != nil {
			return h.kinAgain(w, r, id, err)
		}
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) kinPage(r *http.Request, id desk.TicketID) (*KinPage, error) {
	by := web.Actor(r)
	v, err := h.desk.Ticket(r.Context(), by, id)
	if err != nil {
		return nil, err
	}
	f, err := h.frame(r)
	if err != nil {
		return nil, err
	}
	page := &KinPage{
		ID: int64(v.ID), Version: v.Version, URL: ticketURL(v.ID), Subject: v.Subject, Nav: f.nav, Change: v.Rights.Has(desk.ModifyTicket),
		Type: choices("type", r.FormValue("type")), Target: web.Field{Form: "link-", Name: "target", Required: true, Value: r.FormValue("target")},
		Into: web.Field{Form: "merge-", Name: "into", Required: true, Value: r.FormValue("into")},
		Find: web.Field{Name: "find", Kind: "search", Value: strings.TrimSpace(r.FormValue("find"))},
	}
	page.Type.Form = "link-"
	for _, t := range linkTypes {
		add(&page.Type, r.FormValue("type"), t, web.T("kin."+t))
	}
	if err := h.fillLinks(r, f, v, page); err != nil {
		return nil, err
	}
	if !page.Change {
		return page, nil
	}
	merged, err := h.desk.MergedTickets(r.Context(), by, v.ID)
	if err != nil {
		return nil, err
	}
	page.Merged = rows(f.reader, h.desk.Now(), merged, nil)
	return page, h.fillFound(r, f, page)
}

// fillLinks shows the links that the reader may see.
func (h handler) fillLinks(r *http.Request, f *frame, v *service.TicketView, page *KinPage) error {
	for _, l := range v.Links {
		other, kind := l.To, "kin."+l.Type
		if other == v.ID {
			other, kind = l.From, "kin."+l.Type+".back"
		}
		list, err := h.desk.Tickets(r.Context(), web.Actor(r), service.TicketFilter{IDs: []desk.TicketID{other}, Limit: 1})
		if err != nil {
			return err
		}
		for _, row := range rows(f.reader, h.desk.Now(), list.Lines, nil) {
			link := KinLink{Type: web.T(kind), Ticket: row}
			if page.Change {
				link.Remove = l.From.String() + " " + l.Type + " " + l.To.String()
			}
			page.Links = append(page.Links, link)
		}
	}
	return nil
}

// fillFound finds tickets by words.
func (h handler) fillFound(r *http.Request, f *frame, page *KinPage) error {
	if page.Find.Value == "" {
		return nil
	}
	page.Searched = true
	list, err := h.desk.Tickets(r.Context(), web.Actor(r), service.TicketFilter{Text: page.Find.Value, Limit: 10})
	if err != nil {
		return err
	}
	for _, row := range rows(f.reader, h.desk.Now(), list.Lines, nil) {
		if row.ID != page.ID {
			page.Found = append(page.Found, row)
		}
	}
	return nil
}

// askMerge shows what merging would do.
func (h handler) askMerge(r *http.Request, page *KinPage, into desk.TicketID) error {
	p, err := h.desk.PreviewMerge(r.Context(), web.Actor(r), desk.TicketID(page.ID), into)
	if err != nil {
		return err
	}
	reader := web.ReaderOf(r)
	page.Merge = &MergeAsked{Into: rows(reader, h.desk.Now(), []service.TicketLine{p.Into}, nil)[0], Messages: p.Messages, More: p.GainsMore}
	for _, n := range p.Gains {
		page.Merge.Gains = append(page.Merge.Gains, person(reader, n))
	}
	return nil
}

// kinAgain shows the page with what was refused.
func (h handler) kinAgain(w http.ResponseWriter, r *http.Request, id desk.TicketID, err error) error {
	kind := desk.KindOf(err)
	if kind != desk.Invalid && kind != desk.Conflict && kind != desk.NotFound {
		return err
	}
	page, pageErr := h.kinPage(r, id)
	if pageErr != nil { // who may not see the ticket is told so, whatever else was wrong
		return pageErr
	}
	page.Error = web.Refuse(err, &page.Type, &page.Target)
	v := page.View()
	v.Status = web.StatusOf(kind)
	return h.site.Show(w, r, v)
}

// kinDone takes one of the page's forms.
func (h handler) kinDone(key string, do func(r *http.Request, by desk.Actor, id desk.TicketID) (desk.TicketID, error)) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := web.ID[desk.TicketID](r, "id")
		if err != nil {
			return err
		}
		if err := web.ReadForm(r); err != nil {
			return err
		}
		to, err := do(r, web.Actor(r), id)
		if err != nil {
			return h.kinAgain(w, r, id, err)
		}
		return h.site.Done(w, r, ticketURL(to)+"/links", web.Notice{Level: "good", Text: web.T(key, id.String(), to.String())})
	}
}

// typedTicket reads the number of a ticket as people write it.
func typedTicket(r *http.Request, field string) (desk.TicketID, error) {
	id := ticketID(strings.TrimPrefix(strings.TrimSpace(r.PostFormValue(field)), "#"))
	if id == 0 {
		return 0, desk.InvalidFields(map[string]string{field: "Write the number of a ticket."})
	}
	return desk.TicketID(id), nil
}

func (h handler) link(r *http.Request, by desk.Actor, id desk.TicketID) (desk.TicketID, error) {
	target, err := typedTicket(r, "target")
	if err == nil {
		err = h.desk.LinkTickets(r.Context(), by, service.Link{From: id, Type: r.PostFormValue("type"), To: target})
	}
	if desk.KindOf(err) == desk.NotFound || desk.KindOf(err) == desk.Conflict {
		err = desk.InvalidFields(map[string]string{"target": desk.Sentence(err)})
	}
	return id, err
}

func (h handler) unlink(r *http.Request, by desk.Actor, id desk.TicketID) (desk.TicketID, error) {
	parts := strings.Fields(r.PostFormValue("link"))
	if len(parts) != 3 {
		return id, desk.Errorf(desk.NotFound, "There is no such link.")
	}
	l := service.Link{From: desk.TicketID(ticketID(strings.TrimPrefix(parts[0], "#"))), Type: parts[1], To: desk.TicketID(ticketID(strings.TrimPrefix(parts[2], "#")))}
	return id, h.desk.UnlinkTickets(r.Context(), by, l)
}

func (h handler) merge(r *http.Request, by desk.Actor, id desk.TicketID) (desk.TicketID, error) {
	into, err := typedTicket(r, "into")
	if err != nil {
		return id, err
	}
	return into, h.desk.MergeTicket(r.Context(), by, id, into)
}

func (h handler) unmerge(r *http.Request, by desk.Actor, id desk.TicketID) (desk.TicketID, error) {
	from, err := typedTicket(r, "from")
	if err != nil {
		return id, err
	}
	return id, h.desk.Unmerge(r.Context(), by, from)
}

// A ForwardPage sends a message on.
type ForwardPage struct {
	ID       int64
	URL      string
	Subject  string
	Message  int64
	Nav      []web.NavSection
	To, Text web.Field
	Token    string
	Preview  *web.Message
	Error    string
}

// View makes the page ready to be shown.
func (p ForwardPage) View() web.View {
	return web.View{
		Template: "agent/forward", Title: web.T("forward.title"), Nav: p.Nav,
		Crumbs: []web.Link{{Label: web.Plain(number(p.ID) + " " + p.Subject), URL: p.URL}}, Body: p,
	}
}

// askForward asks to whom a message goes on.
func (h handler) askForward(w http.ResponseWriter, r *http.Request) error {
	page, err := h.forwardPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) forwardPage(r *http.Request) (*ForwardPage, error) {
	id, err := web.ID[desk.MessageID](r, "message")
	if err != nil {
		return nil, err
	}
	m, err := h.desk.Message(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, err
	}
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), m.Ticket)
	if err != nil {
		return nil, err
	}
	f, err := h.frame(r)
	if err != nil {
		return nil, err
	}
	t := teller{reader: f.reader, ticket: v, desk: h.desk.Name()}
	return &ForwardPage{
		ID: int64(v.ID), URL: ticketURL(v.ID), Subject: v.Subject, Message: int64(id), Nav: f.nav, Token: web.FormToken(), Preview: t.message(m),
		To: web.Field{Name: "to", Required: true, Autofocus: true}, Text: web.Field{Name: "text", Kind: "textarea", Rows: 4},
	}, nil
}

// forward sends a message on.
func (h handler) forward(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.forwardPage(r)
	if err != nil {
		return err
	}
	written, err := h.desk.ForwardMessage(r.Context(), web.Actor(r), service.Forward{
		Message: desk.MessageID(page.Message), To: addresses(r.PostFormValue("to")), Form: r.PostFormValue("form"),
		Text: strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"),
	})
	switch kind := desk.KindOf(err); kind {
	case 0:
		return h.site.Done(w, r, page.URL+"#m"+strconv.FormatInt(int64(written), 10), web.Notice{Level: "good", Text: web.T("forward.done")})
	case desk.Invalid, desk.TooLarge:
		web.Retype(r, &page.To, &page.Text)
		page.Token = r.PostFormValue("form")
		page.Error = web.Refuse(err, &page.To, &page.Text)
		v := page.View()
		v.Status = web.StatusOf(kind)
		return h.site.Show(w, r, v)
	}
	return err
}
