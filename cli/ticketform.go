package cli

import (
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

type queueFormCommand struct {
	List   queueFormList   `cmd:"" help:"List the forms of a queue."`
	Set    queueFormSet    `cmd:"" help:"Say how a form is, for everybody or for one customer."`
	Remove queueFormRemove `cmd:"" help:"Take a form away: customers ask by the usual one."`
}

type queueFormList struct {
	Queue string `arg:"" help:"Queue."`
}

// formLine is a form as it is listed.
type formLine struct {
	For      string   `json:"for"`
	Closed   bool     `json:"closed"`
	Required []string `json:"required"`
	LeftOut  []string `json:"left_out"`
	Intro    string   `json:"intro"`
}

// Run lists them.
func (cmd *queueFormList) Run(c *caller) error {
	q, err := c.queue(cmd.Queue)
	if err != nil {
		return err
	}
	list, err := c.svc.QueueForms(c.ctx, c.by, q.ID)
	if err != nil {
		return err
	}
	fields, err := c.svc.Fields(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(l *service.FormLine) formLine {
		line := formLine{"everybody", l.Closed, fieldsCalled(fields, l.Required), fieldsCalled(fields, l.Hidden), l.Intro}
		if l.Key != "" {
			line.For = "customer:" + l.Key
		}
		return line
	}))
}

// fieldsCalled are the names of custom fields.
func fieldsCalled(fields []service.FieldLine, ids []desk.FieldID) []string {
	names := []string{}
	for _, f := range fields {
		if slices.Contains(ids, f.ID) {
			names = append(names, f.Name)
		}
	}
	return names
}

// formOf names one form of a queue.
type formOf struct {
	Queue    string `arg:"" help:"Queue."`
	Customer string `placeholder:"KEY" help:"For the people of this customer; otherwise for everybody whose customer has no form of its own."`
}

// find returns the form as it is now.
func (f *formOf) find(c *caller) (desk.TicketForm, error) {
	q, err := c.queue(f.Queue)
	if err != nil {
		return desk.TicketForm{}, err
	}
	form := desk.TicketForm{Queue: q.ID}
	if f.Customer != "" {
		customer, err := c.customer(f.Customer)
		if err != nil {
			return form, err
		}
		form.Customer = customer.ID
	}
	list, err := c.svc.QueueForms(c.ctx, c.by, q.ID)
	for _, l := range list {
		if l.TicketForm.Customer == form.Customer {
			form = l.TicketForm
		}
	}
	return form, err
}

func (f *formOf) who() string {
	if f.Customer == "" {
		return "everybody"
	}
	return "customer:" + strings.TrimPrefix(f.Customer, "customer:")
}

type queueFormSet struct {
	formOf
	Intro    *string   `placeholder:"TEXT" help:"What is told above the form."`
	Closed   *bool     `negatable:"" help:"Do not offer the queue; --no-closed offers it."`
	Required *[]string `placeholder:"FIELD" help:"Custom fields that have to be filled in, all of them; '' for none."`
	LeftOut  *[]string `placeholder:"FIELD" help:"Custom fields that are not asked for, all of them; '' for none."`
}

// Run changes what was given.
func (cmd *queueFormSet) Run(c *caller) error {
	form, err := cmd.find(c)
	if err != nil {
		return err
	}
	setIf(&form.Intro, cmd.Intro)
	setIf(&form.Closed, cmd.Closed)
	for _, list := range []struct {
		names *[]string
		to    *[]desk.FieldID
	}{{cmd.Required, &form.Required}, {cmd.LeftOut, &form.Hidden}} {
		if list.names == nil {
			continue
		}
		*list.to = nil
		for _, name := range *list.names {
			if name == "" {
				continue
			}
			f, err := c.field(name)
			if err != nil {
				return err
			}
			*list.to = append(*list.to, f.ID)
		}
	}
	if err := c.svc.SaveTicketForm(c.ctx, c.by, form); err != nil {
		return err
	}
	return c.done(0, "The form of %s for %s is saved.", cmd.Queue, cmd.who())
}

type queueFormRemove struct{ formOf }

// Run takes it away.
func (cmd *queueFormRemove) Run(c *caller) error {
	form, err := cmd.find(c)
	if err != nil {
		return err
	}
	if err := c.svc.SaveTicketForm(c.ctx, c.by, desk.TicketForm{Queue: form.Queue, Customer: form.Customer}); err != nil {
		return err
	}
	return c.done(0, "The form of %s for %s is the usual one again.", cmd.Queue, cmd.who())
}
