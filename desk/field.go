package desk

import (
	"cmp"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A FieldID names a custom field.
type FieldID int64

// A ChoiceID names a value that can be chosen in a custom field.
type ChoiceID int64

// FieldOf says what carries the values of a custom field.
type FieldOf string

// What can carry custom fields.
const (
	OfTickets   FieldOf = "ticket"
	OfUsers     FieldOf = "user"
	OfCustomers FieldOf = "customer"
)

// FieldsOf lists what can carry custom fields.
func FieldsOf() []FieldOf { return []FieldOf{OfTickets, OfUsers, OfCustomers} }

// FieldKind says what the values of a custom field are.
type FieldKind string

// The kinds of custom fields.
const (
	TextField    FieldKind = "text"     // one line
	LongField    FieldKind = "long"     // several lines
	WholeField   FieldKind = "number"   // a whole number
	DecimalField FieldKind = "decimal"  // with up to six digits after the point
	DayField     FieldKind = "date"     // a day
	MomentField  FieldKind = "datetime" // a moment
	YesField     FieldKind = "yesno"
	OneField     FieldKind = "one"     // one of its choices
	SeveralField FieldKind = "several" // some of its choices
	LinkField    FieldKind = "link"    // an address on the web or of mail
	TextsField   FieldKind = "texts"   // several lines, each a value of its own
)

// FieldKinds lists the kinds of custom fields in the order in which people are
// shown them.
func FieldKinds() []FieldKind {
	return []FieldKind{TextField, LongField, WholeField, DecimalField, DayField, MomentField, YesField, OneField, SeveralField, LinkField, TextsField}
}

// Multiple reports whether a field of the kind can hold more than one value.
func (k FieldKind) Multiple() bool { return k == SeveralField || k == TextsField }

// Chosen reports whether values of the kind are chosen from a list.
func (k FieldKind) Chosen() bool { return k == OneField || k == SeveralField }

// Ordered reports whether values of the kind are compared as numbers or times.
func (k FieldKind) Ordered() bool {
	return k == WholeField || k == DecimalField || k == DayField || k == MomentField
}

// Limits of custom fields.
const (
	MaxFieldPattern = 500       // characters of a pattern
	maxPatternSteps = 1000      // what a pattern comes to when it is made ready
	MaxChoices      = 500       // of one field
	MaxFieldValues  = 100       // of one field on one thing
	maxWhole        = 1e15      // whole numbers are less than that
	maxDecimal      = 1e12      // and decimal ones
	decimalScale    = 1_000_000 // in which decimal ones are compared
)

// A Field is a custom field: a fact of tickets, users or customers that this
// desk keeps.
type Field struct {
	ID          FieldID
	Of          FieldOf
	Name        string // unique on the desk without regard to case
	Description string // shown beside it to whoever fills it in
	Kind        FieldKind
	Required    bool   // without a value nothing is opened, and none is taken away
	Pattern     string // that texts must fit (RE2), or empty
	Hint        string // what to tell whoever types what does not fit
	Lowest      string // that a number or time may be, or empty
	Highest     string
	MaxLength   int      // characters; zero: as many as the kind allows
	Default     []string // what new things have where nothing is said
	Everywhere  bool     // it applies to all queues; else to Queues
	Queues      []QueueID
	Only        UserKind // of users: zero is all of them
	Place       int      // in the order in which fields are shown
	Disabled    bool     // shown nowhere; its values are kept
	Choices     []Choice // in their order
}

// A Choice is one value that can be chosen. A disabled one stays where it was
// chosen and is not offered.
type Choice struct {
	ID       ChoiceID
	Name     string
	Disabled bool
}

// A FieldValue is one value of a custom field. Number is what it is compared
// by: the number itself, six more digits for a decimal one, the Day, the
// microseconds of a moment, 0 or 1, or the number of the choice.
type FieldValue struct {
	Text   string
	Number int64
}

// ValueTexts returns the values as texts.
func ValueTexts(values []FieldValue) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.Text
	}
	return texts
}

// AppliesIn reports whether the field is one of tickets in the queue.
func (f *Field) AppliesIn(queue QueueID) bool {
	return f.Of == OfTickets && !f.Disabled && (f.Everywhere || slices.Contains(f.Queues, queue))
}

