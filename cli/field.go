package cli

import (
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

type fieldCommand struct {
	Add     fieldAdd     `cmd:"" help:"Make a custom field."`
	List    fieldList    `cmd:"" help:"List custom fields in their order."`
	Show    fieldShow    `cmd:"" help:"Show a custom field."`
	Set     fieldSet     `cmd:"" help:"Change a custom field."`
	Disable fieldDisable `cmd:"" help:"Disable a custom field: it is shown nowhere. Its values are kept."`
	Enable  fieldEnable  `cmd:"" help:"Enable a custom field again."`
	Order   fieldOrder   `cmd:"" help:"Put custom fields into an order."`
	Values  fieldValues  `cmd:"" help:"Show the custom fields of a ticket, user or customer."`
	Put     fieldPut     `cmd:"" help:"Set a custom field of a ticket, user or customer; no value takes it away."`
}

// fieldFlags are the flags that add and set share.
type fieldFlags struct {
	Kind        *string  `placeholder:"KIND" help:"text, long, number, decimal, date, datetime, yesno, one, several, link or texts; text unless said."`
	Description *string  `placeholder:"TEXT" help:"Shown beside it to whoever fills it in."`
	Required    *bool    `negatable:"" help:"Nothing is opened without a value."`
	Pattern     *string  `placeholder:"RE2" help:"Pattern that texts must fit."`
	Hint        *string  `placeholder:"TEXT" help:"What to tell whoever types what does not fit."`
	Lowest      *string  `placeholder:"VALUE" help:"Lowest number or time."`
	Highest     *string  `placeholder:"VALUE" help:"Highest number or time."`
	MaxLength   *int     `placeholder:"NUMBER" help:"Most characters of a text."`
	Default     []string `sep:"none" placeholder:"VALUE" help:"What new tickets have where nothing is said; one empty value: none."`
	Choice      []string `sep:"none" placeholder:"NAME" help:"Values to choose from, all of them in their order. Others that were are disabled."`
	Everywhere  *bool    `negatable:"" help:"It applies to all queues."`
	Queue       []string `sep:"none" placeholder:"QUEUE" help:"Queues that it applies to, all of them; one empty name: none."`
	Only        *string  `placeholder:"KIND" help:"Of users: agent or contact only; empty: both."`
}

// set changes what was given.
func (f *fieldFlags) set(c *caller, to *desk.Field) error {
	if f.Kind != nil {
		to.Kind = desk.FieldKind(*f.Kind)
	}
	setIf(&to.Description, f.Description)
	setIf(&to.Required, f.Required)
	setIf(&to.Pattern, f.Pattern)
	setIf(&to.Hint, f.Hint)
	setIf(&to.Lowest, f.Lowest)
	setIf(&to.Highest, f.Highest)
	setIf(&to.MaxLength, f.MaxLength)
	setIf(&to.Everywhere, f.Everywhere)
	if f.Default != nil {
		to.Default = named(f.Default)
	}
	if f.Only != nil {
		kind, ok := desk.ParseUserKind(*f.Only)
		if !ok && *f.Only != "" {
			return desk.Errorf(desk.Invalid, "%q is no kind of user; there are agent and contact.", *f.Only)
		}
		to.Only = kind
	}
	if f.Choice != nil {
		to.Choices = nil
		for _, name := range named(f.Choice) {
			to.Choices = append(to.Choices, desk.Choice{Name: name})
		}
	}
	if f.Queue == nil {
		return nil
	}
	to.Queues = nil
	for _, name := range named(f.Queue) {
		q, err := c.queue(name)
		if err != nil {
			return err
		}
		to.Queues = append(to.Queues, q.ID)
	}
	return nil
}

// named leaves out empty texts, which stand for none.
func named(list []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return strings.TrimSpace(s) == "" })
}

type fieldAdd struct {
	Name string `arg:"" help:"Name, unique without regard to case."`
	Of   string `default:"ticket" placeholder:"WHAT" help:"What has it: ticket, user or customer."`
	fieldFlags
}

