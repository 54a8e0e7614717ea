package rules_test

import (
	"log/slog"
	"testing"

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
