package cli

import (
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

type userCommand struct {
	Add      userAdd      `cmd:"" help:"Make a user."`
	List     userList     `cmd:"" help:"List users."`
	Show     userShowIt   `cmd:"" help:"Show a user with his groups and customers."`
	Set      userSet      `cmd:"" help:"Change a user."`
	Disable  userDisable  `cmd:"" help:"Disable a user: he may nothing, gets nothing and keeps his history."`
	Enable   userEnable   `cmd:"" help:"Enable a user again."`
	Merge    userMerge    `cmd:"" help:"Merge a user into another one of the same kind. What he had goes to the other, and he is disabled."`
	Export   userExport   `cmd:"" help:"Write what the desk holds of a user into a zip file."`
	Erase    userErase    `cmd:"" help:"Take from the desk who a user is. He stays as a number on what he did."`
	Password userPassword `cmd:"" help:"Set a user's password, read from standard input. His sessions end."`
}

type userAdd struct {
	Login    string   `arg:"" help:"Login, unique without regard to case."`
	Name     string   `help:"Name that people see."`
	Contact  bool     `help:"A contact on the customers' side; else he is an agent."`
	Address  []string `placeholder:"ADDRESS" help:"Mail address; the first one is the primary one."`
	Customer []string `placeholder:"KEY" help:"Customer that he is a contact of; the first one is his primary one."`
	Part     string   `help:"His part there: manager, member (unless said), reader or contact."`
	Group    []string `placeholder:"NAME" help:"Group that he is a member of."`
	Language string   `placeholder:"LANGUAGE" help:"Language of his letters and pages."`
	Zone     string   `placeholder:"ZONE" help:"His time zone, as Europe/Berlin."`
}

// Run makes the user and then his memberships.
func (cmd *userAdd) Run(c *caller) error {
	part, err := parsePart(cmd.Part)
	if err != nil {
		return err
	}
	u := desk.User{Login: cmd.Login, Name: cmd.Name, Kind: desk.Agent, Addresses: cmd.Address, Language: cmd.Language, Zone: cmd.Zone}
	if cmd.Contact {
		u.Kind = desk.Contact
	}
	var memberships []desk.Membership
	for i, key := range cmd.Customer {
		customer, err := c.customer(key)
		if err != nil {
			return err
		}
		memberships = append(memberships, desk.Membership{Group: desk.PrincipalID(customer.ID), Part: part, Primary: i == 0})
	}
	for _, name := range cmd.Group {
		group, err := c.group(name)
		if err != nil {
			return err
		}
		memberships = append(memberships, desk.Membership{Group: desk.PrincipalID(group.ID)})
	}
	id, err := c.svc.CreateUser(c.ctx, c.by, u)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		m.Member = desk.PrincipalID(id)
		if err := c.svc.AddMember(c.ctx, c.by, m); err != nil {
			return err
		}
	}
	return c.done(int64(id), "%s %s is made.", u.Kind, cmd.Login)
}

type userList struct {
	Text     string `arg:"" optional:"" help:"Only those with this in login, name or address."`
	Customer string `placeholder:"KEY" help:"Only contacts of this customer."`
	Agents   bool   `xor:"kind" help:"Only agents."`
	Contacts bool   `xor:"kind" help:"Only contacts."`
}

// Run lists users by login.
func (cmd *userList) Run(c *caller) error {
	f := service.UserFilter{Text: cmd.Text, Limit: 500}
	switch {
	case cmd.Agents:
		f.Kind = desk.Agent
	case cmd.Contacts:
		f.Kind = desk.Contact
	}
	if cmd.Customer != "" {
		customer, err := c.customer(cmd.Customer)
		if err != nil {
			return err
		}
		f.Customer = customer.ID
	}
	users, err := every(func(last *desk.User) ([]desk.User, bool, error) {
		if last != nil {
			f.After = last.Login
		}
		return c.svc.Users(c.ctx, c.by, f)
	})
	if err != nil {
		return err
	}
	return printList(c.app, mapped(users, userLineOf))
}

// mapped returns what fn makes of each thing of a list.
func mapped[T, L any](list []T, fn func(*T) L) []L {
	lines := make([]L, len(list))
	for i := range list {
		lines[i] = fn(&list[i])
	}
	return lines
}

