package agent

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const templatesURL = base + "/templates"

// A TemplatesPage lists the reply templates that the reader may use, and makes
// new ones.
type TemplatesPage struct {
	Nav   []web.NavSection
	List  []TemplateRow
	New   TemplateForm
	Empty web.Empty
	Undo  string // URL that brings back what was just taken away; empty: nothing was
}

// A TemplateRow is a reply template in a list.
type TemplateRow struct {
	Name, Language, Text string
	Of                   web.Text // whose it is
	URL                  string   // where it is changed, or chosen; empty: it may not be
}

// A TemplatePage changes one reply template, or shows it to who may only use it.
type TemplatePage struct {
	Nav    []web.NavSection
	Name   string
	Of     web.Text
	Form   *TemplateForm // nil: the reader may not change it
	Text   string
	Remove string // URL that takes it away
}

// A TemplateForm is the form of a reply template, with what it can put in.
type TemplateForm struct {
	Action                        string
	Name, Language, For, Text, On web.Field
	Fields, Filters               []TemplateWord
	Preview                       string // what it makes of the ticket that was named; empty: none was
	Error                         string
}

// A TemplateWord is what stands in brackets in a template.
type TemplateWord struct {
	Word string
	Help web.Text
}

// View makes the page ready to be shown.
func (p TemplatesPage) View() web.View {
	return web.View{Template: "agent/templates", Title: web.T("reply.title"), Nav: p.Nav, Body: p}
}

// View makes the page ready to be shown.
func (p TemplatePage) View() web.View {
	return web.View{Template: "agent/template", Title: web.Plain(p.Name), Nav: p.Nav, Body: p}
}

func templateURL(id desk.ReplyTemplateID) string {
	return templatesURL + "/" + strconv.FormatInt(int64(id), 10)
}

// templateOf says whose a reply template is.
func templateOf(t *service.ReplyTemplateLine) web.Text {
	switch {
	case t.Owner != 0:
		return web.T("reply.of.me")
	case t.Group != 0:
		return web.T("reply.of.group", t.Of)
	case t.Queue != 0 && t.Of != "":
		return web.T("reply.of.queue", t.Of)
	}
	return web.T("reply.of.desk")
}

// templates lists them.
func (h handler) templates(w http.ResponseWriter, r *http.Request) error {
	page, err := h.templatesPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) templatesPage(r *http.Request) (*TemplatesPage, error) {
	f, err := h.frame(r)
	if err != nil {
		return nil, err
	}
	list, err := h.desk.ReplyTemplates(r.Context(), web.Actor(r), 0)
	if err != nil {
		return nil, err
	}
	page := &TemplatesPage{Nav: f.nav, Empty: web.Empty{Icon: "reply", Title: web.T("reply.none"), Hint: web.T("reply.none.hint")}}
	for i := range list {
		t := &list[i]
		page.List = append(page.List, TemplateRow{Name: t.Name, Language: t.Language, Of: templateOf(t), URL: templateURL(t.ID), Text: cut(t.Text)})
	}
	if undo := ticketID(r.URL.Query().Get("undo")); undo != 0 {
		page.Undo = templateURL(desk.ReplyTemplateID(undo)) + "/restore"
	}
	page.New = templateForm(templatesURL, &desk.ReplyTemplate{})
	page.New.For = choices("for", "", web.Option{Value: "me", Label: web.T("saved.me")})
	places, err := h.desk.ReplyTemplatePlaces(r.Context(), web.Actor(r))
	for _, p := range places {
		switch {
		case p.Group != 0:
			add(&page.New.For, "", "group:"+strconv.FormatInt(int64(p.Group), 10), web.T("reply.of.group", p.Name))
		case p.Queue != 0:
			add(&page.New.For, "", "queue:"+strconv.FormatInt(int64(p.Queue), 10), web.T("reply.of.queue", p.Name))
		default:
			add(&page.New.For, "", "desk", web.T("reply.of.desk"))
		}
	}
	return page, err
}

// cut is the beginning of a text, for a list.
func cut(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 140 {
		return string(runes[:140]) + "…"
	}
	return text
}

