package cli

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
)

type clockCommand struct {
	List      clockList      `cmd:"" help:"List the agreements with the tickets for which they hold."`
	Calendar  clockCalendar  `cmd:"" help:"Make or change a calendar."`
	Calendars clockCalendars `cmd:"" help:"List the calendars."`
	Agree     clockAgree     `cmd:"" help:"Make or change an agreement."`
	Assign    clockAssign    `cmd:"" help:"Say for which tickets an agreement holds."`
	Unassign  clockUnassign  `cmd:"" help:"Take away what assign said."`
	Remove    clockRemove    `cmd:"" help:"Take a calendar or an agreement away."`
	Preview   clockPreview   `cmd:"" help:"Show when something asked at a moment would be due."`
	Ticket    clockTicket    `cmd:"" help:"Show the clocks of a ticket."`
}

type clockLine struct {
	ID        sla.AssignmentID `json:"id"`
	Agreement string           `json:"agreement"`
	Customer  string           `json:"customer,omitempty"`
	Queue     string           `json:"queue,omitempty"`
	Priority  string           `json:"priority,omitempty"`
	First     string           `json:"first_response,omitempty"`
	Update    string           `json:"update,omitempty"`
	End       string           `json:"resolution,omitempty"`
	Calendar  string           `json:"calendar,omitempty"`
}

type clockList struct{}

// Run lists the agreements; one that holds for no ticket has no number.
func (cmd *clockList) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	var lines []clockLine
	used := map[sla.AgreementID]bool{}
	for _, a := range b.Assignments {
		line := clockLineOf(b, a.Agreement)
		line.ID = a.ID
		used[a.Agreement] = true
		if a.Customer != 0 {
			if customer, err := c.svc.Customer(c.ctx, c.by, a.Customer); err == nil {
				line.Customer = customer.Key
			}
		}
		if a.Queue != 0 {
			if q, err := c.svc.Queue(c.ctx, c.by, a.Queue); err == nil {
				line.Queue = q.Name
			}
		}
		if a.Priority != nil {
			line.Priority = fmt.Sprintf("%d and more", *a.Priority)
		}
		lines = append(lines, line)
	}
	for _, a := range b.Agreements {
		if !used[a.ID] {
			lines = append(lines, clockLineOf(b, a.ID))
		}
	}
	return printList(c.app, lines)
}

func clockLineOf(b *sla.Book, id sla.AgreementID) clockLine {
	a := b.Agreement(id)
	if a == nil {
		return clockLine{Agreement: "none"}
	}
	return clockLine{Agreement: a.Name, First: sla.FormatLength(a.Targets[sla.FirstResponse]), Update: sla.FormatLength(a.Targets[sla.Update]),
		End: sla.FormatLength(a.Targets[sla.Resolution]), Calendar: cmp.Or(b.Calendar(a.Calendar).Name, "round the clock")}
}

type clockCalendars struct{}

// Run lists the calendars.
func (cmd *clockCalendars) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	type line struct {
		Name     string `json:"name"`
		Zone     string `json:"zone"`
		Hours    string `json:"hours"`
		Holidays string `json:"holidays,omitempty"`
	}
	var lines []line
	for _, k := range b.Calendars {
		lines = append(lines, line{k.Name, k.Location().String(), sla.FormatWeek(k.Week), strings.ReplaceAll(strings.TrimSpace(sla.FormatHolidays(k.Holidays)), "\n", "; ")})
	}
	return printList(c.app, lines)
}

type clockCalendar struct {
	Name     string  `arg:"" help:"Name; of one that there is, to change it."`
	Hours    *string `placeholder:"HOURS" help:"Hours of work, as 'mon-fri 08:00-12:00, 13:00-17:00; sat 9-12'."`
	Zone     *string `placeholder:"ZONE" help:"Time zone, as Europe/Berlin."`
	Holidays *string `placeholder:"FILE" help:"File of holidays, one a line: 2026-04-03 Good Friday, or 12-25 Christmas for each year."`
}

