package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gatehouse/access"
	"gatehouse/desk"
)

const (
	effectQueues = 3    // queues that are told apart where only some tickets are gained
	effectLines  = 50   // lines of gains, and of losses
	effectPeople = 10   // names of a line
	effectCounts = 40   // questions for numbers of tickets
	effectMost   = 1000 // tickets that are counted in one
)

// effect words the difference between two engines.
func (o *op) effect(ctx context.Context, before, after *access.Engine) (*Effect, error) {
	old, now := before.Scoper(), after.Scoper()
	list := access.DiffBy(old, now)
	slices.SortStableFunc(list, func(a, b access.Difference) int { return cmp.Compare(len(b.Users), len(a.Users)) })
	effect := &Effect{Version: before.Version()}
	counts := effectCounts
	gains := &reckoning{o: o, widening: before.WideningTo(after), counts: &counts}
	losses := &reckoning{o: o, widening: after.WideningTo(before), counts: &counts}
	for _, d := range list {
		gains.scopes, losses.scopes = nil, nil
		for _, r := range d.Tickets.List() {
			was, is := old.Scope(d.Users[0], r), now.Scope(d.Users[0], r)
			gains.scopes, losses.scopes = append(gains.scopes, scopePair{r, was, is}), append(losses.scopes, scopePair{r, is, was})
		}
		if err := gains.add(ctx, d, func(t access.ThingChange) desk.RightSet { return t.Gained }); err != nil {
			return nil, err
		}
		if err := losses.add(ctx, d, func(t access.ThingChange) desk.RightSet { return t.Lost }); err != nil {
			return nil, err
		}
		if gains.said || losses.said {
			effect.People += len(d.Users)
		}
		gains.said, losses.said = false, false
	}
	var err error
	if effect.Gains, effect.MoreGains, err = gains.worded(ctx); err != nil {
		return nil, err
	}
	effect.Losses, effect.MoreLosses, err = losses.worded(ctx)
	return effect, err
}

// A reckoning sums up what is gained from one engine to another; losses are
// what is gained the other way round.
type reckoning struct {
	o        *op
	widening access.Widening
	scopes   []scopePair // by right, of the users whose difference is added
	counts   *int        // questions for numbers of tickets that may still be asked, of both
	lines    []*reckoned
	said     bool // something was added
}

// A scopePair are the tickets on which somebody has a right before and after.
type scopePair struct {
	right         desk.Right
	before, after desk.Scope
}

// A reckoned line holds for all of its users.
type reckoned struct {
	place   desk.Place
	rights  desk.RightSet
	tickets Tally
	users   []desk.UserID
}

// add adds what one difference gives.
func (k *reckoning) add(ctx context.Context, d access.Difference, gained func(access.ThingChange) desk.RightSet) error {
	rights := map[desk.Place]desk.RightSet{}
	for _, t := range d.Things {
		if set := gained(t) & meaningOn(t.Place.Kind); set != 0 {
			rights[t.Place] = set
		}
	}
	onAll := rights[desk.OnSystem()]
	counted, err := k.count(ctx, d, rights)
	if err != nil {
		return err
	}
	tallies := map[onPlace]Tally{}
	for _, c := range counted {
		for _, r := range c.rights.List() {
			for place, tally := range c.of(r, rights, onAll.Has(r)) {
				rights[place] |= desk.RightsOf(r)
				tallies[onPlace{place, r}] = tally
			}
		}
	}
	for place, set := range rights {
		byTally := map[Tally]desk.RightSet{}
		for _, r := range set.List() {
			byTally[tallies[onPlace{place, r}]] |= desk.RightsOf(r)
		}
		for tally, some := range byTally {
			k.line(reckoned{place: place, rights: some, tickets: tally}, d.Users)
		}
	}
	return nil
}

// onPlace is one right in one place.
type onPlace struct {
	place desk.Place
	right desk.Right
}

// meaningOn are the rights that mean something on a thing of that kind itself.
func meaningOn(kind desk.PlaceKind) desk.RightSet {
	var set desk.RightSet
	for _, r := range desk.EveryRight().List() {
		if r.GrantableOn(kind) && (kind != desk.GroupPlace || !r.OfQueues()) {
			set |= desk.RightsOf(r)
		}
	}
	return set
}

// line adds the users to the line that says the same, or a new one.
func (k *reckoning) line(l reckoned, users []desk.UserID) {
	k.said = true
	for _, old := range k.lines {
		if old.place == l.place && old.rights == l.rights && old.tickets == l.tickets {
			old.users = append(old.users, users...)
			return
		}
	}
	l.users = slices.Clone(users)
	k.lines = append(k.lines, &l)
}

// A counted is on how many tickets of each queue some rights are gained.
type counted struct {
	rights  desk.RightSet
	queues  map[desk.QueueID]int
	more    bool
	about   bool
	unknown bool
	ahead   bool // there is none yet, but there may be one day
	// elsewhere: there may be one outside the queues that are gained as a whole.
	elsewhere bool
}

// onTickets is the place of a right that is gained on tickets here and there.
func onTickets() desk.Place { return desk.Place{Kind: desk.TicketPlace} }

