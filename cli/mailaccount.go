package cli

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"time"

	"gatehouse/desk"
)

type mailAccount struct {
	List   mailAccountList   `cmd:"" help:"List the mailboxes that are fetched by IMAP."`
	Set    mailAccountSet    `cmd:"" help:"Add a mailbox, or change the one of that name."`
	Remove mailAccountRemove `cmd:"" help:"Fetch a mailbox no longer."`
	Test   mailAccountTest   `cmd:"" help:"Sign in at a mailbox and count its letters; none is fetched."`
}

type mailAccountList struct{}

// Run lists the accounts, without their secrets.
func (cmd *mailAccountList) Run(c *caller) error {
	list, err := c.svc.MailAccounts(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(a *desk.MailAccount) accountLine {
		return accountLine{a.Name, a.Server, a.Security, a.User, a.Mailbox, a.Queue, string(a.Action), a.MoveTo, a.Disabled, a.At, a.Said}
	}))
}

type mailAccountSet struct {
	Name     string `arg:"" help:"What the account is called."`
	Server   string `required:"" placeholder:"HOST:PORT" help:"The IMAP server."`
	Security string `enum:"tls,starttls,off" default:"tls" help:"tls, starttls, or off for a server on this machine."`
	User     string `required:"" help:"Name to sign in with."`
	Mailbox  string `default:"INBOX" help:"The mailbox."`
	Queue    string `required:"" help:"Queue that its letters are for."`
	Action   string `enum:"correspond,comment" default:"correspond" help:"correspond or comment."`
	MoveTo   string `placeholder:"MAILBOX" help:"Mailbox to which letters go when they are stored; without it they are deleted."`
	Minutes  int    `default:"5" help:"How often to ask a server that does not tell of news."`
	Disabled bool   `help:"Do not fetch it for now."`
	TokenURL string `placeholder:"URL" help:"Where OAuth 2.0 tokens come from; the secret is then a refresh token."`
	ClientID string `help:"Who the desk is there."`
	Secret   bool   `help:"Read the password or refresh token, and on a second line the client secret if there is one, from standard input. Without it the old one stays."`
}

// Run stores the account.
func (cmd *mailAccountSet) Run(c *caller) error {
	a := desk.MailAccount{Name: cmd.Name, Server: cmd.Server, Security: cmd.Security, User: cmd.User, Mailbox: cmd.Mailbox, Queue: cmd.Queue,
		Action: desk.MailAction(cmd.Action), MoveTo: cmd.MoveTo, Minutes: cmd.Minutes, Disabled: cmd.Disabled, TokenURL: cmd.TokenURL, ClientID: cmd.ClientID}
	if cmd.Secret {
		in := bufio.NewReader(io.LimitReader(c.p.In, 64<<10))
		first, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		second, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		first, a.ClientSecret = strings.TrimRight(first, "\r\n"), strings.TrimRight(second, "\r\n")
		if a.TokenURL != "" {
			a.RefreshToken = first
		} else {
			a.Password = first
		}
	}
	if err := c.svc.SaveMailAccount(c.ctx, c.by, a); err != nil {
		return err
	}
	return c.done(0, "The mail account %s is stored.", a.Name)
}

type mailAccountRemove struct {
	Name string `arg:"" help:"What the account is called."`
}

// Run forgets the account.
func (cmd *mailAccountRemove) Run(c *caller) error {
	if err := c.svc.RemoveMailAccount(c.ctx, c.by, cmd.Name); err != nil {
		return err
	}
	return c.done(0, "The mail account %s is gone; its letters stay.", cmd.Name)
}

type mailAccountTest struct {
	Name string `arg:"" help:"What the account is called."`
}

// Run asks the mailbox.
func (cmd *mailAccountTest) Run(c *caller) error {
	letters, err := c.svc.TryMailAccount(c.ctx, c.by, cmd.Name)
	if err != nil {
		return err
	}
	return c.done(0, "The mail account %s works; %d letters lie there.", cmd.Name, letters)
}

type accountLine struct {
	Name     string    `json:"name"`
	Server   string    `json:"server"`
	Security string    `json:"security"`
	User     string    `json:"user"`
	Mailbox  string    `json:"mailbox"`
	Queue    string    `json:"queue"`
	Action   string    `json:"action"`
	MoveTo   string    `json:"move_to"`
	Disabled bool      `json:"disabled"`
	At       time.Time `json:"at"`
	Said     string    `json:"said"`
}
