package desk_test

import (
	"testing"

	"gatehouse/desk"
)

// TestWithin: the queues are 1 and 2; of the user's groups, 50 stands on
// tickets.
func TestWithin(t *testing.T) {
	requestor, customer := desk.RolesOf(desk.Requestor), desk.RolesOf(desk.CustomerRole)
	through := func(roles desk.RoleSet, reach desk.Reach) desk.Scope {
		return desk.Scope{User: 7, RolesElsewhere: roles, Principals: []desk.PrincipalReach{{Who: 50, Reach: reach}}}
	}
	queue := func(q desk.QueueID, reach desk.Reach) desk.Scope {
		return desk.Scope{User: 7, Queues: []desk.QueueReach{{Queue: q, Reach: reach}}}
	}
	all, shared, named := desk.Reach{All: true}, desk.Reach{Shared: true}, desk.Reach{Named: true}
	reported := func(only bool) desk.Reach {
		return desk.Reach{Reported: []desk.ReportedFor{{Customer: 9, OnlyShared: only}}}
	}
	inTwo := through(requestor, all)
	inTwo.RolesElsewhere, inTwo.Roles = 0, []desk.QueueRoles{{Queue: 2, Roles: requestor}}
	inAll := through(requestor, all)
	inOne := through(requestor, all)
	inOne.Roles = []desk.QueueRoles{{Queue: 2}}
	contact := queue(1, shared)
	contact.Contact = true
	manager := contact
	manager.Managed = []desk.PrincipalID{9}
	member := queue(1, named)
	member.Customers = []desk.PrincipalID{9}
	for _, tt := range []struct {
		why       string
		some, all desk.Scope
		want      bool
	}{
		{"nothing is within anything", desk.Scope{}, desk.Scope{}, true},
		{"a queue is within the desk", queue(1, all), desk.Scope{All: true, User: 7}, true},
		{"the desk is not within a queue", desk.Scope{All: true, User: 7}, queue(1, all), false},
		{"another queue is not within it", queue(2, all), queue(1, all), false},
		{"shared tickets are within all", queue(1, shared), queue(1, all), true},
		{"all are not within the shared ones", queue(1, all), queue(1, shared), false},
		{"for what most queues have stands another word", inTwo, inAll, true},
		{"and the other way round", inAll, inTwo, false},
		{"roles in one queue are not those in the other", inOne, inTwo, false},
		{"roles where the whole queue is open", through(customer, all), desk.Scope{User: 7, Queues: []desk.QueueReach{{1, all}, {2, all}}}, true},
		{"roles where shared ones are open", through(customer, shared), desk.Scope{User: 7, Queues: []desk.QueueReach{{1, shared}, {2, all}}}, true},
		{"another role is not enough", through(customer, all), inAll, false},
		{"shared ones through the same group", through(requestor, shared), inAll, true},
		{"what one reported is within what is shared, if only that", queue(1, reported(true)), queue(1, shared), true},
		{"what one reported is not only what is shared", queue(1, reported(false)), queue(1, reported(true)), false},
		{"an agent is not within a contact", queue(1, shared), contact, false},
		{"a contact is within an agent", contact, queue(1, shared), true},
		{"a manager is not within a contact", manager, contact, false},
		{"a contact is within a manager", contact, manager, true},
		{"who belongs to a customer is named for it too", member, queue(1, named), false},
		{"who does not, is within", queue(1, named), member, true},
		{"queues in any order", desk.Scope{User: 7, Queues: []desk.QueueReach{{2, all}, {1, shared}}}, desk.Scope{User: 7, Queues: []desk.QueueReach{{1, all}, {2, all}}}, true},
		{"one of them wider, in any order", desk.Scope{User: 7, Queues: []desk.QueueReach{{1, shared}, {2, all}}}, desk.Scope{User: 7, Queues: []desk.QueueReach{{2, shared}, {1, all}}}, false},
		{"roles in any order", rolesOn(2, requestor, 1, customer), rolesOn(1, customer, 2, requestor), true},
		{"another role on one of them", rolesOn(2, requestor, 1, customer), rolesOn(1, requestor, 2, requestor), false},
	} {
		for _, queues := range [][]desk.QueueID{{1, 2}, {2, 1}} {
			if got := tt.some.Within(&tt.all, queues); got != tt.want {
				t.Errorf("%s, of queues %v: %t", tt.why, queues, got)
			}
		}
	}
}

// rolesOn is the scope of who sees as much as a group that stands in one role in
// a queue and in another one in another queue.
func rolesOn(one desk.QueueID, roles desk.RoleSet, other desk.QueueID, others desk.RoleSet) desk.Scope {
	return desk.Scope{User: 7, Roles: []desk.QueueRoles{{Queue: one, Roles: roles}, {Queue: other, Roles: others}},
		Principals: []desk.PrincipalReach{{Who: 50, Reach: desk.Reach{All: true}}}}
}
