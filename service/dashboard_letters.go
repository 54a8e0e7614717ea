package service

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gatehouse/desk"
)

// SendDashboards writes the letter with a dashboard that has been due the
// longest, with what its receiver may see now, and reports whether there was
// one. Who is disabled, or may not get it any more, gets none. Only the system
// does it.
func (s *Service) SendDashboards(ctx context.Context, by desk.Actor) (bool, error) {
	var due []desk.DashboardLetter
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		due, err = o.DueDashboardLetters(ctx, s.Now(), 1)
		return err
	})
	if err != nil || len(due) == 0 {
		return false, err
	}
	out, zone, err := s.writeDashboard(ctx, due[0])
	if err != nil && (desk.KindOf(err) == desk.Unavailable || ctx.Err() != nil) {
		return false, err
	}
	if err != nil {
		s.log.InfoContext(ctx, "a dashboard is not sent", "dashboard", int64(due[0].Dashboard), "user", int64(due[0].User), "reason", err)
	}
	return true, s.do(ctx, by, func(o *op) error { return o.queueDashboard(ctx, due[0], out, zone) })
}

// queueDashboard puts a letter into the outbox, unless it was by another node,
// and says when the next one is due.
func (o *op) queueDashboard(ctx context.Context, l desk.DashboardLetter, out *desk.Outgoing, zone *time.Location) error {
	now := o.s.Now()
	still, err := o.DashboardLetters(ctx, l.User)
	if err != nil {
		return err
	}
	for _, have := range still {
		if have != l {
			continue
		}
		l.Next = l.After(now.In(zone))
		if err := o.SetDashboardLetter(ctx, l); err != nil || out == nil {
			return err
		}
		out.At, out.Next, out.State = now, now, desk.OutWaiting
		return o.InsertOutgoing(ctx, out)
	}
	return nil
}

// writeDashboard writes a letter as its receiver, and says where his days begin.
func (s *Service) writeDashboard(ctx context.Context, l desk.DashboardLetter) (*desk.Outgoing, *time.Location, error) {
	by, zone := desk.Actor{User: l.User, Via: desk.ViaJob}, s.Zone()
	var u *desk.User
	gone := false
	err := s.view(ctx, by, func(o *op) error {
		var err error
		if zone, err = o.zone(ctx); err != nil {
			return err
		}
		if u, err = o.User(ctx, l.User); err != nil {
			return err
		}
		for _, r := range []desk.Right{desk.SeeDashboard, desk.SubscribeDashboard} {
			d, err := o.dashboardFor(ctx, r, l.Dashboard)
			if err != nil {
				return err
			}
			gone = d.Gone
		}
		if gone || u.Address() == "" {
			return desk.Errorf(desk.NotFound, "The dashboard is gone, or its receiver has no address.")
		}
		return nil
	})
	if err != nil {
		return nil, zone, err
	}
	d, results, err := s.DashboardReports(ctx, by, l.Dashboard)
	if err != nil {
		return nil, zone, err
	}
	n := &DashboardNews{Line: d, Results: results, Language: cmp.Or(u.Language, s.Language()), At: s.Now().In(zone), Desk: s.Name(),
		URL: fmt.Sprintf("%s/agent/dashboards/%d", s.opt.BaseURL, d.ID)}
	if n.Fields, err = s.Fields(ctx, by); err != nil {
		return nil, zone, err
	}
	write := s.opt.WriteDashboard
	if write == nil {
		write = plainDashboard
	}
	subject, body := write(n)
	return &desk.Outgoing{Kind: desk.LetterDashboard, To: u.ID, Address: u.Address(), LetterID: s.letterID("dashboard", s.Now()), Subject: subject,
		Body: body, Auto: "auto-generated"}, zone, nil
}

// DashboardNews is what a letter with a dashboard tells, to one reader.
type DashboardNews struct {
	Line     *DashboardLine
	Results  []ReportResult
	Fields   []FieldLine // custom fields that the reader may know of
	Language string
	At       time.Time // in the reader's zone
	URL      string    // of the dashboard's page
	Desk     string
}

// WriteDashboard is how letters with dashboards are written: subject and text.
type WriteDashboard func(*DashboardNews) (subject, body string)

// plainDashboard writes a letter in English, with groups as programs name them.
func plainDashboard(n *DashboardNews) (subject, body string) {
	var text strings.Builder
	fmt.Fprintf(&text, "%s, %s\n%s\n", n.Line.Name, n.At.Format("2 January 2006, 15:04 MST"), n.URL)
	for i, r := range n.Results {
		text.WriteString("\n" + plainReport(&n.Line.Parts[i].Report, r))
	}
	fmt.Fprintf(&text, "\n-- \nYou get this because you asked for it on the page of the dashboard, where you can end it.\n")
	return n.Line.Name + " (" + n.Desk + ")", text.String()
}

// letterRows is how many rows of a report a letter shows.
const letterRows = 40

// plainReport writes a report as a table of plain text.
func plainReport(r *desk.TicketReport, result ReportResult) string {
	title := cmp.Or(r.Title, string(cmp.Or(r.Measure, desk.HowMany)))
	if result.Err != nil {
		return title + "\n  " + desk.Sentence(result.Err) + "\n"
	}
	t := result.Table
	if r.Chart == desk.NumberChart || len(r.By) == 0 {
		return title + ": " + plainCell(t, t.Total) + "\n"
	}
	table := [][]string{{string(r.By[0])}}
	for _, column := range t.Columns {
		table[0] = append(table[0], cmp.Or(column.Text, column.Key, string(t.Measure)))
	}
	for i, row := range t.Rows[:min(len(t.Rows), letterRows)] {
		line := []string{plainGroup(row)}
		for _, cell := range t.Cells[i] {
			line = append(line, plainCell(t, cell))
		}
		table = append(table, line)
	}
	return title + "\n" + AlignedTable(table)
}

func plainGroup(g ReportGroup) string {
	if g.Others > 0 {
		return strconv.Itoa(g.Others) + " others"
	}
	return cmp.Or(g.Text, g.Key)
}

// plainCell is what a cell says: how many, or the median.
func plainCell(t *ReportTable, c ReportCell) string {
	switch {
	case !t.Measure.Timed():
		return strconv.Itoa(c.Tickets)
	case c.Tickets == 0:
		return "-"
	case c.Median < 48*time.Hour:
		return strconv.FormatFloat(c.Median.Hours(), 'f', 1, 64) + " h"
	}
	return strconv.FormatFloat(c.Median.Hours()/24, 'f', 1, 64) + " d"
}

// AlignedTable writes a table as indented lines, in columns with two blanks or
// more between them, numbers to the right.
func AlignedTable(table [][]string) string {
	var widths []int
	for _, row := range table {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range table {
		b.WriteString(" ")
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				b.WriteString(" " + cell + pad)
			} else {
				b.WriteString("  " + pad + cell)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
