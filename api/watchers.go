package api

import (
	"context"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) watcherRoutes() []route {
	return []route{
		does(h, what{"addWatcher", "POST /tickets/{id}/watchers", "ModifyTicket; SetCustomer for the role Customer; for yourself Watch, or WatchAsAdminCc", "Put somebody into a role of a ticket"}, h.addWatcher),
		does(h, what{"removeWatcher", "DELETE /tickets/{id}/watchers/{role}/{who}", "as addWatcher", "Take somebody out of a role of a ticket"}, h.removeWatcher),
		does(h, what{"squelch", "PUT /tickets/{id}/squelched/{user}", "ShowTicket for yourself, ModifyTicket for others", "Keep a ticket's letters from somebody"}, h.squelch),
		does(h, what{"unsquelch", "DELETE /tickets/{id}/squelched/{user}", "ShowTicket for yourself, ModifyTicket for others", "Let a ticket's letters through to somebody again"}, h.unsquelch),
	}
}

// A Watcher is somebody who stands in a role.
type Watcher struct {
	Role    string `json:"role"`
	Who     Who    `json:"who"`
	OnQueue bool   `json:"on_queue,omitempty" doc:"On the queue, not on the ticket itself."`
}

func (c caller) watchers(lines []service.WatcherLine) []Watcher {
	list := make([]Watcher, len(lines))
	for i, l := range lines {
		list[i] = Watcher{l.RoleName, c.who(l.Name), l.OnQueue}
	}
	return list
}

// A WatcherInput says who is to stand in which role.
type WatcherInput struct {
	Role string `json:"role" minLength:"1" maxLength:"200" doc:"Requestor, Cc, AdminCc, Customer, or a role of the desk's own."`
	Who  int64  `json:"who" minimum:"1"`
}

type addWatcherInput struct {
	Numbered
	Body WatcherInput
}

func (h *handler) addWatcher(ctx context.Context, by caller, in *addWatcherInput) error {
	role, err := h.roleNamed(ctx, by, in.Body.Role)
	if err != nil {
		return err
	}
	return h.desk.AddWatcher(ctx, by.Actor, desk.TicketID(in.ID), role, desk.PrincipalID(in.Body.Who))
}

type removeWatcherInput struct {
	Numbered
	Role string `path:"role" maxLength:"200"`
	Who  int64  `path:"who" minimum:"1"`
}

func (h *handler) removeWatcher(ctx context.Context, by caller, in *removeWatcherInput) error {
	role, err := h.roleNamed(ctx, by, in.Role)
	if err != nil {
		return err
	}
	return h.desk.RemoveWatcher(ctx, by.Actor, desk.TicketID(in.ID), role, desk.PrincipalID(in.Who))
}

// roleNamed returns the role of that name, without regard to case.
func (h *handler) roleNamed(ctx context.Context, by caller, name string) (desk.RoleID, error) {
	for _, id := range desk.BuiltinRoles.List() {
		if strings.EqualFold(id.BuiltinName(), name) {
			return id, nil
		}
	}
	roles, err := h.desk.Roles(ctx, by.Actor)
	if err != nil {
		return 0, err
	}
	for _, r := range roles {
		if desk.Fold(r.Name) == desk.Fold(name) {
			return r.ID, nil
		}
	}
	return 0, invalid("role", "There is no such role.")
}

type squelchInput struct {
	Numbered
	User int64 `path:"user" minimum:"1"`
}

func (h *handler) squelch(ctx context.Context, by caller, in *squelchInput) error {
	return h.desk.Squelch(ctx, by.Actor, desk.TicketID(in.ID), desk.UserID(in.User), true)
}

func (h *handler) unsquelch(ctx context.Context, by caller, in *squelchInput) error {
	return h.desk.Squelch(ctx, by.Actor, desk.TicketID(in.ID), desk.UserID(in.User), false)
}
