package access

import "gatehouse/desk"

// Enabled reports whether there is such a user and he is enabled.
func (e *Engine) Enabled(u desk.UserID) bool { return e.person(u) != nil }

// KindOf returns whether the user is an agent or a contact; zero: there is no
// such user.
func (e *Engine) KindOf(u desk.UserID) desk.UserKind {
	if p := e.user(u); p != nil {
		return p.kind
	}
	return 0
}

// IsCustomer reports whether the principal is a customer.
func (e *Engine) IsCustomer(p desk.PrincipalID) bool { return e.isCustomer(p) }
