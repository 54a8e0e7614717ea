package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) tokenRoutes() []route {
	const right = "ManageAuthTokens, by a token that is not limited to tickets or queues"
	return []route{
		shows(h, what{"myTokens", "GET /me/tokens", right, "Your tokens, the newest first"}, h.myTokens),
		shows(h, what{"createToken", "POST /me/tokens", right, "Make a token that ends with the one that makes it, at the latest; it makes none itself"}, h.createToken),
		shows(h, what{"renewToken", "POST /me/tokens/{token}/renew", right, "Give this token, or one that it made, another end or another secret"}, h.renewToken),
		does(h, what{"endToken", "DELETE /me/tokens/{token}", right, "End a token and those that it made"}, h.endToken),
	}
}

// A Token is what a program comes in by. Its secret is in a NewToken only.
type Token struct {
	ID       string     `json:"id" doc:"The SHA-256 of its secret, in hex."`
	Name     string     `json:"name"`
	Limits   *Limits    `json:"limits,omitempty" doc:"Left out: none. Empty: some that this version does not know; it is not valid here."`
	Created  *time.Time `json:"created,omitempty"`
	Until    *time.Time `json:"until,omitempty" doc:"Left out: for ever."`
	LastUsed *time.Time `json:"last_used,omitempty"`
	This     bool       `json:"this" doc:"It is the one that you ask by."`
	Maker    string     `json:"maker,omitempty" doc:"ID of the token by which it was made, and with which it ends."`
}

// Limits are how much less a token may than its user.
type Limits struct {
	Looks   bool    `json:"read_only,omitempty" doc:"It changes nothing."`
	Tickets bool    `json:"tickets,omitempty" doc:"It works on tickets and administers nothing."`
	Queues  []int64 `json:"queues,omitempty" maxItems:"200" doc:"It works on the tickets of these queues only, and administers nothing."`
}

func (l *Limits) desk() desk.Limits {
	if l == nil {
		return desk.Limits{}
	}
	out := desk.Limits{Looks: l.Looks, Tickets: l.Tickets}
	for _, id := range l.Queues {
		out.Queues = append(out.Queues, desk.QueueID(id))
	}
	return out
}

func (c caller) token(t desk.Token) Token {
	out := Token{ID: t.Digest, Name: t.Name, Created: moment(t.Created), Until: moment(t.Until), LastUsed: moment(t.LastUsed), This: t.Digest == c.Token, Maker: t.Maker}
	limits, err := desk.ParseLimits(t.Scope)
	if err != nil {
		out.Limits = &Limits{}
	}
	if limits != nil {
		out.Limits = &Limits{Looks: limits.Looks, Tickets: limits.Tickets}
		for _, id := range limits.Queues {
			out.Limits.Queues = append(out.Limits.Queues, int64(id))
		}
	}
	return out
}

func (h *handler) myTokens(ctx context.Context, by caller, _ *Nothing) (Page[Token], error) {
	list, err := h.desk.Tokens(ctx, by.Actor, by.User)
	return pageOf(list, by.token), err
}

// A NewToken is a token that is asked for.
type NewToken struct {
	Name   string     `json:"name" minLength:"1" maxLength:"200" doc:"What it is for."`
	Until  *time.Time `json:"until,omitempty" doc:"When it ends; left out: never."`
	Limits *Limits    `json:"limits,omitempty" doc:"Left out: it may what you may."`
}

// A Secret is what a program sends as a token. It is shown once.
type Secret struct {
	Token string `json:"token,omitempty" doc:"Left out where it stays the same."`
}

func (h *handler) createToken(ctx context.Context, by caller, in *struct{ Body NewToken }) (Secret, error) {
	token, err := h.desk.CreateToken(ctx, by.Actor, service.NewToken{User: by.User, Name: in.Body.Name, Until: endOf(in.Body.Until), Limits: in.Body.Limits.desk()})
	return Secret{token}, err
}

// endOf is the end that is asked for; none: never.
func endOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// A TokenNamed is the input of a route about one token.
type TokenNamed struct {
	Token string `path:"token" maxLength:"64" doc:"Its id, or this for the one that you ask by."`
}

func (in TokenNamed) digest(by caller) string {
	if in.Token == "this" {
		return by.Token
	}
	return in.Token
}

// A Renewal is how a token goes on.
type Renewal struct {
	Until  *time.Time `json:"until,omitempty" doc:"Its new end; left out: never."`
	Secret bool       `json:"new_secret,omitempty" doc:"It gets another secret, which is answered, and the present one ends at once, with the tokens that it made."`
}

type renewalInput struct {
	TokenNamed
	Body Renewal
}

func (h *handler) renewToken(ctx context.Context, by caller, in *renewalInput) (Secret, error) {
	token, err := h.desk.RenewToken(ctx, by.Actor, service.Renewal{Digest: in.digest(by), Until: endOf(in.Body.Until), Secret: in.Body.Secret})
	return Secret{token}, err
}

func (h *handler) endToken(ctx context.Context, by caller, in *TokenNamed) error {
	return h.desk.EndToken(ctx, by.Actor, in.digest(by))
}
