package cli

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

type viewCommand struct {
	List    viewList    `cmd:"" help:"List the views that one may see, in one's order."`
	Show    viewShow    `cmd:"" help:"Show what a view is."`
	Tickets viewTickets `cmd:"" help:"List the first tickets of a view, in its order."`
	Add     viewAdd     `cmd:"" help:"Keep a list of tickets under a name."`
	Set     viewSet     `cmd:"" help:"Change a view's name or what it lists."`
	Remove  viewRemove  `cmd:"" help:"Take a view away. It can be had back."`
	Restore viewRestore `cmd:"" help:"Have a view back that was taken away."`
	Share   viewShare   `cmd:"" help:"Give a view to a group or the desk, or take it back."`
	Order   viewOrder   `cmd:"" help:"Put one's views in order, and hide some."`
	Start   viewStart   `cmd:"" help:"Say with which view the desk opens."`
}

// viewLine is a view as it is listed.
type viewLine struct {
	Key    desk.ViewKey `json:"key"`
	Name   string       `json:"name"`
	For    string       `json:"for"`
	Lists  string       `json:"lists"`
	Hidden bool         `json:"hidden"`
	Start  bool         `json:"start"`
	Change bool         `json:"may_change"`
}

func viewShown(bar *service.ViewBar, v *service.ViewLine) viewLine {
	line := viewLine{Key: v.Key, Name: v.Name, For: "desk", Lists: v.Address, Hidden: v.Hidden, Start: v.Key == bar.Start, Change: v.May}
	switch {
	case v.ID == 0:
		line.For = "everybody"
	case v.Owner != 0:
		line.For = "me"
	case v.Group != 0:
		line.For = "group:" + v.GroupName
	}
	if lists, err := url.QueryUnescape(v.Address); err == nil {
		line.Lists = lists
	}
	return line
}

type viewList struct{}

// Run lists them.
func (cmd *viewList) Run(c *caller) error {
	bar, err := c.svc.ViewBar(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(bar.Lines, func(v *service.ViewLine) viewLine { return viewShown(bar, v) }))
}

// viewRef names a view.
type viewRef struct {
	View string `arg:"" help:"Name or key."`
}

