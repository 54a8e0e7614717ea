package desk

import "time"

// Factors are what somebody has, besides a password, to show who he is.
type Factors struct {
	App      time.Time // since when a program shows him codes; zero: none does
	Codes    int       // recovery codes that are left
	Passkeys []Passkey // by when they were made
}

// Second reports whether there is a second factor to be asked for.
func (f Factors) Second() bool { return !f.App.IsZero() || len(f.Passkeys) > 0 }

// A CodeApp is what a program that shows codes shares with the desk (RFC 6238).
type CodeApp struct {
	User    UserID
	Sealed  string // its secret, sealed
	Step    int64  // the last step of time of which a code was used
	Created time.Time
}

// A Passkey is a key of somebody's device, made for this desk (WebAuthn).
type Passkey struct {
	ID         string // as the device calls it, in base64url
	User       UserID
	Name       string // as its owner calls it
	Credential string // JSON: the public key and what else is remembered of it
	Created    time.Time
	LastUsed   time.Time // zero: never
}

// A HalfDone is something of two steps of which the first is done.
type HalfDone struct {
	Digest string // SHA-256 of its token, in hex
	Kind   string
	User   UserID // zero: not known yet
	Data   string
	Until  time.Time
}

// An OutsideLogin says who of the desk's own users somebody is at a provider.
type OutsideLogin struct {
	Directory DirectoryID
	Entry     string // what the provider calls him for ever
	User      UserID
	Created   time.Time
}
