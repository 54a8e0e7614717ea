package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) reminderRoutes() []route {
	const (
		see    = "ShowTicket, as somebody at the desk: one's own and those that one made; ShowTicketComments: all"
		change = "To be who is reminded or who made it, or ModifyTicket"
	)
	return []route{
		shows(h, what{"listReminders", "GET /reminders", "nothing: it is about oneself", "One's open reminders on tickets that one may see, by when they are due"}, h.listReminders),
		shows(h, what{"listTicketReminders", "GET /tickets/{id}/reminders", see, "The reminders of a ticket that are open, or were done within a day"}, h.listTicketReminders),
		makes(h, what{"createReminder", "POST /tickets/{id}/reminders", "ShowTicket, as somebody at the desk; for a colleague CommentOnTicket", "Be reminded of a ticket, or have a colleague reminded who may see it"}, "/reminders", h.createReminder),
		shows(h, what{"getReminder", "GET /reminders/{id}", see, "One reminder"}, h.getReminder),
		does(h, what{"changeReminder", "PATCH /reminders/{id}", change + "; for another colleague CommentOnTicket", "Put a reminder off, or change what it says; it is open then"}, h.changeReminder),
		does(h, what{"endReminder", "POST /reminders/{id}/done", change, "Be done with a reminder"}, h.endReminder),
		does(h, what{"reopenReminder", "POST /reminders/{id}/reopen", change, "Have a reminder again that was done"}, h.reopenReminder),
	}
}

// A Reminder brings a ticket back to somebody at the desk.
type Reminder struct {
	ID      int64      `json:"id"`
	Ticket  int64      `json:"ticket"`
	Subject string     `json:"subject" doc:"The ticket's."`
	User    Who        `json:"user" doc:"Who is reminded."`
	Maker   *Who       `json:"maker,omitempty" doc:"Who made it; left out: the desk."`
	Due     time.Time  `json:"due"`
	Note    string     `json:"note,omitempty"`
	Silent  bool       `json:"silent" doc:"Only if nobody has answered by then."`
	Late    bool       `json:"late" doc:"It came due, and is not done."`
	Done    *time.Time `json:"done,omitempty" doc:"Left out: it is open."`
	May     bool       `json:"may" doc:"One may change it."`
}

func (c caller) reminder(r service.ReminderLine) Reminder {
	wire := Reminder{ID: int64(r.ID), Ticket: int64(r.Reminder.Ticket), Subject: r.Subject, User: c.who(r.Who), Due: r.Due.UTC(), Note: r.Note,
		Silent: r.Silent, Late: r.Late, Done: moment(r.Done), May: r.May}
	if r.Maker != 0 {
		maker := c.who(r.By)
		wire.Maker = &maker
	}
	return wire
}

func (h *handler) listReminders(ctx context.Context, by caller, _ *Nothing) (Page[Reminder], error) {
	list, err := h.desk.MyReminders(ctx, by.Actor)
	return pageOf(list, by.reminder), err
}

func (h *handler) listTicketReminders(ctx context.Context, by caller, in *Numbered) (Page[Reminder], error) {
	list, err := h.desk.Reminders(ctx, by.Actor, desk.TicketID(in.ID))
	return pageOf(list, by.reminder), err
}

func (h *handler) getReminder(ctx context.Context, by caller, in *Numbered) (Reminder, error) {
	r, err := h.desk.Reminder(ctx, by.Actor, desk.ReminderID(in.ID))
	if err != nil {
		return Reminder{}, err
	}
	return by.reminder(*r), nil
}

// A ReminderInput is a reminder to be made.
type ReminderInput struct {
	Due    time.Time `json:"due"`
	User   int64     `json:"user,omitempty" minimum:"1" doc:"Who is reminded; left out: oneself."`
	Note   string    `json:"note,omitempty" maxLength:"500"`
	Silent bool      `json:"silent,omitempty" doc:"Only if nobody has answered by then."`
}

type createReminderInput struct {
	Numbered
	Body ReminderInput
}

func (h *handler) createReminder(ctx context.Context, by caller, in *createReminderInput) (desk.ReminderID, error) {
	b := in.Body
	return h.desk.SaveReminder(ctx, by.Actor, service.NewReminder{Ticket: desk.TicketID(in.ID), User: desk.UserID(b.User), Note: b.Note, Due: b.Due, Silent: b.Silent})
}

// A ReminderPatch changes a reminder; what is absent stays.
type ReminderPatch struct {
	Due    *time.Time `json:"due,omitempty"`
	User   int64      `json:"user,omitempty" minimum:"1"`
	Note   *string    `json:"note,omitempty" maxLength:"500"`
	Silent *bool      `json:"silent,omitempty"`
}

type changeReminderInput struct {
	Numbered
	Body ReminderPatch
}

func (h *handler) changeReminder(ctx context.Context, by caller, in *changeReminderInput) error {
	r, err := h.desk.Reminder(ctx, by.Actor, desk.ReminderID(in.ID))
	if err != nil {
		return err
	}
	to := service.NewReminder{ID: r.ID, User: desk.UserID(in.Body.User), Note: r.Note, Due: r.Due, Silent: r.Silent}
	set(&to.Due, in.Body.Due)
	set(&to.Note, in.Body.Note)
	set(&to.Silent, in.Body.Silent)
	_, err = h.desk.SaveReminder(ctx, by.Actor, to)
	return err
}

func (h *handler) endReminder(ctx context.Context, by caller, in *Numbered) error {
	_, err := h.desk.EndReminder(ctx, by.Actor, desk.ReminderID(in.ID), false)
	return err
}

func (h *handler) reopenReminder(ctx context.Context, by caller, in *Numbered) error {
	_, err := h.desk.EndReminder(ctx, by.Actor, desk.ReminderID(in.ID), true)
	return err
}
