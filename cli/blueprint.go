package cli

import (
	"strings"

	"gatehouse/service"
)

type blueprintCommand struct {
	List  blueprintList  `cmd:"" help:"List the blueprints."`
	Show  blueprintShow  `cmd:"" help:"What a blueprint asks and which rules it makes."`
	Apply blueprintApply `cmd:"" help:"Set a blueprint up. With --what-if nothing is changed."`
}

type blueprintLine struct {
	Name string `json:"name"`
	Asks string `json:"asks"`
}

type blueprintList struct{}

// Run lists the blueprints.
func (cmd *blueprintList) Run(c *caller) error {
	list, err := c.svc.Blueprints(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(b *service.Blueprint) blueprintLine { return blueprintLine{b.Name, strings.Join(b.Asks, " ")} }))
}

type blueprintShow struct {
	Name string `arg:"" help:"Name."`
}

type blueprintShown struct {
	Name  string   `json:"name"`
	Asks  []string `json:"asks"`
	Rules []string `json:"rules"`
}

// Run shows the blueprint.
func (cmd *blueprintShow) Run(c *caller) error {
	b, err := c.svc.Blueprint(c.ctx, c.by, cmd.Name)
	if err != nil {
		return err
	}
	return printThing(c.app, blueprintShown{b.Name, b.Asks, mapped(b.Rules, func(r *service.WrittenRule) string { return r.Name })})
}

type blueprintApply struct {
	Name     string `arg:"" help:"Name."`
	Queue    string `placeholder:"QUEUE" help:"The queue; it is made where there is none of that name."`
	Address  string `placeholder:"ADDRESS" help:"The address of a queue that is made."`
	Group    string `placeholder:"GROUP" help:"The group that works there, or is on the list."`
	Managers string `placeholder:"GROUP" help:"The group of managers."`
}

// Run sets the blueprint up.
func (cmd *blueprintApply) Run(c *caller) error {
	change, err := c.svc.ApplyBlueprint(c.ctx, c.by, cmd.Name, map[string]string{
		service.AskQueue: cmd.Queue, service.AskAddress: cmd.Address, service.AskGroup: cmd.Group, service.AskManagers: cmd.Managers,
	})
	if err != nil {
		return err
	}
	return c.done(change, "%s is set up in %s. `gatehouse access take-back %d` takes it back.", cmd.Name, cmd.Queue, change)
}
