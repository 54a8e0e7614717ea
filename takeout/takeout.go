// Package takeout writes what a desk holds of one person or of one company into
// an archive that other programs can read: a zip file with JSON, and the files
// as they were sent.
//
// It promises that nothing is in it which the actor could not read on the pages:
// it asks the same use cases. Internal comments are left out unless they are
// asked for, so that the archive can be handed over. It reads some tickets
// after the others and holds no more of them.
//
// It does not hold what others may see and the actor may not, nor letters in
// their original form, and it is no backup: nothing reads it back.
package takeout

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"gatehouse/desk"
	"gatehouse/service"
)

// An Archive is how archives are made, and for whom.
type Archive struct {
	Service *service.Service
	By      desk.Actor // who may see what is in it
	// Internal takes internal comments in, which were never meant for whom the
	// archive is about.
	Internal bool
	// Progress, if not nil, is told how many tickets were written.
	Progress func(tickets int)
}

// A writer is one archive being written.
type writer struct {
	Archive
	ctx  context.Context
	zip  *zip.Writer
	done map[desk.TicketID]bool
}

func (a Archive) writer(ctx context.Context, to io.Writer) *writer {
	return &writer{a, ctx, zip.NewWriter(to), map[desk.TicketID]bool{}}
}

// User writes the archive of a person: the record, groups and customers, and
// the tickets on which he stands or that he reported, as far as the actor may
// read them.
func (a Archive) User(ctx context.Context, id desk.UserID, to io.Writer) error {
	w := a.writer(ctx, to)
	found, err := a.Service.Belongings(ctx, a.By, []desk.UserID{id})
	if err != nil {
		return err
	}
	if found[id] == nil {
		return desk.Errorf(desk.NotFound, "There is no user %d.", id)
	}
	if err := w.person("person.json", found[id]); err != nil {
		return err
	}
	for _, f := range []service.TicketFilter{{Standing: []desk.PrincipalID{desk.PrincipalID(id)}}, {Reporter: id}} {
		if err := w.tickets(f); err != nil {
			return err
		}
	}
	return w.zip.Close()
}

// Customer writes the archive of a company: the record, its contacts, and the
// tickets that are for it.
func (a Archive) Customer(ctx context.Context, id desk.CustomerID, to io.Writer) error {
	w := a.writer(ctx, to)
	c, err := a.Service.Customer(ctx, a.By, id)
	if err != nil {
		return err
	}
	if err := w.put("customer.json", time.Time{}, company{c.Key, c.Name, c.Street, c.City, c.Country, c.Comment, c.Domains, c.Disabled}); err != nil {
		return err
	}
	people, err := a.Service.ContactsOf(ctx, a.By, id)
	if err != nil {
		return err
	}
	var users []desk.UserID
	for _, p := range people {
		if p.Name.Kind == "user" { // a group or a subsidiary has an archive of its own
			users = append(users, desk.UserID(p.Name.ID))
		}
	}
	for some := range slices.Chunk(users, 100) {
		if err := w.persons(some); err != nil {
			return err
		}
	}
	if err := w.tickets(service.TicketFilter{Customers: []desk.CustomerID{id}}); err != nil {
		return err
	}
	return w.zip.Close()
}

// A Held archive is one on the disk, for as long as it is sent. Closing it
// removes it.
type Held struct{ *os.File }

// Hold writes an archive to the disk and goes back to its beginning, so that a
// failure is known before anything of it is sent.
func Hold(write func(io.Writer) error) (*Held, error) {
	file, err := os.CreateTemp("", "gatehouse-export-*")
	if err != nil {
		return nil, err
	}
	held := &Held{file}
	if err = write(file); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return held, nil
}

// Close removes the archive.
func (h *Held) Close() error { return errors.Join(h.File.Close(), os.Remove(h.File.Name())) }

// persons writes the records of some users.
func (w *writer) persons(ids []desk.UserID) error {
	found, err := w.Service.Belongings(w.ctx, w.By, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if found[id] == nil {
			continue
		}
		if err := w.person(fmt.Sprintf("people/%d.json", id), found[id]); err != nil {
			return err
		}
	}
	return nil
}

// person writes the record of a user.
func (w *writer) person(name string, of *service.Belonging) error {
	u := of.User
	p := person{Login: u.Login, Name: u.Name, Kind: u.Kind.String(), Addresses: u.Addresses, Language: u.Language, Zone: u.Zone, Since: u.Created, Disabled: u.Disabled}
	for _, g := range of.Groups {
		p.Belongs = append(p.Belongs, belongs{g.Name.Ref, g.Name.Text, g.Part.String(), g.Primary, g.From.String(), g.Until.String()})
	}
	return w.put(name, u.Created, p)
}

// tickets writes those of a filter that were not written yet, page by page.
func (w *writer) tickets(f service.TicketFilter) error {
	for f.Limit = 100; ; {
		page, err := w.Service.Tickets(w.ctx, w.By, f)
		if err != nil {
			return err
		}
		var next []desk.TicketID
		for _, line := range page.Lines {
			f.Before = line.ID
			if !w.done[line.ID] {
				next = append(next, line.ID)
			}
		}
		for some := range slices.Chunk(next, atOnce) {
			if err := w.whole(some); err != nil {
				return err
			}
		}
		if !page.More {
			return nil
		}
	}
}

// atOnce is how many tickets are in memory at once.
const atOnce = 25

// whole writes some tickets.
func (w *writer) whole(ids []desk.TicketID) error {
	list, err := w.Service.WholeTickets(w.ctx, w.By, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		w.done[id] = true
	}
	for _, v := range list {
		if err := w.ticket(v); err != nil {
			return err
		}
	}
	if w.Progress != nil {
		w.Progress(len(w.done))
	}
	return nil
}

func (w *writer) ticket(v *service.TicketView) error {
	dir := fmt.Sprintf("tickets/%d/", v.ID)
	t := ticket{Number: int64(v.ID), Subject: v.Subject, Queue: v.QueueName, Status: string(v.Status), Created: v.Created, Updated: v.Updated}
	for _, p := range v.Watchers {
		if !p.OnQueue {
			t.People = append(t.People, standing{p.RoleName, p.Name.Text})
		}
	}
	for _, m := range v.Messages {
		if m.Kind == desk.Comment && !w.Internal {
			continue
		}
		line := message{Kind: m.Kind.String(), By: v.Names[desk.PrincipalID(m.Author)].Text, At: m.At, Subject: m.Subject, Text: m.Text}
		for _, a := range m.Attachments {
			name := dir + fileName(a)
			if err := w.file(name, m.At, a.ID); err != nil {
				return err
			}
			line.Files = append(line.Files, name)
		}
		t.Messages = append(t.Messages, line)
	}
	return w.put(dir+"ticket.json", v.Updated, t)
}

func (w *writer) file(name string, at time.Time, id desk.AttachmentID) error {
	a, err := w.Service.Attachment(w.ctx, w.By, id)
	if err != nil {
		return err
	}
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	_, err = to.Write(a.Data)
	return err
}

func (w *writer) put(name string, at time.Time, v any) error {
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// fileName is a name that leads nowhere else, and to one file only.
func fileName(a desk.Attachment) string {
	name := path.Base(strings.ReplaceAll(a.Name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if name == "." || name == ".." || name == "/" || name == "_" {
		name = "file"
	}
	return fmt.Sprintf("%d-%s", a.ID, name)
}
