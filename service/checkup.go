package service

import (
	"context"
	"slices"
	"strconv"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// A Mistake is something on the desk that is probably not as somebody wants it.
type Mistake struct {
	// Check is what is the matter: queue.unanswered, queue.closed, queue.guard,
	// grant.nobody, grant.anybody, grant.expired, grant.ends, rule.silent,
	// rule.parked, customer.empty, agent.idle, superuser.one,
	// superuser.weak, token.ends, token.unused, token.endless, relay.none, mailbox.failed, letter.failed,
	// letter.parked, address.paused, directory.failed, work.late, work.fails, work.hangs, work.unlooked.
	Check  string
	Grave  bool   // something does not work; else somebody should have a look
	Kind   string // of the thing that it is about: queue, grant, rule, customer, user, mailbox, relay, address, directory, work; empty: of none
	ID     int64  // of the thing; zero: it has none
	Name   string // of the thing, or how many there are
	Detail string // more about it, such as what failed; may be empty
}

// How many of the same mistakes Checkup names, and how many things of one kind
// it looks at.
const (
	mistakesShown = 20
	mistakesLook  = 5000
)

// soon is for how many days before its end a grant counts as ending.
const soon = 14

// Checkup looks for likely mistakes in what the actor administers: in queues
// with AdminQueue, grants with ShowACL, rules with ShowScrips, customers with
// AdminCustomers, people with AdminUsers, mail with AdminMail, the program's own
// work with ShowConfigTab. Grave ones come
// first. Of each mistake it names twenty at the most.
func (s *Service) Checkup(ctx context.Context, by desk.Actor) ([]Mistake, error) {
	var all []Mistake
	err := s.view(ctx, by, func(o *op) error {
		all = nil
		for _, check := range []func(context.Context) ([]Mistake, error){
			o.checkWork, o.checkMail, o.checkDirectories, o.checkQueues, o.checkGrants, o.checkRules, o.checkCustomers, o.checkAgents, o.checkTokens,
		} {
			found, err := check(ctx)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Mistake) int {
		switch {
		case a.Grave == b.Grave:
			return 0
		case a.Grave:
			return -1
		}
		return 1
	})
	named := map[string]int{}
	return slices.DeleteFunc(all, func(m Mistake) bool {
		named[m.Check]++
		return named[m.Check] > mistakesShown
	}), err
}

func (o *op) checkMail(ctx context.Context) ([]Mistake, error) {
	if !o.can(desk.AdminMail, access.System()) {
		return nil, nil
	}
	var all []Mistake
	accounts, err := o.Tx.MailAccounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		state, err := o.Tx.MailAccountState(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		if state.Said != "" {
			all = append(all, Mistake{Check: "mailbox.failed", Grave: true, Kind: "mailbox", ID: int64(a.ID), Name: a.Name, Detail: state.Said})
		}
	}
	counts, err := o.Tx.PostCounts(ctx)
	if err != nil {
		return nil, err
	}
	none, err := o.noRelay(ctx)
	if err != nil {
		return nil, err
	}
	if counts.OutWaiting > 0 && none {
		all = append(all, Mistake{Check: "relay.none", Grave: true, Kind: "relay", Name: strconv.Itoa(counts.OutWaiting)})
	}
	if counts.OutFailed > 0 {
		all = append(all, Mistake{Check: "letter.failed", Grave: true, Kind: "outbox", Name: strconv.Itoa(counts.OutFailed)})
	}
	if counts.SpoolParked > 0 {
		all = append(all, Mistake{Check: "letter.parked", Grave: true, Kind: "spool", Name: strconv.Itoa(counts.SpoolParked)})
	}
	paused, err := o.Tx.PausedAddresses(ctx)
	for _, p := range paused {
		all = append(all, Mistake{Check: "address.paused", Kind: "address", Name: p.Address, Detail: p.Reason})
	}
	return all, err
}

func (o *op) checkDirectories(ctx context.Context) ([]Mistake, error) {
	if !o.can(desk.AdminUsers, access.System()) || !o.can(desk.AdminCustomers, access.System()) || !o.can(desk.AdminSettings, access.System()) {
		return nil, nil
	}
	list, err := o.Tx.Directories(ctx)
	if err != nil {
		return nil, err
	}
	var all []Mistake
	for _, d := range list {
		reports, err := o.Tx.SyncReports(ctx, d.ID, 1)
		if err != nil {
			return nil, err
		}
		if len(reports) == 1 && !d.Disabled && (reports[0].State == desk.SyncFailed || reports[0].State == desk.SyncStopped) {
			all = append(all, Mistake{Check: "directory.failed", Grave: true, Kind: "directory", ID: int64(d.ID), Name: d.Name, Detail: reports[0].Text})
		}
	}
	return all, nil
}

func (o *op) checkQueues(ctx context.Context) ([]Mistake, error) {
	queues, err := o.Tx.Queues(ctx)
	if err != nil {
		return nil, err
	}
	guards := make([]desk.GroupID, len(queues))
	for i, q := range queues {
		guards[i] = q.AccessGroup
	}
	if err := o.ReadAhead(ctx, store.Ahead{Groups: guards}); err != nil {
		return nil, err
	}
	var all []Mistake
	for _, q := range queues {
		x := access.Queue(q.ID)
		if q.Disabled || !o.can(desk.AdminQueue, x) {
			continue
		}
		about := func(check string, grave bool) {
			all = append(all, Mistake{Check: check, Grave: grave, Kind: "queue", ID: int64(q.ID), Name: q.Name})
		}
		if !o.e.AnyoneCan(desk.Agent, desk.ReplyToTicket, x, false) {
			about("queue.unanswered", true)
		}
		if !o.e.AnyoneCan(0, desk.CreateTicket, x, false) {
			about("queue.closed", false)
		}
		if q.AccessGroup == 0 {
			continue
		}
		g, err := o.Tx.Group(ctx, q.AccessGroup)
		if err != nil {
			return nil, err
		}
		if g.Disabled {
			about("queue.guard", true)
		}
	}
	return all, nil
}

func (o *op) checkGrants(ctx context.Context) ([]Mistake, error) {
	permissions, err := o.Tx.Permissions(ctx)
	if err != nil {
		return nil, err
	}
	gives := map[desk.PermissionID]desk.RightSet{}
	for _, p := range permissions {
		gives[p.ID] = p.Contacts
	}
	list, _, err := pageOf(1000, func(limit int, last *desk.Grant) ([]desk.Grant, bool, error) {
		f := GrantFilter{Limit: limit}
		if last != nil {
			f.After = last.ID
		}
		return o.Tx.Grants(ctx, f)
	}, func(g *desk.Grant) bool {
		return o.grantMistake(g, gives[g.Permission]) != "" && o.seesGrantsOn(g.Place)
	})
	if err != nil {
		return nil, err
	}
	lines, err := o.grantLines(ctx, list[:min(len(list), 10*mistakesShown)])
	var all []Mistake
	for _, line := range lines {
		check := o.grantMistake(&line.Grant, gives[line.Permission])
		all = append(all, Mistake{Check: check, Grave: check == "grant.anybody", Kind: "grant", ID: int64(line.ID), Name: line.WhoName.Text,
			Detail: line.What + " · " + line.PlaceName})
	}
	return all, err
}

// grantMistake names what is the matter with a grant whose permission gives
// contacts some rights; empty: nothing is.
func (o *op) grantMistake(g *desk.Grant, gives desk.RightSet) string {
	today := desk.DayOf(o.s.Now())
	switch {
	case g.Until != 0 && g.Until < today:
		return "grant.expired"
	case g.Until != 0 && g.Until < today+soon:
		return "grant.ends"
	case g.As == 0 && (g.Who == desk.Everyone || g.Who == desk.Contacts || g.Who == desk.Customers) && opensMuch(g, gives):
		return "grant.anybody"
	case desk.SystemGroups()[g.Who] == "" && o.e.KindOf(desk.UserID(g.Who)) == 0 && len(o.e.Members(g.Who)) == 0:
		return "grant.nobody"
	}
	return ""
}

// opensMuch reports whether a grant to anybody gives more than what anybody
// needs who asks for something.
func opensMuch(g *desk.Grant, gives desk.RightSet) bool {
	usual := desk.RightsOf(desk.SeeQueue, desk.CreateTicket, desk.ModifySelf, desk.SeeCustomField, desk.SetInitialCustomField, desk.Watch)
	if g.Permission == 0 {
		gives = desk.RightsOf(g.Right)
	}
	return gives&^usual != 0
}

func (o *op) checkRules(ctx context.Context) ([]Mistake, error) {
	rules, err := o.Tx.Rules(ctx)
	if err != nil {
		return nil, err
	}
	var all []Mistake
	for i := range rules {
		r := &rules[i]
		if !r.Enabled || !o.can(desk.ShowScrips, rulePlace(r)) {
			continue
		}
		if r.Parked.Reason != "" {
			all = append(all, Mistake{Check: "rule.parked", Grave: true, Kind: "rule", ID: int64(r.ID), Name: r.Name, Detail: r.Parked.Reason})
			continue
		}
		runs, _, err := o.Tx.RuleRuns(ctx, RunFilter{Rules: []desk.RuleID{r.ID}, Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(runs) == 0 && o.s.Now().Sub(r.Changed) > soon*24*time.Hour {
			all = append(all, Mistake{Check: "rule.silent", Kind: "rule", ID: int64(r.ID), Name: r.Name})
		}
	}
	return all, nil
}

func (o *op) checkCustomers(ctx context.Context) ([]Mistake, error) {
	if !o.can(desk.AdminCustomers, access.System()) {
		return nil, nil
	}
	var all []Mistake
	enabled, f := false, CustomerFilter{Limit: 500}
	f.Disabled = &enabled
	for range mistakesLook / 500 {
		list, more, err := o.Tx.Customers(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			if len(o.e.Members(desk.PrincipalID(c.ID))) == 0 {
				all = append(all, Mistake{Check: "customer.empty", Kind: "customer", ID: int64(c.ID), Name: c.Name})
			}
		}
		if !more || len(list) == 0 || len(all) > mistakesShown {
			break
		}
		f.After = list[len(list)-1].Key
	}
	return all, nil
}

func (o *op) checkAgents(ctx context.Context) ([]Mistake, error) {
	if !o.can(desk.AdminUsers, access.System()) {
		return nil, nil
	}
	enabled := false
	agents, _, err := o.Tx.Users(ctx, UserFilter{Kind: desk.Agent, Disabled: &enabled, Limit: 1000})
	if err != nil {
		return nil, err
	}
	var all []Mistake
	supers := o.e.WhoCanUsers(desk.SuperUser, access.System(), true)
	if len(supers) == 1 {
		i := slices.IndexFunc(agents, func(u desk.User) bool { return u.ID == supers[0] })
		if i >= 0 {
			all = append(all, Mistake{Check: "superuser.one", Kind: "user", ID: int64(supers[0]), Name: agents[i].Called()})
		}
	}
	for _, id := range supers[:min(len(supers), mistakesShown+1)] {
		f, err := o.Tx.Factors(ctx, id)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(agents, func(u desk.User) bool { return u.ID == id }); i >= 0 && !f.Second() {
			all = append(all, Mistake{Check: "superuser.weak", Kind: "user", ID: int64(id), Name: agents[i].Called()})
		}
	}
	for _, u := range agents {
		if !slices.Contains(supers, u.ID) && len(o.e.QueuesWhere(u.ID, desk.ShowTicket)) == 0 && len(o.e.QueuesWhere(u.ID, desk.SeeQueue)) == 0 {
			all = append(all, Mistake{Check: "agent.idle", Kind: "user", ID: int64(u.ID), Name: u.Called()})
		}
	}
	return all, nil
}
