package mailtest_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
)

// TestCopiesInAnyOrder: of two copies of a letter the later one may be looked
// at first. One ticket comes of them, not none.
func TestCopiesInAnyOrder(t *testing.T) {
	const text = "From: carla@case.example\nSubject: twice\nMessage-ID: <t@else.example>\n\nx\n"
	d := mailtest.OpenShop(t, "")
	first, second := d.Deliver("support@desk.example", text), d.Deliver("support@desk.example", text)
	tickets := 0
	for _, id := range []desk.SpoolID{second, first} {
		letter := desk.Letter{Spool: id, Envelope: d.Spooled(id).Envelope, From: desk.MailAddress{Address: "carla@case.example"}, Subject: "twice", Text: "x", LetterID: "t@else.example"}
		got, err := d.ReceiveMail(t.Context(), desk.System(desk.ViaMail), letter)
		if err != nil {
			t.Fatal(err)
		}
		if got.Ticket != 0 {
			tickets++
		}
	}
	if tickets != 1 {
		t.Errorf("two copies became %d tickets, want 1", tickets)
	}
}
