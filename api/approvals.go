package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) approvalRoutes() []route {
	return []route{
		shows(h, what{"listTicketApprovals", "GET /tickets/{id}/approvals", "ShowTicket and ShowTicketComments, as somebody at the desk", "List the approvals on which a ticket depends"}, h.listTicketApprovals),
		shows(h, what{"askApproval", "POST /tickets/{id}/approvals", "ModifyTicket", "Ask people for their approval, each by a ticket of its own"}, h.askApproval),
		shows(h, what{"listApprovals", "GET /approvals", "nothing: it is about oneself", "List what the caller may grant or refuse now"}, h.listApprovals),
		does(h, what{"decideApproval", "POST /approvals/{id}/decision", "to be one of those who were asked, and ReplyToTicket", "Grant or refuse an approval"}, h.decideApproval),
		does(h, what{"withdrawApproval", "POST /approvals/{id}/withdraw", "to have asked for it, or ModifyTicket", "Withdraw an approval that is open or was refused"}, h.withdrawApproval),
	}
}

// An Approval is what somebody is asked to approve of.
type Approval struct {
	ID      int64      `json:"id" doc:"It is a ticket of that number."`
	Subject string     `json:"subject"`
	State   string     `json:"state" enum:"open,granted,refused,withdrawn"`
	Asker   *Who       `json:"asker,omitempty" doc:"Who asked, for who may know him."`
	ByDesk  bool       `json:"by_desk,omitempty" doc:"The desk asked by itself, by a rule or the command line."`
	Of      []Who      `json:"of" nullable:"false" doc:"Who was asked; any one of them decides."`
	At      time.Time  `json:"at"`
	By      *Who       `json:"by,omitempty" doc:"Who granted, refused or withdrew it."`
	Ended   *time.Time `json:"ended,omitempty"`
	Word    string     `json:"word,omitempty" doc:"What he said to it."`
	Reason  string     `json:"reason,omitempty" doc:"What was asked, for who may open the approval."`
	For     int64      `json:"for,omitempty" doc:"The ticket that waits for it, for who may see that."`
	May     bool       `json:"may_decide"`
}

func (c caller) approval(a service.Approval) Approval {
	wire := Approval{ID: int64(a.ID), Subject: a.Subject, State: string(a.State), Of: c.whos(a.Of), At: a.At.UTC(), Ended: moment(a.Ended),
		Word: a.Word, Reason: a.Reason, For: int64(a.For), May: a.May, ByDesk: a.ByDesk}
	for to, name := range map[**Who]service.Name{&wire.Asker: a.Asker, &wire.By: a.By} {
		if name.ID != 0 {
			who := c.who(name)
			*to = &who
		}
	}
	return wire
}

func (h *handler) listTicketApprovals(ctx context.Context, by caller, in *Numbered) (Page[Approval], error) {
	found, err := h.desk.TicketApprovals(ctx, by.Actor, desk.TicketID(in.ID))
	if err != nil {
		return Page[Approval]{}, err
	}
	return pageOf(found.Lines, by.approval), nil
}

func (h *handler) listApprovals(ctx context.Context, by caller, _ *Nothing) (Page[Approval], error) {
	list, err := h.desk.ToApprove(ctx, by.Actor)
	return pageOf(list, by.approval), err
}

// An ApprovalInput asks for approvals.
type ApprovalInput struct {
	Of      []int64 `json:"of" minItems:"1" maxItems:"20" doc:"People and groups; all have to grant it, of a group any one."`
	Subject string  `json:"subject,omitempty" maxLength:"500" doc:"Empty: the ticket's own."`
	Reason  string  `json:"reason" minLength:"1" maxLength:"1048576" doc:"All that they read of the ticket, unless they may see it anyway."`
}

type askApprovalInput struct {
	Numbered
	Body ApprovalInput
}

// Asked are the approvals that were asked for.
type Asked struct {
	Approvals []int64 `json:"approvals" nullable:"false"`
}

func (h *handler) askApproval(ctx context.Context, by caller, in *askApprovalInput) (Asked, error) {
	ask := service.ApprovalAsk{Ticket: desk.TicketID(in.ID), Subject: in.Body.Subject, Reason: in.Body.Reason}
	for _, id := range in.Body.Of {
		ask.Of = append(ask.Of, desk.PrincipalID(id))
	}
	made, err := h.desk.AskApproval(ctx, by.Actor, ask)
	out := Asked{Approvals: make([]int64, len(made))}
	for i, id := range made {
		out.Approvals[i] = int64(id)
	}
	return out, err
}

// A DecisionInput grants or refuses an approval.
type DecisionInput struct {
	Grant bool   `json:"grant"`
	Word  string `json:"word,omitempty" maxLength:"1048576" doc:"Who refuses says why."`
}

type decideApprovalInput struct {
	Numbered
	Body DecisionInput
}

func (h *handler) decideApproval(ctx context.Context, by caller, in *decideApprovalInput) error {
	return h.desk.DecideApproval(ctx, by.Actor, desk.TicketID(in.ID), in.Body.Grant, in.Body.Word)
}

func (h *handler) withdrawApproval(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.WithdrawApproval(ctx, by.Actor, desk.TicketID(in.ID))
}
