package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// BenchmarkArchive is the simulation of docs/scaling.md: what the queries of
// this program cost on PostgreSQL where all tickets of ten years lie in one
// table, where they lie in a partition for each year of the archive, and where
// only the partition is asked that holds the active ones and the last year.
// `-benchtime 1x` fills each desk once.
func BenchmarkArchive(b *testing.B) {
	for _, tickets := range []int{250_000, 500_000, 1_000_000, 2_000_000} {
		b.Run(fmt.Sprintf("tickets=%d", tickets), func(b *testing.B) {
			a := newArchive(b, tickets)
			b.Run("one-table", a.measure)
			a.partition(b)
			b.Run("by-year", a.measure)
			b.Run("moving-1000", a.move)
			a.detach(b)
			b.Run("active-and-last-year", a.measure)
		})
	}
}

// An archive is a desk with tickets of ten years, of which 30,000 are active.
type archive struct {
	*store.Store
	tickets int
}

// apart are the tables that are set apart by year, with what leads to a ticket.
var apart = map[string]string{"ticket": "id", "holder": "ticket", "document": "ticket", "ticket_part": "ticket"}

func newArchive(b *testing.B, tickets int) *archive {
	b.Helper()
	a := &archive{open(b, store.Options{URL: pgtest.NewDatabase(b)}), tickets}
	bulk := store.Bulk{}
	for i := range 40 {
		bulk.Queues = append(bulk.Queues, desk.Queue{ID: desk.QueueID(i + 1), Name: fmt.Sprintf("Queue %d", i+1)})
	}
	for i := range 2000 {
		bulk.Users = append(bulk.Users, desk.User{ID: desk.UserID(201 + i), Login: fmt.Sprintf("user%d", i), Kind: desk.Contact})
	}
	if err := a.BulkLoad(b.Context(), bulk); err != nil {
		b.Fatal(err)
	}
	a.fill(b)
	return a
}

// exec runs statements on one connection.
func (a *archive) exec(b *testing.B, statements ...string) {
	b.Helper()
	c, err := a.DB().Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range statements {
		if _, err := c.ExecContext(b.Context(), s); err != nil {
			b.Fatalf("%s: %v", s, err)
		}
	}
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
}

// list returns the texts that a query gives.
func (a *archive) list(b *testing.B, query string, args ...any) (list []string) {
	b.Helper()
	rows, err := a.DB().QueryContext(b.Context(), query, args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			b.Fatal(err)
		}
		list = append(list, text)
	}
	if rows.Err() != nil {
		b.Fatal(rows.Err())
	}
	return list
}

// fill writes the tickets in the server, with no index meanwhile. A word stands
// in a sixteenth of the subjects, "rare" in one of 5,000; the newest tickets
// come last, and of them some are active.
func (a *archive) fill(b *testing.B) {
	b.Helper()
	var indexes, drops []string
	for table := range apart {
		for _, def := range a.list(b, `SELECT indexdef FROM pg_indexes WHERE tablename = $1 AND indexname NOT IN (SELECT conname FROM pg_constraint)`, table) {
			indexes = append(indexes, def)
			drops = append(drops, "DROP INDEX "+strings.Fields(strings.TrimPrefix(strings.TrimPrefix(def, "CREATE UNIQUE INDEX "), "CREATE INDEX "))[0])
		}
	}
	words := []string{"printer", "paper", "cable", "lamp", "network", "error", "contract", "invoice", "door", "room", "phone", "queue", "form", "field", "desk", "chair"}
	subject := fmt.Sprintf(`(ARRAY['%s'])[1 + abs(hashint8(i)) %% 16] || ' ' || (ARRAY['%[1]s'])[1 + abs(hashint8(i + 1)) %% 16] || CASE WHEN i %% 5000 = 2 THEN ' rare' ELSE '' END`, strings.Join(words, "','"))
	fill := []string{
		`INSERT INTO ticket (id, queue, subject, subject_folded, status, state, priority, sharing, reporter, created, updated, told, resolved, heard, version)
			SELECT i, 1 + i % 40, s, s, CASE WHEN active THEN 'open' ELSE 'resolved' END, CASE WHEN active THEN 2 ELSE 1 END, i % 100, 0, 201 + i % 2000,
				i * 60000000, i * 60000000, 0, CASE WHEN active THEN 0 ELSE i * 60000000 + 1 END, i * 60000000, 1
			FROM (SELECT i, i > $N - 60000 AND hashint8(i) % 2 = 0 AS active, ` + subject + ` AS s FROM generate_series(1, $N::bigint) AS i) AS made`,
		`INSERT INTO holder (ticket, role, who, state, queue, sharing) SELECT id, 1, reporter, state, queue, sharing FROM ticket`,
		`INSERT INTO document (ticket, comment, words) SELECT id, 0, array_to_tsvector(string_to_array(subject, ' ')) FROM ticket`,
		`INSERT INTO ticket_part (ticket, subject) SELECT id, subject_folded FROM ticket`,
		`UPDATE queue_count SET active = a, inactive = n - a FROM (SELECT queue AS q, count(*) AS n, count(*) FILTER (WHERE state = 2) AS a FROM ticket GROUP BY queue) AS c WHERE queue = q`,
		`SELECT setval(pg_get_serial_sequence('ticket', 'id'), $N)`,
	}
	for i := range fill {
		fill[i] = strings.ReplaceAll(fill[i], "$N", fmt.Sprint(a.tickets))
	}
	a.exec(b, slices.Concat([]string{`SET session_replication_role = replica`}, drops, fill, indexes, []string{`SET session_replication_role = origin`, `VACUUM ANALYZE`})...)
}

