package service

import "gatehouse/store"

// What lists can be narrowed by. The store has the definitions; front-ends
// know them by these names.
type (
	// TicketFilter narrows a list of tickets.
	TicketFilter = store.TicketFilter
	// UserFilter narrows a list of users.
	UserFilter = store.UserFilter
	// GroupFilter narrows a list of groups.
	GroupFilter = store.GroupFilter
	// CustomerFilter narrows a list of customers.
	CustomerFilter = store.CustomerFilter
	// GrantFilter narrows a list of grants.
	GrantFilter = store.GrantFilter
	// OutFilter narrows a list of letters that go out.
	OutFilter = store.OutFilter
	// SpoolFilter narrows a list of letters that came in.
	SpoolFilter = store.SpoolFilter
	// AuditFilter narrows a list of lines of the audit log.
	AuditFilter = store.AuditFilter
	// PostCounts counts letters and jobs.
	PostCounts = store.Counts
	// Link is a link between two tickets.
	Link = store.Link
)

// What TicketFilter.Activity can be besides zero, which is any.
const (
	OnlyActive   = store.OnlyActive   // what is still to be done
	OnlyInactive = store.OnlyInactive // what is done
)

// dueEnd is the end of a page as the store knows it.
func dueEnd(e DueEnd) store.DueEnd {
	if e.ID == 0 {
		return store.DueEnd{}
	}
	return store.DueEnd{Due: e.Due.UnixMicro(), ID: e.ID}
}
