package cli

import (
	"slices"

	"gatehouse/desk"
)

type queueCommand struct {
	Add     queueAdd         `cmd:"" help:"Make a queue."`
	List    queueList        `cmd:"" help:"List queues."`
	Show    queueShow        `cmd:"" help:"Show a queue with its watchers."`
	Set     queueSet         `cmd:"" help:"Change a queue."`
	Disable queueDisable     `cmd:"" help:"Disable a queue: it takes no new tickets; old ones stay as they were."`
	Enable  queueEnable      `cmd:"" help:"Enable a queue again."`
	Keep    queueKeep        `cmd:"" help:"Show or set after how many days closed tickets of a queue are removed."`
	Form    queueFormCommand `cmd:"" help:"Forms of the portal by which customers open tickets in a queue."`
	Watch   struct {
		Add    queueWatchAdd    `cmd:"" help:"Put somebody into a role of the queue: he stands in it on all its tickets."`
		Remove queueWatchRemove `cmd:"" help:"Take somebody out of a role of the queue."`
		List   queueWatchList   `cmd:"" help:"List who stands in the roles of the queue."`
	} `cmd:"" help:"Who stands in the roles of a queue."`
}

// queueFields are the flags that add and set share.
type queueFields struct {
	Description    *string `placeholder:"TEXT" help:"What it is for."`
	Address        *string `placeholder:"ADDRESS" help:"Where customers write to and replies come from."`
	CommentAddress *string `placeholder:"ADDRESS" help:"Where agents send comments to."`
	AccessGroup    *string `placeholder:"GROUP" help:"Group that guards it; empty: none."`
	Customer       *string `placeholder:"KEY" help:"Customer that every new ticket is for; empty: the requestor's."`
	Requestor      *string `placeholder:"HOW" help:"How customers take part where a contact is Requestor: replace, add, off or default."`
	Cc             *string `placeholder:"HOW" help:"The same for Cc."`
	AdminCc        *string `placeholder:"HOW" help:"The same for AdminCc."`
	Sharing        *string `placeholder:"SHARING" help:"Sharing of new tickets: shared, managers, private or default."`
}

// set changes the fields that were given.
func (f *queueFields) set(c *caller, to *desk.Queue) error {
	setIf(&to.Description, f.Description)
	setIf(&to.Address, f.Address)
	setIf(&to.CommentAddress, f.CommentAddress)
	if f.AccessGroup != nil {
		to.AccessGroup = 0
		if *f.AccessGroup != "" {
			g, err := c.group(*f.AccessGroup)
			if err != nil {
				return err
			}
			to.AccessGroup = g.ID
		}
	}
	if f.Customer != nil {
		to.Customer = 0
		if *f.Customer != "" {
			customer, err := c.customer(*f.Customer)
			if err != nil {
				return err
			}
			to.Customer = customer.ID
		}
	}
	if err := setPresences(&to.Presences, f.Requestor, f.Cc, f.AdminCc); err != nil {
		return err
	}
	return setSharing(&to.Sharing, f.Sharing)
}

type queueAdd struct {
	Name string `arg:"" help:"Name, unique without regard to case."`
	queueFields
}

// Run makes the queue.
func (cmd *queueAdd) Run(c *caller) error {
	q := desk.Queue{Name: cmd.Name}
	if err := cmd.set(c, &q); err != nil {
		return err
	}
	id, err := c.svc.CreateQueue(c.ctx, c.by, q)
	if err != nil {
		return err
	}
	return c.done(int64(id), "Queue %s is made.", cmd.Name)
}

type queueList struct{}

// Run lists the queues by name.
func (cmd *queueList) Run(c *caller) error {
	queues, err := c.svc.Queues(c.ctx, c.by, desk.SeeQueue)
	if err != nil {
		return err
	}
	lines := make([]queueLine, len(queues))
	for i := range queues {
		if lines[i], err = c.queueLine(&queues[i]); err != nil {
			return err
		}
	}
	return printList(c.app, lines)
}

func (c *caller) queueLine(q *desk.Queue) (queueLine, error) {
	line := queueLine{q.ID, q.Name, q.Description, q.Disabled, q.Address, q.CommentAddress, "", q.Presences.Requestor.String(),
		q.Presences.Cc.String(), q.Presences.AdminCc.String(), sharingName(q.Sharing)}
	if q.AccessGroup == 0 {
		return line, nil
	}
	g, err := c.svc.Group(c.ctx, c.by, q.AccessGroup)
	if desk.KindOf(err) == desk.NotFound {
		return line, nil // a group that whoever asks may not see
	}
	if err != nil {
		return line, err
	}
	line.AccessGroup = g.Name
	return line, nil
}

type queueShow struct {
	Queue string `arg:"" help:"Name."`
}

// Run shows the queue.
func (cmd *queueShow) Run(c *caller) error {
	q, err := c.queue(cmd.Queue)
	if err != nil {
		return err
	}
	line, err := c.queueLine(q)
	if err != nil {
		return err
	}
	watchers, err := c.watchers(q.ID)
	if err != nil {
		return err
	}
	show := struct {
		queueLine
		Watchers []watcherLine `json:"watchers"`
	}{line, watchers}
	if err := printThing(c.app, show); err != nil || c.json {
		return err
	}
	return printList(c.app, watchers)
}

