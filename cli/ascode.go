package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gatehouse/ascode"
)

type accessExport struct {
	Customers bool   `help:"The members of customers too."`
	Into      string `placeholder:"FILE" help:"Write into this file; order and comments of what is the same stay. One that has a section customers gets it too."`
}

// Run writes the access configuration as YAML.
func (cmd *accessExport) Run(c *caller) error {
	old, customers, err := cmd.there()
	if err != nil {
		return err
	}
	have, err := ascode.Export(c.ctx, c.svc, c.by, customers)
	if err != nil {
		return err
	}
	text, err := have.YAML()
	if err == nil && old != nil {
		text, err = have.Into(cmd.Into, old)
	}
	if err != nil {
		return err
	}
	if cmd.Into == "" {
		_, err = c.p.Out.Write(text)
		return err
	}
	if bytes.Equal(text, old) {
		return nil
	}
	next := cmd.Into + ".new"
	if err := errors.Join(os.WriteFile(next, text, 0o600), os.Rename(next, cmd.Into)); err != nil {
		return &failure{exitCannotWrite, fmt.Errorf("the file could not be written: %w", err)}
	}
	return nil
}

// there reads the file that is written into; none is nil.
func (cmd *accessExport) there() ([]byte, bool, error) {
	if cmd.Into == "" {
		return nil, cmd.Customers, nil
	}
	old, err := os.ReadFile(filepath.Clean(cmd.Into))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, cmd.Customers, nil
	}
	if err != nil {
		return nil, false, &failure{exitNotFound, fmt.Errorf("the file cannot be read: %w", err)}
	}
	was, err := ascode.Read(cmd.Into, old)
	if err != nil {
		return nil, false, err
	}
	return old, cmd.Customers || was.Has("customers"), nil
}

func readConfiguration(file string) (*ascode.Config, error) {
	text, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, &failure{exitNotFound, fmt.Errorf("the file of the access configuration cannot be read: %w", err)}
	}
	return ascode.Read(file, text)
}

type accessPlan struct {
	File string `arg:"" help:"The access configuration as it shall be."`
}

type planJSON struct {
	Version int64      `json:"version"`
	Steps   []stepJSON `json:"steps"`
	Effect  effectJSON `json:"effect"`
}

type stepJSON struct {
	Sign string `json:"sign"`
	Text string `json:"text"`
}

func stepsOf(list []ascode.Step) []stepJSON {
	return mapped(list, func(s *ascode.Step) stepJSON { return stepJSON{string(s.Sign), s.Text} })
}

// Run says what the file would change, and who would gain and lose what.
func (cmd *accessPlan) Run(c *caller) error {
	want, err := readConfiguration(cmd.File)
	if err != nil {
		return err
	}
	p, err := ascode.Plan(c.ctx, c.svc, c.by, want)
	if err != nil {
		return err
	}
	if c.json {
		return printJSON(c.p.Out, planJSON{p.Version, stepsOf(p.Steps), effectOf(p.Effect)})
	}
	if err := c.printSteps(p.Steps); err != nil || len(p.Steps) == 0 {
		return err
	}
	_, err = fmt.Fprintf(c.p.Out, "%s\nThe plan is for version %d: gatehouse access apply --plan %d %s\n",
		cleanText(strings.Join(p.Effect.Words(), "\n  ")), p.Version, p.Version, clean(cmd.File))
	return err
}

func (a *app) printSteps(steps []ascode.Step) error {
	if len(steps) == 0 {
		_, err := fmt.Fprintln(a.p.Out, "Nothing is to be changed.")
		return err
	}
	for _, s := range steps {
		if _, err := fmt.Fprintln(a.p.Out, clean(s.String())); err != nil {
			return err
		}
	}
	return nil
}

type accessApply struct {
	File string `arg:"" help:"The access configuration as it shall be."`
	Plan int64  `placeholder:"VERSION" help:"Refuse if access was changed since the plan of this version."`
}

// Run makes the desk as the file says, as one change.
func (cmd *accessApply) Run(c *caller) error {
	want, err := readConfiguration(cmd.File)
	if err != nil {
		return err
	}
	steps, change, err := ascode.Apply(c.ctx, c.svc, c.by, want, cmd.Plan)
	if err != nil {
		return err
	}
	if c.json {
		return printJSON(c.p.Out, struct {
			Change int64      `json:"change"`
			Steps  []stepJSON `json:"steps"`
		}{change, stepsOf(steps)})
	}
	if err := c.printSteps(steps); err != nil || len(steps) == 0 {
		return err
	}
	_, err = fmt.Fprintf(c.p.Out, "Done, as change %d. Take it back with gatehouse access take-back %d\n", change, change)
	return err
}
