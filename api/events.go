package api

import (
	"context"
	"strconv"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// An Event is an entry of the history of a ticket. Which fields there are
// depends on its kind.
type Event struct {
	ID      int64      `json:"id"`
	Kind    string     `json:"kind"`
	By      *Who       `json:"by,omitempty" doc:"Absent: the desk itself, or somebody whom you may not know."`
	Via     string     `json:"via" enum:"web,api,mail,cli,job"`
	At      *time.Time `json:"at"`
	Message int64      `json:"message,omitempty"`
	From    string     `json:"from,omitempty"`
	To      string     `json:"to,omitempty"`
	Role    string     `json:"role,omitempty"`
	Who     *Who       `json:"who,omitempty"`
	Change  string     `json:"change,omitempty"`
	Why     string     `json:"why,omitempty"`
	Field   string     `json:"field,omitempty" doc:"The custom field that was changed, from what to what."`
}

// fromTo are the kinds of events that say from what to what, in words or
// numbers that may be told; of the rest only names are told that the caller
// may know.
var fromTo = map[desk.EventKind]bool{
	desk.EventStatus: true, desk.EventOwner: true, desk.EventQueue: true, desk.EventSharing: true,
	desk.EventSubject: true, desk.EventPriority: true, desk.EventPlan: true,
}

// event returns an entry of the history. Its data is told field by field, as
// it may hold what is not for everybody, such as a hidden copy's address.
func (c caller) event(v *service.TicketView, e desk.Event) Event {
	wire := Event{ID: int64(e.ID), Kind: string(e.Kind), By: c.whoOf(v.Names, desk.PrincipalID(e.By)), Via: string(e.Via), At: moment(e.At), Message: int64(e.Message)}
	if fromTo[e.Kind] {
		wire.From, wire.To = e.Data["from"], e.Data["to"]
	}
	if e.Kind == desk.EventField {
		wire.From, wire.To = e.Data["before"], e.Data["after"]
		for _, f := range v.Fields {
			if number(f.ID) == e.Data["field"] {
				wire.Field = f.Name
			}
		}
	}
	if !c.agent() {
		return wire
	}
	if who, err := strconv.ParseInt(e.Data["who"], 10, 64); err == nil {
		wire.Who = c.whoOf(v.Names, desk.PrincipalID(who))
	}
	if e.Kind == desk.EventSent || e.Kind == desk.EventBounced {
		wire.To = e.Data["to"]
	}
	wire.Role, wire.Change, wire.Why = roleOf(v, e.Data["role"]), e.Data["change"], e.Data["why"]
	return wire
}

// roleOf returns the name of a role by its number in an event's data.
func roleOf(v *service.TicketView, text string) string {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil {
		return ""
	}
	for _, w := range v.Watchers {
		if w.Role == desk.RoleID(n) {
			return w.RoleName
		}
	}
	return desk.RoleID(n).BuiltinName()
}

// A listInput is the input of a list that belongs to one thing.
type listInput struct {
	Numbered
	Paging
}

func (h *handler) listEvents(ctx context.Context, by caller, in *listInput) (Page[Event], error) {
	v, err := h.desk.Ticket(ctx, by.Actor, desk.TicketID(in.ID))
	if err != nil {
		return Page[Event]{}, err
	}
	after, err := idAfter[desk.EventID]("events", in.After)
	if err != nil {
		return Page[Event]{}, err
	}
	rest := v.Events
	for len(rest) > 0 && rest[0].ID <= after {
		rest = rest[1:]
	}
	page := pageOf(rest[:min(len(rest), in.Limit)], func(e desk.Event) Event { return by.event(v, e) })
	if len(rest) > in.Limit {
		page.Next = link(by.url, "after", idCursor("events", rest[in.Limit-1].ID))
	}
	return page, nil
}
