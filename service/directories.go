package service

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// AskDirectory is how the service asks a directory for somebody who signs in:
// it returns his entry if the password is his, nil if the directory does not
// know the login, an error of kind Unauthenticated for a wrong password, and
// of kind Unavailable where the directory does not answer.
type AskDirectory func(ctx context.Context, d desk.Directory, login, password string) (*desk.DirectoryEntry, error)

// ownSources are names of sources of memberships that no directory may have.
var ownSources = [...]string{"hand", "domain", "import", "merge"}

// mayDirect asks for what a directory can do: make people and contacts of
// customers, by its settings.
func (o *op) mayDirect() error {
	for _, r := range []desk.Right{desk.AdminSettings, desk.AdminUsers, desk.AdminCustomers} {
		if err := o.need(r, access.System()); err != nil {
			return err
		}
	}
	return nil
}

// Directories returns the directories in their order (AdminSettings,
// AdminUsers and AdminCustomers). Only the system is shown their secrets.
func (s *Service) Directories(ctx context.Context, by desk.Actor) ([]desk.Directory, error) {
	var list []desk.Directory
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.Directories(ctx)
		for i := range list {
			o.hideSecret(&list[i])
		}
		return err
	})
	return list, err
}

func (o *op) hideSecret(d *desk.Directory) {
	if !o.by.IsSystem() {
		d.Secret = ""
	}
}

// Directory returns one directory, as Directories does.
func (s *Service) Directory(ctx context.Context, by desk.Actor, id desk.DirectoryID) (*desk.Directory, error) {
	var d *desk.Directory
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil {
			return err
		}
		var err error
		if d, err = o.Tx.Directory(ctx, id); err == nil {
			o.hideSecret(d)
		}
		return err
	})
	return d, err
}

// SaveDirectory makes a directory, or changes the one of that ID. It asks what
// Directories asks, and for each group that its people come into what AddMember
// asks. An empty secret leaves the old one; a new address of the directory
// wants the secret again, so that nobody has it sent elsewhere.
func (s *Service) SaveDirectory(ctx context.Context, by desk.Actor, d desk.Directory) (desk.DirectoryID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil {
			return err
		}
		if err := o.checkDirectory(ctx, &d); err != nil {
			return err
		}
		action, before := "directory.create", ""
		if d.ID != 0 {
			old, err := o.Tx.Directory(ctx, d.ID)
			if err != nil {
				return err
			}
			if err := o.keepOf(ctx, old, &d); err != nil {
				return err
			}
			action, before = "directory.update", describeDirectory(*old)
		}
		if d.Kind == desk.KindOIDC {
			d.Every, d.Next = 0, time.Time{} // there is nothing to read
		}
		if d.Every > 0 && !d.Disabled && d.Next.IsZero() {
			d.Next = s.Now().Add(d.Every)
		}
		if err := o.Tx.SaveDirectory(ctx, &d); err != nil {
			return err
		}
		return o.audit(ctx, change{action, "directory:" + d.Name, before, describeDirectory(d)})
	})
	return d.ID, err
}

func (o *op) checkDirectory(ctx context.Context, d *desk.Directory) error {
	var err error
	if d.Name, err = desk.CheckName("directory", d.Name); err != nil {
		return err
	}
	switch {
	case slices.Contains(ownSources[:], desk.Fold(d.Name)):
		return desk.InvalidFields(map[string]string{"name": "The desk uses this word itself; choose another name."})
	case d.Kind != "ldap" && d.Kind != "sql" && d.Kind != desk.KindOIDC:
		return desk.InvalidFields(map[string]string{"kind": "A directory is ldap, sql or oidc."})
	case d.Kind == desk.KindOIDC && d.Adopt:
		return desk.InvalidFields(map[string]string{"adopt": "A provider of sign-ins takes no contacts over: they connect their accounts with it themselves."})
	case d.MaxLoss < 0 || d.MaxLoss > 100:
		return desk.InvalidFields(map[string]string{"max_loss": "Give a percentage from 0 to 100."})
	case d.Keep < 0 || d.Keep > 366*24*time.Hour:
		return desk.InvalidFields(map[string]string{"keep": "Lost people stay for a year at the most."})
	case d.Every < 0 || d.Every > 0 && d.Every < time.Minute:
		return desk.InvalidFields(map[string]string{"every": "A directory is read once a minute at the most."})
	}
	if check := o.s.opt.CheckDirectory; check != nil {
		if err := check(*d); err != nil {
			return err
		}
	}
	for _, g := range d.Groups {
		if o.e.IsCustomer(desk.PrincipalID(g.Ours)) {
			return desk.InvalidFields(map[string]string{"groups": "People come into customers by their keys, not by groups."})
		}
		if _, err := o.mayChangeMembers(ctx, desk.PrincipalID(g.Ours), 0); err != nil {
			return desk.InvalidFields(map[string]string{"groups": desk.Sentence(err)})
		}
	}
	return nil
}

