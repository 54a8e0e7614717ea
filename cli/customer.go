package cli

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

type customerCommand struct {
	Add     customerAdd     `cmd:"" help:"Make a customer."`
	List    customerList    `cmd:"" help:"List customers."`
	Show    customerShow    `cmd:"" help:"Show a customer with its contacts."`
	Set     customerSet     `cmd:"" help:"Change a customer."`
	Disable customerDisable `cmd:"" help:"Disable a customer: nobody gets anything through it. Contacts, grants and tickets are kept."`
	Enable  customerEnable  `cmd:"" help:"Enable a customer again."`
	Export  customerExport  `cmd:"" help:"Write what the desk holds of a customer into a zip file."`
	Erase   customerErase   `cmd:"" help:"Take from the desk which company a customer is. It stays as a number on its tickets."`
	Waiting customerWaiting `cmd:"" help:"List who waits to become a contact by his mail domain."`
	Admit   customerAdmit   `cmd:"" help:"Let somebody in who waits."`
	Refuse  customerRefuse  `cmd:"" help:"Refuse somebody who waits, for good."`
	Member  struct {
		Add    customerMemberAdd    `cmd:"" help:"Make somebody a contact of the customer."`
		Remove customerMemberRemove `cmd:"" help:"Take a contact out of the customer."`
		Set    customerMemberSet    `cmd:"" help:"Change a contact's part, primary customer, first and last day."`
		List   customerMemberList   `cmd:"" help:"List the contacts."`
	} `cmd:"" help:"Contacts of a customer."`
}

// customerFields are the flags that add and set share.
type customerFields struct {
	Name      *string  `placeholder:"NAME" help:"Name of the company."`
	Domain    []string `placeholder:"DOMAIN" help:"Its mail domains."`
	AutoJoin  *bool    `negatable:"" help:"Unknown senders of these domains become its contacts."`
	AskFirst  *bool    `negatable:"" help:"They wait until somebody lets them in."`
	OwnOnly   *bool    `negatable:"" help:"Its contacts see their own tickets only, whatever their part."`
	Requestor *string  `placeholder:"HOW" help:"How it takes part where a contact is Requestor: replace, add, off or default."`
	Cc        *string  `placeholder:"HOW" help:"The same for Cc."`
	AdminCc   *string  `placeholder:"HOW" help:"The same for AdminCc."`
	Sharing   *string  `placeholder:"SHARING" help:"Sharing of its new tickets: shared, managers, private or default."`
	AlwaysCc  []string `placeholder:"REF" help:"Users and groups put in Cc of its new tickets."`
	Street    *string  `placeholder:"TEXT" help:"Street."`
	City      *string  `placeholder:"TEXT" help:"City."`
	Country   *string  `placeholder:"TEXT" help:"Country."`
	Comment   *string  `placeholder:"TEXT" help:"Comment."`
}

// set changes the fields that were given.
func (f *customerFields) set(c *caller, to *desk.Customer) error {
	setIf(&to.Name, f.Name)
	setIf(&to.AutoJoin, f.AutoJoin)
	setIf(&to.AskFirst, f.AskFirst)
	setIf(&to.OwnOnly, f.OwnOnly)
	setIf(&to.Street, f.Street)
	setIf(&to.City, f.City)
	setIf(&to.Country, f.Country)
	setIf(&to.Comment, f.Comment)
	if len(f.Domain) > 0 {
		to.Domains = f.Domain
	}
	if len(f.AlwaysCc) > 0 {
		always, err := c.principals(f.AlwaysCc)
		if err != nil {
			return err
		}
		to.AlwaysCc = always
	}
	if err := setPresences(&to.Presences, f.Requestor, f.Cc, f.AdminCc); err != nil {
		return err
	}
	return setSharing(&to.Sharing, f.Sharing)
}

type customerAdd struct {
	Key string `arg:"" help:"Key, unique without regard to case."`
	customerFields
}

// Run makes the customer.
func (cmd *customerAdd) Run(c *caller) error {
	customer := desk.Customer{Key: cmd.Key}
	if err := cmd.set(c, &customer); err != nil {
		return err
	}
	id, err := c.svc.CreateCustomer(c.ctx, c.by, customer)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Customer %s is made.", cmd.Key)
}

type customerList struct {
	Text string `arg:"" optional:"" help:"Only those with this in key or name."`
}

// Run lists customers by key.
func (cmd *customerList) Run(c *caller) error {
	f := service.CustomerFilter{Text: cmd.Text, Limit: 500}
	customers, err := every(func(last *desk.Customer) ([]desk.Customer, bool, error) {
		if last != nil {
			f.After = last.Key
		}
		return c.svc.Customers(c.ctx, c.by, f)
	})
	if err != nil {
		return err
	}
	return printList(c.app, mapped(customers, customerLineOf))
}

type customerShow struct {
	Customer string `arg:"" help:"Key."`
}

// Run shows the customer.
func (cmd *customerShow) Run(c *caller) error {
	customer, err := c.customer(cmd.Customer)
	if err != nil {
		return err
	}
	members, err := c.svc.Members(c.ctx, c.by, desk.PrincipalID(customer.ID))
	if err != nil {
		return err
	}
	show := struct {
		customerLine
		Members []memberLine `json:"members"`
	}{customerLineOf(customer), memberLinesOf(members)}
	if err := printThing(c.app, show); err != nil || c.json {
		return err
	}
	return printList(c.app, show.Members)
}