type userShowIt struct {
	User string `arg:"" help:"Login or address."`
}

// Run shows the user.
func (cmd *userShowIt) Run(c *caller) error {
	u, err := c.user(cmd.User)
	if err != nil {
		return err
	}
	groups, err := c.svc.GroupsOf(c.ctx, c.by, u.ID)
	if err != nil {
		return err
	}
	show := userShow{userLineOf(u), memberLinesOf(groups)}
	if err := printThing(c.app, show); err != nil || c.json {
		return err
	}
	return printList(c.app, show.Groups)
}

type userSet struct {
	User        string   `arg:"" help:"Login or address."`
	Login       *string  `placeholder:"LOGIN" help:"New login."`
	Name        *string  `placeholder:"NAME" help:"New name."`
	Kind        *string  `enum:"agent,contact" placeholder:"KIND" help:"agent or contact."`
	Address     []string `placeholder:"ADDRESS" help:"New addresses, which replace all old ones; the first one is the primary one."`
	Language    *string  `placeholder:"LANGUAGE" help:"New language."`
	Zone        *string  `placeholder:"ZONE" help:"New time zone."`
	OnlyPrimary *bool    `negatable:"" help:"He brings only his primary customer to new tickets."`
}

// Run changes what was given.
func (cmd *userSet) Run(c *caller) error {
	return c.changeUser(cmd.User, "changed", func(u *desk.User) {
		setIf(&u.Login, cmd.Login)
		setIf(&u.Name, cmd.Name)
		setIf(&u.Language, cmd.Language)
		setIf(&u.Zone, cmd.Zone)
		setIf(&u.OnlyPrimary, cmd.OnlyPrimary)
		if cmd.Kind != nil {
			u.Kind, _ = desk.ParseUserKind(*cmd.Kind)
		}
		if len(cmd.Address) > 0 {
			u.Addresses = cmd.Address
		}
	})
}

func (c *caller) changeUser(name, word string, change func(*desk.User)) error {
	u, err := c.user(name)
	if err != nil {
		return err
	}
	change(u)
	if err := c.svc.UpdateUser(c.ctx, c.by, *u); err != nil {
		return err
	}
	return c.done(0, "User %s is %s.", u.Login, word)
}

type userDisable struct {
	User string `arg:"" help:"Login or address."`
}

// Run disables the user.
func (cmd *userDisable) Run(c *caller) error {
	return c.changeUser(cmd.User, "disabled", func(u *desk.User) { u.Disabled = true })
}

type userEnable struct {
	User string `arg:"" help:"Login or address."`
}

// Run enables the user.
func (cmd *userEnable) Run(c *caller) error {
	return c.changeUser(cmd.User, "enabled", func(u *desk.User) { u.Disabled = false })
}

type userMerge struct {
	From string `arg:"" help:"Login or address of the one who goes."`
	Into string `arg:"" help:"Login or address of the one who stays."`
	Seen bool   `help:"Do it also where the one who stays gains rights or tickets by it."`
}

// Run merges the users.
func (cmd *userMerge) Run(c *caller) error {
	from, err := c.user(cmd.From)
	if err != nil {
		return err
	}
	into, err := c.user(cmd.Into)
	if err != nil {
		return err
	}
	if _, err := c.svc.MergeUsers(c.ctx, c.by, service.UserMerge{From: from.ID, Into: into.ID, Previewed: cmd.Seen}); err != nil {
		return err
	}
	return c.done(0, "User %s is merged into %s.", from.Login, into.Login)
}

type userPassword struct {
	User string `arg:"" help:"Login or address."`
}

// Run reads the password from standard input, so that it stands in no list of
// processes and no history.
func (cmd *userPassword) Run(c *caller) error {
	id, err := c.userID(cmd.User)
	if err != nil {
		return err
	}
	text, err := c.readText("", 4096)
	if err != nil {
		return err
	}
	password, _, _ := strings.Cut(text, "\n")
	if err := c.svc.SetPassword(c.ctx, c.by, id, "", strings.TrimSuffix(password, "\r")); err != nil {
		return err
	}
	return c.done(0, "The password of %s is set.", cmd.User)
}
