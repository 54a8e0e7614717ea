package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"gatehouse/bench"
	"gatehouse/desk"
)

type benchServeCommand struct {
	Web      []string       `arg:"" optional:"" placeholder:"URL" help:"Where the desk of these settings is served; if none is named, a desk is made and served for the while."`
	LMTP     []string       `name:"to" placeholder:"HOST:PORT" help:"Where it takes letters by LMTP."`
	Size     string         `enum:"XS,S,M,H,L" default:"S" help:"Size of the desk: S, M, H (100,000 tickets) or L; XS to try it out."`
	Seed     uint64         `default:"1" help:"The same seed makes the same desk."`
	Rate     float64        `default:"20" help:"Requests a second; 0: every client sends one after the other."`
	Clients  int            `default:"8" help:"Requests at once, at the most."`
	Duration time.Duration  `default:"30s" help:"How long the load is driven."`
	People   int            `default:"16" help:"How many people ask; half of them agents."`
	Nodes    int            `default:"1" help:"How many processes serve the desk that is made; more than one need --database."`
	Mix      map[string]int `placeholder:"KIND=N" help:"How often each kind of request comes, such as 'ticket page=9;search=1'."`
	Dir      string         `placeholder:"DIR" type:"existingdir" help:"Where the desk is put that is made; the directory for temporary files if not given."`
}

// Run drives the load and prints the report. The answer is no where an answer
// was wrong.
func (cmd *benchServeCommand) Run(a *app) error {
	if cmd.Rate < 0 || cmd.Clients < 1 || cmd.Duration <= 0 || cmd.People < 2 || cmd.Nodes < 1 {
		return &failure{exitUsage, errors.New("rate, clients, duration, people and nodes cannot be that small")}
	}
	ctx, stop := signal.NotifyContext(a.ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	o := bench.ServeOptions{
		Size: cmd.Size, Seed: cmd.Seed, URL: a.conf.Database, Data: a.conf.Data, Rate: cmd.Rate, Clients: cmd.Clients, For: cmd.Duration,
		People: cmd.People, Mix: cmd.Mix, Progress: a.showProgress(),
	}
	for i, address := range cmd.Web {
		n := bench.Node{Web: address}
		if i < len(cmd.LMTP) {
			n.LMTP = cmd.LMTP[i]
		}
		o.Nodes = append(o.Nodes, n)
	}
	if len(cmd.Web) == 0 {
		if cmd.Nodes > 1 && a.conf.Database == "" {
			return &failure{exitUsage, errors.New("several processes need a PostgreSQL database: " + howToStart)}
		}
		end, err := cmd.serve(ctx, a, &o)
		if err != nil {
			return errors.Join(err, end())
		}
		defer func() { _ = end() }()
	}
	report, err := bench.Serve(ctx, o)
	if err != nil {
		return err
	}
	if a.json {
		err = printJSON(a.p.Out, report)
	} else {
		err = report.Write(a.p.Out)
	}
	if err == nil && report.WrongCount > 0 {
		return no()
	}
	return err
}

// serve starts processes of this program on a desk of their own.
func (cmd *benchServeCommand) serve(ctx context.Context, a *app, o *bench.ServeOptions) (end func() error, err error) {
	dir, err := os.MkdirTemp(cmd.Dir, "gatehouse-bench-")
	if err != nil {
		return func() error { return nil }, err
	}
	var running []*exec.Cmd
	end = func() error {
		for _, node := range running {
			_ = node.Process.Signal(syscall.SIGTERM)
			_ = node.Wait() // it was told to end
		}
		return os.RemoveAll(dir)
	}
	o.Data = filepath.Join(dir, "data")
	for range cmd.Nodes {
		node, at, err := startNode(ctx, a, o.Data)
		if node != nil {
			running = append(running, node)
		}
		if err != nil {
			return end, err
		}
		o.Nodes = append(o.Nodes, at)
	}
	return end, nil
}

// startNode starts one process and reads where it serves.
func startNode(ctx context.Context, a *app, data string) (*exec.Cmd, bench.Node, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, bench.Node{}, err
	}
	node := exec.CommandContext(ctx, self, "serve")
	node.Args[0] = "gatehouse"
	node.Env = []string{"GATEHOUSE_DATA=" + data, "GATEHOUSE_WEB=127.0.0.1:0", "GATEHOUSE_LMTP=127.0.0.1:0", "GATEHOUSE_SMTP=off",
		"GATEHOUSE_LOG_LEVEL=error", "GATEHOUSE_DATABASE=" + a.conf.Database, "PATH=" + os.Getenv("PATH"), "HOME=" + data}
	node.Stderr = a.p.Err
	out, err := node.StdoutPipe()
	if err != nil {
		return nil, bench.Node{}, err
	}
	if err := node.Start(); err != nil {
		return nil, bench.Node{}, err
	}
	at, err := readWhere(out)
	if err != nil {
		return node, at, errors.Join(err, node.Process.Kill())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return node, at, nil
}

// readWhere reads what a process prints until it is ready.
func readWhere(out io.Reader) (at bench.Node, err error) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, where, _ := strings.Cut(lines.Text(), " on ")
		switch what {
		case "ready":
			return at, nil
		case "web":
			at.Web = where
		case "LMTP":
			at.LMTP = where
		}
	}
	return at, desk.Errorf(desk.Unavailable, "A process that was to serve the desk ended before it was ready; its log says why.")
}
