package desk

import (
	"slices"
	"strings"
	"time"
)

// MailTrust says what becomes of a letter whose sender is not proven.
type MailTrust string

// What can become of it. However it is taken, such a letter may only open a
// ticket in its sender's name.
const (
	TrustAccept MailTrust = "accept" // taken as any other
	TrustMark   MailTrust = "mark"   // taken, and the ticket says so
	TrustHold   MailTrust = "hold"   // waits for a person
	TrustRefuse MailTrust = "refuse"
)

// A MailPolicy says what letters may do in a queue. Its zero value accepts
// letters, opens closed tickets again, and puts spam aside.
type MailPolicy struct {
	Unproven MailTrust // empty: accept
	// FollowUpAfter is after how many days without news an answer to a closed
	// ticket opens a new one that refers to it; zero: it opens the old one
	// again, however old; negative: always a new one.
	FollowUpAfter int
	AcceptSpam    bool // what a filter in front calls spam is taken
	// Allow and Block hold canonical addresses and domains, as
	// jo@example.org and @example.org. Allow wins, also over a filter.
	Allow, Block []string

	// Language is that of letters to people who have chosen none; empty: the
	// desk's.
	Language string
	History  History  // what of the conversation follows a reply
	Together Together // who else is named in a letter
	Plain    bool     // letters are text only
	// Files is how many MB of files go with a letter, others being linked; zero:
	// 10; negative: none go.
	Files int
	// PerHour is how many letters of one sender are taken in an hour, more being
	// held; zero: as many as come.
	PerHour int
	// Inherited: the queue says nothing of its own, and these are the rules of
	// all such queues.
	Inherited bool
}

// A History says how much of the conversation follows a letter.
type History string

// The histories.
const (
	HistoryNone  History = "" // what was written now
	HistoryLast  History = "last"
	HistoryWhole History = "whole"
)

// A Together says who else is named in a letter that goes to several.
type Together string

// What can be said of it.
const (
	TogetherNot   Together = ""      // nobody
	TogetherKnown Together = "known" // those who have the same to see and may know each other
	TogetherAll   Together = "all"   // everybody to whom it goes
)

// FileRoom is how many bytes of files go with a letter.
func (p MailPolicy) FileRoom() int64 {
	switch {
	case p.Files < 0:
		return 0
	case p.Files == 0:
		return usualFiles << 20
	}
	return int64(p.Files) << 20
}

const usualFiles = 10 // MB

// Listed reports whether an address, or its domain or one above it, is in a
// list of a policy.
func Listed(list []string, address string) bool {
	if address == "" {
		return false
	}
	if slices.Contains(list, address) {
		return true
	}
	_, domain, _ := strings.Cut(address, "@")
	for domain != "" {
		if slices.Contains(list, "@"+domain) {
			return true
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return false
}

// FollowsUp reports whether an answer to the ticket opens a new one.
func (p MailPolicy) FollowsUp(t *Ticket, now time.Time) bool {
	if t.Active() || p.FollowUpAfter == 0 {
		return false
	}
	return p.FollowUpAfter < 0 || now.Sub(t.Updated) > time.Duration(p.FollowUpAfter)*24*time.Hour
}

// A Proof says whether it is proven that a letter comes from its sender.
type Proof string

// What can be known of it.
const (
	ProofUnasked Proof = ""     // nobody asked: the desk relies on what delivered it
	ProofGiven   Proof = "pass" // DMARC passes, or a signature or SPF of the sender's own domain
	ProofMissing Proof = "fail" // nothing proves it
)

// A SuggestionID numbers a suggestion.
type SuggestionID int64

// A Decision is what an agent makes of a suggestion.
type Decision string

// The decisions.
const (
	Undecided   Decision = ""
	AddAsCc     Decision = "cc"     // the sender becomes a Cc of the ticket, the letter a reply
	AsNewTicket Decision = "ticket" // the letter opens a ticket of its own
	Discard     Decision = "discard"
)

// A Suggestion is a letter for a ticket whose sender may not write on it. The
// sender is told nothing; who works on the ticket decides.
type Suggestion struct {
	ID       SuggestionID
	Ticket   TicketID
	Spool    SpoolID
	From     MailAddress
	Subject  string
	Excerpt  string // the beginning of its text
	Reason   string // why it is none of the ticket's letters yet
	At       time.Time
	Decision Decision
	By       UserID // who decided
	Decided  time.Time
}

// A Report says what became of a letter that somebody sent: one recipient of a
// delivery report (RFC 3464, and what programs write instead).
type Report struct {
	Recipient string // canonical; empty where the report does not say
	Permanent bool   // trying again does not help
	Reason    string // what the other mail server said
}

// A BouncedAddress is an address whose letters came back.
type BouncedAddress struct {
	Address string
	Reason  string // the last one
	At      time.Time
	Count   int
	Paused  bool // nothing is sent there until somebody resumes it
}

// A LetterTemplate is what somebody wrote in place of a template that ships.
type LetterTemplate struct {
	Name     string  // of the letter: see desk/template.Letters
	Queue    QueueID // zero: every queue without one of its own
	Language string  // as template.Base writes it
	Subject  string  // one line, before the tag is put in; empty: as the desk writes it
	Text     string
	Changed  time.Time
}

// TemplateOf returns the template of a letter in a queue and a language: the
// queue's own, else that for every queue, else nil.
func TemplateOf(list []LetterTemplate, name string, queue QueueID, language string) *LetterTemplate {
	var found *LetterTemplate
	for i := range list {
		t := &list[i]
		if t.Name == name && t.Language == language && (t.Queue == queue || t.Queue == 0 && found == nil) {
			found = t
		}
	}
	return found
}
