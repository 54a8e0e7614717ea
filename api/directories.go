package api

import (
	"context"
	"encoding/json"
	"time"

	"gatehouse/desk"
)

func (h *handler) directoryRoutes() []route {
	const rights = "AdminSettings, AdminUsers and AdminCustomers"
	return []route{
		shows(h, what{"listDirectories", "GET /directories", rights, "Sources of contacts in their order"}, h.listDirectories),
		makes(h, what{"createDirectory", "POST /directories", rights + ", and for each group what adding to it asks", "Make a directory"}, "/directories", h.createDirectory),
		shows(h, what{"getDirectory", "GET /directories/{id}", rights, "A directory and how it is doing"}, h.getDirectory),
		does(h, what{"changeDirectory", "PATCH /directories/{id}", rights + ", and for each group what adding to it asks", "Change a directory; what is absent stays"}, h.changeDirectory),
		shows(h, what{"tryDirectory", "POST /directories/{id}/test", rights, "Reach for a directory step by step, changing nothing"}, h.tryDirectory),
		does(h, what{"syncDirectory", "POST /directories/{id}/sync", rights, "Have a directory read soon"}, h.syncDirectory),
		shows(h, what{"listReadings", "GET /directories/{id}/readings", rights, "What the latest readings did, newest first"}, h.listReadings),
	}
}

// A Directory is a source of contacts. Its secret is never shown.
type Directory struct {
	ID       int64            `json:"id"`
	Name     string           `json:"name"`
	Kind     string           `json:"kind" enum:"ldap,sql"`
	Place    int              `json:"place" doc:"Of two that know a login, the lower one has it."`
	Disabled bool             `json:"disabled"`
	Settings json.RawMessage  `json:"settings" doc:"How to reach and read it, see docs/directories.md."`
	Adopt    bool             `json:"adopt" doc:"It takes over contacts whom the desk has already."`
	Every    int64            `json:"every" doc:"Seconds between two readings; 0: only when asked."`
	Keep     int64            `json:"keep" doc:"Seconds for which somebody whom it has lost stays."`
	MaxLoss  int              `json:"max_loss" doc:"Percentage of its people whom one reading may take away."`
	Groups   []DirectoryGroup `json:"groups" nullable:"false"`
	People   int              `json:"people,omitempty" doc:"Who come from it; where one directory is asked for."`
	Late     int64            `json:"late,omitempty" doc:"Seconds for which a reading has been due; where one directory is asked for."`
	LastRead *time.Time       `json:"last_read,omitempty" doc:"When the latest reading began that came to its end; where one directory is asked for."`
}

// A DirectoryGroup says that members of a group there are members of one here.
type DirectoryGroup struct {
	Theirs string `json:"theirs" maxLength:"1000"`
	Ours   int64  `json:"ours" minimum:"1"`
}

func directoryOf(d desk.Directory) Directory {
	wire := Directory{ID: int64(d.ID), Name: d.Name, Kind: d.Kind, Place: d.Place, Disabled: d.Disabled, Settings: json.RawMessage(d.Config), Adopt: d.Adopt,
		Every: int64(d.Every.Seconds()), Keep: int64(d.Keep.Seconds()), MaxLoss: d.MaxLoss, Groups: []DirectoryGroup{}}
	if !json.Valid(wire.Settings) {
		wire.Settings = json.RawMessage("{}")
	}
	for _, g := range d.Groups {
		wire.Groups = append(wire.Groups, DirectoryGroup{g.Theirs, int64(g.Ours)})
	}
	return wire
}

func (h *handler) listDirectories(ctx context.Context, by caller, _ *Nothing) (Page[Directory], error) {
	list, err := h.desk.Directories(ctx, by.Actor)
	return pageOf(list, directoryOf), err
}

func (h *handler) getDirectory(ctx context.Context, by caller, in *Numbered) (Directory, error) {
	d, err := h.desk.Directory(ctx, by.Actor, desk.DirectoryID(in.ID))
	if err != nil {
		return Directory{}, err
	}
	wire := directoryOf(*d)
	state, err := h.desk.DirectoryState(ctx, by.Actor, d.ID, 1)
	if err != nil {
		return wire, err
	}
	wire.People, wire.Late = state.People, int64(state.Late.Seconds())
	if state.Good != nil {
		wire.LastRead = moment(state.Good.Started)
	}
	return wire, nil
}

// A DirectoryPatch changes a directory; what is absent stays.
type DirectoryPatch struct {
	Name     *string           `json:"name,omitempty" maxLength:"200"`
	Kind     *string           `json:"kind,omitempty" enum:"ldap,sql"`
	Place    *int              `json:"place,omitempty" minimum:"0" maximum:"10000"`
	Disabled *bool             `json:"disabled,omitempty"`
	Settings *json.RawMessage  `json:"settings,omitempty"`
	Secret   *string           `json:"secret,omitempty" maxLength:"2000" doc:"The password, or the address of the database. It is asked for again when the settings change."`
	Adopt    *bool             `json:"adopt,omitempty"`
	Every    *int64            `json:"every,omitempty" minimum:"0" maximum:"31622400"`
	Keep     *int64            `json:"keep,omitempty" minimum:"0" maximum:"31622400"`
	MaxLoss  *int              `json:"max_loss,omitempty" minimum:"0" maximum:"100"`
	Groups   *[]DirectoryGroup `json:"groups,omitempty" maxItems:"500"`
}

