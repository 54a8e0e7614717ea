package service

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// A Blueprint is a working schema that is set up at once: queues, groups,
// grants and rules that belong together.
type Blueprint struct {
	Name string
	Asks []string // names of what it must be told, in order: queue, address, group, managers
	// Rules are the rules that it makes, with % in the place of the queue.
	Rules []WrittenRule
	build func(b *building) error
}

// Words of what blueprints ask.
const (
	AskQueue    = "queue"
	AskAddress  = "address" // of the queue; may be left out
	AskGroup    = "group"
	AskManagers = "managers"
	// AskLanguage is that of the names that it gives by itself, those of its
	// rules: en or de. Nothing asks for it; empty: the desk's.
	AskLanguage = "language"
)

// blueprints are the schemas that ship.
func blueprints() []Blueprint {
	return []Blueprint{
		{Name: "public-support", Asks: []string{AskQueue, AskAddress, AskGroup}, build: buildPublicSupport},
		{Name: "helpers", Asks: []string{AskQueue}, build: buildHelpers},
		{Name: "watching", Asks: []string{AskQueue, AskGroup}, build: buildWatching},
		{Name: "departments", Asks: []string{AskQueue, AskAddress, AskGroup, AskManagers}, build: buildDepartment, Rules: []WrittenRule{
			{Name: "%: managers hear every reply", On: []string{string(desk.OnAgentReply)}, Letter: managersLetter},
			{Name: "%: managers hear of what waits", On: []string{string(desk.OnWaiting)}, Hours: 48},
		}},
		{Name: "mailing-list", Asks: []string{AskQueue, AskAddress, AskGroup}, build: buildMailingList, Rules: []WrittenRule{
			{Name: "%: everybody on the list hears", On: []string{string(desk.OnCreated), string(desk.OnReply)}},
		}},
		{Name: "approvals", Asks: []string{AskQueue, AskAddress}, build: buildApprovals},
		{Name: "portal", Asks: []string{AskQueue, AskAddress, AskGroup}, build: buildPortal},
	}
}

// ruleNames are the names of a blueprint's rule, by language, with % in the place
// of the queue.
func ruleNames(english string) map[string]string {
	german := map[string]string{
		"%: managers hear every reply":   "%: Die Leitung liest jede Antwort",
		"%: managers hear of what waits": "%: Die Leitung erfährt, was wartet",
		"%: everybody on the list hears": "%: Alle auf der Liste lesen mit",
	}
	return map[string]string{"en": english, "de": german[english]}
}

// RuleNames are the names of the rules that it makes, in a language (en or de),
// with % in the place of the queue.
func (b *Blueprint) RuleNames(language string) []string {
	var names []string
	for _, r := range b.Rules {
		names = append(names, cmp.Or(ruleNames(r.Name)[language], r.Name))
	}
	return names
}

// managersLetter is what managers get of every reply to a customer.
const managersLetter = `{{event.says}}
{{waited}}

{{message.text}}

--
{{ticket.line}}
{{ticket.for}}
{{ticket.url}}

{{why}}`

// Rights of those who work in a queue, and of those who read in it.
func working() []desk.Right {
	return []desk.Right{desk.SeeQueue, desk.CreateTicket, desk.ShowTicket, desk.ShowTicketComments, desk.ShowOutgoingEmail, desk.ReplyToTicket,
		desk.CommentOnTicket, desk.ModifyTicket, desk.OwnTicket, desk.TakeTicket, desk.StealTicket}
}

func reading() []desk.Right {
	return []desk.Right{desk.SeeQueue, desk.ShowTicket, desk.ShowTicketComments}
}

// Blueprints returns the working schemas, to those who may set some up: it asks
// for AdminQueue and ModifyACL on the desk.
func (s *Service) Blueprints(ctx context.Context, by desk.Actor) ([]Blueprint, error) {
	var list []Blueprint
	err := s.view(ctx, by, func(o *op) error {
		if err := o.mayBuild(); err != nil {
			return err
		}
		list = blueprints()
		return nil
	})
	return list, err
}

// Blueprint returns the working schema of a name. It asks what Blueprints asks.
func (s *Service) Blueprint(ctx context.Context, by desk.Actor, name string) (*Blueprint, error) {
	var found *Blueprint
	err := s.view(ctx, by, func(o *op) error {
		err := o.mayBuild()
		if err == nil {
			found, err = blueprintNamed(name)
		}
		return err
	})
	return found, err
}

