package mailtest_test

import (
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
)

// A desk that knows nothing of the server in front trusts no From: answers by
// reply address go through, all else on a ticket is put to the agents.
func TestWhatAnUnprovenLetterMayDo(t *testing.T) {
	const carla, carlo, ann = "carla@case.example", "carlo@case.example", "ann@case.example"
	letter := func(from, subject string) string {
		return "From: " + from + "\nSubject: " + subject + "\nMessage-ID: <u@x.example>\n\nStill.\n"
	}
	for _, tt := range []struct {
		why, to, letter string // to: whose reply address, or the address
		state           desk.SpoolState
		ticket          desk.TicketID
		reason          string
	}{
		{"an answer by his reply address", carla, letter(carla, "x"), desk.SpoolDone, 1, ""},
		{"a colleague's by it, who may answer too", carla, letter(carlo, "x"), desk.SpoolDone, 1, ""},
		{"an agent by his reply address", ann, letter(ann, "x"), desk.SpoolDone, 1, ""},
		{"an agent's name by another's reply address", carla, letter(ann, "x"), desk.SpoolHeld, 1, "Nothing proves"},
		{"a contact's name by the subject", "support@desk.example", letter(carla, "[Desk #1] x"), desk.SpoolHeld, 1, "Nothing proves"},
		{"an agent's name by the subject", "support@desk.example", letter(ann, "[Desk #1] x"), desk.SpoolHeld, 1, "Nothing proves"},
		{"a contact's name by a reference", "support@desk.example", "In-Reply-To: <first@case.example>\n" + letter(carla, "x"), desk.SpoolHeld, 1, "Nothing proves"},
		{"a stranger by a reply address", carla, letter("eve@evil.example", "x"), desk.SpoolHeld, 1, "Nobody here has"},
		{"a new ticket", "support@desk.example", letter(carla, "x"), desk.SpoolDone, 2, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := mailtest.OpenShop(t, "")
			d.Deliver("support@desk.example", "From: carla@case.example\nSubject: Toner\nMessage-ID: <first@case.example>\n\nIt is empty.\n")
			d.MustWork()
			to := tt.to
			for _, s := range d.Relay.Take() {
				if s.To == tt.to {
					to = s.Letter.ReplyTo[0].Address
				}
			}
			d.Reader.Prover = in.Prover{Strict: true}
			id := d.Deliver(to, tt.letter)
			d.MustWork()
			if got := d.Spooled(id); got.State != tt.state || got.Ticket != tt.ticket || !strings.Contains(got.Reason, tt.reason) {
				t.Errorf("got %s, ticket %d, because %q", got.State, got.Ticket, got.Reason)
			}
			asked := 0
			if tt.state == desk.SpoolHeld {
				asked = 1
			}
			list, err := d.Suggestions(t.Context(), d.By("ann"), 1)
			if err != nil || len(list) != asked {
				t.Errorf("%d suggestions, %v; want %d", len(list), err, asked)
			}
		})
	}
}
