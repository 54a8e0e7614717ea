package cli

import (
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

type permissionCommand struct {
	List    permissionList    `cmd:"" help:"List permissions with the rights that they give."`
	Add     permissionAdd     `cmd:"" help:"Make a permission of the desk's own."`
	Set     permissionSet     `cmd:"" help:"Change the rights of a permission, and with them every grant of it."`
	Disable permissionDisable `cmd:"" help:"Disable a permission: it gives nothing. Its grants stay."`
	Enable  permissionEnable  `cmd:"" help:"Enable a permission again."`
	Remove  permissionRemove  `cmd:"" help:"Delete a permission of the desk's own of which there is no grant."`
}

type permissionList struct{}

// permissionLine is a permission as it is printed.
type permissionLine struct {
	ID       desk.PermissionID `json:"id"`
	Name     string            `json:"name"`
	Disabled bool              `json:"disabled"`
	Grants   int               `json:"grants"`
	Agents   string            `json:"agents"`
	Contacts string            `json:"contacts"`
}

// Run lists the permissions by number.
func (cmd *permissionList) Run(c *caller) error {
	list, err := c.svc.NamedSets(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(l *service.NamedSetLine) permissionLine {
		return permissionLine{l.ID, l.Name, l.Disabled, l.Grants, strings.Join(l.Agents.Names(), " "), strings.Join(l.Contacts.Names(), " ")}
	}))
}

// permissionWords are what can be said of a permission.
type permissionWords struct {
	Agents      []string `placeholder:"RIGHT" help:"Rights that agents and groups get by it."`
	Contacts    []string `placeholder:"RIGHT" help:"Rights that contacts and customers get by it."`
	ForAgents   *bool    `negatable:"" help:"It can be chosen on the relation pages of agents and groups."`
	ForContacts *bool    `negatable:"" help:"And on those of contacts and customers."`
}

func (w *permissionWords) apply(s *service.NamedSet) error {
	setIf(&s.ForAgents, w.ForAgents)
	setIf(&s.ForContacts, w.ForContacts)
	if err := setRights(&s.Agents, w.Agents); err != nil {
		return err
	}
	return setRights(&s.Contacts, w.Contacts)
}

// setRights replaces a set of rights, unless none are given.
func setRights(to *desk.RightSet, names []string) error {
	if len(names) == 0 {
		return nil
	}
	*to = 0
	for _, name := range names {
		r, ok := desk.ParseRight(name)
		if !ok && name != "none" {
			return desk.Errorf(desk.Invalid, "There is no right %q; `gatehouse access rights` lists all.", name)
		}
		if ok {
			*to |= desk.RightsOf(r)
		}
	}
	return nil
}

type permissionAdd struct {
	Name string `arg:"" help:"One word, unique without regard to case."`
	permissionWords
}

// Run makes the permission.
func (cmd *permissionAdd) Run(c *caller) error {
	s := service.NamedSet{Permission: desk.Permission{Name: cmd.Name}}
	if err := cmd.apply(&s); err != nil {
		return err
	}
	id, err := c.svc.SaveNamedSet(c.ctx, c.by, s)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Permission %s is made.", cmd.Name)
}

// namedSet finds a permission by name.
func (c *caller) namedSet(name string) (*service.NamedSet, error) {
	list, err := c.svc.NamedSets(c.ctx, c.by)
	if err != nil {
		return nil, err
	}
	for _, line := range list {
		if desk.Fold(line.Name) == desk.Fold(name) {
			return &line.NamedSet, nil
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There is no permission %s.", name)
}

func (c *caller) changePermission(name, word string, change func(*service.NamedSet) error) error {
	s, err := c.namedSet(name)
	if err != nil {
		return err
	}
	if err := change(s); err != nil {
		return err
	}
	if _, err := c.svc.SaveNamedSet(c.ctx, c.by, *s); err != nil {
		return err
	}
	return c.done(0, "Permission %s is %s.", s.Name, word)
}

type permissionSet struct {
	Permission string  `arg:"" help:"Name."`
	Name       *string `placeholder:"NAME" help:"New name, of one that does not ship."`
	permissionWords
}

// Run changes what was given; a right named none empties a set.
func (cmd *permissionSet) Run(c *caller) error {
	return c.changePermission(cmd.Permission, "changed", func(s *service.NamedSet) error {
		setIf(&s.Name, cmd.Name)
		return cmd.apply(s)
	})
}

type permissionDisable struct {
	Permission string `arg:"" help:"Name."`
}

// Run disables the permission.
func (cmd *permissionDisable) Run(c *caller) error {
	return c.changePermission(cmd.Permission, "disabled", func(s *service.NamedSet) error { s.Disabled = true; return nil })
}

type permissionEnable struct {
	Permission string `arg:"" help:"Name."`
}

// Run enables the permission.
func (cmd *permissionEnable) Run(c *caller) error {
	return c.changePermission(cmd.Permission, "enabled", func(s *service.NamedSet) error { s.Disabled = false; return nil })
}

type permissionRemove struct {
	Permission string `arg:"" help:"Name."`
}

// Run deletes the permission.
func (cmd *permissionRemove) Run(c *caller) error {
	s, err := c.namedSet(cmd.Permission)
	if err != nil {
		return err
	}
	if err := c.svc.RemovePermission(c.ctx, c.by, s.ID); err != nil {
		return err
	}
	return c.done(0, "Permission %s is deleted.", s.Name)
}
