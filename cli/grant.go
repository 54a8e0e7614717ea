package cli

import (
	"gatehouse/desk"
	"gatehouse/service"
)

type grantCommand struct {
	Add    grantAdd    `cmd:"" help:"Grant a right or a permission."`
	List   grantList   `cmd:"" help:"List grants."`
	Show   grantShow   `cmd:"" help:"Show a grant."`
	Revoke grantRevoke `cmd:"" help:"Take a grant away."`

	Delegate   grantDelegate   `cmd:"" help:"Pass on a right that you hold."`
	Undelegate grantUndelegate `cmd:"" help:"Withdraw what you passed on."`
	PassedOn   grantPassedOn   `cmd:"" help:"List what you passed on."`
	Passable   grantPassable   `cmd:"" help:"List what you may pass on."`
}

// grantWords are the words of a grant.
type grantWords struct {
	Who   string   `arg:"" help:"A user, group:NAME, customer:KEY, system:Everyone, system:Agents, system:Contacts or system:Customers."`
	What  string   `arg:"" help:"A right or a permission."`
	Where string   `arg:"" help:"system, group:NAME, customer:KEY or queue:NAME."`
	Role  []string `placeholder:"ROLE" help:"Only to those who stand in one of these roles on the ticket."`
}

func (w *grantWords) grant(c *caller) (desk.Grant, error) {
	var g desk.Grant
	var err error
	if g.Who, err = c.principal(w.Who); err != nil {
		return g, err
	}
	if g.Right, g.Permission, err = c.given(w.What); err != nil {
		return g, err
	}
	if g.Place, err = c.place(w.Where); err != nil {
		return g, err
	}
	g.As, err = c.roleSet(w.Role)
	return g, err
}

type grantAdd struct {
	grantWords
	Until string `placeholder:"DAY" help:"Last day, as 2026-03-31."`
}

// Run grants.
func (cmd *grantAdd) Run(c *caller) error {
	g, err := cmd.grant(c)
	if err != nil {
		return err
	}
	if g.Until, err = desk.ParseDay(cmd.Until); err != nil {
		return err
	}
	id, err := c.svc.Grant(c.ctx, c.by, g)
	if err != nil {
		return err
	}
	return c.done(int64(id), "%s has %s on %s (grant %d).", cmd.Who, cmd.What, cmd.Where, id)
}

type grantList struct {
	Who   string `placeholder:"REF" help:"Only to this user, group or customer, directly."`
	Where string `placeholder:"PLACE" help:"Only on this place."`
	What  string `placeholder:"RIGHT" help:"Only of this right or permission."`
	Ends  int    `name:"ends-within" placeholder:"DAYS" help:"Only those whose last day is within so many days from today."`
}

// Run lists grants by number.
func (cmd *grantList) Run(c *caller) error {
	f := service.GrantFilter{Limit: 500}
	var err error
	if cmd.Who != "" {
		if f.Who, err = c.principal(cmd.Who); err != nil {
			return err
		}
	}
	if cmd.Where != "" {
		if f.Place, err = c.place(cmd.Where); err != nil {
			return err
		}
	}
	if cmd.What != "" {
		if f.Right, f.Permission, err = c.given(cmd.What); err != nil {
			return err
		}
	}
	if cmd.Ends > 0 {
		f.EndsFrom = desk.DayOf(c.svc.Now())
		f.EndsBy = f.EndsFrom + desk.Day(min(cmd.Ends, 1_000_000))
	}
	return c.printGrants(c.grants(f))
}

func (c *caller) grants(f service.GrantFilter) ([]service.GrantLine, error) {
	return every(func(last *service.GrantLine) ([]service.GrantLine, bool, error) {
		if last != nil {
			f.After = last.ID
		}
		return c.svc.Grants(c.ctx, c.by, f)
	})
}

type grantShow struct {
	ID int64 `arg:"" help:"Number of the grant."`
}

// Run shows the grant.
func (cmd *grantShow) Run(c *caller) error {
	grants, _, err := c.svc.Grants(c.ctx, c.by, service.GrantFilter{After: desk.GrantID(cmd.ID - 1), Limit: 1})
	if err != nil {
		return err
	}
	if len(grants) == 0 || grants[0].ID != desk.GrantID(cmd.ID) {
		return desk.Errorf(desk.NotFound, "There is no grant %d.", cmd.ID)
	}
	return printThing(c.app, grantLineOf(grants[0]))
}

type grantRevoke struct {
	ID    int64    `placeholder:"NUMBER" help:"Number of the grant, instead of its words."`
	Who   string   `arg:"" optional:"" help:"As with add."`
	What  string   `arg:"" optional:"" help:"As with add."`
	Where string   `arg:"" optional:"" help:"As with add."`
	Role  []string `placeholder:"ROLE" help:"As with add."`
}

// Run revokes by number or by words.
func (cmd *grantRevoke) Run(c *caller) error {
	id := desk.GrantID(cmd.ID)
	if id == 0 && cmd.Where == "" {
		return &failure{exitUsage, desk.Errorf(desk.Invalid, "name the grant by --id, or by who, what and where")}
	}
	if id == 0 {
		g, err := (&grantWords{cmd.Who, cmd.What, cmd.Where, cmd.Role}).grant(c)
		if err != nil {
			return err
		}
		found, err := c.svc.FindGrant(c.ctx, c.by, g)
		if err != nil {
			return err
		}
		id = found.ID
	}
	if err := c.svc.Revoke(c.ctx, c.by, id); err != nil {
		return err
	}
	return c.done(0, "Grant %d is revoked.", id)
}
