package cli

import (
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

// groupRef is a group's name as a reference: personal:OWNER/NAME is one
// already.
func groupRef(name string) string {
	if strings.HasPrefix(name, "personal:") {
		return name
	}
	return "group:" + strings.TrimPrefix(name, "group:")
}

// A rosterLine is one member of whatever has members.
type rosterLine struct {
	Ref      string `json:"ref"`
	Name     string `json:"name"`
	How      string `json:"how"`
	Disabled bool   `json:"disabled"`
}

type groupRoster struct {
	Group     string `arg:"" help:"group:NAME, personal:OWNER/NAME, customer:KEY, system:NAME, role:NAME@ticket:7, role:NAME@queue:NAME or role:NAME@system."`
	Addresses bool   `help:"Only the mail addresses of all enabled members."`
}

// Run lists direct and deep members of whatever has members.
func (cmd *groupRoster) Run(c *caller) error {
	r, err := c.svc.Roster(c.ctx, c.by, cmd.Group)
	if err != nil {
		return err
	}
	if cmd.Addresses {
		type line struct {
			Address string `json:"address"`
		}
		return printList(c.app, mapped(r.Addresses, func(a *string) line { return line{*a} }))
	}
	return printList(c.app, rosterLines(r))
}

// rosterLines lists the direct members first, then those by longer paths.
func rosterLines(r *service.Roster) []rosterLine {
	var lines []rosterLine
	seen := map[desk.PrincipalID]bool{r.Name.ID: true}
	add := func(how string, list []service.Name) {
		for _, n := range list {
			if !seen[n.ID] {
				seen[n.ID] = true
				lines = append(lines, rosterLine{n.Ref, n.Text, how, n.Disabled})
			}
		}
	}
	add("direct", r.Users)
	add("direct", r.Groups)
	add("deep", r.DeepUsers)
	add("deep", r.DeepGroups)
	return lines
}

type groupHas struct {
	Group  string `arg:"" help:"As with roster."`
	Member string `arg:"" help:"A user, or group:NAME and so on."`
	Deep   bool   `help:"By any path of enabled groups, not only directly."`
}

// Run prints yes or no; no is also the exit code 1.
func (cmd *groupHas) Run(c *caller) error {
	has, err := c.svc.HasMember(c.ctx, c.by, cmd.Group, cmd.Member, cmd.Deep)
	if err != nil {
		return err
	}
	return c.yesOrNo(has)
}

type groupOf struct {
	Member string `arg:"" help:"A user, or group:NAME."`
	Deep   bool   `help:"By any path of enabled groups, not only directly."`
}

// Run lists the groups and customers of a user or group.
func (cmd *groupOf) Run(c *caller) error {
	names, err := c.svc.MemberOf(c.ctx, c.by, cmd.Member, cmd.Deep)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(names, func(n *service.Name) rosterLine { return rosterLine{n.Ref, n.Text, "", n.Disabled} }))
}

type groupRights struct {
	Group string `arg:"" help:"Name."`
	User  string `arg:"" help:"Login or address."`
}

// Run lists the rights that a user holds on a group.
func (cmd *groupRights) Run(c *caller) error {
	rights, err := c.svc.RightsOf(c.ctx, c.by, service.Holder{Ref: cmd.User}, groupRef(cmd.Group))
	if err != nil {
		return err
	}
	type line struct {
		Right   string `json:"right"`
		Meaning string `json:"meaning"`
	}
	return printList(c.app, mapped(rights.List(), func(r *desk.Right) line { return line{r.String(), r.Meaning()} }))
}
