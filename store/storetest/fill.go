package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
)

// Fill makes a desk in which there is some of everything, with contents in
// rows and in files, numbers that were given and rolled back, and texts that
// are hard to write down.
func Fill(t *testing.T, s *store.Store) {
	t.Helper()
	h := newHall(t, s)
	for size := range 3 {
		attach(t, s, h.tickets[size].ID, bytes.Repeat([]byte{0xff, 0, '\n'}, size*40<<10))
	}
	ticket, user := h.tickets[1].ID, h.users[0]
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		sp := &desk.Spooled{Raw: bytes.Repeat([]byte("letter "), 20_000), State: desk.SpoolParked, Reason: "“no”\x01"}
		o := &desk.Outgoing{Kind: desk.LetterReply, Ticket: ticket, To: user, Address: "x@example.org", Why: []desk.Why{{Role: desk.Cc}}}
		m := &desk.Message{Ticket: ticket, Kind: desk.Comment, Text: "<&> \U0001F525 \u202e e\u0301 $1 ? ' -- \\ \u2028"}
		_, err := tx.Secret(ctx, "seal")
		return errors.Join(err, tx.InsertSpooled(ctx, sp), tx.InsertOutgoing(ctx, o), tx.InsertMessage(ctx, m),
			tx.SetOutgoingBytes(ctx, o.ID, []byte("a letter")),
			tx.AddMembership(ctx, desk.Membership{Group: h.customers[0], Member: desk.PrincipalID(user), Primary: true}),
			tx.InsertJob(ctx, &desk.Job{Kind: "notify", Data: "{}"}), tx.SetSetting(ctx, "x", "y"),
			tx.Audit(ctx, &desk.AuditEntry{By: user, Action: "grant.add", After: `{"a":"ö"}`}),
			tx.Audit(ctx, &desk.AuditEntry{Action: "grant.revoke", At: Start.Add(time.Hour)}),
			tx.InsertEvent(ctx, &desk.Event{Ticket: ticket, Kind: desk.EventCreated, Data: map[string]string{"a": "b"}}))
	})
	refused(t, s, desk.Invalid, func(ctx context.Context, tx *store.Tx) error {
		m := &desk.Message{Ticket: ticket, Kind: desk.Reply, Text: "Never written"}
		return errors.Join(tx.InsertMessage(ctx, m), desk.Errorf(desk.Invalid, "no"))
	})
}
