package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Parse reads a query. now is the moment by which "2 days ago" is meant, in the
// time zone in which days begin. The error is an *Error.
func Parse(text string, now time.Time) (*Expr, error) {
	if len(text) > MaxLength {
		return nil, &Error{At: 1, What: fmt.Sprintf("it is longer than %d bytes; make it shorter", MaxLength)}
	}
	p := &parser{lex: newLexer(text), now: now}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.t.kind == end {
		return &Expr{Op: And}, nil
	}
	e, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.t.kind != end {
		return nil, p.wrong("expected AND, OR or the end")
	}
	return e, nil
}

// A parser goes through a query once, one token ahead.
type parser struct {
	lex        lexer
	t          token
	now        time.Time
	depth      int
	conditions int
}

func (p *parser) advance() *Error {
	t, err := p.lex.next()
	p.t = t
	return err
}

// wrong is the error that the present token is none of what may stand here.
func (p *parser) wrong(what string) *Error {
	return &Error{At: p.t.at, Length: utf8.RuneCountInString(p.t.raw), Found: short(p.t.raw), What: what}
}

// short cuts what an error quotes.
func short(text string) string {
	if utf8.RuneCountInString(text) > 40 {
		return string([]rune(text)[:40]) + "…"
	}
	return text
}

func (p *parser) or() (*Expr, *Error) { return p.joined("OR", Or, p.and) }

func (p *parser) and() (*Expr, *Error) { return p.joined("AND", And, p.single) }

// joined reads parts with a word between them.
func (p *parser) joined(between string, op Op, part func() (*Expr, *Error)) (*Expr, *Error) {
	first, err := part()
	if err != nil || !p.t.is(between) {
		return first, err
	}
	e := &Expr{Op: op, Parts: []Expr{*first}}
	for p.t.is(between) {
		if err := p.advance(); err != nil {
			return nil, err
		}
		next, err := part()
		if err != nil {
			return nil, err
		}
		e.Parts = append(e.Parts, *next)
	}
	return e, nil
}

// single reads a condition, a bracket, or NOT with either.
func (p *parser) single() (*Expr, *Error) {
	switch {
	case p.t.is("NOT"):
		return p.deeper(func() (*Expr, *Error) {
			e, err := p.single()
			if err != nil {
				return nil, err
			}
			return &Expr{Op: Not, Parts: []Expr{*e}}, nil
		})
	case p.t.is("("):
		return p.deeper(func() (*Expr, *Error) {
			e, err := p.or()
			if err != nil {
				return nil, err
			}
			if !p.t.is(")") {
				return nil, p.wrong("expected AND, OR or a closing bracket")
			}
			return e, p.advance()
		})
	}
	if p.conditions++; p.conditions > MaxConditions {
		return nil, p.wrong(fmt.Sprintf("there are more than %d conditions; make it simpler", MaxConditions))
	}
	c, err := p.condition()
	return &Expr{Cond: c}, err
}

// deeper passes NOT or a bracket and reads what follows.
func (p *parser) deeper(inner func() (*Expr, *Error)) (*Expr, *Error) {
	if p.depth++; p.depth > MaxDepth {
		return nil, p.wrong(fmt.Sprintf("more than %d brackets or NOTs are inside each other; make it simpler", MaxDepth))
	}
	defer func() { p.depth-- }()
	if err := p.advance(); err != nil {
		return nil, err
	}
	return inner()
}

func (p *parser) condition() (*Cond, *Error) {
	c, err := p.field()
	if err != nil {
		return nil, err
	}
	list, err := p.comparison(c)
	switch {
	case err != nil:
		return nil, err
	case c.How == Null:
		return c, nil
	case list:
		return c, p.list(c)
	}
	return c, p.value(c)
}

// field reads the name of a field with what of it is compared.
func (p *parser) field() (*Cond, *Error) {
	if p.t.kind != word && p.t.kind != quoted {
		return nil, p.wrong("expected a field, as Status or Requestor.EmailAddress, a bracket or NOT")
	}
	c := &Cond{At: p.t.at}
	base, rest, _ := strings.Cut(p.t.text, ".")
	var err *Error
	switch strings.ToLower(base) {
	case "cf", "customfield", "customfieldvalue":
		c.Field = Field{Name: p.t.text, Kind: CustomKind}
		err = p.customField(c, rest)
	case "customrole":
		c.Field = Field{Name: p.t.text, Kind: WatcherKind}
		err = p.customRole(c, rest)
	default:
		err = p.ownField(c, base, rest)
	}
	if err != nil {
		return nil, err
	}
	return c, p.advance()
}

