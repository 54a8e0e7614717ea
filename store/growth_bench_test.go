package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// What follows is run by hand, and docs/performance.md and docs/scaling.md say
// what came of it:
//
//	go test ./store -run '^$' -bench Indexes -benchtime 1x
//	GATEHOUSE_TICKETS=1000000 go test ./store -run '^$' -bench Years -benchtime 1x

// sorting are the indexes of tickets by which lists are sorted, and indexed those
// that queries and lists by number begin from besides.
var sorting = []string{"ticket_by_created", "ticket_by_updated", "ticket_by_heard", "ticket_by_updater", "ticket_by_due", "ticket_by_resolved", "ticket_by_starts",
	"ticket_by_told", "ticket_by_priority", "ticket_by_worked", "ticket_by_subject", "ticket_by_status", "ticket_by_owner"}

var indexed = append(sorting[:len(sorting):len(sorting)], "ticket_facts", "ticket_queue", "ticket_active")

// kept is how many tickets the desk has beside those that are undone.
const kept = 10_000

// BenchmarkIndexes says what each index costs: how many bytes a ticket takes in
// it, and by how much processor time less a ticket is opened without it.
func BenchmarkIndexes(b *testing.B) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": pgtest.NewDatabase} {
		s := open(b, store.Options{URL: url(b)})
		backend := backendOf(b, s)
		fillTickets(b, s, filling{n: kept, keep: true})
		sizes := map[string]float64{}
		for _, index := range indexed {
			sizes[index] = sizeOf(b, s, index) / kept
		}
		cost := func(drop ...string) float64 {
			var all []float64
			for range 5 {
				all = append(all, float64(fillTickets(b, s, filling{n: 1000, drop: drop, backend: backend}).Microseconds())/1000)
			}
			return lowest(all)
		}
		whole := cost()
		b.Run(engine+"/all", func(b *testing.B) { b.ReportMetric(whole, "µs/ticket") })
		b.Run(engine+"/those of sorts", func(b *testing.B) {
			sum := 0.0
			for _, index := range sorting {
				sum += sizes[index]
			}
			b.ReportMetric(sum, "B/ticket")
			b.ReportMetric(whole-cost(sorting...), "µs/ticket")
		})
		for _, index := range indexed {
			if sizes[index] > 0 {
				b.Run(engine+"/"+index, func(b *testing.B) {
					b.ReportMetric(sizes[index], "B/ticket")
					b.ReportMetric(whole-cost(index), "µs/ticket")
				})
			}
		}
	}
}

// A filling is so many tickets that are opened in one transaction, perhaps
// without an index, and undone if they are not to be kept.
type filling struct {
	n, backend int
	drop       []string
	keep       bool
}

// errUndone has a transaction undone.
var errUndone = errors.New("undone")

// fillTickets opens tickets and returns the processor time that it took.
func fillTickets(b *testing.B, s *store.Store, f filling) (took time.Duration) {
	b.Helper()
	err := s.Do(b.Context(), func(tx *store.Tx) error {
		queue := desk.Queue{Name: fmt.Sprint("Queue ", f.n), Address: fmt.Sprint("q", f.n, "@x.example")}
		err := tx.InsertQueue(b.Context(), &queue)
		for _, index := range f.drop {
			err = errors.Join(err, tx.Exec(b.Context(), "DROP INDEX "+index))
		}
		begin := processorTime(f.backend)
		for i := 0; i < f.n && err == nil; i++ {
			at := time.UnixMicro(int64(i) * 60_000_000)
			k := desk.Ticket{Queue: queue.ID, Subject: fmt.Sprint("printer ", i*7919%977, " is broken since update ", i%89), Status: desk.Statuses()[i%5], Priority: i % 100,
				TimeWorked: i % 60, Created: at, Updated: at.Add(time.Hour), Heard: at, Due: at.Add(time.Duration(i%3) * time.Hour)}
			err = tx.InsertTicket(b.Context(), &k)
		}
		took = processorTime(f.backend) - begin
		if err == nil && !f.keep {
			return errUndone
		}
		return err
	})
	if err != nil && !errors.Is(err, errUndone) {
		b.Fatal(err)
	}
	return took
}

