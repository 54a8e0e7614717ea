package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// fieldRights are the rights by which one knows of a custom field.
var fieldRights = [...]desk.Right{desk.SeeCustomField, desk.ModifyCustomField, desk.SetInitialCustomField, desk.AdminCustomField}

// allFields returns the custom fields in their order, disabled ones included.
// They are read once in a transaction.
func (o *op) allFields(ctx context.Context) ([]desk.Field, error) {
	if o.fields != nil {
		return o.fields, nil
	}
	list, err := o.Tx.Fields(ctx)
	if err == nil && list == nil {
		list = []desk.Field{}
	}
	o.fields = list
	return list, err
}

func noField() error { return desk.Errorf(desk.NotFound, "There is no such field.") }

// field returns a custom field, whoever asks.
func (o *op) field(ctx context.Context, id desk.FieldID) (*desk.Field, error) {
	return o.fieldWhere(ctx, func(f *desk.Field) bool { return f.ID == id })
}

// fieldNamed returns the custom field of that name, whoever asks.
func (o *op) fieldNamed(ctx context.Context, name string) (*desk.Field, error) {
	return o.fieldWhere(ctx, func(f *desk.Field) bool { return desk.Fold(f.Name) == desk.Fold(name) })
}

func (o *op) fieldWhere(ctx context.Context, fits func(*desk.Field) bool) (*desk.Field, error) {
	list, err := o.allFields(ctx)
	for i := range list {
		if fits(&list[i]) {
			f := list[i]
			f.Choices = slices.Clone(f.Choices)
			return &f, nil
		}
	}
	if err == nil {
		err = noField()
	}
	return nil, err
}

// knowsField reports whether the actor may know that there is a field: by a
// right on it, or because he could see or set it on some ticket.
func (o *op) knowsField(ctx context.Context, f *desk.Field) (bool, error) {
	if o.canAny(access.Field(f.ID), fieldRights[:]...) {
		return true, nil
	}
	if f.Disabled || f.Of != desk.OfTickets {
		return false, nil
	}
	queues := f.Queues
	if f.Everywhere {
		all, err := o.Tx.Queues(ctx)
		if err != nil {
			return false, err
		}
		queues = nil
		for _, q := range all {
			queues = append(queues, q.ID)
		}
	}
	return slices.ContainsFunc(queues, func(q desk.QueueID) bool {
		return o.canAny(access.Queue(q), fieldRights[:]...) || o.canAny(o.ownTicketIn(q), fieldRights[:]...)
	}), nil
}

// ownTicketIn is a ticket that the actor could have in a queue: he stands on it
// in every role, and his customers do as those for whom it is.
func (o *op) ownTicketIn(q desk.QueueID) access.Object {
	t := &desk.TicketFacts{Queue: q, Reporter: o.by.User}
	for role := desk.RoleID(1); role <= desk.LastRole; role++ { // those that do not apply there count for nothing
		if role != desk.CustomerRole {
			t.Holders = append(t.Holders, desk.Holder{Role: role, Who: desk.PrincipalID(o.by.User)})
		}
	}
	for _, c := range o.e.CustomersOf(o.by.User) {
		t.Holders = append(t.Holders, desk.Holder{Role: desk.CustomerRole, Who: c}, desk.Holder{Role: desk.Requestor, Who: c})
	}
	return access.Ticket(t)
}

// A FieldLine is a custom field with what the actor may do to it.
type FieldLine struct {
	desk.Field
	Rights desk.RightSet // on the field itself
}

// Fields returns the custom fields of which the actor may know, in their order;
// disabled ones are for who may change them (AdminCustomField).
func (s *Service) Fields(ctx context.Context, by desk.Actor) ([]FieldLine, error) {
	var list []FieldLine
	err := s.view(ctx, by, func(o *op) error {
		all, err := o.allFields(ctx)
		if err != nil {
			return err
		}
		for i := range all {
			known, err := o.knowsField(ctx, &all[i])
			if err != nil {
				return err
			}
			rights := o.rightsOn(access.Field(all[i].ID))
			if known && (!all[i].Disabled || rights.Has(desk.AdminCustomField)) {
				list = append(list, FieldLine{all[i], rights})
			}
		}
		return nil
	})
	return list, err
}

// Field returns a custom field. It asks what Fields asks.
func (s *Service) Field(ctx context.Context, by desk.Actor, id desk.FieldID) (*FieldLine, error) {
	list, err := s.Fields(ctx, by)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].ID == id {
			return &list[i], nil
		}
	}
	return nil, noField()
}