// keepOf takes over what saving does not change, and renames the source of the
// memberships.
func (o *op) keepOf(ctx context.Context, old, d *desk.Directory) error {
	d.Run, d.Confirm = old.Run, old.Confirm
	if d.Every == old.Every && !d.Disabled {
		d.Next = old.Next
	}
	if err := o.keepSecret(old, d); err != nil {
		return err
	}
	if d.Name != old.Name {
		return o.RenameSource(ctx, old.Name, d.Name)
	}
	return nil
}

// keepSecret takes the old secret over where none is given.
func (o *op) keepSecret(old, d *desk.Directory) error {
	if d.Secret != "" {
		return nil
	}
	if old.Secret != "" && old.Config != d.Config && !o.by.IsSystem() {
		return desk.InvalidFields(map[string]string{"secret": "The settings of the directory have changed: give its password or address again."})
	}
	d.Secret = old.Secret
	return nil
}

func describeDirectory(d desk.Directory) string {
	return fmt.Sprintf("name: %s; kind: %s; place: %d; disabled: %t; adopt: %t; every: %s; keep: %s; max loss: %d; config: %s",
		d.Name, d.Kind, d.Place, d.Disabled, d.Adopt, d.Every, d.Keep, d.MaxLoss, d.Config)
}

// RequestSync has a directory read soon. With confirm, that reading may take
// away as many people as it likes. It asks what Directories asks.
func (s *Service) RequestSync(ctx context.Context, by desk.Actor, id desk.DirectoryID, confirm bool) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil {
			return err
		}
		d, err := o.Tx.Directory(ctx, id)
		if err != nil {
			return err
		}
		if d.Disabled {
			return desk.Errorf(desk.Conflict, "The directory %s is disabled; enable it first.", d.Name)
		}
		d.Next, d.Confirm = s.Now(), confirm
		if err := o.Tx.SaveDirectory(ctx, d); err != nil {
			return err
		}
		return o.audit(ctx, change{"directory.sync", "directory:" + d.Name, "", fmt.Sprintf("confirm: %t", confirm)})
	})
}

// SyncReports returns what the latest readings of a directory did, newest
// first. It asks what Directories asks.
func (s *Service) SyncReports(ctx context.Context, by desk.Actor, id desk.DirectoryID, limit int) ([]desk.SyncReport, error) {
	var list []desk.SyncReport
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil {
			return err
		}
		var err error
		list, err = o.Tx.SyncReports(ctx, id, limit)
		return err
	})
	return list, err
}

// A DirectoryState says how a directory is doing.
type DirectoryState struct {
	People  int               // who come from it and are there
	Good    *desk.SyncReport  // the latest reading that came to its end; nil: none yet
	Reports []desk.SyncReport // the latest ones, newest first
	Late    time.Duration     // for how long a reading has been due
}

