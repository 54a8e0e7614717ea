package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/transfer"
)

type importCommand struct {
	CSV importCSV `cmd:"" name:"csv" help:"Bring users, customers, memberships or grants in from a CSV file."`
}

type importCSV struct {
	Kind    string `arg:"" enum:"users,customers,memberships,grants" help:"What the file holds: users, customers, memberships or grants."`
	File    string `arg:"" help:"The file; - is standard input."`
	DryRun  bool   `help:"Show what would happen, and change nothing."`
	SkipBad bool   `help:"Leave bad lines out. Otherwise one keeps the whole file from being written."`
	Show    int    `default:"10" help:"How many of the changes to show, of new and of changed things each."`
}

type importReport struct {
	Kind      string       `json:"kind"`
	Written   bool         `json:"written"`
	Added     int          `json:"added"`
	Changed   int          `json:"changed"`
	Unchanged int          `json:"unchanged"`
	Bad       int          `json:"bad"`
	Errors    []importBad  `json:"errors"`
	Shown     []importLine `json:"shown"`
}

type importBad struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

type importLine struct {
	Line   int    `json:"line"`
	Object string `json:"object"`
	Before string `json:"before,omitempty"`
	After  string `json:"after"`
}

// Run reads the file and brings it in. Bad lines without --skip-bad are an
// error of the input.
func (cmd *importCSV) Run(c *caller) error {
	load, err := cmd.read(c.app)
	if err != nil {
		return err
	}
	load.DryRun, load.SkipBad, load.Show = cmd.DryRun, cmd.SkipBad, cmd.Show
	load.Progress = c.importProgress(len(load.Users) + len(load.Customers) + len(load.Memberships) + len(load.Grants))
	loaded, err := c.svc.Import(c.ctx, c.by, load)
	if err != nil {
		return err
	}
	if err := cmd.print(c.app, loaded); err != nil {
		return err
	}
	if loaded.Bad > 0 && !cmd.SkipBad {
		return &failure{exitInput, errSilent}
	}
	return nil
}

func (cmd *importCSV) read(a *app) (service.Load, error) {
	var from io.Reader = a.p.In
	if cmd.File != "-" {
		file, err := os.Open(filepath.Clean(cmd.File))
		if err != nil {
			return service.Load{}, &failure{exitNotFound, fmt.Errorf("the file cannot be opened: %w", err)}
		}
		defer file.Close()
		from = file
	}
	return transfer.ReadCSV(cmd.Kind, from)
}

// importProgress shows how many records are done: as a bar on a terminal, else
// as a line now and then.
func (a *app) importProgress(total int) func(done int) {
	if bar := a.newBar(counted(total, "line")); bar != nil {
		bar.ChangeMax(total)
		return func(done int) { _ = bar.Set(done) } // a terminal that is gone needs no bar
	}
	next := total / 10
	return func(done int) {
		if done >= next {
			next += max(total/10, 1)
			fmt.Fprintf(a.p.Err, "%d of %d\n", done, total)
		}
	}
}

func (cmd *importCSV) print(a *app, loaded *service.Loaded) error {
	report := importReport{Kind: cmd.Kind, Written: loaded.Written, Added: loaded.Added, Changed: loaded.Changed, Unchanged: loaded.Unchanged, Bad: loaded.Bad,
		Errors: mapped(loaded.Errors, func(b *service.BadRecord) importBad { return importBad{b.Line, desk.Sentence(b.Err)} }),
		Shown:  mapped(loaded.Shown, func(l *service.LoadedLine) importLine { return importLine{l.Line, l.Object, l.Before, l.After} })}
	if a.json {
		return printJSON(a.p.Out, report)
	}
	for _, b := range report.Errors {
		fmt.Fprintf(a.p.Err, "line %d: %s\n", b.Line, b.Text)
	}
	if more := loaded.Bad - len(report.Errors); more > 0 {
		fmt.Fprintf(a.p.Err, "and %d bad lines more\n", more)
	}
	for _, l := range report.Shown {
		if l.Before == "" {
			fmt.Fprintf(a.p.Out, "+ line %d: %s: %s\n", l.Line, l.Object, l.After)
		} else {
			fmt.Fprintf(a.p.Out, "~ line %d: %s: %s  →  %s\n", l.Line, l.Object, l.Before, l.After)
		}
	}
	fmt.Fprintf(a.p.Out, "%s: %d new, %d changed, %d unchanged, %d bad. %s\n", cmd.Kind, loaded.Added, loaded.Changed, loaded.Unchanged, loaded.Bad, cmd.outcome(loaded))
	return nil
}

func (cmd *importCSV) outcome(loaded *service.Loaded) string {
	switch {
	case loaded.Written:
		return "Written."
	case cmd.DryRun:
		return "Nothing was written: this was a dry run."
	}
	return "Nothing was written: correct the bad lines, or leave them out with --skip-bad."
}