// Run makes the calendar, or changes what was given.
func (cmd *clockCalendar) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	k := sla.Calendar{Name: cmd.Name}
	for _, known := range b.Calendars {
		if desk.Fold(known.Name) == desk.Fold(cmd.Name) {
			k = known
		}
	}
	setIf(&k.Zone, cmd.Zone)
	if cmd.Hours != nil {
		if k.Week, err = sla.ParseWeek(*cmd.Hours); err != nil {
			return err
		}
	}
	if cmd.Holidays != nil {
		text, err := os.ReadFile(*cmd.Holidays)
		if err != nil {
			return desk.Errorf(desk.Invalid, "The file of holidays cannot be read: %v.", err)
		}
		if k.Holidays, err = sla.ParseHolidays(string(text)); err != nil {
			return err
		}
	}
	id, err := c.svc.SaveCalendar(c.ctx, c.by, k)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Calendar %s is saved.", k.Name)
}

type clockAgree struct {
	Name     string    `arg:"" help:"Name; of one that there is, to change it."`
	First    *string   `placeholder:"TIME" help:"Working time until the first answer, as 4h or 1h30m; '' for none."`
	Update   *string   `placeholder:"TIME" help:"Working time until each further answer."`
	End      *string   `placeholder:"TIME" help:"Working time until the ticket is done."`
	Calendar *string   `placeholder:"NAME" help:"Calendar; '' for round the clock."`
	Warn     *int      `placeholder:"PERCENT" help:"Share of the time after which people are warned; 0 for none."`
	Pause    *[]string `placeholder:"STATUS" help:"Statuses in which no clock runs."`
}

// Run makes the agreement, or changes what was given.
func (cmd *clockAgree) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	a := sla.Agreement{Name: cmd.Name, Targets: map[sla.Kind]time.Duration{}, Warn: 75, Pauses: []desk.Status{desk.StatusStalled}}
	if known := agreementNamed(b, cmd.Name); known != nil {
		a = *known
	}
	for kind, text := range map[sla.Kind]*string{sla.FirstResponse: cmd.First, sla.Update: cmd.Update, sla.Resolution: cmd.End} {
		if text == nil {
			continue
		}
		if a.Targets[kind], err = sla.ParseLength(*text); err != nil {
			return err
		}
	}
	if cmd.Calendar != nil {
		if a.Calendar, err = calendarNamed(b, *cmd.Calendar); err != nil {
			return err
		}
	}
	setIf(&a.Warn, cmd.Warn)
	if cmd.Pause != nil {
		a.Pauses = nil
		for _, status := range *cmd.Pause {
			a.Pauses = append(a.Pauses, desk.Status(status))
		}
	}
	id, err := c.svc.SaveAgreement(c.ctx, c.by, a)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Agreement %s is saved.", a.Name)
}

func agreementNamed(b *sla.Book, name string) *sla.Agreement {
	for i := range b.Agreements {
		if desk.Fold(b.Agreements[i].Name) == desk.Fold(name) {
			return &b.Agreements[i]
		}
	}
	return nil
}

func calendarNamed(b *sla.Book, name string) (sla.CalendarID, error) {
	for _, k := range b.Calendars {
		if desk.Fold(k.Name) == desk.Fold(name) {
			return k.ID, nil
		}
	}
	if name == "" {
		return 0, nil
	}
	return 0, desk.Errorf(desk.NotFound, "There is no calendar %s.", name)
}

type clockAssign struct {
	Agreement string `arg:"" help:"Name of the agreement, or none."`
	Queue     string `placeholder:"QUEUE" help:"Only in this queue."`
	Customer  string `placeholder:"KEY" help:"Only for this customer."`
	Priority  *int   `placeholder:"NUMBER" help:"Only from this priority on."`
}

