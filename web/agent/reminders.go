package agent

import (
	"net/http"
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

const remindersURL = base + "/reminders"

// A Reminder is one of a ticket's reminders.
type Reminder struct {
	ID       int64
	Ticket   string // its number and subject, in a list of several tickets
	TicketTo string // URL
	Due      time.Time
	Late     bool
	Done     bool
	Silent   bool
	Note     string
	For, By  string // who is reminded, and who made it, where that is not the reader
	May      bool
}

// A ReminderForm makes a reminder.
type ReminderForm struct{ In, Due, Note, Who, Silent web.Field }

// A RemindersPage lists the reader's open reminders.
type RemindersPage struct {
	Nav   []web.NavSection
	List  []Reminder
	Undo  string // URL that brings back what was just done; empty: nothing was
	Empty web.Empty
}

// View makes the page ready to be shown.
func (p RemindersPage) View() web.View {
	return web.View{Template: "agent/reminders", Title: web.T("remind.mine"), Nav: p.Nav, Body: p}
}

func reminders(reader web.Reader, list []service.ReminderLine) []Reminder {
	out := make([]Reminder, len(list))
	for i, l := range list {
		out[i] = Reminder{ID: int64(l.ID), Ticket: l.Reminder.Ticket.String() + " " + l.Subject, TicketTo: ticketURL(l.Reminder.Ticket), Due: reader.In(l.Due), Late: l.Late, Done: !l.Done.IsZero(),
			Silent: l.Silent, Note: l.Note, May: l.May}
		if l.User != reader.Actor.User {
			out[i].For = l.Who.Text
		}
		if l.Maker != 0 && l.Maker != reader.Actor.User {
			out[i].By = l.By.Text
		}
	}
	return out
}

// fillReminders shows the ticket's reminders, and the form for another one.
func (h handler) fillReminders(r *http.Request, o *opened, page *TicketPage) error {
	list, err := h.desk.Reminders(r.Context(), web.Actor(r), o.ID)
	if err != nil {
		return err
	}
	page.Reminders = reminders(o.reader, list)
	form := &ReminderForm{In: choices("in", "1"), Due: web.Field{Form: "remind-", Name: "due", Kind: "datetime-local"}, Note: web.Field{Form: "remind-", Name: "note"},
		Who: choices("who", "", web.Option{Label: web.T("remind.me")}), Silent: web.Field{Form: "remind-", Name: "silent", Kind: "checkbox"}}
	form.In.Form, form.Who.Form = "remind-", "remind-"
	for _, days := range []string{"1", "2", "3", "7", "14", "30"} {
		add(&form.In, "1", days, web.T("remind.in."+days))
	}
	add(&form.In, "1", "at", web.T("remind.in.at"))
	if o.may(desk.CommentOnTicket) {
		for _, n := range o.beside.Owners {
			if n.ID != desk.PrincipalID(o.reader.Actor.User) {
				add(&form.Who, "", strconv.FormatInt(int64(n.ID), 10), web.Plain(n.Text))
			}
		}
	}
	page.Remind = form
	return nil
}

// remindHour is the hour of the day, where its reader is, at which a reminder
// for a day comes.
const remindHour = 8

// reminderSent reads when a form wants a reminder.
func reminderSent(r *http.Request, now time.Time) (time.Time, error) {
	reader := web.ReaderOf(r)
	if days, err := strconv.Atoi(r.PostFormValue("in")); err == nil && r.PostFormValue("due") == "" {
		day := reader.In(now).AddDate(0, 0, min(max(days, 0), 4000))
		return time.Date(day.Year(), day.Month(), day.Day(), remindHour, 0, 0, 0, day.Location()), nil
	}
	return momentTyped(reader, r.PostFormValue("due"))
}

// remind makes a reminder on a ticket.
func (h handler) remind(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.TicketID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	in := service.NewReminder{Ticket: id, User: desk.UserID(ticketID(r.PostFormValue("who"))), Note: r.PostFormValue("note"), Silent: r.PostFormValue("silent") != ""}
	if in.Due, err = reminderSent(r, h.desk.Now()); err == nil {
		_, err = h.desk.SaveReminder(r.Context(), web.Actor(r), in)
	}
	if err != nil {
		return h.again(w, r, id, draft{err: err})
	}
	return h.site.Done(w, r, back(r, id)+"#reminders", web.Notice{Level: "good", Text: web.T("remind.saved")})
}

// changeReminder is done with a reminder, has it back, or puts it off by a day.
func (h handler) changeReminder(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.ReminderID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	do := r.PathValue("do")
	if do != "done" && do != "back" {
		return h.nothing(w, r)
	}
	ticket, err := h.desk.EndReminder(r.Context(), web.Actor(r), id, do == "back")
	if err != nil {
		return err
	}
	to := remindersURL
	if do == "done" {
		to += "?undo=" + strconv.FormatInt(int64(id), 10)
	}
	if r.PostFormValue("from") == "ticket" {
		to = ticketURL(ticket) + "#reminders"
	}
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: web.T("remind." + do)})
}

// mine shows the reader's reminders.
func (h handler) reminders(w http.ResponseWriter, r *http.Request) error {
	f, err := h.frame(r)
	if err != nil {
		return err
	}
	list, err := h.desk.MyReminders(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	page := RemindersPage{Nav: f.nav, List: reminders(f.reader, list), Empty: web.Empty{Icon: "clock", Title: web.T("remind.none"), Hint: web.T("remind.none.hint")}}
	if undo := ticketID(r.URL.Query().Get("undo")); undo != 0 {
		page.Undo = remindersURL + "/" + strconv.FormatInt(int64(undo), 10) + "/back"
	}
	return h.site.Show(w, r, page.View())
}

// reminderItem leads to one's reminders and counts those that came due.
func (h handler) reminderItem(r *http.Request) (web.NavItem, error) {
	item := web.NavItem{Label: web.T("remind.mine"), URL: remindersURL, Icon: "clock", Current: r.URL.Path == remindersURL}
	list, err := h.desk.MyReminders(r.Context(), web.Actor(r))
	for _, l := range list {
		if l.Late {
			item.Count++
		}
	}
	return item, err
}
