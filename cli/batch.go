package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

type batchCommand struct {
	Change batchStart `cmd:"" help:"Change many tickets, one after the other, as the user of --as may. With --what-if nothing is changed, and it is told what would be."`
	List   batchList  `cmd:"" help:"List one's latest changes of many tickets."`
	Show   batchShow  `cmd:"" help:"Show how far a change is, and which tickets were left as they are, and why."`
	Stop   batchStop  `cmd:"" help:"Stop a change: what was not changed stays as it is."`
	Undo   batchUndo  `cmd:"" help:"Put back what a change did, where it is still so."`
}

type batchStart struct {
	Tickets  []string `placeholder:"NUMBER" help:"Numbers of the tickets."`
	Query    string   `placeholder:"QUERY" help:"Instead of numbers: all that it finds, at most 1,000."`
	Status   string   `placeholder:"STATUS" help:"New status."`
	Owner    string   `placeholder:"USER" help:"New owner, or nobody."`
	Priority *int     `placeholder:"NUMBER" help:"New priority."`
	Queue    string   `placeholder:"QUEUE" help:"Queue to move them to."`
	Customer string   `placeholder:"KEY" help:"New customer."`
	Field    []string `sep:"none" placeholder:"NAME=VALUE" help:"Custom fields; NAME= takes the value away."`
	Reply    string   `xor:"message" placeholder:"TEXT" help:"Write this to the customer of each."`
	Comment  string   `xor:"message" placeholder:"TEXT" help:"Note this on each, internally."`
	Link     string   `enum:",depends_on,refers_to,member_of" default:"" placeholder:"TYPE" help:"Link each to the ticket of --to: depends_on, refers_to or member_of."`
	To       string   `placeholder:"NUMBER" help:"The ticket to link to."`
	Merge    string   `placeholder:"NUMBER" help:"Make them one with this ticket; goes with no other change."`
	Later    bool     `help:"Leave it to the desk that is being served, and do not wait."`
}

// Run makes the change, or tells what it would do.
func (cmd *batchStart) Run(c *caller) error {
	tickets, err := cmd.which(c)
	if err != nil {
		return err
	}
	change, err := cmd.change(c)
	if err != nil {
		return err
	}
	if c.trying {
		p, err := c.svc.PreviewBatch(c.ctx, c.by, tickets, change)
		if err != nil {
			return err
		}
		return c.sayPreview(p)
	}
	id, err := c.svc.StartBatch(c.ctx, c.by, tickets, change, "")
	if err != nil {
		return err
	}
	return c.followBatch(id, cmd.Later)
}

