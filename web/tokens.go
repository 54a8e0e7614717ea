package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A TokenLine is one token for the API. Days is how much longer it may be given.
type TokenLine struct {
	Days             Field
	Digest, Name     string
	May              []Text
	Over, Soon, Idle bool
	Created          Moment
	Until            Moment
	LastUsed         Moment
}

// A NewToken is the form for a token.
type NewToken struct{ Called, Days, Looks, Tickets, Queues Field }

// tokenSoon is for how long before its end a token is marked, tokenIdle for how
// long it was not used.
const (
	tokenSoon = 14 * 24 * time.Hour
	tokenIdle = 90 * 24 * time.Hour
)

// fillTokens shows one's tokens and the form for a new one, to who may have any.
func (a account) fillTokens(r *http.Request, p *AccountPage) error {
	if !p.MayTokens {
		return nil
	}
	queues, err := a.svc.Queues(r.Context(), Actor(r), desk.SeeQueue)
	if err != nil {
		return err
	}
	reader, now := ReaderOf(r), a.svc.Now()
	in := func(at time.Time) Moment {
		if at.IsZero() {
			return at
		}
		return reader.In(at)
	}
	for _, t := range p.Account.Tokens {
		line := TokenLine{Digest: t.Digest, Name: t.Name, May: TokenMay(reader, t.Scope, queues), Created: in(t.Created), Until: in(t.Until), LastUsed: in(t.LastUsed)}
		line.Over = !t.Until.IsZero() && !now.Before(t.Until)
		line.Soon = !t.Until.IsZero() && t.Until.Sub(now) < min(tokenSoon, t.Until.Sub(t.Created)/4)
		line.Idle = now.Sub(t.Created) > tokenIdle/3 && now.Sub(t.LastUsed) > tokenIdle
		line.Days = tokenDays("renew-"+t.Digest[:min(8, len(t.Digest))]+"-", t.Until.IsZero())
		p.Tokens = append(p.Tokens, line)
	}
	f := func(name, kind string) Field { return Field{Form: "token-", Name: name, Kind: kind} }
	p.NewToken = NewToken{Called: f("name", ""), Looks: f("looks", "checkbox"), Tickets: f("tickets", "checkbox"), Queues: f("queues", "boxes")}
	n := &p.NewToken
	n.Called.Required, n.Called.Autocomplete, n.Looks.Checked = true, "off", true
	n.Days = tokenDays("token-", false)
	if len(queues) < 2 {
		return nil
	}
	for _, q := range queues {
		n.Queues.Options = append(n.Queues.Options, Option{Value: strconv.FormatInt(int64(q.ID), 10), Label: Plain(q.Name)})
	}
	return nil
}

// tokenDays is the choice of how long a token is valid from now on.
func tokenDays(form string, forever bool) Field {
	return Field{Form: form, Name: "days", Kind: "select", Options: []Option{
		{"30", T("account.days", "30"), false}, {"90", T("account.days", "90"), !forever}, {"365", T("account.days", "365"), false}, {"", T("account.forever"), forever}}}
}

// TokenMay says what a token with this scope may. Queues are named as far as the
// reader sees them.
func TokenMay(reader Reader, scope string, queues []desk.Queue) []Text {
	limits, err := desk.ParseLimits(scope)
	switch {
	case err != nil:
		return []Text{T("token.unknown")}
	case limits == nil:
		return []Text{T("account.token.all")}
	}
	list := []Text{T("token.changes")}
	if limits.Looks {
		list[0] = T("token.looks")
	}
	if limits.Tickets {
		list = append(list, T("token.tickets"))
	}
	var names []string
	for _, id := range limits.Queues {
		name := reader.Say(T("account.token.a.queue"))
		for _, q := range queues {
			if q.ID == id {
				name = q.Name
			}
		}
		names = append(names, name)
	}
	if len(names) > 0 {
		list = append(list, T("account.token.in", strings.Join(names, ", ")))
	}
	return list
}

// makeToken makes a token for the API and shows it, once.
func (a account) makeToken(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	by := Actor(r)
	in := service.NewToken{User: by.User, Name: strings.TrimSpace(r.PostFormValue("name")),
		Limits: desk.Limits{Looks: r.PostFormValue("looks") != "", Tickets: r.PostFormValue("tickets") != ""}}
	for _, text := range r.PostForm["queues"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			id = -1 // there is no such queue
		}
		in.Limits.Queues = append(in.Limits.Queues, desk.QueueID(id))
	}
	in.Until = a.until(r)
	token, err := a.svc.CreateToken(r.Context(), by, in)
	if err != nil {
		return a.done(w, r, err, "", func(p *AccountPage) []*Field {
			n := &p.NewToken
			return []*Field{&n.Called, &n.Days, &n.Looks, &n.Tickets, &n.Queues}
		})
	}
	return a.showToken(w, r, token)
}

// until is the end that a form gives a token; zero: for ever.
func (a account) until(r *http.Request) time.Time {
	days := map[string]int{"30": 30, "90": 90, "365": 365}[r.PostFormValue("days")]
	if days == 0 {
		return time.Time{}
	}
	return a.svc.Now().AddDate(0, 0, days)
}

// renewToken gives a token another end, or another secret, which is shown once.
func (a account) renewToken(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	secret, err := a.svc.RenewToken(r.Context(), Actor(r), service.Renewal{Digest: r.PostFormValue("token"), Until: a.until(r), Secret: r.PostFormValue("secret") != ""})
	if err != nil || secret == "" {
		return a.done(w, r, err, "account.token.renewed", noFields)
	}
	return a.showToken(w, r, secret)
}

// showToken shows a secret, once.
func (a account) showToken(w http.ResponseWriter, r *http.Request, token string) error {
	p, err := a.page(r)
	if err != nil {
		return err
	}
	p.Token, p.API = token, "http://"+r.Host+"/api/v1/tickets"
	if a.site.config.Sessions.Secure {
		p.API = "https://" + r.Host + "/api/v1/tickets"
	}
	return a.site.Show(w, r, p.View())
}

// endToken ends a token.
func (a account) endToken(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	return a.done(w, r, a.svc.EndToken(r.Context(), Actor(r), r.PostFormValue("token")), "account.token.ended", noFields)
}
