package desk

import "time"

// A MailAccountID numbers a mailbox elsewhere.
type MailAccountID int64

// A MailAccount is a mailbox on another server from which the desk fetches
// letters by IMAP. It signs in with a password, or with a token that it gets
// for a refresh token (OAuth 2.0).
type MailAccount struct {
	ID                                             MailAccountID
	Name                                           string
	Server                                         string // host:port
	Security                                       string // "tls", "starttls", or "off" for a server on this machine
	User                                           string
	Password                                       string // secret; so are the next but TokenURL and ClientID
	TokenURL, ClientID, ClientSecret, RefreshToken string

	Mailbox string // empty: INBOX
	Queue   string // for which its letters are
	Action  MailAction
	// MoveTo is the mailbox to which letters go after they were stored; empty:
	// they are deleted.
	MoveTo   string
	Minutes  int // how often it is asked where the server does not tell of news; zero: 5
	Disabled bool
	Sealed   bool // its secrets are, as they are stored

	Said string    // the last error; empty: all is well
	At   time.Time // when it was last asked
}

// MailAccountState is how far a mailbox was read.
type MailAccountState struct {
	UIDValidity uint32
	LastUID     uint32
	Said        string
}

// A MailRelayID numbers a relay.
type MailRelayID int64

// A MailRelay is a mail server that takes the desk's letters (RFC 5321).
type MailRelay struct {
	ID       MailRelayID
	Name     string
	Server   string // host:port
	Security string // "starttls", "tls", or "off" for a server on this machine
	User     string // empty: nobody signs in
	Password string // secret
	Place    int    // letters go to the first one that can be reached, by place
	Disabled bool
	Sealed   bool // its secret is, as it is stored

	Said string    // the last error; empty: all is well
	At   time.Time // when it was last asked
}
