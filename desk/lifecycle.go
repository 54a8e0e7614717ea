package desk

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// A StatusKind says what a status means for work.
type StatusKind string

// The kinds of statuses. A ticket of the first two is still to be done.
const (
	Initial  StatusKind = "initial" // nobody has begun
	Active   StatusKind = "active"
	Inactive StatusKind = "inactive" // it is done, one way or another
)

// StatusKinds lists the kinds in the order of a ticket's life.
func StatusKinds() []StatusKind { return []StatusKind{Initial, Active, Inactive} }

// Active reports whether work on such a ticket is still to be done.
func (k StatusKind) Active() bool { return k == Initial || k == Active }

// A LifeCycleID numbers a life cycle; zero is the one that ships.
type LifeCycleID int64

// A LifeCycle says through which statuses the tickets of a queue go, and how.
//
// The status deleted belongs to each life cycle. A status is of one kind in
// all of them, so that lists, queries and counts mean one thing.
type LifeCycle struct {
	ID          LifeCycleID
	Name, About string
	States      []State // in the order of a ticket's life
	Steps       []Step  // in the order in which they are offered
	// Becomes says what a status becomes that this life cycle lacks, when a ticket
	// comes from another one. What it does not name becomes the first of its kind.
	Becomes map[Status]Status
	// Granted and Refused are the ends of an approval; empty: tickets of this life
	// cycle ask for none.
	Granted, Refused Status
}

// A State is a status within a life cycle.
type State struct {
	Name Status
	Kind StatusKind
	// Answered and Asked are what it becomes when the desk or the customer
	// replies; empty: it stays.
	Answered, Asked Status
	// Solved: the customer is told that his matter is solved, and when is kept.
	Solved bool
}

// A Step is a change of status that a life cycle knows.
type Step struct {
	From, To Status
	Right    Right // that it asks for; zero: ModifyTicket
	// Label is how the ticket's page offers it; empty: only among the others.
	Label string
	Does  StepForm
}

// A StepForm is what a step offered on the ticket's page goes with.
type StepForm string

// The forms of steps.
const (
	StepPlain   StepForm = ""
	StepReply   StepForm = "reply"
	StepComment StepForm = "comment"
)

// Asks returns the right that the step asks for.
func (s *Step) Asks() Right { return cmp.Or(s.Right, ModifyTicket) }

// ShippedLifeCycle returns the life cycle of queues that have no other one. Any
// status may follow any other one there.
func ShippedLifeCycle() *LifeCycle {
	c := &LifeCycle{Name: "default", States: []State{
		{Name: StatusNew, Kind: Initial, Answered: StatusOpen},
		{Name: StatusOpen, Kind: Active},
		{Name: StatusStalled, Kind: Active, Asked: StatusOpen},
		{Name: StatusResolved, Kind: Inactive, Asked: StatusOpen, Solved: true},
		{Name: StatusRejected, Kind: Inactive},
		{Name: StatusDeleted, Kind: Inactive},
	}}
	offered := map[[2]Status]Step{
		{StatusNew, StatusOpen}:         {Label: "start"},
		{StatusNew, StatusResolved}:     {Label: "resolve", Does: StepReply},
		{StatusNew, StatusRejected}:     {Label: "reject", Does: StepReply},
		{StatusOpen, StatusStalled}:     {Label: "stall", Does: StepReply},
		{StatusOpen, StatusResolved}:    {Label: "resolve", Does: StepReply},
		{StatusOpen, StatusRejected}:    {Label: "reject", Does: StepReply},
		{StatusStalled, StatusOpen}:     {Label: "resume"},
		{StatusStalled, StatusResolved}: {Label: "resolve", Does: StepReply},
		{StatusResolved, StatusOpen}:    {Label: "reopen", Does: StepComment},
		{StatusRejected, StatusOpen}:    {Label: "reopen", Does: StepComment},
		{StatusDeleted, StatusOpen}:     {Label: "undelete"},
		{StatusNew, StatusDeleted}:      {Right: DeleteTicket},
		{StatusOpen, StatusDeleted}:     {Right: DeleteTicket},
		{StatusStalled, StatusDeleted}:  {Right: DeleteTicket},
		{StatusResolved, StatusDeleted}: {Right: DeleteTicket},
		{StatusRejected, StatusDeleted}: {Right: DeleteTicket},
	}
	for _, from := range c.States {
		for _, to := range c.States {
			if from.Name != to.Name {
				step := offered[[2]Status{from.Name, to.Name}]
				step.From, step.To = from.Name, to.Name
				c.Steps = append(c.Steps, step)
			}
		}
	}
	return c
}

