// Package bench makes desks of given sizes and measures the program on them.
//
// Run fills a fresh desk, in a directory of its own or in an empty PostgreSQL
// database, and measures what people wait for: checks, lists, letters, pages.
// What it fills in is always the same for a size and a seed. What it measures
// is as it was on this machine at this time: nothing is compared, corrected or
// left out, and what could not be measured is not in the report, with a note
// that says why.
//
// It is not a test: the report shows which budgets were missed, and that is
// no error.
package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// Options say what is measured.
type Options struct {
	Size string // a key of Sizes
	Seed uint64
	// URL is that of an empty PostgreSQL database; empty: SQLite.
	URL string
	// Dir is where the desk is put, in a directory that is removed at the end;
	// empty: the directory for temporary files. It should be on the disk that
	// the desk will be on.
	Dir string
	// Keep has the desk stay: in a directory of Dir that is named after size and
	// seed, or in the database. Where it is there already, it is measured again.
	Keep bool
	// Site returns all that the program serves over HTTP; nil: that is not
	// measured.
	Site func(*service.Service) (http.Handler, error)
	// Only are the parts that are measured, as "reports"; none: all of Parts.
	Only []string
	// Patience is how long one figure is measured at the most; zero: 4 seconds.
	Patience time.Duration
	// Progress, if set, is told how far a part of the work has come.
	Progress func(part string, done, total int)
}

// A run is one run of Run.
type run struct {
	Options
	dir     string
	data    string // where the files of the desk are; empty: in dir
	world   *desk.World
	tickets *Tickets
	random  *rand.Rand
	store   *store.Store
	service *service.Service
	engine  *access.Engine
	people  people
	seen    map[desk.UserID]int // how many tickets people see who were looked up
	again   bool                // the desk was there already
	report  *Report
}

// Run makes the desk and measures. The errors are of kind Invalid for an
// unknown size and Conflict for a database that is not empty.
func Run(ctx context.Context, o Options) (_ *Report, err error) {
	r := &run{Options: o, random: rand.New(rand.NewPCG(o.Seed, 99))}
	if r.Progress == nil {
		r.Progress = func(string, int, int) {}
	}
	r.Patience = cmp.Or(r.Patience, 4*time.Second)
	for _, part := range o.Only {
		if !slices.Contains(Parts(), part) {
			return nil, desk.Errorf(desk.Invalid, "There is no part %s to measure; there are %s.", part, strings.Join(Parts(), ", "))
		}
	}
	if r.world, r.tickets, err = World(o.Size, o.Seed); err != nil {
		return nil, err
	}
	if err := r.makeDir(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.end()) }()
	r.report = &Report{Size: o.Size, Seed: o.Seed, At: time.Now().UTC().Truncate(time.Second), CPUs: runtime.NumCPU(), Go: runtime.Version()}
	r.noteOthers()
	for _, step := range r.steps() {
		if slices.Contains(Parts(), step.name) && len(r.Only) > 0 && !slices.Contains(r.Only, step.name) {
			continue
		}
		r.Progress(step.name, 0, 0)
		if err := step.do(ctx); err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	r.measureMemory()
	return r.report, nil
}

// Parts are those that can be measured by themselves.
func Parts() []string {
	return []string{"checks", "changes", "lists", "sorts", "reports", "queries", "pages", "crawl", "relations", "letters"}
}

// A step is one part of the work.
type step struct {
	name string
	do   func(context.Context) error
}

func (r *run) steps() []step {
	return []step{
		{"filling the desk", r.fill}, {"starting", r.start}, {"checks", r.measureEngine}, {"changes", r.measureChanges},
		{"choosing people", r.choosePeople}, {"lists", r.measureLists}, {"sorts", r.measureSorts},
		{"reports", r.measureReports}, {"queries", r.measureQueries}, {"pages", r.measurePages},
		{"crawl", r.measureCrawl}, {"relations", r.measureRelations}, {"letters", r.measureLetters},
	}
}

// makeDir makes the directory of the desk, or finds that of one that was kept.
func (r *run) makeDir() (err error) {
	if r.Keep {
		r.dir = filepath.Join(cmp.Or(r.Dir, os.TempDir()), fmt.Sprintf("gatehouse-bench-%s-%d", r.Size, r.Seed))
		err = os.MkdirAll(r.dir, 0o700)
	} else {
		r.dir, err = os.MkdirTemp(r.Dir, "gatehouse-bench-")
	}
	if err != nil {
		return fmt.Errorf("making a directory for the desk: %w", err)
	}
	return nil
}

