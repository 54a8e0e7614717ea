package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

type backupCommand struct {
	File string `arg:"" help:"Where to; there must be no such file yet."`
}

type savedLine struct {
	File    string   `json:"file"`
	Bytes   int64    `json:"bytes"`
	Tables  int      `json:"tables"`
	Rows    int64    `json:"rows"`
	Files   int      `json:"files"`
	Missing []string `json:"missing"`
}

// Run writes the backup.
func (cmd *backupCommand) Run(c *caller) error {
	var saved *savedLine
	err := newFile(cmd.File, func(file *os.File) error {
		var err error
		saved, err = cmd.write(c, file)
		return err
	})
	if err != nil {
		return err
	}
	saved.File = cmd.File
	return printThing(c.app, *saved)
}

// newFile makes a file, written beside its name, which it gets when all of it is
// on the disk: a file of that name is always whole. One that is there is left.
func newFile(path string, write func(*os.File) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &failure{exitCannotWrite, fmt.Errorf("there is a file %s already; take another name", path)}
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone already where all went well
	err = write(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func (cmd *backupCommand) write(c *caller, file *os.File) (*savedLine, error) {
	show := c.showProgress()
	buffered := bufio.NewWriterSize(file, 1<<20)
	saved, err := c.svc.Backup(c.ctx, c.by, buffered, func(done int) { show("backing up", done, 0) })
	if err != nil {
		return nil, err
	}
	if err := errors.Join(buffered.Flush(), file.Sync()); err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return &savedLine{Bytes: info.Size(), Tables: saved.Tables, Rows: saved.Rows, Files: saved.Files, Missing: listed(saved.Missing)}, nil
}

func syncDir(path string) error {
	dir, err := os.Open(filepath.Clean(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

type restoreCommand struct {
	File     string `arg:"" type:"existingfile" help:"The backup."`
	Verify   bool   `help:"Check the restored desk as verify does."`
	Erasures string `type:"existingfile" placeholder:"FILE" help:"What was erased since; the file erasures of the data directory is read in any case."`
}

type restoredLine struct {
	Made    time.Time   `json:"made"`
	Tables  int         `json:"tables"`
	Rows    int64       `json:"rows"`
	Files   int         `json:"files"`
	Erased  int         `json:"erased_again"`
	Missing []string    `json:"missing"`
	Checks  []checkLine `json:"checks"`
	Notes   []string    `json:"notes"`
}

// Run restores into the empty desk that the settings name.
func (cmd *restoreCommand) Run(a *app) error {
	if a.as != "" {
		return &failure{exitUsage, errors.New("there is nobody yet at an empty desk; leave out --as")}
	}
	file, err := os.Open(cmd.File)
	if err != nil {
		return err
	}
	defer file.Close()
	show := a.showProgress()
	done, err := store.Restore(a.ctx, a.storeOptions(true, nil), file, func(done int) { show("restoring", done, 0) })
	if err != nil {
		return err
	}
	if err := a.open(false, nil); err != nil {
		return err
	}
	erased, err := cmd.eraseAgain(a)
	if err != nil {
		return err
	}
	line := restoredLine{done.Made, done.Tables, done.Rows, done.Files, erased, listed(done.Missing), []checkLine{}, []string{}}
	if !cmd.Verify {
		return printThing(a, line)
	}
	found, err := a.svc.Verify(a.ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return err
	}
	line.Checks, line.Notes = checkLinesOf(found), listed(found.Notes)
	if err := printThing(a, line); err != nil {
		return err
	}
	return a.printVerification(found, false)
}

// eraseAgain erases what was erased since the backup was made.
func (cmd *restoreCommand) eraseAgain(a *app) (int, error) {
	list, err := a.store.KeptErasures()
	if err != nil {
		return 0, err
	}
	if cmd.Erasures != "" {
		file, err := os.Open(cmd.Erasures)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		more, err := store.ReadErasures(file)
		if err != nil {
			return 0, err
		}
		list = append(list, more...)
	}
	return a.svc.EraseAgain(a.ctx, desk.System(desk.ViaCLI), list)
}

type verifyCommand struct{}

type checkLine struct {
	Check  string   `json:"check"`
	Looked int64    `json:"looked_at"`
	Bad    int64    `json:"bad"`
	Faults []string `json:"faults"`
}

func checkLinesOf(found *service.Verification) []checkLine {
	return mapped(found.Checks, func(c *service.Check) checkLine {
		return checkLine{c.Name, c.Looked, c.Bad, listed(c.Faults)}
	})
}

// Run checks the desk; the answer is no where something is wrong.
func (cmd *verifyCommand) Run(c *caller) error {
	found, err := c.svc.Verify(c.ctx, c.by)
	if err != nil {
		return err
	}
	return c.printVerification(found, c.json)
}

// printVerification prints a line for each check, then the faults, then the
// notes.
func (a *app) printVerification(found *service.Verification, asJSON bool) error {
	lines := checkLinesOf(found)
	switch {
	case asJSON:
		err := printJSON(a.p.Out, struct {
			Clean  bool        `json:"clean"`
			Checks []checkLine `json:"checks"`
			Notes  []string    `json:"notes"`
		}{found.Clean(), lines, listed(found.Notes)})
		if err != nil {
			return err
		}
	case !a.json:
		a.printFaults(found)
	}
	if !found.Clean() {
		return no()
	}
	return nil
}

func (a *app) printFaults(found *service.Verification) {
	for _, c := range found.Checks {
		state := "as it must be"
		if c.Bad > 0 {
			state = fmt.Sprintf("%d WRONG", c.Bad)
		}
		fmt.Fprintf(a.p.Out, "%-14s  %8d  %s\n", c.Name, c.Looked, state)
		for _, fault := range c.Faults {
			fmt.Fprintf(a.p.Out, "    %s\n", clean(fault))
		}
		if more := c.Bad - int64(len(c.Faults)); more > 0 {
			fmt.Fprintf(a.p.Out, "    and %d more\n", more)
		}
	}
	for _, note := range found.Notes {
		fmt.Fprintf(a.p.Out, "note: %s\n", note)
	}
	if found.Clean() {
		fmt.Fprintln(a.p.Out, "Everything is as it must be.")
	}
}
