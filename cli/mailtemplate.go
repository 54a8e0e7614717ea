package cli

import (
	"fmt"
	"strings"

	"gatehouse/desk"
	"gatehouse/desk/template"
	"gatehouse/service"
)

type mailTemplate struct {
	List    templateList    `cmd:"" help:"List the letters of the desk, and where their templates come from."`
	Show    templateShow    `cmd:"" help:"Show the template of a letter."`
	Set     templateSet     `cmd:"" help:"Write a letter by a template of your own, from --text or standard input."`
	Reset   templateReset   `cmd:"" help:"Go back to what holds without a template of your own."`
	Preview templatePreview `cmd:"" help:"Show the letter that a template makes of a ticket. Nothing is sent."`
}

// templateAt says of which queue and language.
type templateAt struct {
	Queue    string `placeholder:"QUEUE" help:"Of this queue; without one, of every queue that has none of its own."`
	Language string `default:"en" placeholder:"CODE" help:"In this language: en, de, fr and so on."`
}

func (at templateAt) place(c *caller) (service.TemplatePlace, error) {
	to := service.TemplatePlace{Language: at.Language}
	if at.Queue == "" {
		return to, nil
	}
	q, err := c.svc.FindQueue(c.ctx, c.by, at.Queue)
	if err == nil {
		to.Queue = q.ID
	}
	return to, err
}

type templateLine struct {
	Name     string `json:"name"`
	Language string `json:"language"`
	From     string `json:"from"`
	Fault    string `json:"fault"`
	About    string `json:"about"`
}

// fromOf says where a template comes from.
func fromOf(t *service.LetterTemplate) string {
	switch {
	case t.Own:
		return "here"
	case t.Everywhere:
		return "every queue"
	case t.Shipped == "":
		return "none"
	}
	return "shipped"
}

type templateList struct{ templateAt }

// Run lists the templates.
func (cmd *templateList) Run(c *caller) error {
	at, err := cmd.place(c)
	if err != nil {
		return err
	}
	list, err := c.svc.LetterTemplates(c.ctx, c.by, at)
	if err != nil {
		return err
	}
	about := map[string]string{}
	for _, l := range template.Letters() {
		about[l.Name] = l.Help
	}
	return printList(c.app, mapped(list, func(t *service.LetterTemplate) templateLine {
		return templateLine{t.Name, t.Language, fromOf(t), t.Fault, about[t.Name]}
	}))
}

type templateShown struct {
	Name     string `json:"name"`
	Queue    string `json:"queue"`
	Language string `json:"language"`
	From     string `json:"from"`
	Fault    string `json:"fault"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
}

type templateShow struct {
	Letter string `arg:"" help:"Name of the letter."`
	templateAt
}

// Run shows one template.
func (cmd *templateShow) Run(c *caller) error {
	at, err := cmd.place(c)
	if err != nil {
		return err
	}
	t, err := c.svc.LetterTemplate(c.ctx, c.by, cmd.Letter, at)
	if err != nil {
		return err
	}
	show := templateShown{t.Name, cmd.Queue, t.Language, fromOf(t), t.Fault, t.Subject, t.Text}
	if c.json {
		return printJSON(c.p.Out, show)
	}
	show.Text = ""
	if err := printThing(c.app, show); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.p.Out, "\n%s\n", strings.TrimRight(cleanText(t.Text), "\n"))
	return err
}

type templateSet struct {
	Letter  string `arg:"" help:"Name of the letter."`
	Subject string `placeholder:"TEXT" help:"The subject, without the tag; empty: as the desk writes it."`
	Text    string `placeholder:"TEXT" help:"The template; without it, standard input is read."`
	templateAt
}

// Run stores the template.
func (cmd *templateSet) Run(c *caller) error {
	at, err := cmd.place(c)
	if err != nil {
		return err
	}
	text, err := c.readText(cmd.Text, template.MaxSize)
	if err != nil {
		return err
	}
	if err := c.svc.SaveLetterTemplate(c.ctx, c.by, desk.LetterTemplate{Name: cmd.Letter, Queue: at.Queue, Language: at.Language, Subject: cmd.Subject, Text: text}); err != nil {
		return err
	}
	return c.done(0, "The letter %s is written by this template.", cmd.Letter)
}

type templateReset struct {
	Letter string `arg:"" help:"Name of the letter."`
	templateAt
}

// Run forgets the template.
func (cmd *templateReset) Run(c *caller) error {
	at, err := cmd.place(c)
	if err != nil {
		return err
	}
	if err := c.svc.ResetLetterTemplate(c.ctx, c.by, cmd.Letter, at); err != nil {
		return err
	}
	return c.done(0, "The letter %s is written as it was before.", cmd.Letter)
}

type templatePreview struct {
	Letter   string `arg:"" help:"Name of the letter."`
	Ticket   int64  `required:"" placeholder:"NUMBER" help:"The ticket of which it tells."`
	Customer bool   `help:"As the ticket's requestor gets it."`
	templateAt
}

// Run shows the letter.
func (cmd *templatePreview) Run(c *caller) error {
	at, err := cmd.place(c)
	if err != nil {
		return err
	}
	t, err := c.svc.LetterTemplate(c.ctx, c.by, cmd.Letter, at)
	if err != nil {
		return err
	}
	letter, err := c.svc.PreviewLetter(c.ctx, c.by, t.LetterTemplate, desk.TicketID(cmd.Ticket), cmd.Customer)
	if err != nil {
		return err
	}
	if c.json {
		return printJSON(c.p.Out, previewShown{letter.Subject, letter.Text})
	}
	_, err = fmt.Fprintf(c.p.Out, "%s\n\n%s\n", cleanText(letter.Subject), strings.TrimRight(cleanText(letter.Text), "\n"))
	return err
}

type previewShown struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
}
