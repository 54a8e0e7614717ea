package service

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// A FieldShown is a custom field of a thing with the values that the actor may
// see there. May says that he may change them.
type FieldShown struct {
	desk.Field
	Values []desk.FieldValue
	May    bool
}

// A FieldSet is what a custom field is set to.
type FieldSet = desk.FieldSet

// canField reports whether the actor may do r to the values of a field on
// something: by a right there or on the field itself.
func (o *op) canField(r desk.Right, f *desk.Field, x access.Object) bool {
	return o.can(r, x) || o.can(r, access.Field(f.ID))
}

// valuesOf returns the values of fields on one thing, with the names of what
// was chosen.
func (o *op) valuesOf(ctx context.Context, fields []*desk.Field, object int64) (map[desk.FieldID][]desk.FieldValue, error) {
	all, err := o.valuesOfAll(ctx, fields, []int64{object})
	return all[object], err
}

func (o *op) valuesOfAll(ctx context.Context, fields []*desk.Field, objects []int64) (map[int64]map[desk.FieldID][]desk.FieldValue, error) {
	ids := make([]desk.FieldID, len(fields))
	for i, f := range fields {
		ids[i] = f.ID
	}
	found, err := o.FieldValues(ctx, ids, objects)
	if err != nil {
		return nil, err
	}
	for _, values := range found {
		for _, f := range fields {
			nameChosen(f, values[f.ID])
		}
	}
	return found, nil
}

func nameChosen(f *desk.Field, values []desk.FieldValue) {
	if !f.Kind.Chosen() {
		return
	}
	for i := range values {
		if c := f.Choice(desk.ChoiceID(values[i].Number)); c != nil {
			values[i].Text = c.Name
		}
	}
}

// ticketFields returns the fields of a ticket that the actor may see, with
// their values.
func (o *op) ticketFields(ctx context.Context, t *desk.Ticket) ([]FieldShown, error) {
	x := access.Ticket(t.Facts())
	return o.shown(ctx, int64(t.ID), func(f *desk.Field) (sees, may bool) {
		sees = f.AppliesIn(t.Queue) && o.canField(desk.SeeCustomField, f, x)
		return sees, t.MergedInto == 0 && o.canField(desk.ModifyCustomField, f, x)
	})
}

// shown returns the fields of a thing that may be seen, with their values.
func (o *op) shown(ctx context.Context, object int64, access func(*desk.Field) (sees, may bool)) ([]FieldShown, error) {
	all, err := o.allFields(ctx)
	if err != nil {
		return nil, err
	}
	var list []FieldShown
	var seen []*desk.Field
	for i := range all {
		if sees, may := access(&all[i]); sees {
			list, seen = append(list, FieldShown{Field: all[i], May: may}), append(seen, &all[i])
		}
	}
	values, err := o.valuesOf(ctx, seen, object)
	for i := range list {
		list[i].Values = values[list[i].ID]
	}
	return list, err
}

// fillLines adds to each line of a list what the filter asks for beside the
// ticket. tickets are those of the lines.
func (o *op) fillLines(ctx context.Context, lines []TicketLine, tickets []desk.Ticket, f TicketFilter) error {
	if f.Unread {
		if err := o.fillUnread(ctx, lines, tickets); err != nil {
			return err
		}
	}
	if len(f.Fields) == 0 || len(lines) == 0 {
		return nil
	}
	return o.fillFields(ctx, lines, tickets, f.Fields)
}

// fillFields adds the values of some fields, where the actor may see them.
func (o *op) fillFields(ctx context.Context, lines []TicketLine, tickets []desk.Ticket, ids []desk.FieldID) error {
	all, err := o.allFields(ctx)
	if err != nil {
		return err
	}
	var fields []*desk.Field
	for i := range all {
		if slices.Contains(ids, all[i].ID) {
			fields = append(fields, &all[i])
		}
	}
	objects := make([]int64, len(tickets))
	for i := range tickets {
		objects[i] = int64(tickets[i].ID)
	}
	values, err := o.valuesOfAll(ctx, fields, objects)
	for i := range tickets {
		found, x := values[objects[i]], access.Ticket(tickets[i].Facts())
		for _, f := range fields {
			if !f.AppliesIn(tickets[i].Queue) || !o.canField(desk.SeeCustomField, f, x) {
				delete(found, f.ID)
			}
		}
		lines[i].Fields = found
	}
	return err
}

// seesFieldEvent reports whether the actor may see that a value changed. The
// fields must have been read.
func (o *op) seesFieldEvent(t *desk.Ticket, e desk.Event) bool {
	return slices.ContainsFunc(o.fields, func(f desk.Field) bool {
		return formatID(f.ID) == e.Data["field"] && f.AppliesIn(t.Queue) && o.canField(desk.SeeCustomField, &f, access.Ticket(t.Facts()))
	})
}

