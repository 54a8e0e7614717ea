package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) deskRoutes() []route {
	return []route{
		shows(h, what{"listGroups", "GET /groups", "SeeGroup, AdminGroup or AdminGroupMembership on each", "Groups, by name"}, h.listGroups),
		makes(h, what{"createGroup", "POST /groups", "AdminGroup; for a personal group AdminOwnPersonalGroups or AdminAllPersonalGroups", "Make a group"}, "/groups", h.createGroup),
		shows(h, what{"getGroup", "GET /groups/{id}", "SeeGroup, AdminGroup or AdminGroupMembership on it", "A group"}, h.getGroup),
		does(h, what{"changeGroup", "PATCH /groups/{id}", "AdminGroup on it", "Rename, describe, disable or enable a group"}, h.changeGroup),
		shows(h, what{"listCustomers", "GET /customers", "SeeCustomer, ModifyCustomer or AdminCustomer on each, or being its manager", "Customers, by key"}, h.listCustomers),
		makes(h, what{"createCustomer", "POST /customers", "AdminCustomers", "Make a customer"}, "/customers", h.createCustomer),
		shows(h, what{"getCustomer", "GET /customers/{id}", "SeeCustomer, ModifyCustomer or AdminCustomer on it, or being its manager", "A customer"}, h.getCustomer),
		does(h, what{"changeCustomer", "PATCH /customers/{id}", "ModifyCustomer on it; AdminCustomers for key and disabled", "Change, disable or enable a customer"}, h.changeCustomer),
		shows(h, what{"listQueues", "GET /queues", "SeeQueue on each", "Queues, by name"}, h.listQueues),
		makes(h, what{"createQueue", "POST /queues", "AdminQueue", "Make a queue"}, "/queues", h.createQueue),
		shows(h, what{"getQueue", "GET /queues/{id}", "SeeQueue", "A queue"}, h.getQueue),
		does(h, what{"changeQueue", "PATCH /queues/{id}", "AdminQueue on it; ModifyACL too for the access group", "Change, disable or enable a queue"}, h.changeQueue),
		shows(h, what{"listRoles", "GET /roles", "none", "Roles, the built-in ones first"}, h.listRoles),
		makes(h, what{"createRole", "POST /roles", "AdminRoles", "Make a role"}, "/roles", h.createRole),
		does(h, what{"changeRole", "PATCH /roles/{id}", "AdminRoles", "Change, disable or enable a role of the desk's own"}, h.changeRole),
		shows(h, what{"listPermissions", "GET /permissions", "none; agents only", "Permissions with their rights"}, h.listPermissions),
	}
}

