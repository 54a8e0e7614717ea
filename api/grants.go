package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) grantRoutes() []route {
	return []route{
		shows(h, what{"listGrants", "GET /grants", "ShowACL or ModifyACL on the place; AdminGroup for a group's, AdminCustomers for a customer's", "Grants, by number"}, h.listGrants),
		makes(h, what{"grant", "POST /grants", "ModifyACL on the place; AdminGroup on a group, AdminCustomers for a customer, SuperUser for SuperUser", "Give a right or a permission"}, "", h.grant),
		does(h, what{"revoke", "DELETE /grants/{id}", "as grant", "Take a grant away"}, h.revoke),
		shows(h, what{"listQueueWatchers", "GET /queues/{id}/watchers", "SeeQueue; agents only", "Who stands in the roles of a queue"}, h.listQueueWatchers),
		does(h, what{"addQueueWatcher", "POST /queues/{id}/watchers", "ModifyQueueWatchers; for yourself Watch or WatchAsAdminCc", "Put somebody into a role of a queue"}, h.addQueueWatcher),
		does(h, what{"removeQueueWatcher", "DELETE /queues/{id}/watchers/{role}/{who}", "as addQueueWatcher", "Take somebody out of a role of a queue"}, h.removeQueueWatcher),
	}
}

// A Place is where a right is granted.
type Place struct {
	Kind string `json:"kind" enum:"system,group,queue,customer"`
	ID   int64  `json:"id,omitempty" minimum:"0" doc:"Of the group, queue or customer."`
	Name string `json:"name,omitempty" readOnly:"true" doc:"As it is written: queue:support."`
}

// A Grant gives somebody a right or a permission on a place.
type Grant struct {
	ID         int64    `json:"id"`
	Who        Who      `json:"who"`
	As         []string `json:"as,omitempty" doc:"Only to those who fill one of these roles on the ticket."`
	Right      string   `json:"right,omitempty"`
	Permission string   `json:"permission,omitempty"`
	Place      Place    `json:"place"`
	Until      string   `json:"until,omitempty" format:"date"`
	Source     int64    `json:"source,omitempty" doc:"The grant that is passed on."`
	Delegator  *Who     `json:"delegator,omitempty" doc:"Who passes it on."`
}

func placeWord(kind desk.PlaceKind) string {
	for _, p := range placeKinds {
		if p.kind == kind {
			return p.word
		}
	}
	return ""
}

func placeOf(word string, id int64) desk.Place {
	for _, p := range placeKinds {
		if p.word == word && p.kind == desk.SystemPlace {
			return desk.OnSystem()
		}
		if p.word == word {
			return desk.Place{Kind: p.kind, ID: id}
		}
	}
	return desk.Place{}
}

func (c caller) grant(l service.GrantLine) Grant {
	g := Grant{
		ID: int64(l.ID), Who: c.who(l.WhoName), As: l.RoleNames, Place: Place{placeWord(l.Place.Kind), l.Place.ID, l.PlaceName},
		Until: l.Until.String(), Source: int64(l.Source),
	}
	if l.Delegator != 0 {
		maker := c.who(l.MadeBy)
		g.Delegator = &maker
	}
	if l.Grant.Permission != 0 {
		g.Permission = l.What
	} else {
		g.Right = l.What
	}
	return g
}

type listGrantsInput struct {
	Paging
	Who     int64  `query:"who" minimum:"1"`
	Place   string `query:"place" enum:"system,group,queue,customer"`
	PlaceID int64  `query:"place_id" minimum:"1"`
	Right   string `query:"right" maxLength:"100"`
	Ends    int64  `query:"ends_within" minimum:"1" maximum:"100000" doc:"Only those whose last day is within so many days from today."`
}

