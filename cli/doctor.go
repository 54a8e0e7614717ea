package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

type doctorCommand struct{}

// A finding is what doctor found out about one thing.
type finding struct {
	Thing string `json:"thing"`
	State string `json:"state"` // ok, look, wrong
	Said  string `json:"said"`
}

// What a finding says: all is well, somebody should have a look, or the desk
// does not work so.
const (
	stateOK    = "ok"
	stateLook  = "look"
	stateWrong = "wrong"
)

// doctorTime bounds what another machine may take to answer.
const doctorTime = 5 * time.Second

// Run looks at everything on which the desk depends, changing nothing that was
// there; the answer is no where something is wrong.
func (cmd *doctorCommand) Run(a *app) error {
	all := append(a.lookAtAll(), a.lookAtDirectories()...)
	all = append(all, a.lookAtNodes()...)
	all = append(all, a.lookAtWork()...)
	all = append(all, a.lookAtPorts()...)
	if err := printList(a, all); err != nil {
		return err
	}
	for _, f := range all {
		if f.State == stateWrong {
			return no()
		}
	}
	return nil
}

// lookAtAll looks at everything but the directories of people.
func (a *app) lookAtAll() []finding {
	var all []finding
	for _, look := range []func() finding{
		a.lookAtSettings, a.lookAtDirectory, a.lookAtDisk, a.lookAtDatabase, a.lookAtClock,
		a.lookAtPages, a.lookAtDomain, a.lookAtRelay,
	} {
		all = append(all, look())
	}
	all = append(all, a.lookAtKeys()...)
	if a.conf.Replica != "" {
		all = append(all, a.lookAtReplica())
	}
	if a.conf.Bucket.Name != "" {
		all = append(all, a.lookAtBucket())
	}
	for _, spare := range a.conf.Relay.Spare {
		all = append(all, lookAtMailServer("spare relay", spare, a.conf.Relay.StartTLS || !desk.Loopback(spare)))
	}
	return all
}

// lookAround is what doctor finds, for the page of system health. A desk that
// runs has its directories tried on their own pages.
func (a *app) lookAround(context.Context) []service.Look {
	return mapped(append(a.lookAtAll(), a.lookAtNodes()...), func(f *finding) service.Look { return service.Look(*f) })
}

func said(thing, state, format string, args ...any) finding {
	return finding{thing, state, fmt.Sprintf(format, args...)}
}

// lookAtSettings looks for settings that fit each other badly; wrong ones were
// refused before.
func (a *app) lookAtSettings() finding {
	u, err := url.Parse(a.conf.BaseURL)
	switch {
	case err != nil:
		return said("settings", stateWrong, "base_url cannot be read: %v", err)
	case u.Scheme == "http" && !desk.Loopback(u.Host):
		return said("settings", stateLook, "base_url is %s: put a proxy with TLS in front and write https", a.conf.BaseURL)
	case a.conf.Domain == "desk.invalid":
		return said("settings", stateLook, "mail_domain is desk.invalid: set a domain of your own, letters need one")
	}
	return said("settings", stateOK, "%d settings, base_url is %s", len(a.conf.Lines()), a.conf.BaseURL)
}

