package cli

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"gatehouse/config"
	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/out"
	"gatehouse/service"
)

type mailCommand struct {
	Account  mailAccount  `cmd:"" help:"Mailboxes elsewhere that are fetched by IMAP."`
	Policy   mailPolicy   `cmd:"" help:"Show or change what letters may do in a queue."`
	Relay    mailRelay    `cmd:"" help:"Mail servers that take the desk's letters."`
	Template mailTemplate `cmd:"" help:"The wording of the desk's own letters."`
	Deliver  mailDeliver  `cmd:"" help:"Take one letter from standard input, for a pipe from a mail server. It is stored before the command ends, and looked at by serve or by post run."`
}

type mailDeliver struct {
	Queue     string `placeholder:"QUEUE" help:"Queue that the letter is for; by its recipient unless given."`
	Action    string `enum:"correspond,comment" default:"correspond" help:"correspond (opens a ticket or replies) or comment."`
	Recipient string `placeholder:"ADDRESS" help:"Address that the letter was delivered to."`
	Sender    string `placeholder:"ADDRESS" help:"Sender of the envelope."`
}

// Run stores the letter. What is only temporary, a fault of the program
// included, ends with the code that makes a mail server keep the letter.
func (cmd *mailDeliver) Run(a *app) error {
	if cmd.Queue == "" && cmd.Recipient == "" {
		return &failure{exitUsage, errors.New("say where the letter goes by --queue or --recipient")}
	}
	c, err := a.caller()
	if err != nil {
		return tryAgain(err)
	}
	id, err := in.Deliver(c.ctx, c.svc, desk.Envelope{
		From: cmd.Sender, Recipient: cmd.Recipient, Queue: cmd.Queue, Action: desk.MailAction(cmd.Action), Via: "pipe",
	}, c.p.In)
	if err != nil {
		return tryAgain(err)
	}
	return c.done(int64(id), "The letter is stored as number %d.", id)
}

// tryAgain makes every error temporary but for those that say that the letter
// itself, or where it should go, is wrong.
func tryAgain(err error) error {
	switch desk.KindOf(err) {
	case desk.Invalid, desk.NotFound, desk.TooLarge, desk.Forbidden:
		return err
	}
	return &failure{exitTryAgain, err}
}

type postCommand struct {
	Count  postCount  `cmd:"" help:"Count letters that came in and that go out, and jobs that wait."`
	In     postIn     `cmd:"" help:"List letters that came in, newest first."`
	Out    postOut    `cmd:"" help:"List letters that go out, newest first."`
	Show   postShow   `cmd:"" help:"Show a letter that goes out."`
	Run    postRun    `cmd:"" name:"run" help:"Do what waits and end: look at letters that came in, write and send letters. While serve runs, it does this."`
	Why    postWhy    `cmd:"" help:"Show what was decided about a letter that came in, step by step."`
	Ticket postTicket `cmd:"" help:"Make a letter a ticket that was refused, held, parked or called junk."`
	Retry  postRetry  `cmd:"" help:"Try a letter that goes out again, now; one that was sent is sent once more."`
	Reread postReread `cmd:"" help:"Look at a letter again that was refused, parked, held or called junk; what held it is not asked again."`
	Paused postPaused `cmd:"" help:"List addresses to which nothing is sent because letters came back."`
	Resume postResume `cmd:"" help:"Send letters to an address again."`
}

type postCount struct{}

// Run prints the counts.
func (cmd *postCount) Run(c *caller) error {
	counts, err := c.svc.PostCounts(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printThing(c.app, postCountsOf(counts))
}

type postIn struct {
	State string `enum:",waiting,done,refused,parked,held,junk" default:"" placeholder:"STATE" help:"Only these: waiting, done, refused, parked, held or junk."`
	Limit int    `default:"50" placeholder:"NUMBER" help:"How many at most."`
}

// Run lists the newest letters that came in.
func (cmd *postIn) Run(c *caller) error {
	list, _, err := c.svc.SpoolList(c.ctx, c.by, service.SpoolFilter{State: desk.SpoolState(cmd.State), Limit: cmd.Limit})
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(s *desk.Spooled) spoolLine { return spoolLineOf(*s) }))
}

type postOut struct {
	State  string `enum:",waiting,sent,collected,dropped,failed" default:"" placeholder:"STATE" help:"Only these: waiting, sent, collected (for a digest), dropped or failed."`
	Ticket int64  `placeholder:"NUMBER" help:"Only of this ticket."`
	Limit  int    `default:"50" placeholder:"NUMBER" help:"How many at most."`
}

// Run lists the newest letters that go out.
func (cmd *postOut) Run(c *caller) error {
	list, _, err := c.svc.Outbox(c.ctx, c.by, service.OutFilter{State: desk.OutboxState(cmd.State), Ticket: desk.TicketID(cmd.Ticket), Limit: cmd.Limit})
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(o *desk.Outgoing) outLine { return outLineOf(*o) }))
}

type postShow struct {
	Letter int64 `arg:"" help:"Number of the letter."`
}

// Run shows one letter.
func (cmd *postShow) Run(c *caller) error {
	letter, err := c.svc.OutgoingLetter(c.ctx, c.by, desk.OutboxID(cmd.Letter))
	if err != nil {
		return err
	}
	return printLetter(c.app, letter)
}

