package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gatehouse/desk"
)

// A storedFact is a row of access_fact.
type storedFact struct {
	line          int64
	kind          string
	before, after string // JSON, or empty
}

// facts reads noted rows, oldest first or as the condition says.
func (tx *Tx) facts(ctx context.Context, rest string, args ...any) ([]storedFact, error) {
	var list []storedFact
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var f storedFact
		var line sql.NullInt64
		var before, after sql.NullString
		err := rows.Scan(&line, &f.kind, &before, &after)
		f.line, f.before, f.after = line.Int64, before.String, after.String
		list = append(list, f)
		return err
	}, `SELECT f.line, f.kind, f.before_row, f.after_row FROM access_fact f`+rest, args...)
	return list, err
}

// claimFacts gives the rows that the transaction has changed to the line of the
// audit log that is being written, and returns their digest.
func (tx *Tx) claimFacts(ctx context.Context, line int64) (string, error) {
	list, err := tx.facts(ctx, ` WHERE f.line IS NULL ORDER BY f.id`)
	if err != nil || len(list) == 0 {
		return "", tx.wrap(err, "read what was changed for audit line", line)
	}
	_, err = tx.exec(ctx, `UPDATE access_fact SET line = $1 WHERE line IS NULL`, line)
	return digestOf(list), tx.wrap(err, "note what was changed with audit line", line)
}