// FieldsChange sets values of custom fields of a ticket.
type FieldsChange struct {
	Ticket  desk.TicketID
	Version int64 // that the actor had before him; zero: whatever
	Set     []FieldSet
}

// SetFields sets values of a ticket's custom fields: all of them or none. It
// needs ShowTicket, and for each field SeeCustomField and ModifyCustomField on
// the ticket or on the field. That a value changed is in the ticket's history
// for who may see the field, and nowhere else: the ticket's time of change
// stays, since that is shown to others too.
func (s *Service) SetFields(ctx context.Context, by desk.Actor, in FieldsChange) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.lockFor(ctx, desk.ShowTicket, in.Ticket)
		if err != nil {
			return err
		}
		if t.MergedInto != 0 {
			return desk.Errorf(desk.Conflict, "Ticket %d was merged into another one and stays as it is.", t.ID)
		}
		if err := fresh(t, in.Version); err != nil {
			return err
		}
		return o.setTicketFields(ctx, t, in.Set)
	})
}

func (o *op) setTicketFields(ctx context.Context, t *desk.Ticket, set []FieldSet) error {
	x := access.Ticket(t.Facts())
	refused := map[string]string{}
	for _, one := range set {
		f, err := o.field(ctx, one.Field)
		if err == nil && !(f.AppliesIn(t.Queue) && o.canField(desk.SeeCustomField, f, x)) {
			err = desk.Errorf(desk.NotFound, "Ticket %d has no such field.", t.ID)
		}
		if err != nil {
			return err
		}
		if !o.canField(desk.ModifyCustomField, f, x) {
			return desk.Errorf(desk.Forbidden, "You may not change the field %s of ticket %d: it asks for the right ModifyCustomField.", f.Name, t.ID)
		}
		before, after, err := o.setField(ctx, f, int64(t.ID), one)
		if desk.KindOf(err) == desk.Invalid {
			refused[fieldKey(f.ID)] = desk.Sentence(err)
			continue
		}
		if err != nil {
			return err
		}
		if slices.Equal(before, after) {
			continue
		}
		if err := o.record(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventField, Data: map[string]string{
			"field": formatID(f.ID), "before": writtenValues(before), "after": writtenValues(after),
		}}); err != nil {
			return err
		}
	}
	if len(refused) > 0 {
		return desk.InvalidFields(refused)
	}
	return nil
}

// fieldKey names a custom field in the errors of a form.
func fieldKey(id desk.FieldID) string { return "field-" + formatID(id) }

// writtenValues are values as histories keep them.
func writtenValues(values []desk.FieldValue) string {
	text := strings.Join(desk.ValueTexts(values), ", ")
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200]) + "…"
	}
	return text
}

// setField stores the values of a field on a thing, and returns those before
// and after.
func (o *op) setField(ctx context.Context, f *desk.Field, object int64, set FieldSet) (before, after []desk.FieldValue, err error) {
	values, err := o.valuesOf(ctx, []*desk.Field{f}, object)
	if err != nil {
		return nil, nil, err
	}
	before = values[f.ID]
	if set.Was != nil && !slices.Equal(*set.Was, desk.ValueTexts(before)) {
		return nil, nil, desk.Errorf(desk.Conflict, "Somebody else changed %s meanwhile: it is %s now. Look at it again, then repeat your change.", f.Name, quotedOr(writtenValues(before), "empty"))
	}
	zone, err := o.zone(ctx)
	if err != nil {
		return nil, nil, err
	}
	if after, err = f.Check(set.Values, before, zone); err != nil || slices.Equal(before, after) {
		return before, after, err
	}
	return before, after, o.SetFieldValues(ctx, f, object, after)
}

func quotedOr(text, empty string) string {
	if text == "" {
		return empty
	}
	return "“" + text + "”"
}

// NewTicketFields returns the custom fields that the actor may fill in when he
// opens a ticket in a queue (CreateTicket there; SetInitialCustomField or
// ModifyCustomField there or on the field), with their defaults.
func (s *Service) NewTicketFields(ctx context.Context, by desk.Actor, queue desk.QueueID) ([]FieldShown, error) {
	var list []FieldShown
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.queueToOpenIn(ctx, queue); err != nil {
			return err
		}
		var err error
		list, err = o.fieldsToOpen(ctx, queue)
		return err
	})
	return list, err
}

