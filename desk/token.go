package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Token is a long random text by which somebody is known; only its digest is
// kept.
type Token struct {
	Digest   string // SHA-256 of the token, in hex
	Kind     string // "api" or "link"
	User     UserID
	Name     string
	Created  time.Time
	Until    time.Time // zero: for ever
	LastUsed time.Time
	Scope    string    // of an api token: Limits as they are written; empty: all that its user may
	Maker    string    // digest of the token by which it was made, and with which it ends; empty: by none
	Warned   time.Time // when its user was told that it ends; zero: not yet
}

// Limits are how much less a token may than its user. They only ever take away:
// whoever comes by it may what his user may and the limits leave. Nil limits
// nothing.
type Limits struct {
	Looks   bool      // it changes nothing
	Tickets bool      // it works on tickets and administers nothing
	Queues  []QueueID // it works on the tickets of these only; none: of all
}

// Narrow reports whether some rights of the user are out of reach, besides those
// of changing anything.
func (l *Limits) Narrow() bool { return l != nil && (l.Tickets || len(l.Queues) > 0) }

// OnlyLooks reports whether it changes nothing.
func (l *Limits) OnlyLooks() bool { return l != nil && l.Looks }

// Rights are those that the limits leave.
func (l *Limits) Rights() RightSet {
	if !l.Narrow() {
		return EveryRight()
	}
	return WorkRights()
}

// String writes the limits as words: read, tickets, queue:3.
func (l *Limits) String() string {
	if l == nil {
		return ""
	}
	var words []string
	if l.Looks {
		words = append(words, "read")
	}
	if l.Tickets {
		words = append(words, "tickets")
	}
	for _, q := range l.Queues {
		words = append(words, "queue:"+strconv.FormatInt(int64(q), 10))
	}
	return strings.Join(words, " ")
}

// ParseLimits reads what String writes; nil for the empty text. A word that it
// does not know is an error: it may take away what nobody here knows of.
func ParseLimits(text string) (*Limits, error) {
	if text == "" {
		return nil, nil
	}
	l := &Limits{}
	for word := range strings.FieldsSeq(text) {
		number, ofQueue := strings.CutPrefix(word, "queue:")
		id, err := strconv.ParseInt(number, 10, 64)
		switch {
		case word == "read":
			l.Looks = true
		case word == "tickets":
			l.Tickets = true
		case ofQueue && err == nil && id > 0 && !slices.Contains(l.Queues, QueueID(id)):
			l.Queues = append(l.Queues, QueueID(id))
		default:
			return nil, Errorf(Invalid, "What this token may is not known here: %s.", word)
		}
	}
	slices.Sort(l.Queues)
	return l, nil
}