// FindField returns the custom field of that name, without regard to case. It
// asks what Fields asks.
func (s *Service) FindField(ctx context.Context, by desk.Actor, name string) (*FieldLine, error) {
	list, err := s.Fields(ctx, by)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if desk.Fold(list[i].Name) == desk.Fold(name) {
			return &list[i], nil
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There is no field %s.", name)
}

// CreateField makes a custom field (AdminCustomField for the whole desk, and
// AssignCustomFields where it shall apply).
func (s *Service) CreateField(ctx context.Context, by desk.Actor, f desk.Field) (desk.FieldID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminCustomField, access.System()); err != nil {
			return err
		}
		for i := range f.Choices {
			f.Choices[i].ID = 0
		}
		if err := o.checkField(ctx, &f, &desk.Field{}); err != nil {
			return err
		}
		all, err := o.allFields(ctx)
		if err != nil {
			return err
		}
		for i := range all {
			f.Place = max(f.Place, all[i].Place+1)
		}
		if err := o.InsertField(ctx, &f); err != nil {
			return err
		}
		o.fields = nil
		return o.audit(ctx, change{"field.create", "field:" + f.Name, "", o.describeField(ctx, &f)})
	})
	return f.ID, err
}

// UpdateField changes a custom field (AdminCustomField on it, and
// AssignCustomFields in the queues that it comes to or goes from). What it is a
// field of stays, and so does its kind once there are values. A choice that is
// not named any more is disabled.
func (s *Service) UpdateField(ctx context.Context, by desk.Actor, f desk.Field) error {
	return s.do(ctx, by, func(o *op) error {
		old, err := o.fieldFor(ctx, desk.AdminCustomField, f.ID)
		if err != nil {
			return err
		}
		keepChoices(&f, old)
		if err := o.checkField(ctx, &f, old); err != nil {
			return err
		}
		return o.updateField(ctx, old, &f)
	})
}

func (o *op) updateField(ctx context.Context, old, f *desk.Field) error {
	before, after := o.describeField(ctx, old), ""
	if err := o.Tx.UpdateField(ctx, f); err != nil {
		return err
	}
	o.fields = nil
	if after = o.describeField(ctx, f); after == before {
		return nil
	}
	return o.audit(ctx, change{"field.update", "field:" + f.Name, before, after})
}

// fieldFor returns a field if the actor may do r on it itself; who may not know
// of it is told that there is none.
func (o *op) fieldFor(ctx context.Context, r desk.Right, id desk.FieldID) (*desk.Field, error) {
	f, err := o.field(ctx, id)
	if err != nil {
		return nil, err
	}
	if o.can(r, access.Field(id)) {
		return f, nil
	}
	known, err := o.knowsField(ctx, f)
	if err != nil || !known {
		return nil, noField()
	}
	return nil, desk.Errorf(desk.Forbidden, "You may not do this to the field %s: it asks for the right %s.", f.Name, r)
}

// keepChoices gives the choices the numbers of those that were there, by number
// or name, and disables those that are not named any more.
func keepChoices(f, old *desk.Field) {
	for i := range f.Choices {
		c := &f.Choices[i]
		if old.Choice(c.ID) == nil {
			c.ID = 0
		}
		for _, was := range old.Choices {
			taken := slices.ContainsFunc(f.Choices, func(c desk.Choice) bool { return c.ID == was.ID })
			if c.ID == 0 && !taken && desk.Fold(was.Name) == desk.Fold(c.Name) {
				c.ID = was.ID
			}
		}
	}
	for _, was := range old.Choices {
		if !slices.ContainsFunc(f.Choices, func(c desk.Choice) bool { return c.ID == was.ID }) {
			was.Disabled = true
			f.Choices = append(f.Choices, was)
		}
	}
}

func (o *op) checkField(ctx context.Context, f, old *desk.Field) error {
	zone, err := o.zone(ctx)
	if err != nil {
		return err
	}
	if old.ID != 0 {
		if f.Of != old.Of {
			return desk.InvalidFields(map[string]string{"of": "What a field is of stays as it is; make another field."})
		}
		n, err := o.CountFieldValues(ctx, f.ID, 0, 1)
		if err != nil {
			return err
		}
		if f.Kind != old.Kind && n > 0 {
			return desk.InvalidFields(map[string]string{"kind": "There are values of this kind already; make another field."})
		}
	}
	if *f, err = desk.CheckField(*f, zone); err != nil {
		return err
	}
	if f.Of != desk.OfTickets {
		f.Everywhere, f.Queues = false, nil
	}
	if f.Of != desk.OfUsers {
		f.Only = 0
	}
	return o.mayAssign(ctx, f, old)
}

