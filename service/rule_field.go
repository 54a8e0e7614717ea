package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// fieldsForRules lists the custom fields of tickets that the actor may know of.
func (o *op) fieldsForRules(ctx context.Context) ([]string, error) {
	all, err := o.allFields(ctx)
	var names []string
	for i := range all {
		f := &all[i]
		if f.Of != desk.OfTickets || f.Disabled {
			continue
		}
		knows, err := o.knowsField(ctx, f)
		if err != nil {
			return nil, err
		}
		if knows {
			names = append(names, f.Name)
		}
	}
	return names, err
}

// readField reads the change of a custom field for which a rule waits. It asks
// SeeCustomField of the field, by the rule's place or everywhere.
func (o *op) readField(ctx context.Context, r *desk.Rule, in WrittenRule) error {
	name := strings.TrimSpace(in.Field)
	if inner, ok := strings.CutPrefix(name, "CF.{"); ok && strings.HasSuffix(inner, "}") {
		name = strings.TrimSuffix(inner, "}")
	}
	from, to := strings.TrimSpace(in.From), strings.TrimSpace(in.To)
	if name == "" {
		if from != "" || to != "" {
			return wrong("field", "Say which custom field it is that changes so.")
		}
		return nil
	}
	if len(r.On) != 1 || r.On[0] != desk.OnFieldSet {
		return wrong("field", "A field is changed where the rule waits for “custom field changed” alone; choose that.")
	}
	names, err := o.fieldsForRules(ctx)
	if err != nil {
		return err
	}
	f, err := o.fieldNamed(ctx, name)
	if desk.KindOf(err) == desk.NotFound || err == nil && !slices.Contains(names, f.Name) {
		return wrong("field", "There is no custom field %s%s.", name, perhaps(name, names))
	}
	if err != nil {
		return err
	}
	if x := access.Field(f.ID); !o.canAny(x, desk.SeeCustomField) && !o.canAny(rulePlace(r), desk.SeeCustomField) {
		return desk.Errorf(desk.Forbidden, "The rule looks at the field %s, which asks for the right SeeCustomField.", f.Name)
	}
	for _, side := range []struct{ field, value string }{{"from", from}, {"to", to}} {
		if err := isChoice(f, side.field, side.value); err != nil {
			return err
		}
	}
	if from != "" && desk.Fold(from) == desk.Fold(to) {
		return wrong("to", "It cannot change from %s to the same.", from)
	}
	r.Field = desk.RuleField{ID: f.ID, From: from, To: to}
	return nil
}

// isChoice refuses a value that a field of choices does not have.
func isChoice(f *desk.Field, field, value string) error {
	if value == "" || value == desk.NoValue || len(f.Choices) == 0 {
		return nil
	}
	var names []string
	for _, c := range f.Choices {
		if desk.Fold(c.Name) == desk.Fold(value) {
			return nil
		}
		names = append(names, c.Name)
	}
	return wrong(field, "The field %s has no value %s%s.", f.Name, value, perhaps(value, names))
}

// fits reports whether what happened is what the rule waits for, but for its
// condition: the change of its custom field. A rule that asks for approvals does
// not look at approvals.
func (o *op) fits(ctx context.Context, r *desk.Rule, n *ruleNews) (bool, error) {
	if r.Field.ID != 0 {
		d := n.event.Data
		if n.event.Kind != desk.EventField || parseID[desk.FieldID](d["field"]) != r.Field.ID || !r.Field.Met(d["before"], d["after"]) {
			return false, nil
		}
	}
	if r.Then.Approval == nil {
		return true, nil
	}
	c, err := o.lifeOf(ctx, n.ticket.Queue)
	return err == nil && !c.Approves(), err
}
