package agent_test

import (
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
