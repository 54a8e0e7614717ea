package api

import (
	"context"
	"slices"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) fieldRoutes() []route {
	return []route{
		shows(h, what{"listFields", "GET /fields", "SeeCustomField or another right of custom fields, on the field, a queue of it or the desk", "Custom fields, in their order"}, h.listFields),
		makes(h, what{"createField", "POST /fields", "AdminCustomField for the whole desk, AssignCustomFields where it shall apply", "Make a custom field"}, "/fields", h.createField),
		shows(h, what{"getField", "GET /fields/{id}", "as listFields", "A custom field"}, h.getField),
		does(h, what{"changeField", "PATCH /fields/{id}", "AdminCustomField on it, AssignCustomFields where it comes or goes", "Change, disable or enable a custom field; values are kept"}, h.changeField),
		does(h, what{"assignField", "PUT /queues/{id}/fields/{field}", "AssignCustomFields on the queue", "Make a field of tickets apply in a queue"}, h.assignField),
		does(h, what{"unassignField", "DELETE /queues/{id}/fields/{field}", "AssignCustomFields on the queue", "Make a field of tickets apply in a queue no longer; values are kept"}, h.unassignField),
		shows(h, what{"getTicketFields", "GET /tickets/{id}/fields", "ShowTicket and SeeCustomField", "The custom fields of a ticket"}, h.ticketFields),
		does(h, what{"changeTicketFields", "PATCH /tickets/{id}/fields", "ShowTicket, SeeCustomField and ModifyCustomField", "Set custom fields of a ticket"}, h.changeTicketFields),
		shows(h, what{"getUserFields", "GET /users/{id}/fields", "AdminUsers or AdminCustomers, none for yourself; SeeCustomField", "The custom fields of a user"}, h.recordFields),
		does(h, what{"changeUserFields", "PATCH /users/{id}/fields", "AdminUsers, ModifySelf for yourself; ModifyCustomField", "Set custom fields of a user"}, h.changeRecordFields),
		shows(h, what{"getCustomerFields", "GET /customers/{id}/fields", "SeeCustomer and SeeCustomField", "The custom fields of a customer"}, h.recordFields),
		does(h, what{"changeCustomerFields", "PATCH /customers/{id}/fields", "ModifyCustomer and ModifyCustomField", "Set custom fields of a customer"}, h.changeRecordFields),
	}
}

// A CustomField is a custom field.
type CustomField struct {
	ID          int64         `json:"id"`
	Name        string        `json:"name"`
	Of          string        `json:"of" enum:"ticket,user,customer"`
	Kind        string        `json:"kind"`
	Description string        `json:"description,omitempty"`
	Required    bool          `json:"required,omitempty"`
	Pattern     string        `json:"pattern,omitempty" doc:"That texts must fit: RE2."`
	Hint        string        `json:"hint,omitempty" doc:"Told to whoever sends what does not fit."`
	Lowest      string        `json:"lowest,omitempty"`
	Highest     string        `json:"highest,omitempty"`
	MaxLength   int           `json:"max_length,omitempty"`
	Default     []string      `json:"default,omitempty"`
	Everywhere  bool          `json:"everywhere,omitempty" doc:"It applies to all queues."`
	Queues      []int64       `json:"queues,omitempty" doc:"Else to these, of those that you may see."`
	Only        string        `json:"only,omitempty" enum:"agent,contact" doc:"Of users of one kind only."`
	Disabled    bool          `json:"disabled,omitempty"`
	Choices     []FieldChoice `json:"choices,omitempty"`
	Rights      []string      `json:"rights" nullable:"false" doc:"What you may do to it itself, wherever it is."`
}

// A FieldChoice is a value that can be chosen.
type FieldChoice struct {
	ID       int64  `json:"id,omitempty"`
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	Disabled bool   `json:"disabled,omitempty" doc:"It stays where it was chosen and is not offered."`
}

