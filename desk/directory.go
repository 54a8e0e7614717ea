package desk

import "time"

// A DirectoryID names a directory.
type DirectoryID int64

// KindOIDC is the kind of directories that are providers of sign-ins (OpenID
// Connect). They are not read: each person comes from them when he signs in.
const KindOIDC = "oidc"

// A Directory is a source of contacts outside of the desk. The desk keeps a
// copy of its people and asks it when one of them signs in.
type Directory struct {
	ID       DirectoryID
	Name     string // memberships that come from it have it as their source
	Kind     string // "ldap", "sql" or KindOIDC
	Place    int    // of two that know a login, the one with the lower place has it
	Disabled bool   // it is not asked; its people stay as they are
	Config   string // how to reach and read it, for package directory
	Secret   string // its password or address with password; shown to nobody
	// Adopt lets it take over contacts whom the desk has already, by their login.
	Adopt bool
	Every time.Duration // between two readings; zero: only when asked
	// Keep is for how long somebody whom it no longer has stays as he is.
	Keep    time.Duration
	MaxLoss int // the percentage of its people whom one reading may take away without being confirmed
	Groups  []DirectoryGroup
	Run     int64     // the number of the latest reading
	Next    time.Time // when it is read next; zero: not by itself
	Confirm bool      // the next reading may take away as many as it likes
}

// A DirectoryGroup says that members of a group there, those of groups in it
// included, are members of a group of the desk.
type DirectoryGroup struct {
	Theirs string
	Ours   GroupID
}

// A DirectoryEntry is one person as a directory has him.
type DirectoryEntry struct {
	ID        string // never changes there, unlike the login
	Login     string
	Name      string
	Addresses []string // the primary one first
	Language  string
	Disabled  bool
	Customers []string // keys, the primary one first
	Groups    []string // as DirectoryGroup.Theirs
}

// A DirectoryUser is a user who comes from a directory.
type DirectoryUser struct {
	User      UserID
	Directory DirectoryID
	Entry     string // DirectoryEntry.ID
	Run       int64  // the reading that saw him last
	Gone      bool   // it no longer has him
}

// SyncState says how far a reading of a directory is.
type SyncState string

// The states of a reading.
const (
	SyncRunning SyncState = "running"
	SyncDone    SyncState = "done"
	SyncStopped SyncState = "stopped" // it would have taken too many away
	SyncFailed  SyncState = "failed"
)

// A SyncReport is what one reading of a directory did.
type SyncReport struct {
	ID        int64
	Directory DirectoryID
	Run       int64
	Started   time.Time
	Ended     time.Time // zero: it runs
	State     SyncState
	Read      int
	Added     int
	Changed   int
	Unchanged int
	Gone      int // people whom it took away; in a stopped one, whom it would have
	Bad       int
	Text      string // why it failed or stopped, and the first bad entries
}

// A DirectoryTrial is what trying a directory found, without changing anything.
type DirectoryTrial struct {
	Steps    []TrialStep      // in order; only the last may have failed
	Seen     int              // entries
	More     bool             // there are more
	Entries  []DirectoryEntry // the first ones
	Lacks    []TrialLack
	NoGroups []string // groups of the settings that are not there
	Unknown  []string // keys of Entries that are no customers of the desk
}

// A TrialStep is one thing that was tried: "settings", "reach", "bind", "base",
// "table", "read" or "groups".
type TrialStep struct {
	Name string
	OK   bool
	Text string // what was tried, or why it failed
}

// A TrialLack says of how many entries something is missing: "id", "login",
// "name", "addresses" or "customers".
type TrialLack struct {
	What    string
	Entries int
}

// OK reports whether every step went well.
func (t *DirectoryTrial) OK() bool {
	return len(t.Steps) > 0 && t.Steps[len(t.Steps)-1].OK
}
