package bench

import (
	"context"
	"runtime"
	"time"

	"gatehouse/desk"
)

// A ReportFigure is how long a dashboard of twelve charts takes for somebody.
type ReportFigure struct {
	Tickets int     `json:"tickets"`  // that he sees
	FirstMS float64 `json:"first_ms"` // nothing was counted for him within the minute
	AgainMS float64 `json:"again_ms"`
}

// reportRounds is how many people of a class look, at the most.
const reportRounds = 5

// measureReports measures the starting dashboard, of twelve charts: how long it
// takes to read the tickets once after the start, and then for people of each
// class to look for the first time, and again after a ticket was changed.
func (r *run) measureReports(ctx context.Context) error {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin := time.Now()
	if err := r.service.KeepCounting(ctx, desk.System(desk.ViaJob)); err != nil {
		return err
	}
	r.report.TallyReadMS = millis(time.Since(begin))
	runtime.GC()
	runtime.ReadMemStats(&after)
	r.report.TallyHeapMB = float64(after.HeapAlloc-min(before.HeapAlloc, after.HeapAlloc)) / 1e6
	var charts []desk.TicketReport
	for _, part := range desk.StartingDashboard().Parts {
		charts = append(charts, part.Report)
	}
	r.report.Dashboards = map[string]ReportFigure{}
	for _, class := range []string{agentFew, agentMedian, agentMany, superuser} {
		var first, again times
		seen := 0
		for _, user := range r.people[class][:min(len(r.people[class]), reportRounds)] {
			by := desk.Actor{User: user, Via: desk.ViaWeb}
			once, n, err := r.look(ctx, by, charts)
			if err != nil {
				return err
			}
			twice, _, err := r.look(ctx, by, charts)
			if err != nil {
				return err
			}
			first, again, seen = append(first, once), append(again, twice), n
		}
		if len(first) > 0 {
			r.report.Dashboards[class] = ReportFigure{seen, millis(first.median()), millis(again.median())}
		}
	}
	return nil
}

// look counts the charts for somebody, and says how long that took and how many
// tickets he sees.
func (r *run) look(ctx context.Context, by desk.Actor, charts []desk.TicketReport) (time.Duration, int, error) {
	begin := time.Now()
	results, err := r.service.Reports(ctx, by, charts)
	took := time.Since(begin)
	if err != nil {
		return took, 0, err
	}
	for _, result := range results {
		if result.Err != nil {
			return took, 0, result.Err
		}
	}
	all, err := r.service.Report(ctx, by, desk.TicketReport{Chart: desk.NumberChart})
	if err != nil {
		return took, 0, err
	}
	return took, all.Total.Tickets, nil
}
