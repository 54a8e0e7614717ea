package cli

import (
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type reminderCommand struct {
	List   reminderList   `cmd:"" help:"List the reminders of a ticket, or one's own open ones (with --as)."`
	Add    reminderAdd    `cmd:"" help:"Have somebody at the desk reminded of a ticket."`
	Set    reminderSet    `cmd:"" help:"Put a reminder off, or change what it says. It is open then."`
	Done   reminderDone   `cmd:"" help:"Be done with a reminder. It can be had again for a day."`
	Reopen reminderReopen `cmd:"" help:"Have a reminder again that was done."`
}

type reminderLine struct {
	ID      desk.ReminderID `json:"id"`
	Due     time.Time       `json:"due"`
	State   string          `json:"state"`
	Ticket  desk.TicketID   `json:"ticket"`
	Subject string          `json:"subject"`
	User    string          `json:"user"`
	From    string          `json:"from"`
	Silent  bool            `json:"if_nobody_answers"`
	Note    string          `json:"note"`
}

func reminderLineOf(r *service.ReminderLine) reminderLine {
	state := "open"
	switch {
	case !r.Done.IsZero():
		state = "done"
	case r.Late:
		state = "due"
	}
	return reminderLine{r.ID, r.Due, state, r.Reminder.Ticket, r.Subject, r.Who.Text, r.By.Text, r.Silent, r.Note}
}

type reminderList struct {
	Ticket string `arg:"" optional:"" help:"Number of a ticket; none: one's own reminders."`
}

// Run lists them.
func (cmd *reminderList) Run(c *caller) error {
	if cmd.Ticket == "" {
		list, err := c.svc.MyReminders(c.ctx, c.by)
		if err != nil {
			return err
		}
		return printList(c.app, mapped(list, reminderLineOf))
	}
	id, err := ticketID(cmd.Ticket)
	if err != nil {
		return err
	}
	list, err := c.svc.Reminders(c.ctx, c.by, id)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, reminderLineOf))
}

// reminderUser is who is reminded: nobody named is oneself.
func (c *caller) reminderUser(name string) (desk.UserID, error) {
	if name == "" && c.by.IsSystem() {
		return 0, desk.Errorf(desk.Invalid, "Say who is reminded: --user LOGIN, or --as LOGIN for oneself.")
	}
	if name == "" {
		return 0, nil
	}
	return c.userID(name)
}

type reminderAdd struct {
	Ticket string `arg:"" help:"Number of the ticket."`
	Due    string `required:"" placeholder:"TIME" help:"When, as 2026-03-14 or 2026-03-14T15:09:00Z, or in how long, as 90m, 8h, 3d or 2w."`
	User   string `placeholder:"LOGIN" help:"Who is reminded; without it the user of --as."`
	Note   string `placeholder:"TEXT" help:"What it is about. Internal."`
	Silent bool   `name:"if-nobody-answers" help:"Only if nobody else has replied by then."`
}

// Run makes it.
func (cmd *reminderAdd) Run(c *caller) error {
	in := service.NewReminder{Note: cmd.Note, Silent: cmd.Silent}
	var err error
	if in.Ticket, err = ticketID(cmd.Ticket); err != nil {
		return err
	}
	if in.Due, err = c.reminderDue(cmd.Due); err != nil {
		return err
	}
	if in.User, err = c.reminderUser(cmd.User); err != nil {
		return err
	}
	id, err := c.svc.SaveReminder(c.ctx, c.by, in)
	if err != nil {
		return err
	}
	return c.done(int64(id), "The reminder %d is set for %s.", id, in.Due.UTC().Format(time.RFC3339))
}

// reminderDue reads a moment, or a length of time from now.
func (c *caller) reminderDue(text string) (time.Time, error) {
	if wait, ok := lengthOf(text); ok {
		return c.svc.Now().Add(wait), nil
	}
	at, err := parseTime(&text)
	if err != nil {
		return time.Time{}, desk.Errorf(desk.Invalid, "%q is no time; write it as 2026-03-14, 2026-03-14T15:09:00Z, or from now on as 90m, 8h, 3d or 2w.", text)
	}
	return *at, nil
}

// longest is as long as a length of time may be: a hundred years.
const longest = 100 * 365 * 24 * time.Hour

// lengthOf reads a length of time, as 90m, 8h, 3d or 2w.
func lengthOf(text string) (time.Duration, bool) {
	units := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	if text == "" {
		return 0, false
	}
	unit, ok := units[text[len(text)-1]]
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 32)
	return time.Duration(n) * unit, ok && err == nil && time.Duration(n) <= longest/unit
}

type reminderSet struct {
	reminderID
	Due    string  `placeholder:"TIME" help:"Another time, as for add."`
	User   string  `placeholder:"LOGIN" help:"Another who is reminded."`
	Note   *string `placeholder:"TEXT" help:"Another note."`
	Silent *bool   `name:"if-nobody-answers" negatable:"" help:"Only if nobody else replies from now until then, or in any case."`
}

// Run changes it.
func (cmd *reminderSet) Run(c *caller) error {
	r, err := c.svc.Reminder(c.ctx, c.by, cmd.id())
	if err != nil {
		return err
	}
	in := service.NewReminder{ID: r.ID, Note: r.Note, Due: r.Due, Silent: r.Silent}
	setIf(&in.Note, cmd.Note)
	setIf(&in.Silent, cmd.Silent)
	if cmd.Due != "" {
		if in.Due, err = c.reminderDue(cmd.Due); err != nil {
			return err
		}
	}
	if cmd.User != "" {
		if in.User, err = c.userID(cmd.User); err != nil {
			return err
		}
	}
	if _, err := c.svc.SaveReminder(c.ctx, c.by, in); err != nil {
		return err
	}
	return c.done(cmd.ID, "The reminder %d is set for %s.", cmd.ID, in.Due.UTC().Format(time.RFC3339))
}

type reminderID struct {
	ID int64 `arg:"" help:"Number of the reminder."`
}

func (r reminderID) id() desk.ReminderID { return desk.ReminderID(r.ID) }

type reminderDone struct{ reminderID }

// Run is done with it.
func (cmd *reminderDone) Run(c *caller) error {
	if _, err := c.svc.EndReminder(c.ctx, c.by, cmd.id(), false); err != nil {
		return err
	}
	return c.done(cmd.ID, "The reminder %d is done with.", cmd.ID)
}

type reminderReopen struct{ reminderID }

// Run has it again.
func (cmd *reminderReopen) Run(c *caller) error {
	if _, err := c.svc.EndReminder(c.ctx, c.by, cmd.id(), true); err != nil {
		return err
	}
	return c.done(cmd.ID, "The reminder %d is open again.", cmd.ID)
}