// Run makes the field.
func (cmd *fieldAdd) Run(c *caller) error {
	f := desk.Field{Name: cmd.Name, Of: desk.FieldOf(cmd.Of), Kind: desk.TextField}
	if err := cmd.set(c, &f); err != nil {
		return err
	}
	id, err := c.svc.CreateField(c.ctx, c.by, f)
	if err != nil {
		return err
	}
	return c.done(int64(id), "The field %s is made.", cmd.Name)
}

// A customFieldLine is a custom field as it is printed.
type customFieldLine struct {
	ID          desk.FieldID `json:"id"`
	Name        string       `json:"name"`
	Of          string       `json:"of"`
	Kind        string       `json:"kind"`
	Description string       `json:"description"`
	Required    bool         `json:"required"`
	Disabled    bool         `json:"disabled"`
	Where       []string     `json:"where"`
	Choices     []string     `json:"choices"`
	Pattern     string       `json:"pattern"`
	Lowest      string       `json:"lowest"`
	Highest     string       `json:"highest"`
	Default     []string     `json:"default"`
}

func (c *caller) fieldLines(list []service.FieldLine) ([]customFieldLine, error) {
	queues, err := c.svc.Queues(c.ctx, c.by, desk.SeeQueue)
	if err != nil {
		return nil, err
	}
	lines := make([]customFieldLine, len(list))
	for i, f := range list {
		line := customFieldLine{ID: f.ID, Name: f.Name, Of: string(f.Of), Kind: string(f.Kind), Description: f.Description, Required: f.Required,
			Disabled: f.Disabled, Where: []string{}, Choices: []string{}, Pattern: f.Pattern, Lowest: f.Lowest, Highest: f.Highest, Default: append([]string{}, f.Default...)}
		if f.Everywhere {
			line.Where = append(line.Where, "system")
		}
		for _, q := range queues {
			if slices.Contains(f.Queues, q.ID) {
				line.Where = append(line.Where, "queue:"+q.Name)
			}
		}
		for _, choice := range f.Choices {
			if !choice.Disabled {
				line.Choices = append(line.Choices, choice.Name)
			}
		}
		lines[i] = line
	}
	return lines, nil
}

type fieldList struct{}

// Run lists the fields.
func (cmd *fieldList) Run(c *caller) error {
	list, err := c.svc.Fields(c.ctx, c.by)
	if err != nil {
		return err
	}
	lines, err := c.fieldLines(list)
	if err != nil {
		return err
	}
	return printList(c.app, lines)
}

type fieldShow struct {
	Field string `arg:"" help:"Name."`
}

// Run shows the field.
func (cmd *fieldShow) Run(c *caller) error {
	f, err := c.field(cmd.Field)
	if err != nil {
		return err
	}
	lines, err := c.fieldLines([]service.FieldLine{*f})
	if err != nil {
		return err
	}
	return printThing(c.app, lines[0])
}

// field returns the custom field of that name.
func (c *caller) field(name string) (*service.FieldLine, error) {
	return c.svc.FindField(c.ctx, c.by, strings.TrimPrefix(name, "field:"))
}

type fieldSet struct {
	Field string  `arg:"" help:"Name."`
	Name  *string `placeholder:"NAME" help:"New name."`
	fieldFlags
}

// Run changes what was given.
func (cmd *fieldSet) Run(c *caller) error {
	return c.changeField(cmd.Field, "changed", func(to *desk.Field) error {
		setIf(&to.Name, cmd.Name)
		return cmd.set(c, to)
	})
}

func (c *caller) changeField(name, word string, change func(*desk.Field) error) error {
	f, err := c.field(name)
	if err != nil {
		return err
	}
	if err := change(&f.Field); err != nil {
		return err
	}
	if err := c.svc.UpdateField(c.ctx, c.by, f.Field); err != nil {
		return err
	}
	return c.done(0, "The field %s is %s.", f.Name, word)
}

