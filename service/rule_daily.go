package service

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/sla"
	"gatehouse/store"
)

// dailyLooks is at how many tickets a daily rule looks at a time; of these the
// database leaves out what its condition does not hold of in any case.
const dailyLooks = 10_000

// narrowTime is for how long conditions are asked of many tickets at once; what is
// left is asked one by one.
const narrowTime = 2 * time.Second

// dailyRound finds what a daily rule has to look at. A day that came before the
// rule was saved is not made up for, nor are those at which the desk slept but
// for the last.
func (o *op) dailyRound(ctx context.Context, r *desk.Rule, look RuleLook) (*RuleRound, error) {
	day, err := o.dayOf(ctx, r, o.s.Now())
	if err != nil || !day.After(r.Changed) {
		return nil, err
	}
	if !look.Moment.Equal(day) {
		look = RuleLook{Rule: r.ID, Moment: day}
	}
	look.Version = r.Version
	round := &RuleRound{many: r.If != ""}
	part := store.DailyPart{At: day, After: look.Ticket, Looks: dailyLooks, Limit: turnLimit}
	if when, wrong := o.s.book.condition(r); wrong == nil { // else its run says so, and parks the rule
		if part.Of, err = o.needed(ctx, when); err != nil {
			return nil, err
		}
	}
	turns, last, more, err := o.DailyTurns(ctx, r, part)
	if err != nil || last == 0 {
		return nil, err
	}
	round.look, round.More = look, more
	round.look.Ticket = last
	for _, t := range turns {
		if !t.Done {
			round.Tasks = append(round.Tasks, RuleTask{Rule: r.ID, Ticket: t.Ticket, Since: day, daily: true})
		}
	}
	return round, nil
}

// dayOf returns the last moment until another at which a daily rule has its turn;
// zero: there was none.
func (o *op) dayOf(ctx context.Context, r *desk.Rule, at time.Time) (time.Time, error) {
	c := sla.OfficeDays(o.s.opt.Zone)
	if r.Time.Calendar != 0 {
		b, err := o.book(ctx)
		if err != nil {
			return time.Time{}, err
		}
		c = b.Calendar(sla.CalendarID(r.Time.Calendar))
	}
	return c.Latest(at, r.Time.At, r.Time.Workdays), nil
}

// RoundTasks returns the tasks of a round that have something to do, as far as
// that can be told of all its tickets at once: the condition of a daily rule is
// asked of each with few questions to the database for all of them. What fails is
// left for the run to tell. Only the system asks.
func (s *Service) RoundTasks(ctx context.Context, by desk.Actor, round RuleRound) ([]RuleTask, error) {
	var tasks []RuleTask
	err := s.view(ctx, by, func(o *op) error {
		tasks = nil
		if err := o.needSystem(); err != nil {
			return err
		}
		if !round.many || len(round.Tasks) == 0 {
			tasks = round.Tasks
			return nil
		}
		r, err := o.Tx.Rule(ctx, round.look.Rule)
		if err != nil {
			return ignoreMissing(err)
		}
		news, err := o.manyNews(ctx, r, round.Tasks)
		if err != nil {
			return err
		}
		began := time.Now()
		for i, task := range round.Tasks {
			holds, told := false, false
			if n := news[task.Ticket]; n != nil && time.Since(began) < narrowTime {
				holds, err = o.conditionHolds(ctx, r, n)
				told = err == nil
			}
			if !told { // from here on each tells for itself
				tasks = append(tasks, round.Tasks[i:]...)
				return nil
			}
			if holds {
				tasks = append(tasks, task)
			}
		}
		return nil
	})
	return tasks, err
}

// manyNews reads what a condition asks of the tickets of tasks by time.
func (o *op) manyNews(ctx context.Context, r *desk.Rule, tasks []RuleTask) (map[desk.TicketID]*ruleNews, error) {
	ids := make([]desk.TicketID, len(tasks))
	for i, task := range tasks {
		ids[i] = task.Ticket
	}
	list, _, err := o.Tx.Tickets(ctx, o.scope(desk.ShowTicket), TicketFilter{IDs: ids, Limit: len(ids)})
	if err != nil {
		return nil, err
	}
	queues, err := o.queueNames(ctx)
	if err != nil {
		return nil, err
	}
	var who []desk.PrincipalID
	for i := range list {
		who = append(append(who, desk.PrincipalID(list[i].Owner)), list[i].In(desk.CustomerRole)...)
	}
	names, err := o.names(ctx, who)
	news := make(map[desk.TicketID]*ruleNews, len(list))
	for i := range list {
		t := &list[i]
		if r.Queue != 0 && t.Queue != r.Queue {
			continue // it was moved just now
		}
		n := &ruleNews{event: o.timedEvent(t.ID), ticket: t, queue: &desk.Queue{ID: t.Queue, Name: queues[t.Queue]}, names: names}
		if n.waited, err = o.waited(ctx, n); err != nil {
			return nil, err
		}
		news[t.ID] = n
	}
	return news, err
}