// State returns a status of the life cycle, or nil where it has none of that
// name.
func (c *LifeCycle) State(name Status) *State {
	i := slices.IndexFunc(c.States, func(s State) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return &c.States[i]
}

// Step returns the step between two statuses, or nil where there is none. One
// can always be deleted, and come back from there to where tickets begin.
func (c *LifeCycle) Step(from, to Status) *Step {
	i := slices.IndexFunc(c.Steps, func(s Step) bool { return s.From == from && s.To == to })
	switch {
	case i >= 0:
		return &c.Steps[i]
	case from == to || c.State(from) == nil || c.State(to) == nil:
		return nil
	case to == StatusDeleted, from == StatusDeleted && to == c.First(Initial):
		return &Step{From: from, To: to, Right: DeleteTicket}
	}
	return nil
}

// From returns the steps that lead on from a status, in the order of the life
// cycle's.
func (c *LifeCycle) From(status Status) []Step {
	var list []Step
	for _, s := range c.Steps {
		if s.From == status {
			list = append(list, s)
		}
	}
	for _, to := range c.States {
		step := c.Step(status, to.Name)
		if step != nil && !slices.ContainsFunc(list, func(s Step) bool { return s.To == to.Name }) {
			list = append(list, *step)
		}
	}
	return list
}

// First returns the first status of a kind; of inactive ones the first in which
// a matter is solved, where there is one. Empty: it has none.
func (c *LifeCycle) First(kind StatusKind) Status {
	var first Status
	for _, s := range c.States {
		switch {
		case s.Kind != kind || s.Name == StatusDeleted:
		case kind == Inactive && s.Solved:
			return s.Name
		case first == "":
			first = s.Name
		}
	}
	return first
}

// Arrives returns what a status of a kind becomes when a ticket comes into this
// life cycle: itself where it is known here.
func (c *LifeCycle) Arrives(s Status, kind StatusKind) Status {
	if c.State(s) != nil {
		return s
	}
	if to := c.Becomes[s]; c.State(to) != nil {
		return to
	}
	switch kind {
	case Initial:
		return c.First(Initial)
	case Inactive:
		return cmp.Or(c.First(Inactive), StatusDeleted)
	}
	return cmp.Or(c.First(Active), c.First(Initial))
}

// Enter puts a ticket into a status of the life cycle at a moment: when work on
// it began and when it was solved follow from that, and whether its customer
// waits.
func (c *LifeCycle) Enter(t *Ticket, s Status, at time.Time) {
	state := c.State(s)
	if state == nil {
		state = &State{Name: s, Kind: Inactive}
	}
	t.Status, t.Live, t.Resolved = s, state.Kind.Active(), time.Time{}
	if state.Solved {
		t.Resolved = at
	}
	if t.Started.IsZero() && state.Kind != Initial {
		t.Started = at
	}
	if !t.Live {
		t.Asked = time.Time{}
	}
}

// Approves reports whether tickets of the life cycle ask for an approval.
func (c *LifeCycle) Approves() bool { return c.Granted != "" }

// maxStates bounds the statuses of a life cycle.
const maxStates = 24

// Check refuses a life cycle that cannot be meant and brings its names into the
// form in which they are kept. What is wrong is told by field: name, states,
// steps, becomes, approval, or one of those with the number of its line, as in
// state.2.
func (c *LifeCycle) Check() error {
	var err error
	if c.Name, err = CheckName("life cycle", c.Name); err != nil {
		return InvalidFields(map[string]string{"name": Sentence(err)})
	}
	if Fold(c.Name) == Fold(ShippedLifeCycle().Name) {
		return InvalidFields(map[string]string{"name": "The life cycle that ships is called so; choose another name."})
	}
	if err := c.checkStates(); err != nil {
		return err
	}
	if err := c.checkSteps(); err != nil {
		return err
	}
	for from, to := range c.Becomes {
		if c.State(to) == nil {
			return InvalidFields(map[string]string{"becomes": "What was " + string(from) + " elsewhere cannot become " + string(to) + ", which is no status of this life cycle."})
		}
	}
	for _, end := range []Status{c.Granted, c.Refused} {
		if s := c.State(end); end != "" && (s == nil || s.Kind != Inactive) {
			return InvalidFields(map[string]string{"approval": "An approval is granted and refused in inactive statuses; " + string(end) + " is none of this life cycle."})
		}
	}
	if (c.Granted == "") != (c.Refused == "") || c.Granted != "" && c.Granted == c.Refused {
		return InvalidFields(map[string]string{"approval": "An approval needs two statuses: one in which it is granted, another one in which it is refused."})
	}
	return nil
}

func (c *LifeCycle) checkStates() error {
	seen := map[Status]bool{}
	for i := range c.States {
		s := &c.States[i]
		var err error
		if s.Name, err = CheckStatus(string(s.Name)); err != nil {
			return err
		}
		switch shipped := ShippedLifeCycle().State(s.Name); {
		case seen[s.Name]:
			return InvalidFields(map[string]string{"states": "The status " + string(s.Name) + " stands there twice."})
		case !slices.Contains(StatusKinds(), s.Kind):
			return InvalidFields(map[string]string{"states": "Say of the status " + string(s.Name) + " whether it is initial, active or inactive."})
		case shipped != nil && shipped.Kind != s.Kind:
			return InvalidFields(map[string]string{"states": "The status " + string(s.Name) + " is " + string(shipped.Kind) + " in every life cycle; choose another name for one that is " + string(s.Kind) + "."})
		case s.Solved && (s.Kind != Inactive || s.Name == StatusDeleted):
			return InvalidFields(map[string]string{"states": "A matter is solved in an inactive status; " + string(s.Name) + " is none."})
		}
		seen[s.Name] = true
	}
	if !seen[StatusDeleted] {
		c.States = append(c.States, State{Name: StatusDeleted, Kind: Inactive})
	}
	switch {
	case len(c.States) > maxStates:
		return InvalidFields(map[string]string{"states": "Nobody keeps so many statuses apart; 23 are the most."})
	case c.First(Initial) == "":
		return InvalidFields(map[string]string{"states": "A life cycle needs an initial status, in which tickets are opened."})
	case c.First(Inactive) == "":
		return InvalidFields(map[string]string{"states": "A life cycle needs an inactive status, in which tickets are done."})
	}
	for _, s := range c.States {
		for _, to := range []Status{s.Answered, s.Asked} {
			if to != "" && (c.State(to) == nil || to == s.Name || to == StatusDeleted) {
				return InvalidFields(map[string]string{"states": "A reply cannot make " + string(to) + " of the status " + string(s.Name) + "."})
			}
		}
	}
	return nil
}

func (c *LifeCycle) checkSteps() error {
	seen := map[[2]Status]bool{}
	for i := range c.Steps {
		s := &c.Steps[i]
		between := string(s.From) + " to " + string(s.To)
		wrong := func(text string) error { return InvalidFields(map[string]string{"steps": text}) }
		switch {
		case c.State(s.From) == nil || c.State(s.To) == nil || s.From == s.To:
			return wrong("There is no step from " + between + " in this life cycle.")
		case seen[[2]Status{s.From, s.To}]:
			return wrong("The step from " + between + " stands there twice.")
		case s.Right != 0 && s.Right.Class() != TicketRight:
			return wrong("The step from " + between + " cannot ask for " + s.Right.String() + ", which nobody holds on a ticket.")
		case !slices.Contains([]StepForm{StepPlain, StepReply, StepComment}, s.Does):
			return wrong("The step from " + between + " goes with a reply, a comment or alone; " + string(s.Does) + " is none of them.")
		}
		seen[[2]Status{s.From, s.To}] = true
		if s.Label = strings.Join(strings.Fields(s.Label), " "); len([]rune(s.Label)) > 40 {
			return wrong("The words for the step from " + between + " do not fit on a button.")
		}
		if s.Right == ModifyTicket {
			s.Right = 0
		}
	}
	for _, s := range c.States {
		if s.Name != StatusDeleted && s.Kind.Active() && !slices.ContainsFunc(c.Steps, func(step Step) bool { return step.From == s.Name }) {
			return InvalidFields(map[string]string{"steps": "Nothing leads on from the status " + string(s.Name) + "; work that stands there would never be done."})
		}
	}
	return nil
}

// CheckStatus returns the name of a status as it is kept: small letters, digits,
// dashes and single spaces.
func CheckStatus(name string) (Status, error) {
	folded := strings.Join(strings.Fields(strings.ToLower(name)), " ")
	if folded == "" || len([]rune(folded)) > 30 || strings.ContainsFunc(folded, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`'"_%*,;:<>{}()[]\/|&`, r)
	}) {
		return "", InvalidFields(map[string]string{"states": "A status is called by up to 30 letters, digits, dashes and spaces; " + name + " is not."})
	}
	return Status(folded), nil
}