// which are the tickets that are meant.
func (cmd *batchStart) which(c *caller) ([]desk.TicketID, error) {
	if len(cmd.Tickets) == 0 {
		return c.svc.TicketsToChange(c.ctx, c.by, cmd.Query)
	}
	if cmd.Query != "" {
		return nil, &failure{exitUsage, fmt.Errorf("name tickets or a query, not both; see `gatehouse batch change --help`")}
	}
	var ids []desk.TicketID
	for _, text := range cmd.Tickets {
		id, err := ticketID(text)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// change is what is to be done to each.
func (cmd *batchStart) change(c *caller) (service.BatchChange, error) {
	change := service.BatchChange{Status: desk.Status(cmd.Status), Priority: cmd.Priority, Link: cmd.Link, Text: cmd.Reply + cmd.Comment}
	switch {
	case cmd.Reply != "":
		change.Kind = desk.Reply
	case cmd.Comment != "":
		change.Kind = desk.Comment
	}
	for _, number := range []struct {
		text string
		to   *desk.TicketID
	}{{cmd.To, &change.To}, {cmd.Merge, &change.Merge}} {
		if number.text == "" {
			continue
		}
		id, err := ticketID(number.text)
		if err != nil {
			return change, err
		}
		*number.to = id
	}
	return change, cmd.named(c, &change)
}

// named finds what is called by a name.
func (cmd *batchStart) named(c *caller, change *service.BatchChange) error {
	if cmd.Owner != "" {
		owner, err := c.ownerID(cmd.Owner)
		if err != nil {
			return err
		}
		change.Owner = &owner
	}
	if cmd.Queue != "" {
		q, err := c.queue(cmd.Queue)
		if err != nil {
			return err
		}
		change.Queue = q.ID
	}
	if cmd.Customer != "" {
		id, err := c.principal("customer:" + strings.TrimPrefix(cmd.Customer, "customer:"))
		if err != nil {
			return err
		}
		change.Customer = desk.CustomerID(id)
	}
	var err error
	change.Fields, err = c.fieldSets(cmd.Field)
	return err
}

type batchSkipped struct {
	Reason  string          `json:"reason"`
	Tickets []desk.TicketID `json:"tickets"`
}

func skipsShown(list []service.BatchSkip) []batchSkipped {
	return mapped(list, func(s *service.BatchSkip) batchSkipped { return batchSkipped{s.Reason, s.Tickets} })
}

// sayPreview tells what a change would do.
func (c *caller) sayPreview(p *service.BatchPreview) error {
	if c.json {
		return printJSON(c.p.Out, struct {
			Changes int            `json:"changes"`
			Letters int            `json:"letters"`
			Skipped int            `json:"skipped"`
			Skips   []batchSkipped `json:"skips"`
		}{p.Changes, p.Letters, p.Skipped(), skipsShown(p.Skips)})
	}
	lines := []string{fmt.Sprintf("%d would be changed, %d would stay as they are.", p.Changes, p.Skipped())}
	if p.Letters > 0 {
		lines = append(lines, fmt.Sprintf("%d letters would be written.", p.Letters))
	}
	_, err := fmt.Fprintln(c.p.Out, cleanText(strings.Join(append(lines, skipLines(p.Skips)...), "\n")))
	return err
}

// skipLines say which tickets stay as they are, and why.
func skipLines(skips []service.BatchSkip) []string {
	var lines []string
	for _, s := range skips {
		numbers := make([]string, len(s.Tickets))
		for i, id := range s.Tickets {
			numbers[i] = strconv.FormatInt(int64(id), 10)
		}
		lines = append(lines, "  "+s.Reason+" "+strings.Join(numbers, ", "))
	}
	return lines
}

// batchPatience is how long the program waits before it looks again how far
// another one is that works on the same batch.
const batchPatience = 200 * time.Millisecond

// followBatch works on a batch until it is done, together with a desk that is
// being served, and shows how far it is. With later it only says its number.
func (c *caller) followBatch(id desk.BatchID, later bool) error {
	if later {
		return c.done(int64(id), "The change %d is begun; batch show %d tells how far it is.", id, id)
	}
	progress := func(string, int, int) {}
	if isTerminal(c.p.Err) {
		progress = c.showProgress()
	}
	for {
		v, err := c.svc.Batch(c.ctx, c.by, id, 0)
		if err != nil {
			return err
		}
		progress("changing tickets", v.Counts.All()-v.Counts.Waits, v.Counts.All())
		if !v.Ended.IsZero() {
			return c.sayBatch(v)
		}
		if err := c.workOnBatch(); err != nil {
			return err
		}
	}
}

// workOnBatch does the next tickets of a batch that nobody works on; where all
// are worked on it waits a moment.
func (c *caller) workOnBatch() error {
	system := desk.System(desk.ViaJob)
	job, err := c.svc.ClaimJob(c.ctx, system, service.JobBatch)
	if err != nil {
		return err
	}
	if job == nil {
		ctx, cancel := context.WithTimeout(c.ctx, batchPatience)
		defer cancel()
		<-ctx.Done()
		return c.ctx.Err()
	}
	if err := c.svc.RunBatch(c.ctx, system, *job); err != nil {
		return c.svc.JobFailed(c.ctx, system, *job, err.Error())
	}
	return nil
}

// batchLine is a batch as it is listed.
type batchLine struct {
	ID      desk.BatchID `json:"id"`
	At      time.Time    `json:"at"`
	State   string       `json:"state"`
	Does    string       `json:"does"`
	Changed int          `json:"changed"`
	Skipped int          `json:"skipped"`
	Waits   int          `json:"waits"`
	Undone  desk.BatchID `json:"undone_by"`
	Undoes  bool         `json:"can_undo"`
}

func batchShown(v *service.BatchView) batchLine {
	return batchLine{v.ID, v.At, v.State(), batchDoes(&v.Change), v.Counts.Changed, v.Counts.Skipped, v.Counts.Waits, v.Undone, v.Undoes}
}

// batchDoes names the things that a change changes.
func batchDoes(c *service.BatchChange) string {
	var words []string
	for _, part := range []struct {
		word string
		on   bool
	}{
		{"undo " + strconv.FormatInt(int64(c.Undo), 10), c.Undo != 0}, {"status " + string(c.Status), c.Status != ""}, {"owner", c.Owner != nil}, {"priority", c.Priority != nil}, {"queue", c.Queue != 0},
		{"customer", c.Customer != 0}, {"fields", len(c.Fields) > 0}, {c.Kind.String(), c.Kind != 0}, {"link", c.Link != ""}, {"merge", c.Merge != 0},
	} {
		if part.on {
			words = append(words, part.word)
		}
	}
	return strings.Join(words, ", ")
}

// sayBatch tells what became of a batch.
func (c *caller) sayBatch(v *service.BatchView) error {
	if c.json {
		return printJSON(c.p.Out, struct {
			batchLine
			Skips []batchSkipped `json:"skips"`
		}{batchShown(v), skipsShown(v.Skips)})
	}
	lines := []string{fmt.Sprintf("The change %d is %s: %d changed, %d stay as they are.", v.ID, map[string]string{"works": "on its way", "done": "done", "stopped": "stopped"}[v.State()], v.Counts.Changed, v.Counts.Skipped)}
	if v.Counts.Waits > 0 {
		lines[0] = strings.TrimSuffix(lines[0], ".") + fmt.Sprintf(", %d wait.", v.Counts.Waits)
	}
	lines = append(lines, skipLines(v.Skips)...)
	if v.Undoes {
		lines = append(lines, fmt.Sprintf("batch undo %d puts it back.", v.ID))
	}
	if v.Undone != 0 {
		lines = append(lines, fmt.Sprintf("The change %d took it back.", v.Undone))
	}
	_, err := fmt.Fprintln(c.p.Out, cleanText(strings.Join(lines, "\n")))
	return err
}

type batchList struct{}

// Run lists them.
func (cmd *batchList) Run(c *caller) error {
	list, err := c.svc.Batches(c.ctx, c.by, 50)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, batchShown))
}

type batchRef struct {
	Batch int64 `arg:"" help:"Number."`
}

func (r batchRef) id() desk.BatchID { return desk.BatchID(r.Batch) }

type batchShow struct{ batchRef }

// Run shows it.
func (cmd *batchShow) Run(c *caller) error {
	v, err := c.svc.Batch(c.ctx, c.by, cmd.id(), 0)
	if err != nil {
		return err
	}
	return c.sayBatch(v)
}

type batchStop struct{ batchRef }

// Run stops it.
func (cmd *batchStop) Run(c *caller) error {
	if err := c.svc.StopBatch(c.ctx, c.by, cmd.id()); err != nil {
		return err
	}
	return c.done(cmd.Batch, "The change %d is stopped.", cmd.Batch)
}

type batchUndo struct {
	batchRef
	Later bool `help:"Leave it to the desk that is being served, and do not wait."`
}

// Run takes it back.
func (cmd *batchUndo) Run(c *caller) error {
	id, err := c.svc.StartBatch(c.ctx, c.by, nil, service.BatchChange{Undo: cmd.id()}, "")
	if err != nil {
		return err
	}
	return c.followBatch(id, cmd.Later)
}
