package agent

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// choicesShown is how many reply templates are offered at once; more are found
// by words.
const choicesShown = 20

// A ChoosePage offers reply templates for what is written on a ticket, each as
// it would be put in. Part is the list alone, for script.
type ChoosePage struct {
	Nav     []web.NavSection
	ID      int64
	Subject string
	Back    string // URL of the ticket with what was typed
	Kind    string
	Find    web.Field
	List    []TemplateRow
	More    bool // there are more than List
	Part    bool
}

// View makes the page ready to be shown.
func (p ChoosePage) View() web.View {
	if p.Part {
		return web.View{Template: "agent/choose-part", Title: web.T("reply.choose"), Body: p}
	}
	return web.View{Template: "agent/choose", Title: web.T("reply.choose"), Nav: p.Nav, Body: p}
}

// toTemplates keeps what was typed, and leads to the reply templates.
func (h handler) toTemplates(w http.ResponseWriter, r *http.Request) error {
	d, err := h.draftSent(r)
	if err != nil {
		return err
	}
	if err := h.desk.SaveDraft(r.Context(), web.Actor(r), d); err != nil {
		return h.again(w, r, d.Ticket, draft{err: err, kind: d.Kind, text: d.Text, also: d.Also})
	}
	q := url.Values{"kind": {d.Kind.String()}}
	if step := r.PostFormValue("status"); step != "" {
		q.Set("step", step)
	}
	http.Redirect(w, r, ticketURL(d.Ticket)+"/templates?"+q.Encode(), http.StatusSeeOther)
	return nil
}

// chooseTemplate offers the reply templates that have the words that are looked
// for.
func (h handler) chooseTemplate(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	list, err := h.desk.ReplyTemplates(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	kind, step := r.URL.Query().Get("kind"), r.URL.Query().Get("step")
	if kind != desk.Comment.String() {
		kind = desk.Reply.String()
	}
	page := &ChoosePage{ID: int64(id), Back: ticketURL(id) + "?" + url.Values{"with": {kind}, "step": {step}}.Encode() + "#compose", Kind: kind,
		Find: web.Field{Name: "q", Kind: "search", Value: strings.TrimSpace(r.URL.Query().Get("q"))}, Part: r.URL.Query().Get("part") != ""}
	for i := range list {
		t := &list[i]
		if !hasWords(t.Name+" "+t.Text, page.Find.Value) {
			continue
		}
		if page.More = len(page.List) == choicesShown; page.More {
			break
		}
		text, err := h.desk.FillReply(r.Context(), web.Actor(r), service.ReplyFill{Ticket: id, Template: t.ID})
		if err != nil {
			return err
		}
		put := url.Values{"put": {strconv.FormatInt(int64(t.ID), 10)}, "with": {kind}, "step": {step}}
		page.List = append(page.List, TemplateRow{Name: t.Name, Language: t.Language, Of: templateOf(t), Text: text, URL: ticketURL(id) + "?" + put.Encode() + "#compose"})
	}
	if !page.Part {
		if err := h.aroundChoice(r, id, page); err != nil {
			return err
		}
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) aroundChoice(r *http.Request, id desk.TicketID, page *ChoosePage) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	v, err := h.desk.Ticket(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	page.Nav, page.Subject = f.nav, v.ID.String()+" "+v.Subject
	return nil
}

// hasWords reports whether a text has all the words.
func hasWords(text, words string) bool {
	text = desk.Fold(text)
	for word := range strings.FieldsSeq(desk.Fold(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// putTemplate puts the reply template that the address names behind what was
// begun. One that there is not is passed over.
func (h handler) putTemplate(r *http.Request, o *opened, page *TicketPage) error {
	id := ticketID(r.URL.Query().Get("put"))
	form := page.Composer.Reply
	if r.URL.Query().Get("with") == desk.Comment.String() || form == nil {
		form = page.Composer.Comment
	}
	if id == 0 || form == nil {
		return nil
	}
	text, err := h.desk.FillReply(r.Context(), web.Actor(r), service.ReplyFill{Ticket: o.ID, Template: desk.ReplyTemplateID(id)})
	switch desk.KindOf(err) {
	case 0:
	case desk.NotFound, desk.Invalid:
		return nil
	default:
		return err
	}
	if begun := strings.TrimRight(form.Text.Value, " \n"); begun != "" {
		text = begun + "\n\n" + text
	}
	form.Text.Value, form.Text.Autofocus = text, true
	return nil
}
