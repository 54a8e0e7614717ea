package mailtest_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// suggested delivers a stranger's answer to ticket 1 and returns the suggestion
// that it became.
func suggested(t *testing.T, d *mailtest.Desk) (desk.Suggestion, desk.SpoolID) {
	t.Helper()
	letter := d.Deliver("support@desk.example", "From: Eve <eve@evil.example>\nSubject: [Desk #1] Toner\nMessage-ID: <eve@evil.example>\n\nMe too.\n")
	d.MustWork()
	list, err := d.Suggestions(t.Context(), d.By("ann"), 1)
	if err != nil || len(list) != 1 {
		t.Fatalf("got %d suggestions (%v), want 1", len(list), err)
	}
	return list[0], letter
}

func TestAStrangersAnswerIsASuggestion(t *testing.T) {
	d, _ := newTown(t)
	s, letter := suggested(t, d)
	if s.From.Address != "eve@evil.example" || s.Excerpt != "Me too.\n" || !strings.Contains(s.Reason, "Nobody here has") || s.Ticket != 1 {
		t.Errorf("got %+v", s)
	}
	if got := d.Spooled(letter); got.State != desk.SpoolHeld || len(d.Show(1).Messages) != 1 {
		t.Errorf("the letter is %s, the ticket has %d messages", got.State, len(d.Show(1).Messages))
	}
	if got := mailtest.To(d.Relay.Take()); got != "" || usersLike(t, d, "evil") != 0 {
		t.Errorf("told %q; %d accounts were made", got, usersLike(t, d, "evil"))
	}
	for who, want := range map[string]desk.Kind{"carla": desk.Forbidden, "ulla": desk.NotFound, "otto": desk.NotFound} {
		if _, err := d.Suggestions(t.Context(), d.By(who), 1); desk.KindOf(err) != want {
			t.Errorf("%s sees the suggestions: %v", who, err)
		}
		if err := d.Decide(t.Context(), d.By(who), s.ID, desk.AddAsCc); desk.KindOf(err) != want {
			t.Errorf("%s decides: %v", who, err)
		}
	}
}

func TestDecisionsOnSuggestions(t *testing.T) {
	for _, tt := range []struct {
		decision         desk.Decision
		state            desk.SpoolState
		ticket           desk.TicketID // of the letter in the end
		messages, people int           // on ticket 1, of that address
		told             string
	}{
		{desk.AddAsCc, desk.SpoolDone, 1, 2, 1, "abe ann carla carlo"},
		{desk.AsNewTicket, desk.SpoolDone, 2, 1, 1, "abe ann eve"},
		{desk.Discard, desk.SpoolRefused, 1, 1, 0, ""},
	} {
		t.Run(string(tt.decision), func(t *testing.T) {
			d, _ := newTown(t)
			s, letter := suggested(t, d)
			if err := d.Decide(t.Context(), d.By("ann"), s.ID, tt.decision); err != nil {
				t.Fatal(err)
			}
			d.MustWork()
			if got := d.Spooled(letter); got.State != tt.state || got.Ticket != tt.ticket {
				t.Errorf("the letter is %s of ticket %d because %q", got.State, got.Ticket, got.Reason)
			}
			if got := len(d.Show(1).Messages); got != tt.messages || usersLike(t, d, "evil") != tt.people {
				t.Errorf("got %d messages, %d accounts", got, usersLike(t, d, "evil"))
			}
			if got := mailtest.To(d.Relay.Take()); got != tt.told {
				t.Errorf("told: got %q, want %q", got, tt.told)
			}
			if err := d.Decide(t.Context(), d.By("ann"), s.ID, desk.Discard); desk.KindOf(err) != desk.Conflict {
				t.Errorf("deciding again: %v", err)
			}
			if list, err := d.Suggestions(t.Context(), d.By("ann"), 1); err != nil || len(list) != 0 {
				t.Errorf("%d suggestions are left, %v", len(list), err)
			}
		})
	}
}