// backendOf is the process that writes for the store; zero: it is this one.
func backendOf(b *testing.B, s *store.Store) int {
	if s.Engine() == "sqlite" {
		return 0
	}
	s.DB().SetMaxOpenConns(1)
	return one[int](b, s.DB(), "SELECT pg_backend_pid()")
}

// processorTime is how much this process, and another one, have used.
func processorTime(other int) time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	used := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", other)); err == nil && other != 0 {
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')'):]))
		for _, ticks := range fields[12:14] { // utime and stime, of which a hundred are a second
			n, _ := strconv.Atoi(ticks)
			used += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return used
}

func lowest(list []float64) float64 {
	least := list[0]
	for _, v := range list {
		least = min(least, v)
	}
	return least
}

// sizeOf is how many bytes an index takes.
func sizeOf(b *testing.B, s *store.Store, index string) float64 {
	if s.Engine() == "sqlite" {
		return one[float64](b, s.DB(), "SELECT sum(pgsize) FROM dbstat WHERE name = '"+index+"'")
	}
	return one[float64](b, s.DB(), "SELECT coalesce(pg_relation_size(to_regclass('"+index+"')), 0)")
}

func one[T any](b *testing.B, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, query string, args ...any) (value T) {
	b.Helper()
	if err := db.QueryRowContext(b.Context(), query, args...).Scan(&value); err != nil {
		b.Fatalf("%s: %v", query, err)
	}
	return value
}

// A yearly desk keeps closed tickets by the year in which they were closed, as
// docs/scaling.md plans it: a tenth of them is active or of the last year.
type yearly struct {
	db    *sql.DB
	years int // zero: all of it is in one file
	dir   string
}

const archivedYears = 9

// BenchmarkYears simulates that plan for SQLite with a table of the most important
// columns and indexes: in one file, and in one for each year, attached.
func BenchmarkYears(b *testing.B) {
	n := 20_000
	if text := os.Getenv("GATEHOUSE_TICKETS"); text != "" {
		n, _ = strconv.Atoi(text)
	}
	for _, years := range []int{0, archivedYears} {
		b.Run(fmt.Sprintf("tickets=%d/files=%d", n, years+1), func(b *testing.B) { newYearly(b, years).measure(b, n) })
	}
}

func newYearly(b *testing.B, years int) *yearly {
	y := &yearly{years: years, dir: b.TempDir()}
	var err error
	y.db, err = sql.Open("sqlite", "file:"+filepath.Join(y.dir, "now.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)")
	if err != nil {
		b.Fatal(err)
	}
	y.db.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = y.db.Close() })
	y.makeTables(b)
	return y
}

func (y *yearly) exec(b *testing.B, query string, args ...any) {
	b.Helper()
	if _, err := y.db.ExecContext(b.Context(), query, args...); err != nil {
		b.Fatalf("%s: %v", query, err)
	}
}

// table is the schema and the table of a year; zero: what is active or of the
// last one.
func (y *yearly) table(year int) (schema, name string) {
	if y.years == 0 || year == 0 {
		return "main", "now_ticket"
	}
	return fmt.Sprint("y", year), fmt.Sprint("ticket_", year)
}

func (y *yearly) makeTables(b *testing.B) {
	y.exec(b, "CREATE TABLE place (id BIGINT PRIMARY KEY, year SMALLINT NOT NULL)")
	for year := range y.years + 1 {
		if year > 0 {
			y.exec(b, fmt.Sprintf("ATTACH '%s' AS y%d", filepath.Join(y.dir, fmt.Sprint(year, ".db")), year))
		}
		in, t := y.table(year)
		y.exec(b, "CREATE TABLE "+in+"."+t+" (id INTEGER PRIMARY KEY, year SMALLINT NOT NULL, queue BIGINT NOT NULL, state SMALLINT NOT NULL, updated BIGINT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL)")
		y.exec(b, "CREATE INDEX "+in+"."+t+"_queue ON "+t+" (queue, id DESC)")
		y.exec(b, "CREATE INDEX "+in+"."+t+"_updated ON "+t+" (updated, id)")
		y.exec(b, "CREATE VIRTUAL TABLE "+in+"."+t+"_text USING fts5 (subject, content = '', contentless_delete = 1)")
	}
}

