package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"gatehouse/scenario"
	"gatehouse/service"
	"gatehouse/store"
)

type accessTest struct {
	Files []string `arg:"" name:"file" help:"Files of scenarios; docs/scenarios.md describes the format."`
}

// A testLine is something that is not as a scenario says.
type testLine struct {
	Scenario string `json:"scenario"`
	Line     int    `json:"line,omitempty"`
	Asked    string `json:"asked,omitempty"`
	Expected string `json:"expected,omitempty"`
	Got      string `json:"got"`
}

// A testReport is what a run of scenarios came to.
type testReport struct {
	Passed   int        `json:"passed"`
	Failed   int        `json:"failed"`
	Failures []testLine `json:"failures"`
}

// Run plays the scenarios, each on a fresh desk; the desk of whoever asks is
// not touched.
func (cmd *accessTest) Run(a *app) error {
	var list []scenario.Scenario
	for _, file := range cmd.Files {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			return &failure{code: exitNotFound, err: fmt.Errorf("the file of scenarios cannot be read: %w", err)}
		}
		more, err := scenario.Read(file, text)
		if err != nil {
			return err
		}
		list = append(list, more...)
	}
	dir, err := os.MkdirTemp("", "gatehouse-test-")
	if err != nil {
		return err
	}
	report, err := a.play(list, dir, len(cmd.Files) > 1)
	if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
		return err
	}
	if a.json {
		err = printJSON(a.p.Out, report)
	} else {
		_, err = fmt.Fprintf(a.p.Out, "%d passed, %d failed\n", report.Passed, report.Failed)
	}
	if err == nil && report.Failed > 0 {
		return no()
	}
	return err
}

// play runs the scenarios and prints what fails as it is found.
func (a *app) play(list []scenario.Scenario, dir string, several bool) (*testReport, error) {
	fresh, err := freshDesks(a.ctx, dir)
	if err != nil {
		return nil, err
	}
	progress := func(string, int, int) {}
	if isTerminal(a.p.Err) {
		progress = a.showProgress()
	}
	report := &testReport{Failures: []testLine{}}
	scenario.Run(a.ctx, list, fresh, func(r *scenario.Result) {
		progress("playing scenarios", report.Passed+report.Failed+1, len(list))
		if r.Passed() {
			report.Passed++
			return
		}
		report.Failed++
		for _, line := range linesOf(r, several) {
			report.Failures = append(report.Failures, line)
			if !a.json && err == nil {
				_, err = fmt.Fprintln(a.p.Out, clean(line.String()))
			}
		}
	})
	return report, err
}

// linesOf says what is not as the scenario says, with the file where there are
// several.
func linesOf(r *scenario.Result, several bool) []testLine {
	name := r.Scenario.ID
	if several {
		name = r.Scenario.File + " " + name
	}
	var lines []testLine
	for _, f := range r.Failures {
		lines = append(lines, testLine{name, f.Line, f.Asked, f.Want, f.Got})
	}
	if r.Broken != nil {
		lines = append(lines, testLine{Scenario: name, Got: r.Broken.Error()})
	}
	return lines
}

// String writes the line for people.
func (l testLine) String() string {
	if l.Asked == "" {
		return fmt.Sprintf("%s: could not be played: %s", l.Scenario, l.Got)
	}
	return fmt.Sprintf("%s, line %d: %s: expected %s, got %s", l.Scenario, l.Line, l.Asked, l.Expected, l.Got)
}

// freshDesks returns what makes an empty desk in a directory of its own below
// dir: a copy of one that is made once.
func freshDesks(ctx context.Context, dir string) (scenario.Fresh, error) {
	first := filepath.Join(dir, "first")
	st, err := store.Open(ctx, store.Options{Dir: first, Migrate: true, Volatile: true})
	if err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil {
		return nil, err
	}
	empty, err := os.ReadFile(filepath.Join(first, "gatehouse.db"))
	if err != nil {
		return nil, err
	}
	var made atomic.Int64
	return func(ctx context.Context) (*service.Service, func() error, error) {
		at := filepath.Join(dir, strconv.FormatInt(made.Add(1), 10))
		if err := os.Mkdir(at, 0o700); err != nil {
			return nil, nil, err
		}
		if err := os.WriteFile(filepath.Join(at, "gatehouse.db"), empty, 0o600); err != nil {
			return nil, nil, err
		}
		st, err := store.Open(ctx, store.Options{Dir: at, Volatile: true})
		if err != nil {
			return nil, nil, err
		}
		// The desk's own address is desk@desk.example.
		svc := service.New(st, service.Options{Name: "Desk", Domain: "desk.example", MinPassword: 1})
		return svc, func() error { return errors.Join(st.Close(), os.RemoveAll(at)) }, nil
	}, nil
}
