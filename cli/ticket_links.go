package cli

import "gatehouse/service"

type ticketLink struct {
	Ticket string `arg:"" help:"Number."`
	Type   string `arg:"" enum:"depends_on,refers_to,member_of" help:"depends_on, refers_to or member_of."`
	Target string `arg:"" help:"Number of the other ticket."`
}

func (cmd *ticketLink) link() (service.Link, error) {
	from, err := ticketID(cmd.Ticket)
	if err != nil {
		return service.Link{}, err
	}
	to, err := ticketID(cmd.Target)
	return service.Link{From: from, Type: cmd.Type, To: to}, err
}

// Run links the tickets.
func (cmd *ticketLink) Run(c *caller) error {
	l, err := cmd.link()
	if err != nil {
		return err
	}
	if err := c.svc.LinkTickets(c.ctx, c.by, l); err != nil {
		return err
	}
	return c.done(0, "Ticket %d %s %d.", l.From, l.Type, l.To)
}

type ticketUnlink struct {
	ticketLink
}

// Run takes the link away.
func (cmd *ticketUnlink) Run(c *caller) error {
	l, err := cmd.link()
	if err != nil {
		return err
	}
	if err := c.svc.UnlinkTickets(c.ctx, c.by, l); err != nil {
		return err
	}
	return c.done(0, "Ticket %d %s %d no longer.", l.From, l.Type, l.To)
}

type ticketMerge struct {
	Ticket string `arg:"" help:"Number of the ticket that ends."`
	Into   string `arg:"" help:"Number of the ticket that goes on."`
}

// Run merges the tickets.
func (cmd *ticketMerge) Run(c *caller) error {
	from, err := ticketID(cmd.Ticket)
	if err != nil {
		return err
	}
	into, err := ticketID(cmd.Into)
	if err != nil {
		return err
	}
	if err := c.svc.MergeTicket(c.ctx, c.by, from, into); err != nil {
		return err
	}
	return c.done(int64(into), "Ticket %d is part of ticket %d now.", from, into)
}