// A Group holds users and groups.
type Group struct {
	ID          int64  `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Disabled    bool   `json:"disabled"`
	Personal    int64  `json:"personal,omitempty" doc:"The user whose personal group it is."`
}

func groupOf(g desk.Group) Group {
	return Group{int64(g.ID), g.Name, g.Description, g.Disabled, int64(g.Personal)}
}

// A NamedList is the input of a list by name.
type NamedList struct {
	Paging
	Text     string `query:"text" maxLength:"200"`
	Disabled string `query:"disabled" enum:"true,false"`
}

type listGroupsInput struct {
	NamedList
	Owner int64 `query:"owner" minimum:"1" doc:"Only the personal groups of this user."`
}

func (h *handler) listGroups(ctx context.Context, by caller, in *listGroupsInput) (Page[Group], error) {
	after, err := keyAfter("groups", in.After)
	if err != nil {
		return Page[Group]{}, err
	}
	f := service.GroupFilter{Text: in.Text, Disabled: switched(in.Disabled), After: after, Limit: in.Limit}
	if owner := desk.UserID(in.Owner); owner != 0 {
		f.Personal = &owner
	}
	list, more, err := h.desk.Groups(ctx, by.Actor, f)
	page := pageOf(list, groupOf)
	if more {
		page.Next = link(by.url, "after", cursorOf("groups", list[len(list)-1].Name))
	}
	return page, err
}

func (h *handler) getGroup(ctx context.Context, by caller, in *Numbered) (Group, error) {
	g, err := h.desk.Group(ctx, by.Actor, desk.GroupID(in.ID))
	if err != nil {
		return Group{}, err
	}
	return groupOf(*g), nil
}

// A GroupInput is a group to be made.
type GroupInput struct {
	Name        string `json:"name" minLength:"1" maxLength:"200"`
	Description string `json:"description,omitempty" maxLength:"2000"`
	Personal    int64  `json:"personal,omitempty" minimum:"0" doc:"The user whose personal group it is."`
}

func (h *handler) createGroup(ctx context.Context, by caller, in *struct{ Body GroupInput }) (desk.GroupID, error) {
	return h.desk.CreateGroup(ctx, by.Actor, desk.Group{Name: in.Body.Name, Description: in.Body.Description, Personal: desk.UserID(in.Body.Personal)})
}

// A GroupPatch changes a group; what is absent stays.
type GroupPatch struct {
	Name        *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Description *string `json:"description,omitempty" maxLength:"2000"`
	Disabled    *bool   `json:"disabled,omitempty"`
}

type changeGroupInput struct {
	Numbered
	Body GroupPatch
}

func (h *handler) changeGroup(ctx context.Context, by caller, in *changeGroupInput) error {
	g, err := h.desk.Group(ctx, by.Actor, desk.GroupID(in.ID))
	if err != nil {
		return err
	}
	set(&g.Name, in.Body.Name)
	set(&g.Description, in.Body.Description)
	set(&g.Disabled, in.Body.Disabled)
	return h.desk.UpdateGroup(ctx, by.Actor, *g)
}

// A Queue is where tickets lie. How it is run is told to the people at the
// desk only.
type Queue struct {
	ID             int64      `json:"id"`
	Name           string     `json:"name"`
	Description    string     `json:"description"`
	Disabled       bool       `json:"disabled"`
	Address        string     `json:"address,omitempty" doc:"Where customers write to."`
	CommentAddress string     `json:"comment_address,omitempty"`
	AccessGroup    int64      `json:"access_group,omitempty" doc:"The group that guards it."`
	Customer       int64      `json:"customer,omitempty" doc:"The customer that every new ticket is for."`
	Sharing        string     `json:"sharing,omitempty" enum:"shared,managers,private"`
	Presences      *Presences `json:"presences,omitempty"`
}

func (c caller) queue(q desk.Queue) Queue {
	wire := Queue{ID: int64(q.ID), Name: q.Name, Description: q.Description, Disabled: q.Disabled, Address: q.Address}
	if c.agent() {
		presences := presencesOf(q.Presences)
		wire.CommentAddress, wire.AccessGroup, wire.Customer = q.CommentAddress, int64(q.AccessGroup), int64(q.Customer)
		wire.Sharing, wire.Presences = sharingName(q.Sharing), &presences
	}
	return wire
}

func (h *handler) listQueues(ctx context.Context, by caller, _ *Nothing) (Page[Queue], error) {
	list, err := h.desk.Queues(ctx, by.Actor, desk.SeeQueue)
	return pageOf(list, by.queue), err
}

func (h *handler) getQueue(ctx context.Context, by caller, in *Numbered) (Queue, error) {
	q, err := h.desk.Queue(ctx, by.Actor, desk.QueueID(in.ID))
	if err != nil {
		return Queue{}, err
	}
	return by.queue(*q), nil
}

// A QueuePatch changes a queue; what is absent stays.
type QueuePatch struct {
	Name           *string    `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Description    *string    `json:"description,omitempty" maxLength:"2000"`
	Disabled       *bool      `json:"disabled,omitempty"`
	Address        *string    `json:"address,omitempty" maxLength:"254"`
	CommentAddress *string    `json:"comment_address,omitempty" maxLength:"254"`
	AccessGroup    *int64     `json:"access_group,omitempty" minimum:"0"`
	Customer       *int64     `json:"customer,omitempty" minimum:"0"`
	Sharing        *string    `json:"sharing,omitempty" enum:"shared,managers,private,"`
	Presences      *Presences `json:"presences,omitempty"`
}

func (p QueuePatch) apply(q *desk.Queue) (err error) {
	set(&q.Name, p.Name)
	set(&q.Description, p.Description)
	set(&q.Disabled, p.Disabled)
	set(&q.Address, p.Address)
	set(&q.CommentAddress, p.CommentAddress)
	if p.AccessGroup != nil {
		q.AccessGroup = desk.GroupID(*p.AccessGroup)
	}
	if p.Customer != nil {
		q.Customer = desk.CustomerID(*p.Customer)
	}
	if p.Presences != nil {
		q.Presences = p.Presences.desk()
	}
	if p.Sharing != nil {
		q.Sharing, err = sharingNamed(p.Sharing)
	}
	return err
}

