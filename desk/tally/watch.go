package tally

import (
	"reflect"

	"gatehouse/desk"
	"gatehouse/desk/query"
)

// A Watch counts the same tests for the same scope again and again, as the
// numbers beside somebody's views are. It looks only at pages that were changed
// since it counted last. The zero Watch has counted nothing. It is used by one
// at a time.
type Watch struct {
	scope *desk.Scope
	tests []query.Test
	pages []*page
	// counts has for each page how many of its tickets each test holds of.
	counts [][]uint16
	sums   []int
}

// Count returns for each test, without foreign parts, of how many tickets that
// the scope covers it holds. Where it is asked for another scope, or another
// test in the same place, than the last time, it counts that anew.
func (w *Watch) Count(l *Ledger, s *desk.Scope, tests []query.Test) []int {
	if w.scope == nil || !w.scope.Equal(s) || len(w.tests) != len(tests) {
		*w = Watch{sums: make([]int, len(tests))}
	}
	look := &looking{l: l, scope: s, tests: tests, askers: make([]asker, len(tests))}
	changed := make([]bool, len(tests))
	for i := range tests {
		changed[i] = w.tests == nil || !reflect.DeepEqual(w.tests[i], tests[i])
	}
	for len(w.pages) < len(l.pages) {
		w.pages, w.counts = append(w.pages, nil), append(w.counts, make([]uint16, len(tests)))
	}
	for at := range w.pages {
		var now *page
		if at < len(l.pages) {
			now = l.pages[at]
		}
		look.at(now)
		for i := range tests {
			if now != w.pages[at] || changed[i] {
				n := look.count(i)
				w.sums[i] += int(n) - int(w.counts[at][i])
				w.counts[at][i] = n
			}
		}
		w.pages[at] = now
	}
	w.scope, w.tests = s, tests
	return append([]int(nil), w.sums...)
}

// looking counts tests on one page after the other. What is dear is made when
// it is needed first: the askers, and what the scope covers of a page.
type looking struct {
	l      *Ledger
	scope  *desk.Scope
	tests  []query.Test
	askers []asker
	sees   asker

	page    *page
	seen    marks
	covered bool // seen is that of the page
}

func (k *looking) at(p *page) { k.page, k.covered = p, false }

// count says of how many tickets of the page that are covered a test holds.
func (k *looking) count(test int) uint16 {
	if k.page == nil {
		return 0
	}
	if k.askers[test] == nil {
		k.askers[test] = k.l.ask(&k.tests[test])
	}
	var fit marks
	k.askers[test](k.page, &fit)
	fit.and(&k.page.there)
	if fit == (marks{}) {
		return 0
	}
	if !k.covered {
		if k.sees == nil {
			k.sees = covers(k.scope)
		}
		k.sees(k.page, &k.seen)
		k.covered = true
	}
	fit.and(&k.seen)
	return uint16(fit.count()) // at most pageSize
}
