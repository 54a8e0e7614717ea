package service

import (
	"context"

	"gatehouse/desk"
)

// maxDashboards is how many dashboards somebody can keep for himself, and a
// group or the desk for theirs.
const maxDashboards = 50

// A DashboardLine is a dashboard with whose it is and what the actor may do.
type DashboardLine struct {
	desk.Dashboard
	GroupName string
	May       bool // change it
	Subscribe bool // get it by mail
	// Hidden are the parts that name what the actor may not know of; their reports
	// are left out.
	Hidden []bool
	// Letter says when he gets it by mail; nil: he does not.
	Letter *desk.DashboardLetter
}

// Seen returns the parts that name nothing hidden from the actor, for a copy.
func (l *DashboardLine) Seen() []desk.DashboardPart {
	var parts []desk.DashboardPart
	for i, part := range l.Parts {
		if !l.Hidden[i] {
			parts = append(parts, part)
		}
	}
	return parts
}

// canDashboard reports whether the actor may do r to a dashboard: anything to
// his own; to one of a group of which he is a member as he may on the group, to
// one of the desk as he may there.
func (o *op) canDashboard(r desk.Right, d *desk.Dashboard) bool {
	return o.canView(r, &desk.View{Owner: d.Owner, Group: d.Group})
}

// Dashboards returns the dashboards that the actor may see, by name: his own,
// and those of his groups and of the desk (SeeDashboard there).
func (s *Service) Dashboards(ctx context.Context, by desk.Actor) ([]DashboardLine, error) {
	var list []DashboardLine
	err := s.view(ctx, by, func(o *op) error {
		all, err := o.Tx.Dashboards(ctx, by.User)
		if err != nil {
			return err
		}
		letters, err := o.DashboardLetters(ctx, by.User)
		if err != nil {
			return err
		}
		var groups []desk.PrincipalID
		for _, d := range all {
			groups = append(groups, desk.PrincipalID(d.Group))
		}
		names, err := o.names(ctx, groups)
		for i := range all {
			if !o.canDashboard(desk.SeeDashboard, &all[i]) {
				continue
			}
			line := o.dashboardLine(&all[i], letters)
			line.GroupName = groupName(names, line.Group)
			if err := o.keepBack(ctx, &line); err != nil {
				return err
			}
			list = append(list, line)
		}
		return err
	})
	return list, err
}

func groupName(names map[desk.PrincipalID]Name, g desk.GroupID) string {
	if g == 0 {
		return ""
	}
	return names[desk.PrincipalID(g)].Text
}

func (o *op) dashboardLine(d *desk.Dashboard, letters []desk.DashboardLetter) DashboardLine {
	line := DashboardLine{Dashboard: *d, May: o.canDashboard(desk.ModifyDashboard, d), Subscribe: !o.by.IsSystem() && o.canDashboard(desk.SubscribeDashboard, d)}
	for i := range letters {
		if letters[i].Dashboard == d.ID {
			line.Letter = &letters[i]
		}
	}
	return line
}

// Dashboard returns a dashboard (SeeDashboard), one that was taken away too for
// those who may change it.
func (s *Service) Dashboard(ctx context.Context, by desk.Actor, id desk.DashboardID) (*DashboardLine, error) {
	var line DashboardLine
	err := s.view(ctx, by, func(o *op) error {
		d, err := o.dashboardFor(ctx, desk.SeeDashboard, id)
		if err != nil {
			return err
		}
		if d.Gone && !o.canDashboard(desk.ModifyDashboard, d) {
			return noDashboard()
		}
		letters, err := o.DashboardLetters(ctx, by.User)
		if err != nil {
			return err
		}
		line = o.dashboardLine(d, letters)
		names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(d.Group)})
		if err != nil {
			return err
		}
		line.GroupName = groupName(names, d.Group)
		return o.keepBack(ctx, &line)
	})
	if err != nil {
		return nil, err
	}
	return &line, nil
}

func noDashboard() error { return desk.Errorf(desk.NotFound, "There is no such dashboard.") }

// dashboardFor returns a dashboard to which the actor may do r; who may not see
// it is told that there is none.
func (o *op) dashboardFor(ctx context.Context, r desk.Right, id desk.DashboardID) (*desk.Dashboard, error) {
	d, err := o.Tx.Dashboard(ctx, id)
	switch {
	case err == nil && o.canDashboard(r, d):
		return d, nil
	case err == nil && o.canDashboard(desk.SeeDashboard, d):
		return nil, desk.Errorf(desk.Forbidden, "You may see this dashboard but not do this to it: it asks for the right %s.", r)
	case err != nil && desk.KindOf(err) != desk.NotFound:
		return nil, err
	}
	return nil, noDashboard()
}

