package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Custom is a custom field of a thing, as pages show it: its values, and the
// form that changes them.
type Custom struct {
	Name   string
	Values []CustomValue
	Form   *Field // nil: it may not be changed
	Seen   Field  // hidden: the values that the form shows
}

// A CustomValue is one value: a text, a text of several lines, a link, or a
// moment.
type CustomValue struct {
	Text Text
	Long string
	URL  string
	At   time.Time
}

// customName names the input of a custom field, and its errors.
func customName(id desk.FieldID) string { return "field-" + strconv.FormatInt(int64(id), 10) }

func seenName(id desk.FieldID) string { return "was-" + strconv.FormatInt(int64(id), 10) }

// Customs makes fields ready to be shown, with a form for those that may be
// changed.
func Customs(reader Reader, fields []service.FieldShown) []Custom {
	list := make([]Custom, len(fields))
	for i, f := range fields {
		list[i] = Custom{Name: f.Name, Values: CustomValues(reader, f)}
		if !f.May {
			continue
		}
		form := CustomForm(reader, f)
		list[i].Form = &form
		list[i].Seen = Field{Name: seenName(f.ID), Value: seen(f.Values)}
	}
	return list
}

// CustomForms are the inputs of fields as they are, without what is shown of
// them: for forms that make something.
func CustomForms(reader Reader, fields []service.FieldShown) []Field {
	list := make([]Field, len(fields))
	for i, f := range fields {
		list[i] = CustomForm(reader, f)
	}
	return list
}

func seen(values []desk.FieldValue) string {
	text, err := json.Marshal(desk.ValueTexts(values))
	if err != nil {
		return ""
	}
	return string(text)
}

// CustomValues are the values of a field, ready to be shown.
func CustomValues(reader Reader, f service.FieldShown) []CustomValue {
	list := make([]CustomValue, len(f.Values))
	for i, v := range f.Values {
		list[i].Text = Plain(v.Text)
		switch f.Kind {
		case desk.YesField:
			list[i].Text = T("field." + v.Text)
		case desk.MomentField:
			list[i].At = reader.In(time.UnixMicro(v.Number))
		case desk.LinkField:
			list[i].URL = v.Text
		case desk.LongField:
			list[i].Long = v.Text
		}
	}
	return list
}

// CustomForm is the input of a field with the values that it has.
func CustomForm(reader Reader, f service.FieldShown) Field {
	texts := desk.ValueTexts(f.Values)
	in := Field{Form: "custom-", Name: customName(f.ID), Required: f.Required, Label: f.Name, Help: f.Description, Value: strings.Join(texts, "\n")}
	switch f.Kind {
	case desk.LongField, desk.TextsField:
		in.Kind, in.Rows = "textarea", 4
	case desk.WholeField:
		in.Kind = "number"
	case desk.DayField:
		in.Kind = "date"
	case desk.LinkField:
		in.Kind = "url"
	case desk.MomentField:
		in.Kind = "datetime-local"
		if len(f.Values) > 0 {
			in.Value = reader.In(time.UnixMicro(f.Values[0].Number)).Format("2006-01-02T15:04")
		}
	case desk.YesField:
		in.Kind = "select"
		in.Options = []Option{{Label: T("field.none")}, {Value: "yes", Label: T("field.yes")}, {Value: "no", Label: T("field.no")}}
	case desk.OneField:
		in.Kind = "select"
		in.Options = append([]Option{{Label: T("field.none")}}, choiceOptions(f)...)
	case desk.SeveralField:
		in.Kind, in.Options = "boxes", choiceOptions(f)
	}
	for i := range in.Options {
		for _, text := range texts {
			in.Options[i].Selected = in.Options[i].Selected || in.Options[i].Value == text
		}
	}
	return in
}

// choiceOptions offers what can be chosen, and what is chosen already.
func choiceOptions(f service.FieldShown) []Option {
	var list []Option
	for _, c := range f.Choices {
		chosen := false
		for _, v := range f.Values {
			chosen = chosen || v.Number == int64(c.ID)
		}
		if !c.Disabled || chosen {
			list = append(list, Option{Value: c.Name, Label: Plain(c.Name)})
		}
	}
	return list
}

// CustomSets reads the fields of a form that changes something: those whose
// values as they were shown were sent along.
func CustomSets(r *http.Request, fields []service.FieldShown) []service.FieldSet {
	var list []service.FieldSet
	for _, f := range fields {
		if !r.PostForm.Has(seenName(f.ID)) {
			continue
		}
		set := service.FieldSet{Field: f.ID, Values: r.PostForm[customName(f.ID)]}
		was := []string{}
		if json.Unmarshal([]byte(r.PostFormValue(seenName(f.ID))), &was) == nil {
			set.Was = &was
		}
		list = append(list, set)
	}
	return list
}

// NewSets reads the fields of a form that makes something.
func NewSets(r *http.Request, fields []service.FieldShown) []service.FieldSet {
	var list []service.FieldSet
	for _, f := range fields {
		if values, sent := r.PostForm[customName(f.ID)]; sent || f.Kind == desk.SeveralField {
			list = append(list, service.FieldSet{Field: f.ID, Values: values})
		}
	}
	return list
}

// RetypeCustoms puts what was sent into the forms of fields, with what is wrong
// with it, and reports whether any form shows that.
func RetypeCustoms(r *http.Request, err error, fields ...*Field) bool {
	texts, shown := desk.FieldTexts(err), false
	for _, f := range fields {
		Retype(r, f)
		if text := texts[f.Name]; text != "" {
			f.Error, f.Autofocus, shown = text, !shown, true
		}
	}
	return shown
}