type customerSet struct {
	Customer string  `arg:"" help:"Key."`
	Key      *string `placeholder:"KEY" help:"New key."`
	customerFields
}

// Run changes what was given.
func (cmd *customerSet) Run(c *caller) error {
	return c.changeCustomer(cmd.Customer, "changed", func(to *desk.Customer) error {
		setIf(&to.Key, cmd.Key)
		return cmd.set(c, to)
	})
}

func (c *caller) changeCustomer(key, word string, change func(*desk.Customer) error) error {
	customer, err := c.customer(key)
	if err != nil {
		return err
	}
	if err := change(customer); err != nil {
		return err
	}
	if err := c.svc.UpdateCustomer(c.ctx, c.by, *customer); err != nil {
		return err
	}
	return c.done(0, "Customer %s is %s.", customer.Key, word)
}

func (c *caller) switchCustomer(key, word string, off bool) error {
	return c.changeCustomer(key, word, func(to *desk.Customer) error {
		to.Disabled = off
		return nil
	})
}

type customerDisable struct {
	Customer string `arg:"" help:"Key."`
}

// Run disables the customer.
func (cmd *customerDisable) Run(c *caller) error {
	return c.switchCustomer(cmd.Customer, "disabled", true)
}

type customerEnable struct {
	Customer string `arg:"" help:"Key."`
}

// Run enables the customer.
func (cmd *customerEnable) Run(c *caller) error {
	return c.switchCustomer(cmd.Customer, "enabled", false)
}

// partFields are the flags of a contact's membership.
type partFields struct {
	Part    string `help:"manager, member, reader or contact."`
	Primary *bool  `negatable:"" help:"It is the contact's primary customer."`
	Quiet   *bool  `negatable:"" help:"Tell the contact only of those tickets of the customer on which the contact stands."`
	span
}

func (f *partFields) setPart(m *desk.Membership) error {
	if f.Part != "" {
		part, err := parsePart(f.Part)
		if err != nil {
			return err
		}
		m.Part = part
	}
	setIf(&m.Primary, f.Primary)
	return f.set(m)
}

// save makes or changes the membership and says which letters it brings: all of
// it or nothing.
func (f *partFields) save(c *caller, m desk.Membership, how func(*service.Service, context.Context, desk.Actor, desk.Membership) error) error {
	_, err := c.svc.Together(c.ctx, c.by, func(in *service.Service, by desk.Actor) error {
		if err := how(in, c.ctx, by, m); err != nil || f.Quiet == nil {
			return err
		}
		return in.SetCompanyLetters(c.ctx, by, service.CompanyLetters{Customer: desk.CustomerID(m.Group), Member: desk.UserID(m.Member), Quiet: *f.Quiet})
	})
	return err
}

type customerMemberAdd struct {
	Customer string `arg:"" help:"Key of the customer."`
	Member   string `arg:"" help:"A user, or customer:KEY for a subsidiary."`
	partFields
}

// Run makes somebody a contact, with the part member unless said.
func (cmd *customerMemberAdd) Run(c *caller) error {
	m, err := c.membership("customer:"+cmd.Customer, cmd.Member)
	if err != nil {
		return err
	}
	if err := cmd.setPart(&m); err != nil {
		return err
	}
	if err := cmd.save(c, m, (*service.Service).AddMember); err != nil {
		return err
	}
	return c.done(0, "%s is a contact of %s.", cmd.Member, cmd.Customer)
}

type customerMemberRemove struct {
	Customer string `arg:"" help:"Key of the customer."`
	Member   string `arg:"" help:"A user, or customer:KEY."`
}

// Run takes the contact out.
func (cmd *customerMemberRemove) Run(c *caller) error {
	m, err := c.membership("customer:"+cmd.Customer, cmd.Member)
	if err != nil {
		return err
	}
	if err := c.svc.RemoveMember(c.ctx, c.by, m.Group, m.Member); err != nil {
		return err
	}
	return c.done(0, "%s is no contact of %s any more.", cmd.Member, cmd.Customer)
}

type customerMemberSet struct {
	Customer string `arg:"" help:"Key of the customer."`
	Member   string `arg:"" help:"A user, or customer:KEY."`
	partFields
}

// Run changes the membership.
func (cmd *customerMemberSet) Run(c *caller) error {
	m, err := c.presentMembership("customer:"+cmd.Customer, cmd.Member)
	if err != nil {
		return err
	}
	if err := cmd.setPart(&m); err != nil {
		return err
	}
	if err := cmd.save(c, m, (*service.Service).UpdateMember); err != nil {
		return err
	}
	return c.done(0, "The membership of %s at %s is changed.", cmd.Member, cmd.Customer)
}

type customerMemberList struct {
	Customer string `arg:"" help:"Key of the customer."`
	Deep     bool   `help:"All users who are contacts by any path, as of subsidiaries."`
}

// Run lists the contacts.
func (cmd *customerMemberList) Run(c *caller) error {
	return c.listMembers("customer:"+cmd.Customer, cmd.Deep)
}
