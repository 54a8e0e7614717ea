package service_test

import (
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

// remindJobs does the reminders that are due now, and returns the letters of
// reminders that wait.
func (h *house) remindJobs() []string {
	h.t.Helper()
	for {
		job := must(h.ClaimJob(h.ctx, h.sys, service.JobRemind))(h.t)
		if job == nil {
			break
		}
		h.ok(h.RemindDue(h.ctx, h.sys, *job))
	}
	var letters []string
	list, _, err := h.Outbox(h.ctx, h.sys, service.OutFilter{})
	h.ok(err)
	for _, out := range list {
		if out.Kind == desk.LetterReminder {
			letters = append(letters, out.Address+": "+out.Subject+"\n"+out.Body)
		}
	}
	return letters
}

func (h *house) remindersOn(login string, id desk.TicketID) string {
	h.t.Helper()
	list, err := h.Reminders(h.ctx, h.by(login), id)
	if err != nil {
		return desk.Sentence(err)
	}
	var words []string
	for _, r := range list {
		word := r.Note
		switch {
		case !r.Done.IsZero():
			word += " done"
		case r.Late:
			word += " late"
		}
		if r.May {
			word += "*"
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// TestReminders: one for oneself comes due with a letter, once; done, later and
// back again.
func TestReminders(t *testing.T) {
	h := newSample(t)
	h.grant(h.names["bob"], "ShowTicket ReplyToTicket", desk.OnQueue(h.q))
	due := h.Now().Add(time.Hour)
	id := must(h.SaveReminder(h.ctx, h.by("bob"), service.NewReminder{Ticket: h.ticket, Note: "Call Ann", Due: due}))(t)
	if got := h.remindJobs(); len(got) != 0 {
		t.Errorf("before it is due there are letters: %q", got)
	}
	h.clock.at = due.Add(time.Minute)
	got := h.remindJobs()
	if len(got) != 1 || !strings.HasPrefix(got[0], "bob@case.example: [Desk #1] Reminder: The printer burns") || !strings.Contains(got[0], "> Call Ann\n\nhttp://desk.example/agent/tickets/1") {
		t.Errorf("when it is due the letters are %q", got)
	}
	if again := h.remindJobs(); len(again) != 1 {
		t.Errorf("it is told %d times", len(again))
	}
	mine := must(h.MyReminders(h.ctx, h.by("bob")))(t)
	if len(mine) != 1 || !mine[0].Late || mine[0].Subject != "The printer burns" || mine[0].Who.Text != "Bob" {
		t.Errorf("bob's reminders are %+v", mine)
	}
	must(h.EndReminder(h.ctx, h.by("bob"), id, false))(t)
	if got := len(must(h.MyReminders(h.ctx, h.by("bob")))(t)); got != 0 {
		t.Errorf("after it is done there are %d", got)
	}
	must(h.EndReminder(h.ctx, h.by("bob"), id, true))(t)
	if got := h.remindersOn("bob", h.ticket); got != "Call Ann late*" {
		t.Errorf("after it is back the ticket has %q", got)
	}
	later := h.Now().Add(48 * time.Hour)
	must(h.SaveReminder(h.ctx, h.by("bob"), service.NewReminder{ID: id, Ticket: h.ticket, Note: "Call Ann", Due: later}))(t)
	if got := h.remindersOn("bob", h.ticket); got != "Call Ann*" {
		t.Errorf("after it was put off the ticket has %q", got)
	}
	h.clock.at = later.Add(time.Minute)
	if got := h.remindJobs(); len(got) != 2 {
		t.Errorf("later there are %d letters, want 2", len(got))
	}
}

// TestReminderOnlyWhereNobodyAnswered: it ends by itself where somebody else
// replied, and not by a comment or by what one wrote oneself.
func TestReminderOnlyWhereNobodyAnswered(t *testing.T) {
	for why, tt := range map[string]struct {
		login string
		kind  desk.MessageKind
		want  int
	}{
		"nobody wrote":      {"", 0, 1},
		"the customer did":  {"ann", desk.Reply, 0},
		"he himself did":    {"bob", desk.Reply, 1},
		"a comment is none": {"root", desk.Comment, 1},
	} {
		t.Run(why, func(t *testing.T) {
			h := newSample(t)
			h.grant(h.names["bob"], "ShowTicket ReplyToTicket", desk.OnQueue(h.q))
			h.grant(h.names["ann"], "ShowTicket ReplyToTicket", desk.OnQueue(h.q))
			due := h.Now().Add(time.Hour)
			must(h.SaveReminder(h.ctx, h.by("bob"), service.NewReminder{Ticket: h.ticket, Due: due, Silent: true}))(t)
			if tt.login != "" {
				must(h.Write(h.ctx, h.by(tt.login), service.NewMessage{Ticket: h.ticket, Kind: tt.kind, Text: "x"}))(t)
			}
			h.clock.at = due.Add(time.Minute)
			if got := h.remindJobs(); len(got) != tt.want {
				t.Errorf("there are %d letters, want %d: %q", len(got), tt.want, got)
			}
			if got := len(must(h.MyReminders(h.ctx, h.by("bob")))(t)); got != tt.want {
				t.Errorf("%d are open, want %d", got, tt.want)
			}
		})
	}
}

// TestRemindersAskForRights: others are reminded only of what they may see, and
// nobody reads what is not for him; who may see the ticket no longer gets no
// letter.
func TestRemindersAskForRights(t *testing.T) {
	h := newSample(t)
	h.agent("eve")
	seen := must(h.Grant(h.ctx, h.sys, desk.Grant{Who: h.names["bob"], Right: desk.ShowTicket, Place: desk.OnQueue(h.q)}))(t)
	h.grant(h.names["eve"], "ShowTicket", desk.OnQueue(h.q))
	h.grant(h.names["ann"], "ShowTicket", desk.OnQueue(h.q))
	due := h.Now().Add(time.Hour)
	save := func(login string, in service.NewReminder) error {
		in.Ticket = h.ticket
		if in.Due.IsZero() {
			in.Due = due
		}
		return second(h.SaveReminder(h.ctx, h.by(login), in))
	}
	for why, tt := range map[string]struct {
		err  error
		want desk.Kind
	}{
		"a contact has none":                      {save("ann", service.NewReminder{}), desk.NotFound},
		"who does not see the ticket":             {save("spare", service.NewReminder{}), desk.NotFound},
		"another, without CommentOnTicket":        {save("bob", service.NewReminder{User: h.id("eve")}), desk.Forbidden},
		"another, who does not see it":            {save("root", service.NewReminder{User: h.id("spare")}), desk.Invalid},
		"a contact":                               {save("root", service.NewReminder{User: h.id("ann")}), desk.Invalid},
		"of the past":                             {save("bob", service.NewReminder{Due: h.Now().Add(-time.Hour)}), desk.Invalid},
		"a note that is a letter":                 {save("bob", service.NewReminder{Note: strings.Repeat("x", 501)}), desk.Invalid},
		"one that is not there":                   {save("bob", service.NewReminder{ID: 99}), desk.NotFound},
		"one's own":                               {save("bob", service.NewReminder{Note: "bob's"}), 0},
		"another's, by who may everything":        {save("root", service.NewReminder{User: h.id("bob"), Note: "root's"}), 0},
		"only the system does those that are due": {h.RemindDue(h.ctx, h.by("root"), desk.Job{}), desk.Forbidden},
	} {
		if got := desk.KindOf(tt.err); got != tt.want {
			t.Errorf("%s: got %d (%v), want %d", why, got, tt.err, tt.want)
		}
	}
	if got := h.remindersOn("eve", h.ticket); got != "" {
		t.Errorf("who may not read comments reads %q", got)
	}
	h.grant(h.names["eve"], "ShowTicketComments", desk.OnQueue(h.q))
	if got := h.remindersOn("eve", h.ticket); strings.Count(got, "'s") != 2 || strings.Contains(got, "*") {
		t.Errorf("who reads comments reads %q", got)
	}
	wantKind(t, second(h.EndReminder(h.ctx, h.by("eve"), 1, false)), desk.Forbidden)
	wantKind(t, second(h.EndReminder(h.ctx, h.by("spare"), 1, false)), desk.NotFound)
	h.ok(h.Revoke(h.ctx, h.sys, seen))
	if got := len(must(h.MyReminders(h.ctx, h.by("bob")))(t)); got != 0 {
		t.Errorf("bob has %d reminders of a ticket that he may not see", got)
	}
	h.clock.at = due.Add(time.Minute)
	if got := h.remindJobs(); len(got) != 0 {
		t.Errorf("who may not see the ticket gets %q", got)
	}
}

// TestReminderIsRead by whom it is for, who made it and who reads comments; to
// all others there is none.
func TestReminderIsRead(t *testing.T) {
	h := newSample(t)
	h.agent("eve")
	h.grant(h.names["bob"], "ShowTicket", desk.OnQueue(h.q))
	h.grant(h.names["eve"], "ShowTicket", desk.OnQueue(h.q))
	id := must(h.SaveReminder(h.ctx, h.sys, service.NewReminder{Ticket: h.ticket, User: h.id("bob"), Note: "Call Ann", Due: h.Now().Add(time.Hour)}))(t)
	got := must(h.Reminder(h.ctx, h.by("bob"), id))(t)
	if got.Note != "Call Ann" || got.Who.Text != "Bob" || got.By.ID != 0 || !got.May || got.Late {
		t.Errorf("bob reads %+v", got)
	}
	for _, login := range []string{"eve", "spare", "ann"} {
		wantKind(t, second(h.Reminder(h.ctx, h.by(login), id)), desk.NotFound)
	}
	wantKind(t, second(h.Reminder(h.ctx, h.by("bob"), id+1)), desk.NotFound)
	h.grant(h.names["eve"], "ShowTicketComments", desk.OnQueue(h.q))
	if got := must(h.Reminder(h.ctx, h.by("eve"), id))(t); got.May {
		t.Error("eve may change what is bob's")
	}
}