// fieldsToOpen are the fields that the actor may fill in when he opens a ticket
// in a queue, with their defaults.
func (o *op) fieldsToOpen(ctx context.Context, queue desk.QueueID) ([]FieldShown, error) {
	all, err := o.allFields(ctx)
	if err != nil {
		return nil, err
	}
	zone, err := o.zone(ctx)
	if err != nil {
		return nil, err
	}
	var list []FieldShown
	x := o.openedIn(queue)
	for i := range all {
		f := &all[i]
		if f.AppliesIn(queue) && o.setsInitial(f, x) {
			values, _ := f.Check(f.Default, nil, zone) // what fits no longer is no default
			list = append(list, FieldShown{*f, values, true})
		}
	}
	return list, nil
}

// openedIn is the ticket that the actor would open for himself in a queue.
func (o *op) openedIn(q desk.QueueID) access.Object {
	t := &desk.TicketFacts{Queue: q, Reporter: o.by.User}
	if !o.isAgent() {
		t.Holders = append(t.Holders, desk.Holder{Role: desk.Requestor, Who: desk.PrincipalID(o.by.User)})
		for _, c := range o.e.CustomersOf(o.by.User) {
			t.Holders = append(t.Holders, desk.Holder{Role: desk.CustomerRole, Who: c}, desk.Holder{Role: desk.Requestor, Who: c})
		}
	}
	return access.Ticket(t)
}

func (o *op) setsInitial(f *desk.Field, x access.Object) bool {
	return o.canField(desk.SetInitialCustomField, f, x) || o.canField(desk.ModifyCustomField, f, x)
}

// initialFields stores the values of a new ticket: what was said, else the
// defaults. What is required is asked of who fills in a form or calls the API,
// and may set it.
func (o *op) initialFields(ctx context.Context, t *desk.Ticket, said []FieldSet) error {
	all, err := o.allFields(ctx)
	if err != nil || len(all) == 0 && len(said) == 0 {
		return err
	}
	zone, err := o.zone(ctx)
	if err != nil {
		return err
	}
	x := access.Ticket(t.Facts())
	refused, used := map[string]string{}, 0
	for i := range all {
		f := &all[i]
		if !f.AppliesIn(t.Queue) {
			continue
		}
		texts, may := f.Default, o.setsInitial(f, x)
		at := slices.IndexFunc(said, func(s FieldSet) bool { return s.Field == f.ID })
		if at >= 0 && may {
			texts, used = said[at].Values, used+1
		}
		free := *f
		free.Required = f.Required && may && (at >= 0 || o.asksForRequired())
		values, err := free.Check(texts, nil, zone)
		switch {
		case err != nil && (at >= 0 && may || free.Required):
			refused[fieldKey(f.ID)] = desk.Sentence(err)
		case err == nil && len(values) > 0:
			err = o.SetFieldValues(ctx, f, int64(t.ID), values)
			if err != nil {
				return err
			}
		}
	}
	switch {
	case len(refused) > 0:
		return desk.InvalidFields(refused)
	case used < len(said):
		return desk.Errorf(desk.NotFound, "There is no such field in this queue that you may fill in.")
	}
	return nil
}

func (o *op) asksForRequired() bool {
	return !o.by.IsSystem() && (o.by.Via == desk.ViaWeb || o.by.Via == desk.ViaAPI || o.by.Via == desk.ViaCLI)
}

// RecordFields returns the custom fields of a user or customer that the actor
// may see: he may see the user (AdminUsers, or oneself) or customer
// (SeeCustomer) and holds SeeCustomField on the desk or on the field.
func (s *Service) RecordFields(ctx context.Context, by desk.Actor, who desk.PrincipalID) ([]FieldShown, error) {
	var list []FieldShown
	err := s.view(ctx, by, func(o *op) error {
		var err error
		list, err = o.recordFields(ctx, who)
		return err
	})
	return list, err
}

func (o *op) recordFields(ctx context.Context, who desk.PrincipalID) ([]FieldShown, error) {
	of, err := o.fieldsOn(ctx, who)
	if err != nil {
		return nil, err
	}
	return o.shown(ctx, int64(who), func(f *desk.Field) (sees, may bool) {
		return of.applies(f) && o.canField(desk.SeeCustomField, f, access.System()),
			of.may && o.canField(desk.ModifyCustomField, f, access.System())
	})
}

// A recorded thing is a user or customer that has custom fields.
type recorded struct {
	ref     string // for the audit log
	may     bool   // the actor may change it
	applies func(*desk.Field) bool
}

// fieldsOn returns a user or customer if the actor may see it.
func (o *op) fieldsOn(ctx context.Context, who desk.PrincipalID) (*recorded, error) {
	of, err := o.recordSeen(ctx, who)
	if kind := desk.KindOf(err); kind == desk.NotFound || kind == desk.Forbidden {
		err = desk.Errorf(desk.NotFound, "There is no such user or customer.")
	}
	return of, err
}

