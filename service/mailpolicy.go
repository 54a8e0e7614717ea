package service

import (
	"context"
	"fmt"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// MailPolicy returns what letters may do in a queue (AdminQueue on it), or for
// queue zero in every queue that says nothing of its own (AdminMail).
func (s *Service) MailPolicy(ctx context.Context, by desk.Actor, queue desk.QueueID) (desk.MailPolicy, error) {
	var p desk.MailPolicy
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.policyPlace(ctx, queue); err != nil {
			return err
		}
		var err error
		p, err = o.mailPolicy(ctx, queue)
		return err
	})
	return p, err
}

// MailPolicies returns what letters may do in some queues, as MailPolicy does for
// one of them. It asks what that asks, of each.
func (s *Service) MailPolicies(ctx context.Context, by desk.Actor, queues []desk.QueueID) (map[desk.QueueID]desk.MailPolicy, error) {
	var out map[desk.QueueID]desk.MailPolicy
	err := s.view(ctx, by, func(o *op) error {
		for _, q := range queues {
			if _, err := o.policyPlace(ctx, q); err != nil {
				return err
			}
		}
		all, err := o.Tx.MailPolicies(ctx)
		out = map[desk.QueueID]desk.MailPolicy{}
		for _, q := range queues {
			p, own := all[q]
			if !own {
				p = all[0]
				p.Inherited = true
			}
			out[q] = p
		}
		return err
	})
	return out, err
}

// SetMailPolicy changes what letters may do in a queue; one that is Inherited
// has the queue say nothing of its own. It asks what MailPolicy asks.
func (s *Service) SetMailPolicy(ctx context.Context, by desk.Actor, queue desk.QueueID, p desk.MailPolicy) error {
	return s.do(ctx, by, func(o *op) error {
		object, err := o.policyPlace(ctx, queue)
		if err != nil {
			return err
		}
		if err := checkMailPolicy(&p); err != nil {
			return err
		}
		p.Inherited = p.Inherited && queue != 0
		old, err := o.mailPolicy(ctx, queue)
		if err != nil {
			return err
		}
		if p.Inherited {
			err = o.DeleteMailPolicy(ctx, queue)
		} else {
			err = o.Tx.SetMailPolicy(ctx, queue, p)
		}
		if err != nil {
			return err
		}
		return o.audit(ctx, change{"queue.mail", object, describeMailPolicy(old), describeMailPolicy(p)})
	})
}

// policyPlace asks whether the actor may administer letters there and returns
// the reference for the audit log.
func (o *op) policyPlace(ctx context.Context, queue desk.QueueID) (string, error) {
	if queue == 0 {
		return "system", o.need(desk.AdminMail, access.System())
	}
	q, err := o.queueFor(ctx, desk.AdminQueue, queue)
	if err != nil {
		return "", err
	}
	return "queue:" + q.Name, nil
}

// mailPolicy returns the policy in force in a queue.
func (o *op) mailPolicy(ctx context.Context, queue desk.QueueID) (desk.MailPolicy, error) {
	p, ok, err := o.Tx.MailPolicy(ctx, queue)
	if err != nil || ok || queue == 0 {
		return p, err
	}
	p, _, err = o.Tx.MailPolicy(ctx, 0)
	p.Inherited = true
	return p, err
}

func describeMailPolicy(p desk.MailPolicy) string {
	if p.Inherited {
		return "as for queues without rules of their own"
	}
	return fmt.Sprintf("unproven: %s; follow_up_after: %d; accept_spam: %t; allow: %s; block: %s; language: %s; history: %s; together: %s; plain: %t; files: %d; per_hour: %d",
		p.Unproven, p.FollowUpAfter, p.AcceptSpam, strings.Join(p.Allow, " "), strings.Join(p.Block, " "), p.Language, p.History, p.Together, p.Plain, p.Files, p.PerHour)
}

const maxListed = 1000

