package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// readers is how many read-only connections to SQLite there are. Reading is
// CPU work, so more would only wait for processors.
const readers = 8

func sqliteDialect() *dialect {
	return &dialect{
		name:    "sqlite",
		place:   func(int) string { return "?" },
		list:    func(ids []int64) any { return jsonOf(ids) },
		inList:  func(p int) string { return fmt.Sprintf("SELECT value AS n FROM json_each($%d)", p) },
		oneOf:   func(query string) string { return " IN (" + query + ")" },
		texts:   func(list []string) any { return jsonOf(list) },
		inTexts: func(p int) string { return fmt.Sprintf("SELECT value AS n FROM json_each($%d)", p) },
		pairs:   func(list [][2]int64) any { return jsonOf(list) },
		inPairs: sqlitePairs,
		holds:   func(text, what string) string { return "instr(" + text + ", " + what + ") > 0" },
		newestOfEach: func(p int, inner string) string {
			return fmt.Sprintf("SELECT found.value AS id FROM json_each($%d) list, json_each((SELECT json_group_array(id) FROM (%s))) found",
				p, strings.ReplaceAll(inner, "outer.n", "list.value"))
		},
		wordsOf:   "?",
		textOf:    func(words []string) any { return " " + strings.Join(words, " ") + " " },
		indexText: `INSERT INTO document_text (rowid, words) SELECT id, words FROM document WHERE id > $1`,
		dropText:  `DELETE FROM document_text WHERE rowid = $1`,
		matching: func(p int) string {
			return fmt.Sprintf("d.id IN (SELECT rowid FROM document_text WHERE document_text MATCH $%d)", p)
		},
		hasText: func(p int) string {
			return fmt.Sprintf("NOT EXISTS (SELECT 1 FROM json_each($%d) word WHERE instr(d.words, word.value) = 0)", p)
		},
		textCheck: sqliteTextCheck,
		textQuery: func(words []string) any { return sqliteWords(words) + "*" },
		wordQuery: func(words []string) any { return sqliteWords(words) },
		matches:   "document_text WHERE document_text MATCH $1",
		withParts: "SELECT rowid FROM ticket_part WHERE ticket_part MATCH $1",
		partQuery: func(lists [][]string) any { return joinParts(lists, sqliteWord, " AND ", " OR ") },
		partsFrom: "SELECT term, doc FROM ticket_part_term WHERE term >= $1 AND term < $1 || char(0x10ffff)",
		unparted: `SELECT id FROM ticket WHERE id NOT IN (SELECT id FROM ticket_part_docsize)
			UNION SELECT id FROM ticket_part_docsize WHERE id NOT IN (SELECT id FROM ticket) ORDER BY 1`,
		unique: func(err error) bool {
			code := sqliteCode(err)
			return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
		},
		full: func(err error) bool { return sqliteCode(err)&0xff == sqlite3.SQLITE_FULL },
		lost: sqliteLost,
		notKept: func(err error) bool {
			code := sqliteCode(err)
			return code == sqlite3.SQLITE_IOERR_FSYNC || code == sqlite3.SQLITE_IOERR_DIR_FSYNC
		},
		retryable: func(error) bool { return false },
		notify:    func(context.Context, *Tx, int64) error { return nil },
		afterLoad: "ANALYZE",
		recount:   "PRAGMA optimize = 0x10002",
		resets:    func(context.Context, *Tx) error { return nil },

		changeMark:   `SELECT coalesce(max(id), 0) FROM ticket_change`,
		changedSince: "id >= $1",
		references:   sqliteNaming,
		tableNames:   sqliteTables,
		columnNames:  sqliteColumns,
	}
}

func sqlitePairs(p int) string {
	return fmt.Sprintf("SELECT json_extract(value, '$[0]') AS a, json_extract(value, '$[1]') AS b FROM json_each($%d)", p)
}

// jsonOf writes numbers and texts as JSON; what it takes cannot fail to be written.
func jsonOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	if string(text) == "null" {
		return "[]"
	}
	return string(text)
}

// sqliteTextCheck gives the words as they stand in the words of a document.
func sqliteTextCheck(words []string) any {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = " " + w + " "
	}
	list[len(list)-1] = " " + words[len(words)-1]
	return jsonOf(list)
}

func sqliteWords(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = sqliteWord(w)
	}
	return strings.Join(quoted, " ")
}

// sqliteWord is a word, or a part of one, as FTS5 reads it.
func sqliteWord(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func sqliteLost(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
		sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOTADB,
		sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM:
		return true
	}
	return false
}

// openSQLite opens DIR/gatehouse.db: one connection that writes and some that
// read, each with its statements kept ready.
func openSQLite(ctx context.Context, s *Store, o Options) error {
	s.d = sqliteDialect()
	path := filepath.Join(o.Dir, "gatehouse.db")
	if err := touch(path); err != nil {
		return fmt.Errorf("making the database %s: %w", path, err)
	}
	synchronous := "FULL"
	if o.Volatile {
		synchronous = "OFF"
	}
	var err error
	if s.write, err = sqlitePool(path, 1, url.Values{
		"_txlock": {"immediate"},
		// With samples of values (sqlite_stat4), which a limit keeps ANALYZE from
		// taking, SQLite compiles a statement anew for every argument.
		"_pragma": {"journal_mode(WAL)", "synchronous(" + synchronous + ")", "foreign_keys(1)", "cache_size(-65536)",
			"journal_size_limit(67108864)", "analysis_limit(1000)"},
	}); err != nil {
		return err
	}
	if err := s.write.PingContext(ctx); err != nil {
		return s.d.wrap(err, "open the database", path)
	}
	s.read, err = sqlitePool(path, readers, url.Values{
		"_query_only": {"1"}, "_pragma": {"cache_size(-32768)", "mmap_size(1073741824)"},
	})
	return err
}

// touch makes the file, readable by nobody else, if it is not there.
func touch(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

func sqlitePool(path string, size int, params url.Values) (*sql.DB, error) {
	params.Set("_busy_timeout", strconv.Itoa(busyTimeout))
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: params.Encode()}
	connector, err := sqlite.NewConnector(name.String())
	if err != nil {
		return nil, fmt.Errorf("opening the database %s: %w", path, err)
	}
	db := sql.OpenDB(keeper{connector})
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// busyTimeout is for how many milliseconds SQLite waits for another process.
const busyTimeout = 5000

// A keeper opens connections that keep their prepared statements: preparing a
// list costs as much as running it.
type keeper struct{ driver.Connector }

// Connect opens a connection.
func (k keeper) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &keptConn{Conn: conn, kept: map[string]*keptStmt{}}, nil
}