// DirectoryState returns how a directory is doing, with its latest readings. It
// asks what Directories asks.
func (s *Service) DirectoryState(ctx context.Context, by desk.Actor, id desk.DirectoryID, reports int) (*DirectoryState, error) {
	out := &DirectoryState{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil {
			return err
		}
		d, err := o.Tx.Directory(ctx, id)
		if err != nil {
			return err
		}
		if out.People, _, err = o.CountDirectory(ctx, id, 0); err != nil {
			return err
		}
		list, err := o.Tx.SyncReports(ctx, id, max(reports, 50))
		if at := slices.IndexFunc(list, func(r desk.SyncReport) bool { return r.State == desk.SyncDone }); at >= 0 {
			out.Good = &list[at]
		}
		out.Reports = list[:min(reports, len(list))]
		if now := s.Now(); !d.Disabled && d.Every > 0 {
			due := now
			if out.Good != nil {
				due = out.Good.Started.Add(d.Every)
			} else if !d.Next.IsZero() {
				due = d.Next
			}
			out.Late = max(0, now.Sub(due))
		}
		return err
	})
	return out, err
}

// TryDirectory reaches for a directory with the settings given, whether they
// are saved or not, and says what it finds; nothing is changed. An empty secret
// is that of the saved directory, as for SaveDirectory. It asks what Directories
// asks.
func (s *Service) TryDirectory(ctx context.Context, by desk.Actor, d desk.Directory) (*desk.DirectoryTrial, error) {
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayDirect(); err != nil || d.ID == 0 {
			return err
		}
		old, err := o.Tx.Directory(ctx, d.ID)
		if err != nil {
			return err
		}
		return o.keepSecret(old, &d)
	})
	if err != nil {
		return nil, err
	}
	t := desk.DirectoryTrial{Steps: []desk.TrialStep{{Name: "reach", Text: "This desk reaches no directories."}}}
	if s.opt.TryDirectory != nil {
		t = s.opt.TryDirectory(ctx, d)
	}
	err = s.view(ctx, by, func(o *op) error { return o.unknownTo(ctx, &t) })
	return &t, err
}

// unknownTo notes which customers of the entries shown the desk does not have.
func (o *op) unknownTo(ctx context.Context, t *desk.DirectoryTrial) error {
	for _, e := range t.Entries {
		for _, key := range e.Customers {
			_, err := o.CustomerByKey(ctx, key)
			if desk.KindOf(err) != desk.NotFound && err != nil {
				return err
			}
			if err != nil && !slices.Contains(t.Unknown, key) {
				t.Unknown = append(t.Unknown, key)
			}
		}
	}
	return nil
}

// directoryOf returns the directory from which a user comes, or nil.
func (o *op) directoryOf(ctx context.Context, user desk.UserID) (*desk.Directory, error) {
	from, err := o.Tx.DirectoryUser(ctx, user)
	if err != nil || from == nil {
		return nil, err
	}
	return o.Tx.Directory(ctx, from.Directory)
}

// FromDirectory returns the name of the directory that a user comes from, or
// "". It asks what User asks.
func (s *Service) FromDirectory(ctx context.Context, by desk.Actor, user desk.UserID) (string, error) {
	name := ""
	err := s.view(ctx, by, func(o *op) error {
		if user != by.User || user == 0 {
			if err := o.seesUsers(); err != nil {
				return err
			}
		}
		d, err := o.directoryOf(ctx, user)
		if d != nil {
			name = d.Name
		}
		return err
	})
	return name, err
}

// notByHand refuses to change what a directory says of a user.
func (o *op) notByHand(ctx context.Context, old, u *desk.User) error {
	if old.Login == u.Login && old.Name == u.Name && slices.Equal(old.Addresses, u.Addresses) {
		return nil
	}
	d, err := o.directoryOf(ctx, u.ID)
	if err != nil || d == nil {
		return err
	}
	return desk.Errorf(desk.Conflict, "Login, name and addresses of %s come from the directory %s; change them there.", old.Login, d.Name)
}

// notFromDirectory refuses to end a membership that a directory gives, or to
// change its days: the next reading would undo it.
func (o *op) notFromDirectory(ctx context.Context, m *desk.Membership) error {
	if slices.Contains(ownSources[:], m.Source) {
		return nil
	}
	list, err := o.Tx.Directories(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.Name == m.Source {
			return desk.Errorf(desk.Conflict, "This membership comes from the directory %s; change it there.", d.Name)
		}
	}
	return nil
}
