package agent_test

import (
	"time"

	"gatehouse/web"
	"gatehouse/web/agent"
)

func templateRows(n int) []agent.TemplateRow {
	list := []agent.TemplateRow{
		{Name: "Ask for a log", Of: web.T("reply.of.me"), Text: "Hello Bob,\n\nplease send us the log.\n\nAnn Archer", URL: "/agent/templates/1"},
		{Name: "Leider nicht mehr unterstützt, und was statt dessen geht", Language: "de", Of: web.T("reply.of.queue", "Field service"), Text: "Leider …", URL: "/agent/templates/2"},
	}
	return list[:n]
}

func replyForm() agent.TemplateForm {
	return agent.TemplateForm{Action: "/agent/templates", Name: web.Field{Name: "name", Required: true, Value: "Ask for a log"}, Language: web.Field{Name: "language", Error: "Write a language by its code."},
		For: selection("", "for", "Myself", "Of the queue Support"), Text: web.Field{Name: "text", Kind: "textarea", Rows: 10, Value: "Hello {{contact.first}}"}, On: web.Field{Name: "on", Value: "42"},
		Fields: []agent.TemplateWord{{Word: "{{contact.first}}", Help: web.T("reply.field.contact.first")}}, Filters: []agent.TemplateWord{{Word: "| upper", Help: web.T("reply.filter.upper")}},
		Preview: "Hello Bob", Error: "There are 200 templates already."}
}

// templatesShown is the page of reply templates: empty, or after one was taken away.
func templatesShown(undo string) agent.TemplatesPage {
	p := agent.TemplatesPage{Nav: nav("nav.templates"), New: replyForm(), Undo: undo, Empty: web.Empty{Icon: "reply", Title: web.T("reply.none"), Hint: web.T("reply.none.hint")}}
	if undo != "" {
		p.List = templateRows(2)
	}
	return p
}

func templateShown() agent.TemplatePage {
	form := replyForm()
	form.For = web.Field{}
	return agent.TemplatePage{Nav: nav(""), Name: "Ask for a log", Of: web.T("reply.of.me"), Form: &form, Remove: "/agent/templates/1/remove"}
}

func chosen(part bool, n int) agent.ChoosePage {
	return agent.ChoosePage{Nav: nav(""), ID: 42, Subject: "#42 Arm 7 stops", Back: "/agent/tickets/42", Kind: "reply", Find: web.Field{Name: "q", Kind: "search"}, List: templateRows(n), More: n > 0, Part: part}
}

func remindersDue() []agent.Reminder {
	return []agent.Reminder{
		{ID: 1, Ticket: "#42 Arm 7 stops with error E-41 after warm-up", TicketTo: "/agent/tickets/42", Due: ago(time.Hour), Late: true, Note: "Call the maker", By: "Tom Tailor", May: true, In: selection("later-1-", "in", "Tomorrow", "In a week"), At: web.Field{Form: "later-1-", Name: "due", Kind: "datetime-local", Error: "Say when."}, Open: true},
		{ID: 2, Ticket: "#43 Question", TicketTo: "/agent/tickets/43", Due: ago(-24 * time.Hour), Silent: true, For: "Ann Archer", Done: true, May: true},
	}
}

func remindersShown(some bool) agent.RemindersPage {
	p := agent.RemindersPage{Nav: nav("remind.mine"), Empty: web.Empty{Icon: "clock", Title: web.T("remind.none"), Hint: web.T("remind.none.hint")}}
	if some {
		p.List, p.Undo, p.Error = remindersDue(), "/agent/reminders/3/back", "It cannot be put off."
	}
	return p
}

// reminded is a ticket with reminders and the form for another one.
func reminded() agent.TicketPage {
	p := ticket()
	p.Reminders = remindersDue()
	p.Remind = &agent.ReminderForm{In: selection("remind-", "in", "Tomorrow", "In a week"), Due: web.Field{Form: "remind-", Name: "due", Kind: "datetime-local"}, Note: web.Field{Form: "remind-", Name: "note"},
		Who: selection("remind-", "who", "Me", "Tom Tailor"), Silent: web.Field{Form: "remind-", Name: "silent", Kind: "checkbox"}}
	return p
}
