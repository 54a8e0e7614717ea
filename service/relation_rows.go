package service

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Relation is one of the five relations between people, customers and groups
// that have screens of their own.
type Relation string

// The relations. All but one are about permissions on access groups.
const (
	ContactGroups    Relation = "contact-group"
	CustomerGroups   Relation = "customer-group"
	ContactCustomers Relation = "contact-customer" // memberships, with part
	AgentGroups      Relation = "agent-group"
	GroupGroups      Relation = "group-group" // what groups of agents (OTOBO: roles) hold
)

// Relations returns the relations in the order in which they are shown.
func Relations() []Relation {
	return []Relation{ContactGroups, CustomerGroups, ContactCustomers, AgentGroups, GroupGroups}
}

// Sides returns of which kind the records on the left and on the right are:
// "contact", "agent", "customer" or "group".
func (r Relation) Sides() (left, right string) {
	left, right, _ = strings.Cut(string(r), "-")
	return left, right
}

// A RelationQuery asks for the page of one record of a relation.
type RelationQuery struct {
	Relation Relation
	Of       desk.PrincipalID // the record
	Right    bool             // it stands on the right: a group, or the customer of contacts
	Other    bool             // of customers and groups: on other customers' tickets
	Text     string           // in the names of the rows
	Only     bool             // only rows that have something of their own
	After    string           // RelationPage.Next of the page before
	Limit    int              // 50 unless given
}

// A RelationPage is a record with what it has with each of the others. It has
// no row limit: Next leads on until it is empty.
type RelationPage struct {
	Of      Name
	Columns []string // permissions; "" of memberships, which have no boxes
	Rows    []RelationRow
	Next    string
}

// A RelationRow is one of the others.
type RelationRow struct {
	Name   Name
	State  string        // what it has of its own, as SaveRelation takes it
	Boxes  []RelationBox // by column
	Locked bool          // the actor may not change it
	Member *desk.Membership
}

// A RelationBox is a permission of a row.
type RelationBox struct {
	On   bool             // of its own
	From []RelationOrigin // by what else it is held just now
}

// A RelationOrigin says where something held comes from.
type RelationOrigin struct {
	Who        Name   // to whom it is granted: himself, a group, a customer, all contacts
	Permission string // rw where that contains the column
	Own        bool   // it stands in the same row
	Everywhere bool   // it is granted on the whole desk
}

// A sheet is a relation page in the making, or being saved.
type sheet struct {
	RelationQuery
	of      Name
	all     []desk.Permission
	columns []desk.Permission
	as      desk.RoleSet
}

// RelationPage returns the page of one record of a relation, for agents who may
// see the grants on the groups of it, or the customers.
func (s *Service) RelationPage(ctx context.Context, by desk.Actor, q RelationQuery) (*RelationPage, error) {
	var page *RelationPage
	err := s.view(ctx, by, func(o *op) error {
		sh, err := o.sheet(ctx, q)
		if err != nil {
			return err
		}
		names, next, err := o.relationNames(ctx, sh)
		if err != nil {
			return err
		}
		page = &RelationPage{Of: sh.of, Next: next}
		for _, p := range sh.columns {
			page.Columns = append(page.Columns, p.Name)
		}
		page.Rows, err = o.relationRows(ctx, sh, names)
		return err
	})
	return page, err
}

// sheet finds the record of a page, for who may see the relation.
func (o *op) sheet(ctx context.Context, q RelationQuery) (*sheet, error) {
	left, right := q.Relation.Sides()
	none := desk.Errorf(desk.NotFound, "There is no such page.")
	if !slices.Contains(Relations(), q.Relation) || !o.isAgent() || q.Other && q.Relation != CustomerGroups {
		return nil, none
	}
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 50
	}
	kind := left
	if q.Right {
		kind = right
	}
	names, err := o.names(ctx, []desk.PrincipalID{q.Of})
	if err != nil {
		return nil, err
	}
	sh := &sheet{RelationQuery: q, of: names[q.Of]}
	if sideOf(sh.of) != kind || !o.seesSheet(sh) {
		return nil, desk.Errorf(desk.NotFound, "There is no such %s.", kind)
	}
	if q.Relation == ContactCustomers {
		return sh, nil
	}
	if left == "contact" || left == "customer" && !q.Other {
		sh.as = asOwn
	}
	if sh.all, err = o.Tx.Permissions(ctx); err != nil {
		return nil, err
	}
	sh.columns, err = o.offered(ctx, left == "contact" || left == "customer")
	return sh, err
}

// sideOf returns on which side of relations a principal can stand.
func sideOf(n Name) string {
	switch {
	case n.Kind != "user":
		return n.Kind
	case n.Agent:
		return "agent"
	}
	return "contact"
}

// seesSheet: a group's page is for who may see the grants there, a customer's
// for who may see it; the others for those who administer people or grants.
func (o *op) seesSheet(sh *sheet) bool {
	switch {
	case sh.Right && sh.Relation == ContactCustomers:
		return o.seesCustomer(sh.Of)
	case sh.Right:
		return o.seesGrantsOn(desk.OnGroup(desk.GroupID(sh.Of)))
	}
	return o.canAny(access.System(), desk.AdminUsers, desk.AdminCustomers, desk.AdminGroup, desk.ModifyACL, desk.ShowACL)
}

