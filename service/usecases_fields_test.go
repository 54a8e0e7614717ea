package service_test

import (
	"fmt"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// fieldUseCases are those of custom fields.
var fieldUseCases = map[string]func(h *sample) []any{
	"TicketForms": func(*sample) []any { return args(desk.CustomerID(0)) },
	"Colleagues":  func(*sample) []any { return nil },
	"QueueForms": func(h *sample) []any {
		h.ok(h.SaveTicketForm(h.ctx, h.sys, desk.TicketForm{Queue: h.q, Intro: "Hello."}))
		return args(h.q)
	},
	"SaveTicketForm": func(h *sample) []any { return args(desk.TicketForm{Queue: h.q, Closed: true}) },
	"AssignField":    func(h *sample) []any { return args(h.field(desk.Field{}), h.q, true) },
	"CreateField": func(*sample) []any {
		return args(desk.Field{Of: desk.OfTickets, Name: "New", Kind: desk.TextField})
	},
	"Field":           func(h *sample) []any { return args(h.field(desk.Field{Everywhere: true})) },
	"Fields":          func(h *sample) []any { h.field(desk.Field{Everywhere: true}); return nil },
	"FindField":       func(h *sample) []any { return args(h.fieldName(desk.Field{Everywhere: true})) },
	"NewTicketFields": func(h *sample) []any { h.field(desk.Field{Everywhere: true}); return args(h.q) },
	"OrderFields":     func(h *sample) []any { return args([]desk.FieldID{h.field(desk.Field{})}) },
	"RecordFields":    func(h *sample) []any { h.field(desk.Field{Of: desk.OfUsers}); return args(h.names["bob"]) },
	"Health":          func(*sample) []any { return args(true) },
	"Checkup":         func(*sample) []any { return nil },
	"Rate":            func(h *sample) []any { return args(desk.Rating{Ticket: h.rated(), Mark: desk.MarkContent}) },
	"Ratings": func(h *sample) []any {
		id := h.rated()
		h.ok(h.Rate(h.ctx, h.by("root"), desk.Rating{Ticket: id, Mark: desk.MarkNot}))
		return args(id)
	},
	"SharedTickets": func(*sample) []any { return args(service.TicketFilter{Limit: 5}) },
	"Views":         func(h *sample) []any { h.deskView(); return nil },
	"ViewGroups":    func(*sample) []any { return nil },
	"ViewBar":       func(h *sample) []any { h.deskView(); return nil },
	"ShareView":     func(h *sample) []any { return args(h.deskView(), desk.GroupID(0), true) },
	"ArrangeViews":  func(*sample) []any { return args([]desk.ViewPlace{{View: "open"}, {View: "mine", Hidden: true}}) },
	"StartWithView": func(*sample) []any { return args(service.ViewStart{View: "open", Desk: true}) },
	"SaveView":      func(*sample) []any { return args(desk.View{Name: "New", Address: "view=open"}) },
	"RemoveView":    func(h *sample) []any { return args(h.deskView(), false) },
	"SetFields": func(h *sample) []any {
		return args(service.FieldsChange{Ticket: h.ticket, Set: []service.FieldSet{{Field: h.field(desk.Field{Everywhere: true}), Values: []string{"x"}}}})
	},
	"SetRecordFields": func(h *sample) []any {
		return args(h.names["acme"], []service.FieldSet{{Field: h.field(desk.Field{Of: desk.OfCustomers}), Values: []string{"x"}}})
	},
	"UpdateField": func(h *sample) []any {
		return args(desk.Field{ID: h.field(desk.Field{}), Of: desk.OfTickets, Name: "Other", Kind: desk.TextField})
	},
	"UseOfField": func(h *sample) []any { return args(h.field(desk.Field{})) },
}

// replyUseCases are those of reply templates.
var replyUseCases = map[string]func(h *sample) []any{
	"ReplyTemplates":      func(h *sample) []any { h.deskReply(); return args(h.ticket) },
	"ReplyTemplate":       func(h *sample) []any { return args(h.deskReply()) },
	"ReplyTemplatePlaces": func(*sample) []any { return nil },
	"SaveReplyTemplate":   func(*sample) []any { return args(desk.ReplyTemplate{Name: "New", Text: "Hello"}) },
	"RemoveReplyTemplate": func(h *sample) []any { return args(h.deskReply(), false) },
	"FillReply":           func(h *sample) []any { return args(service.ReplyFill{Ticket: h.ticket, Template: h.deskReply()}) },
}

// reminderUseCases are those of reminders.
var reminderUseCases = map[string]func(h *sample) []any{
	"Reminders":   func(h *sample) []any { h.reminder(); return args(h.ticket) },
	"Reminder":    func(h *sample) []any { return args(h.reminder()) },
	"MyReminders": func(*sample) []any { return nil },
	"Mentionable": func(h *sample) []any { return args(h.ticket, desk.Reply, "ro") },
	"SaveReminder": func(h *sample) []any {
		return args(service.NewReminder{Ticket: h.ticket, User: h.id("root"), Due: h.Now().Add(time.Hour)})
	},
	"EndReminder": func(h *sample) []any { return args(h.reminder(), false) },
	"RemindDue":   func(h *sample) []any { return args(desk.Job{Kind: service.JobRemind, Data: "1/1"}) },
}

// noticeUseCases are those of notices and of what is unread.
var noticeUseCases = map[string]func(h *sample) []any{
	"Notices":       func(*sample) []any { return args(false) },
	"UnreadNotices": func(*sample) []any { return nil },
	"SetNotice":     func(h *sample) []any { return args(h.notice(), true) },
	"ReadNotices":   func(*sample) []any { return nil },
	"ForgetNotices": func(*sample) []any { return nil },
	"OwnKeys":       func(*sample) []any { return nil },
	"SetOwnKeys":    func(*sample) []any { return args(desk.OwnKeys{Off: true}) },
	"ReadTicket":    func(h *sample) []any { return args(h.ticket) },
	"MarkTickets":   func(h *sample) []any { return args([]desk.TicketID{h.ticket}, true) },
}

// notice gives root a ticket, of which he is told.
func (h *sample) notice() desk.NoticeID {
	h.t.Helper()
	list := must(h.Notices(h.ctx, h.by("root"), false))(h.t)
	if len(list) == 0 {
		h.ok(h.SetOwner(h.ctx, h.sys, h.second, service.Give, h.id("root")))
		list = must(h.Notices(h.ctx, h.by("root"), false))(h.t)
	}
	return list[0].ID
}

// reminder makes a reminder for root.
func (h *sample) reminder() desk.ReminderID {
	h.t.Helper()
	return must(h.SaveReminder(h.ctx, h.by("root"), service.NewReminder{Ticket: h.ticket, Due: h.Now().Add(time.Hour)}))(h.t)
}

// deskReply makes a reply template of the whole desk.
func (h *house) deskReply() desk.ReplyTemplateID {
	h.t.Helper()
	return must(h.SaveReplyTemplate(h.ctx, h.sys, desk.ReplyTemplate{Name: "Of the desk", Text: "Hello {{contact.name}}"}))(h.t)
}

// rated is a ticket that is done, and that root asked for.
func (h *sample) rated() desk.TicketID {
	id := must(h.OpenTicket(h.ctx, h.by("root"), service.NewTicket{Queue: h.q, Subject: "Done"}))(h.t)
	h.ok(h.SetStatus(h.ctx, h.sys, id, desk.StatusResolved, 0))
	return id
}

// deskView makes a view of the whole desk.
func (h *house) deskView() desk.ViewID {
	h.t.Helper()
	return must(h.SaveView(h.ctx, h.sys, desk.View{Name: "Of the desk", Address: "view=open"}))(h.t)
}

// field makes a custom field, of tickets and with one line of text where nothing
// else is said.
func (h *house) field(f desk.Field) desk.FieldID {
	h.t.Helper()
	if f.Of == "" {
		f.Of = desk.OfTickets
	}
	if f.Kind == "" {
		f.Kind = desk.TextField
	}
	if f.Name == "" {
		f.Name = fmt.Sprint("Field ", len(must(h.Fields(h.ctx, h.sys))(h.t)))
	}
	return must(h.CreateField(h.ctx, h.sys, f))(h.t)
}

func (h *house) fieldName(f desk.Field) string {
	h.t.Helper()
	return must(h.Field(h.ctx, h.sys, h.field(f)))(h.t).Name
}
