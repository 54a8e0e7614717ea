package agent

import (
	"net/http"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// saveDraft keeps what is being written: quietly for script, which saves while
// one types, and with a page for the button.
func (h handler) saveDraft(w http.ResponseWriter, r *http.Request) error {
	d, err := h.draftSent(r)
	if err != nil {
		return err
	}
	err = h.desk.SaveDraft(r.Context(), web.Actor(r), d)
	if r.URL.Query().Get("quiet") != "" {
		if err == nil {
			w.WriteHeader(http.StatusNoContent)
		}
		return err
	}
	if err != nil {
		return h.again(w, r, d.Ticket, draft{err: err, kind: d.Kind, text: d.Text, also: d.Also})
	}
	return h.site.Done(w, r, ticketURL(d.Ticket)+"#compose", web.Notice{Level: "good", Text: web.T("compose.draft.saved")})
}

// draftSent reads what was typed into a form of the composer.
func (h handler) draftSent(r *http.Request) (d desk.Draft, err error) {
	d.Kind = desk.Reply
	if d.Ticket, err = web.ID[desk.TicketID](r, "id"); err != nil {
		return d, err
	}
	if err := web.ReadForm(r); err != nil {
		return d, err
	}
	d.Text, d.Also = strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n"), strings.TrimSpace(r.PostFormValue("also"))
	if r.URL.Query().Get("kind") == desk.Comment.String() {
		d.Kind = desk.Comment
	}
	return d, nil
}

// draftsOf puts what the reader has begun into the forms that nothing was typed
// into.
func (h handler) draftsOf(r *http.Request, o *opened, page *TicketPage) error {
	list, err := h.desk.Drafts(r.Context(), web.Actor(r), o.ID)
	for _, d := range list {
		form := page.Composer.Reply
		if d.Kind == desk.Comment {
			form = page.Composer.Comment
		}
		if form == nil || form.Text.Value != "" {
			continue
		}
		form.Text.Value, form.Also.Value, form.Saved = d.Text, d.Also, o.reader.In(d.At)
	}
	if c := &page.Composer; c.Reply != nil && c.Comment != nil && c.Reply.Text.Value == "" && c.Comment.Text.Value != "" {
		c.Commenting = true
	}
	return err
}

// draftItems lead to what the reader has begun to write.
func draftItems(list []service.DraftLine) []web.NavItem {
	items := make([]web.NavItem, len(list))
	for i, d := range list {
		items[i] = web.NavItem{Label: web.Plain(d.Ticket.String() + " " + d.Subject), URL: ticketURL(d.Ticket) + "#compose", Icon: "pencil"}
	}
	return items
}