// A LifeBook is all life cycles of a desk, and which queue has which.
type LifeBook struct {
	Cycles []LifeCycle // the shipped one is not among them
	Queues map[QueueID]LifeCycleID
}

// Cycle returns the life cycle of a number, or nil.
func (b *LifeBook) Cycle(id LifeCycleID) *LifeCycle {
	if id == 0 {
		return ShippedLifeCycle()
	}
	for i := range b.Cycles {
		if b.Cycles[i].ID == id {
			return &b.Cycles[i]
		}
	}
	return nil
}

// Of returns the life cycle of a queue.
func (b *LifeBook) Of(queue QueueID) *LifeCycle {
	if c := b.Cycle(b.Queues[queue]); c != nil {
		return c
	}
	return ShippedLifeCycle()
}

// With returns the queues that have a life cycle, in the order of their
// numbers. For the shipped one that is none: the others have it.
func (b *LifeBook) With(id LifeCycleID) []QueueID {
	var list []QueueID
	for queue, has := range b.Queues {
		if has == id {
			list = append(list, queue)
		}
	}
	slices.Sort(list)
	return list
}

// Approving returns the queues whose tickets are approvals, in the order of
// their numbers.
func (b *LifeBook) Approving() []QueueID {
	var list []QueueID
	for _, c := range b.Cycles {
		if c.Approves() {
			list = append(list, b.With(c.ID)...)
		}
	}
	slices.Sort(list)
	return list
}