func (o *op) seesCustomer(id desk.PrincipalID) bool {
	return o.can(desk.AdminCustomers, access.System()) ||
		o.canAny(access.Customer(desk.CustomerID(id)), desk.SeeCustomer, desk.ModifyCustomer, desk.AdminCustomer)
}

// rowKind is of which kind the rows are.
func (sh *sheet) rowKind() string {
	left, right := sh.Relation.Sides()
	if sh.Right {
		return left
	}
	return right
}

// seesRow: rows are groups whose grants one sees, and customers whom one sees.
func (o *op) seesRow(sh *sheet, id desk.PrincipalID) bool {
	switch {
	case sh.Right:
		return true
	case sh.Relation == ContactCustomers:
		return o.seesCustomer(id)
	}
	return o.seesGrantsOn(desk.OnGroup(desk.GroupID(id)))
}

// relationNames returns the names of the rows of a page, and where the next one
// begins.
func (o *op) relationNames(ctx context.Context, sh *sheet) ([]Name, string, error) {
	if sh.Only {
		return o.relatedNames(ctx, sh)
	}
	ids, more, err := pageOf(sh.Limit, func(limit int, last *cursor) ([]cursor, bool, error) {
		after := sh.After
		if last != nil {
			after = last.key
		}
		return o.cursors(ctx, sh, after, limit)
	}, func(c *cursor) bool { return o.seesRow(sh, c.id) })
	if err != nil {
		return nil, "", err
	}
	list := make([]desk.PrincipalID, len(ids))
	for i, c := range ids {
		list[i] = c.id
	}
	names, err := o.names(ctx, list)
	rows := make([]Name, len(ids))
	for i, id := range list {
		rows[i] = names[id]
	}
	if more {
		return rows, ids[len(ids)-1].key, err
	}
	return rows, "", err
}

// A cursor is a row and what the list is sorted by.
type cursor struct {
	id  desk.PrincipalID
	key string
}

// cursors lists what can be a row of a sheet, in order.
func (o *op) cursors(ctx context.Context, sh *sheet, after string, limit int) ([]cursor, bool, error) {
	var list []cursor
	switch kind := sh.rowKind(); kind {
	case "group":
		nobody := desk.UserID(0)
		groups, more, err := o.Tx.Groups(ctx, GroupFilter{Text: sh.Text, Personal: &nobody, After: after, Limit: limit})
		for _, g := range groups {
			list = append(list, cursor{desk.PrincipalID(g.ID), g.Name})
		}
		return list, more, err
	case "customer":
		customers, more, err := o.Tx.Customers(ctx, CustomerFilter{Text: sh.Text, After: after, Limit: limit})
		for _, c := range customers {
			list = append(list, cursor{desk.PrincipalID(c.ID), c.Key})
		}
		return list, more, err
	default:
		f := UserFilter{Text: sh.Text, Kind: desk.Contact, After: after, Limit: limit}
		if kind == "agent" {
			f.Kind = desk.Agent
		}
		users, more, err := o.Tx.Users(ctx, f)
		for _, u := range users {
			list = append(list, cursor{desk.PrincipalID(u.ID), u.Login})
		}
		return list, more, err
	}
}

