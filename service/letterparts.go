package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
)

// LetterParts is what a letter is made of when it is sent for the first time.
type LetterParts struct {
	Raw      []byte            // as it was sent before; then nothing else is here
	Files    []desk.Attachment // that go with it, with their contents
	Links    []FileLink        // those for which there is no room
	History  []HistoryLine     // what was written on the ticket before, the newest first
	Older    bool              // there is more of it
	Plain    bool              // text only
	Language string            // of the words around these
	Zone     *time.Location    // of its receiver
	To, Cc   []desk.MailAddress
}

// A FileLink leads to a file that does not go with a letter.
type FileLink struct {
	Name string
	Size int64
	URL  string // of a page that asks who opens it; empty: the receiver has none
}

// A HistoryLine is one earlier message of a ticket.
type HistoryLine struct {
	Author string // empty: somebody whom the receiver may not know
	At     time.Time
	Text   string
}

// How much of a conversation follows a letter.
const (
	historyMessages = 50
	historyBytes    = 200 << 10
)

// LetterBytes returns the letter as it was sent before or, where it was not,
// what goes with its text: files up to the size that the queue allows, and links
// to the others; as much of the conversation as the queue wants and its receiver
// may read at this moment; who else is named in it. Only the system asks.
func (s *Service) LetterBytes(ctx context.Context, by desk.Actor, id desk.OutboxID) (*LetterParts, error) {
	parts := &LetterParts{}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		if parts.Raw, err = o.OutgoingBytes(ctx, id); err != nil || parts.Raw != nil {
			return err
		}
		out, err := o.Outgoing(ctx, id)
		if err != nil {
			return err
		}
		return o.letterParts(ctx, out, parts)
	})
	return parts, err
}

func (o *op) letterParts(ctx context.Context, out *desk.Outgoing, parts *LetterParts) error {
	reader, err := o.UsersByID(ctx, []desk.UserID{out.To})
	if err != nil {
		return err
	}
	u := reader[out.To]
	if u == nil {
		u = &desk.User{}
	}
	parts.Language, parts.Zone = cmp.Or(u.Language, o.s.Language()), zoneOf(u, o.s.Zone())
	if out.Ticket == 0 {
		return nil
	}
	t, err := o.Ticket(ctx, out.Ticket)
	if err != nil {
		return err
	}
	p, err := o.mailPolicy(ctx, t.Queue)
	if err != nil {
		return err
	}
	parts.Plain, parts.Language = p.Plain, cmp.Or(u.Language, p.Language, o.s.Language())
	if out.Message == 0 || out.Kind == desk.LetterAcknowledge {
		return nil
	}
	if err := o.fitFiles(ctx, out, p.FileRoom(), parts); err != nil {
		return err
	}
	if err := o.addHistory(ctx, t, out, p.History, parts); err != nil {
		return err
	}
	return o.nameOthers(ctx, t, out, p.Together, parts)
}

func zoneOf(u *desk.User, usual *time.Location) *time.Location {
	if zone, err := time.LoadLocation(u.Zone); err == nil && u.Zone != "" {
		return zone
	}
	return usual
}

// fitFiles reads the files that go with a letter; of those for which there is
// no room it makes links.
func (o *op) fitFiles(ctx context.Context, out *desk.Outgoing, room int64, parts *LetterParts) error {
	m, err := o.Message(ctx, out.Message)
	if err != nil {
		return err
	}
	for i, a := range m.Attachments {
		if a.Size > room {
			link, err := o.fileLink(ctx, out, m, i)
			if err != nil {
				return err
			}
			parts.Links = append(parts.Links, link)
			continue
		}
		room -= a.Size
		full, err := o.Attachment(ctx, a.ID)
		if err != nil {
			return err
		}
		parts.Files = append(parts.Files, *full)
	}
	return nil
}

// fileLink leads to the nth file of a message. Whoever opens it is asked who he
// is and what he may see.
func (o *op) fileLink(ctx context.Context, out *desk.Outgoing, m *desk.Message, nth int) (FileLink, error) {
	a := m.Attachments[nth]
	link := FileLink{Name: a.Name, Size: a.Size}
	switch kind := o.e.KindOf(out.To); {
	case o.s.opt.BaseURL == "" || kind == 0:
	case kind == desk.Agent:
		link.URL = fmt.Sprintf("%s/agent/attachment/%d", o.s.opt.BaseURL, a.ID)
	case m.Kind == desk.Reply:
		replies, err := o.Messages(ctx, m.Ticket, false, 0, 1<<20)
		if err != nil {
			return link, err
		}
		at := slices.IndexFunc(replies, func(r desk.Message) bool { return r.ID == m.ID })
		link.URL = fmt.Sprintf("%s/portal/tickets/%d/files/%d/%d", o.s.opt.BaseURL, m.Ticket, at+1, nth+1)
	}
	return link, nil
}