// mayAssign asks for AssignCustomFields where the field comes or goes.
func (o *op) mayAssign(ctx context.Context, f, old *desk.Field) error {
	slices.Sort(f.Queues)
	f.Queues = slices.Compact(f.Queues)
	if f.Everywhere != old.Everywhere {
		if err := o.need(desk.AssignCustomFields, access.System()); err != nil {
			return err
		}
	}
	for _, q := range append(slices.Clone(f.Queues), old.Queues...) {
		if slices.Contains(f.Queues, q) == slices.Contains(old.Queues, q) {
			continue
		}
		if _, err := o.queueFor(ctx, desk.AssignCustomFields, q); err != nil {
			return err
		}
	}
	return nil
}

// AssignField makes a field of tickets apply in a queue, or no longer
// (AssignCustomFields on the queue, and knowing of the field). Values are kept.
func (s *Service) AssignField(ctx context.Context, by desk.Actor, id desk.FieldID, queue desk.QueueID, applies bool) error {
	return s.do(ctx, by, func(o *op) error {
		if _, err := o.queueFor(ctx, desk.AssignCustomFields, queue); err != nil {
			return err
		}
		old, err := o.field(ctx, id)
		if err != nil {
			return err
		}
		if known, err := o.knowsField(ctx, old); err != nil || !known {
			return noField()
		}
		f := *old
		f.Queues = slices.DeleteFunc(slices.Clone(old.Queues), func(q desk.QueueID) bool { return q == queue })
		switch {
		case f.Of != desk.OfTickets:
			return desk.Errorf(desk.Invalid, "%s is a field of %ss; queues have fields of tickets.", f.Name, f.Of)
		case f.Everywhere:
			return desk.Errorf(desk.Conflict, "%s applies to all queues.", f.Name)
		case applies:
			f.Queues = append(f.Queues, queue)
		}
		slices.Sort(f.Queues)
		return o.updateField(ctx, old, &f)
	})
}

// OrderFields puts custom fields into an order; those not named come after
// them (AdminCustomField for the whole desk).
func (s *Service) OrderFields(ctx context.Context, by desk.Actor, order []desk.FieldID) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminCustomField, access.System()); err != nil {
			return err
		}
		all, err := o.allFields(ctx)
		if err != nil {
			return err
		}
		rank := func(f desk.Field) int {
			if at := slices.Index(order, f.ID); at >= 0 {
				return at
			}
			return len(order)
		}
		list := slices.Clone(all)
		slices.SortStableFunc(list, func(a, b desk.Field) int { return rank(a) - rank(b) })
		var names []string
		for i := range list {
			names = append(names, list[i].Name)
			if list[i].Place == i {
				continue
			}
			list[i].Place = i
			if err := o.Tx.UpdateField(ctx, &list[i]); err != nil {
				return err
			}
		}
		o.fields = nil
		return o.audit(ctx, change{"field.order", "fields", "", "names: " + strings.Join(names, ", ")})
	})
}

// FieldUse is on how many things a custom field has values, up to 1,000
// (AdminCustomField on it), and how often each choice is chosen.
type FieldUse struct {
	Things  int
	Choices map[desk.ChoiceID]int
}

// UseOfField counts the values of a custom field (AdminCustomField and
// SeeCustomField on it).
func (s *Service) UseOfField(ctx context.Context, by desk.Actor, id desk.FieldID) (*FieldUse, error) {
	use := &FieldUse{Choices: map[desk.ChoiceID]int{}}
	err := s.view(ctx, by, func(o *op) error {
		f, err := o.fieldFor(ctx, desk.AdminCustomField, id)
		if err != nil {
			return err
		}
		if err := o.need(desk.SeeCustomField, access.Field(id)); err != nil {
			return err
		}
		if use.Things, err = o.CountFieldValues(ctx, id, 0, 1000); err != nil {
			return err
		}
		for _, c := range f.Choices {
			if use.Choices[c.ID], err = o.CountFieldValues(ctx, id, c.ID, 1000); err != nil {
				return err
			}
		}
		return nil
	})
	return use, err
}

func (o *op) describeField(ctx context.Context, f *desk.Field) string {
	var queues, choices []string
	for _, id := range f.Queues {
		queues = append(queues, strings.TrimPrefix(o.placeName(ctx, desk.OnQueue(id)), "queue:"))
	}
	for _, c := range f.Choices {
		if !c.Disabled {
			choices = append(choices, c.Name)
		}
	}
	return fmt.Sprintf("name: %s; of: %s; kind: %s; disabled: %t; required: %t; everywhere: %t; queues: %s; choices: %s; pattern: %s; from: %s; to: %s; length: %d; default: %s; about: %s",
		f.Name, f.Of, f.Kind, f.Disabled, f.Required, f.Everywhere, strings.Join(queues, ", "), strings.Join(choices, ", "),
		f.Pattern, f.Lowest, f.Highest, f.MaxLength, strings.Join(f.Default, ", "), f.Description)
}
