package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

// delegationRoutes pass rights on and withdraw them.
func (h *handler) delegationRoutes() []route {
	return []route{
		shows(h, what{"listPassable", "GET /delegations/passable", "DelegateRights on each", "The grants that you may pass on"}, h.listPassable),
		shows(h, what{"listPassedOn", "GET /delegations", "none", "What you passed on"}, h.listPassedOn),
		makes(h, what{"delegate", "POST /delegations", "DelegateRights where the right is granted, which you hold yourself", "Pass a right on, to a user or a personal group of yours"}, "", h.delegate),
		does(h, what{"undelegate", "DELETE /delegations/{id}", "having passed it on, or SuperUser", "Withdraw what was passed on"}, h.undelegate),
	}
}

func (h *handler) listPassable(ctx context.Context, by caller, _ *Nothing) (Page[Grant], error) {
	list, err := h.desk.CanPassOn(ctx, by.Actor)
	return pageOf(list, by.grant), err
}

func (h *handler) listPassedOn(ctx context.Context, by caller, _ *Nothing) (Page[Grant], error) {
	list, err := h.desk.PassedOn(ctx, by.Actor)
	return pageOf(list, by.grant), err
}

// A DelegationInput is what is passed on to whom.
type DelegationInput struct {
	Source int64  `json:"source" minimum:"1" doc:"The grant by which you hold it."`
	To     int64  `json:"to" minimum:"1" doc:"A user or a personal group of yours."`
	Until  string `json:"until,omitempty" maxLength:"10" doc:"The last day, 2006-01-02; else as long as you hold it."`
}

func (h *handler) delegate(ctx context.Context, by caller, in *struct{ Body DelegationInput }) (desk.GrantID, error) {
	until, err := desk.ParseDay(in.Body.Until)
	if err != nil {
		return 0, invalid("until", desk.Sentence(err))
	}
	return h.desk.Delegate(ctx, by.Actor, service.Delegation{
		Source: desk.GrantID(in.Body.Source), To: desk.PrincipalID(in.Body.To), Until: until,
	})
}

func (h *handler) undelegate(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.Undelegate(ctx, by.Actor, desk.GrantID(in.ID))
}
