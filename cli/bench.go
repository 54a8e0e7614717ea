package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"

	"gatehouse/bench"
	"gatehouse/service"
)

type benchCommand struct {
	Run   benchRunCommand   `cmd:"" default:"withargs" help:"Measure checks, lists, letters and pages one after the other."`
	Serve benchServeCommand `cmd:"" help:"Drive a mixed load at a desk that is served, and check every answer."`
}

type benchRunCommand struct {
	Size   string   `enum:"XS,S,M,H,L" default:"S" help:"Size of the desk: S, M, H (100,000 tickets) or L; XS to try it out."`
	Engine string   `enum:"sqlite,postgres" default:"sqlite" help:"sqlite, or postgres with --database URL of an empty database."`
	Seed   uint64   `default:"1" help:"The same seed makes the same desk."`
	Only   []string `placeholder:"PART" help:"Measure only these parts: checks, changes, lists, sorts, reports, queries, pages, crawl, relations, letters."`
	Keep   bool     `help:"Leave the desk in DIR or the database, and measure it again next time."`
	Dir    string   `placeholder:"DIR" type:"existingdir" help:"Where the desk is put while it is measured; the directory for temporary files if not given."`
}

const howToStart = `name an empty database: --database postgres://USER@HOST/NAME; on Debian, "apt install postgresql" and, as root, "runuser -u postgres -- createdb bench" make one`

// Run makes a desk of that size, measures, and prints the report.
func (cmd *benchRunCommand) Run(a *app) error {
	options := bench.Options{Size: cmd.Size, Seed: cmd.Seed, Only: cmd.Only, Dir: cmd.Dir, Keep: cmd.Keep, Progress: a.showProgress()}
	options.Site = func(svc *service.Service) (http.Handler, error) {
		served := *a
		served.svc = svc
		d := &daemon{app: &served, log: slog.New(slog.DiscardHandler)}
		return d.handler()
	}
	switch {
	case cmd.Engine == "postgres" && a.conf.Database == "":
		return &failure{exitUsage, errors.New(howToStart)}
	case cmd.Engine == "sqlite" && a.conf.Database != "":
		return &failure{exitUsage, errors.New("a database is named: add --engine postgres, or leave --database out")}
	case cmd.Engine == "postgres":
		options.URL = a.conf.Database
	}
	ctx, stop := signal.NotifyContext(a.ctx, syscall.SIGINT, syscall.SIGTERM) // so that the desk is removed
	defer stop()
	report, err := bench.Run(ctx, options)
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.p.Out, report)
	}
	return report.Write(a.p.Out)
}

// showProgress returns a function that shows how far long work has come, on
// standard error: as a bar on a terminal, else as a line for each part.
func (a *app) showProgress() func(part string, done, total int) {
	last := ""
	var bar *progressbar.ProgressBar
	return func(part string, done, total int) {
		if part != last {
			last = part
			if bar != nil {
				_ = bar.Finish()
			}
			bar = a.newBar(part)
		}
		if bar == nil {
			return
		}
		if total > 0 {
			bar.ChangeMax(total)
		}
		_ = bar.Set(done) // a terminal that is gone needs no bar
	}
}

// newBar begins a bar, or says on a line what is begun.
func (a *app) newBar(part string) *progressbar.ProgressBar {
	if !isTerminal(a.p.Err) {
		fmt.Fprintln(a.p.Err, part)
		return nil
	}
	return progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.p.Err), progressbar.OptionSetDescription(part),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