type queueSet struct {
	Queue string  `arg:"" help:"Name."`
	Name  *string `placeholder:"NAME" help:"New name."`
	queueFields
}

// Run changes what was given.
func (cmd *queueSet) Run(c *caller) error {
	return c.changeQueue(cmd.Queue, "changed", func(to *desk.Queue) error {
		setIf(&to.Name, cmd.Name)
		return cmd.set(c, to)
	})
}

func (c *caller) changeQueue(name, word string, change func(*desk.Queue) error) error {
	q, err := c.queue(name)
	if err != nil {
		return err
	}
	if err := change(q); err != nil {
		return err
	}
	if err := c.svc.UpdateQueue(c.ctx, c.by, *q); err != nil {
		return err
	}
	return c.done(0, "Queue %s is %s.", q.Name, word)
}

func (c *caller) switchQueue(name, word string, off bool) error {
	return c.changeQueue(name, word, func(to *desk.Queue) error {
		to.Disabled = off
		return nil
	})
}

type queueDisable struct {
	Queue string `arg:"" help:"Name."`
}

// Run disables the queue.
func (cmd *queueDisable) Run(c *caller) error { return c.switchQueue(cmd.Queue, "disabled", true) }

type queueEnable struct {
	Queue string `arg:"" help:"Name."`
}

// Run enables the queue.
func (cmd *queueEnable) Run(c *caller) error { return c.switchQueue(cmd.Queue, "enabled", false) }

type queueWatchAdd struct {
	Queue string `arg:"" help:"Name of the queue, or system for all tickets of the desk."`
	Role  string `arg:"" help:"Role, as AdminCc."`
	Who   string `arg:"" help:"A user, group:NAME or customer:KEY."`
}

// Run adds the watcher.
func (cmd *queueWatchAdd) Run(c *caller) error {
	w, err := c.watcher(cmd.Queue, cmd.Role, cmd.Who)
	if err != nil {
		return err
	}
	if err := c.svc.AddQueueWatcher(c.ctx, c.by, w); err != nil {
		return err
	}
	return c.done(0, "%s stands as %s on %s.", cmd.Who, cmd.Role, cmd.Queue)
}

func (c *caller) watcher(queue, role, who string) (desk.Watcher, error) {
	id, err := c.watchedQueue(queue)
	if err != nil {
		return desk.Watcher{}, err
	}
	r, err := c.role(role)
	if err != nil {
		return desk.Watcher{}, err
	}
	p, err := c.principal(who)
	return desk.Watcher{Queue: id, Role: r.ID, Who: p}, err
}

// watchedQueue returns a queue's number, zero for the whole desk.
func (c *caller) watchedQueue(name string) (desk.QueueID, error) {
	if name == "system" {
		return 0, nil
	}
	q, err := c.queue(name)
	if err != nil {
		return 0, err
	}
	return q.ID, nil
}

type queueWatchRemove struct {
	Queue string `arg:"" help:"Name of the queue, or system for all tickets of the desk."`
	Role  string `arg:"" help:"Role, as AdminCc."`
	Who   string `arg:"" help:"A user, group:NAME or customer:KEY."`
}

// Run removes the watcher.
func (cmd *queueWatchRemove) Run(c *caller) error {
	w, err := c.watcher(cmd.Queue, cmd.Role, cmd.Who)
	if err != nil {
		return err
	}
	if err := c.svc.RemoveQueueWatcher(c.ctx, c.by, w); err != nil {
		return err
	}
	return c.done(0, "%s does not stand as %s on %s any more.", cmd.Who, cmd.Role, cmd.Queue)
}

type queueWatchList struct {
	Queue string `arg:"" help:"Name of the queue, or system for all tickets of the desk."`
}

// Run lists the watchers.
func (cmd *queueWatchList) Run(c *caller) error {
	id, err := c.watchedQueue(cmd.Queue)
	if err != nil {
		return err
	}
	lines, err := c.watchers(id)
	if err != nil {
		return err
	}
	return printList(c.app, lines)
}

// watchers returns who stands in the roles of a queue; zero: the whole desk.
func (c *caller) watchers(queue desk.QueueID) ([]watcherLine, error) {
	watchers, err := c.svc.QueueWatchers(c.ctx, c.by, queue)
	if err != nil {
		return nil, err
	}
	roles, err := c.svc.Roles(c.ctx, c.by)
	if err != nil {
		return nil, err
	}
	lines := []watcherLine{}
	on := "queue"
	if queue == 0 {
		on = "system"
	}
	for _, w := range watchers {
		ref, name, err := c.nameOf(w.Who)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(roles, func(r desk.Role) bool { return r.ID == w.Role })
		if at >= 0 {
			lines = append(lines, watcherLine{roles[at].Name, ref, name, on})
		}
	}
	return lines, nil
}
