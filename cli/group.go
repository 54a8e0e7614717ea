package cli

import (
	"gatehouse/desk"
	"gatehouse/service"
)

type groupCommand struct {
	Add     groupAdd     `cmd:"" help:"Make a group."`
	List    groupList    `cmd:"" help:"List groups."`
	Show    groupShow    `cmd:"" help:"Show a group with its members."`
	Set     groupSet     `cmd:"" help:"Rename or describe a group."`
	Disable groupDisable `cmd:"" help:"Disable a group: it passes on neither rights nor letters. Members and grants are kept."`
	Enable  groupEnable  `cmd:"" help:"Enable a group again."`
	Member  struct {
		Add    groupMemberAdd    `cmd:"" help:"Make somebody a member."`
		Remove groupMemberRemove `cmd:"" help:"End a membership."`
		Set    groupMemberSet    `cmd:"" help:"Change first and last day of a membership."`
		List   groupMemberList   `cmd:"" help:"List the direct members, or with --deep all users by any path."`
	} `cmd:"" help:"Members of a group."`
	Roster groupRoster `cmd:"" help:"Show direct and deep members of anything that has members."`
	Has    groupHas    `cmd:"" help:"Print yes or no: is it a member."`
	Of     groupOf     `cmd:"" help:"List the groups and customers of a user or group."`
	Rights groupRights `cmd:"" help:"List the rights that a user holds on a group."`
}

type groupAdd struct {
	Name        string   `arg:"" help:"Name, unique without regard to case."`
	Description string   `help:"What it is for."`
	Member      []string `placeholder:"REF" help:"Members: users, or group:NAME."`
	Personal    string   `placeholder:"USER" help:"Make it the personal group of this user."`
}

// Run makes the group and then its members.
func (cmd *groupAdd) Run(c *caller) error {
	members, err := c.principals(cmd.Member)
	if err != nil {
		return err
	}
	owner, err := c.ownerOf(cmd.Personal)
	if err != nil {
		return err
	}
	id, err := c.svc.CreateGroup(c.ctx, c.by, desk.Group{Name: cmd.Name, Description: cmd.Description, Personal: owner})
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := c.svc.AddMember(c.ctx, c.by, desk.Membership{Group: desk.PrincipalID(id), Member: m}); err != nil {
			return err
		}
	}
	return c.done(int64(id), "Group %s is made.", cmd.Name)
}

// ownerOf returns the number of the user whose personal groups are meant; zero
// where nobody is named.
func (c *caller) ownerOf(login string) (desk.UserID, error) {
	if login == "" {
		return 0, nil
	}
	return c.userID(login)
}

type groupList struct {
	Text     string `arg:"" optional:"" help:"Only those with this in the name."`
	Personal string `placeholder:"USER" help:"The personal groups of this user, instead of those that belong to nobody."`
}

// Run lists groups by name.
func (cmd *groupList) Run(c *caller) error {
	owner, err := c.ownerOf(cmd.Personal)
	if err != nil {
		return err
	}
	f := service.GroupFilter{Text: cmd.Text, Personal: &owner, Limit: 500}
	groups, err := every(func(last *desk.Group) ([]desk.Group, bool, error) {
		if last != nil {
			f.After = last.Name
		}
		return c.svc.Groups(c.ctx, c.by, f)
	})
	if err != nil {
		return err
	}
	return printList(c.app, mapped(groups, groupLineOf))
}

type groupShow struct {
	Group string `arg:"" help:"Name."`
}

// Run shows the group.
func (cmd *groupShow) Run(c *caller) error {
	g, err := c.group(cmd.Group)
	if err != nil {
		return err
	}
	members, err := c.svc.Members(c.ctx, c.by, desk.PrincipalID(g.ID))
	if err != nil {
		return err
	}
	show := struct {
		groupLine
		Members []memberLine `json:"members"`
	}{groupLineOf(g), memberLinesOf(members)}
	if err := printThing(c.app, show); err != nil || c.json {
		return err
	}
	return printList(c.app, show.Members)
}

type groupSet struct {
	Group       string  `arg:"" help:"Name."`
	Name        *string `placeholder:"NAME" help:"New name; grants and members stay."`
	Description *string `placeholder:"TEXT" help:"New description."`
}

// Run changes what was given.
func (cmd *groupSet) Run(c *caller) error {
	return c.changeGroup(cmd.Group, "changed", func(g *desk.Group) {
		setIf(&g.Name, cmd.Name)
		setIf(&g.Description, cmd.Description)
	})
}

func (c *caller) changeGroup(name, word string, change func(*desk.Group)) error {
	g, err := c.group(name)
	if err != nil {
		return err
	}
	change(g)
	if err := c.svc.UpdateGroup(c.ctx, c.by, *g); err != nil {
		return err
	}
	return c.done(0, "Group %s is %s.", g.Name, word)
}