func TestColleaguesFindTheTicketByLettersThatTheDeskNeverGot(t *testing.T) {
	d, _ := newTown(t)
	d.Deliver("support@desk.example", "From: carla@case.example\nSubject: x\nReferences: <among@case.example> <first@case.example>\n\nAs we said.\n")
	id := d.Deliver("support@desk.example", "From: carlo@case.example\nSubject: y\nIn-Reply-To: <among@case.example>\n\nYes.\n")
	stranger := d.Deliver("support@desk.example", "From: ulla@case.example\nSubject: y\nIn-Reply-To: <among@case.example>\n\nYes.\n")
	d.MustWork()
	if got := d.Spooled(id); got.Ticket != 1 || len(d.Show(1).Messages) != 3 {
		t.Errorf("the colleague's letter went to ticket %d: %s", got.Ticket, got.Reason)
	}
	if got := d.Spooled(stranger); got.State != desk.SpoolHeld {
		t.Errorf("another company's letter is %s", got.State)
	}
}

func TestPolicies(t *testing.T) {
	const letter = "From: carla@case.example\nSubject: x\n"
	reply := "From: carla@case.example\nSubject: [Desk #1] x\n\nStill.\n"
	for _, tt := range []struct {
		why, letter string
		policy      desk.MailPolicy
		closed      time.Duration // before the letter came ticket 1 was resolved; zero: it is open
		state       desk.SpoolState
		ticket      desk.TicketID
		reason      string
	}{
		{"usually spam is put aside", letter + "X-Spam-Flag: YES\n\ny\n", desk.MailPolicy{}, 0, desk.SpoolJunk, 0, "calls it spam"},
		{"unless the queue takes it", letter + "X-Spam-Flag: YES\n\ny\n", desk.MailPolicy{AcceptSpam: true}, 0, desk.SpoolDone, 2, ""},
		{"or the sender is known to be good", letter + "X-Spam-Flag: YES\n\ny\n", desk.MailPolicy{Allow: []string{"@case.example"}}, 0, desk.SpoolDone, 2, ""},
		{"blocked by address", letter + "\ny\n", desk.MailPolicy{Block: []string{"carla@case.example"}}, 0, desk.SpoolRefused, 0, "block list"},
		{"blocked by a domain above", letter + "\ny\n", desk.MailPolicy{Block: []string{"@example"}}, 0, desk.SpoolRefused, 0, "block list"},
		{"allowed by address though the domain is blocked", letter + "\ny\n", desk.MailPolicy{Allow: []string{"carla@case.example"}, Block: []string{"@case.example"}}, 0, desk.SpoolDone, 2, ""},
		{"a closed ticket opens again", reply, desk.MailPolicy{}, 400 * 24 * time.Hour, desk.SpoolDone, 1, ""},
		{"a closed ticket is followed by another", reply, desk.MailPolicy{FollowUpAfter: -1}, time.Hour, desk.SpoolDone, 2, ""},
		{"a ticket closed not long ago opens again", reply, desk.MailPolicy{FollowUpAfter: 30}, 24 * time.Hour, desk.SpoolDone, 1, ""},
		{"a ticket closed long ago is followed by another", reply, desk.MailPolicy{FollowUpAfter: 30}, 31 * 24 * time.Hour, desk.SpoolDone, 2, ""},
		{"an open ticket is answered however old", reply, desk.MailPolicy{FollowUpAfter: -1}, 0, desk.SpoolDone, 1, ""},
		{"a stranger gets no ticket that refers to a closed one", strings.Replace(reply, "carla@case", "eve@evil", 1), desk.MailPolicy{FollowUpAfter: -1}, time.Hour, desk.SpoolHeld, 1, "Nobody here has"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d, _ := newTown(t)
			if err := d.SetMailPolicy(t.Context(), mailtest.System(), d.Queues["support"], tt.policy); err != nil {
				t.Fatal(err)
			}
			if tt.closed != 0 {
				if err := d.SetStatus(t.Context(), d.By("ann"), 1, desk.StatusResolved, 0); err != nil {
					t.Fatal(err)
				}
				d.Clock.Advance(tt.closed)
			}
			id := d.Deliver("support@desk.example", tt.letter)
			d.MustWork()
			if got := d.Spooled(id); got.State != tt.state || got.Ticket != tt.ticket || !strings.Contains(got.Reason, tt.reason) {
				t.Errorf("got %s, ticket %d, because %q", got.State, got.Ticket, got.Reason)
			}
			if tt.state == desk.SpoolDone {
				return
			}
			if err := d.RetrySpooled(t.Context(), mailtest.System(), id); err != nil {
				t.Fatal(err)
			}
			d.MustWork()
			if got := d.Spooled(id); got.State == desk.SpoolJunk || got.State == desk.SpoolRefused {
				t.Errorf("released by hand: got %s because %q", got.State, got.Reason)
			}
		})
	}
}