func templateForm(action string, t *desk.ReplyTemplate) TemplateForm {
	f := TemplateForm{Action: action, Name: web.Field{Name: "name", Required: true, Value: t.Name}, Language: web.Field{Name: "language", Value: t.Language},
		Text: web.Field{Name: "text", Kind: "textarea", Rows: 10, Required: true, Value: t.Text}, On: web.Field{Name: "on"}}
	words := service.WordsOfReplies()
	for _, w := range words.Fields {
		f.Fields = append(f.Fields, TemplateWord{"{{" + w.Name + "}}", web.T("reply.field." + w.Name)})
	}
	for _, w := range words.Filters {
		name, _, _ := strings.Cut(w.Name, " ")
		f.Filters = append(f.Filters, TemplateWord{"| " + w.Name, web.T("reply.filter." + name)})
	}
	return f
}

// makeTemplate makes one, or shows what it would put into a ticket.
func (h handler) makeTemplate(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	t := templateTyped(r)
	kind, number, _ := strings.Cut(r.PostFormValue("for"), ":")
	switch kind {
	case "group":
		t.Group = desk.GroupID(ticketID(number))
	case "queue":
		t.Queue = desk.QueueID(ticketID(number))
	case "desk":
	default:
		t.Owner = web.Actor(r).User
	}
	page, err := h.templatesPage(r)
	if err != nil {
		return err
	}
	return h.templateSent(w, r, t, &page.New, func() web.View { return page.View() })
}

func templateTyped(r *http.Request) desk.ReplyTemplate {
	return desk.ReplyTemplate{Name: r.PostFormValue("name"), Language: strings.TrimSpace(r.PostFormValue("language")), Text: r.PostFormValue("text")}
}

// templateSent stores what a form has, or shows what it would put into a ticket.
// What is refused comes back as it was typed.
func (h handler) templateSent(w http.ResponseWriter, r *http.Request, t desk.ReplyTemplate, form *TemplateForm, view func() web.View) error {
	var err error
	if r.PostFormValue("do") == "look" {
		in := service.ReplyFill{Ticket: numberOf(strings.TrimSpace(r.PostFormValue("on"))), Text: t.Text}
		if form.Preview, err = h.desk.FillReply(r.Context(), web.Actor(r), in); desk.KindOf(err) == desk.NotFound {
			form.On.Error = desk.Sentence(err)
			err = nil
		}
	} else if _, err = h.desk.SaveReplyTemplate(r.Context(), web.Actor(r), t); err == nil {
		return h.site.Done(w, r, templatesURL, web.Notice{Level: "good", Text: web.T("reply.saved", t.Name)})
	}
	if kind := desk.KindOf(err); kind == desk.NotFound || kind == desk.Internal {
		return err
	}
	web.Retype(r, &form.Name, &form.Language, &form.For, &form.Text, &form.On)
	v := view()
	if err != nil {
		form.Error = web.Refuse(err, &form.Name, &form.Language, &form.Text)
		v = view()
		v.Status = web.StatusOf(desk.KindOf(err))
	}
	return h.site.Show(w, r, v)
}

// askTemplate shows one.
func (h handler) askTemplate(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.templatePage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) templatePage(r *http.Request) (*TemplatePage, *service.ReplyTemplateLine, error) {
	id, err := web.ID[desk.ReplyTemplateID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	t, err := h.desk.ReplyTemplate(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	f, err := h.frame(r)
	if err != nil {
		return nil, nil, err
	}
	page := &TemplatePage{Nav: f.nav, Name: t.Name, Of: templateOf(t), Text: t.Text}
	if t.May {
		form := templateForm(templateURL(id), &t.ReplyTemplate)
		page.Form, page.Remove = &form, templateURL(id)+"/remove"
	}
	return page, t, nil
}

// changeTemplate changes one.
func (h handler) changeTemplate(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, old, err := h.templatePage(r)
	if err != nil {
		return err
	}
	if page.Form == nil {
		page.Form = &TemplateForm{}
	}
	t := templateTyped(r)
	t.ID = old.ID
	return h.templateSent(w, r, t, page.Form, func() web.View { return page.View() })
}

// removeTemplate takes one away, or brings it back.
func (h handler) removeTemplate(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.ReplyTemplateID](r, "id")
	if err != nil {
		return err
	}
	back := r.PathValue("do") == "restore"
	if !back && r.PathValue("do") != "remove" {
		return h.nothing(w, r)
	}
	if err := h.desk.RemoveReplyTemplate(r.Context(), web.Actor(r), id, back); err != nil {
		return err
	}
	if back {
		return h.site.Done(w, r, templatesURL, web.Notice{Level: "good", Text: web.T("reply.back")})
	}
	return h.site.Done(w, r, templatesURL+"?undo="+strconv.FormatInt(int64(id), 10), web.Notice{Level: "good", Text: web.T("reply.gone")})
}
