package condition

import (
	"time"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// A Need is what must be so for a condition to hold: where it is not, the
// condition is false, whatever else it asks. It is a comparison of a name with
// values, or all or one of others; the zero Need is met by everything.
type Need struct {
	All, One []Need

	Name string // of Names; empty: no comparison
	// How is "==", "!=", "<", "<=", ">" or ">=". Of several values a name is one by
	// "==", and none by "!=".
	How    string
	Values []any // as in Facts, at least one; several only of "==" and "!="
}

// Zero reports whether everything meets it.
func (n *Need) Zero() bool { return n.Name == "" && len(n.All) == 0 && len(n.One) == 0 }

// Needs returns what must be so for the condition to hold at a moment: as much
// of it as compares names with texts, numbers, lengths and moments.
func (c *Condition) Needs(now time.Time) Need {
	if c.tree == nil {
		return Need{}
	}
	r := &reader{names: c.tree.ReferenceMap(), now: now}
	return r.need(c.tree.Expr())
}

// A reader reads needs from the tree of a condition.
type reader struct {
	names map[int64]*ast.ReferenceInfo
	now   time.Time
}

func (r *reader) need(e ast.Expr) Need {
	if e.Kind() != ast.CallKind {
		return Need{}
	}
	call := e.AsCall()
	args := call.Args()
	switch call.FunctionName() {
	case operators.LogicalAnd:
		return allOf(r.need(args[0]), r.need(args[1]))
	case operators.LogicalOr:
		return oneOf(r.need(args[0]), r.need(args[1]))
	case operators.LogicalNot:
		n := r.need(args[0])
		if n.Name == "" || joined(args[0]) {
			return Need{} // of what is needed besides other things, the contrary is not
		}
		n.How = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[n.How]
		return n
	case operators.In:
		return r.among(args[0], args[1])
	}
	return r.compared(call.FunctionName(), args)
}

// joined reports whether an expression is several, of which only some may have
// been understood.
func joined(e ast.Expr) bool {
	function := e.AsCall().FunctionName()
	return function == operators.LogicalAnd || function == operators.LogicalOr
}

func allOf(a, b Need) Need {
	switch {
	case a.Zero():
		return b
	case b.Zero():
		return a
	}
	return Need{All: []Need{a, b}}
}

func oneOf(a, b Need) Need {
	if a.Zero() || b.Zero() {
		return Need{}
	}
	return Need{One: []Need{a, b}}
}

// among reads a name that is one of some texts or numbers.
func (r *reader) among(e, list ast.Expr) Need {
	name := r.name(e)
	if name == "" || list.Kind() != ast.ListKind || list.AsList().Size() == 0 {
		return Need{}
	}
	n := Need{Name: name, How: "=="}
	for _, element := range list.AsList().Elements() {
		value, ok := r.value(element)
		if !ok {
			return Need{}
		}
		n.Values = append(n.Values, value)
	}
	return n
}

// turned is a comparison whose sides change places.
func turned(how string) string {
	if other := map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[how]; other != "" {
		return other
	}
	return how
}

// compared reads a comparison of a name, or of how far a moment is from now, with
// a value.
func (r *reader) compared(function string, args []ast.Expr) Need {
	how := map[string]string{operators.Equals: "==", operators.NotEquals: "!=", operators.Less: "<", operators.LessEquals: "<=",
		operators.Greater: ">", operators.GreaterEquals: ">="}[function]
	if how == "" {
		return Need{}
	}
	for range 2 {
		if value, ok := r.value(args[1]); ok {
			if n, ok := r.against(args[0], how, value); ok {
				return n
			}
		}
		args, how = []ast.Expr{args[1], args[0]}, turned(how)
	}
	return Need{}
}

// against is a name or a distance beside a value.
func (r *reader) against(e ast.Expr, how string, value any) (Need, bool) {
	if name := r.name(e); name != "" {
		return Need{Name: name, How: how, Values: []any{value}}, true
	}
	far, ok := value.(time.Duration)
	if !ok || e.Kind() != ast.CallKind || e.AsCall().FunctionName() != operators.Subtract {
		return Need{}, false
	}
	from, to := e.AsCall().Args()[0], e.AsCall().Args()[1]
	switch {
	case r.name(from) == "now" && always(r.name(to)):
		return Need{Name: r.name(to), How: turned(how), Values: []any{r.now.Add(-far)}}, true
	case r.name(to) == "now" && always(r.name(from)):
		return Need{Name: r.name(from), How: how, Values: []any{r.now.Add(far)}}, true
	}
	return Need{}, false
}

// always reports whether a moment is set of every ticket. How far from now one is
// that is not set, nobody can say: a condition that asks fails.
func always(name string) bool { return name == "ticket.created" || name == "ticket.updated" }

// name is the name that an expression asks for; empty: it is none.
func (r *reader) name(e ast.Expr) string {
	if known := r.names[e.ID()]; known != nil && (e.Kind() == ast.IdentKind || e.Kind() == ast.SelectKind) {
		return known.Name
	}
	return ""
}

// value is what an expression is that asks nothing of a ticket.
func (r *reader) value(e ast.Expr) (any, bool) {
	switch {
	case e.Kind() == ast.LiteralKind:
		return plain(e.AsLiteral())
	case r.name(e) == "now":
		return r.now, true
	case e.Kind() != ast.CallKind:
		return nil, false
	}
	call := e.AsCall()
	args := call.Args()
	switch {
	case call.IsMemberFunction():
		return nil, false
	case len(args) == 1 && args[0].Kind() == ast.LiteralKind:
		return made(call.FunctionName(), args[0].AsLiteral())
	case len(args) != 2:
		return nil, false
	}
	from, okFrom := r.value(args[0])
	by, okBy := r.value(args[1])
	at, isTime := from.(time.Time)
	far, isLong := by.(time.Duration)
	if !okFrom || !okBy || !isTime || !isLong {
		return nil, false
	}
	switch call.FunctionName() {
	case operators.Add:
		return at.Add(far), true
	case operators.Subtract:
		return at.Add(-far), true
	}
	return nil, false
}

// made is a length or a moment that is made of a text.
func made(function string, of ref.Val) (any, bool) {
	text, ok := of.(types.String)
	if !ok {
		return nil, false
	}
	switch function {
	case "duration":
		return plain(text.ConvertToType(types.DurationType))
	case "timestamp":
		return plain(text.ConvertToType(types.TimestampType))
	}
	return nil, false
}

func plain(v ref.Val) (any, bool) {
	switch v := v.(type) {
	case types.String:
		return string(v), true
	case types.Int:
		return int64(v), true
	case types.Duration:
		return v.Duration, true
	case types.Timestamp:
		return v.Time, true
	}
	return nil, false
}
