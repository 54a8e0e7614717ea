package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	// maxIntro is how long the text above a form may be.
	maxIntro = 4000
	// maxColleagues is how many colleagues are offered to choose from.
	maxColleagues = 200
)

// An OfferedForm is the form by which somebody can open a ticket in a queue.
type OfferedForm struct {
	Queue  desk.Queue
	Intro  string
	Fields []FieldShown // with those required of which the form says so
}

// TicketForms returns the forms that are offered to the actor for tickets of one
// of his customers, by the queue's name: where he may open tickets (CreateTicket)
// and the form is not closed. Zero stands for the customer that comes first with
// him, or for none.
func (s *Service) TicketForms(ctx context.Context, by desk.Actor, customer desk.CustomerID) ([]OfferedForm, error) {
	var list []OfferedForm
	err := s.view(ctx, by, func(o *op) error {
		var own []desk.CustomerID
		var err error
		if !by.IsSystem() {
			own, err = o.ownCustomers(ctx, by.User)
		}
		switch {
		case err != nil:
			return err
		case customer != 0 && !slices.Contains(own, customer):
			return desk.InvalidFields(map[string]string{"customer": "You can open tickets only for a company of yours."})
		case customer == 0 && len(own) > 0:
			customer = own[0]
		}
		queues, err := o.Tx.Queues(ctx)
		if err != nil {
			return err
		}
		forms, err := o.Tx.TicketForms(ctx)
		if err != nil {
			return err
		}
		for _, q := range queues {
			f := desk.FormFor(forms, q.ID, customer)
			if q.Disabled || f.Closed || !o.can(desk.CreateTicket, access.Queue(q.ID)) {
				continue
			}
			fields, err := o.fieldsToOpen(ctx, q.ID)
			if err != nil {
				return err
			}
			list = append(list, OfferedForm{q, f.Intro, formed(fields, f)})
		}
		return nil
	})
	return list, err
}

// formed are the fields as the form wants them.
func formed(fields []FieldShown, f desk.TicketForm) []FieldShown {
	fields = slices.DeleteFunc(fields, func(shown FieldShown) bool { return !shown.Required && slices.Contains(f.Hidden, shown.ID) })
	for i := range fields {
		fields[i].Required = fields[i].Required || slices.Contains(f.Required, fields[i].ID)
	}
	return fields
}

// Missing says which of the required fields nothing is said of, as an error for
// the form; nil where there is none.
func (f *OfferedForm) Missing(said []FieldSet) error {
	wrong := map[string]string{}
	for _, field := range f.Fields {
		filled := slices.ContainsFunc(said, func(s FieldSet) bool {
			return s.Field == field.ID && strings.TrimSpace(strings.Join(s.Values, "")) != ""
		})
		if field.Required && !filled {
			wrong[fieldKey(field.ID)] = field.Name + " is needed."
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return desk.InvalidFields(wrong)
}

// Colleagues returns the people of the actor's customers, whom he can name on
// his tickets, by name, up to 200, and whether there are more. It asks nothing:
// those of one customer see each other's names.
func (s *Service) Colleagues(ctx context.Context, by desk.Actor) (list []Name, more bool, err error) {
	err = s.view(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return nil
		}
		ids := o.colleagues()
		names, err := o.names(ctx, ids)
		for _, id := range ids {
			list = append(list, names[id])
		}
		slices.SortFunc(list, func(a, b Name) int { return compareNames(a.Text, b.Text) })
		if more = len(list) > maxColleagues; more {
			list = list[:maxColleagues]
		}
		return err
	})
	return list, more, err
}

// colleagues are the contacts of the actor's customers besides himself.
func (o *op) colleagues() []desk.PrincipalID {
	var ids []desk.PrincipalID
	for _, c := range o.e.CustomersOf(o.by.User) {
		for _, u := range o.e.Members(c) {
			if id := desk.PrincipalID(u); u != o.by.User && o.e.KindOf(u) == desk.Contact && o.mayKnow(id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// A FormLine is a form of a queue with the customer's name; none: everybody.
type FormLine struct {
	desk.TicketForm
	Customer string
	Key      string
}

// QueueForms returns the forms of a queue, that of everybody first (AdminQueue on
// it).
func (s *Service) QueueForms(ctx context.Context, by desk.Actor, queue desk.QueueID) ([]FormLine, error) {
	var list []FormLine
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.queueFor(ctx, desk.AdminQueue, queue); err != nil {
			return err
		}
		forms, err := o.Tx.TicketForms(ctx)
		if err != nil {
			return err
		}
		for _, f := range forms {
			if f.Queue != queue {
				continue
			}
			line, err := o.formLine(ctx, f)
			if err != nil {
				return err
			}
			if line != nil {
				list = append(list, *line)
			}
		}
		return nil
	})
	return list, err
}

// formLine names a form's customer; nil: he is erased.
func (o *op) formLine(ctx context.Context, f desk.TicketForm) (*FormLine, error) {
	if f.Customer == 0 {
		return &FormLine{TicketForm: f}, nil
	}
	c, err := o.Customer(ctx, f.Customer)
	if desk.KindOf(err) == desk.NotFound || err == nil && !o.mayKnow(desk.PrincipalID(c.ID)) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &FormLine{f, c.Name, c.Key}, nil
}

// SaveTicketForm puts a form in the place of the one of its queue and customer
// (AdminQueue on the queue). One that says nothing is taken away.
func (s *Service) SaveTicketForm(ctx context.Context, by desk.Actor, f desk.TicketForm) error {
	return s.do(ctx, by, func(o *op) error {
		q, err := o.queueFor(ctx, desk.AdminQueue, f.Queue)
		if err != nil {
			return err
		}
		if f.Intro = strings.TrimSpace(strings.ReplaceAll(f.Intro, "\r\n", "\n")); len(f.Intro) > maxIntro {
			return desk.InvalidFields(map[string]string{"intro": fmt.Sprintf("The text is longer than %d characters.", maxIntro)})
		}
		who := "everybody"
		if f.Customer != 0 {
			c, err := o.Customer(ctx, f.Customer)
			if err != nil {
				return err
			}
			who = "customer:" + c.Key
		}
		all, err := o.allFields(ctx)
		if err != nil {
			return err
		}
		for _, id := range slices.Concat(f.Required, f.Hidden) {
			if !slices.ContainsFunc(all, func(field desk.Field) bool { return field.ID == id && field.AppliesIn(f.Queue) }) {
				return desk.Errorf(desk.NotFound, "There is no such field in this queue.")
			}
		}
		forms, err := o.Tx.TicketForms(ctx)
		if err != nil {
			return err
		}
		before := desk.TicketForm{}
		if i := slices.IndexFunc(forms, func(old desk.TicketForm) bool { return old.Queue == f.Queue && old.Customer == f.Customer }); i >= 0 {
			before = forms[i]
		}
		if err := o.SetTicketForm(ctx, &f); err != nil {
			return err
		}
		return o.audit(ctx, change{"queue.form", "queue:" + q.Name, formWords(who, before, all), formWords(who, f, all)})
	})
}

// formWords writes a form down for the audit log.
func formWords(who string, f desk.TicketForm, all []desk.Field) string {
	named := func(ids []desk.FieldID) string {
		var names []string
		for _, field := range all {
			if slices.Contains(ids, field.ID) {
				names = append(names, field.Name)
			}
		}
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("for: %s\nclosed: %v\nrequired: %s\nhidden: %s\nintro: %q", who, f.Closed, named(f.Required), named(f.Hidden), f.Intro)
}