// Run says for which tickets the agreement holds.
func (cmd *clockAssign) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	a := sla.Assignment{Priority: cmd.Priority}
	if known := agreementNamed(b, cmd.Agreement); known != nil {
		a.Agreement = known.ID
	} else if cmd.Agreement != "none" {
		return desk.Errorf(desk.NotFound, "There is no agreement %s.", cmd.Agreement)
	}
	if cmd.Queue != "" {
		q, err := c.queue(cmd.Queue)
		if err != nil {
			return err
		}
		a.Queue = q.ID
	}
	if cmd.Customer != "" {
		customer, err := c.customer(cmd.Customer)
		if err != nil {
			return err
		}
		a.Customer = customer.ID
	}
	id, err := c.svc.Assign(c.ctx, c.by, a)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Agreement %s holds for these tickets.", cmd.Agreement)
}

type clockUnassign struct {
	ID int64 `arg:"" help:"Number, as list shows it."`
}

// Run takes it away.
func (cmd *clockUnassign) Run(c *caller) error {
	if err := c.svc.Unassign(c.ctx, c.by, sla.AssignmentID(cmd.ID)); err != nil {
		return err
	}
	return c.done(0, "It does not hold any more.")
}

type clockRemove struct {
	Kind string `arg:"" enum:"calendar,agreement" help:"calendar or agreement."`
	Name string `arg:"" help:"Name."`
}

// Run takes the calendar or agreement away.
func (cmd *clockRemove) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	if cmd.Kind == "calendar" {
		id, err := calendarNamed(b, cmd.Name)
		if err != nil {
			return err
		}
		err = c.svc.RemoveCalendar(c.ctx, c.by, id)
		if err != nil {
			return err
		}
	} else if a := agreementNamed(b, cmd.Name); a == nil {
		return desk.Errorf(desk.NotFound, "There is no agreement %s.", cmd.Name)
	} else if err := c.svc.RemoveAgreement(c.ctx, c.by, a.ID); err != nil {
		return err
	}
	return c.done(0, "%s is removed.", cmd.Name)
}

type clockPreview struct {
	Agreement string `arg:"" help:"Name of the agreement."`
	At        string `placeholder:"TIME" help:"When it is asked, as 2026-11-20T16:40 by the calendar's clocks; now unless said."`
}

// Run shows what would be due when.
func (cmd *clockPreview) Run(c *caller) error {
	b, err := c.svc.ClockBook(c.ctx, c.by)
	if err != nil {
		return err
	}
	a := agreementNamed(b, cmd.Agreement)
	if a == nil {
		return desk.Errorf(desk.NotFound, "There is no agreement %s.", cmd.Agreement)
	}
	at := c.svc.Now()
	if cmd.At != "" {
		if at, err = time.ParseInLocation("2006-01-02T15:04", cmd.At, b.Calendar(a.Calendar).Location()); err != nil {
			return desk.Errorf(desk.Invalid, "%q is no moment; write it as 2026-11-20T16:40.", cmd.At)
		}
	}
	promises, zone, err := c.svc.PreviewAgreement(c.ctx, c.by, *a, at)
	if err != nil {
		return err
	}
	type line struct {
		Clock string `json:"clock"`
		Due   string `json:"due"`
	}
	var lines []line
	for _, p := range promises {
		lines = append(lines, line{p.Kind.String(), p.Due.In(zone).Format("Mon 2006-01-02 15:04 MST")})
	}
	return printList(c.app, lines)
}

type clockTicket struct {
	Ticket int64 `arg:"" help:"Number."`
}

// Run shows the ticket's clocks.
func (cmd *clockTicket) Run(c *caller) error {
	clocks, err := c.svc.TicketClocks(c.ctx, c.by, desk.TicketID(cmd.Ticket))
	if err != nil {
		return err
	}
	type line struct {
		Clock     string `json:"clock"`
		Agreement string `json:"agreement"`
		State     string `json:"state"`
		Left      string `json:"left"`
		Due       string `json:"due,omitempty"`
	}
	var lines []line
	for _, k := range clocks {
		l := line{k.Kind.String(), k.Agreement, k.State(c.svc.Now()), k.Left.Round(time.Minute).String(), ""}
		if !k.Due.IsZero() {
			l.Due = k.Due.UTC().Format(time.RFC3339)
		}
		lines = append(lines, l)
	}
	return printList(c.app, lines)
}