// relatedNames are the rows that have something of their own.
func (o *op) relatedNames(ctx context.Context, sh *sheet) ([]Name, string, error) {
	ids, err := o.related(ctx, sh)
	if err != nil {
		return nil, "", err
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	var rows []Name
	text, after := desk.Fold(sh.Text), desk.Fold(sh.After)
	for _, n := range names {
		fits := strings.Contains(desk.Fold(n.Text), text) || strings.Contains(rowKey(n), text)
		if sideOf(n) == sh.rowKind() && fits && rowKey(n) > after && o.seesRow(sh, n.ID) {
			rows = append(rows, n)
		}
	}
	slices.SortFunc(rows, func(a, b Name) int { return cmp.Compare(rowKey(a), rowKey(b)) })
	if len(rows) > sh.Limit {
		rows = rows[:sh.Limit]
		return rows, rowKey(rows[len(rows)-1]), nil
	}
	return rows, "", nil
}

// rowKey is what rows are sorted by: login, name or key.
func rowKey(n Name) string {
	_, key, _ := strings.Cut(n.Ref, ":")
	return desk.Fold(key)
}

// related returns who or what has something with the record of a sheet.
func (o *op) related(ctx context.Context, sh *sheet) ([]desk.PrincipalID, error) {
	var ids []desk.PrincipalID
	switch {
	case sh.Relation == ContactCustomers && sh.Right:
		list, err := o.MembersOf(ctx, sh.Of)
		for _, m := range list {
			ids = append(ids, m.Member)
		}
		return ids, err
	case sh.Relation == ContactCustomers:
		list, err := o.MembershipsOf(ctx, sh.Of)
		for _, m := range list {
			ids = append(ids, m.Group)
		}
		return ids, err
	case sh.Right:
		for _, g := range o.e.GrantedOn(desk.GroupID(sh.Of)) {
			if g.As == sh.as && g.Source == 0 {
				ids = append(ids, g.Who)
			}
		}
	default:
		for _, g := range o.e.GrantedGroups(sh.Of) {
			if len(o.e.Granted(sh.Of, g, sh.as)) > 0 {
				ids = append(ids, desk.PrincipalID(g))
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// pair returns who of a row and the record holds, and on what.
func (sh *sheet) pair(row desk.PrincipalID) (who, on desk.PrincipalID) {
	if sh.Right {
		return row, sh.Of
	}
	return sh.Of, row
}

// relationRows fills the rows of a page.
func (o *op) relationRows(ctx context.Context, sh *sheet, names []Name) ([]RelationRow, error) {
	if sh.Relation == ContactCustomers {
		return o.memberRows(ctx, sh, names)
	}
	rows := make([]RelationRow, len(names))
	held := make([][]access.Held, len(names))
	var origins []desk.PrincipalID
	for i, n := range names {
		who, on := sh.pair(n.ID)
		rows[i] = RelationRow{Name: n, State: o.permissionState(sh, n.ID),
			Locked: o.mayGrantThere(ctx, desk.Grant{Place: desk.OnGroup(desk.GroupID(on))}) != nil}
		held[i] = o.e.Permitted(who, desk.GroupID(on), sh.Other)
		for _, h := range held[i] {
			origins = append(origins, h.Who)
		}
	}
	slices.Sort(origins)
	from, err := o.names(ctx, slices.Compact(origins))
	if err != nil {
		return nil, err
	}
	for i := range rows {
		who, on := sh.pair(rows[i].Name.ID)
		own := o.e.Granted(who, desk.GroupID(on), sh.as)
		for _, p := range sh.columns {
			b := RelationBox{On: slices.Contains(own, p.ID), From: sh.origins(p, held[i], from, who)}
			rows[i].Boxes = append(rows[i].Boxes, b)
		}
	}
	return rows, nil
}

// origins says by what a permission is held, but for its own grant.
func (sh *sheet) origins(p desk.Permission, held []access.Held, names map[desk.PrincipalID]Name, who desk.PrincipalID) []RelationOrigin {
	var list []RelationOrigin
	counts := countsAs(p, sh.all)
	for _, h := range held {
		own := h.Who == who && h.Place.Kind == desk.GroupPlace && h.As == sh.as && h.Source == 0
		if !counts[h.Permission] || own && h.Permission == p.ID || h.Reads && !p.Reads() {
			continue
		}
		list = append(list, RelationOrigin{Who: names[h.Who], Permission: nameOfPermission(sh.all, h.Permission),
			Own: own, Everywhere: h.Place.Kind == desk.SystemPlace})
	}
	return list
}

func nameOfPermission(all []desk.Permission, id desk.PermissionID) string {
	for _, p := range all {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// permissionState is what a row has of its own: the names of its permissions
// among the columns, in their order.
func (o *op) permissionState(sh *sheet, row desk.PrincipalID) string {
	who, on := sh.pair(row)
	own := o.e.Granted(who, desk.GroupID(on), sh.as)
	var words []string
	for _, p := range sh.columns {
		if slices.Contains(own, p.ID) {
			words = append(words, p.Name)
		}
	}
	return strings.Join(words, " ")
}

// memberRows fills the rows of contacts and customers.
func (o *op) memberRows(ctx context.Context, sh *sheet, names []Name) ([]RelationRow, error) {
	var direct []desk.Membership
	var err error
	if sh.Right {
		direct, err = o.MembersOf(ctx, sh.Of)
	} else {
		direct, err = o.MembershipsOf(ctx, sh.Of)
	}
	if err != nil {
		return nil, err
	}
	by := map[desk.PrincipalID]desk.Membership{}
	for _, m := range direct {
		other := m.Group
		if sh.Right {
			other = m.Member
		}
		by[other] = m
	}
	rows := make([]RelationRow, len(names))
	for i, n := range names {
		_, customer := sh.pair(n.ID)
		_, err := o.mayChangeMembers(ctx, customer, 0)
		rows[i] = RelationRow{Name: n, Locked: err != nil}
		if m, ok := by[n.ID]; ok {
			rows[i].Member, rows[i].State = &m, memberState(m)
		}
	}
	return rows, nil
}

// memberState writes a membership as SaveRelation takes it: the part, whether
// it is the primary one, and the first and the last day.
func memberState(m desk.Membership) string {
	words := []string{m.Part.String()}
	if m.Primary {
		words = append(words, "primary")
	}
	if m.From != 0 {
		words = append(words, "from:"+m.From.String())
	}
	if m.Until != 0 {
		words = append(words, "until:"+m.Until.String())
	}
	return strings.Join(words, " ")
}
