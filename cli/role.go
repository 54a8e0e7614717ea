package cli

import (
	"gatehouse/desk"
)

type roleCommand struct {
	Add     roleAdd     `cmd:"" help:"Make a role of the desk's own."`
	List    roleList    `cmd:"" help:"List roles."`
	Show    roleShow    `cmd:"" help:"Show a role."`
	Set     roleSet     `cmd:"" help:"Change a role of the desk's own."`
	Disable roleDisable `cmd:"" help:"Disable a role: it counts for nothing. Who stands in it is kept."`
	Enable  roleEnable  `cmd:"" help:"Enable a role again."`
}

type roleAdd struct {
	Name   string   `arg:"" help:"Name, unique without regard to case."`
	Single bool     `help:"At most one user stands in it."`
	Queue  []string `placeholder:"QUEUE" help:"Queues where it applies; all unless said."`
}

// Run makes the role.
func (cmd *roleAdd) Run(c *caller) error {
	r := desk.Role{Name: cmd.Name, Single: cmd.Single}
	if err := c.setRoleQueues(&r, cmd.Queue); err != nil {
		return err
	}
	id, err := c.svc.CreateRole(c.ctx, c.by, r)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Role %s is made.", cmd.Name)
}

func (c *caller) setRoleQueues(r *desk.Role, names []string) error {
	r.Everywhere, r.Queues = len(names) == 0, nil
	for _, name := range names {
		q, err := c.queue(name)
		if err != nil {
			return err
		}
		r.Queues = append(r.Queues, q.ID)
	}
	return nil
}

type roleList struct{}

// Run lists the roles, the built-in ones first.
func (cmd *roleList) Run(c *caller) error {
	roles, err := c.svc.Roles(c.ctx, c.by)
	if err != nil {
		return err
	}
	names, err := c.queueNames()
	if err != nil {
		return err
	}
	return printList(c.app, mapped(roles, func(r *desk.Role) roleLine { return roleLineOf(r, names) }))
}

func (c *caller) queueNames() (map[desk.QueueID]string, error) {
	queues, err := c.svc.Queues(c.ctx, c.by, desk.SeeQueue)
	names := map[desk.QueueID]string{}
	for _, q := range queues {
		names[q.ID] = q.Name
	}
	return names, err
}

func roleLineOf(r *desk.Role, queues map[desk.QueueID]string) roleLine {
	line := roleLine{r.ID, r.Name, r.ID.Builtin(), r.Single, r.Disabled, r.Everywhere || r.ID.Builtin(), []string{}}
	for _, q := range r.Queues {
		if queues[q] != "" {
			line.Queues = append(line.Queues, queues[q])
		}
	}
	return line
}

type roleShow struct {
	Role string `arg:"" help:"Name."`
}

// Run shows the role.
func (cmd *roleShow) Run(c *caller) error {
	r, err := c.role(cmd.Role)
	if err != nil {
		return err
	}
	names, err := c.queueNames()
	if err != nil {
		return err
	}
	return printThing(c.app, roleLineOf(r, names))
}

type roleSet struct {
	Role  string   `arg:"" help:"Name."`
	Name  *string  `placeholder:"NAME" help:"New name."`
	Queue []string `placeholder:"QUEUE" xor:"where" help:"Queues where it applies, instead of those before."`
	All   bool     `xor:"where" help:"It applies to all queues."`
}

// Run changes what was given.
func (cmd *roleSet) Run(c *caller) error {
	return c.changeRole(cmd.Role, "changed", func(r *desk.Role) error {
		setIf(&r.Name, cmd.Name)
		if len(cmd.Queue) == 0 && !cmd.All {
			return nil
		}
		return c.setRoleQueues(r, cmd.Queue)
	})
}

func (c *caller) changeRole(name, word string, change func(*desk.Role) error) error {
	r, err := c.role(name)
	if err != nil {
		return err
	}
	if err := change(r); err != nil {
		return err
	}
	if err := c.svc.UpdateRole(c.ctx, c.by, *r); err != nil {
		return err
	}
	return c.done(0, "Role %s is %s.", r.Name, word)
}

func (c *caller) switchRole(name, word string, off bool) error {
	return c.changeRole(name, word, func(r *desk.Role) error {
		r.Disabled = off
		return nil
	})
}

type roleDisable struct {
	Role string `arg:"" help:"Name."`
}

// Run disables the role.
func (cmd *roleDisable) Run(c *caller) error { return c.switchRole(cmd.Role, "disabled", true) }

type roleEnable struct {
	Role string `arg:"" help:"Name."`
}

// Run enables the role.
func (cmd *roleEnable) Run(c *caller) error { return c.switchRole(cmd.Role, "enabled", false) }