// of returns the tallies of a right by place: the whole desk where the right is
// gained on it as one, else the queues, the more of which he gains only tickets
// here and there as one.
func (c *counted) of(r desk.Right, things map[desk.Place]desk.RightSet, asOne bool) map[desk.Place]Tally {
	list := map[desk.Place]Tally{}
	add := func(p desk.Place, n int) {
		sum := list[p].Count + n
		list[p] = Tally{Count: min(sum, effectMost), More: c.more, About: c.about && sum > 0}
	}
	switch {
	case c.unknown && asOne:
		list[desk.OnSystem()] = Tally{Unknown: true}
	case c.unknown:
		list[onTickets()] = Tally{Unknown: true}
	case len(c.queues) == 0 && c.elsewhere && !asOne:
		add(onTickets(), 0)
	}
	few := len(c.queues) <= effectQueues
	for q, n := range c.queues {
		switch {
		case asOne:
			add(desk.OnSystem(), n)
		case few || things[desk.OnQueue(q)].Has(r):
			add(desk.OnQueue(q), n)
		default:
			add(onTickets(), n)
		}
	}
	return list
}

// count counts the tickets that the users of a difference gain, rights of which
// the same tickets are gained together. It asks for one of them, and for none
// that cannot gain any. The rights that are gained on things stand in things.
func (k *reckoning) count(ctx context.Context, d access.Difference, things map[desk.Place]desk.RightSet) ([]counted, error) {
	var pairs []scopePair
	var list []counted
	for _, p := range k.scopes {
		same := slices.IndexFunc(pairs, func(q scopePair) bool { return q.before.Equal(&p.before) && q.after.Equal(&p.after) })
		if same >= 0 {
			list[same].rights |= desk.RightsOf(p.right)
			continue
		}
		c := counted{rights: desk.RightsOf(p.right), ahead: k.widening.Opens(&p.before, &p.after)}
		c.about = len(d.Users) > 1 && (personal(&p.before) || personal(&p.after))
		c.unknown = c.ahead && *k.counts <= 0
		rest := p.after
		rest.Queues = slices.DeleteFunc(slices.Clone(rest.Queues), func(q desk.QueueReach) bool {
			return q.Reach.All && things[desk.OnQueue(q.Queue)].Has(p.right)
		})
		c.elsewhere = c.ahead && k.widening.Opens(&p.before, &rest)
		if c.ahead && !c.unknown {
			*k.counts--
			var err error
			if c.queues, c.more, err = k.o.CountGained(ctx, &p.after, &p.before, effectMost); err != nil {
				return nil, err
			}
		}
		pairs, list = append(pairs, p), append(list, c)
	}
	return list, nil
}

// personal reports whether it depends on the user himself which tickets the
// scope covers.
func personal(s *desk.Scope) bool {
	return !s.All && (s.Contact || s.RolesElsewhere != 0 || len(s.Roles) > 0 ||
		slices.ContainsFunc(s.Queues, func(q desk.QueueReach) bool { return q.Reach.Named || len(q.Reach.Reported) > 0 }))
}

// worded returns the lines with names, those of most people first, and how many
// more there are.
func (k *reckoning) worded(ctx context.Context) ([]EffectLine, int, error) {
	k.hide()
	slices.SortStableFunc(k.lines, func(a, b *reckoned) int {
		return cmp.Or(cmp.Compare(len(b.users), len(a.users)), cmp.Compare(a.place.Kind, b.place.Kind),
			cmp.Compare(a.place.ID, b.place.ID), cmp.Compare(a.rights, b.rights), cmp.Compare(b.tickets.Count, a.tickets.Count))
	})
	more := max(0, len(k.lines)-effectLines)
	var lines []EffectLine
	for _, l := range k.lines[:len(k.lines)-more] {
		slices.Sort(l.users)
		line := EffectLine{Total: len(l.users), Rights: l.rights.Names(), Tickets: l.tickets}
		switch l.place.Kind {
		case 0:
		case desk.TicketPlace:
			line.Where = "tickets"
		default:
			line.Where = k.o.placeName(ctx, l.place)
		}
		var ids []desk.PrincipalID
		for _, u := range l.users {
			if len(ids) < effectPeople && k.o.mayKnow(desk.PrincipalID(u)) {
				ids = append(ids, desk.PrincipalID(u))
			}
		}
		names, err := k.o.names(ctx, ids)
		if err != nil {
			return nil, 0, fmt.Errorf("naming who gains or loses: %w", err)
		}
		for _, id := range ids {
			if n := names[id]; n.Ref != "" { // else he was made in the rehearsal
				line.People = append(line.People, n)
			}
		}
		lines = append(lines, line)
	}
	return lines, more, nil
}

// hide puts everything that is about things of which the actor may not know
// into one line that only says who.
func (k *reckoning) hide() {
	lines := k.lines
	k.lines = nil
	hidden := map[desk.UserID]bool{}
	for _, l := range lines {
		if k.o.knowsPlace(l.place) {
			k.lines = append(k.lines, l)
			continue
		}
		for _, u := range l.users {
			hidden[u] = true
		}
	}
	if len(hidden) > 0 {
		l := &reckoned{}
		for u := range hidden {
			l.users = append(l.users, u)
		}
		k.lines = append(k.lines, l)
	}
}

// knowsPlace reports whether the actor may know that there is such a thing.
func (o *op) knowsPlace(p desk.Place) bool {
	if o.seesGrantsOn(p) {
		return true
	}
	x := access.Object{Place: p}
	switch p.Kind {
	case desk.SystemPlace, desk.TicketPlace:
		return o.isAgent()
	case desk.QueuePlace:
		return o.canAny(x, desk.SeeQueue, desk.AdminQueue)
	case desk.GroupPlace:
		return o.canAny(x, desk.SeeGroup, desk.AdminGroup, desk.AdminGroupMembership)
	case desk.FieldPlace:
		return o.isAgent() && o.canAny(x, desk.SeeCustomField, desk.AdminCustomField)
	case desk.CustomerPlace:
		return o.canAny(x, desk.SeeCustomer, desk.ModifyCustomer, desk.AdminCustomer) || o.mayKnow(desk.PrincipalID(p.ID))
	}
	return false
}
