package cli

import (
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type approvalCommand struct {
	Ask      approvalAsk      `cmd:"" help:"Ask people and groups for their approval; a ticket waits for it."`
	List     approvalList     `cmd:"" help:"List the approvals of a ticket, or what oneself is to approve of (with --as)."`
	Grant    approvalGrant    `cmd:"" help:"Grant an approval."`
	Refuse   approvalRefuse   `cmd:"" help:"Refuse an approval, and say why."`
	Withdraw approvalWithdraw `cmd:"" help:"Withdraw an approval that is open or was refused."`
}

type approvalAsk struct {
	Ticket  string   `arg:"" help:"Number of the ticket that waits."`
	Of      []string `arg:"" help:"Who is asked: user:LOGIN or group:NAME. All have to grant it; of a group any one."`
	Reason  string   `required:"" help:"What is asked: all that they read of the ticket."`
	Subject string   `help:"What it is about; empty: as the ticket is called."`
}

// Run asks.
func (cmd *approvalAsk) Run(c *caller) error {
	id, err := ticketID(cmd.Ticket)
	if err != nil {
		return err
	}
	in := service.ApprovalAsk{Ticket: id, Subject: cmd.Subject, Reason: cmd.Reason}
	for _, written := range cmd.Of {
		who, err := c.svc.Find(c.ctx, c.by, written)
		if err != nil {
			return err
		}
		in.Of = append(in.Of, who)
	}
	made, err := c.svc.AskApproval(c.ctx, c.by, in)
	if err != nil {
		return err
	}
	var numbers []string
	for _, a := range made {
		numbers = append(numbers, a.String())
	}
	return c.done(int64(made[0]), "Ticket %d waits for %s.", id, strings.Join(numbers, " and "))
}

// approvalLine is a line of a list.
type approvalLine struct {
	ID      desk.TicketID         `json:"id"`
	State   service.ApprovalState `json:"state"`
	Subject string                `json:"subject"`
	Asker   string                `json:"asker"`
	Of      string                `json:"of"`
	Asked   time.Time             `json:"asked"`
	By      string                `json:"by"`
	Word    string                `json:"word"`
}

type approvalList struct {
	Ticket string `arg:"" optional:"" help:"Number of a ticket; none: what oneself is to approve of."`
}

// Run lists them.
func (cmd *approvalList) Run(c *caller) error {
	list, err := c.svc.ToApprove(c.ctx, c.by)
	if cmd.Ticket != "" {
		id, wrong := ticketID(cmd.Ticket)
		if wrong != nil {
			return wrong
		}
		var found *service.TicketApprovals
		if found, err = c.svc.TicketApprovals(c.ctx, c.by, id); err == nil {
			list = found.Lines
		}
	}
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(a *service.Approval) approvalLine {
		var of []string
		for _, n := range a.Of {
			of = append(of, n.Text)
		}
		return approvalLine{a.ID, a.State, a.Subject, askerOf(a), strings.Join(of, ", "), a.At, a.By.Text, a.Word}
	}))
}

type approvalGrant struct {
	Approval string `arg:"" help:"Its number."`
	Word     string `help:"What to say to it."`
}

// Run grants it.
func (cmd *approvalGrant) Run(c *caller) error {
	return c.decide(cmd.Approval, true, cmd.Word, "Approval %d is granted.")
}

type approvalRefuse struct {
	Approval string `arg:"" help:"Its number."`
	Word     string `required:"" help:"Why."`
}

// Run refuses it.
func (cmd *approvalRefuse) Run(c *caller) error {
	return c.decide(cmd.Approval, false, cmd.Word, "Approval %d is refused.")
}

func (c *caller) decide(approval string, grant bool, word, done string) error {
	id, err := ticketID(approval)
	if err != nil {
		return err
	}
	if err := c.svc.DecideApproval(c.ctx, c.by, id, grant, word); err != nil {
		return err
	}
	return c.done(0, done, id)
}

type approvalWithdraw struct {
	Approval string `arg:"" help:"Its number."`
}

// Run withdraws it.
func (cmd *approvalWithdraw) Run(c *caller) error {
	id, err := ticketID(cmd.Approval)
	if err != nil {
		return err
	}
	if err := c.svc.WithdrawApproval(c.ctx, c.by, id); err != nil {
		return err
	}
	return c.done(0, "Approval %d is withdrawn.", id)
}

// askerOf names who asked; empty: the caller may not know.
func askerOf(a *service.Approval) string {
	if a.ByDesk {
		return "the desk"
	}
	return a.Asker.Text
}