func checkMailPolicy(p *desk.MailPolicy) error {
	switch p.Unproven {
	case "", desk.TrustAccept, desk.TrustMark, desk.TrustHold, desk.TrustRefuse:
	default:
		return desk.InvalidFields(map[string]string{"unproven": "Choose accept, mark, hold or refuse."})
	}
	if p.History != desk.HistoryNone && p.History != desk.HistoryLast && p.History != desk.HistoryWhole {
		return desk.InvalidFields(map[string]string{"history": "Choose last or whole, or nothing."})
	}
	if p.Together != desk.TogetherNot && p.Together != desk.TogetherKnown && p.Together != desk.TogetherAll {
		return desk.InvalidFields(map[string]string{"together": "Choose known or all, or nothing."})
	}
	if p.Files < -1 || p.Files > 100 {
		return desk.InvalidFields(map[string]string{"files": "Give a number of MB up to 100, 0 for 10, or -1 for none."})
	}
	if p.PerHour < 0 || p.PerHour > 100_000 {
		return desk.InvalidFields(map[string]string{"per_hour": "Give a number of letters, or 0 for as many as come."})
	}
	if p.Language != "" {
		var err error
		if p.Language, err = checkLanguage(p.Language); err != nil {
			return err
		}
	}
	if p.FollowUpAfter < -1 || p.FollowUpAfter > 10_000 {
		return desk.InvalidFields(map[string]string{"follow_up_after": "Give a number of days, 0 for never, or -1 for always."})
	}
	for field, list := range map[string]*[]string{"allow": &p.Allow, "block": &p.Block} {
		if len(*list) > maxListed {
			return desk.InvalidFields(map[string]string{field: "A list has at most 1000 entries; use domains."})
		}
		for i, entry := range *list {
			entry = strings.ToLower(strings.TrimSpace(entry))
			if err := checkAddress("x" + strings.TrimPrefix(entry, "x")); strings.HasPrefix(entry, "@") && err != nil {
				return desk.InvalidFields(map[string]string{field: entry + " is no domain; write @example.org."})
			}
			if err := checkAddress(entry); !strings.HasPrefix(entry, "@") && err != nil {
				return desk.InvalidFields(map[string]string{field: desk.Sentence(err)})
			}
			(*list)[i] = entry
		}
	}
	return nil
}

// A hold puts a letter aside until a person releases it.
type hold struct {
	state  desk.SpoolState
	reason string
	loop   bool // it may be one: the administrators are told
}

func (h *hold) Error() string { return h.reason }

// admit refuses a letter or puts it aside as the queue's policy says.
func (o *op) admit(ctx context.Context, entry *desk.Spooled, q *desk.Queue, l *desk.Letter) error {
	p, err := o.mailPolicy(ctx, q.ID)
	if err != nil {
		return err
	}
	if l.Spam {
		l.Mark(desk.MarkSpam)
	}
	if entry.Released {
		l.Note(desk.StepPolicy, "Somebody released it, so the rules of the queue are not asked.")
		return nil
	}
	if desk.Listed(p.Allow, l.From.Address) {
		l.Note(desk.StepPolicy, "Its sender is on the queue's list of those who are always heard.")
		return nil
	}
	if desk.Listed(p.Block, l.From.Address) {
		return refuse("Its sender %s is on the block list of the queue %s.", l.From.Address, q.Name)
	}
	if l.Spam && !p.AcceptSpam {
		return &hold{state: desk.SpoolJunk, reason: "A filter in front of the desk calls it spam."}
	}
	if l.Proof == desk.ProofMissing {
		switch p.Unproven {
		case desk.TrustRefuse:
			return refuse("Nothing proves that it comes from %s, and the queue %s takes no such letters.", l.From.Address, q.Name)
		case desk.TrustHold:
			return &hold{state: desk.SpoolHeld, reason: "Nothing proves that it comes from " + l.From.Address + "."}
		case desk.TrustMark:
			l.Mark(desk.MarkUnproven)
		}
	}
	l.Note(desk.StepPolicy, "The rules of the queue %s let it in.", q.Name)
	return nil
}
