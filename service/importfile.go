package service

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gatehouse/desk"
)

const (
	importsKept = 10   // files of one person
	importShown = 1000 // changes of each outcome in a report
	importLease = time.Hour
)

// An ImportHead says how the first lines of a file look.
type ImportHead struct {
	Columns []string       // as the first line calls them
	Sample  []string       // the cells of the second line; empty: there is none that can be read
	Known   []ImportColumn // what a file of the kind can have
	Places  map[string]int // where each of Known seems to stand
	Lines   int
}

// An ImportColumn is one that a kind of file can have.
type ImportColumn struct {
	Name   string
	Needed bool
}

// An ImportReport is what a file did, or would do.
type ImportReport struct {
	Error                          string `json:",omitempty"` // why nothing came of it
	Added, Changed, Unchanged, Bad int
	Errors                         []ImportError
	Shown                          []LoadedLine
	Effect                         *Effect `json:",omitempty"` // of trying: who gains and loses what
}

// An ImportError is a bad line.
type ImportError struct {
	Line int
	Text string
}

// An ImportState is a file with what is known of it.
type ImportState struct {
	desk.Import
	Head   *ImportHead   // nil: it was brought in
	Report *ImportReport // nil: it was not looked through yet
	Done   int           // lines that are done, while a job of this node has it
}

// UploadImport keeps a file for bringing it in, and guesses its columns. It
// asks for any right to administer people, customers, groups or grants; what the
// file may do is asked when it is tried and brought in. Of the files of one
// person the latest ten are kept.
func (s *Service) UploadImport(ctx context.Context, by desk.Actor, kind, name string, content []byte) (desk.ImportID, error) {
	i := desk.Import{By: by.User, Via: by.Via, Kind: kind, Name: shortName(name), At: s.Now(), State: desk.ImportNew}
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayUpload(ctx); err != nil {
			return err
		}
		head, err := s.lookAt(kind, content)
		if err != nil {
			return err
		}
		i.Places, i.Lines = head.Places, head.Lines
		if err := o.InsertImport(ctx, &i, content); err != nil {
			return err
		}
		return o.DropImports(ctx, by.User, importsKept)
	})
	return i.ID, err
}

func shortName(name string) string {
	name = oneLine(name)
	if len(name) > 200 {
		name = strings.ToValidUTF8(name[:200], "")
	}
	return name
}

// mayUpload refuses whoever could bring nothing in.
func (o *op) mayUpload(ctx context.Context) error {
	if o.by.IsSystem() {
		return nil
	}
	rights, err := o.rightsSomewhere(ctx)
	if err != nil {
		return err
	}
	if !o.isAgent() || rights&desk.RightsOf(desk.AdminUsers, desk.AdminCustomers, desk.AdminCustomer, desk.AdminGroupMembership, desk.AdminGroup, desk.ModifyACL) == 0 {
		return desk.Errorf(desk.Forbidden, "You may bring no files in: it asks for a right to administer people, customers, groups or grants.")
	}
	return nil
}

// lookAt asks how a file looks.
func (s *Service) lookAt(kind string, content []byte) (*ImportHead, error) {
	if s.opt.LookFile == nil {
		return nil, desk.Errorf(desk.Unavailable, "This desk reads no files.")
	}
	return s.opt.LookFile(kind, content)
}

// Imports lists the files that the actor brings in, newest first.
func (s *Service) Imports(ctx context.Context, by desk.Actor) ([]desk.Import, error) {
	var list []desk.Import
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayUpload(ctx); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.Imports(ctx, by.User, importsKept)
		return err
	})
	return list, err
}

// ownImport returns a file of the actor's; those of others are not there.
func (o *op) ownImport(ctx context.Context, id desk.ImportID) (*desk.Import, error) {
	if err := o.mayUpload(ctx); err != nil {
		return nil, err
	}
	i, err := o.Tx.Import(ctx, id)
	if err == nil && i.By != o.by.User {
		return nil, desk.Errorf(desk.NotFound, "There is no such file.")
	}
	return i, err
}

// ImportFile returns one of the actor's files with its columns and what it did
// or would do.
func (s *Service) ImportFile(ctx context.Context, by desk.Actor, id desk.ImportID) (*ImportState, error) {
	out := &ImportState{}
	err := s.view(ctx, by, func(o *op) error {
		i, err := o.ownImport(ctx, id)
		if err != nil {
			return err
		}
		out.Import = *i
		var report ImportReport
		if there, err := o.ImportReport(ctx, id, &report); err != nil {
			return err
		} else if there {
			out.Report = &report
		}
		content, err := o.ImportContent(ctx, id)
		if err != nil || content == nil {
			return err
		}
		out.Head, err = s.lookAt(i.Kind, content)
		return err
	})
	if done, ok := s.importing.Load(id); ok && out.Works() {
		out.Done, _ = done.(int)
	}
	return out, err
}

// An ImportStart has a file looked through or brought in.
type ImportStart struct {
	ID      desk.ImportID
	Places  map[string]int // where each column of ours stands, from 0; others are not there
	SkipBad bool           // bad lines are left out; otherwise one keeps all from being written
	Write   bool           // bring it in; otherwise nothing of it is kept
}