type postWhy struct {
	Letter int64 `arg:"" help:"Number of the letter that came in."`
}

// Run shows what is noted of the letter.
func (cmd *postWhy) Run(c *caller) error {
	letter, err := c.svc.SpooledLetter(c.ctx, c.by, desk.SpoolID(cmd.Letter))
	if err != nil {
		return err
	}
	show := letterWhy{spoolLine: spoolLineOf(*letter), Author: letter.Notes.From, Subject: letter.Notes.Subject, Defects: listed(letter.Notes.Defects)}
	for _, m := range letter.Notes.Marks {
		show.Marks = append(show.Marks, string(m))
	}
	show.Marks = listed(show.Marks)
	steps := mapped(letter.Notes.Steps, func(s *desk.LetterStep) decisionLine { return decisionLine{string(s.What), s.Said} })
	if c.json {
		return printJSON(c.p.Out, letterWhySteps{show, steps})
	}
	if err := printThing(c.app, show); err != nil {
		return err
	}
	return printList(c.app, steps)
}

type letterWhy struct {
	spoolLine
	Author  string   `json:"author"`
	Subject string   `json:"subject"`
	Marks   []string `json:"marks"`
	Defects []string `json:"defects"`
}

type letterWhySteps struct {
	letterWhy
	Steps []decisionLine `json:"steps"`
}

type decisionLine struct {
	What string `json:"what"`
	Said string `json:"said"`
}

type postTicket struct {
	Letter int64  `arg:"" help:"Number of the letter that came in."`
	Queue  string `required:"" placeholder:"QUEUE" help:"Queue in which it opens a ticket."`
}

// Run has the letter open a ticket, whatever stood against it.
func (cmd *postTicket) Run(c *caller) error {
	q, err := c.svc.FindQueue(c.ctx, c.by, cmd.Queue)
	if err != nil {
		return err
	}
	if err := c.svc.TicketFromLetter(c.ctx, c.by, desk.SpoolID(cmd.Letter), q.ID); err != nil {
		return err
	}
	return c.done(0, "Letter %d opens a ticket in the queue %s when the spool is next looked at.", cmd.Letter, q.Name)
}

type postRun struct{}

// Run does everything that is due now, what comes of it included.
func (cmd *postRun) Run(c *caller) error {
	if !c.by.IsSystem() {
		return desk.Errorf(desk.Forbidden, "Only the desk itself does this; leave out --as.")
	}
	return c.runner(slog.New(slog.DiscardHandler), uncounted).Drain(c.ctx)
}

// sender sends letters, as the settings want it. A key that cannot be read
// keeps letters waiting: sent unsigned they would look forged.
func (a *app) sender(log *slog.Logger) *out.Sender {
	relay := out.Relay{Address: a.conf.Relay.Address, StartTLS: a.conf.Relay.StartTLS, User: a.conf.Relay.User, Password: a.conf.Relay.Password}
	sender := &out.Sender{Service: a.svc, Log: log, Relay: relay}
	for _, address := range a.conf.Relay.Spare {
		relay.Address, relay.StartTLS = address, relay.StartTLS || !desk.Loopback(address)
		sender.Spare = append(sender.Spare, relay)
	}
	if file := a.conf.Mail.DKIMKey; file != "" {
		sender.Signer = &out.Signer{Domain: cmp.Or(a.conf.Mail.DKIMDomain, a.conf.Domain), Selector: a.conf.Mail.DKIMSelector, File: file}
	}
	return sender
}

// prover finds out who wrote letters, as the settings want it.
func (a *app) prover() in.Prover {
	return in.Prover{Authserv: a.conf.Mail.Authserv, Check: a.conf.Mail.Check, Strict: a.conf.Mail.Strict}
}

type postRetry struct {
	Letter int64 `arg:"" help:"Number of the letter."`
}

// Run has the letter tried at once.
func (cmd *postRetry) Run(c *caller) error {
	if err := c.svc.RetryLetter(c.ctx, c.by, desk.OutboxID(cmd.Letter)); err != nil {
		return err
	}
	return c.done(0, "Letter %d is tried again.", cmd.Letter)
}

type postReread struct {
	Letter int64 `arg:"" help:"Number of the letter that came in."`
}

// Run has the letter looked at again.
func (cmd *postReread) Run(c *caller) error {
	if err := c.svc.RetrySpooled(c.ctx, c.by, desk.SpoolID(cmd.Letter)); err != nil {
		return err
	}
	return c.done(0, "Letter %d is looked at again.", cmd.Letter)
}

// printLetter prints what a letter says, and where it goes.
func printLetter(a *app, letter *desk.Outgoing) error {
	show := letterShow{outLineOf(*letter), letter.From.Address, letter.ReplyTo, letter.LetterID, listed(letter.Refs), letter.Body}
	if a.json {
		return printJSON(a.p.Out, show)
	}
	show.Body = ""
	if err := printThing(a, show); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.p.Out, "\n%s\n", strings.TrimRight(cleanText(letter.Body), "\n"))
	return err
}

// relaysOf are the addresses of the relays of the settings.
func relaysOf(c *config.Config) []string {
	if c.Relay.Address == "" {
		return nil
	}
	return append([]string{c.Relay.Address}, c.Relay.Spare...)
}
