package service_test

import (
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// ruleUseCases are those of rules.
var ruleUseCases = map[string]func(h *sample) []any{
	"Blueprints": func(*sample) []any { return nil },
	"Blueprint":  func(*sample) []any { return args("helpers") },
	"ApplyBlueprint": func(*sample) []any {
		return args("helpers", map[string]string{"queue": "support"})
	},
	"Rules":        func(h *sample) []any { h.rule(); return nil },
	"Rule":         func(h *sample) []any { return args(h.rule()) },
	"SaveRule":     func(h *sample) []any { return args(h.writtenRule("other")) },
	"SaveRuleTold": func(h *sample) []any { return args(h.writtenRule("told")) },
	"CheckRule":    func(h *sample) []any { return args(h.writtenRule("other")) },
	"SwitchRule":   func(h *sample) []any { return args(h.rule(), false) },
	"DeleteRule":   func(h *sample) []any { return args(h.rule()) },
	"RuleWords":    func(*sample) []any { return nil },
	"TryRule":      func(h *sample) []any { return args(h.writtenRule("other"), h.ticket) },
	"DryRunRule":   func(h *sample) []any { return args(h.writtenRule("other"), h.Now().AddDate(0, 0, -7)) },
	"RuleRuns":     func(h *sample) []any { h.parkedRun(); return args(service.RunFilter{}) },
	"RunAgain":     func(h *sample) []any { return args(h.parkedRun()) },
	"RuleTasks":    func(h *sample) []any { return args(desk.Job{Data: "1/" + h.ticketNumber(0)}) },
	"RunRule":      func(h *sample) []any { return args(service.RuleTask{Rule: h.ruleID(), Event: h.event}) },
	"ParkRule": func(h *sample) []any {
		return args(service.RuleTask{Rule: h.ruleID(), Event: h.event}, "it rained", true)
	},
	"RipeRules":  func(h *sample) []any { h.rule(); return nil },
	"RoundTasks": func(*sample) []any { return args(service.RuleRound{}) },
	"RoundDone":  func(*sample) []any { return args(service.RuleRound{}) },
	"RuleNews":   func(h *sample) []any { return args(h.event, h.ruleID()) },
	"EndJob":     func(h *sample) []any { return args(h.job.ID) },
	"Hook":       func(h *sample) []any { return args(desk.Job{Data: "1/1"}) },
	"HookEnded":  func(h *sample) []any { return args(*h.job, "", false) },
}

func (h *sample) writtenRule(name string) service.WrittenRule {
	return service.WrittenRule{Name: name, Queue: "support", On: []string{"created"}, Notify: []string{"AdminCc"}, Enabled: true}
}

// rule makes a rule, once, and returns its name.
func (h *sample) rule() string {
	if len(must(h.Rules(h.ctx, h.sys))(h.t)) == 0 {
		must(h.SaveRule(h.ctx, h.sys, h.writtenRule("sample")))(h.t)
	}
	return "sample"
}

func (h *sample) ruleID() desk.RuleID { return must(h.Rule(h.ctx, h.sys, h.rule()))(h.t).ID }

// parkedRun makes a run of it that failed.
func (h *sample) parkedRun() desk.RunID {
	run := desk.RuleRun{Rule: h.ruleID(), Ticket: h.ticket, At: h.Now(), Moment: h.Now().UnixMicro(), State: desk.RunParked, What: "it rained"}
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error { _, err := tx.InsertRuleRun(h.ctx, &run); return err }))
	return run.ID
}
