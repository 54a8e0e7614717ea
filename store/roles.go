package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"gatehouse/desk"
)

// InsertRole adds a role of the desk's own and sets its ID. A name that another
// role has, and the end of the numbers, are a desk.Conflict.
func (tx *Tx) InsertRole(ctx context.Context, r *desk.Role) error {
	var last int64
	if err := tx.row(ctx, `SELECT max(id) FROM role`).Scan(&last); err != nil {
		return tx.wrap(err, "number role", r.Name)
	}
	id := desk.RoleID(max(last+1, int64(desk.FirstOwnRole)))
	if id > desk.LastRole {
		return desk.Errorf(desk.Conflict, "There are as many roles as there can be; rename a disabled one instead of adding another.")
	}
	r.ID = id
	n, err := tx.exec(ctx, `INSERT INTO role (`+roleColumnsStored+`)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, roleValues(r)...)
	if err != nil {
		return tx.wrap(err, "insert role", r.Name)
	}
	if n == 0 {
		return roleTaken(r.Name)
	}
	return tx.setRoleQueues(ctx, r)
}

func roleTaken(name string) error {
	return taken("name", fmt.Sprintf("There is a role %s already.", name))
}

const roleColumnsStored = `id, name, folded, single, disabled, everywhere`

// roleValues are the values of roleColumnsStored.
func roleValues(r *desk.Role) []any {
	return []any{int64(r.ID), r.Name, desk.Fold(r.Name), bit(r.Single), bit(r.Disabled), bit(r.Everywhere)}
}

func (tx *Tx) setRoleQueues(ctx context.Context, r *desk.Role) error {
	if _, err := tx.exec(ctx, `DELETE FROM role_queue WHERE role = $1`, int64(r.ID)); err != nil {
		return tx.wrap(err, "replace the queues of role", r.Name)
	}
	for _, queue := range r.Queues {
		_, err := tx.exec(ctx, `INSERT INTO role_queue (role, queue) VALUES ($1, $2) ON CONFLICT DO NOTHING`, int64(r.ID), int64(queue))
		if err != nil {
			return tx.wrap(err, "insert a queue of role", r.Name)
		}
	}
	return nil
}

// UpdateRole stores all of a role.
func (tx *Tx) UpdateRole(ctx context.Context, r *desk.Role) error {
	var others int
	if err := tx.row(ctx, `SELECT count(*) FROM role WHERE folded = $1 AND id <> $2`, desk.Fold(r.Name), int64(r.ID)).Scan(&others); err != nil {
		return tx.wrap(err, "look for role", r.Name)
	}
	if others > 0 {
		return roleTaken(r.Name)
	}
	n, err := tx.exec(ctx, `UPDATE role SET name = $2, folded = $3, single = $4, disabled = $5, everywhere = $6 WHERE id = $1`, roleValues(r)...)
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no role %d.", r.ID)
	}
	if err != nil {
		return tx.wrap(err, "update role", r.ID)
	}
	return tx.setRoleQueues(ctx, r)
}

// Roles lists the roles by number, the built-in ones first.
func (tx *Tx) Roles(ctx context.Context) ([]desk.Role, error) {
	known, err := once(tx, "roles", 0, func() ([]desk.Role, error) { return tx.roles(ctx) })
	list := slices.Clone(known)
	for i := range list {
		list[i].Queues = slices.Clone(list[i].Queues)
	}
	return list, err
}

func (tx *Tx) roles(ctx context.Context) ([]desk.Role, error) {
	var list []desk.Role
	at := map[desk.RoleID]int{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var r desk.Role
		err := rows.Scan(&r.ID, &r.Name, flag(&r.Single), flag(&r.Disabled), flag(&r.Everywhere))
		at[r.ID] = len(list)
		list = append(list, r)
		return err
	}, `SELECT id, name, single, disabled, everywhere FROM role ORDER BY id`)
	if err != nil {
		return nil, tx.wrap(err, "list roles", "")
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var role desk.RoleID
		var queue desk.QueueID
		err := rows.Scan(&role, &queue)
		r := &list[at[role]]
		r.Queues = append(r.Queues, queue)
		return err
	}, `SELECT role, queue FROM role_queue ORDER BY role, queue`)
	return list, tx.wrap(err, "list the queues of roles", "")
}

// rightNames writes a set of rights as JSON of their names: the numbers of
// rights belong to one version of the program.
func rightNames(set desk.RightSet) string {
	text, err := json.Marshal(set.Names())
	if err != nil {
		panic(err) // a list of strings can be written
	}
	return string(text)
}

// rightSet scans what rightNames wrote. Names that this version of the program
// does not know are nobody's rights.
type rightSet struct{ to *desk.RightSet }

// Scan takes the value of a column.
func (s rightSet) Scan(value any) error {
	var names []string
	if err := (asJSON{&names}).Scan(value); err != nil {
		return err
	}
	*s.to = 0
	for _, name := range names {
		if right, ok := desk.ParseRight(name); ok {
			*s.to |= desk.RightsOf(right)
		}
	}
	return nil
}

// Permissions lists the permissions by number.
func (tx *Tx) Permissions(ctx context.Context) ([]desk.Permission, error) {
	list, err := once(tx, "permissions", 0, func() ([]desk.Permission, error) { return tx.permissions(ctx) })
	return slices.Clone(list), err
}

func (tx *Tx) permissions(ctx context.Context) ([]desk.Permission, error) {
	var list []desk.Permission
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var p desk.Permission
		err := rows.Scan(&p.ID, &p.Name, rightSet{&p.Agents}, rightSet{&p.Contacts}, flag(&p.Disabled))
		list = append(list, p)
		return err
	}, `SELECT id, name, agents, contacts, disabled FROM permission ORDER BY id`)
	return list, tx.wrap(err, "list permissions", "")
}

// InsertPermission adds a permission and sets its ID. None may hold SuperUser,
// which would come with what anybody grants who may grant on the desk.
func (tx *Tx) InsertPermission(ctx context.Context, p *desk.Permission) error {
	if err := withoutSuperUser(p); err != nil {
		return err
	}
	err := tx.row(ctx, `INSERT INTO permission (name, folded, agents, contacts, disabled) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING RETURNING id`, p.Name, desk.Fold(p.Name), rightNames(p.Agents), rightNames(p.Contacts), bit(p.Disabled)).Scan(&p.ID)
	if err == sql.ErrNoRows {
		return permissionTaken(p.Name)
	}
	return tx.wrap(err, "insert permission", p.Name)
}

func permissionTaken(name string) error {
	return taken("name", fmt.Sprintf("There is a permission %s already.", name))
}

func withoutSuperUser(p *desk.Permission) error {
	if (p.Agents | p.Contacts).Has(desk.SuperUser) {
		return desk.Errorf(desk.Invalid, "A permission cannot hold SuperUser: it is granted by itself, by a superuser.")
	}
	return nil
}

// UpdatePermission stores a permission; every grant of it changes with it.
func (tx *Tx) UpdatePermission(ctx context.Context, p *desk.Permission) error {
	if err := withoutSuperUser(p); err != nil {
		return err
	}
	var others int
	err := tx.row(ctx, `SELECT count(*) FROM permission WHERE folded = $1 AND id <> $2`, desk.Fold(p.Name), int64(p.ID)).Scan(&others)
	if err != nil {
		return tx.wrap(err, "look for permission", p.Name)
	}
	if others > 0 {
		return permissionTaken(p.Name)
	}
	n, err := tx.exec(ctx, `UPDATE permission SET name = $2, folded = $3, agents = $4, contacts = $5, disabled = $6 WHERE id = $1`,
		int64(p.ID), p.Name, desk.Fold(p.Name), rightNames(p.Agents), rightNames(p.Contacts), bit(p.Disabled))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, "There is no permission %d.", p.ID)
	}
	return tx.wrap(err, "update permission", p.ID)
}

// DeletePermission removes a permission; its number is never used again. One of
// which there are grants is a desk.Conflict.
func (tx *Tx) DeletePermission(ctx context.Context, id desk.PermissionID) error {
	n, err := tx.exec(ctx, `DELETE FROM permission WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM desk_grant WHERE permission = $1)`, int64(id))
	if err == nil && n == 0 {
		return desk.Errorf(desk.Conflict, "There is no permission %d, or there are grants of it.", id)
	}
	return tx.wrap(err, "delete permission", id)
}
