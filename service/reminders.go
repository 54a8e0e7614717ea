package service

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	// JobRemind is the kind of job that looks whether a reminder is due; its data
	// is the reminder's number and the time, in microseconds, for which it was made.
	JobRemind = "remind"

	maxReminderNote  = 500            // letters
	remindersShown   = 100            // of one person
	reminderRemains  = 24 * time.Hour // how long one that is done can be had back
	reminderLeeway   = time.Minute    // by how much the moment may have passed while it was typed
	reminderFarthest = 10 * 365 * 24 * time.Hour
)

// A ReminderLine is a reminder with the names of its people and the ticket that
// it is about.
type ReminderLine struct {
	desk.Reminder
	Who, By Name
	Subject string
	Status  desk.Status
	Late    bool // it came due, and is not done
	May     bool // the actor may change it
}

// Reminders lists the reminders of a ticket that are open or were just done, as
// far as the actor, who works at the desk, may see them: his own and those that
// he made, and with ShowTicketComments all.
func (s *Service) Reminders(ctx context.Context, by desk.Actor, ticket desk.TicketID) ([]ReminderLine, error) {
	var lines []ReminderLine
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.reminderTicket(ctx, ticket)
		if err != nil {
			return err
		}
		list, err := o.RemindersOn(ctx, t.ID, s.Now().Add(-reminderRemains))
		if err != nil {
			return err
		}
		for _, r := range list {
			if o.seesReminder(&r, t) {
				lines = append(lines, o.reminderLine(r, t))
			}
		}
		return o.nameReminders(ctx, lines)
	})
	return lines, err
}

// reminderTicket is deskTicket for the system too.
func (o *op) reminderTicket(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	if o.by.IsSystem() {
		return o.ticketFor(ctx, desk.ShowTicket, id)
	}
	return o.deskTicket(ctx, id)
}

// MyReminders lists the actor's open reminders on tickets that he may see, by
// when they are due.
func (s *Service) MyReminders(ctx context.Context, by desk.Actor) ([]ReminderLine, error) {
	var lines []ReminderLine
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() || !o.isAgent() {
			return nil
		}
		list, err := o.RemindersOf(ctx, by.User, remindersShown)
		if err != nil {
			return err
		}
		for _, r := range list {
			t, err := o.ticketFor(ctx, desk.ShowTicket, r.Ticket)
			if err != nil && isRefusal(err) {
				continue
			}
			if err != nil {
				return err
			}
			lines = append(lines, o.reminderLine(r, t))
		}
		return o.nameReminders(ctx, lines)
	})
	return lines, err
}

func (o *op) seesReminder(r *desk.Reminder, t *desk.Ticket) bool {
	return o.by.IsSystem() || r.User == o.by.User || r.Maker == o.by.User || o.can(desk.ShowTicketComments, access.Ticket(t.Facts()))
}

func (o *op) reminderLine(r desk.Reminder, t *desk.Ticket) ReminderLine {
	r.Ticket = t.ID
	may := o.by.IsSystem() || r.User == o.by.User || r.Maker == o.by.User || o.can(desk.ModifyTicket, access.Ticket(t.Facts()))
	return ReminderLine{Reminder: r, Subject: t.Subject, Status: t.Status, Late: r.Done.IsZero() && !r.Due.After(o.s.Now()), May: may}
}

func (o *op) nameReminders(ctx context.Context, lines []ReminderLine) error {
	var ids []desk.PrincipalID
	for _, l := range lines {
		ids = append(ids, desk.PrincipalID(l.User), desk.PrincipalID(l.Maker))
	}
	names, err := o.names(ctx, ids)
	for i := range lines {
		lines[i].Who, lines[i].By = names[desk.PrincipalID(lines[i].User)], names[desk.PrincipalID(lines[i].Maker)]
	}
	return err
}

// Reminder returns a reminder that the actor may see, see Reminders.
func (s *Service) Reminder(ctx context.Context, by desk.Actor, id desk.ReminderID) (*ReminderLine, error) {
	var lines []ReminderLine
	err := s.view(ctx, by, func(o *op) error {
		r, t, err := o.reminderSeen(ctx, id)
		if err != nil {
			return err
		}
		lines = []ReminderLine{o.reminderLine(*r, t)}
		return o.nameReminders(ctx, lines)
	})
	if err != nil {
		return nil, err
	}
	return &lines[0], nil
}