// partition puts the tables into a partition for each year: 0 is what is active
// or of the last year, nine others are the archive. Partitions know no reference
// to a ticket, and no uniqueness but within a year.
func (a *archive) partition(b *testing.B) {
	b.Helper()
	for _, drop := range a.list(b, `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
		WHERE contype = 'f' AND (confrelid = 'ticket'::regclass OR conrelid IN ('ticket'::regclass, 'holder'::regclass, 'document'::regclass))`) {
		a.exec(b, drop)
	}
	for _, def := range a.list(b, `SELECT pg_get_functiondef('note_ticket_change'::regproc)`) { // a partition has a name of its own
		a.exec(b, strings.ReplaceAll(def, `TG_TABLE_NAME = 'ticket'`, `TG_TABLE_NAME LIKE 'ticket%'`))
	}
	for table, id := range apart {
		indexes := a.list(b, `SELECT indexdef FROM pg_indexes WHERE tablename = $1`, table)
		triggers := a.list(b, `SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal`, table)
		steps := []string{`SET session_replication_role = replica`, `ALTER TABLE ` + table + ` RENAME TO ` + table + `_whole`,
			`CREATE TABLE ` + table + ` (LIKE ` + table + `_whole INCLUDING DEFAULTS, year SMALLINT NOT NULL DEFAULT 0) PARTITION BY LIST (year)`}
		if table == "ticket" || table == "document" {
			steps = append(steps, fmt.Sprintf(`ALTER TABLE %s ALTER id SET DEFAULT nextval(pg_get_serial_sequence('%[1]s_whole', 'id'))`, table))
		}
		for year := range 10 {
			steps = append(steps, fmt.Sprintf(`CREATE TABLE %s_%d PARTITION OF %[1]s FOR VALUES IN (%[2]d)`, table, year))
		}
		steps = append(steps, fmt.Sprintf(`INSERT INTO %s SELECT *, greatest(0, 9 - (%s - 1) * 10 / %d) FROM %[1]s_whole`, table, id, a.tickets))
		for i, def := range indexes {
			_, after, _ := strings.Cut(def, " USING ")
			steps = append(steps, fmt.Sprintf(`CREATE INDEX %s_year_%d ON %[1]s USING %[3]s`, table, i, after))
		}
		a.exec(b, slices.Concat(steps, triggers, []string{`SET session_replication_role = origin`, `VACUUM ANALYZE ` + table})...)
	}
}