func (p *DirectoryPatch) apply(d *desk.Directory) {
	set(&d.Name, p.Name)
	set(&d.Kind, p.Kind)
	set(&d.Place, p.Place)
	set(&d.Disabled, p.Disabled)
	set(&d.Secret, p.Secret)
	set(&d.Adopt, p.Adopt)
	set(&d.MaxLoss, p.MaxLoss)
	if p.Settings != nil {
		d.Config = string(*p.Settings)
	}
	if p.Every != nil {
		d.Every = time.Duration(*p.Every) * time.Second
	}
	if p.Keep != nil {
		d.Keep = time.Duration(*p.Keep) * time.Second
	}
	if p.Groups != nil {
		d.Groups = nil
		for _, g := range *p.Groups {
			d.Groups = append(d.Groups, desk.DirectoryGroup{Theirs: g.Theirs, Ours: desk.GroupID(g.Ours)})
		}
	}
}

func (h *handler) createDirectory(ctx context.Context, by caller, in *struct{ Body DirectoryPatch }) (desk.DirectoryID, error) {
	d := desk.Directory{Every: time.Hour, MaxLoss: 10}
	in.Body.apply(&d)
	return h.desk.SaveDirectory(ctx, by.Actor, d)
}

type directoryInput struct {
	Numbered
	Body DirectoryPatch
}

// patched is a directory as it would be after a patch.
func (h *handler) patched(ctx context.Context, by caller, in *directoryInput) (*desk.Directory, error) {
	d, err := h.desk.Directory(ctx, by.Actor, desk.DirectoryID(in.ID))
	if err == nil {
		in.Body.apply(d)
	}
	return d, err
}

func (h *handler) changeDirectory(ctx context.Context, by caller, in *directoryInput) error {
	d, err := h.patched(ctx, by, in)
	if err != nil {
		return err
	}
	_, err = h.desk.SaveDirectory(ctx, by.Actor, *d)
	return err
}

// A DirectoryTrial is what trying a directory found.
type DirectoryTrial struct {
	Steps    []TrialStep      `json:"steps" nullable:"false"`
	Seen     int              `json:"seen" doc:"People, counted up to 2,000."`
	More     bool             `json:"more"`
	Entries  []DirectoryEntry `json:"entries" nullable:"false" doc:"The first ones, as the desk would take them."`
	Lacks    map[string]int   `json:"lacks" doc:"Of how many people something is missing."`
	NoGroups []string         `json:"no_groups" nullable:"false" doc:"Groups of the settings that are not there."`
	Unknown  []string         `json:"unknown_customers" nullable:"false"`
}

// A TrialStep is one thing that was tried.
type TrialStep struct {
	Name string `json:"name" enum:"settings,reach,bind,base,table,read,groups"`
	OK   bool   `json:"ok"`
	Text string `json:"text"`
}

// A DirectoryEntry is one person as a directory has him.
type DirectoryEntry struct {
	ID        string   `json:"id"`
	Login     string   `json:"login"`
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
	Customers []string `json:"customers"`
	Groups    []string `json:"groups"`
	Disabled  bool     `json:"disabled"`
}

func (h *handler) tryDirectory(ctx context.Context, by caller, in *directoryInput) (DirectoryTrial, error) {
	d, err := h.patched(ctx, by, in)
	if err != nil {
		return DirectoryTrial{}, err
	}
	t, err := h.desk.TryDirectory(ctx, by.Actor, *d)
	if err != nil {
		return DirectoryTrial{}, err
	}
	wire := DirectoryTrial{Seen: t.Seen, More: t.More, Lacks: map[string]int{}, NoGroups: append([]string{}, t.NoGroups...), Unknown: append([]string{}, t.Unknown...),
		Steps: pageOf(t.Steps, func(s desk.TrialStep) TrialStep { return TrialStep(s) }).Items,
		Entries: pageOf(t.Entries, func(e desk.DirectoryEntry) DirectoryEntry {
			return DirectoryEntry{e.ID, e.Login, e.Name, e.Addresses, e.Customers, e.Groups, e.Disabled}
		}).Items}
	for _, l := range t.Lacks {
		wire.Lacks[l.What] = l.Entries
	}
	return wire, nil
}

type syncInput struct {
	Numbered
	Body struct {
		Confirm bool `json:"confirm,omitempty" doc:"This reading may take away as many people as it likes."`
	}
}

func (h *handler) syncDirectory(ctx context.Context, by caller, in *syncInput) error {
	return h.desk.RequestSync(ctx, by.Actor, desk.DirectoryID(in.ID), in.Body.Confirm)
}

// A Reading is what one reading of a directory did.
type Reading struct {
	Started   *time.Time `json:"started"`
	Ended     *time.Time `json:"ended,omitempty"`
	State     string     `json:"state" enum:"running,done,stopped,failed"`
	Read      int        `json:"read"`
	Added     int        `json:"added"`
	Changed   int        `json:"changed"`
	Unchanged int        `json:"unchanged"`
	Gone      int        `json:"gone"`
	Refused   int        `json:"refused"`
	Text      string     `json:"text,omitempty" doc:"Why it failed or stopped, and the first entries that were refused."`
}

func (h *handler) listReadings(ctx context.Context, by caller, in *Numbered) (Page[Reading], error) {
	list, err := h.desk.SyncReports(ctx, by.Actor, desk.DirectoryID(in.ID), 20)
	return pageOf(list, func(r desk.SyncReport) Reading {
		return Reading{moment(r.Started), moment(r.Ended), string(r.State), r.Read, r.Added, r.Changed, r.Unchanged, r.Gone, r.Bad, r.Text}
	}), err
}
