package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// FirstKeyLasts is for how long the key of a fresh desk can be used.
const FirstKeyLasts = 24 * time.Hour

// halfFirst is the kind of a key with which the first superuser comes to be.
const halfFirst = "first"

// Fresh reports whether nobody administers the desk: no user holds SuperUser.
// Nobody needs a right for it.
func (s *Service) Fresh(ctx context.Context) (bool, error) {
	fresh := false
	err := s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		fresh = o.isFresh()
		return nil
	})
	return fresh, err
}

func (o *op) isFresh() bool { return len(o.e.WhoCanUsers(desk.SuperUser, access.System(), true)) == 0 }

func errNotFresh() error {
	return desk.Errorf(desk.Conflict, "This desk has a superuser already. He makes the accounts of others.")
}

// FirstKey returns a key with which the first superuser makes his account, once
// and within a day; keys of before count no more. Only the system asks for it,
// and only while the desk is fresh.
func (s *Service) FirstKey(ctx context.Context, by desk.Actor) (string, error) {
	key := ""
	err := s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		if !o.isFresh() {
			return errNotFresh()
		}
		if err := o.DeleteHalfDoneOf(ctx, halfFirst); err != nil {
			return err
		}
		token, digest := newToken()
		key = token
		return o.InsertHalfDone(ctx, &desk.HalfDone{Digest: digest, Kind: halfFirst, Until: s.Now().Add(FirstKeyLasts)})
	})
	return key, err
}

// A FirstUser is who begins a fresh desk.
type FirstUser struct {
	Key                            string
	Login, Name, Address, Password string
	Language                       string // that he reads; empty: the desk's
	Browser, From                  string // of his session
}

// CheckFirst refuses a key that does not count: it was used, is too old, or the
// desk is not fresh. Which of these it is, it does not say.
func (s *Service) CheckFirst(ctx context.Context, key string) error {
	return s.view(ctx, desk.System(desk.ViaWeb), func(o *op) error { return o.checkFirst(ctx, key) })
}

func (o *op) checkFirst(ctx context.Context, key string) error {
	if _, err := o.begun(ctx, halfFirst, strings.TrimSpace(key)); err != nil && desk.KindOf(err) != desk.Unauthenticated {
		return err
	} else if err != nil || !o.isFresh() {
		return desk.Errorf(desk.NotFound, "This link does not count: it was used, is older than a day, or the desk has its superuser. The command \"gatehouse first-key\" prints another one, where it may.")
	}
	return nil
}

// MakeFirst makes the first superuser of a fresh desk, with the key that
// FirstKey returned, and returns the token of his session. Whoever comes second
// is told as by CheckFirst.
func (s *Service) MakeFirst(ctx context.Context, in FirstUser) (string, error) {
	if err := s.CheckFirst(ctx, in.Key); err != nil {
		return "", err
	}
	if err := s.CheckPassword(in.Password); err != nil {
		return "", err
	}
	hash, err := s.hashPassword(ctx, in.Password)
	if err != nil {
		return "", err
	}
	token := ""
	err = s.do(ctx, desk.System(desk.ViaWeb), func(o *op) error {
		if err := o.checkFirst(ctx, in.Key); err != nil { // somebody else may have been quicker
			return err
		}
		u := desk.User{Login: in.Login, Name: strings.TrimSpace(in.Name), Kind: desk.Agent, Language: in.Language}
		if address := strings.TrimSpace(in.Address); address != "" {
			u.Addresses = []string{address}
		}
		if err := o.createUser(ctx, &u); err != nil {
			return err
		}
		if err := o.SetPasswordHash(ctx, u.ID, hash); err != nil {
			return err
		}
		if _, err := o.within().Grant(ctx, o.by, desk.Grant{Who: desk.PrincipalID(u.ID), Right: desk.SuperUser, Place: desk.OnSystem()}); err != nil {
			return err
		}
		if err := o.DeleteHalfDoneOf(ctx, halfFirst); err != nil {
			return err
		}
		token, err = o.newSession(ctx, &desk.Session{User: u.ID, Agent: in.Browser, Address: in.From, Way: byPassword})
		return err
	})
	return token, err
}

// firstStepsOff is the word of SettingFirstSteps by which they are put away.
const firstStepsOff = "off"

// firstStepNames are the first steps, in the order in which they are taken.
func firstStepNames() []string {
	return []string{"account", "desk", "relay", "post", "queue", "people", "customer", "answer"}
}

// A FirstStep is one thing that is needed until the first ticket is answered.
type FirstStep struct {
	Name  string // account, desk, relay, post, queue, people, customer, answer
	Done  bool   // the desk's state says so
	Later bool   // it was put off
}

// FirstSteps are the steps of a new desk, and whether they were put away.
type FirstSteps struct {
	Steps []FirstStep
	Away  bool
}