// A NewReminder asks for a reminder.
type NewReminder struct {
	ID     desk.ReminderID // zero: a new one
	Ticket desk.TicketID
	User   desk.UserID // who is reminded; zero: the actor
	Note   string
	Due    time.Time
	Silent bool // only where nobody has answered by then
}

// SaveReminder makes a reminder on a ticket, for oneself (ShowTicket) or for a
// colleague who may see the ticket (CommentOnTicket); with a number it changes
// that one, which asks to be the one who is reminded or who made it, or
// ModifyTicket. It is for the people at the desk.
func (s *Service) SaveReminder(ctx context.Context, by desk.Actor, in NewReminder) (desk.ReminderID, error) {
	err := s.do(ctx, by, func(o *op) error {
		r := &desk.Reminder{Ticket: in.Ticket, User: cmp.Or(in.User, by.User), Maker: by.User, Made: s.Now()}
		var t *desk.Ticket
		var err error
		if in.ID == 0 {
			t, err = o.reminderTicket(ctx, in.Ticket)
		} else {
			r, t, err = o.reminderToChange(ctx, in.ID)
		}
		if err != nil {
			return err
		}
		r.Ticket, r.User = t.ID, cmp.Or(in.User, r.User)
		if err := o.checkReminder(ctx, t, r, in); err != nil {
			return err
		}
		r.Note, r.Due, r.Silent, r.Told, r.Done = strings.TrimSpace(in.Note), in.Due.UTC().Truncate(time.Microsecond), in.Silent, time.Time{}, time.Time{}
		if r.Silent {
			r.Made = s.Now() // what was answered before does not count
		}
		store := o.InsertReminder
		if r.ID != 0 {
			store = o.UpdateReminder
		}
		if err := store(ctx, r); err != nil {
			return err
		}
		in.ID = r.ID
		return o.awaitReminder(ctx, r)
	})
	return in.ID, err
}