// Kinds returns the kind of each status that there is in some life cycle.
func (b *LifeBook) Kinds() map[Status]StatusKind {
	kinds := map[Status]StatusKind{}
	for _, s := range ShippedLifeCycle().States {
		kinds[s.Name] = s.Kind
	}
	for i := range b.Cycles {
		for _, s := range b.Cycles[i].States {
			kinds[s.Name] = s.Kind
		}
	}
	return kinds
}

// Kind returns the kind of a status; empty: no life cycle has it.
func (b *LifeBook) Kind(s Status) StatusKind {
	if k := ShippedLifeCycle().State(s); k != nil {
		return k.Kind
	}
	for i := range b.Cycles {
		if k := b.Cycles[i].State(s); k != nil {
			return k.Kind
		}
	}
	return ""
}

// Statuses lists the statuses of all life cycles: the shipped ones, then the
// others by name.
func (b *LifeBook) Statuses() []Status {
	list := Statuses()
	for _, s := range slices.Sorted(maps.Keys(b.Kinds())) {
		if !s.Known() {
			list = append(list, s)
		}
	}
	return list
}

// CheckKinds refuses a life cycle that makes a status of one kind which another
// one has of a different kind.
func (b *LifeBook) CheckKinds(c *LifeCycle) error {
	for i := range b.Cycles {
		other := &b.Cycles[i]
		if other.ID == c.ID {
			continue
		}
		for _, s := range c.States {
			if k := other.State(s.Name); k != nil && k.Kind != s.Kind {
				return InvalidFields(map[string]string{"states": "The status " + string(s.Name) + " is " + string(k.Kind) + " in the life cycle " + other.Name +
					"; a status is of one kind in all of them, so that lists and queries mean one thing. Choose another name or the same kind."})
			}
		}
	}
	return nil
}
