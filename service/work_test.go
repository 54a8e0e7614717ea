package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// workOf is how it goes with a sort of work, as somebody is told.
func (h *house) workOf(by desk.Actor, step string) service.Work {
	h.t.Helper()
	health := must(h.Health(h.ctx, by, false))(h.t)
	at := slices.IndexFunc(health.Work, func(w service.Work) bool { return w.Step == step })
	if at < 0 {
		h.t.Fatalf("nothing is said of %s: %+v", step, health.Work)
	}
	return health.Work[at]
}

// TestStatesOfWork: work is well, or what is the matter with it is said, of the
// node with which it is worst and which still runs.
func TestStatesOfWork(t *testing.T) {
	h := newHouse(t)
	now := h.Now()
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	at := func(node string, t desk.StepTimes) desk.StepTimes {
		t.Step, t.Node = service.StepWebhooks, node
		if t.Looked.IsZero() {
			t.Looked = now
		}
		return t
	}
	for _, tt := range []struct {
		why   string
		said  []desk.StepTimes // by the nodes a and b, which run, and gone, which does not
		state service.WorkState
		on    string
		since time.Time
	}{
		{"nobody has said anything", nil, service.WorkUnknown, "", time.Time{}},
		{"only a node that is gone has", []desk.StepTimes{at("gone", desk.StepTimes{Failures: 9, Failing: ago(time.Hour)})}, service.WorkUnknown, "", time.Time{}},
		{"a node looks for it", []desk.StepTimes{at("a", desk.StepTimes{})}, service.WorkWell, "a", time.Time{}},
		{"it takes a minute", []desk.StepTimes{at("a", desk.StepTimes{Begun: ago(time.Minute), Looked: ago(time.Minute)})}, service.WorkWell, "a", time.Time{}},
		{"it takes five", []desk.StepTimes{at("a", desk.StepTimes{Begun: ago(5 * time.Minute), Looked: ago(5 * time.Minute)})}, service.WorkBusy, "a", ago(5 * time.Minute)},
		{"it takes an hour on one of two nodes", []desk.StepTimes{at("a", desk.StepTimes{Begun: ago(time.Hour), Looked: ago(time.Hour)}), at("b", desk.StepTimes{})}, service.WorkHangs, "a", ago(time.Hour)},
		{"it failed once", []desk.StepTimes{at("a", desk.StepTimes{}), at("b", desk.StepTimes{Failures: 1, Failing: ago(time.Second)})}, service.WorkRetried, "b", ago(time.Second)},
		{"it failed three times", []desk.StepTimes{at("a", desk.StepTimes{Failures: 3, Failing: ago(time.Minute)}), at("b", desk.StepTimes{Failures: 1})}, service.WorkFails, "a", ago(time.Minute)},
		{"a node looks for it no more", []desk.StepTimes{at("a", desk.StepTimes{Failures: 3, Looked: ago(3 * time.Minute)}), at("b", desk.StepTimes{})}, service.WorkUnlooked, "a", ago(3 * time.Minute)},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			h.clock.at = now.Add(-time.Hour)
			h.ok(h.Beat(h.ctx, h.sys, desk.Node{Name: "gone"}))
			h.clock.at = now
			h.ok(h.Beat(h.ctx, h.sys, desk.Node{Name: "a"}))
			h.ok(h.Beat(h.ctx, h.sys, desk.Node{Name: "b"}))
			h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error { return tx.NoteWork(h.ctx, tt.said) }))
			w := h.workOf(h.sys, service.StepWebhooks)
			if w.State != tt.state || w.Node != tt.on || !w.Since.Equal(tt.since) {
				t.Errorf("got %s on %q since %v, want %s on %q since %v", w.State, w.Node, w.Since, tt.state, tt.on, tt.since)
			}
			trouble := slices.Contains([]service.WorkState{service.WorkHangs, service.WorkFails, service.WorkUnlooked}, tt.state)
			if got := h.mistakes(h.sys); slices.Contains(got, fmt.Sprintf("work.%s webhooks", tt.state)) != trouble || w.State.Trouble() != trouble {
				t.Errorf("the checkup says %v", got)
			}
		})
	}
}

