package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/takeout"
)

// sure is the flag of what cannot be taken back.
type sure struct {
	Sure bool `help:"Do it; it cannot be taken back."`
}

// ask refuses what cannot be taken back unless it was said to be meant.
func (s sure) ask(what string, args ...any) error {
	if s.Sure {
		return nil
	}
	return &failure{exitUsage, fmt.Errorf(what+" This cannot be taken back: say --sure if you mean it", args...)}
}

type exportFlags struct {
	File     string `arg:"" help:"The zip file to write; there must be none yet."`
	Internal bool   `help:"With internal comments, which were not meant for whom it is about."`
}

// write makes the archive.
func (f *exportFlags) write(c *caller, what string, do func(takeout.Archive, io.Writer) error) error {
	show := c.showProgress()
	a := takeout.Archive{Service: c.svc, By: c.by, Internal: f.Internal, Progress: func(tickets int) { show("exporting tickets", tickets, 0) }}
	if err := newFile(f.File, func(file *os.File) error { return errors.Join(do(a, file), file.Sync()) }); err != nil {
		return err
	}
	return c.done(0, "What the desk holds of %s is in %s.", what, f.File)
}

type userExport struct {
	User string `arg:"" help:"Login or address."`
	exportFlags
}

// Run exports the user.
func (cmd *userExport) Run(c *caller) error {
	u, err := c.user(cmd.User)
	if err != nil {
		return err
	}
	return cmd.write(c, u.Login, func(a takeout.Archive, to io.Writer) error { return a.User(c.ctx, u.ID, to) })
}

type customerExport struct {
	Customer string `arg:"" help:"Key."`
	exportFlags
}

// Run exports the customer.
func (cmd *customerExport) Run(c *caller) error {
	customer, err := c.customer(cmd.Customer)
	if err != nil {
		return err
	}
	return cmd.write(c, customer.Key, func(a takeout.Archive, to io.Writer) error { return a.Customer(c.ctx, customer.ID, to) })
}

type userErase struct {
	User  string `arg:"" help:"Login or address."`
	Texts bool   `help:"Also what he wrote, with its files, and the subjects of his tickets."`
	sure
}

// Run erases the user.
func (cmd *userErase) Run(c *caller) error {
	u, err := c.user(cmd.User)
	if err != nil {
		return err
	}
	if err := cmd.ask("%s (%s) would be erased: name, login, addresses, letters.", u.Login, u.Name); err != nil {
		return err
	}
	if err := c.svc.EraseUser(c.ctx, c.by, service.UserErasure{User: u.ID, Texts: cmd.Texts}); err != nil {
		return err
	}
	return c.done(0, "%s is erased and stays as a number.", u.Login)
}

type customerErase struct {
	Customer string `arg:"" help:"Key."`
	People   bool   `help:"Also its contacts who belong to no other customer."`
	Texts    bool   `help:"Also what these wrote."`
	sure
}

// Run erases the customer.
func (cmd *customerErase) Run(c *caller) error {
	customer, err := c.customer(cmd.Customer)
	if err != nil {
		return err
	}
	if err := cmd.ask("%s (%s) would be erased: key, name, address, domains.", customer.Key, customer.Name); err != nil {
		return err
	}
	people, err := c.svc.EraseCustomer(c.ctx, c.by, service.CustomerErasure{Customer: customer.ID, People: cmd.People, Texts: cmd.Texts})
	if err != nil {
		return err
	}
	return c.done(0, "%s is erased, and %d of its contacts.", customer.Key, people)
}

type ticketPurge struct {
	Ticket int64 `arg:"" help:"Number."`
	sure
}

// Run purges the ticket.
func (cmd *ticketPurge) Run(c *caller) error {
	v, err := c.svc.Ticket(c.ctx, c.by, desk.TicketID(cmd.Ticket))
	if err != nil {
		return err
	}
	if err := cmd.ask("Ticket %d, %q, would be removed with its messages, files and letters, and what was merged into it.", v.ID, v.Subject); err != nil {
		return err
	}
	if err := c.svc.PurgeTicket(c.ctx, c.by, v.ID); err != nil {
		return err
	}
	return c.done(0, "Ticket %d is gone.", v.ID)
}

type queueKeep struct {
	Queue string `arg:"" help:"Name."`
	Days  *int   `arg:"" optional:"" help:"Days; 0 keeps tickets for ever. Without it, what is set is shown."`
	sure
}

// Run shows or sets how long closed tickets of a queue are kept.
func (cmd *queueKeep) Run(c *caller) error {
	q, err := c.queue(cmd.Queue)
	if err != nil {
		return err
	}
	r, err := c.svc.Retention(c.ctx, c.by, q.ID, cmd.Days)
	if err != nil {
		return err
	}
	if cmd.Days == nil {
		return printThing(c.app, struct {
			Queue string `json:"queue"`
			Days  int    `json:"days"`
			Due   int    `json:"due"`
		}{q.Name, r.Days, r.Due})
	}
	if *cmd.Days > 0 {
		if err := cmd.ask("%d tickets of %s are closed for %d days and would be removed within a day.", r.Due, q.Name, *cmd.Days); err != nil {
			return err
		}
	}
	if err := c.svc.SetRetention(c.ctx, c.by, q.ID, *cmd.Days); err != nil {
		return err
	}
	if *cmd.Days == 0 {
		return c.done(0, "Tickets of %s are kept for ever.", q.Name)
	}
	return c.done(0, "Closed tickets of %s are removed after %d days.", q.Name, *cmd.Days)
}
