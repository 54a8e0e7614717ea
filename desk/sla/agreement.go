package sla

import (
	"cmp"
	"slices"
	"time"

	"gatehouse/desk"
)

// A Kind says what a clock measures.
type Kind uint8

// The kinds of clocks.
const (
	FirstResponse Kind = iota + 1 // until somebody at the desk answers the first time
	Update                        // until somebody answers a later message of the customer's
	Resolution                    // until the ticket is done
)

// Kinds lists the kinds of clocks.
func Kinds() []Kind { return []Kind{FirstResponse, Update, Resolution} }

var kindNames = [...]string{"", "first_response", "update", "resolution"}

// String returns the name of the kind.
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return "clock"
	}
	return kindNames[k]
}

// ParseKind returns the kind of that name.
func ParseKind(name string) (Kind, bool) {
	i := slices.Index(kindNames[:], name)
	return Kind(max(i, 0)), i > 0
}

// An AgreementID numbers an agreement; zero is none: nothing runs.
type AgreementID int64

// An Agreement is a level of service: how long one may wait for what, in the
// working time of a calendar.
type Agreement struct {
	ID       AgreementID
	Name     string
	Calendar CalendarID // zero: round the clock
	// Targets are the longest times, by kind; none: that clock does not run.
	Targets map[Kind]time.Duration
	// Warn is after how many of a hundred parts of a target people are warned;
	// zero: they are not.
	Warn int
	// Pauses are the statuses in which no clock of the agreement runs.
	Pauses []desk.Status
}

// maxTarget bounds targets, in working time.
const maxTarget = 10 * 365 * 24 * time.Hour

// Check refuses an agreement that cannot be meant.
func (a *Agreement) Check() error {
	name, err := desk.CheckName("agreement", a.Name)
	if err != nil {
		return desk.InvalidFields(map[string]string{"name": desk.Sentence(err)})
	}
	a.Name = name
	if a.Warn < 0 || a.Warn > 99 {
		return desk.InvalidFields(map[string]string{"warn": "Write how many of a hundred parts may pass before the warning: 1 to 99, or 0 for none."})
	}
	some := false
	for _, k := range Kinds() {
		d := a.Targets[k]
		if d < 0 || d > maxTarget || d%time.Minute != 0 {
			return desk.InvalidFields(map[string]string{k.String(): "Write a length of time in whole minutes, as 4h or 90m."})
		}
		some = some || d > 0
	}
	if !some {
		return desk.InvalidFields(map[string]string{FirstResponse.String(): "An agreement needs at least one time: for the first answer, further answers or the end."})
	}
	return nil
}

// An AssignmentID numbers an assignment.
type AssignmentID int64

// An Assignment says for which tickets an agreement holds: those of which all
// that it names is true.
type Assignment struct {
	ID        AssignmentID
	Agreement AgreementID // zero: no clock runs there
	Queue     desk.QueueID
	Customer  desk.CustomerID
	Priority  *int // at least this one; nil: any
}

// weight orders assignments: the customer counts most, then the queue, then
// the priority.
func (a *Assignment) weight() int {
	w := 0
	if a.Customer != 0 {
		w += 4
	}
	if a.Queue != 0 {
		w += 2
	}
	if a.Priority != nil {
		w++
	}
	return w
}

func (a *Assignment) fits(f *Facts) bool {
	return (a.Queue == 0 || a.Queue == f.Queue) &&
		(a.Customer == 0 || slices.Contains(f.Customers, a.Customer)) &&
		(a.Priority == nil || f.Priority >= *a.Priority)
}

// A Book is all that is agreed at a desk.
type Book struct {
	Calendars   []Calendar
	Agreements  []Agreement
	Assignments []Assignment
}

// Empty reports whether no clock runs anywhere.
func (b *Book) Empty() bool { return len(b.Assignments) == 0 }

// Calendar returns the calendar of that number; round the clock where there is
// none.
func (b *Book) Calendar(id CalendarID) *Calendar {
	for i := range b.Calendars {
		if b.Calendars[i].ID == id {
			return &b.Calendars[i]
		}
	}
	return Always()
}

// Agreement returns the agreement of that number, or nil.
func (b *Book) Agreement(id AgreementID) *Agreement {
	for i := range b.Agreements {
		if b.Agreements[i].ID == id {
			return &b.Agreements[i]
		}
	}
	return nil
}

// Choose returns what is agreed for a ticket with such facts and the assignment
// that says so: of those that fit the most specific one, of two equals the one
// for the higher priority, then the older one. Nil: nothing is agreed.
func (b *Book) Choose(f *Facts) (*Agreement, *Assignment) {
	var best *Assignment
	for i := range b.Assignments {
		a := &b.Assignments[i]
		if a.fits(f) && (best == nil || before(a, best) < 0) {
			best = a
		}
	}
	if best == nil {
		return nil, nil
	}
	return b.Agreement(best.Agreement), best
}

func before(a, b *Assignment) int {
	least := func(a *Assignment) int {
		if a.Priority == nil {
			return 0
		}
		return *a.Priority
	}
	return cmp.Or(-cmp.Compare(a.weight(), b.weight()), -cmp.Compare(least(a), least(b)), cmp.Compare(a.ID, b.ID))
}
