package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
)

type ticketFromLetterInput struct {
	Numbered
	Body struct {
		Queue int64 `json:"queue" minimum:"1"`
	}
}

func (h *handler) ticketFromLetter(ctx context.Context, by caller, in *ticketFromLetterInput) error {
	return h.desk.TicketFromLetter(ctx, by.Actor, desk.SpoolID(in.ID), desk.QueueID(in.Body.Queue))
}

// downloadSent serves the bytes of a letter that goes out.
func (h *handler) downloadSent() route {
	w := what{"getSentLetter", "GET /outbox/{id}/letter", "AdminMail", "The letter as it is sent"}
	return w.route(func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": octets("The letter (RFC 5322).")}
		huma.Register(api, op, func(ctx context.Context, in *Numbered) (*downloadOutput, error) {
			raw, err := h.desk.SentLetter(ctx, callerOf(ctx).Actor, desk.OutboxID(in.ID))
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			return saved("letter-"+number(in.ID)+".eml", raw), nil
		})
	})
}

// A PausedAddress is an address to which nothing is sent.
type PausedAddress struct {
	Address string     `json:"address"`
	Reason  string     `json:"reason" doc:"What its mail server said last."`
	Count   int        `json:"count" doc:"How many letters came back."`
	At      *time.Time `json:"at" doc:"When the last one did."`
}

func (h *handler) listPaused(ctx context.Context, by caller, _ *Nothing) (Page[PausedAddress], error) {
	list, err := h.desk.PausedAddresses(ctx, by.Actor)
	return pageOf(list, func(b desk.BouncedAddress) PausedAddress {
		return PausedAddress{b.Address, b.Reason, b.Count, moment(b.At)}
	}), err
}

type addressInput struct {
	Address string `path:"address" maxLength:"500"`
}

func (h *handler) resumeAddress(ctx context.Context, by caller, in *addressInput) error {
	return h.desk.ResumeAddress(ctx, by.Actor, in.Address)
}

// A MailAccount is a mailbox that is fetched by IMAP.
type MailAccount struct {
	Name     string     `json:"name"`
	Server   string     `json:"server"`
	Security string     `json:"security"`
	User     string     `json:"user"`
	Mailbox  string     `json:"mailbox,omitempty"`
	Queue    string     `json:"queue"`
	Action   string     `json:"action"`
	MoveTo   string     `json:"move_to,omitempty"`
	Minutes  int        `json:"minutes,omitempty"`
	Disabled bool       `json:"disabled"`
	TokenURL string     `json:"token_url,omitempty"`
	ClientID string     `json:"client_id,omitempty"`
	Said     string     `json:"said,omitempty" doc:"Why it cannot be read."`
	At       *time.Time `json:"at,omitempty" doc:"When it was last asked."`
}

func (h *handler) listMailAccounts(ctx context.Context, by caller, _ *Nothing) (Page[MailAccount], error) {
	list, err := h.desk.MailAccounts(ctx, by.Actor)
	return pageOf(list, func(a desk.MailAccount) MailAccount {
		return MailAccount{a.Name, a.Server, a.Security, a.User, a.Mailbox, a.Queue, string(a.Action), a.MoveTo, a.Minutes, a.Disabled, a.TokenURL, a.ClientID, a.Said, moment(a.At)}
	}), err
}

// An AccountName names a mailbox.
type AccountName struct {
	Name string `path:"name" maxLength:"200"`
}

type saveAccountInput struct {
	AccountName
	Body struct {
		Server       string `json:"server" doc:"With its port: imap.example.org:993."`
		Security     string `json:"security,omitempty" enum:"tls,starttls,off"`
		User         string `json:"user"`
		Password     string `json:"password,omitempty" doc:"Left out: the one that is there stays, while server and user do."`
		Mailbox      string `json:"mailbox,omitempty"`
		Queue        string `json:"queue"`
		Action       string `json:"action,omitempty" enum:"correspond,comment"`
		MoveTo       string `json:"move_to,omitempty"`
		Minutes      int    `json:"minutes,omitempty"`
		Disabled     bool   `json:"disabled,omitempty"`
		TokenURL     string `json:"token_url,omitempty"`
		ClientID     string `json:"client_id,omitempty"`
		ClientSecret string `json:"client_secret,omitempty"`
		RefreshToken string `json:"refresh_token,omitempty"`
	}
}