func (h *handler) listGrants(ctx context.Context, by caller, in *listGrantsInput) (Page[Grant], error) {
	after, err := idAfter[desk.GrantID]("grants", in.After)
	if err != nil {
		return Page[Grant]{}, err
	}
	right, known := desk.ParseRight(in.Right)
	switch {
	case in.Right != "" && !known:
		return Page[Grant]{}, desk.Errorf(desk.Invalid, "There is no right %q; %s/access/rights lists all.", in.Right, Base)
	case in.PlaceID != 0 && (in.Place == "" || in.Place == "system"), in.PlaceID == 0 && in.Place != "" && in.Place != "system":
		return Page[Grant]{}, desk.Errorf(desk.Invalid, "place_id goes with a place that is a group, queue or customer.")
	}
	f := service.GrantFilter{Who: desk.PrincipalID(in.Who), Place: placeOf(in.Place, in.PlaceID), Right: right, After: after, Limit: in.Limit}
	if in.Ends != 0 {
		f.EndsFrom = desk.DayOf(h.desk.Now())
		f.EndsBy = f.EndsFrom + desk.Day(in.Ends)
	}
	list, more, err := h.desk.Grants(ctx, by.Actor, f)
	page := pageOf(list, by.grant)
	if more {
		page.Next = link(by.url, "after", idCursor("grants", list[len(list)-1].ID))
	}
	return page, err
}

// A GrantInput is a grant to be made: of a right or a permission.
type GrantInput struct {
	Who        int64    `json:"who" minimum:"1"`
	As         []string `json:"as,omitempty" maxItems:"60"`
	Right      string   `json:"right,omitempty" maxLength:"100"`
	Permission string   `json:"permission,omitempty" maxLength:"200"`
	Place      Place    `json:"place"`
	Until      string   `json:"until,omitempty" maxLength:"10" doc:"The last day, 2006-01-02."`
}

func (h *handler) grant(ctx context.Context, by caller, in *struct{ Body GrantInput }) (desk.GrantID, error) {
	b := in.Body
	g := desk.Grant{Who: desk.PrincipalID(b.Who), Place: placeOf(b.Place.Kind, b.Place.ID)}
	if (b.Right == "") == (b.Permission == "") {
		return 0, desk.Errorf(desk.Invalid, "Grant either a right or a permission.")
	}
	var err error
	if g.Until, err = desk.ParseDay(b.Until); err != nil {
		return 0, invalid("until", desk.Sentence(err))
	}
	for _, name := range b.As {
		role, err := h.roleNamed(ctx, by, name)
		if err != nil {
			return 0, err
		}
		g.As |= desk.RolesOf(role)
	}
	if b.Permission != "" {
		if g.Permission, err = h.permissionNamed(ctx, by, b.Permission); err != nil {
			return 0, err
		}
		return h.desk.Grant(ctx, by.Actor, g)
	}
	var known bool
	if g.Right, known = desk.ParseRight(b.Right); !known {
		return 0, invalid("right", "There is no such right; "+Base+"/access/rights lists all.")
	}
	return h.desk.Grant(ctx, by.Actor, g)
}

func (h *handler) permissionNamed(ctx context.Context, by caller, name string) (desk.PermissionID, error) {
	list, err := h.desk.Permissions(ctx, by.Actor)
	if err != nil {
		return 0, err
	}
	for _, p := range list {
		if desk.Fold(p.Name) == desk.Fold(name) {
			return p.ID, nil
		}
	}
	return 0, invalid("permission", "There is no such permission.")
}

func (h *handler) revoke(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.Revoke(ctx, by.Actor, desk.GrantID(in.ID))
}

// A QueueWatcher is somebody who stands in a role of a queue.
type QueueWatcher struct {
	Role int64 `json:"role" doc:"The role's number."`
	Who  int64 `json:"who"`
}

func (h *handler) listQueueWatchers(ctx context.Context, by caller, in *Numbered) (Page[QueueWatcher], error) {
	list, err := h.desk.QueueWatchers(ctx, by.Actor, desk.QueueID(in.ID))
	return pageOf(list, func(w desk.Watcher) QueueWatcher { return QueueWatcher{int64(w.Role), int64(w.Who)} }), err
}

func (h *handler) addQueueWatcher(ctx context.Context, by caller, in *addWatcherInput) error {
	role, err := h.roleNamed(ctx, by, in.Body.Role)
	if err != nil {
		return err
	}
	return h.desk.AddQueueWatcher(ctx, by.Actor, desk.Watcher{Queue: desk.QueueID(in.ID), Role: role, Who: desk.PrincipalID(in.Body.Who)})
}

func (h *handler) removeQueueWatcher(ctx context.Context, by caller, in *removeWatcherInput) error {
	role, err := h.roleNamed(ctx, by, in.Role)
	if err != nil {
		return err
	}
	return h.desk.RemoveQueueWatcher(ctx, by.Actor, desk.Watcher{Queue: desk.QueueID(in.ID), Role: role, Who: desk.PrincipalID(in.Who)})
}
