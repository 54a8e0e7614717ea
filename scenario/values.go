package scenario

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// entry reads the arguments that a form takes; the keys in besides belong to
// whoever called.
func (r *reader) entry(n *yaml.Node, what string, form []arg, besides ...string) Entry {
	e := Entry{Line: n.Line, args: map[string]Value{}}
	for _, p := range r.pairs(n, what) {
		if slices.Contains(besides, p.key.Value) {
			continue
		}
		i := slices.IndexFunc(form, func(a arg) bool { return slices.Contains(a.names, p.key.Value) })
		if i < 0 {
			r.unknown(p.key, "argument of "+what, argNames(form))
			continue
		}
		e.args[p.key.Value] = r.value(p.key.Value, form[i].kind, p.value)
	}
	for _, a := range form {
		given := slices.DeleteFunc(slices.Clone(a.names), func(name string) bool { return !e.has(name) })
		switch {
		case len(given) > 1:
			r.fault(n, "%s takes only one of %s", what, strings.Join(a.names, ", "))
		case len(given) == 0 && !a.optional:
			r.fault(n, "%s needs %s", what, strings.Join(a.names, " or "))
		}
	}
	return e
}

func argNames(form []arg) []string {
	var names []string
	for _, a := range form {
		names = append(names, a.names...)
	}
	return names
}

// value reads an argument of a kind.
func (r *reader) value(name string, k kind, n *yaml.Node) Value {
	v := Value{Line: n.Line}
	switch k {
	case aFlag:
		v.Shape, v.Flag = AFlag, n.Value == "true"
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
			r.fault(n, "%s must be true or false", name)
		}
	case aRefs, aNames, aTexts:
		v.Shape, v.List = AList, r.texts(name, k, n)
	case aFlags:
		v.Shape, v.Flags = AMap, map[string]bool{}
		for _, p := range r.pairs(n, name) {
			v.Flags[p.key.Value] = r.value(p.key.Value, aFlag, p.value).Flag
		}
	case aRoles:
		v.Shape = AMap
		for _, p := range r.pairs(n, name) {
			v.Roles = append(v.Roles, Filled{p.key.Value, r.texts(name, aRefs, p.value)})
		}
	case aValue:
		v = r.anything(n)
	case anAsk:
		v = r.answer(n)
	default:
		v.Shape, v.Text = AText, n.Value
		r.checkText(name, k, n)
	}
	return v
}

// checkText checks a single text of a kind.
func (r *reader) checkText(name string, k kind, n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.fault(n, "%s must be a text", name)
		return
	}
	switch k {
	case aName:
	case aRef, aWho:
		_, _, ok := splitRef(n.Value)
		if !ok && !(k == aWho && isAddress(n.Value)) {
			r.fault(n, "%s must be a reference such as user:ann, not %q; there are %s", name, n.Value, strings.Join(refKinds(), ", "))
		}
	default:
		words := strings.Split(string(k), ",")
		if !slices.Contains(words, n.Value) || n.Tag != "!!str" {
			r.fault(n, "%s must be one of the texts %s, not %s", name, strings.Join(words, ", "), n.Value)
		}
	}
}

// texts reads a list of texts; one alone stands for a list of one.
func (r *reader) texts(name string, k kind, n *yaml.Node) []string {
	nodes := []*yaml.Node{n}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		nodes = r.items(n, name)
	}
	list := []string{}
	one := map[kind]kind{aRefs: aWho, aNames: aName, aTexts: aName}[k]
	for _, item := range nodes {
		r.checkText(name, one, item)
		list = append(list, item.Value)
	}
	return list
}

// anything reads the value of set_setting, whose kind follows from the name of
// the setting beside it; checkSetting reads it.
func (r *reader) anything(n *yaml.Node) Value { return Value{Line: n.Line, Shape: Nothing} }

// checkSetting reads the value of set_setting by the setting that it names.
func (r *reader) checkSetting(e *Entry, n *yaml.Node) {
	if e.Name != "set_setting" || !e.has("value") {
		return
	}
	for _, p := range r.pairs(n, e.Name) {
		k, ok := r.settings[e.text("name")]
		if p.key.Value == "value" && ok {
			e.args["value"] = r.settingValue(e.text("name"), k, p.value)
		}
	}
}

// answer reads what a question is expected to be answered.
func (r *reader) answer(n *yaml.Node) Value {
	v := Value{Line: n.Line}
	switch {
	case n.Kind == yaml.SequenceNode:
		v.Shape, v.List = AList, r.texts("expect", aTexts, n)
	case n.Kind != yaml.ScalarNode:
		r.fault(n, "expect must be true, false, a text, a list or null")
	case n.Tag == "!!bool":
		v.Shape, v.Flag = AFlag, n.Value == "true"
	case n.Tag == "!!null":
		v.Shape = ANull
	default:
		v.Shape, v.Text = AText, n.Value
	}
	return v
}

// checkQuestion checks what the form of a question does not say: what is
// expected must be what the question can be answered, a role needs the thing
// on which it is filled, and a query stands alone.
func (r *reader) checkQuestion(e *Entry, n *yaml.Node) {
	if e.Name == "" {
		return
	}
	want := answerShape(e)
	got := e.args["expect"].Shape
	if e.has("expect") && got != want && !(e.Name == "ticket_field" && got == ANull) {
		r.fault(n, "%s is answered by %s", e.Name, map[Shape]string{AFlag: "true or false", AList: "a list", AText: "a text"}[want])
	}
	role := e.has("role")
	if kind, _, _ := splitRef(e.text("who")); kind == "role" {
		role = true
	}
	if role != e.has("of") {
		r.fault(n, "%s takes a role and of together: the role, and the thing on which it is filled", e.Name)
	}
	if e.has("query") && (e.has("requestor") || e.has("customers") || e.has("text")) {
		r.fault(n, "%s takes either a query or filters", e.Name)
	}
}

func answerShape(e *Entry) Shape {
	switch e.Name {
	case "has_right", "known_right", "is_member", "can_see_queue", "user_exists", "login", "has_permission":
		return AFlag
	case "ticket_field":
		if field := e.text("field"); field != "requestors" && field != "customers" {
			return AText
		}
	}
	return AList
}