func blueprintNamed(name string) (*Blueprint, error) {
	var names []string
	for _, b := range blueprints() {
		if b.Name == name {
			return &b, nil
		}
		names = append(names, b.Name)
	}
	there := strings.Join(names, ", ")
	if maybe := perhaps(name, names); maybe != "" {
		return nil, desk.Errorf(desk.NotFound, "There is no blueprint %s%s There are %s.", name, maybe, there)
	}
	return nil, desk.Errorf(desk.NotFound, "There is no blueprint %s; there are %s.", name, there)
}

func (o *op) mayBuild() error {
	if err := o.need(desk.AdminQueue, access.System()); err != nil {
		return err
	}
	return o.need(desk.ModifyACL, access.System())
}

// ApplyBlueprint sets a schema up in one transaction and returns the number of
// the change, by which it is taken back. What is there of the names given is used,
// what is not is made; what is granted already stays. It asks what Blueprints asks,
// and of each step what that asks.
func (s *Service) ApplyBlueprint(ctx context.Context, by desk.Actor, name string, names map[string]string) (int64, error) {
	return s.Together(ctx, by, func(in *Service, by desk.Actor) error {
		if err := in.joined.mayBuild(); err != nil {
			return err
		}
		plan, err := blueprintNamed(name)
		if err != nil {
			return err
		}
		b := &building{ctx: ctx, in: in, by: by, plan: plan, names: names}
		for _, ask := range b.plan.Asks {
			if names[ask] == "" && ask != AskAddress {
				return wrong(ask, "Say which one; it is made where there is none of that name.")
			}
		}
		return b.plan.build(b)
	})
}

// A building is a blueprint being carried out. Its methods make what is not
// there; after the first error they do nothing.
type building struct {
	ctx   context.Context
	in    *Service
	by    desk.Actor
	plan  *Blueprint
	names map[string]string
	err   error
}

// queue finds or makes the queue.
func (b *building) queue() desk.QueueID {
	q, err := b.in.joined.QueueByName(b.ctx, b.names[AskQueue])
	if err == nil {
		return q.ID
	}
	if desk.KindOf(err) != desk.NotFound {
		b.err = err
		return 0
	}
	id, err := b.in.CreateQueue(b.ctx, b.by, desk.Queue{Name: b.names[AskQueue], Address: b.names[AskAddress]})
	b.err = err
	return id
}

// group finds or makes the group of an answer.
func (b *building) group(ask string) desk.PrincipalID {
	if b.err != nil {
		return 0
	}
	g, err := b.in.joined.GroupByName(b.ctx, b.names[ask], 0)
	if err == nil {
		return desk.PrincipalID(g.ID)
	}
	if desk.KindOf(err) != desk.NotFound {
		b.err = err
		return 0
	}
	id, err := b.in.CreateGroup(b.ctx, b.by, desk.Group{Name: b.names[ask]})
	b.err = err
	return desk.PrincipalID(id)
}

// grant grants rights on the queue that are not granted there yet.
func (b *building) grant(q desk.QueueID, who desk.PrincipalID, as desk.RoleSet, rights ...desk.Right) {
	for _, r := range rights {
		g := desk.Grant{Who: who, As: as, Right: r, Place: desk.OnQueue(q)}
		if b.err == nil && b.in.joined.isNew(b.ctx, g) {
			_, b.err = b.in.Grant(b.ctx, b.by, g)
		}
	}
}

// watch puts somebody into a role of the queue.
func (b *building) watch(q desk.QueueID, role desk.RoleID, who desk.PrincipalID) {
	if b.err != nil {
		return
	}
	standing, err := b.in.joined.Tx.QueueWatchers(b.ctx, q)
	w := desk.Watcher{Queue: q, Role: role, Who: who}
	if err == nil && !slices.Contains(standing, w) {
		err = b.in.AddQueueWatcher(b.ctx, b.by, w)
	}
	b.err = err
}

// rules makes the blueprint's rules, which tell a group, in the language of who
// sets it up. One that is there in another language stays.
func (b *building) rules(ask string) {
	names := b.plan.RuleNames(cmp.Or(b.names[AskLanguage], b.in.Language()))
	for i, r := range b.plan.Rules {
		if b.err != nil || b.hasRule(r.Name) {
			continue
		}
		r.Name = b.names[AskQueue] + names[i][1:]
		r.Queue, r.Notify, r.Enabled = b.names[AskQueue], []string{"group:" + b.names[ask]}, true
		if b.err == nil {
			_, b.err = b.in.SaveRule(b.ctx, b.by, r)
		}
	}
}

// hasRule reports whether the queue has a rule of the blueprint, whatever the
// language of its name.
func (b *building) hasRule(english string) bool {
	for _, name := range ruleNames(english) {
		_, err := b.in.joined.RuleByName(b.ctx, b.names[AskQueue]+name[1:])
		if desk.KindOf(err) != desk.NotFound {
			b.err = err
			return true
		}
	}
	return false
}

