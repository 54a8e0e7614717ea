// Package storetest is the conformance suite of package store: what every
// database has to do, run on each of them.
//
// It promises that a store that passes behaves as the comments of package store
// say, and that lists in SQL mean what desk.Scope.Covers means. Faults of one
// kind of database (a lock, a server that is gone) are tested beside the store.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/store"
)

// tests are parts of the suite, by name.
type tests map[string]func(*testing.T, *store.Store)

// Run tests the stores that open gives: a new empty one at each call, closed
// when the test ends.
func Run(t *testing.T, open func(testing.TB) *store.Store) {
	for _, part := range []tests{basics(), post(), erasing(), accounts(), {"fields": testFields, "views": testViews, "places of views": testViewPlaces, "ticket changes": testTicketChanges, "dashboards": testDashboards, "digests": testDigests, "parts of subjects": testParts, "ranges": testRanges}} {
		for name, test := range part {
			t.Run(name, func(t *testing.T) { test(t, open(t)) })
		}
	}
	RunLists(t, open)
}

// RunFiles tests what stores do with contents that are too large for a row.
func RunFiles(t *testing.T, open func(testing.TB) *store.Store) {
	for _, part := range []tests{erasing(), {"blobs": testBlobs, "messages": testMessages, "spool": testSpool, "letter bytes": testLetterBytes, "moved content": testMoveContent, "held": testHeld}} {
		for name, test := range part {
			t.Run(name, func(t *testing.T) { test(t, open(t)) })
		}
	}
}

// erasing are the tests of what takes something from a desk for good.
func erasing() tests {
	return tests{"purge": testPurge, "erase": testErase, "devices": testDevices, "blanked": testBlanked, "erasures": testErasures, "retention": testRetention}
}

// accounts are the tests of what people have to come in, and have begun.
func accounts() tests {
	return tests{"notices": testNotices, "mergedTo": testMergedTo, "reading": testReading, "keys": testKeys,
		"factors": testFactors, "half done": testHalfDone, "answered once": testAnsweredOnce, "begun": testBegun, "weak sessions": testWeakSessions, "other logins": testOutsideLogins, "drafts": testDrafts, "reminders": testReminders, "reply templates": testReplyTemplates, "batches": testBatches, "held": testHeld, "changes": testChanges, "sorted": testSorted, "sorted as seen": testSortedAsSeen, "ratings": testRatings}
}

// post are the tests of how letters come and go.
func post() tests {
	return tests{"mail policy": testMailPolicy, "templates": testLetterTemplates, "relays": testMailRelays, "mail accounts": testMailAccounts,
		"several letters": testSeveralLetters, "secrets in views": testSecretsInViews, "mail policies within": testPoliciesWithin, "quiet": testQuiet}
}

func basics() tests {
	return tests{
		"users":         testUsers,
		"ticket forms":  testTicketForms,
		"user changes":  testUserChanges,
		"logins":        testLogins,
		"user list":     testUserList,
		"groups":        testGroups,
		"customers":     testCustomers,
		"names":         testNames,
		"matching":      testMatching,
		"memberships":   testMemberships,
		"named":         testNamed,
		"join many":     testJoinMany,
		"audit many":    testAuditMany,
		"directories":   testDirectories,
		"imports":       testImports,
		"pending":       testPending,
		"merging users": testMergeUser,
		"from outside":  testDirectoryUsers,
		"sources":       testSources,
		"queues":        testQueues,
		"watchers":      testQueueWatchers,
		"roles":         testRoles,
		"permissions":   testPermissions,
		"grants":        testGrants,
		"access":        testAccessVersion,
		"world":         testWorld,
		"tickets":       testTickets,
		"stale ticket":  testStaleTicket,
		"counters":      testCounters,
		"messages":      testMessages,
		"history":       testHistory,
		"letters":       testLetters,
		"moved content": testMoveContent,
		"blobs":         testBlobs,
		"nodes":         testWork,
		"strange texts": testStrangeTexts,
		"spool":         testSpool,
		"suggestions":   testSuggestions,
		"bounces":       testBounces,
		"wrote since":   testWroteSince,
		"duplicates":    testDuplicates,
		"outbox":        testOutbox,
		"letter bytes":  testLetterBytes,
		"jobs":          testJobs,
		"rules":         testRules,
		"rule runs":     testRuleRuns,
		"turns":         testTurns,
		"looks":         testLooks,
		"asked":         testAsked,
		"claims":        testClaims,
		"sessions":      testSessions,
		"tokens":        testTokens,
		"settings":      testSettings,
		"forms":         testForms,
		"audit":         testAudit,
		"audit about":   testAuditAbout,
		"past":          testPast,
		"unsaid":        testUnsaid,
		"transactions":  testTransactions,
		"panic":         testPanic,
		"writers":       testWriters,
		"plan":          testPlan,
		"bulk":          testBulk,
		"search":        testSearch,
		"clocks":        testClocks,
		"life cycles":   testLifeCycles,
	}
}

