package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const lettersURL = "/admin/mail/letters"

// letterRoutes adds the pages of the templates of letters.
func (h handler) letterRoutes(page func(string, func(http.ResponseWriter, *http.Request) error)) {
	page("GET "+lettersURL, h.letters)
	page("GET "+lettersURL+"/{name}", h.letterTemplate)
	page("POST "+lettersURL+"/{name}", h.saveLetterTemplate)
}

// A LettersPage lists the templates of the desk's letters.
type LettersPage struct {
	Nav             []web.NavSection
	Queue, Language web.Field
	Languages       []string
	Rows            []LetterRow
}

// View makes the page ready to be shown.
func (p LettersPage) View() web.View {
	return web.View{Template: "admin/letters", Title: web.T("mail.letters"), Nav: p.Nav, Crumbs: top(), Body: p}
}

// A LetterRow is one letter, with its template in each language.
type LetterRow struct {
	Name  string
	Cells []LetterCell
}

// A LetterCell is the state of a template in one language.
type LetterCell struct {
	URL, Language string
	State         string // key of a text
	Fault         string // why it cannot be used; empty: it can
}

// A LetterTemplatePage shows and changes one template.
type LetterTemplatePage struct {
	Nav           []web.NavSection
	Name, URL     string
	Language      string
	Queue         int64
	Where         web.Text
	State         string // key of a text
	Fault         string
	Subject, Text web.Field
	Ticket, To    web.Field
	Words         service.LetterWords
	Shipped       string
	Own, May      bool
	Error         web.Text
	Seen          string
	Preview       *service.LetterPreview
}

// View makes the page ready to be shown.
func (p LetterTemplatePage) View() web.View {
	return web.View{Template: "admin/letter-template", Title: web.T("letter.name." + p.Name), Nav: p.Nav, Crumbs: top(to("mail.letters", lettersURL)), Body: p}
}

// templatePlaces are the queues whose templates the reader may see, and the one
// that was chosen; queue zero is every queue, which he may see only with the
// right on the desk.
func (h handler) templatePlaces(r *http.Request) (service.TemplatePlace, web.Field, error) {
	field := web.Field{Name: "queue", Kind: "select"}
	queues, err := h.svc.Queues(r.Context(), web.Actor(r), desk.ShowTemplate)
	if err != nil {
		return service.TemplatePlace{}, field, err
	}
	asked, err := strconv.ParseInt(r.FormValue("queue"), 10, 64)
	at := service.TemplatePlace{Queue: desk.QueueID(asked), Language: r.FormValue("language")}
	if at.Language == "" {
		at.Language = "en"
	}
	if _, denied := h.svc.TemplateLanguages(r.Context(), web.Actor(r), 0); denied == nil {
		field.Options = []web.Option{{Value: "0", Label: web.T("letter.everywhere"), Selected: asked == 0}}
	} else if err != nil && len(queues) > 0 {
		at.Queue = queues[0].ID
	}
	for _, q := range queues {
		field.Options = append(field.Options, web.Option{Value: strconv.FormatInt(int64(q.ID), 10), Label: web.Plain(q.Name), Selected: q.ID == at.Queue})
	}
	return at, field, nil
}

// letters lists the templates of a queue, or of all.
func (h handler) letters(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r, "mail.letters")
	if err != nil {
		return err
	}
	if err := partOf(f.Templates); err != nil {
		return err
	}
	at, queue, err := h.templatePlaces(r)
	if err != nil {
		return err
	}
	page := LettersPage{Nav: f.nav, Queue: queue, Language: web.Field{Name: "language"}}
	if page.Languages, err = h.svc.TemplateLanguages(r.Context(), web.Actor(r), at.Queue); err != nil {
		return err
	}
	more := strings.ToLower(strings.TrimSpace(r.FormValue("language")))
	if more != "" && !slices.Contains(page.Languages, more) {
		page.Languages = append(page.Languages, more)
	}
	for i, language := range page.Languages {
		list, err := h.svc.LetterTemplates(r.Context(), web.Actor(r), service.TemplatePlace{Queue: at.Queue, Language: language})
		if err != nil && language == more {
			page.Language.Value = more
			web.Refuse(err, &page.Language)
			page.Languages = page.Languages[:i]
			break
		}
		if err != nil {
			return err
		}
		for n := range list {
			if i == 0 {
				page.Rows = append(page.Rows, LetterRow{Name: list[n].Name})
			}
			page.Rows[n].Cells = append(page.Rows[n].Cells, letterCell(&list[n]))
		}
	}
	return h.site.Show(w, r, page.View())
}