func customField(f service.FieldLine, seen []desk.QueueID) CustomField {
	wire := CustomField{
		ID: int64(f.ID), Name: f.Name, Of: string(f.Of), Kind: string(f.Kind), Description: f.Description, Required: f.Required,
		Pattern: f.Pattern, Hint: f.Hint, Lowest: f.Lowest, Highest: f.Highest, MaxLength: f.MaxLength, Default: f.Default,
		Everywhere: f.Everywhere, Disabled: f.Disabled, Rights: (f.Rights & fieldRights()).Names(),
	}
	if f.Only != 0 {
		wire.Only = f.Only.String()
	}
	for _, q := range f.Queues {
		if slices.Contains(seen, q) {
			wire.Queues = append(wire.Queues, int64(q))
		}
	}
	for _, c := range f.Choices {
		wire.Choices = append(wire.Choices, FieldChoice{int64(c.ID), c.Name, c.Disabled})
	}
	return wire
}

// fieldRights are those of custom fields.
func fieldRights() desk.RightSet {
	return desk.RightsOf(desk.SeeCustomField, desk.ModifyCustomField, desk.SetInitialCustomField, desk.AdminCustomField)
}

// seenQueues are the queues of which the caller may know.
func (h *handler) seenQueues(ctx context.Context, by caller) ([]desk.QueueID, error) {
	queues, err := h.desk.Queues(ctx, by.Actor, desk.SeeQueue)
	list := make([]desk.QueueID, len(queues))
	for i, q := range queues {
		list[i] = q.ID
	}
	return list, err
}

func (h *handler) listFields(ctx context.Context, by caller, _ *Nothing) (Page[CustomField], error) {
	list, err := h.desk.Fields(ctx, by.Actor)
	if err != nil {
		return Page[CustomField]{}, err
	}
	seen, err := h.seenQueues(ctx, by)
	return pageOf(list, func(f service.FieldLine) CustomField { return customField(f, seen) }), err
}

func (h *handler) getField(ctx context.Context, by caller, in *Numbered) (CustomField, error) {
	f, err := h.desk.Field(ctx, by.Actor, desk.FieldID(in.ID))
	if err != nil {
		return CustomField{}, err
	}
	seen, err := h.seenQueues(ctx, by)
	return customField(*f, seen), err
}

// A FieldPatch makes or changes a custom field; what is absent stays.
type FieldPatch struct {
	Name        *string        `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Kind        *string        `json:"kind,omitempty" enum:"text,long,number,decimal,date,datetime,yesno,one,several,link,texts"`
	Description *string        `json:"description,omitempty" maxLength:"1000"`
	Required    *bool          `json:"required,omitempty"`
	Pattern     *string        `json:"pattern,omitempty" maxLength:"500" doc:"RE2."`
	Hint        *string        `json:"hint,omitempty" maxLength:"500"`
	Lowest      *string        `json:"lowest,omitempty" maxLength:"50"`
	Highest     *string        `json:"highest,omitempty" maxLength:"50"`
	MaxLength   *int32         `json:"max_length,omitempty" minimum:"0"`
	Default     *[]string      `json:"default,omitempty" maxItems:"100"`
	Everywhere  *bool          `json:"everywhere,omitempty"`
	Queues      *[]int64       `json:"queues,omitempty" maxItems:"1000"`
	Only        *string        `json:"only,omitempty" enum:"agent,contact,"`
	Disabled    *bool          `json:"disabled,omitempty"`
	Choices     *[]FieldChoice `json:"choices,omitempty" maxItems:"500" doc:"In their order. One that is not named any more is disabled."`
}

func (p FieldPatch) apply(f *desk.Field) {
	set(&f.Name, p.Name)
	set(&f.Description, p.Description)
	set(&f.Required, p.Required)
	set(&f.Pattern, p.Pattern)
	set(&f.Hint, p.Hint)
	set(&f.Lowest, p.Lowest)
	set(&f.Highest, p.Highest)
	set(&f.Default, p.Default)
	set(&f.Everywhere, p.Everywhere)
	set(&f.Disabled, p.Disabled)
	if p.Kind != nil {
		f.Kind = desk.FieldKind(*p.Kind)
	}
	if p.MaxLength != nil {
		f.MaxLength = int(*p.MaxLength)
	}
	if p.Queues != nil {
		f.Queues = ids[desk.QueueID](*p.Queues)
	}
	if p.Only != nil {
		f.Only, _ = desk.ParseUserKind(*p.Only)
	}
	if p.Choices == nil {
		return
	}
	f.Choices = nil
	for _, c := range *p.Choices {
		f.Choices = append(f.Choices, desk.Choice{ID: desk.ChoiceID(c.ID), Name: c.Name, Disabled: c.Disabled})
	}
}

// A FieldInput is a custom field to be made.
type FieldInput struct {
	Of string `json:"of" enum:"ticket,user,customer" doc:"What it is a field of; that stays."`
	FieldPatch
}

func (h *handler) createField(ctx context.Context, by caller, in *struct{ Body FieldInput }) (desk.FieldID, error) {
	f := desk.Field{Of: desk.FieldOf(in.Body.Of), Kind: desk.TextField}
	in.Body.apply(&f)
	return h.desk.CreateField(ctx, by.Actor, f)
}

type changeFieldInput struct {
	Numbered
	Body FieldPatch
}

func (h *handler) changeField(ctx context.Context, by caller, in *changeFieldInput) error {
	f, err := h.desk.Field(ctx, by.Actor, desk.FieldID(in.ID))
	if err != nil {
		return err
	}
	in.Body.apply(&f.Field)
	return h.desk.UpdateField(ctx, by.Actor, f.Field)
}

type assignFieldInput struct {
	Numbered
	Field int64 `path:"field" minimum:"1"`
}

func (h *handler) assignField(ctx context.Context, by caller, in *assignFieldInput) error {
	return h.desk.AssignField(ctx, by.Actor, desk.FieldID(in.Field), desk.QueueID(in.ID), true)
}

func (h *handler) unassignField(ctx context.Context, by caller, in *assignFieldInput) error {
	return h.desk.AssignField(ctx, by.Actor, desk.FieldID(in.Field), desk.QueueID(in.ID), false)
}

// A FieldValues is a custom field of a thing with its values.
type FieldValues struct {
	ID       int64    `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Values   []string `json:"values" nullable:"false"`
	Writable bool     `json:"writable" doc:"You may change it."`
}