func (a *app) lookAtDirectory() finding {
	info, err := os.Stat(a.conf.Data)
	if errors.Is(err, os.ErrNotExist) {
		return a.lookWhereItWillBe()
	}
	if err != nil {
		return said("directory", stateWrong, "%s cannot be used: %v", a.conf.Data, err)
	}
	if !info.IsDir() {
		return said("directory", stateWrong, "%s is a file: name a directory in the setting data", a.conf.Data)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return said("directory", stateLook, "%s can be read by others on this machine: chmod 700 it", a.conf.Data)
	}
	file, err := os.CreateTemp(a.conf.Data, ".doctor-*")
	if err == nil {
		err = errors.Join(file.Sync(), file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		return said("directory", stateWrong, "%s cannot be written: %v", a.conf.Data, err)
	}
	return said("directory", stateOK, "%s can be written, and by nobody else", a.conf.Data)
}

// Below these a desk should not go: bytes and files in a hundred.
const (
	leastBytes = 1 << 30
	leastFree  = 5
)

func (a *app) lookAtDisk() finding {
	dir := nearest(a.conf.Data)
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return said("disk", stateWrong, "the disk of %s does not say how full it is: %v", dir, err)
	}
	free := fs.Bavail * uint64(fs.Bsize)
	switch {
	case free < 64<<20:
		return said("disk", stateWrong, "%d MB are free: nothing large can be stored", free>>20)
	case free < leastBytes, fs.Blocks > 0 && fs.Bavail*100/fs.Blocks < leastFree:
		return said("disk", stateLook, "%d MB are free: make room", free>>20)
	case fs.Files > 0 && fs.Ffree*100/fs.Files < leastFree:
		return said("disk", stateLook, "%d more files fit: make room", fs.Ffree)
	}
	return said("disk", stateOK, "%d MB are free", free>>20)
}

func (a *app) lookAtDatabase() finding {
	if _, err := os.Stat(filepath.Join(a.conf.Data, "gatehouse.db")); err != nil && a.conf.Database == "" {
		return said("database", stateLook, "there is none yet; serve makes it")
	}
	plan, err := store.PlanOf(a.ctx, a.storeOptions(false, nil))
	if err != nil {
		return said("database", stateWrong, "%s", whyNoDatabase(err))
	}
	waiting := 0
	for _, m := range plan {
		if !m.Applied {
			waiting++
		}
	}
	if waiting > 0 {
		return said("database", stateLook, "%s of the schema missing: make a backup, then run gatehouse migrate", counted(waiting, "step"))
	}
	return said("database", stateOK, "it answers, with all %s of the schema", counted(len(plan), "step"))
}

// lookAtClock compares the clock with the disk's, which is another machine's
// on a shared disk, and with the time when the program can have been made.
func (a *app) lookAtClock() finding {
	now := a.p.Now()
	if now.Year() < 2025 {
		return said("clock", stateWrong, "it says %s, which is past: set it", now.Format(time.RFC3339))
	}
	// What cannot be asked, another finding tells.
	at, err := store.Clock(a.ctx, a.storeOptions(false, nil))
	if err == nil && !at.IsZero() && at.Sub(a.p.Now()).Abs() > clockApart {
		return said("clock", stateLook, "it and the database server's are %s apart: let both follow a time server", at.Sub(a.p.Now()).Abs().Round(time.Second))
	}
	dir := os.TempDir()
	if info, err := os.Stat(a.conf.Data); err == nil && info.IsDir() {
		dir = a.conf.Data
	}
	file, err := os.CreateTemp(dir, ".gatehouse-doctor-*")
	if err != nil {
		return said("clock", stateLook, "it says %s; the disk's could not be asked: %v", now.Format(time.RFC3339), err)
	}
	defer os.Remove(file.Name())
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return said("clock", stateLook, "the disk's could not be asked: %v", err)
	}
	if apart := info.ModTime().Sub(now).Abs(); apart > time.Minute {
		return said("clock", stateLook, "it and the disk's are %s apart: let both follow a time server", apart.Round(time.Second))
	}
	return said("clock", stateOK, "it says %s", now.UTC().Format(time.RFC3339))
}

// clockApart is by how much the clocks of machines may differ before doctor
// says so.
const clockApart = 5 * time.Second

// lookAtPages asks whether the name under which people find the pages is known.
func (a *app) lookAtPages() finding {
	u, err := url.Parse(a.conf.BaseURL)
	if err != nil {
		return said("name", stateWrong, "base_url cannot be read: %v", err)
	}
	ctx, cancel := context.WithTimeout(a.ctx, doctorTime)
	defer cancel()
	if _, err := net.DefaultResolver.LookupHost(ctx, u.Hostname()); err != nil {
		return said("name", stateLook, "the name %s of base_url is not known here: %v", u.Hostname(), err)
	}
	return said("name", stateOK, "%s is known", u.Hostname())
}

