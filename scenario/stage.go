package scenario

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/notify"
	"gatehouse/service"
)

// A stage is the desk on which one scenario is played, with the names that the
// scenario gives to things. Things that it does not name are not in it.
type stage struct {
	svc    *service.Service
	sys    desk.Actor
	notify func(context.Context, desk.Job) error
	post   *in.Processor

	principals map[string]desk.PrincipalID // by "user:ann", folded
	queues     map[string]desk.QueueID
	roles      map[string]desk.RoleID
	tickets    map[string]desk.TicketID
	called     map[desk.PrincipalID]string // the name of a user, group or customer
	queueNames map[desk.QueueID]string
	ticketName map[desk.TicketID]string
	letters    int // that came in, to tell them apart
}

func newStage(svc *service.Service) *stage {
	s := &stage{svc: svc, sys: desk.System(desk.ViaCLI), notify: notify.Handler(svc),
		post:       &in.Processor{Service: svc, Log: slog.New(slog.DiscardHandler)},
		principals: map[string]desk.PrincipalID{}, queues: map[string]desk.QueueID{}, roles: map[string]desk.RoleID{},
		tickets: map[string]desk.TicketID{}, called: map[desk.PrincipalID]string{}, queueNames: map[desk.QueueID]string{},
		ticketName: map[desk.TicketID]string{}}
	for id, name := range desk.SystemGroups() {
		s.principals[key("system", name)] = id
	}
	for _, id := range desk.BuiltinRoles.List() {
		s.roles[desk.Fold(id.BuiltinName())] = id
	}
	return s
}

func key(kind, name string) string { return kind + ":" + desk.Fold(name) }

// name gives a user, group or customer a name, instead of the one that it had.
func (s *stage) name(kind, name string, id desk.PrincipalID) {
	if before, ok := s.called[id]; ok {
		delete(s.principals, key(kind, before))
	}
	s.principals[key(kind, name)], s.called[id] = id, name
}

func (s *stage) nameQueue(name string, id desk.QueueID) {
	s.queues[desk.Fold(name)], s.queueNames[id] = id, name
}

func (s *stage) nameTicket(name string, id desk.TicketID) {
	s.tickets[desk.Fold(name)], s.ticketName[id] = id, name
}

// unknown is the refusal of something that the scenario does not name.
func unknown(kind, name string) error {
	return desk.Errorf(desk.NotFound, "The scenario names no %s %q.", kind, name)
}

// find returns the user, group or customer of a typed reference.
func (s *stage) find(written string) (desk.PrincipalID, error) {
	kind, name, _ := splitRef(written)
	return s.principal(kind, name)
}

func (s *stage) principal(kind, name string) (desk.PrincipalID, error) {
	if id, ok := s.principals[key(kind, name)]; ok {
		return id, nil
	}
	return 0, unknown(kind, name)
}

func (s *stage) user(name string) (desk.UserID, error) {
	id, err := s.principal("user", name)
	return desk.UserID(id), err
}

func (s *stage) queue(name string) (desk.QueueID, error) {
	if id, ok := s.queues[desk.Fold(name)]; ok {
		return id, nil
	}
	return 0, unknown("queue", name)
}

func (s *stage) role(name string) (desk.RoleID, error) {
	if id, ok := s.roles[desk.Fold(name)]; ok {
		return id, nil
	}
	return 0, unknown("role", name)
}

func (s *stage) ticket(name string) (desk.TicketID, error) {
	if id, ok := s.tickets[desk.Fold(name)]; ok {
		return id, nil
	}
	return 0, unknown("ticket", name)
}

// roleSet returns the roles of those names.
func (s *stage) roleSet(names []string) (desk.RoleSet, error) {
	var set desk.RoleSet
	for _, name := range names {
		id, err := s.role(name)
		if err != nil {
			return 0, err
		}
		set |= desk.RolesOf(id)
	}
	return set, nil
}

// whoever finds what stands for somebody: a typed reference, the bare name of
// a user, or the address of one.
func (s *stage) whoever(ctx context.Context, written string) (desk.PrincipalID, error) {
	if id, ok := s.principals[key("user", written)]; ok {
		return id, nil
	}
	if _, _, typed := splitRef(written); typed || !isAddress(written) {
		return s.find(written)
	}
	return s.svc.Find(ctx, s.sys, "user:"+written)
}