func (h *handler) saveMailAccount(ctx context.Context, by caller, in *saveAccountInput) error {
	b := in.Body
	return h.desk.SaveMailAccount(ctx, by.Actor, desk.MailAccount{Name: in.Name, Server: b.Server, Security: b.Security, User: b.User, Password: b.Password,
		Mailbox: b.Mailbox, Queue: b.Queue, Action: desk.MailAction(b.Action), MoveTo: b.MoveTo, Minutes: b.Minutes, Disabled: b.Disabled,
		TokenURL: b.TokenURL, ClientID: b.ClientID, ClientSecret: b.ClientSecret, RefreshToken: b.RefreshToken})
}

func (h *handler) removeMailAccount(ctx context.Context, by caller, in *AccountName) error {
	return h.desk.RemoveMailAccount(ctx, by.Actor, in.Name)
}

// A MailAccountTest says that a mailbox can be read.
type MailAccountTest struct {
	Letters int `json:"letters" doc:"How many lie there."`
}

func (h *handler) testMailAccount(ctx context.Context, by caller, in *AccountName) (MailAccountTest, error) {
	letters, err := h.desk.TryMailAccount(ctx, by.Actor, in.Name)
	return MailAccountTest{letters}, err
}

// A MailPolicy says what letters may do in a queue.
type MailPolicy struct {
	Inherited     bool     `json:"inherited,omitempty" doc:"The queue says nothing of its own."`
	Unproven      string   `json:"unproven,omitempty" enum:"accept,mark,hold,refuse" doc:"Letters whose sender is not proven."`
	FollowUpAfter int      `json:"follow_up_after,omitempty" doc:"Answers to tickets closed so many days ago open a new one; 0: never, -1: always."`
	AcceptSpam    bool     `json:"accept_spam,omitempty"`
	Allow         []string `json:"allow,omitempty"`
	Block         []string `json:"block,omitempty"`
	Language      string   `json:"language,omitempty" doc:"Of letters to people who have chosen none."`
	History       string   `json:"history,omitempty" enum:"last,whole" doc:"What of the conversation follows a reply."`
	Together      string   `json:"together,omitempty" enum:"known,all" doc:"Who else is named in a letter."`
	Files         int      `json:"files,omitempty" doc:"MB of files that go with a letter, others being linked; 0: 10, -1: none."`
	Plain         bool     `json:"plain,omitempty" doc:"Letters are text only."`
	PerHour       int      `json:"per_hour,omitempty" doc:"More letters of one sender in an hour are held; 0: none are."`
}

// A PolicyOf says for which queue rules hold.
type PolicyOf struct {
	Queue int64 `query:"queue" minimum:"0" doc:"Left out: what holds in queues that say nothing of their own."`
}

func (h *handler) getMailPolicy(ctx context.Context, by caller, in *PolicyOf) (MailPolicy, error) {
	p, err := h.desk.MailPolicy(ctx, by.Actor, desk.QueueID(in.Queue))
	return MailPolicy{p.Inherited, string(p.Unproven), p.FollowUpAfter, p.AcceptSpam, p.Allow, p.Block,
		p.Language, string(p.History), string(p.Together), p.Files, p.Plain, p.PerHour}, err
}

type setMailPolicyInput struct {
	PolicyOf
	Body MailPolicy
}

func (h *handler) setMailPolicy(ctx context.Context, by caller, in *setMailPolicyInput) error {
	b := in.Body
	return h.desk.SetMailPolicy(ctx, by.Actor, desk.QueueID(in.Queue), desk.MailPolicy{
		Inherited: b.Inherited, Unproven: desk.MailTrust(b.Unproven), FollowUpAfter: b.FollowUpAfter, AcceptSpam: b.AcceptSpam, Allow: b.Allow, Block: b.Block,
		Language: b.Language, History: desk.History(b.History), Together: desk.Together(b.Together), Files: b.Files, Plain: b.Plain, PerHour: b.PerHour})
}
