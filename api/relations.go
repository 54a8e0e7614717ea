package api

import (
	"context"

	"gatehouse/desk"
	"gatehouse/service"
)

const relationRights = "for a group's ShowACL, ModifyACL or AdminGroup there, for a customer's SeeCustomer, for the others an administrator of people or grants"

func (h *handler) relationRoutes() []route {
	return []route{
		shows(h, what{"showRelation", "GET /relations/{relation}/{side}/{id}", relationRights, "What one record has with the others of a relation, and where that comes from"}, h.showRelation),
		shows(h, what{"saveRelation", "POST /relations/{relation}/{side}/{id}", "AdminGroup on the groups, or AdminCustomer on the customers", "Change rows of a relation, all or none"}, h.saveRelation),
		shows(h, what{"listDefaultGroups", "GET /default-groups/{of}", "ShowACL, ModifyACL or AdminGroup on each", "The default groups of all contacts or of all customers"}, h.listDefaultGroups),
		does(h, what{"setDefaultGroups", "PUT /default-groups/{of}", "AdminGroup on each that changes", "Replace the default groups of all contacts or of all customers"}, h.setDefaultGroups),
	}
}

// A RelationPath names one record of a relation and how it is looked at.
type RelationPath struct {
	Relation string `path:"relation" enum:"contact-group,customer-group,contact-customer,agent-group,group-group"`
	Side     string `path:"side" enum:"left,right" doc:"On which side the record stands: of contact-group, the contact on the left, the group on the right."`
	ID       int64  `path:"id" minimum:"1"`
	Context  string `query:"context" enum:"same,other" doc:"Of customer-group: for the customer's own tickets, or for those of other customers."`
}

func (p *RelationPath) query() service.RelationQuery {
	return service.RelationQuery{Relation: service.Relation(p.Relation), Of: desk.PrincipalID(p.ID), Right: p.Side == "right", Other: p.Context == "other"}
}

// A RelationPage is a record with what it has with each of the others.
type RelationPage struct {
	Of      Who           `json:"of"`
	Columns []string      `json:"columns" nullable:"false" doc:"The permissions that can be set; none for contact-customer."`
	Items   []RelationRow `json:"items" nullable:"false"`
	Next    string        `json:"next,omitempty" doc:"Where the list goes on; absent on the last page."`
}

// A RelationRow is one of the others.
type RelationRow struct {
	Who    Who            `json:"who"`
	State  string         `json:"state" doc:"What it has of its own, as saveRelation takes it: names of permissions, or part, primary, from: and until: of a membership."`
	Held   []RelationHeld `json:"held,omitempty" doc:"Permissions that it holds besides, and by what."`
	Locked bool           `json:"locked,omitempty" doc:"You may not change it."`
}

// A RelationHeld is a permission that is held by something else.
type RelationHeld struct {
	Permission string `json:"permission"`
	By         string `json:"by" doc:"The permission that is granted; rw contains the others."`
	From       Who    `json:"from" doc:"To whom it is granted."`
	Everywhere bool   `json:"everywhere,omitempty" doc:"On the whole desk."`
}

type showRelationInput struct {
	Paging
	RelationPath
	Text string `query:"text" maxLength:"200" doc:"In the names of the rows."`
	Only bool   `query:"only" doc:"Only rows that have something of their own."`
}

func (h *handler) showRelation(ctx context.Context, by caller, in *showRelationInput) (RelationPage, error) {
	q := in.query()
	var err error
	if q.After, err = keyAfter("relation", in.After); err != nil {
		return RelationPage{}, err
	}
	q.Text, q.Only, q.Limit = in.Text, in.Only, in.Limit
	got, err := h.desk.RelationPage(ctx, by.Actor, q)
	if err != nil {
		return RelationPage{}, err
	}
	page := RelationPage{Of: by.who(got.Of), Columns: append([]string{}, got.Columns...), Items: []RelationRow{}}
	for _, row := range got.Rows {
		page.Items = append(page.Items, by.relationRow(got.Columns, row))
	}
	if got.Next != "" {
		page.Next = link(by.url, "after", cursorOf("relation", got.Next))
	}
	return page, nil
}

func (c caller) relationRow(columns []string, row service.RelationRow) RelationRow {
	out := RelationRow{Who: c.who(row.Name), State: row.State, Locked: row.Locked}
	for i, b := range row.Boxes {
		for _, from := range b.From {
			out.Held = append(out.Held, RelationHeld{columns[i], from.Permission, c.who(from.Who), from.Everywhere})
		}
	}
	return out
}

// A RelationChange is a row as it was shown and as it shall be.
type RelationChange struct {
	Row int64  `json:"row" minimum:"1"`
	Was string `json:"was" maxLength:"2000" doc:"The state that you saw. If it is otherwise by now, everything is refused."`
	Now string `json:"now" maxLength:"2000" doc:"The state that it shall have; empty: nothing."`
}

// A RelationResult lists the rows that were changed. Sent again with was and
// now exchanged, they are as before.
type RelationResult struct {
	Changed []RelationChange `json:"changed" nullable:"false"`
}

type saveRelationInput struct {
	RelationPath
	Body struct {
		Changes []RelationChange `json:"changes" minItems:"1" maxItems:"1000" nullable:"false"`
	}
}

func (h *handler) saveRelation(ctx context.Context, by caller, in *saveRelationInput) (RelationResult, error) {
	var changes []service.RelationChange
	for _, c := range in.Body.Changes {
		changes = append(changes, service.RelationChange{Row: desk.PrincipalID(c.Row), Was: c.Was, Now: c.Now})
	}
	result, err := h.desk.SaveRelation(ctx, by.Actor, in.query(), changes)
	if err != nil {
		return RelationResult{}, err
	}
	out := RelationResult{Changed: []RelationChange{}}
	for _, d := range result.Changed {
		out.Changed = append(out.Changed, RelationChange{int64(d.Row.ID), d.Was, d.Now})
	}
	return out, nil
}

// A DefaultsPath says whose default groups are meant.
type DefaultsPath struct {
	Of string `path:"of" enum:"contacts,customers"`
}

func (p *DefaultsPath) who() desk.PrincipalID {
	if p.Of == "customers" {
		return desk.Customers
	}
	return desk.Contacts
}

// A DefaultGroup is a group on which all contacts, or all customers, hold a
// permission.
type DefaultGroup struct {
	Group      int64  `json:"group" minimum:"1"`
	Permission string `json:"permission" maxLength:"200"`
	Name       string `json:"name,omitempty" readOnly:"true" doc:"Of the group."`
}

func (h *handler) listDefaultGroups(ctx context.Context, by caller, in *DefaultsPath) (Page[DefaultGroup], error) {
	list, err := h.desk.DefaultGroups(ctx, by.Actor, in.who())
	return pageOf(list, func(d service.DefaultGroup) DefaultGroup {
		return DefaultGroup{int64(d.Group), d.Permission, d.Name.Text}
	}), err
}

type setDefaultsInput struct {
	DefaultsPath
	Body struct {
		Groups []DefaultGroup `json:"groups" maxItems:"1000" nullable:"false"`
	}
}

func (h *handler) setDefaultGroups(ctx context.Context, by caller, in *setDefaultsInput) error {
	var list []service.DefaultGroup
	for _, d := range in.Body.Groups {
		list = append(list, service.DefaultGroup{Group: desk.GroupID(d.Group), Permission: d.Permission})
	}
	return h.desk.SetDefaultGroups(ctx, by.Actor, in.who(), list)
}
