package desk

import "time"

// A BatchID names a batch.
type BatchID int64

// A Batch is one change of many tickets that somebody asked for at once. It is
// done ticket by ticket, each by itself.
type Batch struct {
	ID      BatchID
	By      UserID
	Via     Way
	Change  BatchChange
	Undoes  BatchID // the batch that it takes back; zero: none
	At      time.Time
	Ended   time.Time // zero: it goes on
	Stopped bool      // somebody ended it before all was done
}

// BatchState says what became of a ticket of a batch.
type BatchState uint8

// The states of a ticket of a batch.
const (
	BatchWaits   BatchState = iota
	BatchChanged            // as the batch asked
	BatchSkipped            // left as it was; Reason says why
)

// A BatchTicket is one ticket of a batch.
type BatchTicket struct {
	Ticket TicketID
	State  BatchState
	Reason string
	Before TicketBefore
}

// BatchCounts says how many tickets of a batch are in each state.
type BatchCounts struct{ Waits, Changed, Skipped int }

// All is how many tickets the batch has.
func (c BatchCounts) All() int { return c.Waits + c.Changed + c.Skipped }

// A BatchChange is what is done to each of many tickets. Its zero parts leave
// things as they are; merging goes with nothing else.
type BatchChange struct {
	Status   Status
	Owner    *UserID // zero: nobody
	Priority *int
	Queue    QueueID
	Customer CustomerID
	Fields   []FieldSet
	Kind     MessageKind // of what is written; zero: nothing is
	Text     string
	Link     string // type of a link to To
	To       TicketID
	Merge    TicketID // they become one with it
	// Undo takes back what an earlier batch did; it goes with nothing else.
	Undo BatchID
}

// Empty reports whether nothing is to be done.
func (c *BatchChange) Empty() bool {
	return c.Status == "" && c.Owner == nil && c.Priority == nil && c.Queue == 0 && c.Customer == 0 &&
		len(c.Fields) == 0 && c.Kind == 0 && c.Link == "" && c.Merge == 0 && c.Undo == 0
}

// CanUndo reports whether any of it can be taken back: what was written cannot.
func (c *BatchChange) CanUndo() bool {
	left := *c
	left.Kind, left.Text = 0, ""
	return c.Undo == 0 && !left.Empty()
}

// A TicketBefore is what a ticket was before a batch changed it: what of it is
// set was changed.
type TicketBefore struct {
	Status    *Status
	Owner     *UserID
	Priority  *int
	Queue     *QueueID
	Customers []PrincipalID
	Fields    map[FieldID][]string
	Set       map[FieldID][]string // what Fields were set to
	Linked    bool
	Merged    bool
	Wrote     MessageID
}

// Changed reports whether anything was.
func (b *TicketBefore) Changed() bool {
	return b.Status != nil || b.Owner != nil || b.Priority != nil || b.Queue != nil || b.Customers != nil ||
		len(b.Fields) > 0 || b.Linked || b.Merged || b.Wrote != 0
}
