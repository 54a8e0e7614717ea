package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"gatehouse/desk"
)

// AddMembership makes a principal a direct member. Being one already is a
// desk.Conflict. A new primary customer takes the flag from the old one.
func (tx *Tx) AddMembership(ctx context.Context, m desk.Membership) error {
	if err := tx.clearPrimary(ctx, m); err != nil {
		return err
	}
	n, err := tx.exec(ctx, `INSERT INTO membership (`+membershipColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`, membershipValues(m)...)
	if err == nil && n == 0 {
		return taken("member", "It is a member already.")
	}
	return tx.wrap(err, "add a member to group", m.Group)
}

const membershipColumns = `group_id, member, part, is_primary, source, from_day, until_day`

func membershipValues(m desk.Membership) []any {
	return []any{int64(m.Group), int64(m.Member), int64(m.Part), bit(m.Primary), m.Source, int64(m.From), int64(m.Until)}
}

func (tx *Tx) clearPrimary(ctx context.Context, m desk.Membership) error {
	if !m.Primary {
		return nil
	}
	_, err := tx.exec(ctx, `UPDATE membership SET is_primary = 0 WHERE member = $1 AND is_primary = 1 AND group_id <> $2`,
		int64(m.Member), int64(m.Group))
	return tx.wrap(err, "replace the primary customer of", m.Member)
}

// UpdateMembership stores part, days, source and whether it is the primary one.
func (tx *Tx) UpdateMembership(ctx context.Context, m desk.Membership) error {
	if err := tx.clearPrimary(ctx, m); err != nil {
		return err
	}
	n, err := tx.exec(ctx, `UPDATE membership SET part = $3, is_primary = $4, source = $5, from_day = $6, until_day = $7
		WHERE group_id = $1 AND member = $2`, membershipValues(m)...)
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, noMember)
	}
	return tx.wrap(err, "change a member of group", m.Group)
}

const noMember = "It is no member."

// RemoveMembership ends a direct membership.
func (tx *Tx) RemoveMembership(ctx context.Context, group, member desk.PrincipalID) error {
	n, err := tx.exec(ctx, `DELETE FROM membership WHERE group_id = $1 AND member = $2`, int64(group), int64(member))
	if err == nil && n == 0 {
		return desk.Errorf(desk.NotFound, noMember)
	}
	return tx.wrap(err, "remove a member from group", group)
}

// Membership returns a direct membership.
func (tx *Tx) Membership(ctx context.Context, group, member desk.PrincipalID) (*desk.Membership, error) {
	list, err := tx.memberships(ctx, ` WHERE group_id = $1 AND member = $2`, int64(group), int64(member))
	if err == nil && len(list) == 0 {
		return nil, desk.Errorf(desk.NotFound, noMember)
	}
	if err != nil {
		return nil, tx.wrap(err, "read a membership of", fmt.Sprint(member))
	}
	return &list[0], nil
}

// MembersOf lists the direct members of a group or customer, all of them.
func (tx *Tx) MembersOf(ctx context.Context, group desk.PrincipalID) ([]desk.Membership, error) {
	list, err := once(tx, "members", int64(group), func() ([]desk.Membership, error) {
		return tx.memberships(ctx, ` WHERE group_id = $1 ORDER BY member`, int64(group))
	})
	return slices.Clone(list), tx.wrap(err, "list the members of", group)
}

// MembershipsOf lists the groups and customers of which the principal is a
// direct member, all of them.
func (tx *Tx) MembershipsOf(ctx context.Context, member desk.PrincipalID) ([]desk.Membership, error) {
	list, err := once(tx, "memberships", int64(member), func() ([]desk.Membership, error) {
		return tx.memberships(ctx, ` WHERE member = $1 ORDER BY group_id`, int64(member))
	})
	return slices.Clone(list), tx.wrap(err, "list the groups of", member)
}

func (tx *Tx) memberships(ctx context.Context, rest string, args ...any) ([]desk.Membership, error) {
	var list []desk.Membership
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var m desk.Membership
		err := rows.Scan(&m.Group, &m.Member, &m.Part, flag(&m.Primary), &m.Source, &m.From, &m.Until)
		list = append(list, m)
		return err
	}, `SELECT `+membershipColumns+` FROM membership`+rest, args...)
	return list, err
}
