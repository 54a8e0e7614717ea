package service

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"gatehouse/access"
	"gatehouse/desk"
)

// mostMentions is how many people one message can name.
const mostMentions = 20

// mention finds a login with an @ before it, at the beginning of a word.
var mention = regexp.MustCompile(`(?:^|[\s(\[,;:])@([\p{L}\p{N}][\p{L}\p{N}._+-]*)`)

// mentions are the logins that a text names, each once, in lower case. What is
// quoted names nobody again.
func mentions(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), ">") {
			continue
		}
		for _, found := range mention.FindAllStringSubmatch(line, mostMentions) {
			login := desk.Fold(strings.TrimRight(found[1], ".-+_"))
			if len(list) < mostMentions && !slices.Contains(list, login) {
				list = append(list, login)
			}
		}
	}
	return list
}

// mentioned are the people at the desk whom a message of one of them names.
func (o *op) mentioned(ctx context.Context, m *desk.Message) ([]desk.UserID, error) {
	if o.by.IsSystem() || !o.isAgent() || m.Via == desk.ViaMail {
		return nil, nil // @ in letters is mostly part of an address
	}
	var list []desk.UserID
	for _, login := range mentions(m.Text) {
		u, err := o.UserByLogin(ctx, login)
		if err != nil && desk.KindOf(err) != desk.NotFound {
			return nil, err
		}
		if err == nil && u.Kind == desk.Agent {
			list = append(list, u.ID)
		}
	}
	return list, nil
}

// mentionable is how many people are offered while one writes a name.
const mentionable = 8

// Mentionable offers the people at the desk whom a message of a kind on a ticket
// can name, while their login or a word of their name is typed: those who may see
// that ticket, and a comment on it. It asks for the right to write the message,
// and is for the people at the desk.
func (s *Service) Mentionable(ctx context.Context, by desk.Actor, ticket desk.TicketID, kind desk.MessageKind, text string) ([]Name, error) {
	var list []Name
	err := s.view(ctx, by, func(o *op) error {
		right := desk.ReplyToTicket
		if kind == desk.Comment {
			right = desk.CommentOnTicket
		}
		if !by.IsSystem() && !o.isAgent() {
			return noTicket(ticket)
		}
		t, err := o.ticketFor(ctx, right, ticket)
		if err != nil {
			return err
		}
		text = desk.Fold(strings.TrimSpace(text))
		if text == "" || len(text) > maxNamed {
			return nil
		}
		list, err = o.mentionable(ctx, text, func(u desk.UserID) bool { return u != by.User && o.readsMessage(u, t, kind) })
		return err
	})
	return list, err
}

// maxNamed is how many bytes of a name are looked for.
const maxNamed = 100

// readsMessage reports whether somebody may see a message of a kind on a ticket.
func (o *op) readsMessage(u desk.UserID, t *desk.Ticket, kind desk.MessageKind) bool {
	x := access.Ticket(t.Facts())
	return o.e.Can(u, desk.ShowTicket, x) && (kind != desk.Comment || o.e.Can(u, desk.ShowTicketComments, x))
}

// mentionable finds agents by the beginning of their login or of a word of their
// name, those whose login it is first.
func (o *op) mentionable(ctx context.Context, text string, may func(desk.UserID) bool) ([]Name, error) {
	var logins, names []Name
	enabled := false
	for f := (UserFilter{Text: text, Kind: desk.Agent, Disabled: &enabled, Limit: 100}); len(logins) < mentionable; {
		users, more, err := o.Tx.Users(ctx, f)
		if err != nil {
			return nil, err
		}
		for i := range users {
			u := &users[i]
			byLogin := strings.HasPrefix(desk.Fold(u.Login), text)
			switch called := beginsWord(desk.Fold(u.Name), text); {
			case !byLogin && !called || !may(u.ID):
			case byLogin:
				logins = append(logins, userName(u))
			case len(names) < mentionable:
				names = append(names, userName(u))
			}
		}
		if !more {
			break
		}
		f.After = users[len(users)-1].Login
	}
	logins = append(logins, names...)
	return logins[:min(len(logins), mentionable)], nil
}

// beginsWord reports whether a word of a name begins so.
func beginsWord(name, text string) bool {
	return strings.HasPrefix(name, text) || strings.Contains(name, " "+text)
}