func TestBouncesPauseAnAddress(t *testing.T) {
	d, _ := newTown(t)
	bounce := func(letterID, to, status string) desk.SpoolID {
		id := d.Deliver("support@desk.example", "From: MAILER-DAEMON@relay.example\nSubject: Undelivered "+letterID+"\n"+
			"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"+
			"Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; "+to+"\nAction: failed\nStatus: "+status+"\n\n--b\nContent-Type: text/rfc822-headers\n\n"+
			"Message-ID: <"+letterID+">\n\n--b--\n")
		d.MustWork()
		return id
	}
	told := 0
	for i := range 4 {
		if _, err := d.Write(t.Context(), d.By("ann"), newReply("Here "+strings.Repeat("!", i))); err != nil {
			t.Fatal(err)
		}
		d.MustWork()
		for _, s := range d.Relay.Take() {
			if s.To != "carla@case.example" {
				continue
			}
			told++
			forged := bounce(s.Letter.MessageID, "somebody@else.example", "5.1.1")
			if got := d.Spooled(forged); got.State != desk.SpoolRefused {
				t.Errorf("a report about somebody else: got %s", got.State)
			}
			if got := d.Spooled(bounce(s.Letter.MessageID, "carla@case.example", "5.1.1")); got.State != desk.SpoolDone || got.Ticket != 1 {
				t.Errorf("letter %d came back: got %s of ticket %d because %q", i, got.State, got.Ticket, got.Reason)
			}
			if got := d.Spooled(bounce(s.Letter.MessageID, "carla@case.example", "5.1.1 again")); got.State != desk.SpoolRefused {
				t.Errorf("the same letter came back twice: got %s", got.State)
			}
		}
	}
	if told != 3 {
		t.Errorf("she was sent %d letters, want 3", told)
	}
	list, err := d.PausedAddresses(t.Context(), mailtest.System())
	if err != nil || len(list) != 1 || list[0].Address != "carla@case.example" || list[0].Reason != "5.1.1" {
		t.Errorf("paused: %+v, %v", list, err)
	}
	if err := d.ResumeAddress(t.Context(), mailtest.System(), "Carla@case.example"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write(t.Context(), d.By("ann"), newReply("Again")); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	if got, want := mailtest.To(d.Relay.Take()), "abe carla carlo"; got != want {
		t.Errorf("resumed: told %s, want %s", got, want)
	}
}

// An auto-responder that says nothing of being one and answers every letter
// with the same text, in no thread, gets two letters.
func TestAnAutoResponderIsAnsweredTwice(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	answer := "From: robot@x.example\nSubject: Thank you for your letter\n\nWe are on holidays.\n"
	d.Deliver("support@desk.example", "From: robot@x.example\nSubject: Toner\n\nThe first letter is a person's.\n")
	d.MustWork()
	letters := 0
	for range 20 {
		for _, s := range d.Relay.Take() {
			if s.To == "robot@x.example" {
				letters++
				d.Deliver("support@desk.example", answer)
			}
		}
		d.MustWork()
	}
	if letters > 3 || letters == 0 {
		t.Errorf("the exchange took %d letters, want 1 to 3", letters)
	}
}

func TestALoopIsBroken(t *testing.T) {
	d := mailtest.OpenShop(t, "")
	for range 5 {
		d.Deliver("support@desk.example", "From: carla@case.example\nSubject: x\nX-Trace: "+time.Now().String()+"\n\nThe same.\n")
	}
	d.MustWork()
	held := spoolOf(t, d, desk.SpoolHeld)
	if len(held) != 2 {
		t.Errorf("%d letters were put aside, want 2", len(held))
	}
}

func newReply(text string) service.NewMessage {
	return service.NewMessage{Ticket: 1, Kind: desk.Reply, Text: text}
}
