package store

import "database/sql"

// ForcePlans has lists made in one way only, whatever is counted: "scan", "each"
// or "whole", and from the texts found or not.
func (s *Store) ForcePlans(queues string, textFirst bool) {
	s.plans = plans{scan: 1e18, each: 1e18, whole: 1e18, textFirst: -1}
	switch queues {
	case "scan":
		s.plans.scan = 0
	case "each":
		s.plans.each = 0
	case "whole":
		s.plans.whole = 0
	}
	if textFirst {
		s.plans.textFirst = 1 << 30
	}
}

// DB is the database itself, to tamper with.
func (s *Store) DB() *sql.DB { return s.write }