// AppliesTo reports whether the field is one of users of that kind.
func (f *Field) AppliesTo(kind UserKind) bool {
	return f.Of == OfUsers && !f.Disabled && (f.Only == 0 || f.Only == kind)
}

// Choice returns the choice of that number, or nil.
func (f *Field) Choice(id ChoiceID) *Choice {
	for i := range f.Choices {
		if f.Choices[i].ID == id {
			return &f.Choices[i]
		}
	}
	return nil
}

// Length is how many characters a value may have.
func (f *Field) Length() int {
	most := map[FieldKind]int{TextField: 1000, TextsField: 1000, LongField: 50_000, LinkField: 2000}[f.Kind]
	if f.MaxLength > 0 {
		return min(f.MaxLength, most)
	}
	return most
}

// CheckField returns the field as it is stored, or an error of kind Invalid
// that says what is wrong with which part of it. Times without a zone are in
// the one given.
func CheckField(f Field, zone *time.Location) (Field, error) {
	var err error
	if f.Name, err = CheckName("field", f.Name); err != nil {
		return f, err
	}
	wrong := func(part, text string) (Field, error) { return f, InvalidFields(map[string]string{part: text}) }
	switch {
	case strings.ContainsAny(f.Name, "{}"):
		return wrong("name", "The name cannot hold { or }: queries put it between these.")
	case !slices.Contains(FieldsOf(), f.Of):
		return wrong("of", "A field is one of tickets, users or customers.")
	case !slices.Contains(FieldKinds(), f.Kind):
		return wrong("kind", "There is no such kind of field.")
	case utf8.RuneCountInString(f.Description) > 1000 || utf8.RuneCountInString(f.Hint) > 500:
		return wrong("description", "Say it in at most 1,000 characters, and the hint in 500.")
	case f.MaxLength < 0:
		return wrong("max_length", "A length is not negative.")
	}
	f.Description, f.Hint = strings.TrimSpace(f.Description), strings.TrimSpace(f.Hint)
	if text := checkPattern(&f); text != "" {
		return wrong("pattern", text)
	}
	if err := f.checkRange(zone); err != nil {
		return f, err
	}
	if err := f.checkChoices(); err != nil {
		return f, err
	}
	return f, f.checkDefault(zone)
}

// checkPattern returns what is wrong with the pattern, or "".
func checkPattern(f *Field) string {
	if f.Kind != TextField && f.Kind != TextsField && f.Kind != LinkField {
		f.Pattern = ""
	}
	if f.Pattern == "" {
		return ""
	}
	if utf8.RuneCountInString(f.Pattern) > MaxFieldPattern {
		return "The pattern is longer than 500 characters."
	}
	tree, err := syntax.Parse(f.Pattern, syntax.Perl)
	if err != nil {
		return "The pattern cannot be read: " + strings.TrimPrefix(err.Error(), "error parsing regexp: ") + "."
	}
	steps, err := syntax.Compile(tree.Simplify())
	if err != nil || len(steps.Inst) > maxPatternSteps {
		return "The pattern repeats too much; use lower numbers in braces."
	}
	return ""
}

func (f *Field) checkRange(zone *time.Location) error {
	if !f.Kind.Ordered() {
		f.Lowest, f.Highest = "", ""
		return nil
	}
	var ends [2]FieldValue
	for i, end := range []struct {
		part string
		text *string
	}{{"lowest", &f.Lowest}, {"highest", &f.Highest}} {
		if *end.text = strings.TrimSpace(*end.text); *end.text == "" {
			continue
		}
		v, sentence := f.read(*end.text, zone)
		if sentence != "" {
			return InvalidFields(map[string]string{end.part: sentence})
		}
		ends[i], *end.text = v, v.Text
	}
	if f.Lowest != "" && f.Highest != "" && ends[0].Number > ends[1].Number {
		return InvalidFields(map[string]string{"highest": "The highest value is less than the lowest."})
	}
	return nil
}

