package store

import (
	"context"
	"database/sql"
	"strings"

	"gatehouse/desk"
)

// UsersNamed returns the users whose login or address is one of the names,
// without regard to case, by the folded name. One user may stand under several.
func (tx *Tx) UsersNamed(ctx context.Context, names []string) (map[string]*desk.User, error) {
	ids := map[string]desk.UserID{}
	var list []desk.UserID
	folded := foldedAll(names)
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var name string
		var id desk.UserID
		if err := rows.Scan(&name, &id); err != nil {
			return err
		}
		ids[name] = id
		list = append(list, id)
		return nil
	}, `SELECT folded, id FROM desk_user WHERE folded IN (`+tx.d.inTexts(1)+`)
		UNION ALL SELECT folded, user_id FROM user_address WHERE folded IN (`+tx.d.inTexts(1)+`)`, tx.d.texts(folded))
	if err != nil {
		return nil, tx.wrap(err, "look for users by", "name")
	}
	users, err := tx.UsersByID(ctx, list)
	found := make(map[string]*desk.User, len(ids))
	for name, id := range ids {
		found[name] = users[id]
	}
	return found, err
}

func foldedAll(names []string) []string {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = strings.ReplaceAll(desk.Fold(name), "\x00", "\uFFFD")
	}
	return folded
}

// MembershipsAmong returns the direct memberships of pairs of a group and a
// member, of those that there are.
func (tx *Tx) MembershipsAmong(ctx context.Context, pairs [][2]desk.PrincipalID) (map[[2]desk.PrincipalID]desk.Membership, error) {
	plain := make([][2]int64, len(pairs))
	for i, p := range pairs {
		plain[i] = [2]int64{int64(p[0]), int64(p[1])}
	}
	list, err := tx.memberships(ctx, ` WHERE (group_id, member) IN (SELECT a, b FROM (`+tx.d.inPairs(1)+`) AS asked)`, tx.d.pairs(plain))
	found := make(map[[2]desk.PrincipalID]desk.Membership, len(list))
	for _, m := range list {
		found[[2]desk.PrincipalID{m.Group, m.Member}] = m
	}
	return found, tx.wrap(err, "look for memberships", "")
}

// AddMemberships adds direct memberships that there are not yet. A primary
// customer among them takes the flag from the member's old one; a member may
// be given only one.
func (tx *Tx) AddMemberships(ctx context.Context, list []desk.Membership) error {
	var members []int64
	for _, m := range list {
		if m.Primary {
			members = append(members, int64(m.Member))
		}
	}
	if len(members) > 0 {
		_, err := tx.exec(ctx, `UPDATE membership SET is_primary = 0 WHERE is_primary = 1 AND member IN (`+tx.d.inList(1)+`)`, tx.d.list(members))
		if err != nil {
			return tx.wrap(err, "replace the primary customers of", len(members))
		}
	}
	return load(ctx, tx.rowsOf("membership", membershipColumns), list, func(m *desk.Membership) []any { return membershipValues(*m) })
}

// AuditAll adds lines to the audit log, in their order, as Audit does one.
func (tx *Tx) AuditAll(ctx context.Context, list []desk.AuditEntry) error {
	if len(list) == 0 {
		return nil
	}
	last, hash, err := tx.auditHead(ctx, tx.d.lockRow)
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		if err := tx.link(ctx, e, last, hash); err != nil {
			return err
		}
		last, hash = e.ID, e.Hash
	}
	if err := load(ctx, tx.rowsOf("audit", "id, at, by_user, via, action, object, before_json, after_json, hash, change"), list, func(e *desk.AuditEntry) []any {
		return []any{e.ID, micros(e.At), int64(e.By), string(e.Via), e.Action, e.Object, e.Before, e.After, e.Hash, e.Change}
	}); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE audit_head SET last = $1, hash = $2 WHERE id = 1`, last, hash)
	return tx.wrap(err, "write audit line", last)
}
