package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) importRoutes() []route {
	const rights = "any to administer people, customers, groups or grants; your own files only"
	return []route{
		shows(h, what{"listImports", "GET /imports", rights, "Files that you bring in, newest first"}, h.listImports),
		makes(h, what{"uploadImport", "POST /imports", rights, "Send a CSV file; nothing is changed yet"}, "/imports", h.uploadImport).withFiles(),
		shows(h, what{"getImport", "GET /imports/{id}", rights, "A file with its columns, how far it is and what it did or would do"}, h.getImport),
		does(h, what{"startImport", "POST /imports/{id}/start", rights + "; each line what the same by hand asks", "Have a file looked through, or brought in"}, h.startImport),
	}
}

// An Import is a file that is brought in.
type Import struct {
	ID      int64          `json:"id"`
	Kind    string         `json:"kind" enum:"users,customers,memberships,grants"`
	Name    string         `json:"name"`
	State   string         `json:"state" enum:"new,trying,tried,running,done,failed"`
	Lines   int            `json:"lines"`
	SkipBad bool           `json:"skip_bad"`
	Columns map[string]int `json:"columns" doc:"Where in a line, from 0, each column of ours stands."`
	At      *time.Time     `json:"at"`
	Ended   *time.Time     `json:"ended,omitempty"`

	Done   int           `json:"done,omitempty" doc:"Lines that are done; where one file is asked for."`
	Names  []string      `json:"names,omitempty" doc:"What the first line calls its columns; where one file is asked for."`
	Report *ImportReport `json:"report,omitempty" doc:"Where one file is asked for."`
}

// An ImportReport is what a file did or would do.
type ImportReport struct {
	Error     string       `json:"error,omitempty" doc:"Why nothing came of it."`
	Added     int          `json:"added"`
	Changed   int          `json:"changed"`
	Unchanged int          `json:"unchanged"`
	Bad       int          `json:"bad"`
	Errors    []ImportLine `json:"errors" nullable:"false" doc:"The first 1,000 bad lines."`
	Shown     []ImportLine `json:"shown" nullable:"false" doc:"The first changes."`
	Effect    *Effect      `json:"effect,omitempty" doc:"Who would gain and lose what; of looking through."`
}

// An ImportLine is a line of a file.
type ImportLine struct {
	Line   int    `json:"line"`
	Text   string `json:"text" doc:"What is wrong, or what is changed."`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

func importOf(i desk.Import) Import {
	return Import{ID: int64(i.ID), Kind: i.Kind, Name: i.Name, State: string(i.State), Lines: i.Lines, SkipBad: i.SkipBad, Columns: i.Places,
		At: moment(i.At), Ended: moment(i.Ended)}
}

func (h *handler) listImports(ctx context.Context, by caller, _ *Nothing) (Page[Import], error) {
	list, err := h.desk.Imports(ctx, by.Actor)
	return pageOf(list, importOf), err
}

// An ImportFile is a file to be sent.
type ImportFile struct {
	Kind    string `json:"kind" enum:"users,customers,memberships,grants"`
	Name    string `json:"name" maxLength:"200"`
	Content string `json:"content" doc:"The file, in UTF-8."`
}

func (h *handler) uploadImport(ctx context.Context, by caller, in *struct{ Body ImportFile }) (desk.ImportID, error) {
	return h.desk.UploadImport(ctx, by.Actor, in.Body.Kind, in.Body.Name, []byte(in.Body.Content))
}

func (h *handler) getImport(ctx context.Context, by caller, in *Numbered) (Import, error) {
	i, err := h.desk.ImportFile(ctx, by.Actor, desk.ImportID(in.ID))
	if err != nil {
		return Import{}, err
	}
	wire := importOf(i.Import)
	wire.Done = i.Done
	if i.Head != nil {
		wire.Names = i.Head.Columns
	}
	if r := i.Report; r != nil {
		wire.Report = &ImportReport{Error: r.Error, Added: r.Added, Changed: r.Changed, Unchanged: r.Unchanged, Bad: r.Bad,
			Errors: pageOf(r.Errors, func(e service.ImportError) ImportLine { return ImportLine{Line: e.Line, Text: e.Text} }).Items,
			Shown:  pageOf(r.Shown, func(l service.LoadedLine) ImportLine { return ImportLine{l.Line, l.Object, l.Before, l.After} }).Items}
		if r.Effect != nil {
			effect := by.effect(r.Effect)
			wire.Report.Effect = &effect
		}
	}
	return wire, nil
}

type startImportInput struct {
	Numbered
	Body struct {
		Columns map[string]int `json:"columns,omitempty" doc:"Where in a line, from 0, each column of ours stands; absent: as they were guessed or given before."`
		SkipBad bool           `json:"skip_bad,omitempty" doc:"Leave bad lines out; otherwise one keeps all from being written."`
		Write   bool           `json:"write,omitempty" doc:"Bring it in; otherwise it is looked through only."`
	}
}

func (h *handler) startImport(ctx context.Context, by caller, in *startImportInput) error {
	start := service.ImportStart{ID: desk.ImportID(in.ID), Places: in.Body.Columns, SkipBad: in.Body.SkipBad, Write: in.Body.Write}
	if start.Places == nil {
		i, err := h.desk.ImportFile(ctx, by.Actor, start.ID)
		if err != nil {
			return err
		}
		start.Places = i.Places
	}
	return h.desk.StartImport(ctx, by.Actor, start)
}
