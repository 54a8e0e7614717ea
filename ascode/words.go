package ascode

import (
	"fmt"
	"strings"

	"gatehouse/desk"
)

// steps are the differences in words, section by section.
func (p *plan) steps() []Step {
	var list []Step
	for _, d := range p.settings {
		list = append(list, Step{'~', fmt.Sprintf("setting %s: %s → %s", d.key, d.was, d.is)})
	}
	for _, d := range p.permissions {
		name := "permission " + p.either("permission:"+string(d.key))
		list = append(list, stepOf(d.sign(), name, d.was.words(), d.is.words()))
	}
	for _, d := range p.roles {
		list = append(list, stepOf(d.sign(), "role "+p.either("role:"+string(d.key)), p.roleWords(d.was), p.roleWords(d.is)))
	}
	for _, d := range p.groups {
		list = append(list, stepOf(d.sign(), p.refText(d.key), d.was.words(), d.is.words()))
	}
	for _, d := range p.members {
		list = append(list, stepOf(d.sign(), p.refText(d.key.group)+": member "+p.refText(d.key.who), d.was.words(), d.is.words()))
	}
	for _, d := range p.queues {
		list = append(list, stepOf(d.sign(), p.refText(d.key), p.queueWords(d.was), p.queueWords(d.is)))
	}
	for _, d := range p.watchers {
		list = append(list, stepOf(d.sign(), p.refText(d.key.on)+": "+p.either("role:"+string(d.key.role))+" "+p.refText(d.key.who), nil, nil))
	}
	for _, d := range p.grants {
		list = append(list, stepOf(d.sign(), p.grantText(d.key), untilWords(d.was), untilWords(d.is)))
	}
	return list
}

// stepOf writes what a thing becomes; of a changed thing what it was, too.
func stepOf(sign byte, name string, was, is []string) Step {
	switch sign {
	case '+':
		was = nil
	case '-':
		was, is = nil, nil
	}
	text := strings.Join(is, ", ")
	if sign == '~' {
		text = fmt.Sprintf("%s → %s", orNothing(was), orNothing(is))
	}
	if text != "" {
		name += ": " + text
	}
	return Step{sign, name}
}

func orNothing(words []string) string {
	if len(words) == 0 {
		return "as usual"
	}
	return strings.Join(words, ", ")
}

// either is how a thing is written on the desk, or else in the file.
func (p *plan) either(key string) string {
	if text, ok := p.have.texts[key]; ok {
		return text
	}
	return p.want.texts[key]
}

func (p *plan) refText(r ref) string {
	if r == "system" {
		return "the whole desk"
	}
	return p.either(string(r))
}

func flagWords(disabled bool) []string {
	if disabled {
		return []string{"disabled"}
	}
	return nil
}

func (v permission) words() []string {
	return append(flagWords(v.disabled), "agents "+setText(v.agents), "contacts "+setText(v.contacts))
}

func setText(set desk.RightSet) string { return "[" + strings.Join(set.Names(), " ") + "]" }

func (p *plan) roleWords(v role) []string {
	words := flagWords(v.disabled)
	if v.single {
		words = append(words, "one user")
	}
	if v.everywhere {
		words = append(words, "everywhere")
	}
	for _, q := range split(v.queues) {
		words = append(words, p.refText(ref(q)))
	}
	return words
}

func (v group) words() []string {
	words := flagWords(v.disabled)
	if v.description != "" {
		words = append(words, fmt.Sprintf("%q", v.description))
	}
	return words
}

func (v membership) words() []string {
	var words []string
	if v.part != desk.PartNone {
		words = append(words, v.part.String())
	}
	if v.primary {
		words = append(words, "primary")
	}
	if v.from != 0 {
		words = append(words, "from "+v.from.String())
	}
	return append(words, untilWords(v.until)...)
}

func untilWords(day desk.Day) []string {
	if day == 0 {
		return nil
	}
	return []string{"until " + day.String()}
}

func (p *plan) queueWords(v queue) []string {
	words := flagWords(v.disabled)
	if v.guard != "" {
		words = append(words, "guarded by "+p.refText(v.guard))
	}
	return words
}

func (p *plan) grantText(g grant) string {
	what := p.either("permission:" + g.what)
	if r, ok := desk.ParseRight(g.what); ok {
		what = r.String()
	}
	text := fmt.Sprintf("grant %s: %s on %s", p.refText(g.who), what, p.refText(g.where))
	var as []string
	for _, r := range split(g.as) {
		as = append(as, p.either("role:"+r))
	}
	if len(as) > 0 {
		text += " as " + strings.Join(as, ", ")
	}
	return text
}
