package service

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/desk"
	"gatehouse/desk/tally"
	"gatehouse/store"
)

// reportAge is how long a report that was counted is shown again.
const reportAge = time.Minute

// manyChanges is from how many changes on all tickets are read again.
const manyChanges = 50_000

// A counting holds the tickets by which reports are counted, and what was
// counted last.
type counting struct {
	reading sync.Mutex // held while tickets are read
	ledger  *tally.Ledger
	mark    store.TicketMark
	pruned  time.Time
	begun   atomic.Bool // all of them were read once

	mu   sync.Mutex
	kept map[reportKey]keptReport

	viewers viewing
}

func newCounting() *counting {
	return &counting{kept: map[reportKey]keptReport{}, viewers: viewing{kept: map[desk.UserID]*viewer{}}}
}

// A reportKey says for whom what was counted: reports of the same person in the
// same zone and written alike have the same answer.
type reportKey struct {
	user   desk.UserID
	limits string // of the token by which he came
	zone   string
	report string
}

// A keptReport is a report as it was counted once, and what has to be the same for
// it to be shown again.
type keptReport struct {
	version int64 // of access
	day     desk.Day
	at      time.Time
	ledger  *tally.Ledger
	scope   *desk.Scope
	table   *ReportTable
}

// maxCounted is how many reports are kept.
const maxCounted = 2000

// find returns a report that was counted within the last minute, by the same
// rights, and of tickets none of which was taken from the reader since.
func (k *counting) find(key reportKey, now keptReport) *ReportTable {
	k.mu.Lock()
	defer k.mu.Unlock()
	have, ok := k.kept[key]
	if !ok {
		return nil
	}
	age := now.at.Sub(have.at)
	if have.version != now.version || have.day != now.day || age < 0 || age >= reportAge {
		delete(k.kept, key)
		return nil
	}
	if have.ledger != now.ledger {
		if now.ledger.Lost(have.ledger, have.scope) {
			delete(k.kept, key)
			return nil
		}
		have.ledger = now.ledger // of what is lost later it is asked from here on
		k.kept[key] = have
	}
	return have.table
}

// keep keeps a report that was counted.
func (k *counting) keep(key reportKey, what keptReport) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.kept) >= maxCounted {
		for old, have := range k.kept {
			if what.at.Sub(have.at) >= reportAge || len(k.kept) >= maxCounted {
				delete(k.kept, old)
			}
		}
	}
	k.kept[key] = what
}

// tickets returns the tickets as they are now, to be counted. What was changed
// since the last time is read; the first time, and where too much was changed,
// all are.
func (s *Service) tickets(ctx context.Context) (*tally.Ledger, error) {
	k := s.counting
	k.reading.Lock()
	defer k.reading.Unlock()
	err := s.store.View(ctx, func(tx *store.Tx) error {
		mark, err := tx.TicketMark(ctx)
		if err != nil || k.ledger != nil && mark.Before(k.mark) {
			return err
		}
		edit, err := s.changedTickets(ctx, tx)
		if err != nil {
			return err
		}
		k.ledger, k.mark = edit.Done(), mark
		k.begun.Store(true)
		return nil
	})
	return k.ledger, err
}

// ticketsIfRead returns the tickets as they are now, or nil where they have not
// been read since the start, which takes seconds on a large desk, and within
// another use case, of which they do not know what it changed.
func (s *Service) ticketsIfRead(ctx context.Context) (*tally.Ledger, error) {
	if s.joined != nil || !s.counting.begun.Load() {
		return nil, nil
	}
	return s.tickets(ctx)
}

func (s *Service) changedTickets(ctx context.Context, tx *store.Tx) (*tally.Writer, error) {
	k := s.counting
	if k.ledger != nil {
		ids, ok, err := tx.TicketsChanged(ctx, k.mark, manyChanges)
		if err != nil {
			return nil, err
		}
		if ok {
			return readAgain(ctx, tx, k.ledger, ids)
		}
	}
	edit := (&tally.Ledger{}).Edit()
	return edit, tx.EachCounted(ctx, nil, edit.Put)
}

// readAgain brings some tickets up to date.
func readAgain(ctx context.Context, tx *store.Tx, l *tally.Ledger, ids []desk.TicketID) (*tally.Writer, error) {
	edit := l.Edit()
	gone := map[desk.TicketID]bool{}
	for _, id := range ids {
		gone[id] = true
	}
	if len(ids) == 0 {
		return edit, nil
	}
	err := tx.EachCounted(ctx, ids, func(t *tally.Ticket) {
		delete(gone, t.ID)
		edit.Put(t)
	})
	for id := range gone {
		edit.Remove(id)
	}
	return edit, err
}

// KeepCounting brings up to date what reports are counted from, so that who
// looks need not wait for it, and takes away old notes of what was changed. It
// is for the program's own jobs.
func (s *Service) KeepCounting(ctx context.Context, by desk.Actor) error {
	if !by.IsSystem() {
		return errNobody()
	}
	if _, err := s.tickets(ctx); err != nil {
		return err
	}
	now := s.Now()
	s.counting.mu.Lock()
	due := now.Sub(s.counting.pruned) >= time.Hour
	if due {
		s.counting.pruned = now
	}
	s.counting.mu.Unlock()
	if !due {
		return nil
	}
	return s.do(ctx, by, func(o *op) error { return o.PruneTicketChanges(ctx) })
}
