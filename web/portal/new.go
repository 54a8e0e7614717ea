package portal

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// askNew shows the form for a new ticket.
func (h handler) askNew(w http.ResponseWriter, r *http.Request) error {
	page, err := h.newPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// newPage fills the form with what there is to choose from, and with what the
// request has chosen already.
func (h handler) newPage(r *http.Request) (*NewPage, error) {
	own, err := h.svc.MyCustomers(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	forms, err := h.svc.TicketForms(r.Context(), web.Actor(r), customerChosen(r, own))
	if err != nil {
		return nil, err
	}
	companies, err := h.svc.Companies(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	if len(forms) == 0 && len(own) < 2 {
		return nil, desk.Errorf(desk.Forbidden, "You cannot open tickets here. Ask the people who run this desk.")
	}
	page := &NewPage{
		Form: web.FormToken(), File: filesField(),
		Customer: web.Field{Name: "customer", Kind: "select", Options: companyOptions(r, own)},
		Queue:    web.Field{Name: "queue", Kind: "select", Required: true, Options: queueOptions(r, forms)},
		Subject:  web.Field{Name: "subject", Required: true, Value: r.FormValue("subject")},
		Text:     web.Field{Name: "text", Kind: "textarea", Rows: 9, Value: r.FormValue("text")},
	}
	if page.Nav, err = h.nav(r, "", companies); err != nil {
		return nil, err
	}
	if len(forms) == 0 {
		page.Error = web.T("portal.new.nowhere")
	}
	page.ByQueue = len(own) > 1
	for _, f := range forms {
		page.ByQueue = page.ByQueue || len(forms) > 1 && (f.Intro != "" || len(f.Fields) > 0)
		if len(forms) == 1 || f.Queue.Name == r.FormValue("queue") {
			page.Fields, page.Intro = web.CustomForms(web.ReaderOf(r), f.Fields), paragraphs(f.Intro)
		}
	}
	if page.With, err = h.withField(r); err != nil {
		return nil, err
	}
	if len(own) > 0 {
		page.Sharing = web.Field{Name: "sharing", Kind: "select"}
		page.Sharing.Options, err = h.sharingOptions(r, own, forms)
	}
	return page, err
}

// customerChosen is the company of the reader's that the form names; zero: none
// or none of his.
func customerChosen(r *http.Request, own []desk.Customer) desk.CustomerID {
	for _, c := range own {
		if c.Key == r.FormValue("customer") {
			return c.ID
		}
	}
	return 0
}

func paragraphs(text string) []string {
	var list []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// boxesOfPeople is up to how many colleagues have a box to tick each; of more,
// names are written.
const boxesOfPeople = 12

// withField asks whom of his company the reader wants to have on the ticket.
func (h handler) withField(r *http.Request) (web.Field, error) {
	list, _, err := h.svc.Colleagues(r.Context(), web.Actor(r))
	if err != nil || len(list) == 0 {
		return web.Field{}, err
	}
	if len(list) > boxesOfPeople {
		return web.Field{Name: "with", Value: r.FormValue("with")}, nil
	}
	f := web.Field{Name: "with", Kind: "boxes"}
	for _, n := range list {
		_, login, _ := strings.Cut(n.Ref, ":")
		f.Options = append(f.Options, web.Option{Value: login, Label: web.Plain(n.Text), Selected: slices.Contains(r.Form["with"], login)})
	}
	return f, nil
}

// chosenColleagues are those who were ticked or written, by name or login.
func (h handler) chosenColleagues(r *http.Request) ([]desk.PrincipalID, error) {
	var ids []desk.PrincipalID
	typed := strings.FieldsFunc(strings.Join(r.PostForm["with"], ","), func(c rune) bool { return c == ',' || c == ';' || c == '\n' })
	if len(typed) == 0 {
		return nil, nil
	}
	list, _, err := h.svc.Colleagues(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	for _, one := range typed {
		found := 0
		for _, n := range list {
			if name := desk.Fold(strings.TrimSpace(one)); name == desk.Fold(n.Text) || "user:"+name == desk.Fold(n.Ref) {
				ids = append(ids, n.ID)
				found++
			}
		}
		if found != 1 && strings.TrimSpace(one) != "" {
			return nil, desk.InvalidFields(map[string]string{"with": "There is not just one colleague called " + strings.TrimSpace(one) + ". Write names as they stand under People, with commas between."})
		}
	}
	return ids, nil
}

// companyOptions lets choose where there is a choice; the primary one comes
// first.
func companyOptions(r *http.Request, own []desk.Customer) []web.Option {
	if len(own) < 2 {
		return nil
	}
	var options []web.Option
	for _, c := range own {
		options = append(options, web.Option{Value: c.Key, Label: web.Plain(c.Name), Selected: c.Key == r.FormValue("customer")})
	}
	return options
}

func queueOptions(r *http.Request, forms []service.OfferedForm) []web.Option {
	if len(forms) < 2 {
		return nil
	}
	options := []web.Option{{Label: web.T("portal.new.queue.choose")}}
	for _, f := range forms {
		options = append(options, web.Option{Value: f.Queue.Name, Label: web.Plain(f.Queue.Name), Selected: f.Queue.Name == r.FormValue("queue")})
	}
	return options
}

// sharingOptions says of each way of sharing who would see the ticket, where
// that does not hang on another choice of the form.
func (h handler) sharingOptions(r *http.Request, own []desk.Customer, forms []service.OfferedForm) ([]web.Option, error) {
	chosen := r.FormValue("sharing")
	options := []web.Option{{Label: web.T("portal.sharing.usual"), Selected: chosen == ""}}
	for _, s := range []desk.Sharing{desk.Shared, desk.ManagersOnly, desk.Private} {
		text := web.T("sharing." + s.String() + ".short")
		if len(own) == 1 && len(forms) == 1 {
			names, err := h.svc.WouldSee(r.Context(), web.Actor(r), service.NewTicket{Queue: forms[0].Queue.ID, Sharing: &s})
			if err != nil {
				return nil, err
			}
			text = web.T("portal.sharing.with", text, nameList(web.ReaderOf(r), names))
		}
		options = append(options, web.Option{Value: s.String(), Label: text, Selected: chosen == s.String()})
	}
	return options, nil
}

// nameList names some people, the reader first.
func nameList(reader web.Reader, names []service.Name) string {
	return reader.Say(visibleTo(reader, names))
}

// open takes the form of a new ticket.
func (h handler) open(w http.ResponseWriter, r *http.Request) error {
	tooLarge := web.ReadForm(r)
	if tooLarge != nil && !web.FormKept(r, tooLarge) {
		return tooLarge
	}
	page, err := h.newPage(r)
	if err != nil {
		return err
	}
	if r.PostFormValue("do") == "queue" {
		page.Form = r.PostFormValue("form")
		for i := range page.Fields {
			if r.PostForm.Has(page.Fields[i].Name) {
				web.Retype(r, &page.Fields[i])
			}
		}
		return h.site.Show(w, r, page.View())
	}
	in, err := h.readNew(r)
	err = cmp.Or(tooLarge, err)
	var id desk.TicketID
	if err == nil {
		id, err = h.svc.OpenTicket(r.Context(), web.Actor(r), in)
	}
	switch desk.KindOf(err) {
	case 0:
		return h.site.Done(w, r, ticketURL(id), web.Notice{Level: "good", Text: web.T("portal.opened", id.String())})
	case desk.Invalid, desk.Conflict, desk.TooLarge:
		page.Form = r.PostFormValue("form")
		fields := []*web.Field{&page.Customer, &page.Sharing, &page.Queue, &page.Subject, &page.Text, &page.With}
		for i := range page.Fields {
			web.Retype(r, &page.Fields[i])
			fields = append(fields, &page.Fields[i])
		}
		if rest := web.Refuse(err, fields...); rest != "" {
			page.Error = web.Plain(rest)
		}
		if web.SentFiles(r, "files") {
			page.File.Error = web.ReaderOf(r).Say(web.T("compose.files.again"))
		}
		view := page.View()
		view.Status = web.StatusOf(desk.KindOf(err))
		return h.site.Show(w, r, view)
	}
	return err
}

// readNew reads the form. Queue and company go by name, and only what the
// reader could choose can be meant.
func (h handler) readNew(r *http.Request) (service.NewTicket, error) {
	in := service.NewTicket{
		Subject: r.PostFormValue("subject"), Text: r.PostFormValue("text"), Form: r.PostFormValue("form"),
		Requestors: []desk.PrincipalID{desk.PrincipalID(web.Actor(r).User)},
	}
	var err error
	if in.Customers, err = h.chosenCustomer(r); err != nil {
		return in, err
	}
	form, err := h.chosenForm(r, in.Customers)
	if err != nil {
		return in, err
	}
	in.Queue = form.Queue.ID
	if in.Cc, err = h.chosenColleagues(r); err != nil {
		return in, err
	}
	if name := r.PostFormValue("sharing"); name != "" {
		sharing, ok := desk.ParseSharing(name)
		if !ok {
			return in, desk.InvalidFields(map[string]string{"sharing": "Choose who can see the ticket."})
		}
		in.Sharing = &sharing
	}
	if strings.TrimSpace(in.Text) == "" {
		return in, desk.InvalidFields(map[string]string{"text": "Say what happened, or what you need."})
	}
	if in.Files, err = web.Attachments(r, "files"); err != nil {
		return in, err
	}
	in.Fields = web.NewSets(r, form.Fields)
	return in, form.Missing(in.Fields)
}

func (h handler) chosenForm(r *http.Request, of []desk.CustomerID) (*service.OfferedForm, error) {
	customer := desk.CustomerID(0)
	if len(of) > 0 {
		customer = of[0]
	}
	forms, err := h.svc.TicketForms(r.Context(), web.Actor(r), customer)
	if err != nil {
		return nil, err
	}
	name := r.PostFormValue("queue")
	for i, f := range forms {
		if f.Queue.Name == name || name == "" && len(forms) == 1 {
			return &forms[i], nil
		}
	}
	return nil, desk.InvalidFields(map[string]string{"queue": "Choose one of these."})
}

func (h handler) chosenCustomer(r *http.Request) ([]desk.CustomerID, error) {
	key := r.PostFormValue("customer")
	if key == "" {
		return nil, nil
	}
	own, err := h.svc.MyCustomers(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	for _, c := range own {
		if c.Key == key {
			return []desk.CustomerID{c.ID}, nil
		}
	}
	return nil, desk.InvalidFields(map[string]string{"customer": "You can open tickets only for a company of yours."})
}