func (o *op) recordSeen(ctx context.Context, who desk.PrincipalID) (*recorded, error) {
	if o.e.IsCustomer(who) {
		c, err := o.customerFor(ctx, desk.SeeCustomer, desk.CustomerID(who))
		if err != nil {
			return nil, err
		}
		_, err = o.customerFor(ctx, desk.ModifyCustomer, c.ID)
		return &recorded{"customer:" + c.Key, err == nil, func(f *desk.Field) bool { return f.Of == desk.OfCustomers && !f.Disabled }}, nil
	}
	self := who == desk.PrincipalID(o.by.User) && who != 0
	if !self {
		if err := o.seesUsers(); err != nil {
			return nil, err
		}
	}
	u, err := o.Tx.User(ctx, desk.UserID(who))
	if err != nil {
		return nil, err
	}
	may := o.can(desk.AdminUsers, access.System()) || self && o.can(desk.ModifySelf, access.System())
	return &recorded{"user:" + u.Login, may, func(f *desk.Field) bool { return f.AppliesTo(u.Kind) }}, nil
}

// SetRecordFields sets values of custom fields of a user or customer: all of
// them or none. It asks what RecordFields asks, AdminUsers (for oneself
// ModifySelf) or ModifyCustomer, and ModifyCustomField.
func (s *Service) SetRecordFields(ctx context.Context, by desk.Actor, who desk.PrincipalID, set []FieldSet) error {
	return s.do(ctx, by, func(o *op) error {
		of, err := o.fieldsOn(ctx, who)
		if err != nil {
			return err
		}
		refused := map[string]string{}
		for _, one := range set {
			f, err := o.field(ctx, one.Field)
			if err == nil && !(of.applies(f) && o.canField(desk.SeeCustomField, f, access.System())) {
				err = noField()
			}
			if err != nil {
				return err
			}
			if !of.may || !o.canField(desk.ModifyCustomField, f, access.System()) {
				return desk.Errorf(desk.Forbidden, "You may not change the field %s of %s.", f.Name, of.ref)
			}
			err = o.setRecordField(ctx, of, f, who, one)
			if desk.KindOf(err) == desk.Invalid {
				refused[fieldKey(f.ID)] = desk.Sentence(err)
				continue
			}
			if err != nil {
				return err
			}
		}
		if len(refused) > 0 {
			return desk.InvalidFields(refused)
		}
		return nil
	})
}

func (o *op) setRecordField(ctx context.Context, of *recorded, f *desk.Field, who desk.PrincipalID, set FieldSet) error {
	before, after, err := o.setField(ctx, f, int64(who), set)
	if err != nil || slices.Equal(before, after) {
		return err
	}
	return o.audit(ctx, change{valueChanged, of.ref, auditedValue(f, before), auditedValue(f, after)})
}

// valueChanged is the action of audit lines that hold values of custom fields.
const valueChanged = "field.set"

// An audited value is written as a number and quoted texts, as values hold
// anything: 3 "Region" "EMEA".
func auditedValue(f *desk.Field, values []desk.FieldValue) string {
	text := formatID(f.ID) + " " + strconv.Quote(f.Name)
	for _, v := range values {
		if r := []rune(v.Text); len(r) > 200 {
			v.Text = string(r[:200]) + "…"
		}
		text += " " + strconv.Quote(v.Text)
	}
	return text
}

// readAudited reads what auditedValue wrote; the first text is the field's name.
func readAudited(text string) (field desk.FieldID, texts []string) {
	number, rest, _ := strings.Cut(text, " ")
	for {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return parseID[desk.FieldID](number), texts
		}
		text, _ := strconv.Unquote(quoted)
		texts, rest = append(texts, text), strings.TrimPrefix(rest[len(quoted):], " ")
	}
}

// auditedParts are the parts of what auditedValue wrote, for people.
func auditedParts(text string) [][2]string {
	_, texts := readAudited(text)
	if len(texts) == 0 {
		return nil
	}
	return [][2]string{{texts[0], strings.Join(texts[1:], ", ")}}
}

// hideValues takes the values of fields that the actor may not see out of lines
// of the audit log. Where words were asked for, the whole lines go: what is
// hidden is not to be found by asking for it.
func (o *op) hideValues(entries []desk.AuditEntry, f AuditFilter) []desk.AuditEntry {
	for i := range entries {
		e := &entries[i]
		if e.Action != valueChanged {
			continue
		}
		for _, text := range []*string{&e.Before, &e.After} {
			if field, _ := readAudited(*text); !o.canField(desk.SeeCustomField, &desk.Field{ID: field}, access.System()) {
				*text = ""
			}
		}
	}
	if f.Words == "" {
		return entries
	}
	return slices.DeleteFunc(entries, func(e desk.AuditEntry) bool { return e.Action == valueChanged && e.After == "" })
}
