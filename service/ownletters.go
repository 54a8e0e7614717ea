package service

import (
	"cmp"
	"context"

	"gatehouse/desk"
)

// An ownLetter is written by the desk to one person about himself.
type ownLetter struct {
	kind          desk.LetterKind
	what          string // a word of its Message-ID
	subject, body string
}

// speaks returns the language of letters to somebody: his own, else the desk's.
func (o *op) speaks(u *desk.User) string { return cmp.Or(u.Language, o.s.Language()) }

// writeTo has a letter sent to one person about himself.
func (o *op) writeTo(ctx context.Context, u *desk.User, l ownLetter) (desk.OutboxID, error) {
	now := o.s.Now()
	out := desk.Outgoing{Kind: l.kind, To: u.ID, Address: u.Address(), LetterID: o.s.letterID(l.what, now), Subject: l.subject, Body: l.body,
		Auto: "auto-generated", At: now, Next: now, State: desk.OutWaiting}
	err := o.InsertOutgoing(ctx, &out)
	return out.ID, err
}