func fieldValues(f service.FieldShown) FieldValues {
	return FieldValues{int64(f.ID), f.Name, string(f.Kind), desk.ValueTexts(f.Values), f.May}
}

func (h *handler) ticketFields(ctx context.Context, by caller, in *Numbered) (Page[FieldValues], error) {
	v, err := h.desk.Ticket(ctx, by.Actor, desk.TicketID(in.ID))
	if err != nil {
		return Page[FieldValues]{}, err
	}
	return pageOf(v.Fields, fieldValues), nil
}

func (h *handler) recordFields(ctx context.Context, by caller, in *Numbered) (Page[FieldValues], error) {
	list, err := h.desk.RecordFields(ctx, by.Actor, desk.PrincipalID(in.ID))
	return pageOf(list, fieldValues), err
}

// FieldTexts are values by the name of their field.
type FieldTexts map[string][]string

// sets returns what is to be set. Fields are named without regard to case.
func (h *handler) sets(ctx context.Context, by caller, values, was FieldTexts) ([]service.FieldSet, error) {
	var list []service.FieldSet
	for name, texts := range values {
		f, err := h.desk.FindField(ctx, by.Actor, name)
		if err != nil {
			return nil, err
		}
		one := service.FieldSet{Field: f.ID, Values: texts}
		if before, ok := was[name]; ok {
			before = append([]string{}, before...)
			one.Was = &before
		}
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b service.FieldSet) int { return int(a.Field - b.Field) })
	return list, nil
}

// A FieldsPatch sets custom fields: all of those named, or none.
type FieldsPatch struct {
	Values FieldTexts `json:"values" maxProperties:"100" doc:"By the name of the field; an empty list takes its values away."`
	Was    FieldTexts `json:"was,omitempty" maxProperties:"100" doc:"The values that you saw: 409 if they have changed since."`
}

type changeFieldsInput struct {
	Numbered
	Body FieldsPatch
}

func (h *handler) changeTicketFields(ctx context.Context, by caller, in *changeFieldsInput) error {
	list, err := h.sets(ctx, by, in.Body.Values, in.Body.Was)
	if err != nil {
		return err
	}
	return h.desk.SetFields(ctx, by.Actor, service.FieldsChange{Ticket: desk.TicketID(in.ID), Set: list})
}

func (h *handler) changeRecordFields(ctx context.Context, by caller, in *changeFieldsInput) error {
	list, err := h.sets(ctx, by, in.Body.Values, in.Body.Was)
	if err != nil {
		return err
	}
	return h.desk.SetRecordFields(ctx, by.Actor, desk.PrincipalID(in.ID), list)
}
