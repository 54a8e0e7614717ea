package service

import (
	"context"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// An Answer is a yes or no with its proof, all things by their names.
type Answer struct {
	Yes     bool
	User    Name
	Right   desk.Right
	Object  string // "ticket:42"
	Proof   access.Proof
	Grant   GrantLine // the grant, where there is one
	Role    string    // the role, where one is asked for
	Path    []StepLine
	Holder  Name // what stands in the role
	Through []StepLine
	Passed  *Chain // of a delegated grant, where it comes from
}

// A StepLine is one membership of a path.
type StepLine struct {
	From Name
	To   Name
	Part desk.Part
}

// An Object is what a question is about, as people write it: system,
// group:NAME, customer:KEY, queue:NAME, ticket:ID.
func (o *op) object(ctx context.Context, ref string) (access.Object, error) {
	kind, name, _ := strings.Cut(strings.TrimSpace(ref), ":")
	switch kind {
	case "system":
		return access.System(), nil
	case "queue":
		q, err := o.QueueByName(ctx, name)
		if err != nil {
			return access.Object{}, err
		}
		return access.Queue(q.ID), nil
	case "group":
		g, err := o.GroupByName(ctx, name, 0)
		if err != nil {
			return access.Object{}, err
		}
		return access.Group(g.ID), nil
	case "personal":
		id, err := o.personalGroup(ctx, name)
		return access.Group(desk.GroupID(id)), err
	case "customer":
		c, err := o.CustomerByKey(ctx, name)
		if err != nil {
			return access.Object{}, err
		}
		return access.Customer(c.ID), nil
	case "field":
		f, err := o.fieldNamed(ctx, name)
		if err != nil {
			return access.Object{}, err
		}
		return access.Field(f.ID), nil
	case "ticket":
		id := parseID[desk.TicketID](strings.TrimPrefix(name, "#"))
		t, err := o.current(ctx, id)
		if err != nil {
			return access.Object{}, noTicket(id)
		}
		return access.Ticket(t.Facts()), nil
	}
	return access.Object{}, desk.Errorf(desk.Invalid, "%q is not an object; write system, group:NAME, customer:KEY, queue:NAME, field:NAME or ticket:ID.", ref)
}

// mayAsk: about oneself one may ask where one knows of the object; about
// others, agents who may see grants there, and on a ticket agents who see it.
func (o *op) mayAsk(user desk.UserID, x access.Object) bool {
	switch {
	case o.by.IsSystem():
		return true
	case x.Ticket != nil:
		return o.can(desk.ShowTicket, x) && (o.isAgent() || user == o.by.User)
	case o.seesGrantsOn(x.Place) && o.isAgent():
		return true
	}
	return user == o.by.User && user != 0 && o.knowsOf(x.Place)
}

// knowsOf reports whether the actor may know that an object is there.
func (o *op) knowsOf(p desk.Place) bool {
	x := access.Object{Place: p}
	switch p.Kind {
	case desk.QueuePlace:
		return o.canAny(x, desk.SeeQueue, desk.CreateTicket)
	case desk.GroupPlace:
		return o.canAny(x, desk.SeeGroup, desk.AdminGroup, desk.AdminGroupMembership)
	case desk.CustomerPlace:
		return o.mayKnow(desk.PrincipalID(p.ID))
	case desk.FieldPlace:
		return o.canAny(x, desk.SeeCustomField, desk.ModifyCustomField, desk.SetInitialCustomField, desk.AdminCustomField)
	}
	return true
}

// Check reports whether a user may do a right on an object. It is Explain
// without the proof.
func (s *Service) Check(ctx context.Context, by desk.Actor, user, right, object string) (bool, error) {
	a, err := s.Explain(ctx, by, user, right, object)
	if err != nil {
		return false, err
	}
	return a.Yes, nil
}

// Explain says why a user may do a right on an object, or what comes nearest.
// One may ask about oneself, and about others who may see the grants there
// (ShowACL) or, on a ticket, agents who may see it.
func (s *Service) Explain(ctx context.Context, by desk.Actor, user, right, object string) (*Answer, error) {
	var answer *Answer
	err := s.view(ctx, by, func(o *op) error {
		r, x, u, err := o.question(ctx, Question{user, right, object})
		if err != nil {
			return err
		}
		proof := o.e.Explain(u, r, x)
		if !proof.Yes && !o.isAgent() {
			proof = access.Proof{} // the nearest miss names others, and their grants
		}
		answer, err = o.answer(ctx, u, r, object, proof)
		return err
	})
	return answer, err
}

// WhoCan returns everybody who may do a right on an object, each with a proof.
// It asks what Explain asks. Superusers are there only if wanted.
func (s *Service) WhoCan(ctx context.Context, by desk.Actor, right, object string, superusers bool) ([]Answer, error) {
	var list []Answer
	err := s.view(ctx, by, func(o *op) error {
		r, x, err := o.questionOfAll(ctx, right, object)
		if err != nil {
			return err
		}
		list, err = o.answers(ctx, r, object, o.e.WhoCan(r, x, superusers))
		return err
	})
	return list, err
}

// answer puts names to a proof.
func (o *op) answer(ctx context.Context, user desk.UserID, r desk.Right, object string, p access.Proof) (*Answer, error) {
	list, err := o.answers(ctx, r, object, []access.Holding{{User: user, Proof: p}})
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// answers puts names to proofs, all in a few questions to the store.
func (o *op) answers(ctx context.Context, r desk.Right, object string, holdings []access.Holding) ([]Answer, error) {
	var ids []desk.PrincipalID
	var grants []desk.Grant
	seen := map[desk.Grant]int{}
	for _, h := range holdings {
		ids = append(ids, desk.PrincipalID(h.User), h.Proof.Holder)
		for _, step := range slices.Concat(h.Proof.Path, h.Proof.Through) {
			ids = append(ids, step.From, step.To)
		}
		if _, there := seen[h.Proof.Grant]; !there && h.Proof.Grant.Who != 0 {
			seen[h.Proof.Grant] = len(grants)
			grants = append(grants, h.Proof.Grant)
		}
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return nil, err
	}
	roles, err := o.allRoleNames(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := o.grantLines(ctx, grants)
	if err != nil {
		return nil, err
	}
	list, chains := make([]Answer, len(holdings)), map[desk.GrantID]*Chain{}
	for i, h := range holdings {
		p := h.Proof
		a := Answer{Yes: p.Yes, User: names[desk.PrincipalID(h.User)], Right: r, Object: object, Proof: p, Role: roles[p.Role],
			Path: stepLines(p.Path, names), Through: stepLines(p.Through, names)}
		if p.Holder != 0 {
			a.Holder = names[p.Holder]
		}
		if p.Grant.Who != 0 {
			a.Grant = lines[seen[p.Grant]]
			if a.Passed, err = o.chainOf(ctx, p.Grant, chains); err != nil {
				return nil, err
			}
		}
		list[i] = a
	}
	return list, nil
}

// chainOf is chain, asked for once per grant; nil where nobody has passed it on.
func (o *op) chainOf(ctx context.Context, g desk.Grant, known map[desk.GrantID]*Chain) (*Chain, error) {
	if g.Source == 0 || known[g.ID] != nil {
		return known[g.ID], nil
	}
	var err error
	known[g.ID], err = o.chain(ctx, g)
	return known[g.ID], err
}

func (o *op) allRoleNames(ctx context.Context) (map[desk.RoleID]string, error) {
	roles, err := o.Tx.Roles(ctx)
	names := make(map[desk.RoleID]string, len(roles))
	for _, r := range roles {
		names[r.ID] = r.Name
	}
	return names, err
}

func stepLines(steps []access.Step, names map[desk.PrincipalID]Name) []StepLine {
	lines := make([]StepLine, len(steps))
	for i, s := range steps {
		lines[i] = StepLine{names[s.From], names[s.To], s.Part}
	}
	return lines
}

// VisibleTo returns who of the customers' side sees a ticket, as far as the
// actor may know them, and whether the desk's own people do (they do).
func (s *Service) VisibleTo(ctx context.Context, by desk.Actor, id desk.TicketID) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		list, err = o.contactsWhoSee(ctx, t)
		return err
	})
	return list, err
}

// WhyMail returns the reasons for which the actor gets the letters of a
// ticket, or none. What stands in the role has no name where he may not know
// it.
func (s *Service) WhyMail(ctx context.Context, by desk.Actor, id desk.TicketID) ([]WatcherLine, error) {
	var lines []WatcherLine
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		if err != nil {
			return err
		}
		if quiet, err := o.quietOn(ctx, t); quiet || err != nil {
			return err
		}
		mine, ids := []access.Filling{}, []desk.PrincipalID{}
		for _, f := range o.e.Fillers(t.Facts(), desk.BuiltinRoles) {
			if f.User == by.User && f.Role != desk.CustomerRole {
				mine, ids = append(mine, f), append(ids, f.Holder)
			}
		}
		names, err := o.names(ctx, ids)
		for _, f := range mine {
			if !o.mayKnow(f.Holder) {
				names[f.Holder] = Name{}
			}
			lines = append(lines, WatcherLine{f.Role, f.Role.BuiltinName(), names[f.Holder], f.OnQueue})
		}
		return err
	})
	return lines, err
}
