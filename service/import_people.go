package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/desk"
)

func (l *loader) users(ctx context.Context, list []UserRecord) error {
	var names []string
	for _, r := range list {
		names = append(append(names, r.Login), r.canonical()...)
	}
	known, err := l.UsersNamed(ctx, names)
	if err != nil {
		return err
	}
	for i := range list {
		if err := l.settle(list[i].Line, l.user(ctx, &list[i], known)); err != nil {
			return err
		}
	}
	return nil
}

// user makes or changes one user. known are the users by their folded names,
// and is kept up with what is changed.
func (l *loader) user(ctx context.Context, r *UserRecord, known map[string]*desk.User) error {
	old := known[desk.Fold(r.Login)]
	if old != nil && desk.Fold(old.Login) != desk.Fold(r.Login) {
		return desk.Errorf(desk.Conflict, "%s is an address of the user %s, so that nobody else can sign in by it.", r.Login, old.Login)
	}
	u := desk.User{Login: r.Login, Kind: desk.Contact, Created: l.s.Now()}
	if old != nil {
		u = *old
		u.Addresses = slices.Clone(old.Addresses)
	}
	r.apply(&u)
	if err := l.checkUser(ctx, &u); err != nil {
		return err
	}
	for _, a := range u.Addresses {
		if other := known[desk.Fold(a)]; other != nil && other.ID != u.ID {
			return desk.Errorf(desk.Conflict, "The address %s belongs to the user %s already.", a, other.Login)
		}
	}
	if old != nil {
		if err := l.byFile(ctx, old, &u); err != nil {
			return err
		}
		return l.changeUser(ctx, r.Line, old, u, known)
	}
	if err := l.InsertUser(ctx, &u); err != nil {
		return err
	}
	remember(known, &u)
	l.note(r.Line, change{"user.create", "user:" + u.Login, "", describeUser(u)}, desk.AccessChange{Kind: desk.ChangeUser, User: u.ID})
	return nil
}

// byFile refuses that a file changes what a directory says; the directory may.
func (l *loader) byFile(ctx context.Context, old, u *desk.User) error {
	if l.in.Source != "import" {
		return nil
	}
	return l.notByHand(ctx, old, u)
}

// canonical returns those of the addresses that can be some.
func (r *UserRecord) canonical() []string {
	var list []string
	if r.Addresses == nil {
		return nil
	}
	for _, a := range *r.Addresses {
		if canonical, err := canonicalAddress(a); err == nil {
			list = append(list, canonical)
		}
	}
	return list
}

func (r *UserRecord) apply(u *desk.User) {
	set(&u.Name, r.Name)
	set(&u.Language, r.Language)
	set(&u.Zone, r.Zone)
	set(&u.Disabled, r.Disabled)
	if r.Addresses != nil {
		u.Addresses = slices.Clone(*r.Addresses)
	}
	if r.Kind != 0 {
		u.Kind = r.Kind
	}
}

func remember(known map[string]*desk.User, u *desk.User) {
	known[desk.Fold(u.Login)] = u
	for _, a := range u.Addresses {
		known[desk.Fold(a)] = u
	}
}

func sameUser(a, b *desk.User) bool {
	return a.Login == b.Login && a.Name == b.Name && a.Kind == b.Kind && a.Disabled == b.Disabled && a.Language == b.Language && a.Zone == b.Zone &&
		slices.Equal(a.Addresses, b.Addresses)
}

func (l *loader) changeUser(ctx context.Context, line int, old *desk.User, u desk.User, known map[string]*desk.User) error {
	if sameUser(old, &u) {
		l.out.Unchanged++
		return nil
	}
	if _, err := l.userToChange(ctx, u.ID); err != nil {
		return err
	}
	if err := l.Tx.UpdateUser(ctx, &u); err != nil {
		return err
	}
	if u.Disabled {
		if err := l.DeleteSessionsOf(ctx, u.ID); err != nil {
			return err
		}
	}
	for _, a := range old.Addresses {
		delete(known, desk.Fold(a))
	}
	remember(known, &u)
	var changes []desk.AccessChange
	if u.Disabled != old.Disabled || u.Kind != old.Kind {
		changes = append(changes, desk.AccessChange{Kind: desk.ChangeUser, User: u.ID})
	}
	l.note(line, change{"user.update", "user:" + u.Login, describeUser(*old), describeUser(u)}, changes...)
	return nil
}