func (s *stage) everybody(ctx context.Context, list []string) ([]desk.PrincipalID, error) {
	ids := make([]desk.PrincipalID, len(list))
	for i, written := range list {
		var err error
		if ids[i], err = s.whoever(ctx, written); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// as returns who acts: a user by his name, or without one the system.
func (s *stage) as(name string) (desk.Actor, error) {
	if name == "" {
		return s.sys, nil
	}
	id, err := s.user(name)
	return desk.Actor{User: id, Via: desk.ViaWeb}, err
}

// actor returns who is asked: a user, or the system.
func (s *stage) actor(written string) (desk.Actor, error) {
	if kind, name, _ := splitRef(written); kind == "system" && name == "" {
		return s.sys, nil
	}
	id, err := s.find(written)
	return desk.Actor{User: desk.UserID(id), Via: desk.ViaWeb}, err
}

// place returns where something is granted.
func (s *stage) place(written string) (desk.Place, error) {
	kind, name, _ := splitRef(written)
	switch kind {
	case "system":
		if name != "" {
			return desk.Place{}, unknown("place", written)
		}
		return desk.OnSystem(), nil
	case "queue":
		id, err := s.queue(name)
		return desk.OnQueue(id), err
	case "group":
		id, err := s.principal(kind, name)
		return desk.OnGroup(desk.GroupID(id)), err
	case "customer":
		id, err := s.principal(kind, name)
		return desk.OnCustomer(desk.CustomerID(id)), err
	}
	return desk.Place{}, unknown("place", written)
}

// object returns what a question is about as the desk writes it.
func (s *stage) object(written string) (string, error) {
	kind, name, _ := splitRef(written)
	switch kind {
	case "system":
		return kind, nil
	case "ticket":
		id, err := s.ticket(name)
		return fmt.Sprintf("ticket:%d", id), err
	case "queue":
		id, err := s.queue(name)
		return ref(kind, s.queueNames[id]), err
	case "group", "customer":
		id, err := s.principal(kind, name)
		return ref(kind, s.called[id]), err
	}
	return "", unknown("object", written)
}

// nameOf returns the name of a user, group or customer in the scenario; a user
// whom it does not name has his address, other things none.
func (s *stage) nameOf(ctx context.Context, id desk.PrincipalID) (string, error) {
	if name, ok := s.called[id]; ok {
		return name, nil
	}
	u, err := s.svc.User(ctx, s.sys, desk.UserID(id))
	if desk.KindOf(err) == desk.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return cmp.Or(u.Address(), u.Login), nil
}

// names returns the names of users, groups and customers, without those that
// have none.
func (s *stage) names(ctx context.Context, ids []desk.PrincipalID) ([]string, error) {
	list := []string{}
	for _, id := range ids {
		name, err := s.nameOf(ctx, id)
		if err != nil {
			return nil, err
		}
		if name != "" {
			list = append(list, name)
		}
	}
	return list, nil
}

// sent carries out the jobs that a step has left, sends the letters that come
// of them, and returns to whom.
func (s *stage) sent(ctx context.Context) ([]string, error) {
	by := desk.System(desk.ViaJob)
	for {
		job, err := s.svc.ClaimJob(ctx, by, service.JobNotify)
		if err != nil {
			return nil, err
		}
		if job == nil {
			break
		}
		if err := s.notify(ctx, *job); err != nil {
			return nil, err
		}
	}
	to := []string{}
	for {
		letters, err := s.svc.ClaimLetters(ctx, by, 100)
		if err != nil || len(letters) == 0 {
			return to, err
		}
		for i := range letters {
			name, err := s.send(ctx, by, &letters[i])
			if err != nil {
				return nil, err
			}
			to = append(to, name)
		}
	}
}

// send counts a letter as sent and returns to whom.
func (s *stage) send(ctx context.Context, by desk.Actor, l *desk.Outgoing) (string, error) {
	if err := s.svc.LetterSent(ctx, by, l.ID); err != nil || l.To == 0 {
		return l.Address, err
	}
	return s.nameOf(ctx, desk.PrincipalID(l.To))
}

// addressOf makes the address of a user who has none written: NAME@case.example
// as far as a mail address can hold it.
func addressOf(name string) string {
	local := strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune("<>(),;:\\\"[]@", r) || r == 0x7f {
			return '-'
		}
		return r
	}, desk.Fold(name))
	return local + "@case.example"
}
