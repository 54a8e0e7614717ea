package cli

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// beatTime is how often a node says that it is alive. Within that time it ends
// where the database was made one for newer programs; its requests are refused
// from the first one on.
const beatTime = 10 * time.Second

// beat says once that this node is alive, and goes on until ctx ends.
func (d *daemon) beat(ctx context.Context) error {
	host, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("asking for the name of this machine: %w", err)
	}
	n, by := desk.Node{Name: host + " " + d.listensOn(), Started: d.p.Now()}, desk.System(desk.ViaJob)
	if err := d.svc.Beat(ctx, by, n); err != nil {
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
			err := d.svc.Beat(ctx, by, n)
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
		if err := d.svc.EndNode(ctx, by, n.Name); err != nil {
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

// nodeSilent is after how long without a sign a node is taken for gone.
const nodeSilent = time.Minute

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
		if a.p.Now().Sub(n.Seen) > nodeSilent {
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
