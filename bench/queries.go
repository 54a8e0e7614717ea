package bench

import (
	"context"
	"errors"
	"sync"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// A queryKind is a query that people write, with what its figure is called.
type queryKind struct {
	name, query, text string
}

// queryClients is how many ask at once.
const queryClients = 4

// queryKinds are representative queries. Words are looked for in subjects, as
// the desk that is measured has no messages before letters come.
func queryKinds() []queryKind {
	return []queryKind{
		{"status and owner", "Status = '__Active__' AND Owner = 'Nobody'", ""},
		{"what is mine", "Owner = '__CurrentUser__' AND Status != 'resolved'", ""},
		{"a requestor's address", "Requestor.EmailAddress = 'contact7@customers.example'", ""},
		{"no such requestor", "Requestor.EmailAddress != 'contact7@customers.example' AND Status = 'open'", ""},
		{"part of many addresses", "Requestor.EmailAddress LIKE 'act1'", ""},
		{"nobody stands there", "Cc IS NULL AND AdminCc IS NULL AND Priority > 90", ""},
		{"part of a subject", "Subject LIKE 'printer%backup'", ""},
		{"a subject that is not there", "Subject LIKE 'xyzzy'", ""},
		{"two letters that are nowhere", "Subject LIKE 'zq'", ""},
		{"parts that are nowhere together", "Subject LIKE 'inter lamp chai'", ""},
		{"times and numbers", "Created > '2026-01-20' AND Priority >= 50 AND (Status = 'open' OR Status = 'stalled')", ""},
		{"negations and brackets", "NOT (Status = 'resolved' OR Priority < 95 OR Owner = 'Nobody')", ""},
		{"rare words", "", "printer backup contract lamp"},
		{"a frequent word", "", "printer"},
	}
}

// measureQueries measures, for several clients at once, a page of what each
// kind of query finds; half of the time a superuser asks, else an agent.
func (r *run) measureQueries(ctx context.Context) error {
	r.report.QueryMS, r.report.QueryP99MS = map[string]float64{}, map[string]float64{}
	askers := append(r.people[agentMedian][:min(len(r.people[agentMedian]), 1):1], r.people[superuser]...)
	if len(askers) == 0 {
		r.report.note("Nobody was found who could ask; queries are not measured.")
		return nil
	}
	askers = askers[:min(len(askers), 2)]
	for _, kind := range queryKinds() {
		var took times
		for round := 0; round < 2 && len(took) < 400; round++ {
			more, err := r.askAtOnce(ctx, kind, askers)
			if err != nil {
				return err
			}
			if round > 0 { // the first one warms up
				took = append(took, more...)
			}
		}
		r.report.QueryMS[kind.name], r.report.QueryP99MS[kind.name] = millis(took.median()), millis(took.percentile(99))
	}
	return nil
}

// askAtOnce lets all clients ask, and returns how long each answer took.
func (r *run) askAtOnce(ctx context.Context, kind queryKind, askers []desk.UserID) (times, error) {
	var mu sync.Mutex
	var all times
	errs := make([]error, queryClients)
	var group sync.WaitGroup
	for client := range queryClients {
		group.Go(func() {
			by := desk.Actor{User: askers[client%len(askers)], Via: desk.ViaWeb}
			for range 15 {
				begin := time.Now()
				_, err := r.service.Tickets(ctx, by, service.TicketFilter{Query: kind.query, Text: kind.text, Limit: listPage})
				once := time.Since(begin)
				mu.Lock()
				all = append(all, once)
				mu.Unlock()
				errs[client] = errors.Join(errs[client], err)
			}
		})
	}
	group.Wait()
	return all, errors.Join(errs...)
}
