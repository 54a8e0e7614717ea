package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Customer is a company. How the desk treats it is told to the people at the
// desk only.
type Customer struct {
	ID        int64      `json:"id"`
	Key       string     `json:"key"`
	Name      string     `json:"name"`
	Disabled  bool       `json:"disabled"`
	Street    string     `json:"street,omitempty"`
	City      string     `json:"city,omitempty"`
	Country   string     `json:"country,omitempty"`
	Comment   string     `json:"comment,omitempty"`
	Domains   []string   `json:"domains,omitempty"`
	AutoJoin  bool       `json:"auto_join,omitempty" doc:"Unknown senders of the domains become its contacts."`
	AskFirst  bool       `json:"ask_first,omitempty" doc:"They wait until somebody lets them in."`
	OwnOnly   bool       `json:"own_only,omitempty" doc:"Its contacts see their own tickets only, whatever their part."`
	Sharing   string     `json:"sharing,omitempty" enum:"shared,managers,private" doc:"Of new tickets; absent: as the queue has it."`
	Presences *Presences `json:"presences,omitempty"`
	AlwaysCc  []int64    `json:"always_cc,omitempty" doc:"Put in Cc of its new tickets."`
}

func (c caller) customer(d desk.Customer) Customer {
	wire := Customer{ID: int64(d.ID), Key: d.Key, Name: d.Name, Disabled: d.Disabled, Street: d.Street, City: d.City, Country: d.Country}
	if c.agent() {
		presences := presencesOf(d.Presences)
		wire.Comment, wire.Domains, wire.AutoJoin, wire.Sharing = d.Comment, d.Domains, d.AutoJoin, sharingName(d.Sharing)
		wire.AskFirst, wire.OwnOnly = d.AskFirst, d.OwnOnly
		wire.Presences, wire.AlwaysCc = &presences, numbers(d.AlwaysCc)
	}
	return wire
}

func (h *handler) listCustomers(ctx context.Context, by caller, in *NamedList) (Page[Customer], error) {
	after, err := keyAfter("customers", in.After)
	if err != nil {
		return Page[Customer]{}, err
	}
	list, more, err := h.desk.Customers(ctx, by.Actor, service.CustomerFilter{Text: in.Text, Disabled: switched(in.Disabled), After: after, Limit: in.Limit})
	page := pageOf(list, by.customer)
	if more {
		page.Next = link(by.url, "after", cursorOf("customers", list[len(list)-1].Key))
	}
	return page, err
}

func (h *handler) getCustomer(ctx context.Context, by caller, in *Numbered) (Customer, error) {
	c, err := h.desk.Customer(ctx, by.Actor, desk.CustomerID(in.ID))
	if err != nil {
		return Customer{}, err
	}
	return by.customer(*c), nil
}

// A CustomerPatch changes a customer; what is absent stays.
type CustomerPatch struct {
	Key       *string    `json:"key,omitempty" minLength:"1" maxLength:"200"`
	Name      *string    `json:"name,omitempty" maxLength:"200"`
	Disabled  *bool      `json:"disabled,omitempty"`
	Street    *string    `json:"street,omitempty" maxLength:"500"`
	City      *string    `json:"city,omitempty" maxLength:"200"`
	Country   *string    `json:"country,omitempty" maxLength:"200"`
	Comment   *string    `json:"comment,omitempty" maxLength:"10000"`
	Domains   *[]string  `json:"domains,omitempty" maxItems:"200"`
	AutoJoin  *bool      `json:"auto_join,omitempty"`
	AskFirst  *bool      `json:"ask_first,omitempty"`
	OwnOnly   *bool      `json:"own_only,omitempty"`
	Sharing   *string    `json:"sharing,omitempty" enum:"shared,managers,private,"`
	Presences *Presences `json:"presences,omitempty"`
	AlwaysCc  *[]int64   `json:"always_cc,omitempty" maxItems:"200"`
}

func (p CustomerPatch) apply(c *desk.Customer) (err error) {
	set(&c.Key, p.Key)
	set(&c.Name, p.Name)
	set(&c.Disabled, p.Disabled)
	set(&c.Street, p.Street)
	set(&c.City, p.City)
	set(&c.Country, p.Country)
	set(&c.Comment, p.Comment)
	set(&c.Domains, p.Domains)
	set(&c.AutoJoin, p.AutoJoin)
	set(&c.AskFirst, p.AskFirst)
	set(&c.OwnOnly, p.OwnOnly)
	if p.Presences != nil {
		c.Presences = p.Presences.desk()
	}
	if p.AlwaysCc != nil {
		c.AlwaysCc = ids[desk.PrincipalID](*p.AlwaysCc)
	}
	if p.Sharing != nil {
		c.Sharing, err = sharingNamed(p.Sharing)
	}
	return err
}

func (h *handler) createCustomer(ctx context.Context, by caller, in *struct{ Body CustomerPatch }) (desk.CustomerID, error) {
	var c desk.Customer
	if err := in.Body.apply(&c); err != nil {
		return 0, err
	}
	return h.desk.CreateCustomer(ctx, by.Actor, c)
}

type changeCustomerInput struct {
	Numbered
	Body CustomerPatch
}

func (h *handler) changeCustomer(ctx context.Context, by caller, in *changeCustomerInput) error {
	c, err := h.desk.Customer(ctx, by.Actor, desk.CustomerID(in.ID))
	if err != nil {
		return err
	}
	if err := in.Body.apply(c); err != nil {
		return err
	}
	return h.desk.UpdateCustomer(ctx, by.Actor, *c)
}
