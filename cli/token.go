package cli

import (
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"Make a token with which a program acts for a user. It is shown once."`
	List   tokenList   `cmd:"" help:"List the tokens of a user."`
	Renew  tokenRenew  `cmd:"" help:"Give a token another end, or another secret."`
	End    tokenEnd    `cmd:"" help:"End a token and those that it made."`
}

type tokenCreate struct {
	User string `arg:"" help:"Login or address of the user for whom it acts."`
	Name string `required:"" placeholder:"NAME" help:"What it is for."`
	Days int    `placeholder:"DAYS" help:"How long it can be used; for ever unless said."`

	ReadOnly bool     `help:"It may only look."`
	Tickets  bool     `help:"It works on tickets and administers nothing."`
	Queue    []string `placeholder:"NAME" help:"It works on the tickets of this queue only, and administers nothing; can be said several times."`
}

// Run makes the token.
func (cmd *tokenCreate) Run(c *caller) error {
	id, err := c.userID(cmd.User)
	if err != nil {
		return err
	}
	var until time.Time
	if cmd.Days > 0 {
		until = c.svc.Now().AddDate(0, 0, cmd.Days)
	}
	limits := desk.Limits{Looks: cmd.ReadOnly, Tickets: cmd.Tickets}
	for _, name := range cmd.Queue {
		q, err := c.queue(name)
		if err != nil {
			return err
		}
		limits.Queues = append(limits.Queues, q.ID)
	}
	token, err := c.svc.CreateToken(c.ctx, c.by, service.NewToken{User: id, Name: cmd.Name, Until: until, Limits: limits})
	if err != nil {
		return err
	}
	return printThing(c.app, struct {
		Token string `json:"token"`
	}{token})
}

// A tokenRow is a line of the list.
type tokenRow struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Scope    string    `json:"scope"`
	Created  time.Time `json:"created"`
	Until    time.Time `json:"until"`
	LastUsed time.Time `json:"last_used"`
}

// shortID is how much of a token's id is shown.
const shortID = 12

type tokenList struct {
	User string `arg:"" help:"Login or address of the user."`
}

// Run lists the tokens.
func (cmd *tokenList) Run(c *caller) error {
	list, err := c.tokensOf(cmd.User)
	if err != nil {
		return err
	}
	var rows []tokenRow
	for _, t := range list {
		rows = append(rows, tokenRow{t.Digest[:min(shortID, len(t.Digest))], t.Name, t.Scope, t.Created, t.Until, t.LastUsed})
	}
	return printList(c.app, rows)
}

func (c *caller) tokensOf(user string) ([]desk.Token, error) {
	id, err := c.userID(user)
	if err != nil {
		return nil, err
	}
	return c.svc.Tokens(c.ctx, c.by, id)
}

// token finds a token of a user by its name, where one has it, or by how its id
// begins.
func (c *caller) token(user, ref string) (*desk.Token, error) {
	list, err := c.tokensOf(user)
	if err != nil {
		return nil, err
	}
	var found *desk.Token
	for i, t := range list {
		switch {
		case t.Name != ref && !(len(ref) >= 6 && strings.HasPrefix(t.Digest, ref)):
		case found != nil:
			return nil, desk.Errorf(desk.Conflict, "%s has several tokens %s; name one by its id, as `gatehouse token list %s` shows it.", user, ref, user)
		default:
			found = &list[i]
		}
	}
	if found == nil {
		return nil, desk.Errorf(desk.NotFound, "%s has no token %s; `gatehouse token list %s` shows all.", user, ref, user)
	}
	return found, nil
}

type tokenRenew struct {
	User   string `arg:"" help:"Login or address of the user."`
	Token  string `arg:"" help:"Its name, or its id."`
	Days   int    `placeholder:"DAYS" help:"How long it can be used from now on; for ever unless said."`
	Secret bool   `name:"new-secret" help:"Give it another secret, which is shown once; the present one ends at once. One that is over gets one anyway."`
}

// Run renews the token.
func (cmd *tokenRenew) Run(c *caller) error {
	t, err := c.token(cmd.User, cmd.Token)
	if err != nil {
		return err
	}
	r := service.Renewal{Digest: t.Digest, Secret: cmd.Secret}
	if cmd.Days > 0 {
		r.Until = c.svc.Now().AddDate(0, 0, cmd.Days)
	}
	secret, err := c.svc.RenewToken(c.ctx, c.by, r)
	if err != nil {
		return err
	}
	if secret == "" {
		return c.done(0, "The token %s is renewed.", t.Name)
	}
	return printThing(c.app, struct {
		Token string `json:"token"`
	}{secret})
}

type tokenEnd struct {
	User  string `arg:"" help:"Login or address of the user."`
	Token string `arg:"" help:"Its name, or its id."`
}

// Run ends the token.
func (cmd *tokenEnd) Run(c *caller) error {
	t, err := c.token(cmd.User, cmd.Token)
	if err != nil {
		return err
	}
	if err := c.svc.EndToken(c.ctx, c.by, t.Digest); err != nil {
		return err
	}
	return c.done(0, "The token %s is ended.", t.Name)
}
