package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
)

// readApproval reads whom a rule asks for an approval.
func (o *op) readApproval(ctx context.Context, a *desk.RuleActions, in WrittenRule) error {
	reason := strings.TrimSpace(in.ApprovalReason)
	if len(in.Approvers) == 0 {
		if reason != "" {
			return wrong("approvers", "Say who is to approve of it.")
		}
		return nil
	}
	q, _, err := o.approvalQueue(ctx)
	if err != nil {
		return err
	}
	if q == nil {
		return wrong("approvers", "Nothing is set up for approvals yet. An administrator does that with the blueprint “approvals”.")
	}
	approval := &desk.RuleApproval{Reason: reason}
	for _, text := range in.Approvers {
		who, err := o.find(ctx, strings.TrimSpace(text))
		if err != nil {
			return wrong("approvers", "%s", desk.Sentence(err))
		}
		if o.e.IsCustomer(who) || who < desk.FirstPrincipal {
			return wrong("approvers", "Only a person or a group of people is asked for an approval; %s is neither.", text)
		}
		approval.Of = append(approval.Of, who)
	}
	slices.Sort(approval.Of)
	approval.Of = slices.Compact(approval.Of)
	switch {
	case len(approval.Of) > maxApprovers:
		return wrong("approvers", "A rule asks 20 people and groups at most.")
	case reason == "":
		return wrong("approval_reason", "Say what is to be approved: it is all that they read of it.")
	}
	a.Approval = approval
	return checkTemplate("approval_reason", reason)
}

// actApproval asks for the approvals of a rule, of those who were not asked yet or
// have refused. The desk asks, and who owns the ticket then hears what comes of it.
func (o *op) actApproval(ctx context.Context, m *match, t *desk.Ticket) (string, error) {
	a := m.rule.Then.Approval
	if a == nil {
		return "", nil
	}
	reason, err := o.ruleText(ctx, m, a.Reason)
	if err != nil {
		return "", err
	}
	open, err := o.approvalsOf(ctx, t.ID)
	if err != nil {
		return "", err
	}
	of := slices.DeleteFunc(slices.Clone(a.Of), func(who desk.PrincipalID) bool {
		return slices.ContainsFunc(open, func(a Approval) bool {
			return (a.State == ApprovalOpen || a.State == ApprovalGranted) && slices.Contains(a.ticket.In(desk.AdminCc), who)
		})
	})
	if len(of) == 0 {
		return "", nil
	}
	made, err := o.ask(ctx, t, ApprovalAsk{Ticket: t.ID, Of: of, Reason: reason})
	var names []string
	for _, id := range made {
		names = append(names, id.String())
	}
	return "asked for approval " + strings.Join(names, ", "), err
}
