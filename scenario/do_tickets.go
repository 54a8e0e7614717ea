package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatehouse/desk"
	"gatehouse/mail/message"
	"gatehouse/service"
)

// said is the text of messages, which scenarios do not write themselves.
const said = "It says what it says."

func (s *stage) createTicket(ctx context.Context, by desk.Actor, e *Entry) error {
	in := service.NewTicket{Subject: e.text("name"), Text: said}
	var err error
	if in.Queue, err = s.queue(e.text("queue")); err != nil {
		return err
	}
	for arg, to := range map[string]*[]desk.PrincipalID{"requestor": &in.Requestors, "cc": &in.Cc, "admincc": &in.AdminCc} {
		if *to, err = s.everybody(ctx, e.list(arg)); err != nil {
			return err
		}
	}
	if owner := e.text("owner"); owner != "" && desk.Fold(owner) != nobody {
		if in.Owner, err = s.user(owner); err != nil {
			return err
		}
	}
	if in.Delivery, err = s.delivery(ctx, e); err != nil {
		return err
	}
	id, err := s.svc.OpenTicket(ctx, by, in)
	if err == nil {
		s.nameTicket(e.text("name"), id)
	}
	return err
}

// delivery returns who gets a single message besides others, and who does not.
func (s *stage) delivery(ctx context.Context, e *Entry) (service.Delivery, error) {
	var d service.Delivery
	for arg, to := range map[string]*[]string{"onetime_cc": &d.OneTimeCc, "onetime_bcc": &d.OneTimeBcc} {
		for _, written := range e.list(arg) {
			address, err := s.addressee(ctx, written)
			if err != nil {
				return d, err
			}
			if address != "" {
				*to = append(*to, address)
			}
		}
	}
	quiet, err := s.everybody(ctx, e.list("squelch"))
	for _, id := range quiet {
		d.Squelch = append(d.Squelch, desk.UserID(id))
	}
	return d, err
}

// addressee returns the address of whoever a name stands for: a user, or the
// address itself. It is empty for a user without one.
func (s *stage) addressee(ctx context.Context, written string) (string, error) {
	id, err := s.whoever(ctx, written)
	if desk.KindOf(err) == desk.NotFound && isAddress(written) {
		return strings.ToLower(written), nil
	}
	if err != nil {
		return "", err
	}
	u, err := s.svc.User(ctx, s.sys, desk.UserID(id))
	if err != nil {
		return "", err
	}
	return u.Address(), nil
}

func (s *stage) setOwner(ctx context.Context, by desk.Actor, e *Entry) error {
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	how := service.Give
	if e.has("how") {
		how = service.OwnerChange(e.text("how"))
	}
	var owner desk.UserID
	switch {
	case desk.Fold(e.text("owner")) == nobody:
	case e.has("owner"), how == service.Give:
		if owner, err = s.user(e.text("owner")); err != nil {
			return err
		}
	}
	return s.svc.SetOwner(ctx, by, id, how, owner)
}

func (s *stage) addWatcher(ctx context.Context, by desk.Actor, e *Entry) error {
	role, err := s.role(e.text("role"))
	if err != nil {
		return err
	}
	who, err := s.whoever(ctx, e.text("who"))
	address := isAddress(e.text("who")) && desk.KindOf(err) == desk.NotFound
	if err != nil && !address {
		return err
	}
	if e.has("queue") {
		queue, err := s.queue(e.text("queue"))
		switch {
		case err != nil:
			return err
		case address:
			return s.svc.AddQueueWatcherAddress(ctx, by, queue, role, e.text("who"))
		}
		return s.svc.AddQueueWatcher(ctx, by, desk.Watcher{Queue: queue, Role: role, Who: who})
	}
	id, err := s.ticket(e.text("ticket"))
	switch {
	case err != nil:
		return err
	case address:
		return s.svc.AddWatcherAddress(ctx, by, id, role, e.text("who"))
	}
	return s.svc.AddWatcher(ctx, by, id, role, who)
}

func (s *stage) removeWatcher(ctx context.Context, by desk.Actor, e *Entry) error {
	role, err := s.role(e.text("role"))
	if err != nil {
		return err
	}
	who, err := s.whoever(ctx, e.text("who"))
	if err != nil {
		return err
	}
	if e.has("queue") {
		queue, err := s.queue(e.text("queue"))
		if err != nil {
			return err
		}
		return s.svc.RemoveQueueWatcher(ctx, by, desk.Watcher{Queue: queue, Role: role, Who: who})
	}
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	return s.svc.RemoveWatcher(ctx, by, id, role, who)
}

func (s *stage) setStatus(ctx context.Context, by desk.Actor, e *Entry) error {
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	return s.svc.SetStatus(ctx, by, id, desk.Status(e.text("status")), 0)
}

func (s *stage) moveTicket(ctx context.Context, by desk.Actor, e *Entry) error {
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	queue, err := s.queue(e.text("queue"))
	if err != nil {
		return err
	}
	return s.svc.MoveTicket(ctx, by, id, queue)
}

func (s *stage) reply(ctx context.Context, by desk.Actor, e *Entry) error {
	return s.write(ctx, by, e, desk.Reply)
}

func (s *stage) comment(ctx context.Context, by desk.Actor, e *Entry) error {
	return s.write(ctx, by, e, desk.Comment)
}

func (s *stage) write(ctx context.Context, by desk.Actor, e *Entry, kind desk.MessageKind) error {
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	d, err := s.delivery(ctx, e)
	if err != nil {
		return err
	}
	_, err = s.svc.Write(ctx, by, service.NewMessage{Ticket: id, Kind: kind, Subject: e.text("subject"), Text: said, Delivery: d})
	return err
}