// DashboardGroups returns the groups for which the actor may keep dashboards:
// those of which he is a member (ModifyDashboard on them); and whether he may
// for the whole desk.
func (s *Service) DashboardGroups(ctx context.Context, by desk.Actor) (groups []Name, all bool, err error) {
	err = s.view(ctx, by, func(o *op) error {
		groups, all, err = o.keepersOf(ctx, desk.ModifyDashboard)
		return err
	})
	return groups, all, err
}

// SaveDashboard keeps a dashboard for oneself (agents), a group or the desk
// (ModifyDashboard there), and returns its number; with a number it changes that
// one's name and reports. Version, unless zero, is the one that was looked at: a
// dashboard that was changed meanwhile is a desk.Conflict.
func (s *Service) SaveDashboard(ctx context.Context, by desk.Actor, d desk.Dashboard) (desk.DashboardID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if err := d.Check(); err != nil {
			return err
		}
		for i := range d.Parts {
			if err := o.bindFilter(ctx, &TicketFilter{Query: d.Parts[i].Report.Query}); err != nil {
				return err
			}
		}
		if d.ID == 0 {
			return o.newDashboard(ctx, &d)
		}
		old, err := o.dashboardFor(ctx, desk.ModifyDashboard, d.ID)
		if err != nil {
			return err
		}
		d.Owner, d.Group, d.Gone = old.Owner, old.Group, old.Gone
		if d.Version == 0 {
			d.Version = old.Version
		}
		return o.UpdateDashboard(ctx, &d)
	})
	return d.ID, err
}

func (o *op) newDashboard(ctx context.Context, d *desk.Dashboard) error {
	if !o.canDashboard(desk.ModifyDashboard, d) {
		return desk.Errorf(desk.Forbidden, "You may not keep dashboards there: it asks for the right ModifyDashboard.")
	}
	list, err := o.Tx.Dashboards(ctx, d.Owner)
	if err != nil {
		return err
	}
	same := 0
	for _, other := range list {
		if other.Owner == d.Owner && other.Group == d.Group {
			same++
		}
	}
	if same >= maxDashboards {
		return desk.Errorf(desk.Conflict, "There are %d dashboards already; take one away first.", maxDashboards)
	}
	d.Gone = false
	return o.InsertDashboard(ctx, d)
}

// RemoveDashboard takes a dashboard away, or with back brings it back. It asks
// what SaveDashboard asks. Nobody gets it by mail meanwhile.
func (s *Service) RemoveDashboard(ctx context.Context, by desk.Actor, id desk.DashboardID, back bool) error {
	return s.do(ctx, by, func(o *op) error {
		d, err := o.dashboardFor(ctx, desk.ModifyDashboard, id)
		if err != nil {
			return err
		}
		d.Gone = !back
		return o.UpdateDashboard(ctx, d)
	})
}

// SubscribeDashboard has the actor get a dashboard by mail: one of his own, or
// one of a group or the desk (SeeDashboard and SubscribeDashboard there). The
// letter is made with his rights at that time.
func (s *Service) SubscribeDashboard(ctx context.Context, by desk.Actor, l desk.DashboardLetter) error {
	return s.do(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The program itself gets no letters; say who is to get them.")
		}
		if err := l.Check(); err != nil {
			return err
		}
		for _, r := range []desk.Right{desk.SeeDashboard, desk.SubscribeDashboard} {
			if _, err := o.dashboardFor(ctx, r, l.Dashboard); err != nil {
				return err
			}
		}
		zone, err := o.zone(ctx)
		if err != nil {
			return err
		}
		l.User, l.Next = by.User, l.After(o.s.Now().In(zone))
		return o.SetDashboardLetter(ctx, l)
	})
}

// UnsubscribeDashboard ends that the actor gets a dashboard by mail.
func (s *Service) UnsubscribeDashboard(ctx context.Context, by desk.Actor, id desk.DashboardID) error {
	return s.do(ctx, by, func(o *op) error {
		if _, err := o.dashboardFor(ctx, desk.SeeDashboard, id); err != nil {
			return err
		}
		return o.DropDashboardLetter(ctx, id, by.User)
	})
}
