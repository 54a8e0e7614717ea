package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

// memberRoutes are the members of groups and of customers: the same, at two
// places.
func (h *handler) memberRoutes() []route {
	var table []route
	for _, at := range []struct{ place, name, see, change string }{
		{"/groups", "Group", "SeeGroup, AdminGroup or AdminGroupMembership on it", "AdminGroupMembership on it; ModifyOwnMembership for yourself"},
		{"/customers", "Customer", "SeeCustomer on it, or being its manager", "AdminCustomer on it, or being its manager"},
	} {
		table = append(table,
			shows(h, what{"list" + at.name + "Members", "GET " + at.place + "/{id}/members", at.see, "Its direct members"}, h.listMembers),
			shows(h, what{"list" + at.name + "DeepMembers", "GET " + at.place + "/{id}/deep-members", at.see, "The enabled users who are members by any path"}, h.listDeepMembers),
			does(h, what{"add" + at.name + "Member", "POST " + at.place + "/{id}/members", at.change, "Add a member"}, h.addMember),
			does(h, what{"change" + at.name + "Member", "PATCH " + at.place + "/{id}/members/{member}", at.change, "Change part, primary, first and last day of a member"}, h.changeMember),
			does(h, what{"remove" + at.name + "Member", "DELETE " + at.place + "/{id}/members/{member}", at.change, "Remove a member"}, h.removeMember),
		)
	}
	return table
}

// A Member is somebody's membership of a group or customer.
type Member struct {
	Group   int64  `json:"group"`
	Member  int64  `json:"member"`
	Who     Who    `json:"who" doc:"The other side: the member, or in somebody's own list the group."`
	Part    string `json:"part,omitempty" enum:"contact,reader,member,manager"`
	Primary bool   `json:"primary,omitempty" doc:"The member's primary customer."`
	Source  string `json:"source"`
	From    string `json:"from,omitempty" format:"date"`
	Until   string `json:"until,omitempty" format:"date"`
	Quiet   bool   `json:"quiet,omitempty" doc:"At a customer: told of its tickets only where the member stands on them."`
}

func (c caller) member(m service.Member) Member {
	return Member{int64(m.Group), int64(m.Member), c.who(m.Name), m.Part.String(), m.Primary, m.Source, m.From.String(), m.Until.String(), m.Quiet}
}

func (h *handler) listMembers(ctx context.Context, by caller, in *Numbered) (Page[Member], error) {
	list, err := h.desk.Members(ctx, by.Actor, desk.PrincipalID(in.ID))
	return pageOf(list, by.member), err
}

func (h *handler) listDeepMembers(ctx context.Context, by caller, in *Numbered) (Page[Who], error) {
	names, err := h.desk.DeepMembers(ctx, by.Actor, desk.PrincipalID(in.ID))
	return pageOf(names, by.who), err
}

// A MembershipPatch is how somebody is a member.
type MembershipPatch struct {
	Part    *string `json:"part,omitempty" enum:"contact,reader,member,manager" doc:"At a customer."`
	Primary *bool   `json:"primary,omitempty"`
	From    *string `json:"from,omitempty" maxLength:"10" doc:"First day, 2006-01-02; empty: always."`
	Until   *string `json:"until,omitempty" maxLength:"10" doc:"Last day; empty: for ever."`
	Quiet   *bool   `json:"quiet,omitempty" doc:"At a customer: tell its person of its tickets only where that person stands on them."`
}

// apply writes what was sent over a membership.
func (p MembershipPatch) apply(m *desk.Membership) error {
	if p.Part != nil {
		m.Part, _ = desk.ParsePart(*p.Part)
	}
	set(&m.Primary, p.Primary)
	for _, day := range []struct {
		field string
		to    *desk.Day
		sent  *string
	}{{"from", &m.From, p.From}, {"until", &m.Until, p.Until}} {
		if day.sent == nil {
			continue
		}
		parsed, err := desk.ParseDay(*day.sent)
		if err != nil {
			return invalid(day.field, desk.Sentence(err))
		}
		*day.to = parsed
	}
	return nil
}

type addMemberInput struct {
	Numbered
	Body struct {
		Member int64 `json:"member" minimum:"1"`
		MembershipPatch
	}
}

func (h *handler) addMember(ctx context.Context, by caller, in *addMemberInput) error {
	m := desk.Membership{Group: desk.PrincipalID(in.ID), Member: desk.PrincipalID(in.Body.Member)}
	if err := in.Body.apply(&m); err != nil {
		return err
	}
	return h.together(ctx, by, in.Body.MembershipPatch, m, (*service.Service).AddMember)
}

// A MemberOf names a member of a group or customer.
type MemberOf struct {
	Numbered
	Member int64 `path:"member" minimum:"1"`
}

type changeMemberInput struct {
	MemberOf
	Body MembershipPatch
}

func (h *handler) changeMember(ctx context.Context, by caller, in *changeMemberInput) error {
	list, err := h.desk.Members(ctx, by.Actor, desk.PrincipalID(in.ID))
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.Member != desk.PrincipalID(in.Member) {
			continue
		}
		if err := in.Body.apply(&m.Membership); err != nil {
			return err
		}
		return h.together(ctx, by, in.Body, m.Membership, (*service.Service).UpdateMember)
	}
	return desk.Errorf(desk.NotFound, "There is no such member.")
}

// together makes or changes a membership and says which letters it brings.
func (h *handler) together(ctx context.Context, by caller, p MembershipPatch, m desk.Membership, save func(*service.Service, context.Context, desk.Actor, desk.Membership) error) error {
	if p.Quiet == nil {
		return save(h.desk, ctx, by.Actor, m)
	}
	_, err := h.desk.Together(ctx, by.Actor, func(in *service.Service, by desk.Actor) error {
		if err := save(in, ctx, by, m); err != nil {
			return err
		}
		return in.SetCompanyLetters(ctx, by, service.CompanyLetters{Customer: desk.CustomerID(m.Group), Member: desk.UserID(m.Member), Quiet: *p.Quiet})
	})
	return err
}

func (h *handler) removeMember(ctx context.Context, by caller, in *MemberOf) error {
	return h.desk.RemoveMember(ctx, by.Actor, desk.PrincipalID(in.ID), desk.PrincipalID(in.Member))
}
