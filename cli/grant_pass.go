package cli

import (
	"gatehouse/desk"
	"gatehouse/service"
)

type grantDelegate struct {
	What  string `arg:"" help:"A right or a permission that you hold."`
	Where string `arg:"" help:"Where you hold it: system, group:NAME, customer:KEY or queue:NAME."`
	To    string `arg:"" help:"A user, or a personal group of yours: personal:OWNER/NAME."`
	From  string `placeholder:"REF" help:"To whom it was granted, where you hold it by several grants: you, or group:NAME."`
	Until string `placeholder:"DAY" help:"Last day, as 2026-03-31; as long as you hold it unless said."`
}

// Run passes a right on.
func (cmd *grantDelegate) Run(c *caller) error {
	d, err := c.svc.ReadDelegation(c.ctx, c.by, service.DelegationByWords{
		What: cmd.What, Where: cmd.Where, From: cmd.From, To: cmd.To, Until: cmd.Until})
	if err != nil {
		return err
	}
	id, err := c.svc.Delegate(c.ctx, c.by, d)
	if err != nil {
		return err
	}
	return c.done(int64(id), "%s has %s on %s from you (grant %d).", cmd.To, cmd.What, cmd.Where, id)
}

type grantUndelegate struct {
	ID int64 `arg:"" help:"Number of the delegated grant; see grant passed-on."`
}

// Run withdraws what was passed on.
func (cmd *grantUndelegate) Run(c *caller) error {
	if err := c.svc.Undelegate(c.ctx, c.by, desk.GrantID(cmd.ID)); err != nil {
		return err
	}
	return c.done(0, "Grant %d is withdrawn.", cmd.ID)
}

type grantPassedOn struct{}

// Run lists what the actor has passed on.
func (cmd *grantPassedOn) Run(c *caller) error { return c.printGrants(c.svc.PassedOn(c.ctx, c.by)) }

type grantPassable struct{}

// Run lists what the actor may pass on.
func (cmd *grantPassable) Run(c *caller) error { return c.printGrants(c.svc.CanPassOn(c.ctx, c.by)) }

func (c *caller) printGrants(grants []service.GrantLine, err error) error {
	if err != nil {
		return err
	}
	return printList(c.app, mapped(grants, func(g *service.GrantLine) grantLine { return grantLineOf(*g) }))
}
