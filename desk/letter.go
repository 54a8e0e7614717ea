package desk

import "time"

// A SpoolID numbers a letter that came in.
type SpoolID int64

// SpoolState says how far a letter that came in has got.
type SpoolState string

// The states of a letter that came in.
const (
	SpoolWaiting SpoolState = "waiting" // stored, not yet looked at
	SpoolDone    SpoolState = "done"    // became a ticket or a message
	SpoolRefused SpoolState = "refused" // by a rule of the desk; Reason says which
	SpoolParked  SpoolState = "parked"  // failed too often; an administrator looks at it
	SpoolHeld    SpoolState = "held"    // waits for somebody to decide; Reason says why
	SpoolJunk    SpoolState = "junk"    // a filter calls it spam
)

// SpoolStates lists the states.
func SpoolStates() []SpoolState {
	return []SpoolState{SpoolWaiting, SpoolDone, SpoolRefused, SpoolParked, SpoolHeld, SpoolJunk}
}

// MailAction says what a letter is meant to be.
type MailAction string

// The actions of letters, named as RT's rt-mailgate names them.
const (
	Correspond    MailAction = "correspond" // opens a ticket, or replies
	CommentByMail MailAction = "comment"    // a comment
)

// Envelope says how a letter came in.
type Envelope struct {
	From       string // the sender of the envelope (RFC 5321); empty: the null sender
	Recipient  string // the address that it was delivered to; may be empty for a pipe
	Queue      string // the queue named by the way in; empty: by recipient
	Action     MailAction
	RemoteAddr string // who delivered it
	Via        string // "lmtp", "smtp", "pipe", "gateway"
}

// A Spooled is a letter that came in, stored raw before it was acknowledged.
type Spooled struct {
	ID       SpoolID
	Envelope Envelope
	Digest   string // SHA-256 of the raw letter in hex
	Size     int64
	At       time.Time
	State    SpoolState
	Reason   string // why refused or parked; the last error while waiting
	Tries    int
	Ticket   TicketID // what became of it
	Message  MessageID
	Released bool // somebody said that it is to be taken
	AsTicket bool // somebody said that it is to open a ticket of its own
	Notes    LetterNotes
	Raw      []byte // only where one letter is asked for
}

// A Letter is a letter that came in, understood: what the desk needs of it.
type Letter struct {
	Spool      SpoolID
	Envelope   Envelope
	From       MailAddress
	Recipients []MailAddress // To and Cc of the letter
	Subject    string
	Text       string
	HTML       string
	LetterID   string   // Message-ID without brackets; may be empty
	InReplyTo  []string // Message-IDs without brackets, nearest first
	References []string
	Files      []Attachment
	// Automatic says why a machine wrote it, or is empty (RFC 3834).
	Automatic string
	// Own: it carries the mark that the desk puts on its own letters.
	Own bool
	// Bounce: it reports that a letter could not be delivered.
	Bounce   bool
	Reports  []Report // what a bounce says, by recipient
	Returned []string // Message-IDs of the letter that came back
	// Spam: a filter in front of the desk calls it so.
	Spam  bool
	Proof Proof // that From is true
	// Defects says what was wrong with its form, in plain words.
	Defects []string
	Notes   LetterNotes // what was found out and decided about it so far
}

// A MailAddress is a mail address with the name that goes with it.
type MailAddress struct {
	Name    string
	Address string // canonical
}

// An OutboxID numbers a letter that goes out.
type OutboxID int64

// OutboxState says how far a letter that goes out has got.
type OutboxState string

// The states of a letter that goes out.
const (
	OutWaiting   OutboxState = "waiting"   // to be sent, or to be tried again
	OutSent      OutboxState = "sent"      // the relay took it
	OutCollected OutboxState = "collected" // goes with others in a digest
	OutDropped   OutboxState = "dropped"   // not sent: no longer entitled; Reason says why
	OutFailed    OutboxState = "failed"    // refused for good, or given up
)

// OutboxStates lists the states.
func OutboxStates() []OutboxState {
	return []OutboxState{OutWaiting, OutSent, OutCollected, OutDropped, OutFailed}
}