// lookAtDomain asks whether letters can come back to the domain.
func (a *app) lookAtDomain() finding {
	if a.conf.Domain == "desk.invalid" {
		return said("mail domain", stateLook, "none is set")
	}
	ctx, cancel := context.WithTimeout(a.ctx, doctorTime)
	defer cancel()
	if mx, err := net.DefaultResolver.LookupMX(ctx, a.conf.Domain); err == nil && len(mx) > 0 {
		return said("mail domain", stateOK, "letters to %s go to %s", a.conf.Domain, mx[0].Host)
	}
	return said("mail domain", stateLook, "no mail server is known for %s: letters to it do not arrive", a.conf.Domain)
}

// lookAtBucket stores something small in the bucket of files, reads it and
// removes it.
func (a *app) lookAtBucket() finding {
	b, of := bucketOf(a.conf), a.conf.Bucket.Name+" at "+a.conf.Bucket.Host
	ctx, cancel := context.WithTimeout(a.ctx, doctorTime)
	defer cancel()
	if err := store.TryBucket(ctx, b); err != nil {
		return said("bucket", stateWrong, "files cannot be kept in %s: %v", of, errors.Unwrap(err))
	}
	if !b.TLS && !desk.Loopback(b.Host) {
		return said("bucket", stateLook, "%s keeps files, but is reached without TLS: write https", of)
	}
	return said("bucket", stateOK, "%s keeps files", of)
}

// lookAtRelay looks at the mail server by which letters go out.
func (a *app) lookAtRelay() finding {
	relay := a.conf.Relay
	if relay.Address == "" {
		return said("relay", stateLook, "none is set: letters stay in the outbox")
	}
	return lookAtMailServer("relay", relay.Address, relay.StartTLS)
}

// lookAtMailServer says hello to a mail server and hangs up.
func lookAtMailServer(thing, address string, startTLS bool) finding {
	conn, err := net.DialTimeout("tcp", address, doctorTime)
	if err != nil {
		return said(thing, stateWrong, "%s does not answer: %v", address, err)
	}
	if err := conn.SetDeadline(time.Now().Add(doctorTime)); err != nil {
		return said(thing, stateWrong, "%v", err)
	}
	host, _, _ := net.SplitHostPort(address)
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return said(thing, stateWrong, "%s answers, but not as a mail server: %v", address, err)
	}
	defer client.Close()
	if err := client.Hello("localhost"); err != nil {
		return said(thing, stateWrong, "%s does not want to talk: %v", address, err)
	}
	if tls, _ := client.Extension("STARTTLS"); startTLS && !tls {
		return said(thing, stateWrong, "%s offers no STARTTLS, without which nothing is sent; see relay_tls", address)
	}
	return said(thing, stateOK, "%s takes letters", address)
}

// lookAtDirectories reaches for each directory that is read. Of a database that
// is not as this program wants it, another finding tells.
func (a *app) lookAtDirectories() []finding {
	if _, err := os.Stat(filepath.Join(a.conf.Data, "gatehouse.db")); err != nil && a.conf.Database == "" || a.open(false, nil) != nil {
		return nil
	}
	by := desk.System(desk.ViaCLI)
	list, err := a.svc.Directories(a.ctx, by)
	if err != nil {
		return []finding{said("directories", stateWrong, "they cannot be listed: %s", oneSentence(err))}
	}
	var all []finding
	for _, d := range list {
		if !d.Disabled {
			all = append(all, a.lookAtOne(by, d))
		}
	}
	return all
}

func (a *app) lookAtOne(by desk.Actor, d desk.Directory) finding {
	thing := "directory " + d.Name
	trial, err := a.svc.TryDirectory(a.ctx, by, d)
	if err != nil {
		return said(thing, stateWrong, "it cannot be tried: %s", oneSentence(err))
	}
	for _, step := range trial.Steps {
		if !step.OK {
			return said(thing, stateWrong, "%s: %s", step.Name, step.Text)
		}
	}
	return said(thing, stateOK, "it answers; %d of its people were seen", trial.Seen)
}