func (h *handler) createQueue(ctx context.Context, by caller, in *struct{ Body QueuePatch }) (desk.QueueID, error) {
	var q desk.Queue
	if err := in.Body.apply(&q); err != nil {
		return 0, err
	}
	return h.desk.CreateQueue(ctx, by.Actor, q)
}

type changeQueueInput struct {
	Numbered
	Body QueuePatch
}

func (h *handler) changeQueue(ctx context.Context, by caller, in *changeQueueInput) error {
	q, err := h.desk.Queue(ctx, by.Actor, desk.QueueID(in.ID))
	if err != nil {
		return err
	}
	if err := in.Body.apply(q); err != nil {
		return err
	}
	return h.desk.UpdateQueue(ctx, by.Actor, *q)
}

// A Role is a part that somebody can play on a ticket.
type Role struct {
	ID         int64   `json:"id"`
	Name       string  `json:"name"`
	Single     bool    `json:"single" doc:"At most one user."`
	Disabled   bool    `json:"disabled"`
	Builtin    bool    `json:"builtin"`
	Everywhere bool    `json:"everywhere" doc:"It applies to every queue."`
	Queues     []int64 `json:"queues,omitempty" doc:"Else to these."`
}

func roleWire(r desk.Role) Role {
	return Role{int64(r.ID), r.Name, r.Single, r.Disabled, r.ID.Builtin(), r.Everywhere || r.ID.Builtin(), numbers(r.Queues)}
}

func (h *handler) listRoles(ctx context.Context, by caller, _ *Nothing) (Page[Role], error) {
	list, err := h.desk.Roles(ctx, by.Actor)
	return pageOf(list, roleWire), err
}

// A RolePatch changes a role of the desk's own; what is absent stays.
type RolePatch struct {
	Name       *string  `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Single     *bool    `json:"single,omitempty"`
	Disabled   *bool    `json:"disabled,omitempty"`
	Everywhere *bool    `json:"everywhere,omitempty"`
	Queues     *[]int64 `json:"queues,omitempty" maxItems:"10000"`
}

func (p RolePatch) apply(r *desk.Role) {
	set(&r.Name, p.Name)
	set(&r.Single, p.Single)
	set(&r.Disabled, p.Disabled)
	set(&r.Everywhere, p.Everywhere)
	if p.Queues != nil {
		r.Queues = ids[desk.QueueID](*p.Queues)
	}
}

func (h *handler) createRole(ctx context.Context, by caller, in *struct{ Body RolePatch }) (desk.RoleID, error) {
	var r desk.Role
	in.Body.apply(&r)
	return h.desk.CreateRole(ctx, by.Actor, r)
}

type changeRoleInput struct {
	ID   int64 `path:"id" minimum:"1" maximum:"63"`
	Body RolePatch
}

func (h *handler) changeRole(ctx context.Context, by caller, in *changeRoleInput) error {
	list, err := h.desk.Roles(ctx, by.Actor)
	if err != nil {
		return err
	}
	for _, r := range list {
		if int64(r.ID) == in.ID {
			in.Body.apply(&r)
			return h.desk.UpdateRole(ctx, by.Actor, r)
		}
	}
	return h.desk.UpdateRole(ctx, by.Actor, desk.Role{ID: desk.RoleID(in.ID)})
}

// A Permission is a named set of rights: one for agents, one for contacts.
type Permission struct {
	ID       int64    `json:"id"`
	Name     string   `json:"name"`
	Agents   []string `json:"agents" nullable:"false"`
	Contacts []string `json:"contacts" nullable:"false"`
}

func (h *handler) listPermissions(ctx context.Context, by caller, _ *Nothing) (Page[Permission], error) {
	list, err := h.desk.Permissions(ctx, by.Actor)
	return pageOf(list, func(p desk.Permission) Permission {
		return Permission{int64(p.ID), p.Name, p.Agents.Names(), p.Contacts.Names()}
	}), err
}
