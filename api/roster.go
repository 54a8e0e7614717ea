package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

// rosterRoutes are the questions about whatever has members: groups, personal
// groups, customers, system groups and what stands in a role.
func (h *handler) rosterRoutes() []route {
	return []route{
		shows(h, what{"roster", "GET /rosters", "SeeGroup or SeeCustomer there; for a role ShowTicket, SeeQueue or AdminRoles; agents only", "A group by its kind and name with direct and deep members and their addresses"}, h.roster),
		shows(h, what{"hasMember", "GET /rosters/has", "as roster", "Is somebody a member?"}, h.hasMember),
		shows(h, what{"memberOf", "GET /rosters/of", "none about yourself; what you may know of about others; groups that you may see", "The groups and customers of a user or group"}, h.memberOf),
		shows(h, what{"rightsOf", "GET /access/rights-of", "as check", "All rights that a user, group or customer holds on something"}, h.rightsOf),
	}
}

// A Roster is everything that has members, with its members.
type Roster struct {
	Who         Who      `json:"who" doc:"Of a role only name and ref are set."`
	Description string   `json:"description,omitempty"`
	Owner       *Who     `json:"owner,omitempty" doc:"Of a personal group."`
	Users       []Who    `json:"users" nullable:"false" doc:"Direct members."`
	Groups      []Who    `json:"groups" nullable:"false" doc:"Direct members that have members themselves."`
	DeepUsers   []Who    `json:"deep_users" nullable:"false" doc:"Enabled users who are members by any path of enabled groups."`
	DeepGroups  []Who    `json:"deep_groups" nullable:"false"`
	Addresses   []string `json:"addresses" nullable:"false" doc:"The primary ones of the deep users."`
}

// A RosterRef names what has members.
type RosterRef struct {
	Ref string `query:"ref" required:"true" maxLength:"300" doc:"group:NAME, personal:OWNER/NAME, customer:KEY, system:NAME, role:NAME@ticket:7, role:NAME@queue:NAME or role:NAME@system."`
}

func (h *handler) roster(ctx context.Context, by caller, in *RosterRef) (Roster, error) {
	r, err := h.desk.Roster(ctx, by.Actor, in.Ref)
	if err != nil {
		return Roster{}, err
	}
	wire := Roster{
		Who: by.who(r.Name), Description: r.Description, Users: by.whos(r.Users), Groups: by.whos(r.Groups),
		DeepUsers: by.whos(r.DeepUsers), DeepGroups: by.whos(r.DeepGroups), Addresses: append([]string{}, r.Addresses...),
	}
	if r.Name.ID == 0 {
		wire.Who.Kind = "role"
	}
	if r.Owner.ID != 0 {
		owner := by.who(r.Owner)
		wire.Owner = &owner
	}
	return wire, nil
}

type hasMemberInput struct {
	RosterRef
	Member string `query:"member" required:"true" maxLength:"300" doc:"A user, or group:NAME and so on."`
	Deep   bool   `query:"deep" doc:"By any path of enabled groups, not only directly."`
}

func (h *handler) hasMember(ctx context.Context, by caller, in *hasMemberInput) (Verdict, error) {
	yes, err := h.desk.HasMember(ctx, by.Actor, in.Ref, in.Member, in.Deep)
	return Verdict{yes}, err
}

type memberOfInput struct {
	Member string `query:"member" required:"true" maxLength:"300" doc:"A user, or group:NAME and so on."`
	Deep   bool   `query:"deep" doc:"By any path of enabled groups, not only directly."`
}

func (h *handler) memberOf(ctx context.Context, by caller, in *memberOfInput) (Page[Who], error) {
	names, err := h.desk.MemberOf(ctx, by.Actor, in.Member, in.Deep)
	return pageOf(names, by.who), err
}

type rightsOfInput struct {
	Who    string `query:"who" maxLength:"300" doc:"Login, address, group:NAME and so on; else yourself."`
	Object string `query:"object" required:"true" maxLength:"300" doc:"system, group:NAME, personal:OWNER/NAME, customer:KEY, queue:NAME or ticket:ID."`
}

func (h *handler) rightsOf(ctx context.Context, by caller, in *rightsOfInput) (Page[string], error) {
	of := service.Holder{Ref: in.Who}
	if in.Who == "" {
		of.Who = desk.PrincipalID(by.User)
	}
	held, err := h.desk.RightsOf(ctx, by.Actor, of, in.Object)
	return pageOf(held.Names(), func(name string) string { return name }), err
}
