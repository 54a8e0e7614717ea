package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// CreateCustomer makes a customer (AdminCustomers).
func (s *Service) CreateCustomer(ctx context.Context, by desk.Actor, c desk.Customer) (desk.CustomerID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminCustomers, access.System()); err != nil {
			return err
		}
		if err := checkCustomer(&c); err != nil {
			return err
		}
		if err := o.InsertCustomer(ctx, &c); err != nil {
			return err
		}
		return o.changedAccess(ctx, change{"customer.create", "customer:" + c.Key, "", describeCustomer(c)})
	})
	return c.ID, err
}

// UpdateCustomer changes a customer: ModifyCustomer on it; AdminCustomers to
// change its key, or to disable and enable it; AdminCustomer on it to switch
// what its contacts see of each other. Grants, members and tickets stay.
func (s *Service) UpdateCustomer(ctx context.Context, by desk.Actor, c desk.Customer) error {
	return s.do(ctx, by, func(o *op) error {
		old, err := o.customerFor(ctx, desk.ModifyCustomer, c.ID)
		if err != nil {
			return err
		}
		if c.OwnOnly != old.OwnOnly {
			if _, err := o.customerFor(ctx, desk.AdminCustomer, c.ID); err != nil {
				return err
			}
		}
		if c.Disabled != old.Disabled || c.Key != old.Key {
			if err := o.need(desk.AdminCustomers, access.System()); err != nil {
				return err
			}
		}
		if err := checkCustomer(&c); err != nil {
			return err
		}
		if err := o.Tx.UpdateCustomer(ctx, &c); err != nil {
			return err
		}
		before, after := describeCustomer(*old), describeCustomer(c)
		if c.OwnOnly != old.OwnOnly { // the parts of all its contacts
			return o.changedAccess(ctx, change{"customer.update", "customer:" + c.Key, before, after})
		}
		if c.Disabled == old.Disabled {
			return o.audit(ctx, change{"customer.update", "customer:" + c.Key, before, after})
		}
		return o.changedAccess(ctx, change{"customer.update", "customer:" + c.Key, before, after}, desk.AccessChange{Kind: desk.ChangeGroup, Group: desk.PrincipalID(c.ID)})
	})
}

func describeCustomer(c desk.Customer) string {
	return fmt.Sprintf("key: %s; name: %s; disabled: %t; domains: %s; auto_join: %t; ask_first: %t; own_only: %t",
		c.Key, c.Name, c.Disabled, strings.Join(c.Domains, " "), c.AutoJoin, c.AskFirst, c.OwnOnly)
}

func checkCustomer(c *desk.Customer) error {
	var err error
	if c.Key, err = desk.CheckName("customer", c.Key); err != nil {
		return desk.InvalidFields(map[string]string{"key": "Give the customer a key: a short name of at most 200 characters."})
	}
	if strings.TrimSpace(c.Name) == "" {
		c.Name = c.Key
	}
	if c.Name, err = desk.CheckName("customer", c.Name); err != nil {
		return err
	}
	domains := make([]string, 0, len(c.Domains))
	for _, d := range c.Domains {
		d = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(d), "@"))
		if d == "" {
			continue
		}
		if strings.ContainsAny(d, " @/,;<>") || !strings.Contains(d, ".") {
			return desk.InvalidFields(map[string]string{"domains": d + " is not a mail domain; write it as acme.example."})
		}
		domains = append(domains, d)
	}
	slices.Sort(domains)
	c.Domains = slices.Compact(domains)
	return nil
}

// customerFor returns a customer if the actor may do r on it; who may not see
// it is told that there is none. Its managers administer its people.
func (o *op) customerFor(ctx context.Context, r desk.Right, id desk.CustomerID) (*desk.Customer, error) {
	none := desk.Errorf(desk.NotFound, "There is no such customer.")
	c, err := o.Tx.Customer(ctx, id)
	if desk.KindOf(err) == desk.NotFound {
		return nil, none
	}
	if err != nil {
		return nil, err
	}
	x := access.Customer(id)
	switch {
	case o.can(r, x), o.canAny(access.System(), desk.AdminCustomers):
		return c, nil
	case o.managesCustomer(id) && (r == desk.AdminCustomer || r == desk.SeeCustomer):
		return c, nil
	case r == desk.SeeCustomer && o.canAny(x, desk.ModifyCustomer, desk.AdminCustomer):
		return c, nil
	case o.can(desk.SeeCustomer, x):
		return nil, o.need(r, x)
	}
	return nil, none
}

// managesCustomer reports whether the actor has the part manager there, and
// comes by no token that administers nothing.
func (o *op) managesCustomer(id desk.CustomerID) bool {
	return !o.by.IsSystem() && !o.by.Limits.Narrow() && o.e.PartAt(o.by.User, id) == desk.PartManager
}

// Customer returns a customer (SeeCustomer on it, or being its manager).
func (s *Service) Customer(ctx context.Context, by desk.Actor, id desk.CustomerID) (*desk.Customer, error) {
	var c *desk.Customer
	err := s.view(ctx, by, func(o *op) error {
		var err error
		c, err = o.customerFor(ctx, desk.SeeCustomer, id)
		return err
	})
	return c, err
}

// Customers returns the customers that the actor may see, by key.
func (s *Service) Customers(ctx context.Context, by desk.Actor, f CustomerFilter) ([]desk.Customer, bool, error) {
	var list []desk.Customer
	var more bool
	err := s.view(ctx, by, func(o *op) error {
		all := o.can(desk.AdminCustomers, access.System())
		var err error
		list, more, err = pageOf(f.Limit, func(limit int, last *desk.Customer) ([]desk.Customer, bool, error) {
			f.Limit = limit
			if last != nil {
				f.After = desk.Fold(last.Key)
			}
			return o.Tx.Customers(ctx, f)
		}, func(c *desk.Customer) bool {
			return all || o.managesCustomer(c.ID) ||
				o.canAny(access.Customer(c.ID), desk.SeeCustomer, desk.ModifyCustomer, desk.AdminCustomer)
		})
		return err
	})
	return list, more, err
}

// MyCustomers returns the customers for which the actor can open tickets: his
// own, the primary one first.
func (s *Service) MyCustomers(ctx context.Context, by desk.Actor) ([]desk.Customer, error) {
	var list []desk.Customer
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return nil
		}
		ids, err := o.ownCustomers(ctx, by.User)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c, err := o.Tx.Customer(ctx, id)
			if err != nil {
				return err
			}
			if !c.Disabled {
				list = append(list, *c)
			}
		}
		return nil
	})
	return list, err
}
