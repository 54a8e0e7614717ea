package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"gatehouse/desk"
	"gatehouse/service"
)

// rehearsable are the commands that change only what is in the database.
var rehearsable = []string{"user", "customer", "group", "queue", "role", "permission", "grant", "access", "setting", "blueprint"}

// rehearse runs a command in a transaction that is not stored, and prints who
// would gain and lose what instead of what the command says.
func (a *app) rehearse(parsed *kong.Context) error {
	command, rest, _ := strings.Cut(parsed.Command(), " ")
	if command == "batch" && strings.HasPrefix(rest, "change") { // its preview tells more
		a.trying = true
		return parsed.Run(a)
	}
	if !slices.Contains(rehearsable, command) {
		return &failure{exitUsage, desk.Errorf(desk.Invalid, "only %s can be tried with --what-if", strings.Join(append(slices.Clone(rehearsable), "batch change"), ", "))}
	}
	if err := a.open(a.conf.Migrate, nil); err != nil {
		return err
	}
	by, err := a.actor()
	if err != nil {
		return err
	}
	a.rehearsal = &caller{a, by}
	svc, out := a.svc, a.p.Out
	effect, err := svc.WhatIf(a.ctx, by, func(in *service.Service, _ desk.Actor) error {
		a.svc, a.p.Out = in, io.Discard
		return parsed.Run(a)
	})
	a.svc, a.p.Out = svc, out
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(out, effectOf(effect))
	}
	_, err = fmt.Fprintln(out, cleanText(strings.Join(effect.Words(), "\n  ")))
	return err
}

type effectJSON struct {
	People int              `json:"people"`
	Gains  []effectLineJSON `json:"gains"`
	Losses []effectLineJSON `json:"losses"`
}

type effectLineJSON struct {
	Total   int      `json:"total"`
	People  []string `json:"people"`
	Rights  []string `json:"rights"`
	Where   string   `json:"where"`
	Tickets int      `json:"tickets"`
	More    bool     `json:"more_tickets,omitempty"`
	Unknown bool     `json:"tickets_not_counted,omitempty"`
}

func effectOf(e *service.Effect) effectJSON {
	lines := func(list []service.EffectLine) []effectLineJSON {
		return mapped(list, func(l *service.EffectLine) effectLineJSON {
			people := mapped(l.People, func(n *service.Name) string { return n.Ref })
			return effectLineJSON{l.Total, people, l.Rights, l.Where, l.Tickets.Count, l.Tickets.More, l.Tickets.Unknown}
		})
	}
	return effectJSON{e.People, lines(e.Gains), lines(e.Losses)}
}

type accessTakeBack struct {
	Change int64 `arg:"" help:"Number of the change, as gatehouse access log shows it."`
}

// Run takes a change back.
func (cmd *accessTakeBack) Run(c *caller) error {
	id, err := c.svc.TakeBack(c.ctx, c.by, cmd.Change)
	if err != nil {
		return err
	}
	return c.done(id, "Change %d is taken back, by change %d.", cmd.Change, id)
}

type accessLog struct {
	Words  string `arg:"" optional:"" help:"Only lines with this in the object or in what was before or after."`
	By     string `placeholder:"USER" help:"Only what this user did; system for the desk itself."`
	About  string `placeholder:"THING" help:"Only what was done to user:bob, group:NAME, customer:KEY or queue:NAME, under each name that it had, what was granted to it and where it was let in."`
	Kind   string `help:"Only this kind of action, as grant, member, user."`
	Action string `help:"Only this action, as grant.add."`
	Via    string `help:"Only by this way in: web, api, cli, mail or job."`
	Number int64  `name:"change" help:"Only the lines of this change."`
	Since  string `placeholder:"DAY" help:"From this day or moment on."`
	Until  string `placeholder:"DAY" help:"Up to this day or moment."`
	Before int64  `help:"Only lines older than that of this number: the next page."`
	Limit  int    `default:"50" help:"At most so many lines."`
}

type logLine struct {
	ID     int64  `json:"id"`
	Change int64  `json:"change"`
	At     string `json:"at"`
	By     string `json:"by"`
	Via    string `json:"via"`
	Action string `json:"action"`
	Object string `json:"object"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Run lists the audit log, newest first.
func (cmd *accessLog) Run(c *caller) error {
	q := service.AuditQuestion{Actor: cmd.By, Subject: cmd.About}
	q.Words, q.Kind, q.Action, q.Via, q.Change = cmd.Words, cmd.Kind, cmd.Action, desk.Way(cmd.Via), cmd.Number
	q.Before, q.Limit = cmd.Before, cmd.Limit
	var err error
	if q.Since, err = moment(cmd.Since, false); err != nil {
		return err
	}
	if q.Until, err = moment(cmd.Until, true); err != nil {
		return err
	}
	list, _, err := c.svc.FindChanges(c.ctx, c.by, q)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(e *service.Change) logLine {
		return logLine{e.ID, e.Change, e.At.UTC().Format(time.DateTime), by(e.By), string(e.Via), e.Action, e.AuditEntry.Object, e.Before, e.After}
	}))
}

// by names a user by his number; nothing is the desk itself.
func by(id desk.UserID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// moment reads a day or a moment in UTC: 2026-03-31, 2026-03-31 14:05. A day
// means its end where the end is asked for; nothing is the zero time.
func moment(text string, end bool) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		if end {
			t = t.AddDate(0, 0, 1).Add(-time.Microsecond)
		}
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", time.DateTime, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, desk.Errorf(desk.Invalid, "%q is no day and no moment; write 2026-03-31 or \"2026-03-31 14:05\".", text)
}