// anybodyAsks lets everybody open tickets and read and answer those on which he
// is requestor or in Cc.
func (b *building) anybodyAsks(q desk.QueueID) {
	b.grant(q, desk.Everyone, 0, desk.CreateTicket)
	b.grant(q, desk.Everyone, desk.RolesOf(desk.Requestor, desk.Cc), desk.ShowTicket, desk.ReplyToTicket)
}

func buildPublicSupport(b *building) error {
	q, team := b.queue(), b.group(AskGroup)
	b.anybodyAsks(q)
	b.grant(q, team, 0, working()...)
	b.watch(q, desk.AdminCc, team)
	return b.err
}

// buildHelpers: who is put in AdminCc of one ticket sees that one with its
// comments and may comment; of others he sees nothing.
func buildHelpers(b *building) error {
	q := b.queue()
	b.grant(q, desk.Agents, desk.RolesOf(desk.AdminCc), desk.ShowTicket, desk.ShowTicketComments, desk.CommentOnTicket)
	return b.err
}

// buildWatching: the group may put itself on tickets; Cc reads replies, AdminCc
// comments too.
func buildWatching(b *building) error {
	q, group := b.queue(), b.group(AskGroup)
	b.grant(q, group, 0, desk.SeeQueue, desk.ShowTicket, desk.Watch, desk.WatchAsAdminCc)
	b.grant(q, desk.Everyone, desk.RolesOf(desk.Cc), desk.ShowTicket, desk.ReplyToTicket)
	b.grant(q, desk.Agents, desk.RolesOf(desk.AdminCc), desk.ShowTicket, desk.ShowTicketComments, desk.CommentOnTicket)
	return b.err
}

// buildDepartment: a group works in the queue; its managers read all, hand
// tickets to others, and hear of replies and of what waits.
func buildDepartment(b *building) error {
	q, group, managers := b.queue(), b.group(AskGroup), b.group(AskManagers)
	b.anybodyAsks(q)
	b.grant(q, group, 0, working()...)
	b.watch(q, desk.AdminCc, group)
	b.grant(q, managers, 0, append(reading(), desk.ReassignTicket, desk.CommentOnTicket)...)
	b.rules(AskManagers)
	return b.err
}

func buildMailingList(b *building) error {
	q, group := b.queue(), b.group(AskGroup)
	b.grant(q, group, 0, desk.SeeQueue, desk.CreateTicket, desk.ShowTicket, desk.ReplyToTicket)
	b.rules(AskGroup)
	return b.err
}

// buildPortal: contacts open tickets, and whoever belongs to a ticket's customer
// reads and answers it as far as his part and its sharing go.
func buildPortal(b *building) error {
	q, team := b.queue(), b.group(AskGroup)
	b.grant(q, desk.Contacts, 0, desk.SeeQueue, desk.CreateTicket)
	b.grant(q, desk.Everyone, desk.RolesOf(desk.Requestor, desk.Cc, desk.CustomerRole), desk.ShowTicket, desk.ReplyToTicket, desk.Watch)
	b.grant(q, team, 0, append(working(), desk.SetCustomer)...)
	b.watch(q, desk.AdminCc, team)
	return b.err
}

// buildApprovals: tickets of the queue ask for approvals. Who asks and who was
// asked see that one and write on it; nobody else sees any.
func buildApprovals(b *building) error {
	q := b.queue()
	b.lifeCycle(q, desk.ApprovalLifeCycle())
	b.grant(q, desk.Everyone, desk.RolesOf(desk.Requestor, desk.AdminCc), desk.ShowTicket, desk.ReplyToTicket)
	return b.err
}

// lifeCycle gives the queue a life cycle, which is made where there is none of
// its name. A queue whose tickets are approvals already keeps its own.
func (b *building) lifeCycle(q desk.QueueID, c desk.LifeCycle) {
	if b.err != nil {
		return
	}
	known, err := b.in.joined.lives(b.ctx)
	if err != nil || known.Of(q).Approves() {
		b.err = err
		return
	}
	i := slices.IndexFunc(known.Cycles, func(k desk.LifeCycle) bool { return desk.Fold(k.Name) == desk.Fold(c.Name) })
	if i >= 0 {
		c = known.Cycles[i]
	} else {
		made, err := b.in.SaveLifeCycle(b.ctx, b.by, LifeCycleChange{Cycle: c})
		if err != nil {
			b.err = err
			return
		}
		c.ID = made.ID
	}
	_, b.err = b.in.SaveLifeCycle(b.ctx, b.by, LifeCycleChange{Queue: q, Cycle: c})
}