// detach leaves what is active or of the last year in place of all.
func (a *archive) detach(b *testing.B) {
	b.Helper()
	for table := range apart {
		triggers := a.list(b, `SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal`, table)
		steps := []string{`ALTER TABLE ` + table + ` DETACH PARTITION ` + table + `_0`, `ALTER TABLE ` + table + ` RENAME TO ` + table + `_years`,
			`ALTER TABLE ` + table + `_0 RENAME TO ` + table}
		if table == "ticket" || table == "document" {
			steps = append(steps, fmt.Sprintf(`ALTER TABLE %s ALTER id SET DEFAULT nextval(pg_get_serial_sequence('%[1]s_whole', 'id'))`, table))
		}
		a.exec(b, slices.Concat(steps, triggers, []string{`VACUUM ANALYZE ` + table})...)
	}
}

// measure tells the medians of what the store's own queries take, for a
// superuser, an agent of three queues and a contact.
func (a *archive) measure(b *testing.B) {
	everything := &desk.Scope{All: true}
	agent := &desk.Scope{User: 300}
	for _, q := range []desk.QueueID{3, 11, 30} {
		agent.Queues = append(agent.Queues, desk.QueueReach{Queue: q, Reach: desk.Reach{All: true}})
	}
	contact := &desk.Scope{User: 299, Contact: true, RolesElsewhere: desk.RolesOf(desk.Requestor),
		Principals: []desk.PrincipalReach{{Who: 299, Reach: desk.Reach{All: true}}}}
	page := func(s *desk.Scope, f store.TicketFilter) func(context.Context, *store.Tx) error {
		f.Limit = 50
		return func(ctx context.Context, tx *store.Tx) error {
			list, _, err := tx.Tickets(ctx, s, f)
			if err == nil && len(list) == 0 {
				err = fmt.Errorf("no ticket was found for %+v", f)
			}
			return err
		}
	}
	for what, ask := range map[string]func(context.Context, *store.Tx) error{
		"ms/active-agent":   page(agent, store.TicketFilter{Activity: store.OnlyActive}),
		"ms/active-super":   page(everything, store.TicketFilter{Activity: store.OnlyActive}),
		"ms/newest-agent":   page(agent, store.TicketFilter{}),
		"ms/newest-contact": page(contact, store.TicketFilter{}),
		"ms/word-agent":     page(agent, store.TicketFilter{Text: "printer"}),
		"ms/rare-agent":     page(agent, store.TicketFilter{Text: "rare"}),
		"ms/updated-agent": func(ctx context.Context, tx *store.Tx) error {
			_, _, _, err := tx.SortedTickets(ctx, agent, store.TicketFilter{Limit: 50}, store.Sort{By: "updated", Down: true})
			return err
		},
		"ms/ticket": func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Ticket(ctx, desk.TicketID(a.tickets-7))
			return err
		},
	} {
		b.ReportMetric(a.median(b, func(ctx context.Context) error {
			return a.View(ctx, func(tx *store.Tx) error { return ask(ctx, tx) })
		}), what)
	}
	b.ReportMetric(a.median(b, func(ctx context.Context) error {
		return a.Do(ctx, func(tx *store.Tx) error {
			return tx.InsertTicket(ctx, &desk.Ticket{Queue: 3, Subject: "a new one", Status: desk.StatusNew, Reporter: 299})
		})
	}), "ms/insert")
	b.ReportMetric(0, "ns/op")
}

// median is how many milliseconds the middle one of fifteen tries took.
func (a *archive) median(b *testing.B, do func(context.Context) error) float64 {
	b.Helper()
	var times []float64
	for range 15 {
		begin := time.Now()
		if err := do(b.Context()); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(begin).Seconds()*1000)
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// move takes a thousand tickets from the last year into the archive.
func (a *archive) move(b *testing.B) {
	from := a.tickets * 9 / 10
	begin := time.Now()
	steps := []string{`SET session_replication_role = replica`, `BEGIN`}
	for table, id := range apart {
		steps = append(steps, fmt.Sprintf(`UPDATE %s SET year = 1 WHERE year = 0 AND %s > %d AND %[2]s <= %[3]d + 1000`, table, id, from))
	}
	a.exec(b, append(steps, `COMMIT`, `SET session_replication_role = origin`)...)
	b.ReportMetric(time.Since(begin).Seconds()*1000, "ms/moved")
	b.ReportMetric(0, "ns/op")
}