func (s *stage) squelch(ctx context.Context, by desk.Actor, e *Entry) error {
	return s.setSquelch(ctx, by, e, true)
}

func (s *stage) unsquelch(ctx context.Context, by desk.Actor, e *Entry) error {
	return s.setSquelch(ctx, by, e, false)
}

func (s *stage) setSquelch(ctx context.Context, by desk.Actor, e *Entry, on bool) error {
	id, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	user, err := s.whoever(ctx, e.text("user"))
	if err != nil {
		return err
	}
	return s.svc.Squelch(ctx, by, id, desk.UserID(user), on)
}

// two returns the tickets of two arguments.
func (s *stage) two(e *Entry, first, second string) (a, b desk.TicketID, err error) {
	if a, err = s.ticket(e.text(first)); err != nil {
		return 0, 0, err
	}
	b, err = s.ticket(e.text(second))
	return a, b, err
}

func (s *stage) merge(ctx context.Context, by desk.Actor, e *Entry) error {
	from, into, err := s.two(e, "ticket", "into")
	if err != nil {
		return err
	}
	return s.svc.MergeTicket(ctx, by, from, into)
}

func (s *stage) link(ctx context.Context, by desk.Actor, e *Entry) error {
	from, to, err := s.two(e, "ticket", "target")
	if err != nil {
		return err
	}
	return s.svc.LinkTickets(ctx, by, service.Link{From: from, Type: e.text("type"), To: to})
}

func (s *stage) unlink(ctx context.Context, by desk.Actor, e *Entry) error {
	from, to, err := s.two(e, "ticket", "target")
	if err != nil {
		return err
	}
	return s.svc.UnlinkTickets(ctx, by, service.Link{From: from, Type: e.text("type"), To: to})
}

// email writes a letter and hands it to the desk as a mail server would.
func (s *stage) email(ctx context.Context, _ desk.Actor, e *Entry) error {
	if _, err := s.queue(e.text("queue")); err != nil {
		return err
	}
	from, err := s.addressee(ctx, e.text("from"))
	if err != nil {
		return err
	}
	if from == "" {
		return desk.Errorf(desk.NotFound, "%s has no address to write from.", e.text("from"))
	}
	var ticket desk.TicketID
	if e.has("ticket") {
		if ticket, err = s.ticket(e.text("ticket")); err != nil {
			return err
		}
	}
	env := desk.Envelope{From: from, Queue: e.text("queue"), Action: desk.Correspond, Via: "pipe"}
	if e.text("action") == "comment" {
		env.Action = desk.CommentByMail
	}
	id, err := s.svc.SpoolMail(ctx, s.sys, env, s.letter(e, from, ticket))
	if err != nil {
		return err
	}
	return s.received(ctx, id, e)
}

// letter writes the bytes of a letter.
func (s *stage) letter(e *Entry, from string, ticket desk.TicketID) []byte {
	s.letters++
	subject := e.text("name")
	if ticket != 0 {
		subject = "Re: " + desk.TagSubject(s.ticketName[ticket], s.svc.Name(), ticket)
	}
	lines := e.list("headers")
	usual := []string{
		"From: " + from, "To: desk@" + s.svc.Domain(), "Subject: " + subject,
		fmt.Sprintf("Message-ID: <%d@case.example>", s.letters), "Date: Mon, 05 Jan 2026 10:00:00 +0000",
		"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
	}
	if e.flag("own_mail") {
		usual = append(usual, message.DeskHeader+": "+s.svc.Name())
	}
	for _, line := range usual {
		name, _, _ := strings.Cut(line, ":")
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(strings.ToLower(l), strings.ToLower(name)+":") }) {
			lines = append(lines, line)
		}
	}
	return []byte(strings.Join(lines, "\r\n") + "\r\n\r\n" + said + "\r\n")
}

// received has the desk look at what lies in its spool, and says what became
// of a letter.
func (s *stage) received(ctx context.Context, id desk.SpoolID, e *Entry) error {
	for more := true; more; {
		var err error
		if more, err = s.post.Step(ctx); err != nil {
			return err
		}
	}
	entry, err := s.svc.SpooledLetter(ctx, s.sys, id)
	switch {
	case err != nil:
		return err
	case entry.State == desk.SpoolRefused, entry.State == desk.SpoolHeld, entry.State == desk.SpoolJunk:
		// Held: agents may take it up later, but it has changed nothing.
		return desk.Errorf(desk.Conflict, "%s", entry.Reason)
	case entry.State != desk.SpoolDone:
		return fmt.Errorf("the letter is %s: %s", entry.State, entry.Reason)
	case e.has("name") && !e.has("ticket"):
		s.nameTicket(e.text("name"), entry.Ticket)
	}
	return nil
}

// askApproval asks one for his approval, by a ticket of the name given.
func (s *stage) askApproval(ctx context.Context, by desk.Actor, e *Entry) error {
	t, err := s.ticket(e.text("ticket"))
	if err != nil {
		return err
	}
	of, err := s.everybody(ctx, e.list("of"))
	if err != nil {
		return err
	}
	made, err := s.svc.AskApproval(ctx, by, service.ApprovalAsk{Ticket: t, Of: of, Subject: e.text("name"), Reason: said})
	if err == nil {
		s.nameTicket(e.text("name"), made[0])
	}
	return err
}

// approval grants, refuses or withdraws one.
func (s *stage) approval(ctx context.Context, by desk.Actor, e *Entry) error {
	t, err := s.ticket(e.text("ticket"))
	switch {
	case err != nil:
		return err
	case e.text("do") == "withdraw":
		return s.svc.WithdrawApproval(ctx, by, t)
	}
	return s.svc.DecideApproval(ctx, by, t, e.text("do") == "grant", said)
}