// digestOf is the SHA-256 in hex of rows as they are stored.
func digestOf(list []storedFact) string {
	hash := sha256.New()
	for _, f := range list {
		fmt.Fprintf(hash, "%q %q %q\n", f.kind, f.before, f.after)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// claimRest writes a line of the audit log for what the transaction has changed
// of access without saying so.
func (tx *Tx) claimRest(ctx context.Context) error {
	if !tx.bumped {
		return nil
	}
	var rest bool
	if err := tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM access_fact WHERE line IS NULL)`).Scan(&rest); err != nil {
		return tx.wrap(err, "look for changes without an audit line", "")
	}
	if !rest {
		return nil
	}
	return tx.Audit(ctx, &desk.AuditEntry{Action: "access.follows", Object: "system"})
}

// digests returns the digest of the rows of each line.
func (tx *Tx) digests(ctx context.Context) (map[int64]string, error) {
	list, err := tx.facts(ctx, ` WHERE f.line IS NOT NULL ORDER BY f.line, f.id`)
	if err != nil {
		return nil, err
	}
	byLine := map[int64]string{}
	for i := 0; i < len(list); {
		j := i
		for ; j < len(list) && list[j].line == list[i].line; j++ {
		}
		byLine[list[i].line] = digestOf(list[i:j])
		i = j
	}
	return byLine, nil
}

// AccessFacts returns the rows that a change has touched, in order; a change is
// named by the first line of the audit log that its transaction wrote.
func (tx *Tx) AccessFacts(ctx context.Context, change int64) ([]desk.AccessFact, error) {
	list, err := tx.facts(ctx, ` JOIN audit a ON a.id = f.line WHERE a.change = $1 ORDER BY f.id`, change)
	if err != nil {
		return nil, tx.wrap(err, "read what was touched by change", change)
	}
	facts := make([]desk.AccessFact, 0, len(list))
	for _, f := range list {
		fact, err := f.read()
		if err != nil {
			return nil, tx.wrap(err, "read what was touched by change", change)
		}
		facts = append(facts, fact)
	}
	return facts, nil
}

// TouchedAccess returns those of some changes that have touched anything of
// access, which is what AccessFacts returns of them, or of life cycles.
func (tx *Tx) TouchedAccess(ctx context.Context, changes []int64) (map[int64]bool, error) {
	touched := map[int64]bool{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var change int64
		err := rows.Scan(&change)
		touched[change] = true
		return err
	}, `SELECT DISTINCT a.change FROM audit a JOIN access_fact f ON f.line = a.id WHERE a.change IN (`+tx.d.inList(1)+`)
		UNION SELECT change FROM life_cycle_change WHERE change IN (`+tx.d.inList(1)+`)`, tx.d.list(changes))
	return touched, tx.wrap(err, "read which changes touched access", "")
}

// WorldAt returns all that access depends on but the tickets as it stood at a
// moment: the present world, with every row of the audit log since then undone.
// Before the desk kept such rows it is as at the first of them.
func (tx *Tx) WorldAt(ctx context.Context, at time.Time) (*desk.World, error) {
	w, err := tx.worldBefore(ctx, ` JOIN audit a ON a.id = f.line WHERE a.at > $1`, micros(at))
	if err != nil {
		return nil, tx.wrap(err, "read the world at", at)
	}
	w.Today = desk.DayOf(at.UTC())
	return w, nil
}

// WorldAfter is WorldAt for the moment after a line of the audit log; Today is
// the present day.
func (tx *Tx) WorldAfter(ctx context.Context, line int64) (*desk.World, error) {
	w, err := tx.worldBefore(ctx, ` WHERE f.line > $1`, line)
	return w, tx.wrap(err, "read the world after audit line", line)
}

// worldBefore is the present world without what some rows have changed.
func (tx *Tx) worldBefore(ctx context.Context, rows string, arg int64) (*desk.World, error) {
	w, err := tx.World(ctx)
	if err != nil {
		return nil, err
	}
	list, err := tx.facts(ctx, rows+` ORDER BY f.id DESC`, arg)
	if err != nil {
		return nil, err
	}
	past := newPast(w)
	for _, f := range list {
		fact, err := f.read()
		if err != nil {
			return nil, err
		}
		past.undo(&fact)
	}
	past.write(w)
	return w, nil
}

// AccessLines returns the lines of the audit log after a moment that have
// changed anything of access, the oldest first; of each only ID and At are set.
func (tx *Tx) AccessLines(ctx context.Context, since time.Time) ([]desk.AuditEntry, error) {
	var list []desk.AuditEntry
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var e desk.AuditEntry
		if err := rows.Scan(&e.ID, when(&e.At)); err != nil {
			return err
		}
		list = append(list, e)
		return nil
	}, `SELECT a.id, a.at FROM audit a WHERE a.at > $1 AND EXISTS (SELECT 1 FROM access_fact f WHERE f.line = a.id) ORDER BY a.id`, micros(since))
	return list, tx.wrap(err, "list what changed access since", since)
}

// read turns a row into what it says.
func (f storedFact) read() (desk.AccessFact, error) {
	fact := desk.AccessFact{Line: f.line}
	for _, side := range []struct {
		text    string
		to      *desk.World
		setting *string
	}{{f.before, &fact.Before, &fact.WasSetting}, {f.after, &fact.After, &fact.IsSetting}} {
		if side.text == "" {
			continue
		}
		row := factRow{}
		if err := json.Unmarshal([]byte(side.text), &row); err != nil {
			return fact, fmt.Errorf("reading a row of kind %s: %w", f.kind, err)
		}
		if f.kind == "setting" {
			fact.Setting, *side.setting = row.Name, row.Value
		} else if err := row.add(side.to, f.kind); err != nil {
			return fact, err
		}
	}
	return fact, nil
}

// A factRow holds the columns of all kinds of rows.
type factRow struct {
	ID, Member, Role, Queue, Who, Delegator int64
	Kind, Disabled, Everywhere, Part        int64
	Personal, Permission                    int64
	OwnOnly                                 int64           `json:"own_only"`
	GroupID                                 int64           `json:"group_id"`
	IsPrimary                               int64           `json:"is_primary"`
	Source                                  json.RawMessage // a text, or the number of a grant
	FromDay                                 desk.Day        `json:"from_day"`
	UntilDay                                desk.Day        `json:"until_day"`
	AccessGroup                             int64           `json:"access_group"`
	Agents, Contacts                        string
	AsRoles                                 int64  `json:"as_roles"`
	RightName                               string `json:"right_name"`
	PlaceKind                               int64  `json:"place_kind"`
	PlaceID                                 int64  `json:"place_id"`
	Name, Value                             string
}

// add puts the row into a world.
func (r *factRow) add(w *desk.World, kind string) error {
	var err error
	switch kind {
	case "user":
		w.Users = append(w.Users, desk.WorldUser{ID: desk.UserID(r.ID), Kind: desk.UserKind(r.Kind), Disabled: r.Disabled != 0})
	case "group", "customer":
		w.Groups = append(w.Groups, desk.WorldGroup{ID: desk.PrincipalID(r.ID), Customer: kind == "customer",
			Disabled: r.Disabled != 0, Personal: desk.UserID(r.Personal), OwnOnly: r.OwnOnly != 0})
	case "membership":
		m := desk.Membership{Group: desk.PrincipalID(r.GroupID), Member: desk.PrincipalID(r.Member), Part: desk.Part(r.Part),
			Primary: r.IsPrimary != 0, From: r.FromDay, Until: r.UntilDay}
		err = json.Unmarshal(r.Source, &m.Source)
		w.Memberships = append(w.Memberships, m)
	case "queue":
		w.Queues = append(w.Queues, desk.WorldQueue{ID: desk.QueueID(r.ID), AccessGroup: desk.GroupID(r.AccessGroup), Disabled: r.Disabled != 0})
	case "role":
		w.Roles = append(w.Roles, desk.Role{ID: desk.RoleID(r.ID), Disabled: r.Disabled != 0, Everywhere: r.Everywhere != 0})
	case "role_queue":
		w.Roles = append(w.Roles, desk.Role{ID: desk.RoleID(r.Role), Queues: []desk.QueueID{desk.QueueID(r.Queue)}})
	case "watcher":
		w.Watchers = append(w.Watchers, desk.Watcher{Queue: desk.QueueID(r.Queue), Role: desk.RoleID(r.Role), Who: desk.PrincipalID(r.Who)})
	case "permission":
		p := desk.Permission{ID: desk.PermissionID(r.ID), Disabled: r.Disabled != 0}
		err = cmp.Or(rightSet{&p.Agents}.Scan(r.Agents), rightSet{&p.Contacts}.Scan(r.Contacts))
		w.Permissions = append(w.Permissions, p)
	case "grant":
		g := desk.Grant{ID: desk.GrantID(r.ID), Who: desk.PrincipalID(r.Who), As: desk.RoleSet(r.AsRoles),
			Permission: desk.PermissionID(r.Permission), Place: desk.Place{Kind: desk.PlaceKind(r.PlaceKind), ID: r.PlaceID},
			Until: r.UntilDay, Delegator: desk.UserID(r.Delegator)}
		g.Right, _ = desk.ParseRight(r.RightName)
		err = json.Unmarshal(r.Source, &g.Source)
		w.Grants = append(w.Grants, g)
	default:
		err = fmt.Errorf("a row is of the kind %s, which is unknown", kind)
	}
	return err
}

// setSwitch sets the switch of that name.
func setSwitch(s *desk.AccessSettings, name, value string) {
	switch name {
	case SettingGroupSupport:
		s.GroupSupport = value != "off"
	case SettingOtherCustomers:
		s.OtherCustomers = value != "off"
	case SettingCompanyTickets:
		s.CompanyTickets = value != "off"
	}
}

// A past is a world on its way back.
type past struct {
	users       map[desk.UserID]desk.WorldUser
	groups      map[desk.PrincipalID]desk.WorldGroup
	memberships map[[2]desk.PrincipalID]desk.Membership
	queues      map[desk.QueueID]desk.WorldQueue
	roles       map[desk.RoleID]desk.Role
	permissions map[desk.PermissionID]desk.Permission
	grants      map[desk.GrantID]desk.Grant
	watchers    map[desk.Watcher]desk.Watcher
	settings    desk.AccessSettings
}

func userKey(u desk.WorldUser) desk.UserID        { return u.ID }
func groupKey(g desk.WorldGroup) desk.PrincipalID { return g.ID }
func membershipKey(m desk.Membership) [2]desk.PrincipalID {
	return [2]desk.PrincipalID{m.Group, m.Member}
}
func queueKey(q desk.WorldQueue) desk.QueueID           { return q.ID }
func permissionKey(p desk.Permission) desk.PermissionID { return p.ID }
func grantID(g desk.Grant) desk.GrantID                 { return g.ID }
func watcherKey(w desk.Watcher) desk.Watcher            { return w }
func comparePairs(a, b [2]desk.PrincipalID) int         { return slices.Compare(a[:], b[:]) }
func compareWatchers(a, b desk.Watcher) int {
	return cmp.Or(cmp.Compare(a.Queue, b.Queue), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Who, b.Who))
}

func newPast(w *desk.World) *past {
	p := &past{users: keyed(w.Users, userKey), groups: keyed(w.Groups, groupKey), memberships: keyed(w.Memberships, membershipKey),
		queues: keyed(w.Queues, queueKey), permissions: keyed(w.Permissions, permissionKey), grants: keyed(w.Grants, grantID),
		watchers: keyed(w.Watchers, watcherKey), settings: w.Settings, roles: map[desk.RoleID]desk.Role{}}
	for _, id := range desk.BuiltinRoles.List() {
		p.roles[id] = desk.Role{ID: id, Everywhere: true}
	}
	for _, r := range w.Roles {
		p.roles[r.ID] = r
	}
	return p
}

func keyed[K comparable, V any](list []V, key func(V) K) map[K]V {
	m := make(map[K]V, len(list))
	for _, v := range list {
		m[key(v)] = v
	}
	return m
}

// undo puts things back as they were before.
func (p *past) undo(f *desk.AccessFact) {
	back(p.users, f.Before.Users, f.After.Users, userKey)
	back(p.groups, f.Before.Groups, f.After.Groups, groupKey)
	back(p.memberships, f.Before.Memberships, f.After.Memberships, membershipKey)
	back(p.queues, f.Before.Queues, f.After.Queues, queueKey)
	back(p.permissions, f.Before.Permissions, f.After.Permissions, permissionKey)
	back(p.grants, f.Before.Grants, f.After.Grants, grantID)
	back(p.watchers, f.Before.Watchers, f.After.Watchers, watcherKey)
	p.undoRole(f)
	if f.Setting != "" {
		setSwitch(&p.settings, f.Setting, f.WasSetting)
	}
}

func back[K comparable, V any](m map[K]V, before, after []V, key func(V) K) {
	for _, v := range after {
		delete(m, key(v))
	}
	for _, v := range before {
		m[key(v)] = v
	}
}

// undoRole tells rows of roles from those that say in which queue one is used.
func (p *past) undoRole(f *desk.AccessFact) {
	if q, ok := f.RoleQueue(); ok {
		r := p.roles[q.Role]
		r.Queues = slices.DeleteFunc(slices.Clone(r.Queues), func(id desk.QueueID) bool { return id == q.Queue })
		if len(f.Before.Roles) > 0 {
			r.Queues = append(r.Queues, q.Queue)
			slices.Sort(r.Queues)
		}
		p.roles[q.Role] = r
		return
	}
	for _, r := range f.After.Roles {
		if len(f.Before.Roles) == 0 {
			delete(p.roles, r.ID)
		}
	}
	for _, r := range f.Before.Roles {
		r.Queues = p.roles[r.ID].Queues
		p.roles[r.ID] = r
	}
}

// write puts the lists back into the world, as World sorts them.
func (p *past) write(w *desk.World) {
	w.Users, w.Groups = listed(p.users, cmp.Compare), listed(p.groups, cmp.Compare)
	w.Memberships, w.Queues = listed(p.memberships, comparePairs), listed(p.queues, cmp.Compare)
	w.Permissions, w.Grants = listed(p.permissions, cmp.Compare), listed(p.grants, cmp.Compare)
	w.Watchers, w.Settings = listed(p.watchers, compareWatchers), p.settings
	w.Roles = slices.DeleteFunc(listed(p.roles, cmp.Compare), func(r desk.Role) bool { return r.ID.Builtin() && !r.Disabled })
}

func listed[K comparable, V any](m map[K]V, compare func(a, b K) int) []V {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	var list []V
	for _, k := range keys {
		list = append(list, m[k])
	}
	return list
}
