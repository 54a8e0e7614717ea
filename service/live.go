package service

import (
	"context"
	"io"
	"sync"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

const (
	feedsEach = 12   // open feeds of one person
	feedsAll  = 2000 // of all
	// presentFor is how long somebody is thought to be at a ticket after he was
	// last heard of.
	presentFor = 60 * time.Second
)

// A lobby counts the open feeds.
type lobby struct {
	mu  sync.Mutex
	of  map[desk.UserID]int
	all int
}

// A Feed tells that something changed, and nothing else: what it was is asked
// for in the normal way. It belongs to one caller at a time.
type Feed struct {
	s      *Service
	by     desk.Actor
	ticket desk.TicketID // zero: all that he may see
	listen *store.Listening
	once   sync.Once
}

// A FeedChange is what a feed tells.
type FeedChange struct {
	// People: who is at the ticket changed, nothing on it.
	People bool
	// Notices: what the reader is told changed, nothing on tickets.
	Notices bool
}

// Watch opens a feed of one ticket (ShowTicket), or with zero of all that the
// actor may see. It is for the people at the desk. Close it.
func (s *Service) Watch(ctx context.Context, by desk.Actor, ticket desk.TicketID) (*Feed, error) {
	err := s.view(ctx, by, func(o *op) error {
		if by.IsSystem() || !o.isAgent() {
			return desk.Errorf(desk.NotFound, "There is no such feed.")
		}
		if ticket == 0 {
			return nil
		}
		t, err := o.ticketFor(ctx, desk.ShowTicket, ticket)
		if err == nil {
			ticket = t.ID
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if !s.feeds.enter(by.User) {
		return nil, desk.Errorf(desk.TooMany, "Too many pages of yours follow changes; close some of them.")
	}
	return &Feed{s: s, by: by, ticket: ticket, listen: s.store.Listen()}, nil
}

func (l *lobby) enter(user desk.UserID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of[user] >= feedsEach || l.all >= feedsAll {
		return false
	}
	l.of[user]++
	l.all++
	return true
}

func (l *lobby) leave(user desk.UserID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.of[user]--; l.of[user] == 0 {
		delete(l.of, user)
	}
}

// Close ends the feed.
func (f *Feed) Close() {
	f.once.Do(func() {
		f.listen.Close()
		f.s.feeds.leave(f.by.User)
	})
}

// Next waits for a change that the actor may know of, by the rights that he has
// then. What he may not see neither ends the waiting nor is told in any other
// way. The feed ends with io.EOF.
func (f *Feed) Next(ctx context.Context) (FeedChange, error) {
	for {
		select {
		case <-ctx.Done():
			return FeedChange{}, ctx.Err()
		case c, open := <-f.listen.C:
			if !open {
				return FeedChange{}, io.EOF
			}
			tell, err := f.concerns(ctx, c)
			if err != nil || tell {
				return FeedChange{People: c.Kind == store.ChangedPresence, Notices: c.User != 0}, err
			}
		}
	}
}

// concerns reports whether a change is to be told. A feed of a ticket that its
// reader may see no longer ends.
func (f *Feed) concerns(ctx context.Context, c store.Changed) (bool, error) {
	if c.User != 0 {
		return c.User == f.by.User, nil
	}
	if f.ticket != 0 && c.Ticket != 0 && c.Ticket != f.ticket || f.ticket == 0 && c.Kind == store.ChangedPresence {
		return false, nil
	}
	tell := false
	err := f.s.view(ctx, f.by, func(o *op) error {
		id := c.Ticket
		if id == 0 {
			id = f.ticket
		}
		if id == 0 {
			tell = true // it is not known which, and all lists are told the same
			return nil
		}
		t, err := o.ticketFor(ctx, desk.ShowTicket, id)
		switch {
		case err != nil && f.ticket == 0 && isRefusal(err):
			return nil
		case err != nil:
			return err
		}
		tell = o.tells(t, c.Kind)
		return nil
	})
	return tell, err
}

// tells reports whether the actor, who sees the ticket, may know that something
// of a kind happened on it.
func (o *op) tells(t *desk.Ticket, kind desk.EventKind) bool {
	x := access.Ticket(t.Facts())
	switch kind {
	case store.ChangedComment, store.ChangedReminders:
		return o.can(desk.ShowTicketComments, x)
	case desk.EventSent, desk.EventBounced:
		return o.can(desk.ShowOutgoingEmail, x)
	case desk.EventField:
		return o.can(desk.SeeCustomField, x)
	}
	return true
}

// FollowChanges passes the changes of other nodes on to feeds, until ctx is
// done; then it ends all feeds.
func (s *Service) FollowChanges(ctx context.Context) {
	s.store.FollowChanges(ctx)
	s.store.StopListening()
}

// A Presence is somebody who has a ticket open.
type Presence struct {
	Name
	Writes bool
}

// Attend notes that the actor has a ticket open, and whether he writes on it
// (ShowTicket; for the people at the desk), and returns who else has.
func (s *Service) Attend(ctx context.Context, by desk.Actor, ticket desk.TicketID, writes bool) ([]Presence, error) {
	var list []Presence
	err := s.do(ctx, by, func(o *op) error {
		t, err := o.deskTicket(ctx, ticket)
		if err != nil {
			return err
		}
		now := s.Now()
		if err := o.SetPresent(ctx, desk.Present{Ticket: t.ID, User: by.User, Writes: writes, At: now}, now.Add(-presentFor)); err != nil {
			return err
		}
		list, err = o.presents(ctx, t)
		return err
	})
	return list, err
}

// Leave notes that the actor has a ticket open no longer. It asks what Attend
// asks.
func (s *Service) Leave(ctx context.Context, by desk.Actor, ticket desk.TicketID) error {
	return s.do(ctx, by, func(o *op) error {
		t, err := o.deskTicket(ctx, ticket)
		if err != nil {
			return err
		}
		return o.DropPresent(ctx, t.ID, by.User)
	})
}

// Attending returns who else has a ticket open (ShowTicket; for the people at
// the desk).
func (s *Service) Attending(ctx context.Context, by desk.Actor, ticket desk.TicketID) ([]Presence, error) {
	var list []Presence
	err := s.view(ctx, by, func(o *op) error {
		t, err := o.deskTicket(ctx, ticket)
		if err != nil {
			return err
		}
		list, err = o.presents(ctx, t)
		return err
	})
	return list, err
}

// deskTicket returns a ticket to a person at the desk who may see it.
func (o *op) deskTicket(ctx context.Context, id desk.TicketID) (*desk.Ticket, error) {
	if o.by.IsSystem() || !o.isAgent() {
		return nil, noTicket(id)
	}
	return o.ticketFor(ctx, desk.ShowTicket, id)
}

// presents names who else is at a ticket and may still see it.
func (o *op) presents(ctx context.Context, t *desk.Ticket) ([]Presence, error) {
	all, err := o.Presents(ctx, t.ID, o.s.Now().Add(-presentFor))
	if err != nil {
		return nil, err
	}
	var ids []desk.PrincipalID
	for _, p := range all {
		ids = append(ids, desk.PrincipalID(p.User))
	}
	names, err := o.names(ctx, ids)
	var list []Presence
	for _, p := range all {
		if p.User != o.by.User && o.e.Can(p.User, desk.ShowTicket, access.Ticket(t.Facts())) {
			list = append(list, Presence{names[desk.PrincipalID(p.User)], p.Writes})
		}
	}
	return list, err
}