// TestWorkThatIsLate: work that should have been done minutes ago is late as
// long as it waits, whichever node should have done it.
func TestWorkThatIsLate(t *testing.T) {
	h := newHouse(t)
	h.agent("ann")
	h.grant(h.names["ann"], "ShowTicket", desk.OnSystem())
	h.open(service.NewTicket{Queue: h.makeQueue(desk.Queue{Name: "support"}), Subject: "It burns", Text: "Help"})
	ran := h.Now()
	beat := func() {
		h.ok(h.Beat(h.ctx, h.sys, desk.Node{Name: "a"}, desk.StepTimes{Step: service.StepEvents, Looked: h.Now(), Ran: ran, Took: 40 * time.Millisecond}))
	}
	beat()
	w := h.workOf(h.sys, service.StepEvents)
	if w.State != service.WorkWell || w.Waiting == 0 || w.Next.IsZero() || w.Took != 40*time.Millisecond || w.On != "a" || !w.Ran.Equal(ran) {
		t.Fatalf("at once: got %+v", w)
	}
	due := w.Next
	h.clock.at = h.clock.at.Add(6 * time.Minute)
	beat()
	if w := h.workOf(h.sys, service.StepEvents); w.State != service.WorkLate || !w.Since.Equal(due) {
		t.Errorf("after six minutes: got %+v", w)
	}
	for job := must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(t); job != nil; job = must(h.ClaimJob(h.ctx, h.sys, service.JobNotify))(t) {
		h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error { return tx.DeleteJob(h.ctx, job.ID) }))
	}
	if w := h.workOf(h.sys, service.StepEvents); w.State != service.WorkWell || w.Waiting != 0 || !w.Next.IsZero() {
		t.Errorf("when it is done: got %+v", w)
	}
}

// TestReasonsOfWork: who may look how the desk is doing sees that work fails;
// what it said, in which a webhook's address may be, only superusers do.
func TestReasonsOfWork(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"root", "otto", "ann"} {
		h.agent(login)
	}
	h.grant(h.names["root"], "SuperUser", desk.OnSystem())
	h.grant(h.names["otto"], "ShowConfigTab", desk.OnSystem())
	const secret = "https://hooks.example/s3cret"
	h.ok(h.Beat(h.ctx, h.sys, desk.Node{Name: "a"}, desk.StepTimes{Step: service.StepWebhooks, Looked: h.Now(), Failures: 7, Failing: h.Now(), Reason: secret + "\nsaid\t500 " + strings.Repeat("x", 5000)}))
	for who, told := range map[string]bool{"root": true, "otto": false} {
		w := h.workOf(h.by(who), service.StepWebhooks)
		if w.State != service.WorkFails || w.Failures != 7 || strings.HasPrefix(w.Reason, secret+" said 500 x") != told || len(w.Reason) > service.MaxSubject {
			t.Errorf("%s: got %+v", who, w)
		}
		all := must(h.Checkup(h.ctx, h.by(who)))(t)
		at := slices.IndexFunc(all, func(m service.Mistake) bool {
			return m.Check == "work.fails" && m.Name == service.StepWebhooks && m.Grave
		})
		if at < 0 || (all[at].Detail != "") != told {
			t.Errorf("the checkup says to %s: %+v", who, all)
		}
	}
	if _, err := h.Health(h.ctx, h.by("ann"), false); desk.KindOf(err) != desk.Forbidden && desk.KindOf(err) != desk.NotFound {
		t.Errorf("ann: got %v", err)
	}
	for _, m := range must(h.Checkup(h.ctx, h.by("ann")))(t) {
		if m.Kind == "work" {
			t.Errorf("the checkup says to ann: %+v", m)
		}
	}
}