func (p *parser) ownField(c *Cond, base, sub string) *Error {
	f, ok := fieldNamed(base)
	if !ok {
		err := p.wrong(fmt.Sprintf("there is no field %s", short(base)))
		err.Meant = nearest(base, fieldNames())
		return err
	}
	c.Field = f
	return p.sub(c, sub)
}

// sub notes what of a user or customer is compared.
func (p *parser) sub(c *Cond, sub string) *Error {
	if sub == "" {
		return nil
	}
	subs := c.Field.Kind.subs()
	c.Sub = strings.ToLower(sub)
	if slices.Contains(subs, c.Sub) {
		return nil
	}
	if subs == nil {
		return p.wrong(fmt.Sprintf("%s has no parts; expected a comparison after it", c.Field.Name))
	}
	err := p.wrong(fmt.Sprintf("%s has no %s; expected %s", c.Field.Name, short(sub), joinedByOr(subNames(subs))))
	return err
}

func subNames(subs []string) []string {
	written := map[string]string{"emailaddress": "EmailAddress", "name": "Name", "realname": "RealName", "id": "id", "key": "Key"}
	names := make([]string, len(subs))
	for i, sub := range subs {
		names[i] = written[sub]
	}
	return names
}

func joinedByOr(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}

// customField reads {Name}, Name, Queue.{Name} and the same with .Content.
func (p *parser) customField(c *Cond, rest string) *Error {
	rest = strings.TrimSuffix(rest, ".Content")
	if open := strings.Index(rest, "{"); open >= 0 && strings.HasSuffix(rest, "}") {
		c.Place = strings.TrimSuffix(rest[:open], ".")
		rest = rest[open+1 : len(rest)-1]
	}
	if c.Name = strings.TrimSpace(rest); c.Name == "" {
		return p.wrong("expected the name of a custom field in braces, as CF.{Building}")
	}
	return nil
}

// customRole reads {Name} and {Name}.EmailAddress.
func (p *parser) customRole(c *Cond, rest string) *Error {
	closing := strings.LastIndex(rest, "}")
	if !strings.HasPrefix(rest, "{") || closing < 2 {
		return p.wrong("expected the name of a role in braces, as CustomRole.{Engineer}")
	}
	c.Name = strings.TrimSpace(rest[1:closing])
	return p.sub(c, strings.TrimPrefix(rest[closing+1:], "."))
}

// comparison reads how the field is compared, and whether with a list.
func (p *parser) comparison(c *Cond) (list bool, err *Error) {
	start := p.t
	if p.t.is("SHALLOW") {
		if c.Field.Kind != WatcherKind {
			return false, p.wrong("SHALLOW is for people: Requestor, Cc, AdminCc, Watcher and roles of one's own")
		}
		c.Shallow = true
		if err := p.advance(); err != nil {
			return false, err
		}
	}
	if p.t.is("NOT") {
		c.Negated = true
		if err := p.advance(); err != nil {
			return false, err
		}
	}
	signs := map[string]How{"=": Equal, "!=": Equal, "<>": Equal, "<": Less, "<=": AtMost, ">": More, ">=": AtLeast,
		"LIKE": Like, "MATCHES": Like, "STARTSWITH": Starts, "ENDSWITH": Ends, "IN": Equal, "IS": Null}
	how, ok := signs[strings.ToUpper(p.t.text)]
	if !ok || p.t.kind == quoted || c.Negated && (p.t.kind == sign || how == Null) {
		return false, p.wrongComparison(c, p.t)
	}
	list = p.t.is("IN")
	c.How, c.Negated = how, c.Negated || p.t.is("!=") || p.t.is("<>")
	if !slices.Contains(c.Field.Kind.hows(), how) {
		return false, p.wrongComparison(c, start)
	}
	if err := p.advance(); err != nil || how != Null {
		return list, err
	}
	return false, p.null(c)
}