type fieldDisable struct {
	Field string `arg:"" help:"Name."`
}

// Run disables the field.
func (cmd *fieldDisable) Run(c *caller) error { return c.switchField(cmd.Field, "disabled", true) }

type fieldEnable struct {
	Field string `arg:"" help:"Name."`
}

// Run enables the field.
func (cmd *fieldEnable) Run(c *caller) error { return c.switchField(cmd.Field, "enabled", false) }

func (c *caller) switchField(name, word string, off bool) error {
	return c.changeField(name, word, func(to *desk.Field) error {
		to.Disabled = off
		return nil
	})
}

type fieldOrder struct {
	Fields []string `arg:"" help:"Names in their order; others come after them."`
}

// Run orders the fields.
func (cmd *fieldOrder) Run(c *caller) error {
	var ids []desk.FieldID
	for _, name := range cmd.Fields {
		f, err := c.field(name)
		if err != nil {
			return err
		}
		ids = append(ids, f.ID)
	}
	if err := c.svc.OrderFields(c.ctx, c.by, ids); err != nil {
		return err
	}
	return c.done(0, "The fields are in order.")
}

// A fieldValueLine is a custom field of a thing as it is printed.
type fieldValueLine struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

type fieldValues struct {
	Object string `arg:"" help:"ticket:NUMBER, user:LOGIN or customer:KEY."`
}

// Run shows the values.
func (cmd *fieldValues) Run(c *caller) error {
	var list []service.FieldShown
	if strings.HasPrefix(cmd.Object, "ticket:") {
		id, err := ticketID(cmd.Object)
		if err != nil {
			return err
		}
		v, err := c.svc.Ticket(c.ctx, c.by, id)
		if err != nil {
			return err
		}
		list = v.Fields
	} else {
		who, err := c.principal(cmd.Object)
		if err != nil {
			return err
		}
		if list, err = c.svc.RecordFields(c.ctx, c.by, who); err != nil {
			return err
		}
	}
	return printList(c.app, mapped(list, func(f *service.FieldShown) fieldValueLine {
		return fieldValueLine{f.Name, desk.ValueTexts(f.Values)}
	}))
}

type fieldPut struct {
	Object string   `arg:"" help:"ticket:NUMBER, user:LOGIN or customer:KEY."`
	Field  string   `arg:"" help:"Name of the field."`
	Values []string `arg:"" optional:"" help:"Its values."`
}

// Run sets the values.
func (cmd *fieldPut) Run(c *caller) error {
	f, err := c.field(cmd.Field)
	if err != nil {
		return err
	}
	set := []service.FieldSet{{Field: f.ID, Values: cmd.Values}}
	if strings.HasPrefix(cmd.Object, "ticket:") {
		id, err := ticketID(cmd.Object)
		if err != nil {
			return err
		}
		err = c.svc.SetFields(c.ctx, c.by, service.FieldsChange{Ticket: id, Set: set})
		if err != nil {
			return err
		}
	} else {
		who, err := c.principal(cmd.Object)
		if err != nil {
			return err
		}
		if err := c.svc.SetRecordFields(c.ctx, c.by, who, set); err != nil {
			return err
		}
	}
	return c.done(0, "%s of %s is set.", f.Name, cmd.Object)
}

// fieldSets reads NAME=VALUE; a field that is named several times has several
// values.
func (c *caller) fieldSets(texts []string) ([]service.FieldSet, error) {
	var list []service.FieldSet
	for _, text := range texts {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, desk.Errorf(desk.Invalid, "%q names no value; write a custom field as NAME=VALUE.", text)
		}
		f, err := c.field(name)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(list, func(s service.FieldSet) bool { return s.Field == f.ID })
		if at < 0 {
			at = len(list)
			list = append(list, service.FieldSet{Field: f.ID})
		}
		list[at].Values = append(list[at].Values, value)
	}
	return list, nil
}
