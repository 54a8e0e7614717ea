package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gatehouse/desk"
)

type directoryCommand struct {
	List directoryList `cmd:"" help:"List directories in their order."`
	Set  directorySet  `cmd:"" help:"Make a directory, or change the one of that name."`
	Test directoryTest `cmd:"" help:"Reach for a directory step by step, or look somebody up in it, without changing anything."`
	Sync directorySync `cmd:"" help:"Read a directory now."`
	Log  directoryLog  `cmd:"" help:"List what the latest readings did."`
}

type directoryLine struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Place    int    `json:"place"`
	Disabled bool   `json:"disabled"`
	Every    string `json:"every"`
	Keep     string `json:"keep"`
	MaxLoss  int    `json:"max_loss"`
	Adopt    bool   `json:"adopt"`
}

type directoryList struct{}

// Run lists the directories.
func (cmd *directoryList) Run(c *caller) error {
	list, err := c.svc.Directories(c.ctx, c.by)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, func(d *desk.Directory) directoryLine {
		return directoryLine{d.Name, d.Kind, d.Place, d.Disabled, d.Every.String(), d.Keep.String(), d.MaxLoss, d.Adopt}
	}))
}

type directorySet struct {
	Name     string         `arg:"" help:"Name of the directory."`
	Kind     string         `placeholder:"KIND" help:"ldap, sql or oidc."`
	Settings string         `placeholder:"FILE" help:"JSON: how to reach and read it, see docs/directories.md."`
	Secret   string         `placeholder:"FILE" help:"A file whose first line is its password or, for sql, the address of the database."`
	Place    *int           `placeholder:"N" help:"Of two that know a login, the one with the lower place has it."`
	Every    *time.Duration `placeholder:"TIME" help:"Between two readings: 15m, 6h; 0: only when asked."`
	Keep     *time.Duration `placeholder:"TIME" help:"For how long somebody whom it has lost stays: 72h; 0: until the next reading."`
	MaxLoss  *int           `placeholder:"PERCENT" help:"Share of its people whom one reading may take away without being confirmed."`
	Adopt    *bool          `negatable:"" help:"Take over contacts whom the desk has already, by their login."`
	Group    []string       `placeholder:"THEIRS=OURS" sep:"none" help:"Members of their group are members of ours."`
	Enable   bool           `help:"Ask it again."`
	Disable  bool           `help:"Ask it no more; its people stay."`
}

// Run saves the directory.
func (cmd *directorySet) Run(c *caller) error {
	d, err := c.directoryNamed(cmd.Name)
	if desk.KindOf(err) == desk.NotFound {
		d, err = &desk.Directory{Name: cmd.Name, Kind: "ldap", Every: time.Hour, MaxLoss: 10}, nil
	}
	if err != nil {
		return err
	}
	d.Secret = ""
	if err := cmd.apply(c, d); err != nil {
		return err
	}
	id, err := c.svc.SaveDirectory(c.ctx, c.by, *d)
	if err != nil {
		return err
	}
	return c.done(int64(id), "The directory %s is saved.", d.Name)
}

func (cmd *directorySet) apply(c *caller, d *desk.Directory) error {
	if cmd.Kind != "" {
		d.Kind = cmd.Kind
	}
	for _, file := range []struct {
		name string
		to   *string
	}{{cmd.Settings, &d.Config}, {cmd.Secret, &d.Secret}} {
		if file.name == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Clean(file.name))
		if err != nil {
			return &failure{exitNotFound, fmt.Errorf("the file cannot be read: %w", err)}
		}
		*file.to = strings.TrimSpace(string(text))
	}
	given(&d.Place, cmd.Place)
	given(&d.Every, cmd.Every)
	given(&d.Keep, cmd.Keep)
	given(&d.MaxLoss, cmd.MaxLoss)
	given(&d.Adopt, cmd.Adopt)
	d.Disabled = cmd.Disable || d.Disabled && !cmd.Enable
	if len(cmd.Group) > 0 {
		d.Groups = nil
	}
	for _, pair := range cmd.Group {
		at := strings.LastIndexByte(pair, '=') // theirs may be a DN
		if at < 0 {
			return desk.Errorf(desk.Invalid, "Write --group THEIRS=OURS.")
		}
		ours, err := c.svc.Find(c.ctx, c.by, "group:"+pair[at+1:])
		if err != nil {
			return err
		}
		d.Groups = append(d.Groups, desk.DirectoryGroup{Theirs: pair[:at], Ours: desk.GroupID(ours)})
	}
	return nil
}

func given[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func (c *caller) directoryNamed(name string) (*desk.Directory, error) {
	list, err := c.svc.Directories(c.ctx, c.by)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if desk.Fold(list[i].Name) == desk.Fold(name) {
			return &list[i], nil
		}
	}
	return nil, desk.Errorf(desk.NotFound, "There is no directory %s.", name)
}

type directoryTest struct {
	Name  string `arg:"" help:"Name of the directory."`
	Login string `arg:"" optional:"" help:"A login or address that it should know."`
}

