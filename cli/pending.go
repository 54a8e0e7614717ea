package cli

import (
	"gatehouse/desk"
	"gatehouse/service"
)

type customerWaiting struct {
	Customer string `arg:"" help:"Key of the customer."`
}

type waitingLine struct {
	User    int64  `json:"user"`
	Name    string `json:"name"`
	Address string `json:"address"`
	Since   string `json:"since"`
}

// Run lists who waits.
func (cmd *customerWaiting) Run(c *caller) error {
	customer, err := c.customer(cmd.Customer)
	if err != nil {
		return err
	}
	list, err := c.svc.PendingMembers(c.ctx, c.by, customer.ID)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(w *service.Waiting) waitingLine {
		return waitingLine{int64(w.User), w.Name.Text, w.Address, w.Since.Format("2006-01-02 15:04")}
	}))
}

type customerAdmit struct {
	Customer string `arg:"" help:"Key of the customer."`
	User     string `arg:"" help:"Who waits: a login or address."`
	Part     string `help:"manager, member, reader or contact; empty: member."`
}

// Run lets somebody in.
func (cmd *customerAdmit) Run(c *caller) error {
	var part desk.Part
	if cmd.Part != "" {
		var err error
		if part, err = parsePart(cmd.Part); err != nil {
			return err
		}
	}
	return c.admit(cmd.Customer, cmd.User, service.Admission{Part: part}, "%s is a contact of %s.")
}

type customerRefuse struct {
	Customer string `arg:"" help:"Key of the customer."`
	User     string `arg:"" help:"Who waits: a login or address."`
}

// Run refuses somebody for good.
func (cmd *customerRefuse) Run(c *caller) error {
	return c.admit(cmd.Customer, cmd.User, service.Admission{Refuse: true}, "%s waits for %s no more.")
}

func (c *caller) admit(key, user string, in service.Admission, says string) error {
	customer, err := c.customer(key)
	if err != nil {
		return err
	}
	list, err := c.svc.PendingMembers(c.ctx, c.by, customer.ID)
	if err != nil {
		return err
	}
	for _, w := range list {
		if desk.Fold(w.Address) != desk.Fold(user) && desk.Fold(w.Name.Ref) != desk.Fold("user:"+user) {
			continue
		}
		in.Customer, in.User = customer.ID, w.User
		if err := c.svc.Admit(c.ctx, c.by, in); err != nil {
			return err
		}
		return c.done(0, says, w.Name.Text, customer.Key)
	}
	return desk.Errorf(desk.NotFound, "Nobody called %s waits for %s.", user, customer.Key)
}