// find returns the view that is meant.
func (r *viewRef) find(c *caller) (*service.ViewBar, *service.ViewLine, error) {
	bar, err := c.svc.ViewBar(c.ctx, c.by)
	if err != nil {
		return nil, nil, err
	}
	var found []*service.ViewLine
	for i := range bar.Lines {
		v := &bar.Lines[i]
		if string(v.Key) == r.View {
			return bar, v, nil
		}
		if desk.Fold(v.Name) == desk.Fold(r.View) {
			found = append(found, v)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil, desk.Errorf(desk.NotFound, "There is no view %s; view list shows all.", r.View)
	case 1:
		return bar, found[0], nil
	}
	return nil, nil, desk.Errorf(desk.Invalid, "There are %d views %s; name it by its key, which view list shows.", len(found), r.View)
}

// stored is find for what is kept of a view: those that every desk has stay as
// they are.
func (r *viewRef) stored(c *caller) (*service.ViewLine, error) {
	_, v, err := r.find(c)
	if err == nil && v.ID == 0 {
		return nil, desk.Errorf(desk.Invalid, "Every desk has the view %s as it is; it can be hidden: view order --hide %s.", v.Name, v.Key)
	}
	return v, err
}

type viewShow struct{ viewRef }

// Run shows it.
func (cmd *viewShow) Run(c *caller) error {
	bar, v, err := cmd.find(c)
	if err != nil {
		return err
	}
	return printThing(c.app, viewShown(bar, v))
}

type viewTickets struct {
	viewRef
	Limit int `default:"50" placeholder:"NUMBER" help:"How many at most, up to 500."`
}

// Run lists them.
func (cmd *viewTickets) Run(c *caller) error {
	_, v, err := cmd.find(c)
	if err != nil {
		return err
	}
	page, err := c.svc.ViewTickets(c.ctx, c.by, v.Key, min(max(cmd.Limit, 1), 500))
	if err != nil {
		return err
	}
	if page.More {
		fmt.Fprintf(c.p.Err, "There are more; --limit %d shows up to 500.\n", 500)
	}
	return printList(c.app, mapped(page.Lines, func(t *service.TicketLine) ticketLine { return ticketLineOf(*t) }))
}

// viewLists says what a view lists.
type viewLists struct {
	Address *string   `placeholder:"TEXT" help:"As behind the question mark of a list's page. The following are written into it."`
	Query   *string   `placeholder:"QUERY" help:"In the query language."`
	Columns *[]string `placeholder:"NAME" help:"Columns, in their order."`
	Sort    *string   `placeholder:"BY" help:"As by-updated, or -by-updated for the other way."`
}

// on writes what is said into an address.
func (l *viewLists) on(address string) (string, error) {
	setIf(&address, l.Address)
	q, err := url.ParseQuery(strings.TrimPrefix(address, "?"))
	if err != nil {
		return "", desk.Errorf(desk.Invalid, "The address cannot be read; copy what stands behind the question mark of a list's page.")
	}
	if l.Columns != nil {
		q.Set("columns", strings.Join(*l.Columns, ","))
	}
	if l.Query != nil {
		q.Set("query", *l.Query)
	}
	if l.Sort != nil {
		q.Set("sort", *l.Sort)
	}
	for name := range q {
		if q.Get(name) == "" {
			q.Del(name)
		}
	}
	return q.Encode(), nil
}

// viewFor is for whom a view is.
type viewFor struct {
	For string `default:"me" placeholder:"WHOM" help:"me, group:NAME of which one is a member, or desk."`
}

func (f *viewFor) read(c *caller) (group desk.GroupID, all bool, err error) {
	switch f.For {
	case "desk":
		return 0, true, nil
	case "me":
		if c.by.IsSystem() {
			err = desk.Errorf(desk.Invalid, "Say who is meant, with --as USER, or for whom it is, with --for group:NAME or --for desk.")
		}
		return 0, false, err
	}
	id, err := c.svc.Find(c.ctx, c.by, groupRef(f.For))
	return desk.GroupID(id), false, err
}

type viewAdd struct {
	Name string `arg:"" help:"Name."`
	viewLists
	viewFor
}

// Run makes it.
func (cmd *viewAdd) Run(c *caller) error {
	v := desk.View{Name: cmd.Name}
	group, all, err := cmd.read(c)
	if err != nil {
		return err
	}
	if v.Group = group; group == 0 && !all {
		v.Owner = c.by.User
	}
	if v.Address, err = cmd.on(""); err != nil {
		return err
	}
	if v.Address == "" {
		return desk.Errorf(desk.Invalid, "Say what the view lists, with --query or --address.")
	}
	id, err := c.svc.SaveView(c.ctx, c.by, v)
	if err != nil {
		return err
	}
	return c.done(int64(id), "The view %s is kept, as number %d.", cmd.Name, id)
}

type viewSet struct {
	viewRef
	Name *string `placeholder:"NAME" help:"New name."`
	viewLists
}

// Run changes it.
func (cmd *viewSet) Run(c *caller) error {
	line, err := cmd.stored(c)
	if err != nil {
		return err
	}
	v := line.View
	setIf(&v.Name, cmd.Name)
	if v.Address, err = cmd.on(v.Address); err != nil {
		return err
	}
	if _, err := c.svc.SaveView(c.ctx, c.by, v); err != nil {
		return err
	}
	return c.done(0, "The view %s is changed.", v.Name)
}

type viewRemove struct{ viewRef }

// Run takes it away.
func (cmd *viewRemove) Run(c *caller) error {
	v, err := cmd.stored(c)
	if err != nil {
		return err
	}
	if err := c.svc.RemoveView(c.ctx, c.by, v.ID, false); err != nil {
		return err
	}
	return c.done(0, "The view %s is taken away; view restore %d brings it back.", v.Name, v.ID)
}

type viewRestore struct {
	ID int64 `arg:"" help:"Number."`
}

// Run brings it back.
func (cmd *viewRestore) Run(c *caller) error {
	if err := c.svc.RemoveView(c.ctx, c.by, desk.ViewID(cmd.ID), true); err != nil {
		return err
	}
	return c.done(0, "The view %d is back.", cmd.ID)
}

type viewShare struct {
	viewRef
	viewFor
}

// Run shares it.
func (cmd *viewShare) Run(c *caller) error {
	v, err := cmd.stored(c)
	if err != nil {
		return err
	}
	group, all, err := cmd.read(c)
	if err != nil {
		return err
	}
	if err := c.svc.ShareView(c.ctx, c.by, v.ID, group, all); err != nil {
		return err
	}
	return c.done(0, "The view %s is for %s.", v.Name, cmd.For)
}

type viewOrder struct {
	Views []string `arg:"" optional:"" help:"Those that come first, in their order; the others stay behind them as they are."`
	Hide  []string `placeholder:"VIEW" help:"Hide these from the list on the left."`
	Show  []string `placeholder:"VIEW" help:"Show these again."`
	Usual bool     `help:"Forget the order, and hide nothing."`
}

// Run puts them in order.
func (cmd *viewOrder) Run(c *caller) error {
	if cmd.Usual {
		if err := c.svc.ArrangeViews(c.ctx, c.by, nil); err != nil {
			return err
		}
		return c.done(0, "Your views are in the usual order.")
	}
	bar, err := c.svc.ViewBar(c.ctx, c.by)
	if err != nil {
		return err
	}
	keys, hidden := []desk.ViewKey{}, map[desk.ViewKey]bool{}
	for _, v := range bar.Lines {
		keys, hidden[v.Key] = append(keys, v.Key), v.Hidden
	}
	var first []desk.ViewPlace
	for _, list := range []struct {
		names []string
		do    func(desk.ViewKey)
	}{
		{cmd.Views, func(key desk.ViewKey) { first = append(first, desk.ViewPlace{View: key}) }},
		{cmd.Hide, func(key desk.ViewKey) { hidden[key] = true }},
		{cmd.Show, func(key desk.ViewKey) { hidden[key] = false }},
	} {
		for _, name := range list.names {
			_, v, err := (&viewRef{name}).find(c)
			if err != nil {
				return err
			}
			list.do(v.Key)
		}
	}
	places := desk.ViewsInOrder(keys, first)
	for i := range places {
		places[i].Hidden = hidden[places[i].View]
	}
	if err := c.svc.ArrangeViews(c.ctx, c.by, places); err != nil {
		return err
	}
	return c.done(0, "Your views are in order.")
}

type viewStart struct {
	View string `arg:"" optional:"" help:"Name or number; none: no view is chosen any more."`
	viewFor
}

// Run says with which view the desk opens.
func (cmd *viewStart) Run(c *caller) error {
	group, all, err := cmd.read(c)
	if err != nil {
		return err
	}
	start := service.ViewStart{Group: group, Desk: all}
	if cmd.View != "" {
		_, v, err := (&viewRef{cmd.View}).find(c)
		if err != nil {
			return err
		}
		start.View = v.Key
	}
	if err := c.svc.StartWithView(c.ctx, c.by, start); err != nil {
		return err
	}
	whose := slices.Contains([]string{"me", "desk"}, cmd.For)
	if cmd.View == "" {
		return c.done(0, "No view is chosen any more for %s.", map[bool]string{true: cmd.For, false: groupRef(cmd.For)}[whose])
	}
	return c.done(0, "The desk opens with %s for %s.", cmd.View, map[bool]string{true: cmd.For, false: groupRef(cmd.For)}[whose])
}
