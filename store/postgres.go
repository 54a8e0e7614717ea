package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// connections is how many connections to PostgreSQL a node opens at most.
const connections = 16

// AccessChannel is the name under which PostgreSQL tells of a new access
// version; the payload is the version.
const AccessChannel = "gatehouse_access"

func postgresDialect() *dialect {
	return &dialect{
		name:        "postgres",
		lockRow:     " FOR UPDATE",
		lockShared:  " FOR SHARE",
		skipLocked:  " FOR UPDATE SKIP LOCKED",
		viewOptions: &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		place:       func(n int) string { return "$" + strconv.Itoa(n) },
		list:        func(ids []int64) any { return arrayOf(ids) },
		inList:      func(p int) string { return fmt.Sprintf("SELECT n FROM unnest($%d::bigint[]) AS list(n)", p) },
		// A plan for any arguments reckons with a tenth of a table for each limit, and
		// would join all tickets to find the few; an array is looked up.
		oneOf:   func(query string) string { return " = ANY (ARRAY(" + query + "))" },
		texts:   func(list []string) any { return jsonOf(list) },
		inTexts: func(p int) string { return fmt.Sprintf("SELECT json_array_elements_text($%d::text::json)", p) },
		pairs:   func(list [][2]int64) any { return jsonOf(list) },
		inPairs: postgresPairs,
		holds:   func(text, what string) string { return "strpos(" + text + ", " + what + ") > 0" },
		newestOfEach: func(p int, inner string) string {
			return fmt.Sprintf("SELECT found.id FROM unnest($%d::bigint[]) AS list(n) CROSS JOIN LATERAL (%s) AS found",
				p, strings.ReplaceAll(inner, "outer.n", "list.n"))
		},
		wordsOf:   "array_to_tsvector(?::text[])",
		textOf:    func(words []string) any { return words },
		matching:  func(p int) string { return fmt.Sprintf("d.words @@ $%d::tsquery", p) },
		hasText:   func(p int) string { return fmt.Sprintf("d.words @@ $%d::tsquery", p) },
		textQuery: postgresTextQuery,
		wordQuery: func(words []string) any { return postgresWords(words) },
		matches:   "document d WHERE d.words @@ $1::tsquery",
		sampled:   "SELECT count(*) FROM document d TABLESAMPLE SYSTEM ($2) WHERE d.words @@ $1::tsquery",
		textCheck: postgresTextQuery,
		withParts: "SELECT ticket FROM ticket_part WHERE parts_of(subject) @@ $1::tsquery",
		partQuery: func(lists [][]string) any { return joinParts(lists, postgresPart, " & ", " | ") },
		unparted: `SELECT coalesce(t.id, p.ticket) FROM ticket t FULL JOIN ticket_part p ON p.ticket = t.id
			WHERE t.subject_folded IS DISTINCT FROM p.subject ORDER BY 1`,
		unique:  func(err error) bool { return postgresCode(err) == "23505" },
		full:    func(err error) bool { return postgresCode(err) == "53100" },
		lost:    postgresLost,
		notKept: func(error) bool { return false }, // the server ends itself
		retryable: func(err error) bool {
			return slices.Contains([]string{"40001", "40P01", idledAway}, postgresCode(err))
		},
		lasting:   "SET LOCAL " + idleSetting + " = 0",
		notify:    postgresNotify,
		announce:  postgresAnnounce,
		collate:   ` COLLATE "C"`,
		afterLoad: "VACUUM (ANALYZE)",
		resets:    postgresResets,

		lockTable:    "IN EXCLUSIVE MODE",
		changeMark:   `SELECT txid_snapshot_xmin(txid_current_snapshot())`,
		changedSince: "mark >= $1",
		references:   postgresNaming,
		tableNames:   postgresTables,
		columnNames:  postgresColumns,
	}
}

func postgresPairs(p int) string {
	return fmt.Sprintf("SELECT (value->>0)::bigint AS a, (value->>1)::bigint AS b FROM json_array_elements($%d::text::json)", p)
}