// Why says why somebody gets a letter: one reason of perhaps several.
type Why struct {
	Role     RoleID      // the role through which; zero: one-time, or the acknowledgement
	Through  PrincipalID // what stands in the role: he himself, a group or a customer
	OnQueue  bool        // it stands there on the queue, not on the ticket
	OneTime  bool        // named for this one message
	AutoText string      // a reason in words where none of the above says it
	Rule     string      // the rule that tells him, by name
	Hidden   bool        // OneTime: the others do not learn of him
}

// LetterKind says which kind of news a letter brings.
type LetterKind string

// The kinds of letters that the desk writes by itself.
const (
	LetterAcknowledge LetterKind = "acknowledge" // to the requestors: your ticket was opened
	LetterOpened      LetterKind = "opened"      // to Cc, owner, AdminCc: a ticket was opened
	LetterReply       LetterKind = "reply"
	LetterComment     LetterKind = "comment"
	LetterOwner       LetterKind = "owner"
	LetterResolved    LetterKind = "resolved"
	LetterClock       LetterKind = "clock" // to owner and AdminCc: a clock is or soon will be overdue
	LetterSignIn      LetterKind = "sign-in"
	LetterRule        LetterKind = "rule"    // a rule tells of what none of the above does
	LetterAccount     LetterKind = "account" // something about his own account was changed
	LetterDigest      LetterKind = "digest"  // what else would be several letters of a day
	LetterLoop        LetterKind = "loop"    // to who looks after letters: those of a sender are held
	LetterDashboard   LetterKind = "dashboard"
	LetterApproval    LetterKind = "approval" // to whom somebody asks for his approval
	LetterDecided     LetterKind = "decided"  // to who asked, and who else was asked: what came of it
	LetterReminder    LetterKind = "reminder" // somebody is reminded of a ticket
)

// An Outgoing is a letter to one person. Its bytes are made when it is first
// sent and stay the same on every try.
type Outgoing struct {
	ID       OutboxID
	Kind     LetterKind
	Ticket   TicketID  // zero: about no ticket
	Message  MessageID // the message that it carries; zero: none
	Event    EventID   // the event that it tells of; zero: none
	To       UserID    // zero: an address that belongs to no user
	Address  string    // canonical
	Why      []Why
	LetterID string // Message-ID without brackets, the same on every try
	Subject  string
	Body     string // plain text
	From     MailAddress
	ReplyTo  string
	Refs     []string // References, oldest first
	Auto     string   // Auto-Submitted (RFC 3834)
	Rule     string   // the rule that sends it, for the history; not stored
	State    OutboxState
	Reason   string
	Tries    int
	At       time.Time // when it was put here
	Next     time.Time // when it is to be tried
	SentAt   time.Time

	// What is found out when it is sent, and stored with its bytes only:
	List        MailAddress // which list of letters it is of (RFC 2919), as name and id; zero: of none
	Unsubscribe string      // where its receiver ends the letters of this ticket (RFC 8058); empty: nowhere
}

// A JobID numbers a job.
type JobID int64

// A Job is work that is done after the change that asked for it.
type Job struct {
	ID     JobID
	Kind   string
	Data   string // JSON, read by the kind's handler
	Tries  int
	Next   time.Time
	Reason string // the last error
	Parked bool   // failed too often
}

// An AuditEntry is a line of the audit log. Each holds the hash of the line
// before it, so that a changed or missing line is found.
type AuditEntry struct {
	ID     int64
	At     time.Time
	By     UserID // zero: the system or nobody
	Via    Way
	Action string // "grant.add", "member.remove", …
	Object string // what it was done to, as a reference: group:Support
	Before string // JSON
	After  string // JSON
	Hash   string
	Change int64 // the first line that the same transaction wrote; zero: not known
}

// An AuditState is how the chain of the audit log was when it was last looked
// at.
type AuditState struct {
	Last      int64     // the newest line
	Checked   time.Time // zero: never
	Bad       int64     // the first line that was changed or missing then; zero: none
	Right     time.Time // when it was last whole; zero: never
	RightLine int64     // up to which line it was then
}

// A Session is somebody signed in in a browser.
type Session struct {
	Digest  string // SHA-256 of the token, in hex; the token itself is stored nowhere
	User    UserID
	Created time.Time
	Seen    time.Time
	Agent   string // what the browser calls itself
	Address string // from where
	Way     string // "password", "link", "passkey" or the name of a provider
}
