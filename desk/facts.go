package desk

// An AccessFact is one thing on which access depends, as it was before a change
// and as it became: one element at most in each of the two worlds, none where
// it was not there.
type AccessFact struct {
	Line          int64 // of the audit log
	Before, After World
	// Setting is the name of a setting that was changed, with its values; empty
	// where it was not set.
	Setting, WasSetting, IsSetting string
}

// RoleQueue returns the use of a role in a queue, where the fact is about that
// and not about the role itself.
func (f *AccessFact) RoleQueue() (RoleUse, bool) {
	for _, w := range []*World{&f.Before, &f.After} {
		if len(w.Roles) == 1 && len(w.Roles[0].Queues) == 1 {
			return RoleUse{w.Roles[0].ID, w.Roles[0].Queues[0]}, true
		}
	}
	return RoleUse{}, false
}

// A RoleUse says that a role is used in a queue.
type RoleUse struct {
	Role  RoleID
	Queue QueueID
}