func (p *parser) wrongComparison(c *Cond, at token) *Error {
	p.t = at
	names := c.Field.Kind.HowNames()
	err := p.wrong(fmt.Sprintf("%s cannot be compared in this way; expected %s", c.Field.Name, joinedByOr(names)))
	if at.kind == end {
		err.What = fmt.Sprintf("expected a comparison after %s: %s", c.Field.Name, joinedByOr(names))
	}
	if at.kind == word {
		err.Meant = nearest(at.text, names)
	}
	return err
}

// null reads what follows IS.
func (p *parser) null(c *Cond) *Error {
	if p.t.is("NOT") {
		c.Negated = true
		if err := p.advance(); err != nil {
			return err
		}
	}
	if !strings.EqualFold(p.t.text, "NULL") || p.t.kind == sign {
		return p.wrong("expected NULL or NOT NULL after IS")
	}
	return p.advance()
}

// list reads the values in brackets.
func (p *parser) list(c *Cond) *Error {
	if !p.t.is("(") {
		return p.wrong("expected a list in brackets, as ('new', 'open')")
	}
	for first := true; first || p.t.is(","); first = false {
		if err := p.advance(); err != nil {
			return err
		}
		if len(c.Values) == MaxValues {
			return p.wrong(fmt.Sprintf("the list has more than %d values", MaxValues))
		}
		if err := p.value(c); err != nil {
			return err
		}
	}
	if !p.t.is(")") {
		return p.wrong("expected a comma or a closing bracket")
	}
	return p.advance()
}

// value reads one value and checks it against the kind of the field.
func (p *parser) value(c *Cond) *Error {
	if p.t.kind != word && p.t.kind != quoted {
		return p.wrong("expected a value, as 'open' or 3")
	}
	if p.t.kind == word && (p.t.is("AND") || p.t.is("OR")) {
		return p.wrong("expected a value; put quotation marks round it if this is one")
	}
	if utf8.RuneCountInString(p.t.text) > MaxValue {
		return p.wrong(fmt.Sprintf("the value is longer than %d characters", MaxValue))
	}
	if p.t.is("NULL") && c.How == Equal && slices.Contains(c.Field.Kind.hows(), Null) {
		c.How = Null
		return p.advance()
	}
	v := Value{Text: p.t.text, At: p.t.at}
	if err := p.understand(c, &v); err != nil {
		return err
	}
	c.Values = append(c.Values, v)
	return p.advance()
}

// understand fills in what the value is besides its text.
func (p *parser) understand(c *Cond, v *Value) *Error {
	number, err := strconv.ParseInt(strings.TrimSpace(v.Text), 10, 64)
	v.Number, v.IsNumber = number, err == nil
	switch c.Field.Kind {
	case NumberKind, LinkKind:
		if !v.IsNumber {
			return p.wrong(fmt.Sprintf("%s is compared with a whole number", c.Field.Name))
		}
	case MinutesKind:
		minutes, ok := minutesOf(v.Text)
		if !ok {
			return p.wrong(fmt.Sprintf("%s is compared with minutes, as 90 or '2 hours'", c.Field.Name))
		}
		v.Number, v.IsNumber = minutes, true
	case TimeKind:
		return p.moment(c, v)
	}
	if strings.Count(v.Text, "%") > MaxWildcards && c.How >= Like && c.How <= Ends {
		return p.wrong(fmt.Sprintf("a pattern has at most %d signs %%", MaxWildcards))
	}
	return nil
}

func (p *parser) moment(c *Cond, v *Value) *Error {
	if f, ok := fieldNamed(p.t.text); ok && f.Kind == TimeKind && p.t.kind == word {
		if c.How != Less && c.How != More {
			return p.wrong(fmt.Sprintf("%s is compared with another field by < or > only", c.Field.Name))
		}
		v.Field = f
		return nil
	}
	if !v.moment(p.now) {
		return p.wrong(fmt.Sprintf("%s is compared with a time, as '2026-03-14', '2026-03-14 15:09', 'today', '2 days ago' or 'in 3 hours'", c.Field.Name))
	}
	return nil
}