// StartImport has a job look one of the actor's files through, or bring it in,
// with the rights that he has then.
func (s *Service) StartImport(ctx context.Context, by desk.Actor, in ImportStart) error {
	return s.do(ctx, by, func(o *op) error {
		i, err := o.ownImport(ctx, in.ID)
		if err != nil {
			return err
		}
		switch {
		case i.Works():
			return desk.Errorf(desk.Conflict, "This file is being read; wait until that is done.")
		case i.State == desk.ImportDone:
			return desk.Errorf(desk.Conflict, "This file was brought in; send it again to bring it in again.")
		}
		content, err := o.ImportContent(ctx, in.ID)
		if err != nil {
			return err
		}
		head, err := s.lookAt(i.Kind, content)
		if err != nil {
			return err
		}
		if err := head.check(in.Places); err != nil {
			return err
		}
		i.Places, i.SkipBad, i.Next, i.Ended = in.Places, in.SkipBad, s.Now(), time.Time{}
		i.State, i.Via = desk.ImportTrying, by.Via
		if in.Write {
			i.State = desk.ImportRunning
		}
		return o.UpdateImport(ctx, i, nil)
	})
}

// check refuses places that cannot be.
func (h *ImportHead) check(places map[string]int) error {
	known := map[string]bool{}
	for _, c := range h.Known {
		known[c.Name] = true
		if _, placed := places[c.Name]; c.Needed && !placed {
			return desk.InvalidFields(map[string]string{"column-" + c.Name: "A file of this kind must have it."})
		}
	}
	for name, at := range places {
		if !known[name] || at < 0 || at >= len(h.Columns) {
			return desk.InvalidFields(map[string]string{"column-" + name: "Choose one of the columns of the file."})
		}
	}
	return nil
}

// NextImport looks the file through that is due, or brings it in, with the
// rights of whoever sent it, and reports whether there was one. Only the system
// does it.
func (s *Service) NextImport(ctx context.Context, by desk.Actor) (bool, error) {
	var i *desk.Import
	var content []byte
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		if i, err = o.ClaimImport(ctx, importLease); err != nil || i == nil {
			return err
		}
		content, err = o.ImportContent(ctx, i.ID)
		return err
	})
	if err != nil || i == nil {
		return false, err
	}
	defer s.importing.Delete(i.ID)
	written, report := s.bringIn(ctx, i, content)
	i.State, i.Next, i.Ended = desk.ImportTried, time.Time{}, s.Now()
	switch {
	case written:
		i.State = desk.ImportDone
	case report.Error != "":
		i.State = desk.ImportFailed
	}
	return true, s.do(ctx, by, func(o *op) error {
		if i.State == desk.ImportDone {
			if err := o.DropImportContent(ctx, i.ID); err != nil {
				return err
			}
		}
		return o.UpdateImport(ctx, i, report)
	})
}

// bringIn does what a file is there for. What fails is in the report.
func (s *Service) bringIn(ctx context.Context, i *desk.Import, content []byte) (bool, *ImportReport) {
	report := &ImportReport{}
	failed := func(err error) (bool, *ImportReport) {
		report.Error = desk.Sentence(err)
		if desk.KindOf(err) == desk.Internal {
			s.log.Error("a file was not brought in", "file", int64(i.ID), "error", err)
		}
		return false, report
	}
	if s.opt.ReadFile == nil || content == nil {
		return failed(desk.Errorf(desk.Unavailable, "The file is not there any more; send it again."))
	}
	load, err := s.opt.ReadFile(i.Kind, content, i.Places)
	if err != nil {
		return failed(err)
	}
	load.Show, load.SkipBad = importShown, i.SkipBad
	load.Progress = func(done int) { s.importing.Store(i.ID, done) }
	by := desk.Actor{User: i.By, Via: i.Via}
	if i.By == 0 {
		by = desk.System(i.Via)
	}
	var loaded *Loaded
	if i.State == desk.ImportTrying {
		load.SkipBad = true // so that the others are looked at
		report.Effect, err = s.WhatIf(ctx, by, func(in *Service, by desk.Actor) error {
			var err error
			loaded, err = in.Import(ctx, by, load)
			return err
		})
	} else {
		loaded, err = s.Import(ctx, by, load)
	}
	if err != nil {
		return failed(err)
	}
	report.take(loaded)
	if i.State == desk.ImportRunning && !loaded.Written {
		report.Error = fmt.Sprintf("Nothing was written: %d lines are bad. Correct them and send the file again, or leave them out.", loaded.Bad)
		return false, report
	}
	return i.State == desk.ImportRunning, report
}

func (r *ImportReport) take(l *Loaded) {
	r.Added, r.Changed, r.Unchanged, r.Bad, r.Shown = l.Added, l.Changed, l.Unchanged, l.Bad, l.Shown
	for _, b := range l.Errors {
		r.Errors = append(r.Errors, ImportError{b.Line, desk.Sentence(b.Err)})
	}
}
