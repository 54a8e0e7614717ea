package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"gatehouse/ascode"
)

type workCommand struct {
	Export workExport `cmd:"" help:"Print rules, clocks, life cycles, templates of letters and forms of the portal as a file."`
	Plan   workPlan   `cmd:"" help:"Say what a file would change."`
	Apply  workApply  `cmd:"" help:"Make the desk work as a file says, all of it or nothing."`
}

type workExport struct{}

// Run writes it as YAML. Secrets are not in it.
func (cmd *workExport) Run(c *caller) error {
	w, err := ascode.ExportWork(c.ctx, c.svc, c.by)
	if err != nil {
		return err
	}
	text, err := w.YAML()
	if err == nil {
		_, err = c.p.Out.Write(text)
	}
	return err
}

func readWork(file string) (*ascode.Work, error) {
	text, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, &failure{exitNotFound, fmt.Errorf("the file cannot be read: %w", err)}
	}
	return ascode.ReadWork(file, text)
}

type workPlan struct {
	File string `arg:"" help:"How the desk shall work."`
}

// Run says what would be changed.
func (cmd *workPlan) Run(c *caller) error {
	want, err := readWork(cmd.File)
	if err != nil {
		return err
	}
	steps, err := ascode.PlanWork(c.ctx, c.svc, c.by, want)
	return c.showSteps(steps, err)
}

// showSteps prints steps, for people or programs.
func (c *caller) showSteps(steps []ascode.Step, err error) error {
	if err != nil {
		return err
	}
	if c.json {
		return printJSON(c.p.Out, struct {
			Steps []stepJSON `json:"steps"`
		}{stepsOf(steps)})
	}
	return c.printSteps(steps)
}

type workApply struct {
	File string `arg:"" help:"How the desk shall work."`
}

// Run makes it so.
func (cmd *workApply) Run(c *caller) error {
	want, err := readWork(cmd.File)
	if err != nil {
		return err
	}
	steps, err := ascode.ApplyWork(c.ctx, c.svc, c.by, want)
	return c.showSteps(steps, err)
}
