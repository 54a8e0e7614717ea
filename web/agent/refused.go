package agent

import (
	"maps"
	"net/http"
	"path"
	"slices"

	"gatehouse/desk"
	"gatehouse/web"
)

// fillRefused shows a form beside the ticket that was refused as it was sent: open,
// with what was typed and what is wrong with it.
func (p *TicketPage) fillRefused(r *http.Request, err error) {
	if err == nil {
		return
	}
	form := path.Base(r.URL.Path)
	fields := p.formFields(form)
	if len(fields) == 0 {
		return
	}
	p.Refused = form
	web.Retype(r, fields...)
	texts, first := desk.FieldTexts(err), true
	for _, f := range fields {
		if f.Error = texts[f.Name]; f.Error != "" {
			f.Autofocus, first = first, false
		}
	}
}

// refusedFor says why a form was refused, without the name that a field has in it.
func refusedFor(err error) string {
	texts := desk.FieldTexts(err)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		return texts[name]
	}
	return desk.Sentence(err)
}

// formFields are the fields of one of the forms beside the ticket, by the end of
// the address that takes it.
func (p *TicketPage) formFields(form string) []*web.Field {
	var fields []*web.Field
	switch form {
	case "status":
		fields = append(fields, p.StatusForm)
	case "queue":
		fields = append(fields, p.QueueForm)
	case "facts":
		fields = append(fields, p.SubjectForm, p.PriorityForm)
	case "customer":
		fields = append(fields, p.Company.Set)
	case "sharing":
		fields = append(fields, p.Company.Share)
	case "plan":
		if f := p.Plan.Change; f != nil {
			fields = append(fields, &f.Worked, &f.Due, &f.Starts, &f.Left, &f.Estimated)
		}
	case "reminders":
		if f := p.Remind; f != nil {
			fields = append(fields, &f.In, &f.Due, &f.Note, &f.Who, &f.Silent)
		}
	}
	var shown []*web.Field
	for _, f := range fields {
		if f != nil {
			shown = append(shown, f)
		}
	}
	return shown
}
