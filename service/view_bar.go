package service

import (
	"context"
	"slices"

	"gatehouse/desk"
)

// A ViewBar is the views of somebody who works at the desk: those that every desk
// has and saved ones together, in his order.
type ViewBar struct {
	Lines []ViewLine
	// Start is the view with which the desk opens for him: his own choice, else
	// that of the oldest of his groups that has one, else that of the desk. Empty:
	// nobody chose one.
	Start desk.ViewKey
	Own   desk.ViewKey // his own choice; empty: none
	// Starts are the choices of his groups and of the desk, where one was made or
	// he may make one.
	Starts []ViewStart
}

// A ViewStart says with which view the desk opens: for oneself, for the members
// of a group, or for everybody at the desk.
type ViewStart struct {
	Group     desk.GroupID
	Desk      bool
	View      desk.ViewKey // empty: none is chosen
	GroupName string
	May       bool // the actor may change it
}

// who is under which number the choice is kept; zero: oneself.
func (s *ViewStart) who() desk.PrincipalID {
	if s.Desk {
		return desk.Agents
	}
	return desk.PrincipalID(s.Group)
}

// line returns the view of a key; nil: there is none.
func (b *ViewBar) line(key desk.ViewKey) *ViewLine {
	for i := range b.Lines {
		if b.Lines[i].Key == key {
			return &b.Lines[i]
		}
	}
	return nil
}

// ViewBar returns the views that the actor may see, in his order: those that
// every desk has, his own, and those of his groups and of the desk
// (ShowSavedSearches there). It is empty for who does not work at the desk.
func (s *Service) ViewBar(ctx context.Context, by desk.Actor) (*ViewBar, error) {
	var bar *ViewBar
	err := s.view(ctx, by, func(o *op) error {
		var err error
		bar, err = o.viewBar(ctx)
		return err
	})
	return bar, err
}

func (o *op) viewBar(ctx context.Context) (*ViewBar, error) {
	bar := &ViewBar{}
	if !o.isAgent() {
		return bar, nil
	}
	saved, err := o.savedViews(ctx)
	if err != nil {
		return nil, err
	}
	all, keys := map[desk.ViewKey]ViewLine{}, desk.ShippedViews()
	for _, key := range keys {
		all[key] = ViewLine{View: desk.View{Name: key.Name(), Address: "view=" + string(key)}, Key: key}
	}
	for _, v := range saved {
		all[v.Key], keys = v, append(keys, v.Key)
	}
	places, err := o.ViewPlaces(ctx, o.by.User)
	for _, p := range desk.ViewsInOrder(keys, places) {
		line := all[p.View]
		line.Hidden = p.Hidden
		bar.Lines = append(bar.Lines, line)
	}
	if err != nil {
		return nil, err
	}
	return bar, o.fillStarts(ctx, bar)
}

// fillStarts adds with which view the desk opens. What the actor may not see, or
// is not there any more, counts for nothing.
func (o *op) fillStarts(ctx context.Context, bar *ViewBar) error {
	self := desk.PrincipalID(o.by.User)
	var groups []desk.PrincipalID
	if !o.by.IsSystem() {
		groups = slices.DeleteFunc(o.e.GroupsOf(self), func(id desk.PrincipalID) bool { return o.e.IsCustomer(id) || id < desk.FirstPrincipal })
	}
	starts, err := o.ViewStarts(ctx, append([]desk.PrincipalID{self, desk.Agents}, groups...))
	if err != nil {
		return err
	}
	if !o.by.IsSystem() && bar.line(starts[self]) != nil {
		bar.Own = starts[self]
	}
	names, err := o.names(ctx, groups)
	bar.Start = bar.Own
	for _, id := range append(groups, desk.Agents) {
		start := ViewStart{Desk: id == desk.Agents}
		if !start.Desk {
			start.Group, start.GroupName = desk.GroupID(id), names[id].Text
		}
		if line := bar.line(starts[id]); line != nil && start.Offers(line) {
			start.View = line.Key
		}
		if start.May = o.canView(desk.EditSavedSearches, &desk.View{Group: start.Group}); start.May || start.View != "" {
			bar.Starts = append(bar.Starts, start)
		}
		if bar.Start == "" {
			bar.Start = start.View
		}
	}
	return err
}

