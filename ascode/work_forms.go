package ascode

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gatehouse/desk"
)

// workForm is a form by which customers open tickets, with custom fields by name.
type workForm struct {
	Queue    string   `yaml:"queue"`
	Customer string   `yaml:"customer,omitempty"`
	Closed   bool     `yaml:"closed,omitempty"`
	Required []string `yaml:"required,omitempty"`
	LeftOut  []string `yaml:"left_out,omitempty"`
	Intro    string   `yaml:"intro,omitempty"`
}

// name tells a form from the others.
func (f *workForm) name() string {
	if strings.TrimSpace(f.Queue) == "" {
		return ""
	}
	if f.Customer == "" {
		return f.Queue
	}
	return f.Queue + " for customer " + f.Customer
}

// forms are those of the queues that the actor administers; of others there are
// none.
func (r *workReader) forms(ctx context.Context, d *workDesk) error {
	fields, err := r.svc.Fields(ctx, r.by)
	if err != nil {
		return err
	}
	d.fields = map[string]desk.FieldID{}
	d.fieldNames = map[desk.FieldID]string{}
	for _, f := range fields {
		if f.Of == desk.OfTickets {
			d.fields[desk.Fold(f.Name)], d.fieldNames[f.ID] = f.ID, f.Name
		}
	}
	list := []workForm{}
	for _, queue := range slices.Sorted(maps.Keys(r.queues)) {
		forms, err := r.svc.QueueForms(ctx, r.by, queue)
		if kind := desk.KindOf(err); kind == desk.Forbidden || kind == desk.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		for _, f := range forms {
			list = append(list, workForm{r.queues[queue], f.Key, f.Closed, d.named(f.Required), d.named(f.Hidden), f.Intro})
		}
	}
	slices.SortFunc(list, func(a, b workForm) int { return strings.Compare(desk.Fold(a.name()), desk.Fold(b.name())) })
	d.Forms = &list
	return nil
}

// named are the names of custom fields in their order; of unknown ones there are
// none.
func (d *workDesk) named(ids []desk.FieldID) []string {
	var list []string
	for _, id := range ids {
		if d.fieldNames[id] != "" {
			list = append(list, d.fieldNames[id])
		}
	}
	slices.Sort(list)
	return list
}

// forms makes the forms as they shall be.
func (m *workMaker) forms(ctx context.Context) error {
	if m.want.Forms == nil {
		return nil
	}
	nameOf := func(f *workForm) string { return f.name() }
	for _, is := range all(m.want.Forms) {
		form, err := m.form(ctx, &is)
		if err == nil && form.Plain() {
			err = desk.Errorf(desk.Invalid, "The form says nothing; leave it out.")
		}
		if err != nil {
			return m.told("form", is.name(), err)
		}
		var was any
		if had := find(all(m.have.Forms), is.name(), nameOf); had != nil {
			was, is.Queue, is.Customer = *had, had.Queue, had.Customer
		}
		if err := m.thing("form", is.name(), was, is, func() error { return m.in.SaveTicketForm(ctx, m.by, form) }); err != nil {
			return err
		}
	}
	for _, had := range all(m.have.Forms) {
		if find(all(m.want.Forms), had.name(), nameOf) != nil {
			continue
		}
		form, err := m.form(ctx, &workForm{Queue: had.Queue, Customer: had.Customer})
		if err != nil {
			return m.told("form", had.name(), err)
		}
		m.gone("form", had.name(), "", func() error { return m.in.SaveTicketForm(ctx, m.by, form) })
	}
	return nil
}

// form finds what a form names, and writes it down as it will be read.
func (m *workMaker) form(ctx context.Context, is *workForm) (desk.TicketForm, error) {
	f := desk.TicketForm{Closed: is.Closed, Intro: strings.TrimSpace(is.Intro)}
	var err error
	if f.Queue, err = m.queue(is.Queue); err != nil {
		return f, err
	}
	if is.Customer != "" {
		id, err := m.in.Find(ctx, m.by, "customer:"+is.Customer)
		if err != nil {
			return f, err
		}
		f.Customer = desk.CustomerID(id)
	}
	is.Intro = f.Intro
	for _, list := range []struct {
		names *[]string
		to    *[]desk.FieldID
	}{{&is.Required, &f.Required}, {&is.LeftOut, &f.Hidden}} {
		for _, name := range *list.names {
			id, ok := m.have.fields[desk.Fold(name)]
			if !ok {
				return f, desk.Errorf(desk.NotFound, "There is no custom field %s of tickets.", name)
			}
			*list.to = append(*list.to, id)
		}
		*list.names = m.have.named(*list.to)
	}
	return f, nil
}
