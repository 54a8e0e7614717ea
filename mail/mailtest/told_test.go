package mailtest_test

import (
	"testing"

	"gatehouse/desk"
	"gatehouse/mail/mailtest"
	"gatehouse/service"
)

// TestWhoIsTold is the table of notification rules of a fresh desk. Ticket 1
// has the requestor rita, carl in Cc, olaf as owner and adam as AdminCc; the
// group Night stands in Cc and AdminCc of the queue: nick, who may read
// comments as adam may, nora, who may not, and dora, who is disabled.
func TestWhoIsTold(t *testing.T) {
	for _, tt := range []struct {
		why  string
		do   func(d *mailtest.Desk) error
		told string
	}{
		{"a ticket is created: requestors the creator included, Cc, owner, AdminCc", func(d *mailtest.Desk) error {
			_, err := d.OpenTicket(d.T.Context(), d.By("rita"), service.NewTicket{Queue: d.Queues["q"], Subject: "x", Text: "y"})
			return err
		}, "nick nora rita"},
		{"an agent creates one for somebody", func(d *mailtest.Desk) error {
			_, err := d.OpenTicket(d.T.Context(), d.By("olaf"), service.NewTicket{Queue: d.Queues["q"], Subject: "x", Text: "y",
				Requestors: []desk.PrincipalID{d.Names["rita"]}, Cc: []desk.PrincipalID{d.Names["carl"]}, Owner: desk.UserID(d.Names["adam"])})
			return err
		}, "adam carl nick nora rita"},
		{"a requestor replies", written("rita", desk.Reply, service.Delivery{}), "adam carl nick nora olaf"},
		{"the owner replies", written("olaf", desk.Reply, service.Delivery{}), "adam carl nick nora rita"},
		{"a comment goes only to AdminCc who may read it", written("olaf", desk.Comment, service.Delivery{}), "adam nick"},
		{"who comments is left out", written("adam", desk.Comment, service.Delivery{}), "nick"},
		{"squelched for this message", func(d *mailtest.Desk) error {
			return written("olaf", desk.Reply, service.Delivery{Squelch: []desk.UserID{desk.UserID(d.Names["carl"])}})(d)
		}, "adam nick nora rita"},
		{"one-time recipients get it in any case", func(d *mailtest.Desk) error {
			return written("olaf", desk.Reply, service.Delivery{OneTimeCc: []string{"carl@case.example", "olaf@case.example"}, OneTimeBcc: []string{"far@away.example"},
				Squelch: []desk.UserID{desk.UserID(d.Names["carl"])}})(d)
		}, "adam carl far nick nora olaf rita"},
		{"squelched on the ticket", func(d *mailtest.Desk) error {
			if err := d.Squelch(d.T.Context(), mailtest.System(), 1, desk.UserID(d.Names["rita"]), true); err != nil {
				return err
			}
			return written("olaf", desk.Reply, service.Delivery{})(d)
		}, "adam carl nick nora"},
		{"a new owner", func(d *mailtest.Desk) error {
			return d.SetOwner(d.T.Context(), mailtest.System(), 1, service.Give, desk.UserID(d.Names["adam"]))
		}, "adam"},
		{"who takes a ticket is not told of it", func(d *mailtest.Desk) error {
			return d.SetOwner(d.T.Context(), d.By("adam"), 1, service.Steal, 0)
		}, ""},
		{"resolved", func(d *mailtest.Desk) error {
			return d.SetStatus(d.T.Context(), d.By("olaf"), 1, desk.StatusResolved, 0)
		}, "rita"},
		{"stalled", func(d *mailtest.Desk) error {
			return d.SetStatus(d.T.Context(), d.By("olaf"), 1, desk.StatusStalled, 0)
		}, ""},
		{"a watcher comes", func(d *mailtest.Desk) error {
			return d.AddWatcher(d.T.Context(), mailtest.System(), 1, desk.Cc, d.Names["nick"])
		}, ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			d := newHall(t)
			if err := tt.do(d); err != nil {
				t.Fatal(err)
			}
			d.MustWork()
			if got := mailtest.To(d.Relay.Take()); got != tt.told {
				t.Errorf("told: got %q, want %q", got, tt.told)
			}
		})
	}
}

func written(by string, kind desk.MessageKind, delivery service.Delivery) func(d *mailtest.Desk) error {
	return func(d *mailtest.Desk) error {
		_, err := d.Write(d.T.Context(), d.By(by), service.NewMessage{Ticket: 1, Kind: kind, Text: "y", Delivery: delivery})
		return err
	}
}

func newHall(t *testing.T) *mailtest.Desk {
	t.Helper()
	d := mailtest.Open(t, "")
	d.Queue("q")
	d.User("rita", desk.Contact)
	for _, login := range []string{"carl", "olaf", "adam", "nick", "nora", "dora"} {
		d.User(login, desk.Agent)
	}
	d.Group("Night", "nick", "nora", "dora")
	d.Grant(desk.Everyone, 0, desk.CreateTicket)
	d.Grant(desk.Everyone, desk.RolesOf(desk.Requestor), desk.ShowTicket, desk.ReplyToTicket)
	d.Grant(desk.Agents, 0, desk.SeeQueue, desk.ShowTicket, desk.ReplyToTicket, desk.OwnTicket, desk.ModifyTicket, desk.StealTicket, desk.CommentOnTicket)
	for _, login := range []string{"olaf", "adam", "nick"} {
		d.Grant(d.Names[login], 0, desk.ShowTicketComments)
	}
	ctx := t.Context()
	id, err := d.OpenTicket(ctx, mailtest.System(), service.NewTicket{Queue: d.Queues["q"], Subject: "x", Text: "y",
		Requestors: []desk.PrincipalID{d.Names["rita"]}, Cc: []desk.PrincipalID{d.Names["carl"]},
		AdminCc: []desk.PrincipalID{d.Names["adam"]}, Owner: desk.UserID(d.Names["olaf"])})
	if err != nil || id != 1 {
		t.Fatalf("got ticket %d, %v", id, err)
	}
	for _, role := range []desk.RoleID{desk.Cc, desk.AdminCc} {
		if err := d.AddQueueWatcher(ctx, mailtest.System(), desk.Watcher{Queue: d.Queues["q"], Role: role, Who: d.Names["Night"]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.UpdateUser(ctx, mailtest.System(), desk.User{ID: desk.UserID(d.Names["dora"]), Login: "dora", Kind: desk.Agent,
		Addresses: []string{"dora@case.example"}, Disabled: true}); err != nil {
		t.Fatal(err)
	}
	d.MustWork()
	d.Relay.Take()
	return d
}
