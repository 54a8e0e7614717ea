package desk

import "time"

// A NoticeID numbers a notice.
type NoticeID int64

// A NoticeKind says what a notice tells.
type NoticeKind string

// The kinds of notices.
const (
	NoticeReply    NoticeKind = "reply"    // somebody wrote on a ticket on which one stands oneself
	NoticeMention  NoticeKind = "mention"  // somebody wrote one's login with an @ before it
	NoticeOwner    NoticeKind = "owner"    // one was given a ticket
	NoticeWatcher  NoticeKind = "watcher"  // one was added to a ticket
	NoticeApproval NoticeKind = "approval" // one is asked to approve of something
	NoticeDecided  NoticeKind = "decided"  // what one asked for was granted or refused
	NoticeReminder NoticeKind = "reminder" // a reminder came due; About is its number
	NoticeClock    NoticeKind = "clock"    // a clock is about to be, or is, overdue
	NoticeRule     NoticeKind = "rule"     // a rule tells of it; About is its number
)

// A Notice tells a person at the desk, in its pages, of something that concerns
// him. It holds no words: what it tells is read when it is shown, as far as he
// may see it then.
type Notice struct {
	ID     NoticeID
	User   UserID // who is told
	Ticket TicketID
	Kind   NoticeKind
	By     UserID // who did it; zero: the desk itself
	About  int64
	// Internal: it is about what only those with ShowTicketComments may know.
	Internal bool
	At       time.Time // the last time
	Times    int       // that it happened since he last read it
	Read     time.Time // zero: he has not
}