func (f *Field) checkChoices() error {
	if !f.Kind.Chosen() {
		f.Choices = nil
		return nil
	}
	seen := map[string]bool{}
	for i := range f.Choices {
		c := &f.Choices[i]
		var err error
		if c.Name, err = CheckName("value", c.Name); err != nil {
			return InvalidFields(map[string]string{"choices": FieldTexts(err)["name"]})
		}
		if seen[Fold(c.Name)] {
			return InvalidFields(map[string]string{"choices": "The value " + c.Name + " stands there twice."})
		}
		seen[Fold(c.Name)] = true
	}
	switch {
	case len(f.Choices) == 0:
		return InvalidFields(map[string]string{"choices": "Give at least one value to choose, each on a line of its own."})
	case len(f.Choices) > MaxChoices:
		return InvalidFields(map[string]string{"choices": "A field has at most 500 values to choose from."})
	}
	return nil
}

// checkDefault: a required field without a default is well.
func (f *Field) checkDefault(zone *time.Location) error {
	if len(f.Default) == 0 {
		return nil
	}
	free := *f
	free.Required = false
	values, err := free.Check(f.Default, nil, zone)
	if err != nil {
		return InvalidFields(map[string]string{"default": Sentence(err)})
	}
	f.Default = ValueTexts(values)
	return nil
}

// Check returns the values that texts mean, as they are stored. Blank texts
// are none. before are the values that were there: what was chosen may stay
// chosen when it is disabled. An error is of kind Invalid with one sentence.
func (f *Field) Check(texts []string, before []FieldValue, zone *time.Location) ([]FieldValue, error) {
	if f.Kind == TextsField {
		texts = slices.Collect(strings.Lines(strings.Join(texts, "\n")))
	}
	var values []FieldValue
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(values) == MaxFieldValues {
			return nil, Errorf(Invalid, "Give at most %d values.", MaxFieldValues)
		}
		v, sentence := f.one(text, before, zone)
		if sentence != "" {
			return nil, Errorf(Invalid, "%s", sentence)
		}
		if v != (FieldValue{}) && !slices.Contains(values, v) { // a text of characters that no text has is none
			values = append(values, v)
		}
	}
	switch {
	case len(values) == 0 && f.Required:
		return nil, Errorf(Invalid, "%s is needed.", f.Name)
	case len(values) > 1 && !f.Kind.Multiple():
		return nil, Errorf(Invalid, "%s takes one value.", f.Name)
	}
	if f.Kind == SeveralField {
		slices.SortFunc(values, func(a, b FieldValue) int { return f.order(a) - f.order(b) })
	}
	return values, nil
}

// order is where a value stands among the choices.
func (f *Field) order(v FieldValue) int {
	return slices.IndexFunc(f.Choices, func(c Choice) bool { return int64(c.ID) == v.Number })
}

// one reads a value and holds it against what the field asks of it.
func (f *Field) one(text string, before []FieldValue, zone *time.Location) (FieldValue, string) {
	if f.Kind.Chosen() {
		return f.chosen(text, before)
	}
	v, sentence := f.read(text, zone)
	if sentence != "" {
		return v, sentence
	}
	for _, end := range []struct {
		text string
		most bool
	}{{f.Lowest, false}, {f.Highest, true}} {
		limit, _ := f.read(end.text, zone)
		switch {
		case end.text == "":
		case !end.most && v.Number < limit.Number:
			return v, f.Name + " is at least " + end.text + "."
		case end.most && v.Number > limit.Number:
			return v, f.Name + " is at most " + end.text + "."
		}
	}
	if f.Pattern == "" {
		return v, ""
	}
	if fits, err := regexp.MatchString(f.Pattern, v.Text); err != nil || !fits {
		return v, cmp.Or(f.Hint, f.Name+" must fit the pattern "+f.Pattern+".")
	}
	return v, ""
}

func (f *Field) chosen(text string, before []FieldValue) (FieldValue, string) {
	for _, c := range f.Choices {
		if Fold(c.Name) != Fold(text) {
			continue
		}
		v := FieldValue{c.Name, int64(c.ID)}
		if c.Disabled && !slices.ContainsFunc(before, func(b FieldValue) bool { return b.Number == v.Number }) {
			break
		}
		return v, ""
	}
	return FieldValue{}, f.Name + " has no value " + strconv.Quote(short(text)) + "; choose one of those offered."
}

// short is the beginning of what somebody typed.
func short(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
