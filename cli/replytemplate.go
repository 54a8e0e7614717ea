package cli

import (
	"fmt"

	"gatehouse/desk"
	"gatehouse/service"
)

type replyTemplateCommand struct {
	List    replyList    `cmd:"" help:"List the reply templates that one may use, or that fit a ticket."`
	Show    replyShow    `cmd:"" help:"Show the text of a reply template, or what it makes of a ticket."`
	Add     replyAdd     `cmd:"" help:"Make a reply template, from --text or standard input."`
	Set     replySet     `cmd:"" help:"Change a reply template."`
	Remove  replyRemove  `cmd:"" help:"Take a reply template away. It can be had back."`
	Restore replyRestore `cmd:"" help:"Have a reply template back that was taken away."`
}

type replyLine struct {
	ID       desk.ReplyTemplateID `json:"id"`
	Name     string               `json:"name"`
	Language string               `json:"language"`
	Of       string               `json:"of"`
	May      bool                 `json:"may_change"`
}

// ofReply says whose a reply template is.
func ofReply(t *service.ReplyTemplateLine) string {
	switch {
	case t.Owner != 0:
		return "me"
	case t.Group != 0:
		return "group:" + t.Of
	case t.Queue != 0:
		return "queue:" + t.Of
	}
	return "desk"
}

type replyList struct {
	Ticket int64 `placeholder:"NUMBER" help:"Only those for what is written on this ticket."`
}

// Run lists the templates.
func (cmd *replyList) Run(c *caller) error {
	list, err := c.svc.ReplyTemplates(c.ctx, c.by, desk.TicketID(cmd.Ticket))
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(t *service.ReplyTemplateLine) replyLine {
		return replyLine{t.ID, t.Name, t.Language, ofReply(t), t.May}
	}))
}

type replyID struct {
	ID int64 `arg:"" help:"Number of the template."`
}

func (r replyID) id() desk.ReplyTemplateID { return desk.ReplyTemplateID(r.ID) }

type replyShow struct {
	replyID
	Ticket int64 `placeholder:"NUMBER" help:"What it makes of this ticket."`
}

// Run prints the text.
func (cmd *replyShow) Run(c *caller) error {
	text := ""
	if cmd.Ticket != 0 {
		var err error
		if text, err = c.svc.FillReply(c.ctx, c.by, service.ReplyFill{Ticket: desk.TicketID(cmd.Ticket), Template: cmd.id()}); err != nil {
			return err
		}
	} else {
		t, err := c.svc.ReplyTemplate(c.ctx, c.by, cmd.id())
		if err != nil {
			return err
		}
		text = t.Text
	}
	if c.json {
		return printJSON(c.p.Out, map[string]string{"text": text})
	}
	_, err := fmt.Fprintln(c.p.Out, text)
	return err
}

type replyAdd struct {
	Name     string `arg:"" help:"What it is called."`
	Text     string `placeholder:"TEXT" help:"The text, with fields as {{contact.name}}; read from standard input unless given."`
	Language string `placeholder:"CODE" help:"Of the text, as en or de; any unless said."`
	Queue    string `xor:"of" placeholder:"QUEUE" help:"For who writes in this queue."`
	Group    string `xor:"of" placeholder:"GROUP" help:"For the members of this group."`
	Desk     bool   `xor:"of" help:"For everybody who writes. Without queue, group and desk it is for the user of --as, and of the desk without one."`
}

// Run makes it.
func (cmd *replyAdd) Run(c *caller) error {
	text, err := c.readText(cmd.Text, service.MaxText)
	if err != nil {
		return err
	}
	t := desk.ReplyTemplate{Name: cmd.Name, Language: cmd.Language, Text: text}
	switch {
	case cmd.Queue != "":
		q, err := c.queue(cmd.Queue)
		if err != nil {
			return err
		}
		t.Queue = q.ID
	case cmd.Group != "":
		g, err := c.group(cmd.Group)
		if err != nil {
			return err
		}
		t.Group = g.ID
	case !cmd.Desk && !c.by.IsSystem():
		t.Owner = c.by.User
	}
	id, err := c.svc.SaveReplyTemplate(c.ctx, c.by, t)
	if err != nil {
		return err
	}
	return c.done(int64(id), "The reply template %d is kept.", id)
}

type replySet struct {
	replyID
	Name     *string `placeholder:"NAME" help:"Another name."`
	Language *string `placeholder:"CODE" help:"Another language; empty: any."`
	Text     *string `placeholder:"TEXT" help:"Another text."`
}

// Run changes it.
func (cmd *replySet) Run(c *caller) error {
	t, err := c.svc.ReplyTemplate(c.ctx, c.by, cmd.id())
	if err != nil {
		return err
	}
	for _, part := range []struct {
		to   *string
		from *string
	}{{&t.Name, cmd.Name}, {&t.Language, cmd.Language}, {&t.Text, cmd.Text}} {
		if part.from != nil {
			*part.to = *part.from
		}
	}
	if _, err := c.svc.SaveReplyTemplate(c.ctx, c.by, t.ReplyTemplate); err != nil {
		return err
	}
	return c.done(cmd.ID, "The reply template %d is changed.", cmd.ID)
}

type replyRemove struct{ replyID }

// Run takes it away.
func (cmd *replyRemove) Run(c *caller) error {
	if err := c.svc.RemoveReplyTemplate(c.ctx, c.by, cmd.id(), false); err != nil {
		return err
	}
	return c.done(cmd.ID, "The reply template %d is taken away.", cmd.ID)
}

type replyRestore struct{ replyID }

// Run brings it back.
func (cmd *replyRestore) Run(c *caller) error {
	if err := c.svc.RemoveReplyTemplate(c.ctx, c.by, cmd.id(), true); err != nil {
		return err
	}
	return c.done(cmd.ID, "The reply template %d is back.", cmd.ID)
}