// end closes and removes the desk; what is in a PostgreSQL database stays, and
// what is to be kept.
func (r *run) end() error {
	var err error
	if r.store != nil {
		err = r.store.Close()
	}
	if r.Keep {
		return err
	}
	return errors.Join(err, os.RemoveAll(r.dir))
}

func (r *run) open(ctx context.Context) error {
	st, err := store.Open(ctx, store.Options{Dir: cmp.Or(r.data, filepath.Join(r.dir, "data")), URL: r.URL, Migrate: true})
	if err != nil {
		return err
	}
	r.store = st
	r.service = service.New(st, service.Options{Name: deskName, BaseURL: "http://127.0.0.1", Domain: domain, Log: slog.New(slog.DiscardHandler)})
	return nil
}

// fill makes the desk, and closes it.
func (r *run) fill(ctx context.Context) error {
	if err := r.open(ctx); err != nil {
		return err
	}
	r.report.Engine = r.store.Engine()
	if err := r.findKept(ctx); err != nil {
		return err
	}
	if !r.again {
		begin := time.Now()
		if err := r.load(ctx); err != nil {
			return err
		}
		r.report.LoadS = time.Since(begin).Seconds()
	}
	err := r.store.Close()
	r.store = nil
	debug.FreeOSMemory() // what follows is the memory of a desk that is served
	return err
}

// findKept finds out whether the desk is there already, where it was to be kept,
// and keeps what else is in a database from being mixed with it.
func (r *run) findKept(ctx context.Context) error {
	var was string
	if err := r.store.View(ctx, func(tx *store.Tx) (err error) {
		was, _, err = tx.Setting(ctx, filledBy)
		return err
	}); err != nil {
		return err
	}
	if r.again = r.Keep && was == r.mark(); r.again {
		r.report.note("The desk was there already, with what earlier runs have left in it.")
		return nil
	}
	return r.refuseFull(ctx)
}

// filledBy is the setting that says of what world the desk was made.
const filledBy = "bench.world"

// mark is what it says of this one.
func (r *run) mark() string { return fmt.Sprintf("%s %d", r.Size, r.Seed) }

// load fills the desk.
func (r *run) load(ctx context.Context) error {
	if err := r.store.BulkLoad(ctx, r.bulk()); err != nil {
		return err
	}
	return r.store.Do(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, filledBy, r.mark()) })
}

// refuseFull keeps what is in a database from being mixed with the desk.
func (r *run) refuseFull(ctx context.Context) error {
	return r.store.View(ctx, func(tx *store.Tx) error {
		there, err := tx.Totals(ctx)
		if err == nil && there.Users+there.Queues > 0 {
			return desk.Errorf(desk.Conflict, "There is a desk in this database already; give an empty one, or have the desk of a run of this size and seed measured again with --keep.")
		}
		return err
	})
}

// start measures how long it takes until the desk answers the first question,
// and reads the world as it was stored.
func (r *run) start(ctx context.Context) error {
	begin := time.Now()
	if err := r.open(ctx); err != nil {
		return err
	}
	agent := desk.Actor{User: r.anybody(desk.Agent), Via: desk.ViaWeb}
	if _, err := r.service.Tickets(ctx, agent, service.TicketFilter{Limit: listPage}); err != nil {
		return err
	}
	r.report.StartMS = millis(time.Since(begin))
	return r.store.View(ctx, func(tx *store.Tx) error {
		begin := time.Now()
		stored, err := tx.World(ctx)
		if err != nil {
			return err
		}
		r.report.WorldReadMS = millis(time.Since(begin))
		if !r.again && (len(stored.Memberships) != len(r.world.Memberships) || len(stored.Grants) != len(r.world.Grants)) {
			return desk.Errorf(desk.Internal, "The store has %d memberships and %d grants, not the %d and %d that were put in.",
				len(stored.Memberships), len(stored.Grants), len(r.world.Memberships), len(r.world.Grants))
		}
		r.world = stored
		return nil
	})
}

// anybody returns an enabled user of the kind.
func (r *run) anybody(kind desk.UserKind) desk.UserID {
	for {
		if u := r.world.Users[r.random.IntN(len(r.world.Users))]; u.Kind == kind && !u.Disabled {
			return u.ID
		}
	}
}
