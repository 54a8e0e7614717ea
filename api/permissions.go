package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) permissionRoutes() []route {
	const need = "ModifyACL and AdminGroup on the desk"
	return []route{
		makes(h, what{"createPermission", "POST /permissions", need, "Make a permission of the desk's own"}, "/permissions", h.createPermission),
		does(h, what{"changePermission", "PATCH /permissions/{id}", need, "Change the rights of a permission, disable or enable it"}, h.changePermission),
		does(h, what{"removePermission", "DELETE /permissions/{id}", need, "Delete a permission of the desk's own of which there is no grant"}, h.removePermission),
		shows(h, what{"getAccessSwitches", "GET /access/switches", "ShowConfigTab", "The switches of access, and what keeps things when group support is switched on"}, h.getSwitches),
		does(h, what{"setAccessSwitch", "POST /access/switches", "AdminSettings and ModifyACL on the desk", "Turn one switch of access, with the grants that keep things as they are"}, h.setSwitch),
	}
}

// A PermissionPatch changes a permission; what is absent stays.
type PermissionPatch struct {
	Name        *string   `json:"name,omitempty" minLength:"1" maxLength:"200" doc:"One word."`
	Agents      *[]string `json:"agents,omitempty" maxItems:"100" doc:"Rights that agents and groups get by it."`
	Contacts    *[]string `json:"contacts,omitempty" maxItems:"100" doc:"Rights that contacts and customers get by it."`
	Disabled    *bool     `json:"disabled,omitempty" doc:"It gives nothing; its grants stay."`
	ForAgents   *bool     `json:"for_agents,omitempty" doc:"It can be chosen on the relation pages of agents and groups."`
	ForContacts *bool     `json:"for_contacts,omitempty" doc:"And on those of contacts and customers."`
}

func (p PermissionPatch) apply(s *service.NamedSet) error {
	set(&s.Name, p.Name)
	set(&s.Disabled, p.Disabled)
	set(&s.ForAgents, p.ForAgents)
	set(&s.ForContacts, p.ForContacts)
	for field, part := range map[string]struct {
		names *[]string
		to    *desk.RightSet
	}{"agents": {p.Agents, &s.Agents}, "contacts": {p.Contacts, &s.Contacts}} {
		if part.names == nil {
			continue
		}
		*part.to = 0
		for _, name := range *part.names {
			r, ok := desk.ParseRight(name)
			if !ok {
				return desk.InvalidFields(map[string]string{field: "There is no right " + name + "."})
			}
			*part.to |= desk.RightsOf(r)
		}
	}
	return nil
}

func (h *handler) createPermission(ctx context.Context, by caller, in *struct{ Body PermissionPatch }) (desk.PermissionID, error) {
	var s service.NamedSet
	if err := in.Body.apply(&s); err != nil {
		return 0, err
	}
	return h.desk.SaveNamedSet(ctx, by.Actor, s)
}

type permissionInput struct {
	ID int64 `path:"id" minimum:"1"`
}

type changePermissionInput struct {
	ID   int64 `path:"id" minimum:"1"`
	Body PermissionPatch
}

func (h *handler) changePermission(ctx context.Context, by caller, in *changePermissionInput) error {
	s := service.NamedSet{Permission: desk.Permission{ID: desk.PermissionID(in.ID)}}
	list, err := h.desk.NamedSets(ctx, by.Actor)
	if err != nil {
		return err
	}
	for _, line := range list {
		if line.ID == s.ID {
			s = line.NamedSet
		}
	}
	if err := in.Body.apply(&s); err != nil {
		return err
	}
	_, err = h.desk.SaveNamedSet(ctx, by.Actor, s)
	return err
}

func (h *handler) removePermission(ctx context.Context, by caller, in *permissionInput) error {
	return h.desk.RemovePermission(ctx, by.Actor, desk.PermissionID(in.ID))
}

// AccessSwitches are the switches of the whole desk.
type AccessSwitches struct {
	GroupSupport   bool        `json:"group_support" doc:"Off: every contact may rw with his own tickets everywhere."`
	OtherCustomers bool        `json:"other_customers" doc:"Customers may be granted other customers' tickets."`
	CompanyTickets bool        `json:"company_tickets" doc:"Contacts see the tickets of their customers."`
	Keep           []KeptPlace `json:"keep" nullable:"false" doc:"Where contacts work without group support."`
}

// A KeptPlace is a place where a grant of rw to all contacts keeps things as
// they are without group support.
type KeptPlace struct {
	Place   PlaceWire `json:"place"`
	Name    string    `json:"name"`
	Granted bool      `json:"granted" doc:"The grant is there already."`
}

// A PlaceWire is a group or queue.
type PlaceWire struct {
	Kind string `json:"kind" enum:"group,queue"`
	ID   int64  `json:"id" minimum:"1"`
}

func (p PlaceWire) place() desk.Place {
	if p.Kind == "queue" {
		return desk.OnQueue(desk.QueueID(p.ID))
	}
	return desk.OnGroup(desk.GroupID(p.ID))
}

func (h *handler) getSwitches(ctx context.Context, by caller, _ *Nothing) (AccessSwitches, error) {
	got, err := h.desk.AccessSwitches(ctx, by.Actor)
	if err != nil {
		return AccessSwitches{}, err
	}
	out := AccessSwitches{GroupSupport: got.GroupSupport, OtherCustomers: got.OtherCustomers, CompanyTickets: got.CompanyTickets, Keep: []KeptPlace{}}
	for _, k := range got.Keep {
		kind := "group"
		if k.Grant.Place.Kind == desk.QueuePlace {
			kind = "queue"
		}
		out.Keep = append(out.Keep, KeptPlace{PlaceWire{kind, k.Grant.Place.ID}, k.Name.Text, k.Granted})
	}
	return out, nil
}

// A SwitchChange turns one switch of access.
type SwitchChange struct {
	Switch string      `json:"switch" enum:"group_support,other_customers,company_tickets"`
	On     bool        `json:"on"`
	Keep   []PlaceWire `json:"keep,omitempty" maxItems:"10000" doc:"Places where rw for all contacts is granted in the same change."`
}

func (h *handler) setSwitch(ctx context.Context, by caller, in *struct{ Body SwitchChange }) error {
	change := service.SwitchChange{On: in.Body.On, Setting: map[string]string{"group_support": service.SettingGroupSupport,
		"other_customers": service.SettingOtherCustomers, "company_tickets": service.SettingCompanyTickets}[in.Body.Switch]}
	for _, p := range in.Body.Keep {
		change.Keep = append(change.Keep, p.place())
	}
	_, err := h.desk.SetSwitch(ctx, by.Actor, change)
	return err
}