// Open counts the steps that are neither done nor put off.
func (f *FirstSteps) Open() int {
	open := 0
	for _, step := range f.Steps {
		if !step.Done && !step.Later {
			open++
		}
	}
	return open
}

// Over reports whether there is nothing to do, be it now or later.
func (f *FirstSteps) Over() bool {
	return !slices.ContainsFunc(f.Steps, func(step FirstStep) bool { return !step.Done })
}

// FirstSteps says how far the desk is from its first answered ticket, for the
// superuser who looks; whether a step is done is seen from the desk's state
// (SuperUser).
func (s *Service) FirstSteps(ctx context.Context, by desk.Actor) (*FirstSteps, error) {
	var out *FirstSteps
	err := s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.SuperUser, access.System()); err != nil {
			return err
		}
		var err error
		out, err = o.firstSteps(ctx)
		return err
	})
	return out, err
}

// firstSteps looks at each step, in one statement: the menu says on every page
// how many are left.
func (o *op) firstSteps(ctx context.Context) (*FirstSteps, error) {
	begun, err := o.Tx.Begun(ctx, o.by.User, SettingName)
	if err != nil {
		return nil, err
	}
	put := strings.Fields(o.s.aboutNow().steps)
	out := &FirstSteps{Away: slices.Contains(put, firstStepsOff)}
	for _, name := range firstStepNames() {
		out.Steps = append(out.Steps, FirstStep{name, o.firstStepDone(begun, name), slices.Contains(put, name)})
	}
	if out.Over() {
		o.s.begunAll.Store(true)
	}
	return out, nil
}

// FirstStepsLeft counts the first steps that are open, for the menu: none for
// who is no superuser, where they were put away, and once all were done.
func (s *Service) FirstStepsLeft(ctx context.Context, by desk.Actor) (int, error) {
	if s.begunAll.Load() {
		return 0, nil
	}
	left := 0
	err := s.view(ctx, by, func(o *op) error {
		left = 0
		if !o.can(desk.SuperUser, access.System()) || slices.Contains(strings.Fields(s.aboutNow().steps), firstStepsOff) {
			return nil
		}
		steps, err := o.firstSteps(ctx)
		if err == nil {
			left = steps.Open()
		}
		return err
	})
	return left, err
}

// firstStepDone reports whether a step is done.
func (o *op) firstStepDone(begun *store.Begun, name string) bool {
	switch name {
	case "account":
		return o.by.IsSystem() || begun.Second
	case "desk":
		return begun.Named || slices.Contains(o.s.opt.Given, SettingName)
	case "relay":
		return begun.Sent
	case "post":
		return begun.Took
	case "queue": // somebody besides superusers answers in one
		return slices.ContainsFunc(begun.Queues, func(q desk.QueueID) bool {
			return o.e.AnyoneCan(desk.Agent, desk.ReplyToTicket, access.Queue(q), false)
		})
	case "people":
		return begun.Agents > 1
	case "customer":
		return begun.Peopled
	}
	return begun.Answered
}

// PutOff puts a first step off, or takes that back; "off" is all of them
// (SuperUser).
func (s *Service) PutOff(ctx context.Context, by desk.Actor, step string, later bool) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.SuperUser, access.System()); err != nil {
			return err
		}
		value, _, err := o.Tx.Setting(ctx, SettingFirstSteps)
		if err != nil {
			return err
		}
		words := slices.DeleteFunc(strings.Fields(value), func(w string) bool { return w == step })
		if later {
			words = append(words, step)
		}
		err = o.setSetting(ctx, SettingFirstSteps, strings.Join(words, " "))
		if desk.FieldTexts(err) != nil {
			return desk.Errorf(desk.NotFound, "There is no such step.")
		}
		return err
	})
}

// SendTestLetter sends the actor a letter, so that he sees whether letters go
// out (AdminMail). It returns where the letter is found in the outbox.
func (s *Service) SendTestLetter(ctx context.Context, by desk.Actor) (desk.OutboxID, error) {
	var id desk.OutboxID
	err := s.do(ctx, by, func(o *op) error {
		if err := o.need(desk.AdminMail, access.System()); err != nil {
			return err
		}
		u, err := o.Tx.User(ctx, by.User)
		if err != nil {
			return err
		}
		if u.Address() == "" {
			return desk.Errorf(desk.Invalid, "Your account has no mail address. Give it one first, on your page under Users.")
		}
		if !s.tries.allow("test letter " + formatID(by.User)) {
			return desk.Errorf(desk.TooMany, "You have sent many test letters in a short time. Wait a few minutes.")
		}
		if id, err = o.writeTo(ctx, u, o.testLetter(u)); err != nil {
			return err
		}
		return o.audit(ctx, change{"mail.test", o.userRef(ctx, by.User), "", u.Address()})
	})
	return id, err
}
