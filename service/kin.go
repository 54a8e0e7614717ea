package service

import (
	"context"
	"slices"

	"gatehouse/desk"
	"gatehouse/store"
)

// kinShown is how many groups the neighbourhood of one has at most, upwards and
// downwards each.
const kinShown = 40

// A Kin is a group with those in which it is and those that are in it, by any
// path.
type Kin struct {
	Nodes []KinNode
	Lines []KinLine
	More  bool // there are more groups
}

// A KinNode is a group or customer. Level is 0 for the one that was asked for,
// -1 and less for those in which it is, 1 and more for those in it, by the
// longest path.
type KinNode struct {
	Name   Name
	Level  int
	People int // enabled users by any path
}

// A KinLine says that a group is a direct member of another.
type KinLine struct{ Member, Group desk.PrincipalID }

// GroupKin returns the groups and customers around a group that the actor may
// see (SeeGroup on it).
func (s *Service) GroupKin(ctx context.Context, by desk.Actor, id desk.GroupID) (*Kin, error) {
	kin := &Kin{}
	err := s.view(ctx, by, func(o *op) error {
		if _, err := o.groupFor(ctx, id); err != nil {
			return err
		}
		self := desk.PrincipalID(id)
		up, err := o.kinOn(ctx, self, kin, func(at desk.PrincipalID) ([]KinLine, error) {
			list, err := o.MembershipsOf(ctx, at)
			return linesOf(list), err
		}, func(l KinLine) desk.PrincipalID { return l.Group })
		if err != nil {
			return err
		}
		down, err := o.kinOn(ctx, self, kin, func(at desk.PrincipalID) ([]KinLine, error) {
			list, err := o.MembersOf(ctx, at)
			return linesOf(slices.DeleteFunc(list, func(m desk.Membership) bool { return o.e.KindOf(desk.UserID(m.Member)) != 0 })), err
		}, func(l KinLine) desk.PrincipalID { return l.Member })
		if err != nil {
			return err
		}
		names, err := o.names(ctx, slices.Concat([]desk.PrincipalID{self}, up, down))
		if err != nil {
			return err
		}
		level := map[desk.PrincipalID]int{self: 0}
		deepen(level, kin.Lines, up, -1)
		deepen(level, kin.Lines, down, 1)
		for _, id := range slices.Concat([]desk.PrincipalID{self}, up, down) {
			kin.Nodes = append(kin.Nodes, KinNode{names[id], level[id], len(o.e.Members(id))})
		}
		return nil
	})
	return kin, err
}

func linesOf(list []desk.Membership) []KinLine {
	lines := make([]KinLine, len(list))
	for i, m := range list {
		lines[i] = KinLine{m.Member, m.Group}
	}
	return lines
}

// kinOn walks from a group in one direction, adds the lines to the kin, and
// returns the groups that it found.
func (o *op) kinOn(ctx context.Context, self desk.PrincipalID, kin *Kin, next func(desk.PrincipalID) ([]KinLine, error), far func(KinLine) desk.PrincipalID) ([]desk.PrincipalID, error) {
	var found []desk.PrincipalID
	for queue := []desk.PrincipalID{self}; len(queue) > 0; queue = queue[1:] {
		lines, err := next(queue[0])
		if err != nil {
			return nil, err
		}
		if err := o.kinAhead(ctx, lines, far); err != nil {
			return nil, err
		}
		for _, l := range lines {
			id := far(l)
			known := slices.Contains(found, id)
			switch {
			case !known && o.seesMembersOf(ctx, id) != nil:
				continue
			case !known && len(found) == kinShown:
				kin.More = true
				continue
			case !known:
				found, queue = append(found, id), append(queue, id)
			}
			kin.Lines = append(kin.Lines, l)
		}
	}
	return found, nil
}

// kinAhead reads the groups at the end of lines, and who is in them and of which
// they are members.
func (o *op) kinAhead(ctx context.Context, lines []KinLine, far func(KinLine) desk.PrincipalID) error {
	var next store.Ahead
	for _, l := range lines[:min(len(lines), kinShown)] {
		next.Groups, next.Members = append(next.Groups, desk.GroupID(far(l))), append(next.Members, far(l))
	}
	return o.ReadAhead(ctx, next)
}

// deepen puts each group a step beyond all those from which a line leads to it.
func deepen(level map[desk.PrincipalID]int, lines []KinLine, found []desk.PrincipalID, step int) {
	for moved := true; moved; {
		moved = false
		for _, l := range lines {
			near, far := l.Member, l.Group
			if step > 0 {
				near, far = far, near
			}
			from, known := level[near]
			if !known || !slices.Contains(found, far) || level[far]*step > from*step {
				continue
			}
			level[far], moved = from+step, true
		}
	}
}
