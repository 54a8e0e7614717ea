package cli

import (
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

type ticketCommand struct {
	Create  ticketCreate  `cmd:"" help:"Open a ticket."`
	Show    ticketShowIt  `cmd:"" help:"Show a ticket with its messages."`
	List    ticketList    `cmd:"" help:"List tickets, newest first."`
	Reply   ticketReply   `cmd:"" help:"Reply: everybody on the ticket sees it."`
	Comment ticketComment `cmd:"" help:"Comment: only those who may read comments see it."`
	Set     ticketSet     `cmd:"" help:"Change status, owner, subject, priority, sharing or queue."`
	Watch   struct {
		Add    ticketWatchAdd    `cmd:"" help:"Put somebody into a role of the ticket. His customers take part."`
		Remove ticketWatchRemove `cmd:"" help:"Take somebody out of a role of the ticket."`
	} `cmd:"" help:"Who stands in the roles of a ticket."`
	Link   ticketLink   `cmd:"" help:"Link a ticket to another one."`
	Unlink ticketUnlink `cmd:"" help:"Take a link away."`
	Purge  ticketPurge  `cmd:"" help:"Remove a ticket with everything of it. To delete one so that it can come back, set its status."`
	Merge  ticketMerge  `cmd:"" help:"Merge a ticket into another one. It cannot be undone."`
}

type ticketCreate struct {
	Queue     string   `required:"" placeholder:"QUEUE" help:"Queue."`
	Subject   string   `required:"" placeholder:"TEXT" help:"What it is about."`
	Text      string   `placeholder:"TEXT" help:"First message; read from standard input unless given."`
	Requestor []string `placeholder:"REF" help:"Who asks; the user of --as unless said."`
	Cc        []string `placeholder:"REF" help:"Who gets replies too."`
	AdminCc   []string `placeholder:"REF" help:"Who gets replies and comments."`
	Customer  []string `placeholder:"KEY" help:"For which customers; those of the requestors unless said."`
	Owner     string   `placeholder:"USER" help:"Owner."`
	Status    string   `placeholder:"STATUS" help:"Status; new unless said."`
	Sharing   string   `placeholder:"SHARING" help:"shared, managers or private; as customer and queue have it unless said."`
	Priority  int      `placeholder:"NUMBER" help:"Priority."`
	Attach    []string `placeholder:"FILE" help:"Files to attach."`
	Field     []string `sep:"none" placeholder:"NAME=VALUE" help:"Custom fields."`
}

// Run opens the ticket.
func (cmd *ticketCreate) Run(c *caller) error {
	in, err := cmd.ticket(c)
	if err != nil {
		return err
	}
	id, err := c.svc.OpenTicket(c.ctx, c.by, in)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Ticket %d is open in %s.", id, cmd.Queue)
}

func (cmd *ticketCreate) ticket(c *caller) (service.NewTicket, error) {
	in := service.NewTicket{Subject: cmd.Subject, Status: desk.Status(cmd.Status), Priority: cmd.Priority}
	q, err := c.queue(cmd.Queue)
	if err != nil {
		return in, err
	}
	in.Queue = q.ID
	for _, row := range []struct {
		to   *[]desk.PrincipalID
		refs []string
	}{{&in.Requestors, cmd.Requestor}, {&in.Cc, cmd.Cc}, {&in.AdminCc, cmd.AdminCc}} {
		if *row.to, err = c.principals(row.refs); err != nil {
			return in, err
		}
	}
	if cmd.Owner != "" {
		if in.Owner, err = c.userID(cmd.Owner); err != nil {
			return in, err
		}
	}
	if in.Customers, err = c.ownCustomers(cmd.Customer); err != nil {
		return in, err
	}
	if cmd.Sharing != "" {
		sharing, err := parseSharing(cmd.Sharing)
		if err != nil {
			return in, err
		}
		in.Sharing = &sharing
	}
	if in.Files, err = c.files(cmd.Attach); err != nil {
		return in, err
	}
	if in.Fields, err = c.fieldSets(cmd.Field); err != nil {
		return in, err
	}
	in.Text, err = c.readText(cmd.Text, service.MaxText)
	return in, err
}

// ownCustomers returns customers by key; a contact finds his own by his
// memberships, as he may look into no list of customers.
func (c *caller) ownCustomers(keys []string) ([]desk.CustomerID, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	mine, err := c.svc.MyCustomers(c.ctx, c.by)
	if err != nil {
		return nil, err
	}
	var ids []desk.CustomerID
	for _, key := range keys {
		id := desk.CustomerID(0)
		for _, own := range mine {
			if desk.Fold(own.Key) == desk.Fold(key) {
				id = own.ID
			}
		}
		if id == 0 {
			found, err := c.principal("customer:" + strings.TrimPrefix(key, "customer:"))
			if err != nil {
				return nil, err
			}
			id = desk.CustomerID(found)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// files reads the files to attach.
func (c *caller) files(names []string) ([]desk.Attachment, error) {
	var list []desk.Attachment
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return nil, &failure{exitNotFound, fmt.Errorf("the file cannot be attached: %w", err)}
		}
		if info.Size() > c.conf.MaxUpload {
			return nil, desk.Errorf(desk.TooLarge, "The file %s is larger than max_upload allows.", name)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, &failure{exitNotFound, fmt.Errorf("the file cannot be attached: %w", err)}
		}
		kind := mime.TypeByExtension(filepath.Ext(name))
		if kind == "" {
			kind = "application/octet-stream"
		}
		list = append(list, desk.Attachment{Name: filepath.Base(name), Type: kind, Size: int64(len(content)), Data: content})
	}
	return list, nil
}

type ticketShowIt struct {
	Ticket string `arg:"" help:"Number."`
}

// Run shows the ticket.
func (cmd *ticketShowIt) Run(c *caller) error {
	id, err := ticketID(cmd.Ticket)
	if err != nil {
		return err
	}
	view, err := c.svc.Ticket(c.ctx, c.by, id)
	if err != nil {
		return err
	}
	show := ticketShowOf(view)
	if c.json {
		return printJSON(c.p.Out, show)
	}
	show.Rights = nil // too long to read
	if err := printThing(c.app, show); err != nil {
		return err
	}
	for _, w := range show.Watchers {
		fmt.Fprintf(c.p.Out, "%s: %s (on the %s)\n", clean(w.Role), clean(w.Name), w.On)
	}
	for _, f := range show.Fields {
		if len(f.Values) > 0 {
			fmt.Fprintf(c.p.Out, "%s: %s\n", clean(f.Name), clean(strings.Join(f.Values, ", ")))
		}
	}
	for _, m := range show.Messages {
		fmt.Fprintf(c.p.Out, "\n--- %s by %s, %s, by %s\n%s\n", m.Kind, clean(m.Author), cell(m.At), m.Via, strings.TrimRight(cleanText(m.Text), "\n"))
		for _, f := range m.Files {
			fmt.Fprintf(c.p.Out, "[file %d: %s, %d bytes]\n", f.ID, clean(f.Name), f.Size)
		}
	}
	return nil
}

type ticketList struct {
	Text      string   `arg:"" optional:"" help:"Only those with these words."`
	Queue     []string `placeholder:"QUEUE" help:"Only in these queues."`
	Status    []string `placeholder:"STATUS" help:"Only with these statuses."`
	Active    bool     `help:"Only those on which work is still to be done."`
	Owner     *string  `placeholder:"USER" help:"Only of this owner, or nobody."`
	Customer  []string `placeholder:"KEY" help:"Only for these customers."`
	Requestor string   `placeholder:"REF" help:"Only with this requestor."`
	Query     string   `placeholder:"QUERY" help:"Only what a query asks for, as \"Status = 'open' AND Due < 'today'\"."`
	Before    int64    `placeholder:"NUMBER" help:"Only older ones than this ticket, for the next page."`
	Limit     int      `default:"50" placeholder:"NUMBER" help:"How many at most, up to 500."`
}

// Run lists a page of tickets and says on standard error when there are more.
func (cmd *ticketList) Run(c *caller) error {
	f, err := cmd.filter(c)
	if err != nil {
		return err
	}
	page, err := c.svc.Tickets(c.ctx, c.by, f)
	if err != nil {
		return err
	}
	if page.More {
		fmt.Fprintf(c.p.Err, "There are more; go on with --before %d.\n", page.Lines[len(page.Lines)-1].ID)
	}
	return printList(c.app, mapped(page.Lines, func(t *service.TicketLine) ticketLine { return ticketLineOf(*t) }))
}

func (cmd *ticketList) filter(c *caller) (service.TicketFilter, error) {
	f := service.TicketFilter{Text: cmd.Text, Query: cmd.Query, Before: desk.TicketID(cmd.Before), Limit: min(max(cmd.Limit, 1), 500)}
	for _, name := range cmd.Queue {
		q, err := c.queue(name)
		if err != nil {
			return f, err
		}
		f.Queues = append(f.Queues, q.ID)
	}
	known, err := c.svc.Statuses(c.ctx, c.by)
	if err != nil {
		return f, err
	}
	for _, status := range cmd.Status {
		if !slices.ContainsFunc(known, func(s service.StatusName) bool { return string(s.Name) == strings.ToLower(status) }) {
			return f, desk.Errorf(desk.Invalid, "There is no status %q.", status)
		}
		f.Statuses = append(f.Statuses, desk.Status(strings.ToLower(status)))
	}
	if cmd.Active {
		f.Activity = store.OnlyActive
	}
	if cmd.Owner != nil {
		owner, err := c.ownerID(*cmd.Owner)
		if err != nil {
			return f, err
		}
		f.Owner = &owner
	}
	if cmd.Requestor != "" {
		if f.Requestor, err = c.principal(cmd.Requestor); err != nil {
			return f, err
		}
	}
	f.Customers, err = c.ownCustomers(cmd.Customer)
	return f, err
}

// ownerID returns a user, or zero for nobody.
func (c *caller) ownerID(name string) (desk.UserID, error) {
	if name == "nobody" {
		return 0, nil
	}
	return c.userID(name)
}

// messageWords are the flags of a reply and of a comment.
type messageWords struct {
	Ticket string   `arg:"" help:"Number."`
	Text   string   `placeholder:"TEXT" help:"The text; read from standard input unless given."`
	Status string   `placeholder:"STATUS" help:"Status to set with it."`
	Attach []string `placeholder:"FILE" help:"Files to attach."`
	Cc     []string `placeholder:"ADDRESS" help:"Addresses that get this one message too."`
	Bcc    []string `placeholder:"ADDRESS" help:"The same, unseen by the others."`
}

func (w *messageWords) write(c *caller, kind desk.MessageKind) error {
	id, err := ticketID(w.Ticket)
	if err != nil {
		return err
	}
	files, err := c.files(w.Attach)
	if err != nil {
		return err
	}
	text, err := c.readText(w.Text, service.MaxText)
	if err != nil {
		return err
	}
	message, err := c.svc.Write(c.ctx, c.by, service.NewMessage{Ticket: id, Kind: kind, Text: text, Files: files,
		Status: desk.Status(w.Status), Delivery: service.Delivery{OneTimeCc: w.Cc, OneTimeBcc: w.Bcc}})
	if err != nil {
		return err
	}
	return c.done(int64(message), "The %s on ticket %d is kept.", kind, id)
}

type ticketReply struct{ messageWords }

// Run replies.
func (cmd *ticketReply) Run(c *caller) error { return cmd.write(c, desk.Reply) }

type ticketComment struct{ messageWords }

// Run comments.
func (cmd *ticketComment) Run(c *caller) error { return cmd.write(c, desk.Comment) }

type ticketSet struct {
	Ticket   string   `arg:"" help:"Number."`
	Status   string   `placeholder:"STATUS" help:"New status, one of the life cycle of its queue: new, open, stalled, resolved, rejected or deleted where that is the one that ships."`
	Owner    string   `placeholder:"USER" xor:"owner" help:"New owner, or nobody."`
	Take     bool     `xor:"owner" help:"Take it: nobody owns it yet."`
	Steal    bool     `xor:"owner" help:"Take it from its owner."`
	Untake   bool     `xor:"owner" help:"Give it back: nobody owns it."`
	Subject  *string  `placeholder:"TEXT" help:"New subject."`
	Priority *int     `placeholder:"NUMBER" help:"New priority."`
	Sharing  *string  `placeholder:"SHARING" help:"shared, managers or private."`
	Queue    string   `placeholder:"QUEUE" help:"Queue to move it to."`
	Field    []string `sep:"none" placeholder:"NAME=VALUE" help:"Custom fields; NAME= takes the value away."`
	ticketPlan
}

// custom sets custom fields.
func (cmd *ticketSet) custom(c *caller, id desk.TicketID) (bool, error) {
	set, err := c.fieldSets(cmd.Field)
	if err != nil || len(set) == 0 {
		return false, err
	}
	return true, c.svc.SetFields(c.ctx, c.by, service.FieldsChange{Ticket: id, Set: set})
}

// Run makes the changes in turn; each is a change of its own, so that one that
// is refused undoes none before it.
func (cmd *ticketSet) Run(c *caller) error {
	id, err := ticketID(cmd.Ticket)
	if err != nil {
		return err
	}
	any := false
	for _, change := range []func(*caller, desk.TicketID) (bool, error){cmd.facts, cmd.owner, cmd.move, cmd.custom, cmd.status} {
		changed, err := change(c, id)
		if err != nil {
			return err
		}
		any = any || changed
	}
	if !any {
		return &failure{exitUsage, fmt.Errorf("say what to change; see `gatehouse ticket set --help`")}
	}
	return c.done(0, "Ticket %d is changed.", id)
}

func (cmd *ticketSet) facts(c *caller, id desk.TicketID) (bool, error) {
	in := service.TicketChange{Ticket: id, Subject: cmd.Subject, Priority: cmd.Priority}
	if cmd.Sharing != nil {
		sharing, err := parseSharing(*cmd.Sharing)
		if err != nil {
			return false, err
		}
		in.Sharing = &sharing
	}
	var err error
	if in.Plan, err = cmd.plan(); err != nil {
		return false, err
	}
	if in.Subject == nil && in.Priority == nil && in.Sharing == nil && in.Plan == (service.Plan{}) {
		return false, nil
	}
	return true, c.svc.ChangeTicket(c.ctx, c.by, in)
}

func (cmd *ticketSet) owner(c *caller, id desk.TicketID) (bool, error) {
	switch {
	case cmd.Take:
		return true, c.svc.SetOwner(c.ctx, c.by, id, service.Take, 0)
	case cmd.Steal:
		return true, c.svc.SetOwner(c.ctx, c.by, id, service.Steal, 0)
	case cmd.Untake:
		return true, c.svc.SetOwner(c.ctx, c.by, id, service.Untake, 0)
	case cmd.Owner == "":
		return false, nil
	}
	owner, err := c.ownerID(cmd.Owner)
	if err != nil {
		return false, err
	}
	return true, c.svc.SetOwner(c.ctx, c.by, id, service.Give, owner)
}

func (cmd *ticketSet) move(c *caller, id desk.TicketID) (bool, error) {
	if cmd.Queue == "" {
		return false, nil
	}
	q, err := c.queue(cmd.Queue)
	if err != nil {
		return false, err
	}
	return true, c.svc.MoveTicket(c.ctx, c.by, id, q.ID)
}

func (cmd *ticketSet) status(c *caller, id desk.TicketID) (bool, error) {
	if cmd.Status == "" {
		return false, nil
	}
	return true, c.svc.SetStatus(c.ctx, c.by, id, desk.Status(cmd.Status), 0)
}

type ticketWatchAdd struct {
	Ticket string `arg:"" help:"Number."`
	Role   string `arg:"" help:"Role, as Cc."`
	Who    string `arg:"" help:"A user, group:NAME or customer:KEY."`
}

// Run adds the watcher.
func (cmd *ticketWatchAdd) Run(c *caller) error {
	id, role, who, err := c.ticketWatcher(cmd.Ticket, cmd.Role, cmd.Who)
	if err != nil {
		return err
	}
	if err := c.svc.AddWatcher(c.ctx, c.by, id, role, who); err != nil {
		return err
	}
	return c.done(0, "%s was put in as %s on ticket %d.", cmd.Who, cmd.Role, id)
}

func (c *caller) ticketWatcher(ticket, role, who string) (desk.TicketID, desk.RoleID, desk.PrincipalID, error) {
	id, err := ticketID(ticket)
	if err != nil {
		return 0, 0, 0, err
	}
	r, err := c.role(role)
	if err != nil {
		return 0, 0, 0, err
	}
	p, err := c.principal(who)
	return id, r.ID, p, err
}

type ticketWatchRemove struct {
	Ticket string `arg:"" help:"Number."`
	Role   string `arg:"" help:"Role, as Cc."`
	Who    string `arg:"" help:"A user, group:NAME or customer:KEY."`
}

// Run removes the watcher.
func (cmd *ticketWatchRemove) Run(c *caller) error {
	id, role, who, err := c.ticketWatcher(cmd.Ticket, cmd.Role, cmd.Who)
	if err != nil {
		return err
	}
	if err := c.svc.RemoveWatcher(c.ctx, c.by, id, role, who); err != nil {
		return err
	}
	return c.done(0, "%s does not stand as %s on ticket %d any more.", cmd.Who, cmd.Role, id)
}