// Start is the moment that the clock of the stores under test shows; tests
// that need another one use Clock.
var Start = time.Date(2026, 3, 14, 15, 9, 26, 535897000, time.UTC)

// do runs fn in a write transaction that must succeed.
func do(t testing.TB, s *store.Store, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.Do(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// view runs fn in a reading transaction that must succeed.
func view(t testing.TB, s *store.Store, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// read returns what fn reads, which must succeed.
func read[T any](t testing.TB, s *store.Store, fn func(context.Context, *store.Tx) (T, error)) T {
	t.Helper()
	var got T
	view(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		got, err = fn(ctx, tx)
		return err
	})
	return got
}

// same checks what was read against what it must be.
func same[T any](t testing.TB, what string, got T, err error, want T) {
	t.Helper()
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("%s: %v (-got +want):\n%s", what, err, cmp.Diff(got, want))
	}
}

// refused runs fn in a write transaction that must fail with the kind.
func refused(t testing.TB, s *store.Store, want desk.Kind, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	_ = refusal(t, s, want, fn)
}

// refusal is refused for who wants to look at the error.
func refusal(t testing.TB, s *store.Store, want desk.Kind, fn func(context.Context, *store.Tx) error) error {
	t.Helper()
	err := s.Do(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) })
	if got := desk.KindOf(err); got != want {
		t.Errorf("got kind %d (%v), want %d", got, err, want)
	}
	return err
}

// A cast is a small desk to test with.
type cast struct {
	anna, bob, carl, dora desk.UserID // anna and bob are agents
	staff                 desk.GroupID
	acme, globex          desk.CustomerID
	support, sales        desk.QueueID
}

// newCast makes the small desk.
func newCast(t testing.TB, s *store.Store) cast {
	t.Helper()
	var c cast
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		var err error
		user := func(id *desk.UserID, login string, kind desk.UserKind) {
			u := &desk.User{Login: login, Kind: kind, Addresses: []string{login + "@example.org"}}
			err = errors.Join(err, tx.InsertUser(ctx, u))
			*id = u.ID
		}
		user(&c.anna, "anna", desk.Agent)
		user(&c.bob, "bob", desk.Agent)
		user(&c.carl, "carl", desk.Contact)
		user(&c.dora, "dora", desk.Contact)
		staff := &desk.Group{Name: "Staff"}
		acme := &desk.Customer{Key: "acme", Name: "Acme Ltd"}
		globex := &desk.Customer{Key: "globex", Name: "Globex"}
		support := &desk.Queue{Name: "Support", Address: "support@example.org"}
		sales := &desk.Queue{Name: "Sales"}
		err = errors.Join(err, tx.InsertGroup(ctx, staff), tx.InsertCustomer(ctx, acme), tx.InsertCustomer(ctx, globex),
			tx.InsertQueue(ctx, support), tx.InsertQueue(ctx, sales))
		c.staff, c.acme, c.globex, c.support, c.sales = staff.ID, acme.ID, globex.ID, support.ID, sales.ID
		return err
	})
	return c
}

// newTicket stores a ticket of the cast: carl's, in support, for acme.
func newTicket(t testing.TB, s *store.Store, c cast, subject string) desk.Ticket {
	t.Helper()
	k := desk.Ticket{Queue: c.support, Subject: subject, Status: desk.StatusNew, Reporter: c.carl, Created: Start, Updated: Start,
		Holders: []desk.Holder{{Role: desk.Requestor, Who: desk.PrincipalID(c.carl)}, {Role: desk.CustomerRole, Who: desk.PrincipalID(c.acme)}}}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertTicket(ctx, &k) })
	return k
}

// everyone is the scope of all tickets.
func everyone() *desk.Scope { return &desk.Scope{All: true} }

func yes() *bool { b := true; return &b }

func no() *bool { b := false; return &b }

// numbered names the i-th thing so that names sort as numbers do.
func numbered(what string, i int) string { return fmt.Sprintf("%s %03d", what, i) }