// reminderSeen returns a reminder with its ticket; who may not see it is told
// that there is none.
func (o *op) reminderSeen(ctx context.Context, id desk.ReminderID) (*desk.Reminder, *desk.Ticket, error) {
	r, err := o.Reminder(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	t, err := o.reminderTicket(ctx, r.Ticket)
	switch {
	case err != nil && isRefusal(err), err == nil && !o.seesReminder(r, t):
		return nil, nil, desk.Errorf(desk.NotFound, "There is no such reminder.")
	case err != nil:
		return nil, nil, err
	}
	return r, t, nil
}

// reminderToChange is reminderSeen for who may change it.
func (o *op) reminderToChange(ctx context.Context, id desk.ReminderID) (*desk.Reminder, *desk.Ticket, error) {
	r, t, err := o.reminderSeen(ctx, id)
	if err == nil && !o.reminderLine(*r, t).May {
		return nil, nil, desk.Errorf(desk.Forbidden, "This reminder is another one's: to change it asks for the right ModifyTicket.")
	}
	return r, t, err
}

func (o *op) checkReminder(ctx context.Context, t *desk.Ticket, r *desk.Reminder, in NewReminder) error {
	now := o.s.Now()
	wrong := map[string]string{}
	switch {
	case in.Due.IsZero():
		wrong["due"] = "Say when."
	case in.Due.Before(now.Add(-reminderLeeway)):
		wrong["due"] = "This is over already; choose a moment to come."
	case in.Due.After(now.Add(reminderFarthest)):
		wrong["due"] = "This is more than ten years away."
	}
	if len([]rune(in.Note)) > maxReminderNote {
		wrong["note"] = fmt.Sprintf("Write at most %d letters.", maxReminderNote)
	}
	u, err := o.User(ctx, r.User)
	if err != nil && desk.KindOf(err) != desk.NotFound {
		return err
	}
	x := access.Ticket(t.Facts())
	switch {
	case err != nil || u.Kind != desk.Agent || !o.e.Can(r.User, desk.ShowTicket, x):
		wrong["user"] = "Choose somebody at the desk who may see the ticket."
	case r.User != o.by.User && in.User != 0 && !o.can(desk.CommentOnTicket, x):
		return desk.Errorf(desk.Forbidden, "To remind another one asks for the right CommentOnTicket.")
	}
	if len(wrong) > 0 {
		return desk.InvalidFields(wrong)
	}
	return nil
}

// awaitReminder has the desk look at a reminder when it is due, and tells open
// pages of it.
func (o *op) awaitReminder(ctx context.Context, r *desk.Reminder) error {
	o.ChangedReminder(r.Ticket)
	if !r.Told.IsZero() || !r.Done.IsZero() {
		return nil
	}
	return o.InsertJob(ctx, &desk.Job{Kind: JobRemind, Data: reminderJob(r), Next: r.Due})
}

func reminderJob(r *desk.Reminder) string { return fmt.Sprintf("%d/%d", r.ID, r.Due.UnixMicro()) }

// EndReminder is done with a reminder, or with back has it again. It asks what
// changing it asks.
func (s *Service) EndReminder(ctx context.Context, by desk.Actor, id desk.ReminderID, back bool) (desk.TicketID, error) {
	var ticket desk.TicketID
	err := s.do(ctx, by, func(o *op) error {
		r, t, err := o.reminderToChange(ctx, id)
		if err != nil {
			return err
		}
		ticket = t.ID
		if back == r.Done.IsZero() {
			return nil
		}
		r.Done = time.Time{}
		if !back {
			r.Done = s.Now()
		}
		if err := o.UpdateReminder(ctx, r); err != nil {
			return err
		}
		return o.awaitReminder(ctx, r)
	})
	return ticket, err
}

// RemindDue tells of the reminder that a job names: on the pages and by a letter
// to who is reminded, as far as he may see the ticket then. One that was moved
// or is done is passed over, and one for the case that nobody answers ends where
// somebody did. Only the system does it.
func (s *Service) RemindDue(ctx context.Context, by desk.Actor, job desk.Job) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		number, _, _ := strings.Cut(job.Data, "/")
		r, err := o.Reminder(ctx, parseID[desk.ReminderID](number))
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return err
		}
		if err == nil && reminderJob(r) == job.Data && r.Done.IsZero() && r.Told.IsZero() {
			if err := o.remind(ctx, r); err != nil {
				return err
			}
		}
		if err := o.DeleteJob(ctx, job.ID); desk.KindOf(err) != desk.NotFound {
			return err
		}
		return nil // it was done already
	})
}

func (o *op) remind(ctx context.Context, r *desk.Reminder) error {
	t, err := o.ticketFor(ctx, desk.ShowTicket, r.Ticket)
	if err != nil && !isRefusal(err) {
		return err
	}
	r.Told = o.s.Now()
	if err != nil || !o.e.Enabled(r.User) || !o.e.Can(r.User, desk.ShowTicket, access.Ticket(t.Facts())) {
		return o.UpdateReminder(ctx, r)
	}
	if r.Silent {
		answered, err := o.AnsweredSince(ctx, t.ID, r.User, r.Made)
		if err != nil {
			return err
		}
		if answered {
			r.Done = r.Told
			return o.UpdateReminder(ctx, r)
		}
	}
	if err := o.UpdateReminder(ctx, r); err != nil {
		return err
	}
	o.ChangedReminder(t.ID)
	if err := o.notify(ctx, t, desk.Notice{User: r.User, Kind: desk.NoticeReminder, About: int64(r.ID)}); err != nil {
		return err
	}
	return o.writeReminder(ctx, r, t)
}

// writeReminder queues the letter of a reminder.
func (o *op) writeReminder(ctx context.Context, r *desk.Reminder, t *desk.Ticket) error {
	u, err := o.User(ctx, r.User)
	if err != nil || u.Address() == "" {
		return err
	}
	maker := ""
	if r.Maker != r.User && r.Maker != 0 {
		names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(r.Maker)})
		if err != nil {
			return err
		}
		maker = names[desk.PrincipalID(r.Maker)].Text
	}
	_, err = o.writeTo(ctx, u, o.reminderLetter(u, r, t, maker))
	return err
}
