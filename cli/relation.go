package cli

import (
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

type relationCommand struct {
	List     relationList     `cmd:"" help:"List what one record has with the others."`
	Set      relationSet      `cmd:"" help:"Set what two records have with each other; nothing revokes it."`
	Defaults relationDefaults `cmd:"" help:"List or set the default groups of all contacts or all customers."`
}

// relationWords name a relation and a context.
type relationWords struct {
	Relation string `arg:"" enum:"contact-group,customer-group,contact-customer,agent-group,group-group" help:"contact-group, customer-group, contact-customer, agent-group or group-group."`
	Other    bool   `help:"Of customer-group: for other customers' tickets."`
}

type relationList struct {
	relationWords
	Of    string `arg:"" help:"A user, customer:KEY or group:NAME."`
	Right bool   `help:"It stands on the right: a group whose holders, a customer whose contacts."`
	Only  bool   `help:"Only those that have something of their own."`
	Text  string `help:"Only those with this in the name."`
}

// relationLine is a row of a relation as it is printed.
type relationLine struct {
	Who   string `json:"who"`
	State string `json:"state"`
	Held  string `json:"held"`
}

// Run lists the rows of one record.
func (cmd *relationList) Run(c *caller) error {
	of, err := c.principal(cmd.Of)
	if err != nil {
		return err
	}
	q := service.RelationQuery{Relation: service.Relation(cmd.Relation), Of: of, Right: cmd.Right, Other: cmd.Other, Only: cmd.Only, Text: cmd.Text, Limit: 500}
	var lines []relationLine
	for {
		page, err := c.svc.RelationPage(c.ctx, c.by, q)
		if err != nil {
			return err
		}
		for _, row := range page.Rows {
			lines = append(lines, relationLine{row.Name.Ref, row.State, heldText(page.Columns, row)})
		}
		if q.After = page.Next; q.After == "" {
			return printList(c.app, lines)
		}
	}
}

// heldText says what a row holds besides its own: "ro (rw of customer:acme)".
func heldText(columns []string, row service.RelationRow) string {
	var parts []string
	for i, b := range row.Boxes {
		for _, from := range b.From {
			parts = append(parts, columns[i]+" ("+from.Permission+" of "+from.Who.Ref+")")
		}
	}
	return strings.Join(parts, ", ")
}

type relationSet struct {
	relationWords
	Left  string   `arg:"" help:"A user, customer:KEY or group:NAME."`
	Right string   `arg:"" help:"group:NAME or customer:KEY."`
	State []string `arg:"" optional:"" help:"Permissions, or part, primary, from:DAY and until:DAY of a membership; none: nothing."`
}

// Run sets one row.
func (cmd *relationSet) Run(c *caller) error {
	left, err := c.principal(cmd.Left)
	if err != nil {
		return err
	}
	right, err := c.principal(cmd.Right)
	if err != nil {
		return err
	}
	q := service.RelationQuery{Relation: service.Relation(cmd.Relation), Of: left, Other: cmd.Other, Only: true, Limit: 500}
	was, err := stateNow(c, q, right)
	if err != nil {
		return err
	}
	now := strings.Join(cmd.State, " ")
	result, err := c.svc.SaveRelation(c.ctx, c.by, q, []service.RelationChange{{Row: right, Was: was, Now: now}})
	if err != nil {
		return err
	}
	if len(result.Changed) == 0 {
		return c.done(0, "%s and %s are so already.", cmd.Left, cmd.Right)
	}
	return c.done(0, "%s and %s: %s, before %s.", cmd.Left, cmd.Right, orNothing(now), orNothing(was))
}

func orNothing(state string) string {
	if state == "" {
		return "nothing"
	}
	return state
}

// stateNow finds what a row has of its own.
func stateNow(c *caller, q service.RelationQuery, row desk.PrincipalID) (string, error) {
	for {
		page, err := c.svc.RelationPage(c.ctx, c.by, q)
		if err != nil {
			return "", err
		}
		for _, r := range page.Rows {
			if r.Name.ID == row {
				return r.State, nil
			}
		}
		if q.After = page.Next; q.After == "" {
			return "", nil
		}
	}
}

type relationDefaults struct {
	Of     string   `arg:"" enum:"contacts,customers" help:"contacts or customers."`
	Groups []string `arg:"" optional:"" help:"GROUP=PERMISSION each; none: only list them."`
	None   bool     `help:"There shall be none."`
}

// defaultLine is a default group as it is printed.
type defaultLine struct {
	Group      string `json:"group"`
	Permission string `json:"permission"`
}

// Run sets the default groups where any are given, and lists them.
func (cmd *relationDefaults) Run(c *caller) error {
	who := desk.Contacts
	if cmd.Of == "customers" {
		who = desk.Customers
	}
	if len(cmd.Groups) > 0 || cmd.None {
		var list []service.DefaultGroup
		for _, text := range cmd.Groups {
			name, permission, _ := strings.Cut(text, "=")
			g, err := c.group(name)
			if err != nil {
				return err
			}
			list = append(list, service.DefaultGroup{Group: g.ID, Permission: permission})
		}
		if err := c.svc.SetDefaultGroups(c.ctx, c.by, who, list); err != nil {
			return err
		}
	}
	list, err := c.svc.DefaultGroups(c.ctx, c.by, who)
	if err != nil {
		return err
	}
	var lines []defaultLine
	for _, d := range list {
		lines = append(lines, defaultLine{d.Name.Ref, d.Permission})
	}
	return printList(c.app, lines)
}