func letterCell(t *service.LetterTemplate) LetterCell {
	return LetterCell{templateURL(t), t.Language, templateState(t), t.Fault}
}

func templateURL(t *service.LetterTemplate) string {
	return lettersURL + "/" + t.Name + "?" + url.Values{"queue": {strconv.FormatInt(int64(t.Queue), 10)}, "language": {t.Language}}.Encode()
}

// templateState is the key of the text that says where a template comes from.
func templateState(t *service.LetterTemplate) string {
	switch {
	case t.Own && t.Queue == 0:
		return "letter.state.desk"
	case t.Own:
		return "letter.state.own"
	case t.Everywhere:
		return "letter.state.everywhere"
	case t.Shipped == "":
		return "letter.state.none"
	}
	return "letter.state.shipped"
}

// templatePage makes the page of a template ready.
func (h handler) templatePage(r *http.Request) (*LetterTemplatePage, *service.LetterTemplate, error) {
	f, err := h.frame(r, "mail.letters")
	if err != nil {
		return nil, nil, err
	}
	at, queues, err := h.templatePlaces(r)
	if err != nil {
		return nil, nil, err
	}
	t, err := h.svc.LetterTemplate(r.Context(), web.Actor(r), r.PathValue("name"), at)
	if err != nil {
		return nil, nil, err
	}
	page := &LetterTemplatePage{Nav: f.nav, Name: t.Name, URL: templateURL(t), Language: t.Language, Queue: int64(t.Queue), Where: web.T("letter.everywhere"),
		State: templateState(t), Fault: t.Fault, Shipped: t.Shipped, Own: t.Own, May: t.MayChange, Seen: seenState([]any{t.Subject, t.Text, t.Own}),
		Subject: web.Field{Name: "subject", Value: t.Subject, Readonly: !t.MayChange},
		Text:    web.Field{Name: "text", Kind: "textarea", Rows: 16, Value: t.Text, Required: true, Readonly: !t.MayChange},
		Ticket:  web.Field{Name: "ticket", Kind: "number"}, Words: service.WordsOfLetters(),
	}
	page.To = chosen("to", r.PostFormValue("to"), "", "letter.to.", []string{"desk", "customer"})
	for _, o := range queues.Options {
		if o.Selected && t.Queue != 0 {
			page.Where = web.T("letter.queue", o.Label.Key)
		}
	}
	return page, t, nil
}

func (h handler) letterTemplate(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.templatePage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

// saveLetterTemplate saves a template, shows what it makes of a ticket, or goes
// back to what ships.
func (h handler) saveLetterTemplate(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, t, err := h.templatePage(r)
	if err != nil {
		return err
	}
	by, title := web.Actor(r), web.ReaderOf(r).Say(web.T("letter.name."+t.Name))
	in := desk.LetterTemplate{Name: t.Name, Queue: t.Queue, Language: t.Language, Subject: r.PostFormValue("subject"), Text: r.PostFormValue("text")}
	do := r.PostFormValue("do")
	if do == "look" {
		web.Retype(r, &page.Subject, &page.Text, &page.Ticket)
		ticket, _ := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(page.Ticket.Value), "#"), 10, 64)
		page.Preview, err = h.svc.PreviewLetter(r.Context(), by, in, desk.TicketID(ticket), r.PostFormValue("to") == "customer")
		if desk.KindOf(err) == desk.NotFound {
			page.Ticket.Error, err = desk.Sentence(err), nil
			if ticket == 0 {
				page.Ticket.Error = "Write the number of a ticket."
			}
		}
		if err == nil {
			return h.site.Show(w, r, page.View())
		}
		return h.templateRefused(w, r, page, err)
	}
	if err = stale(r, page.Seen); err == nil && do == "reset" {
		err = h.svc.ResetLetterTemplate(r.Context(), by, t.Name, service.TemplatePlace{Queue: t.Queue, Language: t.Language})
	} else if err == nil {
		err = h.svc.SaveLetterTemplate(r.Context(), by, in)
	}
	if err != nil {
		web.Retype(r, &page.Subject, &page.Text, &page.Ticket)
		return h.templateRefused(w, r, page, err)
	}
	return h.done(w, r, page.URL, web.T(map[bool]string{true: "letter.reset.done", false: "letter.saved"}[do == "reset"], title))
}

func (h handler) templateRefused(w http.ResponseWriter, r *http.Request, page *LetterTemplatePage, err error) error {
	if rest := web.Refuse(err, &page.Subject, &page.Text); rest != "" {
		page.Error = web.Plain(rest)
	}
	return h.showRefused(w, r, page.View(), err)
}