type entryLine struct {
	ID        string   `json:"id"`
	Login     string   `json:"login"`
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
	Customers []string `json:"customers"`
	Groups    []string `json:"groups"`
	Disabled  bool     `json:"disabled"`
}

// Run shows the steps and what was found, or the entry.
func (cmd *directoryTest) Run(c *caller) error {
	d, err := c.directoryNamed(cmd.Name)
	if err != nil {
		return err
	}
	if cmd.Login == "" {
		return c.tryDirectory(d)
	}
	source, err := c.reach().Open(*d)
	if err != nil {
		return err
	}
	e, err := source.Lookup(c.ctx, cmd.Login)
	if err != nil {
		return err
	}
	if e == nil {
		return desk.Errorf(desk.NotFound, "The directory %s answers, but knows no %s, or several.", d.Name, cmd.Login)
	}
	return printThing(c.app, lineOf(e))
}

func lineOf(e *desk.DirectoryEntry) entryLine {
	return entryLine{e.ID, e.Login, e.Name, e.Addresses, e.Customers, e.Groups, e.Disabled}
}

type trialLine struct {
	Steps    []stepLine     `json:"steps"`
	Seen     int            `json:"seen"`
	More     bool           `json:"more"`
	Entries  []entryLine    `json:"entries"`
	Lacks    map[string]int `json:"lacks"`
	NoGroups []string       `json:"no_groups"`
	Unknown  []string       `json:"unknown_customers"`
}

type stepLine struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

// tryDirectory reaches for a directory and shows what is found.
func (c *caller) tryDirectory(d *desk.Directory) error {
	t, err := c.svc.TryDirectory(c.ctx, c.by, *d)
	if err != nil {
		return err
	}
	lacks := map[string]int{}
	for _, l := range t.Lacks {
		lacks[l.What] = l.Entries
	}
	if c.json {
		err = printJSON(c.p.Out, trialLine{mapped(t.Steps, func(s *desk.TrialStep) stepLine { return stepLine{s.Name, s.OK, s.Text} }),
			t.Seen, t.More, mapped(t.Entries, lineOf), lacks, t.NoGroups, t.Unknown})
	} else {
		printTrial(c.p.Out, t)
	}
	if err == nil && !t.OK() {
		return no()
	}
	return err
}

func printTrial(to io.Writer, t *desk.DirectoryTrial) {
	for _, s := range t.Steps {
		mark := "ok    "
		if !s.OK {
			mark = "FAILED"
		}
		fmt.Fprintf(to, "%s %-8s %s\n", mark, s.Name, s.Text)
	}
	for _, e := range t.Entries {
		fmt.Fprintf(to, "as      %s (%s) %s; customers: %s; groups: %s\n", e.Login, e.Name, strings.Join(e.Addresses, ", "), strings.Join(e.Customers, ", "), strings.Join(e.Groups, ", "))
	}
	for _, l := range t.Lacks {
		fmt.Fprintf(to, "lacking %d of %d entries have no %s\n", l.Entries, t.Seen, l.What)
	}
	for _, g := range t.NoGroups {
		fmt.Fprintf(to, "lacking the directory has no group %s\n", g)
	}
	for _, key := range t.Unknown {
		fmt.Fprintf(to, "lacking the desk has no customer %s\n", key)
	}
}

type directorySync struct {
	Name    string `arg:"" help:"Name of the directory."`
	Confirm bool   `help:"Let this reading take away as many people as it likes."`
}

// Run reads the directory in this process, and shows the report.
func (cmd *directorySync) Run(c *caller) error {
	d, err := c.directoryNamed(cmd.Name)
	if err != nil {
		return err
	}
	if err := c.svc.RequestSync(c.ctx, c.by, d.ID, cmd.Confirm); err != nil {
		return err
	}
	for worked := true; worked; {
		if worked, err = c.reach().Step(c.ctx, c.svc); err != nil {
			return err
		}
	}
	list, err := c.svc.SyncReports(c.ctx, c.by, d.ID, 1)
	if err != nil || len(list) == 0 {
		return err
	}
	if err := printThing(c.app, reportLine(&list[0])); err != nil {
		return err
	}
	if list[0].State != desk.SyncDone {
		return no()
	}
	return nil
}

type syncLine struct {
	Started   string `json:"started"`
	State     string `json:"state"`
	Read      int    `json:"read"`
	Added     int    `json:"added"`
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	Gone      int    `json:"gone"`
	Bad       int    `json:"bad"`
	Text      string `json:"text"`
}

func reportLine(r *desk.SyncReport) syncLine {
	return syncLine{r.Started.Format(time.RFC3339), string(r.State), r.Read, r.Added, r.Changed, r.Unchanged, r.Gone, r.Bad, r.Text}
}

type directoryLog struct {
	Name string `arg:"" help:"Name of the directory."`
}

// Run lists the reports.
func (cmd *directoryLog) Run(c *caller) error {
	d, err := c.directoryNamed(cmd.Name)
	if err != nil {
		return err
	}
	list, err := c.svc.SyncReports(c.ctx, c.by, d.ID, 20)
	if err != nil {
		return err
	}
	return printList(c.app, mapped(list, reportLine))
}
