package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/desk"
)

// A RelationChange is what one row of a relation page shall have of its own:
// the names of permissions ("ro move_into"), or a membership ("member primary
// from:2026-01-01 until:2026-12-31"), or "" for nothing.
type RelationChange struct {
	Row desk.PrincipalID
	Was string // what the page showed, RelationRow.State
	Now string
}

// A RelationDifference is a row that was changed, or that is otherwise than a
// page showed it.
type RelationDifference struct {
	Row    Name
	Was    string
	Now    string
	By     Name      // who changed it meanwhile; zero: it is not known
	At     time.Time // when; zero: it is not known
	People int       // enabled users whom it reaches
}

// A RelationResult is what became of a save. The reverse of Changed, saved,
// takes it back.
type RelationResult struct {
	Changed []RelationDifference
	Stale   []RelationDifference // why it was refused with desk.Conflict
}

// SaveRelation changes rows of a relation page, all or none, in one change of
// access. It asks for AdminGroup on the groups, or for AdminCustomer on the
// customers. A row that is no more as the page showed it refuses everything,
// and is told in Stale together with who changed it.
func (s *Service) SaveRelation(ctx context.Context, by desk.Actor, q RelationQuery, changes []RelationChange) (*RelationResult, error) {
	result := &RelationResult{}
	err := s.do(ctx, by, func(o *op) error {
		sh, err := o.sheet(ctx, q)
		if err != nil {
			return err
		}
		*result, err = o.compare(ctx, sh, changes)
		if err != nil {
			return err
		}
		if sh.Relation == ContactCustomers {
			return o.saveMembers(ctx, sh, changes)
		}
		return o.savePermissions(ctx, sh, changes)
	})
	if err != nil {
		result.Changed = nil
	}
	return result, err
}

// compare finds what a save changes, and refuses rows that are not as shown.
func (o *op) compare(ctx context.Context, sh *sheet, changes []RelationChange) (RelationResult, error) {
	var result RelationResult
	ids := make([]desk.PrincipalID, len(changes))
	for i, c := range changes {
		ids[i] = c.Row
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return result, err
	}
	for _, c := range changes {
		if sideOf(names[c.Row]) != sh.rowKind() || names[c.Row].Kind == "" || !o.seesRow(sh, c.Row) {
			return result, desk.Errorf(desk.NotFound, "There is no such %s.", sh.rowKind())
		}
		is, err := o.stateOf(ctx, sh, c.Row)
		if err != nil {
			return result, err
		}
		who, _ := sh.pair(c.Row)
		d := RelationDifference{Row: names[c.Row], Was: c.Was, Now: c.Now, People: len(o.e.Members(who))}
		switch {
		case is != strings.Join(strings.Fields(c.Was), " "):
			d.Now = is
			if err := o.whoChanged(ctx, sh, &d); err != nil {
				return result, err
			}
			result.Stale = append(result.Stale, d)
		case c.Was != c.Now:
			result.Changed = append(result.Changed, d)
		}
	}
	if len(result.Stale) > 0 {
		return result, desk.Errorf(desk.Conflict, "Somebody changed what you were looking at. Nothing was saved; look at the difference, then save again.")
	}
	return result, nil
}

func (o *op) stateOf(ctx context.Context, sh *sheet, row desk.PrincipalID) (string, error) {
	if sh.Relation != ContactCustomers {
		return o.permissionState(sh, row), nil
	}
	who, customer := sh.pair(row)
	m, err := o.Membership(ctx, customer, who)
	if desk.KindOf(err) == desk.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return memberState(*m), nil
}

// whoChanged finds in the audit log who changed a row last.
func (o *op) whoChanged(ctx context.Context, sh *sheet, d *RelationDifference) error {
	who, on := sh.pair(d.Row.ID)
	object := o.placeName(ctx, desk.OnGroup(desk.GroupID(on)))
	if sh.Relation == ContactCustomers {
		object = o.placeName(ctx, desk.OnCustomer(desk.CustomerID(on)))
	}
	entries, _, err := o.AuditList(ctx, AuditFilter{Object: object, Limit: 100})
	if err != nil {
		return err
	}
	for _, e := range entries {
		if grantee(e) != who {
			continue
		}
		names, err := o.names(ctx, []desk.PrincipalID{desk.PrincipalID(e.By)})
		d.By, d.At = names[desk.PrincipalID(e.By)], e.At
		return err
	}
	return nil
}

// savePermissions makes the grants of the rows as they shall be.
func (o *op) savePermissions(ctx context.Context, sh *sheet, changes []RelationChange) error {
	var boxes []box
	for _, c := range changes {
		who, on := sh.pair(c.Row)
		words := strings.Fields(c.Now)
		for _, w := range words {
			if _, ok := permissionNamed(sh.columns, w); !ok {
				return desk.InvalidFields(map[string]string{"now": "The permission " + w + " is not offered here."})
			}
		}
		was := strings.Fields(desk.Fold(c.Was))
		for _, p := range sh.columns {
			on, name := desk.OnGroup(desk.GroupID(on)), desk.Fold(p.Name)
			wanted := slices.ContainsFunc(words, func(w string) bool { return desk.Fold(w) == name })
			if wanted != slices.Contains(was, name) {
				boxes = append(boxes, box{desk.Grant{Who: who, As: sh.as, Permission: p.ID, Place: on}, wanted})
			}
		}
	}
	return o.setGrants(ctx, boxes)
}

// saveMembers makes the memberships of the rows as they shall be.
func (o *op) saveMembers(ctx context.Context, sh *sheet, changes []RelationChange) error {
	var done []desk.AccessChange
	for _, c := range changes {
		if c.Was == c.Now {
			continue
		}
		who, customer := sh.pair(c.Row)
		m := desk.Membership{Group: customer, Member: who}
		if err := readMember(c.Now, &m); err != nil {
			return err
		}
		did, err := o.saveMember(ctx, m, c.Was != "", c.Now != "")
		if err != nil {
			return err
		}
		done = append(done, did)
	}
	if len(done) == 0 {
		return nil
	}
	return o.accessChanged(ctx, done...)
}

// readMember reads what memberState writes.
func readMember(text string, m *desk.Membership) error {
	for word := range strings.FieldsSeq(text) {
		key, value, _ := strings.Cut(word, ":")
		var err error
		switch key {
		case "primary":
			m.Primary = true
		case "from":
			m.From, err = desk.ParseDay(value)
		case "until":
			m.Until, err = desk.ParseDay(value)
		default:
			var ok bool
			if m.Part, ok = desk.ParsePart(word); !ok {
				err = desk.Errorf(desk.Invalid, "%q is not a part; write contact, reader, member or manager.", word)
			}
		}
		if err != nil {
			return desk.InvalidFields(map[string]string{"now": desk.Sentence(err)})
		}
	}
	return nil
}

// saveMember makes, changes or ends one membership.
func (o *op) saveMember(ctx context.Context, m desk.Membership, was, now bool) (desk.AccessChange, error) {
	switch {
	case !was:
		return o.join(ctx, m)
	case !now:
		return o.leave(ctx, m.Group, m.Member)
	}
	return o.changeMember(ctx, m)
}
