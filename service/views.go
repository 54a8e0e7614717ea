package service

import (
	"context"
	"net/url"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

// maxViews is how many views somebody can keep for himself, and maxAddress how
// long the address of one can be.
const (
	maxViews   = 100
	maxAddress = 10_000
)

// A ViewLine is a view with whose it is and whether the actor may change it. One
// that every desk has is called by its key and has no number.
type ViewLine struct {
	desk.View
	Key       desk.ViewKey
	GroupName string
	May       bool
	Hidden    bool // the actor does not want it in the list on the left
}

// canView reports whether the actor, who works at the desk, may do r to a view:
// anything to his own; to one of a group of which he is a member as he may on
// the group, to one of the desk as he may there.
func (o *op) canView(r desk.Right, v *desk.View) bool {
	self := desk.PrincipalID(o.by.User)
	switch {
	case o.by.IsSystem():
		return true
	case !o.isAgent():
		return false
	case v.Owner != 0:
		return v.Owner == o.by.User
	case v.Group != 0:
		return o.e.IsMember(self, desk.PrincipalID(v.Group)) && o.can(r, access.Group(v.Group))
	}
	return o.can(r, access.System())
}

// Views returns the saved views that the actor may see, by name: his own, and
// those of his groups and of the desk (ShowSavedSearches there) that name nothing
// of which he may not know.
func (s *Service) Views(ctx context.Context, by desk.Actor) ([]ViewLine, error) {
	var list []ViewLine
	err := s.view(ctx, by, func(o *op) error {
		var err error
		list, err = o.savedViews(ctx)
		return err
	})
	return list, err
}

func (o *op) savedViews(ctx context.Context) ([]ViewLine, error) {
	views, err := o.Tx.Views(ctx, o.by.User)
	if err != nil {
		return nil, err
	}
	var groups []desk.PrincipalID
	for _, v := range views {
		groups = append(groups, desk.PrincipalID(v.Group))
	}
	names, err := o.names(ctx, groups)
	if err != nil {
		return nil, err
	}
	b := &binder{op: o}
	var list []ViewLine
	for _, v := range views {
		if !o.canView(desk.ShowSavedSearches, &v) {
			continue
		}
		line := ViewLine{View: v, Key: v.ID.Key(), May: o.canView(desk.EditSavedSearches, &v)}
		hidden, err := b.viewHidden(ctx, &line)
		if err != nil {
			return nil, err
		}
		if hidden {
			continue
		}
		if v.Group != 0 {
			line.GroupName = names[desk.PrincipalID(v.Group)].Text
		}
		list = append(list, line)
	}
	return list, nil
}

// viewHidden reports whether the query of a view, which somebody else wrote,
// names what the actor may not know of: such a view is none for him, unless he
// may change it.
func (b *binder) viewHidden(ctx context.Context, v *ViewLine) (bool, error) {
	if v.May {
		return false, nil
	}
	list, err := url.ParseQuery(v.Address)
	if err != nil {
		return true, nil //nolint:nilerr // it lists nothing
	}
	query := list.Get("query")
	if query == "" {
		return false, nil
	}
	e, err := b.parse(ctx, query)
	if desk.KindOf(err) == desk.Invalid {
		return true, nil // nor does a query with a mistake, and what it names cannot be told
	}
	if err != nil {
		return false, err
	}
	return b.hidesAny(ctx, e)
}

// ViewGroups returns the groups for which the actor may keep views: those of
// which he is a member (EditSavedSearches on them); and whether he may for the
// whole desk.
func (s *Service) ViewGroups(ctx context.Context, by desk.Actor) (groups []Name, all bool, err error) {
	err = s.view(ctx, by, func(o *op) error {
		groups, all, err = o.keepersOf(ctx, desk.EditSavedSearches)
		return err
	})
	return groups, all, err
}

// keepersOf returns the actor's groups on which he holds r, for which he may
// therefore keep views or dashboards, and whether he may for the whole desk.
func (o *op) keepersOf(ctx context.Context, r desk.Right) (groups []Name, all bool, err error) {
	if !o.isAgent() || o.by.IsSystem() {
		return nil, false, nil
	}
	all = o.can(r, access.System())
	ids := slices.DeleteFunc(o.e.GroupsOf(desk.PrincipalID(o.by.User)), func(id desk.PrincipalID) bool {
		return o.e.IsCustomer(id) || id < desk.FirstPrincipal || !o.can(r, access.Group(desk.GroupID(id)))
	})
	names, err := o.names(ctx, ids)
	for _, id := range ids {
		groups = append(groups, names[id])
	}
	return groups, all, err
}

// SaveView keeps a view under a name, for oneself (agents), a group or the desk
// (EditSavedSearches there), and returns its number; with a number it changes
// that one's name and address.
func (s *Service) SaveView(ctx context.Context, by desk.Actor, v desk.View) (desk.ViewID, error) {
	err := s.do(ctx, by, func(o *op) error {
		if v.ID != 0 {
			old, err := o.viewFor(ctx, v.ID)
			if err != nil {
				return err
			}
			v.Owner, v.Group, v.Gone = old.Owner, old.Group, old.Gone
		}
		if err := o.checkView(ctx, &v); err != nil {
			return err
		}
		if v.ID != 0 {
			return o.UpdateView(ctx, &v)
		}
		return o.InsertView(ctx, &v)
	})
	return v.ID, err
}

// viewFor returns a view that the actor may change; who may not see it is told
// that there is none.
func (o *op) viewFor(ctx context.Context, id desk.ViewID) (*desk.View, error) {
	v, err := o.Tx.View(ctx, id)
	switch {
	case err == nil && o.canView(desk.EditSavedSearches, v):
		return v, nil
	case err == nil && o.canView(desk.ShowSavedSearches, v):
		return nil, desk.Errorf(desk.Forbidden, "You may see this view but not change it: it asks for the right EditSavedSearches.")
	case err != nil && desk.KindOf(err) != desk.NotFound:
		return nil, err
	}
	return nil, desk.Errorf(desk.NotFound, "There is no such view.")
}

func (o *op) checkView(ctx context.Context, v *desk.View) error {
	var err error
	if v.Name, err = desk.CheckName("view", v.Name); err != nil {
		return err
	}
	if _, err := url.ParseQuery(v.Address); err != nil || len(v.Address) > maxAddress {
		return desk.Errorf(desk.Invalid, "This list cannot be kept: its address is too long or cannot be read.")
	}
	if v.ID != 0 {
		return nil
	}
	if !o.canView(desk.EditSavedSearches, v) {
		return desk.Errorf(desk.Forbidden, "You may not keep views there: it asks for the right EditSavedSearches.")
	}
	return o.roomForView(ctx, v)
}

// roomForView refuses one view too many of one owner.
func (o *op) roomForView(ctx context.Context, v *desk.View) error {
	list, err := o.Tx.Views(ctx, v.Owner)
	same := 0
	for _, other := range list {
		if other.Owner == v.Owner && other.Group == v.Group {
			same++
		}
	}
	if same >= maxViews {
		return desk.Errorf(desk.Conflict, "There are %d views already; take one away first.", maxViews)
	}
	return err
}

// RemoveView takes a saved view away, or with back brings it back. It asks what
// SaveView asks.
func (s *Service) RemoveView(ctx context.Context, by desk.Actor, id desk.ViewID, back bool) error {
	return s.do(ctx, by, func(o *op) error {
		v, err := o.viewFor(ctx, id)
		if err != nil {
			return err
		}
		v.Gone = !back
		return o.UpdateView(ctx, v)
	})
}