// addHistory adds what was written before the letter's message, as far as its
// receiver may read it now: nothing where he may not see the ticket, or was
// named for this one message; replies only, but for comments to those who may
// read them, whose answers go to comments again.
func (o *op) addHistory(ctx context.Context, t *desk.Ticket, out *desk.Outgoing, want desk.History, parts *LetterParts) error {
	comment := out.Kind == desk.LetterComment
	x := access.Ticket(t.Facts())
	if want == desk.HistoryNone || out.Kind != desk.LetterReply && !comment || out.To == 0 || oneTime(out.Why) || !o.e.Can(out.To, desk.ShowTicket, x) {
		return nil
	}
	list, err := o.Messages(ctx, t.ID, comment && o.e.Can(out.To, desk.ShowTicketComments, x), 0, 1<<20)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(m desk.Message) bool { return m.ID >= out.Message || strings.TrimSpace(m.Text) == "" })
	slices.Reverse(list)
	most := historyMessages
	if want == desk.HistoryLast {
		most = 1
	}
	ids := make([]desk.PrincipalID, 0, len(list))
	for _, m := range list {
		ids = append(ids, desk.PrincipalID(m.Author))
	}
	names, err := o.names(ctx, ids)
	if err != nil {
		return err
	}
	reader := o.asReader(out.To)
	size := 0
	for i, m := range list {
		if size += len(m.Text); i == most || i > 0 && size > historyBytes {
			parts.Older = want == desk.HistoryWhole
			return nil
		}
		line := HistoryLine{At: m.At, Text: m.Text}
		switch {
		case m.Author == 0:
			line.Author = o.s.Name()
		case reader.mayKnow(desk.PrincipalID(m.Author)):
			line.Author = names[desk.PrincipalID(m.Author)].Text
		}
		parts.History = append(parts.History, line)
	}
	return nil
}

// asReader lets the op ask what somebody may see.
func (o *op) asReader(u desk.UserID) *op {
	reader := *o
	reader.by = desk.Actor{User: u, Via: desk.ViaJob}
	return &reader
}

// nameOthers names in a letter who else gets it, where the queue wants one
// letter for all. It stays one letter to each, so that each can be asked for at
// the moment of sending, and carries an address to answer to of his own.
func (o *op) nameOthers(ctx context.Context, t *desk.Ticket, out *desk.Outgoing, want desk.Together, parts *LetterParts) error {
	if want == desk.TogetherNot || !goesToAll(out) || hidden(out.Why) {
		return nil
	}
	list, _, err := o.OutgoingList(ctx, OutFilter{Message: out.Message, Limit: 500})
	if err != nil {
		return err
	}
	var ids []desk.UserID
	for _, other := range list {
		ids = append(ids, other.To)
	}
	users, err := o.UsersByID(ctx, ids)
	if err != nil {
		return err
	}
	slices.Reverse(list)
	for i := range list {
		other := &list[i]
		named, err := o.namedWith(ctx, out, other, want)
		if err != nil {
			return err
		}
		if !named {
			continue
		}
		to := desk.MailAddress{Address: other.Address}
		if u := users[other.To]; u != nil {
			to.Name = u.Called()
		}
		if asksHimself(other.Why) {
			parts.To = append(parts.To, to)
		} else {
			parts.Cc = append(parts.Cc, to)
		}
	}
	return nil
}

// namedWith reports whether somebody else's letter is named in a letter: it
// tells of the same, he is to get it at this moment, and the two have the same
// to see: people of the desk, or people of the customers' side who may know each
// other. Where it was chosen that all are named, only comments, and who was
// named unseen, are kept apart.
func (o *op) namedWith(ctx context.Context, out, other *desk.Outgoing, want desk.Together) (bool, error) {
	if other.ID == out.ID {
		return true, nil
	}
	if other.Event != out.Event || !goesToAll(other) || hidden(other.Why) || other.State == desk.OutDropped || other.State == desk.OutFailed {
		return false, nil
	}
	comment := out.Kind == desk.LetterComment
	if comment != (other.Kind == desk.LetterComment) {
		return false, nil
	}
	mine, his := o.e.KindOf(out.To), o.e.KindOf(other.To)
	if comment && (mine != desk.Agent || his != desk.Agent) {
		return false, nil
	}
	if want == desk.TogetherKnown && (mine == 0 || mine != his ||
		!o.asReader(out.To).mayKnow(desk.PrincipalID(other.To)) || !o.asReader(other.To).mayKnow(desk.PrincipalID(out.To))) {
		return false, nil
	}
	reason, err := o.notEntitled(ctx, other)
	return reason == "", err
}

// goesToAll: letters that carry what somebody wrote; the others are about their
// receiver.
func goesToAll(out *desk.Outgoing) bool {
	return out.Kind == desk.LetterReply || out.Kind == desk.LetterComment || out.Kind == desk.LetterOpened || out.Kind == desk.LetterApproval
}

func hidden(why []desk.Why) bool {
	return !slices.ContainsFunc(why, func(w desk.Why) bool { return !w.Hidden })
}

// asksHimself reports whether a letter goes to who asks: such stand in To, the
// others in Cc.
func asksHimself(why []desk.Why) bool {
	return slices.ContainsFunc(why, func(w desk.Why) bool { return w.Role == desk.Requestor || w.Role == desk.CustomerRole })
}
