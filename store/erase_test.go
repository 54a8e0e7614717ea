package store_test

import (
	"maps"
	"slices"
	"testing"

	"gatehouse/store"
)

// staysWithout are the columns that name a user in rows that stay when he is
// erased, and why.
var staysWithout = map[string]string{
	"customer.id": "what it is", "desk_group.id": "what it is", "desk_user.id": "what it is",
	"desk_grant.who": "service revokes grants", "desk_grant.delegator": "service revokes grants",
	"desk_group.personal": "a group that nobody has any more",
	"rule.author":         "who is responsible for it, until somebody else saves it",
	"event.by_user":       "the history", "holder.who": "the history", "message.author": "the history",
	"ticket.reporter": "the history", "ticket.owner": "the history", "ticket.updated_by": "the history", "ticket.heard_by": "the history", "suggestion.by_user": "the history",
	"audit.by_user": "the history", "access_change.user_id": "a number of what was changed",
	"notice.by_user":      "he did what another one was told of",
	"reminder.maker":      "he reminded another one",
	"membership.group_id": "of others", "outbox.to_user": "without address, subject and words",
}

// TestEveryColumnThatNamesPeopleIsThoughtOf fails where a table is new: say in
// goesWith that its rows go with a user who is erased, or here why they stay.
func TestEveryColumnThatNamesPeopleIsThoughtOf(t *testing.T) {
	for engine, s := range map[string]*store.Store{"sqlite": openSQLite(t), "postgres": postgresOpener(t)(t)} {
		columns, err := s.NamesPeople(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range slices.Sorted(maps.Keys(columns)) {
			if _, stays := staysWithout[column]; stays == columns[column] {
				t.Errorf("%s: %s goes: %t, stays: %t", engine, column, columns[column], stays)
			}
		}
		for column := range staysWithout {
			if _, there := columns[column]; !there {
				t.Errorf("%s: there is no column %s any more", engine, column)
			}
		}
	}
}
