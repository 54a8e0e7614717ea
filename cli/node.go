package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/service"
	"gatehouse/store"
)

// beatTime is how often a node says that it is alive. Within that time it ends
// where the database was made one for newer programs; its requests are refused
// from the first one on.
const beatTime = 10 * time.Second

// beat says once that this node is alive and how it goes with its work, and goes
// on until ctx ends.
func (d *daemon) beat(ctx context.Context, work *jobs.Times) error {
	host, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("asking for the name of this machine: %w", err)
	}
	n, by := desk.Node{Name: host + " " + d.listensOn(), Started: d.p.Now()}, desk.System(desk.ViaJob)
	if err := d.svc.Beat(ctx, by, n, work.All()...); err != nil {
		return err
	}
	ticker := time.NewTicker(beatTime)
	d.running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			err := d.svc.Beat(ctx, by, n, work.All()...)
			if store.IsNewer(err) {
				d.failed <- err
				return
			}
			if err != nil && ctx.Err() == nil {
				d.log.Warn("this node cannot say that it is alive", "error", err)
			}
		}
	})
	d.stops = append(d.stops, func(ctx context.Context) error {
		ticker.Stop()
		if err := errors.Join(d.svc.Beat(ctx, by, n, work.All()...), d.svc.EndNode(ctx, by, n.Name)); err != nil {
			d.log.Warn("this node cannot say that it ends", "error", err)
		}
		return nil
	})
	return nil
}

// listensOn is where the node listens: two on one machine differ in it.
func (d *daemon) listensOn() string {
	for _, address := range []string{d.conf.Web, d.conf.LMTP, d.conf.SMTP} {
		if address != "" {
			return address
		}
	}
	return fmt.Sprint(os.Getpid())
}

// lookAtNodes tells which nodes serve the desk, once it was opened.
func (a *app) lookAtNodes() []finding {
	if a.svc == nil {
		return nil
	}
	list, err := a.svc.Nodes(a.ctx, desk.System(desk.ViaCLI))
	if err != nil {
		return []finding{said("nodes", stateWrong, "they cannot be listed: %s", oneSentence(err))}
	}
	var alive, silent []string
	apart := false
	for _, n := range list {
		if a.p.Now().Sub(n.Seen) > service.NodeSilent {
			silent = append(silent, fmt.Sprintf("%s since %s", n.Name, n.Seen.Format(time.DateTime)))
			continue
		}
		alive = append(alive, fmt.Sprintf("%s (%s, edition %d)", n.Name, strings.Trim(n.Program, "()"), n.Edition))
		apart = apart || n.Edition != service.Edition
	}
	switch {
	case len(list) == 0:
		return []finding{said("nodes", stateOK, "none serves the desk at the moment")}
	case len(silent) > 0:
		return []finding{said("nodes", stateLook, "silent: %s; serving: %s", strings.Join(silent, ", "), strings.Join(alive, ", "))}
	case apart:
		return []finding{said("nodes", stateLook, "programs of two editions serve the desk, which is meant for an upgrade only: %s", strings.Join(alive, ", "))}
	}
	return []finding{said("nodes", stateOK, "serving: %s", strings.Join(alive, ", "))}
}

// lookAtWork says which of the program's own work is not done as it should be,
// on any node that serves the desk.
func (a *app) lookAtWork() []finding {
	if a.svc == nil {
		return nil
	}
	found, err := a.svc.Health(a.ctx, desk.System(desk.ViaCLI), false)
	if err != nil {
		return []finding{said("work", stateWrong, "how it goes cannot be asked: %s", oneSentence(err))}
	}
	var troubles []finding
	known := 0
	for _, w := range found.Work {
		if w.State != service.WorkUnknown {
			known++
		}
		if w.State.Trouble() {
			troubles = append(troubles, said("work", stateLook, "%s", workTrouble(&w)))
		}
	}
	if len(troubles) == 0 && known == 0 {
		return []finding{said("work", stateOK, "no node has said yet how it goes")}
	}
	if len(troubles) == 0 {
		return []finding{said("work", stateOK, "%d sorts of it are done by the nodes that serve the desk", known)}
	}
	return troubles
}

// workTrouble says what is wrong with work.
func workTrouble(w *service.Work) string {
	since := w.Since.Format(time.DateTime)
	switch w.State {
	case service.WorkFails:
		return fmt.Sprintf("%s failed %d times in a row on %s, since %s: %s", w.Step, w.Failures, w.Node, since, w.Reason)
	case service.WorkHangs:
		return fmt.Sprintf("%s does not come to its end on %s, since %s: restart that node", w.Step, w.Node, since)
	case service.WorkUnlooked:
		return fmt.Sprintf("%s was last looked for on %s at %s: restart that node", w.Step, w.Node, since)
	}
	return fmt.Sprintf("%s is late, %d wait since %s", w.Step, w.Waiting, since)
}
