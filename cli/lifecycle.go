package cli

import (
	"os"
	"strings"

	"gatehouse/ascode"
	"gatehouse/desk"
	"gatehouse/service"
)

type lifeCycleCommand struct {
	List   lifeCycleList   `cmd:"" help:"List the life cycles with the queues that have them."`
	Show   lifeCycleShow   `cmd:"" help:"Print a life cycle as a file that save reads."`
	Save   lifeCycleSave   `cmd:"" help:"Make or change a life cycle, as a file says."`
	Give   lifeCycleGive   `cmd:"" help:"Give a queue another life cycle."`
	Remove lifeCycleRemove `cmd:"" help:"Take a life cycle away that no queue has."`
}

type lifeCycleList struct{}

// Run lists the life cycles.
func (cmd *lifeCycleList) Run(c *caller) error {
	list, err := c.svc.LifeCycles(c.ctx, c.by)
	if err != nil {
		return err
	}
	type line struct {
		ID       desk.LifeCycleID `json:"id"`
		Name     string           `json:"name"`
		Statuses string           `json:"statuses"`
		Queues   string           `json:"queues"`
	}
	var lines []line
	for _, l := range list {
		var names []string
		for _, s := range l.States {
			names = append(names, string(s.Name))
		}
		queues := strings.Join(l.Queues, ", ")
		if l.ID == 0 {
			queues = "all others"
		}
		lines = append(lines, line{l.ID, l.Name, strings.Join(names, ", "), queues})
	}
	return printList(c.app, lines)
}

// lifeCycle finds a life cycle by name.
func (c *caller) lifeCycle(name string) (*desk.LifeCycle, error) {
	list, err := c.svc.LifeCycles(c.ctx, c.by)
	for i := range list {
		if desk.Fold(list[i].Name) == desk.Fold(name) {
			return &list[i].LifeCycle, nil
		}
	}
	if err == nil {
		err = desk.Errorf(desk.NotFound, "There is no life cycle %s; life-cycle list shows all.", name)
	}
	return nil, err
}

type lifeCycleShow struct {
	Name string `arg:"" help:"Name; default is the one that ships."`
}

// Run prints it.
func (cmd *lifeCycleShow) Run(c *caller) error {
	cycle, err := c.lifeCycle(cmd.Name)
	if err != nil {
		return err
	}
	text, err := ascode.LifeCycle(cycle)
	if err != nil {
		return err
	}
	_, err = c.p.Out.Write(text)
	return err
}

type lifeCycleSave struct {
	File string            `arg:"" help:"File as show prints it."`
	Map  map[string]string `placeholder:"STATUS=STATUS" help:"What a status becomes that goes while tickets stand in it."`
	Look bool              `help:"Only show what would change."`
}

// Run stores it under its name.
func (cmd *lifeCycleSave) Run(c *caller) error {
	text, err := os.ReadFile(cmd.File)
	if err != nil {
		return desk.Errorf(desk.Invalid, "The file cannot be read: %v.", err)
	}
	cycle, err := ascode.ReadLifeCycle(text)
	if err != nil {
		return err
	}
	if old, err := c.lifeCycle(cycle.Name); err == nil {
		cycle.ID = old.ID
	} else if desk.KindOf(err) != desk.NotFound {
		return err
	}
	return c.changeLifeCycle(service.LifeCycleChange{Cycle: *cycle, Map: statusMap(cmd.Map)}, cmd.Look)
}

func statusMap(m map[string]string) map[desk.Status]desk.Status {
	out := map[desk.Status]desk.Status{}
	for from, to := range m {
		out[desk.Status(from)] = desk.Status(to)
	}
	return out
}

// lifeCycleEffect is what a change does, as it is printed.
type lifeCycleEffect struct {
	Change     int64    `json:"change"`
	Queues     []string `json:"queues"`
	Moved      []string `json:"moved"`
	Added      []string `json:"added"`
	Gone       []string `json:"gone"`
	StepsAdded []string `json:"steps_added"`
	StepsGone  []string `json:"steps_gone"`
}

func (c *caller) changeLifeCycle(in service.LifeCycleChange, whatIf bool) error {
	do := c.svc.SaveLifeCycle
	if whatIf {
		do = c.svc.WeighLifeCycle
	}
	effect, err := do(c.ctx, c.by, in)
	if err != nil {
		return err
	}
	out := lifeCycleEffect{Change: effect.Change, Queues: listed(effect.Queues), Moved: []string{}, Added: []string{}, Gone: []string{}, StepsAdded: stepWords(effect.StepsAdded), StepsGone: stepWords(effect.StepsGone)}
	for _, m := range effect.Moved {
		out.Moved = append(out.Moved, string(m.From)+"="+string(m.To))
	}
	for _, s := range effect.Added {
		out.Added = append(out.Added, string(s))
	}
	for _, s := range effect.Gone {
		out.Gone = append(out.Gone, string(s))
	}
	return printThing(c.app, out)
}

func stepWords(list []desk.Step) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, string(s.From)+" to "+string(s.To)+" ("+s.Asks().String()+")")
	}
	return out
}

type lifeCycleGive struct {
	Queue string            `arg:"" help:"Name of the queue."`
	Name  string            `arg:"" help:"Name of the life cycle; default is the one that ships."`
	Map   map[string]string `placeholder:"STATUS=STATUS" help:"What a status becomes that the life cycle lacks."`
	Look  bool              `help:"Only show what would change."`
}

// Run gives it.
func (cmd *lifeCycleGive) Run(c *caller) error {
	q, err := c.queue(cmd.Queue)
	if err != nil {
		return err
	}
	cycle, err := c.lifeCycle(cmd.Name)
	if err != nil {
		return err
	}
	return c.changeLifeCycle(service.LifeCycleChange{Queue: q.ID, Cycle: *cycle, Map: statusMap(cmd.Map)}, cmd.Look)
}

type lifeCycleRemove struct {
	Name string `arg:"" help:"Name of the life cycle."`
}

// Run takes it away.
func (cmd *lifeCycleRemove) Run(c *caller) error {
	cycle, err := c.lifeCycle(cmd.Name)
	if err != nil {
		return err
	}
	change, err := c.svc.RemoveLifeCycle(c.ctx, c.by, cycle.ID)
	if err != nil {
		return err
	}
	return c.done(change, "The life cycle %s is removed.", cycle.Name)
}
