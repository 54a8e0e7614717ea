package service

import (
	"context"

	"gatehouse/desk"
)

// Names returns the names of those of the given principals whom the actor may
// know of: agents may know everybody, contacts themselves, agents, their own
// customers and the people there.
func (s *Service) Names(ctx context.Context, by desk.Actor, ids []desk.PrincipalID) (map[desk.PrincipalID]Name, error) {
	var names map[desk.PrincipalID]Name
	err := s.view(ctx, by, func(o *op) error {
		var known []desk.PrincipalID
		for _, id := range ids {
			if o.mayKnow(id) {
				known = append(known, id)
			}
		}
		var err error
		names, err = o.names(ctx, known)
		return err
	})
	return names, err
}
