package rules_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/rules"
	"gatehouse/service"
)

// BenchmarkRuns measures a rule that looks at an event with a condition, sets a
// priority and is recorded, from the job to its end, in SQLite on disk.
func BenchmarkRuns(b *testing.B) {
	s := shop{mailtest.OpenShop(b, "")}
	s.rule(service.WrittenRule{Name: "R", On: []string{"created"}, If: `ticket.subject.lower().contains("fire") && event.customer`, Priority: "7"})
	for range b.N {
		if _, err := s.OpenTicket(b.Context(), s.By("carla"), service.NewTicket{Queue: s.Queues["support"], Subject: "Fire", Text: "It burns."}); err != nil {
			b.Fatal(err)
		}
	}
	handle, by := rules.Handler(s.Service, slog.New(slog.DiscardHandler)), desk.System(desk.ViaJob)
	b.ResetTimer()
	for range b.N {
		job, err := s.ClaimJob(b.Context(), by, service.JobRules)
		if err != nil || job == nil {
			b.Fatal(job, err)
		}
		if err := handle(b.Context(), *job); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*60/b.Elapsed().Seconds(), "runs/min")
}

// BenchmarkDay measures the day of a rule that finds little among 100,000 tickets
// that are still to be done, on SQLite: which tickets it has something to do for.
func BenchmarkDay(b *testing.B) {
	for _, bench := range []struct{ name, when string }{
		{"asked-of-the-database", `ticket.status == "open" && ticket.owner == "" && now - ticket.updated > duration("120h")`},
		{"asked-of-each", `ticket.subject.endsWith("x")`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			s := shop{mailtest.OpenShop(b, "")}
			s.Queue("other")
			s.tickets(100_000)
			s.rule(service.WrittenRule{Name: "R", On: []string{"daily"}, At: "10:00", If: bench.when, Priority: "+1"})
			step := rules.Clock(s.Service, slog.New(slog.DiscardHandler))
			b.ResetTimer()
			for range b.N {
				s.Clock.Advance(24 * time.Hour)
				drain(b, step)
			}
		})
	}
}

// drain has a step do all that is due.
func drain(b *testing.B, step func(context.Context) (bool, error)) {
	b.Helper()
	for worked := true; worked; {
		var err error
		if worked, err = step(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
