package service

import (
	"context"

	"gatehouse/desk"
	"gatehouse/store"
)

// Figures are what an operator watches.
type Figures struct {
	PostCounts
	AccessVersion int64 // as it is stored
	EngineVersion int64 // of the engine that answered last on this node
	Pools         store.Pools
	Replica       store.ReplicaState
	Nodes         []Node
	Work          []Work
}

// Figures returns what an operator watches. Only the system asks.
func (s *Service) Figures(ctx context.Context, by desk.Actor) (Figures, error) {
	var f Figures
	if last := s.current.Load(); last != nil {
		f.EngineVersion = last.engine.Version()
	}
	err := s.view(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		var err error
		if f.PostCounts, err = o.Tx.PostCounts(ctx); err != nil {
			return err
		}
		if f.AccessVersion, err = o.AccessVersion(ctx); err != nil {
			return err
		}
		if f.Nodes, err = o.nodes(ctx); err != nil {
			return err
		}
		f.Work, err = o.work(ctx)
		return err
	})
	if err != nil {
		return Figures{}, err
	}
	if f.EngineVersion == 0 {
		f.EngineVersion = f.AccessVersion // nobody has asked anything yet
	}
	f.Pools, f.Replica = s.store.Pools(), s.store.Replica()
	return f, nil
}
