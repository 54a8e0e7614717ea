package cli

import (
	"strings"
	"time"

	"gatehouse/desk"
)

// mailPolicy shows what letters may do in a queue, or everywhere, and changes
// what is given.
type mailPolicy struct {
	Queue         string    `arg:"" optional:"" placeholder:"QUEUE" help:"The queue; without one, what holds in queues that say nothing of their own."`
	Unproven      *string   `placeholder:"WHAT" help:"Letters whose sender is not proven: accept, mark, hold or refuse."`
	FollowUpAfter *int      `placeholder:"DAYS" help:"Answers to tickets closed so many days ago open a new one; 0: never, -1: always."`
	AcceptSpam    *bool     `negatable:"" help:"Take what a filter in front calls spam."`
	Allow         *[]string `placeholder:"ADDRESS" help:"Addresses and domains (@example.org) always taken, all at once."`
	Block         *[]string `placeholder:"ADDRESS" help:"Addresses and domains never taken, all at once."`
	Language      *string   `placeholder:"CODE" help:"Language of letters to people who have chosen none; empty: the desk's."`
	History       *string   `placeholder:"WHAT" help:"What of the conversation follows a reply: none, last or whole."`
	Together      *string   `placeholder:"WHO" help:"Who else is named in a letter: none, known (who has the same to see and may know each other) or all."`
	Files         *int      `placeholder:"MB" help:"Files of a letter up to so much go with it, others are linked; 0: 10, -1: none go."`
	Plain         *bool     `negatable:"" help:"Letters are text only, without HTML beside it."`
	PerHour       *int      `placeholder:"N" help:"More letters of one sender in an hour are held; 0: none are."`
	Inherit       bool      `help:"Forget the rules of this queue: those without rules of their own hold."`
}

// Run changes the policy if anything is given, and shows it.
func (cmd *mailPolicy) Run(c *caller) error {
	var queue desk.QueueID
	if cmd.Queue != "" {
		q, err := c.svc.FindQueue(c.ctx, c.by, cmd.Queue)
		if err != nil {
			return err
		}
		queue = q.ID
	}
	p, err := c.svc.MailPolicy(c.ctx, c.by, queue)
	if err != nil {
		return err
	}
	if cmd.change(&p) {
		if err := c.svc.SetMailPolicy(c.ctx, c.by, queue, p); err != nil {
			return err
		}
	}
	if p, err = c.svc.MailPolicy(c.ctx, c.by, queue); err != nil {
		return err
	}
	return printThing(c.app, mailPolicyShow{cmd.Queue, p.Inherited, string(p.Unproven), p.FollowUpAfter, p.AcceptSpam, listed(p.Allow), listed(p.Block),
		p.Language, string(p.History), string(p.Together), p.Files, p.Plain, p.PerHour})
}

func (cmd *mailPolicy) change(p *desk.MailPolicy) bool {
	if cmd.Unproven != nil {
		p.Unproven = desk.MailTrust(*cmd.Unproven)
	}
	if cmd.FollowUpAfter != nil {
		p.FollowUpAfter = *cmd.FollowUpAfter
	}
	if cmd.AcceptSpam != nil {
		p.AcceptSpam = *cmd.AcceptSpam
	}
	if cmd.Allow != nil {
		p.Allow = *cmd.Allow
	}
	if cmd.Block != nil {
		p.Block = *cmd.Block
	}
	setIf(&p.Language, cmd.Language)
	setIf(&p.Files, cmd.Files)
	setIf(&p.Plain, cmd.Plain)
	setIf(&p.PerHour, cmd.PerHour)
	if cmd.History != nil {
		p.History = desk.History(strings.TrimPrefix(*cmd.History, "none"))
	}
	if cmd.Together != nil {
		p.Together = desk.Together(strings.TrimPrefix(*cmd.Together, "none"))
	}
	p.Inherited = cmd.Inherit
	return cmd.Inherit || cmd.History != nil || cmd.Together != nil || cmd.Files != nil || cmd.Plain != nil || cmd.PerHour != nil || cmd.Unproven != nil || cmd.FollowUpAfter != nil || cmd.AcceptSpam != nil || cmd.Allow != nil || cmd.Block != nil || cmd.Language != nil
}

type postPaused struct{}

// Run lists the paused addresses.
func (cmd *postPaused) Run(c *caller) error {
	list, err := c.svc.PausedAddresses(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(b *desk.BouncedAddress) pausedLine { return pausedLine{b.Address, b.Count, b.At, b.Reason} }))
}

type postResume struct {
	Address string `arg:"" help:"The address."`
}

// Run has letters sent to the address again.
func (cmd *postResume) Run(c *caller) error {
	if err := c.svc.ResumeAddress(c.ctx, c.by, cmd.Address); err != nil {
		return err
	}
	return c.done(0, "Letters go to %s again.", cmd.Address)
}

type mailPolicyShow struct {
	Queue         string   `json:"queue"`
	Inherited     bool     `json:"inherited"`
	Unproven      string   `json:"unproven"`
	FollowUpAfter int      `json:"follow_up_after"`
	AcceptSpam    bool     `json:"accept_spam"`
	Allow         []string `json:"allow"`
	Block         []string `json:"block"`
	Language      string   `json:"language"`
	History       string   `json:"history"`
	Together      string   `json:"together"`
	Files         int      `json:"files"`
	Plain         bool     `json:"plain"`
	PerHour       int      `json:"per_hour"`
}

type pausedLine struct {
	Address string    `json:"address"`
	Count   int       `json:"count"`
	At      time.Time `json:"at"`
	Reason  string    `json:"reason"`
}
