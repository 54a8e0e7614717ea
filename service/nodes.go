package service

import (
	"context"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/store"
)

// Beat notes that a node is alive, and how it goes with its work; its name and
// when it started must be given.
// It fails with store.ErrNewer where the database is for newer programs only:
// the node must end then. Only the system does it.
func (s *Service) Beat(ctx context.Context, by desk.Actor, n desk.Node, work ...desk.StepTimes) error {
	n.Program = s.opt.Program
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		n.Access = o.e.Version()
		if err := o.Beat(ctx, n); err != nil {
			return err
		}
		for i := range work {
			work[i].Node, work[i].Reason = n.Name, oneLine(work[i].Reason)
		}
		return o.NoteWork(ctx, work)
	})
}

// EndNode notes that a node has ended in order. Only the system does it.
func (s *Service) EndNode(ctx context.Context, by desk.Actor, name string) error {
	return s.do(ctx, by, func(o *op) error {
		if err := o.needSystem(); err != nil {
			return err
		}
		return o.Tx.EndNode(ctx, name)
	})
}

// NodeSilent is after how long without a sign a node is taken for gone.
const NodeSilent = time.Minute

// A Node is a process that serves the desk.
type Node struct {
	desk.Node
	// Behind is how many changes of rights there were since it was last heard of;
	// its next request reads them before it asks. -1: not known.
	Behind int64
}

// Nodes lists the processes that serve the desk, or that did within the last
// day and were killed, by name (ShowConfigTab).
func (s *Service) Nodes(ctx context.Context, by desk.Actor) (list []Node, err error) {
	err = s.view(ctx, by, func(o *op) error {
		if err := o.need(desk.ShowConfigTab, access.System()); err != nil {
			return err
		}
		list, err = o.nodes(ctx)
		return err
	})
	return list, err
}

func (o *op) nodes(ctx context.Context) ([]Node, error) {
	found, err := o.Tx.Nodes(ctx)
	list := make([]Node, len(found))
	for i, n := range found {
		list[i] = Node{n, o.e.Version() - n.Access}
		if n.Access == 0 {
			list[i].Behind = -1
		}
	}
	return list, err
}

// Edition is that of this program, see store.Edition.
const Edition = store.Edition
