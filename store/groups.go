package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gatehouse/desk"
)

// InsertGroup adds a group and sets its ID. A name that another group has, of
// the same person if it is a personal one, is a desk.Conflict.
func (tx *Tx) InsertGroup(ctx context.Context, g *desk.Group) error {
	id, err := tx.newPrincipal(ctx, "group")
	if err != nil {
		return err
	}
	g.ID = desk.GroupID(id)
	n, err := tx.exec(ctx, `INSERT INTO desk_group (`+groupColumnsStored+`)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, groupValues(g)...)
	if err == nil && n == 0 {
		return groupTaken(g.Name)
	}
	return tx.wrap(err, "insert group", g.Name)
}

const groupColumnsStored = `id, name, folded, description, disabled, personal`

// groupValues are the values of groupColumnsStored.
func groupValues(g *desk.Group) []any {
	return []any{int64(g.ID), g.Name, desk.Fold(g.Name), g.Description, bit(g.Disabled), null(g.Personal)}
}

func groupTaken(name string) error {
	return taken("name", fmt.Sprintf("There is a group %s already.", name))
}

// UpdateGroup stores name, description and whether the group is disabled. Whose
// group it is never changes.
func (tx *Tx) UpdateGroup(ctx context.Context, g *desk.Group) error {
	other, err := tx.GroupByName(ctx, g.Name, g.Personal)
	if desk.KindOf(err) != desk.NotFound && err != nil {
		return err
	}
	if err == nil && other.ID != g.ID {
		return groupTaken(g.Name)
	}
	n, err := tx.exec(ctx, `UPDATE desk_group SET name = $2, folded = $3, description = $4, disabled = $5 WHERE id = $1`, groupValues(g)[:5]...)
	switch {
	case err != nil && tx.d.unique(err):
		return groupTaken(g.Name)
	case err == nil && n == 0:
		return desk.Errorf(desk.NotFound, "There is no group %d.", g.ID)
	}
	return tx.wrap(err, "update group", g.ID)
}

const groupColumns = `g.id, g.name, g.description, g.disabled, g.personal`

func groupFields(g *desk.Group) []any {
	return []any{&g.ID, &g.Name, &g.Description, flag(&g.Disabled), ref(&g.Personal)}
}

// Group returns a group; customers and system groups are none.
func (tx *Tx) Group(ctx context.Context, id desk.GroupID) (*desk.Group, error) {
	g, err := once(tx, "group", int64(id), func() (g desk.Group, err error) {
		err = tx.row(ctx, `SELECT `+groupColumns+` FROM desk_group g WHERE g.id = $1`, int64(id)).Scan(groupFields(&g)...)
		return g, err
	})
	if err != nil {
		return nil, tx.found(err, "read group", id, fmt.Sprintf("There is no group %d.", id))
	}
	return &g, nil
}

// GroupByName returns the group of that name, without regard to case: a
// personal one of that user, or with zero one that belongs to nobody.
func (tx *Tx) GroupByName(ctx context.Context, name string, personal desk.UserID) (*desk.Group, error) {
	var g desk.Group
	err := tx.row(ctx, `SELECT `+groupColumns+` FROM desk_group g WHERE coalesce(g.personal, 0) = $1 AND g.folded = $2`,
		int64(personal), desk.Fold(name)).Scan(groupFields(&g)...)
	if err != nil {
		return nil, tx.found(err, "read group", name, fmt.Sprintf("There is no group %s.", name))
	}
	return &g, nil
}

// A GroupFilter chooses groups; its zero parts choose all.
type GroupFilter struct {
	Text     string // in the name
	Disabled *bool
	Personal *desk.UserID // zero: those that belong to nobody
	After    string       // the name that the page before ended with
	Limit    int
}

// Groups lists groups by name, and whether there are more.
func (tx *Tx) Groups(ctx context.Context, f GroupFilter) (list []desk.Group, more bool, err error) {
	var w where
	if f.Text != "" {
		w.add(`g.folded LIKE ? ESCAPE '!'`, containing(f.Text))
	}
	if f.Disabled != nil {
		w.add(`g.disabled = ?`, bit(*f.Disabled))
	}
	if f.Personal != nil {
		w.add(`coalesce(g.personal, 0) = ?`, int64(*f.Personal))
	}
	if f.After != "" {
		w.add(`g.folded > ?`, desk.Fold(f.After))
	}
	limit := page(f.Limit)
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var g desk.Group
		err := rows.Scan(groupFields(&g)...)
		list = append(list, g)
		return err
	}, `SELECT `+groupColumns+` FROM desk_group g`+w.text()+` ORDER BY g.folded, g.id`+limited(w.arg(limit+1)), w.args...)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list groups", "")
}

// A PrincipalName is what is shown of a principal.
type PrincipalName struct {
	Kind     string // "user", "group", "personal" (a personal group), "customer" or "system"
	Name     string // as people call it
	Ref      string // login, name, owner/name or key: what leads to it
	Disabled bool
	UserKind desk.UserKind // of a user
}

// PrincipalNames returns the names of those of the principals that there are.
func (tx *Tx) PrincipalNames(ctx context.Context, ids []desk.PrincipalID) (map[desk.PrincipalID]PrincipalName, error) {
	names := make(map[desk.PrincipalID]PrincipalName, len(ids))
	system := desk.SystemGroups()
	var asked []int64 // each once: lists name the same people again and again
	for _, id := range ids {
		known, ok := tx.known[fact{"name", int64(id)}].(PrincipalName)
		switch {
		case system[id] != "":
			names[id] = PrincipalName{Kind: "system", Name: system[id], Ref: system[id]}
		case ok && known.Kind == "": // there is none
		case ok:
			names[id] = known
		case id != 0:
			asked = append(asked, int64(id))
		}
	}
	if len(asked) == 0 {
		return names, nil
	}
	slices.Sort(asked)
	for _, id := range asked {
		tx.know("name", id, PrincipalName{})
	}
	in := tx.d.inList(1)
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.PrincipalID
		var n PrincipalName
		if err := rows.Scan(&id, &n.Kind, &n.Name, &n.Ref, flag(&n.Disabled), &n.UserKind); err != nil {
			return err
		}
		names[id] = n
		tx.know("name", int64(id), n)
		return nil
	}, `SELECT id, 'user', CASE WHEN name = '' THEN login ELSE name END, login, disabled, kind FROM desk_user WHERE id IN (`+in+`)
		UNION ALL SELECT g.id, CASE WHEN u.id IS NULL THEN 'group' ELSE 'personal' END, g.name,
			CASE WHEN u.id IS NULL THEN g.name ELSE u.login || '/' || g.name END, g.disabled, 0
			FROM desk_group g LEFT JOIN desk_user u ON u.id = g.personal WHERE g.id IN (`+in+`)
		UNION ALL SELECT id, 'customer', name, key, disabled, 0 FROM customer WHERE id IN (`+in+`)`, tx.d.list(slices.Compact(asked)))
	return names, tx.wrap(err, "read the names of principals", "")
}