// Offers reports whether the desk can open with a view for those whom the choice
// is for: one that every desk has, one of the desk, or one of theirs.
func (s *ViewStart) Offers(v *ViewLine) bool {
	switch {
	case v.ID == 0 || v.Owner == 0 && v.Group == 0:
		return true
	case v.Group != 0:
		return !s.Desk && (s.Group == 0 || s.Group == v.Group)
	}
	return !s.Desk && s.Group == 0
}

// ArrangeViews puts the actor's views in order and hides some of them from the
// list on the left. Views that are not named come last, shown; without any the
// order is that of the desk again.
func (s *Service) ArrangeViews(ctx context.Context, by desk.Actor, places []desk.ViewPlace) error {
	return s.do(ctx, by, func(o *op) error {
		if by.IsSystem() {
			return desk.Errorf(desk.Invalid, "The program itself has no views; say whose order it is.")
		}
		bar, err := o.viewBar(ctx)
		if err != nil {
			return err
		}
		if len(bar.Lines) == 0 {
			return notAtDesk()
		}
		seen := map[desk.ViewKey]bool{}
		for _, p := range places {
			if bar.line(p.View) == nil {
				return noView(p.View)
			}
			if seen[p.View] {
				return desk.Errorf(desk.Invalid, "The view %s is named twice.", p.View)
			}
			seen[p.View] = true
		}
		return o.SetViewPlaces(ctx, by.User, places)
	})
}

func notAtDesk() error {
	return desk.Errorf(desk.Forbidden, "Only the people at the desk have views.")
}

func noView(key desk.ViewKey) error {
	if len(key) > 50 {
		key = key[:50] + "…"
	}
	return desk.Errorf(desk.NotFound, "There is no view %s.", key)
}

// StartWithView says with which view the desk opens: for oneself, for the members
// of a group of one's own or for everybody (EditSavedSearches there). The empty
// view takes the choice back.
func (s *Service) StartWithView(ctx context.Context, by desk.Actor, start ViewStart) error {
	return s.do(ctx, by, func(o *op) error {
		bar, err := o.viewBar(ctx)
		if err != nil {
			return err
		}
		who := start.who()
		switch {
		case len(bar.Lines) == 0:
			return notAtDesk()
		case who == 0 && by.IsSystem():
			return desk.Errorf(desk.Invalid, "The program itself opens no pages; say for whom it is.")
		case who == 0:
			who = desk.PrincipalID(by.User)
		case !o.canView(desk.EditSavedSearches, &desk.View{Group: start.Group}):
			return desk.Errorf(desk.Forbidden, "You may not choose the first view there: it asks for the right EditSavedSearches.")
		}
		if start.View == "" {
			return o.SetViewStart(ctx, who, "")
		}
		line := bar.line(start.View)
		if line == nil {
			return noView(start.View)
		}
		if !start.Offers(line) {
			return desk.Errorf(desk.Invalid, "Others do not see this view; share it with them first.")
		}
		return o.SetViewStart(ctx, who, line.Key)
	})
}

// ShareView gives a view that the actor may change to a group of his, or with all
// to everybody at the desk (ShowSavedSearches and EditSavedSearches there);
// without either it becomes his own, and is gone for the others.
func (s *Service) ShareView(ctx context.Context, by desk.Actor, id desk.ViewID, group desk.GroupID, all bool) error {
	return s.do(ctx, by, func(o *op) error {
		v, err := o.viewFor(ctx, id)
		switch {
		case err != nil:
			return err
		case v.Gone:
			return desk.Errorf(desk.Conflict, "This view was taken away; bring it back first.")
		case group != 0 && all:
			return desk.Errorf(desk.Invalid, "A view is for a group or for the whole desk; choose one.")
		}
		v.Owner, v.Group = 0, group
		if group == 0 && !all {
			if v.Owner = by.User; by.IsSystem() {
				return desk.Errorf(desk.Invalid, "The program itself has no views; say for whom it is.")
			}
		}
		if !o.canView(desk.EditSavedSearches, v) || !o.canView(desk.ShowSavedSearches, v) {
			return desk.Errorf(desk.Forbidden, "You may not keep views there: it asks for the rights ShowSavedSearches and EditSavedSearches.")
		}
		if err := o.roomForView(ctx, v); err != nil {
			return err
		}
		return o.UpdateView(ctx, v)
	})
}
