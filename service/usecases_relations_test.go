package service_test

import (
	"fmt"
	"maps"

	"gatehouse/desk"
	"gatehouse/service"
)

// relationUseCases are those of permissions and relation screens.
var relationUseCases = map[string]func(h *sample) []any{
	"AccessSwitches":   func(*sample) []any { return nil },
	"NamedSets":        func(*sample) []any { return nil },
	"RemovePermission": func(h *sample) []any { return args(h.ownPermission()) },
	"SetSwitch":        func(*sample) []any { return args(service.SwitchChange{Setting: service.SettingOtherCustomers}) },
	"SaveNamedSet": func(*sample) []any {
		return args(service.NamedSet{Permission: desk.Permission{ID: 1, Name: "ro", Agents: desk.RightsOf(desk.ShowTicket)}})
	},
	"DefaultGroups":        func(*sample) []any { return args(desk.Contacts) },
	"EffectivePermissions": func(h *sample) []any { return args(h.names["bob"], 10) },
	"HasPermission":        func(h *sample) []any { return args(h.names["bob"], "note", "group:team") },
	"PermittedCustomers":   func(h *sample) []any { return args(h.groupID("team"), "ro", true) },
	"PermittedGroups":      func(h *sample) []any { return args(h.names["bob"], "note", service.Permitted{}) },
	"PermittedUsers":       func(h *sample) []any { return args(h.groupID("team"), "ro", false) },
	"ReachableCustomers":   func(h *sample) []any { return args(h.id("ann")) },
	"RelationPage":         func(h *sample) []any { return args(ofTeam(h)) },
	"SaveRelation": func(h *sample) []any {
		return args(ofTeam(h), []service.RelationChange{{Row: h.names["bob"], Was: "note", Now: "ro"}})
	},
	"SetDefaultGroups": func(h *sample) []any {
		return args(desk.Contacts, []service.DefaultGroup{{Group: h.groupID("team"), Permission: "ro"}})
	},
	"SetPermissions": func(h *sample) []any {
		return args(service.PermissionChange{Who: h.names["bob"], Group: h.groupID("team"), Set: map[string]bool{"rw": true}})
	},
}

// ofTeam is the page of agents and what they hold on the group team.
func ofTeam(h *sample) service.RelationQuery {
	return service.RelationQuery{Relation: service.AgentGroups, Of: h.names["team"], Right: true, Only: true}
}

// joined puts tables of use cases together.
func joined(tables ...map[string]func(h *sample) []any) map[string]func(h *sample) []any {
	all := map[string]func(h *sample) []any{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}

// ownPermission makes a permission of which there is no grant.
func (h *sample) ownPermission() desk.PermissionID {
	name := fmt.Sprint("unused", len(must(h.NamedSets(h.ctx, h.sys))(h.t)))
	return must(h.CreatePermission(h.ctx, h.sys, desk.Permission{Name: name}))(h.t)
}
