package ascode

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/template"
	"gatehouse/service"
)

// rules makes rules as they shall be. One that is not wanted is switched off,
// with the record of what it did.
func (m *workMaker) rules(ctx context.Context) error {
	if m.want.Rules == nil {
		return nil
	}
	nameOf := func(r *workRule) string { return r.Name }
	have := all(m.have.Rules)
	for _, is := range all(m.want.Rules) {
		in := is.rule(m.have.rules[desk.Fold(is.Name)])
		read, err := m.in.CheckRule(ctx, m.by, in)
		if err != nil {
			return m.told("rule", is.Name, err)
		}
		var was any
		if had := find(have, is.Name, nameOf); had != nil {
			was = *had
		}
		if err := m.thing("rule", is.Name, was, ruleText(read), func() error {
			_, err := m.in.SaveRule(ctx, m.by, in)
			return err
		}); err != nil {
			return err
		}
	}
	for i := range have {
		r := &have[i]
		if find(all(m.want.Rules), r.Name, nameOf) == nil && !r.Disabled {
			m.gone("rule", r.Name, " is switched off", func() error { return m.in.SwitchRule(ctx, m.by, r.Name, false) })
		}
	}
	return nil
}

// templates makes templates of letters as they shall be; where one is not
// wanted, what ships is written again.
func (m *workMaker) templates(ctx context.Context) error {
	if m.want.Templates == nil {
		return nil
	}
	nameOf := func(t *workTemplate) string { return t.name() }
	for _, is := range all(m.want.Templates) {
		queue, err := m.queue(is.Queue)
		if err != nil {
			return m.told("template", is.name(), err)
		}
		is.Language, is.Subject = template.Base(is.Language), strings.TrimSpace(is.Subject)
		is.Text = strings.TrimRight(strings.ReplaceAll(is.Text, "\r\n", "\n"), " \n") + "\n" // as it is stored
		var was any
		if had := find(all(m.have.Templates), is.name(), nameOf); had != nil {
			was = *had
			is.Queue = had.Queue
		}
		if err := m.thing("template", is.name(), was, is, func() error {
			return m.in.SaveLetterTemplate(ctx, m.by, desk.LetterTemplate{Name: is.Letter, Queue: queue, Language: is.Language, Subject: is.Subject, Text: is.Text})
		}); err != nil {
			return err
		}
	}
	wanted := slices.Clone(all(m.want.Templates))
	for _, was := range all(m.have.Templates) {
		if find(wanted, was.name(), nameOf) != nil {
			continue
		}
		m.gone("template", was.name(), "", func() error {
			queue, err := m.queue(was.Queue)
			if err != nil {
				return err
			}
			return m.in.ResetLetterTemplate(ctx, m.by, was.Letter, service.TemplatePlace{Queue: queue, Language: was.Language})
		})
	}
	return nil
}
