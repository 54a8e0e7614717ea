package service

import (
	"context"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// NewMessage is a reply or a comment on a ticket.
type NewMessage struct {
	Ticket   desk.TicketID
	Kind     desk.MessageKind
	Subject  string // empty: the ticket's
	Text     string
	HTML     string // as it came in a letter
	Files    []desk.Attachment
	Delivery Delivery
	// Status is set after the message; empty: as it comes.
	Status desk.Status
	// LastSeen is the newest message that the writer had before him; where
	// there is a newer one, nothing is written and he is told. Zero: whatever.
	LastSeen desk.MessageID
	Form     string // token of the form, so that sending it twice writes once
	letter   *desk.Letter
	vouched  bool // an agent says that the letter belongs there
}

// Write adds a reply (ReplyToTicket) or a comment (CommentOnTicket) to a
// ticket, and sets the status if one is given (what SetStatus asks).
func (s *Service) Write(ctx context.Context, by desk.Actor, in NewMessage) (desk.MessageID, error) {
	var id desk.MessageID
	err := s.do(ctx, by, func(o *op) error {
		if earlier, err := o.formSentBefore(ctx, in.Form); err != nil || earlier != 0 {
			id = desk.MessageID(earlier)
			return err
		}
		m, err := o.write(ctx, in)
		if err != nil {
			return err
		}
		id = m.ID
		if err := o.DeleteDraft(ctx, by.User, m.Ticket, m.Kind); err != nil {
			return err
		}
		return o.rememberForm(ctx, in.Form, desk.TicketID(m.ID))
	})
	return id, err
}

func (o *op) write(ctx context.Context, in NewMessage) (*desk.Message, error) {
	right := desk.ReplyToTicket
	if in.Kind == desk.Comment {
		right = desk.CommentOnTicket
	}
	t, err := o.lockToWrite(ctx, right, in)
	if err != nil {
		return nil, err
	}
	if err := o.checkMessage(ctx, t, &in); err != nil {
		return nil, err
	}
	m := &desk.Message{
		Ticket: t.ID, Kind: in.Kind, Author: o.by.User, At: o.s.Now(), Subject: in.Subject,
		Text: in.Text, HTML: in.HTML, Via: o.by.Via, Attachments: in.Files,
	}
	if in.letter != nil {
		m.LetterID, m.Spool = in.letter.LetterID, in.letter.Spool
	}
	if err := o.insertMessage(ctx, m, in.letter); err != nil {
		return nil, err
	}
	data := in.Delivery.data()
	data["kind"], data["side"] = in.Kind.String(), sideDesk
	if o.writesAsCustomer(t) {
		data["side"] = sideCustomer
	}
	if in.letter != nil && in.letter.Automatic != "" || o.by.Cause().Rule != 0 {
		data["machine"] = "yes"
	}
	if in.answersItself() {
		data["silent"] = "yes"
	}
	o.sideOf(t, in.Kind, data)
	if err := o.tell(ctx, desk.Event{Ticket: t.ID, Kind: desk.EventMessage, Message: m.ID, Data: data}); err != nil {
		return nil, err
	}
	if !in.answersItself() {
		if err := o.notifyMessage(ctx, t, m, in.Delivery.Squelch); err != nil {
			return nil, err
		}
	}
	return m, o.afterMessage(ctx, t, in)
}

// lockToWrite returns the ticket if the actor may write on it, or an agent who
// may vouched for his letter.
func (o *op) lockToWrite(ctx context.Context, right desk.Right, in NewMessage) (*desk.Ticket, error) {
	if in.vouched {
		return o.LockTicket(ctx, in.Ticket)
	}
	return o.lockFor(ctx, right, in.Ticket)
}

// sideDesk and sideCustomer are the sides from which a message can come.
const (
	sideDesk     = "desk"
	sideCustomer = "customer"
)

func (o *op) checkMessage(ctx context.Context, t *desk.Ticket, in *NewMessage) error {
	if strings.TrimSpace(in.Text) == "" && len(in.Files) == 0 && in.letter == nil {
		return desk.InvalidFields(map[string]string{"text": "Write something first."})
	}
	if err := checkText(in.Text); err != nil {
		return err
	}
	if in.Subject = oneLine(in.Subject); in.Subject == "" {
		in.Subject = t.Subject
	}
	if err := o.mayChooseDelivery(in.Delivery); err != nil {
		return err
	}
	for _, address := range append(in.Delivery.OneTimeCc, in.Delivery.OneTimeBcc...) {
		if err := checkAddress(address); err != nil {
			return err
		}
	}
	if in.LastSeen == 0 {
		return nil
	}
	newer, err := o.Messages(ctx, t.ID, o.can(desk.ShowTicketComments, access.Ticket(t.Facts())), in.LastSeen, 1)
	if err != nil {
		return err
	}
	if len(newer) == 0 {
		return o.nobodyElseReplies(ctx, t.ID, in.Kind)
	}
	return desk.Errorf(desk.Conflict, "Somebody wrote on ticket %d while you were writing. Nothing was sent: read it, then send yours again.", t.ID)
}

// nobodyElseReplies refuses a reply while a colleague's is held, which he can
// still take back and nobody else can read yet.
func (o *op) nobodyElseReplies(ctx context.Context, ticket desk.TicketID, kind desk.MessageKind) error {
	if kind != desk.Reply || !o.isAgent() {
		return nil
	}
	others, err := o.HeldByOthers(ctx, ticket, o.by.User)
	if err != nil || len(others) == 0 {
		return err
	}
	who := desk.PrincipalID(others[0])
	names, err := o.names(ctx, []desk.PrincipalID{who})
	if err != nil {
		return err
	}
	return desk.Errorf(desk.Conflict, "%s has just answered ticket %d. Nothing was sent: in a moment that answer stands there; read it, then send yours again.", names[who].Text, ticket)
}

// mayChooseDelivery lets only the people at the desk choose who gets a single
// message: a contact could send letters to anybody in the desk's name, or keep
// them from those who are to read them.
func (o *op) mayChooseDelivery(d Delivery) error {
	if o.isAgent() || len(d.OneTimeCc)+len(d.OneTimeBcc)+len(d.Squelch) == 0 {
		return nil
	}
	return desk.Errorf(desk.Forbidden, "Only the people at the desk choose who gets a single message.")
}

// afterMessage changes the ticket as the message asks for.
func (o *op) afterMessage(ctx context.Context, t *desk.Ticket, in NewMessage) error {
	before := *t
	t.Touched(o.by.User, o.s.Now())
	c, err := o.lifeOf(ctx, t.Queue)
	if err != nil {
		return err
	}
	if in.Kind == desk.Reply && !in.answersItself() {
		t.Answered(!o.writesAsCustomer(t), o.s.Now(), c)
		t.HeardBy = o.by.User
	}
	if t.Status != before.Status {
		if err := o.recordStatus(ctx, c, &before, t.Status); err != nil {
			return err
		}
	}
	if in.Status != "" && in.Status != t.Status {
		return o.setStatus(ctx, t, in.Status)
	}
	return o.UpdateTicket(ctx, t)
}

// writesAsCustomer reports whether the actor stands on the customer's side of
// the ticket: a contact, or whoever brought the matter.
func (o *op) writesAsCustomer(t *desk.Ticket) bool {
	if o.by.IsSystem() {
		return false
	}
	return !o.isAgent() || o.e.Fills(o.by.User, desk.RolesOf(desk.Requestor), t.Facts())
}

// answersItself reports whether a program answered instead of its owner, as on
// holidays (RFC 3834): that is kept, but changes nothing and nobody is told,
// so that two programs cannot keep each other busy.
func (in *NewMessage) answersItself() bool {
	return in.letter != nil && in.letter.Automatic == AutoReplied
}

// AutoReplied is the value of desk.Letter.Automatic for answers that a program
// gave without its owner.
const AutoReplied = "auto-replied"
