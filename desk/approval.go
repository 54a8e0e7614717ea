package desk

// Statuses of the life cycle of approvals.
const (
	StatusAsked     Status = "asked"
	StatusGranted   Status = "granted"
	StatusRefused   Status = "refused"
	StatusWithdrawn Status = "withdrawn"
)

// ApprovalLifeCycle returns the life cycle of a queue of approvals: what was
// asked is granted, refused or withdrawn, once and for all.
func ApprovalLifeCycle() LifeCycle {
	return LifeCycle{
		Name: "approvals", About: "Tickets that ask somebody for his approval. Another ticket depends on each.",
		States: []State{
			{Name: StatusAsked, Kind: Initial}, {Name: StatusGranted, Kind: Inactive},
			{Name: StatusRefused, Kind: Inactive}, {Name: StatusWithdrawn, Kind: Inactive},
		},
		Steps: []Step{
			{From: StatusAsked, To: StatusGranted, Right: ReplyToTicket}, {From: StatusAsked, To: StatusRefused, Right: ReplyToTicket},
			{From: StatusAsked, To: StatusWithdrawn}, {From: StatusRefused, To: StatusWithdrawn},
		},
		Granted: StatusGranted, Refused: StatusRefused,
	}
}

// Withdrawn returns the status of an approval that is asked for no longer: one
// in which it is neither granted nor refused.
func (c *LifeCycle) Withdrawn() Status {
	for _, s := range c.States {
		if s.Kind == Inactive && s.Name != c.Granted && s.Name != c.Refused && s.Name != StatusDeleted {
			return s.Name
		}
	}
	return StatusDeleted
}

// Ends reports whether a status is an end of an approval.
func (c *LifeCycle) Ends(s Status) bool { return c.Approves() && (s == c.Granted || s == c.Refused) }
