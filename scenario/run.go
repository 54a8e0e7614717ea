package scenario

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"gatehouse/desk"
	"gatehouse/service"
)

// Fresh makes a fresh desk and says how to end it.
type Fresh func(ctx context.Context) (*service.Service, func() error, error)

// A Failure is something that is not as the scenario says.
type Failure struct {
	Line  int    // in the file
	Asked string // the operation or question
	Want  string
	Got   string
}

// A Result is what came of one scenario. Failures is empty where all is as it
// says; Broken says why it could not be played to its end.
type Result struct {
	Scenario *Scenario
	Failures []Failure
	Broken   error
}

// Passed reports whether everything was as the scenario says.
func (r *Result) Passed() bool { return r.Broken == nil && len(r.Failures) == 0 }

// Run plays the scenarios, several at once, each on a desk of its own. It hands
// each result to report as soon as those before it are there, in their order,
// one at a time.
func Run(ctx context.Context, list []Scenario, fresh Fresh, report func(*Result)) {
	results := make([]chan *Result, len(list))
	for i := range results {
		results[i] = make(chan *Result, 1)
	}
	next := make(chan int)
	var players sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)) {
		players.Go(func() {
			for i := range next {
				results[i] <- play(ctx, &list[i], fresh)
			}
		})
	}
	go func() {
		defer close(next)
		for i := range list {
			next <- i
		}
	}()
	for _, result := range results {
		report(<-result)
	}
	players.Wait()
}

// play plays one scenario on a fresh desk.
func play(ctx context.Context, sc *Scenario, fresh Fresh) *Result {
	r := &Result{Scenario: sc}
	svc, end, err := fresh(ctx)
	if err != nil {
		r.Broken = fmt.Errorf("making a desk: %w", err)
		return r
	}
	r.Broken = r.play(ctx, newStage(svc))
	if err := end(); err != nil && r.Broken == nil {
		r.Broken = fmt.Errorf("ending the desk: %w", err)
	}
	return r
}

func (r *Result) play(ctx context.Context, s *stage) error {
	if err := s.set(ctx, r.Scenario); err != nil {
		return err
	}
	do, ask := doers(), askers()
	for _, step := range r.Scenario.Steps {
		if step.Do != nil {
			if err := r.do(ctx, s, do[step.Do.Name], step.Do); err != nil {
				return fmt.Errorf("line %d: %s: %w", step.Do.Line, step.Do.Name, err)
			}
		}
		for i := range step.Ask {
			q := &step.Ask[i]
			if err := r.ask(ctx, s, ask[q.Name], q); err != nil {
				return fmt.Errorf("line %d: %s: %w", q.Line, q.Name, err)
			}
		}
	}
	return nil
}

// do carries out an operation and compares how it ended and to whom letters
// went.
func (r *Result) do(ctx context.Context, s *stage, do doer, e *Entry) error {
	by, err := s.as(e.text("by"))
	if err == nil {
		err = do(s, ctx, by, e)
	}
	if err != nil && !refused(err) {
		return err
	}
	to, sentErr := s.sent(ctx)
	if sentErr != nil {
		return sentErr
	}
	want, got := "ok", "ok"
	if e.has("expect") {
		want = e.text("expect")
	}
	if err != nil {
		got = "refused"
	}
	switch {
	case want != got && err != nil:
		r.fail(e, want, "refused: "+desk.Sentence(err))
	case want != got:
		r.fail(e, want, got)
	case got == "refused" && len(to) > 0:
		r.fail(e, "refused, and no letter", "letters to "+listed(to).String())
	case e.has("notified") && !listed(to).same(listed(s.written(ctx, e.list("notified")))):
		r.fail(e, "notified "+listed(e.list("notified")).String(), listed(to).String())
	}
	return nil
}

// written returns those who are notified by their names: references and
// addresses of users who have a name count as that.
func (s *stage) written(ctx context.Context, list []string) []string {
	names := make([]string, len(list))
	for i, text := range list {
		names[i] = text
		id, err := s.whoever(ctx, text)
		if err != nil {
			continue
		}
		if name, err := s.nameOf(ctx, id); err == nil && name != "" {
			names[i] = name
		}
	}
	return names
}

// ask asks a question and compares the answer. About what is unknown, or may
// not be known, the answer is no, or nothing.
func (r *Result) ask(ctx context.Context, s *stage, ask asker, e *Entry) error {
	got, err := ask(s, ctx, e)
	switch {
	case err != nil && !refused(err):
		return err
	case err != nil && e.Name == "ticket_field":
		got = nothingThere()
	case err != nil && answerShape(e) == AFlag:
		got = yesNo(false)
	case err != nil:
		got = listed(nil)
	}
	if want := e.args["expect"]; !got.same(want) {
		r.fail(e, want.String(), got.String())
	}
	return nil
}

func (r *Result) fail(e *Entry, want, got string) {
	r.Failures = append(r.Failures, Failure{Line: e.Line, Asked: e.String(), Want: want, Got: got})
}

// String writes an operation or question on one line, without what is expected.
func (e *Entry) String() string {
	form, known := operations()[e.Name]
	if !known {
		form = questions()[e.Name]
	}
	parts := []string{e.Name}
	for _, name := range argNames(form) {
		v, given := e.args[name]
		if !given || name == "expect" || name == "notified" {
			continue
		}
		text := v.String()
		if v.Shape == AMap {
			text = "{…}"
		}
		parts = append(parts, name+": "+text)
	}
	return strings.Join(parts, " ")
}
