package store

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"gatehouse/desk"
)

// A Changed says that something happened on a ticket, and nothing else: what it
// was is asked for in the normal way. Ticket zero: it is not known on which.
type Changed struct {
	Ticket desk.TicketID
	Kind   desk.EventKind // ChangedComment for comments, ChangedPresence for who is there
	// User: it is what he is told that has changed, and on no ticket; zero: it is
	// not about one person.
	User desk.UserID
}

// The kinds of changes that are no kinds of events.
const (
	ChangedComment   desk.EventKind = "comment"
	ChangedPresence  desk.EventKind = "presence"
	ChangedReminders desk.EventKind = "reminders"
)

// changesAtMost is how many changes wait for one who listens; where there are
// more, he is told that he missed some.
const changesAtMost = 64

// changesChannel is the name under which PostgreSQL tells of changes.
const changesChannel = "gatehouse_changes"

// A hub hands changes to those who listen.
type hub struct {
	mu     sync.Mutex
	open   map[*Listening]bool
	closed bool
}

// A Listening receives changes until it is closed.
type Listening struct {
	C      chan Changed // closed at the end
	hub    *hub
	missed bool
}

// Listen begins to receive the changes that are committed from now on: on
// SQLite those of this process, on PostgreSQL those of all nodes while
// FollowChanges runs.
func (s *Store) Listen() *Listening {
	l := &Listening{C: make(chan Changed, changesAtMost), hub: s.hub}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if s.hub.closed {
		close(l.C)
		return l
	}
	s.hub.open[l] = true
	return l
}

// Close ends it.
func (l *Listening) Close() {
	l.hub.mu.Lock()
	defer l.hub.mu.Unlock()
	if l.hub.open[l] {
		delete(l.hub.open, l)
		close(l.C)
	}
}

// StopListening ends all that listen, and whoever comes later: the program is
// about to end.
func (s *Store) StopListening() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.closed = true
	for l := range s.hub.open {
		delete(s.hub.open, l)
		close(l.C)
	}
}

// tell hands changes on, and never waits for anybody.
func (h *hub) tell(changes []Changed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.open {
		for _, c := range changes {
			if l.missed {
				c = Changed{}
			}
			select {
			case l.C <- c:
				l.missed = false
			default:
				l.missed = true
			}
		}
	}
}

// changed notes that something happened on a ticket, to be told when the
// transaction is stored.
func (tx *Tx) changed(ticket desk.TicketID, kind desk.EventKind) {
	tx.toTell(Changed{Ticket: ticket, Kind: kind})
}

// changedFor notes that what somebody is told has changed.
func (tx *Tx) changedFor(user desk.UserID) { tx.toTell(Changed{Kind: ChangedNotices, User: user}) }

func (tx *Tx) toTell(c Changed) {
	for _, known := range tx.changes {
		if known == c {
			return
		}
	}
	tx.changes = append(tx.changes, c)
}

// toldOf is how many changes of one transaction are told one by one.
const toldOf = 40

// announce has PostgreSQL tell of the changes when the transaction is stored.
func (tx *Tx) announce(ctx context.Context) error {
	if len(tx.changes) == 0 || tx.d.announce == nil {
		return nil
	}
	return tx.wrap(tx.d.announce(ctx, tx), "tell of changes", "")
}

// postgresAnnounce writes the changes into one notification.
func postgresAnnounce(ctx context.Context, tx *Tx) error {
	var words []string
	for _, c := range tx.changes {
		words = append(words, strconv.FormatInt(int64(c.Ticket), 10)+":"+string(c.Kind)+of(c.User))
	}
	if len(words) > toldOf {
		words = []string{"0:"}
	}
	_, err := tx.exec(ctx, `SELECT pg_notify($1, $2)`, changesChannel, strings.Join(words, " "))
	return err
}

// of writes whom a change is about, if anybody.
func of(user desk.UserID) string {
	if user == 0 {
		return ""
	}
	return ":" + strconv.FormatInt(int64(user), 10)
}

// readChanges reads a notification.
func readChanges(text string) []Changed {
	var list []Changed
	for word := range strings.FieldsSeq(text) {
		number, rest, _ := strings.Cut(word, ":")
		kind, person, _ := strings.Cut(rest, ":")
		id, err := strconv.ParseInt(number, 10, 64)
		user, _ := strconv.ParseInt(person, 10, 64) // nobody where there is none
		if err == nil {
			list = append(list, Changed{desk.TicketID(id), desk.EventKind(kind), desk.UserID(user)})
		}
	}
	return list
}

// FollowChanges passes on the changes of all nodes until ctx is done. A
// connection that is lost is made again, and everybody is told that he may have
// missed something.
func (s *Store) FollowChanges(ctx context.Context) {
	if s.d.announce == nil {
		<-ctx.Done()
		return
	}
	for ctx.Err() == nil {
		if err := s.follow(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("changes of other nodes are not heard of for a moment", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(2 * time.Second):
		}
	}
}

func (s *Store) follow(ctx context.Context) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c := driver.(*stdlib.Conn).Conn()
		if _, err := c.Exec(ctx, "LISTEN "+changesChannel); err != nil {
			return err
		}
		s.hub.tell([]Changed{{}})
		defer unlisten(c)
		for {
			n, err := c.WaitForNotification(ctx)
			if err != nil {
				return err
			}
			s.hub.tell(readChanges(n.Payload))
		}
	})
}

// unlisten gives the connection back as it was; one that is broken is thrown
// away by its pool.
func unlisten(c *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, _ = c.Exec(ctx, "UNLISTEN *")
}
