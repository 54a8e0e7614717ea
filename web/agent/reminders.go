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
	In, At   web.Field // when it is put off to, where one may and it is open
	Open     bool      // the form that puts it off was refused
}

// A ReminderForm makes a reminder.
type ReminderForm struct{ In, Due, Note, Who, Silent web.Field }

// A RemindersPage lists the reader's open reminders.
type RemindersPage struct {
	Nav   []web.NavSection
	List  []Reminder
	Error string // why what was sent was refused
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
		if l.May && l.Done.IsZero() {
			form := "later-" + strconv.FormatInt(int64(l.ID), 10) + "-"
			out[i].In, out[i].At = whenField(form), momentField(form)
		}
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
	form := &ReminderForm{In: whenField("remind-"), Due: momentField("remind-"), Note: web.Field{Form: "remind-", Name: "note"},
		Who: choices("who", "", web.Option{Label: web.T("remind.me")}), Silent: web.Field{Form: "remind-", Name: "silent", Kind: "checkbox"}}
	form.Who.Form = "remind-"
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

// whenField asks in how many days, or at a moment of one's own.
func whenField(form string) web.Field {
	f := choices("in", "1")
	f.Form = form
	for _, days := range []string{"1", "2", "3", "7", "14", "30"} {
		add(&f, "1", days, web.T("remind.in."+days))
	}
	add(&f, "1", "at", web.T("remind.in.at"))
	return f
}

func momentField(form string) web.Field {
	return web.Field{Form: form, Name: "due", Kind: "datetime-local"}
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
	if in.Due, err = reminderSent(r, h.desk.Now()); err != nil {
		err = refusal("due", err)
	} else {
		_, err = h.desk.SaveReminder(r.Context(), web.Actor(r), in)
	}
	if err != nil {
		return h.again(w, r, id, draft{err: err})
	}
	return h.site.Done(w, r, back(r, id)+"#reminders", web.Notice{Level: "good", Text: web.T("remind.saved")})
}

// changeReminder is done with a reminder, has it back, or puts it off.
func (h handler) changeReminder(w http.ResponseWriter, r *http.Request) error {
	id, err := web.ID[desk.ReminderID](r, "id")
	if err != nil {
		return err
	}
	if err := web.ReadForm(r); err != nil {
		return err
	}
	to := remindersURL
	do := r.PathValue("do")
	switch do {
	case "later":
		return h.putOff(w, r, id)
	case "done":
		to += "?undo=" + strconv.FormatInt(int64(id), 10)
	case "back":
	default:
		return h.nothing(w, r)
	}
	ticket, err := h.desk.EndReminder(r.Context(), web.Actor(r), id, do == "back")
	if err != nil {
		return err
	}
	if r.PostFormValue("from") == "ticket" {
		to = ticketURL(ticket) + "#reminders"
	}
	return h.site.Done(w, r, to, web.Notice{Level: "good", Text: web.T("remind." + do)})
}

// putOff has a reminder come at another time; what else it says stays. Where it
// is refused, the form comes back as it was sent.
func (h handler) putOff(w http.ResponseWriter, r *http.Request, id desk.ReminderID) error {
	old, err := h.desk.Reminder(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	in := service.NewReminder{ID: id, Note: old.Note, Silent: old.Silent}
	if in.Due, err = reminderSent(r, h.desk.Now()); err == nil {
		_, err = h.desk.SaveReminder(r.Context(), web.Actor(r), in)
	}
	onTicket := r.PostFormValue("from") == "ticket"
	switch {
	case err == nil && onTicket:
		return h.site.Done(w, r, ticketURL(old.Reminder.Ticket)+"#reminders", web.Notice{Level: "good", Text: web.T("remind.later")})
	case err == nil:
		return h.site.Done(w, r, remindersURL, web.Notice{Level: "good", Text: web.T("remind.later")})
	case desk.KindOf(err) != desk.Invalid:
		return err
	case onTicket:
		return h.again(w, r, old.Reminder.Ticket, draft{err: err})
	}
	page, wrong := h.remindersPage(r)
	if wrong != nil {
		return wrong
	}
	for i := range page.List {
		if l := &page.List[i]; l.ID == int64(id) {
			web.Retype(r, &l.In, &l.At)
			page.Error, l.Open = web.Refuse(err, &l.At), true
		}
	}
	v := page.View()
	v.Status = web.StatusOf(desk.Invalid)
	return h.site.Show(w, r, v)
}

// reminders shows the reader's reminders.
func (h handler) reminders(w http.ResponseWriter, r *http.Request) error {
	page, err := h.remindersPage(r)
	if err != nil {
		return err
	}
	if undo := ticketID(r.URL.Query().Get("undo")); undo != 0 {
		page.Undo = remindersURL + "/" + strconv.FormatInt(int64(undo), 10) + "/back"
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) remindersPage(r *http.Request) (*RemindersPage, error) {
	f, err := h.frame(r)
	if err != nil {
		return nil, err
	}
	list, err := h.desk.MyReminders(r.Context(), web.Actor(r))
	return &RemindersPage{Nav: f.nav, List: reminders(f.reader, list), Empty: web.Empty{Icon: "clock", Title: web.T("remind.none"), Hint: web.T("remind.none.hint")}}, err
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