func arrayOf(ids []int64) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	b.WriteByte('}')
	return b.String()
}

func postgresTextQuery(words []string) any { return postgresWords(words) + ":*" }

func postgresWords(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = postgresWord(w)
	}
	return strings.Join(quoted, " & ")
}

// postgresWord is a word, or a part of one, as a tsquery names it.
func postgresWord(word string) string {
	return "'" + strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(word) + "'"
}

// postgresPart is a part of a subject, or the beginning of one.
func postgresPart(part string) string {
	if utf8.RuneCountInString(part) < partSigns {
		return postgresWord(part) + ":*"
	}
	return postgresWord(part)
}

// idledAway is the code of a transaction that the server ended because nothing
// came of it any more, and maxIdle after how many milliseconds it does. A node
// that stands still in the middle of a change would else keep all others waiting.
const (
	idledAway   = "25P03"
	maxIdle     = "60000"
	idleSetting = "idle_in_transaction_session_timeout"
)

func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// postgresLost: connection faults (class 08), the server going down or coming
// up (57P), out of disk, memory or connections (53), read-only (25006), lock
// and statement time-outs (55P03, 57014), and what never got an answer.
func postgresLost(err error) bool {
	code := postgresCode(err)
	for _, prefix := range []string{"08", "57P", "53", "25006", "55P03", "57014", "3D000", "28"} {
		if strings.HasPrefix(code, prefix) {
			return true
		}
	}
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		pgconn.SafeToRetry(err) || code == "" && isClosed(err)
}

func isClosed(err error) bool {
	text := err.Error()
	return strings.Contains(text, "conn closed") || strings.Contains(text, "unexpected EOF")
}

func postgresNotify(ctx context.Context, tx *Tx, version int64) error {
	_, err := tx.exec(ctx, `SELECT pg_notify($1, $2)`, AccessChannel, strconv.FormatInt(version, 10))
	return err
}

// postgresResets moves every sequence past the ids that were written by hand.
func postgresResets(ctx context.Context, tx *Tx) error {
	for _, table := range []string{"principal", "queue", "permission", "desk_grant", "ticket", "message"} {
		_, err := tx.exec(ctx, `SELECT setval(pg_get_serial_sequence($1, 'id'), greatest((SELECT max(id) FROM `+table+`), 100))`, table)
		if err != nil {
			return fmt.Errorf("moving the sequence of %s: %w", table, err)
		}
	}
	return nil
}

func openPostgres(ctx context.Context, s *Store, o Options) error {
	s.d = postgresDialect()
	db, host, err := postgresPool(o.URL, o.Volatile)
	if err != nil {
		return err
	}
	s.write, s.read = db, db
	if err := s.write.PingContext(ctx); err != nil {
		return s.d.wrap(err, "open PostgreSQL at", host)
	}
	return nil
}

// postgresPool returns the connections to a server, made as they are needed,
// and its host.
func postgresPool(address string, volatile bool) (*sql.DB, string, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The cause names the address, and with it perhaps the password.
		return nil, "", errors.New("opening PostgreSQL: the database's address cannot be read; write it as postgres://user@host/name")
	}
	config.StatementCacheCapacity = maxKept
	if volatile {
		config.RuntimeParams["synchronous_commit"] = "off"
	}
	config.RuntimeParams["jit"] = "off"                           // compiling a list takes longer than running it
	config.RuntimeParams["max_parallel_workers_per_gather"] = "0" // as does starting processes
	config.RuntimeParams["enable_mergejoin"] = "off"              // as does reading all tickets to merge a few
	// Nor is a plan made anew for the arguments: for a list that takes ten times
	// as long as running it, and which way is taken is chosen before.
	config.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	if config.RuntimeParams[idleSetting] == "" {
		config.RuntimeParams[idleSetting] = maxIdle
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, config.Host, nil
}