// insert opens tickets of a year in one transaction.
func (y *yearly) insert(b *testing.B, year, from, n int) time.Duration {
	b.Helper()
	begin := time.Now()
	tx, err := y.db.BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	run := func(query string, args ...any) {
		if _, err := tx.ExecContext(b.Context(), query, args...); err != nil {
			b.Fatalf("%s: %v", query, err)
		}
	}
	in, t := y.table(year)
	for i := from; i < from+n; i++ {
		subject := fmt.Sprintf("printer %d broken since %d", i%977, year)
		run("INSERT INTO "+in+"."+t+" (id, year, queue, state, updated, subject, message) VALUES ($1, $2, $3, $4, $5, $6, $7)", i, year, i%200, min(year, 1), i*60, subject, strings.Repeat("text ", 80))
		run("INSERT INTO place (id, year) VALUES ($1, $2)", i, year)
		run("INSERT INTO "+in+"."+t+"_text (rowid, subject) VALUES ($1, $2)", i, subject)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begin)
}

// measure fills the desk, a tenth of it for each year, and says what a thousand
// more cost, a page, a search and the way to a ticket by its number.
func (y *yearly) measure(b *testing.B, n int) {
	each := n / (archivedYears + 1)
	for year := archivedYears; year >= 0; year-- {
		y.insert(b, year, (archivedYears-year)*each+1, each)
	}
	opened := y.insert(b, 0, n+1, 1000)
	b.ReportMetric(float64(opened.Microseconds())/1000, "µs/insert")
	b.ReportMetric(y.bytes(b)/float64(n), "B/ticket")
	b.ReportMetric(y.often(b, "SELECT count(*) FROM (SELECT id FROM now_ticket WHERE queue = 7 ORDER BY id DESC LIMIT 50) AS f"), "µs/list")
	b.ReportMetric(y.often(b, y.finding(0)), "µs/search-now")
	b.ReportMetric(y.often(b, y.finding(y.years)), "µs/search-all")
	b.ReportMetric(y.often(b, "SELECT year FROM place WHERE id = 4711"), "µs/number")
	b.ReportMetric(y.move(b), "µs/move")
}

// finding is the query for the newest fifty tickets of some years with a word.
func (y *yearly) finding(to int) string {
	var parts []string
	for year := range to + 1 {
		in, t := y.table(year)
		parts = append(parts, "SELECT * FROM (SELECT id FROM "+in+"."+t+" WHERE id IN (SELECT rowid FROM "+in+"."+t+"_text WHERE "+t+"_text MATCH '500') ORDER BY id DESC LIMIT 50)")
	}
	return "SELECT count(*) FROM (" + strings.Join(parts, " UNION ALL ") + ") AS f"
}

// often runs a query and returns the lowest time of it, in µs.
func (y *yearly) often(b *testing.B, query string) float64 {
	var all []float64
	for range 30 {
		begin := time.Now()
		one[int64](b, y.db, query)
		all = append(all, float64(time.Since(begin).Nanoseconds())/1000)
	}
	return lowest(all)
}

// move sets a thousand tickets apart that were closed a year ago, and returns
// what one takes.
func (y *yearly) move(b *testing.B) float64 {
	if y.years == 0 {
		return 0
	}
	begin := time.Now()
	const which = " WHERE id IN (SELECT id FROM now_ticket ORDER BY id LIMIT 1000)"
	y.exec(b, "BEGIN")
	y.exec(b, "INSERT INTO y1.ticket_1 SELECT id, 1, queue, state, updated, subject, message FROM now_ticket"+which)
	y.exec(b, "INSERT INTO y1.ticket_1_text (rowid, subject) SELECT id, subject FROM now_ticket"+which)
	y.exec(b, "UPDATE place SET year = 1"+which)
	y.exec(b, "DELETE FROM now_ticket_text WHERE rowid IN (SELECT id FROM now_ticket ORDER BY id LIMIT 1000)")
	y.exec(b, "DELETE FROM now_ticket"+which)
	y.exec(b, "COMMIT")
	return float64(time.Since(begin).Microseconds()) / 1000
}

// bytes is how large all of it is.
func (y *yearly) bytes(b *testing.B) float64 {
	y.exec(b, "PRAGMA wal_checkpoint(TRUNCATE)")
	all := 0.0
	files, err := filepath.Glob(filepath.Join(y.dir, "*.db"))
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			b.Fatal(err)
		}
		all += float64(info.Size())
	}
	if err != nil {
		b.Fatal(err)
	}
	return all
}