type groupDisable struct {
	Group string `arg:"" help:"Name."`
}

// Run disables the group.
func (cmd *groupDisable) Run(c *caller) error {
	return c.changeGroup(cmd.Group, "disabled", func(g *desk.Group) { g.Disabled = true })
}

type groupEnable struct {
	Group string `arg:"" help:"Name."`
}

// Run enables the group.
func (cmd *groupEnable) Run(c *caller) error {
	return c.changeGroup(cmd.Group, "enabled", func(g *desk.Group) { g.Disabled = false })
}

// A span is the first and the last day of a membership.
type span struct {
	From  *string `placeholder:"DAY" help:"First day, as 2026-03-31."`
	Until *string `placeholder:"DAY" help:"Last day."`
}

// set changes the days that were given; an empty day takes the limit away.
func (s span) set(m *desk.Membership) error {
	for _, row := range []struct {
		day  *desk.Day
		text *string
	}{{&m.From, s.From}, {&m.Until, s.Until}} {
		if row.text == nil {
			continue
		}
		day, err := desk.ParseDay(*row.text)
		if err != nil {
			return err
		}
		*row.day = day
	}
	return nil
}

type groupMemberAdd struct {
	Group  string `arg:"" help:"Name of the group."`
	Member string `arg:"" help:"A user, or group:NAME."`
	span
}

// Run adds the member.
func (cmd *groupMemberAdd) Run(c *caller) error {
	m, err := c.membership(groupRef(cmd.Group), cmd.Member)
	if err != nil {
		return err
	}
	if err := cmd.set(&m); err != nil {
		return err
	}
	if err := c.svc.AddMember(c.ctx, c.by, m); err != nil {
		return err
	}
	return c.done(0, "%s is a member of %s.", cmd.Member, cmd.Group)
}

func (c *caller) membership(group, member string) (desk.Membership, error) {
	g, err := c.principal(group)
	if err != nil {
		return desk.Membership{}, err
	}
	m, err := c.principal(member)
	return desk.Membership{Group: g, Member: m}, err
}

// presentMembership returns a membership that is there.
func (c *caller) presentMembership(group, member string) (desk.Membership, error) {
	wanted, err := c.membership(group, member)
	if err != nil {
		return wanted, err
	}
	members, err := c.svc.Members(c.ctx, c.by, wanted.Group)
	if err != nil {
		return wanted, err
	}
	for _, m := range members {
		if m.Member == wanted.Member {
			return m.Membership, nil
		}
	}
	return wanted, desk.Errorf(desk.NotFound, "%s is no direct member of %s.", member, group)
}

type groupMemberRemove struct {
	Group  string `arg:"" help:"Name of the group."`
	Member string `arg:"" help:"A user, or group:NAME."`
}

// Run removes the member.
func (cmd *groupMemberRemove) Run(c *caller) error {
	m, err := c.membership(groupRef(cmd.Group), cmd.Member)
	if err != nil {
		return err
	}
	if err := c.svc.RemoveMember(c.ctx, c.by, m.Group, m.Member); err != nil {
		return err
	}
	return c.done(0, "%s is no direct member of %s any more.", cmd.Member, cmd.Group)
}

type groupMemberSet struct {
	Group  string `arg:"" help:"Name of the group."`
	Member string `arg:"" help:"A user, or group:NAME."`
	span
}

// Run changes the days of the membership.
func (cmd *groupMemberSet) Run(c *caller) error {
	m, err := c.presentMembership(groupRef(cmd.Group), cmd.Member)
	if err != nil {
		return err
	}
	if err := cmd.set(&m); err != nil {
		return err
	}
	if err := c.svc.UpdateMember(c.ctx, c.by, m); err != nil {
		return err
	}
	return c.done(0, "The membership of %s in %s is changed.", cmd.Member, cmd.Group)
}

type groupMemberList struct {
	Group string `arg:"" help:"Name of the group."`
	Deep  bool   `help:"All users who are members by any path of enabled groups."`
}

// Run lists the members.
func (cmd *groupMemberList) Run(c *caller) error {
	return c.listMembers(groupRef(cmd.Group), cmd.Deep)
}

func (c *caller) listMembers(ref string, deep bool) error {
	id, err := c.principal(ref)
	if err != nil {
		return err
	}
	if !deep {
		members, err := c.svc.Members(c.ctx, c.by, id)
		if err != nil {
			return err
		}
		return printList(c.app, memberLinesOf(members))
	}
	names, err := c.svc.DeepMembers(c.ctx, c.by, id)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(names, func(n *service.Name) memberLine { return memberLine{Ref: n.Ref, Name: n.Text} }))
}