func (l *loader) customers(ctx context.Context, list []CustomerRecord) error {
	for i := range list {
		if err := l.settle(list[i].Line, l.customer(ctx, &list[i])); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) customer(ctx context.Context, r *CustomerRecord) error {
	key, err := desk.CheckName("customer", r.Key)
	if err != nil {
		return desk.InvalidFields(map[string]string{"key": "Give the customer a key: a short name of at most 200 characters."})
	}
	old, err := l.CustomerByKey(ctx, key)
	if err != nil && desk.KindOf(err) != desk.NotFound {
		return err
	}
	c := desk.Customer{Key: key}
	if old != nil {
		c = *old
	}
	r.apply(&c)
	if err := checkCustomer(&c); err != nil {
		return err
	}
	if old == nil {
		if err := l.InsertCustomer(ctx, &c); err != nil {
			return err
		}
		l.note(r.Line, change{"customer.create", "customer:" + c.Key, "", describeCustomer(c)})
		l.moved, l.changes = true, append(l.changes, desk.AccessChange{Kind: desk.ChangeAll})
		return nil
	}
	if sameCustomer(old, &c) {
		l.out.Unchanged++
		return nil
	}
	if err := l.Tx.UpdateCustomer(ctx, &c); err != nil {
		return err
	}
	var changes []desk.AccessChange
	if c.Disabled != old.Disabled {
		changes = append(changes, desk.AccessChange{Kind: desk.ChangeGroup, Group: desk.PrincipalID(c.ID)})
	}
	l.note(r.Line, change{"customer.update", "customer:" + c.Key, describeCustomer(*old), describeCustomer(c)}, changes...)
	return nil
}

func (r *CustomerRecord) apply(c *desk.Customer) {
	set(&c.Name, r.Name)
	set(&c.Street, r.Street)
	set(&c.City, r.City)
	set(&c.Country, r.Country)
	set(&c.Comment, r.Comment)
	set(&c.Disabled, r.Disabled)
	if r.Domains != nil {
		c.Domains = slices.Clone(*r.Domains)
	}
}

func sameCustomer(a, b *desk.Customer) bool {
	return a.Name == b.Name && a.Street == b.Street && a.City == b.City && a.Country == b.Country && a.Comment == b.Comment &&
		a.Disabled == b.Disabled && sameWords(a.Domains, b.Domains)
}

func sameWords(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// A loadedGroup is a group or customer of which records make members, or why
// they may not.
type loadedGroup struct {
	id       desk.PrincipalID
	object   string
	customer bool
	err      error
}

// groupNamed finds a group or customer once for all its records.
func (l *loader) groupNamed(ctx context.Context, ref string) (loadedGroup, error) {
	if g, ok := l.groups[ref]; ok {
		return g, nil
	}
	g, err := l.findGroup(ctx, ref)
	switch desk.KindOf(err) {
	case desk.NotFound, desk.Forbidden, desk.Invalid:
		g.err = err
	case 0:
	default:
		return g, err
	}
	l.groups[ref] = g
	return g, nil
}

func (l *loader) findGroup(ctx context.Context, ref string) (loadedGroup, error) {
	kind, name, _ := strings.Cut(ref, ":")
	if kind != "group" && kind != "customer" {
		return loadedGroup{}, desk.Errorf(desk.Invalid, "Write customer:KEY or group:NAME instead of %q.", ref)
	}
	none := desk.Errorf(desk.NotFound, "There is no %s %s.", kind, name)
	id, err := l.named(ctx, ref)
	if desk.KindOf(err) == desk.NotFound {
		return loadedGroup{}, none
	}
	if err != nil {
		return loadedGroup{}, err
	}
	g := loadedGroup{id: id, customer: kind == "customer"}
	g.object, err = l.mayChangeMembers(ctx, id, 0)
	if desk.KindOf(err) == desk.NotFound {
		err = none
	}
	return g, err
}

type pair = [2]desk.PrincipalID

// joining are the memberships of one chunk.
type joining struct {
	users map[string]*desk.User
	have  map[pair]desk.Membership // in the store
	fresh []desk.Membership        // to be added at the end
	at    map[pair]int             // where in fresh
}

func (l *loader) memberships(ctx context.Context, list []MembershipRecord) error {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = strings.TrimPrefix(r.Member, "user:")
	}
	j := &joining{at: map[pair]int{}}
	var err error
	if j.users, err = l.UsersNamed(ctx, names); err != nil {
		return err
	}
	resolved, err := l.resolve(ctx, list, j.users)
	if err != nil {
		return err
	}
	pairs := make([]pair, 0, len(list))
	for _, m := range resolved {
		pairs = append(pairs, pair{m.Group, m.Member})
	}
	if j.have, err = l.MembershipsAmong(ctx, pairs); err != nil {
		return err
	}
	for i := range list {
		if resolved[i].Member == 0 {
			continue
		}
		if err := l.settle(list[i].Line, l.join(ctx, &list[i], resolved[i], j)); err != nil {
			return err
		}
	}
	return l.flush(ctx, j)
}

func (l *loader) flush(ctx context.Context, j *joining) error {
	err := l.AddMemberships(ctx, j.fresh)
	for _, m := range j.fresh {
		j.have[pair{m.Group, m.Member}] = m
	}
	j.fresh = j.fresh[:0]
	clear(j.at)
	return err
}

// resolve finds group and member of each record; bad ones stay zero.
func (l *loader) resolve(ctx context.Context, list []MembershipRecord, users map[string]*desk.User) ([]desk.Membership, error) {
	resolved := make([]desk.Membership, len(list))
	for i, r := range list {
		g, err := l.groupNamed(ctx, r.Group)
		if err != nil {
			return nil, err
		}
		var member desk.PrincipalID
		err = g.err
		if err == nil {
			member, err = l.memberNamed(ctx, r.Member, users)
		}
		if err == nil && !g.customer && (r.Part != desk.PartNone || r.Primary != nil && *r.Primary) {
			err = desk.Errorf(desk.Invalid, "Only at a customer does one have a part.")
		}
		if err != nil {
			if err := l.settle(r.Line, err); err != nil {
				return nil, err
			}
			continue
		}
		resolved[i] = desk.Membership{Group: g.id, Member: member, Source: l.in.Source}
		if g.customer {
			resolved[i].Part = desk.PartMember
		}
	}
	return resolved, nil
}

func (l *loader) memberNamed(ctx context.Context, ref string, users map[string]*desk.User) (desk.PrincipalID, error) {
	none := desk.Errorf(desk.NotFound, "There is no %s.", ref)
	kind, _, _ := strings.Cut(ref, ":")
	if kind == "group" || kind == "customer" {
		id, err := l.named(ctx, ref)
		if desk.KindOf(err) == desk.NotFound || err == nil && !l.mayKnow(id) {
			return 0, none
		}
		return id, err
	}
	u := users[desk.Fold(strings.TrimPrefix(ref, "user:"))]
	if u == nil || !l.mayKnow(desk.PrincipalID(u.ID)) {
		return 0, desk.Errorf(desk.NotFound, "There is no user %s.", strings.TrimPrefix(ref, "user:"))
	}
	return desk.PrincipalID(u.ID), nil
}

// join makes or changes one membership. What is new waits in j for the end of
// the chunk, but for groups in groups, which could close a circle.
func (l *loader) join(ctx context.Context, r *MembershipRecord, m desk.Membership, j *joining) error {
	key := pair{m.Group, m.Member}
	old, known := j.have[key]
	at, waiting := j.at[key]
	if waiting {
		old = j.fresh[at]
	}
	if known || waiting {
		m = old
	}
	if r.Part != desk.PartNone {
		m.Part = r.Part
	}
	set(&m.Primary, r.Primary)
	set(&m.From, r.From)
	set(&m.Until, r.Until)
	object := l.groups[r.Group].object
	switch {
	case m.From != 0 && m.Until != 0 && m.Until < m.From:
		return desk.InvalidFields(map[string]string{"until": "The last day is before the first."})
	case (known || waiting) && m == old:
		l.out.Unchanged++
		return nil
	case l.trustedWith(m.Group) != nil:
		return l.trustedWith(m.Group)
	case known || waiting:
		if err := l.flush(ctx, j); err != nil {
			return err
		}
		if err := l.UpdateMembership(ctx, m); err != nil {
			return err
		}
		j.have[key] = m
		l.note(r.Line, change{"member.update", object, describeMembership(old), describeMembership(m)}, memberChanged(m))
		return nil
	case strings.HasPrefix(r.Member, "group:"), strings.HasPrefix(r.Member, "customer:"):
		if err := l.nest(ctx, m); err != nil {
			return err
		}
		j.have[key] = m
	default:
		if m.Primary {
			forgetPrimary(j, m.Member)
		}
		j.at[key] = len(j.fresh)
		j.fresh = append(j.fresh, m)
	}
	l.note(r.Line, change{"member.add", object, "", describeMembership(m)}, memberChanged(m))
	return nil
}

// forgetPrimary takes the flag from memberships that wait: the last one has it.
func forgetPrimary(j *joining, member desk.PrincipalID) {
	for i := range j.fresh {
		if j.fresh[i].Member == member {
			j.fresh[i].Primary = false
		}
	}
}

// nest puts a group or customer into another, unless it would close a circle
// with what is in the store or was brought in before.
func (l *loader) nest(ctx context.Context, m desk.Membership) error {
	seen := map[desk.PrincipalID]bool{m.Group: true}
	for queue := []desk.PrincipalID{m.Group}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == m.Member {
			return desk.Errorf(desk.Conflict, "This would make a circle of groups.")
		}
		above, err := l.MembershipsOf(ctx, queue[0])
		if err != nil {
			return err
		}
		for _, up := range above {
			if !seen[up.Group] {
				seen[up.Group] = true
				queue = append(queue, up.Group)
			}
		}
	}
	return l.AddMembership(ctx, m)
}
